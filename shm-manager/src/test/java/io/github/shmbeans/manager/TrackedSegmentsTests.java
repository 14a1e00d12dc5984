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

package io.github.shmbeans.manager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TrackedSegments}.
 */
class TrackedSegmentsTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final RecordedLog log = new RecordedLog();

	private final TrackedSegments segments;

	TrackedSegmentsTests() throws IOException {
		this.segments = new TrackedSegments();
	}

	@Test
	void trackedSegmentsAreRemoved() throws IOException {
		track("a");
		track("b");
		assertThat(this.segments.names()).containsExactly(this.names.name("a"), this.names.name("b"));
		this.segments.release(this.names.name("a"));
		assertThat(this.names.existing()).containsExactly(this.names.name("b"));
		assertThat(this.segments.releaseAll()).isOne();
		assertThat(this.names.existing()).isEmpty();
		assertThat(this.segments.releaseAll()).isZero();
	}

	@Test
	void segmentThatIsGoneIsReleased() throws IOException {
		track("a");
		Files.delete(this.names.path("a"));
		this.segments.release(this.names.name("a"));
		assertThat(this.segments.names()).isEmpty();
	}

	@Test
	void onlyTrackedSegmentsAreReleased() throws IOException {
		Files.createFile(this.names.path("a"));
		assertThatExceptionOfType(ManagerException.class).isThrownBy(() -> this.segments.release(this.names.name("a")))
			.withMessageContaining("expected to be tracked");
		assertThat(this.names.path("a")).exists();
		this.names.clear();
	}

	@Test
	void missingSegmentIsNotTracked() {
		assertThatExceptionOfType(ManagerException.class).isThrownBy(() -> this.segments.track(this.names.name("a")))
			.withMessageContaining("expected to be there");
		assertThat(this.segments.names()).isEmpty();
	}

	@Test
	void otherFileOfTheNameIsKept() throws IOException {
		track("a");
		Files.createFile(this.names.path("b"));
		Files.delete(this.names.path("a"));
		Files.move(this.names.path("b"), this.names.path("a"));
		this.segments.release(this.names.name("a"));
		assertThat(this.names.path("a")).exists();
		this.names.clear();
	}

	@Test
	void segmentThatIsTrackedAgainIsTheNewOne() throws IOException {
		track("a");
		Files.createFile(this.names.path("b"));
		Files.move(this.names.path("b"), this.names.path("a"), StandardCopyOption.REPLACE_EXISTING);
		this.segments.track(this.names.name("a"));
		this.segments.release(this.names.name("a"));
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void linksAreNotFollowed(@TempDir Path directory) throws IOException {
		Path file = Files.createFile(directory.resolve("file"));
		Files.createSymbolicLink(this.names.path("a"), file);
		assertThatExceptionOfType(ManagerException.class).isThrownBy(() -> this.segments.track(this.names.name("a")))
			.withMessageContaining("found another kind of file");
		Files.delete(this.names.path("a"));
		track("a");
		Files.delete(this.names.path("a"));
		Files.createSymbolicLink(this.names.path("a"), file);
		assertThat(this.segments.releaseAll()).isOne();
		assertThat(this.log.lines()).singleElement().asString().contains("could not remove segment");
		assertThat(file).exists();
		assertThat(Files.isSymbolicLink(this.names.path("a"))).isTrue();
		this.names.clear();
	}

	@Test
	void directoryIsNotTracked() throws IOException {
		Files.createDirectory(this.names.path("a"));
		assertThatExceptionOfType(ManagerException.class).isThrownBy(() -> this.segments.track(this.names.name("a")));
		this.names.clear();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "..", ".hidden", "a/b", "../shm", "/etc/passwd", "a\u0000b", "a\nb", "ü" })
	void otherNamesAreRefused(String name) {
		assertThatExceptionOfType(ManagerException.class).isThrownBy(() -> this.segments.track(name))
			.withMessageContaining("Expected the name of a segment");
		assertThatExceptionOfType(ManagerException.class).isThrownBy(() -> this.segments.release(name))
			.withMessageContaining("Expected the name of a segment");
	}

	private void track(String suffix) throws IOException {
		Files.createFile(this.names.path(suffix));
		this.segments.track(this.names.name(suffix));
	}

}
