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
"""The mapped file."""

import ctypes
from typing import Any

from ._layout import _CONTROL_LENGTH
from ._platform import _system


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

    def begin_with(self, data: Any) -> None:
        """Write the first data: bytes, or a ctypes object."""
        self.bytes[:len(data) if isinstance(data, bytes) else ctypes.sizeof(data)] = data

    def discard(self) -> None:
        _system().discard(self.address, self.size)
