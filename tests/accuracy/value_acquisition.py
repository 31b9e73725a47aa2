"""Payback of acquisition (value/acquisition.h)."""

import numpy as np
from harness import Check
from value_retention import endless

HEADERS = ["loyalty/value/acquisition.h"]
PREAMBLE = """
static double payback(const double *x) {
  loy_payback p = {0, 0, 0, 0};
  loy_acquisition_payback((int)x[0], 1.0, x[1], x[2], x[3], x[4], &p, NULL);
  return p.exact;
}
"""


def points(rng, n):
    """Costs that are a part of the value, next to nothing and next to all of it included."""
    rows = endless(rng, n)
    timing, r, i, g = rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3]
    w = r * (1 + g) / (1 + i)
    gap = (i + (1 - r) - r * g) / (1 + i)
    first = np.select(
        [timing == 1, timing == 2, timing == 3, timing == 4], [1, r / (1 + i), 1 / (1 + i), r / np.sqrt(1 + i)], 1
    )
    whole = np.where(timing == 5, -1 / np.log(w), first / gap)
    part = rng.uniform(0, 0.99, len(rows))
    part[::3] = 10 ** rng.uniform(-10, -1, len(part[::3]))
    rows[:, 4] = part * whole
    return rows[rows[:, 4] > 1e-40]


def left(timing, r, i, g, cost):
    """The share of the value that is not yet paid back, and ln w."""
    log_w = (r * (1 + g) / (1 + i)).log()
    which = int(float(timing))
    if which == 5:
        return 1 + cost * log_w, log_w
    first = {1: 1, 2: r / (1 + i), 3: 1 / (1 + i), 4: r / (1 + i).sqrt()}[which]
    return 1 - cost * (1 - log_w.exp()) / first, log_w


def exact(*arguments):
    rest, log_w = left(*arguments)
    return rest.log() / log_w


def scale(value, timing, r, i, g, cost):
    gap, size = abs(i + (1 - r) - r * g), abs(i) + (1 - r) + r * abs(g)
    return abs(value) * (1 + 4 * size / gap) / left(timing, r, i, g, cost)[0]


CHECKS = [
    Check(
        "acquisition_payback", "payback(x)", exact, points, 1e-15,
        "r from .01 to 1, i to .5, g within .2, costs to 99 % of the value", "relative", scale,
    ),
]  # fmt: skip
