"""Choice among brands by customers who are loyal to what they chose before."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _frames, _loyalty
from .._errors import StateError, blame, notice
from .._params import Estimator
from ._sequences import count, ranks, sequences
from .learning import LikelihoodRatio

__all__ = ["GuadagniLittle", "LambdaProfile"]

_MOST = 16  # parameters
_GRID, _MAXIMA = 51, 8
_SCALARS = (
    "log_likelihood", "aic", "bic", "equal", "null", "statistic", "p_value", "params", "maxima", "rows", "customers",
    "at_bound", "separated", "converged", "decrement", "evaluations",
)  # fmt: skip
_BLAME = {"lambda": "lambda_", "most_evaluations": "max_iter", "loyalty": "b", "slope": "slopes"}
_REMARKS = {
    "NOTICE_SEPARATED": "some choices are explained perfectly, or an alternative is never chosen: parameters run away",
    "NOTICE_NOT_CONVERGED": "the certificate of the optimum fails; the best point found is kept",
    "NOTICE_AT_BOUND": "lambda_ lies at an end of its range; the rest is estimated given that",
    "NOTICE_WEAK_ID": "lambda_ is hardly determined: loyalty may not matter",
}


class LambdaProfile(NamedTuple):
    """The highest log-likelihood for each of 51 lambdas."""

    lambda_: NDArray[np.float64]
    log_likelihood: NDArray[np.float64]


class GuadagniLittle(Estimator):
    """Multinomial logit with loyalty (Guadagni and Little 1983). Loyalty to alternative k is a smoothed share of past
    choices, LOY[k,t+1] = lambda LOY[k,t] + (1 - lambda) [k chosen at t]; it begins after a customer's first choice,
    with lambda for what was chosen and (1 - lambda)/(K - 1) for each other. The utility of an alternative is
    a[k] + b LOY[k] + x[k]'theta.

    Data are a long table. With a column of 0 and 1 that says what was chosen, there is a row for each occasion and
    alternative, and there may be covariates; without it, there is a row for each occasion with the alternative chosen.
    At most 15 alternatives and covariates together. The first occasion of a customer does not count in the likelihood.

    Args:
        lambda_: carry-over of loyalty, 0 to 1; None to estimate it.
        base: the alternative whose constant is 0; None for the first in order.
        warmup: occasions after a customer's first that shape loyalty but do not count.
        max_iter: most evaluations of the likelihood in each search.

    Attributes, once fitted:
        params_, std_errors_: dicts by parameter: ``a[...]`` of each alternative but the base, ``b``, the covariates,
            ``lambda_``.
        covariance_: of the parameters, in that order, lambda included.
        log_likelihood_, aic_, bic_: fit measures; equal_log_likelihood_: all alternatives alike.
        test_: of b = 0, a :class:`LikelihoodRatio`. With lambda estimated its p value is an upper bound (Davies 1987),
            because without b nothing depends on lambda.
        profile_: a :class:`LambdaProfile`, and maxima_: its local maxima, a list of (lambda, log-likelihood), refined.
            Of a given lambda None and [].
        alternatives_, covariates_: in the order of the model. n_rows_, n_customers_: that count.
        n_iter_, converged_, status_: how the search went.
    """

    params_: dict[str, float]
    std_errors_: dict[str, float]
    covariance_: NDArray[np.float64]
    log_likelihood_: float
    alternatives_: list[Any]
    covariates_: list[str]
    status_: str
    converged_: bool
    _values: NDArray[np.float64]  # constants of all alternatives, b, slopes, lambda
    _backend: str | None = None

    def __init__(
        self, *, lambda_: float | None = None, base: Any = None, warmup: int = 0, max_iter: int = 200
    ) -> None:  # fmt: skip
        self.lambda_ = lambda_
        self.base = base
        self.warmup = warmup
        self.max_iter = max_iter

    def fit(
        self, data: Any, *, covariates: Sequence[str] = (), customer_id_col: str = "customer_id",
        datetime_col: str | None = "time", alternative_col: str = "alternative", chosen_col: str = "chosen",
    ) -> Self:  # fmt: skip
        """Estimate the parameters. ``covariates`` are names of columns."""
        if isinstance(covariates, str):
            raise _columns.bad("covariates", "must be a list of names")
        numeric = isinstance(self.lambda_, (int, float, np.number))
        if self.lambda_ is not None and not (numeric and 0.0 <= self.lambda_ <= 1.0):
            raise _columns.bad("lambda_", f"must be a number from 0 to 1, or None, not {self.lambda_!r}")
        names = (customer_id_col, datetime_col, alternative_col, chosen_col)
        rows = _Choices(data, list(covariates), names, None)
        known = rows.alternatives.tolist()
        if not 2 <= len(known) < _MOST:
            raise _columns.bad(alternative_col, f"must have from 2 to {_MOST - 1} alternatives, not {len(known)}")
        if self.base is not None and self.base not in known:
            raise _columns.bad("base", f"{self.base!r} is not an alternative; there are {', '.join(map(repr, known))}")
        base = 0 if self.base is None else known.index(self.base)
        record = np.empty(_loyalty.guadagni_little_record())
        with blame({**_BLAME, "covariate": "covariates", "chosen": rows.chosen_col}):
            status = _loyalty.guadagni_little_fit(
                rows.offset, rows.chosen, len(known), len(covariates), rows.covariate, base,
                count(self.warmup, "warmup"), -1.0 if self.lambda_ is None else float(self.lambda_), self.max_iter,
                record,
            )  # fmt: skip
        self._keep(record, known, list(covariates), base, status)
        self._backend = rows.table.backend
        notice(status, _REMARKS.get(status))
        return self

    @classmethod
    def from_params(
        cls, *, constants: Mapping[Any, float], b: float, lambda_: float, slopes: Mapping[str, float] | None = None
    ) -> Self:
        """A model with given parameters: ``constants`` by alternative, ``slopes`` by covariate. It has no standard
        errors and no log-likelihood."""
        if not 2 <= len(constants) < _MOST:
            raise _columns.bad("constants", f"must be of 2 to {_MOST - 1} alternatives, not {len(constants)}")
        slopes = dict(slopes or {})
        values = np.array([*constants.values(), b, *slopes.values(), lambda_], dtype=np.float64)
        with blame({**_BLAME, "constant": "constants"}):
            _loyalty.guadagni_little_check(values, len(constants))
        model = cls(lambda_=float(lambda_))
        model.alternatives_, model.covariates_, model._values = list(constants), list(slopes), values
        names = [*(f"a[{k}]" for k in constants), "b", *slopes, "lambda_"]
        model.params_ = dict(zip(names, values.tolist(), strict=True))
        model.std_errors_ = dict.fromkeys(names, math.nan)
        model.covariance_ = np.full((len(names), len(names)), np.nan)
        model.log_likelihood_ = math.nan
        model.status_ = "OK"
        model.converged_ = False
        return model

    def _keep(
        self, record: NDArray[np.float64], alternatives: list[Any], covariates: list[str], base: int, status: str
    ) -> None:
        found = dict(zip(_SCALARS, record.tolist(), strict=False))
        sizes = np.cumsum([_MOST, _MOST, _MOST * _MOST, _GRID, _GRID, _MAXIMA]).tolist()
        estimate, error, matrix, lambdas, profile, at, height = np.split(record[len(_SCALARS) :], sizes)
        n = int(found["params"])
        names = [*(f"a[{k}]" for i, k in enumerate(alternatives) if i != base), "b", *covariates, "lambda_"]
        self.alternatives_, self.covariates_ = alternatives, covariates
        self._values = np.insert(estimate[:n], base, 0.0)
        self.params_ = dict(zip(names, estimate[:n].tolist(), strict=True))
        self.std_errors_ = dict(zip(names, error[:n].tolist(), strict=True))
        self.covariance_ = matrix[: n * n].reshape(n, n).copy()
        self.log_likelihood_ = found["log_likelihood"]
        self.aic_ = found["aic"]
        self.bic_ = found["bic"]
        self.equal_log_likelihood_ = found["equal"]
        self.test_ = LikelihoodRatio(found["null"], found["statistic"], found["p_value"])
        self.profile_ = LambdaProfile(lambdas.copy(), profile.copy()) if self.lambda_ is None else None
        self.maxima_ = list(zip(at.tolist(), height.tolist(), strict=True))[: int(found["maxima"])]
        self.n_maxima_ = int(found["maxima"])
        self.n_rows_ = int(found["rows"])
        self.n_customers_ = int(found["customers"])
        self.n_iter_ = int(found["evaluations"])
        self.converged_ = bool(found["converged"])
        self.status_ = status

    def _fitted(self) -> NDArray[np.float64]:
        if not hasattr(self, "params_"):
            raise StateError("this GuadagniLittle is not fitted: call fit or from_params", code="ERR_STATE")
        return self._values

    def summary(self, level: float = 0.95) -> Any:
        """Estimate, standard error and confidence interval of each parameter: a table with the columns ``parameter``,
        ``estimate``, ``std_error``, ``lower`` and ``upper``."""
        self._fitted()
        return _frames.summary(self.params_, self.std_errors_, level, backend=self._backend)

    # ---- rows and customers ----

    def _choices(self, data: Any, *names: str | None) -> _Choices:
        self._fitted()
        return _Choices(data, self.covariates_, names, self.alternatives_)

    def _loyalty(self, rows: _Choices, of_customers: bool) -> NDArray[np.float64]:
        k = len(self.alternatives_)
        out = np.empty((len(rows.customers) if of_customers else len(rows.chosen), k))
        flat = out.reshape(-1)
        _loyalty.guadagni_little_loyalty(
            self._values[-1],
            rows.offset,
            rows.chosen,
            k,
            None if of_customers else flat,
            flat if of_customers else None,
        )
        return out

    def loyalty(
        self, data: Any, *, customer_id_col: str = "customer_id", datetime_col: str | None = "time",
        alternative_col: str = "alternative", chosen_col: str = "chosen",
    ) -> Any:  # fmt: skip
        """Loyalty before each choice: one value for each row of a table with a row for each alternative, otherwise a
        table with a column for each alternative. 1/K before a customer's first choice."""
        rows = self._choices(data, customer_id_col, datetime_col, alternative_col, chosen_col)
        return rows.answer(self._loyalty(rows, False), self.alternatives_, "loyalty")

    def probability(
        self, data: Any, *, customer_id_col: str = "customer_id", datetime_col: str | None = "time",
        alternative_col: str = "alternative", chosen_col: str = "chosen",
    ) -> Any:  # fmt: skip
        """The probability of each alternative, from what the customer chose before; in the form of :meth:`loyalty`."""
        rows = self._choices(data, customer_id_col, datetime_col, alternative_col, chosen_col)
        p = self._loyalty(rows, False)
        self._probability(p, rows.covariate)
        return rows.answer(p, self.alternatives_, "probability")

    def _probability(self, loyalty: NDArray[np.float64], x: NDArray[np.float64] | None) -> None:
        """Probabilities in the place of loyalties."""
        flat = loyalty.reshape(-1)
        with blame({"covariate": "x"}):
            _loyalty.guadagni_little_probabilities(self._values, len(self.alternatives_), flat, x, flat)

    def predict(
        self, data: Any, x: Any = None, *, customer_id_col: str = "customer_id", datetime_col: str | None = "time",
        alternative_col: str = "alternative", chosen_col: str = "chosen",
    ) -> Any:  # fmt: skip
        """The probability of each alternative on each customer's next occasion: a table with the customer and a column
        for each alternative. ``x``: the covariates of that occasion, an array of alternatives by covariates, or of
        customers by alternatives by covariates."""
        rows = self._choices(data, customer_id_col, datetime_col, alternative_col, chosen_col)
        p = self._loyalty(rows, True)
        self._probability(p, self._next(x, (len(p), p.shape[1], len(self.covariates_))))
        result = {customer_id_col: rows.customers}
        result |= {str(k): p[:, i].copy() for i, k in enumerate(self.alternatives_)}
        return rows.table.new_frame(result)

    def _next(self, x: Any, shape: tuple[int, int, int]) -> NDArray[np.float64] | None:
        if shape[2] == 0 and x is None:
            return None
        try:
            if x is None:
                raise ValueError
            return np.ascontiguousarray(np.broadcast_to(np.asarray(x, dtype=np.float64), shape)).reshape(-1)
        except (TypeError, ValueError):
            raise _columns.bad("x", f"must be an array of shape {shape[1:]} or {shape}") from None

    def simulate(self, n: int, periods: int, seed: int, x: Any = None) -> NDArray[Any]:
        """Draw ``periods`` choices of ``n`` customers: an array of alternatives with a row for each customer. ``x``:
        the covariates, an array of alternatives by covariates, or of customers by periods by these."""
        values = self._fitted()
        n, periods, k = count(n, "n"), count(periods, "periods"), len(self.alternatives_)
        shape = (n * periods, k, len(self.covariates_))
        if x is not None and np.ndim(x) == 4:
            x = np.asarray(x, dtype=np.float64).reshape(-1, *np.shape(x)[2:])
        out = np.empty(n * periods, dtype=np.int64)
        offset = np.arange(n + 1, dtype=np.int64) * periods
        with blame({"covariate": "x"}):
            _loyalty.guadagni_little_simulate(values, k, offset, self._next(x, shape), seed, out)
        return np.array(self.alternatives_)[out].reshape(n, periods)


class _Choices:
    """The choices of a table by customer and time, and how to answer in its form."""

    def __init__(
        self, data: Any, covariates: Sequence[str], names: Sequence[str | None], alternatives: list[Any] | None
    ) -> None:
        customer_id_col, datetime_col, alternative_col, chosen_col = names
        assert customer_id_col is not None and alternative_col is not None and chosen_col is not None
        self.table = _columns.table(data)
        self.long = chosen_col in self.table
        self.chosen_col = chosen_col if self.long else alternative_col
        self.alternatives, code = ranks(self.table, alternative_col)
        if alternatives is not None:
            place = {name: i for i, name in enumerate(alternatives)}
            for i, name in enumerate(self.alternatives.tolist()):
                if name not in place:
                    raise _columns.bad(
                        alternative_col, f"{name!r} is not an alternative of the model", int(np.argmax(code == i))
                    )
            code = np.array([place[name] for name in self.alternatives.tolist()], dtype=np.intp)[code]
            self.alternatives = np.array(alternatives)
        if covariates and not self.long:
            raise _columns.bad("covariates", f"need a row for each alternative, and a column {chosen_col!r}")
        k = len(self.alternatives) if self.long else 1
        found = sequences(self.table, customer_id_col, datetime_col, code if self.long else None)
        self.customers, self.order = found.customers, found.order
        self.covariate: NDArray[np.float64] | None = None
        if not self.long:
            self.offset, self.chosen = found.offset, code[self.order].astype(np.int64)
            return
        self.chosen = self._occasions(k, code, found.groups, chosen_col, alternative_col)
        self.offset = found.offset // k
        if covariates:
            columns = [self.table.float64(name)[self.order] for name in covariates]
            for name, column in zip(covariates, columns, strict=True):
                if not np.isfinite(column).all():
                    row = int(self.order[int(np.argmin(np.isfinite(column)))])
                    raise _columns.bad(name, "must be a finite number", row)
            self.covariate = np.stack(columns, axis=1).reshape(-1)

    def _occasions(
        self, k: int, code: NDArray[np.intp], groups: NDArray[np.intp], chosen_col: str, alternative_col: str
    ) -> NDArray[np.int64]:
        """What was chosen on each occasion, once all have their alternatives."""
        order, n = self.order, len(self.order)
        there = code[order]
        right = (there == np.arange(n) % k) & (groups[order] == groups[order][np.arange(n) // k * k])
        if not right.all() or n % k:
            row = int(order[int(np.argmin(right)) if not right.all() else n - 1])
            raise _columns.bad(alternative_col, "each occasion must have each alternative once", row)
        chosen = self.table.float64(chosen_col)[order].reshape(-1, k)
        right = ((chosen == 0) | (chosen == 1)).all(axis=1) & (chosen.sum(axis=1) == 1)
        if not right.all():
            row = int(order[int(np.argmin(right)) * k])
            raise _columns.bad(chosen_col, "must be 1 for one alternative of each occasion and 0 for the others", row)
        places: NDArray[np.int64] = np.argmax(chosen, axis=1).astype(np.int64)
        return places

    def answer(self, values: NDArray[np.float64], alternatives: Sequence[Any], name: str) -> Any:
        """K values for each occasion, in the rows' order."""
        if self.long:
            out = np.empty(values.size)
            out[self.order] = values.reshape(-1)
            return self.table.column(out, name)
        back = np.empty_like(values)
        back[self.order] = values
        return self.table.frame({str(k): back[:, i].copy() for i, k in enumerate(alternatives)})
