"""What a fit of a mean keeps, whatever the law: that of the curve and those of the families."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .._params import Estimator

__all__ = ["MEASURES", "MeanFit", "named"]

MEASURES = (
    "log_likelihood", "deviance", "pearson", "squares", "dispersion", "aic", "bic", "df", "rows", "skipped", "cells",
    "clusters", "trials", "loyal", "free_params", "fixed", "at_bound", "covariance_kind", "converged", "separated",
    "weak", "condition", "last_step", "largest_score", "iterations", "evaluations",
)  # fmt: skip


def named(names: Sequence[str], bits: float) -> tuple[str, ...]:
    """The names of the bits that are set."""
    whole = int(bits)
    return tuple(name for p, name in enumerate(names) if whole >> p & 1)


class MeanFit(Estimator):
    """The fitted attributes of :class:`LoyaltyCurve` and :class:`ResponseFamily`."""

    params_: dict[str, float]
    std_errors_: dict[str, float]
    covariance_: NDArray[np.float64]
    _backend: str | None = None

    def _keep_estimates(
        self, names: Sequence[str], values: NDArray[np.float64], errors: NDArray[np.float64],
        covariance: NDArray[np.float64],
    ) -> None:  # fmt: skip
        n = len(names)
        self.params_ = dict(zip(names, values[:n].tolist(), strict=True))
        self.std_errors_ = dict(zip(names, errors[:n].tolist(), strict=True))
        self.covariance_ = covariance[: n * n].reshape(n, n).copy()

    def _keep_measures(self, names: Sequence[str], measures: NDArray[np.float64], status: str) -> None:
        """`measures` in the order of MEASURES."""
        found = dict(zip(MEASURES, measures.tolist(), strict=True))
        self.log_likelihood_ = found["log_likelihood"]
        self.deviance_ = found["deviance"]
        self.pearson_ = found["pearson"]
        self.squares_ = found["squares"]
        self.dispersion_ = found["dispersion"]
        self.aic_ = found["aic"]
        self.bic_ = found["bic"]
        self.df_ = found["df"]
        self.n_rows_ = int(found["rows"])
        self.n_skipped_ = int(found["skipped"])
        self.n_cells_ = int(found["cells"])
        self.n_clusters_ = int(found["clusters"])
        self.n_trials_ = found["trials"]
        self.n_params_ = int(found["free_params"])
        self.n_iter_ = int(found["iterations"])
        self.condition_ = found["condition"]
        self.converged_ = bool(found["converged"])
        self.fixed_ = named(names, found["fixed"])
        self.at_bound_ = named(names, found["at_bound"])
        self.status_ = status
