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

package io.github.shmbeans.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What the workers have done so far, in a mapped file that outlives them: one record per
 * worker, written by it alone.
 */
final class Progress {

	private static final int RECORD = 64;

	private static final int STARTED = 0;

	private static final int COMPLETED = 8;

	private static final int LONGEST_WAIT = 16;

	private static final int RECOVERIES = 24;

	private static final int OPERATIONS = 32;

	private final MappedByteBuffer bytes;

	private Progress(MappedByteBuffer bytes) {
		this.bytes = bytes;
	}

	static Progress open(Path file, int workers) {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE)) {
			return new Progress(channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) workers * RECORD));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void add(int worker, int field) {
		int at = worker * RECORD + field;
		this.bytes.putLong(at, this.bytes.getLong(at) + 1);
	}

	private long sum(int field) {
		long sum = 0;
		for (int at = field; at < this.bytes.capacity(); at += RECORD) {
			sum += this.bytes.getLong(at);
		}
		return sum;
	}

	void incrementStarted(int worker) {
		add(worker, STARTED);
	}

	void incrementCompleted(int worker) {
		add(worker, COMPLETED);
	}

	void recovered(int worker) {
		add(worker, RECOVERIES);
	}

	void operated(int worker, long waitNanos) {
		add(worker, OPERATIONS);
		int at = worker * RECORD + LONGEST_WAIT;
		this.bytes.putLong(at, Math.max(this.bytes.getLong(at), waitNanos));
	}

	long started() {
		return sum(STARTED);
	}

	long completed() {
		return sum(COMPLETED);
	}

	long recoveries() {
		return sum(RECOVERIES);
	}

	long operations() {
		return sum(OPERATIONS);
	}

	long longestWaitNanos() {
		long longest = 0;
		for (int at = LONGEST_WAIT; at < this.bytes.capacity(); at += RECORD) {
			longest = Math.max(longest, this.bytes.getLong(at));
		}
		return longest;
	}

}
