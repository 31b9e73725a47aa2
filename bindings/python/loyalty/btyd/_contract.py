"""What the models of customers under contract share: lifetimes or survivors in, retention and residual value out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np

from .. import _columns, _loyalty
from .._columns import Errors, FloatArray, Table
from .._errors import notice
from ._intervals import ENDLESS, Quantity, Question, quantity_interval
from ._model import Model, Progress, Watch, _given, _number, history, period_number, thread_count, unit_number
from .model_file import _row

if TYPE_CHECKING:
    from .bootstrap import ModelBootstrap

__all__ = ["ContractModel"]

_BLAME = {"weight": "weights"}
# What a quantity of interval() is, the columns that it takes, and whether it is discounted.
_QUANTITIES: dict[str, tuple[Quantity, tuple[str, ...], bool]] = {
    "survival": (Quantity.SURVIVAL, ("n", "t"), False),
    "churn_probability": (Quantity.CHURN, ("n", "t"), False),
    "retention_rate": (Quantity.RETENTION, ("n",), False),
    "posterior_mean": (Quantity.DROPOUT, ("n",), False),
    "discounted_expected_residual_lifetime": (Quantity.DERL, ("n",), True),
    "residual_lifetime_elasticity": (Quantity.ELASTICITY, ("n",), True),
    "retention_elasticity": (Quantity.EXPECTED_ELASTICITY, ("n",), True),
}


def _cohorts(survivors: object) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Survivors of one cohort, or of several, as rows: lifetime, censored, weights."""
    given: Any = survivors
    several = isinstance(given, (list, tuple)) and len(given) > 0 and all(np.ndim(one) == 1 for one in given)
    cohorts = [_columns.float64(one, "survivors") for one in (given if several else [given])]
    counts = np.concatenate(cohorts)
    length = np.array([len(one) for one in cohorts], dtype=np.int64)
    columns = [_columns.empty_float64(len(counts)) for _ in range(3)]
    with _columns.blame({"length": "survivors"}):
        rows = _loyalty.survivors_rows(counts, length, *columns)
    lifetime, censored, weights = (column[:rows] for column in columns)
    return lifetime, censored, weights


class ContractModel(Model):
    """Base of the models of customers under contract; see :class:`loyalty.ShiftedBetaGeoModel` for one of them.

    A customer in period ``n`` = 1, 2, ... has renewed n - 1 times and stands before the next decision, at the end of
    that period. Periods are whole; one is a unit of the model's time.

    ``n`` and ``t`` are numbers or columns. A method with one number per row answers with a Series or array like the one
    that came in, and with a float when only numbers came in. A row out of range is an error that names column and row,
    or NaN with ``errors="coerce"``.
    """

    _remarks: ClassVar[dict[str, str]]  # notices of the fit, in the words of this model

    penalty: float
    n_iter_: int
    n_evaluations_: int
    decrement_: float

    def __init__(self, *, time_unit: str | None = None, threads: int | None = None, penalty: float = 0.0) -> None:
        super().__init__(time_unit=time_unit, threads=threads)
        self.penalty = penalty

    # ---- fitting ----

    def fit(
        self, data: Any = None, y: Any = None, *, lifetime: Any = None, censored: Any = None, weights: Any = None,
        survivors: Any = None, progress: Progress | None = None,
    ) -> Self:  # fmt: skip
        """Maximum likelihood fit, from customers or from survivors per period. With the constructor's ``penalty`` it
        minimises the mean negative log-likelihood plus ``penalty`` times the sum of the squared parameters;
        ``log_likelihood_`` is the plain one, standard errors are those with the penalty.

        Args:
            data: a table with ``lifetime`` and ``censored``, one row for each customer.
            y: not used; scikit-learn's pipelines pass it.
            lifetime: the period at whose end the customer left; where ``censored``, the number of decisions after which
                the customer was still there. A column, or its name.
            censored: whether the customer was still there when observation ended. A column, its name, or ``False`` for
                nobody.
            weights: how many customers each row stands for; an array or the name of a column.
            survivors: instead of all these, how many customers a cohort had, and how many of them were left after 1,
                2, ... decisions; a list of such lists for several cohorts, of their own length each.
            progress: called after each evaluation with their number so far and the log-likelihood at the point just
                tried. Answering ``False`` cancels the fit, as do an exception and Ctrl-C.

        Returns:
            The model itself, with ``params_`` and its neighbours. A fit with a remark, such as a parameter at the edge
            of its range, is kept, warned about (:class:`loyalty.LoyaltyWarning`) and named in ``status_``.

        Raises:
            DomainError: a bad row, survivors that increase, or nobody who left.
            Canceled: ``progress`` answered ``False``; the model is as it was.
        """
        unit_number(self.time_unit)
        backend = None
        if survivors is not None:
            others = {"data": data, "lifetime": lifetime, "censored": censored, "weights": weights}
            for name, value in others.items():
                if value is not None:
                    raise _columns.bad(name, "must not be given together with survivors")
            columns: tuple[FloatArray, FloatArray, FloatArray | None] = _cohorts(survivors)
        else:
            table = self._customers(data, lifetime, censored, weights)
            weight = None if weights is None else table.float64("weights")
            columns = table.float64("lifetime"), table.float64("censored"), weight
            backend = table.backend
        start = (0.0 for _ in self._names)  # from rates of the data
        with _columns.blame(_BLAME):
            status, *values = self._core("fit")(
                *columns, thread_count(self.threads), 0, *start, self.penalty, progress,
            )  # fmt: skip
        n = len(self._names)
        customers, _gradient, decrement, iterations, evaluations = values[1 + 2 * n + n * n :]
        self._keep(
            values[:n],
            status=status,
            log_likelihood=values[n],
            covariance=values[1 + 2 * n : 1 + 2 * n + n * n],
            customers=customers,
            penalty=float(self.penalty),
        )
        self.n_iter_ = iterations
        self.n_evaluations_ = evaluations
        self.decrement_ = decrement
        self._backend = backend
        notice(status, self._remarks.get(status))
        return self

    def _core(self, name: str) -> Any:
        """A function of the extension."""
        return getattr(_loyalty, f"{self._prefix}_{name}")

    @staticmethod
    def _customers(data: Any, lifetime: Any, censored: Any, weights: Any = None) -> Table:
        return history(data, {"lifetime": lifetime, "censored": censored}, weights)

    def log_likelihood(
        self, data: Any = None, *, lifetime: Any = None, censored: Any = None, errors: Errors = "raise"
    ) -> Any:
        """The log-likelihood of each customer; ``log_likelihood_`` is the weighted total of the fit."""
        params = self._fitted()
        table = self._customers(data, lifetime, censored)
        out = _columns.empty_float64(table.n)
        self._core("loglik_batch")(
            *params, table.float64("lifetime"), table.float64("censored"), out, _columns.coerce(errors)
        )
        return table.column(out, "log_likelihood")

    # ---- retention ----

    def _each(self, question: Question, result: str, errors: Errors, blame: dict[str, str], /, **columns: Any) -> Any:
        """One number for each row, of columns in the order of prediction.h."""
        self._fitted()
        table = _columns.arguments(None, **{name: _given(value, name) for name, value in columns.items()})
        out = _columns.empty_float64(table.n)
        first, *rest = (table.float64(name) for name in columns)
        with _columns.blame(blame):
            status, _bad = _loyalty.prediction_batch(
                _row(self), int(question.quantity), question.t, question.delta, 0.0, first, rest[0] if rest else None,
                None, thread_count(self.threads), out, _columns.coerce(errors),
            )  # fmt: skip
        notice(status, ENDLESS)
        return table.column(out, result)

    def survival(self, t: Any, n: Any = 1, *, errors: Errors = "raise") -> Any:
        """The probability that a customer in period ``n`` is there after ``t`` more decisions; by default a new one,
        for whom it is the survivor function S(t)."""
        return self._each(Question(Quantity.SURVIVAL), "survival", errors, {"t1": "t"}, n=n, t=t)

    def churn_probability(self, t: Any, n: Any = 1, *, errors: Errors = "raise") -> Any:
        """The probability that a customer in period ``n`` leaves at decision number ``t`` from now; with ``t`` = 1 the
        churn rate, or hazard, of period ``n``."""
        return self._each(Question(Quantity.CHURN), "churn_probability", errors, {"t1": "t"}, n=n, t=t)

    def retention_rate(self, t: Any, *, errors: Errors = "raise") -> Any:
        """The part of the customers in period ``t`` who renew at its end, S(t)/S(t - 1)."""
        return self._each(Question(Quantity.RETENTION), "retention_rate", errors, {"n": "t"}, t=t)

    def posterior_mean(self, n: Any, *, errors: Errors = "raise") -> Any:
        """The mean of a customer's own theta, the probability to leave at the first decision, given that they are in
        period ``n``."""
        return self._each(Question(Quantity.DROPOUT), "theta", errors, {}, n=n)

    # ---- value ----

    def _discounted(
        self, quantity: Quantity, discount_rate: object, discount_period: str, horizon: object = None
    ) -> Question:
        """A question with the continuous rate per period, and how many periods count."""
        rate = _number(discount_rate, "discount_rate")
        period = period_number(discount_period, self.time_unit)
        with _columns.blame({"rate": "discount_rate"}):
            delta = _loyalty.discount_delta(rate, period, unit_number(self.time_unit))
        return Question(quantity, math.inf if horizon is None else _number(horizon, "horizon"), delta)

    def discounted_expected_residual_lifetime(
        self, n: Any, discount_rate: float | None = None, discount_period: str = "year",
        horizon: float | None = None, *, errors: Errors = "raise",
    ) -> Any:  # fmt: skip
        """The number of periods that a customer in period ``n`` is expected to stay after it, each discounted to the
        next decision (DERL of Fader and Hardie 2010): what they are worth just before that decision at one unit of
        money per period, paid at its beginning. The period right after the decision counts in full.

        Args:
            n: the period of the customer.
            discount_rate: effective rate per ``discount_period``; .1 is 10 %. 0 for the number of periods itself, which
                without a horizon may be infinite: the answer says so with a warning.
            discount_period: ``"year"``, ``"month"``, ``"week"``, ``"day"``, ``"hour"``, or ``"unit"`` for the model's
                period. All but ``"unit"`` need a model made with ``time_unit=``, the length of a period.
            horizon: how many periods count; None for all.
            errors: ``"coerce"`` gives NaN for a customer out of range instead of an error.
        """
        question = self._discounted(Quantity.DERL, discount_rate, discount_period, horizon)
        blame = {"delta": "discount_rate", "t": "horizon"}
        return self._each(question, "discounted_expected_residual_lifetime", errors, blame, n=n)

    def discounted_expected_lifetime(
        self, discount_rate: float | None = None, discount_period: str = "year", horizon: Any = None
    ) -> Any:
        """The number of periods that a new customer is expected to stay, the first included, each discounted to the
        beginning of the first. Arguments as in :meth:`discounted_expected_residual_lifetime`; ``horizon`` may be a
        column."""
        question = self._discounted(Quantity.DEL, discount_rate, discount_period)
        blame = {"delta": "discount_rate", "t1": "horizon"}
        until = math.inf if horizon is None else horizon
        return self._each(question, "discounted_expected_lifetime", "raise", blame, horizon=until)

    def expected_lifetime(self, horizon: Any = None) -> Any:
        """The expected number of periods of a new customer, the first included; with a horizon within so many periods,
        E[min(lifetime, horizon)]. Without it it may be infinite, with a warning."""
        return self.discounted_expected_lifetime(0.0, "unit", horizon)

    def residual_lifetime_elasticity(
        self, n: Any, discount_rate: float | None = None, discount_period: str = "year",
        horizon: float | None = None, *, errors: Errors = "raise",
    ) -> Any:  # fmt: skip
        """By how many per cent the :meth:`discounted_expected_residual_lifetime` of customers in period ``n`` grows
        when all their retention rates, from the next decision on, grow by one per cent. Arguments as there."""
        question = self._discounted(Quantity.ELASTICITY, discount_rate, discount_period, horizon)
        blame = {"delta": "discount_rate", "t": "horizon"}
        return self._each(question, "residual_lifetime_elasticity", errors, blame, n=n)

    # ---- how sure that is ----

    def interval(
        self, quantity: str = "survival", *, n: Any = None, t: Any = None, discount_rate: float | None = None,
        discount_period: str = "year", horizon: float | None = None, level: float = 0.95, errors: Errors = "raise",
    ) -> Any:  # fmt: skip
        """What a fitted model says with its uncertainty: a table with the columns ``estimate``, ``std_error``,
        ``lower`` and ``upper``, by the delta method from ``covariance_``.

        The interval is for the expectation, and says how well the parameters are known. It is symmetric for the
        logarithm, for a probability for the log odds. A parameter at the edge of its range, which has no standard
        error, counts as known, with a warning.

        Args:
            quantity: ``"survival"`` or ``"churn_probability"``, of ``n`` (1 by default) and ``t``;
                ``"retention_rate"``, of ``t``; ``"posterior_mean"``, of ``n``;
                ``"discounted_expected_residual_lifetime"``, ``"residual_lifetime_elasticity"`` or, of the shifted beta
                geometric model, ``"retention_elasticity"``, of ``n``; ``"expected_lifetime"``, of ``horizon``.
            n, t: numbers or columns.
            discount_rate, discount_period, horizon: as for the method that is named.
            level: confidence of each interval by itself.
            errors: ``"coerce"`` gives NaN for a row out of range instead of an error.

        Raises:
            StateError: the model was not fitted but made from parameters.
        """
        self._fitted()
        columns, question = self._asked(quantity, n, t, discount_rate, discount_period, horizon)
        table = _columns.arguments(None, **columns)
        blame = {"delta": "discount_rate", "t": "horizon", "t1": "horizon" if "horizon" in columns else "t"}
        if question.quantity == Quantity.RETENTION:
            blame["n"] = "t"
        return quantity_interval(self, question, table, list(columns), level, errors, blame)

    def _asked(
        self, quantity: str, n: Any, t: Any, discount_rate: object, discount_period: str, horizon: object
    ) -> tuple[dict[str, Any], Question]:
        """The columns and the question of an interval; an argument that the quantity does not read is an error."""
        known = [*_QUANTITIES, "expected_lifetime"]
        if quantity not in known:
            raise _columns.bad("quantity", f"must be one of {', '.join(map(repr, known))}, not {quantity!r}")
        reads: tuple[str, ...] = ("horizon",)
        if quantity == "retention_rate":
            reads = ("t",)
        elif quantity != "expected_lifetime":
            number, reads, discounted = _QUANTITIES[quantity]
            endless = number == Quantity.EXPECTED_ELASTICITY
            reads += ("discount_rate", *(() if endless else ("horizon",))) if discounted else ()
        given = {"n": n, "t": t, "discount_rate": discount_rate, "horizon": horizon}
        for name, value in given.items():
            if value is not None and name not in reads:
                raise _columns.bad(name, f"is not used by {quantity}")
        if quantity == "expected_lifetime":
            return {"horizon": math.inf if horizon is None else horizon}, Question(Quantity.DEL)
        if quantity == "retention_rate":
            return {"t": _given(t, "t")}, Question(Quantity.RETENTION)
        columns = {"n": 1 if n is None and "t" in reads else _given(n, "n")}
        if "t" in reads:
            columns["t"] = _given(t, "t")
        if not discounted:
            return columns, Question(number)
        return columns, self._discounted(number, discount_rate, discount_period, horizon)

    def bootstrap(
        self, data: Any = None, *, T: Any = None, n_boot: int = 999, seed: int = 0, level: float = 0.95,
        progress: Watch | None = None,
    ) -> ModelBootstrap:  # fmt: skip
        """Parametric bootstrap: draw as many customers from the model, each observed for their own ``T`` periods, fit
        the model to them, and so on ``n_boot`` times. Arguments and result as in
        :meth:`loyalty.BetaGeoModel.bootstrap`, with whole ``T`` from 1 on."""
        from .bootstrap import bootstrap

        self._fitted()
        table = history(data, {"T": T})
        return bootstrap(self, table.float64("T"), "T", n_boot, seed, level, progress)

    def simulate(self, n: int, T: Any, seed: int) -> Any:
        """Draw ``n`` customers who are observed for ``T`` periods.

        Args:
            n: how many.
            T: how many periods, a number or a column of ``n``.
            seed: 0 to 2^64 - 1. Customer i depends on the parameters, on their own ``T``, on ``seed`` and on i alone.

        Returns:
            A table with ``customer_id`` (0, 1, ...), ``lifetime`` and ``censored``: of the kind of ``T`` where that is
            a Series, else of the kind that the model was fitted on, else a dict of arrays.
        """
        params = self._fitted()
        table, length = self._observed(n, T, seed)
        lifetime, censored = (_columns.empty_float64(len(length)) for _ in range(2))
        self._core("simulate")(*params, length, int(seed), lifetime, censored)
        values = {
            "customer_id": np.arange(len(length)), "lifetime": lifetime.astype(np.int64), "censored": censored == 1.0,
        }  # fmt: skip
        return self._drawn(table, values, rows_of_table=True)
