"""Whether yearly amounts rise, and by how much a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .. import _columns, _loyalty
from .._columns import Errors
from .._errors import notice
from .._formulas import point_errors
from .._frames import confidence
from .._yearly import yearly

__all__ = ["Trend", "trend"]


@dataclass(frozen=True, slots=True)
class Trend:
    """The trend of one series.

    Attributes:
        slope: median of the slopes of all pairs of years (Theil and Sen), amount per year.
        lower, upper: limits of the slope (Sen).
        tau: S/(k(k - 1)/2), in [-1, 1].
        p_value: of the two-sided test of Mann and Kendall, exact up to 20 years, ties included.
        s: pairs of years in which the later amount is larger less those in which it is smaller.
        known: years with an amount.
    """

    slope: float
    lower: float
    upper: float
    tau: float
    p_value: float
    s: int
    known: int


_NAMES = {"amount": "amounts", "years": "amounts"}


def trend(amounts: Any, *, data: Any = None, level: float = 0.95, errors: Errors = "raise") -> Any:
    """The trend of yearly amounts: slope of Theil and Sen, test of Mann and Kendall. One large order makes no trend.

    Args:
        amounts: a table or an array of two dimensions with a column for each year, or a list of columns, or with
            ``data`` of their names; the earliest first, from 2 to 1000. For one customer a list of numbers. Missing
            years are left out.
        data: a table in which ``amounts`` may name columns.
        level: of the limits of the slope.
        errors: ``"coerce"`` gives NaN for a row with an infinite amount instead of an error.

    Returns:
        For one customer a :class:`Trend`; else a table with slope, lower, upper, tau and p_value. Customers with fewer
        than two known years have NaN, and a warning says that there are some.
    """
    table, years, columns = yearly(amounts, data)
    sure = confidence(level)
    coerce = _columns.coerce(errors)
    if table.kind == "scalar":
        with point_errors(True, _NAMES, ("amounts",)):
            known, s, tau, p_value, slope, lower, upper = _loyalty.trend_of(columns, sure)
        return Trend(slope, lower, upper, tau, p_value, s, known)
    names = ("slope", "lower", "upper", "tau", "p_value")
    out = {name: _columns.empty_float64(table.n) for name in names}
    with point_errors(False, _NAMES):
        status, _bad, _skipped = _loyalty.trend_batch(
            columns, years, sure, out["slope"], out["lower"], out["upper"], out["tau"], out["p_value"], coerce
        )
    notice(status, "customers with fewer than two known years have no trend")
    return table.frame(out)
