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

package io.github.shmbeans.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What this process holds of the system now.
 */
public final class ProcessResources {

	private static final Path SELF = Path.of("/proc/self");

	private ProcessResources() {
	}

	/**
	 * Open files of {@code /dev/shm}; those that were made without a name show as
	 * {@code #inode}.
	 */
	public static int openFiles() {
		try (Stream<Path> descriptors = Files.list(SELF.resolve("fd"))) {
			return (int) descriptors.filter((descriptor) -> target(descriptor).startsWith("/dev/shm/")).count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String target(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString();
		}
		catch (IOException ex) {
			return "";
		}
	}

	/**
	 * Mappings of files of {@code /dev/shm}.
	 */
	public static long mappedSegments() {
		return lines("maps").stream().filter((line) -> line.contains(" /dev/shm/")).count();
	}

	public static int mappings() {
		return lines("maps").size();
	}

	/**
	 * The addresses in use, whatever is behind them, in bytes.
	 */
	public static long addressSpace() {
		String line = lines("status").stream().filter((field) -> field.startsWith("VmSize:")).findFirst().orElseThrow();
		return Long.parseLong(line.replaceAll("\\D", "")) << 10;
	}

	/**
	 * The heap that reachable objects take, in bytes.
	 */
	public static long reachableHeap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private static List<String> lines(String file) {
		try {
			return Files.readAllLines(SELF.resolve(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
