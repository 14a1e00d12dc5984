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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.shmbeans.ArrayBuilder;
import io.github.shmbeans.BlockBuilder;
import io.github.shmbeans.ElementType;
import io.github.shmbeans.ListBuilder;
import io.github.shmbeans.LockBuilder;
import io.github.shmbeans.LockKind;
import io.github.shmbeans.SegmentBuilder;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.ValueBuilder;
import io.github.shmbeans.error.InvalidOptionException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Properties of shared memory.
 */
@ConfigurationProperties(prefix = "shm", ignoreUnknownFields = false)
public class SharedMemoryProperties {

	/**
	 * Whether to open shared memory and register its beans.
	 */
	private boolean enabled = true;

	/**
	 * Prefix of every segment name that is made from a key.
	 */
	private String namespace = "";

	/**
	 * Values of one element each, by key; beans of type SharedValue. The key is the name
	 * of the bean.
	 */
	private final Map<String, ValueProperties> values = new LinkedHashMap<>();

	/**
	 * Arrays of elements of one type, by key; beans of type SharedArray. The key is the
	 * name of the bean.
	 */
	private final Map<String, ArrayProperties> arrays = new LinkedHashMap<>();

	/**
	 * Lists in the bytes of CPython's ShareableList, by key; beans of type ShareableList.
	 * The key is the name of the bean.
	 */
	private final Map<String, ListProperties> lists = new LinkedHashMap<>();

	/**
	 * Blocks of plain bytes, by key; beans of type SharedMemory. The key is the name of
	 * the bean.
	 */
	private final Map<String, BlockProperties> blocks = new LinkedHashMap<>();

	/**
	 * Locks that stand alone and can guard several segments, by key; beans of type
	 * SharedLock. The key is the name of the bean.
	 */
	private final Map<String, LockProperties> locks = new LinkedHashMap<>();

	private ManagerProperties manager = new ManagerProperties();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public String getNamespace() {
		return this.namespace;
	}

	public void setNamespace(String namespace) {
		this.namespace = namespace;
	}

	public Map<String, ValueProperties> getValues() {
		return this.values;
	}

	public Map<String, ArrayProperties> getArrays() {
		return this.arrays;
	}

	public Map<String, ListProperties> getLists() {
		return this.lists;
	}

	public Map<String, BlockProperties> getBlocks() {
		return this.blocks;
	}

	public Map<String, LockProperties> getLocks() {
		return this.locks;
	}

	public ManagerProperties getManager() {
		return this.manager;
	}

	/**
	 * Set the manager. The binder calls it for a section that is there and says nothing.
	 * @param manager the manager
	 */
	public void setManager(ManagerProperties manager) {
		this.manager = manager;
	}

	/**
	 * The server that CPython's {@code SharedMemoryManager} connects to.
	 */
	public static class ManagerProperties {

		/**
		 * Where the manager server listens: the absolute path of a Unix-domain socket, or
		 * host and port. There is no server without an address and a key.
		 */
		private @Nullable String address;

		/**
		 * Key that clients of the manager server must have.
		 */
		private @Nullable String authkey;

		/**
		 * Whether the manager server may listen at an address that other hosts can reach.
		 */
		private boolean allowRemote;

		public @Nullable String getAddress() {
			return this.address;
		}

		public void setAddress(@Nullable String address) {
			this.address = address;
		}

		public @Nullable String getAuthkey() {
			return this.authkey;
		}

		public void setAuthkey(@Nullable String authkey) {
			this.authkey = authkey;
		}

		public boolean isAllowRemote() {
			return this.allowRemote;
		}

		public void setAllowRemote(boolean allowRemote) {
			this.allowRemote = allowRemote;
		}

	}

	/**
	 * An entry of {@code shm.values}.
	 */
	public static class ValueProperties extends ElementProperties {

		@Override
		SegmentBuilder<?> builder(String key, InitialDataBinder initial) {
			return builder(key, elementType(), initial);
		}

		private static <T> ValueBuilder<T> builder(String key, ElementType<T> type, InitialDataBinder initial) {
			ValueBuilder<T> builder = SegmentSpec.value(key, type);
			T value = initial.element(type);
			return (value != null) ? builder.initial(value) : builder;
		}

	}

	/**
	 * An entry of {@code shm.arrays}.
	 */
	public static class ArrayProperties extends ElementProperties {

		private @Nullable Long length;

		private long @Nullable [] shape;

		/**
		 * Number of elements; that of the initial data by default.
		 * @return the value, or {@code null} if it is not set
		 */
		public @Nullable Long getLength() {
			return this.length;
		}

		public void setLength(@Nullable Long length) {
			this.length = length;
		}

		/**
		 * Number of elements along each dimension, instead of a length.
		 * @return the value, or {@code null} if it is not set
		 */
		public long @Nullable [] getShape() {
			return this.shape;
		}

		public void setShape(long @Nullable [] shape) {
			this.shape = shape;
		}

		@Override
		SegmentBuilder<?> builder(String key, InitialDataBinder initial) {
			return builder(key, elementType(), initial);
		}

		private <T> ArrayBuilder<T> builder(String key, ElementType<T> type, InitialDataBinder initial) {
			ArrayBuilder<T> builder = SegmentSpec.array(key, type);
			if (this.length != null && this.shape != null) {
				throw new InvalidOptionException("shape",
						"Expected a length or a shape, found both for array '%s'".formatted(key),
						"Leave the length out: it is the product of the shape");
			}
			if (this.length != null) {
				builder.length(this.length);
			}
			if (this.shape != null) {
				builder.shape(this.shape);
			}
			String text = InitialDataBinder.isCharacter(type) ? initial.text() : null;
			if (text != null) {
				return builder.initialText(text);
			}
			List<T> elements = initial.elements(type);
			return (elements != null) ? builder.initial(elements) : builder;
		}

	}

	/**
	 * An entry of {@code shm.lists}.
	 */
	public static class ListProperties extends SegmentProperties {

		private @Nullable Object initial;

		/**
		 * Items that a new list begins with: plain values, or type, value and capacity.
		 * @return the value, or {@code null} if it is not set or no scalar
		 */
		public @Nullable Object getInitial() {
			return this.initial;
		}

		public void setInitial(@Nullable Object initial) {
			this.initial = initial;
		}

		@Override
		SegmentBuilder<?> builder(String key, InitialDataBinder initial) {
			ListBuilder builder = SegmentSpec.list(key);
			List<ListItem> items = initial.items();
			if (items != null) {
				builder.initial();
				for (int i = 0; i < items.size(); i++) {
					items.get(i).addTo(builder, "initial[%d]".formatted(i), initial.isPlainText(i));
				}
			}
			return builder;
		}

	}

	/**
	 * An entry of {@code shm.blocks}.
	 */
	public static class BlockProperties extends SegmentProperties {

		private @Nullable DataSize size;

		/**
		 * Size of the block, such as 64KB.
		 * @return the value, or {@code null} if it is not set
		 */
		public @Nullable DataSize getSize() {
			return this.size;
		}

		public void setSize(@Nullable DataSize size) {
			this.size = size;
		}

		@Override
		SegmentBuilder<?> builder(String key, InitialDataBinder initial) {
			BlockBuilder builder = SegmentSpec.block(key);
			return (this.size != null) ? builder.size(this.size.toBytes()) : builder;
		}

	}

	/**
	 * An entry of {@code shm.locks}.
	 */
	public static class LockProperties extends SegmentProperties {

		private @Nullable LockKind kind;

		/**
		 * Mechanism of the lock; process by default.
		 * @return the value, or {@code null} if it is not set
		 */
		public @Nullable LockKind getKind() {
			return this.kind;
		}

		public void setKind(@Nullable LockKind kind) {
			this.kind = kind;
		}

		@Override
		SegmentBuilder<?> builder(String key, InitialDataBinder initial) {
			if (getLock() != null && !"true".equalsIgnoreCase(getLock())) {
				throw new InvalidOptionException("lock",
						"Expected an entry of shm.locks to be a lock of its own, found '%s'".formatted(getLock()),
						"Remove the property");
			}
			LockBuilder builder = SegmentSpec.lock(key);
			return (this.kind != null) ? builder.kind(this.kind) : builder;
		}

	}

}
