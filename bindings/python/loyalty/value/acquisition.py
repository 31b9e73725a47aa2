"""Acquisition against retention: payback, keep or replace, optimal spending, and the equity of segments."""

from __future__ import annotations

from typing import Any, NamedTuple

from .. import _columns, _loyalty
from .._columns import Errors
from .._errors import notice
from .._formulas import mapped
from ._rows import rows
from .retention import MarginTiming, timing_number

__all__ = [
    "KeepOrReplace", "Payback", "SegmentEquity", "SpendOptimum", "SpendPlan", "SpendResponse", "acquisition_optimum",
    "acquisition_payback", "keep_or_replace", "retention_optimum", "segment_equity", "spend_plan",
]  # fmt: skip

_NAMES = {"discount": "discount_rate"}


class Payback(NamedTuple):
    """What a customer brings back of the cost of winning him. ``exact`` is the time in periods and fractions,
    ``periods`` in whole ones; both are infinite for never."""

    value: float
    ratio: float
    exact: float
    periods: float


class KeepOrReplace(NamedTuple):
    """Is it worth it to spend on keeping a customer? ``pays`` compares with the value that is kept, ``cheaper`` with
    the cost of a new customer."""

    gain: float
    net: float
    cost_per_kept: float
    uplift_to_pay: float
    uplift_to_replace: float
    pays: bool
    cheaper: bool


class SpendOptimum(NamedTuple):
    """How much to spend, the share that it wins or keeps, and what remains of the value after it."""

    spend: float
    share: float
    value: float


class SpendPlan(NamedTuple):
    """Spending on acquisition and on retention, and what it makes of a prospect."""

    acquisition: SpendOptimum
    retention: SpendOptimum
    equity: float


class SegmentEquity(NamedTuple):
    """What all customers are worth. ``table`` has a row for each segment: ``equity``, its ``share`` and the
    ``customer_share``."""

    table: Any
    total: float


class SpendResponse(NamedTuple):
    """What share money wins: ceiling (1 - exp(-rate spend))."""

    ceiling: float
    rate: float

    @classmethod
    def from_point(cls, ceiling: float, spend: float, share: float) -> SpendResponse:
        """The response of which one point is known: ``spend`` wins ``share``, and no money more than ``ceiling``."""
        return cls(ceiling, _loyalty.spend_response_from_point(ceiling, spend, share))

    def share(self, spend: Any, *, data: Any = None, errors: Errors = "raise") -> Any:
        """The share that ``spend`` wins; a number or a column."""
        return mapped(
            _loyalty.spend_response_at_batch, {"spend": spend}, *self, result="share", errors=errors, data=data
        )


def _terms(response: SpendResponse, name: str) -> SpendResponse:
    """The two numbers of a response."""
    if not isinstance(response, tuple) or len(response) != 2:
        raise _columns.bad(name, f"must be a SpendResponse, not {response!r}")
    return response


def acquisition_payback(
    margin: Any, retention: Any, acquisition_cost: Any, discount_rate: float, *, timing: MarginTiming,
    growth: float = 0.0, data: Any = None, errors: Errors = "raise",
) -> Any:  # fmt: skip
    """The ratio of value to acquisition cost ("CLV : CAC"), and after how many periods the margins have paid it back;
    infinite, with a warning, for never. Arguments as in :func:`retention_value`. A :class:`Payback` for numbers, a
    table for columns."""
    return rows(
        _loyalty.acquisition_payback_batch,
        [timing_number(timing), "margin", "retention", discount_rate, growth, "acquisition_cost"],
        {"margin": margin, "retention": retention, "acquisition_cost": acquisition_cost}, Payback, data=data,
        errors=errors,
        remarks={"NOTICE_NONE": "an acquisition cost never comes back",
                 "NOTICE_DIVERGES": "a value is infinite: growth is not below 1 + discount_rate over retention"},
    )  # fmt: skip


def keep_or_replace(
    cost: Any, uplift: Any, value: Any, acquisition_cost: Any, *, data: Any = None, errors: Errors = "raise"
) -> Any:
    """Spend ``cost`` on each of some customers, so that a share ``uplift`` of them stays who would have left: it pays
    when uplift times ``value`` is more, and is cheaper than new customers when cost over uplift is below
    ``acquisition_cost``. A :class:`KeepOrReplace` for numbers, a table for columns."""
    return rows(
        _loyalty.keep_or_replace_batch, ["cost", "uplift", "value", "acquisition_cost"],
        {"cost": cost, "uplift": uplift, "value": value, "acquisition_cost": acquisition_cost}, KeepOrReplace,
        data=data, errors=errors, flags=("pays", "cheaper"),
    )  # fmt: skip


def acquisition_optimum(response: SpendResponse, value: float) -> SpendOptimum:
    """How much to spend on winning a prospect who as a customer brings ``value``: the maximum of share times value less
    spending. Nothing where no spending pays."""
    return SpendOptimum(*_loyalty.acquisition_optimum(*_terms(response, "response"), value))


def retention_optimum(response: SpendResponse, margin: float, discount_rate: float) -> SpendOptimum:
    """How much to spend per period on keeping a customer who brings ``margin`` per period: the maximum of the value of
    what is to come, (margin r - spend)/(1 + discount_rate - r)."""
    with _columns.blame(_NAMES):
        return SpendOptimum(*_loyalty.retention_optimum(*_terms(response, "response"), margin, discount_rate))


def spend_plan(
    acquisition: SpendResponse, retention: SpendResponse, margin: float, discount_rate: float, *,
    acquisition_spend: float | None = None, retention_spend: float | None = None,
) -> SpendPlan:  # fmt: skip
    """The best spending on acquisition and retention together, and the customer equity of a prospect; or, with
    ``acquisition_spend`` and ``retention_spend``, what these make of one."""
    acquisition, retention = _terms(acquisition, "acquisition"), _terms(retention, "retention")
    with _columns.blame(_NAMES):
        if acquisition_spend is None and retention_spend is None:
            found = _loyalty.spend_plan_optimum(*acquisition, *retention, margin, discount_rate)
        elif acquisition_spend is None or retention_spend is None:
            missing = "acquisition_spend" if acquisition_spend is None else "retention_spend"
            raise _columns.bad(missing, "must be given when the other spending is")
        else:
            found = _loyalty.spend_plan_at(
                *acquisition, *retention, margin, discount_rate, acquisition_spend, retention_spend
            )
    notice(found[0], "the value is infinite because all customers stay and nothing is discounted")
    return SpendPlan(SpendOptimum(*found[1:4]), SpendOptimum(*found[4:7]), found[7])


def segment_equity(customers: Any, value: Any, *, data: Any = None) -> SegmentEquity:
    """Customer equity: the number of customers of each segment times the ``value`` of one, and the share of each
    segment in the total."""
    table = _columns.arguments(data, customers=customers, value=value)
    out = {name: _columns.empty_float64(table.n) for name in ("equity", "share", "customer_share")}
    status, total = _loyalty.segment_equity(table.float64("customers"), table.float64("value"), *out.values())
    notice(status, "there is no equity, or there are no customers, to have shares of")
    return SegmentEquity(table.frame(out), total)
