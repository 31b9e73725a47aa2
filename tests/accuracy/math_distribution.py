"""Chi-squared, Student and beta distributions (math/distribution.h)."""

import numpy as np
from flint import arb
from harness import Check, columns, log_uniform, uniform
from scipy.stats import beta as beta_law
from scipy.stats import t as student

HEADERS = ["loyalty/math/distribution.h"]


def degrees(rng, n):
    k = n // 2
    return np.concatenate([rng.integers(1, 40, k).astype(float), log_uniform(rng, 1, 1e5, n - k)])


def chi2_points(rng, n):
    df = degrees(rng, n)
    x = np.where(rng.random(n) < 0.5, df * log_uniform(rng, 1e-3, 1e2, n), log_uniform(rng, 1e-6, 1e3, n))
    return columns(x, df)


def t_points(rng, n):
    return columns(rng.choice([-1, 1], n) * log_uniform(rng, 1e-6, 1e3, n), degrees(rng, n))


def probabilities(rng, n):
    k = n // 3
    far = log_uniform(rng, 1e-15, 0.5, n - 2 * k)
    p = np.concatenate([uniform(rng, 0, 1, k), log_uniform(rng, 1e-15, 0.5, k), 1 - far])
    return columns(p, degrees(rng, n))


def chi2_upper(x, df):
    return (x / 2).gamma_upper(df / 2, 1)


def t_lower_tail(t, df):
    """P(T < -|t|)."""
    return (df / (df + t * t)).beta_lower(df / 2, arb(1) / 2, 1) / 2


def t_upper(t, df):
    return t_lower_tail(t, df) if bool(t > 0) else 1 - t_lower_tail(t, df)


def t_quantile(p, df):
    """Newton steps on the tail from a double."""
    tail = p if bool(p < arb(1) / 2) else 1 - p
    step = arb(1)
    x = arb(-float(student.ppf(float(tail), float(df))))
    log_density = -((df / 2).lgamma() + (arb(1) / 2).lgamma() - ((df + 1) / 2).lgamma()) - df.log() / 2
    for _ in range(8):
        density = (log_density - (df + 1) / 2 * (1 + x * x / df).log()).exp()
        step = (t_lower_tail(x, df) - tail) / density
        x = (x + step).mid()
    # The density hardly changes over so small a step: twice the last one, rounding included, holds the quantile.
    x = x + arb(0, 2 * abs(step).upper())
    return -x if bool(p < arb(1) / 2) else x


def beta_points(rng, n):
    a, b = log_uniform(rng, 1e-1, 1e7, n), log_uniform(rng, 1e-1, 1e7, n)
    return columns(log_uniform(rng, 1e-10, 0.5, n), rng.integers(0, 2, n).astype(float), a, b)


def beta_quantile(p, upper, a, b):
    """Newton steps on the tail, for the logarithm of x, from a double; x near 1 as 1 - (1 - x)."""
    if bool(upper > 0):
        return 1 - beta_quantile(p, arb(0), b, a)
    guess = float(beta_law.ppf(float(p), float(a), float(b)))
    x = arb(min(max(guess, 1e-300), 1 - 1e-16))
    log_beta = a.lgamma() + b.lgamma() - (a + b).lgamma()
    step = arb(1)
    for _ in range(9):
        tail = x.beta_lower(a, b, 1)
        slope = (a * x.log() + (b - 1) * (1 - x).log() - log_beta).exp() / tail  # d ln tail / d ln x
        step = (p / tail).log() / slope
        step = arb(max(min(float(step), 3.0), -3.0)) if abs(float(step)) > 3 else step.mid()
        x = (x * step.exp()).mid()
    return x * (1 + arb(0, 2 * abs(step).upper()))


TINY = 1e-290

CHECKS = [
    Check(
        "chi2_upper", "loyi_chi2_upper(x[0], x[1])", chi2_upper, chi2_points, 1e-13, "df from 1 to 1e5", "relative",
        tiny=TINY,
    ),
    Check("t_upper", "loyi_t_upper(x[0], x[1])", t_upper, t_points, 5e-13, "df from 1 to 1e5", "relative", tiny=TINY),
    Check(
        "t_quantile", "loyi_t_quantile(x[0], x[1])", t_quantile, probabilities, 1e-13, "df from 1 to 1e5", "relative",
        share=0.2,
    ),
    Check(
        "beta_quantile", "loyi_beta_quantile(x[0], x[1] > 0.0, x[2], x[3])", beta_quantile, beta_points, 1e-13,
        "a, b from 0.1 to 1e7", "relative", tiny=TINY, share=0.2,
    ),
]  # fmt: skip
