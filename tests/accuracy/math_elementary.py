"""Elementary functions (math/elementary.h)."""

import numpy as np
from harness import Check, any_double, column, columns, log_uniform, uniform

HEADERS = ["loyalty/math/elementary.h"]


def exp_points(rng, n):
    k = n // 5
    halves = rng.integers(-1020, 1023, k) * (np.log(2) / 2)  # the ends of the reduced range
    return column(
        uniform(rng, -708.39, 709.78, k),
        uniform(rng, -1, 1, k),
        uniform(rng, -0.36, 0.36, k),
        halves * (1 + uniform(rng, -1e-6, 1e-6, k)),
        np.concatenate([any_double(rng, 0, 709, k // 2), -any_double(rng, 0, 708, k // 2)]),
    )


def exp_subnormal_points(rng, n):
    return column(uniform(rng, -745.2, -708.39, n))


def log_points(rng, n):
    k = n // 8
    ends = np.sqrt(0.5) * 2.0 ** rng.integers(-1000, 1000, k) * (1 + uniform(rng, -1e-2, 1e-2, k))
    return column(
        any_double(rng, 0, np.inf, k),
        uniform(rng, 0.6, 1.6, k),
        ends,
        uniform(rng, 0, 100, k),
        1 + rng.choice([-1, 1], k) * log_uniform(rng, 1e-16, 0.5, k),
        any_double(rng, 5e-324, 3e-308, k),
        uniform(rng, 0.7, 0.72, k),
        uniform(rng, 1.4, 1.4143, k),
    )


def log1p_points(rng, n):
    k = n // 8
    return column(
        uniform(rng, -0.3, 0.42, k),
        uniform(rng, -0.5, 1, k),
        uniform(rng, -1, 100, k),
        any_double(rng, 0, 1e300, k),
        -any_double(rng, 0, 1, k),
        -1 + log_uniform(rng, 1e-16, 1, k),
        rng.choice([-1, 1], k) * log_uniform(rng, 5e-17, 5e-15, k),
        rng.choice([-1, 1], k) * log_uniform(rng, 1e-12, 1, k),
    )


def expm1_points(rng, n):
    k = n // 7
    return column(
        uniform(rng, -0.36, 0.36, k),
        uniform(rng, -1.1, 1.1, k),
        uniform(rng, -40, 40, k),
        uniform(rng, 0, 709.78, k),
        any_double(rng, 0, 709, k),
        -any_double(rng, 0, 745, k),
        0.3465735902 + uniform(rng, -1e-2, 1e-2, k),
    )


def pow_points(rng, n):
    k = n // 4
    near = 1 + rng.choice([-1, 1], k) * log_uniform(rng, 1e-15, 0.1, k)
    wide = any_double(rng, 5e-324, 1.7e308, k)
    return np.concatenate(
        [
            columns(log_uniform(rng, 1e-10, 1e10, k), uniform(rng, -30, 30, k)),
            columns(near, uniform(rng, -700, 700, k) / np.log(near)),
            columns(wide, uniform(rng, -1, 1, k)),
            columns(uniform(rng, 0.3, 3, k), uniform(rng, -640, 640, k)),
        ]
    )


CHECKS = [
    Check("exp", "loyi_exp(x[0])", lambda x: x.exp(), exp_points, 0.62, "-708.39 to 709.78", share=10),
    Check("exp_subnormal", "loyi_exp(x[0])", lambda x: x.exp(), exp_subnormal_points, 0.8, "-745.2 to -708.39"),
    Check("log", "loyi_log(x[0])", lambda x: x.log(), log_points, 0.7, "every positive double", share=10),
    Check("log1p", "loyi_log1p(x[0])", lambda x: x.log1p(), log1p_points, 0.7, "-1 to 1e300", share=10),
    Check("expm1", "loyi_expm1(x[0])", lambda x: x.expm1(), expm1_points, 0.7, "up to 709.78", share=10),
    Check(
        "pow",
        "loyi_pow(x[0], x[1])",
        lambda x, y: (x.log() * y).exp(),
        pow_points,
        0.65,
        "x > 0, x^y a normal number",
        share=10,
    ),
]
