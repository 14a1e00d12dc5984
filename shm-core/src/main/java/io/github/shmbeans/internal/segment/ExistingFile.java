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

package io.github.shmbeans.internal.segment;

import io.github.shmbeans.AccessMode;
import io.github.shmbeans.SegmentKind;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.error.SegmentAccessException;
import io.github.shmbeans.internal.posix.Errno;
import io.github.shmbeans.internal.posix.FileDescriptor;
import io.github.shmbeans.internal.posix.FileStatus;
import io.github.shmbeans.internal.posix.PosixException;
import org.jspecify.annotations.Nullable;

/**
 * A file that is there, opened and checked to be a regular file that only those can write
 * whom the request trusts.
 *
 * @param request what was expected of it
 * @param file the open file
 * @param status its status
 * @param writable whether it could be opened for writing
 */
record ExistingFile(Request request, FileDescriptor file, FileStatus status,
		boolean writable) implements AutoCloseable {

	private static final int OTHERS_WRITE = 0022;

	/**
	 * Open the file.
	 * @return the file, or {@code null} if there is none
	 */
	static @Nullable ExistingFile open(Request request) {
		ExistingFile existing;
		try {
			existing = request.open(true);
		}
		catch (PosixException ex) {
			existing = openReadOnly(request, ex);
		}
		if (existing != null) {
			existing.requireTrusted();
		}
		return existing;
	}

	private static @Nullable ExistingFile openReadOnly(Request request, PosixException failure) {
		return switch (failure.errno()) {
			case ENOENT -> null;
			case ELOOP -> throw request.refused("be a regular file", "a symbolic link", "Remove the link");
			case EISDIR ->
				throw request.refused("be a regular file", "a directory", "Remove it or choose another name");
			case ENXIO ->
				throw request.refused("be a regular file", "a socket or device", "Remove it or choose another name");
			case EACCES -> {
				if (request.readable()) {
					yield openReadable(request);
				}
				throw request.refused("be a file that this user may read and write", request.describe(),
						"Have its owner create it with permissions for this user, or join its group"
								+ (request.mayBeReadOnly() ? ", or use access read-only" : ""));
			}
			default -> throw failure;
		};
	}

	private static @Nullable ExistingFile openReadable(Request request) {
		try {
			return request.open(false);
		}
		catch (PosixException ex) {
			if (ex.errno() == Errno.ENOENT) {
				return null;
			}
			if (ex.errno() == Errno.EACCES) {
				throw request.refused("be a file that this user may read", request.describe(),
						"Have its owner create it with permissions for this user, or join its group");
			}
			throw ex;
		}
	}

	private void requireTrusted() {
		try {
			if (!this.status.isRegular()) {
				throw this.request.refused("be a regular file", "a " + this.status.type(),
						"Remove it or choose another name");
			}
			int user = FileDescriptor.effectiveUser();
			if (this.status.uid() != user && !this.request.foreignOwner()) {
				throw this.request.refused("be a file of user id " + user, "one of user id " + this.status.uid(),
						"Set 'foreign-owner: true' if you trust that user, choose another name, or have that user remove it");
			}
			if ((this.status.permissions() & OTHERS_WRITE & ~this.request.permissions()) != 0) {
				throw this.request.refused("have permissions of at most 0%o".formatted(this.request.permissions()),
						"0%o".formatted(this.status.permissions()),
						"Set 'permissions: 0%o' if you trust its writers, or chmod the file"
							.formatted(this.status.permissions()));
			}
		}
		catch (SegmentAccessException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Refuse a file that has another name too: it may be one that somebody else has
	 * linked here.
	 */
	void requireOneName() {
		if (this.status.links() > 1) {
			throw this.request.refused("be a file with one name", this.status.links() + " hard links to it",
					"Remove the links, or remove the file if nobody needs it");
		}
	}

	@Override
	public void close() {
		this.file.close();
	}

	/**
	 * Which file to open, and who may own and write it.
	 *
	 * @param subject what the file is, for messages
	 * @param path its path
	 * @param permissions the most write permissions that group and others may have
	 * @param foreignOwner whether another user may own it
	 * @param readable whether a file will do that this user may only read
	 * @param mayBeReadOnly whether it could be opened for reading instead
	 */
	record Request(String subject, String path, int permissions, boolean foreignOwner, boolean readable,
			boolean mayBeReadOnly) {

		static Request of(SegmentSpec spec) {
			return new Request("Segment '%s'".formatted(spec.requireSegmentName()),
					SegmentName.path(spec.requireSegmentName()), spec.permissions(), spec.foreignOwner(),
					spec.access() == AccessMode.READ_ONLY, spec.content().kind() != SegmentKind.LOCK);
		}

		private ExistingFile open(boolean writable) {
			FileDescriptor file = FileDescriptor.open(this.path, writable);
			return new ExistingFile(this, file, file.status(), writable);
		}

		private String describe() {
			FileStatus status = FileDescriptor.status(this.path);
			return (status != null) ? "a %s of user id %d and group id %d with permissions 0%o".formatted(status.type(),
					status.uid(), status.gid(), status.permissions()) : "none";
		}

		private SegmentAccessException refused(String expected, String found, String remedy) {
			return new SegmentAccessException(
					"%s was expected to %s, found %s".formatted(this.subject, expected, found), remedy);
		}

	}

}
