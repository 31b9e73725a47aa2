"""Read, replay and complete the case files of this folder against the Python extension. See README.md.

python tests/parity/parity.py --write FILE...     fill in results
"""

from __future__ import annotations

import argparse
import math
import re
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from loyalty import LoyaltyError, _loyalty

CASES = Path(__file__).parent / "cases"
DTYPE = {"d": np.dtype(np.float64), "i": np.dtype(np.int64), "t": np.dtype(np.int8)}
COLUMN = {dtype: kind for kind, dtype in DTYPE.items()}
TOKEN = re.compile(r'[a-z]+\[[^]]*\]|"[^"]*"|\S+')


@dataclass
class Output:
    """A column for results, and what must be in it."""

    array: np.ndarray[Any, Any]
    expected: list[Any]


@dataclass(frozen=True)
class Object:
    """An object that a line of the file makes, and others use."""

    name: str


@dataclass
class Case:
    where: str
    function: str
    arguments: list[Any]
    results: list[Any]
    error: tuple[str, str | None, int | None] | None


def parse_value(token: str) -> Any:
    if token.startswith("@"):
        return Object(token[1:])
    if token.startswith("x["):
        return bytes.fromhex(token[2:-1])
    column = re.fullmatch(r"(d|i|t|out|iout|tout)\[(.*)\]", token)
    if column:
        kind, items = column[1], [parse_value(t) for t in column[2].split()]
        dtype = DTYPE[kind[0]] if kind != "out" else DTYPE["d"]
        if kind in DTYPE:
            return np.array(items, dtype=dtype)
        return Output(np.zeros(len(items), dtype=dtype), items)
    if token in ("true", "false", "nil"):
        return {"true": True, "false": False, "nil": None}[token]
    if token.startswith('"'):
        return token[1:-1]
    if re.fullmatch(r"[+-]?\d+", token):
        return int(token)
    if "x" in token:
        return float.fromhex(token)
    return float(token)


def parse_line(line: str, where: str) -> Case:
    tokens = TOKEN.findall(line)
    at = next((i for i, t in enumerate(tokens) if t in ("=", "!")), len(tokens))
    case = Case(where, tokens[0], [parse_value(t) for t in tokens[1:at]], [], None)
    if at < len(tokens) and tokens[at] == "!":
        code, argument, index = tokens[at + 1 : at + 4]
        case.error = (code, None if argument == "-" else argument, None if index == "-" else int(index))
    else:
        case.results = [parse_value(t) for t in tokens[at + 1 :]]
    return case


def read(path: Path) -> list[Case]:
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    return [parse_line(s, f"{path.name}:{n}") for n, s in lines if s.strip() and not s.startswith("#")]


def same(a: Any, b: Any) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return (math.isnan(a) and math.isnan(b)) or struct.pack("d", a) == struct.pack("d", b)
    return type(a) is type(b) and bool(a == b)


def call(
    case: Case, objects: dict[Any, Any] | None = None
) -> tuple[list[Any], tuple[str, str | None, int | None] | None]:
    """The results, and the error. An object among them is kept in `objects`, from which arguments are taken too."""
    known = {} if objects is None else objects
    arguments = [a.array if isinstance(a, Output) else known[a] if isinstance(a, Object) else a for a in case.arguments]
    try:
        value = getattr(_loyalty, case.function)(*arguments)
    except LoyaltyError as e:
        return [], (e.code, e.argument, e.index)
    if value is None:
        return [], None
    if case.results and isinstance(case.results[0], Object):
        known[case.results[0]] = value
        return case.results, None
    return (list(value) if isinstance(value, tuple) else [value]), None


def differences(case: Case, objects: dict[Any, Any] | None = None) -> list[str]:
    """What the extension answers otherwise than the file says."""
    results, error = call(case, objects)
    if error != case.error:
        return [f"{case.where}: {case.function}: error {error}, expected {case.error}"]
    found = []
    if len(results) != len(case.results):
        found.append(f"{case.where}: {case.function}: {len(results)} results, expected {len(case.results)}")
    for i, (a, b) in enumerate(zip(results, case.results, strict=False), 1):
        if not same(a, b):
            found.append(f"{case.where}: {case.function}: result {i} is {written(a)}, expected {written(b)}")
    for output in (a for a in case.arguments if isinstance(a, Output) and error is None):
        for i, (a, b) in enumerate(zip(output.array.tolist(), output.expected, strict=True), 1):
            if not same(a, type(a)(b)):
                found.append(f"{case.where}: {case.function}: row {i} is {written(a)}, expected {written(b)}")
    return found


def written(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "nil", True: "true", False: "false"}[value]
    if isinstance(value, float):
        return re.sub(r"\.?0*p", "p", value.hex()) if math.isfinite(value) else repr(value)
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, bytes):
        return f"x[{value.hex()}]"
    if isinstance(value, Object):
        return f"@{value.name}"
    if isinstance(value, Output):
        items = " ".join(written(v) for v in value.array.tolist())
        return f"{COLUMN[value.array.dtype].strip('d')}out[{items}]"
    if isinstance(value, np.ndarray):
        return f"{COLUMN[value.dtype]}[{' '.join(written(v) for v in value.tolist())}]"
    return str(value)


def complete(path: Path) -> None:
    lines = []
    objects: dict[Any, Any] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            lines.append(line)
            continue
        case = parse_line(line, f"{path.name}:{number}")
        results, error = call(case, objects)
        parts = [case.function, *map(written, case.arguments)]
        if error is not None:
            parts += ["!", error[0], error[1] or "-", "-" if error[2] is None else str(error[2])]
        else:
            parts += ["=", *map(written, results)]
        lines.append(" ".join(parts))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="fill in results instead of comparing")
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    wrong = []
    for path in options.files or sorted(CASES.glob("*.txt")):
        if options.write:
            complete(path)
        else:
            objects: dict[Any, Any] = {}
            wrong += [d for case in read(path) for d in differences(case, objects)]
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
