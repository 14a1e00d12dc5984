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
"""The list."""

import contextlib
import operator
import re
import struct
from typing import Any, List, NoReturn, Sequence, TYPE_CHECKING, Tuple, Union

from ._errors import InvalidSegmentError

if TYPE_CHECKING:
    from ._segment import Segment


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

    @classmethod
    def _encode(cls, value: Any, width: int) -> Tuple[bytes, bytes, int]:
        """The data, the format and the code of an item in a slot."""
        if value is None:
            return bytes(8), cls._NONE, 3
        if isinstance(value, (str, bytes)):
            data = value.encode("utf-8") if isinstance(value, str) else value
            if data.endswith(b"\0"):
                raise ValueError(f"Expected a {type(value).__name__} without trailing NUL, which would not read back,"
                                 " found one. Store its length in another item")
            return data.ljust(width, b"\0"), b"%ds" % width, 1 if isinstance(value, str) else 2
        if isinstance(value, bool):
            return cls._NUMBERS[b"xxxxxxx?"].pack(value), b"xxxxxxx?", 0
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
