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

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The challenge by which each side of a {@code multiprocessing.connection} proves that it
 * has the key. CPython 3.12 and later begin the challenge with the name of a digest in
 * braces, which is signed with it, and the answer too. Up to 3.11 the challenge is 20
 * bytes and the answer a bare HMAC-MD5; those versions sign any challenge that way. What
 * is sent from here is always of the newer form, which all versions can answer.
 */
final class Authentication {

	/** The longest message of the handshake in bytes. */
	static final int LONGEST_MESSAGE = 256;

	private static final byte[] CHALLENGE = ascii("#CHALLENGE#");

	private static final byte[] WELCOME = ascii("#WELCOME#");

	private static final byte[] FAILURE = ascii("#FAILURE#");

	private static final String DIGEST = "sha256";

	private static final Map<String, String> ALGORITHMS = Map.of("md5", "HmacMD5", DIGEST, "HmacSHA256", "sha384",
			"HmacSHA384", "sha3_256", "HmacSHA3-256", "sha3_384", "HmacSHA3-384");

	private static final int NONCE_LENGTH = 40;

	private static final int LEGACY_CHALLENGE_LENGTH = 20;

	private static final int LEGACY_ANSWER_LENGTH = 16;

	private final SecretKeySpec key;

	private final SecureRandom random = new SecureRandom();

	/**
	 * Create the authentication.
	 * @param key the key, not empty
	 */
	Authentication(byte[] key) {
		this.key = new SecretKeySpec(key, "HMAC");
	}

	/**
	 * Make a challenge.
	 * @return the message to send, and to verify the answer with
	 */
	byte[] challenge() {
		byte[] nonce = new byte[NONCE_LENGTH];
		this.random.nextBytes(nonce);
		return concatenate(CHALLENGE, ascii("{%s}".formatted(DIGEST)), nonce);
	}

	/**
	 * Judge the answer to a challenge from here.
	 * @param challenge the challenge
	 * @param answer the answer
	 * @return whether whoever has answered has the key
	 */
	boolean verify(byte[] challenge, byte[] answer) {
		try {
			boolean legacy = answer.length == LEGACY_ANSWER_LENGTH;
			String digest = legacy ? "md5" : digest(answer);
			byte[] found = legacy ? answer : Arrays.copyOfRange(answer, digest.length() + 2, answer.length);
			return MessageDigest.isEqual(sign(digest, payload(challenge)), found);
		}
		catch (ProtocolException ex) {
			return false;
		}
	}

	/**
	 * The message that tells the outcome of {@link #verify}.
	 */
	static byte[] verdict(boolean welcome) {
		return welcome ? WELCOME : FAILURE;
	}

	/**
	 * Answer the challenge of the other side.
	 * @param challenge the message that it has sent
	 * @return the message to send
	 * @throws ProtocolException if it is no challenge that can be answered
	 */
	byte[] answer(byte[] challenge) throws ProtocolException {
		byte[] payload = payload(challenge);
		if (payload.length == LEGACY_CHALLENGE_LENGTH) {
			return sign("md5", payload);
		}
		if (payload.length < LEGACY_CHALLENGE_LENGTH) {
			throw new ProtocolException("Expected a challenge of at least %d bytes, found %d"
				.formatted(LEGACY_CHALLENGE_LENGTH, payload.length));
		}
		String digest = digest(payload);
		return concatenate(ascii("{%s}".formatted(digest)), sign(digest, payload));
	}

	/**
	 * Fail unless the other side has accepted the answer.
	 */
	static void requireWelcome(byte[] verdict) throws ProtocolException {
		if (!Arrays.equals(verdict, WELCOME)) {
			throw new ProtocolException("The other side has another key");
		}
	}

	private static byte[] payload(byte[] challenge) throws ProtocolException {
		if (!Arrays.equals(challenge, 0, Math.min(challenge.length, CHALLENGE.length), CHALLENGE, 0,
				CHALLENGE.length)) {
			throw new ProtocolException("Expected a challenge, found another message");
		}
		return Arrays.copyOfRange(challenge, CHALLENGE.length, challenge.length);
	}

	private static String digest(byte[] message) throws ProtocolException {
		String text = new String(message, StandardCharsets.ISO_8859_1);
		int end = text.indexOf('}');
		String digest = (end > 0 && text.charAt(0) == '{') ? text.substring(1, end) : "";
		if (!ALGORITHMS.containsKey(digest)) {
			throw new ProtocolException("Expected the name of a digest in braces (%s), found none of them"
				.formatted(String.join(", ", ALGORITHMS.keySet().stream().sorted().toList())));
		}
		return digest;
	}

	private byte[] sign(String digest, byte[] message) throws ProtocolException {
		try {
			Mac mac = Mac.getInstance(ALGORITHMS.get(digest));
			mac.init(this.key);
			return mac.doFinal(message);
		}
		catch (GeneralSecurityException ex) {
			throw new ProtocolException("The digest '%s' is not available".formatted(digest));
		}
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] concatenate(byte[]... parts) {
		byte[] whole = new byte[Arrays.stream(parts).mapToInt((part) -> part.length).sum()];
		int position = 0;
		for (byte[] part : parts) {
			System.arraycopy(part, 0, whole, position, part.length);
			position += part.length;
		}
		return whole;
	}

}
