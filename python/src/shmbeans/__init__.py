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
"""Create and join the shared-memory segments of shmbeans from stock CPython.

No dependencies, for CPython 3.8 or later on 64-bit Linux (x86-64, arm64)::

    import shmbeans

    readings = shmbeans.open("sensor-readings")
    with readings.lock():
        print(readings.numpy().mean())

A segment says itself what it holds. An open segment is a live attachment: others count it, and the last
attachment removes the segment if that was asked for. CPython's resource tracker never hears of it, so a process that
merely attaches removes nothing when it exits.

The bytes are specified in ``docs/layout.md``, the lock in ``docs/locking.md``, use from Python in ``docs/python.md``.
``python3 -m shmbeans`` lists the segments of the host, or describes those that are named.
"""

from ._attachments import Attachment
from ._content import Item
from ._creating import create, create_or_attach
from ._describing import Description, segments
from ._errors import (AttachmentLimitError, InvalidSegmentError, OutOfMemoryError, OwnerDiedError, SegmentAccessError,
                      SegmentClosedError, SegmentExistsError, SegmentMismatchError, SegmentNotFoundError,
                      SharedMemoryError, UnsupportedPlatformError)
from ._layout import DIRECTORY as DIRECTORY
from ._list import ShareableList
from ._lock import SharedLock, Statistics
from ._opening import _reopen, _reopen_lock, open
from ._process import _attend
from ._segment import Segment

__all__ = [
    "Attachment", "AttachmentLimitError", "Description", "InvalidSegmentError", "Item", "OwnerDiedError",
    "OutOfMemoryError", "Segment", "SegmentAccessError", "SegmentClosedError", "SegmentExistsError",
    "SegmentMismatchError", "SegmentNotFoundError", "ShareableList", "SharedLock", "SharedMemoryError", "Statistics",
    "UnsupportedPlatformError", "create", "create_or_attach", "open", "segments",
]

# Pickles and messages name what users know by this module, as a single file does
for _known in [*(globals()[name] for name in __all__), _reopen, _reopen_lock]:
    _known.__module__ = __name__

_attend()
