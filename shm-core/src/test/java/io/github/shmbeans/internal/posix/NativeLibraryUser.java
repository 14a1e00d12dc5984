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

import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.error.SharedMemoryException;

/**
 * Opens a segment twice and prints what keeps it from that.
 */
public final class NativeLibraryUser {

	private NativeLibraryUser() {
	}

	public static void main(String[] args) {
		for (int i = 0; i < 2; i++) {
			try (SharedMemoryManager manager = SharedMemoryManager.create()) {
				manager.block(args[0]).size(8).open();
				System.out.println("opened");
			}
			catch (SharedMemoryException ex) {
				System.out.println(ex);
			}
		}
	}

}
