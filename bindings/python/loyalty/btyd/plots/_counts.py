"""How many customers buy how often: observed and expected histograms, and what a new customer will do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..._columns import FloatArray
from ..._pictures import COLOURS, INK, RULE
from ._shared import (
    axes_for,
    check_model,
    count,
    dress,
    groups,
    in_whole_periods,
    model_frame,
    not_negative,
    number,
    observed,
    places,
    spread,
    thousands,
    units,
    values,
    weights_of,
    whole_numbers,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["expected_repeat_purchases_data", "period_transactions_data", "plot_expected_repeat_purchases",
           "plot_period_transactions", "plot_pmf", "pmf_data"]  # fmt: skip

_MOST = 1000  # purchases in a histogram
_COVERED = 0.99  # of the probability, by default


# ---- the customers of a calibration ------------------------------------------------------------------------------


def _probabilities(model: Any, T: FloatArray, most: int) -> FloatArray:
    """P(X(T) = n) for n = 0, ..., most - 1 (columns) and each T (rows)."""
    n = np.tile(np.arange(most, dtype=np.float64), len(T))
    out = np.zeros((len(T), most))
    out[:, 0] = 1.0  # nobody buys in no time
    some = T > 0
    if some.any():
        at = np.repeat(T[some], most)
        out[some] = values(model.purchase_probability(n[: len(at)], at)).reshape(-1, most)
    return out


def period_transactions_data(model: Any, data: Any, max_frequency: int = 7, *, weights: Any = None) -> Any:
    """How many customers made how many repeat purchases, and how many the model expects.

    Each customer is expected to buy n times with the probability P(X(T) = n) for their own length of observation T.
    Customers of the same T are computed once; of more than 4096 distinct T, neighbours are taken together.

    Args:
        model: a fitted model of purchases.
        data: customers, with the columns ``frequency`` and ``T``.
        max_frequency: this many and more are one row; 1 to 1000.
        weights: how many customers each row of the data stands for; an array or the name of a column.

    Returns:
        A table with a row for each of 0, ..., ``max_frequency`` purchases: ``frequency``, ``actual`` and ``expected``
        (numbers of customers). The last row counts all who bought as often or more; both columns add up to the number
        of customers.

    Raises:
        LoyaltyError: another kind of model, a missing column, no rows, a number out of range.
        StateError: the model is not fitted.
    """
    check_model(model, "purchase_probability")
    table = observed(data, "frequency", "T")
    most = count(max_frequency, "max_frequency", 1, _MOST)
    frequency, T = not_negative(table, "frequency", whole=True), not_negative(table, "T")
    weight = weights_of(table, weights)
    actual = np.bincount(np.minimum(frequency, most).astype(np.int64), weight, most + 1).astype(np.float64)
    lengths, which = groups(T)
    customers = np.bincount(which, weight, len(lengths))
    below = customers @ _probabilities(model, lengths, most)
    expected = np.append(below, max(0.0, float(weight.sum() - below.sum())))
    return table.new_frame({"frequency": np.arange(most + 1), "actual": actual, "expected": expected})


def plot_period_transactions(
    model: Any, data: Any, max_frequency: int = 7, *, weights: Any = None, ax: Axes | None = None
) -> Axes:
    """Draw what :func:`period_transactions_data` computes: bars of actual and expected numbers of customers."""
    found = period_transactions_data(model, observed(data), max_frequency, weights=weights)
    axes = axes_for(ax, 6.4, 3.8)
    n = np.arange(max_frequency + 1)
    for shift, colour, name in ((-0.2, COLOURS[0], "actual"), (0.2, COLOURS[1], "expected")):
        axes.bar(n + shift, np.asarray(found[name]), width=0.38, color=colour, label=name)
    dress(axes, "Customers", "Repeat purchases in the calibration")
    shown = places(len(n))
    axes.set_xticks(shown, [*map(str, shown[:-1]), f"{max_frequency}+"])
    thousands(axes.yaxis)
    axes.legend(frameon=False, labelcolor=INK)
    return axes  # type: ignore[no-any-return]


# ---- a new customer ----------------------------------------------------------------------------------------------


def pmf_data(model: Any, t: float, max_purchases: int | None = None) -> Any:
    """How often a new customer will buy.

    Args:
        model: a fitted model of purchases.
        t: how long after the first purchase, in the model's unit of time.
        max_purchases: up to how many purchases, 0 to 1000; by default as many as cover 99 % of the probability, at
            most 1000.

    Returns:
        A table with ``purchases`` (repeat purchases, from 0) and ``probability``.

    Raises:
        LoyaltyError: another kind of model, a number out of range.
        StateError: the model is not fitted.
    """
    check_model(model, "purchase_probability")
    length = np.array([number(t, "t")])
    if max_purchases is not None:
        probability = _probabilities(model, length, count(max_purchases, "max_purchases", 0, _MOST) + 1)[0]
    else:
        probability = _probabilities(model, length, _MOST + 1)[0]
        probability = probability[: int(np.searchsorted(np.cumsum(probability), _COVERED)) + 1]
    return model_frame(model, {"purchases": np.arange(len(probability)), "probability": probability})


def plot_pmf(model: Any, t: float, max_purchases: int | None = None, *, ax: Axes | None = None) -> Axes:
    """Draw what :func:`pmf_data` computes. On the same ``ax`` several models lie over each other."""
    found = pmf_data(model, t, max_purchases)
    axes = axes_for(ax, 6.4, 3.8)
    before = len(axes.lines)
    colour, marker = COLOURS[before % len(COLOURS)], "os^DvP"[before % 6]
    axes.plot(
        np.asarray(found["purchases"]), np.asarray(found["probability"]), color=colour, marker=marker, markersize=5,
        linewidth=1.2, label=type(model).__name__,
    )  # fmt: skip
    whole_numbers(axes.xaxis)
    axes.set_ylim(bottom=0)
    dress(axes, "Probability", f"Repeat purchases of a new customer in {t:g} {units(model)}")
    axes.legend(frameon=False, labelcolor=INK)
    return axes  # type: ignore[no-any-return]


def expected_repeat_purchases_data(model: Any, t: float) -> Any:
    """How many repeat purchases a new customer makes on average until each time.

    Args:
        model: a fitted model of purchases.
        t: the last time after the first purchase, in the model's unit of time.

    Returns:
        A table with ``t``, 101 times from 0 on (for models of whole periods at most so many of these), and
        ``expected_purchases``.

    Raises:
        LoyaltyError: another kind of model, a number out of range.
        StateError: the model is not fitted.
    """
    check_model(model, "expected_purchases_new_customer", "expected_probability_alive")
    times = spread(number(t, "t"), 101, whole=in_whole_periods(model))
    expected = np.zeros(len(times))
    expected[1:] = values(model.expected_purchases_new_customer(times[1:]))
    return model_frame(model, {"t": times, "expected_purchases": expected})


def plot_expected_repeat_purchases(model: Any, t: float, *, ax: Axes | None = None) -> Axes:
    """Draw what :func:`expected_repeat_purchases_data` computes. On the same ``ax`` several models lie over each
    other."""
    found = expected_repeat_purchases_data(model, t)
    axes = axes_for(ax, 6.4, 3.8)
    axes.plot(
        np.asarray(found["t"]), np.asarray(found["expected_purchases"]), color=COLOURS[len(axes.lines) % len(COLOURS)],
        linewidth=2, label=type(model).__name__,
    )  # fmt: skip
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    dress(axes, "Expected repeat purchases of a new customer", f"{units(model).capitalize()} since the first purchase")
    axes.grid(axis="x", color=RULE, linewidth=0)
    axes.legend(frameon=False, labelcolor=INK)
    return axes  # type: ignore[no-any-return]
