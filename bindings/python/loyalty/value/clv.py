"""Lifetime value from fitted models."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .. import _columns, _loyalty
from .._columns import Errors, FloatArray
from .._errors import notice
from .._frames import confidence
from ..btyd._intervals import COLUMNS, Question, unsure
from ..btyd._model import Model, history, period_number, thread_count, unit_number
from ..btyd.gamma_gamma import GammaGammaModel
from ..btyd.model_file import _row

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
    discount_rate: float = 0.0, discount_period: str = "year", margin: float = 1.0, level: float | None = None,
    frequency: Any = None, recency: Any = None, T: Any = None, monetary_value: Any = None, errors: Errors = "raise",
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
        level: with one, such as .95, each column is followed by ``*_lower`` and ``*_upper``, the ends of its confidence
            interval by the delta method (see ``interval`` of the models, which must be fitted). Without a horizon there
            is none for ``expected_purchases``. The models are taken to be independent.
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
    answer = {name: out[name] for name in kept}
    if level is None:
        return table.frame(answer)
    found = _intervals(model, spend_model, (x, t_x, length, z), level, margin, horizon, discount_rate, period, errors)
    return table.frame(
        {key: column for name in kept for key, column in [(name, answer[name]), *found.get(name, {}).items()]}
    )


def _intervals(
    model: Model, spend_model: GammaGammaModel | None, columns: tuple[FloatArray, FloatArray, FloatArray, FloatArray],
    level: float, margin: float, horizon: float | None, discount_rate: float, period: int, errors: Errors,
) -> dict[str, dict[str, FloatArray]]:  # fmt: skip
    """The ends of the interval of each column of :func:`predict`, by its name."""
    history_of, spend_of = columns[:3], (columns[0], columns[3])
    found = {"p_alive": unsure(model, Question(1), history_of, level, errors, _BLAME)}
    if horizon is not None:
        found["expected_purchases"] = unsure(
            model, Question(2, horizon), history_of, level, errors, {**_BLAME, "t": "horizon"}, warn=False
        )
    if spend_model is not None:
        found["expected_spend"] = unsure(spend_model, Question(11), spend_of, level, errors, _BLAME)
        value, std_error, lower, upper = (_columns.empty_float64(len(columns[0])) for _ in COLUMNS)
        found["clv"] = {"lower": lower, "upper": upper}
        with _columns.blame(_BLAME):
            _loyalty.clv_interval_batch(
                _row(model), _row(spend_model), *columns, confidence(level), margin,
                math.inf if horizon is None else horizon, discount_rate, -1 if discount_rate == 0 else period,
                unit_number(model.time_unit), thread_count(model.threads), value, std_error, lower, upper,
                _columns.coerce(errors),
            )  # fmt: skip
    return {name: {f"{name}_lower": each["lower"], f"{name}_upper": each["upper"]} for name, each in found.items()}


_REMARK = (
    "an expected number of purchases, spend or value is infinite: without a horizon (for NBD, a <= 1 or s <= 1), "
    "without a discount rate, or because q of the spend model is at most 1"
)
