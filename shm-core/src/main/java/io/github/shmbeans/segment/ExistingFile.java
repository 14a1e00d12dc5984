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

package io.github.shmbeans.segment;

import io.github.shmbeans.error.SegmentAccessException;
import io.github.shmbeans.posix.Errno;
import io.github.shmbeans.posix.FileDescriptor;
import io.github.shmbeans.posix.FileStatus;
import io.github.shmbeans.posix.PosixException;
import org.jspecify.annotations.Nullable;

/**
 * The file of a segment that is there, opened and checked to be a regular file that only
 * those can write whom the request trusts.
 *
 * @param file the open file
 * @param status its status
 * @param writable whether it could be opened for writing
 */
record ExistingFile(FileDescriptor file, FileStatus status, boolean writable) implements AutoCloseable {

	private static final int OTHERS_WRITE = 0022;

	/**
	 * Open the file.
	 * @return the file, or {@code null} if there is none
	 */
	static @Nullable ExistingFile open(SegmentRequest request) {
		ExistingFile existing;
		try {
			existing = open(request, true);
		}
		catch (PosixException ex) {
			existing = openReadOnly(request, ex);
		}
		if (existing != null) {
			existing.requireTrusted(request);
		}
		return existing;
	}

	private static ExistingFile open(SegmentRequest request, boolean writable) {
		FileDescriptor file = FileDescriptor.open(request.path(), writable);
		return new ExistingFile(file, file.status(), writable);
	}

	private static @Nullable ExistingFile openReadOnly(SegmentRequest request, PosixException failure) {
		return switch (failure.errno()) {
			case ENOENT -> null;
			case ELOOP -> throw refused(request, "be a regular file", "a symbolic link", "Remove the link");
			case EISDIR ->
				throw refused(request, "be a regular file", "a directory", "Remove it or choose another name");
			case ENXIO ->
				throw refused(request, "be a regular file", "a socket or device", "Remove it or choose another name");
			case EACCES -> {
				if (request.access() == AccessMode.READ_ONLY) {
					yield openReadable(request);
				}
				throw refused(request, "be a file that this user may read and write", describe(request),
						"Use access read-only, or have its owner create it with wider permissions");
			}
			default -> throw failure;
		};
	}

	private static @Nullable ExistingFile openReadable(SegmentRequest request) {
		try {
			return open(request, false);
		}
		catch (PosixException ex) {
			if (ex.errno() == Errno.ENOENT) {
				return null;
			}
			if (ex.errno() == Errno.EACCES) {
				throw refused(request, "be a file that this user may read", describe(request),
						"Have its owner create it with wider permissions");
			}
			throw ex;
		}
	}

	private static String describe(SegmentRequest request) {
		FileStatus status = FileDescriptor.status(request.path());
		return (status != null)
				? "a %s of user id %d with permissions 0%o".formatted(status.type(), status.uid(), status.permissions())
				: "none";
	}

	private void requireTrusted(SegmentRequest request) {
		try {
			if (!this.status.isRegular()) {
				throw refused(request, "be a regular file", "a " + this.status.type(),
						"Remove it or choose another name");
			}
			int user = FileDescriptor.effectiveUser();
			if (this.status.uid() != user && !request.foreignOwner()) {
				throw refused(request, "be a file of user id " + user, "one of user id " + this.status.uid(),
						"Remove it, or allow a foreign owner if you trust that user");
			}
			if ((this.status.permissions() & OTHERS_WRITE & ~request.permissions()) != 0) {
				throw refused(request, "have permissions of at most 0%o".formatted(request.permissions()),
						"0%o".formatted(this.status.permissions()),
						"Declare these permissions if you trust who may write, or chmod the file");
			}
		}
		catch (SegmentAccessException ex) {
			close();
			throw ex;
		}
	}

	private static SegmentAccessException refused(SegmentRequest request, String expected, String found,
			String remedy) {
		return new SegmentAccessException(
				"Segment '%s' was expected to %s, found %s".formatted(request.name(), expected, found), remedy);
	}

	@Override
	public void close() {
		this.file.close();
	}

}
