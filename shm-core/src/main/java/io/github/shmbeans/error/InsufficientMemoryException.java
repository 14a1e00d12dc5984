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

package io.github.shmbeans.error;

/**
 * The shared-memory filesystem has no room for the segment. No file was left behind.
 */
public class InsufficientMemoryException extends SharedMemoryException {

	private final long needed;

	private final long free;

	/**
	 * Create the exception.
	 * @param name the segment name
	 * @param needed the bytes that the segment needs, its control block included;
	 * {@link Long#MAX_VALUE} also for more
	 * @param free the bytes that the filesystem had free
	 */
	public InsufficientMemoryException(String name, long needed, long free) {
		super("Segment '%s' needs %s bytes, found %,d bytes free in /dev/shm".formatted(name,
				(needed == Long.MAX_VALUE) ? "more than 2^63 - 1" : "%,d".formatted(needed), free),
				"Declare less or enlarge /dev/shm: 'docker run --shm-size=1g', 'shm_size' in Compose, an 'emptyDir' of"
						+ " medium Memory on /dev/shm in Kubernetes, 'mount -o remount,size=1g /dev/shm' on a host");
		this.needed = needed;
		this.free = free;
	}

	/**
	 * The bytes that the segment needs.
	 * @return the need in bytes
	 */
	public long needed() {
		return this.needed;
	}

	/**
	 * The bytes that were free.
	 * @return the free bytes
	 */
	public long free() {
		return this.free;
	}

}
