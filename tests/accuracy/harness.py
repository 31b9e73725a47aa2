"""Measure the error of C functions against oracles that bound their own error.

A check names a C expression, the arguments to try and an oracle. The expression is compiled with the header-only form
of the library, evaluated at exact doubles, and compared with the oracle's value at those same doubles. README.md says
how to add checks.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import numpy as np
from flint import arb, ctx

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FLAGS = ["-std=c11", "-O2", "-ffp-contract=off", "-Wall", "-Wextra", "-DLOYALTY_HEADER_ONLY"]

Points = Callable[[np.random.Generator, int], np.ndarray]


@dataclass(frozen=True)
class Check:
    """One row of docs/accuracy.md.

    name      what the row is called; letters, digits and underscores, unique
    call      the C expression, in terms of x[0], x[1], ...
    oracle    the true value: takes one arb per argument, returns an arb (or an mpmath mpf). It is called with more and
              more bits of working precision (flint.ctx.prec) until the answer has 80 good ones
    points    points(rng, n): about n rows of arguments, one column per argument
    bound     the largest error that is not a failure, in `unit`
    unit      "ulp": of the double next to the true value; "relative": to the true value, or to `scale`
    domain    the arguments in words, for the table
    scale     scale(true value, *arguments), an arb: what a relative error is relative to, where that is not the true
              value itself (near a zero of the function, or where the problem is badly conditioned)
    tiny      errors below this are none: the edge of gradual underflow
    share     of the usual number of points: below 1 for slow oracles, above for fast ones
    """

    name: str
    call: str
    oracle: Callable[..., object]
    points: Points
    bound: float
    domain: str
    unit: str = "ulp"
    scale: Callable[..., object] | None = None
    tiny: float = 0.0
    share: float = 1.0


@dataclass
class Outcome:
    check: Check
    errors: np.ndarray
    arguments: np.ndarray
    values: np.ndarray
    rival: np.ndarray | None = None  # the errors of another program at the same points

    @property
    def worst(self) -> float:
        return float(self.errors.max())

    @property
    def median(self) -> float:
        return float(np.median(self.errors))

    @property
    def worst_arguments(self) -> list[float]:
        return [float(v) for v in self.arguments[int(self.errors.argmax())]]

    def failure(self) -> str | None:
        if self.worst <= self.check.bound:
            return None
        i = int(self.errors.argmax())
        count = int((self.errors > self.check.bound).sum())
        where = ", ".join(v.hex() for v in self.worst_arguments)
        return (
            f"{self.check.name}: {count} of {len(self.errors)} points beyond {self.check.bound} {self.check.unit}; "
            f"worst {self.worst:.4g} at ({where}) = {tuple(self.worst_arguments)}, value {self.values[i]!r}"
        )


@dataclass
class Section:
    """A module of checks, found by its file name <wing>_<name>.py."""

    module: ModuleType
    checks: list[Check] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.module.__name__.removeprefix("accuracy_")

    @property
    def title(self) -> str:
        return (self.module.__doc__ or self.module.__name__).strip().splitlines()[0].rstrip(".")


def sections() -> list[Section]:
    """The modules tests/accuracy/<wing>_<name>.py, in the order of their names."""
    if str(HERE) not in sys.path:
        sys.path.insert(0, str(HERE))
    found = []
    for path in sorted(HERE.glob("*_*.py")):
        if path.stem.startswith("test_"):
            continue
        spec = importlib.util.spec_from_file_location(f"accuracy_{path.stem}", path)
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found.append(Section(module, list(module.CHECKS)))
    names = [check.name for section in found for check in section.checks]
    assert len(names) == len(set(names)), "two checks have the same name"
    return found


def build_dir() -> Path:
    path = Path(os.environ.get("LOYALTY_BUILD_DIR") or ROOT / "build" / "accuracy")
    path.mkdir(parents=True, exist_ok=True)
    return path


def compile_evaluator(found: Sequence[Section], name: str = "evaluate", extra_flags: Sequence[str] = ()) -> Path:
    """Build the program that evaluates the checks of these sections; compiled anew each time, in about a second."""
    folder = build_dir() / name
    folder.mkdir(exist_ok=True)
    lines = ["#ifdef PART_HEADERS"]
    for section in found:
        lines += [f'#include "{header}"' for header in section.module.HEADERS]
        lines += [getattr(section.module, "PREAMBLE", "")]
    lines += ["#else"]
    for section in found:
        for check in section.checks:
            arity = check.points(np.random.default_rng(0), 8).shape[1]
            lines += [f"FUNCTION({check.name}, {arity}, {check.call})"]
    lines += ["#endif", ""]
    (folder / "functions.inc").write_text("\n".join(lines))
    program = folder / "evaluate"
    compiler = shlex.split(os.environ.get("CC", "cc"))
    command = [
        *compiler,
        *FLAGS,
        *extra_flags,
        f"-I{ROOT / 'include'}",
        f"-I{folder}",
        str(HERE / "evaluate.c"),
        "-o",
        str(program),
        "-lm",
    ]
    subprocess.run(command, check=True)
    return program


def evaluate(program: Path, check: Check, arguments: np.ndarray) -> np.ndarray:
    data = np.ascontiguousarray(arguments, dtype=np.float64).tobytes()
    done = subprocess.run([str(program), check.name], input=data, stdout=subprocess.PIPE, check=True)
    values = np.frombuffer(done.stdout, dtype=np.float64)
    assert len(values) == len(arguments)
    return values


def as_arb(value: object) -> arb:
    if isinstance(value, arb):
        return value
    if hasattr(value, "man_exp"):  # an mpmath number
        man, exp = value.man_exp  # type: ignore[union-attr]
        return arb(int(man)) * arb(2) ** int(exp)
    return arb(value)


def true_value(oracle: Callable[..., object], arguments: Sequence[float]) -> arb:
    """The oracle's answer with at least 80 correct bits; exact zeros and infinities as they are."""
    for prec in (128, 256, 512, 1024, 2048, 4096, 8192):
        ctx.prec = prec
        answer = as_arb(oracle(*[arb(a) for a in arguments]))
        if answer.is_exact() or answer.rel_accuracy_bits() >= 80:
            return answer
    raise ArithmeticError(f"the oracle does not settle at {tuple(arguments)}: {answer}")


def error(check: Check, actual: float, expected: arb, arguments: Sequence[float]) -> float:
    nearest = float(expected.mid())
    if not np.isfinite(actual) or not np.isfinite(nearest):
        return 0.0 if actual == nearest else float("inf")
    difference = abs(arb(actual) - expected)
    if check.tiny and bool(difference < arb(check.tiny)):
        return 0.0
    if check.unit == "ulp":
        unit = arb(float(np.spacing(abs(nearest))))
    else:
        unit = abs(expected)
        if check.scale is not None:
            unit = as_arb(check.scale(expected, *[arb(a) for a in arguments]))
        if unit.contains(0):
            return 0.0 if bool(difference == 0) else float("inf")
    return float((difference / unit).mid())


def measure(
    program: Path, check: Check, points: int, seed: int = 20260101, rival: Callable[..., np.ndarray] | None = None
) -> Outcome:
    """rival(name of the check, rows) answers the same question by another program."""
    count = max(8, int(points * check.share))
    arguments = np.asarray(check.points(np.random.default_rng(seed), count), dtype=np.float64)
    values = evaluate(program, check, arguments).tolist()
    others = rival(check.name, arguments).tolist() if rival else values
    rows = arguments.tolist()
    errors, other_errors = [], []
    for value, other, row in zip(values, others, rows, strict=True):
        expected = true_value(check.oracle, row)
        errors.append(error(check, value, expected, row))
        if rival:
            other_errors.append(error(check, other, expected, row))
    return Outcome(check, np.array(errors), arguments, np.array(values), np.array(other_errors) if rival else None)


# Arguments.


def uniform(rng: np.random.Generator, low: float, high: float, n: int) -> np.ndarray:
    return rng.uniform(low, high, n)


def log_uniform(rng: np.random.Generator, low: float, high: float, n: int) -> np.ndarray:
    """Equally many in each power of ten, 0 < low < high."""
    return np.clip(10.0 ** rng.uniform(np.log10(low), np.log10(high), n), low, high)


def any_double(rng: np.random.Generator, low: float, high: float, n: int) -> np.ndarray:
    """Every double of [low, high) equally likely, 0 <= low < high: subnormal numbers get their share."""
    ends = np.array([low, high], dtype=np.float64).view(np.int64)
    return rng.integers(ends[0], ends[1], n).view(np.float64)


def column(*parts: np.ndarray) -> np.ndarray:
    """One argument, from several sets."""
    return np.concatenate([np.asarray(p, dtype=np.float64) for p in parts])[:, None]


def columns(*arguments: np.ndarray) -> np.ndarray:
    return np.stack([np.asarray(a, dtype=np.float64) for a in arguments], axis=1)


def machine() -> str:
    return f"{platform.machine()}, {platform.system()}"
