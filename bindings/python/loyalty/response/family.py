"""Other curves from satisfaction to loyalty, and whether L = f(C, S) earns its place beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _frames, _loyalty
from .._errors import StateError, blame, notice
from .._formulas import point_errors
from ._mean_fit import MEASURES, MeanFit, named
from .curve import LoyaltyCurve
from .curve_fit import _BLAME, _COVARIANCES, Covariance, _bits, _constraint_columns, answer_rows

__all__ = ["FAMILIES", "ResponseFamily", "compare_curves", "held_out_deviance"]

Family = Literal["power", "exponential", "logit_linear", "piecewise"]

FAMILIES: tuple[str, ...] = tuple(_loyalty.family_name(family) for family in range(4))
_NAMES = {
    name: tuple(_loyalty.family_param_name(number, p) for p in range(_loyalty.family_params(number)))
    for number, name in enumerate(FAMILIES)
}
_MOST = 7  # parameters
_ERRORS = _MOST + len(MEASURES) + 1  # the thresholds that were sought come last
_COVARIANCE = _ERRORS + _MOST
_POSITIVE = ("exponent",)
_LINE = 8
_MOST_FOLDS = 1000
_REMARKS = {
    "NOTICE_SEPARATED": "parameters run away as they fit the answers perfectly: fix some",
    "NOTICE_NOT_CONVERGED": "the certificate of the optimum fails; the best point found is kept",
}


class ResponseFamily(MeanFit):
    """A curve to compare with :class:`LoyaltyCurve`. Competition multiplies the odds of loyalty in all of them,
    logit L = logit h(s) + competition logit(c); with ``competition`` 0 they have their textbook form L = h(s):

    * "power": floor + (top - floor) s^exponent
    * "exponential": floor + (top - floor) (e^(k s) - 1)/(e^k - 1), k the curvature
    * "logit_linear": Lambda(intercept + slope s), a logistic regression
    * "piecewise": from floor to top in three straight pieces that meet at the thresholds ``first`` and ``second``;
      ``rise_1`` is the share of the rise done at the first, ``rise_2`` the share of the rest done at the second

    Args:
        family: its name, one of :data:`FAMILIES`.
        params: parameters by name, for :meth:`loyalty` without a fit and for those that a fit holds; others have their
            defaults, which make L = s (Lambda(s) for "logit_linear").
    """

    def __init__(self, family: Family = "power", *, params: Mapping[str, float] | None = None) -> None:
        self.family = family
        self.params = params

    def _given(self) -> tuple[int, NDArray[np.float64]]:
        """The family's number, and the parameters of the constructor."""
        number = _number(self.family)
        names = _NAMES[FAMILIES[number]]
        values = np.empty(len(names))
        _loyalty.family_defaults(number, values)
        for name, value in (self.params or {}).items():
            if name not in names:
                raise _columns.bad("params", f"{name!r} is no parameter; there are {', '.join(names)}")
            values[names.index(name)] = value
        return number, values

    def _current(self) -> tuple[int, NDArray[np.float64]]:
        """The same with the fitted parameters, if there are any."""
        if not hasattr(self, "params_"):
            return self._given()
        return _number(self.family), np.array(list(self.params_.values()))

    def loyalty(self, s: Any, c: Any, *, data: Any = None, errors: _columns.Errors = "raise") -> Any:
        """Loyalty in [0, 1] at satisfaction s in [0, 1] and competition c above 0 and below 1."""
        number, params = self._current()
        coerce = _columns.coerce(errors)
        table = _columns.arguments(data, s=s, c=c)
        out = _columns.empty_float64(table.n)
        with point_errors(table.kind == "scalar"):
            _loyalty.family_values(number, params, table.float64("s"), table.float64("c"), out, coerce)
        return table.column(out, "loyalty")

    def fit(
        self, satisfaction: Any, competition: Any, loyal: Any, trials: Any = None, *, weights: Any = None,
        clusters: Any = None, data: Any = None, segment: Any = None, fixed: Sequence[str] = (),
        covariance: Covariance = "binomial", max_iter: int = 200, warm_start: bool = False,
    ) -> Self:  # fmt: skip
        """Estimate the parameters by maximum likelihood (or, with ``covariance="nls"``, by least squares).

        The thresholds of "piecewise" are chosen by their likelihood among the satisfactions that occur (or twelve
        points, where more do). They have no standard error, and those of the others take them as known; but they count
        as parameters.

        Args:
            satisfaction, competition, loyal, trials, weights, clusters, data, segment, covariance, max_iter: as in
                :meth:`LoyaltyCurve.fit`. Constraints have no place in these curves.
            fixed: parameters that keep the constructor's values; ``("competition",)`` gives the textbook form. With a
                single c, ``competition`` is always fixed.
            warm_start: begin at the constructor's values.

        Returns:
            The object itself, with params_, std_errors_, covariance_, log_likelihood_, deviance_, pearson_,
            dispersion_, aic_, bic_, n_params_, n_rows_, n_skipped_, condition_, at_bound_, converged_ and status_.
        """
        number, start = self._given()
        names = _NAMES[FAMILIES[number]]
        if covariance not in _COVARIANCES:
            raise _columns.bad("covariance", f"must be one of {', '.join(map(repr, _COVARIANCES))}, not {covariance!r}")
        bits = 0
        for name in (fixed,) if isinstance(fixed, str) else fixed:
            if name not in names:
                raise _columns.bad("fixed", f"{name!r} is no parameter; there are {', '.join(names)}")
            bits |= 1 << names.index(name)
        table, c = answer_rows(
            competition,
            segment,
            data,
            satisfaction=satisfaction,
            loyal=loyal,
            trials=trials,
            weights=weights,
            clusters=clusters,
        )
        record = np.empty(_loyalty.family_fit_record())
        with blame(_BLAME):
            status = _loyalty.family_fit(
                number, table.float64("satisfaction"), c, _optional(table, "trials"), table.float64("loyal"),
                _optional(table, "weights"), table.int64("clusters") if "clusters" in table else None, start,
                warm_start, bits, _COVARIANCES.index(covariance), max_iter, record,
            )  # fmt: skip
        self._keep(names, record, status)
        self._backend = table.backend
        notice(status, self._remark(status))
        return self

    def _keep(self, names: Sequence[str], record: NDArray[np.float64], status: str) -> None:
        self._keep_estimates(names, record, record[_ERRORS:], record[_COVARIANCE:])
        self._keep_measures(names, record[_MOST : _ERRORS - 1], status)
        self.profiled_ = named(names, record[_ERRORS - 1])

    def _remark(self, status: str) -> str | None:
        if status == "NOTICE_AT_BOUND":
            return f"{', '.join(self.at_bound_)}: at the edge of its range, without a standard error"
        if status == "NOTICE_SKIPPED":
            return f"{self.n_skipped_} rows without trials or weight were left out"
        return _REMARKS.get(status)

    def summary(self, level: float = 0.95) -> Any:
        """Estimate, standard error and confidence interval of each parameter that was not fixed: a table with the
        columns ``parameter``, ``estimate``, ``std_error``, ``lower`` and ``upper``. Intervals use Student's t with
        ``df_`` (normal where that is infinite). That of the exponent is symmetric for its logarithm; the others are
        clipped nowhere and may reach beyond a bound."""
        if not hasattr(self, "params_"):
            raise StateError(f"this {type(self).__name__} is not fitted: call fit", code="ERR_STATE")
        free = {name: value for name, value in self.params_.items() if name not in self.fixed_}
        return _frames.summary(free, self.std_errors_, level, positive=_POSITIVE, backend=self._backend, df=self.df_)


def _number(family: str) -> int:
    if family not in FAMILIES:
        raise _columns.bad("family", f"must be one of {', '.join(map(repr, FAMILIES))}, not {family!r}")
    return FAMILIES.index(family)


def _optional(table: _columns.Table, name: str) -> NDArray[np.float64] | None:
    return table.float64(name) if name in table else None


def held_out_deviance(
    model: LoyaltyCurve | ResponseFamily, satisfaction: Any, competition: Any, loyal: Any, trials: Any = None, *,
    constraints: Any = None, weights: Any = None, data: Any = None, segment: Any = None,
) -> float:  # fmt: skip
    """The deviance of rows under a model that has been fitted to others,
    2 sum w n [ybar ln(ybar/L) + (1 - ybar) ln((1 - ybar)/(1 - L))]: the smaller, the better it foresees them.

    Arguments as in :meth:`LoyaltyCurve.fit`; ``constraints`` only for a curve that has some. Infinite where the model
    says 0 or 1 and an answer contradicts it.
    """
    columns = _constraint_columns(constraints)
    named: dict[str, Any] = {f"constraints[{j}]": k for j, k in enumerate(columns)}
    table, c = answer_rows(
        competition, segment, data, satisfaction=satisfaction, loyal=loyal, trials=trials, weights=weights, **named
    )
    s, y = table.float64("satisfaction"), table.float64("loyal")
    n, w = _optional(table, "trials"), _optional(table, "weights")
    with blame(_BLAME):
        if isinstance(model, ResponseFamily):
            return _loyalty.compare_deviance_family(*model._current(), s, c, n, y, w)
        params = model._params()
        if len(params[5]) != len(columns):
            raise _columns.bad("constraints", f"must be {len(params[5])} columns, as many as the model has")
        k = np.concatenate([table.float64(name) for name in named]) if named else None
        return _loyalty.compare_deviance_curve(*params, s, c, k, n, y, w)


def _folds(table: _columns.Table, folds: Any, seed: int) -> NDArray[np.int64] | None:
    """Which rows are held out together; -1 for those that never are."""
    if "test" in table and folds is not None:
        raise _columns.bad("test", "must not be given together with folds")
    if "test" in table:
        chosen = table.float64("test")
        wrong = ~np.isin(chosen, (0.0, 1.0))
        if wrong.any():
            raise _columns.bad("test", "must be true or false", int(np.argmax(wrong)))
        return np.where(chosen == 1.0, 0, -1).astype(np.int64)
    if folds is None:
        return None
    if "folds" in table:
        known, where = np.unique(table.numpy("folds"), return_inverse=True)
        if not 2 <= len(known) <= _MOST_FOLDS:
            raise _columns.bad("folds", f"must have from 2 to {_MOST_FOLDS} distinct values")
        return where.reshape(-1).astype(np.int64)
    fold = np.empty(table.n, dtype=np.int64)
    _loyalty.compare_folds(folds, seed, table.int64("clusters") if "clusters" in table else None, fold)
    return fold


def compare_curves(
    satisfaction: Any, competition: Any, loyal: Any, trials: Any = None, *, constraints: Any = None,
    weights: Any = None, clusters: Any = None, data: Any = None, segment: Any = None,
    curve: LoyaltyCurve | None = None, fixed: Sequence[str] = ("delta",), ridge: float = 0.0,
    families: Sequence[str] = FAMILIES, plain: bool = False, test: Any = None, folds: Any = None, seed: int = 0,
) -> Any:  # fmt: skip
    """Fit :class:`LoyaltyCurve` and the families of :class:`ResponseFamily` to the same rows.

    Args:
        satisfaction, competition, loyal, trials, weights, data, segment: as in :meth:`LoyaltyCurve.fit`.
        constraints: for the curve alone; the families have no place for them.
        clusters: whole numbers, such as the customer: rows with the same one share a fold.
        curve: where its fixed parameters stay.
        fixed, ridge: of the curve, as in :meth:`LoyaltyCurve.fit`.
        families: which to compare with.
        plain: the families in their textbook form, without competition.
        test: a column, true for the rows that are held out; measures are then those of the fit to the others.
        folds: hold out each of so many random parts in turn; or a column, such as the market: hold out in turn the rows
            with each of its values. Measures are those of the fit to all rows.
        seed: of the random parts.

    Returns:
        A table of the kind that came in, the curve first, with the columns ``model``, ``parameters`` (how many are
        free), ``log_likelihood``, ``aic``, ``bic``, ``deviance``, ``held_out_deviance`` (NaN when nothing is held out,
        or when a fit without the rows has no answer) and ``status``. A family that cannot be fitted has NaN.
    """
    columns = _constraint_columns(constraints)
    named: dict[str, Any] = {f"constraints[{j}]": k for j, k in enumerate(columns)}
    table, c = answer_rows(
        competition, segment, data, satisfaction=satisfaction, loyal=loyal, trials=trials, weights=weights,
        clusters=clusters, test=test, folds=None if isinstance(folds, (int, np.integer)) else folds, **named,
    )  # fmt: skip
    *start, b = (curve if curve is not None else LoyaltyCurve())._given_params()
    if len(b) not in (0, len(columns)):
        raise _columns.bad("b", f"has {len(b)} elements, but there are {len(columns)} constraints")
    bits = 0
    for name in (families,) if isinstance(families, str) else families:
        bits |= 1 << _number(name)
    k = np.concatenate([table.float64(name) for name in named]) if named else None
    line = np.empty(_LINE * (1 + len(FAMILIES)))
    with blame(_BLAME | {"fold": "folds"}):
        count = _loyalty.compare_curves(
            table.float64("satisfaction"), c, k, len(columns), _optional(table, "trials"), table.float64("loyal"),
            _optional(table, "weights"), _folds(table, folds, seed), np.concatenate([start, b]),
            _bits(fixed, len(columns)), ridge, bits, plain, line,
        )  # fmt: skip
    found = line[: count * _LINE].reshape(count, _LINE)
    names = np.array([*FAMILIES, "loyalty_curve"])  # -1 is the last
    return table.new_frame(
        {
            "model": names[found[:, 0].astype(np.int64)],
            "parameters": found[:, 1].astype(np.int64),
            "log_likelihood": found[:, 2].copy(),
            "aic": found[:, 3].copy(),
            "bic": found[:, 4].copy(),
            "deviance": found[:, 5].copy(),
            "held_out_deviance": found[:, 6].copy(),
            "status": np.array([_loyalty.status_name(int(status)) for status in found[:, 7]]),
        }
    )
