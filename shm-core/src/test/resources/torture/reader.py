"""Attaches to a shared counter again and again and says when it ever goes back."""
import os
import sys
from multiprocessing import resource_tracker, shared_memory

NAME = sys.argv[1]

# Attaching must not make this process the one that removes the segment.
resource_tracker.register = lambda *_: None
resource_tracker.unregister = lambda *_: None

print("started", flush=True)
last = 0
parent = os.getppid()
while os.getppid() == parent:
    shm = shared_memory.SharedMemory(name=NAME)
    try:
        for _ in range(10_000):
            value = int.from_bytes(shm.buf[:8], "little", signed=True)
            if value < last:
                print("VIOLATION counter went back from", last, "to", value, flush=True)
            last = value
    finally:
        shm.close()
