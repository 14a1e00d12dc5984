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
import operator
import os
import time
from typing import Any, Dict, NamedTuple, Optional, Sequence, Tuple, Type, Union

from ._attachments import _Attachments, _ProcessInfo, _remove_if_dead
from ._control import _ControlBlock
from ._errors import (InvalidSegmentError, OutOfMemoryError, SegmentAccessError, SegmentMismatchError,
                      SegmentNotFoundError)
from ._files import _descriptors
from ._layout import DIRECTORY, _CONTROL_LENGTH, _KINDS, _MAGIC, _PAGE
from ._memory import _Memory
from ._names import _NAME, _NamedFile, _Trust, _identity, _is_file_name
from ._platform import _RETRY_SECONDS, _system
from ._schema import _SCALARS, _Schema, _TYPECODES, _declared, _shape_of, _text_of
from ._segment import Segment

_BUSY_SECONDS = 10
_EMPTY_SECONDS = 1


def _reopen_lock(name: str, options: Dict[str, Any]) -> Any:
    """Open the segment of a lock that was sent to this process; it stays attached as long as the lock is in use."""
    return open(name, **options).lock()


def open(name: str, *, type: Union[str, Type[Any], None] = None,  # noqa: A001, A002
         kind: Optional[str] = None, length: Optional[int] = None, shape: Union[int, Sequence[int], None] = None,
         readonly: bool = False, foreign_owner: bool = False, permissions: int = 0o600, timeout: float = 0,
         on_owner_death: str = "report", application: Optional[str] = None) -> Segment:
    """Attach to a segment that is there.

    An abandoned segment is removed instead if this user may do so, also with ``readonly=True``, and counts as missing:
    its last attachment was of another user and could not remove it. Its owner and root may remove it.

    :param name: its name, the file in /dev/shm; also one that this library would not create, such as ``a b``
    :param type: what the segment must hold: ``int64``, a typecode such as ``q``, a ctypes type, a structure as
        :attr:`Segment.schema` spells it, ``list`` or ``bytes``. Needed only for a file that others made, which does not
        say it itself
    :param kind: the kind it must have; for a file that others made, ``value`` or ``array``
    :param length: the number of elements it must have; for a file that others made, how many to use, all by default
    :param shape: the number of elements along each dimension that it must have, instead of a length
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
    if kind is not None and kind not in _KINDS.values():
        raise ValueError(f"Expected kind to be one of {', '.join(_KINDS.values())}, found {kind!r}")
    element, text = (None, type) if type is None or isinstance(type, str) else (type, _text_of(type))
    request = _Request(name, text, kind, _requested_shape(name, length, shape), readonly, foreign_owner, permissions, on_owner_death, application,
                       element=element)
    request.require_sound()
    attempts = _Attempts(request, timeout)
    while True:
        segment = request.try_attach(attempts.waited < max(_EMPTY_SECONDS, timeout))
        if segment is not None:
            return segment
        attempts.pause(missing=True)


def _requested_shape(name: str, length: Optional[int],
                     shape: Union[int, Sequence[int], None]) -> Optional[Tuple[int, ...]]:
    """The shape that a length or a shape stands for; None without."""
    if length is not None and shape is not None:
        raise ValueError(f"Expected a length or a shape for '{name}', found both. Leave the length out: it is the"
                         " product of the shape")
    if length is None:
        return None if shape is None else _shape_of(shape)
    count = operator.index(length)
    if count < 0:
        raise ValueError(f"Expected a length of 0 or more for '{name}', found {count}. Pass the number of elements")
    return _shape_of(count)


def _reopen(name: str, options: Dict[str, Any]) -> Segment:
    """Open a segment that was pickled."""
    return open(name, **options)


class _Attempts:
    """Attempts at a segment that others make and remove meanwhile."""

    def __init__(self, request: "_Request", timeout: float) -> None:
        self._request = request
        self._timeout = timeout
        self._start = time.monotonic()

    @property
    def waited(self) -> float:
        """The seconds since the first attempt began."""
        return time.monotonic() - self._start

    def pause(self, missing: bool) -> None:
        """Wait until the next attempt, or give up.

        :param missing: whether a segment that is not there is waited for until the timeout only
        """
        waited = self.waited
        name = self._request.name
        if missing and not os.path.lexists(self._request.path):
            if waited >= self._timeout:
                raise SegmentNotFoundError(
                    f"Segment '{name}' was expected in {DIRECTORY}, found nothing after {waited:.3f} s. Start the"
                    " process that creates it first, or raise the timeout")
        elif waited >= max(_BUSY_SECONDS, self._timeout):
            raise SegmentAccessError(
                f"Could not open '{name}': it was repeatedly created and removed, or locked, for {waited:.0f} s. Look"
                " for a stopped process that was about to remove it, or for programs that remove files from"
                f" {DIRECTORY}")
        time.sleep(_RETRY_SECONDS)


class _Request(NamedTuple):
    """How to open a segment, and what it is expected to hold: what was declared, or what the other arguments say."""

    name: str
    type: Optional[str]
    kind: Optional[str]
    shape: Optional[Tuple[int, ...]]
    readonly: bool
    foreign_owner: bool
    permissions: int
    on_owner_death: str
    application: Optional[str]
    element: Any = None
    declared: Optional[_Schema] = None
    on_mismatch: str = "fail"

    def require_sound(self) -> None:
        """Check the options that all openings have."""
        if self.declared is not None and not _NAME.fullmatch(self.name):
            raise ValueError(f"Expected a segment name of 1 to 250 characters A-Z a-z 0-9 . _ - without leading dot,"
                             f" found {self.name!r}. Choose another name")
        if not _is_file_name(self.name):
            raise ValueError(f"Expected the name of a file in {DIRECTORY}, of 1 to 255 bytes without slash and NUL,"
                             f" found {self.name!r}. Pass the name of a segment")
        if self.on_owner_death not in ("report", "ignore"):
            raise ValueError(f"Expected on_owner_death to be 'report' or 'ignore', found {self.on_owner_death!r}")

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
            self.allocate(fd, size)
        file = _NamedFile(self.name, _identity(status), False)
        memory = _Memory(fd, size, writable)
        attached = False
        attachments: Optional[_Attachments] = None
        try:
            if managed:
                schema = _ControlBlock.read(self.name, memory.read(0, _PAGE), size).schema
                file = file._replace(semaphore=schema.is_semaphore)
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

    def allocate(self, fd: int, size: int) -> None:
        """Give every byte memory: to touch one that has none is fatal where none is left."""
        try:
            os.posix_fallocate(fd, 0, size)
        except OSError as ex:
            if ex.errno not in (errno.ENOSPC, errno.EFBIG, errno.ENOMEM):
                raise
            raise self.out_of_memory(size) from None

    def out_of_memory(self, size: int) -> OutOfMemoryError:
        return OutOfMemoryError(f"Segment '{self.name}' was expected to have memory for {size} bytes, found {DIRECTORY}"
                                f" full. Free some, or enlarge {DIRECTORY}")

    def _join(self, fd: int, memory: _Memory, schema: _Schema, file: _NamedFile,
              writable: bool) -> Optional[_Attachments]:
        """Attach by a descriptor of its own: a mapping would keep the locks of the one it was made from."""
        presence = _descriptors.open(f"/proc/self/fd/{fd}", os.O_RDWR if writable else os.O_RDONLY)
        joined = False
        try:
            if writable and _remove_if_dead(file, presence, memory.size, abandoned=True):
                return None
            if not self._wanted(schema).accepts(schema):
                if (self.on_mismatch == "replace-if-unused" and writable
                        and _remove_if_dead(file, presence, memory.size, abandoned=False)):
                    return None
                raise self._unlike(schema)
            attachments = _Attachments(presence, memory, file, _ProcessInfo.current(self.application))
            joined = attachments.attach(writable)
            return attachments if joined else None
        finally:
            if not joined:
                _descriptors.close(presence)

    def remove_dead(self) -> bool:
        """Remove a segment to which nobody is attached, if an attachment has asked for that: whether the name is free.

        :raises SegmentAccessError: if the file is not to be trusted
        :raises InvalidSegmentError: if it is a damaged segment
        """
        opened = self._open_file()
        if opened is None:
            return True
        fd, _ = opened
        try:
            status = os.fstat(fd)
            self.trust.require(status)
            control = os.pread(fd, _PAGE, max(0, status.st_size - _CONTROL_LENGTH))
            if not _ControlBlock.is_present(status.st_size, control[:len(_MAGIC)]):
                return False
            schema = _ControlBlock.read(self.name, control, status.st_size).schema
            file = _NamedFile(self.name, _identity(status), schema.is_semaphore)
            presence = _descriptors.open(f"/proc/self/fd/{fd}", os.O_RDWR)
            try:
                return _remove_if_dead(file, presence, status.st_size, abandoned=False)
            finally:
                _descriptors.close(presence)
        finally:
            os.close(fd)

    def _wanted(self, found: _Schema) -> _Schema:
        """What the segment is to hold; what is there where nobody says."""
        text = found.text if self.type is None else _TYPECODES.get(self.type, self.type)
        return self.declared or found._replace(kind=self.kind or found.kind, text=text).shaped(self.shape)

    def _unlike(self, found: _Schema) -> SegmentMismatchError:
        remedy = ("Leave type, kind, length and shape out to take what is there" if self.declared is None else
                  "Declare what is there, pass on_mismatch='replace-if-unused' to replace it when nobody uses it any"
                  f" more, or stop its users and remove {self.path}")
        return self._mismatch(self._wanted(found).describe(), found.describe(), remedy)

    def _adopt(self, size: int) -> _Schema:
        if self.declared is not None:
            raise self._mismatch(self.declared.describe(), f"a file of {size} bytes that others made",
                                 "Use open() with its type, or choose another name")
        if self.type is None:
            raise self._mismatch("a segment with a control block", f"a file of {size} bytes that others made",
                                 "Say what it holds: type='int64', type='list', type='bytes'")
        try:
            return _declared(self.name, self.type, self.kind, self.shape, size)
        except InvalidSegmentError:
            raise ValueError(f"Expected type to be a typecode, 'list', 'bytes' or one of {' '.join(_SCALARS)}, or a"
                             f" structure as Segment.schema spells it, found {self.type!r}") from None

    def _mismatch(self, expected: str, found: str, remedy: str) -> SegmentMismatchError:
        return SegmentMismatchError(f"Segment '{self.name}' was expected to be {expected}, found {found}. {remedy}")
