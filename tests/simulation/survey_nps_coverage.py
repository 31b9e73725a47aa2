"""How often the intervals of a Net Promoter Score hold the score of the population.

    python tests/simulation/survey_nps_coverage.py [--replications N]

Writes the tables of docs/survey/nps_coverage.md. The coverage of the Wald, adjusted Wald and score intervals is exact:
a sum of multinomial probabilities over all tables of n answers whose interval holds the score. That of the bootstrap
and of the posterior is simulated.
"""

from __future__ import annotations

import argparse
from functools import cache
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln
from survey_nps_tests import write

from loyalty import _loyalty, nps_from_counts
from loyalty.survey import NPSMethod

PAGE = Path(__file__).parents[2] / "docs/survey/nps_coverage.md"
METHODS = {"wald": "Wald", "adjusted_wald": "adjusted Wald", "score": "score"}
NUMBERS = {"adjusted_wald": 0, "wald": 1, "score": 2}  # of loy_nps_method
SIMULATED: tuple[NPSMethod, ...] = ("bootstrap", "bayes")
SIZES = (10, 20, 30, 50, 100, 200, 500, 1000)
SIMULATED_SIZES = (10, 30, 100, 1000)
POPULATIONS = ((0.5, 0.2), (0.35, 0.35), (0.7, 0.1), (0.2, 0.5), (0.1, 0.05), (0.9, 0.03), (0.97, 0.01))
LEVEL = 0.95
NEGLIGIBLE = 1e-18  # a table this unlikely is left out; there are 501,501 of 1000 answers

assert set(NUMBERS) | set(SIMULATED) == set(get_args(NPSMethod))


class Tables:
    """All tables of n answers, promoters by row and detractors by column, and the intervals of those asked for."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.promoters, self.detractors = np.meshgrid(np.arange(n + 1), np.arange(n + 1), indexing="ij")
        self.possible = self.promoters + self.detractors <= n
        self._ends = {method: np.full((2, n + 1, n + 1), np.nan) for method in METHODS}

    def probability(self, p: float, d: float) -> NDArray[np.float64]:
        """Of each table in a population with these shares of promoters and detractors; 0 where negligible."""
        passives = np.where(self.possible, self.n - self.promoters - self.detractors, 0)
        log = (
            gammaln(self.n + 1) - gammaln(self.promoters + 1) - gammaln(passives + 1) - gammaln(self.detractors + 1)
            + self.promoters * np.log(p) + passives * np.log1p(-p - d) + self.detractors * np.log(d)
        )  # fmt: skip
        found = np.where(self.possible, np.exp(log), 0.0)
        return np.where(found > NEGLIGIBLE, found, 0.0)

    def ends(self, method: str, wanted: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Lower and upper ends, computed once for each table that is wanted."""
        known = self._ends[method]
        for p, d in np.argwhere(wanted & np.isnan(known[0])).tolist():
            fields = _loyalty.nps_from_counts(p, self.n - p - d, d, 0)
            known[:, p, d] = _loyalty.nps_interval(*fields, NUMBERS[method], LEVEL)
        return known

    def coverage(self, method: str, p: float, d: float) -> tuple[float, float]:
        """The probability that the interval holds p - d, and how much may be missing from it."""
        probability = self.probability(p, d)
        lower, upper = self.ends(method, probability > 0)
        holds = (lower <= p - d) & (p - d <= upper)  # NaN, where no interval was wanted, holds nothing
        return float(probability[holds].sum()), abs(1 - float(probability.sum()))


def named(p: float, d: float) -> str:
    return f"{100 * p:g}/{100 * (1 - p - d):g}/{100 * d:g}"


def exact_table(sizes: tuple[int, ...] = SIZES) -> str:
    lines = ["| population | interval | " + " | ".join(map(str, sizes)) + " |", "|---|---" + "|--:" * len(sizes) + "|"]
    rows = {
        (population, method): f"| {named(*population)} | {METHODS[method]} |"
        for population in POPULATIONS
        for method in METHODS
    }
    missing = 0.0
    for n in sizes:
        tables = Tables(n)
        for (p, d), method in rows:
            covered, left_out = tables.coverage(method, p, d)
            missing = max(missing, left_out)
            rows[(p, d), method] += f" {100 * covered:.2f} |"
    assert missing < 1e-10
    return "\n".join([*lines, *rows.values()])


@cache
def default_interval(promoters: int, passives: int, detractors: int, method: NPSMethod) -> tuple[float, float]:
    return nps_from_counts(promoters, passives, detractors).interval(LEVEL, method)


def simulated_table(replications: int, sizes: tuple[int, ...] = SIMULATED_SIZES, seed: int = 1) -> str:
    rng = np.random.default_rng(seed)
    lines = ["| population | interval | " + " | ".join(map(str, sizes)) + " |", "|---|---" + "|--:" * len(sizes) + "|"]
    for p, d in POPULATIONS:
        held = dict.fromkeys(SIMULATED, "")
        for n in sizes:
            samples = rng.multinomial(n, (p, 1 - p - d, d), size=replications).tolist()
            for method in SIMULATED:
                ends = [default_interval(*sample, method) for sample in samples]
                covered = sum(lower <= p - d <= upper for lower, upper in ends) / replications
                held[method] += f" {100 * covered:.1f} |"
        lines += [
            f"| {named(p, d)} | {'Bayes' if method == 'bayes' else method} |{row}" for method, row in held.items()
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=2_000)
    count = parser.parse_args().replications
    write(exact_table(), PAGE, "nps-coverage")
    write(f"{count} samples each.\n\n{simulated_table(count)}", PAGE, "nps-coverage-simulated")
