"""Lifetime value from fitted models."""

from __future__ import annotations

import math
from typing import Any

from .. import _columns, _loyalty
from .._columns import Errors, FloatArray
from .._errors import notice
from .._frames import confidence
from ..btyd import _covariates
from ..btyd._intervals import COLUMNS, Quantity, Question, unsure
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
        horizon: in the model's unit of time; None for no end (not of a model with covariates). Without an end the
            number of purchases may be infinite while their discounted value is not.
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
    params = model._estimates()
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
    end = math.inf if horizon is None else horizon
    period = -1 if discount_rate == 0 else period
    terms = (margin, end, discount_rate, period, unit_number(model.time_unit), thread_count(model.threads))
    coerce = _columns.coerce(errors)
    if model.covariates_ is not None:
        if level is not None:
            raise _columns.bad("level", "is not available with covariates: see interval of the model")
        return table.frame(_with_covariates(model, spend_model, data, table, terms, errors))
    names = ("p_alive", "expected_purchases", *(("expected_spend", "clv") if spend_model is not None else ()))
    out = {name: _columns.empty_float64(table.n) for name in names}
    z = None if spend_model is None else table.float64("monetary_value")
    with _columns.blame(_BLAME):
        if spend_model is None:
            predict_batch = getattr(_loyalty, f"{model._prefix}_predict_batch")
            status, _bad = predict_batch(*params, x, t_x, length, *terms, *out.values(), coerce)
        else:
            clv_batch = getattr(_loyalty, model._clv_function)
            status, _bad = clv_batch(*params, *spend_model._fitted(), x, t_x, length, z, *terms, *out.values(), coerce)
    notice(status, _REMARK)
    if level is None:
        return table.frame(out)
    found = _intervals(model, spend_model, (x, t_x, length), z, level, terms, errors)
    return table.frame(
        {key: column for name in names for key, column in [(name, out[name]), *found.get(name, {}).items()]}
    )


def _with_covariates(
    model: Model, spend_model: GammaGammaModel | None, data: Any, table: Any,
    terms: tuple[float, float, float, int, int, int], errors: Errors,
) -> dict[str, FloatArray]:  # fmt: skip
    """The columns of :func:`predict` of customers with covariates: value is margin times spend times discounted
    purchases."""
    margin, end, rate, period, unit, _threads = terms
    histories = [table.float64(name) for name in ("frequency", "recency", "T")]

    def ask(question: Question) -> FloatArray:
        return _covariates.predicted(model, data, question, histories, errors, {**_BLAME, "t": "horizon"})

    out = {"p_alive": ask(Question(Quantity.ALIVE))}
    if end == math.inf:
        raise _columns.bad("horizon", "is needed with covariates; without one see discounted_expected_purchases")
    out["expected_purchases"] = ask(Question(Quantity.PURCHASES, end))
    if spend_model is not None:
        delta = _loyalty.discount_delta(rate, period, unit)
        spend = spend_model.expected_customer_spend(
            frequency=histories[0], monetary_value=table.float64("monetary_value"), errors=errors
        )
        out["expected_spend"] = spend
        out["clv"] = margin * spend * ask(Question(Quantity.DECT, end, delta))
    return out


def _intervals(
    model: Model, spend_model: GammaGammaModel | None, histories: tuple[FloatArray, FloatArray, FloatArray],
    z: FloatArray | None, level: float, terms: tuple[float, float, float, int, int, int], errors: Errors,
) -> dict[str, dict[str, FloatArray]]:  # fmt: skip
    """The ends of the interval of each column of :func:`predict`, by its name."""
    x, t_x, length = histories
    found = {"p_alive": unsure(model, Question(Quantity.ALIVE), histories, level, errors, _BLAME)}
    if terms[1] < math.inf:
        found["expected_purchases"] = unsure(
            model,
            Question(Quantity.PURCHASES, terms[1]),
            histories,
            level,
            errors,
            {**_BLAME, "t": "horizon"},
            warn=False,
        )
    if spend_model is not None and z is not None:
        found["expected_spend"] = unsure(spend_model, Question(Quantity.SPEND), (x, z), level, errors, _BLAME)
        value, std_error, lower, upper = (_columns.empty_float64(len(z)) for _ in COLUMNS)
        found["clv"] = {"lower": lower, "upper": upper}
        with _columns.blame(_BLAME):
            _loyalty.clv_interval_batch(
                _row(model), _row(spend_model), x, t_x, length, z, confidence(level), *terms, value, std_error, lower,
                upper, _columns.coerce(errors),
            )  # fmt: skip
    return {name: {f"{name}_lower": each["lower"], f"{name}_upper": each["upper"]} for name, each in found.items()}


_REMARK = (
    "an expected number of purchases, spend or value is infinite: without a horizon (for NBD, a <= 1 or s <= 1), "
    "without a discount rate, or because q of the spend model is at most 1"
)
