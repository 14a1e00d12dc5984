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

package io.github.shmbeans.examples;

import io.github.shmbeans.testing.CPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class NumpyArrayTests {

	@RegisterExtension
	final Example example = new Example(NumpyArray.class);

	@Test
	void numpyChangesAnElementOfJava() {
		assertThat(this.example.run(CPython.assumeModule("numpy").executable())).containsExactly(
				"Java  [1, 1, 2, 3, 5, 8]", "numpy [1 1 2 3 5 8]", "numpy [  1   1   2   3   5 888]",
				"Java  [1, 1, 2, 3, 5, 888]");
	}

}
