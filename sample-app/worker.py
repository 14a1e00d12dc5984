#!/usr/bin/env python3
"""Prints what the sample application shares, from CPython 3.8 or later.

Start the application, then run this on the same host as the same user:

    python3 worker.py
    python3 worker.py --follow 1
"""

import argparse
import pathlib
import sys
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "python" / "src"))

import shmbeans  # noqa: E402


def report(readings, status):
    with readings.lock():
        values = list(readings.raw())
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

    with shmbeans.open(options.namespace + "sensor-readings") as readings, \
            shmbeans.open(options.namespace + "job-status") as status:
        report(readings, status.list())
        while options.follow:
            time.sleep(options.follow)
            report(readings, status.list())


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
