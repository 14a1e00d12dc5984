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

import io.github.shmbeans.error.UnsupportedPlatformException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the C library can be called. What keeps JNA from it is an error while a class
 * is initialized, which tells the first caller little and later ones nothing.
 */
public final class NativeLibrary {

	private static final @Nullable Failure FAILURE = load();

	private NativeLibrary() {
	}

	/**
	 * Throws if the C library cannot be called.
	 * @throws UnsupportedPlatformException if it cannot
	 */
	public static void require() {
		if (FAILURE != null) {
			throw new UnsupportedPlatformException(FAILURE.problem(), FAILURE.remedy(), FAILURE.cause());
		}
	}

	private static @Nullable Failure load() {
		try {
			LibC.geteuid();
			return null;
		}
		catch (LinkageError ex) {
			return explain(ex);
		}
	}

	private static Failure explain(LinkageError error) {
		Throwable root = error;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		if (root instanceof UnsupportedPlatformException unsupported) {
			return new Failure(unsupported.problem(), unsupported.remedy(), unsupported);
		}
		if (root.toString().contains(IllegalCallerException.class.getSimpleName())) {
			return new Failure("Expected this JVM to allow JNA native access, found it denied: " + root.getMessage(),
					"Start it with --enable-native-access=ALL-UNNAMED (or com.sun.jna, if that is a module), or switch shared memory off",
					error);
		}
		return new Failure("Expected JNA to load its native library, found %s".formatted(root.getMessage()),
				"JNA unpacks it below the home or the temporary folder. If files there may not be executed (noexec), start with -Djna.tmpdir=FOLDER and a folder whose files may, or switch shared memory off",
				error);
	}

	/**
	 * What keeps the C library from being called.
	 *
	 * @param problem what was expected and what was found
	 * @param remedy what to do about it
	 * @param cause the cause
	 */
	private record Failure(String problem, String remedy, Throwable cause) {
	}

}
