"""Incomplete beta and gamma functions (math/incomplete.h)."""

import numpy as np
from flint import arb
from harness import Check, columns, log_uniform, uniform

HEADERS = ["loyalty/math/incomplete.h"]


def gamma_points(rng, n):
    k = n // 3
    a = log_uniform(rng, 1e-4, 1e5, 3 * k)
    x = np.empty(3 * k)
    x[:k] = np.maximum(a[:k] + uniform(rng, -8, 8, k) * np.sqrt(a[:k]), a[:k] / 100)
    x[k : 2 * k] = a[k : 2 * k] * log_uniform(rng, 1e-2, 1e2, k)
    x[2 * k :] = log_uniform(rng, 1e-8, 50, k)
    return columns(a, x)


def beta_points(rng, n):
    k = n // 3
    a, b = log_uniform(rng, 1e-4, 1e5, 3 * k), log_uniform(rng, 1e-4, 1e5, 3 * k)
    mean = a / (a + b)
    x = np.empty(3 * k)
    spread = np.sqrt(mean * (1 - mean) / (a + b + 1))
    x[:k] = np.clip((mean + uniform(rng, -8, 8, 3 * k) * spread)[:k], mean[:k] / 10, (9 + mean[:k]) / 10)
    x[k : 2 * k] = uniform(rng, 0, 1, k)
    x[2 * k :] = log_uniform(rng, 1e-10, 1, k)
    x = np.clip(x, 1e-12, 1 - 2.0**-53)
    return columns(a, b, x)


def beta_sum(a, b, x):
    """I_x(a, b) = x^a (1-x)^b / (a B(a, b)) sum_n (a+b)_n / (a+1)_n x^n, positive; the rest below a geometric sum."""
    term = total = arb(1)
    n = 0
    while True:
        ratio = (a + b + n) / (a + 1 + n) * x
        term *= ratio
        total += term
        n += 1
        # From here on the ratios are at most the larger of this one and x.
        most = max(ratio, x, key=lambda v: float(v.mid()))
        if n % 16 == 0 and float(most.mid()) < 1 and bool(term * most / (1 - most) < total * arb(2) ** -120):
            break
    rest = (term * most / (1 - most)).upper()
    total += rest / 2 + arb(0, rest / 2)
    log_front = a * x.log() + b * (1 - x).log() + (a + b).lgamma() - a.lgamma() - b.lgamma() - a.log()
    return log_front.exp() * total


def gamma_lower(a, x):
    """P(a, x) = x^a exp(-x) / Gamma(a+1) sum_n x^n / (a+1)_n where that is quick, else from the other tail."""
    if bool(x > a + 1):
        return 1 - x.gamma_upper(a, 1)
    term = total = arb(1)
    n = 0
    while True:
        n += 1
        ratio = x / (a + n)
        term *= ratio
        total += term
        if n % 16 == 0 and bool(term * ratio / (1 - ratio) < total * arb(2) ** -120):
            break
    rest = (term * ratio / (1 - ratio)).upper()
    total += rest / 2 + arb(0, rest / 2)
    return (a * x.log() - x - (a + 1).lgamma()).exp() * total


def beta(a, b, x):
    if bool(x * (a + b) <= a):
        return beta_sum(a, b, x) if float(x) < 0.99 else x.beta_lower(a, b, 1)
    y = 1 - x
    return 1 - beta_sum(b, a, y) if float(y) < 0.99 else x.beta_lower(a, b, 1)


# Below 1e-290 an answer need only be finite and not negative.
TINY = 1e-290

CHECKS = [
    Check(
        "gamma_inc",
        "loyi_gamma_inc(x[0], x[1])",
        gamma_lower,
        gamma_points,
        1e-13,
        "a from 1e-4 to 1e5",
        "relative",
        tiny=TINY,
    ),
    Check(
        "gamma_inc_upper",
        "loyi_gamma_inc_upper(x[0], x[1])",
        lambda a, x: x.gamma_upper(a, 1),
        gamma_points,
        1e-13,
        "a from 1e-4 to 1e5",
        "relative",
        tiny=TINY,
    ),
    Check(
        "beta_inc",
        "loyi_beta_inc(x[0], x[1], x[2])",
        beta,
        beta_points,
        1e-13,
        "a, b from 1e-4 to 1e5",
        "relative",
        tiny=TINY,
    ),
    Check(
        "beta_inc_upper",
        "loyi_beta_inc_upper(x[0], x[1], x[2])",
        lambda a, b, x: beta(b, a, 1 - x),
        beta_points,
        1e-13,
        "a, b from 1e-4 to 1e5",
        "relative",
        tiny=TINY,
    ),
]
