"""The posterior distribution of a Net Promoter Score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from .. import _columns, _loyalty

__all__ = ["NPSPosterior"]

Prior: TypeAlias = Sequence[float]
_OWN = {"posterior": "self"}


@dataclass(frozen=True, slots=True)
class NPSPosterior:
    """What the answers and a Dirichlet prior say of the score of the population. Made by :meth:`NPS.posterior`.

    The distribution is computed, not sampled: probabilities to 1e-12 of the smaller tail.

    Attributes:
        promoters, passives, detractors: parameters of the Dirichlet distribution of the shares, prior plus answers.
        mean: of the score; with the default prior the centre of the adjusted Wald interval.
        standard_deviation: of the score.
    """

    promoters: float
    passives: float
    detractors: float
    mean: float
    standard_deviation: float

    def probability_above(self, m: float) -> float:
        """P(NPS > m), m from -1 to 1."""
        return self._tails(m)[1]

    def probability_at_most(self, m: float) -> float:
        """P(NPS <= m), m from -1 to 1. Small values keep their digits, as those of :meth:`probability_above` do."""
        return self._tails(m)[0]

    def _tails(self, m: float) -> tuple[float, float]:
        with _columns.blame(_OWN):
            return _loyalty.nps_posterior_probability(
                self.promoters, self.passives, self.detractors, self.mean, self.standard_deviation, m
            )

    def quantile(self, probability: float) -> float:
        """The score that the population's is at most with this probability."""
        with _columns.blame(_OWN):
            return _loyalty.nps_posterior_quantile(
                self.promoters, self.passives, self.detractors, self.mean, self.standard_deviation, probability
            )

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The equal-tailed interval (lower, upper) that holds the score with probability ``level``."""
        with _columns.blame(_OWN):
            return _loyalty.nps_posterior_interval(
                self.promoters, self.passives, self.detractors, self.mean, self.standard_deviation, level
            )


def _posterior(fields: _columns.FloatArray, prior: Prior | None) -> NPSPosterior:
    given = np.empty(0) if prior is None else _columns.float64(prior, "prior")
    if prior is not None and len(given) != 3:
        raise _columns.bad("prior", f"must be (promoters, passives, detractors), not {len(given)} numbers")
    with _columns.blame({"promoters": "prior", "passives": "prior", "detractors": "prior", "result": "score"}):
        return NPSPosterior(*_loyalty.nps_posterior(fields, given))
