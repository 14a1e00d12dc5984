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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.shmbeans.error.InvalidOptionException;

/**
 * Addresses of managers as text: the absolute path of a Unix-domain socket, such as
 * {@code /run/app/manager.sock}, or host and port, such as {@code 127.0.0.1:50000}.
 */
public final class ManagerAddress {

	private static final String OPTION = "address";

	private static final int HIGHEST_PORT = 0xFFFF;

	/** What the kernel takes, less the terminating zero. */
	private static final int LONGEST_PATH = 107;

	private static final Pattern HOST_AND_PORT = Pattern
		.compile("(?<host>[^/\\s\\[\\]:]+|\\[[0-9A-Fa-f:.]+]):(?<port>\\d{1,5})");

	private ManagerAddress() {
	}

	/**
	 * Read an address.
	 * @param text the address
	 * @return a {@link UnixDomainSocketAddress} or an {@link InetSocketAddress}
	 * @throws InvalidOptionException if it is none, or the host is not known
	 */
	public static SocketAddress parse(String text) {
		if (text.startsWith("/")) {
			return unix(text);
		}
		Matcher matcher = HOST_AND_PORT.matcher(text);
		if (!matcher.matches() || Integer.parseInt(matcher.group("port")) > HIGHEST_PORT) {
			throw new InvalidOptionException(OPTION,
					"Expected the absolute path of a socket, or host and port, found '%s'".formatted(text),
					"Use an address such as /run/app/manager.sock or 127.0.0.1:50000");
		}
		return requireResolved(new InetSocketAddress(matcher.group("host"), Integer.parseInt(matcher.group("port"))));
	}

	private static UnixDomainSocketAddress unix(String text) {
		try {
			return requireFitting(UnixDomainSocketAddress.of(Path.of(text)));
		}
		catch (InvalidPathException ex) {
			throw new InvalidOptionException(OPTION,
					"Expected the path of a socket, found '%s'".formatted(ex.getReason()),
					"Use an address such as /run/app/manager.sock");
		}
	}

	private static UnixDomainSocketAddress requireFitting(UnixDomainSocketAddress address) {
		int length = address.getPath().toString().getBytes(StandardCharsets.UTF_8).length;
		if (length > LONGEST_PATH) {
			throw new InvalidOptionException(OPTION,
					"Expected the path of a socket to have at most %d bytes, found %d".formatted(LONGEST_PATH, length),
					"Use a shorter path");
		}
		return address;
	}

	private static InetSocketAddress requireResolved(InetSocketAddress address) {
		if (address.isUnresolved()) {
			throw new InvalidOptionException(OPTION,
					"Expected a host that can be found, found '%s'".formatted(address.getHostString()),
					"Use another host or its IP address");
		}
		return address;
	}

	/**
	 * Check the address of a manager.
	 * @param address the address
	 * @param allowRemote whether other hosts may reach it
	 * @throws InvalidOptionException if it is none, or other hosts can reach it
	 */
	static void requireUsable(SocketAddress address, boolean allowRemote) {
		if (address instanceof InetSocketAddress internet) {
			InetAddress host = requireResolved(internet).getAddress();
			if (!host.isLoopbackAddress() && !allowRemote) {
				throw new InvalidOptionException(OPTION,
						"Expected an address that other hosts cannot reach, found '%s'".formatted(format(address)),
						"Use a Unix-domain socket or 127.0.0.1. If other hosts are to reach it, set allow-remote to true: nothing is encrypted, and whoever has the key can remove segments");
			}
		}
		else if (address instanceof UnixDomainSocketAddress unix && unix.getPath().isAbsolute()) {
			requireFitting(unix);
		}
		else {
			throw new InvalidOptionException(OPTION,
					"Expected the absolute path of a Unix-domain socket or an internet address, found '%s'"
						.formatted(address),
					"Use UnixDomainSocketAddress or InetSocketAddress");
		}
	}

	/**
	 * Write an address.
	 * @param address the address
	 * @return the text that {@link #parse} reads
	 */
	public static String format(SocketAddress address) {
		if (address instanceof InetSocketAddress internet) {
			String host = internet.isUnresolved() ? internet.getHostString() : internet.getAddress().getHostAddress();
			return ((host.indexOf(':') >= 0) ? "[%s]:%d" : "%s:%d").formatted(host, internet.getPort());
		}
		return address.toString();
	}

}
