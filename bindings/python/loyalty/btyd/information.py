"""Comparing models that were fitted to the same customers: AIC, BIC and the likelihood-ratio test."""

from __future__ import annotations

from typing import NamedTuple

from .. import _columns, _loyalty
from .._errors import notice
from ._model import Model
from .model_file import _row

__all__ = ["ModelTest", "criteria", "likelihood_ratio"]


class ModelTest(NamedTuple):
    """A likelihood-ratio test. Of the ``df`` parameters that the full model has more, ``unidentified`` mean nothing
    when the restricted model is true; with any of those ``p_value`` is an upper bound, and ``p_least`` a lower one."""

    statistic: float
    p_value: float
    p_least: float
    df: int
    unidentified: int


def criteria(model: Model) -> tuple[float, float]:
    """AIC and BIC of a fitted model."""
    if model.covariates_ is not None:
        from . import _covariates

        return _covariates.criteria(model)
    aic, bic, _free = _loyalty.model_information(_row(model), model._given)
    return aic, bic


def likelihood_ratio(full: Model, restricted: Model) -> ModelTest:
    """See :meth:`loyalty.btyd._model.Model.likelihood_ratio_test`."""
    if not isinstance(restricted, Model):
        raise _columns.bad("restricted", f"must be a model of this library, not {type(restricted).__name__}")
    restricted._estimates()
    with_covariates = full.covariates_ is not None or restricted.covariates_ is not None
    for name, model in (("self", full), ("restricted", restricted)):
        if model.penalty_ > 0.0:
            raise _columns.bad(name, "must be a fit without a penalty: only such a likelihood is at its largest")
    if with_covariates:
        from . import _covariates

        return _covariates.likelihood_ratio(full, restricted)
    status, *found = _loyalty.model_likelihood_ratio(_row(full), _row(restricted))
    notice(status, "one of the two fits is not certain of its optimum, and so is the test")
    return ModelTest(*found)
