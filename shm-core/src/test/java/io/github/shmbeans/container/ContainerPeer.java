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

package io.github.shmbeans.container;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.github.dockerjava.api.DockerClient;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame;

/**
 * A container whose process 1 is told what to do line by line and answers line by line.
 */
final class ContainerPeer {

	private static final long PATIENCE_SECONDS = 60;

	private final GenericContainer<?> container;

	private final String commands;

	private final BlockingQueue<String> output = new LinkedBlockingQueue<>();

	ContainerPeer(GenericContainer<?> container, String commands) {
		this.container = container;
		this.commands = commands;
	}

	void start() {
		this.container.start();
		this.container.followOutput((frame) -> this.output.add(frame.getUtf8StringWithoutLineEnding()),
				OutputFrame.OutputType.STDOUT);
		this.container.followOutput((frame) -> System.err.print(frame.getUtf8String()), OutputFrame.OutputType.STDERR);
	}

	/**
	 * Wait for a line.
	 */
	String read() {
		try {
			String line = this.output.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
			Assertions.assertThat(line).as("answer of the container").isNotNull();
			return line;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	ContainerPeer expect(String line) {
		Assertions.assertThat(read()).isEqualTo(line);
		return this;
	}

	/**
	 * Whether everything that it has printed was read.
	 */
	boolean isSilent() {
		return this.output.isEmpty();
	}

	void send(String line) {
		run("sh", "-c", "echo \"$1\" >" + this.commands, "sh", line);
	}

	/**
	 * Send a line and wait for the answer.
	 */
	String ask(String line) {
		send(line);
		return read();
	}

	/**
	 * Run a command in the container, beside process 1.
	 */
	String run(String... command) {
		return SharedContainers.run(this.container, command);
	}

	/**
	 * End the container with SIGKILL and wait until it is gone.
	 */
	void kill() {
		docker().killContainerCmd(id()).withSignal("KILL").exec();
		Awaitility.await().until(() -> !this.container.isRunning());
	}

	/**
	 * Stop every process of the container, which the kernel can do at any instruction.
	 */
	void pause() {
		docker().pauseContainerCmd(id()).exec();
	}

	void unpause() {
		docker().unpauseContainerCmd(id()).exec();
	}

	void stop() {
		this.container.stop();
	}

	private String id() {
		return this.container.getContainerId();
	}

	private DockerClient docker() {
		return this.container.getDockerClient();
	}

}
