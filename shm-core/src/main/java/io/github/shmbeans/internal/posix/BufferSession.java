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

package io.github.shmbeans.internal.posix;

import java.util.List;

/**
 * The class of the JDK that every access to a buffer passes, though a buffer of ours has
 * none of it. As long as nobody has loaded it, C2 leaves the methods with it in their
 * signature as calls, and whether it is loaded before they are compiled is a matter of
 * chance.
 */
final class BufferSession {

	/** In Java 17 and 18, and later. */
	private static final List<String> NAMES = List.of("jdk.internal.misc.ScopedMemoryAccess$Scope",
			"jdk.internal.foreign.MemorySessionImpl");

	private BufferSession() {
	}

	/**
	 * Load it. Without it, accesses are slower.
	 * @return whether this JDK has it
	 */
	static boolean load() {
		return NAMES.stream().anyMatch(BufferSession::load);
	}

	private static boolean load(String name) {
		try {
			Class.forName(name, false, null);
			return true;
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

}
