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
"""Tests of the package, or of the single file: ``PYTHONPATH=src python3 -W error tests/test_shmbeans.py``.

Most make segments of literal bytes, so they need no Java. Those of :class:`JavaTests` get their segments from a JVM
whose command is in the environment variable SHM_TEST_PEER, one argument a line; the build of the library sets it.
"""

import _multiprocessing
import array
import contextlib
import ctypes
import dis
import errno
import fcntl
import gc
import io
import itertools
import os
import pickle
import resource
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import unittest
import uuid
import warnings
from multiprocessing import synchronize
from unittest import mock

import internals
import shmbeans

try:
    import numpy
except ImportError:
    numpy = None

warnings.filterwarnings("ignore", ".*multi-threaded.*fork", DeprecationWarning)

HERE = os.path.dirname(os.path.abspath(__file__))
PATIENCE = 60

PROGRAM = """
import os, signal, sys, threading, time
sys.path.insert(0, sys.argv[1])
import internals, shmbeans
names = {"shmbeans": shmbeans, "internals": internals, "os": os, "sys": sys, "time": time, "prefix": sys.argv[2]}
for line in sys.stdin:
    try:
        try:
            print(repr(eval(line, names)), flush=True)
        except SyntaxError:
            exec(line, names)
            print("done", flush=True)
    except Exception as ex:
        print(type(ex).__name__, flush=True)
"""


def await_until(condition, what):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("Expected within %d s: %s" % (PATIENCE, what))
        time.sleep(0.001)


def fnv1a(data):
    result = 0xcbf29ce484222325
    for byte in data:
        result = ((result ^ byte) * 0x100000001b3) % (1 << 64)
    return result


def segment_bytes(kind, code, element_size, count, schema, data, unlink_if_last=False):
    """A segment as docs/layout.md specifies it; the literal offsets are the point."""
    content = bytearray(-(-len(data) // 4096) * 4096 + 12288)
    content[:len(data)] = data
    base = len(content) - 12288
    text = schema.encode()
    content[base:base + 8] = b"SHMBEANS"
    for offset, form, value in ((8, "<H", 1), (10, "<H", 0), (12, "<I", 12288), (24, "<I", kind), (28, "<I", code),
                                (32, "<Q", element_size), (40, "<Q", count), (48, "<Q", len(data)),
                                (56, "<Q", fnv1a(text)), (64, "<q", 1_700_000_000_000), (72, "<q", 4711),
                                (120, "<I", 128), (124, "<I", len(text)), (448, "<I", int(unlink_if_last))):
        struct.pack_into(form, content, base + offset, value)
    content[base + 80:base + 80 + 9] = "golden-ü".encode()
    content[base + 512:base + 512 + len(text)] = text
    return content


def value_bytes(number=0, **options):
    return segment_bytes(1, 7, 8, 1, "int64", struct.pack("<q", number), **options)


# ShareableList(['howdy', b'HoWdY', -273.154, 100, None, True, 42]) as CPython 3.9 and later write it
LIST = bytes.fromhex(
    "0700000000000000"
    "0000000000000000" "0800000000000000" "1000000000000000" "1800000000000000" "2000000000000000"
    "2800000000000000" "3000000000000000" "3800000000000000"
    "686f776479000000" "486f576459000000" "5839b4c8761271c0" "6400000000000000" "0000000000000000" "0000000000000001"
    "2a00000000000000"
    "3873000000000000" "3873000000000000" "6400000000000000" "7100000000000000" "7878787878783f78" "787878787878783f"
    "7100000000000000"
    "01020000030000")

MIXED = ("struct{flag:bool@0,count:int64@8,small:uint8@16,ratio:float32@20,"
         "origin:struct{x:float64@0,y:float64@8}16@24,data:int16[3]@40,name:char[5]@46}56")


class Peer:
    """Another process that is told what to do line by line and answers line by line."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
                                        bufsize=1)

    def send(self, line):
        self.process.stdin.write(line + "\n")

    def read(self):
        return self.process.stdout.readline().rstrip("\n")

    def ask(self, line):
        self.send(line)
        return self.read()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def end(self):
        """Let it come to its end by itself."""
        self.process.stdin.close()
        return self.process.wait(PATIENCE)

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()


def failure(do):
    """In another process: the message of what a call raises."""
    try:
        do()
    except shmbeans.SharedMemoryError as ex:
        return str(ex)


@contextlib.contextmanager
def limited(limit, value):
    """Lower a limit of this process."""
    soft, hard = resource.getrlimit(limit)
    resource.setrlimit(limit, (value, hard))
    try:
        yield
    finally:
        resource.setrlimit(limit, (soft, hard))


def close_without_memory(close):
    """In another process: close where the memory cannot be replaced by zeros. Says why it failed."""
    with limited(resource.RLIMIT_DATA, 1):
        try:
            close()
        except OSError as ex:
            return ex.errno


def do_without_descriptors(do):
    """In another process: do something where no file can be opened any more."""
    fillers = []
    with limited(resource.RLIMIT_NOFILE, 64):
        try:
            while True:
                fillers.append(os.dup(0))
        except OSError as ex:
            assert ex.errno == errno.EMFILE
        try:
            return do()
        finally:
            for filler in fillers:
                os.close(filler)


def fork_without_memory():
    """In another process: fork a child that cannot give up its memory, and that stays."""
    reader, writer = os.pipe()
    with limited(resource.RLIMIT_DATA, 1):
        child = os.fork()
    if child == 0:
        os.write(writer, b"x")
        time.sleep(3600)
    os.read(reader, 1)
    return child


class ForkingThread:
    """In another process: a thread that forks a child while another thread does a step.

    It ends when the child has done what Python does after a fork; the child stays.
    """

    def __init__(self):
        self.child = None
        self.thread = threading.Thread(target=self.fork)

    def fork(self):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(writer, b"x")
            time.sleep(3600)
        os.read(reader, 1)
        self.child = child

    def during(self, target, name, when=lambda *arguments: True, after=False):
        """Fork at a step: before or after it. If the fork has to wait, the step goes on after a while."""
        genuine = getattr(target, name)

        def step(*arguments, **options):
            found = genuine(*arguments, **options) if after else None
            if self.thread.ident is None and when(*arguments):
                self.thread.start()
                self.thread.join(0.5)
            return found if after else genuine(*arguments, **options)

        return mock.patch.object(target, name, step)

    def end(self):
        self.thread.join()
        return self.child


def open_and_wait_on_the_way(name, **options):
    """In another process: open a segment, but wait for a line after the look at the presence byte."""
    genuine = internals._Attachments.is_linked

    def is_linked(attachments):
        print("waiting", flush=True)
        sys.stdin.readline()
        return genuine(attachments)

    with mock.patch.object(internals._Attachments, "is_linked", is_linked):
        return shmbeans.open(name, **options)


class Interrupt:
    """Raises KeyboardInterrupt in a call, at one of the places where CPython 3.11 and later look for signals.

    These are the beginning of a function and the end of a call of a C function, before its result is stored. The
    beginning of the outermost function is left out. Places are counted from 0.
    """

    def __init__(self, place):
        self.places = place
        self.happened = False
        self.outermost = None
        self.calling = {}

    def during(self, do):
        """Whether there is such a place."""
        previous = sys.gettrace()
        sys.settrace(self.trace)
        try:
            do()
        except KeyboardInterrupt:
            pass
        finally:
            sys.settrace(previous)
        return self.happened

    def trace(self, frame, event, _):
        frame.f_trace_opcodes = True
        if event == "call":
            self.calling.pop(frame.f_back, None)
            if self.outermost is None:
                self.outermost = frame
            else:
                self.pass_place()
        elif event == "opcode":
            if self.calling.pop(frame, False):
                self.pass_place()
            self.calling[frame] = dis.opname[frame.f_code.co_code[frame.f_lasti]].startswith("CALL")
        return self.trace

    def pass_place(self):
        self.places -= 1
        if self.places < 0 and not self.happened:
            self.happened = True
            raise KeyboardInterrupt


def open_while_another_forks(name, at):
    """In another process: open a segment while another thread forks a child, which stays."""
    forking = ForkingThread()
    step = {"open": lambda: forking.during(os, "open", lambda path, *_: path.startswith("/proc/self/fd/"), after=True),
            "slot": lambda: forking.during(internals._Attachments, "_settle", after=True)}[at]
    with step():
        segment = shmbeans.open(name)
    return segment, forking.end()


def unlink_and_stop_while_another_forks(segment, at):
    """In another process: remove a name while another thread forks a child, and stop before the removal."""
    forking = ForkingThread()

    def stop(_):
        forking.end()
        print(forking.child, flush=True)
        time.sleep(3600)

    step = {"open": lambda: forking.during(os, "open", lambda path, *_: path.startswith("/dev/shm/"), after=True),
            "lock": lambda: forking.during(internals._NamedFile, "is_linked")}[at]
    with step(), mock.patch("os.unlink", stop):
        segment.unlink()


def create_and_stop(name, at):
    """In another process: create a segment, and stop before a step."""
    def stop(*_, **__):
        print("stopped", flush=True)
        time.sleep(3600)

    step = {"permissions": lambda: mock.patch("os.fchmod", stop),
            "memory": lambda: mock.patch("os.posix_fallocate", stop),
            "data": lambda: mock.patch.object(internals._Memory, "begin_with", stop),
            "attachment": lambda: mock.patch.object(internals._Attachments, "attach", stop),
            "name": lambda: mock.patch("os.link", stop)}[at]
    with step():
        shmbeans.create(name, array="int64", initial=range(10_000))


class SegmentTestCase(unittest.TestCase):

    def setUp(self):
        self.prefix = "p%s-" % uuid.uuid4().hex[:8]
        self.addCleanup(self.remove_all)
        self.addCleanup(self.close_all)

    def close_all(self):
        for segment in list(internals._open_segments):
            segment.close()

    def remove_all(self):
        for name in os.listdir("/dev/shm"):
            if self.prefix in name:
                path = "/dev/shm/" + name
                os.rmdir(path) if os.path.isdir(path) and not os.path.islink(path) else os.unlink(path)

    def name(self, suffix):
        return self.prefix + suffix

    def path(self, suffix):
        return "/dev/shm/" + self.name(suffix)

    def make(self, suffix, content, mode=0o600):
        fd = os.open(self.path(suffix), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(fd, "wb") as file:
            file.write(content)
        os.chmod(self.path(suffix), mode)
        return self.name(suffix)

    def value(self, number=0, **options):
        return self.make("v", value_bytes(number, **options))

    def control(self, suffix, offset, form):
        with open(self.path(suffix), "rb") as file:
            return struct.unpack_from(form, file.read()[-12288:], offset)[0]

    def put(self, suffix, offset, form, value):
        size = os.stat(self.path(suffix)).st_size
        with open(self.path(suffix), "r+b") as file:
            file.seek(size - 12288 + offset)
            file.write(struct.pack(form, value))

    def peer(self):
        peer = Peer([sys.executable, "-B", "-W", "error", "-c", PROGRAM, HERE, self.prefix])
        self.addCleanup(peer.close)
        return peer

    def helper(self):
        """Another process that has the functions of this module."""
        peer = self.peer()
        self.assertEqual("done", peer.ask("import test_shmbeans as tests"))
        return peer

    def tell(self, peer, *lines):
        for line in lines:
            self.assertEqual("done", peer.ask(line))

    def exists(self, suffix):
        return os.path.lexists(self.path(suffix))


class IdentityTests(SegmentTestCase):

    def test_value_of_each_scalar(self):
        cases = (("int8", 1, "<b", -5), ("uint8", 2, "<B", 200), ("int16", 3, "<h", -300), ("uint16", 4, "<H", 60000),
                 ("int32", 5, "<i", -70000), ("uint32", 6, "<I", 4_000_000_000), ("int64", 7, "<q", -1 << 62),
                 ("uint64", 8, "<Q", (1 << 64) - 1), ("float32", 9, "<f", 0.5), ("float64", 10, "<d", -273.154),
                 ("bool", 11, "<?", True), ("char", 12, "<c", b"x"), ("wchar", 13, "<I", 0x1f600))
        for schema, code, form, number in cases:
            with self.subTest(schema):
                size = struct.calcsize(form)
                name = self.make(schema, segment_bytes(1, code, size, 1, schema, struct.pack(form, number)))
                with shmbeans.open(name) as segment:
                    self.assertEqual(("value", schema, 1, size),
                                     (segment.kind, segment.schema, segment.length, segment.size))
                    expected = chr(number) if schema == "wchar" else number
                    self.assertEqual(expected, segment.value)
                    self.assertEqual(expected, segment.raw().value)
                    segment.value = expected
                    self.assertEqual(struct.pack(form, number), bytes(segment.buf))

    def test_array(self):
        name = self.make("a", segment_bytes(2, 10, 8, 600, "float64", struct.pack("<600d", *range(600))))
        with shmbeans.open(name, type="d", kind="array", length=600) as segment:
            self.assertEqual("<Segment '%s': array of 600 float64>" % name, repr(segment))
            self.assertIs(ctypes.c_double, segment.type)
            array = segment.raw()
            self.assertEqual([0, 1, 599], [array[0], array[1], array[599]])
            array[1] = 2.5
            self.assertEqual(struct.pack("<d", 2.5), bytes(segment.buf[8:16]))

    def test_record_has_the_layout_of_the_schema(self):
        data = struct.pack("<?7xqB3xfdd3h5s5x", True, -1, 200, 0.5, 3, 4, 1, 2, 3, b"h\xe9")
        name = self.make("r", segment_bytes(1, 100, 56, 1, MIXED, data))
        with shmbeans.open(name) as segment:
            record = segment.value
            self.assertEqual((True, -1, 200, 0.5, 3.0, 4.0, [1, 2, 3], b"h\xe9"),
                             (record.flag, record.count, record.small, record.ratio, record.origin.x, record.origin.y,
                              list(record.data), record.name))
            record.count = 7
            self.assertEqual(-1, segment.value.count)
            segment.value = record
            self.assertEqual(7, segment.raw().count)
            self.assertEqual("Record(x=3.0, y=4.0)", repr(record.origin))
            with self.assertRaisesRegex(TypeError, "Expected a Record"):
                segment.value = 5

    def test_list_block_and_lock(self):
        self.make("l", segment_bytes(3, 0, 0, 7, "list", LIST))
        self.make("b", segment_bytes(4, 0, 1, 5000, "bytes", b"x" * 5000))
        self.make("m", segment_bytes(5, 0, 0, 0, "process", b""))
        found = [shmbeans.open(self.name(suffix)) for suffix in "lbm"]
        self.assertEqual([("list", 7, 191), ("block", 5000, 5000), ("lock", 0, 0)],
                         [(segment.kind, segment.length, segment.size) for segment in found])
        self.assertEqual(b"x" * 5000, bytes(found[1].buf))
        self.assertEqual(b"", bytes(found[2].buf))
        with found[2].lock():
            self.assertTrue(found[2].lock().locked())

    def test_wrong_use_is_refused(self):
        self.make("l", segment_bytes(3, 0, 0, 7, "list", LIST))
        segment = shmbeans.open(self.name("l"))
        value = shmbeans.open(self.value())
        for use in (segment.raw, lambda: segment.value, value.list, lambda: setattr(segment, "value", 5)):
            with self.assertRaisesRegex(shmbeans.SegmentMismatchError, "expected to be"):
                use()

    def test_number_out_of_range_is_refused(self):
        segment = shmbeans.open(self.make("v", segment_bytes(1, 2, 1, 1, "uint8", b"\7")))
        for number in (-1, 256):
            with self.assertRaisesRegex(OverflowError, "from 0 to 255, found"):
                segment.value = number
        with self.assertRaises(TypeError):
            segment.value = 1.5
        self.assertEqual(7, segment.value)

    def test_declaration_that_differs_is_refused_before_anything_is_written(self):
        name = self.value(5)
        before = bytes(value_bytes(5))
        for options in ({"type": "int32"}, {"kind": "array"}, {"length": 2}, {"type": "list"}):
            with self.assertRaisesRegex(shmbeans.SegmentMismatchError, "found value of int64"):
                shmbeans.open(name, **options)
        with open(self.path("v"), "rb") as file:
            self.assertEqual(before, file.read())

    def test_readonly_refuses_writes_and_takes_no_lock(self):
        segment = shmbeans.open(self.value(5), readonly=True)
        self.assertEqual(5, segment.value)
        self.assertTrue(segment.buf.readonly)
        for write in (segment.raw, lambda: setattr(segment, "value", 1)):
            with self.assertRaisesRegex(shmbeans.SegmentMismatchError, "readonly=False"):
                write()
        with self.assertRaises(TypeError):
            segment.buf[0] = 1

    def test_synchronized_is_that_of_multiprocessing(self):
        segment = shmbeans.open(self.value(5))
        value = segment.synchronized()
        with value.get_lock():
            self.assertTrue(segment.lock().is_held())
            value.value += 1
        self.assertEqual(6, segment.value)
        record = shmbeans.open(self.make("r", segment_bytes(1, 100, 8, 1, "struct{x:int32@0,y:int32@4}8", bytes(8))))
        record.synchronized().y = 9
        self.assertEqual(9, record.value.y)

    def test_segments_of_the_host_are_listed_without_attaching(self):
        name = self.value()
        self.make("other", b"SHMBEANS" * 2000)
        segment = shmbeans.open(name, application="söme-application-" + "ü" * 30)
        found = [one for one in shmbeans.segments() if one.name.startswith(self.prefix)]
        self.assertEqual([name], [one.name for one in found])
        self.assertEqual(("value", "int64", 1, 8, 16384, "golden-ü"), found[0][1:6] + (found[0].creator,))
        self.assertEqual(segment.attachments(), found[0].attachments)
        output = subprocess.run([sys.executable, "-B", "-W", "error", "-m", "shmbeans", name], encoding="utf-8",
                                stdout=subprocess.PIPE, check=True).stdout
        self.assertIn("value int64, length 1, 8 bytes", output)
        self.assertIn("söme-application-", output)
        with contextlib.redirect_stderr(io.StringIO()) as errors:
            self.assertEqual(1, internals._main([self.name("missing")]))
        self.assertIn("missing", errors.getvalue())


class RefusalTests(SegmentTestCase):

    def assert_refused(self, content, error, message):
        suffix = "bad"
        name = self.make(suffix, content)
        try:
            with self.assertRaisesRegex(error, message):
                shmbeans.open(name)
            with open(self.path(suffix), "rb") as file:
                self.assertEqual(bytes(content), file.read())
            self.assertEqual([], [one for one in shmbeans.segments() if one.name == name])
        finally:
            os.unlink(self.path(suffix))

    def test_damaged_control_block(self):
        cases = (("major", 8, "<H", 2, "layout version 1, found version 2"),
                 ("features", 16, "<I", 4, "no incompatible features, found 0x4"),
                 ("length", 12, "<I", 4096, "control block length .* 12288, found 4096"),
                 ("kind", 24, "<I", 6, "kind was expected to be 1 to 5, found 6"),
                 ("type", 28, "<I", 8, "element type code was expected to be 7, found 8"),
                 ("element size", 32, "<Q", 4, "data length was expected to be 1 elements of 4 bytes, found 8"),
                 ("count", 40, "<Q", 2, "2 elements of 8 bytes, found 8"),
                 ("huge count", 40, "<Q", 1 << 63, "elements of 8 bytes"),
                 ("data length", 48, "<Q", 5000, "file size was expected to be 20480, found 16384"),
                 ("huge data length", 48, "<Q", (1 << 64) - 8, "data length was expected to be 0 to 16384"),
                 ("hash", 56, "<Q", 1, "schema hash was expected to be 0xf9d0c88f42834344, found 0x1"),
                 ("slots", 120, "<I", 129, "slot count was expected to be 128, found 129"),
                 ("schema length", 124, "<I", 3585, "schema length was expected to be 0 to 3584"),
                 ("schema", 512, "<B", 0xff, "schema was expected to be UTF-8"))
        for what, offset, form, value, message in cases:
            with self.subTest(what):
                content = value_bytes(5)
                struct.pack_into(form, content, 4096 + offset, value)
                self.assert_refused(content, shmbeans.InvalidSegmentError, message)

    def test_damaged_shape(self):
        cases = ((1, (), "0 or 2 to 15, found 1"), (16, (1,) * 15, "0 or 2 to 15, found 16"),
                 (0xffffffff, (), "found 4294967295"), (2, (2, 3), "product of the shape .* 4, found 6"),
                 (2, (0, 4), "found 0"), (2, ((1 << 64) - 2, 2), "extent was expected to be 0 to"))
        for dimensions, extents, message in cases:
            with self.subTest((dimensions, extents)):
                content = segment_bytes(2, 7, 8, 4, "int64", bytes(32))
                struct.pack_into(f"<I4x{len(extents)}Q", content, 4096 + 128, dimensions, *extents)
                self.assert_refused(content, shmbeans.InvalidSegmentError, message)

    def test_schema_that_makes_no_sense(self):
        cases = (("int65", 8), ("struct", 8), ("struct{}8", 8), ("struct{a:int64@0}8x", 8), ("struct{a:int64@0}16", 16),
                 ("struct{a:int8@0,b:int64@1}9", 9), ("struct{a:int8@1,b:int8@0}2", 2),
                 ("struct{a:int32@0,a:int32@4}8", 8),
                 ("struct{__del__:int64@0}8", 8),
                 ("struct{_fields_:int64@0}8", 8), ("struct{a b:int64@0}8", 8), ("struct{x%s:int64@0}8", 8),
                 ("struct{a:int64[99999999999]@0}8", 8), ("struct{a:int8[-1]@0}8", 8),
                 ("struct{a:" * 100 + "int64" + "@0}8" * 100, 8), ("struct{a:char[4]@0,b:char[5]@4}8", 8),
                 ("struct{a:int64@0", 8), ("bytes", 8), ("list", 8), ("struct{a:int64@٣}8", 8))
        for schema, size in cases:
            with self.subTest(schema[:60]):
                content = segment_bytes(1, 100, size, 1, schema, bytes(size))
                self.assert_refused(content, shmbeans.InvalidSegmentError, "expected to")

    def test_other_kinds_that_make_no_sense(self):
        for kind, element_size, count, schema, data in ((3, 8, 1, "list", LIST), (3, 0, 192, "list", LIST),
                                                        (3, 0, 7, "bytes", LIST), (4, 1, 5, "list", b"12345"),
                                                        (4, 5, 1, "bytes", b"12345"), (5, 0, 0, "mutex", b""),
                                                        (5, 0, 0, "semaphore", b"")):
            with self.subTest(schema):
                self.assert_refused(segment_bytes(kind, 0, element_size, count, schema, data),
                                    shmbeans.InvalidSegmentError, "expected to be")

    def test_every_flipped_byte_is_refused_or_harmless(self):
        for offset in range(0, 128):
            content = value_bytes(5)
            content[4096 + offset] ^= 0xff
            name = self.make("flip", content)
            with contextlib.suppress(shmbeans.SharedMemoryError):
                with shmbeans.open(name) as segment:
                    self.assertEqual(5, segment.value)
            os.unlink(self.path("flip"))

    def test_missing_segment(self):
        with self.assertRaisesRegex(shmbeans.SegmentNotFoundError, "Start the process that creates it first"):
            shmbeans.open(self.name("missing"))
        with self.assertRaises(FileNotFoundError):
            shmbeans.open(self.name("missing"), timeout=0.01)

    def test_segment_that_vanishes_while_it_is_refused_is_missing(self):
        name = self.value()

        def refuse(path, *_):
            os.unlink(path)
            raise PermissionError(errno.EACCES, "refused")

        with mock.patch("os.open", refuse):
            with self.assertRaises(shmbeans.SegmentNotFoundError):
                shmbeans.open(name, readonly=True)

    def test_segment_that_appears_in_time(self):
        maker = threading.Thread(target=lambda: os.rename(self.make_hidden(), self.path("late")))
        opened = []
        waiter = threading.Thread(target=lambda: opened.append(shmbeans.open(self.name("late"), timeout=PATIENCE)))
        waiter.start()
        maker.start()
        maker.join()
        waiter.join()
        self.assertEqual(5, opened[0].value)

    def make_hidden(self):
        self.make("hidden", value_bytes(5))
        return self.path("hidden")

    def test_names(self):
        for name in ("", ".hidden", "a/b", "ü", "x" * 251, "a\n"):
            with self.assertRaisesRegex(ValueError, "Expected a segment name"):
                shmbeans.create(name, value="q")
        for name in ("", "a/b", "x" * 256, "ü" * 128, "a\0", ".", ".."):
            with self.assertRaisesRegex(ValueError, "Expected the name of a file"):
                shmbeans.open(name)
            with contextlib.redirect_stderr(io.StringIO()):
                self.assertEqual(1, internals._main([name]))

    def test_names_that_others_give_are_opened(self):
        for suffix in ("a b", "ü", "a:b", "\n", "x" * (255 - len(self.prefix))):
            with self.subTest(suffix):
                self.make(suffix, value_bytes(5))
                with shmbeans.open(self.name(suffix)) as segment:
                    self.assertEqual((5, True), (segment.value, segment.linked))
                    self.assertIn(segment.name, [one.name for one in shmbeans.segments()])
                    segment.unlink()
                self.assertFalse(self.exists(suffix))
        hidden = "." + self.value(5)
        os.rename(self.path("v"), "/dev/shm/" + hidden)
        self.assertEqual(5, shmbeans.open(hidden).value)

    def test_options(self):
        name = self.value()
        for options in ({"on_owner_death": "panic"}, {"kind": "tuple"}):
            with self.assertRaisesRegex(ValueError, "Expected"):
                shmbeans.open(name, **options)

    def test_files_that_are_no_segment(self):
        os.symlink(self.path("v"), self.path("link"))
        os.mkdir(self.path("directory"))
        os.mkfifo(self.path("fifo"))
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(self.path("socket"))
            for suffix, found in (("link", "symbolic link"), ("directory", "directory"), ("fifo", "FIFO"),
                                  ("socket", "socket")):
                with self.assertRaisesRegex(shmbeans.SegmentAccessError, found):
                    shmbeans.open(self.name(suffix))
                with self.assertRaisesRegex(shmbeans.SegmentAccessError, found):
                    shmbeans.open(self.name(suffix), readonly=True)
        self.make("empty", b"")

    def test_hard_links_are_refused(self):
        name = self.value(5)
        os.link(self.path("v"), self.path("second"))
        with self.assertRaisesRegex(shmbeans.SegmentAccessError, "found 2 hard links. Remove the other names"):
            shmbeans.open(name)
        os.unlink(self.path("second"))
        self.assertEqual(5, shmbeans.open(name).value)

    def test_empty_file_is_refused_after_a_second_or_the_timeout(self):
        name = self.make("empty", b"")
        for timeout, expected in ((0, 1), (1.2, 1.2)):
            start = time.monotonic()
            with self.assertRaisesRegex(shmbeans.SegmentMismatchError, "an empty file.*raise the timeout"):
                shmbeans.open(name, timeout=timeout)
            self.assertGreaterEqual(time.monotonic() - start, expected)

    def test_empty_file_is_waited_for_until_its_creator_has_filled_it(self):
        name = self.make("empty", b"")
        self.make("full", value_bytes(5))
        genuine = internals._Request.try_attach
        attempts = []

        def try_attach(request, patient):
            attempts.append(patient)
            if len(attempts) == 3:
                os.rename(self.path("full"), self.path("empty"))
            return genuine(request, patient)

        with mock.patch.object(internals._Request, "try_attach", try_attach):
            self.assertEqual(5, shmbeans.open(name).value)
        self.assertEqual([True] * 3, attempts)

    def test_file_that_others_may_write(self):
        name = self.make("v", value_bytes(5), 0o622)
        with self.assertRaisesRegex(shmbeans.SegmentAccessError, "0o600, found 0o622.*permissions=0o622"):
            shmbeans.open(name)
        self.assertEqual(5, shmbeans.open(name, permissions=0o622).value)

    @unittest.skipUnless(os.geteuid() == 0, "only root can give files away")
    def test_file_of_another_user(self):
        name = self.value(5)
        os.chown(self.path("v"), 12345, 12345)
        with self.assertRaisesRegex(shmbeans.SegmentAccessError, "one of user id 12345.*foreign_owner=True"):
            shmbeans.open(name)
        self.assertEqual(5, shmbeans.open(name, foreign_owner=True).value)

    @unittest.skipUnless(os.geteuid() == 0, "only root can give files away")
    def test_file_that_this_user_may_only_read(self):
        name = self.make("v", value_bytes(5), 0o644)
        peer = self.peer()
        peer.ask("os.setuid(12345)")
        self.assertEqual("SegmentAccessError", peer.ask("shmbeans.open('%s', foreign_owner=True)" % name))
        self.assertEqual("done", peer.ask("s = shmbeans.open('%s', foreign_owner=True, readonly=True)" % name))
        self.assertEqual("(5, 0)", peer.ask("s.value, len(s.attachments())"))
        self.assertEqual("SegmentMismatchError", peer.ask("s.lock()"))
        self.assertEqual("5", peer.ask("s.buf[0]"))
        self.assertEqual("None", peer.ask("s.close()"))
        self.assertEqual(5, shmbeans.open(name).value)

    def test_missing_libatomic_is_refused_with_the_remedy(self):
        segment = shmbeans.open(self.value(5))
        internals._atomics.cache_clear()
        self.addCleanup(internals._atomics.cache_clear)
        with mock.patch("ctypes.PyDLL", side_effect=OSError("no such file")):
            with self.assertRaisesRegex(shmbeans.UnsupportedPlatformError, "apt-get install libatomic1"):
                segment.lock()
        self.assertEqual(5, segment.raw().value)

    def test_other_platform_is_refused(self):
        with mock.patch("os.uname", return_value=mock.Mock(machine="sparc64")):
            with self.assertRaisesRegex(shmbeans.UnsupportedPlatformError, "found linux on sparc64"):
                internals._System()


class AttachmentTests(SegmentTestCase):

    def test_slot_describes_the_attachment(self):
        segment = shmbeans.open(self.value(), application="py-ü")
        self.assertEqual(1, self.control("v", 4096, "<I"))
        self.assertEqual(0, self.control("v", 4100, "<i"))
        self.assertEqual(os.getpid(), self.control("v", 4104, "<q"))
        with open("/proc/self/stat") as file, open("/proc/stat") as boot:
            ticks = int(file.read().split()[21])
            start = next(int(line.split()[1]) for line in boot if line.startswith("btime")) * 1000
        self.assertEqual(start + ticks * 1000 // os.sysconf("SC_CLK_TCK"), self.control("v", 4112, "<q"))
        self.assertEqual("py-ü".encode().ljust(40, b"\0"), self.control("v", 4120, "<40s"))
        self.assertEqual([(0, os.getpid(), "py-ü", 0)], [(one.slot, one.pid, one.application, one.waiting)
                                                        for one in segment.attachments()])

    def test_slots_are_reused_with_another_epoch(self):
        first = shmbeans.open(self.value())
        second = shmbeans.open(self.name("v"))
        self.assertEqual([0, 1], [one.slot for one in first.attachments()])
        second.close()
        self.assertEqual([0], [one.slot for one in first.attachments()])
        shmbeans.open(self.name("v"))
        self.assertEqual(2, self.control("v", 4096 + 64, "<I"))

    def test_epoch_of_a_damaged_lock_that_names_the_newcomer_is_passed_over(self):
        name = self.value()
        self.put("v", 256, "<Q", 1 << 32 | 1)
        segment = shmbeans.open(name, on_owner_death="ignore")
        self.assertEqual(2, self.control("v", 4096, "<I"))
        self.assertTrue(segment.lock().acquire(timeout=PATIENCE))

    def test_slot_that_somebody_is_just_taking_is_passed_over(self):
        name = self.value()
        peer = self.peer()
        peer.ask("import fcntl, struct")
        peer.ask("fd = os.open('%s', os.O_RDWR)" % self.path("v"))
        lock = "fcntl.fcntl(fd, 37, struct.pack('hhqqi4x', %s, 0, (1 << 62) + (1 << 19), 1, 0)) and None"
        self.assertEqual("None", peer.ask(lock % "fcntl.F_WRLCK"))
        first = shmbeans.open(name)
        self.assertEqual([1], [one.slot for one in first.attachments()])
        self.assertEqual(0, self.control("v", 4096, "<I"))
        self.assertEqual("None", peer.ask(lock % "fcntl.F_UNLCK"))
        second = shmbeans.open(name)
        self.assertEqual([0, 1], [one.slot for one in second.attachments()])
        third = shmbeans.open(name)
        self.assertEqual([0, 1, 2], [one.slot for one in third.attachments()], "the bytes are free again")

    def kill_holder_in_slot_0(self):
        peer = self.peer()
        for line in ("s = shmbeans.open('%s')" % self.name("v"), "lock = s.lock()", "ok = lock.acquire()"):
            self.assertEqual("done", peer.ask(line))
        survivor = shmbeans.open(self.name("v"))
        peer.kill()
        self.assertEqual([1], [one.slot for one in survivor.attachments()])
        return survivor

    def test_dead_holder_is_not_alive_again_while_another_takes_its_slot(self):
        self.value()
        survivor = self.kill_holder_in_slot_0()
        genuine = internals._FileLocks.try_exclusive
        outcomes = []

        def try_exclusive(locks, offset):
            taken = genuine(locks, offset)
            if offset == 1 << 62:
                try:
                    outcomes.append(survivor.lock().acquire(False))
                except shmbeans.OwnerDiedError:
                    outcomes.append("taken over")
            return taken

        with mock.patch.object(internals._FileLocks, "try_exclusive", try_exclusive):
            newcomer = shmbeans.open(self.name("v"))
        self.assertEqual(["taken over"], outcomes)
        self.assertEqual([0, 1], [one.slot for one in newcomer.attachments()])

    def test_process_that_ends_before_it_has_the_slot_leaves_the_dead_holder_dead(self):
        self.value()
        survivor = self.kill_holder_in_slot_0()
        peer = self.peer()
        peer.ask("genuine = internals._FileLocks.try_exclusive")
        peer.ask("internals._FileLocks.try_exclusive = lambda locks, offset:"
                 " os._exit(7) if offset == 1 << 62 else genuine(locks, offset)")
        peer.send("shmbeans.open('%s')" % self.name("v"))
        self.assertEqual(7, peer.process.wait(PATIENCE))
        self.assertEqual(2, self.control("v", 4096, "<I"))
        self.assertEqual([1], [one.slot for one in survivor.attachments()])
        with self.assertRaises(shmbeans.OwnerDiedError):
            survivor.lock().acquire()

    def test_limit(self):
        name = self.value()
        first = shmbeans.open(name)
        others = [shmbeans.open(name) for _ in range(127)]
        self.assertEqual(127, len(others))
        self.assertEqual(list(range(128)), [one.slot for one in first.attachments()])
        with self.assertRaisesRegex(shmbeans.AttachmentLimitError, "found 128 live attachments"):
            shmbeans.open(name)

    def test_files_are_closed(self):
        name = self.value()
        before = os.listdir("/proc/self/fd")
        views = []
        for _ in range(3):
            with shmbeans.open(name) as segment:
                views.append(segment.buf)
        with contextlib.suppress(shmbeans.SegmentMismatchError):
            shmbeans.open(name, type="int8")
        self.assertEqual(before, os.listdir("/proc/self/fd"))

    def test_descriptors_are_not_inherited(self):
        before = set(os.listdir("/proc/self/fd"))
        segment = shmbeans.open(self.value())
        made = [int(fd) for fd in set(os.listdir("/proc/self/fd")) - before if os.path.exists("/proc/self/fd/" + fd)]
        self.assertEqual([False], [os.get_inheritable(fd) for fd in made])
        segment.close()

    def test_close_is_idempotent_and_refuses_later_use(self):
        segment = shmbeans.open(self.value())
        lock = segment.lock()
        segment.close()
        segment.close()
        for use in (lambda: segment.buf, lambda: segment.value, segment.lock, segment.attachments, segment.raw,
                    lock.acquire, lambda: lock.acquire(False), lock.force_release, segment.__enter__):
            with self.assertRaisesRegex(shmbeans.SegmentClosedError, "Open it again"):
                use()
        lock.release()
        self.assertFalse(lock.locked())

    def test_views_that_outlive_the_segment_read_zeros(self):
        segment = shmbeans.open(self.value(5))
        raw, view = segment.raw(), segment.buf
        segment.close()
        del segment
        self.assertEqual((0, 0), (raw.value, view[0]))
        raw.value = 9
        with open(self.path("v"), "rb") as file:
            self.assertEqual(5, file.read(1)[0])

    def test_last_attachment_removes_the_name_if_that_was_asked_for(self):
        first = shmbeans.open(self.value(unlink_if_last=True))
        second = shmbeans.open(self.name("v"))
        first.close()
        self.assertTrue(self.exists("v"))
        self.assertTrue(second.linked)
        second.close()
        self.assertFalse(self.exists("v"))

    def test_last_attachment_leaves_the_name_otherwise(self):
        shmbeans.open(self.value()).close()
        self.assertTrue(self.exists("v"))

    def test_name_that_leads_to_another_file_is_left_alone(self):
        segment = shmbeans.open(self.value(unlink_if_last=True))
        os.unlink(self.path("v"))
        self.value()
        self.assertFalse(segment.linked)
        segment.close()
        segment.unlink()
        self.assertTrue(self.exists("v"))

    def test_unlink(self):
        segment = shmbeans.open(self.value(5))
        segment.unlink()
        self.assertFalse(self.exists("v"))
        self.assertEqual(5, segment.value)
        segment.unlink()

    def test_removed_segment_is_not_joined(self):
        segment = shmbeans.open(self.value(unlink_if_last=True))
        fd = os.open(self.path("v"), os.O_RDWR)
        segment.close()
        self.assertEqual(0, os.fstat(fd).st_nlink)
        os.close(fd)
        with self.assertRaises(shmbeans.SegmentNotFoundError):
            shmbeans.open(self.name("v"))

    def test_segment_that_is_removed_meanwhile_is_not_joined(self):
        name = self.value()
        genuine = internals._Attachments.present

        def present(attachments, slot):
            if self.exists("v"):
                os.unlink(self.path("v"))
            return genuine(attachments, slot)

        with mock.patch.object(internals._Attachments, "present", present):
            with self.assertRaises(shmbeans.SegmentNotFoundError):
                shmbeans.open(name)

    def test_name_that_comes_to_lead_elsewhere_while_it_is_removed_is_left_alone(self):
        segment = shmbeans.open(self.value(5))
        fd = os.open(self.path("v"), os.O_RDONLY)
        self.addCleanup(os.close, fd)
        fcntl.flock(fd, fcntl.LOCK_EX)
        pauses = []

        def other_remover_goes_on(seconds):
            if not pauses:
                os.unlink(self.path("v"))
                self.value(6)
                fcntl.flock(fd, fcntl.LOCK_UN)
            pauses.append(seconds)

        with mock.patch("time.sleep", other_remover_goes_on):
            segment.unlink()
        self.assertEqual(1, len(pauses))
        self.assertEqual(6, shmbeans.open(self.name("v")).value)

    def test_name_is_removed_while_its_file_is_locked(self):
        fd = os.open("/dev/shm/" + self.value(unlink_if_last=True), os.O_RDONLY)
        self.addCleanup(os.close, fd)
        for remove in (shmbeans.Segment.close, shmbeans.Segment.unlink):
            segment = shmbeans.open(self.name("v"))
            with mock.patch("os.unlink", side_effect=lambda path: self.assert_locked(fd)) as unlink:
                remove(segment)
            unlink.assert_called_once_with(self.path("v"))
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.flock(fd, fcntl.LOCK_UN)

    def assert_locked(self, fd):
        with self.assertRaises(BlockingIOError):
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def test_remover_that_does_not_go_on_is_reported(self):
        segment = shmbeans.open(self.value(5, unlink_if_last=True))
        view = segment.buf
        before = len(os.listdir("/proc/self/fd"))
        fd = os.open(self.path("v"), os.O_RDONLY)
        with internals.patched("_REMOVE_SECONDS", 0.05):
            with contextlib.closing(os.fdopen(fd, "rb")):
                fcntl.flock(fd, fcntl.LOCK_EX)
                with self.assertRaisesRegex(shmbeans.SegmentAccessError, "locked it to remove it.*stopped process"):
                    segment.unlink()
                self.assertEqual(before + 1, len(os.listdir("/proc/self/fd")))
                with self.assertRaisesRegex(shmbeans.SegmentAccessError, "locked it to remove it"):
                    segment.close()
        self.assertEqual((0, True, ()), (view[0], self.exists("v"), internals._describe(self.name("v")).attachments))
        self.assertEqual(1, self.control("v", 448, "<I"))

    def test_name_is_removed_where_no_file_can_be_opened(self):
        for line in ("s.close()", "s.unlink()"):
            with self.subTest(line):
                name = self.value(5, unlink_if_last=True)
                peer = self.helper()
                self.tell(peer, "s = shmbeans.open('%s')" % name)
                self.assertEqual("None", peer.ask("tests.do_without_descriptors(lambda: %s)" % line))
                self.assertFalse(self.exists("v"))
                self.assertEqual(0, peer.end())

    def test_truncated_segment_is_removed_if_that_was_asked_for(self):
        for size in (0, 5000, 16383):
            for use in ("lock = s.lock()", "view = s.buf"):
                for end in ("s.close()", None):
                    with self.subTest("%d %s %s" % (size, use, end)):
                        name = self.value(5, unlink_if_last=True)
                        peer = self.peer()
                        self.tell(peer, "s = shmbeans.open('%s')" % name, use)
                        os.truncate(self.path("v"), size)
                        if end is not None:
                            self.assertEqual("None", peer.ask(end))
                            self.assertFalse(self.exists("v"))
                        self.assertEqual(0, peer.end())
                        self.assertFalse(self.exists("v"))

    def test_truncated_segment_stays_if_nobody_asked_for_its_removal_or_the_name_leads_elsewhere(self):
        segment = shmbeans.open(self.value(5))
        os.truncate(self.path("v"), 0)
        segment.close()
        self.assertTrue(self.exists("v"))
        os.unlink(self.path("v"))
        segment = shmbeans.open(self.value(5, unlink_if_last=True))
        os.truncate(self.path("v"), 0)
        os.rename(self.path("v"), self.path("old"))
        self.value(6)
        segment.close()
        self.assertTrue(self.exists("v") and self.exists("old"))

    def test_child_of_a_process_whose_segment_was_truncated_does_not_attach(self):
        name = self.value(5)
        peer = self.peer()
        self.tell(peer, "s = shmbeans.open('%s')" % name, "sys.unraisablehook = lambda _: None")
        os.truncate(self.path("v"), 0)
        child = int(peer.ask("os.fork() or os._exit(7 if s.closed else 8)"))
        self.assertEqual("7", peer.ask("os.waitpid(%d, 0)[1] >> 8" % child))

    def test_two_that_leave_at_the_same_time_do_not_both_leave_the_name(self):
        first = shmbeans.open(self.value(unlink_if_last=True))
        second = shmbeans.open(self.name("v"))
        with mock.patch.object(first._memory, "discard", side_effect=second.close):
            first.close()
        self.assertFalse(self.exists("v"))

    def test_last_one_never_lets_go_of_the_presence_byte_before_the_name_is_removed(self):
        segment = shmbeans.open(self.value(unlink_if_last=True))
        with mock.patch.object(segment._attachments._locks, "unlock", side_effect=AssertionError) as unlock:
            with mock.patch("os.unlink", side_effect=lambda _: unlock.assert_not_called()) as unlink:
                with self.assertRaises(AssertionError):
                    segment.close()
        unlink.assert_called_once_with(self.path("v"))

    def test_joining_that_fails_while_the_last_one_leaves_removes_the_name(self):
        first = shmbeans.open(self.value(unlink_if_last=True))
        before = len(os.listdir("/proc/self/fd"))

        def join(_):
            first.close()
            self.assertTrue(self.exists("v"))
            raise MemoryError

        with mock.patch.object(internals._Attachments, "_join", join):
            with self.assertRaises(MemoryError):
                shmbeans.open(self.name("v"))
        self.assertFalse(self.exists("v"))
        self.assertEqual(before - 1, len(os.listdir("/proc/self/fd")))

    def test_bytes_without_memory_are_given_some(self):
        name = self.make("sparse", b"")
        os.truncate(self.path("sparse"), 1 << 20)
        shmbeans.open(name, type="bytes")
        self.assertGreaterEqual(os.stat(self.path("sparse")).st_blocks * 512, 1 << 20)

    def test_full_filesystem_is_reported_before_a_byte_is_touched(self):
        name = self.make("sparse", b"")
        os.truncate(self.path("sparse"), 1 << 50)
        with self.assertRaisesRegex(shmbeans.OutOfMemoryError, "memory for 1125899906842624 bytes"):
            shmbeans.open(name, type="bytes")

    def test_exit_of_a_process_detaches_and_the_tracker_removes_nothing(self):
        name = self.value(5)
        peer = self.peer()
        self.assertEqual("done", peer.ask("s = shmbeans.open('%s')" % name))
        self.assertEqual("5", peer.ask("s.value"))
        self.assertEqual("False", peer.ask("'multiprocessing' in sys.modules"))
        self.assertEqual(1, len(internals._describe(name).attachments))
        self.assertEqual(0, peer.end())
        self.assertEqual((), internals._describe(name).attachments)
        self.assertEqual(5, shmbeans.open(name).value)

    def test_exit_of_the_last_process_removes_the_name(self):
        name = self.value(unlink_if_last=True)
        peer = self.peer()
        peer.ask("s = shmbeans.open('%s')" % name)
        self.assertEqual(0, peer.end())
        self.assertFalse(self.exists("v"))

    def test_killed_process_is_not_counted(self):
        name = self.value(unlink_if_last=True)
        segment = shmbeans.open(name)
        peer = self.peer()
        peer.ask("s = shmbeans.open('%s')" % name)
        self.assertEqual([os.getpid(), peer.process.pid], [one.pid for one in segment.attachments()])
        peer.kill()
        self.assertEqual([os.getpid()], [one.pid for one in segment.attachments()])
        segment.close()
        self.assertFalse(self.exists("v"))


class CloseTests(SegmentTestCase):
    """A step of close fails: the others are done all the same."""

    def setUp(self):
        super().setUp()
        self.segment = shmbeans.open(self.value(5, unlink_if_last=True))
        self.segment.lock()
        self.view = self.segment.buf
        self.fds = len(os.listdir("/proc/self/fd"))

    def assert_closed(self):
        self.assertTrue(self.segment.closed)
        self.assertEqual(0, self.view[0])
        self.assertEqual((), internals._describe(self.name("v")).attachments)
        self.assertEqual(self.fds - 1, len(os.listdir("/proc/self/fd")))
        self.segment.close()

    def test_failing_unlink(self):
        with mock.patch("os.unlink", side_effect=OSError(errno.EIO, "broken")):
            with self.assertRaisesRegex(OSError, "broken"):
                self.segment.close()
        self.assert_closed()

    def test_failing_flock(self):
        genuine = fcntl.flock

        def flock(fd, operation):
            genuine(fd, fcntl.LOCK_UN)
            raise OSError(errno.EIO, "broken")

        with mock.patch("fcntl.flock", flock):
            with self.assertRaisesRegex(OSError, "broken"):
                self.segment.close()
        self.assert_closed()

    def test_failing_lock(self):
        with mock.patch.object(self.segment._lock, "_close", side_effect=KeyboardInterrupt):
            with self.assertRaises(KeyboardInterrupt):
                self.segment.close()
        self.assertFalse(self.exists("v"))
        self.assertEqual(0, self.view[0])
        self.assertEqual(self.fds - 1, len(os.listdir("/proc/self/fd")))

    def test_first_failure_is_raised_and_has_the_others_in_its_context(self):
        failures = [OSError(errno.EIO, "lock"), OSError(errno.EIO, "unlink"), OSError(errno.EIO, "slot")]
        outer = ValueError("outer")
        for handled in (None, outer):
            with self.subTest(handled):
                segment = shmbeans.open(self.name("v")) if self.segment.closed else self.segment
                segment.lock()
                unlock = segment._attachments._locks.unlock

                def failing_unlock(offset):
                    unlock(offset)
                    if offset < (1 << 62) + 128:
                        raise failures[2]

                with mock.patch.object(segment._lock, "_close", side_effect=failures[0]), \
                        mock.patch("os.unlink", side_effect=failures[1]), \
                        mock.patch.object(segment._attachments._locks, "unlock", failing_unlock):
                    with self.assertRaises(OSError) as raised:
                        with contextlib.ExitStack() as stack:
                            stack.callback(segment.close)
                            if handled is not None:
                                raise handled
                found = []
                one = raised.exception
                while one is not None and len(found) < 10:
                    found.append(one)
                    one = one.__context__
                self.assertEqual(failures + [handled] * (handled is not None), found)
                self.assertEqual((), internals._describe(self.name("v")).attachments)
                for failure in failures:
                    failure.__context__ = failure.__traceback__ = None

    def test_slot_is_freed_after_the_memory_is_gone(self):
        genuine = self.segment._memory.discard

        def discard():
            self.assertEqual(1, len(internals._describe(self.name("v")).attachments))
            genuine()

        with mock.patch.object(self.segment._memory, "discard", discard), mock.patch("os.unlink"):
            self.segment.close()
        self.assert_closed()

    def test_attachment_stays_while_the_memory_can_still_be_written(self):
        segment = shmbeans.open(self.name("v"))
        self.segment.close()
        peer = self.helper()
        self.tell(peer, "s = shmbeans.open('%s')" % self.name("v"), "view, lock = s.buf, s.lock()")
        self.tell(peer, "import threading", "hold = lambda: lock.acquire() and time.sleep(3600)",
                  "thread = threading.Thread(target=hold, daemon=True)",
                  "_ = internals.patch('_CLOSE_SECONDS', 0.05)")
        self.assertEqual("None", peer.ask("thread.start()"))
        await_until(segment.lock().locked, "the thread has the lock")
        self.assertEqual(str(errno.ENOMEM), peer.ask("tests.close_without_memory(s.close)"))
        self.tell(peer, "view[0] = 7")
        self.assertEqual(7, segment.buf[0])
        self.assertEqual("(True, 1)", peer.ask("s.closed, len(internals._attached)"))
        self.assertCountEqual([os.getpid(), peer.process.pid], [one.pid for one in segment.attachments()])
        self.assertFalse(segment.lock().acquire(timeout=0.1))
        peer.kill()
        self.assertEqual([os.getpid()], [one.pid for one in segment.attachments()])
        with self.assertRaises(shmbeans.OwnerDiedError):
            segment.lock().acquire()

    def test_attachment_that_stayed_leaves_when_nothing_refers_to_the_memory(self):
        peer = self.helper()
        self.tell(peer, "s = shmbeans.open('%s')" % self.name("v"), "view = s.buf")
        self.assertEqual(str(errno.ENOMEM), peer.ask("tests.close_without_memory(s.close)"))
        self.tell(peer, "del s")
        self.assertEqual([os.getpid(), peer.process.pid], [one.pid for one in self.segment.attachments()])
        self.tell(peer, "del view")
        self.assertEqual([os.getpid()], [one.pid for one in self.segment.attachments()])

    def test_failure_at_exit_does_not_keep_others_open(self):
        other = shmbeans.open(self.make("w", value_bytes(6, unlink_if_last=True)))
        with mock.patch.object(internals._Memory, "discard", side_effect=OSError(errno.EIO, "broken")):
            with self.assertRaisesRegex(OSError, "broken"):
                internals._close_all()
        self.assertEqual((True, True, False, False), (self.segment.closed, other.closed, self.exists("v"),
                                                      self.exists("w")))


class ReferenceTests(SegmentTestCase):
    """A segment that nothing refers to closes itself."""

    def attached(self, suffix="v"):
        return len(internals._describe(self.name(suffix)).attachments)

    def test_thousand_that_nobody_closes(self):
        self.make("l", segment_bytes(3, 0, 0, 7, "list", LIST))
        self.value(5)
        before = os.listdir("/proc/self/fd")
        for _ in range(1000):
            self.assertEqual("howdy", shmbeans.open(self.name("l")).list()[0])
            self.assertEqual(5, shmbeans.open(self.name("v")).value)
        self.assertEqual(before, os.listdir("/proc/self/fd"))
        self.assertEqual((0, 0), (self.attached("l"), self.attached("v")))

    def test_last_one_removes_the_name(self):
        name = self.value(unlink_if_last=True)
        view = shmbeans.open(name).buf
        shmbeans.open(name)
        self.assertTrue(self.exists("v"))
        del view
        self.assertFalse(self.exists("v"))

    def test_views_keep_it_attached(self):
        name = self.value(5)
        views = [lambda one: one, lambda one: one.raw(), lambda one: one.buf, lambda one: one.lock(),
                 lambda one: one.synchronized(), lambda one: memoryview(one.raw()), lambda one: one.lock().release]
        if numpy is not None:
            views += [lambda one: one.numpy(), lambda one: one.numpy().reshape(1)[0:]]
        for view in views:
            found = view(shmbeans.open(name))
            gc.collect()
            self.assertEqual(1, self.attached())
            del found
            self.assertEqual(0, self.attached())
        self.make("l", segment_bytes(3, 0, 0, 7, "list", LIST))
        items = shmbeans.open(self.name("l")).list()
        self.assertEqual(("howdy", 1), (items[0], self.attached("l")))
        schema = "struct{a:int32@0,p:struct{x:float64@0}8@8}16"
        record = shmbeans.open(self.make("r", segment_bytes(1, 100, 16, 1, schema, bytes(16)))).raw().p
        self.assertEqual((0.0, 1), (record.x, self.attached("r")))

    def test_cycle_is_collected(self):
        name = self.value(unlink_if_last=True)
        cycle = [shmbeans.open(name)]
        cycle.append(cycle)
        del cycle
        gc.collect()
        self.assertFalse(self.exists("v"))

    def test_acquisitions_are_counted(self):
        segment = shmbeans.open(self.value(5))
        for _ in range(3):
            self.assertEqual(5, shmbeans.open(self.name("v")).value)
        self.assertEqual(3, segment.lock().statistics().acquisitions)

    def test_lock_that_is_held_and_forgotten_is_taken_over(self):
        shmbeans.open(self.value(5)).lock().acquire()
        with self.assertRaises(shmbeans.OwnerDiedError):
            shmbeans.open(self.name("v")).lock().acquire()

    def test_exit_detaches_what_only_a_view_refers_to(self):
        for view in ("buf", "lock()"):
            with self.subTest(view):
                name = self.value(5, unlink_if_last=True)
                peer = self.peer()
                self.assertEqual("done", peer.ask("view = shmbeans.open('%s').%s" % (name, view)))
                self.assertEqual(1, self.attached())
                self.assertEqual(0, peer.end())
                self.assertFalse(self.exists("v"))

    def test_pickled_segment_keeps_its_options(self):
        name = self.make("v", value_bytes(5), 0o660)
        options = {"permissions": 0o660, "foreign_owner": True, "readonly": True, "on_owner_death": "ignore",
                   "application": "pickler"}
        with shmbeans.open(name, **options) as segment:
            data = pickle.dumps(segment)
        copy = pickle.loads(data)
        self.assertEqual((5, True, "pickler", False),
                         (copy.value, copy.readonly, copy.attachments()[0].application, copy._reporting))
        self.assertEqual(options, copy._request.options())
        plain = pickle.loads(pickle.dumps(shmbeans.open(name, permissions=0o660)))
        self.assertEqual((False, True), (plain.readonly, plain._reporting))


class RemovalTests(SegmentTestCase):
    """The last one out may not remove the name."""

    def mark(self):
        return self.control("v", 448, "<I")

    def test_mark_is_left_and_the_next_opening_of_the_owner_removes_the_name(self):
        before = os.listdir("/proc/self/fd")
        for number in (errno.EPERM, errno.EACCES):
            segment = shmbeans.open(self.value(5, unlink_if_last=True))
            self.assertFalse(internals._describe(self.name("v")).abandoned)
            with mock.patch("os.unlink", side_effect=PermissionError(number, "sticky")):
                segment.close()
            self.assertEqual(before, os.listdir("/proc/self/fd"))
            self.assertEqual(2, self.mark())
            self.assertTrue(internals._describe(self.name("v")).abandoned)
            with contextlib.redirect_stdout(io.StringIO()) as output:
                self.assertEqual(0, internals._main([self.name("v")]))
            self.assertIn("abandoned: ", output.getvalue())
            with self.assertRaises(shmbeans.SegmentNotFoundError):
                shmbeans.open(self.name("v"), type="int8")
            self.assertFalse(self.exists("v"))

    def test_abandoned_segment_is_used_on_while_others_are_attached_or_may_not_remove_it(self):
        segment = shmbeans.open(self.value(5, unlink_if_last=True))
        self.put("v", 448, "<I", 2)
        second = shmbeans.open(self.name("v"))
        self.assertEqual(5, second.value)
        self.assertFalse(internals._describe(self.name("v")).abandoned)
        second.close()
        with mock.patch("os.unlink", side_effect=PermissionError(errno.EPERM, "sticky")):
            segment.close()
            third = shmbeans.open(self.name("v"))
            self.assertEqual(5, third.value)
        third.close()
        self.assertFalse(self.exists("v"))

    def test_what_may_be_removed_at_once_is_not_marked(self):
        segment = shmbeans.open(self.value(5))
        with mock.patch("os.unlink", side_effect=PermissionError(errno.EPERM, "sticky")):
            with self.assertRaisesRegex(shmbeans.SegmentAccessError,
                                        "belongs to user id %d.*Remove it as that user" % os.geteuid()):
                segment.unlink()
            segment.close()
        self.assertEqual(0, self.mark())


@unittest.skipUnless(os.geteuid() == 0, "only root can become two other users")
class UserTests(SegmentTestCase):

    OWNER = 12345
    OTHER = 12346
    OPTIONS = "foreign_owner=True, permissions=0o660"

    def of_owner(self, mode=0o660, **options):
        name = self.make("v", value_bytes(5, **options), mode)
        os.chown(self.path("v"), self.OWNER, self.OWNER)
        return name

    def user(self, uid, group=OWNER):
        peer = self.helper()
        for line in ("os.setgroups([])", "os.setgid(%d)" % group, "os.setuid(%d)" % uid):
            self.assertEqual("None", peer.ask(line))
        return peer

    def attach(self, user, name, options=OPTIONS):
        self.assertEqual("done", user.ask("s = shmbeans.open('%s', %s)" % (name, options)))
        self.assertEqual("5", user.ask("s.value"))

    def test_last_one_who_may_not_remove_the_name_leaves_it_to_the_owner(self):
        name = self.of_owner(unlink_if_last=True)
        owner, other = self.user(self.OWNER), self.user(self.OTHER)
        self.attach(owner, name)
        self.attach(other, name)
        self.assertEqual("None", owner.ask("s.close()"))
        fds = "len(os.listdir('/proc/self/fd'))"
        before = int(other.ask(fds))
        self.assertEqual("None", other.ask("s.close()"))
        self.assertEqual(before - 1, int(other.ask(fds)))
        self.assertEqual((2, True), (self.control("v", 448, "<I"), internals._describe(name).abandoned))
        self.attach(other, name)
        self.assertEqual("1", other.ask("len(s.attachments())"))
        self.assertFalse(internals._describe(name).abandoned)
        self.attach(owner, name)
        self.assertEqual("None", owner.ask("s.close()"))
        self.assertEqual("None", other.ask("s.close()"))
        self.assertTrue(internals._describe(name).abandoned)
        self.assertEqual("SegmentNotFoundError", owner.ask("shmbeans.open('%s', %s)" % (name, self.OPTIONS)))
        self.assertFalse(self.exists("v"))

    def test_owner_who_is_the_last_removes_what_was_marked(self):
        name = self.of_owner(unlink_if_last=True)
        owner, other = self.user(self.OWNER), self.user(self.OTHER)
        self.put("v", 448, "<I", 2)
        self.attach(other, name)
        self.attach(owner, name)
        self.assertEqual("None", other.ask("s.close()"))
        self.assertEqual("None", owner.ask("s.close()"))
        self.assertFalse(self.exists("v"))

    def test_root_removes_what_was_marked(self):
        name = self.of_owner()
        self.put("v", 448, "<I", 2)
        with self.assertRaises(shmbeans.SegmentNotFoundError):
            shmbeans.open(name, foreign_owner=True, permissions=0o660)
        self.assertFalse(self.exists("v"))

    def test_unlink_by_who_may_not_says_whose_file_it_is(self):
        name = self.of_owner()
        other = self.user(self.OTHER)
        self.attach(other, name)
        self.assertEqual("SegmentAccessError", other.ask("s.unlink()"))
        self.assertIn("belongs to user id 12345, and this process runs as user id 12346",
                      self.message(other, "s.unlink()"))
        self.assertTrue(self.exists("v"))

    def test_semaphore_stays_with_the_segment_that_may_not_be_removed(self):
        name = self.make("v", segment_bytes(5, 0, 0, 0, "semaphore", struct.pack("<q", 1), unlink_if_last=True), 0o660)
        os.chown(self.path("v"), self.OWNER, self.OWNER)
        self.make("x", bytes(32))
        os.chown(self.path("x"), self.OTHER, self.OTHER)
        os.rename(self.path("x"), "/dev/shm/sem." + name)
        other = self.user(self.OTHER)
        self.assertEqual("done", other.ask("s = shmbeans.open('%s', %s)" % (name, self.OPTIONS)))
        self.assertEqual("None", other.ask("s.close()"))
        self.assertEqual((True, 2), (os.path.exists("/dev/shm/sem." + name), self.control("v", 448, "<I")))

    def test_reader_of_another_user_is_not_counted_and_does_not_keep_the_name(self):
        name = self.of_owner(0o644, unlink_if_last=True)
        owner, reader = self.user(self.OWNER), self.user(self.OTHER, self.OTHER)
        self.attach(owner, name)
        self.attach(reader, name, "foreign_owner=True, readonly=True")
        self.assertEqual("1", reader.ask("len(s.attachments())"))
        self.assertEqual("None", owner.ask("s.close()"))
        self.assertFalse(self.exists("v"))
        self.assertEqual("(5, False, ())", reader.ask("s.value, s.linked, s.attachments()"))
        self.assertEqual("None", reader.ask("s.close()"))

    def test_reader_of_another_user_that_is_opening_does_not_keep_the_name(self):
        name = self.of_owner(0o644, unlink_if_last=True)
        owner, reader = self.user(self.OWNER), self.user(self.OTHER, self.OTHER)
        self.attach(owner, name)
        reader.send("tests.open_and_wait_on_the_way('%s', foreign_owner=True, readonly=True)" % name)
        self.assertEqual("waiting", reader.read())
        self.assertEqual("None", owner.ask("s.close()"))
        self.assertFalse(self.exists("v"))
        self.assertEqual("SegmentNotFoundError", reader.ask("go on"))

    def test_reader_of_another_user_does_not_attach_while_the_name_is_removed(self):
        name = self.of_owner(0o644)
        reader = self.user(self.OTHER, self.OTHER)
        self.tell(reader, "_ = internals.patch('_BUSY_SECONDS', 0.05)")
        options = "foreign_owner=True, readonly=True"
        with open(self.path("v"), "r+b") as file:
            self.assertTrue(internals._FileLocks(file.fileno()).try_exclusive((1 << 62) + (1 << 20)))
            self.assertIn("repeatedly created and removed, or locked",
                          self.message(reader, "shmbeans.open('%s', %s)" % (name, options)))
        self.attach(reader, name, options)

    def test_reader_of_another_user_does_not_make_the_dead_look_alive(self):
        name = self.of_owner(0o644)
        owner, reader = self.user(self.OWNER), self.user(self.OTHER, self.OTHER)
        self.attach(owner, name)
        self.assertEqual("True", owner.ask("s.lock().acquire()"))
        survivor = shmbeans.open(name, foreign_owner=True, permissions=0o644)
        owner.kill()
        self.tell(reader, "fd = os.open('%s', os.O_RDONLY)" % self.path("v"))
        self.assertEqual("True", reader.ask("internals._FileLocks(fd).try_shared(1 << 62)"))
        self.assertEqual([1], [one.slot for one in survivor.attachments()])
        self.assertEqual([1], [one.slot for one in internals._describe(name).attachments])
        with self.assertRaises(shmbeans.OwnerDiedError):
            survivor.lock().acquire(timeout=PATIENCE)

    def test_truncated_segment_that_may_not_be_removed_is_left_as_it_is(self):
        name = self.of_owner(unlink_if_last=True)
        other = self.user(self.OTHER)
        self.attach(other, name)
        os.truncate(self.path("v"), 0)
        self.assertEqual("None", other.ask("s.close()"))
        self.assertEqual(0, os.stat(self.path("v")).st_size)

    def test_semaphore_that_its_user_may_not_read_is_removed(self):
        name = self.make("v", segment_bytes(5, 0, 0, 0, "semaphore", struct.pack("<q", 1), unlink_if_last=True), 0o600)
        os.chown(self.path("v"), self.OWNER, self.OWNER)
        self.make("x", bytes(32), 0o000)
        os.chown(self.path("x"), self.OWNER, self.OWNER)
        os.rename(self.path("x"), "/dev/shm/sem." + name)
        owner = self.user(self.OWNER)
        self.tell(owner, "s = shmbeans.open('%s')" % name)
        self.assertEqual("None", owner.ask("s.close()"))
        self.assertFalse(self.exists("v") or os.path.exists("/dev/shm/sem." + name))

    def test_message_names_the_remedies_that_can_work(self):
        name = self.of_owner(0o640)
        member, stranger = self.user(self.OTHER), self.user(self.OTHER, self.OTHER)
        cases = ((member, "", "user id 12345 and group id 12345 with permissions 0o640", "or pass readonly=True"),
                 (stranger, "", "Have its owner create it with wider permissions, or join that group", None),
                 (stranger, ", readonly=True", "a file that this user may read, found", None))
        for user, options, expected, readonly in cases:
            message = self.message(user, "shmbeans.open('%s'%s)" % (name, options))
            self.assertIn(expected, message)
            self.assertEqual(readonly is not None, "readonly=True" in message, message)
        self.assertIn("Pass foreign_owner=True if you trust that user, choose another name, or have that user or root"
                      " remove it", self.message(member, "shmbeans.open('%s', readonly=True)" % name))

    def test_message_about_a_semaphore_does_not_propose_to_read_it(self):
        name = self.make("v", segment_bytes(5, 0, 0, 0, "semaphore", struct.pack("<q", 1)), 0o660)
        os.chown(self.path("v"), self.OWNER, self.OWNER)
        self.make("x", bytes(32), 0o644)
        os.chown(self.path("x"), self.OWNER, self.OWNER)
        os.rename(self.path("x"), "/dev/shm/sem." + name)
        message = self.message(self.user(self.OTHER), "shmbeans.open('%s', %s).lock()" % (name, self.OPTIONS))
        self.assertIn("found a regular file of user id 12345 and group id 12345 with permissions 0o644. Have its owner"
                      " make it writable for this user, or join that group: a lock is written to", message)
        self.assertNotIn("readonly", message)

    def message(self, user, code):
        return user.ask("tests.failure(lambda: %s)" % code)

    def test_reader_of_another_user_removes_nothing(self):
        name = self.of_owner(0o644, unlink_if_last=True)
        reader = self.user(self.OTHER, self.OTHER)
        self.attach(reader, name, "foreign_owner=True, readonly=True")
        self.assertEqual("None", reader.ask("s.close()"))
        self.assertEqual((True, 1), (self.exists("v"), self.control("v", 448, "<I")))


def hold_until_told(lock, connection):
    """In a spawned process: take the lock that came with its arguments."""
    connection.send(lock.acquire(False))
    connection.recv()
    lock.release()


class SemaphoreTests(SegmentTestCase):

    def setUp(self):
        super().setUp()
        import _multiprocessing

        self.segment_name = self.make("m", segment_bytes(5, 0, 0, 0, "semaphore", struct.pack("<q", 1),
                                                         unlink_if_last=True))
        self.file = "/dev/shm/sem." + self.segment_name
        _multiprocessing.SemLock(1, 1, 1, "/" + self.segment_name, False)
        self.fds = os.listdir("/proc/self/fd")

    def stock(self, cls, kind):
        lock = cls.__new__(cls)
        lock.__setstate__((0, kind, 1, "/" + self.segment_name))
        return lock

    def assert_refused(self, error, message, **options):
        segment = shmbeans.open(self.segment_name, **options)
        with self.assertRaisesRegex(error, message):
            segment.lock()
        segment.close()
        self.assertEqual(self.fds, os.listdir("/proc/self/fd"))

    def test_stock_locks_exclude_it(self):
        from multiprocessing import synchronize

        with shmbeans.open(self.segment_name) as segment:
            lock = segment.lock()
            self.assertIs(lock, segment.lock())
            self.assertIsInstance(lock, synchronize.RLock)
            for stock in (self.stock(synchronize.Lock, synchronize.SEMAPHORE),
                          self.stock(synchronize.RLock, synchronize.RECURSIVE_MUTEX)):
                with lock:
                    self.assertTrue(lock.acquire(timeout=1))
                    lock.release()
                    self.assertFalse(stock.acquire(False))
                with stock:
                    self.assertFalse(lock.acquire(False))
                    self.assertFalse(lock.acquire(True, 0.01))
                    self.assertIn("SomeOtherProcess", repr(lock))
            with self.assertRaises(AssertionError):
                lock.release()
        self.assertFalse(self.exists("m") or os.path.exists(self.file))
        self.assertEqual(self.fds, os.listdir("/proc/self/fd"))

    def stock_lock(self):
        from multiprocessing import synchronize

        return self.stock(synchronize.Lock, synchronize.SEMAPHORE)

    def test_close_sends_waiters_away(self):
        segment = shmbeans.open(self.segment_name)
        lock = segment.lock()
        stock = self.stock_lock()
        found = []

        def wait(acquire):
            try:
                found.append(acquire())
            except shmbeans.SegmentClosedError:
                found.append("closed")

        with stock:
            threads = [threading.Thread(target=wait, args=(acquire,), daemon=True)
                       for acquire in (lock.acquire, lock.__enter__, lambda: lock.acquire(timeout=PATIENCE))]
            with mock.patch("time.monotonic", wraps=time.monotonic) as looks:
                for thread in threads:
                    thread.start()
                await_until(lambda: looks.call_count >= 1, "a thread waits")
                segment.close()
            for thread in threads:
                thread.join(10)
            self.assertEqual(["closed"] * 3, found)
        self.assertTrue(stock.acquire(False), "nobody has taken it")

    def test_closed_lock_refuses(self):
        segment = shmbeans.open(self.segment_name)
        lock = segment.lock()
        segment.close()
        for use in (lock.acquire, lambda: lock.acquire(False), lambda: lock.acquire(timeout=0), lock.__enter__,
                    lock.force_release):
            with self.assertRaisesRegex(shmbeans.SegmentClosedError, "Open it again"):
                use()
        lock.release()

    def test_close_waits_for_a_thread_that_holds_it_and_frees_it_if_that_stays(self):
        for patience, stays in ((5, False), (0.05, True)):
            with self.subTest(stays=stays):
                self.make_again()
                self.put("m", 448, "<I", 0)
                os.unlink(self.file)
                __import__("_multiprocessing").SemLock(1, 1, 1, "/" + self.segment_name, False)
                segment = shmbeans.open(self.segment_name)
                lock, stock = segment.lock(), self.stock_lock()
                held, go_on = threading.Event(), threading.Event()

                def hold():
                    with lock, lock:
                        held.set()
                        go_on.wait(PATIENCE)

                holder = threading.Thread(target=hold)
                holder.start()
                held.wait(PATIENCE)
                with internals.patched("_CLOSE_SECONDS", patience):
                    closer = threading.Thread(target=segment.close)
                    closer.start()
                    await_until(lambda: segment.closed, "closing has begun")
                    if stays:
                        closer.join(PATIENCE)
                    else:
                        self.assertFalse(stock.acquire(False))
                        go_on.set()
                        closer.join(PATIENCE)
                self.assertTrue(stock.acquire(False))
                go_on.set()
                holder.join(PATIENCE)
                self.assertFalse(stock.acquire(False), "the thread that stayed has not freed it for us")
                stock.release()

    def test_lock_of_a_dead_holder_is_freed_by_force(self):
        lock = shmbeans.open(self.segment_name).lock()
        self.assertFalse(lock.force_release())
        peer = self.peer()
        self.tell(peer, "lock = shmbeans.open('%s').lock()" % self.segment_name)
        self.assertEqual("True", peer.ask("lock.acquire()"))
        peer.kill()
        self.assertFalse(lock.acquire(False))
        self.assertTrue(lock.force_release())
        with lock:
            self.assertFalse(self.stock_lock().acquire(False))
        self.assertTrue(self.stock_lock().acquire(False))

    def test_thread_that_lost_it_by_force_finds_out_and_does_not_free_it_for_the_next(self):
        lock = shmbeans.open(self.segment_name).lock()
        stock = self.stock_lock()
        lock.acquire()
        self.assertTrue(lock.force_release())
        self.assertTrue(stock.acquire(False))
        with self.assertRaises(AssertionError):
            lock.release()
        self.assertFalse(lock.acquire(False))
        stock.release()
        with lock:
            self.assertFalse(stock.acquire(False))
        self.assertTrue(stock.acquire(False))

    def test_close_releases_it(self):
        from multiprocessing import synchronize

        segment = shmbeans.open(self.segment_name)
        stock = self.stock(synchronize.Lock, synchronize.SEMAPHORE)
        self.assertTrue(segment.lock().acquire() and segment.lock().acquire())
        segment.close()
        self.assertTrue(stock.acquire(False))

    def test_file_that_others_may_write(self):
        os.chmod(self.file, 0o666)
        self.assert_refused(shmbeans.SegmentAccessError, "at most 0o600, found 0o666.*permissions=0o666")

    def test_permissions_are_those_of_the_segment(self):
        os.chmod(self.file, 0o660)
        with shmbeans.open(self.segment_name, permissions=0o660) as segment:
            self.assertTrue(segment.lock().acquire(False))

    @unittest.skipUnless(os.geteuid() == 0, "only root can give files away")
    def test_file_of_another_user(self):
        os.chown(self.file, 12345, 12345)
        segment = shmbeans.open(self.segment_name)
        with self.assertRaisesRegex(shmbeans.SegmentAccessError, "one of user id 12345.*foreign_owner=True"):
            segment.lock()
        with shmbeans.open(self.segment_name, foreign_owner=True) as trusting:
            self.assertTrue(trusting.lock().acquire(False))

    def test_file_of_another_size(self):
        for size in (0, 31, 33, 4096):
            self.value()
            self.make_again()
            os.truncate(self.file, size)
            self.assert_refused(shmbeans.InvalidSegmentError, "file of 32 bytes, found %d bytes" % size)
            os.unlink(self.path("v"))

    def make_again(self):
        """The segment and its file of 32 bytes: the last one out has removed both."""
        for path, content in ((self.path("m"), segment_bytes(5, 0, 0, 0, "semaphore", struct.pack("<q", 1),
                                                              unlink_if_last=True)), (self.file, bytes(32))):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                file.write(content)

    def test_symbolic_link(self):
        os.rename(self.file, self.path("real"))
        os.symlink(self.path("real"), self.file)
        self.assert_refused(shmbeans.SegmentAccessError, "a regular file, found a symbolic link")
        self.assertEqual((False, True), (os.path.lexists(self.file), self.exists("real")))

    def test_other_files(self):
        os.unlink(self.file)
        os.mkfifo(self.file)
        self.assert_refused(shmbeans.SegmentAccessError, "a regular file, found a FIFO")
        self.assertFalse(os.path.exists(self.file) or self.exists("m"))

    def test_directory_is_not_removed_nor_the_segment_before_it(self):
        self.make_again()
        os.unlink(self.file)
        os.mkdir(self.file)
        segment = shmbeans.open(self.segment_name)
        with self.assertRaisesRegex(shmbeans.SegmentAccessError, "a regular file, found a directory"):
            segment.lock()
        with self.assertRaises(IsADirectoryError):
            segment.close()
        self.assertEqual((True, 1), (self.exists("m"), self.control("m", 448, "<I")))
        self.assertEqual(self.fds, os.listdir("/proc/self/fd"))

    def test_semaphore_is_removed_though_somebody_has_locked_its_file(self):
        fd = os.open(self.file, os.O_RDONLY)
        self.addCleanup(os.close, fd)
        fcntl.flock(fd, fcntl.LOCK_EX)
        with internals.patched("_REMOVE_SECONDS", 0.05):
            shmbeans.open(self.segment_name).close()
        self.assertFalse(self.exists("m") or os.path.exists(self.file))

    def test_hard_link_that_stays(self):
        os.link(self.file, self.path("second"))
        with internals.patched("_LINK_SECONDS", 0.05):
            self.assert_refused(shmbeans.SegmentAccessError, "found 2 hard links")

    def test_second_name_while_glibc_makes_it_is_waited_for(self):
        os.link(self.file, self.path("second"))
        with mock.patch("time.sleep", side_effect=lambda _: os.unlink(self.path("second"))) as sleep:
            with shmbeans.open(self.segment_name) as segment:
                self.assertTrue(segment.lock().acquire(False))
        sleep.assert_called_once()

    def test_missing_semaphore(self):
        os.unlink(self.file)
        self.assert_refused(shmbeans.SegmentNotFoundError, "expected at " + self.file)

    def test_bound_method_keeps_the_memory(self):
        from multiprocessing import synchronize

        stock = self.stock(synchronize.Lock, synchronize.SEMAPHORE)
        segment = shmbeans.open(self.segment_name)
        acquire = segment.lock().acquire
        del segment
        gc.collect()
        self.assertTrue(acquire(False))
        self.assertFalse(stock.acquire(False))

    def test_lock_keeps_the_segment_attached(self):
        lock = shmbeans.open(self.segment_name).lock()
        gc.collect()
        self.assertTrue(self.exists("m"))
        self.assertEqual(1, len(internals._describe(self.segment_name).attachments))
        del lock
        self.assertFalse(self.exists("m") or os.path.exists(self.file))

    def test_semaphore_is_removed_before_the_name_while_the_file_is_locked(self):
        segment = shmbeans.open(self.segment_name)
        fd = os.open(self.path("m"), os.O_RDONLY)
        self.addCleanup(os.close, fd)
        removed = []
        genuine = os.unlink

        def unlink(path):
            with self.assertRaises(BlockingIOError):
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            removed.append(path)
            genuine(path)

        with mock.patch("os.unlink", unlink):
            segment.close()
        self.assertEqual([self.file, self.path("m")], removed)

    def test_semaphore_that_is_not_to_be_removed_stays(self):
        with open(self.path("m"), "r+b") as file:
            file.write(bytes(8))
        shmbeans.open(self.segment_name).unlink()
        self.assertEqual((False, True), (self.exists("m"), os.path.exists(self.file)))

    def test_unlink_after_close_removes_both(self):
        self.put("m", 448, "<I", 0)
        segment = shmbeans.open(self.segment_name)
        segment.close()
        segment.unlink()
        self.assertFalse(self.exists("m") or os.path.exists(self.file))

    def test_it_is_pickled_only_for_a_spawned_process_and_by_name(self):
        os.chmod(self.file, 0o660)
        segment = shmbeans.open(self.segment_name, permissions=0o660)
        with self.assertRaises(RuntimeError):
            pickle.dumps(segment.lock())
        from multiprocessing import context

        context.set_spawning_popen(self)
        try:
            data = pickle.dumps(segment.lock())
        finally:
            context.set_spawning_popen(None)
        self.assertIn(self.segment_name.encode(), data)
        copy = pickle.loads(data)
        self.assertNotEqual(copy._semlock.handle, segment.lock()._semlock.handle)
        with copy:
            self.assertFalse(segment.lock().acquire(False))
        self.assertEqual(2, len(segment.attachments()))
        os.chmod(self.file, 0o666)
        with self.assertRaises(shmbeans.SegmentAccessError):
            pickle.loads(data)

    def test_spawned_process_shares_it(self):
        import multiprocessing

        spawn = multiprocessing.get_context("spawn")
        segment = shmbeans.open(self.segment_name)
        here, there = spawn.Pipe()
        process = spawn.Process(target=hold_until_told, args=(segment.lock(), there))
        process.start()
        try:
            self.assertTrue(here.poll(PATIENCE))
            self.assertTrue(here.recv())
            self.assertFalse(segment.lock().acquire(False))
            self.assertEqual([os.getpid(), process.pid], [one.pid for one in segment.attachments()])
            segment.close()
            self.assertTrue(self.exists("m"), "the child is attached")
            here.send("go on")
            process.join(PATIENCE)
            self.assertEqual(0, process.exitcode)
            self.assertFalse(self.exists("m") or os.path.exists(self.file), "the child was the last")
        finally:
            process.kill()
            process.join()
            process.close()
            here.close()
            there.close()

    def test_other_c_library_is_refused(self):
        with mock.patch("ctypes.CDLL", return_value=object()):
            with shmbeans.open(self.segment_name) as segment:
                with self.assertRaisesRegex(shmbeans.UnsupportedPlatformError, "Use a lock of kind process"):
                    segment.lock()


class ForkTests(SegmentTestCase):

    def fork(self, inside):
        """Run something in a child; what it returns comes back as text."""
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.write(writer, repr(inside()).encode())
                status = 0
            finally:
                os._exit(status)
        os.close(writer)
        with os.fdopen(reader) as output:
            text = output.read()
        self.assertEqual(0, os.waitpid(child, 0)[1])
        return text

    def test_child_has_an_attachment_of_its_own(self):
        segment = shmbeans.open(self.value(5))
        raw = segment.raw()
        text = self.fork(lambda: ([(one.slot, one.pid == os.getpid()) for one in segment.attachments()], raw.value))
        self.assertEqual("([(0, False), (1, True)], 5)", text)
        self.assertEqual([(0, os.getpid())], [(one.slot, one.pid) for one in segment.attachments()])

    def test_child_does_not_hold_the_lock_of_its_parent(self):
        segment = shmbeans.open(self.value(5))
        with segment.lock():
            self.assertEqual("(False, False)",
                             self.fork(lambda: (segment.lock().is_held(), segment.lock().acquire(timeout=0.05))))
            self.assertTrue(segment.lock().is_held())
        self.assertEqual("(True, None)", self.fork(lambda: (segment.lock().acquire(False), segment.lock().release())))
        self.assertTrue(segment.lock().acquire(False))

    def test_death_of_a_child_that_holds_the_lock_is_reported(self):
        segment = shmbeans.open(self.value(5))
        self.fork(lambda: segment.lock().acquire())
        with self.assertRaises(shmbeans.OwnerDiedError):
            segment.lock().acquire()

    def test_close_in_the_child_leaves_the_parent_alone(self):
        segment = shmbeans.open(self.value(5, unlink_if_last=True))
        self.fork(segment.close)
        self.assertTrue(self.exists("v"))
        self.assertEqual(5, segment.value)
        segment.close()
        self.assertFalse(self.exists("v"))

    def test_child_is_attached_through_a_view_and_leaves_with_it(self):
        name = self.value(5)
        views = [shmbeans.open(name).buf]
        lock = shmbeans.open(name).lock()

        def slots():
            return [one.slot for one in internals._describe(name).attachments]

        def in_child():
            found = [slots(), views[0][0], lock.acquire(False)]
            lock.release()
            views.clear()
            return found + [slots()]

        text = self.fork(in_child)
        self.assertIn(text, ("[[0, 1, 2, 3], 5, True, [0, 1, 3]]", "[[0, 1, 2, 3], 5, True, [0, 1, 2]]"))
        self.assertEqual(([0, 1], 5), (slots(), views[0][0]))
        self.assertTrue(lock.acquire(False))
        lock.release()

    def test_child_that_python_does_not_know_of_leaves_the_parent_alone(self):
        name = self.value(5, unlink_if_last=True)
        peer = self.peer()
        peer.ask("import ctypes, signal")
        peer.ask("view = shmbeans.open('%s').buf" % name)
        child = "child = ctypes.PyDLL(None).fork()\\nif child == 0:\\n del view\\n os._exit(7)"
        peer.ask("code = '%s'" % child)
        self.assertEqual("done", peer.ask("x = exec(code)"))
        self.assertEqual("7", peer.ask("os.waitpid(child, 0)[1] >> 8"))
        self.assertEqual("5", peer.ask("view[0]"))
        self.assertEqual(1, len(internals._describe(name).attachments))
        self.assertEqual(0, peer.end())
        self.assertFalse(self.exists("v"))

    def test_child_that_cannot_attach_is_told(self):
        segment = shmbeans.open(self.value(5))
        lock = shmbeans.open(self.name("v")).lock()

        def in_child():
            with self.assertRaises(shmbeans.SegmentClosedError):
                lock.acquire()
            return segment.closed, segment._memory.bytes[0], str(hook.call_args[0][0].exc_value)

        with mock.patch.object(internals._Attachments, "present", return_value=False), \
                mock.patch("sys.unraisablehook") as hook:
            text = self.fork(in_child)
        self.assertIn("(True, 0, \"Could not attach the forked process to segment", text)
        self.assertEqual(5, segment.value)

    def test_child_of_a_process_that_is_closing_does_not_attach(self):
        segment = shmbeans.open(self.value(5))
        view = segment.buf
        segment.lock()
        found = []

        def fork():
            found.append(self.fork(lambda: (view[0], len(internals._describe(self.name("v")).attachments))))

        with mock.patch.object(segment._lock, "_close", side_effect=fork):
            segment.close()
        self.assertEqual(["(0, 1)"], found)

    def kill(self, child):
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)

    def test_death_is_seen_though_another_thread_forked_during_the_opening(self):
        name = self.value(5)
        for at in ("open", "slot"):
            with self.subTest(at):
                peer = self.helper()
                self.tell(peer, "s, child = tests.open_while_another_forks('%s', '%s')" % (name, at))
                child = int(peer.ask("child"))
                self.addCleanup(self.kill, child)
                self.assertIn(peer.process.pid, [one.pid for one in internals._describe(name).attachments])
                peer.kill()
                self.assertNotIn(peer.process.pid, [one.pid for one in internals._describe(name).attachments])
                self.kill(child)

    def test_death_of_a_remover_is_seen_though_another_thread_forked_during_the_removal(self):
        for at in ("open", "lock"):
            with self.subTest(at):
                name = self.make("v", value_bytes(5))
                peer = self.helper()
                self.tell(peer, "s = shmbeans.open('%s')" % name)
                self.assertEqual("None", peer.ask("s.close()"))
                peer.send("tests.unlink_and_stop_while_another_forks(s, '%s')" % at)
                child = int(peer.read())
                self.addCleanup(self.kill, child)
                with open(self.path("v"), "rb") as file:
                    with self.assertRaises(BlockingIOError):
                        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    peer.kill()
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.kill(child)
                os.unlink(self.path("v"))

    def test_threads_open_and_close_while_others_fork(self):
        name = self.value(5)
        gone = self.make("w", value_bytes(6, unlink_if_last=True))
        going_on = [True]
        failures = []

        def churn():
            try:
                while going_on[0]:
                    with shmbeans.open(name) as segment:
                        cycle = [segment.buf, shmbeans.open(name).lock()]
                        cycle.append(cycle)
                    gc.collect()
                    with contextlib.suppress(shmbeans.SegmentNotFoundError):
                        shmbeans.open(gone, readonly=True).unlink()
            except BaseException as ex:
                failures.append(ex)

        threads = [threading.Thread(target=churn, daemon=True) for _ in range(3)]
        for thread in threads:
            thread.start()
        with mock.patch("sys.unraisablehook"):
            for _ in range(10):
                self.assertEqual("True", self.fork(lambda: shmbeans.open(name).value == 5))
        going_on[0] = False
        for thread in threads:
            thread.join(PATIENCE)
            self.assertFalse(thread.is_alive())
        self.assertEqual([], failures)
        gc.collect()
        self.assertEqual((), internals._describe(name).attachments)

    def test_child_that_can_neither_attach_nor_give_up_the_memory_keeps_the_slot(self):
        name = self.value(5)
        peer = self.helper()
        self.tell(peer, "s = shmbeans.open('%s')" % name, "view = s.buf", "sys.unraisablehook = lambda _: None",
                  "internals._Attachments.present = lambda *_: False")
        child = int(peer.ask("tests.fork_without_memory()"))
        self.addCleanup(self.kill, child)
        pid = peer.process.pid
        peer.kill()
        self.assertEqual([pid], [one.pid for one in internals._describe(name).attachments])
        self.kill(child)
        await_until(lambda: not internals._describe(name).attachments, "the child is gone")

    def test_death_of_the_parent_is_seen_while_its_child_lives(self):
        name = self.value(5)
        segment = shmbeans.open(name)
        peer = self.peer()
        for line in ("s = shmbeans.open('%s')" % name, "lock = s.lock()", "ok = lock.acquire()"):
            self.assertEqual("done", peer.ask(line))
        child = int(peer.ask("os.fork() or time.sleep(3600)"))
        try:
            await_until(lambda: child in [one.pid for one in segment.attachments()], "the child is attached")
            peer.kill()
            self.assertEqual([os.getpid(), child], [one.pid for one in segment.attachments()])
            with self.assertRaises(shmbeans.OwnerDiedError):
                segment.lock().acquire()
        finally:
            os.kill(child, signal.SIGKILL)
        await_until(lambda: len(segment.attachments()) == 1, "the child is gone")


class LockTests(SegmentTestCase):

    def setUp(self):
        super().setUp()
        self.segment = shmbeans.open(self.value())
        self.lock = self.segment.lock()

    def assert_idle(self):
        self.assertEqual([0, 0, 0, 0], [self.control("v", 256, "<Q"), self.control("v", 264, "<Q"),
                                        self.control("v", 272, "<i"), self.control("v", 4100, "<i")])

    def in_thread(self, action):
        result = []

        def run():
            try:
                result.append(action())
            except Exception as ex:
                result.append(type(ex).__name__)

        thread = threading.Thread(target=run)
        thread.start()
        thread.join(PATIENCE)
        return result[0]

    def test_owner_word_is_epoch_and_slot(self):
        with self.lock as entered:
            self.assertIs(self.lock, entered)
            self.assertEqual(1 << 32 | 1, self.control("v", 256, "<Q"))
            self.assertEqual(os.getpid(), self.lock.owner().pid)
        self.assert_idle()
        self.assertIsNone(self.lock.owner())
        self.assertEqual(1, self.lock.statistics().acquisitions)
        self.assertEqual(1, self.control("v", 320, "<Q"))

    def test_second_attachment_of_this_process_is_another_owner(self):
        second = shmbeans.open(self.name("v"))
        self.assertIsNot(self.lock, second.lock())
        self.assertIs(self.lock, self.segment.lock())
        with self.lock:
            self.assertFalse(second.lock().acquire(False))
            self.assertFalse(second.lock().acquire(timeout=0.03))
        with second.lock():
            self.assertEqual(1 << 32 | 2, self.control("v", 256, "<Q"))

    def test_reentrance(self):
        for _ in range(3):
            self.assertTrue(self.lock.acquire())
        self.segment.value = 5
        self.assertTrue(self.lock.acquire(False))
        for _ in range(4):
            self.assertTrue(self.lock.locked())
            self.lock.release()
        self.assert_idle()
        self.assertEqual(1, self.lock.statistics().acquisitions)

    def test_only_the_thread_that_holds_it_may_release_it(self):
        with self.assertRaisesRegex(RuntimeError, "held by this thread"):
            self.lock.release()
        with self.lock:
            self.assertEqual("RuntimeError", self.in_thread(self.lock.release))
            self.assertFalse(self.in_thread(lambda: self.lock.acquire(False)))
            self.assertFalse(self.in_thread(lambda: self.lock.acquire(timeout=0.01)))
            self.assertFalse(self.in_thread(self.lock.is_held))

    def test_arguments(self):
        for arguments in ((False, 1), (True, -2), (True, float("nan"))):
            with self.assertRaisesRegex(ValueError, "Expected"):
                self.lock.acquire(*arguments)
        for arguments in ((True, None), (False, -1), (True, 0), (True, 1e300)):
            self.assertTrue(self.lock.acquire(*arguments))
            self.lock.release()

    def test_value_is_accessed_under_the_lock_and_a_death_within_leaves_nothing(self):
        second = shmbeans.open(self.name("v"))
        with second.lock():
            self.assertEqual("blocked", self.access_blocks())
        words = []
        with mock.patch.object(self.segment, "_read", lambda cell: words.append(self.control("v", 256, "<Q"))):
            self.assertIsNone(self.segment.value)
        with mock.patch.object(self.segment, "_write", lambda cell, value: words.append(self.control("v", 256, "<Q"))):
            self.segment.value = 5
        self.assertEqual([1 << 32 | 1 << 8 | 1] * 2, words)
        self.assert_idle()

    def access_blocks(self):
        with mock.patch.object(shmbeans.SharedLock, "_wait", side_effect=lambda *_: self.fail_wait()):
            try:
                return self.segment.value
            except InterruptedError:
                return "blocked"

    @staticmethod
    def fail_wait():
        raise InterruptedError

    def test_waiter_announces_itself_and_is_counted(self):
        second = shmbeans.open(self.name("v"))
        self.lock.acquire()
        thread = threading.Thread(target=lambda: second.lock().acquire() and second.lock().release())
        thread.start()
        await_until(lambda: self.control("v", 264, "<Q") == 1 << 32 | 2, "the waiter is the successor")
        self.assertEqual((1, 1), (self.control("v", 272, "<i"), self.control("v", 4096 + 64 + 4, "<i")))
        self.assertEqual(1, self.lock.waiting)
        self.lock.release()
        thread.join(PATIENCE)
        self.assertFalse(thread.is_alive())
        self.assert_idle()
        self.assertEqual(0, self.lock.waiting)
        second.lock().statistics()
        statistics = self.lock.statistics()
        self.assertEqual((2, 1, 0, 0, 0), (statistics.acquisitions, statistics.contended, statistics.timeouts,
                                           statistics.recoveries, statistics.forced_unlocks))
        self.assertGreater(statistics.wait_nanos, 1_000_000)

    def test_timeout_leaves_nothing_behind(self):
        second = shmbeans.open(self.name("v")).lock()
        with second:
            start = time.monotonic()
            self.assertFalse(self.lock.acquire(timeout=0.05))
            self.assertGreaterEqual(time.monotonic() - start, 0.05)
            self.assertEqual(1, self.lock.statistics().timeouts)
            self.assertEqual((0, 0), (self.control("v", 264, "<Q"), self.control("v", 272, "<i")))
        self.assert_idle()

    def test_interrupt_leaves_nothing_behind(self):
        second = shmbeans.open(self.name("v")).lock()
        previous = signal.signal(signal.SIGUSR1, self.interrupt)
        self.addCleanup(signal.signal, signal.SIGUSR1, previous)
        with second:
            sender = threading.Thread(target=self.signal_once_waiting)
            sender.start()
            with self.assertRaises(KeyboardInterrupt):
                self.lock.acquire()
            sender.join()
        self.assert_idle()
        self.assertTrue(self.lock.acquire(False))

    @staticmethod
    def interrupt(*_):
        raise KeyboardInterrupt

    def signal_once_waiting(self):
        await_until(lambda: self.control("v", 264, "<Q") != 0, "the main thread waits")
        os.kill(os.getpid(), signal.SIGUSR1)

    def test_interrupt_between_taking_and_owning_is_made_good(self):
        genuine = self.lock._swap_fast

        def interrupted_after(expected, word):
            genuine(expected, word)
            raise KeyboardInterrupt

        def interrupted_before_release(expected, word):
            if word == 0:
                raise KeyboardInterrupt
            return genuine(expected, word)

        for interrupted in (interrupted_after, interrupted_before_release):
            with self.subTest(interrupted.__name__):
                with mock.patch.object(self.lock, "_swap_fast", interrupted):
                    with self.assertRaises(KeyboardInterrupt):
                        with self.lock:
                            pass
                self.assertFalse(self.lock.is_held())
                self.assertTrue(self.in_thread(lambda: self.lock.acquire(False) and self.lock.release() is None))
                self.assert_idle()

    def assert_free_for_others(self):
        self.assertFalse(self.lock.is_held())
        self.assertFalse(self.lock.locked())
        self.assertTrue(self.in_thread(lambda: self.lock.acquire(False) and self.lock.release() is None))

    def test_interrupt_at_any_step_of_release_leaves_the_lock_free(self):
        for case in ("free", "awaited", "to be handed over", "inconsistent"):
            for holds in (1, 2):
                for place in itertools.count():
                    with self.subTest("%s, %d holds, place %d" % (case, holds, place)):
                        for _ in range(holds):
                            self.lock.acquire()
                        if case == "awaited":
                            self.put("v", 256, "<Q", self.control("v", 256, "<Q") | 1 << 31)
                        elif case == "to be handed over":
                            self.put("v", 264, "<Q", 9 << 32 | 100)
                        elif case == "inconsistent":
                            self.put("v", 276, "<I", 1)
                        happened = False
                        for left in reversed(range(holds)):
                            happened |= Interrupt(place).during(self.lock.release)
                            self.assertEqual(left > 0, self.lock.is_held())
                            self.assertEqual(left > 0, self.lock.locked())
                        self.put("v", 276, "<I", 0)
                        self.assert_free_for_others()
                    if not happened:
                        break
                self.assertGreater(place, 1)
                self.assert_idle()

    def test_interrupt_at_any_step_of_acquire_leaves_it_free(self):
        second = shmbeans.open(self.name("v")).lock()
        cases = {"free": lambda: self.lock.acquire(), "whole": self.lock._enter_whole,
                 "tried": lambda: self.lock.acquire(False), "awaited": lambda: self.lock.acquire()}
        for case, acquire in cases.items():
            for place in itertools.count():
                with self.subTest("%s, place %d" % (case, place)):
                    slow = mock.patch.object(self.lock, "_take_fast", lambda _: False)
                    with slow if case == "awaited" else contextlib.nullcontext():
                        happened = Interrupt(place).during(acquire)
                    self.assertEqual(not happened, self.lock.is_held())
                    if self.lock.is_held():
                        self.lock.release()
                    self.assert_free_for_others()
                if not happened:
                    break
            self.assertGreater(place, 4)
        with second:
            for place in itertools.count():
                with self.subTest("taken, place %d" % place):
                    happened = Interrupt(place).during(lambda: self.lock.acquire(False))
                    self.assertFalse(self.lock.is_held())
                    self.assertTrue(self.in_thread(lambda: self.lock._queue.acquire(False)
                                                   and self.lock._queue.release() is None))
                if not happened:
                    break
        self.assert_free_for_others()

    def test_interrupt_of_a_nested_acquire_leaves_the_holds_as_they_were(self):
        for place in itertools.count():
            with self.subTest(place):
                self.lock.acquire()
                happened = Interrupt(place).during(self.lock.acquire)
                if not happened:
                    self.lock.release()
                self.assertTrue(self.lock.is_held())
                self.lock.release()
                self.assert_free_for_others()
            if not happened:
                break

    def test_interrupt_of_a_takeover_does_not_hide_the_death(self):
        for place in itertools.count():
            with self.subTest(place):
                self.put("v", 256, "<Q", 9 << 32 | 100)
                happened = False
                try:
                    happened = Interrupt(place).during(lambda: self.lock.acquire(False))
                except shmbeans.OwnerDiedError:
                    pass
                with self.assertRaises(shmbeans.OwnerDiedError):
                    self.lock.acquire(False)
                with self.lock.recover():
                    pass
                self.assert_free_for_others()
            if not happened:
                break
        self.assertGreater(place, 4)

    def test_threads_exclude_each_other(self):
        raw = self.segment.raw()

        def increment():
            for _ in range(500):
                with self.lock:
                    found = raw.value
                    time.sleep(0)
                    raw.value = found + 1

        threads = [threading.Thread(target=increment) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        self.assertEqual(2000, raw.value)
        self.assert_idle()

    def test_processes_exclude_each_other(self):
        code = ("import sys; sys.path.insert(0, sys.argv[1]); import shmbeans; s = shmbeans.open(sys.argv[2]);"
                " r = s.raw(); l = s.lock()\nfor i in range(3000):\n with l: r.value += 1")
        processes = [subprocess.Popen([sys.executable, "-B", "-W", "error", "-c", code, HERE, self.name("v")])
                     for _ in range(3)]
        for process in processes:
            self.addCleanup(process.wait)
            self.addCleanup(process.kill)
        for process in processes:
            self.assertEqual(0, process.wait(PATIENCE))
        self.assertEqual(9000, self.segment.value)
        self.assertEqual([0, 0, 0], [self.control("v", 256, "<Q"), self.control("v", 264, "<Q"),
                                     self.control("v", 272, "<i")])

    def kill_holder(self):
        peer = self.peer()
        for line in ("s = shmbeans.open('%s')" % self.name("v"), "lock = s.lock()", "ok = lock.acquire()"):
            self.assertEqual("done", peer.ask(line))
        self.assertTrue(self.lock.locked())
        peer.kill()

    def test_death_of_the_holder_is_reported_until_it_is_repaired(self):
        self.kill_holder()
        with self.assertRaisesRegex(shmbeans.OwnerDiedError, "lock.recover"):
            self.lock.acquire()
        self.assertFalse(self.lock.is_held())
        self.assertFalse(self.lock.consistent)
        self.assertEqual(1, self.control("v", 276, "<I"))
        for use in (lambda: self.segment.value, lambda: self.lock.acquire(False), lambda: self.lock.acquire(timeout=1)):
            with self.assertRaises(shmbeans.OwnerDiedError):
                use()
        with self.assertRaises(ZeroDivisionError):
            with self.lock.recover():
                1 // 0
        self.assertFalse(self.lock.consistent)
        with self.lock.recover():
            self.segment.value = 11
        self.assertTrue(self.lock.consistent)
        self.assertEqual(11, self.segment.value)
        self.assertEqual(1, self.lock.statistics().recoveries)
        self.assert_idle()

    def test_death_is_ignored_where_that_was_asked_for(self):
        self.kill_holder()
        ignoring = shmbeans.open(self.name("v"), on_owner_death="ignore")
        self.assertTrue(ignoring.lock().acquire(timeout=PATIENCE))
        self.assertEqual(0, self.control("v", 276, "<I"))

    def test_sleeping_waiter_takes_over_from_a_dead_holder(self):
        peer = self.peer()
        for line in ("s = shmbeans.open('%s')" % self.name("v"), "lock = s.lock()", "ok = lock.acquire()"):
            peer.ask(line)
        killer = threading.Thread(target=lambda: (await_until(lambda: self.lock.waiting == 1, "waiting"), peer.kill()))
        killer.start()
        with self.assertRaises(shmbeans.OwnerDiedError):
            self.lock.acquire()
        killer.join()
        self.assertEqual(1 << 31 | 1 << 9, self.control("v", 256, "<Q"))
        with self.lock.recover():
            pass
        self.assert_idle()

    def test_dead_owners_word_says_whether_there_is_something_to_report(self):
        dead = 9 << 32 | 100
        for word, reported in ((dead | 1 << 8, False), (dead, True), (dead | 1 << 31, True), (1 << 31, True),
                               (9 << 32 | 255, True), (9 << 32 | 1, True)):
            with self.subTest(hex(word)):
                self.put("v", 256, "<Q", word)
                self.assertEqual(word != 1 << 31, self.lock.consistent)
                if reported:
                    with self.assertRaises(shmbeans.OwnerDiedError):
                        self.lock.acquire(False)
                    with self.lock.recover():
                        pass
                else:
                    self.assertTrue(self.lock.acquire(False))
                    self.lock.release()
                self.assertEqual(0, self.control("v", 276, "<I"))
        self.assertEqual(6, self.lock.statistics().recoveries)
        self.assert_idle()

    def test_death_after_a_takeover_without_whole_is_still_reported(self):
        self.put("v", 256, "<Q", 9 << 32 | 100)
        self.lock._reporting = False
        with self.lock._whole():
            self.assertEqual(1 << 32 | 1, self.control("v", 256, "<Q"))

    def test_reservations(self):
        second = shmbeans.open(self.name("v"))
        mine, theirs, dead = 1 << 32 | 1, 1 << 32 | 2, 9 << 32 | 100
        reserved = 1 << 9 | 1 << 31
        for successor, word, free in ((mine, mine | reserved, True), (0, theirs | reserved, True),
                                      (dead, dead | reserved, True), (theirs, theirs | reserved, False)):
            with self.subTest(hex(word)):
                self.put("v", 264, "<Q", successor)
                self.put("v", 256, "<Q", word)
                self.assertEqual(free, self.lock.acquire(False))
                if not free:
                    self.assertTrue(self.lock.acquire(timeout=PATIENCE), "it lapses after a slice")
                self.lock.release()
                self.assertTrue(self.lock.consistent)
        self.assert_idle()
        self.assertEqual(0, self.lock.statistics().recoveries)
        second.close()

    def test_reservation_of_its_own_is_not_slept_on(self):
        self.put("v", 264, "<Q", 1 << 32 | 1)
        self.put("v", 256, "<Q", 1 << 32 | 1 << 31 | 1 << 9 | 1)
        genuine = self.lock._try_take
        attempts = []

        def try_take(*arguments):
            attempts.append(arguments)
            return len(attempts) > 1 and genuine(*arguments)

        with mock.patch.object(self.lock, "_sleep", side_effect=AssertionError), \
                mock.patch.object(self.lock, "_try_take", try_take):
            self.assertTrue(self.lock.acquire(timeout=PATIENCE))

    def test_sleeper_is_woken_without_the_end_of_a_slice(self):
        second = shmbeans.open(self.name("v")).lock()
        for patience in (-1, 1 << 62):
            with self.subTest(patience), internals.patched("_SLICE_NANOS", 3600 * 10 ** 9), \
                    internals.patched("_PATIENCE_NANOS", patience):
                self.lock.acquire()
                thread = threading.Thread(target=lambda: second.acquire() and second.release())
                thread.start()
                await_until(lambda: self.control("v", 256, "<Q") == 1 << 32 | 1 << 31 | 1, "a sleeper has said so")
                self.assertEqual(patience < 0, self.control("v", 264, "<Q") != 0)
                self.lock.release()
                thread.join(PATIENCE)
                self.assertFalse(thread.is_alive())

    def test_release_hands_over_to_the_successor(self):
        self.lock.acquire()
        self.put("v", 264, "<Q", 9 << 32 | 100)
        self.lock.release()
        self.assertEqual(9 << 32 | 1 << 31 | 1 << 9 | 100, self.control("v", 256, "<Q"))

    def test_forced_release_is_found_out_by_the_former_holder_and_reported_to_the_next(self):
        second = shmbeans.open(self.name("v")).lock()
        self.assertFalse(second.force_release())
        self.lock.acquire()
        self.assertTrue(second.force_release())
        self.assertEqual(1 << 31, self.control("v", 256, "<Q"))
        self.assertFalse(second.consistent)
        self.assertFalse(second.locked())
        with self.assertRaisesRegex(RuntimeError, "freed by force"):
            self.lock.release()
        with self.assertRaises(shmbeans.OwnerDiedError):
            second.acquire()
        self.assertEqual(1, second.statistics().forced_unlocks)

    def test_close_sends_waiters_away(self):
        second = shmbeans.open(self.name("v"))
        with second.lock():
            found = []
            threads = [threading.Thread(target=lambda: found.append(self.outcome())) for _ in range(2)]
            for thread in threads:
                thread.start()
            await_until(lambda: second.lock().waiting == 2, "both wait")
            self.segment.close()
            for thread in threads:
                thread.join(PATIENCE)
        self.assertEqual(["SegmentClosedError"] * 2, found)
        self.assertEqual(0, self.control("v", 256, "<Q"))

    def outcome(self):
        try:
            return self.lock.acquire()
        except shmbeans.SegmentClosedError as ex:
            return type(ex).__name__

    def test_close_frees_the_lock_that_its_thread_holds(self):
        second = shmbeans.open(self.name("v")).lock()
        self.lock.acquire()
        self.lock.acquire()
        self.segment.close()
        self.assertTrue(second.acquire(False))
        self.lock.release()

    def test_close_waits_for_a_thread_that_holds_the_lock(self):
        second = shmbeans.open(self.name("v")).lock()
        held, closing = threading.Event(), threading.Event()

        def hold():
            with self.lock:
                held.set()
                closing.wait(PATIENCE)
                self.segment_was_open = self.control("v", 256, "<Q") == 1 << 32 | 1

        holder = threading.Thread(target=hold)
        holder.start()
        held.wait(PATIENCE)
        closer = threading.Thread(target=self.segment.close)
        closer.start()
        await_until(lambda: self.segment.closed, "closing has begun")
        self.assertTrue(closer.is_alive())
        closing.set()
        closer.join(PATIENCE)
        holder.join(PATIENCE)
        self.assertTrue(self.segment_was_open)
        self.assertTrue(second.acquire(False))

    def test_neither_lock_nor_list_is_pickled(self):
        with self.assertRaisesRegex(TypeError, "Send the name"):
            pickle.dumps(self.lock)
        copy = pickle.loads(pickle.dumps(self.segment))
        self.assertEqual((self.segment.name, 0), (copy.name, copy.value))


class ListTests(SegmentTestCase):

    def open(self, data=LIST, count=7):
        return shmbeans.open(self.make("l", segment_bytes(3, 0, 0, count, "list", data))).list()

    def test_golden_list(self):
        found = self.open()
        self.assertEqual(["howdy", b"HoWdY", -273.154, 100, None, True, 42], list(found))
        self.assertEqual("8s8sdqxxxxxx?xxxxxxxx?q", found.format)
        self.assertEqual((7, 2, 1, True, 42), (len(found), found.index(-273.154), found.count(100), b"HoWdY" in found,
                                               found[-1]))
        self.assertEqual("ShareableList(['howdy', b'HoWdY', -273.154, 100, None, True, 42], name='%s')"
                         % self.name("l"), repr(found))

    def test_items_are_written_as_cpython_does(self):
        found = self.open()
        values = [b"12345678", "7 bytes", 5, None, 2.5, "", False]
        for i, value in enumerate(values):
            found[i] = value
        self.assertEqual(values, list(found))
        self.assertEqual("8s8sqxxxxxx?xd8sxxxxxxx?", found.format)
        if sys.version_info >= (3, 9):
            self.assertEqual(values, self.stock())

    @unittest.skipIf(sys.version_info < (3, 9), "the list of 3.8 has other bytes")
    def test_stock_list_reads_and_writes_the_same(self):
        found = self.open()
        self.assertEqual(list(found), self.stock())
        self.stock(lambda stock: stock.__setitem__(0, None) or stock.__setitem__(3, "x") or stock.__setitem__(2, 7))
        self.assertEqual([None, b"HoWdY", 7, "x", None, True, 42], list(found))

    def stock(self, change=None):
        from multiprocessing import resource_tracker, shared_memory

        with mock.patch.object(resource_tracker, "register"):
            stock = shared_memory.ShareableList(name=self.name("l"))
        try:
            if change is not None:
                change(stock)
            return list(stock)
        finally:
            stock.shm.close()

    def test_items_that_do_not_fit_or_would_not_read_back_are_refused(self):
        found = self.open()
        before = bytes(found._segment.buf)
        for value, error in (("x" * 9, ValueError), ("üüüüü", ValueError), ("nul\0", ValueError),
                             (b"nul\0", ValueError), (1 << 63, OverflowError), ([], TypeError),
                             (1j, TypeError), ("\ud800", ValueError)):
            with self.subTest(value):
                with self.assertRaises(error):
                    found[0] = value
        for index in (7, -8, 1 << 70):
            with self.assertRaises(IndexError):
                found[index] = 1
            with self.assertRaises(IndexError):
                found[index]
        with self.assertRaises(TypeError):
            found["0"] = 1
        self.assertEqual(before, bytes(found._segment.buf))

    def test_empty_list(self):
        self.assertEqual([], list(self.open(bytes(16), 0)))

    def test_damaged_lists_are_refused(self):
        for offset, value in ((0, -1), (0, 8), (0, 1 << 60), (8, 8), (16, 12), (24, 1 << 40), (64, 1 << 40), (64, -8),
                              (64, 40)):
            with self.subTest("%d at %d" % (value, offset)):
                data = bytearray(LIST)
                struct.pack_into("<q", data, offset, value)
                with self.assertRaisesRegex(shmbeans.InvalidSegmentError, "expected to have"):
                    self.open(data)
                os.unlink(self.path("l"))

    def test_damaged_items_are_refused(self):
        for form, code in ((b"9s", 1), (b"q", 1), (b"8s", 0), (b"8s", 4), (b"100000000s", 1), (b"%n", 0), (b"?", 0),
                           (b"8s", 255), (b"-1s", 2)):
            with self.subTest(repr(form)):
                data = bytearray(LIST)
                data[0x80:0x88] = form[:8].ljust(8, b"\0")
                data[0xb8] = code
                found = self.open(data)
                with self.assertRaisesRegex(shmbeans.InvalidSegmentError, "item 0"):
                    found[0]
                found[0] = "repaired"
                self.assertEqual("repaired", found[0])
                os.unlink(self.path("l"))

    def test_accesses_hold_the_lock_unless_asked_otherwise(self):
        found = self.open()
        other = shmbeans.open(self.name("l"))
        with other.lock():
            with mock.patch.object(shmbeans.SharedLock, "_wait", side_effect=InterruptedError):
                for access in (lambda: found[0], lambda: found.__setitem__(0, 1)):
                    with self.assertRaises(InterruptedError):
                        access()
            self.assertEqual("howdy", found._segment.list(locked=False)[0])


class Point(ctypes.Structure):

    _fields_ = [("x", ctypes.c_double), ("y", ctypes.c_double)]


class CreateTests(SegmentTestCase):

    def setUp(self):
        super().setUp()
        self.made = []

    def create(self, suffix="v", **declaration):
        declaration = declaration or {"value": "int64", "initial": 41}
        self.made.append(shmbeans.create(self.name(suffix), **declaration))
        return self.made[-1]

    def content(self, suffix):
        with open(self.path(suffix), "rb") as file:
            return bytearray(file.read())

    def left(self):
        return sorted(name for name in os.listdir("/dev/shm") if self.prefix in name)

    def test_bytes_are_those_of_the_layout(self):
        point = "struct{x:float64@0,y:float64@8}16"
        cases = (({"value": "int64", "initial": 41}, (1, 7, 8, 1, "int64", struct.pack("<q", 41))),
                 ({"value": "q"}, (1, 7, 8, 1, "int64", bytes(8))),
                 ({"value": "?", "initial": True}, (1, 11, 1, 1, "bool", b"\1")),
                 ({"value": "char", "initial": b"x"}, (1, 12, 1, 1, "char", b"x")),
                 ({"value": "wchar", "initial": "\U0001f600"}, (1, 13, 4, 1, "wchar", struct.pack("<I", 0x1f600))),
                 ({"value": "float32", "initial": 0.5}, (1, 9, 4, 1, "float32", struct.pack("<f", 0.5))),
                 ({"value": Point, "initial": (1.5, -2)}, (1, 100, 16, 1, point, struct.pack("<2d", 1.5, -2))),
                 ({"value": point, "initial": (1.5, -2)}, (1, 100, 16, 1, point, struct.pack("<2d", 1.5, -2))),
                 ({"value": Point, "initial": Point(1, 2)}, (1, 100, 16, 1, point, struct.pack("<2d", 1, 2))),
                 ({"array": "float64", "length": 600}, (2, 10, 8, 600, "float64", bytes(4800))),
                 ({"array": "i", "initial": [2, 3, -5]}, (2, 5, 4, 3, "int32", struct.pack("<3i", 2, 3, -5))),
                 ({"array": ctypes.c_uint16, "initial": (1, 65535)},
                  (2, 4, 2, 2, "uint16", struct.pack("<2H", 1, 65535))),
                 ({"array": "uint8", "initial": b"\1\0\3"}, (2, 2, 1, 3, "uint8", b"\1\0\3")),
                 ({"array": "float64", "initial": array.array("d", [1, 2])},
                  (2, 10, 8, 2, "float64", struct.pack("<2d", 1, 2))),
                 ({"array": "float32", "initial": array.array("d", [1, 2])},
                  (2, 9, 4, 2, "float32", struct.pack("<2f", 1, 2))),
                 ({"array": "char", "length": 8, "initial": "h\xff"}, (2, 12, 1, 8, "char", b"h\xc3\xbf\0\0\0\0\0")),
                 ({"array": "char", "initial": b"a\0b"}, (2, 12, 1, 3, "char", b"a\0b")),
                 ({"array": "wchar", "initial": "h\xff"}, (2, 13, 4, 2, "wchar", struct.pack("<2I", 0x68, 0xff))),
                 ({"array": Point, "initial": [(1, 2), Point(3, 4)]},
                  (2, 100, 16, 2, point, struct.pack("<4d", 1, 2, 3, 4))),
                 ({"list": ["howdy", b"HoWdY", -273.154, 100, None, True, 42]}, (3, 0, 0, 7, "list", LIST)),
                 ({"list": []}, (3, 0, 0, 0, "list", bytes(16))),
                 ({"block": 5000}, (4, 0, 1, 5000, "bytes", bytes(5000))),
                 ({"lock": True}, (5, 0, 0, 0, "process", b"")))
        for declaration, expected in cases:
            with self.subTest(declaration):
                before = int(time.time() * 1000)
                with self.create(application="py-ü", **declaration):
                    found, golden = self.content("v"), segment_bytes(*expected, unlink_if_last=True)
                    control = len(golden) - 12288
                    millis, pid, creator = struct.unpack_from("<qq40s", found, control + 64)
                    self.assertTrue(before <= millis <= before + PATIENCE * 1000)
                    self.assertEqual((os.getpid(), "py-ü".encode().ljust(40, b"\0")), (pid, creator))
                    golden[control + 64:control + 120] = found[control + 64:control + 120]
                    start, = struct.unpack_from("<q", found, control + 4096 + 16)
                    golden[control + 4096:control + 4160] = struct.pack("<Iiqq40s", 1, 0, pid, start, creator)
                    self.assertEqual(golden, found)
                self.assertEqual([], self.left())

    def test_creator_is_attached_and_others_join(self):
        segment = self.create()
        segment.value += 1
        peer = self.peer()
        self.tell(peer, "s = shmbeans.open('%s')" % segment.name, "s.value += 1")
        self.assertEqual((43, [os.getpid(), peer.process.pid]),
                         (segment.value, [one.pid for one in segment.attachments()]))
        segment.close()
        self.assertEqual("43", peer.ask("s.value"))
        peer.ask("s.close()")
        self.assertEqual([], self.left())

    def test_record_has_the_class_of_its_creator(self):
        segment = self.create(array=Point, initial=[(1, 2)])
        self.assertIsInstance(segment.raw()[0], Point)
        value = self.create("p", value=Point)
        value.value = Point(3, 4)
        self.assertEqual(4, shmbeans.open(self.name("p"), type=Point).value.y)
        with self.assertRaises(shmbeans.SegmentMismatchError):
            shmbeans.open(self.name("p"), type=ctypes.c_double)
        found = shmbeans.open(self.name("p"))
        self.assertEqual(3, self.create("q", value=found.schema, initial=found.value).value.x)

    def test_type_that_cannot_be_shared_is_refused(self):
        class Bits(ctypes.Structure):
            _fields_ = [("a", ctypes.c_int, 3)]

        class Packed(ctypes.Structure):
            _pack_ = 1
            _layout_ = "ms"
            _fields_ = [("a", ctypes.c_int8), ("b", ctypes.c_int64)]

        class Square(ctypes.Structure):
            _fields_ = [("a", ctypes.c_double * 2 * 2)]

        class Empty(ctypes.Structure):
            _fields_ = []

        class Derived(Point):
            _fields_ = [("z", ctypes.c_double)]

        class Other(ctypes.BigEndianStructure):
            _fields_ = [("a", ctypes.c_int)]

        for element in (Bits, Packed, Square, Empty, Derived, Other, ctypes.c_void_p, ctypes.c_int * 2, int, 5, []):
            with self.subTest(element), self.assertRaisesRegex(TypeError, "Expected a scalar of ctypes"):
                self.create(value=element)
        self.assertEqual([], self.left())

    def test_array_of_several_dimensions(self):
        with self.create(array="uint8", shape=(4, 5, 3)) as segment:
            self.assertEqual(((4, 5, 3), 60, 60), (segment.shape, segment.length, segment.size))
            segment.numpy()[3, 4, 2] = 200
            self.assertEqual(200, segment.raw()[59])
            for options in ({}, {"shape": (4, 5, 3)}, {"length": 60}):
                with self.subTest(options), shmbeans.open(segment.name, **options) as found:
                    self.assertEqual((4, 5, 3), found.shape)
            for expected in ({"shape": (5, 4, 3)}, {"shape": 61}, {"length": 61}):
                with self.subTest(expected), self.assertRaisesRegex(shmbeans.SegmentMismatchError, "4 × 5 × 3 uint8"):
                    shmbeans.open(segment.name, **expected)
        self.assertEqual([], self.left())

    def test_numpy_array_gives_type_shape_and_elements(self):
        for array in (numpy.arange(6.0).reshape(2, 3), numpy.arange(6).reshape(2, 3).T, numpy.array([True, False]),
                      numpy.zeros((3, 0), "H")):
            with self.subTest(array), self.create(array=array) as segment:
                self.assertEqual((array.dtype, array.tolist()), (segment.numpy().dtype, segment.numpy().tolist()))

    def test_initial_data_of_several_dimensions(self):
        expected = [[1, 2], [3, 4], [5, 6]]
        for declaration in ({"shape": (3, 2), "initial": [1, 2, 3, 4, 5, 6]}, {"initial": numpy.array(expected)},
                            {"initial": numpy.array(expected, "B")}, {"initial": numpy.array([[1, 3, 5], [2, 4, 6]]).T},
                            {"shape": numpy.array([3, 2]), "initial": range(1, 7)}):
            with self.subTest(declaration), self.create(array="int64", **declaration) as segment:
                self.assertEqual(expected, segment.numpy().tolist())

    def test_array_of_no_elements(self):
        for declaration in ({"length": numpy.int64(0)}, {"initial": []}, {"shape": (3, 0)}, {"shape": numpy.int64(0)}):
            with self.subTest(declaration), self.create(array="int64", **declaration) as segment:
                self.assertEqual((0, 0, []), (segment.length, segment.size, segment.raw()[:]))
                self.assertEqual(segment.shape, shmbeans.open(segment.name).numpy().shape)

    def test_declaration_that_is_wrong_is_refused_and_leaves_nothing(self):
        cases = (({"value": "int"}, ValueError, "Expected a typecode"),
                 ({"value": "list"}, ValueError, "Expected a typecode"),
                 ({"value": "q", "block": 5}, ValueError, "found value and block"),
                 ({"length": 5}, ValueError, "found none"),
                 ({"value": "q", "length": 1}, ValueError, "for an array only, found one for value"),
                 ({"array": "q", "length": 6, "shape": (2, 3)}, ValueError, "found both"),
                 ({"array": "q", "shape": ()}, ValueError, "1 to 15 dimensions"),
                 ({"array": "q", "shape": [1] * 16}, ValueError, "1 to 15 dimensions"),
                 ({"array": "q", "shape": (2, -1)}, ValueError, "0 or more"),
                 ({"array": "q", "shape": (1 << 32, 1 << 31)}, ValueError, "fewer than 2.63"),
                 ({"array": "q", "shape": (0, 1 << 63)}, ValueError, "fewer than 2.63"),
                 ({"array": "q", "initial": {1, 2}}, TypeError, "Expected a sequence"),
                 ({"array": "q", "initial": {1: 2}}, TypeError, "Expected a sequence"),
                 ({"array": "q", "shape": (2, 3), "initial": [1]}, ValueError, "2 × 3 elements .* found 1"),
                 ({"array": b"ab", "initial": [1]}, ValueError, "a type or the data"),
                 ({"array": numpy.zeros(3, "e")}, TypeError, "float16"),
                 ({"array": [1, 2]}, TypeError, "or a buffer"),
                 ({"list": [1], "initial": [1]}, ValueError, "Leave initial out; the items"),
                 ({"block": 0}, ValueError, "at least 1 byte"), ({"block": 1.5}, TypeError, "integer"),
                 ({"array": "q", "length": 1.5}, TypeError, "integer"),
                 ({"lock": "mutex"}, ValueError, "'semaphore', found 'mutex'"),
                 ({"lock": False}, ValueError, "found False"),
                 ({"array": "q"}, ValueError, "neither length nor initial data"),
                 ({"array": "q", "length": -1}, ValueError, "0 or more .* found -1"),
                 ({"array": "q", "length": 2, "initial": [1]}, ValueError, "2 elements .* found 1"),
                 ({"array": "c", "length": 2, "initial": b"abc"}, ValueError, "at most 2 elements .* found 3"),
                 ({"array": "c", "initial": "a\0"}, ValueError, "NUL"),
                 ({"array": "u", "initial": b"ab"}, TypeError, "Decode it"),
                 ({"array": "c", "initial": "\ud800"}, ValueError, "surrogates"),
                 ({"value": "q", "initial": "5"}, TypeError, "int64, found '5'"),
                 ({"value": "d", "initial": "5"}, TypeError, "float64, found '5'"),
                 ({"value": "f", "initial": "5"}, TypeError, "float32, found '5'"),
                 ({"value": "c", "initial": "5"}, TypeError, "char, found '5'"),
                 ({"value": "?", "initial": 2}, TypeError, "bool, found 2"),
                 ({"value": Point, "initial": 5}, TypeError, "neither a tuple nor a Point"),
                 ({"value": Point, "initial": (1, 2, 3)}, TypeError, "too many initializers"),
                 ({"array": "q", "initial": 5}, TypeError, "Expected a sequence .* found 5"),
                 ({"value": "B", "initial": 256}, OverflowError, "uint8 from 0 to 255, found 256"),
                 ({"array": "b", "initial": [1, -129]}, OverflowError, "-128 to 127, found -129"),
                 ({"list": ["nul\0"]}, ValueError, "trailing NUL"), ({"list": [[]]}, TypeError, "found list"),
                 ({"list": [1 << 63]}, OverflowError, "64 bits"),
                 ({"list": [shmbeans.Item(1, -1)]}, ValueError, "capacity"),
                 ({"list": ["x" * 9_999_992]}, ValueError, "at most 9999991 bytes"),
                 ({"value": "q", "permissions": 0o400}, ValueError, "0o600 to 0o666"),
                 ({"value": "q", "permissions": 0o700}, ValueError, "0o600 to 0o666"),
                 ({"value": "q", "on_shutdown": "remove"}, ValueError, "on_shutdown"),
                 ({"value": "q", "on_owner_death": "panic"}, ValueError, "on_owner_death"))
        for declaration, error, message in cases:
            with self.subTest(declaration), self.assertRaisesRegex(error, message):
                self.create(**declaration)
        with self.assertRaisesRegex(ValueError, "on_mismatch"):
            shmbeans.create_or_attach(self.name("v"), value="q", on_mismatch="replace")
        self.assertEqual([], self.left())

    def test_items_have_the_room_that_was_asked_for(self):
        found = self.create(list=[shmbeans.Item("a", 20), 5, "8 bytes.", shmbeans.Item("xxxxxxxxx", 3), b""]).list()
        self.assertEqual(["a", 5, "8 bytes.", "xxxxxxxxx", b""], list(found))
        self.assertEqual("24sq16s16s8s", found.format)
        found[0] = "x" * 24
        with self.assertRaises(ValueError):
            found[0] = "x" * 25

    def test_full_filesystem_is_told_and_nothing_is_left(self):
        before = os.listdir("/proc/self/fd")
        for number in (errno.ENOSPC, errno.ENOMEM, errno.EFBIG):
            with mock.patch("os.posix_fallocate", side_effect=OSError(number, "full")):
                with self.assertRaisesRegex(shmbeans.OutOfMemoryError, "16384 bytes"):
                    self.create()
        with self.assertRaises(shmbeans.OutOfMemoryError):
            self.create(block=1 << 62)
        start = time.monotonic()
        with self.assertRaises(shmbeans.OutOfMemoryError):
            shmbeans.create_or_attach(self.name("v"), block=os.statvfs("/dev/shm").f_blocks * 4096 + 1)
        self.assertLess(time.monotonic() - start, 1)
        self.assertEqual((before, []), (os.listdir("/proc/self/fd"), self.left()))

    def test_memory_that_another_process_has_taken_for_the_same_segment_is_waited_for(self):
        genuine = os.posix_fallocate

        def fallocate(*arguments):
            with mock.patch("os.posix_fallocate", genuine):
                self.create()
            raise OSError(errno.ENOSPC, "full")

        with mock.patch("os.posix_fallocate", fallocate):
            self.assertEqual(41, shmbeans.create_or_attach(self.name("v"), value="q", initial=5).value)

    def test_permissions_ignore_the_umask(self):
        before = os.umask(0o077)
        try:
            self.create(value="q", permissions=0o664)
        finally:
            os.umask(before)
        self.assertEqual(0o664, os.stat(self.path("v")).st_mode & 0o777)

    def test_name_that_is_taken_is_refused(self):
        self.create()
        with self.assertRaisesRegex(shmbeans.SegmentExistsError, "in use or is to be kept"):
            self.create()
        self.make("file", b"x" * 100)
        self.make("empty", b"")
        for suffix in ("file", "empty"):
            with self.assertRaises(FileExistsError):
                self.create(suffix)
        self.assertEqual(41, shmbeans.open(self.name("v")).value)

    def test_segment_whose_users_are_dead_is_replaced_if_one_of_them_asked_for_its_removal(self):
        for policy in ("unlink-if-last", "close"):
            with self.subTest(policy):
                peer = self.peer()
                self.tell(peer, "s = shmbeans.create('%s', value='d', on_shutdown='%s')" % (self.name(policy), policy))
                with self.assertRaises(shmbeans.SegmentExistsError):
                    self.create(policy)
                peer.kill()
                if policy == "close":
                    with self.assertRaises(shmbeans.SegmentExistsError):
                        self.create(policy)
                else:
                    self.assertEqual(41, self.create(policy).value)

    def test_what_a_close_does_to_the_name(self):
        for policy, when_other_is_left, at_the_end in (("unlink-if-last", True, False), ("close", True, True),
                                                       ("unlink", False, False)):
            with self.subTest(policy):
                segment = self.create(policy, value="q", on_shutdown=policy)
                other = shmbeans.open(self.name(policy))
                segment.close()
                self.assertEqual(when_other_is_left, self.exists(policy))
                other.value = 5
                self.assertEqual(5, other.value)
                other.close()
                self.assertEqual(at_the_end, self.exists(policy))

    def test_exit_of_the_process_does_to_the_name_what_a_close_does(self):
        for policy, stays in (("unlink-if-last", False), ("close", True), ("unlink", False)):
            with self.subTest(policy):
                peer = self.peer()
                self.tell(peer, "s = shmbeans.create('%s', value='q', on_shutdown='%s')" % (self.name(policy), policy))
                self.assertEqual(0, peer.end())
                self.assertEqual(stays, self.exists(policy))

    def test_forked_child_does_not_remove_the_name_in_its_creators_place(self):
        segment = self.create(value="q", on_shutdown="unlink")
        child = os.fork()
        if child == 0:
            segment.close()
            os._exit(0)
        os.waitpid(child, 0)
        self.assertTrue(segment.linked)
        segment.close()
        self.assertFalse(self.exists("v"))

    def test_user_who_may_not_remove_the_name_leaves_it_to_the_last(self):
        segment = self.create(value="q", on_shutdown="unlink")
        other = shmbeans.open(self.name("v"))
        with mock.patch("os.unlink", side_effect=PermissionError(errno.EPERM, "sticky")):
            segment.close()
        self.assertEqual(1, self.control("v", 448, "<I"))
        other.close()
        self.assertFalse(self.exists("v"))

    def test_create_or_attach_creates_what_is_not_there_and_attaches_what_is(self):
        first = shmbeans.create_or_attach(self.name("v"), value="q", initial=5)
        second = shmbeans.create_or_attach(self.name("v"), value="q", initial=6)
        self.assertEqual((5, 5, 2), (first.value, second.value, len(first.attachments())))
        for declaration in ({"value": "d"}, {"array": "q", "length": 1}, {"list": [1]}, {"block": 8}):
            with self.assertRaisesRegex(shmbeans.SegmentMismatchError, "found value of int64. Declare what is there"):
                shmbeans.create_or_attach(self.name("v"), **declaration)
        self.make("file", bytes(8))
        with self.assertRaisesRegex(shmbeans.SegmentMismatchError, "a file of 8 bytes that others made"):
            shmbeans.create_or_attach(self.name("file"), value="q")
        self.assertEqual(2, len(first.attachments()))

    def test_create_or_attach_asks_for_removal_of_what_is_there(self):
        name = self.value()
        shmbeans.create_or_attach(name, value="q", on_shutdown="close").close()
        self.assertTrue(self.exists("v"))
        shmbeans.create_or_attach(name, value="q").close()
        self.assertFalse(self.exists("v"))

    def test_segment_that_does_not_fit_is_replaced_if_nobody_uses_it(self):
        peer = self.peer()
        self.tell(peer, "s = shmbeans.create('%s', value='d')" % self.name("v"))
        replace = {"value": "q", "initial": 7, "on_mismatch": "replace-if-unused"}
        with self.assertRaises(shmbeans.SegmentMismatchError):
            shmbeans.create_or_attach(self.name("v"), **replace)
        peer.kill()
        with self.assertRaises(shmbeans.SegmentMismatchError):
            shmbeans.create_or_attach(self.name("v"), value="q")
        self.assertEqual(7, shmbeans.create_or_attach(self.name("v"), **replace).value)
        self.make("kept", segment_bytes(1, 10, 8, 1, "float64", bytes(8)))
        with self.assertRaises(shmbeans.SegmentMismatchError):
            shmbeans.create_or_attach(self.name("kept"), **replace)

    def test_winner_of_a_race_is_attached_to(self):
        genuine = os.link

        def link(*arguments, **options):
            with mock.patch("os.link", genuine):
                self.create()
            return genuine(*arguments, **options)

        with mock.patch("os.link", link):
            self.assertEqual(41, shmbeans.create_or_attach(self.name("v"), value="q", initial=5).value)
        self.made.pop().close()
        with mock.patch("os.link", link), self.assertRaises(shmbeans.SegmentExistsError):
            shmbeans.create(self.name("v"), value="q", initial=5)
        self.assertEqual(1, len(self.made[-1].attachments()))

    def test_processes_that_race_get_the_same_segment(self):
        peers = [self.peer() for _ in range(4)]
        for i in range(20):
            for peer in peers:
                peer.send("s = shmbeans.create_or_attach('%s', value='q', initial=%d)" % (self.name("race"), i))
            self.assertEqual(["done"] * 4, [peer.read() for peer in peers])
            for peer in peers:
                peer.send("s.linked, s.value, len(s.attachments())")
            self.assertEqual(["(True, %d, 4)" % i] * 4, [peer.read() for peer in peers])
            for peer in peers:
                peer.send("s.close()")
            self.assertEqual(["None"] * 4, [peer.read() for peer in peers])
            self.assertEqual([], self.left())

    def test_creator_that_dies_before_the_last_step_leaves_nothing(self):
        for step in ("permissions", "memory", "data", "attachment", "name"):
            with self.subTest(step):
                peer = self.helper()
                peer.send("tests.create_and_stop('%s', '%s')" % (self.name("v"), step))
                self.assertEqual("stopped", peer.read())
                self.assertEqual([], self.left())
                peer.kill()
                self.assertEqual([], self.left())

    def test_creators_that_are_killed_leave_whole_segments_or_none(self):
        line = "while True: shmbeans.create_or_attach('%s', array='q', initial=range(500)).close()" % self.name("v")
        for i in range(1, 41):
            peer = self.peer()
            self.tell(peer, "import signal", "_ = signal.setitimer(signal.ITIMER_REAL, %f)" % (0.0017 * i))
            peer.send(line)
            self.assertEqual(-signal.SIGALRM, peer.process.wait(PATIENCE))
            for one in self.left():
                self.assertEqual(list(range(500)), list(shmbeans.open(one).raw()))
            shmbeans.create(self.name("v"), value="q").close()
            self.assertEqual([], self.left())

    def test_semaphore_is_made_with_its_lock_and_goes_with_it(self):
        segment = self.create("s", lock="semaphore", permissions=0o660)
        self.assertEqual([self.name("s"), "sem." + self.name("s")], self.left())
        self.assertEqual((0o660, 32), (os.stat("/dev/shm/sem." + self.name("s")).st_mode & 0o777,
                                       os.stat("/dev/shm/sem." + self.name("s")).st_size))
        stock = synchronize.Lock.__new__(synchronize.Lock)
        stock.__setstate__((0, synchronize.SEMAPHORE, 1, "/" + self.name("s")))
        with segment.lock():
            self.assertFalse(stock.acquire(False))
        self.assertTrue(stock.acquire(False))
        self.assertFalse(segment.lock().acquire(False))
        stock.release()
        other = shmbeans.create_or_attach(self.name("s"), lock="semaphore", permissions=0o660)
        segment.close()
        with other.lock():
            self.assertFalse(stock.acquire(False))
        other.close()
        self.assertEqual([], self.left())

    def test_semaphore_that_is_there_already_is_refused_or_joined(self):
        stock = synchronize.SemLock.__new__(synchronize.Lock)
        stock._semlock = _multiprocessing.SemLock(1, 1, 1, "/" + self.name("s"), False)
        for policy in ("unlink-if-last", "close"):
            with self.assertRaisesRegex(shmbeans.SegmentExistsError, "Semaphore .* remove /dev/shm/sem"):
                self.create("s", lock="semaphore", on_shutdown=policy)
            self.assertEqual(["sem." + self.name("s")], self.left())
        with shmbeans.create_or_attach(self.name("s"), lock="semaphore") as segment:
            stock._semlock.acquire()
            self.assertFalse(segment.lock().acquire(False))
            stock._semlock.release()
        self.assertEqual([], self.left())

    def test_semaphore_that_is_not_to_be_trusted_is_refused_and_nothing_left(self):
        for mode in (0o600, 0o622):
            with open("/dev/shm/sem." + self.name("s"), "wb") as file:
                file.write(bytes(32 if mode == 0o622 else 31))
            os.chmod(file.name, mode)
            with self.assertRaises(shmbeans.SharedMemoryError):
                shmbeans.create_or_attach(self.name("s"), lock="semaphore")
            self.assertEqual(["sem." + self.name("s")], self.left())

    def test_creator_without_libatomic_does_without_the_lock(self):
        internals._atomics.cache_clear()
        self.addCleanup(internals._atomics.cache_clear)
        with mock.patch("ctypes.PyDLL", side_effect=OSError("no such file")):
            self.assertEqual([1.5], list(self.create(array="d", initial=[1.5]).raw()))

    def test_pickled_segment_is_opened_not_created(self):
        segment = self.create()
        with pickle.loads(pickle.dumps(segment)) as again:
            self.assertEqual((41, 2), (again.value, len(segment.attachments())))


class ForeignTests(SegmentTestCase):

    def test_declared_array_value_block_list_and_record(self):
        self.make("f", struct.pack("<4d", 1, 2, 3, 4))
        with shmbeans.open(self.name("f"), type="float64") as segment:
            self.assertEqual(("array", 4, False), (segment.kind, segment.length, segment.managed))
            self.assertEqual([1, 2, 3, 4], list(segment.raw()))
            for use in (segment.lock, segment.attachments):
                with self.assertRaises(shmbeans.SegmentMismatchError):
                    use()
        self.assertEqual([1, 2], list(shmbeans.open(self.name("f"), type="d", length=2).raw()))
        value = shmbeans.open(self.name("f"), type="d", kind="value")
        value.value = 9
        self.assertEqual(9, value.value)
        self.assertEqual(32, len(shmbeans.open(self.name("f"), type="bytes").buf))
        points = shmbeans.open(self.name("f"), type="struct{x:float64@0,y:float64@8}16")
        self.assertEqual((2, 4), (points.length, points.raw()[1].y))
        self.make("l", LIST)
        self.assertEqual("howdy", shmbeans.open(self.name("l"), type="list").list()[0])
        self.assertTrue(self.exists("f"))

    def test_undeclared_or_ill_declared_file_is_refused(self):
        self.make("f", bytes(30))
        with self.assertRaisesRegex(shmbeans.SegmentMismatchError, "30 bytes that others made.*type='int64'"):
            shmbeans.open(self.name("f"))
        with self.assertRaisesRegex(shmbeans.SegmentMismatchError, "at least 32 bytes, found a file of 30 bytes"):
            shmbeans.open(self.name("f"), type="d", length=4)
        for declared in ("int", "float", "struct{", "%d"):
            with self.assertRaisesRegex(ValueError, "Expected type to be a typecode"):
                shmbeans.open(self.name("f"), type=declared)
        with self.assertRaisesRegex(ValueError, "kind 'value' or 'array'"):
            shmbeans.open(self.name("f"), type="d", kind="lock")

    def test_never_removed(self):
        self.make("f", bytes(8))
        with shmbeans.open(self.name("f"), type="q") as segment:
            raw = segment.raw()
        self.assertEqual(0, raw[0])
        self.assertTrue(self.exists("f"))


@unittest.skipIf(numpy is None, "numpy is not installed")
class NumpyTests(SegmentTestCase):

    def test_array_and_value(self):
        self.make("a", segment_bytes(2, 10, 8, 600, "float64", struct.pack("<600d", *range(600))))
        segment = shmbeans.open(self.name("a"))
        array = segment.numpy()
        self.assertEqual((numpy.float64, (600,), 599 * 300), (array.dtype, array.shape, array.sum()))
        array[0] = 7
        self.assertEqual(7, segment.raw()[0])
        segment.close()
        self.assertEqual(0, array.sum())
        self.assertEqual(((), 5), (lambda found: (found.shape, int(found)))(shmbeans.open(self.value(5)).numpy()))

    def test_record(self):
        data = struct.pack("<?7xqB3xfdd3h5s5x", True, -1, 200, 0.5, 3, 4, 1, 2, 3, b"h\xe9")
        self.make("r", segment_bytes(2, 100, 56, 2, MIXED, data * 2))
        array = shmbeans.open(self.name("r")).numpy()
        self.assertTrue(array.dtype.isalignedstruct)
        self.assertEqual(56, array.dtype.itemsize)
        self.assertEqual((True, -1, 200, 0.5, (3.0, 4.0), [1, 2, 3], b"h\xe9"),
                         tuple(value.tolist() if isinstance(value, (numpy.void, numpy.ndarray)) else value
                               for value in array[1]))
        array["origin"]["y"][0] = 8
        self.assertEqual(8, shmbeans.open(self.name("r")).raw()[0].origin.y)

    def test_characters(self):
        smile = "h\U0001f600"
        for schema, code, data, text in (("char", 12, b"h\xff", b"h\xff"),
                                         ("wchar", 13, smile.encode("utf-32-le"), smile)):
            with self.subTest(schema):
                name = self.make(schema, segment_bytes(2, code, len(data) // 2, 2, schema, data))
                array = shmbeans.open(name).numpy()
                self.assertEqual([text[:1], text[1:]], array.tolist())
                array[0] = text[1:]
                self.assertEqual(data[len(data) // 2:] * 2, bytes(shmbeans.open(name).buf))

    def test_readonly(self):
        array = shmbeans.open(self.value(5), readonly=True).numpy()
        with self.assertRaises(ValueError):
            array[()] = 1


@unittest.skipUnless("SHM_TEST_PEER" in os.environ, "SHM_TEST_PEER does not name the command of a JVM")
class JavaTests(SegmentTestCase):

    def setUp(self):
        super().setUp()
        self.java = Peer(os.environ["SHM_TEST_PEER"].split("\n") + [self.prefix])
        self.addCleanup(self.java.close)
        self.assertEqual("open", self.java.read())

    def open(self, suffix, **options):
        return shmbeans.open(self.name(suffix), **options)

    def test_data_of_each_kind_in_both_directions(self):
        self.assertEqual("changed", self.java.ask("change"))
        counter, sample, readings, points, jobs, frame = (
            self.open(suffix) for suffix in ("counter", "sample", "readings", "points", "jobs", "frame"))
        self.assertEqual(MIXED, sample.schema)
        self.assertEqual((-5, -1, "hé".encode(), -273.154, 2.5, "hÿ", 7),
                         (counter.value, sample.value.count, sample.value.name, readings.raw()[999],
                          points.raw()[1].y, jobs.list()[0], frame.buf[4999]))
        counter.value = 1 << 40
        sample.value = sample.type(False, 9, 100, 0.25, (5, 6), (7, 8, 9), b"abcde")
        readings.raw()[999] = 1.5
        points.raw()[1].y = 0.75
        jobs.list()[0] = "fünf"
        frame.buf[4999] = 1
        self.assertEqual("1099511627776 false 9 100 0.25 6.0 9 abcde 1.5 0.75 fünf 1", self.java.ask("show"))

    @unittest.skipIf(numpy is None, "numpy is not installed")
    def test_numpy(self):
        self.open("readings").numpy()[:] = numpy.arange(1000)
        self.open("points").numpy()["y"] = 4
        self.assertIn(" 999.0 4.0 ", self.java.ask("show"))

    def test_native_lock(self):
        counter = self.open("counter")
        raw, lock = counter.raw(), counter.lock()
        self.java.send("increment 5000")
        for _ in range(5000):
            with lock:
                raw.value += 1
        self.assertEqual("incremented", self.java.read())
        self.assertEqual(10000, counter.value)
        self.assertEqual("locked", self.java.ask("lock"))
        self.assertFalse(lock.acquire(timeout=0.05))
        self.assertEqual(self.java.process.pid, lock.owner().pid)
        self.java.send("unlock")
        self.assertTrue(lock.acquire(timeout=PATIENCE))
        lock.release()

    def test_semaphore(self):
        counter = self.open("counter").raw()
        lock = self.open("semaphore").lock()
        self.java.send("semaphore-increment 5000")
        for _ in range(5000):
            with lock:
                counter.value += 1
        self.assertEqual("incremented", self.java.read())
        self.assertEqual(10000, counter.value)
        with lock:
            self.assertEqual("false", self.java.ask("semaphore-try"))
        self.assertEqual("locked", self.java.ask("semaphore-lock"))
        self.assertFalse(lock.acquire(timeout=0.05))

    def test_death_of_the_jvm_is_reported_and_repaired(self):
        counter = self.open("counter")
        self.assertEqual("locked", self.java.ask("lock"))
        self.java.kill()
        with self.assertRaises(shmbeans.OwnerDiedError):
            counter.value += 1
        with counter.lock().recover():
            counter.value = 3
        self.assertEqual(3, counter.value)
        self.assertEqual([os.getpid()], [one.pid for one in counter.attachments()])

    def test_last_one_out_removes_every_name(self):
        found = [self.open(suffix) for suffix in ("counter", "jobs", "semaphore")]
        self.assertEqual("2", self.java.ask("attachments"))
        self.assertEqual(0, self.java.end())
        left = {name for name in os.listdir("/dev/shm") if self.prefix in name}
        self.assertEqual({self.name("counter"), self.name("jobs"), self.name("semaphore"),
                          "sem." + self.name("semaphore")}, left)
        for segment in found:
            segment.close()
        self.assertEqual([], [name for name in os.listdir("/dev/shm") if self.prefix in name])

    def test_end_of_this_process_leaves_the_segments_of_the_jvm(self):
        peer = self.peer()
        peer.ask("s = shmbeans.open('%s')" % self.name("counter"))
        self.assertEqual("2", self.java.ask("attachments"))
        self.assertEqual(0, peer.end())
        self.assertEqual("1", self.java.ask("attachments"))
        self.assertTrue(self.exists("counter"))


if __name__ == "__main__":
    unittest.main()
