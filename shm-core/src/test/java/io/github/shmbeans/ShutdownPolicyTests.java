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

import java.util.stream.Stream;

import io.github.shmbeans.testing.SegmentNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class ShutdownPolicyTests {

	@RegisterExtension
	final SegmentNames names = new SegmentNames();

	private final SharedMemoryManager one = manager();

	private final SharedMemoryManager other = manager();

	private SharedMemoryManager manager() {
		return SharedMemoryManager.builder().namespace(this.names.prefix()).build();
	}

	@AfterEach
	void closeManagers() {
		this.one.close();
		this.other.close();
	}

	@AfterEach
	void deleteWhatWasToStay() {
		SegmentFile.of(this.names, "value").delete();
	}

	private SharedValue<Long> open(SharedMemoryManager manager, ShutdownPolicy policy) {
		return manager.value("value", ElementType.INT64).onShutdown(policy).open();
	}

	private boolean exists() {
		return SegmentFile.of(this.names, "value").exists();
	}

	/**
	 * Policies of creator and attacher, whether the creator closes first, and whether the
	 * name is there after the first and after the second close.
	 */
	static Stream<Arguments> pairs() {
		ShutdownPolicy last = ShutdownPolicy.UNLINK_IF_LAST;
		ShutdownPolicy close = ShutdownPolicy.CLOSE;
		ShutdownPolicy unlink = ShutdownPolicy.UNLINK;
		return Stream.of(Arguments.of(last, last, true, true, false), Arguments.of(last, last, false, true, false),
				Arguments.of(last, close, true, true, false), Arguments.of(last, close, false, true, false),
				Arguments.of(close, last, true, true, false), Arguments.of(close, last, false, true, false),
				Arguments.of(close, close, true, true, true), Arguments.of(close, close, false, true, true),
				Arguments.of(unlink, last, true, false, false), Arguments.of(unlink, last, false, true, false),
				Arguments.of(last, unlink, true, true, false), Arguments.of(last, unlink, false, false, false),
				Arguments.of(unlink, close, true, false, false), Arguments.of(unlink, close, false, true, false),
				Arguments.of(close, unlink, true, true, false), Arguments.of(close, unlink, false, false, false),
				Arguments.of(unlink, unlink, true, false, false), Arguments.of(unlink, unlink, false, false, false));
	}

	@ParameterizedTest
	@MethodSource("pairs")
	void nameGoesWhenThePoliciesOfBothSaySo(ShutdownPolicy creator, ShutdownPolicy attacher, boolean creatorFirst,
			boolean afterFirst, boolean afterSecond) {
		SharedValue<Long> created = open(this.one, creator);
		SharedValue<Long> attached = open(this.other, attacher);
		assertThat(created.status().onShutdown()).isEqualTo(creator);
		assertThat(attached.status().onShutdown()).isEqualTo(attacher);
		SharedValue<Long> first = creatorFirst ? created : attached;
		SharedValue<Long> second = creatorFirst ? attached : created;
		first.close();
		assertThat(exists()).isEqualTo(afterFirst);
		assertThat(second.status().linked()).isEqualTo(afterFirst);
		second.set(5L);
		assertThat(second.get()).isEqualTo(5);
		second.close();
		assertThat(exists()).isEqualTo(afterSecond);
	}

	@ParameterizedTest
	@EnumSource(ShutdownPolicy.class)
	void closingAloneDoesAsThePolicySays(ShutdownPolicy policy) {
		open(this.one, policy).close();
		assertThat(exists()).isEqualTo(policy == ShutdownPolicy.CLOSE);
	}

	@Test
	void whoMakesOrSharesUnlinksAsTheLastByDefaultAndWhoAttachesOnlyCloses() {
		SharedValue<Long> created = this.one.value("value", ElementType.INT64).mode(OpenMode.CREATE).open();
		SharedValue<Long> shared = this.other.value("value", ElementType.INT64).open();
		SharedValue<Long> attached = this.one.value("third", ElementType.INT64)
			.segmentName(created.name())
			.mode(OpenMode.ATTACH)
			.open();
		assertThat(created.status().onShutdown()).isEqualTo(ShutdownPolicy.UNLINK_IF_LAST);
		assertThat(shared.status().onShutdown()).isEqualTo(ShutdownPolicy.UNLINK_IF_LAST);
		assertThat(attached.status().onShutdown()).isEqualTo(ShutdownPolicy.CLOSE);
		created.close();
		shared.close();
		assertThat(exists()).isTrue();
		attached.close();
		assertThat(exists()).isFalse();
	}

	@Test
	void wishToUnlinkIsKeptInTheSegmentOfTheDead() {
		try (SharedMemoryManager dying = manager()) {
			dying.value("dying", ElementType.INT64).open();
			SegmentFile.of(this.names, "dying").copy(this.names, "value");
		}
		open(this.one, ShutdownPolicy.CLOSE).close();
		assertThat(exists()).isFalse();
	}

	@Test
	void lastAttachmentOfAnUnlinkedSegmentLeavesTheNewerOneAlone() {
		SharedValue<Long> old = open(this.one, ShutdownPolicy.UNLINK_IF_LAST);
		old.unlink();
		SharedValue<Long> newer = open(this.other, ShutdownPolicy.CLOSE);
		old.close();
		assertThat(exists()).isTrue();
		assertThat(newer.status().linked()).isTrue();
		newer.close();
		assertThat(exists()).isTrue();
	}

	@Test
	void unlinkPolicyLeavesANewerSegmentAlone() {
		SharedValue<Long> old = open(this.one, ShutdownPolicy.UNLINK);
		old.unlink();
		open(this.other, ShutdownPolicy.CLOSE);
		old.close();
		assertThat(exists()).isTrue();
	}

	@Test
	void unlinkIsAllowedAfterClose() {
		SharedValue<Long> value = open(this.one, ShutdownPolicy.CLOSE);
		value.close();
		assertThat(exists()).isTrue();
		value.unlink();
		assertThat(exists()).isFalse();
	}

	@Test
	void readOnlyAttachmentLeavesTheNameToTheOthers() {
		SharedValue<Long> created = open(this.one, ShutdownPolicy.UNLINK_IF_LAST);
		SharedValue<Long> reader = this.other.value("value", ElementType.INT64)
			.access(AccessMode.READ_ONLY)
			.mode(OpenMode.ATTACH)
			.open();
		reader.close();
		assertThat(exists()).isTrue();
		created.close();
		assertThat(exists()).isFalse();
	}

}
