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

package io.github.shmbeans;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import com.sun.security.auth.module.UnixSystem;
import io.github.shmbeans.error.SegmentAccessException;
import io.github.shmbeans.error.SegmentExistsException;
import io.github.shmbeans.error.SegmentMismatchException;
import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class UntrustedFileTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager manager = SharedMemoryManager.builder().namespace(this.names.prefix()).build();

	@AfterEach
	void closeManager() {
		this.manager.close();
	}

	@AfterEach
	void deleteFile() throws IOException {
		Files.deleteIfExists(path());
		Files.deleteIfExists(this.names.path("target"));
	}

	private Path path() {
		return this.names.path("value");
	}

	private ValueBuilder<Long> value(OpenMode mode) {
		return this.manager.value("value", ElementType.INT64).mode(mode);
	}

	private void assertRefused(OpenMode mode, String found) {
		assertThatExceptionOfType(SegmentAccessException.class).isThrownBy(() -> value(mode).open())
			.withMessageStartingWith("Segment '" + this.names.name("value") + "' was expected to ")
			.withMessageContaining(found);
		assertThatExceptionOfType(SegmentAccessException.class).isThrownBy(() -> value(mode).locked(false).open());
		assertThat(this.manager.segments()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(OpenMode.class)
	void symbolicLinkIsRefusedAndItsTargetLeftAlone(OpenMode mode) throws IOException {
		SegmentFile target = SegmentFile.write(this.names, "target", new byte[8]);
		Files.createSymbolicLink(path(), target.path());
		assertRefused(mode, "a regular file, found a symbolic link. Remove the link");
		assertThat(Files.isSymbolicLink(path())).isTrue();
		assertThat(target.hex(8)).isEqualTo("0000000000000000");
	}

	@ParameterizedTest
	@EnumSource(OpenMode.class)
	void danglingLinkIsRefusedAndNothingMadeBehindIt(OpenMode mode) throws IOException {
		Files.createSymbolicLink(path(), this.names.path("target"));
		assertRefused(mode, "a regular file, found a symbolic link");
		assertThat(this.names.path("target")).doesNotExist();
	}

	@ParameterizedTest
	@EnumSource(OpenMode.class)
	void fileWithASecondNameIsRefused(OpenMode mode) throws IOException {
		SegmentFile target = SegmentFile.write(this.names, "target", new byte[8]);
		Files.createLink(path(), target.path());
		assertRefused(mode, "a file with one name, found 2 hard links to it. Remove the links");
		assertThat(target.hex(8)).isEqualTo("0000000000000000");
	}

	@ParameterizedTest
	@EnumSource(OpenMode.class)
	void directoryIsRefused(OpenMode mode) throws IOException {
		Files.createDirectory(path());
		assertRefused(mode, "a regular file, found a directory. Remove it or choose another name");
		assertThat(path()).isDirectory();
	}

	@ParameterizedTest
	@EnumSource(OpenMode.class)
	void fifoIsRefusedWithoutWaitingForItsOtherEnd(OpenMode mode) throws Exception {
		assertThat(new ProcessBuilder("mkfifo", "-m", "600", path().toString()).inheritIO().start().waitFor()).isZero();
		assertRefused(mode, "a regular file, found a FIFO. Remove it or choose another name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "rw--w----", "rw-----w-", "rw-rw-rw-" })
	void fileThatOthersMayWriteIsRefusedUnlessDeclared(String permissions) throws IOException {
		SegmentFile.write(this.names, "value", new byte[8]);
		Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString(permissions));
		assertRefused(OpenMode.CREATE_OR_ATTACH, "have permissions of at most 0600, found 0");
		assertRefused(OpenMode.CREATE, "permissions of at most 0600");
		SharedValue<Long> value = value(OpenMode.ATTACH).locked(false).permissions(0666).open();
		assertThat(value.get()).isZero();
	}

	@Test
	void segmentThatOthersMayWriteIsRefusedUnlessDeclared() {
		value(OpenMode.CREATE).permissions(0660).open();
		try (SharedMemoryManager other = SharedMemoryManager.builder().namespace(this.names.prefix()).build()) {
			assertThatExceptionOfType(SegmentAccessException.class)
				.isThrownBy(() -> other.value("value", ElementType.INT64).open())
				.withMessageContaining("permissions of at most 0600, found 0660. "
						+ "Set 'permissions: 0660' if you trust its writers, or chmod the file");
			assertThat(other.value("value", ElementType.INT64).permissions(0660).open().get()).isZero();
		}
	}

	@Test
	void fileThatOthersMayOnlyReadIsTaken() throws IOException {
		SegmentFile.write(this.names, "value", new byte[8]);
		Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-r--r--"));
		assertThat(value(OpenMode.ATTACH).locked(false).open().get()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "600, rw-------", "640, rw-r-----", "660, rw-rw----", "666, rw-rw-rw-" })
	void newSegmentHasThePermissionsAskedForWhateverTheUmaskIs(String permissions, String expected) throws IOException {
		value(OpenMode.CREATE).permissions(Integer.parseInt(permissions, 8)).open();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path()))).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "400", "200", "060", "700", "755", "611", "1600", "4600" })
	void permissionsThatNoSegmentCanHaveAreRefused(String permissions) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> value(OpenMode.CREATE).permissions(Integer.parseInt(permissions, 8)).open())
			.withMessage("Expected permissions of 0600 to 0666 with read and write for the owner, found 0%s. "
					+ "Use 0600, 0660 or the like", Integer.toString(Integer.parseInt(permissions, 8), 8));
	}

	@Test
	void fileOfAnotherUserIsRefusedUnlessDeclared() throws IOException {
		SegmentFile.write(this.names, "value", new byte[8]);
		Assumptions.assumeTrue(new UnixSystem().getUid() == 0, "only root can give a file away");
		Files.setAttribute(path(), "unix:uid", 12345);
		assertRefused(OpenMode.CREATE_OR_ATTACH, "a file of user id 0, found one of user id 12345. "
				+ "Set 'foreign-owner: true' if you trust that user, choose another name, or have that user remove it");
		assertThat(value(OpenMode.ATTACH).locked(false).foreignOwner(true).open().get()).isZero();
	}

	@Test
	void emptyFileIsRefused() {
		SegmentFile.write(this.names, "value");
		assertThatExceptionOfType(SegmentMismatchException.class)
			.isThrownBy(() -> value(OpenMode.CREATE_OR_ATTACH).open())
			.withMessageMatching("Segment '" + this.names.name("value")
					+ "' was expected to be a file with data, found an empty file after \\d+ ms\\. "
					+ "Raise attach-timeout to wait for its creator to set its size, or remove it");
		assertThatExceptionOfType(SegmentMismatchException.class)
			.isThrownBy(() -> value(OpenMode.ATTACH).locked(false).open());
		assertThatExceptionOfType(SegmentExistsException.class).isThrownBy(() -> value(OpenMode.CREATE).open());
		assertThat(path()).isEmptyFile();
	}

	@Test
	void socketIsRefused() throws IOException {
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			server.bind(UnixDomainSocketAddress.of(path()));
			assertRefused(OpenMode.CREATE_OR_ATTACH, "a regular file, found a socket or device");
		}
	}

}
