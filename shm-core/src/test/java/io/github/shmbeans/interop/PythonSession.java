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

package io.github.shmbeans.interop;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.github.shmbeans.testing.CPython;
import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process of stock CPython that evaluates what a test says, with
 * {@code multiprocessing} and {@code ctypes} at hand. Segments that it makes are removed
 * at the end of the test.
 */
final class PythonSession implements AfterEachCallback {

	/**
	 * Attaching must not make this process the one that removes the segment, as CPython's
	 * resource tracker would have it.
	 */
	private static final String PRELUDE = """
			import base64, ctypes, multiprocessing, pickle, struct, sys
			from multiprocessing import resource_tracker, shared_memory, sharedctypes, synchronize
			from multiprocessing.shared_memory import SharedMemory, ShareableList
			from math import inf, nan

			made = []
			locks = []

			def make(name, size):
			    made.append(SharedMemory(name=name, create=True, size=size))
			    return made[-1]

			def untracked(attach, *arguments, **options):
			    register, resource_tracker.register = resource_tracker.register, lambda *_: None
			    try:
			        return attach(*arguments, **options)
			    finally:
			        resource_tracker.register = register

			def attach(name):
			    return untracked(SharedMemory, name)

			def make_list(items, name):
			    items = ShareableList(items, name=name)
			    made.append(items.shm)
			    return items

			def attach_list(name):
			    return untracked(ShareableList, name=name)

			def join(kind, name):
			    types = {'Lock': synchronize.SEMAPHORE, 'RLock': synchronize.RECURSIVE_MUTEX}
			    lock = getattr(synchronize, kind).__new__(getattr(synchronize, kind))
			    lock.__setstate__((0, types[kind], 1, '/' + name))
			    return lock

			def make_lock(kind, name):
			    names = synchronize.SemLock._make_name
			    synchronize.SemLock._make_name = staticmethod(lambda: '/' + name)
			    try:
			        locks.append(getattr(multiprocessing.get_context('spawn'), kind)())
			    finally:
			        synchronize.SemLock._make_name = names
			    return locks[-1]

			def ctype(code):
			    return ctypes.c_bool if code == '?' else sharedctypes.typecode_to_type[code]

			def finish():
			    for shm in made:
			        try:
			            shm.unlink()
			        except FileNotFoundError:
			            pass
			    for lock in locks:
			        synchronize.SemLock._cleanup(lock._semlock.name)
			""";

	private static final String LOOP = """
			import base64, os, sys
			scope = {'__name__': 'session'}
			exec(base64.b64decode(sys.argv[1]).decode(), scope)
			print('ready', flush=True)
			for line in sys.stdin:
			    source = base64.b64decode(line).decode()
			    try:
			        try:
			            answer = repr(eval(source, scope))
			        except SyntaxError:
			            exec(source, scope)
			            answer = 'done'
			    except Exception as ex:
			        answer = type(ex).__name__ + ': ' + str(ex)
			    print(answer.replace('\\n', ' '), flush=True)
			scope['finish']()
			sys.stdout.flush()
			os._exit(0)
			""";

	private final Peers peers = new Peers();

	private CPython python;

	private Peer peer;

	/**
	 * Use a certain CPython instead of that of the tests.
	 */
	void use(CPython python) {
		this.python = python;
	}

	CPython python() {
		if (this.python == null) {
			this.python = CPython.assume();
		}
		return this.python;
	}

	private Peer peer() {
		if (this.peer == null) {
			this.peer = this.peers.start(python().command(LOOP, encode(PRELUDE)));
			this.peer.expect("ready");
		}
		return this.peer;
	}

	private static String encode(String source) {
		return Base64.getEncoder().encodeToString(source.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Begin to evaluate; {@link #answer()} must follow.
	 */
	void begin(String source, Object... arguments) {
		peer().send(encode((arguments.length > 0) ? source.formatted(arguments) : source));
	}

	String answer() {
		return peer().read();
	}

	/**
	 * Evaluate an expression.
	 * @return its {@code repr}, or the error's type and message
	 */
	String eval(String expression, Object... arguments) {
		begin(expression, arguments);
		return answer();
	}

	/**
	 * Run statements.
	 */
	void exec(String statements, Object... arguments) {
		assertThat(eval(statements, arguments)).as(statements).isIn("done", "None");
	}

	/**
	 * End the process as CPython ends, with its resource tracker.
	 */
	void exit() {
		exec("finish = sys.exit");
		close();
	}

	private void close() {
		Peer ending = this.peer;
		if (ending != null) {
			this.peer = null;
			ending.endInput();
			assertThat(ending.waitFor()).isZero();
		}
	}

	@Override
	public void afterEach(ExtensionContext context) throws InterruptedException {
		try {
			close();
		}
		finally {
			this.peers.afterEach(context);
		}
	}

}
