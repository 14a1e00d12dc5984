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

package io.github.shmbeans.fuzz;

import io.github.shmbeans.OpenMode;
import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.error.SharedMemoryException;

/**
 * A process that attaches to a list, and prints how many items it has or why it is
 * refused. Argument: the segment name.
 */
public final class AttachingPeer {

	private AttachingPeer() {
	}

	public static void main(String[] arguments) {
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			ShareableList list = manager.list(arguments[0]).mode(OpenMode.ATTACH).locked(false).open();
			System.out.println(list.size() + " items");
		}
		catch (SharedMemoryException ex) {
			System.out.println(ex.getClass().getSimpleName());
		}
		catch (OutOfMemoryError ex) {
			System.out.println(ex);
		}
	}

}
