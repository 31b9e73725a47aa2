"""The cusp fitted to answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _frames, _loyalty
from .._errors import StateError, blame, notice
from .._formulas import point_errors
from .._params import Estimator
from .curve_fit import _constraint_columns
from .cusp import cusp_fold, new_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["CuspModel", "LinearFit"]

_MOST = 16  # parameters
_SCALARS = (
    "log_likelihood", "aic", "bic", "linear_params", "linear_log_likelihood", "linear_aic", "linear_bic",
    "linear_r_squared", "rows", "cells", "weight", "bistable", "at_bound", "converged", "condition", "decrement",
    "evaluations",
)  # fmt: skip
_BLAME = {"y": "loyalty", "weight": "weights", "most_evaluations": "max_iter"}
_AT_BOUND = {0: None, -1: "line", 1: "two_values"}
_RULES = ("delay", "maxwell", "mean")
_REMARKS = {
    "NOTICE_SEPARATED": "loyalty takes two values, or nearly: use a logistic regression",
    "NOTICE_NOT_CONVERGED": "the certificate of the optimum fails; the best point found is kept",
    "NOTICE_AT_BOUND": "the data are as a straight line with normal errors would have them: prefer linear_",
}


class LinearFit(NamedTuple):
    """The straight line through the same data: least squares on all columns, normal errors of one variance."""

    log_likelihood: float
    aic: float
    bic: float
    r_squared: float
    params: int


class CuspModel(Estimator):
    """Loyalty that jumps, estimated: the stochastic cusp by maximum likelihood (Cobb 1981).

    With ``normal`` columns x (what moves loyalty: satisfaction) and ``splitting`` columns v (what makes it jump: the
    cost of switching), a = a0 + a1 x1 + ..., b = b0 + b1 v1 + ... and z = w0 + w1 loyalty (w1 > 0), z has the density
    of :func:`cusp_density`. ``normal`` and ``splitting`` are a column or a list of up to six; a column may be in both.
    With ``data``, arguments may be names of its columns.

    Attributes, once fitted:
        params_, std_errors_: dicts by parameter: w0, w1, a0, a1, ..., b0, b1, ...
        covariance_: of the parameters, in that order.
        log_likelihood_, aic_, bic_: of the loyalty columns, weighted.
        linear_: the :class:`LinearFit` of the same data, to compare them with.
        bistable_: the share of the weight with two stable states.
        limit_: the simpler law that the data run away to: ``"line"``, a straight line with normal errors, or
            ``"two_values"``, loyalty of two values only; else None.
        n_rows_, n_cells_, n_iter_, condition_, converged_, status_.
    """

    params_: dict[str, float]
    std_errors_: dict[str, float]
    covariance_: NDArray[np.float64]
    log_likelihood_: float
    status_: str
    converged_: bool
    _normal: int
    _backend: str | None = None

    def __init__(self) -> None:
        pass

    def fit(
        self, loyalty: Any, normal: Any = None, splitting: Any = None, *, weights: Any = None, data: Any = None,
        max_iter: int = 200,
    ) -> Self:  # fmt: skip
        """Estimate the parameters.

        Args:
            loyalty: the state, on any scale; for instance a score or a share of wallet.
            normal: what moves it.
            splitting: what decides whether it jumps.
            weights: how often a row counts.
            data: a table in which the arguments may name columns.
            max_iter: most evaluations of the likelihood from each of three starts.
        """
        x, v = _names("normal", normal), _names("splitting", splitting)
        table = _columns.arguments(data, loyalty=loyalty, weights=weights, **x, **v)
        record = np.empty(_loyalty.cusp_record())
        with blame(_BLAME):
            status = _loyalty.cusp_fit(
                table.float64("loyalty"), _stack(table, x), len(x), _stack(table, v), len(v),
                None if weights is None else table.float64("weights"), max_iter, record,
            )  # fmt: skip
        self._keep(record, len(x), len(v), status)
        self._backend = table.backend
        notice(status, _REMARKS.get(status))
        return self

    @classmethod
    def from_params(cls, *, w0: float, w1: float, a: Sequence[float], b: Sequence[float]) -> Self:
        """A model with given parameters: ``a`` is a0 and one number for each normal column, ``b`` the same for the
        splitting ones. It has no standard errors and no log-likelihood."""
        model = cls()
        values = [w0, w1, *a, *b]
        if not a or not b:
            raise _columns.bad("a" if not a else "b", "must begin with the constant")
        nothing = np.empty(0)
        _loyalty.cusp_log_likelihood(
            np.array(values, dtype=np.float64), len(a) - 1, nothing, None, None, nothing, False
        )
        names = _parameters(len(a) - 1, len(b) - 1)
        model._normal = len(a) - 1
        model.params_ = dict(zip(names, map(float, values), strict=True))
        model.std_errors_ = dict.fromkeys(names, math.nan)
        model.covariance_ = np.full((len(names), len(names)), np.nan)
        model.log_likelihood_ = math.nan
        model.status_ = "OK"
        model.converged_ = False
        return model

    def _keep(self, record: NDArray[np.float64], normal: int, splitting: int, status: str) -> None:
        names = _parameters(normal, splitting)
        n = len(names)
        found = dict(zip(_SCALARS, record.tolist(), strict=False))
        estimate, std_error, covariance = np.split(record[len(_SCALARS) :], [_MOST, 2 * _MOST])
        self._normal = normal
        self.params_ = dict(zip(names, estimate[:n].tolist(), strict=True))
        self.std_errors_ = dict(zip(names, std_error[:n].tolist(), strict=True))
        self.covariance_ = covariance[: n * n].reshape(n, n).copy()
        self.log_likelihood_ = found["log_likelihood"]
        self.aic_ = found["aic"]
        self.bic_ = found["bic"]
        self.linear_ = LinearFit(
            found["linear_log_likelihood"], found["linear_aic"], found["linear_bic"], found["linear_r_squared"],
            int(found["linear_params"]),
        )  # fmt: skip
        self.bistable_ = found["bistable"]
        self.limit_ = _AT_BOUND[int(found["at_bound"])]
        self.n_rows_ = int(found["rows"])
        self.n_cells_ = int(found["cells"])
        self.n_iter_ = int(found["evaluations"])
        self.condition_ = found["condition"]
        self.converged_ = bool(found["converged"])
        self.status_ = status

    def _fitted(self) -> NDArray[np.float64]:
        if not hasattr(self, "params_"):
            raise StateError("this CuspModel is not fitted: call fit or from_params", code="ERR_STATE")
        return np.array(list(self.params_.values()))

    def summary(self, level: float = 0.95) -> Any:
        """Estimate, standard error and confidence interval of each parameter: a table with the columns ``parameter``,
        ``estimate``, ``std_error``, ``lower`` and ``upper``. The interval of w1 is symmetric for its logarithm."""
        self._fitted()
        return _frames.summary(self.params_, self.std_errors_, level, positive=("w1",), backend=self._backend)

    # ---- rows ----

    def _rows(self, normal: Any, splitting: Any, data: Any, loyalty: Any = None) -> tuple[_columns.Table, Any, Any]:
        """The table, and both factors as the extension takes them."""
        x, v = _names("normal", normal), _names("splitting", splitting)
        for name, got, want in (
            ("normal", len(x), self._normal),
            ("splitting", len(v), len(self.params_) - 4 - self._normal),
        ):
            if got != want:
                raise _columns.bad(name, f"must have {want} columns, as the model has, not {got}")
        table = _columns.arguments(data, loyalty=loyalty, **x, **v)
        return table, _stack(table, x), _stack(table, v)

    def controls(
        self, normal: Any = None, splitting: Any = None, *, data: Any = None, errors: _columns.Errors = "raise"
    ) -> Any:
        """The controls of each row: a table with the columns ``a`` and ``b``."""
        params = self._fitted()
        table, x, v = self._rows(normal, splitting, data)
        a, b = _columns.empty_float64(table.n), _columns.empty_float64(table.n)
        with point_errors(table.kind == "scalar"):
            _loyalty.cusp_controls(params, self._normal, x, v, a, b, _columns.coerce(errors))
        return table.frame({"a": a, "b": b})

    def equilibria(
        self, normal: Any = None, splitting: Any = None, *, data: Any = None, errors: _columns.Errors = "raise"
    ) -> Any:
        """The states at rest on the scale of loyalty: a table with the columns ``low``, ``middle`` (the unstable one,
        NaN where there is none) and ``high``."""
        params = self._fitted()
        table, x, v = self._rows(normal, splitting, data)
        a, b, low, middle, high = (_columns.empty_float64(table.n) for _ in range(5))
        coerce = _columns.coerce(errors)
        with point_errors(table.kind == "scalar"):
            _loyalty.cusp_controls(params, self._normal, x, v, a, b, coerce)
            _loyalty.cusp_solve_batch(a, b, low, middle, high, coerce)
        w0, w1 = params[:2]
        states = {"low": low, "middle": middle, "high": high}
        return table.frame({name: (z - w0) / w1 for name, z in states.items()})

    def predict(
        self, normal: Any = None, splitting: Any = None, loyalty: Any = None, *,
        rule: Literal["delay", "maxwell", "mean"] = "maxwell", data: Any = None, errors: _columns.Errors = "raise",
    ) -> Any:  # fmt: skip
        """Predicted loyalty of each row. With two stable states, ``"maxwell"`` is the higher mode of the density,
        ``"delay"`` the one on the side on which ``loyalty`` is (give an earlier one: with the answer itself the fit
        flatters); or ``"mean"`` of the density, everywhere."""
        params = self._fitted()
        if rule not in _RULES:
            raise _columns.bad("rule", f"must be one of {', '.join(map(repr, _RULES))}, not {rule!r}")
        if rule == "delay" and loyalty is None:
            raise _columns.bad("loyalty", "must be given for rule='delay': the state stays on the side where it was")
        table, x, v = self._rows(normal, splitting, data, loyalty)
        out = _columns.empty_float64(table.n)
        with point_errors(table.kind == "scalar", _BLAME):
            _loyalty.cusp_predict(
                params, self._normal, None if loyalty is None else table.float64("loyalty"), x, v, _RULES.index(rule),
                out, _columns.coerce(errors),
            )  # fmt: skip
        return table.column(out, "loyalty")

    def log_likelihood(
        self, loyalty: Any, normal: Any = None, splitting: Any = None, *, data: Any = None,
        errors: _columns.Errors = "raise",
    ) -> Any:  # fmt: skip
        """The log-likelihood of each row."""
        params = self._fitted()
        table, x, v = self._rows(normal, splitting, data, loyalty)
        out = _columns.empty_float64(table.n)
        with point_errors(table.kind == "scalar", _BLAME):
            _loyalty.cusp_log_likelihood(
                params, self._normal, table.float64("loyalty"), x, v, out, _columns.coerce(errors)
            )
        return table.column(out, "log_likelihood")

    def plot(self, normal: Any = None, splitting: Any = None, *, data: Any = None, ax: Axes | None = None) -> Axes:
        """Draw the rows in the plane of the controls, with the region in which there are two stable states. Needs
        matplotlib."""
        self._fitted()
        table, x, v = self._rows(normal, splitting, data)
        a, b = _columns.empty_float64(table.n), _columns.empty_float64(table.n)
        _loyalty.cusp_controls(self._fitted(), self._normal, x, v, a, b, False)
        ax = new_axes() if ax is None else ax
        edge = np.linspace(0.0, max(b.max(initial=0.0), 1.0) * 1.1, 101)
        fold = cusp_fold(edge)
        ax.fill_betweenx(edge, -fold, fold, color="C0", alpha=0.2, linewidth=0)
        ax.plot(a, b, ".", color="C1", markersize=3)
        ax.set_xlabel("normal control a")
        ax.set_ylabel("splitting control b")
        return ax


def _parameters(normal: int, splitting: int) -> list[str]:
    return ["w0", "w1", *(f"a{j}" for j in range(normal + 1)), *(f"b{j}" for j in range(splitting + 1))]


def _names(factor: str, columns: Any) -> dict[str, Any]:
    """The columns of a factor by the names that errors give them."""
    return {f"{factor}[{j}]": column for j, column in enumerate(_constraint_columns(columns))}


def _stack(table: _columns.Table, names: dict[str, Any]) -> NDArray[np.float64] | None:
    return np.concatenate([table.float64(name) for name in names]) if names else None
