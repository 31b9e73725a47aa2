"""Return on satisfaction: the curve L = f(C, S) joined with the value of retention."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from .. import _columns, _loyalty
from .._columns import Errors
from .._errors import notice
from .._formulas import point_errors
from ..response.curve import LoyaltyCurve
from .retention import DIVERGES, MarginTiming, timing_number

__all__ = [
    "SatisfactionInvestment", "SatisfactionPlan", "SatisfactionRisk", "SatisfactionWorth", "satisfaction_at_risk",
    "satisfaction_budget", "satisfaction_invest", "satisfaction_worth",
]  # fmt: skip


class SatisfactionWorth(NamedTuple):
    """What a customer is worth at one point of the curve. The slopes are per unit of satisfaction, the whole scale."""

    retention: float
    retention_slope: float
    value: float
    value_slope: float


class SatisfactionInvestment(NamedTuple):
    """A step of satisfaction, paid for. ``gain`` is of one customer, and the most that the step may cost for each;
    ``return_on_investment`` is (total - cost)/cost."""

    value_before: float
    value_after: float
    gain: float
    total: float
    return_on_investment: float


class SatisfactionRisk(NamedTuple):
    """What captive customers are worth, and would be if they were free."""

    retention_before: float
    retention_after: float
    value_before: float
    value_after: float
    at_risk: float


class SatisfactionPlan(NamedTuple):
    """Where a budget goes. ``table`` has a row for each segment: ``target`` (the satisfaction to aim at) and ``spend``.
    No plan on the same grid of targets has a larger net than ``bound``; ``price`` is what one more unit of budget would
    add to ``net``."""

    table: Any
    gain: float
    spend: float
    net: float
    bound: float
    price: float


_NAMES = {"constraint": "constraints", "constraint_after": "constraints_after", "discount": "discount_rate"}
_VECTORS = ("b", "constraints", "constraints_after")


class _Call:
    """The arguments that all functions here share, as the core takes them: a curve, terms, and columns."""

    def __init__(
        self, curve: LoyaltyCurve, timing: str, discount_rate: float, growth: float, horizon: float | None, data: Any,
        constraints: dict[str, Any], columns: dict[str, Any],
    ) -> None:  # fmt: skip
        if not isinstance(curve, LoyaltyCurve):
            raise _columns.bad("curve", f"must be a LoyaltyCurve, not {type(curve).__name__}")
        params = curve._params()
        end = math.inf if horizon is None else horizon
        self.leading = (*params, timing_number(timing), discount_rate, growth, end)
        stacks = {name: curve._constraints(given, len(params[5]), name) for name, given in constraints.items()}
        self._stacked = {
            name: [f"{name}[{j}]" for j in range(len(given))] for name, given in stacks.items()
        }  # fmt: skip
        spread = {f"{name}[{j}]": k for name, given in stacks.items() for j, k in enumerate(given)}
        self.table = _columns.arguments(data, **{n: v for n, v in columns.items() if v is not None}, **spread)
        self.point = self.table.kind == "scalar"

    def column(self, name: str) -> Any:
        return self.table.float64(name)

    def number(self, name: str) -> float:
        return float(self.table.float64(name)[0])

    def optional(self, name: str) -> Any:
        return self.table.float64(name) if name in self.table else None

    def constraints(self, name: str) -> Any:
        """All columns of one argument, one after the other."""
        names = self._stacked[name]
        return np.concatenate([self.table.float64(n) for n in names]) if names else None


def satisfaction_worth(
    curve: LoyaltyCurve, margin: Any, s: Any, c: Any, constraints: Any = None, *, discount_rate: float,
    timing: MarginTiming = "begin", growth: float = 0.0, horizon: float | None = None, data: Any = None,
    errors: Errors = "raise",
) -> Any:  # fmt: skip
    """What customers are worth whose retention is the loyalty L(s, c), and what more satisfaction would add:
    V = margin M(L) and dV/ds = margin M'(L) dL/ds.

    Args:
        curve: a :class:`loyalty.LoyaltyCurve`.
        margin: money per period.
        s: satisfaction in [0, 1].
        c: competition above 0 and below 1.
        constraints: one entry for each ``b`` of the curve.
        discount_rate: effective, per period; .1 is 10 %.
        timing, growth, horizon: as in :func:`margin_multiple`.
        data: a frame; arguments may then be names of its columns.
        errors: ``"coerce"`` gives NaN for a bad row instead of an error.

    Returns:
        A :class:`SatisfactionWorth` for numbers; for columns a table with ``retention``, ``retention_slope``,
        ``value`` and ``value_slope``. Infinite, with a warning, where retention times growth outruns the discount.
    """
    call = _Call(curve, timing, discount_rate, growth, horizon, data, {"constraints": constraints},
                 {"margin": margin, "s": s, "c": c})  # fmt: skip
    given = call.constraints("constraints")
    if call.point:
        with point_errors(True, _NAMES, _VECTORS):
            status, *found = _loyalty.satisfaction_worth(
                *call.leading, call.number("margin"), call.number("s"), call.number("c"), given
            )
        notice(status, DIVERGES)
        return SatisfactionWorth(*found)
    out = {name: _columns.empty_float64(call.table.n) for name in SatisfactionWorth._fields}
    with point_errors(False, _NAMES):
        status, _bad = _loyalty.satisfaction_worth_batch(
            *call.leading,
            call.column("margin"),
            call.column("s"),
            call.column("c"),
            given,
            out["retention"],
            out["retention_slope"],
            out["value"],
            out["value_slope"],
            _columns.coerce(errors),
        )
    notice(status, DIVERGES)
    return call.table.frame(out)


def satisfaction_invest(
    curve: LoyaltyCurve, margin: Any, s_before: Any, s_after: Any, c: Any, constraints: Any = None, *, customers: Any,
    cost: Any, discount_rate: float, timing: MarginTiming = "begin", growth: float = 0.0, horizon: float | None = None,
    data: Any = None, errors: Errors = "raise",
) -> Any:  # fmt: skip
    """What it brings to raise the satisfaction of ``customers`` from ``s_before`` to ``s_after``, and whether it pays.

    Args:
        cost: of the step for all customers together, in the money of ``margin``; above 0.
        customers: how many.

    The other arguments are those of :func:`satisfaction_worth`.

    Returns:
        A :class:`SatisfactionInvestment` for numbers; for columns a table with ``gain`` (of one customer, and the most
        that the step may cost for each), ``total`` and ``return_on_investment``.
    """
    call = _Call(
        curve, timing, discount_rate, growth, horizon, data, {"constraints": constraints},
        {"margin": margin, "s_before": s_before, "s_after": s_after, "c": c, "customers": customers, "cost": cost},
    )  # fmt: skip
    given = call.constraints("constraints")
    if call.point:
        with point_errors(True, _NAMES, _VECTORS):
            status, *found = _loyalty.satisfaction_invest(
                *call.leading, call.number("margin"), call.number("s_before"), call.number("s_after"),
                call.number("c"), given, call.number("customers"), call.number("cost"),
            )  # fmt: skip
        notice(status, DIVERGES)
        return SatisfactionInvestment(*found)
    out = {name: _columns.empty_float64(call.table.n) for name in ("gain", "total", "return_on_investment")}
    with point_errors(False, _NAMES):
        status, _bad = _loyalty.satisfaction_invest_batch(
            *call.leading, call.column("margin"), call.column("s_before"), call.column("s_after"), call.column("c"),
            given, call.column("customers"), call.column("cost"), out["gain"], out["total"],
            out["return_on_investment"], _columns.coerce(errors),
        )  # fmt: skip
    notice(status, DIVERGES)
    return call.table.frame(out)


def satisfaction_at_risk(
    curve: LoyaltyCurve, margin: Any, s: Any, c: Any, constraints: Any = None, *, discount_rate: float,
    c_after: Any = None, constraints_after: Any = None, timing: MarginTiming = "begin", growth: float = 0.0,
    horizon: float | None = None, data: Any = None, errors: Errors = "raise",
) -> Any:  # fmt: skip
    """What would be lost if constraints went, or competition changed, while satisfaction stays ("deregulation").

    Args:
        c_after: competition then; None when it stays.
        constraints_after: constraints then; None when none is left.

    The other arguments are those of :func:`satisfaction_worth`.

    Returns:
        A :class:`SatisfactionRisk` for numbers; for columns a table with ``retention_after`` and ``at_risk``, the value
        now less the value then.
    """
    call = _Call(
        curve, timing, discount_rate, growth, horizon, data,
        {"constraints": constraints, "constraints_after": constraints_after},
        {"margin": margin, "s": s, "c": c, "c_after": c_after},
    )  # fmt: skip
    now, then = call.constraints("constraints"), call.constraints("constraints_after")
    if call.point:
        with point_errors(True, _NAMES, _VECTORS):
            status, *found = _loyalty.satisfaction_at_risk(
                *call.leading, call.number("margin"), call.number("s"), call.number("c"), now,
                call.number("c" if c_after is None else "c_after"), then,
            )  # fmt: skip
        notice(status, DIVERGES)
        return SatisfactionRisk(*found)
    out = {name: _columns.empty_float64(call.table.n) for name in ("retention_after", "at_risk")}
    with point_errors(False, _NAMES):
        status, _bad = _loyalty.satisfaction_at_risk_batch(
            *call.leading, call.column("margin"), call.column("s"), call.column("c"), now, call.optional("c_after"),
            then, out["retention_after"], out["at_risk"], _columns.coerce(errors),
        )  # fmt: skip
    notice(status, DIVERGES)
    return call.table.frame(out)


def satisfaction_budget(
    curve: LoyaltyCurve, customers: Any, margin: Any, s: Any, c: Any, constraints: Any = None, *, unit_cost: Any,
    budget: float, discount_rate: float, most: Any = None, timing: MarginTiming = "begin", growth: float = 0.0,
    horizon: float | None = None, steps: int = 256, data: Any = None,
) -> SatisfactionPlan:  # fmt: skip
    """Where a budget for satisfaction earns most: how far to raise each segment, so that the value gained less the
    money spent is largest and no more than the budget is spent.

    Args:
        customers: in each segment.
        unit_cost: cost of one unit of satisfaction (the whole scale) for one customer.
        budget: in the money of ``margin`` and ``unit_cost``.
        most: the highest satisfaction that a segment can reach; None for 1.
        steps: of the grid of targets between ``s`` and ``most``, up to 4096.

    The other arguments are those of :func:`satisfaction_worth`; values must be finite.
    """
    call = _Call(
        curve, timing, discount_rate, growth, horizon, data, {"constraints": constraints},
        {"customers": customers, "margin": margin, "s": s, "c": c, "unit_cost": unit_cost, "most": most},
    )  # fmt: skip
    target, spend = _columns.empty_float64(call.table.n), _columns.empty_float64(call.table.n)
    with point_errors(call.point, _NAMES):
        totals = _loyalty.satisfaction_budget(
            *call.leading, call.column("customers"), call.column("margin"), call.column("s"), call.column("c"),
            call.constraints("constraints"), call.column("unit_cost"), call.optional("most"), budget, steps, target,
            spend,
        )  # fmt: skip
    return SatisfactionPlan(call.table.frame({"target": target, "spend": spend}), *totals)
