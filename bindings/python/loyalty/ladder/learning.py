"""The linear learning model: each purchase of the brand makes the next one more likely."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _frames, _loyalty
from .._errors import LoyaltyError, StateError, blame, notice
from .._params import Estimator
from ._matrix import vector
from ._sequences import Sequences, count, sequences

__all__ = ["LearningLimits", "LikelihoodRatio", "LinearLearningModel"]

_NAMES = ("alpha", "beta", "lambda_", "p1")
_SCALARS = (
    "log_likelihood", "aic", "bic", "markov_alpha", "markov_beta", "markov_log_likelihood", "bernoulli",
    "bernoulli_log_likelihood", "markov", "markov_p", "bernoulli_test", "bernoulli_p", "memory", "memory_p", "rows",
    "customers", "at_bound", "starts", "agreeing", "converged", "decrement", "evaluations",
)  # fmt: skip
_FIRST = {"estimated": 0, "stationary": 2}
_BLAME = {"first": "p1", "weight": "weights", "lambda": "lambda_", "most_evaluations": "max_iter"}
_REMARKS = {
    "NOTICE_NOT_CONVERGED": "the certificate of the optimum fails; the best point found is kept",
    "NOTICE_WEAK_ID": "the data hardly determine the parameters",
}


class LearningLimits(NamedTuple):
    """Where a customer ends up who always buys the brand (upper), who never does (lower), and on average (mean)."""

    upper: float
    lower: float
    mean: float


@dataclass(frozen=True, slots=True)
class LikelihoodRatio:
    """A test of a smaller model within a larger one.

    Attributes:
        log_likelihood: of the smaller model.
        statistic: twice the difference of the log-likelihoods.
        p_value: NaN where the distribution under the smaller model is not known.
    """

    log_likelihood: float
    statistic: float
    p_value: float


class LinearLearningModel(Estimator):
    """Purchase probabilities that learn (Bush and Mosteller 1955; Kuehn 1962):
    p[t+1] = alpha + beta y[t] + lambda p[t], with y = 1 where the customer bought our brand.

    Data are a long table with one row for each purchase occasion (``datetime_col=None``: it is in order of time), or a
    list of sequences of 0 and 1 (also a 2-D array), one for each customer.

    Args:
        p1: the probability on a customer's first occasion: ``"estimated"``, ``"stationary"`` (the long-run mean), or a
            number.
        covariance: ``"information"``, or ``"robust"`` for the sandwich over customers.
        max_iter: most evaluations of the likelihood from each of eight starts.

    Attributes, once fitted:
        params_, std_errors_: dicts by parameter: alpha, beta, lambda_, p1.
        covariance_: of the parameters, in that order.
        log_likelihood_, aic_, bic_: fit measures.
        tests_: dict of :class:`LikelihoodRatio`. ``"markov"``: lambda = 0, a memory of one purchase, within this
            model; ``"bernoulli"``: no memory, within this model (no known distribution); ``"memory"``: no memory,
            within the Markov model. P values count that a parameter lies at the edge (Self and Liang 1987).
        markov_: parameters of the Markov model; bernoulli_: probability of the one without memory.
        at_bound_: parameters at an end of their range (``"rest"``: alpha + beta + lambda = 1).
        n_rows_, n_customers_: rows and customers, weighted. n_starts_, n_agreeing_: searches, and how many ended best.
        n_iter_, converged_, status_: how the search went.
    """

    params_: dict[str, float]
    std_errors_: dict[str, float]
    covariance_: NDArray[np.float64]
    log_likelihood_: float
    status_: str
    converged_: bool
    _backend: str | None = None

    def __init__(
        self, *, p1: float | Literal["estimated", "stationary"] = "estimated",
        covariance: Literal["information", "robust"] = "information", max_iter: int = 200,
    ) -> None:  # fmt: skip
        self.p1 = p1
        self.covariance = covariance
        self.max_iter = max_iter

    def fit(
        self, data: Any, *, weights: Any = None, customer_id_col: str = "customer_id",
        datetime_col: str | None = "time", outcome_col: str = "bought",
    ) -> Self:  # fmt: skip
        """Estimate the parameters.

        Args:
            data: a table with customer, time and outcome (0 or 1), or a list of sequences.
            weights: with a list of sequences, how many customers each stands for.
        """
        if self.covariance not in ("information", "robust"):
            raise _columns.bad("covariance", f"must be 'information' or 'robust', not {self.covariance!r}")
        if self.p1 not in _FIRST if isinstance(self.p1, str) else not isinstance(self.p1, (int, float, np.number)):
            raise _columns.bad("p1", f"must be 'estimated', 'stationary' or a number, not {self.p1!r}")
        first_is = _FIRST[self.p1] if isinstance(self.p1, str) else 1
        rows = _Rows(data, customer_id_col, datetime_col, outcome_col)
        if weights is not None and rows.table is not None:
            raise _columns.bad("weights", "can be given for a list of sequences only")
        if weights is not None:
            weights = vector(weights, "weights", len(rows.sequences.customers))
        record = np.empty(_loyalty.learning_record())
        with rows.blame(outcome_col):
            status = _loyalty.learning_fit(
                rows.sequences.offset, rows.bought, weights, first_is,
                0.0 if isinstance(self.p1, str) else float(self.p1), self.max_iter, record,
            )  # fmt: skip
        self._keep(record, status)
        self._backend = rows.table.backend if rows.table is not None else None
        remark = _REMARKS.get(status)
        if status == "NOTICE_AT_BOUND":
            remark = f"{', '.join(self.at_bound_)} at an end of the range; the rest is estimated given that"
        notice(status, remark)
        return self

    @classmethod
    def from_params(cls, *, alpha: float, beta: float, lambda_: float, p1: float | None = None) -> Self:
        """A model with given parameters; ``p1`` is the long-run mean where it is not given. It has no standard errors
        and no log-likelihood."""
        with blame(_BLAME):
            _loyalty.learning_check(alpha, beta, lambda_)
            mean = _loyalty.learning_limits(alpha, beta, lambda_)[3] if p1 is None else float(p1)
            if math.isnan(mean) and p1 is None:
                raise _columns.bad("p1", "must be given: with alpha + beta + lambda = 1 and alpha = 0 there is no mean")
            _loyalty.learning_filter(
                alpha, beta, lambda_, mean, np.zeros(1, dtype=np.int64), np.empty(0), None, None, None
            )
        model = cls(p1="stationary" if p1 is None else float(p1))
        model.params_ = dict(zip(_NAMES, (float(alpha), float(beta), float(lambda_), mean), strict=True))
        model.std_errors_ = dict.fromkeys(_NAMES, math.nan)
        model.covariance_ = np.full((4, 4), np.nan)
        model.log_likelihood_ = math.nan
        model.status_ = "OK"
        model.converged_ = False
        return model

    def _keep(self, record: NDArray[np.float64], status: str) -> None:
        found = dict(zip(_SCALARS, record.tolist(), strict=False))
        estimate, error, robust, matrix, robust_matrix = np.split(
            record[len(_SCALARS) :], np.cumsum([4, 4, 4, 16]).tolist()
        )
        if self.covariance == "robust":
            error, matrix = robust, robust_matrix
        self.params_ = dict(zip(_NAMES, estimate.tolist(), strict=True))
        self.std_errors_ = dict(zip(_NAMES, error.tolist(), strict=True))
        self.covariance_ = matrix.reshape(4, 4).copy()
        self.log_likelihood_ = found["log_likelihood"]
        self.aic_ = found["aic"]
        self.bic_ = found["bic"]
        self.markov_ = {"alpha": found["markov_alpha"], "beta": found["markov_beta"]}
        self.bernoulli_ = found["bernoulli"]
        self.tests_: Mapping[str, LikelihoodRatio] = {
            "markov": LikelihoodRatio(found["markov_log_likelihood"], found["markov"], found["markov_p"]),
            "bernoulli": LikelihoodRatio(
                found["bernoulli_log_likelihood"], found["bernoulli_test"], found["bernoulli_p"]
            ),
            "memory": LikelihoodRatio(found["bernoulli_log_likelihood"], found["memory"], found["memory_p"]),
        }
        bound = int(found["at_bound"])
        self.at_bound_ = tuple(name for p, name in enumerate((*_NAMES, "rest")) if bound >> p & 1)
        self.n_rows_ = found["rows"]
        self.n_customers_ = found["customers"]
        self.n_starts_ = int(found["starts"])
        self.n_agreeing_ = int(found["agreeing"])
        self.n_iter_ = int(found["evaluations"])
        self.converged_ = bool(found["converged"])
        self.status_ = status

    def _fitted(self) -> tuple[float, float, float, float]:
        if not hasattr(self, "params_"):
            raise StateError("this LinearLearningModel is not fitted: call fit or from_params", code="ERR_STATE")
        alpha, beta, lambda_, p1 = (self.params_[name] for name in _NAMES)
        return alpha, beta, lambda_, p1

    def summary(self, level: float = 0.95) -> Any:
        """Estimate, standard error and confidence interval of each parameter: a table with the columns ``parameter``,
        ``estimate``, ``std_error``, ``lower`` and ``upper``."""
        self._fitted()
        return _frames.summary(self.params_, self.std_errors_, level, backend=self._backend)

    def limits(self) -> LearningLimits:
        """Where the probabilities go: NaN where they go nowhere."""
        _, upper, lower, mean = _loyalty.learning_limits(*self._fitted()[:3])
        return LearningLimits(upper, lower, mean)

    # ---- rows and customers ----

    def probability(
        self, data: Any, *, customer_id_col: str = "customer_id", datetime_col: str | None = "time",
        outcome_col: str = "bought",
    ) -> Any:  # fmt: skip
        """The probability of the brand on each occasion, from what the customer did before: one value for each row, in
        the rows' order (with a list of sequences, one sequence after the other)."""
        params = self._fitted()
        rows = _Rows(data, customer_id_col, datetime_col, outcome_col)
        out = _columns.empty_float64(len(rows.bought))
        with rows.blame(outcome_col):
            _loyalty.learning_filter(*params, rows.sequences.offset, rows.bought, out, None, None)
        return rows.column(out, "probability")

    def log_likelihood(
        self, data: Any, *, customer_id_col: str = "customer_id", datetime_col: str | None = "time",
        outcome_col: str = "bought",
    ) -> Any:  # fmt: skip
        """The log-likelihood of each row, in the rows' order."""
        params = self._fitted()
        rows = _Rows(data, customer_id_col, datetime_col, outcome_col)
        out = _columns.empty_float64(len(rows.bought))
        with rows.blame(outcome_col):
            _loyalty.learning_filter(*params, rows.sequences.offset, rows.bought, None, out, None)
        return rows.column(out, "log_likelihood")

    def predict(
        self, data: Any, periods: int = 1, *, customer_id_col: str = "customer_id", datetime_col: str | None = "time",
        outcome_col: str = "bought",
    ) -> Any:  # fmt: skip
        """What to expect of each customer: a table with the customer, ``probability`` of the brand on the next
        occasion, and ``expected_purchases`` of it on the next ``periods`` occasions."""
        params = self._fitted()
        rows = _Rows(data, customer_id_col, datetime_col, outcome_col)
        n = len(rows.sequences.customers)
        following, expected = _columns.empty_float64(n), _columns.empty_float64(n)
        with rows.blame(outcome_col):
            _loyalty.learning_filter(*params, rows.sequences.offset, rows.bought, None, None, following)
            _loyalty.learning_forecast(*params[:3], following, count(periods, "periods"), None, expected)
        result = {customer_id_col: rows.sequences.customers, "probability": following, "expected_purchases": expected}
        return result if rows.table is None else rows.table.new_frame(result)

    def expected_probability(self, p: Any, periods: int) -> Any:
        """The expected probability after ``periods`` more occasions of customers whose next one is ``p``."""
        params = self._fitted()
        table = _columns.arguments(p=p)
        out = _columns.empty_float64(table.n)
        _loyalty.learning_forecast(*params[:3], table.float64("p"), count(periods, "periods"), out, None)
        return table.column(out, "probability")

    def simulate(self, n: int, periods: int, seed: int) -> NDArray[np.float64]:
        """Draw ``periods`` occasions of ``n`` customers: an array of 0 and 1 with a row for each customer."""
        params = self._fitted()
        n, periods = count(n, "n"), count(periods, "periods")
        out = np.empty((n, periods))
        offset = np.arange(n + 1, dtype=np.int64) * periods
        _loyalty.learning_simulate(*params, offset, seed, out.reshape(-1))
        return out


class _Rows:
    """The outcomes of customers one after the other."""

    def __init__(self, data: Any, customer_id_col: str, datetime_col: str | None, outcome_col: str) -> None:
        self.table: _columns.Table | None = None
        if isinstance(data, (list, tuple)) or (isinstance(data, np.ndarray) and data.ndim == 2):
            parts = [_columns.float64(part, f"data[{i}]") for i, part in enumerate(_each(data))]
            offset = np.zeros(len(parts) + 1, dtype=np.int64)
            np.cumsum([len(part) for part in parts], out=offset[1:])
            self.bought = np.concatenate([np.empty(0), *parts])
            self.sequences = Sequences(
                np.arange(len(self.bought)), offset, np.arange(len(parts)), np.arange(len(self.bought))
            )
            return
        self.table = _columns.table(data)
        self.sequences = sequences(self.table, customer_id_col, datetime_col)
        self.bought = self.table.float64(outcome_col)[self.sequences.order]

    @contextmanager
    def blame(self, outcome_col: str) -> Iterator[None]:
        """Errors inside name the caller's argument, and the row of the caller's table, or the place in a sequence."""
        with blame(_BLAME | {"bought": "data" if self.table is None else outcome_col}):
            try:
                yield
            except LoyaltyError as error:
                if error.argument == "bought" and error.index is not None:
                    place, offset = error.index, self.sequences.offset
                    if self.table is None:
                        customer = int(np.searchsorted(offset, place, side="right")) - 1
                        error.argument, error.index = f"data[{customer}]", place - int(offset[customer])
                    else:
                        error.index = int(self.sequences.order[place])
                raise

    def column(self, values: NDArray[np.float64], name: str) -> Any:
        return values if self.table is None else self.table.column(self.sequences.back(values), name)


def _each(data: Any) -> Sequence[Any]:
    for i, part in enumerate(data):
        if isinstance(part, (str, bytes)) or not hasattr(part, "__len__"):
            raise _columns.bad(f"data[{i}]", "must be a sequence of 0 and 1")
    return list(data)
