"""BG/NBD model (btyd/bgnbd.h)."""

import numpy as np
from betageo import Model, headers, preamble
from flint import arb
from harness import Check, log_uniform

HEADERS = [*headers("bgnbd"), "loyalty/math/quadrature.h", "loyalty/math/negative_binomial.h"]

PREAMBLE = (
    preamble("bgnbd")
    + """
static double bgnbd_gamma_mean(double shape, double c) {
  loyi_rule rule;
  double sum = 0.0;
  loyi_gamma_rule(&rule, shape, c, (c + shape) / c);
  for (size_t i = 0; i < rule.n; i++) sum += rule.weight[i] / (c + rule.p[i]);
  return sum / rule.total;
}
"""
)


def gamma_points(rng, n):
    return np.stack([log_uniform(rng, 1e-3, 2e4, n), log_uniform(rng, 1e-10, 1e8, n)], axis=1)


CHECKS = [
    *Model("bgnbd", 0).checks(),
    Check(
        "quadrature_gamma",
        "bgnbd_gamma_mean(x[0], x[1])",
        lambda shape, c: c.hypgeom_u(arb(1), 2 - shape),
        gamma_points,
        4e-15,
        "shape from 1e-3 to 2e4, c from 1e-10 to 1e8",
        "relative",
        share=0.1,
    ),
]
