"""Lifetimes (value/lifetime.h)."""

from harness import Check, columns, log_uniform, uniform

HEADERS = ["loyalty/value/lifetime.h"]


def rates(rng, n):
    """Far from 1 and next to it."""
    r = uniform(rng, 0.01, 1, n)
    r[n // 2 :] = 1 - log_uniform(rng, 1e-12, 0.1, n - n // 2)
    return r


def survivors_points(rng, n):
    return columns(rates(rng, n), log_uniform(rng, 1e-3, 1e6, n))


def until_points(rng, n):
    share = uniform(rng, 0.001, 0.999, n)
    share[::4] = log_uniform(rng, 1e-30, 1e-3, len(share[::4]))
    return columns(rates(rng, n), share)


CHECKS = [
    Check(
        "lifetime_survivors", "loy_lifetime_survivors(x[0], x[1])", lambda r, t: r**t, survivors_points, 1.0,
        "r from .01 to 1 - 1e-12, t from 1e-3 to 1e6", tiny=1e-300,
    ),
    Check(
        "lifetime_until", "loy_lifetime_until(x[0], x[1])", lambda r, s: s.log() / r.log(), until_points, 4e-16,
        "r from .01 to 1 - 1e-12, shares from 1e-30", "relative",
    ),
]  # fmt: skip
