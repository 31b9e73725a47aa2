"""NBD model (btyd/nbd.h)."""

import numpy as np
from flint import arb
from harness import Check, log_uniform
from lifetimes import EPS, histories, largest, with_condition

HEADERS = ["loyalty/btyd/nbd.h"]

PREAMBLE = """
static double nbd_loglik_of(const double *x) {
  loy_nbd_params params = {x[0], x[1]};
  return loy_nbd_loglik(&params, x[2], x[3], x[4]);
}
static double nbd_dect_of(const double *x) {
  loy_nbd_params params = {x[0], x[1]};
  return loy_nbd_dect(&params, x[2], x[3], x[4], x[5], x[6]);
}
static double nbd_pmf_future_of(const double *x) {
  loy_nbd_params params = {x[0], x[1]};
  return loy_nbd_pmf_future(&params, x[2], x[3], x[4], x[5], x[6]);
}
"""

DOMAIN = "r, alpha from 1e-4 to 1e4, x to 1e4, T from 1e-3 to 1e6"


def params(rng, k):
    usual = [np.exp(rng.uniform(np.log(lo), np.log(hi), k)) for lo, hi in ((0.05, 5), (0.5, 100))]
    return np.stack(usual, axis=1), np.stack([log_uniform(rng, 1e-4, 1e4, 2 * k) for _ in range(2)], axis=1)


def customers(rng, n):
    return histories(rng, n, params)


def with_rate_and_horizon(rng, n):
    rows = customers(rng, n)
    T = rows[:, 4]
    return np.column_stack([rows, log_uniform(rng, 1e-6, 10, len(T)) / T, T * log_uniform(rng, 1e-2, 10, len(T))])


def counts_future(rng, n):
    rows = customers(rng, n)
    many = np.floor(log_uniform(rng, 0.3, 300, len(rows)))
    t = (rows[:, 1] + rows[:, 4]) * (many + 1) / (rows[:, 0] + rows[:, 2]) * np.exp(rng.normal(0, 1, len(rows)))
    return np.column_stack([rows, many, np.clip(t, 1e-6, 1e8)])


def terms(r, alpha, x, t_x, T):
    return [-r * (1 + T / alpha).log(), *([(r + x).lgamma() - r.lgamma(), -x * (alpha + T).log()] if x > 0 else [])]


def loglik(*q):
    return sum(terms(*q), arb(0))


def loglik_scale(value, *q):
    size = sum((abs(term) for term in terms(*q)), arb(0))
    return largest(abs(value), arb(1)) + arb(4 * EPS / 1e-12) * size


def dect(r, alpha, x, t_x, T, delta, t):
    return (r + x) / (alpha + T) * -(-delta * t).expm1() / delta


def pmf_future(r, alpha, x, t_x, T, n, t):
    k, A = r + x, alpha + T
    return ((k + n).lgamma() - k.lgamma() - (n + 1).lgamma() - k * (1 + t / A).log() - n * (1 + A / t).log()).exp()


def pmf_condition(r, alpha, x, t_x, T, n, t):
    k, A = r + x, alpha + T
    return 1 + abs(n - k * t / A) + k * (1 + t / A).log() + n * (1 + A / t).log()


CHECKS = [
    Check("nbd_loglik", "nbd_loglik_of(x)", loglik, customers, 1e-12, DOMAIN, "relative", loglik_scale),
    Check("nbd_dect", "nbd_dect_of(x)", dect, with_rate_and_horizon, 1e-12, DOMAIN, "relative"),
    Check(
        "nbd_pmf_future",
        "nbd_pmf_future_of(x)",
        pmf_future,
        counts_future,
        1e-12,
        DOMAIN + ", n to 300",
        "relative",
        with_condition(pmf_condition),
        tiny=1e-290,
    ),
]
