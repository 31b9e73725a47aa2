"""How many digits of the long run of a chain are right, by textbook formulas in NumPy and by the library.

    python tests/simulation/ladder_long_run.py [--replications N]

Writes the table of docs/ladder/long_run.md. Chains of ten states fall into two halves; each half is left with chances
of the order of the leak only, the second one also for an end. Truth is computed in rational numbers from the chances of
leaving as they stand.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import Any

import numpy as np
from flint import fmpq, fmpq_mat
from numpy.typing import NDArray
from survey_nps_tests import write

from loyalty import ladder

PAGE = Path(__file__).parents[2] / "docs/ladder/long_run.md"
LEAKS = (1.0, 1e-3, 1e-6, 1e-9, 1e-12)
Array = NDArray[np.float64]


def chain(rng: np.random.Generator, leak: float) -> Array:
    """Ten states, the tenth of which is the end."""
    p = rng.uniform(0.05, 1, (10, 10))
    p[:5, 5:] *= leak
    p[5:, :5] *= leak
    p[:9, 9] *= leak
    np.fill_diagonal(p, 0)
    p /= 1.25 * p.sum(axis=1, keepdims=True)
    np.fill_diagonal(p, 1 - p.sum(axis=1))
    return p


def exact(p: Array) -> tuple[list[Any], list[Any], list[Any]]:
    """Stationary law, and steps to the end with their variance."""
    n = len(p)
    q = [[fmpq(*float(x).as_integer_ratio()) for x in row] for row in p]
    for i in range(n):
        q[i][i] = 1 - sum((q[i][j] for j in range(n) if j != i), fmpq(0))
    system = fmpq_mat([[(i == j) - q[i][j] if j > 0 else fmpq(1) for j in range(n)] for i in range(n)]).inv()
    visits = fmpq_mat([[(i == j) - q[i][j] for j in range(n - 1)] for i in range(n - 1)]).inv()
    t = [sum((visits[i, j] for j in range(n - 1)), fmpq(0)) for i in range(n - 1)]
    v = [2 * sum((visits[i, j] * t[j] for j in range(n - 1)), fmpq(0)) - t[i] - t[i] ** 2 for i in range(n - 1)]
    return [system[0, j] for j in range(n)], t, v


def digits(values: Array, truth: list[Any]) -> float:
    """Right digits of the worst entry."""
    worst = max(
        abs(float((fmpq(*float(x).as_integer_ratio()) - true) / true)) if math.isfinite(x) else 1.0
        for x, true in zip(values, truth, strict=True)
    )
    return min(max(-math.log10(worst), 0.0), 16.0) if worst > 0 else 16.0


def by_eigenvector(p: Array) -> Array:
    values, vectors = np.linalg.eig(p.T)
    law = np.real(vectors[:, np.argmin(abs(values - 1))])
    return np.asarray(law / law.sum())


def by_solving(p: Array) -> Array:
    system = np.eye(len(p)) - p
    system[:, 0] = 1
    return np.asarray(np.linalg.solve(system.T, np.eye(len(p))[0]))


def steps_by_solving(p: Array) -> Array:
    return np.asarray(np.linalg.solve(np.eye(9) - p[:9, :9], np.ones(9)))


def variance_by_inverse(p: Array) -> Array:
    visits = np.linalg.inv(np.eye(9) - p[:9, :9])
    t = visits.sum(axis=1)
    return np.asarray((2 * visits - np.eye(9)) @ t - t**2)


METHODS = (
    ("stationary law", "`numpy.linalg.eig`", by_eigenvector, 0),
    ("stationary law", "`numpy.linalg.solve`", by_solving, 0),
    ("stationary law", "`stationary`", ladder.stationary, 0),
    ("steps", "`numpy.linalg.solve`", steps_by_solving, 1),
    ("steps", "`expected_steps`", lambda p: ladder.expected_steps(p, 9)[:9], 1),
    ("variance of steps", "(2N - I)t - t^2", variance_by_inverse, 2),
    ("variance of steps", "`steps_variance`", lambda p: ladder.steps_variance(p, 9)[:9], 2),
)


def table(count: int) -> str:
    rng = np.random.default_rng(20260101)
    least = np.full((len(METHODS), len(LEAKS)), 16.0)
    for c, leak in enumerate(LEAKS):
        for _ in range(count):
            p = chain(rng, leak)
            truth = exact(p)
            for m, (_, _, method, which) in enumerate(METHODS):
                least[m, c] = min(least[m, c], digits(method(p), truth[which]))
    lines = ["| | leak | " + " | ".join(f"{leak:g}" for leak in LEAKS) + " |", "|---|---|" + "--:|" * len(LEAKS)]
    for m, (what, name, _, _) in enumerate(METHODS):
        lines.append(f"| {what} | {name} | " + " | ".join(f"{d:.1f}" for d in least[m]) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=200)
    count = parser.parse_args().replications
    write(f"Right digits of the worst entry of {count} chains each.\n\n{table(count)}", PAGE, "chain-digits")
