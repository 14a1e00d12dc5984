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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.github.shmbeans.ShareableList;
import io.github.shmbeans.SharedArray;
import io.github.shmbeans.SharedLock;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * A simulated sensor. One measurement fills {@code sensor-readings} from the first
 * element to the last and shows its progress in {@code job-status}.
 * <p>
 * The lock {@code ledger} sees to it that one instance measures at a time. Any process
 * may end a measurement, by writing another phase than {@value JobStatus#RUNNING}. If the
 * measuring process dies, the next one that measures takes the lock over.
 */
@Service
@ConditionalOnBooleanProperty(name = "shm.enabled", matchIfMissing = true)
class SensorService implements DisposableBean {

	private static final Log logger = LogFactory.getLog(SensorService.class);

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final SharedArray<Double> sensorReadings;

	private final JobStatus status;

	private final SharedLock ledger;

	private final SensorProperties properties;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	SensorService(SharedArray<Double> sensorReadings, ShareableList jobStatus, SharedLock ledger,
			SensorProperties properties) {
		this.sensorReadings = sensorReadings;
		this.status = new JobStatus(jobStatus);
		this.ledger = ledger;
		this.properties = properties;
	}

	@EventListener(ApplicationReadyEvent.class)
	void measureAlways() {
		if (this.properties.enabled()) {
			this.executor.execute(() -> {
				do {
					measure(new CompletableFuture<>());
				}
				while (pause(PAUSE));
			});
		}
	}

	/**
	 * Begin a measurement.
	 * @return {@code false} if an instance is measuring already
	 * @throws UnsupportedOperationException if a bean that it writes is read-only
	 */
	boolean start() {
		CompletableFuture<Boolean> begun = new CompletableFuture<>();
		this.executor.execute(() -> measure(begun));
		try {
			return begun.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	private void measure(CompletableFuture<Boolean> begun) {
		try {
			if (!this.ledger.tryLock()) {
				begun.complete(false);
				return;
			}
			try {
				this.status.begin();
				begun.complete(true);
				sweep();
			}
			finally {
				this.ledger.unlock();
			}
		}
		catch (RuntimeException ex) {
			logger.error("The measurement failed", ex);
			begun.completeExceptionally(ex);
		}
	}

	private void sweep() {
		String phase = "failed";
		try {
			phase = fill() ? "finished" : "stopped";
		}
		finally {
			this.status.end(phase);
		}
	}

	/**
	 * Write the readings.
	 * @return {@code false} if somebody ended the measurement before
	 */
	private boolean fill() {
		long length = this.sensorReadings.length();
		long done = 0;
		while (done < length && pause(this.properties.interval()) && this.status.isRunning()) {
			double reading = voltage(System.nanoTime());
			this.sensorReadings.set(done++, reading);
			this.status.progress(reading, 100 * done / length);
		}
		return done == length;
	}

	/**
	 * Wait.
	 * @return {@code false} if the application is stopping
	 */
	private static boolean pause(Duration time) {
		try {
			TimeUnit.NANOSECONDS.sleep(time.toNanos());
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private static double voltage(long nanos) {
		double seconds = nanos / 1e9;
		return 2 * Math.sin(seconds) + 0.7 * Math.sin(5.3 * seconds) + 0.3 * Math.sin(31 * seconds);
	}

	/**
	 * End this instance's measurement before the segments close.
	 */
	@Override
	public void destroy() throws InterruptedException {
		this.executor.shutdownNow();
		this.executor.awaitTermination(10, TimeUnit.SECONDS);
	}

}
