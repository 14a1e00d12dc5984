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

import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link Request}: a tuple of its kind and the result.
 *
 * @param kind what the result is
 * @param result what the method returns, or a text for people
 */
record Answer(String kind, @Nullable Object result) {

	private static final String RETURN = "#RETURN";

	/** What CPython raises as a {@code RemoteError} with the text. */
	private static final String TRACEBACK = "#TRACEBACK";

	static Answer of(@Nullable Object result) {
		return new Answer(RETURN, result);
	}

	static Answer refusal(String reason) {
		return new Answer(TRACEBACK, reason + "\n");
	}

	/**
	 * Read an answer.
	 * @throws ProtocolException if it is none
	 */
	static Answer decode(byte[] pickle) throws ProtocolException {
		if (Pickles.load(pickle) instanceof Object[] tuple && tuple.length == 2 && tuple[0] instanceof String kind) {
			return new Answer(kind, tuple[1]);
		}
		throw new ProtocolException("Expected a tuple of kind and result, found another object");
	}

	byte[] encode() {
		return Pickles.dump(new @Nullable Object[] { this.kind, this.result });
	}

	boolean isRefusal() {
		return !this.kind.equals(RETURN);
	}

	/**
	 * The last line of the text of a refusal; a traceback of CPython ends with the error.
	 */
	String reason() {
		String text = ((this.result instanceof String string) ? string : this.kind).strip();
		return text.substring(text.lastIndexOf('\n') + 1);
	}

}
