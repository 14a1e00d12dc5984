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

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.shmbeans.SegmentStatus;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.autoconfigure.ManagerServerLifecycle;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * {@link Endpoint} that shows the open segments, their attachments and locks and, if
 * allowed, their contents.
 */
@Endpoint(id = "shm")
public class SharedMemoryEndpoint {

	static final int MAX_COUNT = 10_000;

	private static final int DEFAULT_COUNT = 100;

	private final SharedMemoryManager manager;

	private final BeanFactory beanFactory;

	private final Show showValues;

	private final @Nullable ManagerServerLifecycle server;

	/**
	 * Create the endpoint.
	 * @param manager the manager whose segments are shown
	 * @param beanFactory knows the aliases of the keys
	 * @param showValues when to show contents
	 * @param server the manager server, if there is one
	 */
	public SharedMemoryEndpoint(SharedMemoryManager manager, BeanFactory beanFactory, Show showValues,
			@Nullable ManagerServerLifecycle server) {
		this.manager = manager;
		this.beanFactory = beanFactory;
		this.showValues = showValues;
		this.server = server;
	}

	/**
	 * The open segments, in the order of their opening, and the manager server.
	 * @return the segments, without contents
	 */
	@ReadOperation
	public SegmentsDescriptor segments() {
		Map<String, SharedSegment> open = this.manager.segments();
		Map<String, String> keys = keys(open);
		List<SegmentDescriptor> segments = open.entrySet()
			.stream()
			.map((entry) -> describe(entry.getKey(), entry.getValue(), keys, null))
			.toList();
		return new SegmentsDescriptor(this.manager.filesystem(), segments,
				(this.server != null) ? this.server.status() : null);
	}

	/**
	 * An open segment.
	 * @param key its key, or an alias of it
	 * @param from the first element, list item or byte to show, 0 by default
	 * @param count how many of them to show at most, from 1 to 10,000, by default 100
	 * @return the segment, with contents if they may be shown, or {@code null} if there
	 * is none of that key
	 */
	@ReadOperation
	public @Nullable SegmentDescriptor segment(@Selector String key, @Nullable Long from, @Nullable Integer count) {
		return segment(key, from, count, this.showValues.isShown(true));
	}

	@Nullable SegmentDescriptor segment(String key, @Nullable Long from, @Nullable Integer count, boolean show) {
		long first = (from != null) ? from : 0;
		int most = (count != null) ? count : DEFAULT_COUNT;
		if (first < 0) {
			throw invalid("Expected 'from' to be 0 or more, found " + first);
		}
		if (most < 1 || most > MAX_COUNT) {
			throw invalid("Expected 'count' to be 1 to %d, found %d".formatted(MAX_COUNT, most));
		}
		Map<String, SharedSegment> open = this.manager.segments();
		String found = find(key, open);
		SharedSegment segment = open.get(found);
		if (segment == null) {
			return null;
		}
		return describe(found, segment, keys(open), show ? new ContentsReader(first, most).read(segment) : null);
	}

	private String find(String key, Map<String, SharedSegment> open) {
		if (!open.containsKey(key)) {
			for (String alias : this.beanFactory.getAliases(key)) {
				if (open.containsKey(alias)) {
					return alias;
				}
			}
		}
		return key;
	}

	private static Map<String, String> keys(Map<String, SharedSegment> open) {
		Map<String, String> keys = new HashMap<>();
		open.forEach((key, segment) -> keys.putIfAbsent(segment.name(), key));
		return keys;
	}

	private static SegmentDescriptor describe(String key, SharedSegment segment, Map<String, String> keys,
			@Nullable Object contents) {
		SegmentStatus status = segment.status();
		SegmentStatus.LockStatus lock = status.lock();
		if (lock == null) {
			return SegmentDescriptor.of(key, status, null, contents);
		}
		String guard = lock.segment().equals(status.name()) ? key : keys.getOrDefault(lock.segment(), lock.segment());
		return SegmentDescriptor.of(key, status, SegmentDescriptor.LockDescriptor.of(lock, guard), contents);
	}

	private static InvalidEndpointRequestException invalid(String reason) {
		return new InvalidEndpointRequestException(reason, reason);
	}

}
