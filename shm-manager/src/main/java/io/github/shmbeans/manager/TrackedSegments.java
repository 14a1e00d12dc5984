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

package io.github.shmbeans.manager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.error.InvalidOptionException;
import org.jspecify.annotations.Nullable;

/**
 * The segments that clients have made and this process is to remove. A name is tracked
 * together with the file that it leads to, and is removed only while it leads to that
 * file: a regular file of this user. Symbolic links are never followed.
 */
final class TrackedSegments {

	private static final Path DIRECTORY = Path.of("/dev/shm");

	private final Map<String, Object> files = new LinkedHashMap<>();

	private final UserPrincipal user;

	TrackedSegments() throws IOException {
		this.user = Files.getOwner(Path.of("/proc/self"));
	}

	/**
	 * Track a segment. The file of a name that is tracked already may be a new one.
	 * @param name its name
	 * @throws ManagerException if there is no such segment of this user
	 */
	synchronized void track(String name) {
		Object file = file(name);
		if (file == null) {
			throw new ManagerException("Segment '%s' was expected to be there, found no such file".formatted(name),
					"Create it before it is tracked", null);
		}
		this.files.put(name, file);
		ManagerLog.tracked(name);
	}

	/**
	 * Remove a segment. Nothing is to be done if others have removed it.
	 * @param name its name
	 * @throws ManagerException if it is not tracked or cannot be removed
	 */
	synchronized void release(String name) {
		requireName(name);
		Object file = this.files.remove(name);
		if (file == null) {
			throw new ManagerException("Segment '%s' was expected to be tracked, found that it is not".formatted(name),
					"Track it, or remove it with unlink()", null);
		}
		remove(name, file);
	}

	/**
	 * Remove all segments. One that cannot be removed does not keep the others.
	 * @return how many were tracked
	 */
	synchronized int releaseAll() {
		int count = this.files.size();
		this.files.forEach((name, file) -> {
			try {
				remove(name, file);
			}
			catch (ManagerException ex) {
				ManagerLog.failed("remove segment '%s'".formatted(name), ex);
			}
		});
		this.files.clear();
		return count;
	}

	synchronized List<String> names() {
		return List.copyOf(this.files.keySet());
	}

	private void remove(String name, Object file) {
		if (!file.equals(file(name))) {
			return;
		}
		try {
			Files.deleteIfExists(DIRECTORY.resolve(name));
			ManagerLog.removed(name);
		}
		catch (IOException ex) {
			throw unusable(name, ex);
		}
	}

	/**
	 * The identity of the file of a name, or {@code null} if there is none.
	 */
	private @Nullable Object file(String name) {
		Path path = DIRECTORY.resolve(requireName(name));
		try {
			PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
			if (!attributes.isRegularFile() || !attributes.owner().equals(this.user)) {
				throw new ManagerException(
						"Segment '%s' was expected to be a regular file of user %s, found %s of user %s".formatted(name,
								this.user.getName(),
								attributes.isRegularFile() ? "a regular file" : "another kind of file",
								attributes.owner().getName()),
						"Have its creator remove it", null);
			}
			return attributes.fileKey();
		}
		catch (NoSuchFileException ex) {
			return null;
		}
		catch (IOException ex) {
			throw unusable(name, ex);
		}
	}

	private static String requireName(String name) {
		try {
			SegmentSpec.block(name).segmentName(name).size(1).spec();
			return name;
		}
		catch (InvalidOptionException ex) {
			throw new ManagerException("Expected the name of a segment, found another text",
					"Use 1 to 250 of the characters A-Z a-z 0-9 . _ - without leading dot", ex);
		}
	}

	private static ManagerException unusable(String name, IOException ex) {
		return new ManagerException("Could not remove segment '%s' or look at it: %s".formatted(name, ex.getMessage()),
				"Look at %s".formatted(DIRECTORY.resolve(name)), ex);
	}

}
