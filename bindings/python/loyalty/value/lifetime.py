"""How long customers stay, what a changing margin and retention are worth, and how uncertain a value is."""

from __future__ import annotations

from typing import Any, NamedTuple

from .. import _columns, _loyalty
from .._columns import Errors
from .._formulas import mapped
from ._rows import end, rows
from .retention import DIVERGES, MarginTiming, timing_number

__all__ = [
    "RetentionPath", "RetentionSpread", "ValueEstimate", "lifetime_mean", "lifetime_survivors", "lifetime_until",
    "retention_path", "retention_spread", "retention_value_error",
]  # fmt: skip


class RetentionPath(NamedTuple):
    """The value along a path. ``table`` has a row for each period: ``survivors``, the share that is there, and
    ``present``, the present value of its margin."""

    value: float
    table: Any


class RetentionSpread(NamedTuple):
    """What the margins of one customer are worth: mean and standard deviation over the random time of leaving."""

    mean: float
    deviation: float


class ValueEstimate(NamedTuple):
    """A value computed from estimates, and its standard error."""

    value: float
    standard_error: float


def lifetime_survivors(retention: Any, periods: Any, *, data: Any = None, errors: Errors = "raise") -> Any:
    """The share of customers who are still there after ``periods``: retention to that power. A fraction converts
    rates: with 1/12 a yearly one into a monthly one."""
    return mapped(
        _loyalty.lifetime_survivors_batch, {"retention": retention, "periods": periods}, result="survivors",
        errors=errors, data=data,
    )  # fmt: skip


def lifetime_mean(retention: Any, *, data: Any = None, errors: Errors = "raise") -> Any:
    """The mean number of periods that a customer stays, 1/(1 - retention), the first included."""
    return mapped(_loyalty.lifetime_mean_batch, {"retention": retention}, result="mean", errors=errors, data=data)


def lifetime_until(retention: Any, share: Any = 0.5, *, data: Any = None, errors: Errors = "raise") -> Any:
    """The periods after which ``share`` of the customers is left; the median lifetime for .5."""
    return mapped(
        _loyalty.lifetime_until_batch, {"retention": retention, "share": share}, result="periods", errors=errors,
        data=data,
    )  # fmt: skip


def retention_path(
    margin: Any, retention: Any, discount_rate: float, *, timing: MarginTiming, growth: float = 0.0,
    acquisition_cost: float = 0.0, data: Any = None,
) -> RetentionPath:  # fmt: skip
    """The value of a customer whose margin and retention change from period to period: columns with one row for each.

    Args:
        margin: of each period; a number is repeated.
        retention: probability that a customer of the period is there in the next; a number is repeated.
        discount_rate: effective, per period; .1 is 10 %.
        timing: when margins are paid, as in :func:`margin_multiple`.
        growth: of all margins, per period.
        acquisition_cost: taken from the value.
    """
    table = _columns.arguments(data, margin=margin, retention=retention)
    survivors, present = _columns.empty_float64(table.n), _columns.empty_float64(table.n)
    with _columns.blame({"discount": "discount_rate"}):
        value = _loyalty.retention_path(
            timing_number(timing), table.float64("margin"), table.float64("retention"), discount_rate, growth,
            acquisition_cost, survivors, present,
        )  # fmt: skip
    return RetentionPath(value, table.frame({"survivors": survivors, "present": present}))


def retention_spread(
    margin: Any, retention: Any, discount_rate: float, *, timing: MarginTiming, growth: float = 0.0, data: Any = None,
    errors: Errors = "raise",
) -> Any:  # fmt: skip
    """Mean and standard deviation of what the margins of one customer are worth, who leaves at a random time. Of n
    independent customers the mean is n times and the deviation sqrt(n) times that. A :class:`RetentionSpread` for
    numbers, a table for columns. Infinite, with a warning, where growth outruns the discount."""
    return rows(
        _loyalty.retention_spread_batch, [timing_number(timing), "margin", "retention", discount_rate, growth],
        {"margin": margin, "retention": retention}, RetentionSpread, data=data, errors=errors,
        remarks={"NOTICE_DIVERGES": "the mean or the deviation is infinite: growth outruns leaving and the discount"},
    )  # fmt: skip


def retention_value_error(
    margin: Any, retention: Any, discount_rate: float, *, timing: MarginTiming, se_margin: Any = 0.0,
    se_retention: Any = 0.0, correlation: Any = 0.0, growth: float = 0.0, horizon: float | None = None,
    data: Any = None, errors: Errors = "raise",
) -> Any:  # fmt: skip
    """A value from estimates of margin and retention, with its standard error by the delta method.

    Args:
        se_margin, se_retention: standard errors of the estimates.
        correlation: of the two estimates, -1 to 1; 0 when they come from different data.

    The other arguments are those of :func:`retention_value`. A :class:`ValueEstimate` for numbers, a table for columns.
    """
    return rows(
        _loyalty.retention_value_error_batch,
        [timing_number(timing), "margin", "retention", discount_rate, growth, end(horizon), "se_margin",
         "se_retention", "correlation"],
        {"margin": margin, "retention": retention, "se_margin": se_margin, "se_retention": se_retention,
         "correlation": correlation},
        ValueEstimate, data=data, errors=errors, remarks={"NOTICE_DIVERGES": DIVERGES},
    )  # fmt: skip
