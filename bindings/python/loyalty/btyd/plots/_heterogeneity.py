"""How customers differ: the distributions of their own rates of purchase and of dropout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ... import _columns, _loyalty
from ..._columns import FloatArray
from ..._pictures import COLOURS, INK, SOFT
from ._shared import axes_for, check_model, dress, model_frame, number, units

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "dropout_rate_heterogeneity_data", "plot_dropout_rate_heterogeneity", "plot_transaction_rate_heterogeneity",
    "transaction_rate_heterogeneity_data",
]  # fmt: skip

_GAMMA, _BETA = 1, 2  # loy_heterogeneity
_POINTS = 200


class _Law(NamedTuple):
    """A distribution over the customers, by the names of the two parameters that only its models have."""

    params: tuple[str, str]
    kind: int
    label: str  # of the value; {} is the unit of time, in the singular


_PURCHASE = (
    _Law(("r", "alpha"), _GAMMA, "Purchases per {} while alive"),
    _Law(("alpha", "beta"), _BETA, "Probability to buy in a period, while alive"),
)
_DROPOUT = (
    _Law(("a", "b"), _BETA, "Probability to stop after a purchase"),
    _Law(("gamma", "delta"), _BETA, "Probability to stop before a period"),
    _Law(("s", "beta"), _GAMMA, "Dropout rate per {}"),
)


def _law(model: Any, laws: tuple[_Law, ...], what: str) -> tuple[_Law, float, float]:
    """The law that the model's parameters follow, and the two."""
    check_model(model, "purchase_probability")
    params: dict[str, float] = model.params_
    for law in laws:
        if all(name in params for name in law.params):
            first, second = (params[name] for name in law.params)
            if law.params == ("r", "alpha"):  # Erlang-k: a purchase is k events of the rate
                second *= getattr(model, "k_", getattr(model, "k", 1))
            if law.params == ("s", "beta") and "b" in params:
                law = law._replace(label="Own factor eta of the risk to stop")
            return law, first, second
    raise _columns.bad("model", f"must have {what}, which {type(model).__name__} does not")


def _values(law: _Law, first: float, second: float, upper: Any) -> dict[str, FloatArray]:
    """Values between the ends of the range, where the density may be infinite, up to where 99 % of the customers are
    below."""
    if law.kind == _BETA:
        value = (np.arange(_POINTS) + 0.5) / _POINTS * (1.0 if upper is None else min(1.0, number(upper, "upper")))
    else:
        most = _quantile(first, second) if upper is None else number(upper, "upper")
        value = np.arange(1, _POINTS + 1) / _POINTS * most
    density, below = np.empty(_POINTS), np.empty(_POINTS)
    with _columns.blame({"value": "upper"}):
        _loyalty.heterogeneity_batch(law.kind, first, second, value, density, below, False)
    return {"value": value, "density": density, "below": below}


def _quantile(shape: float, rate: float) -> float:
    """About the least value that 99 % of the customers are at or below; never less than a tenth of the mean."""
    value = shape / rate * np.geomspace(0.1, 1e3, 400)
    density, below = np.empty(400), np.empty(400)
    _loyalty.heterogeneity_batch(_GAMMA, shape, rate, value, density, below, False)
    return float(value[min(int(np.searchsorted(below, 0.99)), 399)])


def transaction_rate_heterogeneity_data(model: Any, *, upper: float | None = None) -> Any:
    """How the customers' own purchase rates are spread.

    Args:
        model: a fitted model of purchases.
        upper: the largest rate; by default about that which 99 % of the customers do not exceed.

    Returns:
        A table with 200 rows: ``value`` (purchases per unit of the model's time while alive; for BG/BB the probability
        to buy in a period), ``density`` (per unit of the value) and ``below``, the share of the customers at or below
        the value.

    Raises:
        LoyaltyError: another kind of model, ``upper`` out of range.
        StateError: the model is not fitted.
    """
    return model_frame(model, _values(*_law(model, _PURCHASE, "a purchase rate"), upper))


def dropout_rate_heterogeneity_data(model: Any, *, upper: float | None = None) -> Any:
    """How the customers' own readiness to stop is spread, as :func:`transaction_rate_heterogeneity_data`: ``value`` is
    the probability to stop after a purchase (BG/NBD and its kin), the rate of dropout per unit of time (Pareto/NBD), or
    the own factor eta of a risk that grows with age (gamma-Gompertz/NBD). NBD has none: an error."""
    return model_frame(model, _values(*_law(model, _DROPOUT, "dropout"), upper))


def _draw(model: Any, laws: tuple[_Law, ...], what: str, upper: Any, colour: str, ax: Any) -> Any:
    law, first, second = _law(model, laws, what)
    found = _values(law, first, second, upper)
    mean = first / (first + second) if law.kind == _BETA else first / second
    axes = axes_for(ax, 6.4, 3.8)
    value, density = found["value"], found["density"]
    axes.fill_between(value, 0, density, color=colour, alpha=0.15, linewidth=0)
    axes.plot(value, density, color=colour, linewidth=2)
    # A pole at an end would flatten all the rest.
    top = 1.08 * min(float(density.max()), 4 * float(np.quantile(density, 0.9)))
    axes.set_ylim(0, top)
    axes.set_xlim(0, 1 if law.kind == _BETA and upper is None else value[-1])
    if mean < axes.get_xlim()[1]:
        axes.axvline(mean, color=INK, linewidth=1, linestyle=(0, (4, 3)))
        axes.annotate(
            f"mean {mean:.3g}", (mean, top), (5, -4), textcoords="offset points", va="top", color=INK, fontsize="small"
        )
    dress(axes, "Density over the customers", law.label.format(units(model).removesuffix("s").replace("units", "unit")))
    names = ", ".join(f"{name} = {model.params_[name]:.3g}" for name in law.params)
    family = "beta" if law.kind == _BETA else "gamma"
    axes.set_title(f"{family}: {names}", loc="right", color=SOFT, fontsize="small")
    return axes


def plot_transaction_rate_heterogeneity(model: Any, *, upper: float | None = None, ax: Axes | None = None) -> Axes:
    """Draw the density that :func:`transaction_rate_heterogeneity_data` computes; a pole at an end is cut."""
    axes: Axes = _draw(model, _PURCHASE, "a purchase rate", upper, COLOURS[0], ax)
    return axes


def plot_dropout_rate_heterogeneity(model: Any, *, upper: float | None = None, ax: Axes | None = None) -> Axes:
    """Draw the density that :func:`dropout_rate_heterogeneity_data` computes; a pole at an end is cut."""
    axes: Axes = _draw(model, _DROPOUT, "dropout", upper, COLOURS[1], ax)
    return axes
