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
"""The bytes of a segment: ``docs/layout.md``."""

import struct

DIRECTORY = "/dev/shm"

# Control block: docs/layout.md
_MAGIC = b"SHMBEANS"
_MAJOR = 1
_MINOR = 0
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
_DIMENSIONS = 128
_EXTENTS = 136
_MOST_DIMENSIONS = 15
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


def _file_size(data_length: int) -> int:
    return -(-data_length // _PAGE) * _PAGE + _CONTROL_LENGTH
_KINDS = {1: "value", 2: "array", 3: "list", 4: "block", 5: "lock"}
_STRUCT_CODE = 100
