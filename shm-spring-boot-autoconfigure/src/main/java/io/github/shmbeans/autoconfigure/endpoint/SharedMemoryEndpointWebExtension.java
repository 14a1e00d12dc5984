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

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link EndpointWebExtension} of {@link SharedMemoryEndpoint} that shows contents to
 * authorized users only, if so configured.
 */
@EndpointWebExtension(endpoint = SharedMemoryEndpoint.class)
public class SharedMemoryEndpointWebExtension {

	private final SharedMemoryEndpoint delegate;

	private final Show showValues;

	private final Set<String> roles;

	/**
	 * Create the extension.
	 * @param delegate the endpoint
	 * @param showValues when to show contents
	 * @param roles the roles that are authorized; empty for every authenticated user
	 */
	public SharedMemoryEndpointWebExtension(SharedMemoryEndpoint delegate, Show showValues, Set<String> roles) {
		this.delegate = delegate;
		this.showValues = showValues;
		this.roles = roles;
	}

	/**
	 * An open segment.
	 * @param securityContext who asks
	 * @param key its key, or an alias of it
	 * @param from the first element, list item or byte to show, 0 by default
	 * @param count how many of them to show at most, from 1 to 10,000, by default 100
	 * @return the segment, with contents if they may be shown, or {@code null} if there
	 * is none of that key
	 */
	@ReadOperation
	public @Nullable SegmentDescriptor segment(SecurityContext securityContext, @Selector String key,
			@Nullable Long from, @Nullable Integer count) {
		return this.delegate.segment(key, from, count, this.showValues.isShown(securityContext, this.roles));
	}

}
