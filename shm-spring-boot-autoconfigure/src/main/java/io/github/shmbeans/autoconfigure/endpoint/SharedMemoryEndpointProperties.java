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

package io.github.shmbeans.autoconfigure.endpoint;

import java.util.HashSet;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of {@link SharedMemoryEndpoint}.
 */
@ConfigurationProperties("management.endpoint.shm")
public class SharedMemoryEndpointProperties {

	/**
	 * When to show the contents of segments.
	 */
	private Show showValues = Show.NEVER;

	/**
	 * Roles used to determine whether a user is authorized to be shown the contents of
	 * segments. When empty, all authenticated users are authorized.
	 */
	private final Set<String> roles = new HashSet<>();

	/**
	 * When the contents of segments are shown.
	 * @return when to show them, {@link Show#NEVER} by default
	 */
	public Show getShowValues() {
		return this.showValues;
	}

	/**
	 * Set when the contents of segments are shown.
	 * @param showValues when to show them
	 */
	public void setShowValues(Show showValues) {
		this.showValues = showValues;
	}

	/**
	 * The roles that may be shown the contents of segments.
	 * @return the roles; empty for every authenticated user
	 */
	public Set<String> getRoles() {
		return this.roles;
	}

}
