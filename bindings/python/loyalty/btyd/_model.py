"""What all model classes share: scikit-learn's conventions, fitted values, units of time, and the model file."""

from __future__ import annotations

import inspect
import math
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeAlias

import numpy as np

from .. import _columns, _frames, _loyalty
from .._columns import FloatArray, Table
from .._errors import StateError
from .._params import Estimator

if TYPE_CHECKING:
    from ._covariates import Covariates
    from .information import ModelTest

__all__ = ["Model", "Progress", "Watch", "history", "period_number", "thread_count", "unit_number"]

Progress: TypeAlias = Callable[[int, float], object]
"""What may watch a fit: it gets the number of evaluations so far and a log-likelihood."""

Watch: TypeAlias = Callable[[int, int, float], object]
"""What may watch a resampling: it gets the replications done, their number, and how many of those done count."""

_UNITS: dict[str, int] = {"h": 0, "D": 1, "W": 2, "M": 3, "Y": 4}
_PERIODS: dict[str, int] = {"unit": -1, "hour": 0, "day": 1, "week": 2, "month": 3, "year": 4, **_UNITS}
UNIT_NAMES: dict[int, str | None] = {-1: None, **{number: name for name, number in _UNITS.items()}}


def unit_number(time_unit: str | None) -> int:
    """``"h"``, ``"D"``, ``"W"``, ``"M"``, ``"Y"`` as the number that the extension takes; -1 for None."""
    if time_unit is None:
        return -1
    if time_unit not in _UNITS:
        raise _columns.bad("time_unit", f"must be one of {', '.join(map(repr, _UNITS))} or None, not {time_unit!r}")
    return _UNITS[time_unit]


def period_number(discount_period: str, time_unit: str | None) -> int:
    """``"year"``, ``"month"``, ... or ``"unit"`` as a number. A period of its own needs a model with a stated unit."""
    if discount_period not in _PERIODS:
        known = ", ".join(repr(name) for name in _PERIODS if len(name) > 1)
        raise _columns.bad("discount_period", f"must be one of {known}, not {discount_period!r}")
    number = _PERIODS[discount_period]
    if number >= 0 and time_unit is None:
        raise _columns.bad(
            "time_unit",
            f"must be stated when the model is made for a discount rate per {discount_period}; "
            "without it only discount_period='unit' has a meaning",
        )
    return number


def thread_count(threads: int | None) -> int:
    """``threads``, or as many as this process may run at once."""
    if threads is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if isinstance(threads, bool) or not isinstance(threads, int) or threads < 1:
        raise _columns.bad("threads", f"must be a whole number of 1 or more, or None, not {threads!r}")
    return threads


def history(data: object | None, columns: Mapping[str, object | None], weights: object | None = None) -> Table:
    """The columns that a method works on: those of ``data`` under their usual names, unless an argument gives another
    column or array. ``weights`` is an array or the name of a column."""
    given: dict[str, object] = {name: value for name, value in columns.items() if value is not None}
    if data is not None:
        table = _columns.table(data)
        if not given and weights is None:
            return table
        given = {name: given.get(name, name) for name in columns}
        return _columns.arguments(table, **given, weights=weights)
    missing = [name for name, value in columns.items() if value is None]
    if missing:
        raise _columns.bad(missing[0], "is missing: give a table, or every column as an argument")
    return _columns.arguments(None, **given, weights=weights)


def _number(value: object, name: str) -> float:
    """An argument that is one number for all customers."""
    if value is None:
        raise _columns.bad(name, "is missing")
    if not isinstance(value, (str, bytes)):
        with suppress(TypeError, ValueError):
            return float(value)  # type: ignore[arg-type]
    raise _columns.bad(name, f"must be a number, not {type(value).__name__}")


def _given(value: object, name: str) -> object:
    """An argument that must be there and is not the name of a column."""
    if value is None:
        raise _columns.bad(name, "is missing")
    if isinstance(value, (str, bytes)):
        raise _columns.bad(name, f"must be a number or a column, not {value!r}")
    return value


class Model(Estimator):
    """Base of the model classes; see :class:`loyalty.GammaGammaModel` for one of them.

    Attributes, once fitted:
        params_, std_errors_: dicts by parameter.
        covariance_: of the parameters, in the order of ``params_``.
        log_likelihood_: the weighted total at ``params_``.
        aic_, bic_: Akaike's and Schwarz's criterion, the smaller the better; NaN for parameters that were given, too
            large for a fit with a penalty.
        n_customers_: the weights of the fitted customers, summed.
        penalty_: that of the fit, 0 for parameters that were given.
        status_: ``"OK"`` or the name of a notice, of which the fit also warned.
        converged_: whether the optimum is certified; False for parameters that were given.
    """

    _kind: ClassVar[int]  # loy_model_kind
    _names: ClassVar[tuple[str, ...]]  # of the parameters, all of them greater than 0
    _prefix: ClassVar[str]  # of the extension's functions
    _classes: ClassVar[dict[int, type[Model]]] = {}
    _clv_function: ClassVar[str | None] = None  # of the extension, for transaction models

    time_unit: str | None
    threads: int | None
    params_: dict[str, float]
    std_errors_: dict[str, float]
    covariance_: FloatArray
    log_likelihood_: float
    aic_: float
    bic_: float
    n_customers_: float
    penalty_: float
    status_: str
    converged_: bool
    covariates_: Covariates | None = None  # the columns that move a customer's parameters
    _backend: str | None = None  # the frame library of the data of the fit
    _given: int = 0  # parameters that were not fitted

    def __init__(self, *, time_unit: str | None = None, threads: int | None = None) -> None:
        self.time_unit = time_unit
        self.threads = threads

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "_kind" in cls.__dict__:
            Model._classes[cls._kind] = cls

    # ---- scikit-learn's conventions ----

    def __repr__(self) -> str:
        defaults = {name: p.default for name, p in inspect.signature(type(self)).parameters.items()}
        shown = [f"{name}={value!r}" for name, value in self.get_params().items() if value != defaults[name]]
        if hasattr(self, "params_"):
            shown = [*(f"{name}={value:.6g}" for name, value in self.params_.items()), *shown]
        return f"{type(self).__name__}({', '.join(shown)})"

    # ---- fitted values ----

    def _estimates(self) -> tuple[float, ...]:
        """The parameters, in their order, and behind them the coefficients of covariates."""
        if not hasattr(self, "params_"):
            raise StateError(f"this {type(self).__name__} is not fitted: call fit or from_params", code="ERR_STATE")
        return tuple(self.params_.values())

    def _fitted(self) -> tuple[float, ...]:
        """The parameters, in their order, of a model in which they are those of all customers."""
        values = self._estimates()
        if self.covariates_ is not None:
            raise _columns.bad("covariates", "this is not available for a model with covariates")
        return values

    def _keep(
        self, params: Sequence[float], *, status: str = "OK", log_likelihood: float = math.nan,
        covariance: Sequence[float] | FloatArray | None = None, customers: float = math.nan,
        penalty: float = 0.0,
    ) -> None:  # fmt: skip
        """Store what a fit, given parameters or a file say."""
        names = self._names if self.covariates_ is None else (*self._names, *self.covariates_.names)
        n = len(names)
        matrix = np.full((n, n), np.nan) if covariance is None else np.array(covariance, dtype=np.float64).reshape(n, n)
        self.params_ = dict(zip(names, params, strict=True))
        self.covariance_ = matrix
        with np.errstate(invalid="ignore"):
            self.std_errors_ = dict(zip(names, np.sqrt(np.diag(matrix)).tolist(), strict=True))
        self.log_likelihood_ = log_likelihood
        self.n_customers_ = customers
        self.penalty_ = penalty
        self.status_ = status
        self.converged_ = not math.isnan(log_likelihood) and status != "NOTICE_NOT_CONVERGED"
        self.aic_ = self.bic_ = math.nan
        if not math.isnan(log_likelihood):
            from .information import criteria

            self.aic_, self.bic_ = criteria(self)

    @classmethod
    def _check(cls, params: Sequence[float]) -> None:
        """Raise for parameters outside their range, naming the first."""
        getattr(_loyalty, f"{cls._prefix}_check")(*params)

    @classmethod
    def from_params(cls, *, time_unit: str | None = None, threads: int | None = None, **params: float) -> Self:
        """A model with given parameters; it has no standard errors and no log-likelihood."""
        model = cls(time_unit=time_unit, threads=threads)
        unit_number(time_unit)
        unknown = [name for name in params if name not in cls._names]
        missing = [name for name in cls._names if name not in params]
        if unknown:
            raise _columns.bad(unknown[0], f"is no parameter of {cls.__name__}; it has {', '.join(cls._names)}")
        if missing:
            raise _columns.bad(missing[0], "is missing")
        values = [float(params[name]) for name in cls._names]
        cls._check(values)
        model._keep(values)
        return model

    def summary(self, level: float = 0.95) -> Any:
        """Estimate, standard error and confidence interval of each parameter: a table with the columns ``parameter``,
        ``estimate``, ``std_error``, ``lower`` and ``upper``. It is of the kind of frame that the model was fitted on,
        else a pandas DataFrame where pandas is installed, else a dict of arrays. The interval is symmetric for the
        logarithm, so that it stays above 0."""
        self._estimates()
        return _frames.summary(self.params_, self.std_errors_, level, positive=self._names, backend=self._backend)

    def likelihood_ratio_test(self, restricted: Model) -> ModelTest:
        """Test this model against a smaller one that it contains, fitted to the same customers: NBD in BG/NBD, MBG/NBD,
        Pareto/NBD and GGom/NBD, Pareto/NBD in GGom/NBD, or sBG in BdW. A small p-value speaks against the smaller
        model.

        With covariates, also the same model with some of them left out, without any, or with more of them the same in
        both processes: there the p-value is that of chi-squared.

        Of purchases, the smaller of two models without covariates lies at the edge of the larger one. In GGom/NBD
        against Pareto/NBD the p-value is half of that of chi-squared; against NBD it is an upper bound, see
        :class:`loyalty.btyd.ModelTest`.

        Args:
            restricted: the smaller model. Both are fits by maximum likelihood, without a penalty.

        Raises:
            LoyaltyError: a model that is not contained, other customers, another unit of time, a fit with a penalty.
            StateError: the smaller model has the higher log-likelihood, so that this one is not at its optimum.
        """
        from .information import likelihood_ratio

        self._estimates()
        return likelihood_ratio(self, restricted)

    # ---- simulation ----

    def _observed(self, n: int, T: Any, seed: int) -> tuple[Table, FloatArray]:
        """How long each of n simulated customers is observed, and what kind of table to answer with."""
        if isinstance(n, bool) or not isinstance(n, (int, np.integer)) or n < 0:
            raise _columns.bad("n", f"must be a whole number of 0 or more, not {n!r}")
        if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or not 0 <= seed < 2**64:
            raise _columns.bad("seed", f"must be a whole number from 0 to 2^64 - 1, not {seed!r}")
        table = _columns.arguments(None, T=_given(T, "T"))
        if table.kind == "scalar":
            return table, np.full(int(n), table.float64("T")[0])
        if table.n != n:
            raise _columns.bad("T", f"has {table.n} elements for {n} customers")
        return table, table.float64("T")

    def _drawn(self, table: Table, values: dict[str, Any], *, rows_of_table: bool) -> Any:
        """A table like T where that is a column of a frame library, else like the data of the fit, else a dict."""
        if table.kind == "frame":
            return table.frame(values) if rows_of_table else table.new_frame(values)
        return values if self._backend is None else _frames.new_frame(values, self._backend)

    # ---- model file ----

    def to_json(self) -> str:
        """The model as a model file: JSON that C, Python and Lua read back to the last bit."""
        from .model_file import to_json

        return to_json(self)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The model of this class that a model file holds; there must be exactly one."""
        from .model_file import from_json

        found = [model for model in from_json(text) if isinstance(model, cls)]
        if len(found) != 1:
            raise _columns.bad("text", f"must hold one {cls.__name__}, but holds {len(found)}")
        return found[0]
