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
"""What there is on this host, read without attaching."""

import contextlib
import datetime
import os
import stat
import sys
from typing import List, NamedTuple, Optional, Tuple

from ._attachments import Attachment, _attachment, _locked_slots
from ._control import _ControlBlock, _time
from ._errors import SharedMemoryError
from ._files import _FileLocks
from ._layout import DIRECTORY, _BY_OWNER, _CONTROL_LENGTH, _MAGIC, _REMOVAL, _SLOT, _SLOTS, _SLOT_LENGTH
from ._names import _is_file_name


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
    shape: Tuple[int, ...]


def segments() -> List[Description]:
    """The sound segments of this host that this user may read, by name. Attaches to none of them."""
    found: List[Description] = []
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
                           status.st_size, _time(block.created_millis), block.creator, attachments, abandoned,
                           block.schema.shape)
    finally:
        os.close(fd)


def _text(description: Description) -> str:
    return " × ".join(map(str, description.shape or (description.length,)))


def _main(arguments: List[str]) -> int:
    if not arguments:
        for found in segments():
            print(f"{found.name}\t{found.kind}\t{found.schema}\t{_text(found)}\t{found.size} bytes"
                  f"\t{len(found.attachments)} attached")
        return 0
    failed = 0
    for name in arguments:
        try:
            description = _describe(name) if _is_file_name(name) else None
            if description is None:
                print(f"{name}: no segment with a control block", file=sys.stderr)
                failed = 1
                continue
        except (OSError, SharedMemoryError) as ex:
            print(f"{name}: {ex}", file=sys.stderr)
            failed = 1
            continue
        print(f"{name}: {description.kind} {description.schema}, length {_text(description)}, {description.size} bytes"
              f" in a file of {description.file_size}, made {description.created:%Y-%m-%d %H:%M:%S} UTC by"
              f" {description.creator}")
        if description.abandoned:
            print("  abandoned: its last attachment was not allowed to remove it; the next opening by its owner or"
                  " root will")
        for attached in description.attachments:
            print(f"  slot {attached.slot}: {attached.application}, process {attached.pid}, since"
                  f" {attached.start_time:%Y-%m-%d %H:%M:%S} UTC, {attached.waiting} waiting")
    return failed
