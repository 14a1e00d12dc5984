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

package io.github.shmbeans.internal.lock;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Sleeps on a shared word. A native call would pin the carrier of a virtual thread: such
 * a thread parks, and a platform thread sleeps in its place and unparks it. If it has
 * left meanwhile, the wake-up was meant for another sleeper and is passed on.
 */
final class Sleeper {

	private static final @Nullable MethodHandle IS_VIRTUAL = isVirtualHandle();

	private static final ExecutorService DEPUTIES = deputies();

	private Sleeper() {
	}

	/**
	 * Sleep while the word has the given low half, until woken or the time is over. May
	 * return early; an interrupt ends the sleep of a virtual thread at once and that of a
	 * platform thread at the end of the time.
	 */
	static void sleep(LockWord lockWord, long word, long nanos) {
		if (!isVirtual(Thread.currentThread())) {
			lockWord.sleep(word, nanos);
			return;
		}
		Thread sleeper = Thread.currentThread();
		AtomicBoolean over = new AtomicBoolean();
		DEPUTIES.execute(() -> {
			lockWord.sleep(word, nanos);
			if (over.compareAndSet(false, true)) {
				LockSupport.unpark(sleeper);
			}
			else {
				lockWord.wakeOne();
			}
		});
		while (!over.get() && !(sleeper.isInterrupted() && over.compareAndSet(false, true))) {
			LockSupport.park(lockWord);
		}
	}

	private static boolean isVirtual(Thread thread) {
		if (IS_VIRTUAL == null) {
			return false;
		}
		try {
			return (boolean) IS_VIRTUAL.invokeExact(thread);
		}
		catch (Throwable ex) {
			throw new IllegalStateException("Expected Thread.isVirtual() to return, found " + ex, ex);
		}
	}

	private static @Nullable MethodHandle isVirtualHandle() {
		try {
			return MethodHandles.publicLookup()
				.findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
		}
		catch (NoSuchMethodException | IllegalAccessException ex) {
			return null;
		}
	}

	private static ExecutorService deputies() {
		return Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "shm-lock-sleeper");
			thread.setDaemon(true);
			return thread;
		});
	}

}
