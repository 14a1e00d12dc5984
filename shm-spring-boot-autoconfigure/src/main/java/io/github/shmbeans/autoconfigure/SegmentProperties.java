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

import java.time.Duration;

import io.github.shmbeans.AccessMode;
import io.github.shmbeans.MismatchPolicy;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.OwnerDeathPolicy;
import io.github.shmbeans.SegmentBuilder;
import io.github.shmbeans.SegmentSpec;
import io.github.shmbeans.ShutdownPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.PropertyMapper;

/**
 * What every entry may say. What is not set is left to the builder of the segment.
 */
public abstract class SegmentProperties {

	private @Nullable String segmentName;

	private @Nullable OpenMode mode;

	private @Nullable ShutdownPolicy onShutdown;

	private @Nullable MismatchPolicy onMismatch;

	private @Nullable Duration attachTimeout;

	private @Nullable String lock;

	private @Nullable Duration lockTimeout;

	private @Nullable OwnerDeathPolicy onOwnerDeath;

	private @Nullable String permissions;

	private @Nullable AccessMode access;

	private @Nullable Boolean foreignOwner;

	/**
	 * Name of the segment; namespace and key by default.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable String getSegmentName() {
		return this.segmentName;
	}

	public void setSegmentName(@Nullable String segmentName) {
		this.segmentName = segmentName;
	}

	/**
	 * How the segment is opened; create-or-attach by default.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable OpenMode getMode() {
		return this.mode;
	}

	public void setMode(@Nullable OpenMode mode) {
		this.mode = mode;
	}

	/**
	 * What closing does to the name; by default as the mode suggests.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable ShutdownPolicy getOnShutdown() {
		return this.onShutdown;
	}

	public void setOnShutdown(@Nullable ShutdownPolicy onShutdown) {
		this.onShutdown = onShutdown;
	}

	/**
	 * What to do with a segment that does not fit; fail by default.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable MismatchPolicy getOnMismatch() {
		return this.onMismatch;
	}

	public void setOnMismatch(@Nullable MismatchPolicy onMismatch) {
		this.onMismatch = onMismatch;
	}

	/**
	 * How long to wait for a segment that is not there yet; zero by default.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable Duration getAttachTimeout() {
		return this.attachTimeout;
	}

	public void setAttachTimeout(@Nullable Duration attachTimeout) {
		this.attachTimeout = attachTimeout;
	}

	/**
	 * Whether accesses take a lock: true, the default, false, or a key of shm.locks.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable String getLock() {
		return this.lock;
	}

	public void setLock(@Nullable String lock) {
		this.lock = lock;
	}

	/**
	 * How long an access waits for the lock; without limit by default.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable Duration getLockTimeout() {
		return this.lockTimeout;
	}

	public void setLockTimeout(@Nullable Duration lockTimeout) {
		this.lockTimeout = lockTimeout;
	}

	/**
	 * What an access does after the holder of the lock died; report by default.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable OwnerDeathPolicy getOnOwnerDeath() {
		return this.onOwnerDeath;
	}

	public void setOnOwnerDeath(@Nullable OwnerDeathPolicy onOwnerDeath) {
		this.onOwnerDeath = onOwnerDeath;
	}

	/**
	 * Permission bits of a new segment in octal digits; 0600 by default.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable String getPermissions() {
		return this.permissions;
	}

	public void setPermissions(@Nullable String permissions) {
		this.permissions = permissions;
	}

	/**
	 * Whether the data may be written; read-write by default.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable AccessMode getAccess() {
		return this.access;
	}

	public void setAccess(@Nullable AccessMode access) {
		this.access = access;
	}

	/**
	 * Whether to attach to a segment of another user; false by default.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable Boolean getForeignOwner() {
		return this.foreignOwner;
	}

	public void setForeignOwner(@Nullable Boolean foreignOwner) {
		this.foreignOwner = foreignOwner;
	}

	/**
	 * Begin the segment.
	 * @param key the key of the entry
	 * @param initial the initial data as it is declared
	 */
	abstract SegmentBuilder<?> builder(String key, InitialDataBinder initial);

	/**
	 * The segment as it is declared, without the lock of another entry.
	 * @param key the key of the entry
	 * @param initial the initial data as it is declared
	 * @throws IllegalArgumentException if the declaration is wrong
	 */
	SegmentSpec spec(String key, InitialDataBinder initial) {
		SegmentBuilder<?> builder = builder(key, initial);
		builder.locked(!"false".equalsIgnoreCase(this.lock));
		PropertyMapper map = PropertyMapper.get();
		map.from(this.segmentName).to(builder::segmentName);
		map.from(this.mode).to(builder::mode);
		map.from(this.onShutdown).to(builder::onShutdown);
		map.from(this.onMismatch).to(builder::onMismatch);
		map.from(this.attachTimeout).to(builder::attachTimeout);
		map.from(this.lockTimeout).to(builder::lockTimeout);
		map.from(this.onOwnerDeath).to(builder::onOwnerDeath);
		map.from(this.permissions).as(FilePermissions::of).to(builder::permissions);
		map.from(this.access).to(builder::access);
		map.from(this.foreignOwner).to(builder::foreignOwner);
		return builder.spec();
	}

	/**
	 * The key of the entry whose lock guards this one, or {@code null} if it has its own
	 * or none.
	 */
	@Nullable String guardKey() {
		boolean own = this.lock == null || "true".equalsIgnoreCase(this.lock) || "false".equalsIgnoreCase(this.lock);
		return own ? null : this.lock;
	}

}
