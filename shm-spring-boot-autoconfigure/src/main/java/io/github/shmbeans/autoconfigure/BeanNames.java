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

package io.github.shmbeans.autoconfigure;

/**
 * The names of the beans of an entry.
 */
final class BeanNames {

	private BeanNames() {
	}

	/**
	 * The camelCase form of a key in kebab case; the key itself if it has no dash.
	 */
	static String alias(String key) {
		StringBuilder alias = new StringBuilder(key.length());
		boolean dash = false;
		for (int i = 0; i < key.length(); i++) {
			char character = key.charAt(i);
			if (character != '-') {
				alias.append((dash && !alias.isEmpty()) ? Character.toUpperCase(character) : character);
			}
			dash = character == '-';
		}
		return alias.toString();
	}

}
