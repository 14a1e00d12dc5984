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
"""What the exit and the fork of this process do to its segments."""

import atexit
import functools
import os
from typing import Callable, List

from ._attachments import _attached
from ._failures import _run_all
from ._files import _descriptors
from ._lock import _locks
from ._segment import _open_segments


def _attend() -> None:
    """Let the exit of this process close its segments, and a forked child attach again."""
    atexit.register(_close_all)
    os.register_at_fork(before=_descriptors.lock.acquire, after_in_parent=_descriptors.lock.release,
                        after_in_child=_after_fork_in_child)


def _close_all() -> None:
    _run_all([segment.close for segment in _open_segments] + [_leave_all])


def _leave_all() -> None:
    """Detach from what only locks and views refer to."""
    steps: List[Callable[[], None]] = [lock._close for lock in _locks if not lock._closed]
    steps += [attachments.leave_and_discard for attachments in list(_attached)]
    _run_all(steps)


def _after_fork_in_child() -> None:
    attached = list(_attached)
    owned = {attachments.descriptor for attachments in attached}
    steps: List[Callable[[], None]] = [_descriptors.lock.release, functools.partial(_descriptors.close_all_but, owned)]
    steps += [attachments.renew for attachments in attached]
    _run_all(steps + [_after_renewal])


def _after_renewal() -> None:
    _run_all([lock._after_fork for lock in _locks] + [segment._after_fork for segment in _open_segments])
