"""Gamma function and relatives (math/gamma.h)."""

import numpy as np
from flint import acb, arb
from harness import Check, column, columns, log_uniform, uniform

HEADERS = ["loyalty/math/gamma.h"]


def positive(rng, n):
    k = n // 5
    return column(
        log_uniform(rng, 1e-300, 1e300, k),
        log_uniform(rng, 1e-3, 1e6, k),
        uniform(rng, 0.3, 3, k),
        uniform(rng, 0, 30, k),
        rng.choice([1.0, 2.0, 1.4616321449683622], k) * (1 + rng.choice([-1, 1], k) * log_uniform(rng, 1e-15, 0.1, k)),
    )


def pairs(rng, n):
    k = n // 4
    return np.concatenate(
        [
            columns(log_uniform(rng, 1e-4, 1e4, k), log_uniform(rng, 1e-4, 1e5, k)),
            columns(log_uniform(rng, 1e-20, 1e20, k), log_uniform(rng, 1e-20, 1e20, k)),
            columns(uniform(rng, 0, 15, k), np.floor(uniform(rng, 1, 200, k))),
            columns(uniform(rng, 0, 15, k), log_uniform(rng, 1e-16, 1, k)),
        ]
    )


def shapes(rng, n):
    k = n // 3
    return np.concatenate(
        [
            columns(log_uniform(rng, 1e-4, 1e5, k), log_uniform(rng, 1e-4, 1e5, k)),
            columns(log_uniform(rng, 1e-20, 1e20, k), log_uniform(rng, 1e-20, 1e20, k)),
            columns(uniform(rng, 0, 30, k), uniform(rng, 0, 30, k)),
        ]
    )


def trigamma(x):
    return acb(2).zeta(acb(x)).real


def lbeta(a, b):
    return a.lgamma() + b.lgamma() - (a + b).lgamma()


# Next to a zero of a difference its own size says nothing; there the error is measured against the parts it is made of.
def delta_scale(value, a, d):
    if a > 2:
        return abs(value)
    parts = min(abs(a.lgamma()), arb(1)) * min(d, arb(1))
    return max(abs(value), parts, key=lambda v: float(v.mid()))


def lbeta_scale(value, a, b):
    return max(abs(value), arb(1), key=lambda v: float(v.mid())) if min(float(a), float(b)) < 2 else abs(value)


CHECKS = [
    Check("lgamma", "loyi_lgamma(x[0])", lambda x: x.lgamma(), positive, 8, "1e-300 to 1e300, zeros included"),
    Check("lgamma1p", "loyi_lgamma1p(x[0])", lambda x: (1 + x).lgamma(), positive, 8, "1e-300 to 1e300"),
    Check(
        "lgamma_delta",
        "loyi_lgamma_delta(x[0], x[1])",
        lambda a, d: (a + d).lgamma() - a.lgamma(),
        pairs,
        1e-14,
        "a, d from 1e-20 to 1e20",
        "relative",
        delta_scale,
    ),
    Check("lbeta", "loyi_lbeta(x[0], x[1])", lbeta, shapes, 1e-14, "a, b from 1e-20 to 1e20", "relative", lbeta_scale),
    Check("digamma", "loyi_digamma(x[0])", lambda x: x.digamma(), positive, 5, "1e-300 to 1e300, zero included"),
    Check(
        "trigamma",
        "loyi_trigamma(x[0])",
        trigamma,
        lambda rng, n: np.clip(positive(rng, n), 1e-150, None),
        5,
        "1e-150 to 1e300",
    ),
    Check(
        "digamma_delta",
        "loyi_digamma_delta(x[0], x[1])",
        lambda a, d: (a + d).digamma() - a.digamma(),
        pairs,
        2e-15,
        "a, d from 1e-20 to 1e20",
        "relative",
    ),
    Check(
        "trigamma_delta",
        "loyi_trigamma_delta(x[0], x[1])",
        lambda a, d: trigamma(a + d) - trigamma(a),
        pairs,
        2e-15,
        "a, d from 1e-20 to 1e20",
        "relative",
    ),
]
