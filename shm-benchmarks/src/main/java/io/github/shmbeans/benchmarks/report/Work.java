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

package io.github.shmbeans.benchmarks.report;

import java.util.List;
import java.util.Map;

/**
 * What is measured together: the peers of one kind of work run one after the other.
 *
 * @param name its name for {@code --only}
 * @param title its title
 * @param unit the unit of its results
 * @param benchmarks the JMH benchmarks, some with the number of element types in use
 * @param commands the commands of other programs; {@code SECONDS} and {@code ROUNDS} are
 * replaced
 * @param chart the bars of its chart
 */
record Work(String name, String title, String unit, List<String> benchmarks, List<String> commands,
		List<Map.Entry<String, String>> chart) {

	private static final String JAVA = "java io.github.shmbeans.benchmarks.process.";

	static final List<Work> ALL = List.of(new Work("raw-read", "Sequential read without locks, per element", "ns",
			List.of("RawRead", "RawRead.(longs|doubles):6"), List.of(),
			List.of(bar("RawRead.longHeap", "heap array"), bar("RawRead.longShm", "shmbeans"),
					bar("RawRead.longShm:6", "shmbeans, six types in use"),
					bar("RawRead.longHeapLongIndex", "heap array, long index"),
					bar("RawRead.longShmLongIndex", "shmbeans, long index"),
					bar("RawRead.longShmMixedIndex", "shmbeans, int index < length()"),
					bar("RawRead.longAgrona", "Agrona UnsafeBuffer"), bar("RawRead.longChronicle", "Chronicle Bytes"),
					bar("RawRead.longMappedBuffer", "JDK MappedByteBuffer"))),
			new Work("raw-write", "Sequential write without locks, per element", "ns",
					List.of("RawWrite", "RawWrite.(longs|doubles):6"), List.of(),
					List.of(bar("RawWrite.longHeap", "heap array"), bar("RawWrite.longShm", "shmbeans"),
							bar("RawWrite.longShm:6", "shmbeans, six types in use"),
							bar("RawWrite.longHeapFill", "heap array, all the same"),
							bar("RawWrite.longShmFill", "shmbeans, all the same"),
							bar("RawWrite.doubleHeap", "heap array of doubles"),
							bar("RawWrite.doubleShm", "shmbeans, doubles"),
							bar("RawWrite.longHeapLongIndex", "heap array, long index"),
							bar("RawWrite.longShmLongIndex", "shmbeans, long index"),
							bar("RawWrite.longShmMixedIndex", "shmbeans, int index < length()"),
							bar("RawWrite.longAgrona", "Agrona UnsafeBuffer"),
							bar("RawWrite.longChronicle", "Chronicle Bytes"),
							bar("RawWrite.longMappedBuffer", "JDK MappedByteBuffer"))),
			new Work("atomic-add", "Atomic addition to one element", "ns", List.of("AtomicAdd"), List.of(),
					List.of(bar("AtomicAdd.heap", "AtomicLongArray"), bar("AtomicAdd.shm", "shmbeans"),
							bar("AtomicAdd.agrona", "Agrona UnsafeBuffer"),
							bar("AtomicAdd.chronicle", "Chronicle Bytes"))),
			new Work("lock", "Taking and freeing a lock that nobody else wants", "ns", List.of("LockPair"),
					List.of("c locks", "python locks"),
					List.of(bar("LockPair.shm", "shmbeans"), bar("C.robustMutex", "C robust mutex, process-shared"),
							bar("C.semaphore", "C semaphore, process-shared"),
							bar("LockPair.reentrant", "ReentrantLock, one JVM"), bar("Python.lock", "CPython Lock"),
							bar("LockPair.shmSemaphore", "shmbeans, kind semaphore"),
							bar("LockPair.fileLock", "JDK FileLock"))),
			new Work("locked", "Accesses that take the lock themselves", "ns", List.of("Locked"),
					List.of("python locked"),
					List.of(bar("Locked.arrayGet", "shmbeans array get"), bar("Python.arrayGet", "CPython Array get"),
							bar("Locked.arraySet", "shmbeans array set"), bar("Python.arraySet", "CPython Array set"),
							bar("Locked.valueAdd", "shmbeans value +="), bar("Python.valueAdd", "CPython Value +="),
							bar("Locked.chronicleMapAdd", "Chronicle Map, get and add"))),
			new Work("contention", "Two processes contending for one lock", "operations per µs", List.of(),
					List.of(JAVA + "Contention Contention.two 1 SECONDS C.contended c",
							JAVA + "Contention Contention.threads 16 SECONDS Contention.local"),
					List.of(bar("Contention.two", "shmbeans"), bar("C.contended", "C robust mutex"),
							bar("Contention.threads", "shmbeans, 16 threads each"),
							bar("Contention.local", "ReentrantLock, 32 threads of one JVM"))),
			new Work("bulk", "Copy, per MB", "µs", List.of("Bulk"), List.of(),
					List.of(bar("Bulk.heap", "System.arraycopy"), bar("Bulk.mappedOut", "JDK MappedByteBuffer out"),
							bar("Bulk.shmOut", "shmbeans out"), bar("Bulk.shmIn", "shmbeans in"))),
			new Work("list", "Items of a list", "ns", List.of("Lists"), List.of("python lists"),
					List.of(bar("Lists.intGet", "shmbeans get int"), bar("Python.intGet", "CPython get int"),
							bar("Lists.intSet", "shmbeans set int"), bar("Python.intSet", "CPython set int"),
							bar("Lists.strGet", "shmbeans get str"), bar("Python.strGet", "CPython get str"),
							bar("Lists.strSet", "shmbeans set str"), bar("Python.strSet", "CPython set str"))),
			new Work("record", "A record of two doubles", "ns", List.of("Records"), List.of(),
					List.of(bar("Records.rawGet", "raw get"), bar("Records.rawSet", "raw set"),
							bar("Records.compareAndSetPair", "two compare-and-sets alone"),
							bar("Records.lockPair", "lock and unlock alone"), bar("Records.lockedGet", "locked get"),
							bar("Records.lockedSet", "locked set"))),
			new Work("lifecycle", "Creating, closing and unlinking a segment of 1 MB", "µs", List.of("Lifecycle"),
					List.of("c segment", "python segment"),
					List.of(bar("Lifecycle.shm", "shmbeans"), bar("C.segment", "C"),
							bar("Python.segment", "CPython SharedMemory"))),
			new Work("start-up", "First start of an application in a JVM", "ms", List.of(),
					List.of(JAVA + "StartUp ROUNDS"),
					List.of(bar("StartUp.without", "without entries"), bar("StartUp.with50", "with 50 entries"))),
			new Work("start-up-bean", "One more bean at start-up, from such starts", "µs", List.of(), List.of(),
					List.of(bar("StartUp.beanOf1000", "of 1,000"),
							bar("StartUp.binderOf1000", "of 1,000, Boot's Binder alone"),
							bar("StartUp.beanOf10000", "of 10,000"),
							bar("StartUp.binderOf10000", "of 10,000, Boot's Binder alone"))),
			new Work("ping-pong", "Round trip of two processes that spin", "ns", List.of(),
					List.of("taskset -c 0 " + JAVA + "PingPong PingPong.shm SECONDS", "c pingpong SECONDS"),
					List.of(bar("PingPong.shm", "shmbeans"), bar("C.pingPong", "C"))),
			new Work("redis", "A counter", "ns", List.of("Redis"), List.of(), List.of(bar("Redis.shm", "shmbeans"),
					bar("Redis.tcp", "Redis, loopback"), bar("Redis.socket", "Redis, Unix socket"))));

	/**
	 * Whether it runs something itself, and does not only show what another measured.
	 */
	boolean isMeasuring() {
		return !this.benchmarks.isEmpty() || !this.commands.isEmpty();
	}

	private static Map.Entry<String, String> bar(String id, String label) {
		return Map.entry(id, label);
	}

}
