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
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import io.github.shmbeans.error.InvalidOptionException;
import org.jspecify.annotations.Nullable;

/**
 * The socket at which a server listens, with the file and the directory that were made
 * for it.
 */
final class ListeningSocket implements AutoCloseable {

	/** As many clients as may come at once; the kernel may allow fewer. */
	private static final int BACKLOG = 1024;

	private static final String SOCKET_PERMISSIONS = "rw-------";

	private static final String DIRECTORY_PERMISSIONS = "rwx------";

	private static final int OTHERS_WRITE = 0022;

	private static final int STICKY = 01000;

	private final ServerSocketChannel channel;

	private final SocketAddress address;

	/** What to remove, last first, if it still is what was made. */
	private final List<MadeFile> made;

	private ListeningSocket(ServerSocketChannel channel, List<MadeFile> made) throws IOException {
		this.channel = channel;
		this.address = channel.getLocalAddress();
		this.made = made;
	}

	/**
	 * Listen at an address.
	 * @param address the address, or {@code null} for a Unix-domain socket in a new
	 * directory for temporary files
	 * @throws InvalidOptionException if others could replace the socket
	 * @throws ManagerException if it is taken or cannot be used
	 */
	static ListeningSocket open(@Nullable SocketAddress address) {
		List<MadeFile> made = new ArrayList<>();
		ServerSocketChannel channel = null;
		try {
			SocketAddress place = (address != null) ? address : inNewDirectory(made);
			if (place instanceof UnixDomainSocketAddress unix) {
				prepare(unix, made);
				channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(unix, BACKLOG);
				made.add(MadeFile.of(unix.getPath()));
				Files.setPosixFilePermissions(unix.getPath(), PosixFilePermissions.fromString(SOCKET_PERMISSIONS));
			}
			else {
				channel = ServerSocketChannel.open().bind(place, BACKLOG);
			}
			return new ListeningSocket(channel, made);
		}
		catch (IOException ex) {
			undo(channel, made);
			throw new ManagerException(
					"Could not listen at %s: %s"
						.formatted((address != null) ? ManagerAddress.format(address) : "a new socket", describe(ex)),
					"Use another address, or stop the program that uses it", ex);
		}
		catch (RuntimeException ex) {
			undo(channel, made);
			throw ex;
		}
	}

	private static String describe(IOException ex) {
		String name = ex.getClass().getSimpleName().replace("Exception", "");
		return ex.getClass().getPackageName().equals("java.nio.file") ? "%s %s".formatted(name, ex.getMessage())
				: String.valueOf(ex.getMessage());
	}

	private static UnixDomainSocketAddress inNewDirectory(List<MadeFile> made) throws IOException {
		Path directory = Files.createTempDirectory("shm-manager-");
		made.add(MadeFile.of(directory));
		return UnixDomainSocketAddress.of(directory.resolve("socket"));
	}

	private static void prepare(UnixDomainSocketAddress address, List<MadeFile> made) throws IOException {
		Path directory = address.getPath().getParent();
		if (directory == null) {
			throw new InvalidOptionException("address",
					"Expected the path of a socket, found '%s'".formatted(address.getPath()),
					"Use an address such as /run/app/manager.sock");
		}
		if (!Files.exists(directory)) {
			Files.createDirectory(directory,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(DIRECTORY_PERMISSIONS)));
			made.add(MadeFile.of(directory));
		}
		int mode = (int) Files.getAttribute(directory, "unix:mode");
		if ((mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
			throw new InvalidOptionException("address",
					"Expected a directory in which other users cannot replace the socket, found '%s' with permissions 0%o"
						.formatted(directory, mode & 07777),
					"Use a directory with permissions 0700; one that does not exist is made so");
		}
		if (Files.exists(address.getPath(), LinkOption.NOFOLLOW_LINKS)) {
			removeAbandoned(address);
		}
	}

	/**
	 * Remove the socket of a server that was killed.
	 */
	private static void removeAbandoned(UnixDomainSocketAddress address) throws IOException {
		Path path = address.getPath();
		if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isOther()) {
			throw new ManagerException("Expected no file or a socket at '%s', found another file".formatted(path),
					"Use another address, or remove the file", null);
		}
		if (isServed(address)) {
			throw new ManagerException("Could not listen at %s: another program does".formatted(path),
					"Use another address, or stop the program that uses it", null);
		}
		Files.deleteIfExists(path);
	}

	private static boolean isServed(UnixDomainSocketAddress address) {
		try (SocketChannel channel = SocketChannel.open(address)) {
			return channel.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	ServerSocketChannel channel() {
		return this.channel;
	}

	SocketAddress address() {
		return this.address;
	}

	/**
	 * Whether the files that were made are still there.
	 */
	boolean isLinked() {
		return this.made.stream().allMatch(MadeFile::isThere);
	}

	@Override
	public void close() {
		undo(this.channel, this.made);
	}

	private static void undo(@Nullable ServerSocketChannel channel, List<MadeFile> made) {
		try {
			if (channel != null) {
				channel.close();
			}
			for (int i = made.size() - 1; i >= 0; i--) {
				made.get(i).remove();
			}
		}
		catch (IOException ex) {
			ManagerLog.failed("remove its socket", ex);
		}
	}

	/**
	 * A file that was made here.
	 *
	 * @param path its path
	 * @param key its identity
	 */
	private record MadeFile(Path path, Object key) {

		static MadeFile of(Path path) throws IOException {
			return new MadeFile(path, key(path));
		}

		private static Object key(Path path) throws IOException {
			return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
		}

		boolean isThere() {
			try {
				return key(this.path).equals(this.key);
			}
			catch (IOException ex) {
				return false;
			}
		}

		void remove() throws IOException {
			if (isThere()) {
				try {
					Files.deleteIfExists(this.path);
				}
				catch (DirectoryNotEmptyException ex) {
					// Somebody else uses the directory too
				}
			}
		}

	}

}
