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

package io.github.shmbeans.internal.control;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Runs steps of which each is to run though an earlier one failed, and keeps what failed.
 */
public final class Failures {

	private @Nullable Throwable first;

	/**
	 * Run a step.
	 * @param step the step
	 * @return {@code false} if it failed
	 */
	public boolean attempt(Runnable step) {
		try {
			step.run();
			return true;
		}
		catch (RuntimeException | Error ex) {
			if (this.first == null) {
				this.first = ex;
			}
			else if (this.first != ex) {
				this.first.addSuppressed(ex);
			}
			return false;
		}
	}

	/**
	 * Run what opens something, and undo it if it fails or finds nothing to open. What
	 * fails while it is undone is a suppressed exception of the failure.
	 * @param <T> what is opened
	 * @param opening what opens it
	 * @param undo what to do if there is nothing in the end
	 * @return what was opened, or {@code null}
	 */
	public static <T> @Nullable T openOrUndo(Supplier<@Nullable T> opening, Runnable undo) {
		T opened;
		try {
			opened = opening.get();
		}
		catch (RuntimeException | Error ex) {
			Failures failures = new Failures();
			failures.first = ex;
			failures.attempt(undo);
			throw ex;
		}
		if (opened == null) {
			undo.run();
		}
		return opened;
	}

	/**
	 * Throw the first failure, with the later ones as suppressed exceptions; return if
	 * there was none.
	 */
	public void rethrow() {
		if (this.first instanceof Error error) {
			throw error;
		}
		if (this.first instanceof RuntimeException exception) {
			throw exception;
		}
	}

}
