"""What all models of purchases in continuous time share: one row per customer in, the same questions answered."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np

from .. import _columns, _loyalty
from .._columns import Errors, FloatArray, Table
from .._errors import notice
from . import _covariates
from ._intervals import Quantity, Question, future_counts, quantity_interval
from ._model import Model, Progress, Watch, _given, _number, history, period_number, thread_count, unit_number

if TYPE_CHECKING:
    from .bootstrap import ModelBootstrap
    from .counts import CountTest
    from .gamma_gamma import GammaGammaModel
    from .holdout import ModelHoldout

__all__ = ["TransactionModel"]


_HISTORY = ("frequency", "recency", "T")


def _history(data: Any, frequency: Any, recency: Any, T: Any, weights: Any = None) -> Table:
    """The customers, from a table or from arguments."""
    return history(data, dict(zip(_HISTORY, (frequency, recency, T), strict=True)), weights)


class TransactionModel(Model):
    """Base of the models of purchases in continuous time; see :class:`loyalty.BetaGeoModel` for one of them.

    Customers come as ``data``, a table with the columns ``frequency`` (repeat purchases), ``recency`` (time of the last
    one) and ``T`` (length of observation), times counted from the first purchase in the model's unit: pandas, Polars,
    PyArrow, a dict of arrays, a structured array. Where the columns have other names, or are no columns of a table,
    ``frequency=``, ``recency=`` and ``T=`` take a name, an array or a number each.

    A method with one number per customer answers with a Series or array like the one that came in (a pandas Series with
    the index of the data, a Polars Series, a PyArrow array, a NumPy array), and with a float when only numbers came in.
    A customer out of range is an error that names column and row, or NaN with ``errors="coerce"``.
    """

    _remarks: ClassVar[dict[str, str]]  # notices of the fit, in the words of this model
    _posterior_names: ClassVar[tuple[str, str]]
    _blame: ClassVar[dict[str, str]] = {"x": "frequency", "t_x": "recency", "T": "T", "weight": "weights"}

    penalty: float
    n_iter_: int
    n_evaluations_: int
    decrement_: float

    def __init__(self, *, time_unit: str | None = None, threads: int | None = None, penalty: float = 0.0) -> None:
        super().__init__(time_unit=time_unit, threads=threads)
        self.penalty = penalty

    def _core(self, name: str) -> Any:
        """A function of the extension."""
        return getattr(_loyalty, f"{self._prefix}_{name}")

    # ---- fitting ----

    def fit(
        self, data: Any = None, y: Any = None, *, frequency: Any = None, recency: Any = None, T: Any = None,
        weights: Any = None, progress: Progress | None = None, transaction_covariates: Sequence[str] | None = None,
        dropout_covariates: Sequence[str] | None = None, same: Sequence[str] | None = None,
        coefficient_penalty: float = 0.0,
    ) -> Self:  # fmt: skip
        """Maximum likelihood fit, from a table or from columns. With the constructor's ``penalty`` it minimises the
        mean negative log-likelihood plus ``penalty`` times the sum of the squared parameters, with time in units of the
        largest ``T``; ``log_likelihood_`` is the plain one, standard errors are those with the penalty.

        Args:
            data: a table with ``frequency``, ``recency`` and ``T``.
            y: not used; scikit-learn's pipelines pass it.
            frequency, recency, T: columns, or names of columns of ``data``.
            weights: how many customers each row stands for; an array or the name of a column.
            progress: called after each evaluation with their number so far and the log-likelihood at the point just
                tried, that of a sample in proportion. Answering ``False`` cancels the fit, as do an exception and
                Ctrl-C.
            transaction_covariates, dropout_covariates: columns of ``data``, numbers or booleans, that move a customer's
                own purchase rate and dropout. Their coefficients follow the parameters in ``params_``, as
                ``"transaction:age"``; the parameters are then those of a customer whose covariates are all 0. Methods
                that predict need ``data`` with these columns.
            same: covariates of both lists whose coefficient is the same number in both.
            coefficient_penalty: what the squares of the coefficients, of covariates in units of their standard
                deviation, cost in the fit.

        Returns:
            The model itself, with ``params_`` and its neighbours. A fit with a remark, such as a parameter at the edge
            of its range, is kept, warned about (:class:`loyalty.LoyaltyWarning`) and named in ``status_``.

        Raises:
            DomainError: a bad row, or too few customers to say anything.
            Canceled: ``progress`` answered ``False``; the model is as it was.
        """
        unit_number(self.time_unit)
        covariates = _covariates.given(transaction_covariates, dropout_covariates, same)
        table = _history(data, frequency, recency, T, weights)
        weight = None if weights is None else table.float64("weights")
        if covariates is not None:
            return self._fit_covariates(covariates, table, weight, data, coefficient_penalty, progress)
        start = (0.0 for _ in self._names)  # from moments of the data
        with _columns.blame(self._blame):
            status, *values = self._core("fit")(
                *map(table.float64, _HISTORY), weight, thread_count(self.threads), 0, *start,
                self.penalty, progress,
            )  # fmt: skip
        self._keep_fit(status, values, table)
        return self

    def _keep_fit(self, status: str, values: Sequence[Any], table: Table) -> None:
        """Store what a fit of the extension found: parameters, log-likelihood, standard errors, covariance and how it
        ended."""
        n = len(self._names)
        covariance = values[1 + 2 * n : 1 + 2 * n + n * n]
        customers, _gradient, decrement, iterations, evaluations = values[1 + 2 * n + n * n :]
        self.covariates_ = None
        self._keep(
            values[:n],
            status=status,
            log_likelihood=values[n],
            covariance=covariance,
            customers=customers,
            penalty=float(self.penalty),
        )
        self.n_iter_ = iterations
        self.n_evaluations_ = evaluations
        self.decrement_ = decrement
        self._backend = table.backend
        notice(status, self._remarks.get(status))

    def _fit_covariates(
        self, covariates: _covariates.Covariates, table: Table, weight: FloatArray | None, data: Any,
        coefficient_penalty: float, progress: Progress | None,
    ) -> Self:  # fmt: skip
        histories = [table.float64(name) for name in _HISTORY]
        found = _covariates.fitted(
            self, covariates, table, histories, weight, data, self.penalty, coefficient_penalty, progress, self._blame
        )
        argument = found.pop("argument")
        self.decrement_, self.n_iter_ = found.pop("decrement"), found.pop("iterations")
        self.n_evaluations_ = found.pop("evaluations")
        self.covariates_ = covariates
        self._keep(**found)
        self._backend = table.backend
        notice(found["status"], _covariates.remark(found["status"], argument, self._remarks))
        return self

    @classmethod
    def from_params(  # type: ignore[override]  # coefficients are no parameter
        cls, *, time_unit: str | None = None, threads: int | None = None,
        coefficients: Mapping[str, float] | None = None, **params: float,
    ) -> Self:  # fmt: skip
        """A model with given parameters; it has no standard errors and no log-likelihood. ``coefficients`` are those of
        covariates, such as ``{"transaction:age": 0.02}``."""
        model = super().from_params(time_unit=time_unit, threads=threads, **params)
        if coefficients:
            covariates, values = _covariates.named(coefficients)
            parameters = [model.params_[name] for name in cls._names]
            model.covariates_ = covariates
            model._keep([*parameters, *values])
            _covariates.check(model)
        return model

    # ---- what each customer's history says ----

    def _each(
        self, function: str, result: str, customers: tuple[Any, Any, Any, Any], extra: Sequence[float], errors: Errors,
        **blame: str,
    ) -> Any:  # fmt: skip
        """One number for each customer, from a function of the extension: parameters, history, extra, result."""
        if self.covariates_ is not None:
            return self._each_covariates(function, result, customers, extra, errors, blame)
        params = self._fitted()
        table = _history(*customers)
        out = _columns.empty_float64(table.n)
        with _columns.blame({**self._blame, **blame}):
            self._core(function)(
                *params, *map(table.float64, _HISTORY), *extra, out, thread_count(self.threads), _columns.coerce(errors)
            )
        return table.column(out, result)

    def _each_covariates(
        self, function: str, result: str, customers: tuple[Any, Any, Any, Any], extra: Sequence[float], errors: Errors,
        blame: Mapping[str, str],
    ) -> Any:  # fmt: skip
        """The same of customers with covariates."""
        table, names = _history(*customers), {**self._blame, **blame}
        histories = [table.float64(name) for name in _HISTORY]
        if function == "loglik_batch":
            out = _covariates.log_likelihood(self, customers[0], table, histories, errors, names)
        else:
            question = {
                "palive_batch": Question(Quantity.ALIVE, extra[0]),
                "expected_purchases_batch": Question(Quantity.PURCHASES, extra[0]),
                "dert_batch": Question(Quantity.DECT, math.inf, extra[0]),
                "dect_batch": Question(Quantity.DECT, extra[-1], extra[0]),
            }[function]
            out = _covariates.predicted(self, customers[0], question, histories, errors, names)
        return table.column(out, result)

    def log_likelihood(
        self, data: Any = None, *, frequency: Any = None, recency: Any = None, T: Any = None, errors: Errors = "raise"
    ) -> Any:
        """The log-likelihood of each customer; ``log_likelihood_`` is the weighted total of the fit."""
        return self._each("loglik_batch", "log_likelihood", (data, frequency, recency, T), (), errors)

    def expected_probability_alive(
        self, data: Any = None, future_t: float = 0.0, *, frequency: Any = None, recency: Any = None, T: Any = None,
        errors: Errors = "raise",
    ) -> Any:  # fmt: skip
        """The probability that each customer is still alive ``future_t`` units of time after ``T`` (0: now).

        By :class:`loyalty.BetaGeoModel` it is 1 now for every one-time buyer, by :class:`loyalty.NBDModel` for all."""
        customers, extra = (data, frequency, recency, T), (_number(future_t, "future_t"),)
        return self._each("palive_batch", "p_alive", customers, extra, errors, t="future_t")

    def posterior_mean(
        self, data: Any = None, *, frequency: Any = None, recency: Any = None, T: Any = None, errors: Errors = "raise"
    ) -> Any:
        """The means of each customer's own purchase rate while alive (purchases per unit of time) and of their own
        dropout, given their history: a table with two columns."""
        if self.covariates_ is not None:
            table = _history(data, frequency, recency, T)
            histories = [table.float64(name) for name in _HISTORY]
            means = [
                _covariates.predicted(self, data, Question(quantity), histories, errors, self._blame)
                for quantity in (Quantity.RATE, Quantity.DROPOUT)
            ]
            return table.frame(dict(zip(self._posterior_names, means, strict=True)))
        params = self._fitted()
        table = _history(data, frequency, recency, T)
        rate, dropout = _columns.empty_float64(table.n), _columns.empty_float64(table.n)
        with _columns.blame(self._blame):
            self._core("posterior_batch")(
                *params, *map(table.float64, _HISTORY), rate, dropout, thread_count(self.threads),
                _columns.coerce(errors),
            )  # fmt: skip
        return table.frame(dict(zip(self._posterior_names, (rate, dropout), strict=True)))

    # ---- what each customer will do ----

    def expected_purchases(
        self, data: Any = None, future_t: float | None = None, *, frequency: Any = None, recency: Any = None,
        T: Any = None, errors: Errors = "raise",
    ) -> Any:  # fmt: skip
        """The expected number of purchases of each customer in the next ``future_t`` units of time, after ``T``."""
        customers, extra = (data, frequency, recency, T), (_number(future_t, "future_t"),)
        return self._each("expected_purchases_batch", "expected_purchases", customers, extra, errors, t="future_t")

    def _discount(self, discount_rate: object, discount_period: str, horizon: object) -> tuple[float, float]:
        """The continuous rate per unit of the model's time, and how long purchases count."""
        rate = _number(discount_rate, "discount_rate")
        period = period_number(discount_period, self.time_unit)
        until = math.inf if horizon is None else _number(horizon, "horizon")
        with _columns.blame({"rate": "discount_rate"}):
            delta = _loyalty.discount_delta(rate, period, unit_number(self.time_unit))
        if delta == 0.0 and until == math.inf:
            raise _columns.bad("discount_rate", "must be greater than 0 without a horizon")
        return delta, until

    def discounted_expected_purchases(
        self, data: Any = None, discount_rate: float | None = None, discount_period: str = "year",
        horizon: float | None = None, *, frequency: Any = None, recency: Any = None, T: Any = None,
        errors: Errors = "raise",
    ) -> Any:  # fmt: skip
        """The expected number of purchases of each customer after ``T``, each discounted from its own moment to ``T``:
        what they are worth at one unit of money per purchase.

        Args:
            data: the customers.
            discount_rate: effective rate per ``discount_period``; .1 is 10 %. May be 0 with a horizon.
            discount_period: ``"year"``, ``"month"``, ``"week"``, ``"day"``, ``"hour"``, or ``"unit"`` for the model's
                unit of time. All but ``"unit"`` need a model made with ``time_unit=``. A year is 365.25 days, a month
                a twelfth of it.
            horizon: how long purchases count, in the model's unit; None for ever: the discounted expected residual
                transactions (DERT).
            frequency, recency, T: columns, or names of columns of ``data``.
            errors: ``"coerce"`` gives NaN for a customer out of range instead of an error.
        """
        self._estimates()
        delta, until = self._discount(discount_rate, discount_period, horizon)
        function, extra = ("dert_batch", [delta]) if horizon is None else ("dect_batch", [delta, until])
        return self._each(
            function, "discounted_expected_purchases", (data, frequency, recency, T), extra, errors,
            delta="discount_rate", t="horizon",
        )  # fmt: skip

    def purchase_probability_future(
        self, data: Any = None, n: Any = None, future_t: Any = None, *, frequency: Any = None, recency: Any = None,
        T: Any = None, errors: Errors = "raise",
    ) -> Any:  # fmt: skip
        """The probability that each customer makes exactly ``n`` purchases in the next ``future_t`` units of time.
        ``n`` and ``future_t`` are numbers, or columns with one for each customer; for a single customer given as
        numbers they may be of any length. Of a model with covariates they are numbers."""
        if self.covariates_ is not None:
            table = _history(data, frequency, recency, T)
            question = Question(Quantity.PROBABILITY, _number(future_t, "future_t"), 0.0, _number(n, "n"))
            names = {**self._blame, "t": "future_t"}
            histories = [table.float64(name) for name in _HISTORY]
            return table.column(_covariates.predicted(self, data, question, histories, errors, names), "probability")
        params = self._fitted()
        customers = _history(data, frequency, recency, T)
        columns = {name: customers.native(name) for name in _HISTORY}
        columns |= {"n": _given(n, "n"), "future_t": _given(future_t, "future_t")}
        if customers.kind == "scalar":  # one customer: as many answers as there are n or future_t
            table = _columns.arguments(None, **columns)
        else:
            table = Table(customers.kind, columns, customers.n, customers._like)
        out = _columns.empty_float64(table.n)
        with _columns.blame({**self._blame, "t": "future_t", "t1": "future_t"}):
            self._core("pmf_future_batch")(*params, *map(table.float64, columns), out, _columns.coerce(errors))
        return table.column(out, "probability")

    def predict(
        self, data: Any = None, *, horizon: float | None = None, spend_model: GammaGammaModel | None = None,
        discount_rate: float = 0.0, discount_period: str = "year", margin: float = 1.0, level: float | None = None,
        frequency: Any = None, recency: Any = None, T: Any = None, monetary_value: Any = None, errors: Errors = "raise",
    ) -> Any:  # fmt: skip
        """What each customer will do and is worth: a table with ``p_alive`` and ``expected_purchases``, and with a
        spend model also ``expected_spend`` and ``clv``; with ``level`` also their intervals. The arguments are those of
        :func:`loyalty.value.predict`."""
        from ..value import predict

        return predict(
            self, data, horizon=horizon, spend_model=spend_model, discount_rate=discount_rate,
            discount_period=discount_period, margin=margin, level=level, frequency=frequency, recency=recency, T=T,
            monetary_value=monetary_value, errors=errors,
        )  # fmt: skip

    # ---- how sure that is ----

    def _question(
        self, quantity: str, future_t: object, n: object, discount_rate: object, discount_period: str, horizon: object
    ) -> Question:
        """A quantity of :meth:`interval` with what it reads; an argument that it does not read is an error."""
        rate, dropout = self._posterior_names
        reads: dict[str, tuple[str, ...]] = {
            "expected_probability_alive": ("future_t",), "expected_purchases": ("future_t",),
            "discounted_expected_purchases": ("discount_rate", "horizon"),
            "purchase_probability_future": ("future_t", "n"), rate: (), dropout: (),
        }  # fmt: skip
        if quantity not in reads:
            raise _columns.bad("quantity", f"must be one of {', '.join(map(repr, reads))}, not {quantity!r}")
        given = {"future_t": future_t, "n": n, "discount_rate": discount_rate, "horizon": horizon}
        for name, value in given.items():
            if value is not None and name not in reads[quantity]:
                raise _columns.bad(name, f"is not used by {quantity}")
        if quantity == "expected_probability_alive":
            return Question(Quantity.ALIVE, 0.0 if future_t is None else _number(future_t, "future_t"))
        if quantity == "expected_purchases":
            return Question(Quantity.PURCHASES, _number(future_t, "future_t"))
        if quantity == "discounted_expected_purchases":
            delta, until = self._discount(discount_rate, discount_period, horizon)
            return Question(Quantity.DECT, until, delta)
        if quantity == "purchase_probability_future":
            return Question(Quantity.PROBABILITY, _number(future_t, "future_t"), 0.0, _number(n, "n"))
        return Question(Quantity.RATE if quantity == rate else Quantity.DROPOUT)

    def interval(
        self, data: Any = None, future_t: float | None = None, quantity: str = "expected_purchases", *,
        n: float | None = None, discount_rate: float | None = None, discount_period: str = "year",
        horizon: float | None = None, level: float = 0.95, frequency: Any = None, recency: Any = None, T: Any = None,
        errors: Errors = "raise",
    ) -> Any:  # fmt: skip
        """What a fitted model says of each customer with its uncertainty: a table with the columns ``estimate``,
        ``std_error``, ``lower`` and ``upper``, by the delta method from ``covariance_``.

        The interval is for the expectation, and says how well the parameters are known; how many purchases a customer
        may make says :meth:`purchase_interval`. It is symmetric for the logarithm, for a probability for the log odds.
        A parameter at the edge of its range, which has no standard error, counts as known, with a warning.

        Args:
            data: the customers.
            future_t: how far ahead, for the quantities that look ahead.
            quantity: ``"expected_purchases"``, ``"expected_probability_alive"``, ``"discounted_expected_purchases"``,
                ``"purchase_probability_future"``, or a column of :meth:`posterior_mean`, such as ``"purchase_rate"``.
            n: number of purchases, for ``"purchase_probability_future"``.
            discount_rate, discount_period, horizon: as for :meth:`discounted_expected_purchases`.
            level: confidence of each interval by itself.
            frequency, recency, T: columns, or names of columns of ``data``.
            errors: ``"coerce"`` gives NaN for a customer out of range instead of an error.

        Raises:
            StateError: the model was not fitted but made from parameters.
        """
        self._estimates()
        question = self._question(quantity, future_t, n, discount_rate, discount_period, horizon)
        blame = {
            **self._blame,
            "delta": "discount_rate",
            "t": "horizon" if question.quantity == Quantity.DECT else "future_t",
        }
        table = _history(data, frequency, recency, T)
        if self.covariates_ is not None:
            histories = [table.float64(name) for name in _HISTORY]
            return table.frame(_covariates.interval(self, data, question, histories, level, errors, blame))
        return quantity_interval(self, question, table, _HISTORY, level, errors, blame)

    def new_customer_interval(
        self, t: Any, n: Any = None, *, t0: Any = None, level: float = 0.95, data: Any = None, errors: Errors = "raise"
    ) -> Any:
        """What a fitted model says of a new customer with its uncertainty, a table as that of :meth:`interval`: the
        expected number of repeat purchases within ``t`` of the first; with ``n`` the probability of exactly n, and with
        ``n`` and ``t0`` of exactly n in (t0, t]. Each is a number or a column; ``data`` are the covariates, of a model
        that has them."""
        self._estimates()
        if t0 is not None and n is None:
            raise _columns.bad("n", "is missing")
        given = {"n": n, "t0": t0, "t": _given(t, "t")}
        columns = {name: _given(value, name) for name, value in given.items() if value is not None}
        question = Question((Quantity.NEW_PURCHASES, Quantity.NEW_PROBABILITY, Quantity.NEW_INTERVAL)[len(columns) - 1])
        if self.covariates_ is not None:
            table, given_columns = _new_customers(columns, data)
            found = _covariates.interval(self, data, question, given_columns, level, errors, {"t1": "t"})
            return table.frame(found)
        table = _columns.arguments(None, **columns)
        return quantity_interval(self, question, table, list(columns), level, errors, {"t1": "t"})

    def purchase_interval(
        self, data: Any = None, future_t: float | None = None, *, level: float = 0.95, frequency: Any = None,
        recency: Any = None, T: Any = None, errors: Errors = "raise",
    ) -> Any:  # fmt: skip
        """How many purchases each customer may make in the next ``future_t`` units of time: a table with
        ``expected_purchases``, and the counts ``lower`` and ``upper`` between which (inclusive) the number lies with a
        probability of at least ``level``, at most half of the rest on either side.

        This is the chance of purchases given the parameters, which count as known: a model from parameters has it too.
        """
        self._estimates()
        ahead = _number(future_t, "future_t")
        table = _history(data, frequency, recency, T)
        if self.covariates_ is not None:
            histories, names = [table.float64(name) for name in _HISTORY], {**self._blame, "t": "future_t"}
            expected = _covariates.predicted(self, data, Question(Quantity.PURCHASES, ahead), histories, errors, names)
            lower, upper = _covariates.purchases(self, data, histories, ahead, level, errors, names)
            return table.frame({"expected_purchases": expected, "lower": lower, "upper": upper})
        out = _columns.empty_float64(table.n)

        def mean() -> FloatArray:
            self._core("expected_purchases_batch")(
                *self._fitted(), *map(table.float64, _HISTORY), ahead, out, thread_count(self.threads), True
            )
            return out

        return future_counts(self, table, _HISTORY, ahead, level, errors, {**self._blame, "t": "future_t"}, mean)

    # ---- what new customers will do ----

    def _new(
        self, result: str, quantity: Quantity, columns: dict[str, object], data: Any, errors: Errors
    ) -> Any:  # fmt: skip
        """A quantity of new customers with covariates."""
        table, values = _new_customers(columns, data)
        out = _covariates.predicted(self, data, Question(quantity), values, errors, {"t1": "t"})
        return table.column(out, result)

    def expected_purchases_new_customer(self, t: Any, data: Any = None, *, errors: Errors = "raise") -> Any:
        """The expected number of repeat purchases of a new customer within ``t`` of the first purchase; ``t`` is a
        number or a column. ``data`` are the covariates, of a model that has them: a row for each customer."""
        if self.covariates_ is not None:
            columns = {"t": _given(t, "t")}
            return self._new("expected_purchases", Quantity.NEW_PURCHASES, columns, data, errors)
        params = self._fitted()
        table = _columns.arguments(None, t=_given(t, "t"))
        out = _columns.empty_float64(table.n)
        self._core("expected_purchases_new_batch")(*params, table.float64("t"), out, _columns.coerce(errors))
        return table.column(out, "expected_purchases")

    def purchase_probability(self, n: Any, t: Any, data: Any = None, *, errors: Errors = "raise") -> Any:
        """The probability that a new customer makes exactly ``n`` repeat purchases within ``t`` of the first one. Each
        is a number or a column; for customers with a history see :meth:`purchase_probability_future`. ``data`` are the
        covariates, of a model that has them."""
        if self.covariates_ is not None:
            columns = {"n": _given(n, "n"), "t": _given(t, "t")}
            return self._new("probability", Quantity.NEW_PROBABILITY, columns, data, errors)
        params = self._fitted()
        table = _columns.arguments(None, n=_given(n, "n"), t=_given(t, "t"))
        out = _columns.empty_float64(table.n)
        with _columns.blame({"t1": "t"}):
            self._core("pmf_batch")(*params, table.float64("n"), table.float64("t"), out, _columns.coerce(errors))
        return table.column(out, "probability")

    def purchase_probability_interval(
        self, n: Any, t0: Any, t1: Any, data: Any = None, *, errors: Errors = "raise"
    ) -> Any:
        """The probability that a new customer makes exactly ``n`` repeat purchases in (t0, t1], counted from the first
        purchase; the customer may have stopped before ``t0``. Each is a number or a column; ``data`` are the
        covariates, of a model that has them."""
        if self.covariates_ is not None:
            given = {"n": _given(n, "n"), "t0": _given(t0, "t0"), "t1": _given(t1, "t1")}
            return self._new("probability", Quantity.NEW_INTERVAL, given, data, errors)
        params = self._fitted()
        table = _columns.arguments(None, n=_given(n, "n"), t0=_given(t0, "t0"), t1=_given(t1, "t1"))
        out = _columns.empty_float64(table.n)
        columns = (table.float64(name) for name in ("n", "t0", "t1"))
        self._core("pmf_interval_batch")(*params, *columns, out, _columns.coerce(errors))
        return table.column(out, "probability")

    # ---- is it good? ----

    def holdout(
        self, data: Any = None, test_frequency: Any = None, future_t: Any = None, *, frequency: Any = None,
        recency: Any = None, T: Any = None, bins: int = 10,
    ) -> ModelHoldout:  # fmt: skip
        """Forecast against what was bought in a holdout period that the fit has not seen.

        Args:
            data: the customers up to the end of calibration, with what they bought afterwards, as
                :func:`loyalty.rfm_train_test_split` makes it.
            test_frequency: purchases in the holdout; a column, or its name; that of ``data`` by default.
            future_t: length of the holdout after ``T``, in the model's unit: a number, a column, or its name; the
                column ``test_T`` of ``data`` by default.
            frequency, recency, T: columns, or names of columns of ``data``.
            bins: of the histogram of the probability integral transform, 2 to 100.

        Returns:
            Bias, errors, log score and the histogram: a :class:`loyalty.btyd.ModelHoldout`.
        """
        from .holdout import holdout

        self._fitted()
        columns = dict(zip(_HISTORY, (frequency, recency, T), strict=True))
        return holdout(self, data, test_frequency, future_t, columns, bins)

    def count_test(
        self, data: Any = None, *, frequency: Any = None, T: Any = None, weights: Any = None, bars: int = 10
    ) -> CountTest:
        """How many customers made 0, 1, 2 ... repeat purchases, against how many this model expects, with a chi-squared
        test. It sees how many purchases customers make, not when.

        Args:
            data: the customers that the model was fitted to, a table with ``frequency`` and ``T``.
            frequency, T: columns, or names of columns of ``data``.
            weights: how many customers each row stands for; an array or the name of a column.
            bars: of the histogram, 2 to 32; the last is of those with ``bars - 1`` or more purchases. For the test
                the last ones are put together until they expect 5 customers.

        Returns:
            A :class:`loyalty.btyd.CountTest`: a small ``p_value`` speaks against the model.
        """
        from .counts import count_test

        self._fitted()
        return count_test(self, data, {"frequency": frequency, "T": T}, weights, bars)

    def bootstrap(
        self, data: Any = None, *, T: Any = None, n_boot: int = 999, seed: int = 0, level: float = 0.95,
        progress: Watch | None = None,
    ) -> ModelBootstrap:  # fmt: skip
        """Parametric bootstrap: draw as many customers from the model, each observed for their own ``T``, fit the model
        to them, with the penalty of its own fit (``penalty_``), and so on ``n_boot`` times. How these estimates vary
        shows how far the parameters may be off.

        Args:
            data: a table with ``T``, one row for each customer; rows that stand for several are to be repeated.
            T: a column, or its name in ``data``.
            n_boot: how many times; for the intervals at least 2 / (1 - level), less 1.
            seed: 0 to 2^64 - 1. Replication i depends on the parameters, on ``T``, on ``seed`` and on i alone.
            level: of the percentile intervals.
            progress: called now and then with the replications done, ``n_boot``, and how many of those done count;
                ``False`` from it cancels the bootstrap, and errors in it come through.

        Returns:
            A :class:`loyalty.btyd.ModelBootstrap`. Fits that failed, or are not certain of their optimum, are left out,
            counted, and warned about; ``fit_status`` says which and why.
        """
        from .bootstrap import bootstrap

        self._fitted()
        table = history(data, {"T": T})
        return bootstrap(self, table.float64("T"), "T", n_boot, seed, level, progress)

    # ---- simulation ----

    def simulate(self, n: int, T: Any, seed: int, data: Any = None) -> Any:
        """Draw ``n`` customers who are observed for ``T`` after their first purchase.

        Args:
            n: how many.
            T: length of observation, a number or a column of ``n``.
            seed: 0 to 2^64 - 1. Customer i depends on the parameters, on their own ``T``, on ``seed`` and on i alone.
            data: the covariates of the ``n`` customers, of a model that has them.

        Returns:
            A table with ``customer_id`` (0, 1, ...), ``frequency``, ``recency``, ``T`` and ``alive``: of the kind of
            ``T`` where that is a Series, else of the kind that the model was fitted on, else a dict of arrays.
        """
        self._estimates()
        table, length = self._observed(n, T, seed)
        if self.covariates_ is not None:
            x, t_x, alive = _covariates.drawn(self, data, length, int(seed))
        else:
            x, t_x, alive = (_columns.empty_float64(len(length)) for _ in range(3))
            self._core("simulate")(*self._fitted(), length, int(seed), thread_count(self.threads), x, t_x, alive)
        values = {
            "customer_id": np.arange(len(length)), "frequency": x.astype(np.int64), "recency": t_x, "T": length,
            "alive": alive == 1.0,
        }  # fmt: skip
        return self._drawn(table, values, rows_of_table=True)

    def simulate_log(self, n: int, T: Any, seed: int) -> Any:
        """Draw the purchases of the customers that :meth:`simulate` draws from the same arguments, first purchases
        included: a table with ``customer_id`` and ``time``, which counts from the customer's first purchase, ordered by
        both."""
        params = self._fitted()
        table, length = self._observed(n, T, seed)
        function = self._core("simulate_log")
        repeats = function(*params, length, int(seed), None, None, False)
        customer, time = np.empty(repeats, dtype=np.int64), _columns.empty_float64(repeats)
        function(*params, length, int(seed), customer, time, False)
        customers = np.concatenate([np.arange(len(length)), customer])
        times = np.concatenate([np.zeros(len(length)), time])
        order = np.argsort(customers, kind="stable")
        values = {"customer_id": customers[order], "time": times[order]}
        return self._drawn(table, values, rows_of_table=False)


def _new_customers(columns: dict[str, object], data: Any) -> tuple[Table, list[FloatArray]]:
    """The columns of new customers with covariates, and the kind of table to answer with: that of the covariates."""
    if data is None:
        raise _columns.bad("data", "is missing: this model needs the covariates of each customer")
    source = _columns.table(data)
    table = _columns.arguments(None, **columns)
    if source.kind == "scalar":
        return table, [table.float64(name) for name in columns]
    values = [table.float64(name) for name in columns]
    if table.kind == "scalar":
        return source, [np.full(source.n, value[0]) for value in values]
    if table.n != source.n:
        raise _columns.bad(next(iter(columns)), f"has {table.n} elements for {source.n} customers")
    return source, values
