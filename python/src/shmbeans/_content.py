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
"""What a new segment is to hold, as its creator declares it."""

import contextlib
import ctypes
import operator
import struct
from typing import Any, Iterable, Mapping, NamedTuple, Optional, Tuple, Type, Union

from ._list import ShareableList
from ._names import _WITH_SEMAPHORE
from ._schema import _Schema, _TYPECODES, _checked, _named_type, _product

_LARGEST_LIST = (1 << 31) - 1

_Content = Union[int, float, bool, str, bytes, None]


class Item(NamedTuple):
    """An item of a new list that has room for later values: ``capacity`` bytes, for text in UTF-8."""

    value: _Content
    capacity: int = 0


class _NewContent(NamedTuple):
    """What a new segment is to hold: its data is ``bytes`` or a ctypes object, and zeros after that."""

    schema: _Schema
    element: Any
    data: Any


def _declare(name: str, value: Any, array: Any, items: Any, block: Any, lock: Any, initial: Any,
             shape: Optional[Tuple[int, ...]]) -> _NewContent:
    """Check what was declared, without creating anything."""
    given = {"value": value, "array": array, "list": items, "block": block, "lock": lock}
    kinds = [kind for kind, declared in given.items() if declared is not None]
    if len(kinds) != 1:
        raise ValueError(f"Expected one of value, array, list, block and lock for segment '{name}', found"
                         f" {' and '.join(kinds) or 'none'}. Say what it holds, such as value='int64'")
    kind = kinds[0]
    if initial is not None and kind not in ("value", "array"):
        raise ValueError(f"Expected initial data for a value or an array only, found it for {kind} '{name}'. Leave"
                         " initial out" + ("; the items are what list= says" if kind == "list" else ""))
    if shape is not None and kind != "array":
        raise ValueError(f"Expected a length or shape for an array only, found one for {kind} '{name}'. Leave it out")
    if kind == "value":
        return _new_value(value, initial)
    if kind == "array":
        return _new_array(name, array, initial, shape)
    if kind == "list":
        return _new_list(name, items)
    if kind == "block":
        return _new_block(name, block)
    return _new_lock(name, lock)


def _new_value(named: Union[str, Type[Any]], initial: Any) -> _NewContent:
    text, element = _named_type(named)
    size = ctypes.sizeof(element)
    data = b"" if initial is None else _cell(text, element, initial)
    return _NewContent(_Schema("value", text, size, 1, size), element, data)


def _cell(text: str, element: Any, value: Any) -> Any:
    """A ctypes object with the value."""
    try:
        if issubclass(element, ctypes.Structure):
            return element(*value) if isinstance(value, tuple) else element.from_buffer_copy(_require(value, element))
        return element(_checked(text, value))
    except (TypeError, ValueError, struct.error) as ex:
        raise TypeError(f"Expected initial data of type {text}, found {value!r}: {ex}. Convert it") from None


def _require(value: Any, element: Any) -> Any:
    if not isinstance(value, element):
        raise TypeError(f"it is neither a tuple nor a {element.__name__}")
    return value


def _new_array(name: str, declared: Any, initial: Any, shape: Optional[Tuple[int, ...]]) -> _NewContent:
    if not isinstance(declared, (str, type)):
        if initial is not None:
            raise ValueError(f"Expected a type or the data of array '{name}', found both. Leave initial out")
        declared, initial = _type_of_buffer(name, declared), declared
    text, element = _named_type(declared)
    is_text = text in ("char", "wchar") and isinstance(initial, (str, bytes))
    if initial is not None and (not hasattr(initial, "__getitem__") or isinstance(initial, Mapping)):
        raise TypeError(f"Expected a sequence as initial data of array '{name}', found {initial!r}. Pass its elements")
    if initial is None and shape is None:
        raise ValueError(f"Expected the number of elements of array '{name}', found neither length nor initial data."
                         " Pass length, shape or initial")
    data, found = _text_cells(text, element, initial) if is_text else _cells(text, element, initial)
    wanted = found if shape is None else shape
    enough = _product(found) <= _product(wanted) if is_text else _product(found) == _product(wanted)
    if initial is not None and not enough:
        raise ValueError(f"Expected {'at most ' if is_text else ''}{' × '.join(map(str, wanted))} elements as initial"
                         f" data of array '{name}', found {' × '.join(map(str, found))}. Make them agree, or leave one"
                         " out")
    return _NewContent(_Schema("array", text, ctypes.sizeof(element), 0, 0).shaped(wanted), element, data)


def _type_of_buffer(name: str, declared: Any) -> str:
    """The element type of a buffer, such as a numpy array."""
    try:
        return _TYPECODES[memoryview(declared).format]
    except (TypeError, KeyError):
        raise TypeError(f"Expected the element type of array '{name}', or a buffer of elements that have one (typecodes"
                        f" {' '.join(_TYPECODES)}), found {declared!r:.200}. Pass array='float64' and initial") from None


def _cells(text: str, element: Any, initial: Any) -> Tuple[Any, Tuple[int, ...]]:
    """The elements as bytes or a ctypes array, and their shape; those of a buffer are copied as they are."""
    if initial is None:
        return b"", ()
    shape: Tuple[int, ...] = (len(initial),)
    with contextlib.suppress(TypeError):
        view = memoryview(initial)
        if _TYPECODES.get(view.format) == text:
            return view.tobytes(), tuple(view.shape or ())
        if view.format in _TYPECODES and view.ndim > 1:
            flat: Any = memoryview(view.tobytes())
            shape, initial = tuple(view.shape or ()), flat.cast(view.format)
    cells = (element * len(initial))()
    for i, one in enumerate(initial):
        cells[i] = _cell(text, element, one)
    return cells, shape


def _text_cells(text: str, element: Any, initial: Any) -> Tuple[bytes, Tuple[int, ...]]:
    data = _text_bytes(text, initial)
    return data, (len(data) // ctypes.sizeof(element),)


def _text_bytes(schema: str, text: Any) -> bytes:
    """Text as ctypes has it in character arrays; bytes as they are."""
    if isinstance(text, bytes):
        if schema != "char":
            raise TypeError(f"Expected str as initial data of {schema}, found bytes. Decode it")
        return text
    if "\0" in text:
        raise ValueError(f"Expected text without NUL, which would end it, found one at index {text.index(chr(0))}."
                         " Remove it")
    encoded: bytes = text.encode("utf-8" if schema == "char" else "utf-32-le")
    return encoded


def _new_list(name: str, items: Iterable[Union[_Content, Item]]) -> _NewContent:
    slots = [_new_slot(name, item if isinstance(item, Item) else Item(item)) for item in items]
    offsets = [0]
    for data, _, _ in slots:
        offsets.append(offsets[-1] + len(data))
    size = 16 + 17 * len(slots) + offsets[-1]
    if size > _LARGEST_LIST:
        raise ValueError(f"Expected a list of at most {_LARGEST_LIST} bytes, found that '{name}' needs {size}. Declare"
                         " fewer items or smaller capacities, or use several lists")
    encoded = b"".join([struct.pack(f"<{len(slots) + 2}q", len(slots), *offsets), *(data for data, _, _ in slots),
                        *(form.ljust(8, b"\0") for _, form, _ in slots), bytes(code for _, _, code in slots)])
    return _NewContent(_Schema("list", "list", 0, len(slots), size), None, encoded)


def _new_slot(name: str, item: Item) -> Tuple[bytes, bytes, int]:
    """The bytes of a slot, its format and its code. A slot is a multiple of 8 bytes; that of text has one byte more."""
    value, capacity = item
    widest = ShareableList._WIDEST
    if not 0 <= capacity <= widest:
        raise ValueError(f"Expected a capacity of 0 to {widest} bytes for an item of list '{name}', found {capacity}."
                         " Leave it out for what the first value needs")
    needed = len(value.encode("utf-8") if isinstance(value, str) else value) if isinstance(value, (str, bytes)) else 0
    width = max(8 * (needed // 8 + 1), -(-capacity // 8) * 8)
    if width > widest:
        raise ValueError(f"Expected items of at most {widest - 1} bytes in list '{name}', found {needed}. Use a block")
    data, form, code = ShareableList._encode(value, width)
    return data.ljust(width, b"\0"), form, code


def _new_block(name: str, size: int) -> _NewContent:
    size = operator.index(size)
    if size < 1:
        raise ValueError(f"Expected a size of at least 1 byte for block '{name}', found {size}. Pass how many to share")
    return _NewContent(_Schema("block", "bytes", 1, size, size), None, b"")


def _new_lock(name: str, lock: Union[str, bool]) -> _NewContent:
    text = "process" if lock is True else str(lock)
    if text not in ("process", "semaphore"):
        raise ValueError(f"Expected lock '{name}' to be True, 'process' or 'semaphore', found {lock!r}. Use one"
                         " of them")
    return _NewContent(_Schema("lock", text, 0, 0, len(_WITH_SEMAPHORE) if text == "semaphore" else 0), None, b"")
