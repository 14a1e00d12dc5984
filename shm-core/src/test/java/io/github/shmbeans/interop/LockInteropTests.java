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

package io.github.shmbeans.interop;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.LockKind;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.error.LockTimeoutException;
import io.github.shmbeans.error.SegmentNotFoundException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Semaphores shared with CPython's {@code multiprocessing.Lock} and {@code RLock}, and
 * data under them as {@code sharedctypes.synchronized} has it.
 */
class LockInteropTests {

	private static final int ROUNDS = 1000;

	@Order(1)
	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@Order(2)
	@RegisterExtension
	final PythonSession python = new PythonSession();

	private final SharedMemoryManager manager = SharedMemoryManager.create();

	private final String lockName = this.names.name("lock");

	private final String name = this.names.name("x");

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	/**
	 * Open the lock on both sides, made by either.
	 */
	private SharedLock open(String kind, boolean madeHere) {
		if (madeHere) {
			SharedLock lock = this.manager.lock(this.lockName).kind(LockKind.SEMAPHORE).open();
			this.python.exec("k = join('%s', '%s')", kind, this.lockName);
			return lock;
		}
		this.python.exec("k = make_lock('%s', '%s')", kind, this.lockName);
		return this.manager.lock(this.lockName).kind(LockKind.SEMAPHORE).mode(OpenMode.ATTACH).open();
	}

	@ParameterizedTest
	@CsvSource({ "Lock, true", "Lock, false", "RLock, true", "RLock, false" })
	void oneSideWaitsForTheOther(String kind, boolean madeHere) throws Exception {
		SharedLock lock = open(kind, madeHere);
		lock.lock();
		assertThat(this.python.eval("k.acquire(False)")).isEqualTo("False");
		assertThat(this.python.eval("k.acquire(timeout=0.01)")).isEqualTo("False");
		this.python.begin("k.acquire()");
		lock.unlock();
		assertThat(this.python.answer()).isEqualTo("True");
		assertThat(lock.isLocked()).isTrue();
		assertThat(lock.tryLock()).isFalse();
		assertThat(lock.tryLock(10, TimeUnit.MILLISECONDS)).isFalse();
		this.python.exec("k.release()");
		assertThat(lock.tryLock(1, TimeUnit.MINUTES)).isTrue();
		lock.unlock();
		assertThat(lock.isLocked()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void recursionIsCountedOnEachSide(boolean madeHere) {
		SharedLock lock = open("RLock", madeHere);
		lock.lock();
		lock.lock();
		lock.unlock();
		assertThat(this.python.eval("k.acquire(False)")).isEqualTo("False");
		lock.unlock();
		assertThat(this.python.eval("k.acquire(), k.acquire()")).isEqualTo("(True, True)");
		this.python.exec("k.release()");
		assertThat(lock.tryLock()).isFalse();
		this.python.exec("k.release()");
		assertThat(lock.tryLock()).isTrue();
		lock.unlock();
		assertThat(this.python.eval("k.release()")).startsWith("AssertionError");
	}

	@ParameterizedTest
	@CsvSource({ "Lock, true", "RLock, false" })
	void noIncrementIsLost(String kind, boolean madeHere) throws Exception {
		SharedLock lock = open(kind, madeHere);
		SharedValue<Long> value = this.manager.value(this.name, ElementType.INT64).lock(lock).open();
		this.python.exec("""
				shm = attach('%s')
				v = sharedctypes.synchronized(ctypes.c_long.from_buffer(shm.buf), k)
				def increment(rounds):
				    for _ in range(rounds):
				        with v.get_lock():
				            v.get_obj().value += 1
				""", this.name);
		assertThat(count(value)).isEqualTo(3L * ROUNDS);
	}

	@Test
	void noIncrementIsLostInASegmentMadeThere() throws Exception {
		SharedLock lock = open("Lock", false);
		this.python.exec("""
				shm = make('%s', 8)
				v = sharedctypes.synchronized(ctypes.c_long.from_buffer(shm.buf), k)
				def increment(rounds):
				    for _ in range(rounds):
				        with v:
				            v.get_obj().value += 1
				""", this.name);
		SharedValue<Long> value = this.manager.value(this.name, ElementType.INT64)
			.mode(OpenMode.ATTACH)
			.locked(false)
			.open()
			.synchronizedWith(lock);
		assertThat(count(value)).isEqualTo(3L * ROUNDS);
	}

	/**
	 * Let two threads here and one process there increment in two steps under the lock.
	 */
	private long count(SharedValue<Long> value) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(2);
		try {
			this.python.begin("increment(%d)", ROUNDS);
			Future<?> one = executor.submit(() -> increment(value));
			Future<?> other = executor.submit(() -> increment(value));
			one.get(1, TimeUnit.MINUTES);
			other.get(1, TimeUnit.MINUTES);
			assertThat(this.python.answer()).isEqualTo("None");
			return value.get();
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static void increment(SharedValue<Long> value) {
		for (int i = 0; i < ROUNDS; i++) {
			value.update((before) -> before + 1);
		}
	}

	@Test
	void oneLockGuardsSeveralObjectsOnBothSides() {
		SharedLock lock = open("RLock", true);
		SharedValue<Long> value = this.manager.value(this.name, ElementType.INT64).lock(lock).open();
		SharedArray<Double> array = this.manager.array(this.names.name("a"), ElementType.FLOAT64)
			.length(2)
			.locked(false)
			.open()
			.synchronizedWith(lock);
		this.python.exec("""
				shm, shm2 = attach('%s'), attach('%s')
				v = sharedctypes.synchronized(ctypes.c_long.from_buffer(shm.buf), k)
				a = sharedctypes.synchronized((ctypes.c_double * 2).from_buffer(shm2.buf), k)
				""", this.name, array.name());
		assertThat(this.python.eval("v.get_lock() is a.get_lock(), type(v).__name__, type(a).__name__"))
			.isEqualTo("(True, 'Synchronized', 'SynchronizedArray')");
		lock.lock();
		value.set(5L);
		array.set(1, 2.5);
		this.python.begin("v.value, a[:]");
		lock.unlock();
		assertThat(this.python.answer()).isEqualTo("(5, [0.0, 2.5])");
		this.python.exec("k.acquire()\nv.get_obj().value = 6\na.get_obj()[0] = 1.5");
		assertThat(value.raw().get()).isEqualTo(6);
		assertThat(array.raw().get(0)).isEqualTo(1.5);
		assertThat(lock.tryLock()).isFalse();
		this.python.exec("k.release()");
		assertThat(array.slice(0, 2)).containsExactly(1.5, 2.5);
		assertThat(array.lock()).isSameAs(lock).isSameAs(value.lock());
	}

	@Test
	void textOfASegmentMadeThereIsSynchronizedHere() {
		SharedLock lock = open("Lock", false);
		this.python.exec(
				"shm = make('%s', 8)\ns = sharedctypes.synchronized((ctypes.c_char * 8).from_buffer(shm.buf), k)",
				this.name);
		SharedArray<Character> text = this.manager.array(this.name, ElementType.CHAR)
			.mode(OpenMode.ATTACH)
			.locked(false)
			.open()
			.synchronizedWith(lock);
		this.python.exec("s.value = b'howdy'");
		assertThat(text.getText()).isEqualTo("howdy");
		text.setText("bye");
		assertThat(this.python.eval("s.value, s.raw, type(s).__name__"))
			.isEqualTo("(b'bye', b'bye\\x00y\\x00\\x00\\x00', 'SynchronizedString')");
	}

	@Test
	void stepTimesOutWhileTheOtherHoldsTheLock() {
		this.python.exec("k = make_lock('Lock', '%s')", this.lockName);
		SharedLock lock = this.manager.lock(this.lockName)
			.kind(LockKind.SEMAPHORE)
			.mode(OpenMode.ATTACH)
			.lockTimeout(Duration.ofMillis(20))
			.open();
		SharedValue<Long> value = this.manager.value(this.name, ElementType.INT64).lock(lock).open();
		this.python.exec("assert k.acquire()");
		assertThatExceptionOfType(LockTimeoutException.class).isThrownBy(() -> value.set(1L));
		assertThat(value.raw().get()).isZero();
		this.python.exec("k.release()");
		value.set(1L);
		assertThat(value.get()).isOne();
	}

	@Test
	void lockHeldByAProcessThatDiedStaysTakenUntilForced() {
		SharedLock lock = open("Lock", true);
		this.python.exec("assert k.acquire()");
		this.python.exit();
		assertThat(lock.tryLock()).isFalse();
		assertThat(lock.forceUnlock()).isTrue();
		assertThat(lock.tryLock()).isTrue();
		lock.unlock();
	}

	@Test
	void semaphoreMadeThereStaysForItsMaker() {
		SharedLock lock = open("Lock", false);
		lock.lock();
		lock.unlock();
		this.manager.close();
		assertThat(this.names.existing()).containsExactly("sem." + this.lockName);
		assertThat(this.python.eval("k.acquire(False)")).isEqualTo("True");
	}

	@Test
	void semaphoreMadeHereGoesWithItsLastUser() {
		open("Lock", true);
		assertThat(this.names.existing()).contains("sem." + this.lockName);
		this.manager.close();
		assertThat(this.names.existing()).isEmpty();
		assertThat(this.python.eval("join('Lock', '%s')", this.lockName)).startsWith("FileNotFoundError");
	}

	@Test
	void semaphoreThatIsMissingIsRefusedOnBothSides() {
		assertThat(this.python.eval("join('Lock', '%s')", this.lockName)).startsWith("FileNotFoundError");
		assertThatExceptionOfType(SegmentNotFoundException.class)
			.isThrownBy(() -> this.manager.lock(this.lockName).kind(LockKind.SEMAPHORE).mode(OpenMode.ATTACH).open());
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void segmentClosesAfterTheSemaphoreThatGuardsIt() {
		SharedLock lock = open("Lock", true);
		SharedValue<Long> value = this.manager.value(this.name, ElementType.INT64).lock(lock).open();
		SharedSegment segment = this.manager.segments().get(this.lockName);
		segment.close();
		value.close();
		assertThat(value.isClosed()).isTrue();
		assertThat(this.names.existing()).isEmpty();
	}

}
