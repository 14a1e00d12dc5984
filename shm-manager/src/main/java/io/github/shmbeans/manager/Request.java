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

import java.net.ProtocolException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A call of a method of the server: a tuple of the object, {@code None} for the server
 * itself, the name of the method, its arguments, and its keyword arguments, of which no
 * method of a {@code SharedMemoryManager} has any.
 *
 * @param object the id of the object, or {@code null} for the server itself
 * @param method the name of the method
 * @param arguments the arguments
 */
record Request(@Nullable String object, String method, List<?> arguments) {

	private static final int LENGTH = 4;

	/**
	 * Create a call of the server itself.
	 */
	static Request of(String method, Object... arguments) {
		return new Request(null, method, List.of(arguments));
	}

	/**
	 * Read a request.
	 * @throws ProtocolException if it is none
	 */
	static Request decode(byte[] pickle) throws ProtocolException {
		if (Pickles.load(pickle) instanceof Object[] tuple && tuple.length == LENGTH
				&& (tuple[0] == null || tuple[0] instanceof String) && tuple[1] instanceof String method
				&& tuple[2] instanceof Object[] arguments && tuple[3] instanceof Map<?, ?>) {
			return new Request((String) tuple[0], method, Arrays.asList(arguments));
		}
		throw new ProtocolException(
				"Expected a tuple of object, method, arguments and keyword arguments, found another object");
	}

	byte[] encode() {
		return Pickles.dump(new @Nullable Object[] { this.object, this.method, this.arguments.toArray(), Map.of() });
	}

	/**
	 * Fail if there are arguments.
	 * @throws ProtocolException if there are
	 */
	void requireNoArguments() throws ProtocolException {
		if (!this.arguments.isEmpty()) {
			throw new ProtocolException("Expected no arguments, found %d".formatted(this.arguments.size()));
		}
	}

	/**
	 * The one argument of a method, a text.
	 * @throws ProtocolException if it has others
	 */
	String text() throws ProtocolException {
		if (this.arguments.size() == 1 && this.arguments.get(0) instanceof String text) {
			return text;
		}
		throw new ProtocolException(
				"Expected one argument, a text, found %d arguments or another type".formatted(this.arguments.size()));
	}

}
