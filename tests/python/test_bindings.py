"""The extension itself: arguments, errors, references, threads. Columns are in test_columns.py."""

from __future__ import annotations

import array
import contextlib
import copy
import ctypes
import fractions
import gc
import pickle
import re
import subprocess
import sys
import threading
import time
import warnings
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import loyalty as loy
from loyalty import _errors, _loyalty

ROOT = Path(__file__).resolve().parents[2]


def from_scores(score: Any, weight: Any = None) -> Any:
    return _loyalty.nps_from_scores(score, weight, 9, 7, False)


# ---- arguments ----


@pytest.mark.parametrize("level", [0.95, np.float32(0.5), np.float64(0.95), Decimal("0.9"), fractions.Fraction(1, 2)])
def test_numbers_may_be_anything_with_a_float_value(level: Any) -> None:
    assert loy.nps_from_counts(5, 3, 2).interval(level=level)


@pytest.mark.parametrize("level", ["0.95", None, [0.95], b"1", object(), 1j])
def test_other_things_are_no_numbers(level: Any) -> None:
    with pytest.raises(TypeError, match=f"^level: expected a number, got {type(level).__name__}$"):
        loy.nps_from_counts(5, 3, 2).interval(level=level)


def test_integers_are_exact() -> None:
    assert _loyalty.nps_from_counts(np.int64(5), True, np.uint8(2), 0)[0] == 5
    for wrong in (5.0, "5", None, Decimal(5)):
        with pytest.raises(TypeError, match="promoters: expected an integer"):
            _loyalty.nps_from_counts(wrong, 1, 1, 0)  # type: ignore[arg-type]
    for large in (2**63, -(2**63) - 1, 10**30):
        with pytest.raises(OverflowError, match="promoters: must be from -9223372036854775808 to"):
            _loyalty.nps_from_counts(large, 1, 1, 0)
    with pytest.raises(OverflowError, match="status: must be from -2147483648 to 2147483647"):
        _loyalty.status_name(2**31)


def test_an_exception_of_the_argument_comes_through() -> None:
    class Angry:
        def __float__(self) -> float:
            raise ZeroDivisionError("mine")

        def __index__(self) -> int:
            raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        loy.nps_from_counts(5, 3, 2).interval(level=Angry())  # type: ignore[arg-type]
    with pytest.raises(ZeroDivisionError, match="mine"):
        _loyalty.status_name(Angry())  # type: ignore[arg-type]


def test_columns_of_float64_are_borrowed() -> None:
    values = np.array([10.0, 9.0, 8.0])
    values.flags.writeable = False
    assert from_scores(values) == from_scores(array.array("d", values)) == from_scores(memoryview(values))
    assert from_scores(np.array([10.0, 0.0, 9.0])[[0, 2]]) is not None
    assert from_scores(values[:1]) is not None
    assert from_scores(values[::5]) is not None  # one element: no stride to speak of


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (None, "score: expected a column of float64, got NoneType"),
        ([10.0], "score: expected a column of float64, got list"),
        ("10", "score: expected a column of float64, got str"),
        (b"12345678", "elements of format 'B'"),
        (bytearray(8), "elements of format 'B'"),
        (np.array([1]), "elements of format 'l'"),
        (np.array([1], dtype=np.float32), "elements of format 'f'"),
        (np.array([1], dtype=">f8"), "elements of format '>d'"),
        (np.array([1j]), "elements of format 'Zd'"),
        (np.zeros(2, dtype=[("a", "f8")]), "elements of format"),
        (np.zeros((2, 2)), "score: expected one dimension, got 2"),
        (np.array(1.0), "score: expected one dimension, got 0"),
        (np.zeros(4)[::2], "score: the elements must lie side by side"),
        (np.zeros(4)[::-1], "score: the elements must lie side by side"),
        (np.array(["1997-01-01"], dtype="M8[D]"), "score: expected a column of float64, got ndarray"),
        (np.array(["a"], dtype=object), "elements of format 'O'"),
        (np.frombuffer(bytes(17), dtype=np.uint8)[1:].view("f8"), "score: the elements must be aligned"),
    ],
)
def test_other_columns_are_refused(column: Any, message: str) -> None:
    with pytest.raises(TypeError) as caught:
        from_scores(column)
    assert message in str(caught.value)


def test_signatures_are_positional() -> None:
    with pytest.raises(TypeError):
        _loyalty.version(1)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        _loyalty.status_name(status=1)  # type: ignore[call-arg]


# ---- errors ----


def test_hierarchy() -> None:
    assert issubclass(loy.LoyaltyError, ValueError)
    assert issubclass(loy.DomainError, loy.LoyaltyError)
    assert issubclass(loy.StateError, loy.LoyaltyError) and issubclass(loy.StateError, RuntimeError)
    assert issubclass(loy.Canceled, loy.LoyaltyError)
    assert issubclass(loy.LoyaltyWarning, UserWarning)


def test_every_status_has_a_class() -> None:
    names = [_loyalty.status_name(s) for s in range(100, 200)]
    for name in (n for n in names if n != "UNKNOWN"):
        assert isinstance(_errors.build(name, None, None, "x"), loy.LoyaltyError)
    assert type(_errors.build("ERR_STATE", None, None, "x")) is loy.StateError
    assert type(_errors.build("ERR_CANCELED", None, None, "x")) is loy.Canceled
    assert type(_errors.build("ERR_FORMAT", None, None, "x")) is loy.LoyaltyError
    assert set(_errors._CLASSES) <= set(names)


def test_attributes_survive_copies() -> None:
    with pytest.raises(loy.DomainError) as caught:
        from_scores(np.array([10.0, 11.0]))
    for e in (caught.value, pickle.loads(pickle.dumps(caught.value)), copy.deepcopy(caught.value)):
        assert type(e) is loy.DomainError
        assert (e.code, e.argument, e.index) == ("ERR_DOMAIN", "score", 1)
        assert str(e).startswith("score[1]: must be")


def test_notices_warn_the_caller() -> None:
    with pytest.warns(loy.LoyaltyWarning, match="edge of its range") as caught:
        assert _errors.notice("NOTICE_AT_BOUND") == "NOTICE_AT_BOUND"
    assert caught[0].filename == __file__
    assert isinstance(caught[0].message, loy.LoyaltyWarning)
    assert caught[0].message.code == "NOTICE_AT_BOUND"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert _errors.notice("OK") == "OK"
    again = pickle.loads(pickle.dumps(caught[0].message))
    assert (again.code, str(again)) == (caught[0].message.code, str(caught[0].message))


def test_a_broken_errors_module_is_an_exception_not_a_crash() -> None:
    script = (
        "import loyalty, sys\n"
        "del sys.modules['loyalty._errors'].build\n"
        "try: loyalty._loyalty.nps_from_counts(0, 0, 0, 0)\n"
        "except AttributeError: print('fine')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "fine"


# ---- references and threads ----


def test_no_reference_and_no_buffer_is_kept() -> None:
    good, bad, weights = array.array("d", [10.0, 0.0]), array.array("d", [11.0]), array.array("d", [1.0, 1.0])
    counted = (good, bad, weights, _errors.build, loy.DomainError)

    def round_of_calls() -> None:
        from_scores(good)
        from_scores(good, weights)
        for call in (lambda: from_scores(bad), lambda: from_scores(good, bad), lambda: from_scores(good, b"x")):
            with pytest.raises((loy.LoyaltyError, TypeError)):
                call()

    def counts() -> list[int]:
        gc.collect()
        return [sys.getrefcount(o) for o in counted]

    round_of_calls()
    before = counts()
    for _ in range(500):
        round_of_calls()
    assert counts() == before
    for column in (good, bad, weights):
        column.append(1.0)  # an array that is still lent out cannot grow


def test_columns_are_read_without_the_interpreter_lock() -> None:
    """While one thread is inside a bulk call, another one runs Python code."""
    column = np.full(20_000_000, 10.0)
    inside = threading.Event()
    took: list[float] = []

    def work() -> None:
        inside.set()
        start = time.perf_counter()
        from_scores(column)
        took.append(time.perf_counter() - start)

    old = sys.getswitchinterval()
    sys.setswitchinterval(1e-4)
    try:
        best = 0.0
        for _ in range(5):
            worker = threading.Thread(target=work)
            inside.clear()
            worker.start()
            inside.wait()
            longest = 0.0
            last = time.perf_counter()
            while worker.is_alive():
                now = time.perf_counter()
                longest = max(longest, now - last)
                last = now
            worker.join()
            best = max(best, 1 - longest / took[-1])
        # Holding the lock, the longest gap would be the whole call.
        assert best > 0.5
    finally:
        sys.setswitchinterval(old)


def test_memory_does_not_grow() -> None:
    statm = Path("/proc/self/statm")
    if not statm.exists():
        pytest.skip("needs /proc")
    column = np.array([10.0, 11.0])

    def resident() -> int:
        return int(statm.read_text().split()[1]) * ctypes.CDLL(None).getpagesize()

    def rounds(n: int) -> None:
        for _ in range(n):
            with contextlib.suppress(loy.DomainError):
                from_scores(column)

    rounds(5_000)
    gc.collect()
    before = resident()
    rounds(20_000)
    gc.collect()
    assert resident() - before < 2_000_000


# ---- the files ----


def test_the_stub_is_up_to_date() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "bindings/swig/stub.py"), "--check"], check=False)
    assert done.returncode == 0, "run: python bindings/swig/stub.py"


def test_stub_and_extension_agree() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", "loyalty._loyalty"],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_types() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_import_is_light() -> None:
    """No frame library is imported before a frame arrives."""
    script = (
        "import sys, loyalty as loy; loy.nps([1, 2]);"
        "print(sorted({'pandas', 'polars', 'pyarrow', 'narwhals', 'matplotlib', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_whole_columns_are_worked_on_without_the_interpreter_lock() -> None:
    """Batches and fits are marked LOY_BULK."""
    for path in sorted((ROOT / "bindings/swig").glob("*.i")):
        text = path.read_text(encoding="utf-8")
        inline = "".join(re.findall(r"%inline %\{(.*?)%\}", text, re.S))
        marked = set(re.findall(r"LOY_BULK\((\w+)\)", text))
        batches = set(re.findall(r"^static loy_rbatch (\w+)\(", inline, re.M))
        batches |= set(re.findall(r"^static \w+ (\w+(?:_fit|_from_scores|_simulate))\(", inline, re.M))
        assert batches <= marked, f"{path.name}: {sorted(batches - marked)}"
