/*
 * Copyright 2026-present the shmbeans authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.shmbeans.autoconfigure.jackson;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import com.sun.jna.Structure;
import io.github.shmbeans.ElementType;
import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.autoconfigure.SharedMemoryAutoConfiguration;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.json.BasicJsonTester;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SharedMemoryJacksonAutoConfiguration}.
 */
class SharedMemoryJacksonAutoConfigurationTests {

	@RegisterExtension
	final SegmentNames namespace = new SegmentNames();

	private final BasicJsonTester json = new BasicJsonTester(getClass());

	private ApplicationContextRunner runner(String... properties) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SharedMemoryAutoConfiguration.class,
					SharedMemoryJacksonAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withPropertyValues(this.namespace.property())
			.withPropertyValues(properties);
	}

	@Test
	void controllersReturnSharedBeans() throws Exception {
		try (ConfigurableApplicationContext context = SpringApplication.run(Application.class,
				"--" + this.namespace.property(), "--server.port=0", "--spring.main.banner-mode=off",
				"--shm.values.request-count.type=long", "--shm.values.request-count.initial=5",
				"--shm.arrays.readings.type=double", "--shm.arrays.readings.initial=0.5,NaN",
				"--shm.lists.status.initial[0]=a", "--shm.lists.status.initial[1].type=none",
				"--shm.lists.status.initial[2].type=bytes", "--shm.lists.status.initial[2].value=SG93ZHk=")) {
			assertThat(get(context, "/value")).isEqualTo("5");
			assertThat(get(context, "/array")).isEqualTo("[0.5,\"NaN\"]");
			assertThat(get(context, "/list")).isEqualTo("[\"a\",null,\"SG93ZHk=\"]");
			assertThat(this.json.from(get(context, "/all"))).isStrictlyEqualToJson("""
					{"count": 5, "readings": [0.5, "NaN"]}""");
		}
	}

	@Test
	void structuresAreObjects() {
		try (SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.namespace.toString()).build()) {
			SharedValue<Point> value = manager.value("point", ElementType.ofRecord(Point.class))
				.initial(new Point(1, 2.5))
				.open();
			SharedArray<Size> array = manager.array("size", ElementType.ofStructure(Size.class)).length(1).open();
			runner().run((context) -> {
				JsonMapper mapper = context.getBean(JsonMapper.class);
				assertThat(this.json.from(mapper.writeValueAsString(value)))
					.isStrictlyEqualToJson("{\"x\": 1, \"y\": 2.5}");
				assertThat(this.json.from(mapper.writeValueAsString(array))).isStrictlyEqualToJson("[{\"width\": 0}]");
			});
		}
	}

	@Test
	void arraysOfSeveralDimensionsAreArraysOfArrays() {
		runner("shm.arrays.pixels.type=int", "shm.arrays.pixels.shape=2,2,3",
				"shm.arrays.pixels.initial=1,2,3,4,5,6,7,8,9,10,11,12", "shm.arrays.none.type=int",
				"shm.arrays.none.shape=2,0")
			.run((context) -> {
				JsonMapper mapper = context.getBean(JsonMapper.class);
				assertThat(mapper.writeValueAsString(context.getBean("pixels")))
					.isEqualTo("[[[1,2,3],[4,5,6]],[[7,8,9],[10,11,12]]]");
				assertThat(mapper.writeValueAsString(context.getBean("none"))).isEqualTo("[]");
			});
	}

	@Test
	void longArraysAreWrittenWhole() {
		int length = 2 * SharedSegmentSerializer.SLICE + 1;
		runner("shm.arrays.readings.type=int", "shm.arrays.readings.length=" + length).run((context) -> {
			SharedArray<?> array = context.getBean("readings", SharedArray.class);
			array.setInt(length - 1, 7);
			String text = context.getBean(JsonMapper.class).writeValueAsString(array);
			assertThat(text).hasSize(2 * length + 1).endsWith(",0,7]");
		});
	}

	@Test
	void arrayIsReadInOneLockedStep() {
		runner("shm.arrays.readings.type=int", "shm.arrays.readings.length=1000").run((context) -> {
			SharedArray<?> array = context.getBean("readings", SharedArray.class);
			long before = array.lock().statistics().acquisitions();
			context.getBean(JsonMapper.class).writeValueAsString(array);
			assertThat(array.lock().statistics().acquisitions() - before).isEqualTo(1);
		});
	}

	@Test
	void blocksAndLocksAreRefused() {
		runner("shm.blocks.frame.size=4B", "shm.locks.ledger.kind=process").run((context) -> {
			JsonMapper mapper = context.getBean(JsonMapper.class);
			SharedMemory block = context.getBean(SharedMemory.class);
			SharedSegment lock = context.getBean(SharedMemoryManager.class).segments().get("ledger");
			assertThatExceptionOfType(InvalidDefinitionException.class)
				.isThrownBy(() -> mapper.writeValueAsString(block))
				.withMessageContaining(
						"found the block '%s'. Write what you read from it".formatted(this.namespace.name("frame")));
			assertThatExceptionOfType(InvalidDefinitionException.class)
				.isThrownBy(() -> mapper.writeValueAsString(lock))
				.withMessageContaining("found the lock '%s'".formatted(this.namespace.name("ledger")));
			assertThatExceptionOfType(InvalidDefinitionException.class)
				.isThrownBy(() -> mapper.writeValueAsString(context.getBean(SharedLock.class)))
				.withMessageContaining("found a SharedLock");
		});
	}

	@Test
	void backsOffWithoutJackson() {
		runner("shm.values.count.type=long").withClassLoader(new FilteredClassLoader(JacksonModule.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasBean("count")
				.doesNotHaveBean("sharedMemoryJacksonModule"));
	}

	private static String get(ConfigurableApplicationContext context, String path) throws Exception {
		URI uri = URI
			.create("http://localhost:%s%s".formatted(context.getEnvironment().getProperty("local.server.port"), path));
		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
		assertThat(response.statusCode()).as(path + " " + response.body()).isEqualTo(200);
		return response.body();
	}

	record Point(int x, double y) {
	}

	@Structure.FieldOrder("width")
	public static class Size extends Structure {

		public int width;

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Controller.class)
	static class Application {

	}

	@RestController
	static class Controller {

		private final SharedValue<Long> requestCount;

		private final SharedArray<Double> readings;

		private final ShareableList status;

		Controller(SharedValue<Long> requestCount, SharedArray<Double> readings, ShareableList status) {
			this.requestCount = requestCount;
			this.readings = readings;
			this.status = status;
		}

		@GetMapping("/value")
		SharedValue<Long> value() {
			return this.requestCount;
		}

		@GetMapping("/array")
		SharedArray<Double> array() {
			return this.readings;
		}

		@GetMapping("/list")
		ShareableList list() {
			return this.status;
		}

		@GetMapping("/all")
		All all() {
			return new All(this.requestCount, this.readings);
		}

	}

	record All(SharedValue<Long> count, SharedArray<Double> readings) {
	}

}
