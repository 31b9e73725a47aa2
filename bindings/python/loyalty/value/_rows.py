"""Closed formulas over rows, several answers for each: numbers in, a record out; columns in, a table out."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from .. import _columns
from .._errors import notice
from .._formulas import point_errors

__all__ = ["choice", "end", "rows"]

_NAMES = {"discount": "discount_rate"}


def choice(name: str, value: str, numbers: Mapping[str, int]) -> int:
    """One of several names as the number that the core takes."""
    if value not in numbers:
        raise _columns.bad(name, f"must be one of {', '.join(map(repr, numbers))}, not {value!r}")
    return numbers[value]


def end(horizon: float | None) -> float:
    """A horizon as the core takes it."""
    return math.inf if horizon is None else horizon


def rows(
    function: Callable[..., Any], given: Sequence[Any], columns: Mapping[str, Any], record: Any, *, data: Any = None,
    errors: _columns.Errors = "raise", remarks: Mapping[str, str] | None = None, flags: Collection[str] = (),
) -> Any:  # fmt: skip
    """``function(*given, *out, coerce)``, where texts in ``given`` stand for columns and there is one output for each
    field of ``record``: a record of numbers when all columns are numbers, else a table. Functions with notices give
    the status first; ``remarks`` says it in the caller's words. The outputs named in ``flags`` are yes or no."""
    table = _columns.arguments(data, **columns)
    point = table.kind == "scalar"
    out = {name: _columns.empty_float64(table.n) for name in record._fields}
    arguments = [table.float64(value) if isinstance(value, str) else value for value in given]
    with point_errors(point, _NAMES):
        answer = function(*arguments, *out.values(), _columns.coerce(errors))
    if isinstance(answer, tuple):
        notice(answer[0], (remarks or {}).get(answer[0]))
    found = {name: values.astype(bool) if name in flags else values for name, values in out.items()}
    return record(*(values[0].item() for values in found.values())) if point else table.frame(found)
