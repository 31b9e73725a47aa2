"""Elasticities of value (value/elasticity.h)."""

import numpy as np
from flint import arb_series, ctx
from harness import Check
from value_retention import endless, finite, multiple
from value_sensitivity import scale, slope

HEADERS = ["loyalty/value/elasticity.h"]
PREAMBLE = """
static loy_elasticity elasticity(const double *x) {
  loy_elasticity e = {0, 0, 0, 0};
  loy_retention_elasticity((int)x[0], 1.0, x[1], x[2], x[3], x[4], 0.0, &e, NULL);
  return e;
}
"""


def points(rng, n):
    rows = np.concatenate([endless(rng, n // 2), finite(rng, n // 2)])
    return rows[rows[:, 4] > 1]


def by_retention(timing, r, i, g, horizon):
    return r * slope(timing, r, i, g, horizon) / multiple(timing, r, i, g, horizon)


def by_discount(timing, r, i, g, horizon):
    """The first coefficient of the multiple as a power series in i."""
    ctx.cap = 2
    x = arb_series([1 + i, 1])
    w = r * (1 + g) / x
    log_w = w.log()
    paid = 1 if not np.isfinite(float(horizon)) else 1 - (log_w * horizon).exp()
    which = int(float(timing))
    if which == 5:
        value = paid / -log_w
    else:
        first = {1: arb_series([1]), 2: r / x, 3: 1 / x, 4: r / x.sqrt()}[which]
        value = first * paid / (1 - w)
    return i * value[1] / value[0]


CHECKS = [
    Check(
        "elasticity_in_retention", "elasticity(x).retention", by_retention, points, 2e-15,
        "r from .01 to 1, i to .5, g within .2, no end or 2 to 600 periods", "relative", scale,
    ),
    Check(
        "elasticity_in_discount", "elasticity(x).discount", by_discount, points, 4e-15,
        "r from .01 to 1, i to .5, g within .2, no end or 2 to 600 periods", "relative", scale,
    ),
]  # fmt: skip
