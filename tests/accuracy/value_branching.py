"""Branching (value/branching.h)."""

import mpmath
import numpy as np
from flint import ctx
from harness import Check, column, columns, log_uniform, uniform

HEADERS = ["loyalty/value/branching.h"]
PREAMBLE = """
static loy_branching branching(double reproduction) {
  loy_branching b = {0, 0, 0};
  loy_branching_spread(reproduction, &b, NULL);
  return b;
}
static double reached(const double *x) {
  double out = 0.0;
  loy_branching_reached(x[0], x[1], &out, NULL);
  return out;
}
"""


def below(rng, n):
    return column(
        uniform(rng, 0, 1, n // 2), 1 - log_uniform(rng, 1e-14, 0.5, n // 2), log_uniform(rng, 1e-20, 1, n // 4)
    )


def above(rng, n):
    return column(
        uniform(rng, 1, 4, n // 2), 1 + log_uniform(rng, 1e-14, 1, n // 2), uniform(rng, 2, 600, n // 4),
    )  # fmt: skip


def extinction(reproduction):
    """The lower root of q = exp(R (q-1)): s = 1 - q from above, where the other root is 0."""
    r = mpmath.mpf(float(reproduction))
    with mpmath.workprec(ctx.prec + 2000):
        w = mpmath.lambertw(-r * mpmath.exp(-r)).real
        return -w / r


def told(rng, n):
    population = np.floor(log_uniform(rng, 1, 1e15, n))
    return columns(population, population * log_uniform(rng, 1e-9, 1e2, n))


CHECKS = [
    Check("branching_total", "branching(x[0]).total", lambda r: 1 / (1 - r), below, 3e-16, "R below 1", "relative"),
    Check(
        "branching_deviation", "branching(x[0]).deviation", lambda r: (r / (1 - r) ** 3).sqrt(), below, 1e-15,
        "R below 1", "relative",
    ),
    Check(
        "branching_extinction", "branching(x[0]).extinction", extinction, above, 1e-15, "R from 1 to 600", "relative",
        share=0.05,
    ),
    Check(
        "branching_reached", "reached(x)",
        lambda m, x: m if m == 1 else m * (1 - (1 - 1 / m) ** x), told, 1e-15,
        "populations to 1e15, tellings to 100 each", "relative",
    ),
]  # fmt: skip
