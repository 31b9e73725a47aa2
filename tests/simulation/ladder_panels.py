"""How well transitions are recovered from panels with missed waves, and from shares alone.

    python tests/simulation/ladder_panels.py [--replications N]

Writes the tables of docs/ladder/gaps.md and docs/ladder/shares.md.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from survey_nps_tests import write

import loyalty as loy
from loyalty import ladder

DOCS = Path(__file__).parents[2] / "docs/ladder"
P = np.array([[0.70, 0.25, 0.05], [0.10, 0.70, 0.20], [0.05, 0.10, 0.85]])
START = np.array([0.8, 0.15, 0.05])
WAVES = 8
LONGEST = WAVES - 1
BOOTSTRAP = 399

Numbers = NDArray[np.float64]


def panel(rng: np.random.Generator, customers: int, seen: float) -> Numbers:
    """Counts by gap of customers who follow the chain; each wave sees each of them with this probability."""
    steps = np.cumsum(P, axis=1)
    at = rng.choice(3, size=customers, p=START)
    last, wave = np.where(rng.random(customers) < seen, at, -1), np.zeros(customers, dtype=int)
    counts = np.zeros((LONGEST, 3, 3))
    for t in range(1, WAVES):
        at = (rng.random(customers)[:, None] > steps[at]).sum(1).clip(0, 2)
        here = rng.random(customers) < seen
        pairs = here & (last >= 0)
        np.add.at(counts, (t - wave[pairs] - 1, last[pairs], at[pairs]), 1)
        last, wave = np.where(here, at, last), np.where(here, t, wave)
    return counts


def multinomial(table: Numbers) -> tuple[Numbers, Numbers]:
    """Shares of rows and their standard errors."""
    n = table.sum(1, keepdims=True)
    p = table / n
    return p, np.sqrt(p * (1 - p) / n)


def all_gaps(counts: Numbers) -> tuple[Numbers, Numbers]:
    fit = ladder.fit_gaps(counts)
    return fit.transition_matrix, fit.std_errors


def gaps(replications: int) -> str:
    ways: dict[str, Callable[[Numbers], tuple[Numbers, Numbers]]] = {
        "all gaps, `fit_gaps`": all_gaps,
        "pairs one wave apart only": lambda counts: multinomial(counts[0]),
        "every pair taken for one step": lambda counts: multinomial(counts.sum(0)),
    }
    lines = ["| customers | seen in a wave | estimate | largest bias | RMSE | mean se | covered % |", "|---" * 7 + "|"]
    for customers in (200, 1_000):
        for seen in (0.8, 0.5):
            rng = np.random.default_rng([1, customers, int(10 * seen)])
            samples = [panel(rng, customers, seen) for _ in range(replications)]
            for name, way in ways.items():
                p, se = (np.array(x) for x in zip(*map(way, samples), strict=True))
                inside = np.abs(p - P) <= 1.959964 * se
                lines.append(
                    f"| {customers:,} | {seen:.0%} | {name} | {np.abs((p - P).mean(0)).max():.4f}"
                    f" | {np.sqrt(((p - P) ** 2).mean()):.4f} | {se.mean():.4f} | {100 * inside.mean():.1f} |"
                )
    return "\n".join(lines)


def counted(rng: np.random.Generator, waves: int, size: int) -> Numbers:
    """Shares of a base of this size, all of which is counted."""
    rows = [rng.multinomial(size, START)]
    for _ in range(waves - 1):
        rows.append(sum((rng.multinomial(n, P[i]) for i, n in enumerate(rows[-1])), np.zeros(3, dtype=np.int64)))
    return np.array(rows) / size


def sampled(rng: np.random.Generator, waves: int, size: int) -> Numbers:
    """Shares of a very large base, seen through a new sample of this size in each wave."""
    rows = [START]
    for _ in range(waves - 1):
        rows.append(rows[-1] @ P)
    return np.array([rng.multinomial(size, row) for row in rows]) / size


def shares(replications: int) -> str:
    lines = ["| shares | waves | size | largest bias | RMSE | mean se | covered % |", "|---" * 7 + "|"]
    for name, draw in (("of all, counted", counted), ("of samples", sampled)):
        for waves, size in ((12, 2_000), (48, 2_000), (12, 200_000)):
            rng = np.random.default_rng([2, waves, size])
            fits = []
            for _ in range(replications):
                try:
                    fits.append(ladder.fit_shares(draw(rng, waves, size), bootstrap=BOOTSTRAP))
                except loy.DomainError:
                    continue
            p, se, low, high = (
                np.array([getattr(fit, part) for fit in fits])
                for part in ("transition_matrix", "std_errors", "lower", "upper")
            )
            inside = (low <= P) & (high >= P)
            lines.append(
                f"| {name} | {waves} | {size:,} | {np.abs((p - P).mean(0)).max():.3f}"
                f" | {np.sqrt(((p - P) ** 2).mean()):.3f} | {se.mean():.3f} | {100 * inside.mean():.1f} |"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=1_000)
    count = parser.parse_args().replications
    warnings.simplefilter("ignore", loy.LoyaltyWarning)
    write(f"{count:,} samples each.\n\n{gaps(count)}", DOCS / "gaps.md", "gaps-recovery")
    write(f"{count:,} samples each.\n\n{shares(count)}", DOCS / "shares.md", "shares-recovery")
