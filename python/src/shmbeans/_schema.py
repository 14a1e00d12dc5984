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
"""What the data of a segment is: element types and their readable form."""

import ctypes
import functools
import operator
import re
import struct
from typing import Any, Dict, Iterable, List, NamedTuple, NoReturn, Optional, Sequence, Tuple, Type, Union

from ._errors import InvalidSegmentError, SegmentMismatchError
from ._layout import _MOST_DIMENSIONS, _STRUCT_CODE

_PACKAGE = __name__.partition(".")[0]

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
_NAMES: Dict[Any, str] = {element: name for name, (_, element) in _SCALARS.items()}
_LARGEST = 1 << 31
_LARGEST_EXTENT = (1 << 63) - 1
_INTEGERS = {
    name: (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if name[0] == "i" else (0, (1 << bits) - 1)
    for name, bits in ((n, 8 * ctypes.sizeof(c)) for n, (_, c) in _SCALARS.items() if "int" in n)
}


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
        made = type("Record", (ctypes.Structure,), {"_fields_": fields, "__module__": _PACKAGE,
                                                    "__repr__": _repr})
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
    return "Record(" + ", ".join(f"{name}={_member_repr(getattr(record, name))}" for name, _ in record._fields_) + ")"


def _member_repr(member: Any) -> str:
    return repr(member[:] if issubclass(type(member), ctypes.Array) else member)


@functools.lru_cache(maxsize=256)
def _element_type(text: str, limit: int) -> Any:
    """The ctypes type of a readable form; equal forms have the same class."""
    return _SchemaReader(text, limit).read()


def _named_type(named: Union[str, Type[Any]]) -> Tuple[str, Any]:
    """The readable form of an element type, and its ctypes type.

    :param named: a name, a typecode, a readable form, or a ctypes type
    :raises ValueError: if the name is unknown
    :raises TypeError: if the ctypes type cannot be shared
    """
    if not isinstance(named, str):
        return _text_of(named), named
    text = _TYPECODES.get(named, named)
    try:
        element = _element_type(text, _LARGEST)
    except InvalidSegmentError:
        raise ValueError(f"Expected a typecode, a ctypes type, or one of {' '.join(_SCALARS)}, or a structure as"
                         f" Segment.schema spells it, found {named!r}") from None
    text = _text_of(element)
    return text, _element_type(text, ctypes.sizeof(element))


def _text_of(element: Any) -> str:
    """The readable form of a ctypes type, which must lead back to the same layout."""
    try:
        text = _spell(element)
        _element_type(text, ctypes.sizeof(element))
        return text
    except (TypeError, ValueError) as ex:
        raise TypeError(f"Expected a scalar of ctypes, or a Structure of scalars, one-dimensional arrays and structures"
                        f" with the alignment of C and without bit fields, found {element!r}: {ex}") from None


def _spell(element: Any) -> str:
    if element in _NAMES:
        return _NAMES[element]
    fields: Any = getattr(element, "_fields_", None) if issubclass(element, ctypes.Structure) else None
    if not fields or any(len(field) > 2 for field in fields):
        raise TypeError(f"{element!r} is none of these")
    members = (f"{name}:{_spell_member(member)}@{getattr(element, name).offset}" for name, member in fields)
    return f"struct{{{','.join(members)}}}{ctypes.sizeof(element)}"


def _spell_member(member: Any) -> str:
    if not issubclass(member, ctypes.Array):
        return _spell(member)
    element: Any = member._type_
    length: Any = member._length_
    return f"{_spell(element)}[{length}]"


def _shape_of(shape: Union[int, Sequence[int]]) -> Tuple[int, ...]:
    """The extents of a shape, as numpy takes them: a number stands for one dimension.

    :raises ValueError: if they are no shape of an array that can be shared
    """
    dimensions: Any = shape if hasattr(shape, "__iter__") else (shape,)
    extents = tuple(operator.index(extent) for extent in dimensions)
    if (not 1 <= len(extents) <= _MOST_DIMENSIONS or min(extents) < 0
            or max(_product(extents), *extents) > _LARGEST_EXTENT):
        raise ValueError(f"Expected a shape of 1 to {_MOST_DIMENSIONS} dimensions of 0 or more and of fewer than 2^63"
                         f" elements, found {shape!r}. Pass the extent of each dimension")
    return extents


def _product(extents: Iterable[int]) -> int:
    return functools.reduce(operator.mul, extents, 1)


class _Schema(NamedTuple):
    """What the data of a segment is; the extents of an array of several dimensions."""

    kind: str
    text: str
    element_size: int
    length: int
    size: int
    extents: Tuple[int, ...] = ()

    @property
    def shape(self) -> Tuple[int, ...]:
        """As numpy has it."""
        return self.extents or (() if self.kind in ("value", "lock") else (self.length,))

    def shaped(self, shape: Optional[Tuple[int, ...]]) -> "_Schema":
        """The same elements in another shape; as they are without one."""
        if shape is None:
            return self
        count = _product(shape)
        return self._replace(length=count, size=count * self.element_size, extents=shape if len(shape) > 1 else ())

    def accepts(self, found: "_Schema") -> bool:
        """Whether a segment can be used as this one. One dimension says how many elements, not how they lie."""
        return ((self.kind, self.text, self.length) == (found.kind, found.text, found.length)
                and self.extents in ((), found.extents))

    @property
    def type_code(self) -> int:
        """The code of the element type; 0 for none."""
        if self.kind not in ("value", "array"):
            return 0
        return _SCALARS[self.text][0] if self.text in _SCALARS else _STRUCT_CODE

    def element_type(self) -> Any:
        """The ctypes type of an element; None for lists and locks."""
        if self.kind in ("list", "lock"):
            return None
        return ctypes.c_uint8 if self.kind == "block" else _element_type(self.text, self.element_size)

    @property
    def is_semaphore(self) -> bool:
        """Whether it is the segment that counts who uses a semaphore."""
        return (self.kind, self.text) == ("lock", "semaphore")

    def describe(self) -> str:
        if self.kind == "value":
            return "value of " + self.text
        if self.kind == "array":
            return f"array of {' × '.join(map(str, self.shape))} {self.text}"
        if self.kind == "list":
            return f"list of {self.length} items"
        return f"block of {self.size} bytes" if self.kind == "block" else "lock of kind " + self.text


def _declared(name: str, declared: str, kind: Optional[str], shape: Optional[Tuple[int, ...]], size: int) -> _Schema:
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
    if shape is not None and len(shape) > 1 and kind != "array":
        raise ValueError(f"Expected one dimension for the {kind} '{name}', found the shape {shape}. Leave it out")
    if kind == "list":
        return _Schema(kind, text, 0, 0 if shape is None else _product(shape), size)
    count = 1 if kind == "value" else size // element_size if shape is None else _product(shape)
    if count < 1 and shape is None or count * element_size > size:
        raise SegmentMismatchError(
            f"Segment '{name}' was expected to hold {max(1, count)} {text}, at least {max(1, count) * element_size}"
            f" bytes, found a file of {size} bytes. Declare the type and length that its creator uses")
    schema = _Schema(kind, text, element_size, count, count * element_size)
    return schema.shaped(shape) if kind == "array" else schema


def _dtype(numpy: Any, element: Any) -> Any:
    """The numpy type that has the layout of a ctypes type; a char array is one string."""
    if issubclass(element, ctypes.Structure):
        fields: Any = element._fields_
        names = [name for name, _ in fields]
        return numpy.dtype({"names": names, "formats": [_dtype(numpy, field) for _, field in fields],
                            "offsets": [getattr(element, name).offset for name in names],
                            "itemsize": ctypes.sizeof(element)}, align=True)
    texts: Dict[Any, str] = {ctypes.c_char: "S", ctypes.c_wchar: "U"}
    if issubclass(element, ctypes.Array):
        member: Any = element._type_
        length: Any = element._length_
        return numpy.dtype(f"{texts[member]}{length}" if member in texts else (_dtype(numpy, member), (length,)))
    return numpy.dtype(texts[element] + "1" if element in texts else element)


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
