"""Every conversion between scripts and C, over a module made for the purpose (probe.i), in both languages, and again
under AddressSanitizer and UndefinedBehaviorSanitizer."""

from __future__ import annotations

import gc
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import threading
import time
import types
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import loyalty as loy

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
SANITIZE = ["-fsanitize=address,undefined", "-fno-sanitize-recover=undefined", "-g"]


def swig() -> str:
    beside = Path(sys.executable).with_name("swig")
    return str(beside) if beside.exists() else shutil.which("swig") or "swig"


def build(folder: Path, language: str, output: Path, flags: list[str]) -> Path:
    wrapper = folder / f"{language}.c"
    source = [f"-I{ROOT / 'bindings/swig'}", f"-I{ROOT / 'include'}"]
    special = ["-nomoduleglobal"] if language == "lua" else []
    subprocess.run(
        [
            swig(),
            f"-{language}",
            *special,
            "-Wall",
            "-Werror",
            "-outdir",
            folder,
            *source[:1],
            "-o",
            wrapper,
            HERE / "probe.i",
        ],
        check=True,
    )
    output.parent.mkdir(exist_ok=True)
    subprocess.run(
        ["cc", "-std=gnu11", "-O1", "-fPIC", "-shared", "-fvisibility=hidden", "-DNDEBUG", "-DLOYALTY_STATIC", *flags,
         *source, "-o", output, wrapper, ROOT / "lib/base.c", "-lm"],
        check=True,
    )  # fmt: skip
    return output


def python_flags() -> list[str]:
    return ["-DPy_LIMITED_API=0x030b0000", f"-I{sysconfig.get_path('include')}"]


def lua_flags() -> list[str]:
    for folder in ("/usr/include/lua5.4", "/usr/local/include/lua5.4", "/usr/include", "/usr/local/include"):
        if Path(folder, "lua.h").exists():
            return [f"-I{folder}"]
    pytest.skip("no Lua headers")


@pytest.fixture(scope="session")
def probe(tmp_path_factory: pytest.TempPathFactory) -> types.ModuleType:
    folder = tmp_path_factory.mktemp("probe")
    return load(build(folder, "python", folder / "_probe.abi3.so", python_flags()))


def load(path: Path) -> types.ModuleType:
    spec = importlib.util.spec_from_file_location("_probe", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


NUMBERS = (1.0, 2.0, 3.0, 4.0)


def test_results(probe: Any) -> None:
    assert probe.r0(0) is None and probe.r1(0) == 1.0
    assert probe.s0(0) == "OK" and probe.s0(1) == "NOTICE_AT_BOUND"
    for n in (2, 3, 4):
        assert getattr(probe, f"r{n}")(0) == NUMBERS[:n]
    for n in (1, 2, 3, 4):
        assert getattr(probe, f"s{n}")(0) == ("OK", *NUMBERS[:n])
        assert getattr(probe, f"s{n}")(2) == ("NOTICE_WEAK_ID", *NUMBERS[:n])
    assert probe.ri(0, -(2**63)) == -(2**63)
    assert probe.ru(2**64 - 1) == (2**64 - 1) % 1000
    assert probe.rz(2**63 - 1) == (2**63 - 1) % 1000
    for function, value in ((probe.ru, -1), (probe.ru, 2**64), (probe.rz, -1), (probe.rz, 2**63)):
        with pytest.raises(OverflowError, match="value: must be from 0 to"):
            function(value)
    assert probe.rtext(0, True) == "text" and probe.rtext(0, False) is None
    assert probe.rblob(0, 100_000) == b"x" * 100_000 and probe.rblob(0, 0) == b""
    assert probe.rbatch(0, True) == 2
    assert probe.values(1, 2) == ("NOTICE_AT_BOUND", 0.5, -(2**63), True, None, 0, 1)
    assert type(probe.values(0, 0)[3]) is bool
    assert len(probe.values(0, 43)) == len(probe.values(0, 200)) == 48


@pytest.mark.parametrize("name", ["r0", "r1", "r2", "r3", "r4", "s0", "s1", "s2", "s3", "s4"])
def test_errors_and_notices(probe: Any, name: str) -> None:
    function: Callable[[int], Any] = getattr(probe, name)
    with pytest.raises(loy.DomainError) as caught:
        function(101)
    assert (caught.value.argument, caught.value.index) == ("status", 4)
    assert str(caught.value) == "status[4]: a number is outside its range"
    with pytest.raises(MemoryError):
        function(105)
    with pytest.raises(loy.StateError):
        function(109)
    with pytest.raises(loy.Canceled):
        function(110)
    with pytest.raises(loy.LoyaltyError, match="unknown status") as unknown:
        function(1234)
    assert unknown.value.code == "UNKNOWN"
    if name.startswith("r"):  # a notice is never lost
        with pytest.warns(loy.LoyaltyWarning, match="hardly determine") as warned:
            assert function(2) == function(0)
        assert warned[0].filename == __file__


def test_errors_of_other_results(probe: Any) -> None:
    for call in (
        lambda: probe.ri(101, 1), lambda: probe.rtext(101, True), lambda: probe.rblob(101, 5),
        lambda: probe.rbatch(101, True), lambda: probe.values(101, 1),
    ):  # fmt: skip
        with pytest.raises(loy.DomainError):
            call()
    with pytest.raises(loy.DomainError, match=r"^t_x\[7\]: must be at most T$"):
        probe.rbatch(0, False)


def test_columns(probe: Any) -> None:
    assert probe.column(np.array([1.0, 2.0])) == 3.0 and probe.column(np.zeros(0)) == 0.0
    assert probe.column_i64(np.array([2**62, -1])) == 2**62 - 1
    assert probe.column_i64(memoryview(np.array([1, 2]))) == 3
    for dtype in (np.int32, np.uint64, np.float64, np.bool_, ">i8"):
        with pytest.raises(TypeError, match="x: expected a column of int64"):
            probe.column_i64(np.zeros(2, dtype=dtype))
    one, whole = np.zeros(0), np.zeros(0, dtype=np.int64)
    assert probe.optional(None, None, None, None, None) == 0
    assert probe.optional(one, one, whole, whole, "") == 31
    assert probe.optional(None, one, None, None, "x") == 18
    out = np.zeros(2)
    assert probe.copy(np.array([5.0, 6.0]), out) is None and out.tolist() == [5.0, 6.0]
    assert probe.copy(out, out) is None
    whole = np.zeros(2, dtype=np.int64)
    assert probe.copy_i64(np.array([5, 2**62]), whole) is None and whole.tolist() == [5, 2**62]
    types = np.zeros(3, dtype=np.int8)
    assert probe.copy_i8(np.array([5, -1, -128], dtype=np.int8), types) is None and types.tolist() == [5, -1, -128]
    assert probe.copy_i8(types[:0], types[:0]) is None
    for column in (np.zeros(3, dtype=np.uint8), np.zeros(3, dtype=bool), np.zeros(3), b"abc"):
        with pytest.raises(TypeError, match="x: expected a column of int8"):
            probe.copy_i8(column, types)
    with pytest.raises(TypeError, match=r"x: the elements must lie side by side \(stride 2\)"):
        probe.copy_i8(np.zeros(6, dtype=np.int8)[::2], types)
    with pytest.raises(loy.LoyaltyError, match=r"^y: must be as long as the first column$"):
        probe.copy(np.zeros(1), out)
    out.flags.writeable = False
    with pytest.raises(TypeError, match="y: the column is read-only"):
        probe.copy(np.zeros(2), out)
    with pytest.raises(TypeError, match="x: expected a column"):  # the first argument is looked at first
        probe.copy(None, out)


def test_text_and_bytes(probe: Any) -> None:
    assert probe.text("a\0é") == 4 and probe.text("") == 0
    assert probe.octets(b"\xff\1") == probe.octets(bytearray(b"\xff\1")) == 256 and probe.octets(b"") == 0
    for wrong in (b"x", 1, None):
        with pytest.raises(TypeError, match="t: expected text, got"):
            probe.text(wrong)
    for wrong in ("x", 1, None, np.zeros(4)[::2]):
        with pytest.raises(TypeError, match="t: expected"):
            probe.octets(wrong)
    with pytest.raises(loy.LoyaltyError, match=r"^t: must be text without lone surrogates$") as caught:
        probe.text("\ud800")
    assert caught.value.code == "ERR_FORMAT"


def test_handles(probe: Any) -> None:
    a, b = probe.tally_new(1.0), probe.tally_new(2.0)
    probe.tally_add(a, np.array([1.0, 2.0]))
    probe.tally_merge(a, b)
    assert probe.tally_sum(a) == 6.0 and probe.tally_both(a, a) == (6.0, 6.0)
    with pytest.raises(loy.StateError, match="other: is in use by another call"):
        probe.tally_merge(a, a)
    assert probe.tally_sum(a) == 6.0  # and it is free again
    with pytest.raises(loy.DomainError, match="start: must be a number"):
        probe.tally_new(float("nan"))
    for wrong in (None, 1, "x", np.zeros(1), object(), probe.tally_sum, __import__("datetime").datetime_CAPI):
        with pytest.raises(TypeError, match=r"t: expected loyalty\.tally, got"):
            probe.tally_sum(wrong)
        with pytest.raises(TypeError, match=r"object: expected loyalty\.tally, got"):
            probe.tally_close(wrong)
    probe.tally_close(a)
    probe.tally_close(a)
    with pytest.raises(loy.StateError, match="t: is closed"):
        probe.tally_sum(a)
    with pytest.raises(loy.StateError, match="other: is closed"):
        probe.tally_merge(b, a)
    with pytest.raises(TypeError):
        probe.tally_add(b, None)  # the handle is given back when a later argument fails
    assert probe.tally_sum(b) == 2.0
    del a, b
    made = [probe.tally_new(1.0) for _ in range(100)]
    assert probe.tally_alive() == 100
    del made
    gc.collect()
    assert probe.tally_alive() == 0


def test_nothing_leaks_when_a_notice_is_made_an_exception(probe: Any) -> None:
    before = probe.tally_alive()
    for call in (lambda: probe.tally_new(-1.0), lambda: probe.rblob(1, 1000), lambda: probe.r2(1)):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with pytest.raises(loy.LoyaltyWarning):
                call()
    assert probe.tally_alive() == before


def test_handles_and_threads(probe: Any) -> None:
    t = probe.tally_new(0.0)

    def during(function: Callable[[Any, float], None]) -> threading.Thread:
        thread = threading.Thread(target=function, args=(t, 0.3))
        thread.start()
        time.sleep(0.1)
        return thread

    writer = during(probe.tally_hold)
    for call in (lambda: probe.tally_sum(t), lambda: probe.tally_hold(t, 0.0), lambda: probe.tally_close(t)):
        with pytest.raises(loy.StateError, match="in use by another call"):
            call()
    writer.join()
    assert probe.tally_sum(t) == 1.0

    readers = [during(probe.tally_look), during(probe.tally_look)]
    assert probe.tally_sum(t) == 1.0
    for call in (lambda: probe.tally_hold(t, 0.0), lambda: probe.tally_close(t)):
        with pytest.raises(loy.StateError, match="in use by another call"):
            call()
    for reader in readers:
        reader.join()
    probe.tally_hold(t, 0.0)
    assert probe.tally_sum(t) == 2.0


def test_references(probe: Any) -> None:
    column, handle, text = np.zeros(3), probe.tally_new(0.0), "x" * 50

    def calls() -> None:
        probe.column(column)
        probe.tally_add(handle, column)
        probe.text(text)
        probe.values(0, 5)
        for call in (
            lambda: probe.tally_add(handle, text),
            lambda: probe.copy(column, column[:1]),
            lambda: probe.r0(101),
        ):
            with pytest.raises((TypeError, loy.LoyaltyError)):
                call()

    calls()
    before = [sys.getrefcount(o) for o in (column, handle, text)]
    for _ in range(300):
        calls()
    assert [sys.getrefcount(o) for o in (column, handle, text)] == before


def run_lua(folder: Path, environment: dict[str, str]) -> None:
    lua = shutil.which("lua5.4") or shutil.which("lua")
    if lua is None:
        pytest.skip("no Lua")
    paths = {"LUA_CPATH": f"{folder}/?.so"}
    done = subprocess.run(
        [lua, HERE / "probe.lua"],
        env={**os.environ, **paths, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0 and done.stdout == "fine\n" and not done.stderr, done.stdout + done.stderr


def test_lua(tmp_path: Path) -> None:
    build(tmp_path, "lua", tmp_path / "loyalty" / "core.so", lua_flags())
    run_lua(tmp_path, {})


def asan() -> dict[str, str]:
    runtime = subprocess.run(["cc", "-print-file-name=libasan.so"], capture_output=True, text=True, check=True)
    path = Path(runtime.stdout.strip())
    if not path.is_absolute() or not path.exists():
        pytest.skip("the compiler has no address sanitizer to preload")
    return {"LD_PRELOAD": str(path.resolve()), "PYTHONMALLOC": "malloc"}


def test_lua_sanitized(tmp_path: Path) -> None:
    environment = asan()
    build(tmp_path, "lua", tmp_path / "loyalty" / "core.so", lua_flags() + SANITIZE)
    run_lua(tmp_path, {**environment, "ASAN_OPTIONS": "detect_leaks=1"})


def test_python_sanitized(tmp_path: Path) -> None:
    """The tests above, the slow and the threaded ones left out, over a sanitized build."""
    environment = asan()
    path = build(tmp_path, "python", tmp_path / "_probe.abi3.so", python_flags() + SANITIZE)
    script = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); import test_probe as t\n"
        "p = t.load(Path(sys.argv[2]))\n"
        "t.test_results(p); t.test_errors_of_other_results(p); t.test_columns(p); t.test_text_and_bytes(p)\n"
        "t.test_handles(p); t.test_references(p); print('fine')"
    )
    environment = {**os.environ, **environment, "ASAN_OPTIONS": "detect_leaks=0"}
    command = [sys.executable, "-c", script, HERE, path]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stdout == "fine\n", done.stdout + done.stderr
