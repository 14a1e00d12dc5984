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

package io.github.shmbeans;

import java.lang.reflect.Proxy;

import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * An opening that fails after the segment was found or made: it leaves things as they
 * were.
 */
class FailedOpeningTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager one = manager();

	private final SharedMemoryManager other = manager();

	private SharedMemoryManager manager() {
		return SharedMemoryManager.builder().namespace(this.names.prefix()).build();
	}

	@AfterEach
	void closeManagers() {
		this.one.close();
		this.other.close();
	}

	private static SharedLock stranger() {
		return (SharedLock) Proxy.newProxyInstance(FailedOpeningTests.class.getClassLoader(),
				new Class<?>[] { SharedLock.class }, (proxy, method, arguments) -> null);
	}

	private SharedMemoryManager refusing() {
		return SharedMemoryManager.builder().namespace(this.names.prefix()).listener(new SegmentListener() {

			@Override
			public void opened(String key, SharedSegment segment) {
				throw new IllegalStateException("refused");
			}

		}).build();
	}

	@ParameterizedTest
	@EnumSource(ShutdownPolicy.class)
	void segmentThatWasJustMadeIsRemoved(ShutdownPolicy policy) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.one.value("value", ElementType.INT64).lock(stranger()).onShutdown(policy).open());
		assertThat(this.names.existing()).isEmpty();
		try (SharedMemoryManager refusing = refusing()) {
			assertThatIllegalStateException()
				.isThrownBy(() -> refusing.value("value", ElementType.INT64).onShutdown(policy).open());
		}
		assertThat(this.names.existing()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(ShutdownPolicy.class)
	void segmentThatWasThereStaysWithoutAWishToUnlinkIt(ShutdownPolicy policy) {
		this.one.value("value", ElementType.INT64).initial(5L).onShutdown(ShutdownPolicy.CLOSE).open().close();
		SegmentFile file = SegmentFile.of(this.names, "value");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.one.value("value", ElementType.INT64).lock(stranger()).onShutdown(policy).open());
		assertThat(file.exists()).isTrue();
		assertThat(file.control().getInt(448)).isZero();
		try (SharedMemoryManager refusing = refusing()) {
			assertThatIllegalStateException()
				.isThrownBy(() -> refusing.value("value", ElementType.INT64).onShutdown(policy).open());
		}
		assertThat(file.exists()).isTrue();
		assertThat(file.control().getInt(448)).isZero();
		file.delete();
	}

	@ParameterizedTest
	@EnumSource(value = OpenMode.class, names = "CREATE", mode = EnumSource.Mode.EXCLUDE)
	void damagedListStays(OpenMode mode) {
		this.one.list("list").initial(1).onShutdown(ShutdownPolicy.CLOSE).open().close();
		SegmentFile file = SegmentFile.of(this.names, "list");
		file.put(12288 - file.bytes().length, new byte[] { 99 });
		for (ShutdownPolicy policy : ShutdownPolicy.values()) {
			assertThatExceptionOfType(InvalidSegmentException.class)
				.isThrownBy(() -> this.one.list("list").initial(1).mode(mode).onShutdown(policy).open());
			assertThat(file.exists()).isTrue();
			assertThat(file.control().getInt(448)).isZero();
		}
		file.delete();
	}

	@Test
	void openingThatFailsBesideAnotherAttachmentDoesNotMakeItsSegmentGo() {
		SharedValue<Long> value = this.one.value("value", ElementType.INT64).onShutdown(ShutdownPolicy.CLOSE).open();
		try (SharedMemoryManager refusing = refusing()) {
			assertThatIllegalStateException()
				.isThrownBy(() -> refusing.value("value", ElementType.INT64).onShutdown(ShutdownPolicy.UNLINK).open());
		}
		assertThat(value.status().linked()).isTrue();
		value.close();
		assertThat(this.names.existing()).hasSize(1);
		SegmentFile.of(this.names, "value").delete();
	}

}
