"""Rates of another length of period (btyd/rates.h)."""

import numpy as np
from harness import Check

HEADERS = ["loyalty/btyd/rates.h"]


def lengths(rng, n):
    """Two lengths of periods: those of the calendar in hours, and any within four powers of ten."""
    calendar = np.array([1.0, 24.0, 168.0, 730.5, 8766.0])
    any_length = 10.0 ** rng.uniform(-2, 2, (n, 2))
    return np.where(rng.random((n, 1)) < 0.5, rng.choice(calendar, (n, 2)), any_length)


def retention_points(rng, n):
    r = np.where(rng.random(n) < 0.5, rng.uniform(0.01, 1, n), 1 - 10.0 ** rng.uniform(-12, -1, n))
    return np.column_stack([r, lengths(rng, n)])


def churn_points(rng, n):
    c = np.where(rng.random(n) < 0.5, rng.uniform(0.0, 0.99, n), 10.0 ** rng.uniform(-20, -1, n))
    return np.column_stack([c, lengths(rng, n)])


# The ratio of the lengths is rounded once, which moves r^k by k |ln r| of its size.
def retention_scale(value, r, start, to):
    return abs(value) * (1 + abs((to / start) * r.log()))


def churn_scale(value, c, start, to):
    return abs(value) + (1 - abs(value)) * abs((to / start) * (-c).log1p())


CHECKS = [
    Check(
        "retention_convert", "loy_retention_convert(x[0], x[1], x[2])", lambda r, a, b: (b / a * r.log()).exp(),
        retention_points, 3e-16, "r from .01 to 1, lengths of the calendar, others from .01 to 100", "relative",
        retention_scale, tiny=1e-300,
    ),
    Check(
        "churn_convert", "loy_churn_convert(x[0], x[1], x[2])", lambda c, a, b: -(b / a * (-c).log1p()).expm1(),
        churn_points, 6e-16, "c from 0 to .99, likewise", "relative", churn_scale, tiny=1e-300,
    ),
]  # fmt: skip
