#!/usr/bin/env python3
"""Prints what the sample application shares, from plain CPython 3.8 or later.

Start the application, then run this on the same host as the same user:

    python3 worker.py
    python3 worker.py --follow 1
"""

import argparse
import contextlib
import threading
import time
from multiprocessing import resource_tracker, shared_memory

READINGS = 1024  # shm.arrays.sensor-readings.length

_attach_lock = threading.Lock()


@contextlib.contextmanager
def attaching():
    """Keep the resource tracker from taking notice of a segment.

    A process that attaches is not the owner, but the tracker of CPython treats it as one:
    it would remove the segment when this process exits.
    """
    with _attach_lock:
        register = resource_tracker.register

        def register_others(name, rtype):
            if rtype != "shared_memory":
                register(name, rtype)

        resource_tracker.register = register_others
        try:
            yield
        finally:
            resource_tracker.register = register


def attach_readings(name):
    with attaching():
        return shared_memory.SharedMemory(name=name)


def attach_list(name):
    with attaching():
        return shared_memory.ShareableList(name=name)


def report(readings, status):
    values = readings.buf[: 8 * READINGS].cast("d").tolist()
    print("job-status", list(status))
    print(
        f"sensor-readings count={len(values)} first={values[0]:g} last={values[-1]:g}"
        f" lowest={min(values):g} highest={max(values):g}",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser(description="Print what the sample application shares.")
    parser.add_argument("--namespace", default="", help="the value of shm.namespace")
    parser.add_argument("--follow", type=float, metavar="SECONDS", help="print again and again")
    options = parser.parse_args()

    readings = attach_readings(options.namespace + "sensor-readings")
    status = attach_list(options.namespace + "job-status")
    try:
        report(readings, status)
        while options.follow:
            time.sleep(options.follow)
            report(readings, status)
    except KeyboardInterrupt:
        pass
    finally:
        status.shm.close()
        readings.close()


if __name__ == "__main__":
    main()
