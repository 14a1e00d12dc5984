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

package io.github.shmbeans.lifecycle;

import java.util.ArrayList;
import java.util.List;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SegmentListener;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.ShutdownPolicy;
import io.github.shmbeans.error.SegmentAccessException;
import io.github.shmbeans.error.SegmentClosedException;
import io.github.shmbeans.internal.posix.FileDescriptor;
import io.github.shmbeans.testing.ProcessResources;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Every step of a close runs though an earlier one failed.
 */
class FailingCloseTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final List<String> closed = new ArrayList<>();

	private SharedMemoryManager manager() {
		return SharedMemoryManager.builder()
			.namespace(this.names.prefix())
			.closeOnExit(false)
			.listener(new SegmentListener() {

				@Override
				public void closed(String key, SharedSegment segment) {
					FailingCloseTests.this.closed.add(key);
				}

			})
			.build();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLOSE")
	@Tag("slow")
	void nothingStaysOfAnAttachmentWhoseNameCannotBeRemoved(ShutdownPolicy policy) {
		int openFiles = ProcessResources.openFiles();
		SharedMemoryManager manager = manager();
		SharedArray<Long> array = manager.array("stuck", ElementType.INT64).length(1).onShutdown(policy).open();
		manager.value("other", ElementType.INT64).open();
		try (FileDescriptor remover = FileDescriptor.open(this.names.path("stuck").toString(), false)) {
			assertThat(remover.tryLock()).isTrue();
			assertThatExceptionOfType(SegmentAccessException.class).isThrownBy(manager::close)
				.withMessageStartingWith("Could not remove '%s': another process".formatted(array.name()));
		}
		assertThat(this.closed).containsExactly("other", "stuck");
		assertThat(ProcessResources.openFiles()).isEqualTo(openFiles);
		assertThatExceptionOfType(SegmentClosedException.class).isThrownBy(() -> array.get(0));
		assertThat(this.names.existing()).containsExactly(array.name());
		try (SharedMemoryManager next = manager()) {
			assertThat(next.array("stuck", ElementType.INT64).length(1).open().status().attachments()).hasSize(1);
		}
		assertThat(this.names.existing()).isEmpty();
	}

}
