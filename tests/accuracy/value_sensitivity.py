"""Slopes of margin multiples (value/sensitivity.h)."""

import numpy as np
from flint import arb, arb_series, ctx
from harness import Check
from value_retention import endless, finite

HEADERS = ["loyalty/value/sensitivity.h"]


def slope(timing, r, i, g, horizon):
    """The first coefficient of the multiple as a power series in r."""
    ctx.cap = 2
    x = arb_series([r, 1])
    w = x * ((1 + g) / (1 + i))
    log_w = w.log()
    paid = 1 if not np.isfinite(float(horizon)) else 1 - (log_w * horizon).exp()
    which = int(float(timing))
    if which in (1, 3) and float(horizon) == 1.0:
        return arb(0)  # a single margin that is certain
    if which == 5:
        return (paid / -log_w)[1]
    first = {1: arb_series([1]), 2: x / (1 + i), 3: arb_series([1 / (1 + i)]), 4: x / (1 + i) * (1 + i).sqrt()}[which]
    return (first * paid / (1 - w))[1]


# Without an end the slope goes like 1/(1 - w)^2, and 1 - w is known no better than its inputs allow.
def scale(value, timing, r, i, g, horizon):
    gap = abs(i + (1 - r) - r * g)
    size = abs(i) + (1 - r) + r * abs(g)
    return abs(value) * (1 + 4 * size / gap)


CHECKS = [
    Check(
        "margin_multiple_slope", "loy_margin_multiple_slope((int)x[0], x[1], x[2], x[3], x[4])", slope, endless, 1e-15,
        "r from .01 to 1, i to .5, g within .2, no end", "relative", scale,
    ),
    Check(
        "margin_multiple_slope_to_horizon", "loy_margin_multiple_slope((int)x[0], x[1], x[2], x[3], x[4])", slope,
        finite, 2e-15, "r from .01 to 1, i to .5, g within .2, to 600 periods", "relative", scale,
    ),
]  # fmt: skip
