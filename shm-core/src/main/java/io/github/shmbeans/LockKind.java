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

/**
 * The mechanism of a lock that stands alone.
 */
public enum LockKind {

	/** The native lock: fast, and survives the death of its holder. */
	PROCESS,

	/**
	 * A POSIX named semaphore, which CPython's {@code multiprocessing.Lock} can join. If
	 * its holder dies, it stays taken until {@link SharedLock#forceUnlock()}. A close
	 * frees it for a thread that still holds it after 5 seconds; nothing is marked.
	 */
	SEMAPHORE

}
