"""The fit of the curve L = f(C, S) to answers, and what can be asked of it: intervals, thresholds, tests, residuals."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, Self, cast

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _frames, _loyalty
from .._errors import StateError, blame, notice
from .._formulas import point_errors
from ._mean_fit import MEASURES, MeanFit
from .competition import competition_index

__all__ = ["CurveFit", "CurveGoodness", "CurveLikelihood", "CurveTest", "Estimate"]

Covariance = Literal["binomial", "quasi", "robust", "nls"]

_COVARIANCES = ("binomial", "quasi", "robust", "nls")
_NAMES = tuple(_loyalty.curve_param_name(p) for p in range(5))
_MOST = 8  # constraints
_ERRORS = 1 + 5 + _MOST + len(MEASURES)
_COVARIANCE = _ERRORS + 5 + _MOST
_BLAME = {
    "s": "satisfaction", "c": "competition", "weight": "weights", "cluster": "clusters", "constraint": "constraints",
    "most_iterations": "max_iter",
}  # fmt: skip
_POINT = {"constraint": "constraints", "target": "l"}
_VECTORS = ("constraints",)
_NO_INTERVAL = "the fit has no covariance, so there are no intervals"
_REMARKS = {
    "NOTICE_SEPARATED": "parameters run away as they fit the answers perfectly: fix some, or use a ridge",
    "NOTICE_NOT_CONVERGED": "the certificate of the optimum fails; the best point found is kept",
}


class Estimate(NamedTuple):
    """A number between 0 and 1 with its standard error and interval."""

    value: float
    std_error: float
    lower: float
    upper: float


class CurveTest(NamedTuple):
    """A likelihood-ratio test; ``boundary`` of the ``df`` restrictions hold a parameter at the edge of its range."""

    statistic: float
    p_value: float
    df: int
    boundary: int


class CurveLikelihood(NamedTuple):
    """A log-likelihood without binomial coefficients, its derivatives and the expected information."""

    value: float
    score: dict[str, float]
    information: NDArray[np.float64]


class CurveGoodness(NamedTuple):
    """How well a curve fits: sums over cells, their chi-squared p-values, and a table with a row for each cell."""

    pearson: float
    deviance: float
    df: int
    p_pearson: float
    p_deviance: float
    cells: Any


class CurveFit(MeanFit, ABC):
    """The part of :class:`LoyaltyCurve` that fits the curve; see there."""

    _record: NDArray[np.float64]

    @abstractmethod
    def _params(self) -> tuple[float, float, float, float, float, NDArray[np.float64]]:
        """The fitted parameters, or those of the constructor: alpha, beta, gamma, a, delta and b."""

    @abstractmethod
    def _given_params(self) -> tuple[float, float, float, float, float, NDArray[np.float64]]:
        """Those of the constructor."""

    @abstractmethod
    def _constraints(self, constraints: Any, count: int, name: str = "constraints") -> list[Any]:
        """One entry for each of the ``count`` elements of b."""

    @abstractmethod
    def _one(self, given: list[Any]) -> NDArray[np.float64] | None:
        """The constraints of one point as the extension takes them."""

    def _fitted_record(self) -> NDArray[np.float64]:
        if not hasattr(self, "_record"):
            raise StateError(f"this {type(self).__name__} is not fitted: call fit", code="ERR_STATE")
        return self._record

    def fit(
        self, satisfaction: Any, competition: Any, loyal: Any, trials: Any = None, *, constraints: Any = None,
        weights: Any = None, clusters: Any = None, data: Any = None, segment: Any = None,
        fixed: Sequence[str] = ("delta",), covariance: Covariance = "binomial", ridge: float = 0.0,
        max_iter: int = 200, warm_start: bool = False,
    ) -> Self:  # fmt: skip
        """Estimate the parameters by maximum likelihood (or, with ``covariance="nls"``, by least squares).

        Args:
            satisfaction: in [0, 1], padded (see :func:`satisfaction`).
            competition: above 0 and below 1: a number, a column, or a dict of market shares by segment.
            loyal: how many of the trials were loyal; without ``trials`` yes or no (1 or 0), or a fraction.
            trials: customers in each row; rows with 0 are left out, with a notice.
            constraints: one column in [0, 1], or a list of columns; each brings a parameter b.
            weights: how often a row counts.
            clusters: whole numbers; for ``covariance="robust"`` answers with the same one may depend on each other.
            data: a table in which the arguments may name columns.
            segment: with market shares as ``competition``, the column that says which market a row is in.
            fixed: parameters that keep the constructor's values: "alpha", "beta", "gamma", "a", "delta", "b" for all
                constraints. With fewer than two different c, gamma is fixed at 1 and a at 0.
            covariance: what standard errors assume: "binomial" answers; "quasi": scatter estimated from the data;
                "robust" to dependence within clusters; "nls": least squares.
            ridge: 0 or above; a prior that keeps parameters finite where the data are separated.
            max_iter: of Fisher's scoring.
            warm_start: begin at the constructor's values.

        Returns:
            The object itself, with params_, std_errors_, covariance_, log_likelihood_, deviance_, pearson_,
            dispersion_, aic_, bic_, n_rows_, n_skipped_, condition_, n_iter_, at_bound_, converged_ and status_.
        """
        if covariance not in _COVARIANCES:
            raise _columns.bad("covariance", f"must be one of {', '.join(map(repr, _COVARIANCES))}, not {covariance!r}")
        columns = _constraint_columns(constraints)
        named: dict[str, Any] = {f"constraints[{j}]": k for j, k in enumerate(columns)}
        table, c = answer_rows(
            competition, segment, data, satisfaction=satisfaction, loyal=loyal, trials=trials, weights=weights,
            clusters=clusters, **named,
        )  # fmt: skip
        *start, b = self._given_params()
        if len(b) not in (0, len(columns)):
            raise _columns.bad("b", f"has {len(b)} elements, but there are {len(columns)} constraints")
        record = np.empty(_loyalty.curve_fit_record())
        k = np.concatenate([table.float64(name) for name in named]) if named else None
        with blame(_BLAME):
            status = _loyalty.curve_fit(
                table.float64("satisfaction"), c, k, len(columns),
                None if trials is None else table.float64("trials"), table.float64("loyal"),
                None if weights is None else table.float64("weights"),
                None if clusters is None else table.int64("clusters"),
                np.array([*start, *b]), warm_start, _bits(fixed, len(columns)), _COVARIANCES.index(covariance),
                ridge, max_iter, record,
            )  # fmt: skip
        self._keep(record, status, table.backend)
        notice(status, self._remark(status))
        return self

    def _keep(self, record: NDArray[np.float64], status: str, backend: str | None) -> None:
        count = int(record[0])
        names = _parameters(count)
        self._record = record
        self._backend = backend
        self._keep_estimates(names, record[1:], record[_ERRORS:], record[_COVARIANCE:])
        self._keep_measures(names, record[6 + _MOST : _ERRORS], status)

    def _remark(self, status: str) -> str | None:
        if status == "NOTICE_AT_BOUND":
            return f"{', '.join(self.at_bound_)}: at the edge of its range, without a standard error"
        if status == "NOTICE_WEAK_ID" and self.condition_ <= 1e8:
            return "competition has a single value: gamma and a were fixed"
        if status == "NOTICE_SKIPPED":
            return f"{self.n_skipped_} rows without trials or weight were left out"
        return _REMARKS.get(status)

    def summary(self, level: float = 0.95) -> Any:
        """Estimate, standard error and confidence interval of each parameter that was not fixed: a table with the
        columns ``parameter``, ``estimate``, ``std_error``, ``lower`` and ``upper``. Intervals use Student's t with
        ``df_`` degrees of freedom (normal where those are infinite). That of beta is symmetric for its logarithm; the
        others are clipped nowhere and may reach beyond a bound."""
        record = self._fitted_record()
        lower, upper = (np.empty(len(self.params_)) for _ in range(2))
        _loyalty.curve_fit_confidence(record, _frames.confidence(level), lower, upper)
        free = [(p, name) for p, name in enumerate(self.params_) if name not in self.fixed_]
        at = [p for p, _ in free]
        columns = {
            "parameter": [name for _, name in free],
            "estimate": [self.params_[name] for _, name in free],
            "std_error": [self.std_errors_[name] for _, name in free],
            "lower": lower[at].tolist(),
            "upper": upper[at].tolist(),
        }
        return _frames.new_frame(columns, self._backend)

    def predict(
        self, s: Any, c: Any, constraints: Any = None, *, level: float = 0.95, data: Any = None,
        errors: _columns.Errors = "raise",
    ) -> Any:  # fmt: skip
        """Loyalty with its uncertainty: a table with the columns ``loyalty``, ``std_error``, ``lower`` and ``upper``
        (an :class:`Estimate` for numbers). The interval is for the share, not for one customer's answer."""
        record = self._fitted_record()
        given = self._constraints(constraints, int(record[0]))
        columns: dict[str, Any] = {f"constraints[{j}]": k for j, k in enumerate(given)}
        coerce = _columns.coerce(errors)
        table = _columns.arguments(data, s=s, c=c, **columns)
        if table.kind == "scalar" and not coerce:
            one = np.array([table.float64(name).item() for name in columns]) if columns else None
            with point_errors(True, _POINT, _VECTORS):
                status, *found = _loyalty.curve_fit_predict_at(
                    record, table.float64("s").item(), table.float64("c").item(), one, _frames.confidence(level)
                )
            notice(status, _NO_INTERVAL)
            return Estimate(*found)
        value, error, low, high = out = [_columns.empty_float64(table.n) for _ in range(4)]
        k = np.concatenate([table.float64(name) for name in columns]) if columns else None
        with point_errors(table.kind == "scalar", _POINT):
            status, _ = _loyalty.curve_fit_predict(
                record, table.float64("s"), table.float64("c"), k, _frames.confidence(level), value, error, low, high,
                coerce,
            )  # fmt: skip
        notice(status, _NO_INTERVAL)
        if table.kind == "scalar":
            return Estimate(*(column[0].item() for column in out))
        return table.frame(dict(zip(("loyalty", "std_error", "lower", "upper"), out, strict=True)))

    def required_satisfaction_interval(
        self, l: float, c: float, constraints: Any = None, *, level: float = 0.95  # noqa: E741
    ) -> Estimate:  # fmt: skip
        """The satisfaction needed for loyalty ``l``, with its uncertainty."""
        record = self._fitted_record()
        k = self._one(self._constraints(constraints, int(record[0])))
        with point_errors(True, _POINT, _VECTORS):
            status, *found = _loyalty.curve_fit_required(record, l, c, k, _frames.confidence(level))
        notice(status, _NO_INTERVAL if status == "NOTICE_WEAK_ID" and found[0] < 1 else None)
        return Estimate(*found)

    def threshold_intervals(self, c: float, *, tau: float = 1.0, level: float = 0.95) -> tuple[Estimate, ...]:
        """The thresholds of :meth:`thresholds` with their uncertainty."""
        status, count, *found = _loyalty.curve_fit_thresholds(self._fitted_record(), c, tau, _frames.confidence(level))
        none = "the slope of free choice does not pass tau anywhere"
        notice(status, none if status == "NOTICE_NONE" else _NO_INTERVAL)
        return tuple(Estimate(*cast("list[float]", found[4 * i : 4 * i + 4])) for i in range(count))

    def likelihood_ratio_test(self, restricted: CurveFit) -> CurveTest:
        """Test against a fit of the same data in which more parameters are fixed. Parameters fixed at the edge of their
        range (a, delta, b or gamma at 0) make the statistic a mixture of chi-squared ones (Self and Liang 1987)."""
        statistic, p_value, df, boundary = _loyalty.curve_fit_likelihood_ratio(
            self._fitted_record(), restricted._fitted_record()
        )
        return CurveTest(statistic, p_value, int(df), int(boundary))

    def total_log_likelihood(
        self, satisfaction: Any, competition: Any, loyal: Any, trials: Any = None, *, constraints: Any = None,
        weights: Any = None, data: Any = None, segment: Any = None,
    ) -> CurveLikelihood:  # fmt: skip
        """The log-likelihood of answers under the parameters of the curve (fitted, or else the constructor's), with its
        score and expected information: for a profile, or for answers that were held out. Arguments as in :meth:`fit`.
        -inf where loyalty of 0 or 1 contradicts an answer."""
        params = self._params()
        names = _parameters(len(params[5]))
        columns = self._constraints(constraints, len(params[5]))
        named: dict[str, Any] = {f"constraints[{j}]": k for j, k in enumerate(columns)}
        table, c = answer_rows(
            competition, segment, data, satisfaction=satisfaction, loyal=loyal, trials=trials, weights=weights, **named
        )
        score, information = np.empty(len(names)), np.empty((len(names), len(names)))
        with blame(_BLAME):
            value = _loyalty.curve_log_likelihood(
                *params, table.float64("satisfaction"), c,
                np.concatenate([table.float64(name) for name in named]) if named else None,
                None if trials is None else table.float64("trials"), table.float64("loyal"),
                None if weights is None else table.float64("weights"), score, information.reshape(-1),
            )  # fmt: skip
        return CurveLikelihood(value, dict(zip(names, score.tolist(), strict=True)), information)

    def goodness_of_fit(
        self, satisfaction: Any, competition: Any, loyal: Any, trials: Any = None, *, constraints: Any = None,
        weights: Any = None, data: Any = None, segment: Any = None,
    ) -> CurveGoodness:  # fmt: skip
        """How well each cell (distinct satisfaction, competition and constraints) is fitted; arguments as in
        :meth:`fit`. ``cells`` has the columns satisfaction, competition, trials, loyal, expected, pearson and deviance
        (residuals)."""
        record = self._fitted_record()
        columns = self._constraints(constraints, int(record[0]))
        named: dict[str, Any] = {f"constraints[{j}]": k for j, k in enumerate(columns)}
        table, c = answer_rows(
            competition, segment, data, satisfaction=satisfaction, loyal=loyal, trials=trials, weights=weights, **named
        )
        row = np.empty(table.n, dtype=np.int64)
        out = [_columns.empty_float64(table.n) for _ in range(5)]
        s = table.float64("satisfaction")
        k = np.concatenate([table.float64(name) for name in named]) if named else None
        if named and k is None:
            raise _columns.bad("constraints", "must be given, as the fit has some")
        with blame(_BLAME):
            status, count, pearson, deviance, df, p_pearson, p_deviance = _loyalty.curve_fit_goodness(
                record, s, c, k, None if trials is None else table.float64("trials"), table.float64("loyal"),
                None if weights is None else table.float64("weights"), row, *out,
            )  # fmt: skip
        notice(status, "there are no more cells than free parameters" if status != "OK" else None)
        first = row[:count]
        names = ("trials", "loyal", "expected", "pearson", "deviance")
        cells = {"satisfaction": s[first], "competition": c[first]}
        cells |= {name: column[:count].copy() for name, column in zip(names, out, strict=True)}
        return CurveGoodness(pearson, deviance, int(df), p_pearson, p_deviance, table.new_frame(cells))


def _parameters(constraints: int) -> list[str]:
    return [*_NAMES, *(f"b[{j}]" for j in range(constraints))]


def _constraint_columns(constraints: Any) -> list[Any]:
    if constraints is None:
        return []
    if isinstance(constraints, np.ndarray) and constraints.ndim == 2:
        constraints = list(constraints.T)
    if not isinstance(constraints, (list, tuple)):
        return [constraints]
    if constraints and all(isinstance(k, (int, float)) for k in constraints):
        return [constraints]
    return list(constraints)


def _bits(fixed: Sequence[str], constraints: int) -> int:
    names = _parameters(constraints)
    bits = 0
    for name in (fixed,) if isinstance(fixed, str) else fixed:
        if name == "b":
            bits |= sum(1 << (5 + j) for j in range(constraints))
        elif name in names:
            bits |= 1 << names.index(name)
        else:
            raise _columns.bad("fixed", f"{name!r} is no parameter; there are {', '.join(names)}")
    return bits


def answer_rows(
    competition: Any, segment: Any, data: Any, **columns: Any
) -> tuple[_columns.Table, NDArray[np.float64]]:  # fmt: skip
    """The columns, and the competition of each row, which may come from the market shares of its segment."""
    if not isinstance(competition, Mapping):
        table = _columns.arguments(data, competition=competition, **columns)
        return table, table.float64("competition")
    if segment is None:
        raise _columns.bad("segment", "must say which market each row is in, as competition is a dict of shares")
    table = _columns.arguments(data, segment=segment, **columns)
    return table, _by_segment(table.numpy("segment"), competition)


def _by_segment(segments: NDArray[Any], shares: Mapping[Any, Any]) -> NDArray[np.float64]:
    """Competition of each row from the market shares of its segment."""
    known, where = np.unique(segments, return_inverse=True)
    index = np.empty(len(known))
    for i, name in enumerate(known.tolist()):
        if name not in shares:
            raise _columns.bad("competition", f"has no market shares for the segment {name!r}")
        index[i] = competition_index(shares[name])
    result: NDArray[np.float64] = index[where.reshape(-1)]
    return result
