"""Error function and normal distribution (math/normal.h)."""

import numpy as np
from flint import arb
from harness import Check, any_double, column, log_uniform, uniform

HEADERS = ["loyalty/math/normal.h"]


def real_line(far):
    def points(rng, n):
        k = n // 4
        return column(
            uniform(rng, -far, far, k),
            uniform(rng, -3, 3, k),
            uniform(rng, -0.8, 0.8, k),
            rng.choice([-1, 1], k) * log_uniform(rng, 1e-300, 1, k),
        )

    return points


def probabilities(rng, n):
    k = n // 4
    return column(
        uniform(rng, 0, 1, k),
        any_double(rng, 1e-308, 0.5, k),
        0.5 + uniform(rng, -1e-3, 1e-3, k),
        1 - log_uniform(rng, 1e-16, 0.1, k),
    )


def cdf(x):
    return (-x / arb(2).sqrt()).erfc() / 2


def quantile(p):
    # erfc(y) = 2 p, x = -sqrt(2) y
    return -arb(2).sqrt() * (2 * p).erfcinv() if hasattr(arb, "erfcinv") else -arb(2).sqrt() * (1 - 2 * p).erfinv()


CHECKS = [
    Check("erf", "loyi_erf(x[0])", lambda x: x.erf(), real_line(6), 3, "every double"),
    Check("erfc", "loyi_erfc(x[0])", lambda x: x.erfc(), real_line(26.5), 6, "-26.5 to 26.5"),
    Check(
        "erfcx",
        "loyi_erfcx(x[0])",
        lambda x: (x * x).exp() * x.erfc(),
        lambda r, n: np.abs(real_line(100)(r, n)),
        5,
        "0 to 100",
    ),
    Check("normal_cdf", "loyi_normal_cdf(x[0])", cdf, real_line(37.5), 6, "-37.5 to 37.5"),
    Check(
        "normal_quantile",
        "loyi_normal_quantile(x[0])",
        quantile,
        probabilities,
        1e-15,
        "1e-308 to 1 - 1e-16",
        "relative",
    ),
]
