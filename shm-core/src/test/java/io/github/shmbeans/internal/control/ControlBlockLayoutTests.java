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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.shmbeans.Attachment;
import io.github.shmbeans.ElementType;
import io.github.shmbeans.OwnerDeathPolicy;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.ShutdownPolicy;
import io.github.shmbeans.error.OwnerDiedException;
import io.github.shmbeans.testing.SegmentNames;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The control block byte for byte, as {@code docs/layout.md} specifies it for processes
 * in any language. The literal offsets are the point: they must not follow the code.
 */
class ControlBlockLayoutTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder()
		.namespace(this.names.prefix())
		.application("golden-ü")
		.build();

	private final long before = System.currentTimeMillis();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	private ByteBuffer control(String suffix) {
		try {
			byte[] bytes = Files.readAllBytes(this.names.path(suffix));
			return ByteBuffer.wrap(bytes, bytes.length - 12288, 12288).slice().order(ByteOrder.LITTLE_ENDIAN);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(ByteBuffer control, int offset, int length) {
		byte[] bytes = new byte[length];
		control.get(offset, bytes);
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static void assertZero(ByteBuffer control, int from, int to) {
		byte[] bytes = new byte[to - from];
		control.get(from, bytes);
		assertThat(bytes).as("bytes %d to %d", from, to).containsOnly(0);
	}

	@ParameterizedTest
	@CsvSource({ "x, a, 40", "xx, ä, 40", "x, ä, 39", "xx, €, 38", "x, €, 40", "xxxx, 😀, 40", "x, 😀, 37" })
	void applicationIsCutToTheWholeCharactersThatThereIsRoomFor(String begin, String character, int length) {
		String name = begin + character.repeat(40);
		try (SharedMemoryManager other = SharedMemoryManager.builder()
			.namespace(this.names.prefix())
			.application(name)
			.build()) {
			other.value("named", ElementType.INT64).open();
			String found = text(control("named"), 80, 40);
			assertThat(name).startsWith(found.replace("\0", ""));
			assertThat(found.replace("\0", "").getBytes(StandardCharsets.UTF_8)).hasSize(length);
			assertThat(other.segments().get("named").status().attachments()).first()
				.extracting(Attachment::application)
				.isEqualTo(found.replace("\0", ""));
		}
	}

	@Test
	void freshArrayCarriesItsIdentity() throws IOException {
		this.manager.array("array", ElementType.INT64).length(600).open();
		assertThat(Files.size(this.names.path("array"))).isEqualTo(8192 + 12288);
		ByteBuffer control = control("array");
		assertThat(text(control, 0, 8)).isEqualTo("SHMBEANS");
		assertThat(control.getShort(8)).as("major").isEqualTo((short) 1);
		assertThat(control.getShort(10)).as("minor").isEqualTo((short) 0);
		assertThat(control.getInt(12)).as("control block length").isEqualTo(12288);
		assertThat(control.getInt(16)).as("incompatible features").isZero();
		assertThat(control.getInt(20)).as("compatible features").isZero();
		assertThat(control.getInt(24)).as("kind").isEqualTo(2);
		assertThat(control.getInt(28)).as("type code").isEqualTo(7);
		assertThat(control.getLong(32)).as("element size").isEqualTo(8);
		assertThat(control.getLong(40)).as("count").isEqualTo(600);
		assertThat(control.getLong(48)).as("data length").isEqualTo(4800);
		assertThat(control.getLong(56)).as("FNV-1a of 'int64'").isEqualTo(0xf9d0c88f42834344L);
		assertThat(control.getLong(64)).as("created").isBetween(this.before, System.currentTimeMillis());
		assertThat(control.getLong(72)).as("creator").isEqualTo(ProcessHandle.current().pid());
		assertThat(text(control, 80, 40)).isEqualTo("golden-ü" + "\0".repeat(31));
		assertThat(control.getInt(120)).as("slots").isEqualTo(128);
		assertThat(control.getInt(124)).as("schema length").isEqualTo(5);
		assertThat(text(control, 512, 5)).isEqualTo("int64");
	}

	@Test
	void freshArrayOfSeveralDimensionsCarriesItsShape() {
		this.manager.array("array", ElementType.UINT8).shape(480, 640, 3).open();
		ByteBuffer control = control("array");
		assertThat(control.getLong(40)).as("count").isEqualTo(921_600);
		assertThat(control.getInt(128)).as("dimensions").isEqualTo(3);
		assertThat(List.of(control.getLong(136), control.getLong(144), control.getLong(152))).containsExactly(480L,
				640L, 3L);
		assertZero(control, 132, 136);
		assertZero(control, 160, 256);
	}

	@Test
	void everythingElseOfAFreshArrayIsZero() {
		this.manager.array("array", ElementType.INT64).length(600).locked(false).open();
		ByteBuffer control = control("array");
		assertZero(control, 128, 448);
		assertThat(control.getInt(448)).as("unlink if last").isOne();
		assertZero(control, 452, 512);
		assertZero(control, 517, 4096);
		assertZero(control, 4096 + 64, 12288);
	}

	@ParameterizedTest
	@CsvSource({ "int8, 1, 1", "uint8, 2, 1", "int16, 3, 2", "uint16, 4, 2", "int32, 5, 4", "uint32, 6, 4",
			"int64, 7, 8", "uint64, 8, 8", "float32, 9, 4", "float64, 10, 8", "bool, 11, 1", "char, 12, 1",
			"wchar, 13, 4" })
	void identityOfAValueOfEachType(String type, int code, int size) {
		this.manager.value("value", ElementType.of(type)).open();
		ByteBuffer control = control("value");
		assertThat(control.getInt(24)).isEqualTo(1);
		assertThat(control.getInt(28)).isEqualTo(code);
		assertThat(control.getLong(32)).isEqualTo(size);
		assertThat(control.getLong(40)).isEqualTo(1);
		assertThat(control.getLong(48)).isEqualTo(size);
		assertThat(text(control, 512, type.length() + 1)).isEqualTo(type + "\0");
	}

	@Test
	void listBlockAndLockCarryTheirIdentity() {
		this.manager.list("list").initial("howdy", 100).open();
		assertIdentity("list", 3, 0, 2, 66, "list");
		this.manager.block("block").size(5000).open();
		assertIdentity("block", 4, 1, 5000, 5000, "bytes");
		this.manager.lock("lock").open();
		assertIdentity("lock", 5, 0, 0, 0, "process");
		assertThat(control("lock").getInt(4096)).as("first byte of the file is that of the control block").isOne();
	}

	private void assertIdentity(String suffix, int kind, long elementSize, long count, long dataLength, String schema) {
		ByteBuffer control = control(suffix);
		assertThat(control.getInt(24)).isEqualTo(kind);
		assertThat(control.getInt(28)).isZero();
		assertThat(control.getLong(32)).isEqualTo(elementSize);
		assertThat(control.getLong(40)).isEqualTo(count);
		assertThat(control.getLong(48)).isEqualTo(dataLength);
		assertThat(control.getInt(124)).isEqualTo(schema.length());
		assertThat(text(control, 512, schema.length())).isEqualTo(schema);
	}

	@Test
	void slotsDescribeTheirAttachments() {
		this.manager.value("value", ElementType.INT64).open();
		SharedValue<Long> second = this.manager.value("second", ElementType.INT64)
			.segmentName(this.names.name("value"))
			.open();
		ByteBuffer control = control("value");
		for (int slot : new int[] { 4096, 4096 + 64 }) {
			assertThat(control.getInt(slot)).as("epoch").isOne();
			assertThat(control.getInt(slot + 4)).as("waiting").isZero();
			assertThat(control.getLong(slot + 8)).as("pid").isEqualTo(ProcessHandle.current().pid());
			assertThat(control.getLong(slot + 16)).as("start")
				.isEqualTo(ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli());
			assertThat(text(control, slot + 24, 40)).isEqualTo("golden-ü" + "\0".repeat(31));
		}
		assertZero(control, 4096 + 128, 12288);
		second.close();
		this.manager.value("third", ElementType.INT64).segmentName(this.names.name("value")).open();
		assertThat(control("value").getInt(4096 + 64)).as("epoch of the slot's second owner").isEqualTo(2);
	}

	@Test
	void wishToUnlinkIsSetByTheOneThatHasIt() {
		this.manager.value("value", ElementType.INT64).onShutdown(ShutdownPolicy.UNLINK).open();
		assertThat(control("value").getInt(448)).isZero();
		this.manager.value("second", ElementType.INT64)
			.segmentName(this.names.name("value"))
			.onShutdown(ShutdownPolicy.UNLINK_IF_LAST)
			.open();
		assertThat(control("value").getInt(448)).isOne();
	}

	@Test
	void ownerWordIsEpochAndSlotAndTheLockIsCounted() {
		SharedValue<Long> value = this.manager.value("value", ElementType.INT64).open();
		SharedValue<Long> second = this.manager.value("second", ElementType.INT64)
			.segmentName(this.names.name("value"))
			.open();
		assertThat(control("value").getLong(256)).isZero();
		value.lock().lock();
		assertThat(control("value").getLong(256)).isEqualTo(1L << 32 | 1);
		value.lock().unlock();
		second.lock().lock();
		assertThat(control("value").getLong(256)).isEqualTo(1L << 32 | 2);
		second.lock().lock();
		second.lock().unlock();
		second.lock().unlock();
		assertZero(control("value"), 256, 384);
		value.lock().statistics();
		second.lock().statistics();
		ByteBuffer control = control("value");
		assertZero(control, 256, 320);
		assertThat(control.getLong(320)).as("acquisitions").isEqualTo(2);
		assertZero(control, 328, 384);
	}

	@Test
	void waitersAreCountedAndAnnounceASuccessor() throws Exception {
		SharedArray<Long> array = this.manager.array("array", ElementType.INT64).length(1).open();
		SharedLock lock = array.lock();
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			lock.lock();
			Future<?> waiter = executor.submit(() -> array.set(0, 5L));
			Awaitility.await().until(() -> control("array").getLong(264) == (1L << 32 | 1));
			assertThat(control("array").getInt(272)).as("sleepers").isOne();
			assertThat(control("array").getInt(4096 + 4)).as("waiting").isOne();
			lock.unlock();
			waiter.get();
			assertThat(executor.submit(() -> lock.tryLock(1, TimeUnit.MILLISECONDS)).get()).isTrue();
			assertThat(lock.tryLock(1, TimeUnit.MILLISECONDS)).isFalse();
			ByteBuffer control = control("array");
			assertZero(control, 264, 280);
			assertThat(control.getInt(4096 + 4)).isZero();
			assertThat(control.getLong(320)).as("acquisitions").isEqualTo(3);
			assertThat(control.getLong(328)).as("contended").isEqualTo(2);
			assertThat(control.getLong(336)).as("wait in nanoseconds").isGreaterThan(1_000_000);
			assertThat(control.getLong(344)).as("timeouts").isOne();
			executor.submit(lock::unlock).get();
		}
		finally {
			executor.shutdown();
		}
	}

	@Test
	void forcedUnlockLeavesAnOrphanThatTheNextAcquisitionMarks() {
		SharedValue<Long> value = this.manager.value("value", ElementType.INT64).open();
		value.lock().lock();
		assertThat(value.lock().forceUnlock()).isTrue();
		assertThat(control("value").getLong(256)).as("owner").isEqualTo(1L << 31);
		assertThat(value.lock().isConsistent()).isFalse();
		assertThat(control("value").getLong(360)).as("forced unlocks").isOne();
		assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(() -> value.lock().unlock());
		assertThat(control("value").getInt(276)).isZero();
		assertThatExceptionOfType(OwnerDiedException.class).isThrownBy(value::get);
		assertThat(control("value").getInt(276)).as("inconsistent").isOne();
		assertThat(control("value").getLong(256)).as("free, but suspect").isEqualTo(1L << 31 | 1L << 9);
		value.lock().recover(() -> {
		});
		assertThat(control("value").getInt(276)).isZero();
		assertThat(control("value").getLong(256)).isZero();
	}

	@Test
	void takeoverFromADeadOwnerIsCounted() throws IOException {
		SharedValue<Long> value = this.manager.value("value", ElementType.INT64)
			.onOwnerDeath(OwnerDeathPolicy.IGNORE)
			.open();
		ByteBuffer dead = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 9L << 32 | 100);
		try (FileChannel channel = FileChannel.open(this.names.path("value"), StandardOpenOption.WRITE)) {
			channel.write(dead, 4096 + 256);
		}
		assertThat(value.lock().isLocked()).isTrue();
		value.set(5L);
		assertThat(control("value").getLong(352)).as("recoveries").isOne();
		assertThat(control("value").getLong(256)).isZero();
	}

}
