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

package io.github.shmbeans.internal.type;

import io.github.shmbeans.error.ValueOutOfRangeException;

/**
 * Rounds doubles to the bits of a floating-point scalar.
 */
final class FloatingBits {

	private FloatingBits() {
	}

	/**
	 * The bits of the nearest number; a finite one that would become infinite is refused.
	 */
	static long of(Scalar<?> scalar, double value) {
		if (scalar.size() == 8) {
			return Double.doubleToRawLongBits(value);
		}
		float narrow = (float) value;
		if (Float.isInfinite(narrow) && !Double.isInfinite(value)) {
			throw new ValueOutOfRangeException(scalar.name(), range(scalar), value);
		}
		return Float.floatToRawIntBits(narrow) & 0xffffffffL;
	}

	/**
	 * The finite values that a floating-point scalar takes, for messages.
	 */
	static String range(Scalar<?> scalar) {
		String max = (scalar.size() == 8) ? Double.toString(Double.MAX_VALUE) : Float.toString(Float.MAX_VALUE);
		return "[-" + max + ", " + max + "]";
	}

}
