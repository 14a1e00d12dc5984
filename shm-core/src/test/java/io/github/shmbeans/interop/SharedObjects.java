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

import io.github.shmbeans.CType;
import io.github.shmbeans.ElementType;
import io.github.shmbeans.Length;
import io.github.shmbeans.LockKind;
import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;

/**
 * One shared object of each kind.
 *
 * @param counter a value
 * @param sample a record
 * @param readings an array
 * @param points an array of records
 * @param jobs a list
 * @param frame a block
 * @param semaphore a lock that stock CPython can join
 */
record SharedObjects(SharedValue<Long> counter, SharedValue<Sample> sample, SharedArray<Double> readings,
		SharedArray<Point> points, ShareableList jobs, SharedMemory frame, SharedLock semaphore) {

	/**
	 * Open all of them.
	 */
	static SharedObjects open(SharedMemoryManager manager, String prefix) {
		return new SharedObjects(manager.value(prefix + "counter", ElementType.INT64).open(),
				manager.value(prefix + "sample", ElementType.ofRecord(Sample.class)).open(),
				manager.array(prefix + "readings", ElementType.FLOAT64).length(1000).open(),
				manager.array(prefix + "points", ElementType.ofRecord(Point.class)).length(3).open(),
				manager.list(prefix + "jobs")
					.initial("howdy", -273.154, 100, true, null)
					.item(new byte[] { 1 }, 40)
					.open(),
				manager.block(prefix + "frame").size(5000).open(),
				manager.lock(prefix + "semaphore").kind(LockKind.SEMAPHORE).open());
	}

	record Point(double x, double y) {
	}

	record Sample(boolean flag, long count, @CType("uint8") short small, float ratio, Point origin,
			@Length(3) short[] data, @Length(5) String name) {
	}

}
