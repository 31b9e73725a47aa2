"""Margin multiples (value/retention.h)."""

import numpy as np
from flint import arb
from harness import Check, log_uniform, uniform

HEADERS = ["loyalty/value/retention.h"]

EPS = 2.0**-52


def terms(rng, n, horizon):
    """timing, retention, discount, growth, horizon: all conventions; w far from 1 and next to it."""
    k = n // 2
    timing = rng.integers(1, 6, 2 * k).astype(float)
    retention = uniform(rng, 0.01, 1, 2 * k)
    discount = uniform(rng, 0, 0.5, 2 * k)
    growth = uniform(rng, -0.2, 0.2, 2 * k)
    retention[k:] = 1 - log_uniform(rng, 1e-12, 0.1, k)
    discount[k:] = log_uniform(rng, 1e-12, 0.1, k)
    growth[k:] = 0
    return np.stack([timing, retention, discount, growth, horizon(rng, timing)], axis=1)


def some_periods(rng, timing):
    periods = np.floor(log_uniform(rng, 1, 600, len(timing)))
    return np.where(timing == 5, periods + rng.uniform(0, 1, len(timing)), periods)


def finite(rng, n):
    return terms(rng, n, some_periods)


def endless(rng, n):
    rows = terms(rng, n, lambda rng, timing: np.full(len(timing), np.inf))
    return rows[rows[:, 1] * (1 + rows[:, 3]) < (1 + rows[:, 2]) * (1 - 1e-13)]


def multiple(timing, r, i, g, horizon):
    w = r * (1 + g) / (1 + i)
    first = {1: arb(1), 2: r / (1 + i), 3: 1 / (1 + i), 4: r / (1 + i) * (1 + i).sqrt()}.get(int(float(timing)))
    paid = arb(1) if not np.isfinite(float(horizon)) else 1 - w**horizon
    return paid / -w.log() if first is None else first * paid / (1 - w)


# 1 - w is known no better than the rounding of r (1+g) and of the inputs' sum, of size about 1, allows.
def scale(value, timing, r, i, g, horizon):
    gap = abs(i + (1 - r) - r * g)
    size = abs(i) + (1 - r) + r * abs(g)
    return abs(value) * (1 + 2 * size / gap)


CHECKS = [
    Check(
        "margin_multiple",
        "loy_margin_multiple((int)x[0], x[1], x[2], x[3], x[4])",
        multiple,
        endless,
        2e-15,
        "r from .01 to 1, i to .5, g within .2, no end",
        "relative",
        scale,
    ),
    Check(
        "margin_multiple_to_horizon",
        "loy_margin_multiple((int)x[0], x[1], x[2], x[3], x[4])",
        multiple,
        finite,
        2e-15,
        "r from .01 to 1, i to .5, g within .2, to 600 periods",
        "relative",
        scale,
    ),
]
