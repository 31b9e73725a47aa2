"""Static covariates of the transaction models: columns of the data that move a customer's own parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .. import _columns, _loyalty
from .._columns import Errors, FloatArray, Table
from .._errors import LoyaltyError, notice
from .._frames import confidence
from ._intervals import COLUMNS, Question, at_bound
from ._model import UNIT_NAMES, Model, thread_count
from .model_file import _HEAD, _MOST, _plain_row

if TYPE_CHECKING:
    from .information import ModelTest

__all__ = [
    "Covariates",
    "check",
    "criteria",
    "drawn",
    "fitted",
    "from_json",
    "given",
    "interval",
    "likelihood_ratio",
    "log_likelihood",
    "named",
    "predicted",
    "purchases",
    "remark",
    "row",
    "to_json",
]


class Covariates(NamedTuple):
    """The columns that move the parameters of a customer, by the process that they are of. Those named in ``same`` have
    one coefficient in both."""

    transaction: tuple[str, ...]
    dropout: tuple[str, ...] = ()
    same: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The coefficients, in their order, as ``params_`` calls them."""
        return (*(f"transaction:{name}" for name in self.transaction), *(f"dropout:{name}" for name in self.dropout))

    def pairs(self) -> FloatArray:
        """Of each dropout covariate the place of the transaction covariate whose coefficient it has, or -1."""
        shared = [self.transaction.index(name) if name in self.same else -1 for name in self.dropout]
        return np.array(shared, dtype=np.float64)


def _list(value: object, name: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, (str, bytes)) or not isinstance(value, Sequence):
        raise _columns.bad(name, "must be a list of names of columns")
    for each in value:
        if not isinstance(each, str):
            raise _columns.bad(name, f"must be a list of names of columns, not of {type(each).__name__}")
    if len(set(value)) != len(value):
        raise _columns.bad(name, "must not name a column twice")
    return tuple(value)


def given(transaction: object, dropout: object, same: object) -> Covariates | None:
    """The arguments of ``fit``; None without covariates."""
    chosen = Covariates(
        _list(transaction, "transaction_covariates"), _list(dropout, "dropout_covariates"), _list(same, "same")
    )
    for name in chosen.same:
        if name not in chosen.transaction or name not in chosen.dropout:
            raise _columns.bad("same", f"{name!r} must be a covariate of both processes")
    return chosen if chosen.names else None


def named(coefficients: Mapping[str, float]) -> tuple[Covariates, list[float]]:
    """Coefficients by their names, such as ``"transaction:age"``; those of transactions first."""
    lists: dict[str, list[str]] = {"transaction": [], "dropout": []}
    for key in coefficients:
        process, _, name = str(key).partition(":")
        if process not in lists or not name:
            raise _columns.bad(str(key), "must be named like 'transaction:age' or 'dropout:age'")
        lists[process].append(name)
    covariates = Covariates(tuple(lists["transaction"]), tuple(lists["dropout"]))
    return covariates, [float(coefficients[key]) for key in covariates.names]


# ---- columns ----


def _column(source: Table, name: str) -> FloatArray:
    try:
        return source.float64(name)
    except LoyaltyError as error:
        if "number" in error.detail:
            error.detail += "; encode categories as numbers first, such as 0 and 1"
        raise


class _Lists(NamedTuple):
    """The covariates of n customers, one column after the other."""

    transaction: FloatArray
    dropout: FloatArray


def _lists(covariates: Covariates, data: object, n: int | None = None) -> _Lists:
    if data is None:
        raise _columns.bad("data", f"is missing: this model needs the columns {', '.join(_wanted(covariates))}")
    source = _columns.table(data)
    if n is not None and source.n != n:
        if source.kind != "scalar":
            raise _columns.bad("data", f"has {source.n} rows for {n} customers")
        return _Lists(*(np.repeat(each, n) for each in _lists(covariates, data)))
    parts = [
        np.concatenate([_column(source, name) for name in names]) if names else np.empty(0)
        for names in (covariates.transaction, covariates.dropout)
    ]
    return _Lists(*parts)


def _wanted(covariates: Covariates) -> list[str]:
    return list(dict.fromkeys((*covariates.transaction, *covariates.dropout)))


@contextmanager
def _blame(covariates: Covariates, lists: _Lists, names: Mapping[str, str]) -> Iterator[None]:
    """Errors name the caller's columns."""
    try:
        yield
    except LoyaltyError as error:
        if error.argument in ("transaction", "dropout") and error.index is not None:
            own: tuple[str, ...] = getattr(covariates, error.argument)
            if error.code == "ERR_SINGULAR":
                error.argument, error.index = own[error.index], None
            else:  # the row is known: which of its covariates is it
                values = getattr(lists, error.argument).reshape(len(own), -1)[:, error.index]
                wrong = [not abs(value) <= 1e40 for value in values]
                error.argument = own[wrong.index(True)] if True in wrong else error.argument
        elif error.argument is not None:
            error.argument = names.get(error.argument, error.argument)
        raise


# ---- the model as numbers; see btyd_covariate.i ----


def row(model: Model) -> FloatArray:
    """A model with or without coefficients as the numbers that the extension takes."""
    covariates = model.covariates_ or Covariates(())
    m, q = len(model._names), len(covariates.names)
    head = _plain_row(model, model._estimates()[:m], model.covariance_[:m, :m])
    body = [*model._estimates()[m:], *covariates.pairs(), *np.asarray(model.covariance_).ravel(), model.penalty_]
    head[3] = float(np.isfinite(model.covariance_).any())
    return np.concatenate([head, [len(covariates.transaction), q - len(covariates.transaction)], body])


def _unpack(model: Model, numbers: FloatArray, covariates: Covariates) -> dict[str, Any]:
    """The arguments of ``_keep`` in a row of numbers."""
    m, q = len(model._names), len(covariates.names)
    at = _HEAD + _MOST + _MOST * _MOST + 2
    coefficients, covariance = numbers[at : at + q], numbers[at + q + len(covariates.dropout) : -1]
    return {
        "params": [*numbers[_HEAD : _HEAD + m].tolist(), *coefficients.tolist()],
        "log_likelihood": float(numbers[4]), "customers": float(numbers[5]), "covariance": covariance,
        "penalty": float(numbers[-1]),
    }  # fmt: skip


# ---- what the methods of the models ask for ----


def fitted(
    model: Model, covariates: Covariates, table: Table, history: Sequence[FloatArray], weight: FloatArray | None,
    data: object, penalty: float, coefficient_penalty: float, progress: Any, names: Mapping[str, str],
) -> dict[str, Any]:  # fmt: skip
    """Fit parameters and coefficients."""
    lists = _lists(covariates, data, table.n)
    q1, q2 = len(covariates.transaction), len(covariates.dropout)
    x, t_x, length = history
    numbers = np.full(_loyalty.covariate_row(model._kind, q1, q2), np.nan)
    with _blame(
        covariates, lists, {**names, "transactions": "transaction_covariates", "dropouts": "dropout_covariates"}
    ):
        status, argument, index, _gradient, decrement, iterations, evaluations = _loyalty.covariate_fit(
            model._kind, x, t_x, length, weight, lists.transaction, q1, lists.dropout, q2, covariates.pairs(),
            thread_count(model.threads), 0, penalty, coefficient_penalty, progress, numbers,
        )  # fmt: skip
    if index >= 0:
        argument = f"{argument}:{getattr(covariates, argument)[index]}"
    return {
        **_unpack(model, numbers, covariates), "status": status, "argument": argument, "decrement": decrement,
        "iterations": iterations, "evaluations": evaluations,
    }  # fmt: skip


def remark(status: str, argument: str | None, remarks: Mapping[str, str]) -> str | None:
    """What to say of a notice: the parameter or coefficient that it names, and how the model puts it."""
    if argument is None:
        return remarks.get(status)
    if status == "NOTICE_AT_BOUND":
        return f"{argument}: the likelihood rises without end as it grows or shrinks; it has no standard error"
    return f"{argument}: the data hardly determine it: its standard error is very large"


def log_likelihood(
    model: Model, data: object, table: Table, history: Sequence[FloatArray], errors: Errors, names: Mapping[str, str]
) -> FloatArray:
    """The log-likelihood of each customer."""
    covariates = _of(model)
    lists, out = _lists(covariates, data, table.n), _columns.empty_float64(table.n)
    x, t_x, length = history
    with _blame(covariates, lists, names):
        _loyalty.covariate_loglik_batch(
            row(model), *lists, x, t_x, length, thread_count(model.threads), out, _columns.coerce(errors)
        )
    return out


def predicted(
    model: Model, data: object, question: Question, columns: Sequence[FloatArray], errors: Errors,
    names: Mapping[str, str],
) -> FloatArray:  # fmt: skip
    """A quantity for columns in the order of prediction.h."""
    covariates, n = _of(model), len(columns[0])
    lists, out = _lists(covariates, data, n), _columns.empty_float64(n)
    first, second, third = _three(columns)
    with _blame(covariates, lists, names):
        _loyalty.covariate_prediction_batch(
            row(model), int(question.quantity), question.t, question.delta, question.n, first, second, third, *lists,
            thread_count(model.threads), out, _columns.coerce(errors),
        )  # fmt: skip
    return out


def interval(
    model: Model, data: object, question: Question, columns: Sequence[FloatArray], level: object, errors: Errors,
    names: Mapping[str, str],
) -> dict[str, FloatArray]:  # fmt: skip
    """The quantity with its uncertainty: estimate, std_error, lower and upper."""
    covariates, n = _of(model), len(columns[0])
    lists = _lists(covariates, data, n)
    first, second, third = _three(columns)
    estimate, std_error, lower, upper = (_columns.empty_float64(n) for _ in COLUMNS)
    with _blame(covariates, lists, names):
        status, _bad = _loyalty.covariate_interval_batch(
            row(model), int(question.quantity), question.t, question.delta, question.n, first, second, third, *lists,
            thread_count(model.threads), confidence(level), estimate, std_error, lower,
            upper, _columns.coerce(errors),
        )  # fmt: skip
    notice(status, at_bound(model))
    return dict(zip(COLUMNS, (estimate, std_error, lower, upper), strict=True))


def purchases(
    model: Model, data: object, history: Sequence[FloatArray], future_t: float, level: object, errors: Errors,
    names: Mapping[str, str],
) -> tuple[FloatArray, FloatArray]:  # fmt: skip
    """The ends of the number of purchases."""
    covariates, n = _of(model), len(history[0])
    lists = _lists(covariates, data, n)
    lower, upper = _columns.empty_float64(n), _columns.empty_float64(n)
    x, t_x, length = history
    with _blame(covariates, lists, names):
        status, _bad = _loyalty.covariate_purchase_interval_batch(
            row(model), *lists, x, t_x, length, future_t, confidence(level), thread_count(model.threads), lower, upper,
            _columns.coerce(errors),
        )  # fmt: skip
    notice(status, "the interval of at least one customer reaches beyond 1e9 purchases: its end is infinite")
    return lower, upper


def drawn(model: Model, data: object, length: FloatArray, seed: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Simulated customers: frequency, recency, alive."""
    covariates = _of(model)
    lists = _lists(covariates, data, len(length))
    x, t_x, alive = (_columns.empty_float64(len(length)) for _ in range(3))
    with _blame(covariates, lists, {}):
        _loyalty.covariate_simulate(row(model), *lists, length, seed, thread_count(model.threads), x, t_x, alive, False)
    return x, t_x, alive


def criteria(model: Model) -> tuple[float, float]:
    """AIC and BIC."""
    aic, bic, _free = _loyalty.covariate_information(row(model), 0)
    return aic, bic


def likelihood_ratio(full: Model, restricted: Model) -> ModelTest:
    """Test against the same model with fewer covariates, or with more of them the same."""
    from .information import ModelTest

    more, fewer = full.covariates_ or Covariates(()), restricted.covariates_ or Covariates(())
    extra = {*fewer.names} - {*more.names} or {*more.same} - {*fewer.same} - ({*more.same} - {*fewer.transaction})
    if extra:
        raise _columns.bad("restricted", f"must not have what this model has not: {', '.join(sorted(extra))}")
    status, *found = _loyalty.covariate_likelihood_ratio(row(full), row(restricted))
    notice(status, "one of the two fits is not certain of its optimum, and so is the test")
    return ModelTest(*found)


def _of(model: Model) -> Covariates:
    assert model.covariates_ is not None
    return model.covariates_


def _three(columns: Sequence[FloatArray]) -> tuple[FloatArray, FloatArray | None, FloatArray | None]:
    return columns[0], columns[1] if len(columns) > 1 else None, columns[2] if len(columns) > 2 else None


def to_json(model: Model) -> str:
    """The text of a model file."""
    covariates = _of(model)
    names = (*covariates.transaction, *covariates.dropout)
    if any("\n" in name for name in names):
        raise _columns.bad("covariates", "must have names without line breaks, to be written")
    return _loyalty.covariate_model_write(row(model), "\n".join(names)).decode("ascii")


def from_json(data: bytes) -> Model:
    """The model of a model file's text."""
    kind, q1, q2 = _loyalty.covariate_model_shape(data)
    names = _loyalty.covariate_model_names(data).decode("ascii").split("\n") if q1 + q2 else []
    numbers = np.empty(_loyalty.covariate_row(kind, q1, q2))
    _loyalty.covariate_model_read(data, numbers)
    shared = numbers[_HEAD + _MOST + _MOST * _MOST + 2 + q1 + q2 :][:q2]
    same = tuple(names[q1 + j] for j in range(q2) if shared[j] >= 0)
    covariates = Covariates(tuple(names[:q1]), tuple(names[q1:]), same)
    model = Model._classes[kind](time_unit=UNIT_NAMES[int(numbers[1])])
    model.covariates_ = covariates
    found = _unpack(model, numbers, covariates)
    model._keep(**found, status=_loyalty.status_name(int(numbers[2])))
    return model


def check(model: Model) -> None:
    """Raise for coefficients that are none."""
    out = np.empty(0)
    try:
        _loyalty.covariate_parameters_batch(row(model), out, out, 0, out, False)
    except LoyaltyError as error:
        if error.argument == "coefficients" and error.index is not None:
            error.argument, error.index = _of(model).names[error.index], None
        raise
