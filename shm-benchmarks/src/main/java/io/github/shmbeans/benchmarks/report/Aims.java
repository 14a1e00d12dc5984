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

/**
 * All aims.
 */
final class Aims {

	static final List<Aim> ALL = List.of(
			Aim.atMost(1.1, "raw read of a long", "RawRead.longShm", "RawRead.longHeap", "heap array"),
			Aim.atMost(1.1, "raw read of a long by a long index", "RawRead.longShmLongIndex",
					"RawRead.longHeapLongIndex", "heap array by a long index"),
			Aim.atMost(1.1, "raw read of a double", "RawRead.doubleShm", "RawRead.doubleHeap", "heap array"),
			Aim.atMost(1.1, "raw read of a long, six types in use", "RawRead.longShm:6", "RawRead.longHeap:6",
					"heap array"),
			Aim.atMost(1.1, "raw read of a double, six types in use", "RawRead.doubleShm:6", "RawRead.doubleHeap:6",
					"heap array"),
			Aim.atMost(1.1, "raw write of a long", "RawWrite.longShm", "RawWrite.longHeap", "heap array"),
			Aim.atMost(1.1, "raw write of a long by a long index", "RawWrite.longShmLongIndex",
					"RawWrite.longHeapLongIndex", "heap array by a long index"),
			Aim.atMost(1.1, "raw write of a double", "RawWrite.doubleShm", "RawWrite.doubleHeap", "heap array"),
			Aim.atMost(1.1, "raw write of the same long to all", "RawWrite.longShmFill", "RawWrite.longHeapFill",
					"heap array"),
			Aim.atMost(1.1, "raw write of the same double to all", "RawWrite.doubleShmFill", "RawWrite.doubleHeapFill",
					"heap array"),
			Aim.atMost(1.1, "raw write of a long, six types in use", "RawWrite.longShm:6", "RawWrite.longHeap:6",
					"heap array"),
			Aim.atMost(1.1, "raw write of a double, six types in use", "RawWrite.doubleShm:6", "RawWrite.doubleHeap:6",
					"heap array"),
			Aim.atMost(1.1, "atomic add", "AtomicAdd.shm", "AtomicAdd.heap", "AtomicLongArray"),
			Aim.atMost(0.85, "uncontended lock and unlock", "LockPair.shm", "C.robustMutex", "C robust mutex"),
			Aim.atMost(0.35, "uncontended lock and unlock", "LockPair.shm", "Python.lock", "CPython Lock"),
			Aim.faster(15, "locked array get", "Locked.arrayGet", "Python.arrayGet", "CPython"),
			Aim.faster(15, "locked value +=", "Locked.valueAdd", "Python.valueAdd", "CPython"),
			Aim.throughput(1, "two processes contending, throughput", "Contention.two", "C.contended",
					"C robust mutex"),
			Aim.atMost(2, "two processes contending, 99.9 % wait", "Contention.twoWait", "C.contendedWait",
					"C robust mutex"),
			Aim.throughput(0.8, "16 threads in each of two JVMs, throughput", "Contention.threads", "Contention.local",
					"ReentrantLock, 32 threads of one JVM"),
			Aim.atMost(1 / 0.95, "bulk copy of 64 MB out", "Bulk.shmOut", "Bulk.heap", "System.arraycopy"),
			Aim.atMost(1 / 0.95, "bulk copy of 64 MB in", "Bulk.shmIn", "Bulk.heap", "System.arraycopy"),
			Aim.faster(20, "list get int", "Lists.intGet", "Python.intGet", "CPython"),
			Aim.faster(20, "list set int", "Lists.intSet", "Python.intSet", "CPython"),
			Aim.faster(20, "list get float", "Lists.floatGet", "Python.floatGet", "CPython"),
			Aim.faster(20, "list set float", "Lists.floatSet", "Python.floatSet", "CPython"),
			Aim.faster(20, "list get bool", "Lists.boolGet", "Python.boolGet", "CPython"),
			Aim.faster(20, "list set bool", "Lists.boolSet", "Python.boolSet", "CPython"),
			Aim.faster(20, "list get str", "Lists.strGet", "Python.strGet", "CPython"),
			Aim.faster(20, "list set str", "Lists.strSet", "Python.strSet", "CPython"),
			Aim.within(0.1, "list get int, allocation", "Lists.intGet·bytes", "bytes"),
			Aim.within(0.1, "list get float, allocation", "Lists.floatGet·bytes", "bytes"),
			Aim.within(15, "record get", "Records.rawGet", "ns"), Aim.within(15, "record set", "Records.rawSet", "ns"),
			Aim.within(15, "locked record get", "Records.lockedGet", "ns").explained(20),
			Aim.within(15, "locked record set", "Records.lockedSet", "ns").explained(20),
			Aim.atMost(1.5, "locked record get", "Records.lockedGet", "Records.compareAndSetPair",
					"two compare-and-sets"),
			Aim.atMost(1.5, "locked record set", "Records.lockedSet", "Records.compareAndSetPair",
					"two compare-and-sets"),
			Aim.within(0.1, "record get, allocation", "Records.rawGet·bytes", "bytes"),
			Aim.within(0.1, "record set, allocation", "Records.rawSet·bytes", "bytes"),
			Aim.within(0.1, "locked record get, allocation", "Records.lockedGet·bytes", "bytes"),
			Aim.within(0.1, "locked record set, allocation", "Records.lockedSet·bytes", "bytes"),
			Aim.atMost(2, "create, close and unlink 1 MB", "Lifecycle.shm", "C.segment", "C"),
			Aim.atMost(1.08, "first start of an application with 50 entries", "StartUp.with50", "StartUp.without",
					"without entries"),
			Aim.atMost(1.5, "one more bean at 1,000", "StartUp.beanOf1000", "StartUp.binderOf1000",
					"Boot's Binder alone"),
			Aim.atMost(1.5, "one more bean at 10,000", "StartUp.beanOf10000", "StartUp.binderOf10000",
					"Boot's Binder alone"),
			Aim.atMost(1.2, "ping-pong of two processes", "PingPong.shm", "C.pingPong", "C"),
			Aim.faster(100, "counter", "Redis.shm", "Redis.tcp", "Redis, loopback"),
			Aim.faster(100, "counter", "Redis.shm", "Redis.socket", "Redis, Unix socket"));

	private Aims() {
	}

}
