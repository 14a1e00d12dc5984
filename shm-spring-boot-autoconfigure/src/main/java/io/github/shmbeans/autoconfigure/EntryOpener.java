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

import java.util.List;

import io.github.shmbeans.RecoveryHandler;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.error.SharedMemoryException;
import io.github.shmbeans.error.UnsupportedPlatformException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * Opens the segments of entries for as long as the context lives: a bean factory would
 * make them again for whoever asks late, and nobody would close those.
 */
final class EntryOpener implements DisposableBean {

	private final List<Entry> entries;

	private final Environment environment;

	/** Looked up for the first entry, as they are the same for all. */
	private volatile @Nullable Collaborators collaborators;

	private volatile boolean closed;

	EntryOpener(List<Entry> entries, Environment environment) {
		this.entries = List.copyOf(entries);
		this.environment = environment;
	}

	/**
	 * All entries.
	 */
	List<Entry> entries() {
		return this.entries;
	}

	Object open(Entry entry, SupplierContext context) {
		if (this.closed) {
			throw new IllegalStateException(
					"Expected the application context to be open, found it closed. Use '%s' before it closes"
						.formatted(entry.key()));
		}
		Collaborators collaborators = collaborators(context);
		try {
			SharedSegment segment = collaborators.manager().open(spec(entry, collaborators, context));
			return entry.isLock() ? segment.lock() : segment;
		}
		catch (UnsupportedPlatformException ex) {
			throw ex;
		}
		catch (SharedMemoryException | IllegalArgumentException | ArithmeticException ex) {
			Problems problems = new Problems(ConfigurationPropertySources.get(this.environment));
			problems.addOpening(entry.name(), ex);
			throw problems.exception();
		}
	}

	private static SegmentSpec spec(Entry entry, Collaborators collaborators, SupplierContext context) {
		if (entry.guardKey() != null) {
			return entry.spec().withGuard(context.bean(entry.guardKey(), SharedLock.class));
		}
		RecoveryHandler handler = collaborators.recovery().handler(entry.key());
		return (handler != null) ? entry.spec().withRecoveryHandler(handler) : entry.spec();
	}

	private Collaborators collaborators(SupplierContext context) {
		Collaborators found = this.collaborators;
		if (found == null) {
			found = new Collaborators(context.bean(SharedMemoryManager.class), context.bean(SegmentRecovery.class));
			this.collaborators = found;
		}
		return found;
	}

	@Override
	public void destroy() {
		this.closed = true;
	}

	/**
	 * What opens the segments.
	 */
	private record Collaborators(SharedMemoryManager manager, SegmentRecovery recovery) {
	}

}
