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

package io.github.shmbeans.sample;

import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import io.github.shmbeans.SharedSegment;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link MeasurementRecovery}.
 */
class MeasurementRecoveryTests {

	private final MeasurementRecovery recovery = new MeasurementRecovery();

	@Test
	void theStatusIsWrittenAnew() {
		ShareableList list = Mockito.mock();
		SharedLock lock = Mockito.mock();
		Mockito.when(list.lock()).thenReturn(lock);
		Mockito.doAnswer((call) -> {
			call.getArgument(0, Runnable.class).run();
			return null;
		}).when(lock).run(Mockito.any());
		this.recovery.recover("job-status", list);
		Mockito.verify(list).set(0, "died");
		Mockito.verify(list).set(1, 0.0);
		Mockito.verify(list).set(2, 0L);
		Mockito.verify(list).set(3, true);
	}

	@Test
	void theLedgerNeedsNoRepair() {
		SharedSegment lock = Mockito.mock();
		this.recovery.recover("ledger", lock);
		Mockito.verifyNoInteractions(lock);
	}

	@Test
	void otherSegmentsStayInconsistent() {
		SharedArray<Integer> primes = Mockito.mock();
		assertThatIllegalStateException().isThrownBy(() -> this.recovery.recover("primes", primes))
			.withMessageContaining("'primes'");
	}

}
