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
import java.net.ProtocolException;

import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Pickler;
import net.razorvine.pickle.Unpickler;
import org.jspecify.annotations.Nullable;

/**
 * Pickles of plain data: {@code None}, booleans, numbers, text, short byte strings,
 * tuples, lists and an empty dict, which is all that the messages of a
 * {@code SharedMemoryManager} consist of.
 */
final class Pickles {

	private Pickles() {
	}

	/**
	 * Pickle an object.
	 * @param object {@code null}, a string, a number, a list, or an array for a tuple
	 */
	static byte[] dump(@Nullable Object object) {
		try {
			return new Pickler(false).dumps(object);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Unpickle an object. The result is not to be printed, compared or hashed as a whole:
	 * it may be nested as deep as it has bytes, and contain itself.
	 * @param pickle the pickle
	 * @return the object; a tuple is an array
	 * @throws ProtocolException if it is no pickle of plain data
	 */
	static @Nullable Object load(byte[] pickle) throws ProtocolException {
		try {
			return new PlainUnpickler().loads(pickle);
		}
		catch (ProtocolException ex) {
			throw ex;
		}
		catch (IOException | RuntimeException ex) {
			throw new ProtocolException("Expected a pickle, found other bytes");
		}
	}

	/**
	 * Refuses every opcode that is not named here, and so all that looks up a global,
	 * calls it, sets its state, or hashes a key. A text that is longer than the rest of
	 * the pickle is refused before there is room for it; all other lengths have one byte.
	 */
	private static final class PlainUnpickler extends Unpickler {

		@Override
		protected Object dispatch(short opcode) throws IOException {
			return switch (opcode) {
				case Opcodes.PROTO, Opcodes.FRAME, Opcodes.STOP, Opcodes.MARK, Opcodes.NONE, Opcodes.NEWTRUE,
						Opcodes.NEWFALSE, Opcodes.BININT, Opcodes.BININT1, Opcodes.BININT2, Opcodes.LONG1,
						Opcodes.BINFLOAT, Opcodes.SHORT_BINUNICODE, Opcodes.SHORT_BINBYTES, Opcodes.EMPTY_TUPLE,
						Opcodes.TUPLE1, Opcodes.TUPLE2, Opcodes.TUPLE3, Opcodes.TUPLE, Opcodes.EMPTY_LIST,
						Opcodes.APPEND, Opcodes.APPENDS, Opcodes.EMPTY_DICT, Opcodes.MEMOIZE, Opcodes.BINPUT,
						Opcodes.LONG_BINPUT, Opcodes.BINGET, Opcodes.LONG_BINGET ->
					super.dispatch(opcode);
				case Opcodes.BINUNICODE -> {
					requireRoom();
					yield super.dispatch(opcode);
				}
				case Opcodes.SETITEMS -> {
					requireNoItems();
					yield NO_RETURN_VALUE;
				}
				default -> throw new ProtocolException(
						"Expected a pickle of plain data, found opcode 0x%02x, which no message of a SharedMemoryManager has"
							.formatted(opcode));
			};
		}

		private void requireNoItems() throws ProtocolException {
			if (!this.stack.pop_all_since_marker().isEmpty()) {
				throw new ProtocolException("Expected an empty dict, found one with items");
			}
		}

		private void requireRoom() throws IOException {
			this.input.mark(Integer.BYTES);
			int length = PickleUtils.bytes_to_integer(PickleUtils.readbytes(this.input, Integer.BYTES));
			if (length < 0 || length > this.input.available()) {
				throw new ProtocolException("Expected a text within the pickle, found the length %s"
					.formatted(Integer.toUnsignedString(length)));
			}
			this.input.reset();
		}

	}

}
