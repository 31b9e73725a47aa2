"""How much customers spend on average: what was seen against the Gamma-Gamma model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ... import _columns
from ..._columns import FloatArray, Table
from ..._pictures import COLOURS, INK
from ._shared import axes_for, check_model, count, dress, not_negative, number, observed, thousands, values, weights_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_spend_density", "spend_density_data"]

_SHARE = 0.98  # of the customers within the default range
_NODES, _NODE_WEIGHTS = np.polynomial.legendre.leggauss(4)  # in each bin
_CHUNK = 1 << 20  # evaluations at a time


def _customers(table: Table, weights: Any) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Frequency, mean spend and weight of those with a repeat purchase."""
    frequency, spend = not_negative(table, "frequency", whole=True), table.float64("monetary_value")
    weight, repeat = weights_of(table, weights), frequency > 0
    wrong = repeat & ~((spend > 0) & np.isfinite(spend))
    if wrong.any():
        raise _columns.bad(
            "monetary_value", "must be a number above 0 for a customer with purchases", int(np.argmax(wrong))
        )
    if not repeat.any():
        raise _columns.bad("frequency", "must be above 0 for somebody: only repeat purchases tell of spend")
    return frequency[repeat], spend[repeat], weight[repeat]


def _density(model: Any, frequency: FloatArray, weight: FloatArray, at: FloatArray) -> FloatArray:
    """The density of the mean spend of a customer with one of these frequencies, at each of some amounts."""
    counts, which = np.unique(frequency, return_inverse=True)
    share = np.bincount(which.reshape(-1), weight) / weight.sum()
    density = np.zeros(len(at))
    rows = max(1, _CHUNK // len(at))
    for begin in range(0, len(counts), rows):
        part = counts[begin : begin + rows]
        log_density = model.log_likelihood(frequency=np.repeat(part, len(at)), monetary_value=np.tile(at, len(part)))
        density += share[begin : begin + rows] @ np.exp(values(log_density)).reshape(len(part), len(at))
    return density


def spend_density_data(
    model: Any, data: Any, *, bins: int = 40, upper: float | None = None, weights: Any = None
) -> Any:  # fmt: skip
    """How the mean spend of the customers with repeat purchases is spread, and how by the Gamma-Gamma model.

    The model's density of the mean z of x purchases is averaged over the numbers of purchases that the customers made.

    Args:
        model: a fitted :class:`loyalty.GammaGammaModel`.
        data: customers, with the columns ``frequency`` and ``monetary_value``; those without a repeat purchase are left
            out.
        bins: how many bins of equal width, 1 to 1000.
        upper: the end of the last bin, in money; by default what 98 % of the customers do not exceed.
        weights: how many customers each row stands for; an array or the name of a column.

    Returns:
        A table with a row for each bin: ``lower`` and ``upper`` in money, ``customers`` in it, ``actual`` and
        ``expected``, the density per unit of money. A density times the width of the bin is a share of all customers
        with a repeat purchase, also of those beyond the last bin.

    Raises:
        LoyaltyError: another kind of model, a missing column, nobody with a repeat purchase, a number out of range.
        StateError: the model is not fitted.
    """
    check_model(model, "expected_customer_spend")
    table = observed(data, "frequency", "monetary_value")
    n = count(bins, "bins", 1, 1000)
    frequency, spend, weight = _customers(table, weights)
    edges = np.linspace(0.0, float(np.quantile(spend, _SHARE)) if upper is None else number(upper, "upper"), n + 1)
    width = edges[1] - edges[0]
    customers = np.histogram(spend, edges, weights=weight)[0]
    nodes = (edges[:-1, None] + width * (0.5 + 0.5 * _NODES)).ravel()
    expected = _density(model, frequency, weight, nodes).reshape(n, -1) @ (_NODE_WEIGHTS / 2)
    return table.new_frame(
        {"lower": edges[:-1], "upper": edges[1:], "customers": customers,
         "actual": customers / (width * weight.sum()), "expected": expected}
    )  # fmt: skip


def plot_spend_density(
    model: Any, data: Any, *, bins: int = 40, upper: float | None = None, weights: Any = None, ax: Axes | None = None
) -> Axes:
    """Draw what :func:`spend_density_data` computes: bars of what was seen, a line for the model."""
    found = spend_density_data(model, data, bins=bins, upper=upper, weights=weights)
    lower, end = np.asarray(found["lower"]), np.asarray(found["upper"])
    axes = axes_for(ax, 6.4, 3.8)
    width = end - lower
    axes.bar(lower, np.asarray(found["actual"]), width=0.9 * width, align="edge", color=COLOURS[4], label="actual")
    fine = spend_density_data(model, data, bins=min(5 * bins, 1000), upper=float(end[-1]), weights=weights)
    middle = (np.asarray(fine["lower"]) + np.asarray(fine["upper"])) / 2
    axes.plot(middle, np.asarray(fine["expected"]), color=COLOURS[1], linewidth=2, label="expected")
    axes.set_xlim(0, end[-1])
    axes.set_ylim(bottom=0)
    dress(axes, "Share of the repeat buyers per unit of money", "Mean spend per repeat purchase, money")
    thousands(axes.xaxis)
    axes.legend(frameon=False, labelcolor=INK)
    return axes  # type: ignore[no-any-return]
