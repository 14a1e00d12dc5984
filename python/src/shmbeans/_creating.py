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
"""How a segment is created."""

import os
import random
import time
from typing import Any, Iterable, Optional, Sequence, Type, Union

from ._attachments import _Attachments, _ProcessInfo
from ._content import Item, _Content, _NewContent, _declare
from ._control import _new_control_block
from ._errors import OutOfMemoryError, SegmentExistsError
from ._files import _descriptors, _link, _unnamed_file
from ._layout import DIRECTORY, _BY_LAST, _file_size
from ._memory import _Memory
from ._names import _NamedFile, _WITH_SEMAPHORE, _identity, _semaphore_path
from ._opening import _Attempts, _EMPTY_SECONDS, _Request, _requested_shape
from ._platform import _system
from ._segment import Segment
from ._semaphore import _create_semaphore

_FULL_SECONDS = 1
_LARGEST_DATA = 1 << 61


def create(name: str, *, value: Union[str, Type[Any], None] = None, array: Any = None,
           list: Optional[Iterable[Union[_Content, Item]]] = None, block: Optional[int] = None,  # noqa: A002
           lock: Union[str, bool, None] = None, initial: Any = None, length: Optional[int] = None,
           shape: Union[int, Sequence[int], None] = None,
           permissions: int = 0o600, on_shutdown: str = "unlink-if-last", on_owner_death: str = "report",
           application: Optional[str] = None) -> Segment:
    """Create a segment, of which nobody sees anything until it is complete.

    One of the first five arguments after the name says what it holds. A segment of that name is replaced if its
    attachments are all dead, one of them had asked for its removal, and this user may remove it.

    :param name: its name, the file in /dev/shm: 1 to 250 of ``A-Z a-z 0-9 . _ -``, no leading dot
    :param value: a value of this type: ``int64``, a typecode such as ``q``, a ctypes type, a ``Structure`` for a
        record, or a structure as :attr:`Segment.schema` spells it
    :param array: an array of elements of this type; or a buffer with the elements themselves, such as a numpy array,
        whose shape it has
    :param list: a list of these items: int, float, bool, str, bytes, None, or :class:`Item`
    :param block: a block of so many bytes
    :param lock: a lock that stands alone: True or ``process``; ``semaphore`` for one that CPython's own locks can join
    :param initial: the value, or the elements of the array, that it begins with; zeros by default. An array of ``char``
        takes bytes or, as UTF-8, str, one of ``wchar`` str; they may be shorter than the array. Members of a record may
        be given as a tuple
    :param length: the number of elements of an array; that of ``initial`` by default
    :param shape: the number of elements along each dimension, instead of a length; that of ``initial`` by default
    :param permissions: the permission bits of the file, whatever the umask is: ``0o600`` to ``0o666``
    :param on_shutdown: ``unlink-if-last`` asks that the last attachment, in whichever process, removes the name;
        ``close`` does not; ``unlink`` lets the close of this attachment remove it, even if others are attached
    :param on_owner_death: as for :func:`open`
    :param application: as for :func:`open`
    :raises SegmentExistsError: if there is a segment of that name, or a file
    :raises SegmentAccessError: if that file is not to be trusted, a link or a directory for example
    :raises InvalidSegmentError: if that segment is damaged
    :raises OutOfMemoryError: if /dev/shm has no room
    :raises ValueError: if an argument is out of range, or contradicts another
    :raises TypeError: if the initial data is not of the type
    :raises OverflowError: if a number is out of the range of its type
    """
    content = _declare(name, value, array, list, block, lock, initial, _requested_shape(name, length, shape))
    request = _Request(name, None, None, None, False, False, permissions, on_owner_death, application,
                       element=content.element, declared=content.schema)
    return _Creator(request, content, on_shutdown).create()


def create_or_attach(name: str, *, value: Union[str, Type[Any], None] = None,
                     array: Any = None,
                     list: Optional[Iterable[Union[_Content, Item]]] = None,  # noqa: A002
                     block: Optional[int] = None, lock: Union[str, bool, None] = None, initial: Any = None,
                     length: Optional[int] = None, shape: Union[int, Sequence[int], None] = None,
                     permissions: int = 0o600, on_shutdown: str = "unlink-if-last",
                     on_owner_death: str = "report", application: Optional[str] = None, on_mismatch: str = "fail",
                     foreign_owner: bool = False) -> Segment:
    """Attach to a segment that is there and fits, or create it. If several processes do so at once, one creates.

    All arguments of :func:`create`. What is there keeps its data and its permissions, and ``on_shutdown`` holds for
    it too.

    :param permissions: for a new file; for one that is there, the most write permissions of group and others
    :param on_mismatch: ``fail``, or ``replace-if-unused`` to replace a segment that does not fit, if its attachments
        are all dead and one of them had asked for its removal
    :param foreign_owner: whether another user may own the file that is there
    :raises SegmentAccessError: if the file that is there is not to be trusted, or this user may not use it
    :raises InvalidSegmentError: if it is damaged, or of another major version
    :raises SegmentMismatchError: if it does not hold what the arguments say
    :raises AttachmentLimitError: if it has 128 live attachments
    """
    content = _declare(name, value, array, list, block, lock, initial, _requested_shape(name, length, shape))
    request = _Request(name, None, None, None, False, foreign_owner, permissions, on_owner_death, application,
                       element=content.element, declared=content.schema, on_mismatch=on_mismatch)
    return _Creator(request, content, on_shutdown).create_or_attach()


class _Creator:
    """Creates a segment: builds it whole in a file without a name, then gives it the name."""

    def __init__(self, request: _Request, content: _NewContent, on_shutdown: str) -> None:
        request.require_sound()
        if on_shutdown not in ("unlink-if-last", "close", "unlink"):
            raise ValueError("Expected on_shutdown to be 'unlink-if-last', 'close' or 'unlink', found"
                             f" {on_shutdown!r}")
        if request.on_mismatch not in ("fail", "replace-if-unused"):
            raise ValueError("Expected on_mismatch to be 'fail' or 'replace-if-unused', found"
                             f" {request.on_mismatch!r}")
        if request.permissions & ~0o666 or request.permissions & 0o600 != 0o600:
            raise ValueError("Expected permissions of 0o600 to 0o666 with read and write for the owner, found"
                             f" {request.permissions:#o}")
        _system()
        self._request = request
        self._content = content
        self._on_shutdown = on_shutdown
        self._attempts = _Attempts(request, 0)

    def create(self) -> Segment:
        request = self._request
        while True:
            if os.path.lexists(request.path) and not request.remove_dead():
                raise SegmentExistsError(
                    f"Segment '{request.name}' was expected not to exist, found one that is in use or is to be kept."
                    " Use create_or_attach() or open(), choose another name, or remove"
                    f" {request.path} if nobody needs it")
            segment = self._try_create()
            if segment is not None:
                return self._complete(segment, new=True, exclusive=True)
            self._attempts.pause(missing=False)

    def create_or_attach(self) -> Segment:
        while True:
            if os.path.lexists(self._request.path):
                segment = self._request.try_attach(self._attempts.waited < _EMPTY_SECONDS)
                new = False
            else:
                segment = self._try_create_or_look_again()
                new = True
            if segment is not None:
                return self._complete(segment, new, exclusive=False)
            self._attempts.pause(missing=False)

    def _try_create_or_look_again(self) -> Optional[Segment]:
        """Where there is too little memory for two, another process may be building the segment: it has taken the
        memory, but the name comes last."""
        try:
            return self._try_create()
        except OutOfMemoryError:
            room = os.statvfs(DIRECTORY)
            could_fit = _file_size(self._content.schema.size) <= room.f_blocks * room.f_frsize
            if not os.path.lexists(self._request.path) and (not could_fit or self._attempts.waited >= _FULL_SECONDS):
                raise
            time.sleep(random.uniform(0, _FULL_SECONDS / 20))
            return None

    def _try_create(self) -> Optional[Segment]:
        """Create the segment; None if the name is taken."""
        request, schema = self._request, self._content.schema
        if schema.size > _LARGEST_DATA:
            raise request.out_of_memory(schema.size)
        fd = _unnamed_file(request.permissions)
        try:
            request.allocate(fd, _file_size(schema.size))
            memory = _Memory(fd, _file_size(schema.size), True)
            attachments: Optional[_Attachments] = None
            created = False
            try:
                process = _ProcessInfo.current(request.application)
                removal = _BY_LAST if self._on_shutdown == "unlink-if-last" else 0
                memory.write(0, _new_control_block(schema, process.pid, process.application, removal))
                memory.begin_with(self._content.data)
                file = _NamedFile(request.name, _identity(os.fstat(fd)), schema.is_semaphore)
                attachments = self._attach(fd, memory, file, process)
                segment = Segment(request, schema, memory, attachments, file)
                created = _link(fd, request.path)
                return segment if created else None
            finally:
                if not created:
                    memory.discard() if attachments is None else attachments.leave(memory.discard)
        finally:
            os.close(fd)

    @staticmethod
    def _attach(fd: int, memory: _Memory, file: _NamedFile, process: _ProcessInfo) -> _Attachments:
        """Attach by a descriptor of its own: the mapping would keep the locks of the first one."""
        presence = _descriptors.open(f"/proc/self/fd/{fd}", os.O_RDWR)
        attached = False
        try:
            attachments = _Attachments(presence, memory, file, process)
            attached = attachments.attach(True, new=True)
            return attachments
        finally:
            if not attached:
                _descriptors.close(presence)

    def _complete(self, segment: Segment, new: bool, exclusive: bool) -> Segment:
        """Do what comes after the segment has its name, or undo: the last attachment removes what nobody was given."""
        attachments = segment._attachments
        assert attachments is not None
        completed = False
        try:
            if self._content.schema.is_semaphore:
                self._open_semaphore(segment, exclusive)
            completed = True
        finally:
            if not completed:
                if new:
                    attachments.request_removal()
                segment.close()
        if self._on_shutdown == "unlink-if-last" and not new:
            attachments.request_removal()
        attachments.unlinks = self._on_shutdown == "unlink"
        return segment

    def _open_semaphore(self, segment: Segment, exclusive: bool) -> None:
        """Open the semaphore that belongs to the segment, and create it if there is none."""
        name = self._request.name
        if not _create_semaphore(name, self._request.permissions) and exclusive:
            raise SegmentExistsError(
                f"Semaphore '{name}' was expected not to exist, found one. Use create_or_attach(), choose another name,"
                f" or remove {_semaphore_path(name)} if nobody needs it")
        segment.lock()
        segment.buf[:] = _WITH_SEMAPHORE
