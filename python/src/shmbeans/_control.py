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
"""The control block at the end of a segment."""

import ctypes
import datetime
import struct
import time
from typing import Callable, NamedTuple, Tuple

from ._errors import InvalidSegmentError
from ._layout import (DIRECTORY, _APPLICATION_LENGTH, _CONTROL_LENGTH, _DIMENSIONS, _EXTENTS, _IDENTITY, _KINDS, _MAGIC,
                      _MAJOR, _MINOR, _MOST_DIMENSIONS, _PAGE, _REMOVAL, _SCHEMA, _SCHEMA_CAPACITY, _SLOT_COUNT,
                      _file_size)
from ._schema import _LARGEST_EXTENT, _Schema, _element_type, _product


def _cut(text: str, length: int) -> bytes:
    """As many whole characters as fit, in UTF-8."""
    return text.encode("utf-8", "replace")[:length].decode("utf-8", "ignore").encode("utf-8")


def _time(millis: int) -> datetime.datetime:
    try:
        return datetime.datetime.fromtimestamp(millis / 1000, datetime.timezone.utc)
    except (OverflowError, OSError, ValueError):
        return datetime.datetime.fromtimestamp(0, datetime.timezone.utc)


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

        def damaged(what: str, expected: object, found: object) -> InvalidSegmentError:
            return InvalidSegmentError(
                f"Segment '{name}' has a damaged control block: {what} was expected to be {expected}, found {found}."
                f" Stop its users and remove {DIRECTORY}/{name}")

        def require(what: str, expected: object, found: object, sound: bool) -> None:
            if not sound:
                raise damaged(what, expected, found)

        if major != _MAJOR:
            raise InvalidSegmentError(
                f"Segment '{name}' was expected to have layout version {_MAJOR}, found version {major}. Use the same"
                f" major version of the library in all processes, or remove {DIRECTORY}/{name}")
        if incompatible:
            raise InvalidSegmentError(
                f"Segment '{name}' was expected to have no incompatible features, found {incompatible:#x}. Use a"
                f" shmbeans as new as the library that made it, or remove {DIRECTORY}/{name}")
        require("control block length", _CONTROL_LENGTH, length, length == _CONTROL_LENGTH)
        require("slot count", _SLOT_COUNT, slots, slots == _SLOT_COUNT)
        require("data length", f"0 to {file_size}", data_length, data_length <= file_size)
        require("file size", _file_size(data_length), file_size, file_size == _file_size(data_length))
        require("kind", "1 to 5", kind_code, kind_code in _KINDS)
        kind = _KINDS[kind_code]
        if kind in ("list", "lock"):
            require("item count", f"0 to {data_length}", count, count <= data_length)
        else:
            require("data length", f"{count} elements of {element_size} bytes", data_length,
                    (count > 0 or kind == "array") and element_size > 0 and count * element_size == data_length)
        require("element count of a value", 1, count, kind != "value" or count == 1)
        require("schema length", f"0 to {_SCHEMA_CAPACITY}", schema_length, schema_length <= _SCHEMA_CAPACITY)
        encoded = control[_SCHEMA:_SCHEMA + schema_length]
        try:
            text = encoded.decode("utf-8")
        except UnicodeDecodeError:
            raise damaged("schema", "UTF-8", "malformed bytes") from None
        require("schema hash", f"{_fnv1a(encoded):#x}", f"{schema_hash:#x}", schema_hash == _fnv1a(encoded))
        extents = _extents(control, count, require) if kind == "array" else ()
        schema = _Schema(kind, text, element_size, count, data_length, extents)
        if kind in ("value", "array"):
            require("element type code", schema.type_code, type_code, type_code == schema.type_code)
            found = ctypes.sizeof(_element_type(text, element_size))
            require("element size", found, element_size, element_size == found)
        else:
            texts = {"list": ("list",), "block": ("bytes",), "lock": ("process", "semaphore")}[kind]
            require("schema", " or ".join(texts), f"'{text[:40]}'", text in texts)
            require("element size", int(kind == "block"), element_size, element_size == (kind == "block"))
            require("data length", "8", data_length, text != "semaphore" or data_length == 8)
        return _ControlBlock(schema, created, pid, _decode(creator))


def _extents(control: bytes, count: int, require: Callable[[str, object, object, bool], None]) -> Tuple[int, ...]:
    """The extents of several dimensions."""
    dimensions = int.from_bytes(control[_DIMENSIONS:_DIMENSIONS + 4], "little")
    require("number of dimensions", f"0 or 2 to {_MOST_DIMENSIONS}", dimensions,
            dimensions == 0 or 2 <= dimensions <= _MOST_DIMENSIONS)
    extents = struct.unpack_from(f"<{dimensions}Q", control, _EXTENTS)
    largest = max(extents, default=0)
    require("extent", f"0 to {_LARGEST_EXTENT}", largest, largest <= _LARGEST_EXTENT)
    require("product of the shape", count, _product(extents), not extents or _product(extents) == count)
    return extents


def _new_control_block(schema: _Schema, pid: int, application: str, removal: int) -> bytes:
    """The control block of a new segment, without its slots.

    :raises ValueError: if the schema has no room
    """
    text = schema.text.encode("utf-8")
    if len(text) > _SCHEMA_CAPACITY:
        raise ValueError(f"Expected a structure whose readable form takes at most {_SCHEMA_CAPACITY} bytes, found"
                         f" {len(text)}. Use fewer or shorter names of members")
    kind = next(code for code, name in _KINDS.items() if name == schema.kind)
    block = bytearray(_PAGE)
    _IDENTITY.pack_into(block, 0, _MAGIC, _MAJOR, _MINOR, _CONTROL_LENGTH, 0, 0, kind, schema.type_code,
                        schema.element_size, schema.length, schema.size, _fnv1a(text), time.time_ns() // 1_000_000, pid,
                        _cut(application, _APPLICATION_LENGTH), _SLOT_COUNT, len(text))
    struct.pack_into("<I", block, _DIMENSIONS, len(schema.extents))
    struct.pack_into(f"<{len(schema.extents)}Q", block, _EXTENTS, *schema.extents)
    struct.pack_into("<I", block, _REMOVAL, removal)
    block[_SCHEMA:_SCHEMA + len(text)] = text
    return bytes(block)


def _decode(padded: bytes) -> str:
    try:
        return padded.rstrip(b"\0").decode("utf-8")
    except UnicodeDecodeError:
        return "?"
