"""The arithmetic of retention: what margins of a customer who may leave are worth today."""

from __future__ import annotations

import math
from typing import Any, Literal

from .. import _columns, _loyalty
from .._columns import Errors
from .._errors import notice

__all__ = ["DIVERGES", "MarginTiming", "margin_multiple", "margin_multiple_slope", "retention_value", "timing_number"]

MarginTiming = Literal["begin", "end", "end_first_sure", "mid", "continuous"]
_TIMINGS: dict[str, int] = {"begin": 1, "end": 2, "end_first_sure": 3, "mid": 4, "continuous": 5}


def timing_number(timing: str) -> int:
    """A timing as the core knows it."""
    if timing not in _TIMINGS:
        raise _columns.bad("timing", f"must be one of {', '.join(map(repr, _TIMINGS))}, not {timing!r}")
    return _TIMINGS[timing]


def margin_multiple(
    retention: float, discount_rate: float, *, timing: MarginTiming, growth: float = 0.0, horizon: float | None = None
) -> float:
    """The present value of a margin of 1 per period of a customer who stays for another period with probability
    ``retention``.

    Args:
        retention: in [0, 1].
        discount_rate: effective, per period; .1 is 10 %.
        timing: when margins are paid. ``"begin"``: the first now; ``"end"``: the first after one period, if the
            customer is still there (Gupta and Lehmann); ``"end_first_sure"``: at the end of every period begun;
            ``"mid"``: in the middle of it; ``"continuous"``: all the time.
        growth: of the margin, per period.
        horizon: periods that count; None for all. Infinite, with a warning, where the sum then diverges.
    """
    with _columns.blame({"discount": "discount_rate"}):
        status, value = _loyalty.margin_multiple(
            timing_number(timing), retention, discount_rate, growth, math.inf if horizon is None else horizon
        )
    notice(status, DIVERGES)
    return value


def margin_multiple_slope(
    retention: float, discount_rate: float, *, timing: MarginTiming, growth: float = 0.0, horizon: float | None = None
) -> float:
    """The slope of :func:`margin_multiple` in retention: what one unit of retention (from 0 to 1) would be worth for a
    margin of 1 at this slope. Arguments as there. Infinite where the sum diverges."""
    with _columns.blame({"discount": "discount_rate"}):
        status, value = _loyalty.margin_multiple_slope(
            timing_number(timing), retention, discount_rate, growth, math.inf if horizon is None else horizon
        )
    notice(status, DIVERGES)
    return value


def retention_value(
    margin: Any, retention: Any, discount_rate: float, *, timing: MarginTiming, growth: float = 0.0,
    horizon: float | None = None, acquisition_cost: float = 0.0, errors: Errors = "raise",
) -> Any:  # fmt: skip
    """The value of customers or segments: margin times :func:`margin_multiple`, less ``acquisition_cost``. ``margin``
    (money per period) and ``retention`` are numbers or columns; numbers are repeated."""
    table = _columns.arguments(None, margin=margin, retention=retention)
    out = _columns.empty_float64(table.n)
    with _columns.blame({"discount": "discount_rate"}):
        status, _bad = _loyalty.retention_value_batch(
            timing_number(timing), table.float64("margin"), table.float64("retention"), discount_rate, growth,
            math.inf if horizon is None else horizon, acquisition_cost, out, _columns.coerce(errors),
        )  # fmt: skip
    notice(status, DIVERGES)
    return table.column(out, "value")


DIVERGES = "the value is infinite: retention times growth is not below 1 + discount_rate, and there is no horizon"
