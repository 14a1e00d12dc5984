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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.shmbeans.Attachment;
import io.github.shmbeans.ElementType;
import io.github.shmbeans.LockKind;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.error.OwnerDiedException;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import io.github.shmbeans.testing.ValuePeer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The Python package and Java at the same locks.
 */
class PythonLockTests {

	private static final int INCREMENTS = 10_000;

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final Peers peers = new Peers();

	private final SharedMemoryManager manager = SharedMemoryManager.create();

	private final List<Peer> started = new ArrayList<>();

	@AfterEach
	void close() {
		this.started.forEach(Peer::kill);
		this.manager.close();
	}

	private SharedValue<Long> counter() {
		return this.manager.value(this.names.name("counter"), ElementType.INT64).open();
	}

	private Peer python(String suffix) {
		Peer peer = Python.peer(this.peers);
		this.started.add(peer);
		peer.ask("segment = shmbeans.open('%s')".formatted(this.names.name(suffix)));
		assertThat(peer.ask("lock = segment.lock()")).isEqualTo("done");
		return peer;
	}

	private Peer java() {
		Peer peer = this.peers.java(ValuePeer.class, this.names.name("counter"));
		this.started.add(peer);
		peer.expect("open");
		return peer;
	}

	@Test
	void incrementsUnderTheNativeLockAreNeverLost() {
		SharedValue<Long> counter = counter();
		List<Peer> busy = List.of(python("counter"), python("counter"), java(), java());
		busy.subList(0, 2).forEach((peer) -> peer.send("increment(segment.raw(), lock, %d)".formatted(INCREMENTS)));
		busy.subList(2, 4).forEach((peer) -> peer.send("increment " + INCREMENTS));
		for (int i = 0; i < INCREMENTS; i++) {
			counter.update((count) -> count + 1);
		}
		assertThat(busy).map(Peer::read).containsExactly("None", "None", "incremented", "incremented");
		assertThat(counter.get()).isEqualTo(5 * INCREMENTS);
		assertThat(counter.lock().isLocked()).isFalse();
		assertThat(counter.lock().waiting()).isZero();
	}

	@Test
	void eachExcludesTheOther() {
		SharedValue<Long> counter = counter();
		Peer python = python("counter");
		assertThat(python.ask("lock.acquire()")).isEqualTo("True");
		assertThat(counter.lock().tryLock()).isFalse();
		assertThat(counter.lock().owner()).map(Attachment::pid).contains(python.process().pid());
		assertThat(python.ask("lock.release()")).isEqualTo("None");
		assertThat(counter.lock().tryLock()).isTrue();
		assertThat(python.ask("lock.acquire(False), lock.acquire(timeout=0.05), lock.owner().pid"))
			.isEqualTo("(False, False, %d)".formatted(ProcessHandle.current().pid()));
		counter.lock().unlock();
		assertThat(python.ask("lock.acquire(False)")).isEqualTo("True");
	}

	@Test
	void eachWakesTheOther() {
		SharedLock lock = counter().lock();
		Peer python = python("counter");
		for (int i = 0; i < 20; i++) {
			lock.lock();
			python.send("lock.acquire()");
			Awaitility.await().untilAsserted(() -> assertThat(lock.waiting()).isOne());
			lock.unlock();
			assertThat(python.read()).isEqualTo("True");
			python.send("release_once_waiting(lock)");
			lock.lock();
			lock.unlock();
			assertThat(python.read()).isEqualTo("None");
		}
		assertThat(lock.isConsistent()).isTrue();
	}

	@Test
	void deathOfAPythonHolderIsReportedToJava() {
		SharedValue<Long> counter = counter();
		Peer python = python("counter");
		python.ask("lock.acquire()");
		python.kill();
		assertThatExceptionOfType(OwnerDiedException.class).isThrownBy(() -> counter.lock().lock());
		counter.lock().recover(() -> counter.set(11L));
		assertThat(counter.get()).isEqualTo(11);
		assertThat(counter.lock().statistics().recoveries()).isOne();
	}

	@Test
	void deathOfAJavaHolderIsReportedToPython() {
		SharedValue<Long> counter = counter();
		Peer java = java();
		Peer python = python("counter");
		java.ask("lock");
		java.kill();
		assertThat(python.ask("lock.acquire()")).isEqualTo("OwnerDiedError");
		assertThat(python.ask("segment.value")).isEqualTo("OwnerDiedError");
		assertThatExceptionOfType(OwnerDiedException.class).isThrownBy(counter::get);
		assertThat(python.ask("repair(segment, 11)")).isEqualTo("None");
		assertThat(counter.get()).isEqualTo(11);
		assertThat(python.ask("lock.statistics().recoveries")).isEqualTo("1");
	}

	@Test
	void waitingJavaTakesOverFromAPythonHolderThatDies() throws Exception {
		SharedValue<Long> counter = counter();
		Peer python = python("counter");
		python.ask("lock.acquire()");
		Thread killer = new Thread(() -> {
			Awaitility.await().untilAsserted(() -> assertThat(counter.lock().waiting()).isOne());
			python.kill();
		});
		killer.start();
		assertThatExceptionOfType(OwnerDiedException.class).isThrownBy(counter::get);
		killer.join();
	}

	@Test
	void stoppedPythonHolderIsNotTakenForDead() throws InterruptedException {
		SharedValue<Long> counter = counter();
		Peer python = python("counter");
		python.ask("lock.acquire()");
		python.signal("STOP");
		assertThat(counter.lock().tryLock(300, TimeUnit.MILLISECONDS)).isFalse();
		python.signal("CONT");
		assertThat(python.ask("lock.release()")).isEqualTo("None");
		assertThat(counter.get()).isZero();
	}

	@Test
	void forcedUnlockIsFoundOutByTheOther() {
		SharedValue<Long> counter = counter();
		Peer python = python("counter");
		python.ask("lock.acquire()");
		assertThat(counter.lock().forceUnlock()).isTrue();
		assertThat(python.ask("lock.release()")).isEqualTo("RuntimeError");
		assertThat(python.ask("lock.acquire()")).isEqualTo("OwnerDiedError");
		counter.lock().recover(() -> {
		});
		counter.lock().lock();
		assertThat(python.ask("lock.force_release()")).isEqualTo("True");
		assertThat(counter.lock().isConsistent()).isFalse();
		assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(() -> counter.lock().unlock());
		assertThatExceptionOfType(OwnerDiedException.class).isThrownBy(counter::get);
	}

	/**
	 * A process that is killed at any moment between two writes that belong together.
	 */
	@Test
	@Tag("slow")
	void halfDoneWriteOfAKilledPythonIsNeverOverlooked() {
		SharedArray<Long> pair = this.manager.array(this.names.name("pair"), ElementType.INT64).length(2).open();
		for (int i = 0; i < 20; i++) {
			Peer python = python("pair");
			python.send("write_pairs(segment.raw(), lock)");
			long first = pair.raw().getLong(0);
			Awaitility.await().untilAsserted(() -> assertThat(pair.raw().getLong(0)).isGreaterThan(first + 20));
			python.kill();
			try {
				pair.lock().lock();
				assertThat(pair.getLong(0)).isEqualTo(pair.getLong(1));
				pair.lock().unlock();
			}
			catch (OwnerDiedException ex) {
				pair.lock().recover(() -> pair.setLong(1, pair.getLong(0)));
			}
		}
	}

	@Test
	void semaphoreIsSharedWithTheLockOfCPython() {
		SharedLock lock = this.manager.lock(this.names.name("semaphore")).kind(LockKind.SEMAPHORE).open();
		Peer python = python("semaphore");
		assertThat(python.ask("type(lock).__base__.__module__")).isEqualTo("'multiprocessing.synchronize'");
		assertThat(python.ask("lock.acquire()")).isEqualTo("True");
		assertThat(lock.tryLock()).isFalse();
		assertThat(python.ask("lock.release()")).isEqualTo("None");
		assertThat(lock.tryLock()).isTrue();
		assertThat(python.ask("lock.acquire(False)")).isEqualTo("False");
		lock.unlock();
		assertThat(python.ask("lock.acquire(), lock.acquire()")).isEqualTo("(True, True)");
	}

	@Test
	void incrementsUnderASemaphoreAreNeverLost() {
		SharedValue<Long> raw = counter().raw();
		SharedLock lock = this.manager.lock(this.names.name("semaphore")).kind(LockKind.SEMAPHORE).open();
		List<Peer> busy = Stream.of("semaphore", "semaphore").map(this::python).toList();
		busy.forEach((peer) -> peer.ask("counter = shmbeans.open('%s')".formatted(this.names.name("counter"))));
		busy.forEach((peer) -> peer.send("increment(counter.raw(), lock, %d)".formatted(INCREMENTS)));
		for (int i = 0; i < INCREMENTS; i++) {
			lock.lock();
			raw.setLong(raw.getLong() + 1);
			lock.unlock();
		}
		busy.forEach((peer) -> peer.expect("None"));
		assertThat(raw.getLong()).isEqualTo(3 * INCREMENTS);
	}

}
