"""How far the parameters of a model may be off: the parametric bootstrap."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .. import _columns, _frames, _loyalty
from .._columns import FloatArray
from .._errors import notice
from ._model import Model, Watch, thread_count
from .model_file import _row

__all__ = ["ModelBootstrap", "bootstrap"]


@dataclass(frozen=True)
class ModelBootstrap:
    """A parametric bootstrap.

    Attributes:
        params: the parameters of the model that was drawn from.
        std_errors, bias, lower, upper: by parameter: standard deviation of the estimates, their mean less the
            parameter, and the ends of the percentile interval.
        level: of the intervals.
        draws: the estimates by parameter, one for each replication; NaN where the fit failed.
        fit_status: the status of each fit, ``"OK"``, ``"NOTICE_AT_BOUND"``, ``"ERR_TOO_FEW"`` ...
        n_used, n_failed, n_not_converged, n_at_bound: how many fits count, failed, have no certificate (both left out),
            and, among those that count, have a parameter at the edge of its range.
        status: ``"OK"`` or the name of a notice.
    """

    params: dict[str, float]
    std_errors: dict[str, float]
    bias: dict[str, float]
    lower: dict[str, float]
    upper: dict[str, float]
    level: float
    draws: dict[str, FloatArray] = field(repr=False)
    fit_status: tuple[str, ...] = field(repr=False)
    n_used: int
    n_failed: int
    n_not_converged: int
    n_at_bound: int
    status: str
    _backend: str | None = field(default=None, repr=False)

    def summary(self) -> Any:
        """A table with one row for each parameter and the columns ``parameter``, ``estimate``, ``std_error``, ``bias``,
        ``lower`` and ``upper``, of the kind of ``model.summary()``."""
        columns = {
            "estimate": self.params, "std_error": self.std_errors, "bias": self.bias, "lower": self.lower,
            "upper": self.upper,
        }  # fmt: skip
        rows: dict[str, Any] = {name: np.array(list(by.values())) for name, by in columns.items()}
        return _frames.new_frame({"parameter": list(self.params), **rows}, self._backend)


def bootstrap(
    model: Model, given: FloatArray, name: str, n_boot: int, seed: int, level: float, progress: Watch | None
) -> ModelBootstrap:  # fmt: skip
    """See :meth:`loyalty.btyd._transactions.TransactionModel.bootstrap`. ``given`` is the column ``name``."""
    row, names = _row(model), model._names
    for value, argument, most in ((n_boot, "n_boot", 10**6), (seed, "seed", 2**64 - 1)):
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or not 0 <= value <= most:
            raise _columns.bad(argument, f"must be a whole number from 0 to {most}, not {value!r}")
    draws = np.empty((int(n_boot), len(names)))
    codes = np.empty(int(n_boot), dtype=np.int64)
    std_error, bias, lower, upper = (_columns.empty_float64(len(names)) for _ in range(4))
    with _columns.blame({"x": name, "T": name, "given": name, "replications": "n_boot"}):
        status, *counts = _loyalty.model_bootstrap(
            row, given, int(seed), _frames.confidence(level), thread_count(model.threads), 0, model.penalty_,
            draws.ravel(), codes, std_error, bias, lower, upper, progress,
        )  # fmt: skip
    used, failed, uncertain, at_bound = counts
    remarks = {
        "NOTICE_NOT_CONVERGED": f"{failed + uncertain} of {n_boot} fits failed or are not certain, and are left out",
        "NOTICE_AT_BOUND": f"{at_bound} of {n_boot} fits ran to the edge of the parameters' range: intervals hold, "
        "standard errors and bias mean little",
    }
    notice(status, remarks.get(status))
    known = {code: _loyalty.status_name(code) for code in set(codes.tolist())}

    def by_name(values: FloatArray) -> dict[str, float]:
        return dict(zip(names, values.tolist(), strict=True))

    return ModelBootstrap(
        params=dict(model.params_), std_errors=by_name(std_error), bias=by_name(bias),
        lower=by_name(lower), upper=by_name(upper), level=float(level),
        draws={parameter: draws[:, j].copy() for j, parameter in enumerate(names)},
        fit_status=tuple(known[code] for code in codes.tolist()), n_used=used, n_failed=failed,
        n_not_converged=uncertain, n_at_bound=at_bound, status=status, _backend=model._backend,
    )  # fmt: skip
