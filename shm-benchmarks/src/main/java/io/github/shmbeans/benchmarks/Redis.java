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

package io.github.shmbeans.benchmarks;

import java.util.concurrent.TimeUnit;

import io.github.shmbeans.ElementType;
import io.github.shmbeans.SharedMemoryManager;
import io.github.shmbeans.SharedValue;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import org.springframework.data.redis.connection.RedisSocketConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * A counter in shared memory and in Redis on the same host.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Redis {

	private static final String KEY = "counter";

	private SharedMemoryManager manager;

	private SharedValue<Long> value;

	private LettuceConnectionFactory tcpConnections;

	private LettuceConnectionFactory socketConnections;

	private StringRedisTemplate tcp;

	private StringRedisTemplate socket;

	@Setup
	public void open() {
		this.tcpConnections = started(
				new LettuceConnectionFactory("127.0.0.1", Integer.getInteger("redis.port", 6379)));
		this.socketConnections = started(
				new LettuceConnectionFactory(new RedisSocketConfiguration(System.getProperty("redis.socket", ""))));
		this.tcp = new StringRedisTemplate(this.tcpConnections);
		this.socket = new StringRedisTemplate(this.socketConnections);
		this.manager = Segments.manager();
		this.value = this.manager.value("value", ElementType.INT64).open();
	}

	private static LettuceConnectionFactory started(LettuceConnectionFactory connections) {
		connections.afterPropertiesSet();
		connections.start();
		return connections;
	}

	@TearDown
	public void close() {
		this.manager.close();
		this.tcpConnections.destroy();
		this.socketConnections.destroy();
	}

	@Benchmark
	public Long shm() {
		return this.value.getAndAdd(1L);
	}

	@Benchmark
	public @Nullable Long tcp() {
		return this.tcp.opsForValue().increment(KEY);
	}

	@Benchmark
	public @Nullable Long socket() {
		return this.socket.opsForValue().increment(KEY);
	}

}
