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
"""Open segments."""

import ctypes
import importlib
import threading
import weakref
from typing import Any, Optional, TYPE_CHECKING, Tuple, Union

from ._attachments import Attachment, _Attachments
from ._errors import SegmentMismatchError, _closed
from ._failures import _run_all
from ._list import ShareableList
from ._lock import SharedLock
from ._memory import _Memory
from ._names import _NamedFile, _semaphore_path
from ._schema import _Schema, _checked, _dtype
from ._semaphore import _map_semaphore, _semaphore_class

if TYPE_CHECKING:
    from multiprocessing.synchronize import RLock

    from ._opening import _Request

_open_segments: "weakref.WeakSet[Segment]" = weakref.WeakSet()


class Segment:
    """An open segment: :func:`open` makes it. Safe for use by several threads.

    It stays attached until :meth:`close`, the end of its ``with`` block, or the exit of the process. It closes by
    itself when nothing refers any more to it, its lock, or a view of its memory, as :attr:`buf`, :meth:`raw` and
    :meth:`numpy` give it. A forked child has an attachment of its own and does not hold the locks of its parent.

    Pickled, it travels by its name and the options of :func:`open`, and is opened at the other end.
    """

    def __init__(self, request: "_Request", schema: _Schema, memory: _Memory, attachments: Optional[_Attachments],
                 file: _NamedFile) -> None:
        self._request = request
        self._name = request.name
        self._schema = schema
        self._memory = memory
        self._attachments = attachments
        self._readonly = request.readonly
        self._reporting = request.on_owner_death == "report"
        self._file = file
        self._type = request.element or schema.element_type()
        self._cell = self._type.from_buffer(memory.bytes) if schema.kind == "value" else None
        self._mutex = threading.RLock()
        self._lock: Union[SharedLock, "RLock", None] = None
        self._closed = False
        _open_segments.add(self)

    @property
    def name(self) -> str:
        """The name: the file in /dev/shm."""
        return self._name

    @property
    def kind(self) -> str:
        """``value``, ``array``, ``list``, ``block`` or ``lock``."""
        return self._schema.kind

    @property
    def schema(self) -> str:
        """The element type in readable form, such as ``int64`` or ``struct{x:float64@0}8``; ``list``, ``bytes``,
        ``process`` or ``semaphore`` for the other kinds."""
        return self._schema.text

    @property
    def type(self) -> Any:
        """The ctypes type of an element: a scalar, or a ``Structure`` for a record. None for lists and locks."""
        return self._type

    @property
    def length(self) -> int:
        """The number of elements or items; the bytes of a block; 0 for a lock."""
        return self._schema.length

    @property
    def shape(self) -> Tuple[int, ...]:
        """The number of elements along each dimension, as numpy has it; empty for a value and a lock."""
        return self._schema.shape

    @property
    def size(self) -> int:
        """The length of the data in bytes."""
        return self._schema.size

    @property
    def managed(self) -> bool:
        """Whether it has a control block, that is, attachments and a lock; others made it if not."""
        return self._attachments is not None

    @property
    def readonly(self) -> bool:
        """Whether this process may only read the data."""
        return self._readonly

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._closed

    @property
    def buf(self) -> memoryview:
        """The data as bytes, without the lock; read-only if the segment is.

        Views that are still in use when the segment is closed read zeros from then on, and what is written to them
        goes nowhere.
        """
        self._require_open()
        view = memoryview(self._memory.bytes)[:self.size]
        return view.toreadonly() if self._readonly else view

    def raw(self) -> Any:
        """The data as a ctypes object, as ``RawValue`` and ``RawArray`` have it: without the lock, in one dimension.

        :raises SegmentMismatchError: for lists and locks, and if the segment is open for reading only
        """
        if self.type is None:
            raise self._mismatch("value, array or block", "Use list() for a list and lock() for a lock")
        self._require_writable()
        element = self.type
        return (element if self.kind == "value" else element * self.length).from_buffer(self._memory.bytes)

    def synchronized(self) -> Any:
        """The data as ``multiprocessing.Value`` and ``Array`` have it: a wrapper with ``get_lock`` and ``get_obj``
        whose accesses hold the segment's lock."""
        from multiprocessing import sharedctypes

        synchronized: Any = sharedctypes.synchronized
        return synchronized(self.raw(), self.lock())

    def numpy(self) -> Any:
        """The data as a numpy array of :attr:`shape` over the shared memory, without the lock.

        :raises SegmentMismatchError: for lists and locks
        :raises ImportError: if numpy is not installed
        """
        numpy = importlib.import_module("numpy")
        if self.type is None:
            raise self._mismatch("value, array or block", "Use list() for a list and lock() for a lock")
        return numpy.ndarray(self.shape, _dtype(numpy, self.type), self.buf)

    def list(self, locked: bool = True) -> ShareableList:
        """The data as a list whose accesses hold the segment's lock, unless it is open for reading only or others made
        it.

        :param locked: False to read and write without the lock, as CPython's own list does
        :raises SegmentMismatchError: if the segment is no list
        :raises InvalidSegmentError: if it is damaged
        """
        if self.kind != "list":
            raise self._mismatch("list", "Use raw(), numpy() or buf")
        return ShareableList(self, locked)

    @property
    def value(self) -> Any:
        """The value of a segment of kind value, read or written in one step under its lock, as Java does it.

        A record is read as a copy and written from an object of :attr:`type`. Without a lock (others made the
        segment, or it is open for reading only) it is one plain access.

        :raises SegmentMismatchError: if the segment is no value
        :raises OverflowError: if a number to be written is out of range
        """
        cell = self._require_value()
        lock = self._step_lock()
        if lock is None:
            return self._read(cell)
        lock._enter_whole()
        try:
            return self._read(cell)
        finally:
            lock.release()

    @value.setter
    def value(self, value: Any) -> None:
        cell = self._require_value()
        self._require_writable()
        record = isinstance(cell, ctypes.Structure)
        if not record:
            value = self._type(_checked(self.schema, value)).value
        elif not isinstance(value, self._type):
            raise TypeError(f"Expected a {self._type.__name__} for '{self.name}', found {type(value).__name__}. Make"
                            " one with segment.type(…)")
        lock = self._step_lock()
        if lock is None:
            self._write(cell, value)
            return
        if record:
            lock.acquire()
        else:
            lock._enter_whole()
        try:
            self._write(cell, value)
        finally:
            lock.release()

    def _read(self, cell: Any) -> Any:
        return type(cell).from_buffer_copy(cell) if isinstance(cell, ctypes.Structure) else cell.value

    def _write(self, cell: Any, value: Any) -> None:
        if isinstance(cell, ctypes.Structure):
            ctypes.memmove(ctypes.addressof(cell), ctypes.addressof(value), ctypes.sizeof(cell))
        else:
            cell.value = value

    def lock(self) -> Union[SharedLock, Any]:
        """The lock of the segment, the same object at each call: a :class:`SharedLock`, or for a lock of kind semaphore
        CPython's own ``RLock``. That one stays taken when its holder dies, until ``force_release()`` is called.

        To type checkers it is a :class:`SharedLock`, which nearly all segments have, so that nobody has to ask.

        :raises SegmentMismatchError: if the segment has none, or this user may only read it
        :raises UnsupportedPlatformError: if libatomic is not installed; for kind semaphore, if this is not glibc
        :raises SegmentNotFoundError: if the file of the semaphore is gone
        :raises SegmentAccessError: if the file of the semaphore is not to be trusted, by the rules of the segment's own
        :raises InvalidSegmentError: if the file of the semaphore has another size
        """
        with self._mutex:
            self._require_open()
            if self._attachments is None or self._attachments.slot < 0:
                raise SegmentMismatchError(
                    f"Segment '{self.name}' was expected to have a control block that this user may write, which its"
                    " lock needs, found " + ("a file that others made. Use the lock of another segment"
                                             if self._attachments is None else "a file that this user may only read."
                                             " Have its owner make it writable for this user, or use the lock of"
                                             " another segment"))
            if self._lock is None:
                self._lock = (self._semaphore(self._attachments) if self._file.semaphore else
                              SharedLock(self.name, self._memory, self._attachments, self._reporting))
            return self._lock

    def _semaphore(self, attachments: _Attachments) -> "RLock":
        mapping = _map_semaphore(self.name, self._request.trust._replace(
            what=f"Semaphore '{self.name}'", path=_semaphore_path(self.name), readable=False))
        lock: "RLock" = _semaphore_class()(self._request, self._memory, attachments, mapping)
        return lock

    def attachments(self) -> Tuple[Attachment, ...]:
        """The live attachments in all processes, this one included unless this user may only read the file.

        :raises SegmentMismatchError: if others made the segment: nobody can know
        """
        self._require_open()
        if self._attachments is None:
            raise self._mismatch("segment with a control block", "Nobody can know who uses a file that others made")
        return self._attachments.list()

    @property
    def linked(self) -> bool:
        """Whether the name leads to this segment, and was not removed or replaced."""
        return self._file.is_linked()

    def unlink(self) -> None:
        """Remove the name now if it leads to this segment; attachments keep their memory. Allowed after closing.

        :raises SegmentAccessError: if the file belongs to another user, who alone may remove it; or if another process
            is removing it and does not go on for 5 seconds
        """
        if self._attachments is None:
            self._file.remove()
        else:
            self._attachments.unlink()

    def close(self) -> None:
        """Detach. Idempotent; threads that wait for the lock leave with :class:`SegmentClosedError`.

        A thread that holds the lock may finish within 5 seconds. If this was the last live attachment and the segment
        is to be removed by the last, the name is removed; if only its owner may do that, its owner's next opening does.
        Views that are still in use read zeros. The segment is closed also if this raises. If the system does not let
        the memory be replaced by zeros, views can still write, so the attachment stays as long as anything refers to
        the memory, or until the process exits.

        :raises SegmentAccessError: if another process is removing the name and does not go on for 5 seconds
        :raises OSError: if the memory could not be replaced by zeros
        """
        with self._mutex:
            if self._closed:
                return
            self._closed = True
            _open_segments.discard(self)
            if self._attachments is not None:
                self._attachments.leaving = True
        _run_all([self._close_lock, self._detach])

    def _close_lock(self) -> None:
        lock: Any = self._lock
        if lock is not None:
            lock._close()

    def _detach(self) -> None:
        if self._attachments is None:
            self._memory.discard()
        else:
            self._attachments.leave(self._memory.discard)

    def __enter__(self) -> "Segment":
        self._require_open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Segment {self.name!r}: {self._schema.describe()}{', closed' if self._closed else ''}>"

    def __reduce__(self) -> Tuple[Any, ...]:
        if not self.managed:
            raise TypeError("Expected a segment with a control block, found a file that others made. Send its name and"
                            " declare its type there")
        from ._opening import _reopen

        return _reopen, (self.name, self._request.options())

    def _mismatch(self, expected: str, remedy: str) -> SegmentMismatchError:
        return SegmentMismatchError(f"Segment '{self.name}' was expected to be a {expected}, found"
                                    f" {self._schema.describe()}. {remedy}")

    def _require_open(self) -> None:
        if self._closed:
            raise _closed(self.name)

    def _require_value(self) -> Any:
        self._require_open()
        if self._cell is None:
            raise self._mismatch("value", "Use raw() or numpy() for an array, list() for a list, buf for a block")
        return self._cell

    def _require_writable(self) -> None:
        self._require_open()
        if self._readonly:
            raise SegmentMismatchError(f"Segment '{self.name}' was expected to be open for writing, found it open for"
                                       " reading only. Open it with readonly=False")

    def _step_lock(self) -> Optional[SharedLock]:
        """The lock for single accesses to a value or list; None where there is none."""
        if self._attachments is None or self._readonly:
            return None
        lock = self._lock or self.lock()
        assert isinstance(lock, SharedLock)
        return lock

    def _after_fork(self) -> None:
        self._mutex = threading.RLock()
        if self._attachments is not None and not self._attachments.attached:
            self.close()
