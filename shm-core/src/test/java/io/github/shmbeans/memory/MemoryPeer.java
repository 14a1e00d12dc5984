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

package io.github.shmbeans.memory;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.LockKind;
import io.github.shmbeans.OpenMode;
import io.github.shmbeans.SharedMemory;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedSegment;
import io.github.shmbeans.SharedValue;
import io.github.shmbeans.error.InsufficientMemoryException;
import io.github.shmbeans.error.SharedMemoryException;
import io.github.shmbeans.internal.posix.PosixException;
import io.github.shmbeans.internal.segment.SegmentName;

/**
 * A process that opens segments in a small {@code /dev/shm} as it is told, and answers
 * each command with one line.
 */
public final class MemoryPeer {

	private final SharedMemoryManager manager;

	private final List<FileInputStream> files = new ArrayList<>();

	private MemoryPeer(SharedMemoryManager manager) {
		this.manager = manager;
	}

	public static void main(String[] arguments) throws IOException, InterruptedException {
		try (SharedMemoryManager manager = SharedMemoryManager.create()) {
			MemoryPeer peer = new MemoryPeer(manager);
			System.out.println("ready");
			BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String line = input.readLine(); line != null; line = input.readLine()) {
				System.out.println(peer.answer(line.split(" ")));
			}
		}
	}

	private String answer(String[] command) throws IOException, InterruptedException {
		try {
			return switch (command[0]) {
				case "files" -> files();
				case "free" -> String.valueOf(new File(SegmentName.DIRECTORY).getUsableSpace());
				case "fill" -> fill(command[1]);
				case "sparse" -> sparse(command[1], Long.parseLong(command[2]));
				case "remount" -> remount(command[1]);
				case "exhaust" -> exhaust(command[1], Long.parseLong(command[2]));
				case "race" -> race(command[1], Long.parseLong(command[2]), Integer.parseInt(command[3]));
				case "use-up-files" -> useUpFiles();
				case "close-all" -> {
					this.manager.close();
					yield "closed";
				}
				case "close" -> {
					this.manager.segments().get(command[1]).close();
					yield "closed";
				}
				case "get" -> String.valueOf(value(command[1]).get());
				case "set" -> {
					value(command[1]).set(Long.valueOf(command[2]));
					yield "set";
				}
				default -> "opened " + open(command).fileSize();
			};
		}
		catch (InsufficientMemoryException ex) {
			return "insufficient: needed " + ex.needed() + " free " + ex.free();
		}
		catch (SharedMemoryException ex) {
			return ex.getClass().getSimpleName() + ": " + ex.getMessage().replace("\n", " ");
		}
		catch (InternalError ex) {
			return ex.toString();
		}
	}

	private SharedSegment open(String[] command) {
		String name = command[1];
		return switch (command[0]) {
			case "value" -> this.manager.value(name, ElementType.INT64).open();
			case "array" -> this.manager.array(name, ElementType.INT64).length(Long.parseLong(command[2])).open();
			case "list" -> this.manager.list(name).initial(1, "two", 3.0).open();
			case "block" -> this.manager.block(name).size(Long.parseLong(command[2])).open();
			case "lock" -> lock(name, LockKind.PROCESS);
			case "semaphore" -> lock(name, LockKind.SEMAPHORE);
			case "standalone" -> SharedMemory.create(name, Long.parseLong(command[2]));
			case "foreign" -> foreign(name);
			default -> throw new IllegalArgumentException(command[0]);
		};
	}

	/**
	 * Open files until the system refuses one more.
	 */
	private String useUpFiles() {
		while (true) {
			try {
				this.files.add(new FileInputStream("/dev/null"));
			}
			catch (FileNotFoundException ex) {
				return "used up";
			}
		}
	}

	private SharedSegment lock(String name, LockKind kind) {
		this.manager.lock(name).kind(kind).open();
		return this.manager.segments().get(name);
	}

	/**
	 * Attach to a block of another program and write all of it.
	 */
	private SharedSegment foreign(String name) {
		SharedMemory block = this.manager.block(name).mode(OpenMode.ATTACH).locked(false).open();
		ByteBuffer buffer = block.buffer();
		while (buffer.hasRemaining()) {
			buffer.put((byte) 1);
		}
		return block;
	}

	@SuppressWarnings("unchecked")
	private SharedValue<Long> value(String name) {
		return (SharedValue<Long>) this.manager.segments().get(name);
	}

	private static String files() throws IOException {
		try (Stream<Path> files = Files.list(Path.of(SegmentName.DIRECTORY))) {
			return files.map((file) -> file.getFileName().toString()).sorted().collect(Collectors.joining(" "));
		}
	}

	private static String remount(String option) throws IOException, InterruptedException {
		Process mount = new ProcessBuilder("mount", "-o", "remount," + option, SegmentName.DIRECTORY).start();
		return (mount.waitFor() == 0) ? "remounted" : "failed";
	}

	/**
	 * Attach to a block again and again, until no addresses are left, neither for it nor
	 * for a control block.
	 */
	private String exhaust(String name, long size) {
		this.manager.block(name).size(size).open();
		this.manager.value(name + "-small", ElementType.INT64).open();
		String last = "";
		for (String next : List.of(name, name + "-small")) {
			try {
				for (int i = 0; true; i++) {
					this.manager.block(next + i).segmentName(next).mode(OpenMode.ATTACH).open();
				}
			}
			catch (PosixException ex) {
				last = ex.errno().name();
			}
			catch (SharedMemoryException ex) {
				last += ", " + ex.getClass().getSimpleName();
			}
		}
		return "exhausted: " + last;
	}

	/**
	 * Let two threads create or attach to a block at the same moment, again and again.
	 */
	private static String race(String name, long size, int rounds) throws InterruptedException {
		ExecutorService executor = Executors.newFixedThreadPool(2);
		CyclicBarrier barrier = new CyclicBarrier(2);
		Callable<Long> open = () -> {
			try (SharedMemoryManager manager = SharedMemoryManager.create()) {
				barrier.await(30, TimeUnit.SECONDS);
				long found = manager.block(name).size(size).open().size();
				barrier.await(30, TimeUnit.SECONDS);
				return found;
			}
		};
		try {
			for (int i = 0; i < rounds; i++) {
				for (Future<Long> opened : executor.invokeAll(List.of(open, open))) {
					opened.get();
				}
			}
			return "opened by both";
		}
		catch (ExecutionException ex) {
			return String.valueOf(ex.getCause());
		}
		finally {
			executor.shutdownNow();
		}
	}

	/**
	 * Leave no byte free.
	 */
	private static String fill(String name) throws IOException {
		try (FileOutputStream file = new FileOutputStream(SegmentName.DIRECTORY + "/" + name)) {
			byte[] page = new byte[4096];
			while (true) {
				file.write(page);
			}
		}
		catch (IOException ex) {
			return "free " + new File(SegmentName.DIRECTORY).getUsableSpace();
		}
	}

	/**
	 * Make a file whose bytes have no memory yet, as CPython does.
	 */
	private static String sparse(String name, long size) throws IOException {
		Path path = Path.of(SegmentName.DIRECTORY, name);
		try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
			file.setLength(size);
		}
		return "made";
	}

}
