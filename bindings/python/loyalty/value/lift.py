"""How value reacts: elasticities, and the three meanings of "5 % more retention"."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from .. import _loyalty
from .._columns import Errors
from ._rows import choice, end, rows
from .retention import MarginTiming, timing_number

__all__ = ["Elasticity", "LiftMeaning", "RetentionLift", "retention_elasticity", "retention_lift"]

LiftMeaning = Literal["points", "relative", "defection_cut"]
_MEANINGS = {"points": 1, "relative": 2, "defection_cut": 3}


class Elasticity(NamedTuple):
    """Per cent of value for one per cent of each."""

    margin: float
    retention: float
    discount_rate: float
    acquisition_cost: float


class RetentionLift(NamedTuple):
    """A lift of retention in money. ``gain`` is of one customer, and the most that the lift may cost for each;
    ``relative`` is gain over ``value_before``."""

    retention_after: float
    value_before: float
    value_after: float
    gain: float
    relative: float


def retention_elasticity(
    margin: Any, retention: Any, discount_rate: float, *, timing: MarginTiming, growth: float = 0.0,
    horizon: float | None = None, acquisition_cost: Any = 0.0, data: Any = None, errors: Errors = "raise",
) -> Any:  # fmt: skip
    """The elasticities of :func:`retention_value`, whose arguments these are: by how many per cent the value changes
    for one per cent of margin, retention, discount rate or acquisition cost. An :class:`Elasticity` for numbers, a
    table for columns. The value must be finite and not 0."""
    return rows(
        _loyalty.retention_elasticity_batch,
        [timing_number(timing), "margin", "retention", discount_rate, growth, end(horizon), "acquisition_cost"],
        {"margin": margin, "retention": retention, "acquisition_cost": acquisition_cost}, Elasticity, data=data,
        errors=errors,
    )  # fmt: skip


def retention_lift(
    margin: Any, retention: Any, amount: Any, discount_rate: float, *, meaning: LiftMeaning, timing: MarginTiming,
    growth: float = 0.0, horizon: float | None = None, data: Any = None, errors: Errors = "raise",
) -> Any:  # fmt: skip
    """What it is worth to raise retention by ``amount`` (.05 for "5 %").

    Args:
        amount: a fraction; below 0 for a loss. Retention above 1 is an error that names it.
        meaning: ``"points"``: 80 % becomes 85 %; ``"relative"``: 84 %; ``"defection_cut"``: 81 %, because 5 % of those
            who would leave stay.

    The other arguments are those of :func:`retention_value`. A :class:`RetentionLift` for numbers, a table for columns.
    """
    return rows(
        _loyalty.retention_lift_batch,
        [choice("meaning", meaning, _MEANINGS), timing_number(timing), "margin", "retention", "amount", discount_rate,
         growth, end(horizon)],
        {"margin": margin, "retention": retention, "amount": amount}, RetentionLift, data=data, errors=errors,
        remarks={"NOTICE_DIVERGES": "a value before or after is infinite, or the value before is 0"},
    )  # fmt: skip
