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
"""How a segment is opened."""

import errno
import os
import time
from typing import Any, Dict, NamedTuple, Optional, Tuple

from ._attachments import _Attachments, _ProcessInfo
from ._control import _ControlBlock
from ._errors import (InvalidSegmentError, OutOfMemoryError, SegmentAccessError, SegmentMismatchError,
                      SegmentNotFoundError)
from ._files import _descriptors
from ._layout import DIRECTORY, _CONTROL_LENGTH, _KINDS, _MAGIC, _PAGE
from ._memory import _Memory
from ._names import _NAME, _NamedFile, _Trust, _identity
from ._platform import _RETRY_SECONDS, _system
from ._schema import _SCALARS, _Schema, _TYPECODES, _declared
from ._segment import Segment

_BUSY_SECONDS = 10
_EMPTY_SECONDS = 1


def _reopen_lock(name: str, options: Dict[str, Any]) -> Any:
    """Open the segment of a lock that was sent to this process; it stays attached as long as the lock is in use."""
    return open(name, **options).lock()


def open(name: str, *, type: Optional[str] = None, kind: Optional[str] = None,  # noqa: A001, A002
         length: Optional[int] = None, readonly: bool = False, foreign_owner: bool = False, permissions: int = 0o600,
         timeout: float = 0, on_owner_death: str = "report", application: Optional[str] = None) -> Segment:
    """Attach to a segment that is there.

    An abandoned segment is removed instead if this user may do so, also with ``readonly=True``, and counts as missing:
    its last attachment was of another user and could not remove it. Its owner and root may remove it.

    :param name: its name, the file in /dev/shm: 1 to 250 of ``A-Z a-z 0-9 . _ -``, no leading dot
    :param type: what the segment must hold: ``int64``, a typecode such as ``q``, a structure as :attr:`Segment.schema`
        spells it, ``list`` or ``bytes``. Needed only for a file that others made, which does not say it itself
    :param kind: the kind it must have; for a file that others made, ``value`` or ``array``
    :param length: the number of elements it must have; for a file that others made, how many to use, all by default
    :param readonly: whether to refuse every write; then a file that this user may only read will do. Such a reader is
        not counted as attached
    :param foreign_owner: whether another user may own the file
    :param permissions: the most write permissions that group and others may have
    :param timeout: how many seconds to wait for the segment to appear. An empty file, which its creator is still
        making, is waited for at least 1 s, and then refused
    :param on_owner_death: ``report``, or ``ignore`` to take the lock over from a dead holder silently, although the
        data may be inconsistent; use the same in all processes
    :param application: the name under which others see this attachment, cut to 40 bytes; the script's by default
    :raises SegmentNotFoundError: if there is none after the timeout
    :raises SegmentAccessError: if the file is not to be trusted, or this user may not use it
    :raises InvalidSegmentError: if it is damaged, or of another major version
    :raises SegmentMismatchError: if it does not hold what the arguments say
    :raises AttachmentLimitError: if it has 128 live attachments
    """
    _system()
    if not _NAME.fullmatch(name):
        raise ValueError(f"Expected a segment name of 1 to 250 characters A-Z a-z 0-9 . _ - without leading dot, found"
                         f" {name!r}. Choose another name")
    if on_owner_death not in ("report", "ignore"):
        raise ValueError(f"Expected on_owner_death to be 'report' or 'ignore', found {on_owner_death!r}")
    if kind is not None and kind not in _KINDS.values():
        raise ValueError(f"Expected kind to be one of {', '.join(_KINDS.values())}, found {kind!r}")
    request = _Request(name, type, kind, length, readonly, foreign_owner, permissions, on_owner_death, application)
    start = time.monotonic()
    while True:
        waited = time.monotonic() - start
        segment = request.try_attach(waited < max(_EMPTY_SECONDS, timeout))
        if segment is not None:
            return segment
        if not os.path.lexists(request.path):
            if waited >= timeout:
                raise SegmentNotFoundError(
                    f"Segment '{name}' was expected in {DIRECTORY}, found nothing after {waited:.3f} s. Start the"
                    " process that creates it first, or raise the timeout")
        elif waited >= max(_BUSY_SECONDS, timeout):
            raise SegmentAccessError(
                f"Could not open '{name}': it was repeatedly created and removed, or locked, for {waited:.0f} s. Look"
                " for a stopped process that was about to remove it, or for programs that remove files from"
                f" {DIRECTORY}")
        time.sleep(_RETRY_SECONDS)


def _reopen(name: str, options: Dict[str, Any]) -> Segment:
    """Open a segment that was pickled."""
    return open(name, **options)


class _Request(NamedTuple):
    """How to open a segment."""

    name: str
    type: Optional[str]
    kind: Optional[str]
    length: Optional[int]
    readonly: bool
    foreign_owner: bool
    permissions: int
    on_owner_death: str
    application: Optional[str]

    @property
    def trust(self) -> "_Trust":
        return _Trust(f"Segment '{self.name}'", self.path, self.foreign_owner, self.permissions, True)

    def options(self) -> Dict[str, Any]:
        """What a pickled segment takes along."""
        return {option: getattr(self, option)
                for option in ("readonly", "foreign_owner", "permissions", "on_owner_death", "application")}

    @property
    def path(self) -> str:
        return f"{DIRECTORY}/{self.name}"

    def try_attach(self, patient: bool) -> Optional[Segment]:
        """Attach; None if there is no segment, or it is just being removed, or it is empty and the caller waits."""
        opened = self._open_file()
        if opened is None:
            return None
        fd, writable = opened
        try:
            status = os.fstat(fd)
            self.trust.require(status)
            if status.st_size == 0 and patient:
                return None
            return self._attach(fd, status, writable)
        finally:
            os.close(fd)

    def _open_file(self) -> Optional[Tuple[int, bool]]:
        try:
            return self.trust.open(os.O_RDWR), True
        except FileNotFoundError:
            return None
        except SegmentAccessError as ex:
            if ex.errno != errno.EACCES or not self.readonly:
                raise
        try:
            return self.trust.open(os.O_RDONLY), False
        except FileNotFoundError:
            return None

    def _attach(self, fd: int, status: os.stat_result, writable: bool) -> Optional[Segment]:
        size = status.st_size
        if size == 0:
            raise self._mismatch("a file with data", "an empty file", "Start its creator again, raise the timeout, or"
                                 f" remove {self.path}")
        magic = os.pread(fd, len(_MAGIC), max(0, size - _CONTROL_LENGTH))
        managed = _ControlBlock.is_present(size, magic)
        if writable and status.st_blocks * 512 < size:
            self._allocate(fd, size)
        file = _NamedFile(self.name, _identity(status), False)
        memory = _Memory(fd, size, writable)
        attached = False
        attachments: Optional[_Attachments] = None
        try:
            if managed:
                schema = _ControlBlock.read(self.name, memory.read(0, _PAGE), size).schema
                file = file._replace(semaphore=(schema.kind, schema.text) == ("lock", "semaphore"))
                attachments = self._join(fd, memory, schema, file, writable)
                if attachments is None:
                    return None
            else:
                schema = self._adopt(size)
            segment = Segment(self, schema, memory, attachments, file)
            attached = True
            return segment
        finally:
            if not attached:
                memory.discard() if attachments is None else attachments.leave(memory.discard)

    def _allocate(self, fd: int, size: int) -> None:
        """Give every byte memory: to touch one that has none is fatal where none is left."""
        try:
            os.posix_fallocate(fd, 0, size)
        except OSError as ex:
            if ex.errno not in (errno.ENOSPC, errno.EFBIG, errno.ENOMEM):
                raise
            raise OutOfMemoryError(f"Segment '{self.name}' was expected to have memory for {size} bytes, found"
                                   f" {DIRECTORY} full. Free some, or enlarge {DIRECTORY}") from None

    def _join(self, fd: int, memory: _Memory, schema: _Schema, file: _NamedFile,
              writable: bool) -> Optional[_Attachments]:
        """Attach by a descriptor of its own: a mapping would keep the locks of the one it was made from."""
        presence = _descriptors.open(f"/proc/self/fd/{fd}", os.O_RDWR if writable else os.O_RDONLY)
        joined = False
        try:
            attachments = _Attachments(presence, memory, file, _ProcessInfo.current(self.application))
            if writable and attachments.remove_if_abandoned():
                return None
            self._require_match(schema)
            joined = attachments.attach(writable)
            return attachments if joined else None
        finally:
            if not joined:
                _descriptors.close(presence)

    def _require_match(self, found: _Schema) -> None:
        expected = _TYPECODES.get(self.type, self.type) if self.type is not None else found.text
        if (expected != found.text or (self.kind or found.kind) != found.kind
                or (found.length if self.length is None else self.length) != found.length):
            wanted = found._replace(kind=self.kind or found.kind, text=expected,
                                    length=found.length if self.length is None else self.length)
            raise self._mismatch(wanted.describe(), found.describe(), "Leave type, kind and length out to take what is"
                                 " there")

    def _adopt(self, size: int) -> _Schema:
        if self.type is None:
            raise self._mismatch("a segment with a control block", f"a file of {size} bytes that others made",
                                 "Say what it holds: type='int64', type='list', type='bytes'")
        try:
            return _declared(self.name, self.type, self.kind, self.length, size)
        except InvalidSegmentError:
            raise ValueError(f"Expected type to be a typecode, 'list', 'bytes' or one of {' '.join(_SCALARS)}, or a"
                             f" structure as Segment.schema spells it, found {self.type!r}") from None

    def _mismatch(self, expected: str, found: str, remedy: str) -> SegmentMismatchError:
        return SegmentMismatchError(f"Segment '{self.name}' was expected to be {expected}, found {found}. {remedy}")
