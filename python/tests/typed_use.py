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
"""What ``docs/python.md`` shows, as type checkers see it. Checked, not run."""

import ctypes
from typing import Any, List, Optional, Tuple

import shmbeans


def transfer() -> None:
    """A step that takes the lock, and repairs what a death has left."""
    lock = shmbeans.open("account").lock()
    try:
        with lock:
            pass
    except shmbeans.OwnerDiedError:
        with lock.recover() as held:
            assert held.is_held()
    holder: Optional[shmbeans.Attachment] = lock.owner()
    statistics: shmbeans.Statistics = lock.statistics()
    print(holder, statistics.acquisitions, lock.waiting, lock.consistent, lock.locked())


def free() -> None:
    """A lock of kind semaphore."""
    lock = shmbeans.open("ledger").lock()
    if not lock.acquire(timeout=10):
        lock.force_release()


def read() -> Tuple[float, str]:
    """Values, arrays, lists and blocks."""
    with shmbeans.open("sensor-readings", type="float64", length=1024, readonly=True, timeout=5) as readings:
        total: float = sum(readings.raw())
        array: Any = readings.numpy()
        view: memoryview = readings.buf
        print(array.mean(), view.nbytes, readings.synchronized()[0])
    jobs: shmbeans.ShareableList = shmbeans.open("job-status").list()
    jobs[0] = "done"
    position = shmbeans.open("position")
    position.value = position.type(1.5, -2)
    return total, jobs.format


class Position(ctypes.Structure):
    """A record."""

    _fields_ = [("x", ctypes.c_double), ("y", ctypes.c_double)]


def create() -> shmbeans.Segment:
    """Segments of every kind."""
    shmbeans.create("request-count", value="int64", initial=41, on_shutdown="close", permissions=0o660)
    shmbeans.create("sensor-readings", array="float64", length=1024)
    shmbeans.create("banner", array="char", length=64, initial="hello world")
    shmbeans.create("job-status", list=["howdy", -273.154, 100, True, None, shmbeans.Item("starting", 40)])
    shmbeans.create("frame", block=4 << 20)
    with shmbeans.create("ledger", lock=True).lock():
        return shmbeans.create_or_attach("position", value=Position, initial=(1.5, -2), on_mismatch="replace-if-unused")


def describe() -> List[str]:
    """What there is on the host."""
    names = [found.name for found in shmbeans.segments() if found.abandoned]
    return names + [one.application for one in shmbeans.open("position").attachments()]
