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

package io.github.shmbeans.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * The short form of the fuzzing: the corpus, what was once found, and the same random
 * mutations each time. {@code ./mvnw -Pfuzz} lets Jazzer look for more.
 */
@Tag("slow")
@Tag("any-jdk")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SegmentFuzzTests {

	private static final Path FINDINGS = Path.of("src/test/resources/fuzz");

	private static final int SEGMENT_MUTATIONS = 20_000;

	private static final int LIST_MUTATIONS = 100_000;

	@ParameterizedTest
	@EnumSource
	void segmentOfEachKindIsOpenedAgain(Subject subject) {
		byte[] file = Corpus.file(subject);
		assertThat(SegmentFuzzer.run(FuzzInput.encode(subject, Opening.DEFAULT, file))).isTrue();
		assertThat(SegmentFuzzer.run(FuzzInput.encode(subject, Opening.attach(), file))).isTrue();
	}

	@Test
	void corpusRaisesNoneButDocumentedExceptions() {
		assertThat(Corpus.segments()).anyMatch(SegmentFuzzer::run);
		assertThat(Corpus.lists()).allMatch(ListFuzzer::run);
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("segmentFindings")
	void segmentThatOnceWasAFindingIsNoneAnyMore(Path finding) throws IOException {
		SegmentFuzzer.run(Files.readAllBytes(finding));
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("listFindings")
	void listThatOnceWasAFindingIsNoneAnyMore(Path finding) throws IOException {
		ListFuzzer.run(Files.readAllBytes(finding));
	}

	@Test
	void mutationsOfSegmentsRaiseNoneButDocumentedExceptions() {
		assertThat(mutate(Corpus.segments(), SEGMENT_MUTATIONS, SegmentFuzzer::run)).isPositive();
	}

	@Test
	void mutationsOfListsRaiseNoneButDocumentedExceptions() {
		assertThat(mutate(Corpus.lists(), LIST_MUTATIONS, ListFuzzer::run)).isPositive();
	}

	/**
	 * Run mutations.
	 * @return how many were good enough to be opened
	 */
	private static int mutate(List<byte[]> seeds, int count, Predicate<byte[]> fuzzer) {
		Mutator mutator = new Mutator(seeds, 1);
		int opened = 0;
		for (int i = 0; i < count; i++) {
			byte[] input = mutator.next();
			try {
				opened += fuzzer.test(input) ? 1 : 0;
			}
			catch (Throwable ex) {
				fail("mutation " + i + ": " + HexFormat.of().formatHex(input), ex);
			}
		}
		return opened;
	}

	static Stream<Path> segmentFindings() throws IOException {
		return findings("segment-");
	}

	static Stream<Path> listFindings() throws IOException {
		return findings("list-");
	}

	private static Stream<Path> findings(String prefix) throws IOException {
		return Files.list(FINDINGS).filter((file) -> file.getFileName().toString().startsWith(prefix)).sorted();
	}

}
