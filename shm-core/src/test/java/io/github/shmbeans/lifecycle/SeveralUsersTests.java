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

package io.github.shmbeans.lifecycle;

import java.io.IOException;
import java.io.RandomAccessFile;

import io.github.shmbeans.testing.Peer;
import io.github.shmbeans.testing.Peers;
import io.github.shmbeans.testing.SegmentNames;
import io.github.shmbeans.testing.Users;
import io.github.shmbeans.testing.ValuePeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds between users: only the owner of a segment may remove its name.
 */
class SeveralUsersTests {

	private static final int CONTROL_LENGTH = 12288;

	private static final int REMOVAL = 448;

	private static final int REMOVAL_BY_OWNER = 2;

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	@RegisterExtension
	final Peers peers = new Peers();

	@RegisterExtension
	final Users users = new Users(this.peers);

	private Peer owner(String... options) {
		return open(Users.ALICE, options);
	}

	private Peer other(String... options) {
		return open(Users.BOB, options);
	}

	private Peer open(int user, String... options) {
		Peer peer = start(user, options);
		peer.expect("open");
		return peer;
	}

	private Peer start(int user, String... options) {
		String[] arguments = new String[options.length + 2];
		arguments[0] = this.names.name("value");
		arguments[1] = "foreign-owner=true";
		System.arraycopy(options, 0, arguments, 2, options.length);
		return this.users.java(user, ValuePeer.class, arguments);
	}

	private void close(Peer peer) {
		assertThat(peer.ask("close")).isEqualTo("closed");
		assertThat(peer.ask("open-files")).isEqualTo("0");
	}

	private int removal() throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(this.names.path("value").toFile(), "r")) {
			file.seek(file.length() - CONTROL_LENGTH + REMOVAL);
			return Integer.reverseBytes(file.readInt());
		}
	}

	/**
	 * A segment of the owner that the other user was the last to close.
	 */
	private void leave() {
		Peer owner = owner("permissions=0660", "initial=5");
		Peer other = other("permissions=0660");
		assertThat(other.ask("set 7")).isEqualTo("set");
		close(owner);
		close(other);
	}

	@Test
	void ownerThatIsTheLastRemovesTheName() {
		Peer owner = owner("permissions=0660", "initial=5");
		Peer other = other("permissions=0660");
		assertThat(other.ask("get")).isEqualTo("5");
		close(other);
		close(owner);
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void lastOfAnotherUserLeavesTheNameToTheOwnersNextOpening() throws IOException {
		leave();
		assertThat(removal()).isEqualTo(REMOVAL_BY_OWNER);
		Peer owner = owner("permissions=0660", "initial=1");
		assertThat(owner.ask("get")).isEqualTo("1");
		close(owner);
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void ownerWhoAttachesFindsNothingLeft() {
		leave();
		start(Users.ALICE, "permissions=0660", "mode=ATTACH").expect("SegmentNotFoundException");
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void anotherUserCarriesOnWithWhatIsLeftUntilThen() throws IOException {
		leave();
		Peer other = other("permissions=0660", "initial=1");
		assertThat(other.ask("get")).isEqualTo("7");
		Peer owner = owner("permissions=0660", "initial=1");
		assertThat(owner.ask("get")).isEqualTo("7");
		close(owner);
		close(other);
		assertThat(removal()).isEqualTo(REMOVAL_BY_OWNER);
		close(owner("permissions=0660"));
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void anotherUserCannotReplaceADeadSegment() {
		Peer owner = owner("permissions=0660");
		owner.kill();
		start(Users.BOB, "permissions=0660", "mode=CREATE").expect("SegmentExistsException");
		close(owner("permissions=0660", "mode=CREATE"));
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void readerOfAnotherUserIsNotCountedAndDoesNotKeepTheName() {
		Peer owner = owner("permissions=0644", "initial=5");
		Peer reader = other("permissions=0644", "mode=ATTACH", "access=READ_ONLY", "locked=false");
		assertThat(owner.ask("attachments")).isEqualTo("1");
		close(owner);
		assertThat(this.names.existing()).isEmpty();
		assertThat(reader.ask("get")).isEqualTo("5");
		close(reader);
	}

	@Test
	void anotherUserMayNotUnlink() {
		Peer owner = owner("permissions=0660");
		Peer other = other("permissions=0660");
		assertThat(other.ask("unlink")).isEqualTo("SegmentAccessException");
		close(other);
		close(owner);
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void anotherUserWhoIsToUnlinkAsksTheLastToDoIt() {
		Peer owner = owner("permissions=0660", "policy=CLOSE");
		Peer other = other("permissions=0660", "policy=UNLINK");
		close(other);
		close(owner);
		assertThat(this.names.existing()).isEmpty();
	}

	@Test
	void segmentOfAnotherUserIsRefusedUnlessAllowed() {
		Peer owner = owner("permissions=0666");
		this.users.java(Users.BOB, ValuePeer.class, this.names.name("value"), "permissions=0666")
			.expect("SegmentAccessException");
		close(owner);
	}

}
