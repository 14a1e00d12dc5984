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

package io.github.shmbeans.internal.lock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.github.shmbeans.LockBuilder;
import io.github.shmbeans.LockKind;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.ShutdownPolicy;
import io.github.shmbeans.error.InvalidSegmentException;
import io.github.shmbeans.error.SegmentAccessException;
import io.github.shmbeans.error.SegmentExistsException;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The file of a semaphore is trusted no more than that of a segment, and a lock of this
 * kind is free after each close.
 */
class SemaphoreFileTests {

	private static final int SIZE = 32;

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final Peers peers = new Peers();

	private final SharedMemoryManager manager = SharedMemoryManager.create();

	private Path path;

	@BeforeEach
	void findPath() {
		this.path = Path.of("/dev/shm", "sem." + this.names.name("lock"));
	}

	@AfterEach
	void removeFiles() throws IOException {
		this.manager.close();
		Files.deleteIfExists(this.path);
		Files.deleteIfExists(this.names.path("target"));
		Files.deleteIfExists(this.names.path("lock"));
	}

	private LockBuilder lock(SharedMemoryManager manager, OpenMode mode) {
		return manager.lock(this.names.name("lock")).kind(LockKind.SEMAPHORE).mode(mode);
	}

	/**
	 * A free semaphore in the bytes of glibc.
	 */
	private void writeFile(Path file, int size) throws IOException {
		byte[] bytes = new byte[size];
		if (size > 0) {
			bytes[0] = 1;
		}
		Files.write(file, bytes);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
	}

	private void assertRefused(OpenMode mode, String found) {
		assertThatExceptionOfType(SegmentAccessException.class).isThrownBy(lock(this.manager, mode)::open)
			.withMessageStartingWith("Semaphore '" + this.names.name("lock") + "' was expected to ")
			.withMessageContaining(found);
		assertThat(this.names.existing()).doesNotContain(this.names.name("lock"));
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CREATE")
	void fileThatOthersMayWriteIsRefusedUnlessDeclared(OpenMode mode) throws IOException {
		writeFile(this.path, SIZE);
		Files.setPosixFilePermissions(this.path, PosixFilePermissions.fromString("rw-rw-rw-"));
		assertRefused(mode, "have permissions of at most 0600, found 0666");
		SharedLock lock = lock(this.manager, mode).permissions(0666).open();
		assertThat(lock.tryLock()).isTrue();
		assertThat(lock.isLocked()).isTrue();
		lock.unlock();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CREATE")
	void fileOfAnotherUserIsRefusedUnlessAllowed(OpenMode mode) throws IOException {
		writeFile(this.path, SIZE);
		Assumptions.assumeTrue(changeOwner(), "Skipped: this user may not give a file to another");
		assertRefused(mode, "be a file of user id 0, found one of user id 54321");
		assertThat(lock(this.manager, mode).foreignOwner(true).open().tryLock()).isTrue();
	}

	private boolean changeOwner() {
		try {
			Files.setAttribute(this.path, "unix:uid", 54321);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CREATE")
	void linksAreRefused(OpenMode mode) throws IOException {
		writeFile(this.names.path("target"), SIZE);
		Files.createSymbolicLink(this.path, this.names.path("target"));
		assertRefused(mode, "a symbolic link");
		Files.delete(this.path);
		Files.createLink(this.path, this.names.path("target"));
		assertRefused(mode, "2 hard links");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, SIZE - 1, SIZE + 1 })
	void fileOfAnotherSizeIsRefused(int size) throws IOException {
		writeFile(this.path, size);
		assertThatExceptionOfType(InvalidSegmentException.class)
			.isThrownBy(lock(this.manager, OpenMode.CREATE_OR_ATTACH)::open)
			.withMessageContaining("expected to have 32 bytes, found a file of " + size + " bytes");
		assertThat(this.names.existing()).containsExactly("sem." + this.names.name("lock"));
	}

	@Test
	void createRefusesASemaphoreThatOthersMade() throws IOException {
		writeFile(this.path, SIZE);
		assertThatExceptionOfType(SegmentExistsException.class).isThrownBy(lock(this.manager, OpenMode.CREATE)::open);
		assertThat(this.names.existing()).containsExactly("sem." + this.names.name("lock"));
	}

	@Test
	void createReplacesTheSemaphoreOfAHolderThatWasKilled() {
		Peer holder = this.peers.java(SemaphorePeer.class, this.names.name("lock"));
		holder.expect("locked");
		holder.kill();
		SharedLock lock = lock(this.manager, OpenMode.CREATE).open();
		assertThat(lock.tryLock()).isTrue();
		lock.unlock();
	}

	@Test
	@Tag("slow")
	void semaphoreIsFreeAfterACloseThatAThreadOverstays() throws Exception {
		SharedLock lock = lock(this.manager, OpenMode.CREATE).open();
		try (SharedMemoryManager other = SharedMemoryManager.create()) {
			SharedLock same = lock(other, OpenMode.ATTACH).open();
			ExecutorService holder = Executors.newSingleThreadExecutor();
			try {
				holder.submit(lock::lock).get();
				this.manager.close();
				assertThat(same.tryLock()).isTrue();
				holder.submit(lock::unlock).get();
				assertThat(same.isHeldByCurrentThread()).isTrue();
				assertThat(same.isLocked()).isTrue();
				same.unlock();
			}
			finally {
				holder.shutdownNow();
			}
		}
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void semaphoreThatIsJoinedIsNotRemoved() {
		lock(this.manager, OpenMode.CREATE).onShutdown(ShutdownPolicy.CLOSE).open();
		try (SharedMemoryManager other = SharedMemoryManager.create()) {
			lock(other, OpenMode.ATTACH).open();
			assertThat(other.segments().values()).singleElement()
				.satisfies((segment) -> assertThat(segment.status().onShutdown()).isEqualTo(ShutdownPolicy.CLOSE));
		}
		this.manager.close();
		assertThat(this.names.existing()).hasSize(2);
	}

	@Test
	void semaphoreThatIsJoinedShowsTheModeThatWasAskedFor() {
		lock(this.manager, OpenMode.CREATE).open();
		try (SharedMemoryManager other = SharedMemoryManager.create()) {
			lock(other, OpenMode.ATTACH).open();
			assertThat(other.segments().values()).singleElement()
				.satisfies((segment) -> assertThat(segment.status().mode()).isEqualTo(OpenMode.ATTACH));
		}
	}

	@Test
	void semaphoreIsFreeAfterACloseOfAnInterruptedThread() {
		SharedLock lock = lock(this.manager, OpenMode.CREATE).open();
		try (SharedMemoryManager other = SharedMemoryManager.create()) {
			SharedLock same = lock(other, OpenMode.ATTACH).open();
			lock.lock();
			Thread.currentThread().interrupt();
			this.manager.close();
			assertThat(Thread.interrupted()).isTrue();
			assertThat(same.tryLock()).isTrue();
			same.unlock();
		}
	}

	@ParameterizedTest
	@EnumSource
	void pendingInterruptIsAnsweredBeforeTheLockIsTaken(LockKind kind) {
		SharedLock lock = this.manager.lock(this.names.name("any-" + kind.name().toLowerCase(Locale.ROOT)))
			.kind(kind)
			.open();
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(lock::lockInterruptibly);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> lock.tryLock(1, TimeUnit.SECONDS));
		assertThat(lock.isLocked()).isFalse();
	}

	@Test
	void lockThatWasFreedByForceIsNotFreedOnceMoreByItsFormerHolder() {
		SharedLock lock = lock(this.manager, OpenMode.CREATE).open();
		try (SharedMemoryManager other = SharedMemoryManager.create()) {
			SharedLock same = lock(other, OpenMode.ATTACH).open();
			lock.lock();
			assertThat(same.forceUnlock()).isTrue();
			lock.unlock();
			assertThat(lock.tryLock()).isTrue();
			assertThat(same.tryLock()).isFalse();
			lock.unlock();
		}
	}

}
