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

package io.github.shmbeans.sample;

import io.github.shmbeans.SharedValue;
import io.github.shmbeans.error.ValueOutOfRangeException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Counts the requests for the page, those to all instances together. What goes through
 * {@code /api} reads and changes the beans themselves and is not counted.
 */
@Controller
@ConditionalOnBooleanProperty(name = "shm.enabled", matchIfMissing = true)
class PageController {

	private static final Log logger = LogFactory.getLog(PageController.class);

	private final SharedValue<Long> requestCount;

	PageController(SharedValue<Long> requestCount) {
		this.requestCount = requestCount;
	}

	@GetMapping("/")
	String page() {
		count();
		return "forward:/index.html";
	}

	/**
	 * Add one to the count. At its maximum, or where it is declared read-only, the count
	 * stays as it is: the page must still be served.
	 */
	private void count() {
		try {
			this.requestCount.getAndAdd(1L);
		}
		catch (ValueOutOfRangeException | UnsupportedOperationException ex) {
			logger.debug("The request was not counted", ex);
		}
	}

}
