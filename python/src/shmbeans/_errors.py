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
"""The errors that users see."""



class SharedMemoryError(Exception):
    """Base of all errors of this module: says what was expected, what was found, and what to do."""


class SegmentNotFoundError(SharedMemoryError, FileNotFoundError):
    """There is no segment of that name."""


class SegmentExistsError(SharedMemoryError, FileExistsError):
    """There is a segment of that name already."""


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


def _closed(name: str) -> SegmentClosedError:
    return SegmentClosedError(f"Segment '{name}' was expected to be open, found it closed. Open it again to use it")


def _owner_died(name: str) -> OwnerDiedError:
    return OwnerDiedError(
        f"Segment '{name}' was expected to be consistent, found that a process died while it held the lock. Repair the"
        " data within 'with lock.recover():', or open it with on_owner_death='ignore' if any data will do")
