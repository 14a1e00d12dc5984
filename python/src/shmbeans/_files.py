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
"""Locks on bytes of files, and the descriptors that have them."""

import errno
import fcntl
import functools
import os
import struct
import threading
from typing import Optional, Set

from ._failures import _run_all
from ._layout import DIRECTORY


def _unnamed_file(permissions: int) -> int:
    """Open a new file without a name, which is gone when nobody has it open; its permissions ignore the umask."""
    fd = os.open(DIRECTORY, os.O_TMPFILE | os.O_RDWR | os.O_CLOEXEC, permissions)
    try:
        os.fchmod(fd, permissions)
        return fd
    except BaseException:
        os.close(fd)
        raise


def _link(fd: int, path: str) -> bool:
    """Give a file that has no name its name; False if that is taken."""
    try:
        # With src_dir_fd, Python calls linkat, which follows the link in /proc. The path is absolute: it is not used
        os.link(f"/proc/self/fd/{fd}", path, src_dir_fd=fd, follow_symlinks=True)
        return True
    except FileExistsError:
        return False


class _FileLocks:
    """Open-file-description locks on single bytes of a file; a descriptor's own locks never conflict."""

    _SETLK = getattr(fcntl, "F_OFD_SETLK", 37)
    _GETLK = getattr(fcntl, "F_OFD_GETLK", 36)
    _FLOCK = struct.Struct("hhqqi4x")

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def try_shared(self, offset: int) -> bool:
        return self._set(fcntl.F_RDLCK, offset)

    def try_exclusive(self, offset: int) -> bool:
        return self._set(fcntl.F_WRLCK, offset)

    def unlock(self, offset: int) -> None:
        self._set(fcntl.F_UNLCK, offset)

    def find_locked(self, offset: int, length: int) -> Optional[int]:
        """A byte in the range that another open file description has locked exclusively.

        A shared lock does not count: everybody who may read the file can take one.
        """
        found = fcntl.fcntl(self._fd, self._GETLK, self._FLOCK.pack(fcntl.F_RDLCK, os.SEEK_SET, offset, length, 0))
        kind, _, start, _, _ = self._FLOCK.unpack(found)
        return None if kind == fcntl.F_UNLCK else max(offset, start)

    def _set(self, kind: int, offset: int) -> bool:
        try:
            fcntl.fcntl(self._fd, self._SETLK, self._FLOCK.pack(kind, os.SEEK_SET, offset, 1, 0))
        except OSError as ex:
            if ex.errno in (errno.EAGAIN, errno.EACCES):
                return False
            raise
        return True


class _Descriptors:
    """The open files on which this process has locks. A forked child closes its copies of them.

    Otherwise a copy would keep the locks after a death of this process. No thread forks between the opening of a file
    and its entry here, or between its closing and the removal of the entry. Nothing else is locked meanwhile, but a
    finalizer may run: so its lock is reentrant, and comes after that of an attachment.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._open: Set[int] = set()

    def open(self, path: str, flags: int) -> int:
        with self.lock:
            fd = os.open(path, flags | os.O_CLOEXEC)
            self._open.add(fd)
            return fd

    def close(self, fd: int) -> None:
        with self.lock:
            if fd in self._open:
                self._open.remove(fd)
                os.close(fd)

    def close_all_but(self, kept: Set[int]) -> None:
        """In a forked child: close what belonged to threads that are not here."""
        _run_all([functools.partial(self.close, fd) for fd in self._open - kept])


_descriptors = _Descriptors()
