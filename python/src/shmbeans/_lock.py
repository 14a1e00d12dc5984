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
"""The native lock: ``docs/locking.md``."""

import contextlib
import ctypes
import os
import struct
import threading
import time
import weakref
from typing import Any, Generator, NamedTuple, NoReturn, Optional

from ._attachments import Attachment, _Attachments
from ._errors import _closed, _owner_died
from ._layout import (_ACQUISITIONS, _CONTENDED, _FORCED_UNLOCKS, _FREE, _IDENTITY_BITS, _INCONSISTENT, _ORPHANED,
                      _OWNER, _RECOVERIES, _RESERVED, _SLEEPERS, _SLOT_BITS, _SLOT_COUNT, _SUCCESSOR, _SUSPECT,
                      _TIMEOUTS, _WAITERS, _WAIT_NANOS, _WHOLE)
from ._memory import _Memory
from ._platform import _atomics, _system

_SLICE_NANOS = 20_000_000
_PATIENCE_NANOS = 2_000_000
_SPINS = 64 if (os.cpu_count() or 1) > 1 else 0
_CLOSE_SECONDS = 5
_EVERYBODY = 0x7fffffff

_locks: "weakref.WeakSet[Any]" = weakref.WeakSet()


class Statistics(NamedTuple):
    """What has happened to a lock, counted over all processes since the segment was made."""

    acquisitions: int
    contended: int
    wait_nanos: int
    timeouts: int
    recoveries: int
    forced_unlocks: int


def _is_held(word: int) -> bool:
    return word & _SLOT_BITS != 0 and not word & _RESERVED


class SharedLock:
    """The native lock of a segment, between all threads of all processes: the protocol of ``docs/locking.md``.

    Reentrant, owned by a thread, and used like ``threading.RLock``. When its holder dies, whoever acquires it next
    takes it over; unless nothing can be half-written, that raises :class:`OwnerDiedError` until somebody has
    repaired the data within :meth:`recover`. Threads of this process queue on a lock of their own, the first of them
    contends with the other processes. Safe for use by several threads, not by signal handlers.

    If Ctrl-C interrupts :meth:`acquire`, the lock is not held; if it interrupts :meth:`release`, that is done first.
    There is one gap that Python code cannot close: the interrupt may be raised as the call of ``release``, or of
    ``__exit__`` at the end of a ``with`` block, begins. Then the thread still holds the lock, and :meth:`is_held` says
    so. Before CPython 3.11, it may also be raised as ``acquire`` returns.
    """

    _closed = True

    def __init__(self, name: str, memory: _Memory, attachments: _Attachments, reporting: bool) -> None:
        self._atomics = _atomics()
        self._name = name
        self._memory = memory
        self._attachments = attachments
        self._reporting = reporting
        self._owner_word = memory.control + _OWNER
        self._successor_word = memory.control + _SUCCESSOR
        self._sleepers_word = memory.control + _SLEEPERS
        self._plain_successor = memory.uint(_SUCCESSOR, 64)
        self._inconsistent = memory.uint(_INCONSISTENT)
        self._swap = self._atomics.swap
        self._owner_pointer = ctypes.c_void_p(self._owner_word)
        self._expected = ctypes.c_uint64()
        self._expected_pointer = ctypes.c_void_p(ctypes.addressof(self._expected))
        self._reset()
        self._closed = False
        _locks.add(self)

    def __del__(self) -> None:
        if not self._closed:
            self._attachments.discard_if_truncated()
            self._publish()

    def _after_fork(self) -> None:
        self._reset()
        self._closed |= not self._attachments.attached

    def _reset(self) -> None:
        """Begin without a hold, also in a forked child."""
        self._queue = threading.RLock()
        self._self = self._attachments.epoch << 32 | self._attachments.slot + 1
        self._prepared = {word: ctypes.c_uint64(word) for word in (_FREE, self._self, self._self | _WHOLE)}
        self._word = self._self
        self._thread: Optional[int] = None
        self._holds = 0
        self._publishing = threading.Lock()
        self._acquired = 0
        self._published = 0

    def acquire(self, blocking: bool = True, timeout: Optional[float] = -1) -> bool:
        """Take the lock.

        :param blocking: whether to wait for it
        :param timeout: how many seconds to wait at most, at least 0; -1 or None for as long as it takes
        :return: whether it was taken
        :raises OwnerDiedError: if a holder died and the data was not repaired; the lock is then not held
        :raises SegmentClosedError: if the segment is closed, also while waiting
        """
        return self._enter(self._self, None if blocking and timeout == -1 else _nanos(blocking, timeout))

    def release(self) -> None:
        """Undo one :meth:`acquire`; nothing happens if the segment is closed.

        :raises RuntimeError: if this thread does not hold the lock, or it was freed by force meanwhile
        """
        holds = self._holds
        try:
            mine = held = self._thread == threading.get_ident()
            if mine and holds > 1:
                self._holds = holds - 1
            elif mine:
                fast = not self._plain_successor.value and not self._inconsistent.value
                held = fast and self._swap_fast(self._word, _FREE) or self._free()
                self._thread = None
                self._holds = 0
                self._queue.release()
        except BaseException:
            self._finish_release(holds)
            raise
        if held or self._closed:
            return
        if not mine:
            raise RuntimeError(f"Expected the lock of '{self._name}' to be held by this thread, found it held by"
                               " another or free. Release it only after acquire() has returned True")
        raise RuntimeError(f"Expected the lock of '{self._name}' to be held by this process, found that it was"
                           " freed by force. Check the data that it guards")

    def _finish_release(self, holds: int) -> None:
        """Do what is left of an interrupted release, whichever step it had come to."""
        if holds > 1 and self._thread == threading.get_ident():
            self._holds = holds - 1
        else:
            self._drop()

    def _drop(self) -> None:
        """Free what this thread has of the lock and the queue, without knowing how much.

        In the queue, no other thread of this process has the owner word, so it can be freed. If another thread is in
        the queue, this one has nothing.
        """
        if self._queue.acquire(False):
            try:
                self._thread = None
                self._holds = 0
                self._free()
            finally:
                with contextlib.suppress(RuntimeError):
                    while True:
                        self._queue.release()

    def __enter__(self) -> "SharedLock":
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    @contextlib.contextmanager
    def recover(self) -> Generator["SharedLock", None, None]:
        """Hold the lock in spite of an unrepaired death, to repair the data within ``with lock.recover():``.

        At the end of the block the data counts as consistent; if the block raises, it stays as it was.

        :raises SegmentClosedError: if the segment is closed
        """
        self._enter(self._self, None, repairing=True)
        try:
            yield self
            self._atomics.store_4(self._memory.control + _INCONSISTENT, 0)
        finally:
            self.release()

    @contextlib.contextmanager
    def _whole(self) -> Generator[None, None, None]:
        """Hold the lock for a step that a death cannot leave half-done."""
        self._enter_whole()
        try:
            yield
        finally:
            self.release()

    def _enter_whole(self) -> None:
        """Take the lock for a read, or for one aligned store."""
        self._enter(self._self | _WHOLE, None)

    def locked(self) -> bool:
        """Whether anybody holds the lock now, in any process."""
        return not self._closed and _is_held(self._owner())

    def is_held(self) -> bool:
        """Whether the calling thread holds the lock."""
        return self._thread == threading.get_ident()

    @property
    def consistent(self) -> bool:
        """Whether no death of a holder waits for its repair."""
        return not self._inconsistent.value and self._owner() != _ORPHANED

    def owner(self) -> Optional[Attachment]:
        """The attachment that holds the lock now, as it described itself; None if nobody does."""
        found = self._owner()
        slot = (found & _SLOT_BITS) - 1
        return None if self._closed or not _is_held(found) or slot >= _SLOT_COUNT else self._attachments.find(slot)

    @property
    def waiting(self) -> int:
        """How many threads wait now, in all processes that live."""
        return 0 if self._closed else sum(attachment.waiting for attachment in self._attachments.list())

    def statistics(self) -> Statistics:
        """What has happened to the lock; zeros once the segment is closed.

        Other processes add their acquisitions when they have waited, look at their statistics, or close.
        """
        self._publish()
        return Statistics(*struct.unpack("<6Q", self._memory.read(_ACQUISITIONS, 48)))

    def force_release(self) -> bool:
        """Take the lock away from whoever holds it, for an operator who knows that its holder hangs.

        The next acquisition reports the data as inconsistent. The former holder does not know: it may go on writing.

        :return: False if nobody holds it
        """
        self._require_open()
        while True:
            found = self._owner()
            if not _is_held(found):
                return False
            if self._cas(found, _ORPHANED):
                self._count(_FORCED_UNLOCKS, 1)
                self._wake(1)
                return True

    def __repr__(self) -> str:
        state = "closed" if self._closed else "held" if self.locked() else "free"
        return f"<SharedLock of {self._name!r}, {state}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("Expected a segment name to be sent to another process, found its lock. Send the name and open"
                        " the segment there")

    # The words of the lock

    def _owner(self) -> int:
        return self._atomics.load_8(self._owner_word)

    def _cas(self, expected: int, word: int) -> bool:
        return self._atomics.cas(self._owner_word, expected, word)

    def _successor(self) -> int:
        return self._atomics.load_8(self._successor_word)

    def _cas_successor(self, expected: int, word: int) -> bool:
        return self._atomics.cas(self._successor_word, expected, word)

    def _sleepers(self) -> int:
        return ctypes.c_int32(self._atomics.load_4(self._sleepers_word)).value

    def _wake(self, count: int) -> None:
        _system().futex_wake(self._owner_word, count)

    def _count(self, counter: int, change: int) -> None:
        self._atomics.add_8(self._memory.control + counter, change)

    def _publish(self) -> None:
        """Add to the shared counter what was acquired since the last time."""
        with self._publishing:
            acquired = self._acquired
            self._count(_ACQUISITIONS, acquired - self._published)
            self._published = acquired

    # Acquire

    def _enter(self, word: int, nanos: Optional[int], repairing: bool = False) -> bool:
        """Hold the lock once more. The queue is taken once for all holds, so a nested one begins and ends in one step.

        An interrupt may come after any call and before its result is known. So what was taken is not asked for.
        """
        thread = threading.get_ident()
        if self._thread == thread:
            self._holds += 1
            return True
        sound = True
        try:
            queued = self._queue.acquire(False)
            if self._closed:
                acquired = False
            elif queued and self._take_fast(word):
                acquired = True
            elif nanos == 0:
                acquired = queued and self._try_take(self._owner(), word, False)
            else:
                acquired = self._wait(word, nanos, queued) and not self._closed
            if acquired:
                self._acquired += 1
                sound = repairing or not self._reporting or not self._inconsistent.value
                if sound:
                    self._word = word
                    self._holds = 1
                    self._thread = thread
                    return True
            self._drop()
        except BaseException:
            self._drop()
            raise
        if not sound:
            raise _owner_died(self._name)
        self._require_open()
        return False

    def _swap_fast(self, expected: int, word: int) -> bool:
        """Compare and set the owner word, in the queue, to one that was prepared."""
        self._expected.value = expected
        return bool(self._swap(self._owner_pointer, self._expected_pointer, self._prepared[word], 5, 5))

    def _take_fast(self, word: int) -> bool:
        """Take a free lock, or one that a thread of this process took but did not come to own: Ctrl-C was between."""
        if self._swap_fast(_FREE, word):
            return True
        found = self._owner()
        return self._is_own(found) and self._cas(found, word | found & _WAITERS)

    def _wait(self, word: int, nanos: Optional[int], queued: bool) -> bool:
        """Wait for the threads of this process, then for the other processes: whether the lock was taken."""
        start = time.monotonic_ns()
        acquired = False
        self._attachments.add_waiting(1)
        try:
            if not queued:
                queued = self._queue.acquire(timeout=-1 if nanos is None else nanos / 1e9)
            if queued and not self._closed:
                acquired = self._take_fast(word) or self._contend(word, start, nanos)
            return acquired
        finally:
            self._attachments.add_waiting(-1)
            self._publish()
            self._count(_CONTENDED, 1)
            self._count(_WAIT_NANOS, time.monotonic_ns() - start)
            if not acquired:
                self._count(_TIMEOUTS, 1)

    def _contend(self, word: int, start: int, nanos: Optional[int]) -> bool:
        """Wait as the only thread of this process: spin, then sleep in slices."""
        for _ in range(_SPINS):
            if self._owner() == _FREE and self._cas(_FREE, word):
                return True
        announced = acquired = False
        last_found = _FREE
        self._atomics.add_4(self._sleepers_word, 1)
        try:
            while not acquired and not self._closed:
                waited = time.monotonic_ns() - start
                if waited > _PATIENCE_NANOS:
                    announced |= self._cas_successor(0, self._self)
                found = self._owner()
                if found == _FREE:
                    others = self._sleepers() > 1
                    acquired = self._cas(_FREE, word | _WAITERS if others else word)
                elif self._try_take(found, word, found | _WAITERS == last_found):
                    acquired = True
                elif nanos is not None and waited >= nanos:
                    break
                elif found & _SLOT_BITS and not self._is_own_reservation(found):
                    last_found = self._sleep(found, last_found, None if nanos is None else nanos - waited)
            return acquired
        finally:
            self._atomics.add_4(self._sleepers_word, -1)
            if announced:
                self._cas_successor(self._self, 0)
            if not acquired:
                self._withdraw()

    def _sleep(self, found: int, last_found: int, remaining: Optional[int]) -> int:
        """Sleep at most a slice; the word if it did not change for a whole one."""
        awaited = found | _WAITERS
        if found != awaited and not self._cas(found, awaited):
            return last_found
        before = time.monotonic_ns()
        _system().futex_wait(self._owner_word, awaited,
                             _SLICE_NANOS if remaining is None else min(_SLICE_NANOS, remaining))
        return awaited if time.monotonic_ns() - before >= _SLICE_NANOS else _FREE

    def _withdraw(self) -> None:
        """Give up without leaving a hand-over or a wake-up unused."""
        found = self._owner()
        if self._is_own_reservation(found):
            self._cas(found, _SUSPECT)
        while self._sleepers() > 0:
            found = self._owner()
            if found in (_FREE, _SUSPECT):
                self._wake(1)
                return
            if self._cas(found, found | _WAITERS):
                return

    def _try_take(self, found: int, word: int, lapsed: bool) -> bool:
        """Take over from a dead owner, or a reservation that nobody will take."""
        if found == _FREE:
            return False
        if found & _RESERVED:
            return (lapsed or self._is_open(found)) and self._take_reservation(found, word)
        return not self._is_alive(found) and self._take_from_dead(found, word)

    def _is_alive(self, found: int) -> bool:
        return self._attachments.is_alive((found & _SLOT_BITS) - 1, found >> 32)

    def _is_own_reservation(self, found: int) -> bool:
        return bool(found & _RESERVED) and found & _IDENTITY_BITS == self._self

    def _is_open(self, reserved: int) -> bool:
        successor = reserved & _IDENTITY_BITS
        return successor == self._self or successor != self._successor() or not self._is_alive(reserved)

    def _take_reservation(self, found: int, word: int) -> bool:
        if not self._cas(found, word | found & _WAITERS):
            return False
        successor = self._successor()
        if successor & _IDENTITY_BITS == found & _IDENTITY_BITS:
            self._cas_successor(successor, 0)
        return True

    def _take_from_dead(self, found: int, word: int) -> bool:
        """The new word bears WHOLE only if the old one did: should this process die before it marks, the next will."""
        whole = found & _WHOLE
        marks = not whole and self._reporting
        try:
            if not self._cas(found, (word if whole else word & ~_WHOLE) | found & _WAITERS):
                return False
            if marks:
                self._mark()
        except BaseException:
            # Ctrl-C between the two: the word will be freed, so the mark must not be missing
            if marks and self._is_own(self._owner()):
                self._mark()
            raise
        self._count(_RECOVERIES, 1)
        return True

    def _mark(self) -> None:
        self._atomics.store_4(self._memory.control + _INCONSISTENT, 1)

    def _is_own(self, found: int) -> bool:
        return _is_held(found) and found & _IDENTITY_BITS == self._self

    # Release

    def _free(self) -> bool:
        """Free the owner word; False if this process does not hold it."""
        while True:
            found = self._owner()
            if not self._is_own(found):
                return False
            successor = self._successor()
            if successor:
                if self._hand_over(found, successor):
                    return True
            elif self._cas(found, _SUSPECT if self._inconsistent.value else _FREE):
                if found & _WAITERS:
                    self._wake(1)
                return True

    def _hand_over(self, found: int, successor: int) -> bool:
        reserved = successor & _IDENTITY_BITS | _RESERVED | _WAITERS
        if not self._cas(found, reserved):
            return False
        if self._successor() != successor:
            self._cas(reserved, _SUSPECT)
        self._wake(_EVERYBODY)
        return True

    def _require_open(self) -> None:
        if self._closed:
            raise _closed(self._name)

    def _close(self) -> None:
        """Refuse acquisitions and wait, at most 5 seconds, until no thread of this process holds the lock."""
        self._closed = True
        self._attachments.discard_if_truncated()
        self._wake(_EVERYBODY)
        self._publish()
        if not self._queue.acquire(timeout=_CLOSE_SECONDS):
            return
        held = self._thread == threading.get_ident()
        self._thread = None
        self._holds = 0
        self._free()
        self._queue.release()
        if held:
            self._queue.release()


def _nanos(blocking: bool, timeout: Optional[float]) -> Optional[int]:
    if timeout is None or timeout == -1:
        return None if blocking else 0
    if not blocking:
        raise ValueError(f"Expected no timeout for a non-blocking acquire, found {timeout}. Leave one of them out")
    if not timeout >= 0:
        raise ValueError(f"Expected a timeout of at least 0 seconds, -1 or None, found {timeout}")
    return None if timeout >= threading.TIMEOUT_MAX else int(timeout * 1e9)
