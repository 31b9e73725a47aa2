"""Gamma-Gamma spend model (btyd/gamma_gamma.h)."""

import numpy as np
from flint import acb, arb
from harness import Check, log_uniform

HEADERS = ["loyalty/btyd/gamma_gamma.h"]

PREAMBLE = """
static double gamma_gamma_derivative(const double *x, int which) {
  loy_gamma_gamma_params params = {x[0], x[1], x[2]};
  double value, gradient[3], hessian[9];
  (void)loy_gamma_gamma_loglik_total(&params, &x[3], &x[4], NULL, 1, &value, gradient, hessian, NULL);
  return which < 3 ? gradient[which] : hessian[which - 3];
}
static double gamma_gamma_of(double (*f)(const loy_gamma_gamma_params *, double, double), const double *x) {
  loy_gamma_gamma_params params = {x[0], x[1], x[2]};
  return f(&params, x[3], x[4]);
}
"""

EPS = 2.0**-52


def points(rng, n):
    """p, q, v, x, z: the whole domain, spend as the model expects it, and q at and next to 1."""
    k = n // 3
    p, q, v = (log_uniform(rng, 1e-4, 1e4, 3 * k) for _ in range(3))
    x = np.floor(np.concatenate([log_uniform(rng, 1, 12, k), log_uniform(rng, 1, 1e4, 2 * k)]))
    z = log_uniform(rng, 1e-4, 1e6, 3 * k)
    likely = slice(k, 3 * k)
    z[likely] = v[likely] * p[likely] / q[likely] * np.exp(rng.normal(0, 0.3, 2 * k))
    q[2 * k :: 2] = 1 + rng.choice([0.0, 1e-9, -1e-9, 1e-3], len(q[2 * k :: 2]))
    return np.stack([p, q, v, x, np.clip(z, 1e-8, 1e8)], axis=1)


def finite_mean(rng, n):
    rows = points(rng, n)
    return rows[rows[:, 0] * rows[:, 3] + rows[:, 1] > 1 + 1e-12]


def largest(*values):
    return max(values, key=lambda value: float(value.mid()))


def trigamma(x):
    return acb(2).zeta(acb(x)).real


def up(p, q, v, x, z):
    return (x * z / v).log1p()


def down(p, q, v, x, z):
    return (v / (x * z)).log1p()


def loglik(p, q, v, x, z):
    log_beta = (p * x).lgamma() + q.lgamma() - (p * x + q).lgamma()
    return -log_beta - z.log() - q * up(p, q, v, x, z) - p * x * down(p, q, v, x, z)


# The bound that the header states: 1e-12 max(1, |ln L|) + 4 * 2^-52 * Sum |terms|, as a multiple of 1e-12.
def loglik_scale(value, p, q, v, x, z):
    log_beta = (p * x).lgamma() + q.lgamma() - (p * x + q).lgamma()
    terms = abs(log_beta) + abs(z.log()) + q * up(p, q, v, x, z) + p * x * down(p, q, v, x, z)
    return largest(abs(value), arb(1)) + arb(4 * EPS / 1e-12) * terms


def mean(p, q, v, x, z):
    return p * (v + x * z) / (p * x + q - 1)


# Next to px + q = 1 the rounding of the product px alone moves the answer by the condition number.
def mean_scale(value, p, q, v, x, z):
    condition = (p * x + q) / abs(p * x + q - 1)
    return abs(value) * largest(arb(1), arb(16 * EPS / 1e-12) * condition)


# Each derivative is a difference of two positive parts; the error is measured against them.
DERIVATIVES = {
    "p": (0, lambda p, q, v, x, z: (x * ((p * x + q).digamma() - (p * x).digamma()), x * down(p, q, v, x, z))),
    "q": (1, lambda p, q, v, x, z: ((p * x + q).digamma() - q.digamma(), up(p, q, v, x, z))),
    "v": (2, lambda p, q, v, x, z: (q * (x * z) / (v * (v + x * z)), p * x / (v + x * z))),
    "pp": (3, lambda p, q, v, x, z: (arb(0), x * x * (trigamma(p * x) - trigamma(p * x + q)))),
    "pq": (4, lambda p, q, v, x, z: (x * trigamma(p * x + q), arb(0))),
    "pv": (5, lambda p, q, v, x, z: (arb(0), x / (v + x * z))),
    "qq": (7, lambda p, q, v, x, z: (arb(0), trigamma(q) - trigamma(p * x + q))),
    "qv": (8, lambda p, q, v, x, z: (x * z / (v * (v + x * z)), arb(0))),
    "vv": (11, lambda p, q, v, x, z: ((p * x + q) / (v + x * z) ** 2, q / v**2)),
}


def derivative(name):
    which, parts = DERIVATIVES[name]

    def oracle(*arguments):
        plus, minus = parts(*arguments)
        return plus - minus

    def scale(value, *arguments):
        plus, minus = parts(*arguments)
        return plus + minus

    return Check(
        f"gamma_gamma_loglik_d{name}",
        f"gamma_gamma_derivative(x, {which})",
        oracle,
        points,
        2e-15,
        "p, q, v from 1e-4 to 1e4, x to 1e4",
        "relative",
        scale,
        share=0.5,
    )


CHECKS = [
    Check(
        "gamma_gamma_loglik",
        "gamma_gamma_of(loy_gamma_gamma_loglik, x)",
        loglik,
        points,
        1e-12,
        "p, q, v from 1e-4 to 1e4, x to 1e4",
        "relative",
        loglik_scale,
    ),
    Check(
        "gamma_gamma_expected_spend",
        "gamma_gamma_of(loy_gamma_gamma_expected_spend, x)",
        mean,
        finite_mean,
        5e-14,
        "p, q, v from 1e-4 to 1e4, x to 1e4, px + q > 1",
        "relative",
        mean_scale,
    ),
    Check(
        "gamma_gamma_posterior",
        "gamma_gamma_of(loy_gamma_gamma_posterior, x)",
        lambda p, q, v, x, z: (p * x + q) / (v + x * z),
        points,
        1e-15,
        "p, q, v from 1e-4 to 1e4, x to 1e4",
        "relative",
    ),
    *(derivative(name) for name in DERIVATIVES),
]
