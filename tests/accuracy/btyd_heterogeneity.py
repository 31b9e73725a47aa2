"""Heterogeneity of customers (btyd/heterogeneity.h)."""

import numpy as np
from harness import Check, columns, log_uniform, uniform

HEADERS = ["loyalty/btyd/heterogeneity.h"]


def gamma_points(rng, n):
    """Within eight standard deviations of the mean, and anywhere."""
    k = n // 2
    shape, rate = log_uniform(rng, 1e-4, 1e4, 2 * k), log_uniform(rng, 1e-4, 1e4, 2 * k)
    x = shape * log_uniform(rng, 1e-6, 1e2, 2 * k)
    x[:k] = np.maximum(shape[:k] + uniform(rng, -8, 8, k) * np.sqrt(shape[:k]), shape[:k] / 100)
    return columns(shape, rate, x / rate)


def beta_points(rng, n):
    k = n // 2
    a, b = log_uniform(rng, 1e-4, 1e4, 2 * k), log_uniform(rng, 1e-4, 1e4, 2 * k)
    mean = a / (a + b)
    x = uniform(rng, 0, 1, 2 * k)
    spread = np.sqrt(mean * (1 - mean) / (a + b + 1))
    x[:k] = np.clip((mean + uniform(rng, -8, 8, 2 * k) * spread)[:k], mean[:k] / 10, (9 + mean[:k]) / 10)
    return columns(a, b, np.clip(x, 1e-12, 1 - 2.0**-53))


def gamma_density(shape, rate, x):
    return (shape * rate.log() + (shape - 1) * x.log() - rate * x - shape.lgamma()).exp()


def beta_density(a, b, x):
    return ((a - 1) * x.log() + (b - 1) * (1 - x).log() + (a + b).lgamma() - a.lgamma() - b.lgamma()).exp()


def rounded_product(value, shape, rate, x):
    """Half an ulp of rate * x changes the density by as much times |shape - rate x|."""
    return value * max(1, abs(shape - rate * x))


# Below 1e-290 an answer need only be finite and not negative.
TINY = 1e-290

CHECKS = [
    Check(
        "gamma_density",
        "loy_heterogeneity_density(LOY_HETEROGENEITY_GAMMA, x[0], x[1], x[2])",
        gamma_density,
        gamma_points,
        1e-14,
        "shape, rate from 1e-4 to 1e4",
        "relative",
        scale=rounded_product,
        tiny=TINY,
    ),
    Check(
        "beta_density",
        "loy_heterogeneity_density(LOY_HETEROGENEITY_BETA, x[0], x[1], x[2])",
        beta_density,
        beta_points,
        3e-14,
        "a, b from 1e-4 to 1e4",
        "relative",
        tiny=TINY,
    ),
]
