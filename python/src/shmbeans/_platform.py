# Copyright 2026-present the shmbeans authors
#
# Licensed under the Apache License, Version 2.0 (the "License");
# you may not use this file except in compliance with the License.
# You may obtain a copy of the License at
#
#      https://www.apache.org/licenses/LICENSE-2.0
#
# Unless required by applicable law or agreed to in writing, software
# distributed under the License is distributed on an "AS IS" BASIS,
# WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
# See the License for the specific language governing permissions and
# limitations under the License.
"""What the system gives: mappings, futexes, and atomic accesses to shared words."""

import ctypes
import functools
import mmap
import os
import sys
from typing import Any, List, Optional

from ._errors import UnsupportedPlatformError

_RETRY_SECONDS = 0.001


class _System:
    """System calls that CPython does not have."""

    _PROT_READ_WRITE = mmap.PROT_READ | mmap.PROT_WRITE
    _MAP_FIXED = 0x10
    _MAP_NORESERVE = 0x4000
    _FUTEX = {"x86_64": 202, "aarch64": 98}
    _FUTEX_WAIT = 0
    _FUTEX_WAKE = 1

    def __init__(self) -> None:
        machine = os.uname().machine
        self._futex_number = self._FUTEX.get(machine, 0)
        if sys.platform != "linux" or not self._futex_number or sys.maxsize < 1 << 32 or sys.byteorder != "little":
            raise UnsupportedPlatformError(
                f"Expected 64-bit Linux on x86-64 or arm64, found {sys.platform} on {machine}."
                " Run this process on such a system")
        libc = ctypes.CDLL(None, use_errno=True)
        self._mmap = libc.mmap
        self._mmap.restype = ctypes.c_void_p
        self._mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int,
                               ctypes.c_long]
        self._syscall = libc.syscall
        self._syscall.restype = ctypes.c_long
        self._syscall.argtypes = [ctypes.c_long, ctypes.c_void_p, ctypes.c_long, ctypes.c_long, ctypes.c_void_p,
                                  ctypes.c_void_p, ctypes.c_long]

    def reserve(self, size: int) -> mmap.mmap:
        """Reserve addresses. They are freed when the object and all views of it are gone."""
        return mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | self._MAP_NORESERVE)

    def map(self, address: int, size: int, fd: int, writable: bool) -> None:
        """Let reserved addresses lead to a file."""
        protection = self._PROT_READ_WRITE if writable else mmap.PROT_READ
        self._map(address, size, protection, mmap.MAP_SHARED | self._MAP_FIXED, fd)

    def discard(self, address: int, size: int) -> None:
        """Let mapped addresses lead to private zeros: whoever still uses them never faults."""
        self._map(address, size, self._PROT_READ_WRITE,
                  mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | self._MAP_FIXED | self._MAP_NORESERVE, -1)

    def _map(self, address: int, size: int, protection: int, flags: int, fd: int) -> None:
        if self._mmap(address, size, protection, flags, fd, 0) != address:
            number = ctypes.get_errno()
            raise OSError(number, f"mmap of {size} bytes: {os.strerror(number)}")

    def futex_wait(self, address: int, expected: int, nanos: int) -> None:
        """Sleep while the 32-bit word has a value; may return at any time. Other threads go on."""
        timeout = (ctypes.c_long * 2)(nanos // 1_000_000_000, nanos % 1_000_000_000)
        self._syscall(self._futex_number, address, self._FUTEX_WAIT, expected & 0xffffffff, ctypes.addressof(timeout),
                      None, 0)

    def futex_wake(self, address: int, count: int) -> None:
        self._syscall(self._futex_number, address, self._FUTEX_WAKE, count, None, None, 0)


class _Atomics:
    """Sequentially consistent accesses to words that processes share, from GCC's libatomic."""

    _ORDER = 5

    def __init__(self) -> None:
        try:
            library = ctypes.PyDLL("libatomic.so.1")
        except OSError as ex:
            raise UnsupportedPlatformError(
                f"Expected libatomic.so.1, which the native lock needs, found: {ex}. Install it (Debian and Ubuntu:"
                " apt-get install libatomic1; Fedora: libatomic; Alpine: libatomic), use raw(), numpy() or"
                " list(locked=False) if no lock is needed, or share a lock of kind semaphore") from ex
        # Without argument types: arguments that are ctypes objects already cost half as much. For the fast path
        self.swap = self._function(library, "compare_exchange_8", ctypes.c_bool, None)
        word, number = ctypes.c_void_p, ctypes.c_int
        self._cas = self._function(library, "compare_exchange_8", ctypes.c_bool,
                                   [word, ctypes.c_void_p, ctypes.c_uint64, number, number])
        self._load_8 = self._function(library, "load_8", ctypes.c_uint64, [word, number])
        self._load_4 = self._function(library, "load_4", ctypes.c_uint32, [word, number])
        self._store_4 = self._function(library, "store_4", None, [word, ctypes.c_uint32, number])
        self._add_4 = self._function(library, "fetch_add_4", ctypes.c_uint32, [word, ctypes.c_uint32, number])
        self._add_8 = self._function(library, "fetch_add_8", ctypes.c_uint64, [word, ctypes.c_uint64, number])

    @staticmethod
    def _function(library: ctypes.PyDLL, name: str, result: Any, arguments: Optional[List[Any]]) -> Any:
        function = library["__atomic_" + name]
        function.restype = result
        if arguments is not None:
            function.argtypes = arguments
        return function

    def cas(self, address: int, expected: int, word: int) -> bool:
        return bool(self._cas(address, ctypes.byref(ctypes.c_uint64(expected)), word, self._ORDER, self._ORDER))

    def load_8(self, address: int) -> int:
        return int(self._load_8(address, self._ORDER))

    def load_4(self, address: int) -> int:
        return int(self._load_4(address, self._ORDER))

    def store_4(self, address: int, value: int) -> None:
        self._store_4(address, value, self._ORDER)

    def add_4(self, address: int, change: int) -> None:
        self._add_4(address, change & 0xffffffff, self._ORDER)

    def add_8(self, address: int, change: int) -> None:
        self._add_8(address, change, self._ORDER)


@functools.lru_cache(maxsize=None)
def _system() -> _System:
    return _System()


@functools.lru_cache(maxsize=None)
def _atomics() -> _Atomics:
    return _Atomics()
