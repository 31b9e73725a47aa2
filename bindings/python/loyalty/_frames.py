"""Tables that come from no table of the caller's: the summary of a fit."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any, Literal, TypeAlias

import numpy as np

from . import _columns, _loyalty
from ._columns import FloatArray

__all__ = ["Scale", "confidence", "intervals", "new_frame", "summary"]

Scale: TypeAlias = Literal["plain", "log", "odds"]
_SCALES: dict[str, int] = {"plain": 0, "log": 1, "odds": 2}


def confidence(level: object) -> float:
    """``level`` of a confidence interval as a number between 0 and 1."""
    if isinstance(level, (int, float, np.integer, np.floating)) and 0 < level < 1:
        return float(level)
    raise _columns.bad("level", f"must be a number between 0 and 1, such as 0.95, not {level!r}")


def new_frame(values: Mapping[str, Any], backend: str | None = None) -> Any:
    """A table of the frame library that narwhals calls ``backend``; by default of pandas where that is installed, and
    otherwise a dict of arrays."""
    if backend is None:
        try:
            import pandas  # noqa: F401
        except ImportError:
            return {name: np.asarray(value) for name, value in values.items()}
        backend = "pandas"
    return _columns._narwhals().from_dict(dict(values), backend=backend).to_native()


def intervals(
    estimates: FloatArray, std_errors: FloatArray, level: object, scale: Scale = "plain", *, df: float = math.inf
) -> tuple[FloatArray, FloatArray]:
    """The ends of the interval of each estimate, symmetric on itself, on its logarithm or on its log odds."""
    lower, upper = np.empty_like(estimates), np.empty_like(estimates)
    _loyalty.scaled_intervals(estimates, std_errors, confidence(level), df, _SCALES[scale], lower, upper)
    return lower, upper


def summary(
    estimates: Mapping[str, float], std_errors: Mapping[str, float], level: object = 0.95, *,
    positive: Collection[str] = (), backend: str | None = None, df: float = math.inf,
) -> Any:  # fmt: skip
    """The table that ``summary()`` of every fitted object gives: one row for each parameter, with the columns
    ``parameter``, ``estimate``, ``std_error``, ``lower`` and ``upper``.

    The interval is the estimate plus and minus as many standard errors as the normal distribution asks for, or with
    finite ``df`` Student's. For the parameters named in ``positive`` the same is
    done to the logarithm, so that the interval stays above 0. Without a standard error (NaN) it is NaN.
    """
    values = np.array(list(estimates.values()), dtype=np.float64)
    errors = np.array([std_errors[name] for name in estimates], dtype=np.float64)
    lower, upper = intervals(values, errors, level, df=df)
    above = np.array([name in positive for name in estimates], dtype=bool)
    for end, of_log in zip((lower, upper), intervals(values, errors, level, "log", df=df), strict=True):
        end[above] = of_log[above]
    return new_frame(
        {
            "parameter": list(estimates),
            "estimate": list(estimates.values()),
            "std_error": errors,
            "lower": lower,
            "upper": upper,
        },
        backend,
    )
