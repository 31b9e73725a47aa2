"""Optimal spending (value/spending.h)."""

import mpmath
from flint import ctx
from harness import Check, columns, log_uniform, uniform

HEADERS = ["loyalty/value/spending.h"]
PREAMBLE = """
static loy_spend_optimum keep(const double *x) {
  const loy_spend_response response = {x[0], x[1]};
  loy_spend_optimum best = {0, 0, 0};
  loy_retention_optimum(&response, x[2], x[3], &best, NULL);
  return best;
}
static loy_spend_optimum win(const double *x) {
  const loy_spend_response response = {x[0], x[1]};
  loy_spend_optimum best = {0, 0, 0};
  loy_acquisition_optimum(&response, x[2], &best, NULL);
  return best;
}
"""


def mp(x):
    return mpmath.mpf(float(x))


def points(rng, n):
    ceiling, rate = uniform(rng, 0.01, 1, n), log_uniform(rng, 1e-4, 1e2, n)
    ceiling[::5] = 1
    excess = log_uniform(rng, 1e-10, 1e6, n)
    return columns(ceiling, rate, (1 + excess) / (rate * ceiling), log_uniform(rng, 1e-6, 3, n))


def root(c, k, m, d):
    """kR from the condition of the first order itself, V'(R) = 0, by bisection and Newton."""
    c, k, m, d = mp(c), mp(k), mp(m), mp(d)
    right = (1 + d) * (k * c * m - 1)
    low, high = mpmath.mpf(0), right / (1 + d)

    def excess(u):
        return right - (1 + d - c) * mpmath.expm1(u) - c * u

    if excess(min(high, mpmath.mpf(50))) < 0:
        high = min(high, mpmath.mpf(50))
    for _ in range(60):
        mid = (low + high) / 2
        low, high = (mid, high) if excess(mid) > 0 else (low, mid)
    u = (low + high) / 2
    for _ in range(12):
        u += excess(u) / ((1 + d - c) * mpmath.exp(u) + c)
    return u, c, k, m, d


def keep_spend(*arguments):
    with mpmath.workprec(ctx.prec + 200):
        u, _, k, _, _ = root(*arguments)
        return u / k


def keep_value(*arguments):
    """V(R) as it is defined."""
    with mpmath.workprec(ctx.prec + 400):
        u, c, k, m, d = root(*arguments)
        share = -c * mpmath.expm1(-u)
        return (m * share - u / k) / (1 + d - share)


def win_spend(c, k, v):
    return (k * c * v).log() / k


def win_value(c, k, v):
    return c * v - 1 / k - (k * c * v).log() / k


def scale(value, c, k, m, *_):
    return abs(value) * (1 + 1 / abs(k * c * m - 1))


DOMAIN = "ceilings from .01 to 1, k c m - 1 from 1e-10 to 1e6"
CHECKS = [
    Check("retention_optimum_spend", "keep(x).spend", keep_spend, points, 1e-15, DOMAIN, "relative", scale, share=0.05),
    Check("retention_optimum_value", "keep(x).value", keep_value, points, 2e-15, DOMAIN, "relative", scale, share=0.05),
    Check(
        "acquisition_optimum_spend", "win(x).spend", win_spend, lambda rng, n: points(rng, n)[:, :3], 1e-15, DOMAIN,
        "relative", scale,
    ),
    Check(
        "acquisition_optimum_value", "win(x).value", win_value, lambda rng, n: points(rng, n)[:, :3], 2e-15, DOMAIN,
        "relative", scale,
    ),
]  # fmt: skip
