"""Spread and standard error of a value (value/uncertainty.h)."""

import numpy as np
from harness import Check
from value_retention import endless, multiple
from value_sensitivity import scale as slope_scale
from value_sensitivity import slope

HEADERS = ["loyalty/value/uncertainty.h"]
PREAMBLE = """
static double spread(const double *x) {
  double mean = 0.0, deviation = 0.0;
  loy_retention_spread((int)x[0], 1.0, x[1], x[2], x[3], &mean, &deviation, NULL);
  return deviation;
}
static double value_error(const double *x) {
  double value = 0.0, se = 0.0;
  loy_retention_value_error((int)x[0], 1.0, x[1], x[2], x[3], x[4], 0.1, 0.01, 0.25, &value, &se, NULL);
  return se;
}
"""


def deviation(timing, r, i, g):
    """The textbook's differences of moments, as they stand."""
    one, up = 1 + i, 1 + g
    w = up / one
    if int(float(timing)) == 5:
        leave, delta = -r.log(), -w.log()
        first = leave / (leave + delta)
        # 1 - w^L over delta; at delta = 0 the life itself.
        if delta == 0:
            return 1 / leave
        return (leave / (leave + 2 * delta) - first**2).sqrt() / abs(delta)
    e1 = w * (1 - r) / (1 - w * r)
    e2 = w**2 * (1 - r) / (1 - w**2 * r)
    if w == 1:
        begin = r.sqrt() / (1 - r)
    else:
        begin = (e2 - e1**2).sqrt() / abs(1 - w)
    return begin * {1: 1, 2: 1 / up, 3: 1 / one, 4: one.sqrt() / up}[int(float(timing))]


def spread_points(rng, n):
    rows = endless(rng, 2 * n)[:, :4]
    one, up = 1 + rows[:, 2], 1 + rows[:, 3]
    return rows[(rows[:, 1] * up**2 < one**2 * (1 - 1e-12)) & (rows[:, 1] < 1)][:n]


def spread_scale(value, timing, r, i, g):
    gap, gap2 = abs(i + (1 - r) - r * g), abs(i * (2 + i) + (1 - r) - r * g * (2 + g))
    size, size2 = abs(i) + (1 - r) + r * abs(g), abs(i * (2 + i)) + (1 - r) + r * abs(g * (2 + g))
    return abs(value) * (1 + 4 * size / gap + 4 * size2 / gap2)


def standard_error(timing, r, i, g, horizon):
    a = multiple(timing, r, i, g, horizon) * type(r)(0.1)
    b = slope(timing, r, i, g, horizon) * type(r)(0.01)
    return (a * a + b * b + a * b / 2).sqrt()


def error_points(rng, n):
    rows = endless(rng, n)
    rows[::2, 4] = np.floor(rng.uniform(1, 200, len(rows[::2])))
    return rows


CHECKS = [
    Check(
        "retention_spread", "spread(x)", deviation, spread_points, 1e-15,
        "r from .01 to 1, i to .5, g within .2", "relative", spread_scale,
    ),
    Check(
        "retention_value_error", "value_error(x)", standard_error, error_points, 2e-15,
        "r from .01 to 1, i to .5, g within .2, no end or to 200 periods", "relative", slope_scale,
    ),
]  # fmt: skip
