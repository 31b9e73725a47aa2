"""Lifetime value from fitted models."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .. import _columns, _loyalty
from .._columns import Errors
from .._errors import notice
from ..btyd._model import Model, history, period_number, thread_count, unit_number
from ..btyd.gamma_gamma import GammaGammaModel

__all__ = ["discount_delta", "predict"]

_BLAME = {"x": "frequency", "t_x": "recency", "z": "monetary_value"}


def discount_delta(discount_rate: float, discount_period: str = "year", time_unit: str | None = None) -> float:
    """The continuous discount rate per unit of a model's time: ln(1 + d) times the length of ``time_unit`` in periods.

    A year is 365.25 days and a month a twelfth of it. ``discount_period="unit"`` means that the rate is per unit
    already.
    """
    return _loyalty.discount_delta(discount_rate, period_number(discount_period, time_unit), unit_number(time_unit))


def predict(
    model: Model, data: Any = None, *, horizon: float | None = None, spend_model: GammaGammaModel | None = None,
    discount_rate: float = 0.0, discount_period: str = "year", margin: float = 1.0, frequency: Any = None,
    recency: Any = None, T: Any = None, monetary_value: Any = None, errors: Errors = "raise",
) -> Any:  # fmt: skip
    """What each customer will do and is worth: a table with ``p_alive``, ``expected_purchases``, and with a spend model
    ``expected_spend`` and ``clv``.

    The value is margin times expected spend per purchase times the discounted expected number of purchases after ``T``,
    each discounted from its own moment.

    Args:
        model: a fitted transaction model.
        data: a table with ``frequency``, ``recency``, ``T`` and, for a spend model, ``monetary_value``.
        horizon: in the model's unit of time; None for no end. Without an end the number of purchases may be infinite
            while their discounted value is not.
        spend_model: a fitted :class:`loyalty.GammaGammaModel`.
        discount_rate: effective rate per ``discount_period``, .1 is 10 %.
        discount_period: ``"year"``, ``"month"``, ``"week"``, ``"day"``, ``"hour"``, or ``"unit"`` for the model's
            unit. All but ``"unit"`` need a model made with ``time_unit=``.
        margin: share of the spend that counts.
        frequency, recency, T, monetary_value: columns, or names of columns of ``data``.
        errors: ``"coerce"`` gives NaN for a bad row instead of an error.
    """
    params = model._fitted()
    if model._clv_function is None:
        raise _columns.bad("model", f"must be a model of purchases, not {type(model).__name__}")
    if spend_model is not None and not isinstance(spend_model, GammaGammaModel):
        raise _columns.bad("spend_model", f"must be a GammaGammaModel, not {type(spend_model).__name__}")
    columns = {"frequency": frequency, "recency": recency, "T": T}
    if spend_model is not None:
        columns["monetary_value"] = monetary_value
    # A rate of 0 is the same for every period.
    period = period_number(discount_period, model.time_unit if discount_rate != 0 else "D")
    table = history(data, columns)
    x, t_x, length = (table.float64(name) for name in ("frequency", "recency", "T"))
    names = ("p_alive", "expected_purchases", "expected_spend", "clv")
    out = {name: _columns.empty_float64(table.n) for name in names}
    # Without a spend model every purchase counts for nothing, and its columns are left out below.
    spend = (1.0, 2.0, 1.0) if spend_model is None else spend_model._fitted()
    z = np.ones(table.n) if spend_model is None else table.float64("monetary_value")
    unit = unit_number(model.time_unit)
    with _columns.blame(_BLAME):
        status, _bad = getattr(_loyalty, model._clv_function)(
            *params, *spend, x, t_x, length, z, margin, math.inf if horizon is None else horizon, discount_rate,
            -1 if discount_rate == 0 else period, unit, thread_count(model.threads), *out.values(),
            _columns.coerce(errors),
        )  # fmt: skip
    notice(status, _REMARK)
    kept = names[:2] if spend_model is None else names
    return table.frame({name: out[name] for name in kept})


_REMARK = (
    "an expected number of purchases, spend or value is infinite: without a horizon (for NBD, a <= 1 or s <= 1), "
    "without a discount rate, or because q of the spend model is at most 1"
)
