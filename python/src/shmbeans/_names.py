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
"""Files that others may have made, and the removal of their names."""

import errno
import fcntl
import os
import re
import stat
import struct
import time
from typing import Any, NamedTuple, Optional, Tuple

from ._errors import SegmentAccessError
from ._files import _descriptors
from ._layout import DIRECTORY
from ._platform import _RETRY_SECONDS

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,249}")
_LONGEST = 255
_REMOVE_SECONDS = 5
_WITH_SEMAPHORE = struct.pack("<q", 1)
_NOT_REGULAR = (errno.ELOOP, errno.EISDIR, errno.ENXIO, errno.ENODEV)


def _is_file_name(name: str) -> bool:
    """Whether a file can have the name; not all of them are names of segments that this library creates."""
    return 0 < len(os.fsencode(name)) <= _LONGEST and name not in (".", "..") and not set(name) & set("/\0")


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


def _not_removable(path: str, status: os.stat_result, number: Any) -> SegmentAccessError:
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
