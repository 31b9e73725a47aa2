"""Call every flat function of the extension with hostile arguments. Run by test_hostile.py in a process of its own.

python tests/python/hostile.py SEED ROUNDS LOG [FUNCTION...]

Any result and any exception of the kinds in FINE is a good answer; a crash, a hang or another exception is not. The
call under way is always in LOG; one that takes SECONDS ends the process.
"""

from __future__ import annotations

import array
import faulthandler
import math
import os
import random
import re
import resource
import signal
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

import loyalty
from loyalty import _loyalty

SECONDS = 20
FINE = (TypeError, OverflowError, loyalty.LoyaltyError, MemoryError)
STUB = Path(loyalty.__file__).parent / "_loyalty.pyi"

DOUBLES = [
    0.0, -0.0, 1.0, -1.0, 0.5, 0.05, 2.0, 4.414, 0.243, 10.0, 39.0, 1e-300, 1e300, 5e-324, 2.0**53, 1e15, -1e15,
    math.inf, -math.inf, math.nan, 1 - 2**-53, 1 + 2**-52,
]  # fmt: skip
INTEGERS = [0, 1, 2, 3, 7, 9, 10, 100, -1, -2, 255, 256, 2**31 - 1, -(2**31), 2**31, 2**32, 2**53, 2**62, 2**63 - 1]
INTEGERS += [-(2**63), 2**63, 2**64 - 1, 2**64, -(10**40)]
TEXTS = ["", "x", "OK", "\0", "1997-01-01", "é" * 40, "\ud800", '{"a": 1}', "{" * 2000, "[" * 100_000, "9" * 5000]


class Angry:
    """Raises whatever is asked of it."""

    def __float__(self) -> float:
        raise TypeError("no")

    __index__ = __len__ = __bool__ = __float__  # type: ignore[assignment]


def column(r: random.Random, values: list[Any], dtype: str) -> Any:
    """A column of the right type: of one value, of repeated lengths, so that columns often match."""
    n = r.choice([0, 1, 1, 2, 3, 3, 3, 5, 8, 100])
    out = np.zeros(n, dtype=dtype)
    for i in range(n):
        value = r.choice(values)
        if dtype == "i8" and not -(2**63) <= value < 2**63:
            value = 1
        out[i] = value
    if r.random() < 0.05:
        out.flags.writeable = False
    return out


def anything(r: random.Random, capsules: list[Any]) -> Any:
    makers: list[Any] = [
        lambda: None, lambda: r.choice(DOUBLES), lambda: r.choice(INTEGERS), lambda: r.choice(TEXTS),
        lambda: r.choice([True, False]), lambda: column(r, DOUBLES, "f8"), lambda: column(r, INTEGERS, "i8"),
        lambda: b"12345678", lambda: bytearray(16), lambda: memoryview(b"12345678"), lambda: [1.0], lambda: (1, 2),
        lambda: {}, lambda: object(), lambda: Angry(), lambda: 1j, lambda: Decimal("NaN"), lambda: int,
        lambda: np.zeros((2, 3)), lambda: np.zeros(6)[::2], lambda: np.zeros(3)[::-1], lambda: np.float32(2),
        lambda: np.zeros(3, dtype="f4"), lambda: np.array(["a"], dtype=object), lambda: np.array(1.0),
        lambda: np.zeros(3, dtype=">f8"), lambda: np.array(["NaT"], dtype="M8[s]"), lambda: array.array("d", [1, 2, 3]),
        lambda: sys.modules["datetime"].datetime_CAPI if "datetime" in sys.modules else None, lambda: _loyalty.version,
        lambda: r.choice(capsules) if capsules else None,
    ]  # fmt: skip
    return r.choice(makers)()


def plausible(r: random.Random, hint: str, capsules: list[Any]) -> Any:
    """An argument of the kind that is asked for."""
    if hint == "float":
        return r.choice(DOUBLES) if r.random() < 0.6 else r.uniform(0, 5)
    if hint == "int":
        return r.choice(INTEGERS) if r.random() < 0.4 else r.choice([0, 1, 2, 3, 5])
    if hint == "bool":
        return r.random() < 0.5
    if hint.startswith("str"):
        return r.choice(TEXTS)
    if hint.startswith("_Doubles"):
        return column(r, DOUBLES if r.random() < 0.5 else [0.0, 1.0, 2.0, 5.0, 9.5, 38.0, 39.0], "f8")
    if hint.startswith("_Integers"):
        return column(r, INTEGERS if r.random() < 0.5 else [0, 1, 2, 3, 10, 86400], "i8")
    if hint.startswith("_Types"):
        return column(r, [0, 1, 2, 3, 5, 126, 127, -1, -128], "i1")
    if hint.startswith("_Progress"):
        return r.choice([None, None, lambda *_: True, lambda n, _: n < 3, Angry, lambda: None])
    if hint.startswith("_Bytes"):
        return r.choice([b"", b"x" * 100, r.randbytes(64), b"text"])
    if capsules:
        return r.choice(capsules)
    return None


def signatures() -> dict[str, list[str]]:
    """The kinds of the arguments, and last that of the result, of each function."""
    found = {}
    for name, parameters, result in re.findall(r"^def (\w+)\((.*)\) -> (.*):", STUB.read_text("utf-8"), re.M):
        found[name] = [p.partition(": ")[2] for p in parameters.split(", ") if p != "/" and p] + [result]
    return found


def fresh(r: random.Random, functions: dict[str, list[str]]) -> list[Any]:
    """Objects for functions that want one: from every function that makes one, if luck will have it."""
    made: list[Any] = []
    for name, (*hints, result) in functions.items():
        for _ in range(40 if result == "_Capsule" else 0):
            try:
                made.append(getattr(_loyalty, name)(*[plausible(r, h, made) for h in hints]))
            except FINE:
                continue
    return made


def main() -> None:
    seed, rounds, log = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    faulthandler.enable()
    if "LD_PRELOAD" not in os.environ:  # a sanitizer reserves more than any limit
        resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    calls = answered = 0
    functions = signatures()
    for name, (*hints, _) in functions.items():
        if len(sys.argv) > 4 and name not in sys.argv[4:]:
            continue
        r = random.Random(f"{seed} {name}")
        function = getattr(_loyalty, name)
        capsules = fresh(r, functions) if "_Capsule" in hints else []
        for round_ in range(rounds):
            share = r.choice([0.0, 0.0, 0.1, 0.5, 1.0])
            arguments = [anything(r, capsules) if r.random() < share else plausible(r, h, capsules) for h in hints]
            if r.random() < 0.02:
                arguments = arguments[: r.randrange(len(arguments) + 1)] + [None] * r.randrange(3)
            os.pwrite(file, f"{name} round {round_}: {arguments!r}".encode(errors="replace")[:4000].ljust(4000), 0)
            calls += 1
            signal.alarm(SECONDS)
            try:
                value = function(*arguments)
                answered += 1
            except FINE:
                continue
            if type(value).__name__ == "PyCapsule":
                capsules = [*capsules[-20:], value]
            if round_ % 100 == 99 and "_Capsule" in hints:
                capsules = fresh(r, functions)
    print(calls, answered)


if __name__ == "__main__":
    main()
