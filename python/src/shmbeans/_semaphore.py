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
"""Locks of kind semaphore."""

import ctypes
import functools
import importlib
import mmap
import os
import threading
import time
from typing import Any, Optional, TYPE_CHECKING, Tuple

from ._attachments import _Attachments
from ._errors import InvalidSegmentError, SegmentNotFoundError, UnsupportedPlatformError, _closed
from ._files import _link, _unnamed_file
from ._lock import _CLOSE_SECONDS, _SLICE_NANOS, _locks
from ._memory import _Memory
from ._names import _Trust, _semaphore_path
from ._platform import _RETRY_SECONDS, _system

if TYPE_CHECKING:
    from ._opening import _Request

_LINK_SECONDS = 1
_SEMAPHORE_SIZE = 32


@functools.lru_cache(maxsize=None)
def _semaphore_class() -> Any:
    """The class is made at the first use, because multiprocessing takes a while to import."""
    from multiprocessing import synchronize
    from multiprocessing.context import assert_spawning

    native: Any = importlib.import_module("_multiprocessing")
    kinds: Any = synchronize

    class SemaphoreLock(synchronize.RLock):
        """CPython's own RLock on the named semaphore of a segment: on the very file that was checked.

        Its handle is a bare address. So the lock keeps the mapping, also for its bound methods, and is sent to another
        process by name. The mapping is the last attribute to be set, so it is the last to be freed. It keeps the memory
        of the segment too: as long as the lock is referred to, the segment stays attached.

        It cannot be woken by a close, so a waiter looks every 20 ms whether it was closed.
        """

        def __init__(self, request: "_Request", memory: _Memory, attachments: _Attachments,
                     mapping: mmap.mmap) -> None:
            self._request = request
            self._memory = memory
            self._attachments = attachments
            self._closed = False
            self._held = False
            self._mutex = threading.RLock()
            self._address = ctypes.addressof(ctypes.c_char.from_buffer(mapping))
            self._semlock = self._handle(kinds.RECURSIVE_MUTEX)
            self._mapping = mapping
            _locks.add(self)

        def _handle(self, kind: int) -> Any:
            return native.SemLock._rebuild(self._address, kind, 1, None)

        def acquire(self, block: bool = True, timeout: Optional[float] = None) -> bool:
            """Take the lock, as CPython's own does.

            :raises SegmentClosedError: if the segment is closed, also while waiting
            """
            if self._semlock._is_mine():
                return bool(self._semlock.acquire(block, timeout))
            deadline = None if timeout is None else time.monotonic() + timeout
            while True:
                self._require_open()
                remaining = _SLICE_NANOS / 1e9 if deadline is None else deadline - time.monotonic()
                semlock = self._semlock
                if semlock.acquire(block, max(0.0, min(_SLICE_NANOS / 1e9, remaining))):
                    if self._keep(semlock):
                        return True
                elif not block or remaining <= 0:
                    return False

        def _keep(self, semlock: Any) -> bool:
            """Hold what was acquired, or give it back if the lock was closed or taken away from another meanwhile."""
            with self._mutex:
                kept = not self._closed and self._semlock is semlock
                self._held |= kept
                while semlock._count() > int(kept):
                    semlock.release()
                return kept

        def release(self) -> None:
            """Undo one :meth:`acquire`; nothing happens if the segment is closed and this thread holds nothing.

            :raises AssertionError: if this thread does not hold the lock, or it was freed by force meanwhile
            """
            with self._mutex:
                if not self._closed or self._semlock._is_mine():
                    self._semlock.release()
                    self._held = self._semlock._count() > 0

        def __enter__(self) -> bool:
            return self.acquire()

        def __exit__(self, *_: object) -> None:
            self.release()

        def force_release(self) -> bool:
            """Free the lock, for an operator who knows that its holder is dead or hangs.

            Nothing is marked: the data may be half-written, and a holder that lives may go on writing.

            :return: False if nobody holds it
            """
            with self._mutex:
                self._require_open()
                return self._take_away()

        def _take_away(self) -> bool:
            """Free the semaphore whoever holds it. A thread of this process that does finds out when it releases.

            A thread that has acquired it this moment looks next whether it may keep it.
            """
            semaphore = self._handle(kinds.SEMAPHORE)
            if not semaphore._is_zero() or self._semlock._count() and not self._held:
                return False
            if self._held:
                self._semlock = self._handle(kinds.RECURSIVE_MUTEX)
                self._held = False
            semaphore.release()
            return True

        def _require_open(self) -> None:
            if self._closed:
                raise _closed(self._request.name)

        def _close(self) -> None:
            """Refuse acquisitions, wait at most 5 seconds for a thread of this process that holds it, and free it."""
            self._closed = True
            deadline = time.monotonic() + _CLOSE_SECONDS
            while self._semlock._count() and not self._semlock._is_mine() and time.monotonic() < deadline:
                time.sleep(_RETRY_SECONDS)
            with self._mutex:
                self._held |= self._semlock._is_mine()
                if self._held:
                    self._take_away()

        def _after_fork(self) -> None:
            self._mutex = threading.RLock()
            self._semlock._after_fork()
            self._held = False
            self._closed |= not self._attachments.attached

        def __reduce__(self) -> Tuple[Any, ...]:
            from ._opening import _reopen_lock

            assert_spawning(self)
            return _reopen_lock, (self._request.name, self._request.options())

    return SemaphoreLock


def _glibc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "gnu_get_libc_version"):
        raise UnsupportedPlatformError("Expected glibc, whose semaphores a lock of kind semaphore is made of, found"
                                       " another C library. Use a lock of kind process")
    return libc


def _create_semaphore(name: str, permissions: int) -> bool:
    """Create the semaphore of a lock, free; False if there is one."""
    libc = _glibc()
    fd = _unnamed_file(permissions)
    try:
        os.posix_fallocate(fd, 0, _SEMAPHORE_SIZE)
        mapping = mmap.mmap(fd, _SEMAPHORE_SIZE)
        if libc.sem_init(ctypes.byref(ctypes.c_char.from_buffer(mapping)), 1, 1) != 0:
            number = ctypes.get_errno()
            raise OSError(number, f"sem_init: {os.strerror(number)}")
        return _link(fd, _semaphore_path(name))
    finally:
        os.close(fd)


def _map_semaphore(name: str, trust: _Trust) -> mmap.mmap:
    _glibc()
    try:
        fd = trust.open(os.O_RDWR)
    except FileNotFoundError:
        raise SegmentNotFoundError(f"Semaphore '{name}' was expected at {trust.path}, found none. Start the process"
                                   " that creates it first") from None
    try:
        status = _status_once_linked(fd)
        trust.require(status)
        if status.st_size != _SEMAPHORE_SIZE:
            raise InvalidSegmentError(f"Semaphore '{name}' was expected to be a file of {_SEMAPHORE_SIZE} bytes, found"
                                      f" {status.st_size} bytes. Remove {trust.path}")
        mapping = _system().reserve(_SEMAPHORE_SIZE)
        _system().map(ctypes.addressof(ctypes.c_char.from_buffer(mapping)), _SEMAPHORE_SIZE, fd, True)
        return mapping
    finally:
        os.close(fd)


def _status_once_linked(fd: int) -> os.stat_result:
    """The status of a file. For a moment it has a second name while glibc makes a semaphore of it."""
    deadline = time.monotonic() + _LINK_SECONDS
    while True:
        status = os.fstat(fd)
        if status.st_nlink <= 1 or time.monotonic() >= deadline:
            return status
        time.sleep(_RETRY_SECONDS)
