"""How sure the models are of what they say: intervals of their quantities, and of numbers of purchases."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from typing import Any, NamedTuple

from .. import _columns, _loyalty
from .._columns import Errors, FloatArray, Table
from .._errors import notice
from .._frames import confidence
from ._model import Model, thread_count
from .model_file import _row

__all__ = ["COLUMNS", "ENDLESS", "Quantity", "Question", "at_bound", "future_counts", "quantity_interval", "unsure"]

ENDLESS = "without a discount and a horizon the answer is infinite: too many customers hardly ever leave"
COLUMNS = ("estimate", "std_error", "lower", "upper")


class Quantity(IntEnum):
    """loy_prediction_quantity of prediction.h."""

    ALIVE = 1
    PURCHASES = 2
    DECT = 4
    PROBABILITY = 5
    RATE = 6
    DROPOUT = 7
    NEW_PURCHASES = 8
    NEW_PROBABILITY = 9
    NEW_INTERVAL = 10
    SPEND = 11
    SURVIVAL = 12
    CHURN = 13
    RETENTION = 14
    DERL = 15
    DEL = 16
    ELASTICITY = 17
    EXPECTED_ELASTICITY = 18


class Question(NamedTuple):
    """A quantity with the numbers that it reads."""

    quantity: Quantity
    t: float = 0.0
    delta: float = 0.0
    n: float = 0.0


def at_bound(*models: Model) -> str:
    """What NOTICE_AT_BOUND says of these models."""
    names = [name for model in models for name, error in model.std_errors_.items() if error != error]
    return f"{', '.join(names)}: at the edge of its range, without a standard error; it counts as known"


def unsure(
    model: Model, question: Question, columns: Sequence[FloatArray], level: object, errors: Errors,
    blame: Mapping[str, str], *, warn: bool = True,
) -> dict[str, FloatArray]:  # fmt: skip
    """Estimates, standard errors and ends for columns in the order of prediction.h."""
    estimate, std_error, lower, upper = (_columns.empty_float64(len(columns[0])) for _ in COLUMNS)
    second, third = (columns[i] if len(columns) > i else None for i in (1, 2))
    with _columns.blame(blame):
        status, _bad = _loyalty.prediction_interval_batch(
            _row(model), int(question.quantity), question.t, question.delta, question.n, columns[0], second, third,
            thread_count(model.threads), confidence(level), estimate, std_error, lower, upper,
            _columns.coerce(errors),
        )  # fmt: skip
    if warn:
        infinite = "the expected spend is infinite for at least one customer, because p x + q is at most 1"
        if question.quantity > Quantity.SPEND:
            infinite = ENDLESS
        notice(status, at_bound(model) if status == "NOTICE_AT_BOUND" else infinite)
    return dict(zip(COLUMNS, (estimate, std_error, lower, upper), strict=True))


def quantity_interval(
    model: Model, question: Question, table: Table, names: Sequence[str], level: object, errors: Errors,
    blame: Mapping[str, str],
) -> Any:  # fmt: skip
    """A table with estimate, std_error, lower and upper, of the kind that came in."""
    return table.frame(unsure(model, question, [table.float64(name) for name in names], level, errors, blame))


def future_counts(
    model: Model, table: Table, names: Sequence[str], future_t: float, level: object, errors: Errors,
    blame: Mapping[str, str], mean: Callable[[], FloatArray],
) -> Any:  # fmt: skip
    """A table with expected_purchases, lower and upper, of the kind that came in."""
    x, t_x, length = map(table.float64, names)
    lower, upper = _columns.empty_float64(table.n), _columns.empty_float64(table.n)
    with _columns.blame(blame):
        status, _bad = _loyalty.purchase_interval_batch(
            _row(model), x, t_x, length, future_t, confidence(level), thread_count(model.threads), lower, upper,
            _columns.coerce(errors),
        )  # fmt: skip
    notice(status, "the interval of at least one customer reaches beyond 1e9 purchases: its end is infinite")
    return table.frame({"expected_purchases": mean(), "lower": lower, "upper": upper})
