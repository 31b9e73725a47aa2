"""A mean with its t interval, and shares of classes with their Wilson intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .. import _columns, _loyalty
from .._errors import notice

__all__ = ["Mean", "mean_from_values", "shares_from_counts"]


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean. Made by :func:`mean_from_values`, :func:`csat_mean` and their neighbours.

    Attributes:
        mean: of the values used.
        standard_deviation: with the divisor n - 1; NaN for a single value.
        standard_error: standard_deviation / sqrt(n).
        n: values used.
        missing: values left out.
        status_: ``"OK"``, or ``"NOTICE_NONE"`` for a single value.
    """

    mean: float
    standard_deviation: float
    standard_error: float
    n: int
    missing: int = 0
    status_: str = "OK"

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The interval (lower, upper) by Student's t, for two values or more."""
        with _columns.blame({"result": "n"} if self.n < 2 else {}):
            return _loyalty.mean_interval(self.n, self.mean, self.standard_error, level)


def _mean(status: str, n: int, missing: int, mean: float, deviation: float, error: float) -> Mean:
    """The fields as the extension gives them."""
    if status != "OK":
        notice(status, "a single value has no standard deviation")
    return Mean(mean, deviation, error, n, missing, status)


def mean_from_values(values: Any, *, data: Any = None, skip_missing: bool = False) -> Mean:
    """The mean of numbers.

    Args:
        values: an array, a column, or with ``data`` the name of a column.
        data: a table in which ``values`` may name a column.
        skip_missing: leave missing values out and count them in ``missing``; else one is an error.
    """
    table = _columns.arguments(data, values=values)
    with _columns.blame({"value": "values"}):
        return _mean(*_loyalty.mean_from_values(table.float64("values"), skip_missing))


def shares_from_counts(counts: Any, *, level: float = 0.95, data: Any = None) -> Any:
    """The share of each class among all, with its Wilson interval, which holds for this class by itself.

    Args:
        counts: members of each class: whole numbers, or a dict of class to number.
        level: confidence of each interval.
        data: a table in which ``counts`` may name a column.

    Returns:
        A table with a row for each class: ``class`` for a dict, ``count``, ``share``, ``lower``, ``upper``.
    """
    named = isinstance(counts, Mapping)
    table = _columns.arguments(data, counts=list(counts.values()) if named else counts)
    count = table.int64("counts")
    out = {name: _columns.empty_float64(table.n) for name in ("share", "lower", "upper")}
    with _columns.blame({"count": "counts"}):
        _loyalty.shares_from_counts(count, level, out["share"], out["lower"], out["upper"])
    return table.frame({**({"class": np.array(list(counts), dtype=object)} if named else {}), "count": count, **out})
