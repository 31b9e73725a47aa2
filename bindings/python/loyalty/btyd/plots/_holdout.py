"""Calibration against holdout: did those buy who were expected to?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ... import _columns
from ..._columns import FloatArray
from ..._errors import LoyaltyError
from ..._pictures import COLOURS, INK
from ._shared import (
    axes_for,
    check_model,
    count,
    dress,
    mean_by,
    not_negative,
    observed,
    places,
    units,
    values,
    weights_of,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["calibration_purchases_vs_holdout_purchases_data", "plot_calibration_purchases_vs_holdout_purchases"]

Kind: TypeAlias = Literal["frequency", "recency", "T", "time_since_last_purchase"]

_MOST_LENGTHS = 1000  # of holdouts
_LABELS = {
    "frequency": "Repeat purchases in the calibration",
    "recency": "Recency in {}",
    "T": "{} from first purchase to the end of calibration",
    "time_since_last_purchase": "{} since the last purchase at the end of calibration",
}


def _expected(model: Any, history: dict[str, FloatArray], ahead: FloatArray) -> FloatArray:
    """Expected purchases of each customer in their own holdout; customers of the same length in one call."""
    lengths, which = np.unique(ahead, return_inverse=True)
    if len(lengths) > _MOST_LENGTHS:
        raise _columns.bad("test_T", f"must have at most {_MOST_LENGTHS} distinct values, not {len(lengths)}")
    if len(lengths) == 1:
        return values(model.expected_purchases(history, float(lengths[0])))
    out = np.empty(len(ahead))
    for k, length in enumerate(lengths.tolist()):
        at = np.flatnonzero(which.reshape(-1) == k)
        try:
            out[at] = values(model.expected_purchases({name: column[at] for name, column in history.items()}, length))
        except LoyaltyError as error:
            if error.index is not None:
                error.index = int(at[error.index])  # the row of the caller's data
            raise
    return out


def _bins(kind: str, by: FloatArray, frequency: FloatArray, n: int) -> tuple[NDArray[np.intp], FloatArray, FloatArray]:
    """The bin of each customer, and the ends of the bins: a number of purchases each, the last open; or equal lengths
    of time, those without a repeat purchase apart where recency says nothing of them."""
    if kind == "frequency":
        lower = np.arange(n + 1, dtype=np.float64)
        return np.minimum(by, n).astype(np.intp), lower, np.append(lower[:-1], np.inf)
    low, high = (0.0 if kind != "T" else float(by.min())), float(by.max())
    edges = np.linspace(low, high if high > low else low + 1, n + 1)
    which = np.clip(np.searchsorted(edges, by, side="right") - 1, 0, n - 1)
    if kind != "recency":
        return which, edges[:-1], edges[1:]
    which = np.where(frequency > 0, which + 1, 0)
    return which, np.concatenate(([0.0], edges[:-1])), np.concatenate(([0.0], edges[1:]))


def calibration_purchases_vs_holdout_purchases_data(
    model: Any, data: Any, kind: Kind = "frequency", bins: int | None = None, *, weights: Any = None
) -> Any:
    """What customers bought in the holdout on average, and what was expected of them, by what they did before.

    Args:
        model: a model of purchases, fitted to the calibration.
        data: customers as :func:`loyalty.rfm_train_test_split` makes them, with the columns ``frequency``,
            ``recency``, ``T``, ``test_frequency`` and ``test_T``.
        kind: by what: ``"frequency"``, ``"recency"``, ``"T"`` or ``"time_since_last_purchase"`` (T less recency).
        bins: for frequency, this many purchases and more are one bin (7 by default); else the number of bins of equal
            length (10 by default). 1 to 1000.
        weights: how many customers each row stands for; an array or the name of a column.

    Returns:
        A table with a row for each bin that somebody is in: ``lower`` and ``upper`` (for frequency the number of
        purchases, the last ``upper`` infinite; for recency the first bin are those without a repeat purchase),
        ``customers``, the mean in the bin of the quantity itself (``mean``), and ``actual`` and ``expected``, purchases
        in the holdout per customer.

    Raises:
        LoyaltyError: another kind of model, a missing column, no rows, a number out of range, holdouts of more than
            1000 lengths.
        StateError: the model is not fitted.
    """
    check_model(model, "expected_purchases")
    if kind not in _LABELS:
        raise _columns.bad("kind", f"must be one of {', '.join(map(repr, _LABELS))}, not {kind!r}")
    table = observed(data, "frequency", "recency", "T", "test_frequency", "test_T")
    n = count((7 if kind == "frequency" else 10) if bins is None else bins, "bins", 1, 1000)
    history = {name: not_negative(table, name, whole=name == "frequency") for name in ("frequency", "recency", "T")}
    actual, weight = not_negative(table, "test_frequency", whole=True), weights_of(table, weights)
    expected = _expected(model, history, not_negative(table, "test_T"))
    by = history["T"] - history["recency"] if kind == "time_since_last_purchase" else history[kind]
    which, lower, upper = _bins(kind, by, history["frequency"], n)
    customers, mean = mean_by(which, by, weight, len(lower))
    seen = customers > 0
    columns = {
        "lower": lower, "upper": upper, "customers": customers, "mean": mean,
        "actual": mean_by(which, actual, weight, len(lower))[1],
        "expected": mean_by(which, expected, weight, len(lower))[1],
    }  # fmt: skip
    return table.new_frame({name: column[seen] for name, column in columns.items()})


def plot_calibration_purchases_vs_holdout_purchases(
    model: Any, data: Any, kind: Kind = "frequency", bins: int | None = None, *, weights: Any = None,
    ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """Draw what :func:`calibration_purchases_vs_holdout_purchases_data` computes: two lines, actual and expected."""
    found = calibration_purchases_vs_holdout_purchases_data(model, observed(data), kind, bins, weights=weights)
    axes = axes_for(ax, 6.4, 3.8)
    lower, upper = np.asarray(found["lower"]), np.asarray(found["upper"])
    place = lower if kind == "frequency" else np.asarray(found["mean"])
    for name, colour, style in (("actual", COLOURS[0], "o-"), ("expected", COLOURS[1], "s--")):
        axes.plot(place, np.asarray(found[name]), style, color=colour, markersize=5, linewidth=1.6, label=name)
    if kind == "frequency":
        at = places(len(place))
        axes.set_xticks(place[at], [f"{lower[i]:.0f}" + ("+" if np.isinf(upper[i]) else "") for i in at])
    axes.set_ylim(bottom=0)
    label = _LABELS[kind].format(units(model))
    dress(axes, "Holdout purchases per customer", label[0].upper() + label[1:])
    axes.legend(frameon=False, labelcolor=INK)
    return axes  # type: ignore[no-any-return]
