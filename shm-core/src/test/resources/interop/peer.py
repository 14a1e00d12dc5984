"""Evaluates each line of its input and answers with the result, or the name of the exception."""
import signal  # noqa: F401
import sys
import time

sys.path.insert(0, sys.argv[1])
sys.argv = ["-c"]

import shmbeans  # noqa: E402


def increment(raw, lock, count):
    """Read and write in two steps under the lock, so that a hole in it loses counts."""
    for _ in range(count):
        with lock:
            raw.value += 1


def write_pairs(raw, lock):
    while True:
        with lock:
            raw[0] += 1
            raw[1] = raw[0]


def release_once_waiting(lock):
    while lock.waiting == 0:
        time.sleep(0.001)
    lock.release()


def repair(segment, value):
    with segment.lock().recover():
        segment.value = value


def churn(name, rounds):
    """Open and close what another process creates and removes; how often it was there, sound and linked."""
    sound = 0
    for _ in range(rounds):
        try:
            with shmbeans.open(name) as segment:
                if segment.value >= 1000 and segment.linked:
                    sound += 1
                else:
                    return -1
        except shmbeans.SegmentNotFoundError:
            pass
    return sound


def reopen(name, rounds):
    """Open or create, use and close a value again and again; how often it was sound and linked."""
    sound = 0
    for _ in range(rounds):
        with shmbeans.create_or_attach(name, value="int64", initial=1000) as segment, segment.lock():
            before = segment.value
            segment.value = before + 1
            sound += before >= 1000 and segment.linked
    return sound


print("ready", flush=True)
for line in sys.stdin:
    try:
        try:
            found = eval(line)
        except SyntaxError:
            exec(line)
            found = None
            print("done", flush=True)
        else:
            print(repr(found), flush=True)
    except Exception as ex:
        print(type(ex).__name__, flush=True)
