"""Tables that come from no table of the caller's: the summary of a fit."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from . import _columns, _loyalty

__all__ = ["confidence", "new_frame", "summary"]


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
    z = _loyalty.interval_quantile(confidence(level), df)
    lower, upper = [], []
    for name, value in estimates.items():
        reach = z * std_errors[name]
        if name in positive:
            factor = math.exp(min(reach / value, 700.0)) if math.isfinite(reach) else math.nan
            lower.append(value / factor)
            upper.append(value * factor)
        else:
            lower.append(value - reach)
            upper.append(value + reach)
    return new_frame(
        {
            "parameter": list(estimates),
            "estimate": list(estimates.values()),
            "std_error": [std_errors[name] for name in estimates],
            "lower": lower,
            "upper": upper,
        },
        backend,
    )
