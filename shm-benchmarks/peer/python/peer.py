"""The CPython peers: prints lines of an id and a time, for the works given as arguments."""
import sys
from multiprocessing import Array, Lock, RawArray, Value
from multiprocessing.shared_memory import ShareableList, SharedMemory
from timeit import Timer

REPEAT = 15


def nanos(statement, scope, number, unit=1e9):
    """The best time of one run of a statement, less that of an empty one."""
    def best(text):
        return min(Timer(text, globals=scope).repeat(REPEAT, number)) / number * unit
    return best(statement) - best("pass")


def locks():
    yield "lock", nanos("lock.acquire(); lock.release()", {"lock": Lock()}, 50_000)


def locked():
    value, array = Value("q", 0), Array("d", 1000)
    scope = {"value": value, "array": array, "raw": RawArray("d", 1000)}
    yield "arrayGet", nanos("array[42]", scope, 20_000)
    yield "arraySet", nanos("array[42] = 1.5", scope, 20_000)
    yield "rawArrayGet", nanos("raw[42]", scope, 50_000)
    yield "valueGet", nanos("value.value", scope, 20_000)
    yield "valueSet", nanos("value.value = 42", scope, 20_000)
    yield "valueAdd", nanos("with value.get_lock():\n    value.value += 1", scope, 20_000)


def lists():
    items = ShareableList([100, -273.154, True, "howdy123"])
    try:
        for index, (kind, new) in enumerate([("int", "101"), ("float", "1.5"), ("bool", "False"), ("str", "'howdy456'")]):
            yield kind + "Get", nanos(f"items[{index}]", {"items": items}, 3_000)
            yield kind + "Set", nanos(f"items[{index}] = {new}", {"items": items}, 3_000)
    finally:
        items.shm.close()
        items.shm.unlink()


def segment():
    def once():
        memory = SharedMemory(create=True, size=1 << 20)
        memory.close()
        memory.unlink()
    yield "segment", nanos("once()", {"once": once}, 100, 1e6)


WORKS = {"locks": locks, "locked": locked, "lists": lists, "segment": segment}

if __name__ == "__main__":
    for work in sys.argv[1:]:
        for name, value in WORKS[work]():
            print(f"Python.{name} {value:.3f}", flush=True)
