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

package io.github.shmbeans.sample.api;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * The answers to requests for what is not there.
 */
final class NotFound {

	private NotFound() {
	}

	static ResponseStatusException key(String kind, String key) {
		return new ResponseStatusException(HttpStatus.NOT_FOUND,
				"Expected the key of a declared %s, found '%s'. GET /api lists the keys".formatted(kind, key));
	}

	static ResponseStatusException index(long index, long length) {
		return new ResponseStatusException(HttpStatus.NOT_FOUND,
				"Expected an index from 0 to %d, found %d".formatted(length - 1, index));
	}

}
