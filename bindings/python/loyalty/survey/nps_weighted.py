"""Net Promoter Scores of samples that are not drawn evenly: what weights cost, and stratified samples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .. import _columns, _loyalty
from .._errors import notice
from .nps import NPS, _nps

__all__ = ["NPSWeighted", "nps_stratified", "nps_weighted"]


@dataclass(frozen=True, slots=True)
class NPSWeighted:
    """A weighted score, and what its weights do to it. Made by :func:`nps_weighted`.

    Attributes:
        nps: the score, as :func:`nps` gives it.
        used: answers of positive weight, m.
        design_effect: m / effective_n, from 1 on: how many times the answers the weights cost.
        largest_share: the largest weight as a share of all.
        uncorrected_standard_error: without the factor m / (m - 1).
    """

    nps: NPS
    used: int
    design_effect: float
    largest_share: float
    uncorrected_standard_error: float


def nps_weighted(
    scores: Any, weights: Any, *, data: Any = None, promoter_from: int = 9, passive_from: int = 7,
    skip_missing: bool = False,
) -> NPSWeighted:  # fmt: skip
    """The score of weighted answers and what its weights do; arguments as for :func:`nps`."""
    table = _columns.arguments(data, scores=scores, weights=weights)
    with _columns.blame({"score": "scores", "weight": "weights"}):
        used, effect, largest, uncorrected, *fields = _loyalty.nps_weighted(
            table.float64("scores"), table.float64("weights"), promoter_from, passive_from, skip_missing
        )
    return NPSWeighted(_nps(tuple(fields)), used, effect, largest, uncorrected)


def nps_stratified(
    promoters: Any, passives: Any, detractors: Any, *, weights: Any = None, population: Any = None, data: Any = None,
    sample_variance: bool = False,
) -> NPS:  # fmt: skip
    """The score of all customers from a sample of each stratum, one row for each.

    Args:
        promoters, passives, detractors: answers of each stratum.
        weights: share of the stratum among all customers, or any multiple of it; ``population`` when left out.
        population: customers of each stratum, for the finite population correction; None for none.
        data: a table in which the arguments may name columns.
        sample_variance: use n/(n - 1) in each stratum, without bias for strata with few answers.

    Returns:
        A weighted :class:`NPS`, with its interval and tests.
    """
    if weights is None and population is None:
        raise _columns.bad("weights", "must be given when population is not")
    table = _columns.arguments(
        data, promoters=promoters, passives=passives, detractors=detractors, weights=weights, population=population
    )
    groups = [table.int64(name) for name in ("promoters", "passives", "detractors")]
    counts = np.ascontiguousarray(np.column_stack([*groups, np.zeros_like(groups[0])])).reshape(-1)
    size = np.full(table.n, np.inf) if population is None else table.float64("population")
    with _columns.blame({"weight": "population" if weights is None else "weights"}):
        status, *fields = _loyalty.nps_stratified(
            counts, size if weights is None else table.float64("weights"), size, sample_variance
        )
    notice(status, "a stratum with a single answer adds nothing to the standard error, which is too small")
    return _nps(tuple(fields))
