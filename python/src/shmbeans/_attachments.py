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
"""Who is attached to a segment, and whether they live."""

import contextlib
import datetime
import functools
import io
import os
import struct
import sys
import threading
import weakref
from typing import Callable, Iterator, NamedTuple, Optional, Set, Tuple

from ._control import _cut, _decode, _time
from ._errors import AttachmentLimitError, SegmentAccessError, SegmentNotFoundError
from ._failures import _run_all
from ._files import _FileLocks, _descriptors
from ._layout import (_APPLICATION_LENGTH, _BY_LAST, _BY_OWNER, _CONTROL_LENGTH, _IDENTITY_BITS, _JOINING_BYTES, _OWNER,
                      _PRESENCE_BYTE, _REMOVAL, _SLOT, _SLOTS, _SLOT_BYTES, _SLOT_COUNT, _SLOT_LENGTH, _SLOT_WAITING)
from ._memory import _Control, _Memory
from ._names import _NamedFile, _may_remove
from ._platform import _atomics, _system

_attached: "Set[_Attachments]" = set()


class Attachment(NamedTuple):
    """A live attachment as its process described itself; for people, not for decisions."""

    slot: int
    pid: int
    start_time: datetime.datetime
    application: str
    waiting: int


class _ProcessInfo(NamedTuple):
    """How this process describes itself."""

    pid: int
    start_millis: int
    application: str

    @staticmethod
    def current(application: Optional[str]) -> "_ProcessInfo":
        if application is None:
            application = os.path.basename(sys.argv[0] if sys.argv else "") or "python"
            application = "python" if application in ("-c", "-m", "-") else application
        return _ProcessInfo(os.getpid(), _start_millis(), application)


def _start_millis() -> int:
    """When this process started, in milliseconds since 1970; 0 if the system does not tell."""
    try:
        with io.open("/proc/self/stat", "rb") as file:
            ticks = int(file.read().rpartition(b")")[2].split()[19])
        with io.open("/proc/stat", "rb") as file:
            boot = next(int(line.split()[1]) for line in file if line.startswith(b"btime "))
        return 1000 * boot + 1000 * ticks // os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, StopIteration):
        return 0


class _Attachments:
    """Who is attached, and whether they live: ``io.github.shmbeans.internal.control.Attachments``. Safe for threads.

    It leaves at the latest when nothing refers to the mapped memory any more, so it does not refer to it either: it
    has the address, and its callers have the memory.
    """

    def __init__(self, fd: int, memory: _Memory, file: _NamedFile, process: _ProcessInfo) -> None:
        self._fd = fd
        self._locks = _FileLocks(fd)
        self._memory = _Control(memory.control)
        self._bytes = weakref.ref(memory.bytes)
        self._discard = functools.partial(_system().discard, memory.address, memory.size)
        self._size = memory.size
        self._file = file
        self._process = process
        self._pid = os.getpid()
        self._mutex = threading.RLock()
        self._requested = 0
        self.unlinks = False
        self.leaving = False
        self.slot = -1
        self.epoch = 0

    @staticmethod
    def _offset(slot: int) -> int:
        return _SLOTS + slot * _SLOT_LENGTH

    def present(self, slot: bool) -> bool:
        """Share the presence byte; False if the last attachment is just removing the name.

        An observer has no slot and only looks at the byte. A share, even for a moment, would keep the last attachment
        from removing the name. A removal may begin right after the look: then it is as if the observer came before.
        """
        return self._locks.try_shared(_PRESENCE_BYTE) if slot else self._locks.find_locked(_PRESENCE_BYTE, 1) is None

    def is_linked(self) -> bool:
        return os.fstat(self._fd).st_nlink > 0

    def attach(self, slot: bool, new: bool = False) -> bool:
        """Attach with a slot, or as an observer who is not counted; False if the segment is gone or just being removed.

        :param new: whether the file is one that has no name yet
        :raises AttachmentLimitError: if there is no free slot
        """
        if not self.present(slot) or not (new or self.is_linked()):
            return False
        self._settle(slot)
        self._removal()
        memory = self._bytes()
        assert memory is not None
        _attached.add(self)
        weakref.finalize(memory, self.leave).atexit = False
        return True

    def _settle(self, slot: bool) -> None:
        """Take a slot, unless it is an observer. If there is none, leave: the others may have left meanwhile."""
        if slot:
            try:
                self._join()
            except BaseException:
                self._leave_presence()
                raise

    @property
    def attached(self) -> bool:
        return self._fd >= 0 and not self.leaving

    def _join(self) -> None:
        """Take a slot. The presence byte must be shared already."""
        for slot in range(_SLOT_COUNT):
            if not self._locks.try_exclusive(_JOINING_BYTES + slot):
                continue
            try:
                if self._take(slot, self._process):
                    return
            finally:
                self._locks.unlock(_JOINING_BYTES + slot)
        raise AttachmentLimitError(
            f"Segment '{self._file.name}' was expected to have a free slot, found {_SLOT_COUNT} live attachments. Close"
            " attachments that are no longer needed, or share through fewer processes")

    def _take(self, slot: int, process: _ProcessInfo) -> bool:
        """Take a slot unless somebody has it. The joining byte of the slot must be locked: nobody else takes it now.

        The epoch changes before the slot byte is locked. The other way round, a process that is stopped between the
        two steps would make the dead owner of the slot look alive.
        """
        if self._locks.find_locked(_SLOT_BYTES + slot, 1) is not None:
            return False
        offset = self._offset(slot)
        epoch = self._memory.uint(offset)
        self._memory.write(offset + _SLOT_WAITING, _SLOT.pack(0, 0, process.pid, process.start_millis,
                                                             _cut(process.application, _APPLICATION_LENGTH))[4:])
        while True:
            epoch.value = (epoch.value + 1) & 0xffffffff
            if self._memory.uint(_OWNER, 64).value & _IDENTITY_BITS != epoch.value << 32 | slot + 1:
                break
        if not self._locks.try_exclusive(_SLOT_BYTES + slot):
            return False
        self.slot, self.epoch = slot, epoch.value
        return True

    def is_alive(self, slot: int, epoch: int) -> bool:
        """Whether the attachment that took a slot with an epoch lives; one that does not exist is dead."""
        if not 0 <= slot < _SLOT_COUNT or self._memory.uint(self._offset(slot)).value != epoch:
            return False
        with self._mutex:
            # The epoch once more after the byte: another may have taken the slot in between, and raises it first
            return slot == self.slot or (self._fd >= 0
                                         and self._locks.find_locked(_SLOT_BYTES + slot, 1) is not None
                                         and self._memory.uint(self._offset(slot)).value == epoch)

    def list(self) -> Tuple[Attachment, ...]:
        found: Set[int] = {self.slot} if self.slot >= 0 else set()
        with self._mutex:
            if self._fd >= 0:
                found.update(_locked_slots(self._locks))
        return tuple(self.find(slot) for slot in sorted(found))

    def find(self, slot: int) -> Attachment:
        return _attachment(slot, self._memory.read(self._offset(slot), _SLOT.size))

    def add_waiting(self, change: int) -> None:
        _atomics().add_4(self._memory.control + self._offset(self.slot) + _SLOT_WAITING, change)

    def _is_truncated(self) -> bool:
        return os.fstat(self._fd).st_size < self._size

    def discard_if_truncated(self) -> None:
        """Let the memory read zeros if another program has truncated the file: to touch what is missing is fatal.

        Finalizers call it, so it takes no mutex. If the file is closed meanwhile, the memory is discarded already. The
        caller refers to the memory.
        """
        truncated = False
        with contextlib.suppress(OSError):
            truncated = self._fd >= 0 and self._is_truncated()
        if truncated:
            self._discard()

    def _removal(self) -> int:
        """Who is to remove the name, also if a request that was seen is lost because the file was truncated.

        Read from the file: the mapping may be gone already.
        """
        self._requested = _read_removal(self._fd, self._size) or self._requested
        return self._requested

    def request_removal(self) -> None:
        """Ask the last attachment to remove the name."""
        self._requested = _BY_LAST
        self._write_removal(_BY_LAST)

    def _write_removal(self, removal: int) -> None:
        if not self._is_truncated():
            os.pwrite(self._fd, struct.pack("<I", removal), _removal_offset(self._size))

    def unlink(self) -> None:
        """Remove the name if it leads to the segment, with the descriptor of this attachment if it is open."""
        with self._mutex:
            self._file.remove(self._fd if self._pid == os.getpid() else -1)

    def leave(self, discard: Optional[Callable[[], None]] = None) -> None:
        """Give up the memory, and then the slot; the last attachment removes the name before if that was asked for.

        Each step is done though an earlier one failed, with one exception: if the memory could not be given up, the
        attachment stays, because others would take it for dead while this process can still write. It leaves when
        nothing refers to the memory any more, or at the exit of the process.

        In a forked child that did not renew its attachment, the locks are the parent's: it only closes the file.

        An attachment that ``unlinks`` removes the name even if others are attached.
        """
        self.leaving = True
        with self._mutex:
            slot = self.slot if self._fd >= 0 and self._pid == os.getpid() else -1
            _run_all(([self._remove_at_once] if slot >= 0 and self.unlinks else [])
                     + ([self._leave_presence] if slot >= 0 else [])
                     + [functools.partial(self._leave_memory, slot, discard)])

    def leave_and_discard(self) -> None:
        """Leave although views of the memory may be in use; they read zeros from then on."""
        if self._bytes() is not None:
            self.leave(self._discard)

    def _remove_at_once(self) -> None:
        """Remove the name; if this user may not, the last attachment is asked to."""
        if not _try_remove(self._file, self._fd):
            self.request_removal()

    def _leave_presence(self) -> None:
        """Be present no more. If nobody else is, nobody can attach while the name is removed.

        The last attachment never lets go of the byte before. If others are there, it does: of several that leave at the
        same time, the last finds nobody.
        """
        last = self._locks.try_exclusive(_PRESENCE_BYTE)
        if not last:
            self._locks.unlock(_PRESENCE_BYTE)
            last = self._locks.try_exclusive(_PRESENCE_BYTE)
        if last:
            try:
                if self._removal() and not _try_remove(self._file, self._fd):
                    self._write_removal(_BY_OWNER)
            finally:
                self._locks.unlock(_PRESENCE_BYTE)

    def _leave_memory(self, slot: int, discard: Optional[Callable[[], None]]) -> None:
        if discard is not None:
            discard()
        _run_all(([functools.partial(self._locks.unlock, _SLOT_BYTES + slot)] if slot >= 0 else [])
                 + [self._close_file])

    def _close_file(self) -> None:
        _attached.discard(self)
        fd, self._fd = self._fd, -1
        _descriptors.close(fd)

    @property
    def descriptor(self) -> int:
        return self._fd

    def renew(self) -> None:
        """In a forked child: attach again, or not at all, and drop what it inherited of the parent's locks.

        A child that neither attaches nor gives up the memory keeps the parent's descriptor, and with it the slot.
        """
        self._mutex = threading.RLock()
        self.unlinks = False
        slot, self.slot = self.slot, -1
        memory = self._bytes()
        try:
            if memory is not None and not self.leaving:
                self._attach_again(slot >= 0)
        finally:
            if self._pid != os.getpid():
                self.leave(self._discard if memory is not None else None)

    def _attach_again(self, slot: bool) -> None:
        unused, self._fd = self._fd, _descriptors.open(f"/proc/self/fd/{self._fd}", os.O_RDWR if slot else os.O_RDONLY)
        self._locks = _FileLocks(self._fd)
        renewed = False
        try:
            process = self._process._replace(pid=os.getpid(), start_millis=_start_millis())
            self._process = process
            if self._is_truncated() or slot and not self.present(slot):
                raise SegmentNotFoundError(
                    f"Could not attach the forked process to segment '{self._file.name}': its last attachment is"
                    " removing it, or another program has truncated it. Fork while the segment is open")
            self._settle(slot)
            self._pid = process.pid
            renewed = True
        finally:
            if not renewed:
                unused, self._fd, self.slot = self._fd, unused, -1
                self._locks = _FileLocks(self._fd)
            _descriptors.close(unused)


def _removal_offset(size: int) -> int:
    return size - _CONTROL_LENGTH + _REMOVAL


def _read_removal(fd: int, size: int) -> int:
    """Who is to remove the name; 0 if nobody is, or if the file was truncated."""
    found = os.pread(fd, 4, _removal_offset(size))
    return int.from_bytes(found, "little") if len(found) == 4 else 0


def _try_remove(file: _NamedFile, fd: int) -> bool:
    """Remove the name; False if this user may not."""
    try:
        file.remove(fd)
    except SegmentAccessError as ex:
        if ex.errno is None:
            raise
        return False
    return True


def _remove_if_dead(file: _NamedFile, fd: int, size: int, abandoned: bool) -> bool:
    """Remove the name of a segment to which nobody is attached, if an attachment has asked for that and this user may.

    Nobody can attach between the look whether anybody lives and the removal. Who may not remove the name does not look:
    an attachment that leaves meanwhile would take the look for another attachment.

    :param fd: the file, open for writing and without locks
    :param abandoned: whether only a segment counts whose last attachment was not allowed to remove it
    """
    def asked() -> bool:
        return _read_removal(fd, size) in ((_BY_OWNER,) if abandoned else (_BY_LAST, _BY_OWNER))

    locks = _FileLocks(fd)
    if not asked() or not _may_remove(os.fstat(fd)) or not locks.try_exclusive(_PRESENCE_BYTE):
        return False
    try:
        return asked() and _try_remove(file, fd)
    finally:
        locks.unlock(_PRESENCE_BYTE)


def _locked_slots(locks: _FileLocks) -> Iterator[int]:
    """The kernel names any locked byte of a range, not the first: halve around it."""
    ranges = [(0, _SLOT_COUNT)]
    while ranges:
        start, end = ranges.pop()
        locked = locks.find_locked(_SLOT_BYTES + start, end - start) if start < end else None
        if locked is not None:
            slot = locked - _SLOT_BYTES
            yield slot
            ranges += [(start, slot), (slot + 1, end)]


def _attachment(slot: int, described: bytes) -> Attachment:
    _, waiting, pid, start, application = _SLOT.unpack(described)
    return Attachment(slot, pid, _time(start), _decode(application), max(0, waiting))
