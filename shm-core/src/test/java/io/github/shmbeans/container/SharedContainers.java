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

package io.github.shmbeans.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Volume;
import com.sun.jna.Native;
import io.github.shmbeans.SharedMemory;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.MountableFile;

/**
 * Containers that share one {@code /dev/shm}, but neither processes nor a network. The
 * keeper owns it and outlives the others; its CPython is that of the image, without any
 * help of ours. Fails a test that leaves something in {@code /dev/shm}.
 */
final class SharedContainers implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

	private static final String IMAGE = "shm-test/java-python:bookworm";

	private static final String COMMANDS = "/tmp/commands";

	private static final String NOBODY = "65534:65534";

	private static final String START = "mkfifo " + COMMANDS + " && exec \"$@\" 0<>" + COMMANDS;

	private static final int IMAGE_VERSION = 17;

	private static final int VERSION = Runtime.version().feature();

	private static final String HOST_JAVA = "/host-java";

	private final List<ContainerPeer> started = new ArrayList<>();

	private GenericContainer<?> keeper;

	@Override
	public void beforeAll(ExtensionContext context) {
		this.keeper = container("shareable", (command) -> {
		}).withCommand("sleep", "infinity");
		this.keeper.start();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.started.forEach(ContainerPeer::stop);
		this.started.clear();
		List<String> left = existing();
		keeperRuns("sh", "-c", "rm -rf /dev/shm/*");
		if (context.getExecutionException().isEmpty()) {
			Assertions.assertThat(left).as("segments left behind").isEmpty();
		}
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (this.keeper != null) {
			this.keeper.stop();
		}
	}

	/**
	 * Start a container whose process 1 is a JVM, of the version that runs the tests,
	 * with a main class of the tests.
	 */
	ContainerPeer java(Class<?> main, String... arguments) {
		return java((command) -> {
		}, main, arguments);
	}

	/**
	 * Start such a container for a user without any capability.
	 */
	ContainerPeer unprivilegedJava(Class<?> main, String... arguments) {
		return java(SharedContainers::withoutPrivileges, main, arguments);
	}

	private static void withoutPrivileges(CreateContainerCmd command) {
		command.getHostConfig().withCapDrop(Capability.ALL).withSecurityOpts(List.of("no-new-privileges"));
		command.withUser(NOBODY);
	}

	private ContainerPeer java(Consumer<CreateContainerCmd> modifier, Class<?> main, String... arguments) {
		GenericContainer<?> container = container("container:" + this.keeper.getContainerId(), (command) -> {
			bindJava(command);
			modifier.accept(command);
		}).withCopyFileToContainer(location(Native.class), "/test/jna.jar")
			.withCopyFileToContainer(location(SharedMemory.class), "/test/main")
			.withCopyFileToContainer(location(SharedContainers.class), "/test/tests")
			.withCommand(command(main, arguments));
		ContainerPeer peer = new ContainerPeer(container, COMMANDS);
		this.started.add(peer);
		peer.start();
		return peer;
	}

	/**
	 * Not by Testcontainers, which would first try, with an image that it pulls, whether
	 * that works.
	 */
	private static void bindJava(CreateContainerCmd command) {
		if (VERSION != IMAGE_VERSION) {
			Volume volume = new Volume(HOST_JAVA);
			command.getHostConfig().withBinds(new Bind(System.getProperty("java.home"), volume, AccessMode.ro));
		}
	}

	private static String[] command(Class<?> main, String... arguments) {
		List<String> command = new ArrayList<>(List.of("sh", "-c", START, "sh"));
		command.add((VERSION == IMAGE_VERSION) ? "java" : HOST_JAVA + "/bin/java");
		command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
		if (VERSION >= 24) {
			command.add("--enable-native-access=ALL-UNNAMED");
		}
		command.addAll(List.of("-cp", "/test/*:/test/main:/test/tests", main.getName()));
		command.addAll(List.of(arguments));
		return command.toArray(String[]::new);
	}

	private static MountableFile location(Class<?> type) {
		return MountableFile.forHostPath(Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()));
	}

	private static GenericContainer<?> container(String ipc, Consumer<CreateContainerCmd> modifier) {
		GenericContainer<?> container = isPresent() ? new GenericContainer<>(IMAGE) : new GenericContainer<>(built());
		return container.withCreateContainerCmdModifier((command) -> {
			command.getHostConfig().withIpcMode(ipc).withNetworkMode("none");
			modifier.accept(command);
		});
	}

	private static boolean isPresent() {
		try {
			DockerClientFactory.lazyClient().inspectImageCmd(IMAGE).exec();
			return true;
		}
		catch (NotFoundException ex) {
			return false;
		}
	}

	/**
	 * The same of public images, where there is a network.
	 */
	private static Future<String> built() {
		return new ImageFromDockerfile("shm-test/java-python-public", false)
			.withDockerfileFromBuilder((builder) -> builder.from("eclipse-temurin:17-jre")
				.run("apt-get update && apt-get install -y --no-install-recommends python3")
				.build());
	}

	/**
	 * The files in the {@code /dev/shm} that all share.
	 */
	List<String> existing() {
		return keeperRuns("ls", "-A", "/dev/shm").lines().toList();
	}

	void remove(String name) {
		keeperRuns("rm", "/dev/shm/" + name);
	}

	/**
	 * Run a script with the stock CPython of the keeper.
	 */
	String python(String script, String... arguments) {
		List<String> command = new ArrayList<>(List.of("python3", "-c", script));
		command.addAll(List.of(arguments));
		return keeperRuns(command.toArray(String[]::new)).strip();
	}

	private String keeperRuns(String... command) {
		return run(this.keeper, command);
	}

	/**
	 * Run a command in a container, which must succeed.
	 */
	static String run(GenericContainer<?> container, String... command) {
		try {
			ExecResult result = container.execInContainer(StandardCharsets.UTF_8, command);
			Assertions.assertThat(result.getExitCode()).as(result.getStdout() + result.getStderr()).isZero();
			return result.getStdout();
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
