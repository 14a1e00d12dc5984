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

package io.github.shmbeans.internal.posix;

/**
 * What {@code statx} tells of a file.
 *
 * @param device major and minor number of its device in one number
 * @param inode its inode number
 * @param size its size in bytes
 * @param blocks how many blocks of 512 bytes it has been given
 * @param links how many names it has
 * @param uid the user id of its owner
 * @param gid its group id
 * @param mode its type and permission bits
 */
public record FileStatus(long device, long inode, long size, long blocks, int links, int uid, int gid, int mode) {

	private static final int BLOCK = 512;

	private static final int TYPE_MASK = 0170000;

	static FileStatus of(long[] statx) {
		int links = (int) statx[2];
		int uid = (int) (statx[2] >>> 32);
		int mode = (int) (statx[3] >>> 32) & 0xffff;
		long device = statx[17];
		return new FileStatus(device, statx[4], statx[5], statx[6], links, uid, (int) statx[3], mode);
	}

	/**
	 * Whether both describe the same file.
	 * @param other another status
	 * @return {@code true} for the same inode of the same device
	 */
	public boolean sameFile(FileStatus other) {
		return this.device == other.device && this.inode == other.inode;
	}

	/**
	 * Whether bytes have no memory yet: to touch them is fatal where none is left.
	 * @return {@code true} if so
	 */
	public boolean isSparse() {
		return missing() > 0;
	}

	/**
	 * How much memory its bytes still need.
	 * @return the need in bytes, 0 if all of them have memory
	 */
	public long missing() {
		return Math.max(0, this.size - this.blocks * BLOCK);
	}

	/**
	 * The permission bits.
	 * @return the bits, 0 to 0777
	 */
	public int permissions() {
		return this.mode & 0777;
	}

	/**
	 * Whether it is a regular file.
	 * @return {@code true} if so
	 */
	public boolean isRegular() {
		return (this.mode & TYPE_MASK) == 0100000;
	}

	/**
	 * The type of the file in words.
	 * @return the type
	 */
	public String type() {
		return switch (this.mode & TYPE_MASK) {
			case 0100000 -> "regular file";
			case 0040000 -> "directory";
			case 0010000 -> "FIFO";
			case 0120000 -> "symbolic link";
			case 0140000 -> "socket";
			default -> "device";
		};
	}

}
