"""Inverse questions of the curve (response/inverse.h, response/calibrate.h)."""

import numpy as np
from flint import arb, ctx
from harness import Check, columns, uniform

HEADERS = ["loyalty/response/inverse.h", "loyalty/response/calibrate.h"]
PREAMBLE = """
static loy_curve inverse_curve(const double *x) {
  loy_curve curve;
  loy_curve_init(&curve);
  curve.alpha = x[0];
  curve.beta = x[1];
  curve.gamma = x[2];
  curve.a = x[3];
  return curve;
}
static double inverse_captivity(const double *x) {
  const loy_curve curve = inverse_curve(x);
  double found = NAN;
  loy_curve_required_captivity(&curve, x[4], x[5], x[6], &found, NULL);
  return found;
}
static double inverse_critical(const double *x) {
  const loy_curve curve = inverse_curve(x);
  double found = NAN;
  loy_curve_critical_competition(&curve, x[4], x[5], NULL, &found, NULL);
  return found;
}
static double inverse_ratio(const double *x) {
  const loy_curve curve = inverse_curve(x);
  double found = NAN;
  loy_curve_competition_from_ratio(&curve, x[4], x[5], x[6], NULL, &found, NULL);
  return found;
}
"""


def logit(p):
    return (p / (1 - p)).log()


def lost(alpha, beta, gamma, a, s, z):
    """1 - L and its slope over its size, at z = logit(c)."""
    if s == 1:
        return arb(0), arb(0)
    g = 1 / (1 + (gamma * z - alpha - beta * logit(s)).exp())
    c = 1 / (1 + (-z).exp())
    return c**a * (1 - g), a * (1 - c) + gamma * g


def root(f):
    """A zero of a rising function of logit(c), by halving; as exact as its last sign is certain."""
    low, high = arb(-60), arb(60)
    for _ in range(ctx.prec - 20):
        middle = ((low + high) / 2).mid()
        sign = f(middle)
        if sign > 0:
            high = middle
        elif sign < 0:
            low = middle
        else:
            break
    return low.union(high)


def captivity(alpha, beta, gamma, a, target, s, c):
    return parts(alpha, beta, gamma, target, s, c)[0] - parts(alpha, beta, gamma, target, s, c)[1]


def parts(alpha, beta, gamma, target, s, c):
    return lost(alpha, beta, gamma, arb(0), s, logit(c))[0].log(), (1 - target).log()


def captivity_scale(value, alpha, beta, gamma, a, target, s, c):
    leave, allowed = parts(alpha, beta, gamma, target, s, c)
    return abs(leave) + abs(allowed)


def critical(alpha, beta, gamma, a, target, s):
    z = root(lambda z: lost(alpha, beta, gamma, a, s, z)[0] - (1 - target))
    return 1 / (1 + (-z).exp())


def critical_scale(value, alpha, beta, gamma, a, target, s):
    """c, and what roundings of ln(1 - L) and of logit(c) make of it."""
    z = logit(value)
    rest, slope = lost(alpha, beta, gamma, a, s, z)
    return value + value * (1 - value) * (abs(z) + abs(rest.log()) / slope)


def from_ratio(alpha, beta, gamma, a, ratio, low, high):
    def gap(z):
        return 1 - lost(alpha, beta, gamma, a, high, z)[0] - ratio * (1 - lost(alpha, beta, gamma, a, low, z)[0])

    return 1 / (1 + (-root(gap)).exp())


def ratio_scale(value, alpha, beta, gamma, a, ratio, low, high):
    z = logit(value)
    (rest, slope), (rest_high, slope_high) = (lost(alpha, beta, gamma, a, s, z) for s in (low, high))
    rise = rest * slope / (1 - rest) - rest_high * slope_high / (1 - rest_high)
    return value + value * (1 - value) * (abs(z) + 1 / rise)


def loyalty(alpha, beta, gamma, a, s, c):
    odds = np.exp(alpha) * (s / (1 - s)) ** beta * ((1 - c) / c) ** gamma
    return (1 - c**a) + c**a * odds / (1 + odds)


def curves(rng, n, a=2.0):
    return uniform(rng, -3, 3, n), uniform(rng, 0.1, 5, n), uniform(rng, 0.1, 4, n), uniform(rng, 0, a, n)


def captivity_points(rng, n):
    curve, s, c = curves(rng, n), uniform(rng, 0, 1, n), uniform(rng, 0, 1, n)
    free = loyalty(*curve[:3], 0.0, s, c)
    target = free + (1 - free) * uniform(rng, 0.01, 1, n)
    rows = columns(*curve, target, s, c)
    return rows[target < 1 - 1e-12]


def critical_points(rng, n):
    curve, s, c = curves(rng, n), uniform(rng, 0, 1, n), uniform(rng, 0, 1, n)
    target = loyalty(*curve, s, c)
    return columns(*curve, target, s)[(target > 1e-9) & (target < 1 - 1e-9)]


def full_points(rng, n):
    curve, low, c = curves(rng, n), uniform(rng, 0, 1, n), uniform(rng, 0, 1, n)
    ratio = 1 / loyalty(*curve, low, c)
    return columns(*curve, ratio, low, np.ones(n))[(ratio > 1 + 1e-6) & (ratio < 1e6)]


def free_points(rng, n):
    """Without captivity the ratio rises all the way."""
    curve, low, c = curves(rng, n, a=0.0), uniform(rng, 1e-3, 1, n), uniform(rng, 0, 1, n)
    high = low + (1 - low) * uniform(rng, 0.05, 1, n)
    ratio = loyalty(*curve, high, c) / loyalty(*curve, low, c)
    top = (high / (1 - high) * (1 - low) / low) ** curve[1]
    return columns(*curve, ratio, low, high)[(ratio > 1 + 1e-6) & (ratio < 1e6) & (ratio - 1 < 0.999 * (top - 1))]


CHECKS = [
    Check("required_captivity", "inverse_captivity(x)", captivity, captivity_points, 1e-15,
          "s, c in (0, 1), beta to 5, gamma to 4", "relative", captivity_scale),
    Check("critical_competition", "inverse_critical(x)", critical, critical_points, 1e-15,
          "c in (0, 1), beta to 5, gamma to 4, a to 2", "relative", critical_scale, share=0.25),
    Check("competition_from_ratio_to_full", "inverse_ratio(x)", from_ratio, full_points, 1e-15,
          "s_high = 1, beta to 5, gamma to 4, a to 2", "relative", ratio_scale, share=0.25),
    Check("competition_from_ratio", "inverse_ratio(x)", from_ratio, free_points, 5e-15,
          "s_high < 1, beta to 5, gamma to 4, a = 0", "relative", ratio_scale, share=0.25),
]  # fmt: skip
