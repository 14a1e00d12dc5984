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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Names the first member in which two structures differ.
 */
public final class SchemaDifference {

	private static final String STRUCT = "struct{";

	private SchemaDifference() {
	}

	/**
	 * Compare two schema texts.
	 * @param expected the text that was expected
	 * @param found the text that was found
	 * @return the difference in words with a leading space, or an empty text if they are
	 * not two structures
	 */
	public static String describe(String expected, String found) {
		if (!expected.startsWith(STRUCT) || !found.startsWith(STRUCT)) {
			return "";
		}
		List<String> expectedMembers = members(expected);
		List<String> foundMembers = members(found);
		for (int i = 0; i < Math.max(expectedMembers.size(), foundMembers.size()); i++) {
			String expectedMember = member(expectedMembers, i);
			String foundMember = member(foundMembers, i);
			if (!expectedMember.equals(foundMember)) {
				return " (field %s, found %s)".formatted(expectedMember, foundMember);
			}
		}
		return "";
	}

	private static String member(List<String> members, int index) {
		return (index < members.size()) ? members.get(index).replace(":", ": ").replace("@", " at ") : "none";
	}

	/**
	 * The members of the outermost structure.
	 */
	private static List<String> members(String text) {
		List<String> members = new ArrayList<>();
		int depth = 0;
		int start = STRUCT.length();
		for (int i = start; i < text.length(); i++) {
			char c = text.charAt(i);
			if (depth == 0 && (c == ',' || c == '}')) {
				members.add(text.substring(start, i));
				start = i + 1;
			}
			if (c == '}' && depth == 0) {
				return members;
			}
			depth += (c == '{') ? 1 : (c == '}') ? -1 : 0;
		}
		return Collections.unmodifiableList(members);
	}

}
