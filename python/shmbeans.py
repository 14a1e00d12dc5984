#!/usr/bin/env python3
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
"""Join the shared-memory segments of shmbeans from stock CPython.

One file without dependencies, for CPython 3.8 or later on 64-bit Linux (x86-64, arm64)::

    import shmbeans

    readings = shmbeans.open("sensor-readings")
    with readings.lock():
        print(readings.numpy().mean())

A segment says itself what it holds. An open segment is a live attachment: others count it, and the last
attachment removes the segment if that was asked for. CPython's resource tracker never hears of it, so a process that
merely attaches removes nothing when it exits.

The bytes are specified in ``docs/layout.md``, the lock in ``docs/locking.md``, use from Python in ``docs/python.md``.
Run as a program, the file lists the segments of the host, or describes those that are named.
"""

import atexit
import contextlib
import ctypes
import datetime
import errno
import fcntl
import functools
import io
import mmap
import operator
import os
import re
import stat
import struct
import sys
import threading
import time
import weakref
from typing import (TYPE_CHECKING, Any, Callable, Dict, Iterator, List, NamedTuple, NoReturn, Optional, Sequence, Set,
                    Tuple, Union)

if TYPE_CHECKING:
    from multiprocessing.synchronize import RLock

__all__ = [
    "Attachment", "AttachmentLimitError", "Description", "InvalidSegmentError", "OwnerDiedError",
    "OutOfMemoryError", "Segment", "SegmentAccessError", "SegmentClosedError", "SegmentMismatchError",
    "SegmentNotFoundError", "ShareableList", "SharedLock", "SharedMemoryError", "Statistics",
    "UnsupportedPlatformError", "open", "segments",
]

DIRECTORY = "/dev/shm"

# Control block: docs/layout.md
_MAGIC = b"SHMBEANS"
_MAJOR = 1
_CONTROL_LENGTH = 12288
_PAGE = 4096
_IDENTITY = struct.Struct("<8sHHIIIIIQQQQqq40sII")
_OWNER = 256
_SUCCESSOR = 264
_SLEEPERS = 272
_INCONSISTENT = 276
_ACQUISITIONS = 320
_CONTENDED = 328
_WAIT_NANOS = 336
_TIMEOUTS = 344
_RECOVERIES = 352
_FORCED_UNLOCKS = 360
_REMOVAL = 448
_SCHEMA = 512
_SCHEMA_CAPACITY = 3584
_SLOTS = 4096
_SLOT = struct.Struct("<Iiqq40s")
_SLOT_LENGTH = 64
_SLOT_COUNT = 128
_SLOT_WAITING = 4
_APPLICATION_LENGTH = 40

# Removal of the name, at _REMOVAL
_BY_LAST = 1
_BY_OWNER = 2

# Bytes that attachments lock, far behind the end of the file
_SLOT_BYTES = 1 << 62
_JOINING_BYTES = _SLOT_BYTES + (1 << 19)
_PRESENCE_BYTE = _SLOT_BYTES + (1 << 20)

# Owner word: docs/locking.md
_FREE = 0
_SLOT_BITS = 0xff
_WHOLE = 1 << 8
_RESERVED = 1 << 9
_WAITERS = 1 << 31
_ORPHANED = _WAITERS
_SUSPECT = _RESERVED | _WAITERS
_IDENTITY_BITS = 0xffffffff000000ff

_SLICE_NANOS = 20_000_000
_PATIENCE_NANOS = 2_000_000
_SPINS = 64 if (os.cpu_count() or 1) > 1 else 0
_CLOSE_SECONDS = 5
_REMOVE_SECONDS = 5
_BUSY_SECONDS = 10
_EMPTY_SECONDS = 1
_LINK_SECONDS = 1
_RETRY_SECONDS = 0.001
_EVERYBODY = 0x7fffffff

_KINDS = {1: "value", 2: "array", 3: "list", 4: "block", 5: "lock"}
_STRUCT_CODE = 100
_SEMAPHORE_SIZE = 32
_WITH_SEMAPHORE = struct.pack("<q", 1)
_NOT_REGULAR = (errno.ELOOP, errno.EISDIR, errno.ENXIO, errno.ENODEV)

_SCALARS: Dict[str, Tuple[int, Any]] = {
    "int8": (1, ctypes.c_int8), "uint8": (2, ctypes.c_uint8), "int16": (3, ctypes.c_int16),
    "uint16": (4, ctypes.c_uint16), "int32": (5, ctypes.c_int32), "uint32": (6, ctypes.c_uint32),
    "int64": (7, ctypes.c_int64), "uint64": (8, ctypes.c_uint64), "float32": (9, ctypes.c_float),
    "float64": (10, ctypes.c_double), "bool": (11, ctypes.c_bool), "char": (12, ctypes.c_char),
    "wchar": (13, ctypes.c_wchar),
}
_TYPECODES = {
    "b": "int8", "B": "uint8", "h": "int16", "H": "uint16", "i": "int32", "I": "uint32", "l": "int64", "q": "int64",
    "L": "uint64", "Q": "uint64", "f": "float32", "d": "float64", "?": "bool", "c": "char", "u": "wchar",
}
_INTEGERS = {
    name: (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if name[0] == "i" else (0, (1 << bits) - 1)
    for name, bits in ((n, 8 * ctypes.sizeof(c)) for n, (_, c) in _SCALARS.items() if "int" in n)
}


class SharedMemoryError(Exception):
    """Base of all errors of this module: says what was expected, what was found, and what to do."""


class SegmentNotFoundError(SharedMemoryError, FileNotFoundError):
    """There is no segment of that name."""


class SegmentAccessError(SharedMemoryError, PermissionError):
    """The file is not one that this user may use, or should trust."""


class InvalidSegmentError(SharedMemoryError, ValueError):
    """The control block or the data of a segment is damaged, or of a version that this module does not know."""


class SegmentMismatchError(SharedMemoryError, TypeError):
    """The segment is sound, but not what the caller wants to use it as."""


class SegmentClosedError(SharedMemoryError, ValueError):
    """The segment was closed by this process."""


class AttachmentLimitError(SharedMemoryError):
    """All slots of the segment are taken by live attachments."""


class OutOfMemoryError(SharedMemoryError, MemoryError):
    """The filesystem has no room for bytes that the file claims to have."""


class OwnerDiedError(SharedMemoryError):
    """A process died while it held the lock, and nobody has repaired the data yet; the lock is not held."""


class UnsupportedPlatformError(SharedMemoryError, NotImplementedError):
    """Something that this module needs of the system is missing."""


class Attachment(NamedTuple):
    """A live attachment as its process described itself; for people, not for decisions."""

    slot: int
    pid: int
    start_time: datetime.datetime
    application: str
    waiting: int


class Statistics(NamedTuple):
    """What has happened to a lock, counted over all processes since the segment was made."""

    acquisitions: int
    contended: int
    wait_nanos: int
    timeouts: int
    recoveries: int
    forced_unlocks: int


class Description(NamedTuple):
    """What a segment is, read without attaching to it.

    ``size`` is the length of the data in bytes. An ``abandoned`` segment has no live attachment, and the last one could
    not remove it because the file belongs to another user; the next opening by its owner or root removes it.
    """

    name: str
    kind: str
    schema: str
    length: int
    size: int
    file_size: int
    created: datetime.datetime
    creator: str
    attachments: Tuple[Attachment, ...]
    abandoned: bool


# --- the system -------------------------------------------------------------------------------------------------


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


class _FileLocks:
    """Open-file-description locks on single bytes of a file; a descriptor's own locks never conflict."""

    _SETLK = getattr(fcntl, "F_OFD_SETLK", 37)
    _GETLK = getattr(fcntl, "F_OFD_GETLK", 36)
    _FLOCK = struct.Struct("hhqqi4x")

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def try_shared(self, offset: int) -> bool:
        return self._set(fcntl.F_RDLCK, offset)

    def try_exclusive(self, offset: int) -> bool:
        return self._set(fcntl.F_WRLCK, offset)

    def unlock(self, offset: int) -> None:
        self._set(fcntl.F_UNLCK, offset)

    def find_locked(self, offset: int, length: int) -> Optional[int]:
        """A byte in the range that another open file description has locked exclusively.

        A shared lock does not count: everybody who may read the file can take one.
        """
        found = fcntl.fcntl(self._fd, self._GETLK, self._FLOCK.pack(fcntl.F_RDLCK, os.SEEK_SET, offset, length, 0))
        kind, _, start, _, _ = self._FLOCK.unpack(found)
        return None if kind == fcntl.F_UNLCK else max(offset, start)

    def _set(self, kind: int, offset: int) -> bool:
        try:
            fcntl.fcntl(self._fd, self._SETLK, self._FLOCK.pack(kind, os.SEEK_SET, offset, 1, 0))
        except OSError as ex:
            if ex.errno in (errno.EAGAIN, errno.EACCES):
                return False
            raise
        return True


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


def _cut(text: str, length: int) -> bytes:
    """As many whole characters as fit, in UTF-8."""
    return text.encode("utf-8", "replace")[:length].decode("utf-8", "ignore").encode("utf-8")


def _time(millis: int) -> datetime.datetime:
    try:
        return datetime.datetime.fromtimestamp(millis / 1000, datetime.timezone.utc)
    except (OverflowError, OSError, ValueError):
        return datetime.datetime.fromtimestamp(0, datetime.timezone.utc)


# --- what a segment holds -----------------------------------------------------------------------------------------


class _SchemaReader:
    """Makes ctypes types of the readable form of an element type, such as ``struct{x:float64@0,y:int8[3]@8}16``.

    The text comes from the segment and is not trusted: sizes and offsets must be those that ctypes computes.
    """

    _DEPTH = 64
    _TOKEN = re.compile(r"[^\W\d]\w*|[0-9]{1,18}")

    def __init__(self, text: str, limit: int) -> None:
        self._text = text
        self._limit = limit
        self._at = 0

    def read(self) -> Any:
        element = self._type(0)
        if self._at != len(self._text):
            self._refuse("its end")
        return element

    def _type(self, depth: int) -> Any:
        name = self._token("the name of a type")
        if name != "struct" and name not in _SCALARS:
            self._refuse("one of " + " ".join(_SCALARS) + " struct")
        return _SCALARS[name][1] if name != "struct" else self._struct(depth + 1)

    def _struct(self, depth: int) -> Any:
        if depth > self._DEPTH:
            self._refuse(f"structures at most {self._DEPTH} deep")
        fields: List[Tuple[str, Any]] = []
        offsets: Dict[str, int] = {}
        self._expect("{")
        while not fields or self._text[self._at:self._at + 1] == ",":
            if fields:
                self._expect(",")
            name = self._token("the name of a member")
            special = hasattr(ctypes.Structure, name) or name[0] == name[-1] == "_"
            if not name.isidentifier() or special or name in offsets:
                self._refuse(f"a name that ctypes can take, not '{name}',")
            self._expect(":")
            member = self._member(depth)
            self._expect("@")
            offsets[name] = self._number()
            if offsets[name] + ctypes.sizeof(member) > self._limit:
                self._refuse(f"members that fit an element of {self._limit} bytes")
            fields.append((name, member))
        self._expect("}")
        size = self._number()
        made = type("Record", (ctypes.Structure,), {"_fields_": fields, "__module__": __name__, "__repr__": _repr})
        found = {name: getattr(made, name).offset for name, _ in fields}
        if found != offsets or ctypes.sizeof(made) != size:
            self._refuse(f"a size of {ctypes.sizeof(made)} and offsets {found}")
        return made

    def _member(self, depth: int) -> Any:
        member = self._type(depth)
        if self._text[self._at:self._at + 1] == "[":
            self._expect("[")
            length = self._number()
            if length * ctypes.sizeof(member) > self._limit:
                self._refuse(f"an array that fits an element of {self._limit} bytes")
            self._expect("]")
            member *= length
        return member

    def _token(self, what: str) -> str:
        match = self._TOKEN.match(self._text, self._at)
        if match is None:
            self._refuse(what)
        self._at = match.end()
        return match.group()

    def _number(self) -> int:
        token = self._token("a number")
        if not token.isdigit():
            self._refuse("a number")
        return int(token)

    def _expect(self, character: str) -> None:
        if self._text[self._at:self._at + 1] != character:
            self._refuse(f"'{character}'")
        self._at += 1

    def _refuse(self, expected: str) -> NoReturn:
        raise InvalidSegmentError(
            f"Schema '{self._text[:200]}' was expected to have {expected} at character {self._at}, found"
            f" '{self._text[self._at:self._at + 20]}'. Use the same version in all processes, or remove the segment")


def _repr(record: Any) -> str:
    members = ((name, getattr(record, name)) for name, _ in record._fields_)
    return "Record(" + ", ".join(
        f"{name}={list(member) if isinstance(member, ctypes.Array) else member!r}" for name, member in members) + ")"


@functools.lru_cache(maxsize=256)
def _element_type(text: str, limit: int) -> Any:
    """The ctypes type of a readable form; equal forms have the same class."""
    return _SchemaReader(text, limit).read()


class _Schema(NamedTuple):
    """What the data of a segment is."""

    kind: str
    text: str
    element_size: int
    length: int
    size: int

    def describe(self) -> str:
        if self.kind == "value":
            return "value of " + self.text
        if self.kind == "array":
            return f"array of {self.length} {self.text}"
        if self.kind == "list":
            return f"list of {self.length} items"
        return f"block of {self.size} bytes" if self.kind == "block" else "lock of kind " + self.text


def _fnv1a(data: bytes) -> int:
    """The 64-bit FNV-1a hash. Source: RFC 9923."""
    result = 0xcbf29ce484222325
    for byte in data:
        result = (result ^ byte) * 0x100000001b3 & 0xffffffffffffffff
    return result


class _ControlBlock(NamedTuple):
    """The identity of a segment, checked against its file."""

    schema: _Schema
    created_millis: int
    creator_pid: int
    creator: str

    @staticmethod
    def is_present(file_size: int, magic: bytes) -> bool:
        """Whether others made the file: then it has no control block."""
        return file_size >= _CONTROL_LENGTH and file_size % _PAGE == 0 and magic == _MAGIC

    @staticmethod
    def read(name: str, control: bytes, file_size: int) -> "_ControlBlock":
        """Check and read it.

        :param control: at least the first 4096 bytes, which begin with the magic; a copy that nobody can change
        :raises InvalidSegmentError: if anything is not as docs/layout.md says
        """
        (_, major, _, length, incompatible, _, kind_code, type_code, element_size, count, data_length, schema_hash,
         created, pid, creator, slots, schema_length) = _IDENTITY.unpack_from(control)

        def require(what: str, expected: object, found: object, sound: bool) -> None:
            if not sound:
                raise InvalidSegmentError(
                    f"Segment '{name}' has a damaged control block: {what} was expected to be {expected}, found"
                    f" {found}. Stop its users and remove {DIRECTORY}/{name}")

        if major != _MAJOR:
            raise InvalidSegmentError(
                f"Segment '{name}' was expected to have layout version {_MAJOR}, found version {major}. Use the same"
                f" major version of the library in all processes, or remove {DIRECTORY}/{name}")
        if incompatible:
            raise InvalidSegmentError(
                f"Segment '{name}' was expected to have no incompatible features, found {incompatible:#x}. Use a"
                f" shmbeans.py as new as the library that made it, or remove {DIRECTORY}/{name}")
        require("control block length", _CONTROL_LENGTH, length, length == _CONTROL_LENGTH)
        require("slot count", _SLOT_COUNT, slots, slots == _SLOT_COUNT)
        require("data length", f"0 to {file_size}", data_length, data_length <= file_size)
        expected_size = -(-data_length // _PAGE) * _PAGE + _CONTROL_LENGTH
        require("file size", expected_size, file_size, file_size == expected_size)
        require("kind", "1 to 5", kind_code, kind_code in _KINDS)
        kind = _KINDS[kind_code]
        if kind in ("list", "lock"):
            require("item count", f"0 to {data_length}", count, count <= data_length)
        else:
            require("data length", f"{count} elements of {element_size} bytes", data_length,
                    count > 0 and element_size > 0 and count * element_size == data_length)
        require("element count of a value", 1, count, kind != "value" or count == 1)
        require("schema length", f"0 to {_SCHEMA_CAPACITY}", schema_length, schema_length <= _SCHEMA_CAPACITY)
        encoded = control[_SCHEMA:_SCHEMA + schema_length]
        try:
            text = encoded.decode("utf-8")
        except UnicodeDecodeError:
            require("schema", "UTF-8", "malformed bytes", False)
        require("schema hash", f"{_fnv1a(encoded):#x}", f"{schema_hash:#x}", schema_hash == _fnv1a(encoded))
        schema = _Schema(kind, text, element_size, count, data_length)
        if kind in ("value", "array"):
            expected_code = _SCALARS[text][0] if text in _SCALARS else _STRUCT_CODE
            require("element type code", expected_code, type_code, type_code == expected_code)
            found = ctypes.sizeof(_element_type(text, element_size))
            require("element size", found, element_size, element_size == found)
        else:
            texts = {"list": ("list",), "block": ("bytes",), "lock": ("process", "semaphore")}[kind]
            require("schema", " or ".join(texts), f"'{text[:40]}'", text in texts)
            require("element size", int(kind == "block"), element_size, element_size == (kind == "block"))
            require("data length", "8", data_length, text != "semaphore" or data_length == 8)
        return _ControlBlock(schema, created, pid, _decode(creator))


def _decode(padded: bytes) -> str:
    try:
        return padded.rstrip(b"\0").decode("utf-8")
    except UnicodeDecodeError:
        return "?"


def _declared(name: str, declared: str, kind: Optional[str], length: Optional[int], size: int) -> _Schema:
    """The schema of a file that others made, as the caller declares it."""
    text = _TYPECODES.get(declared, declared)
    if text in ("list", "bytes"):
        kind = "list" if text == "list" else "block"
        element_size = 0 if kind == "list" else 1
    else:
        kind = kind or "array"
        if kind not in ("value", "array"):
            raise ValueError(f"Expected kind 'value' or 'array' for type '{declared}', found '{kind}'. Leave it out")
        element_size = ctypes.sizeof(_element_type(text, size))
    if kind == "list":
        return _Schema(kind, text, 0, length or 0, size)
    count = 1 if kind == "value" else size // element_size if length is None else length
    if count < 1 or count * element_size > size:
        raise SegmentMismatchError(
            f"Segment '{name}' was expected to hold {max(1, count)} {text}, at least {max(1, count) * element_size}"
            f" bytes, found a file of {size} bytes. Declare the type and length that its creator uses")
    return _Schema(kind, text, element_size, count, count * element_size)


# --- files that others may have made ---------------------------------------------------------------------------------


class _Trust(NamedTuple):
    """Which file may be used under a name. Reading it will do unless it is a semaphore."""

    what: str
    path: str
    foreign_owner: bool
    permissions: int
    readable: bool

    def open(self, access: int) -> int:
        """Open the file, for reading or for both.

        :raises FileNotFoundError: if there is none
        :raises SegmentAccessError: if it is no regular file; if this user may not open it, with ``errno`` EACCES
        """
        try:
            return os.open(self.path, access | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
        except FileNotFoundError:
            raise
        except OSError as ex:
            raise self._not_opened(ex, access) from None

    def _not_opened(self, ex: OSError, access: int) -> Exception:
        try:
            found = os.stat(self.path, follow_symlinks=False)
        except FileNotFoundError as gone:
            return gone
        except OSError:
            return ex
        if ex.errno == errno.EACCES:
            error = self._refused("a file that this user may read" + (" and write" if access == os.O_RDWR else ""),
                                  f"{_file_type(found)} of user id {found.st_uid} and group id {found.st_gid} with"
                                  f" permissions {stat.S_IMODE(found.st_mode):#o}", self._remedy(access))
            error.errno = ex.errno
            return error
        if ex.errno in _NOT_REGULAR:
            return self._refused("a regular file", _file_type(found), "Remove it or choose another name")
        return ex

    def _remedy(self, access: int) -> str:
        """What to do if this user may not open the file; only what can work."""
        if not self.readable:
            return "Have its owner make it writable for this user, or join that group: a lock is written to"
        remedy = "Have its owner create it with wider permissions, or join that group if they let it in"
        if access == os.O_RDWR and os.access(self.path, os.R_OK, effective_ids=True):
            remedy += ", or pass readonly=True to read only"
        return remedy

    def require(self, status: os.stat_result) -> None:
        """Check the file that was opened.

        :raises SegmentAccessError: if it is not to be trusted
        """
        if not stat.S_ISREG(status.st_mode):
            raise self._refused("a regular file", _file_type(status), "Remove it or choose another name")
        if status.st_uid != os.geteuid() and not self.foreign_owner:
            raise self._refused(f"a file of user id {os.geteuid()}", f"one of user id {status.st_uid}",
                                "Pass foreign_owner=True if you trust that user, choose another name, or have that user"
                                " or root remove it")
        found = stat.S_IMODE(status.st_mode)
        if found & 0o022 & ~self.permissions:
            raise self._refused(f"of permissions of at most {self.permissions:#o}", f"{found:#o}",
                                f"Pass permissions={found:#o} if you trust who may write, or chmod the file")
        if status.st_nlink > 1:
            raise self._refused("a file with one name", f"{status.st_nlink} hard links",
                                "Remove the other names or choose another name")

    def _refused(self, expected: str, found: str, remedy: str) -> SegmentAccessError:
        return SegmentAccessError(f"{self.what} was expected to be {expected}, found {found}. {remedy}")


def _file_type(status: os.stat_result) -> str:
    for test, name in ((stat.S_ISREG, "a regular file"), (stat.S_ISDIR, "a directory"), (stat.S_ISFIFO, "a FIFO"),
                       (stat.S_ISLNK, "a symbolic link"), (stat.S_ISSOCK, "a socket")):
        if test(status.st_mode):
            return name
    return "a device"


# --- descriptors with locks ------------------------------------------------------------------------------------------


class _Descriptors:
    """The open files on which this process has locks. A forked child closes its copies of them.

    Otherwise a copy would keep the locks after a death of this process. No thread forks between the opening of a file
    and its entry here, or between its closing and the removal of the entry. Nothing else is locked meanwhile, but a
    finalizer may run: so its lock is reentrant, and comes after that of an attachment.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._open: Set[int] = set()

    def open(self, path: str, flags: int) -> int:
        with self.lock:
            fd = os.open(path, flags | os.O_CLOEXEC)
            self._open.add(fd)
            return fd

    def close(self, fd: int) -> None:
        with self.lock:
            if fd in self._open:
                self._open.remove(fd)
                os.close(fd)

    def close_all_but(self, kept: Set[int]) -> None:
        """In a forked child: close what belonged to threads that are not here."""
        _run_all([functools.partial(self.close, fd) for fd in self._open - kept])


_descriptors = _Descriptors()


# --- removing names ------------------------------------------------------------------------------------------------


def _may_remove(status: os.stat_result) -> bool:
    return os.geteuid() in (0, status.st_uid)


def _identity(status: os.stat_result) -> Tuple[int, int]:
    return status.st_dev, status.st_ino


def _unlink(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return
    except PermissionError as ex:
        raise _not_removable(path, os.stat(path, follow_symlinks=False), ex.errno) from ex


def _not_removable(path: str, status: os.stat_result, number: Optional[int]) -> SegmentAccessError:
    error = SegmentAccessError(
        f"Could not remove {path}: it belongs to user id {status.st_uid}, and this process runs as user id"
        f" {os.geteuid()}. Remove it as that user or as root")
    error.errno = number
    return error


class _NamedFile(NamedTuple):
    """The name of a segment, and the file that it led to when the segment was opened. All names are removed here.

    Everybody who removes a name locks the file meanwhile, so the name cannot be removed and made again between the
    check and the removal.
    """

    name: str
    identity: Tuple[int, int]
    semaphore: bool

    @property
    def path(self) -> str:
        return f"{DIRECTORY}/{self.name}"

    def is_linked(self) -> bool:
        try:
            return _identity(os.stat(self.path, follow_symlinks=False)) == self.identity
        except FileNotFoundError:
            return False

    def remove(self, fd: int = -1) -> None:
        """Remove the name if it leads to the file.

        :param fd: the file if it is open already, and no other thread uses it to remove the name; then no other
            descriptor is needed
        :raises SegmentAccessError: if this user may not remove it, with ``errno`` set; if somebody else is removing it
            and does not go on
        """
        if fd >= 0:
            self._remove(fd)
            return
        opened = self._open()
        if opened is not None:
            try:
                if _identity(os.fstat(opened)) == self.identity:
                    self._remove(opened)
            finally:
                _descriptors.close(opened)

    def _open(self) -> Optional[int]:
        try:
            return _descriptors.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError as ex:
            if not self.is_linked():
                return None
            if isinstance(ex, PermissionError):
                raise _not_removable(self.path, os.stat(self.path, follow_symlinks=False), ex.errno) from ex
            raise

    def _remove(self, fd: int) -> None:
        self._lock(fd)
        try:
            if self.is_linked():
                self._remove_semaphore(fd)
                _unlink(self.path)
        finally:
            fcntl.flock(fd, fcntl.LOCK_UN)

    def _lock(self, fd: int) -> None:
        deadline = time.monotonic() + _REMOVE_SECONDS
        while True:
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise SegmentAccessError(
                        f"Could not remove {self.path}: another process has locked it to remove it and did not go on"
                        f" for {_REMOVE_SECONDS} s. Look for a stopped process, and remove the file yourself") from None
            time.sleep(_RETRY_SECONDS)

    def _remove_semaphore(self, fd: int) -> None:
        """The semaphore goes first, but not without the segment: others would miss it."""
        if self.semaphore and os.pread(fd, 8, 0) == _WITH_SEMAPHORE:
            status = os.fstat(fd)
            if not _may_remove(status):
                raise _not_removable(self.path, status, errno.EPERM)
            _unlink(_semaphore_path(self.name))


def _semaphore_path(name: str) -> str:
    return f"{DIRECTORY}/sem.{name}"


# --- attachments ---------------------------------------------------------------------------------------------------


class _Control:
    """A mapped control block. Does not keep the mapping."""

    def __init__(self, address: int) -> None:
        self.control = address

    def read(self, offset: int, length: int) -> bytes:
        """A copy of a part of the control block."""
        return ctypes.string_at(self.control + offset, length)

    def write(self, offset: int, data: bytes) -> None:
        ctypes.memmove(self.control + offset, data, len(data))

    def uint(self, offset: int, bits: int = 32) -> Any:
        """A plain view of a word of the control block."""
        return (ctypes.c_uint64 if bits == 64 else ctypes.c_uint32).from_address(self.control + offset)


class _Memory(_Control):
    """The mapped file. Its addresses stay reserved as long as anything refers to them, so nothing ever faults."""

    def __init__(self, fd: int, size: int, writable: bool) -> None:
        self.size = size
        self.bytes = _system().reserve(size)
        self.address = ctypes.addressof(ctypes.c_char.from_buffer(self.bytes))
        super().__init__(self.address + size - _CONTROL_LENGTH)
        _system().map(self.address, size, fd, writable)

    def discard(self) -> None:
        _system().discard(self.address, self.size)


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

    def attach(self, slot: bool) -> bool:
        """Attach with a slot, or as an observer who is not counted; False if the segment is gone or just being removed.

        :raises AttachmentLimitError: if there is no free slot
        """
        if not self.present(slot) or not self.is_linked():
            return False
        self._settle(slot)
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
        found = os.pread(self._fd, 4, self._removal_offset())
        self._requested = (int.from_bytes(found, "little") if len(found) == 4 else 0) or self._requested
        return self._requested

    def _removal_offset(self) -> int:
        return self._size - _CONTROL_LENGTH + _REMOVAL

    def remove_if_abandoned(self) -> bool:
        """Remove the name if the last attachment was not allowed to, this process is, and nobody is attached."""
        if self._removal() != _BY_OWNER or not _may_remove(os.fstat(self._fd)):
            return False
        if not self._locks.try_exclusive(_PRESENCE_BYTE):
            return False
        try:
            return self._removal() == _BY_OWNER and self._try_remove()
        finally:
            self._locks.unlock(_PRESENCE_BYTE)

    def _try_remove(self) -> bool:
        """Remove the name; False if this user may not."""
        try:
            self._file.remove(self._fd)
        except SegmentAccessError as ex:
            if ex.errno is None:
                raise
            return False
        return True

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
        """
        self.leaving = True
        with self._mutex:
            slot = self.slot if self._fd >= 0 and self._pid == os.getpid() else -1
            _run_all(([self._leave_presence] if slot >= 0 else [])
                     + [functools.partial(self._leave_memory, slot, discard)])

    def leave_and_discard(self) -> None:
        """Leave although views of the memory may be in use; they read zeros from then on."""
        if self._bytes() is not None:
            self.leave(self._discard)

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
                if self._removal() and not self._try_remove() and not self._is_truncated():
                    os.pwrite(self._fd, struct.pack("<I", _BY_OWNER), self._removal_offset())
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


def _run_all(steps: Sequence[Callable[[], object]]) -> None:
    """Do every step though an earlier one failed, then raise the first failure with the others as its context."""
    failures: List[BaseException] = []
    for step in steps:
        try:
            step()
        except BaseException as ex:
            failures.append(ex)
    if failures:
        try:
            raise failures[0]
        except BaseException as first:
            for later in reversed(failures[1:]):
                _add_context(first, later)
            raise
        finally:
            failures.clear()


def _add_context(failure: BaseException, later: BaseException) -> None:
    """Put an exception right before the others in the context of the first, without making a ring."""
    known = []
    found: Optional[BaseException] = failure
    while found is not None and found not in known:
        known.append(found)
        found = found.__context__
    if later not in known:
        last = later
        while last.__context__ is not None and last.__context__ not in known:
            known.append(last)
            last = last.__context__
        last.__context__ = failure.__context__
        failure.__context__ = later


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


# --- the lock ------------------------------------------------------------------------------------------------------


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
    def recover(self) -> Iterator["SharedLock"]:
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
    def _whole(self) -> Iterator[None]:
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


def _closed(name: str) -> SegmentClosedError:
    return SegmentClosedError(f"Segment '{name}' was expected to be open, found it closed. Open it again to use it")


def _owner_died(name: str) -> OwnerDiedError:
    return OwnerDiedError(
        f"Segment '{name}' was expected to be consistent, found that a process died while it held the lock. Repair the"
        " data within 'with lock.recover():', or open it with on_owner_death='ignore' if any data will do")


def _reopen_lock(name: str, options: Dict[str, Any]) -> Any:
    """Open the segment of a lock that was sent to this process; it stays attached as long as the lock is in use."""
    return open(name, **options).lock()


@functools.lru_cache(maxsize=None)
def _semaphore_class() -> Any:
    """The class is made at the first use, because multiprocessing takes a while to import."""
    import _multiprocessing
    from multiprocessing import context, synchronize

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
            self._semlock = self._handle(synchronize.RECURSIVE_MUTEX)
            self._mapping = mapping
            _locks.add(self)

        def _handle(self, kind: int) -> Any:
            return _multiprocessing.SemLock._rebuild(self._address, kind, 1, None)

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
            semaphore = self._handle(synchronize.SEMAPHORE)
            if not semaphore._is_zero() or self._semlock._count() and not self._held:
                return False
            if self._held:
                self._semlock = self._handle(synchronize.RECURSIVE_MUTEX)
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
            context.assert_spawning(self)
            return _reopen_lock, (self._request.name, self._request.options())

    return SemaphoreLock


def _map_semaphore(name: str, trust: _Trust) -> mmap.mmap:
    if not hasattr(ctypes.CDLL(None), "gnu_get_libc_version"):
        raise UnsupportedPlatformError("Expected glibc, whose semaphores a lock of kind semaphore is made of, found"
                                       " another C library. Use a lock of kind process")
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


# --- the list ------------------------------------------------------------------------------------------------------


class ShareableList(Sequence[Any]):
    """A list in the bytes of CPython's ``ShareableList`` (3.9 and later), with int, float, bool, str, bytes and None.

    Its length and the room of each item are fixed. Unlike CPython's it holds the segment's lock for each access,
    trusts no byte, refuses what would not read back, and works on 3.8, whose own list has other bytes.
    """

    _NUMBERS = {b"q": struct.Struct("<q"), b"d": struct.Struct("<d"), b"xxxxxxx?": struct.Struct("xxxxxxx?")}
    _NONE = b"xxxxxx?x"
    _TEXT = re.compile(rb"([0-9]{1,7})s")
    _WIDEST = 9_999_992

    def __init__(self, segment: "Segment", locked: bool) -> None:
        self._segment = segment
        self._data = segment.buf
        self._lock = segment._step_lock() if locked else None
        self._slots = self._read_slots()
        count = len(self._slots) - 1
        self._formats = self._slots[-1]
        self._codes = self._formats + 8 * count

    def _read_slots(self) -> List[int]:
        """Where the items begin, and where the last one ends: a copy that no other process can change."""
        limit = len(self._data)
        most = (limit - 16) // 17
        count = struct.unpack_from("<q", self._data)[0] if limit >= 16 else -1
        if not 0 <= count <= most:
            self._refuse(f"a list of 0 to {max(0, most)} items in {limit} bytes", count if limit >= 16 else "no list")
        offsets = struct.unpack_from(f"<{count + 1}q", self._data, 8)
        room = limit - 16 - 17 * count
        last = 0
        for i, offset in enumerate(offsets):
            highest = 0 if i == 0 else min(room, last + self._WIDEST)
            if not last <= offset <= highest or offset % 8:
                self._refuse(f"a multiple of 8 from {last} to {highest} as offset {i}", offset)
            last = offset
        start = 16 + 8 * count
        return [start + offset for offset in offsets]

    def _refuse(self, expected: str, found: object) -> NoReturn:
        raise InvalidSegmentError(f"Segment '{self._segment.name}' was expected to have {expected}, found {found}."
                                  " Write the item again, or stop the users of the segment and remove its file")

    def __len__(self) -> int:
        return len(self._slots) - 1

    def __getitem__(self, index: Any) -> Any:
        """An item.

        :raises IndexError: if the index is not from ``-len`` to ``len - 1``
        :raises InvalidSegmentError: if the item's bytes make no sense
        """
        at = self._index(index)
        with self._step(whole=True):
            return self._read(at)

    def __setitem__(self, index: int, value: Union[int, float, bool, str, bytes, None]) -> None:
        """Replace an item, by one of any type that fits into its room; nothing is written if it is refused.

        :raises ValueError: if it has no room, or would not read back: a trailing NUL, a lone surrogate
        :raises OverflowError: if it is an int of more than 64 bits
        :raises TypeError: if a list cannot hold it, or the segment is open for reading only
        """
        at = self._index(index)
        self._segment._require_writable()
        width = self._slots[at + 1] - self._slots[at]
        data, form, code = self._encode(value, width)
        if len(data) > width:
            raise ValueError(f"Expected an item of at most {width} bytes at index {at} of '{self._segment.name}', found"
                             f" {len(data)}. Create the list with more capacity")
        with self._step(whole=False):
            self._data[self._slots[at]:self._slots[at] + len(data)] = data
            self._data[self._formats + 8 * at:self._formats + 8 * at + 8] = form.ljust(8, b"\0")
            self._data[self._codes + at] = code

    def _index(self, index: Any) -> int:
        at = operator.index(index)
        if not -len(self) <= at < len(self):
            raise IndexError(f"index {at} out of range for a list of {len(self)} items")
        return at % len(self)

    def _step(self, whole: bool) -> Any:
        self._segment._require_open()
        if self._lock is None:
            return contextlib.nullcontext()
        return self._lock._whole() if whole else self._lock

    def _read(self, at: int) -> Any:
        start, end = self._slots[at], self._slots[at + 1]
        form = self._form(at)
        code = self._data[self._codes + at]
        text = self._TEXT.fullmatch(form)
        length = int(text.group(1)) if text and int(text.group(1)) <= end - start else None
        if code in (1, 2) and length is not None:
            data = bytes(self._data[start:start + length]).rstrip(b"\0")
            try:
                return data if code == 2 else data.decode("utf-8")
            except UnicodeDecodeError:
                self._refuse(f"UTF-8 in item {at}", repr(data[:40]))
        if code == 3 and (form == self._NONE or form in self._NUMBERS or length is not None):
            return None
        if code == 0 and form in self._NUMBERS and end - start >= 8:
            return self._NUMBERS[form].unpack_from(self._data, start)[0]
        self._refuse(f"q, d, xxxxxxx? or Ns with a code that goes with it for item {at} in {end - start} bytes",
                     f"{form!r} with code {code}")

    def _form(self, at: int) -> bytes:
        return bytes(self._data[self._formats + 8 * at:self._formats + 8 * at + 8]).rstrip(b"\0")

    def _encode(self, value: Any, width: int) -> Tuple[bytes, bytes, int]:
        if value is None:
            return bytes(8), self._NONE, 3
        if isinstance(value, (str, bytes)):
            data = value.encode("utf-8") if isinstance(value, str) else value
            if data.endswith(b"\0"):
                raise ValueError(f"Expected a {type(value).__name__} without trailing NUL, which would not read back,"
                                 " found one. Store its length in another item")
            return data.ljust(width, b"\0"), b"%ds" % width, 1 if isinstance(value, str) else 2
        if isinstance(value, bool):
            return self._NUMBERS[b"xxxxxxx?"].pack(value), b"xxxxxxx?", 0
        if isinstance(value, float):
            return struct.pack("<d", value), b"d", 0
        if isinstance(value, int):
            if not -(1 << 63) <= value < 1 << 63:
                raise OverflowError(f"Expected an int of 64 bits, found {value}. Store it as str or bytes")
            return struct.pack("<q", value), b"q", 0
        raise TypeError(f"Expected int, float, bool, str, bytes or None, found {type(value).__name__}. Convert it")

    @property
    def format(self) -> str:
        """The :mod:`struct` formats of all items, as CPython's list has them."""
        self._segment._require_open()
        return "".join(self._form(at).decode("ascii", "replace") for at in range(len(self)))

    def __repr__(self) -> str:
        return f"ShareableList({list(self)}, name={self._segment.name!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("Expected a segment name to be sent to another process, found its list. Send the name and open"
                        " the segment there")


# --- segments ------------------------------------------------------------------------------------------------------


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
        self._type = (None if schema.kind in ("list", "lock") else ctypes.c_uint8 if schema.kind == "block"
                      else _element_type(schema.text, schema.element_size))
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
        """The data as a ctypes object, as ``RawValue`` and ``RawArray`` have it: without the lock.

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

        return sharedctypes.synchronized(self.raw(), self.lock())  # type: ignore[call-overload]

    def numpy(self) -> Any:
        """The data as a numpy array over the shared memory, without the lock; of no dimension for a value.

        :raises SegmentMismatchError: for lists and locks
        :raises ImportError: if numpy is not installed
        """
        import numpy

        if self.type is None:
            raise self._mismatch("value, array or block", "Use list() for a list and lock() for a lock")
        shape = () if self.kind == "value" else (self.length,)
        return numpy.ndarray(shape, _dtype(numpy, self.type), self.buf)

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

    def lock(self) -> Union[SharedLock, "RLock"]:
        """The lock of the segment, the same object at each call: a :class:`SharedLock`, or for a lock of kind semaphore
        CPython's own ``RLock``. That one stays taken when its holder dies, until ``force_release()`` is called.

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


def _dtype(numpy: Any, element: Any) -> Any:
    """The numpy type that has the layout of a ctypes type; a char array is one string."""
    if issubclass(element, ctypes.Structure):
        names = [name for name, _ in element._fields_]
        return numpy.dtype({"names": names, "formats": [_dtype(numpy, field) for _, field in element._fields_],
                            "offsets": [getattr(element, name).offset for name in names],
                            "itemsize": ctypes.sizeof(element)}, align=True)
    if issubclass(element, ctypes.Array):
        text = {ctypes.c_char: "S", ctypes.c_wchar: "U"}.get(element._type_)
        length = element._length_
        return numpy.dtype(f"{text}{length}") if text else numpy.dtype((_dtype(numpy, element._type_), (length,)))
    return numpy.dtype(element)


def _checked(schema: str, value: Any) -> Any:
    """Refuse numbers that ctypes would wrap."""
    if schema in _INTEGERS:
        lowest, highest = _INTEGERS[schema]
        value = operator.index(value)
        if not lowest <= value <= highest:
            raise OverflowError(f"Expected {schema} from {lowest} to {highest}, found {value}. Use a wider type")
    elif schema == "float32":
        struct.pack("<f", value)
    elif schema == "bool" and value not in (True, False):
        raise TypeError(f"Expected True or False, found {value!r}. Convert it")
    return value


# --- opening -------------------------------------------------------------------------------------------------------

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,249}")
_open_segments: "weakref.WeakSet[Segment]" = weakref.WeakSet()
_locks: "weakref.WeakSet[Any]" = weakref.WeakSet()
_attached: Set[_Attachments] = set()


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


def segments() -> List[Description]:
    """The sound segments of this host that this user may read, by name. Attaches to none of them."""
    found = []
    for entry in sorted(os.listdir(DIRECTORY)):
        with contextlib.suppress(OSError, SharedMemoryError):
            description = _describe(entry)
            if description is not None:
                found.append(description)
    return found


def _describe(name: str) -> Optional[Description]:
    """Read what a segment is; None if others made the file."""
    fd = os.open(f"{DIRECTORY}/{name}", os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode) or status.st_size < _CONTROL_LENGTH:
            return None
        control = os.pread(fd, _CONTROL_LENGTH, status.st_size - _CONTROL_LENGTH)
        if not _ControlBlock.is_present(status.st_size, control[:len(_MAGIC)]) or len(control) < _CONTROL_LENGTH:
            return None
        block = _ControlBlock.read(name, control, status.st_size)
        attachments = tuple(_attachment(slot, control[_SLOTS + slot * _SLOT_LENGTH:][:_SLOT.size])
                            for slot in sorted(_locked_slots(_FileLocks(fd))))
        abandoned = int.from_bytes(control[_REMOVAL:_REMOVAL + 4], "little") == _BY_OWNER and not attachments
        return Description(name, block.schema.kind, block.schema.text, block.schema.length, block.schema.size,
                           status.st_size, _time(block.created_millis), block.creator, attachments, abandoned)
    finally:
        os.close(fd)


@atexit.register
def _close_all() -> None:
    _run_all([segment.close for segment in _open_segments] + [_leave_all])


def _leave_all() -> None:
    """Detach from what only locks and views refer to."""
    locks = [lock._close for lock in _locks if not lock._closed]
    _run_all(locks + [attachments.leave_and_discard for attachments in list(_attached)])


def _after_fork_in_child() -> None:
    attached = list(_attached)
    owned = {attachments.descriptor for attachments in attached}
    _run_all([_descriptors.lock.release, functools.partial(_descriptors.close_all_but, owned)]
             + [attachments.renew for attachments in attached] + [_after_renewal])


def _after_renewal() -> None:
    _run_all([lock._after_fork for lock in _locks] + [segment._after_fork for segment in _open_segments])


os.register_at_fork(before=_descriptors.lock.acquire, after_in_parent=_descriptors.lock.release,
                    after_in_child=_after_fork_in_child)


def _main(arguments: List[str]) -> int:
    if not arguments:
        for found in segments():
            print(f"{found.name}\t{found.kind}\t{found.schema}\t{found.length}\t{found.size} bytes"
                  f"\t{len(found.attachments)} attached")
        return 0
    failed = 0
    for name in arguments:
        try:
            description = _describe(name) if _NAME.fullmatch(name) else None
            if description is None:
                print(f"{name}: no segment with a control block", file=sys.stderr)
                failed = 1
                continue
        except (OSError, SharedMemoryError) as ex:
            print(f"{name}: {ex}", file=sys.stderr)
            failed = 1
            continue
        print(f"{name}: {description.kind} {description.schema}, length {description.length}, {description.size} bytes"
              f" in a file of {description.file_size}, made {description.created:%Y-%m-%d %H:%M:%S} UTC by"
              f" {description.creator}")
        if description.abandoned:
            print("  abandoned: its last attachment was not allowed to remove it; the next opening by its owner or"
                  " root will")
        for attached in description.attachments:
            print(f"  slot {attached.slot}: {attached.application}, process {attached.pid}, since"
                  f" {attached.start_time:%Y-%m-%d %H:%M:%S} UTC, {attached.waiting} waiting")
    return failed


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
