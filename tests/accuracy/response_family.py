"""Families beside L = f(C, S) (response/family.h)."""

from flint import arb
from harness import Check, columns, log_uniform, uniform

HEADERS = ["loyalty/response/family.h"]
PREAMBLE = """
static double family_at(int family, const double *x, int params) {
  loy_family_curve curve;
  loy_family_init(&curve, family);
  for (int p = 0; p < params; p++) curve.param[p] = x[2 + p];
  return loy_family_loyalty(&curve, x[0], x[1]);
}
"""


def tilted(h, c, q):
    w = (q * (c / (1 - c)).log()).exp()
    return h * w / (h * w + 1 - h)


def power(s, c, floor, top, q, p):
    return tilted(floor + (top - floor) * s**p, c, q)


def exponential(s, c, floor, top, q, k):
    return tilted(floor + (top - floor) * (k * s).expm1() / k.expm1(), c, q)


def logit_linear(s, c, intercept, slope, q):
    return 1 / (1 + (-(intercept + slope * s + q * (c / (1 - c)).log())).exp())


def part(s, low, high):
    if bool(s <= low):
        return arb(0)
    return arb(1) if bool(s >= high) else (s - low) / (high - low)


def piecewise(s, c, floor, top, q, rise_1, rise_2, first, second):
    later = rise_2 * part(s, first, second) + (1 - rise_2) * part(s, second, 1)
    return tilted(floor + (top - floor) * (rise_1 * part(s, 0, first) + (1 - rise_1) * later), c, q)


def bend(k, s):
    def b(y):
        return y / (1 - (-y).exp())

    return (b(k * s) - b(k)) / k


def common(rng, n):
    return [uniform(rng, 1e-3, 1, n), uniform(rng, 0.02, 0.98, n), uniform(rng, 0, 0.5, n), uniform(rng, 0.5, 1, n),
            uniform(rng, -2, 2, n)]  # fmt: skip


def signed(rng, low, high, n):
    return log_uniform(rng, low, high, n) * rng.choice([-1.0, 1.0], n)


def power_points(rng, n):
    return columns(*common(rng, n), log_uniform(rng, 0.05, 20, n))


def exponential_points(rng, n):
    return columns(*common(rng, n), signed(rng, 1e-8, 50, n))


def logit_points(rng, n):
    s, c = common(rng, n)[:2]
    return columns(s, c, uniform(rng, -5, 5, n), uniform(rng, -10, 10, n), uniform(rng, -2, 2, n))


def piecewise_points(rng, n):
    rises = [uniform(rng, 0, 1, n), uniform(rng, 0, 1, n)]
    return columns(*common(rng, n), *rises, uniform(rng, 0.05, 0.45, n), uniform(rng, 0.55, 0.95, n))


def bend_points(rng, n):
    return columns(signed(rng, 1e-6, 50, n), uniform(rng, 1e-3, 0.999, n))


GRID = "s from .001, c .02 to .98, floor to .5, top from .5, competition within 2; "
CHECKS = [
    Check(
        "family_power", "family_at(LOY_FAMILY_POWER, x, 4)", power, power_points, 3e-15,
        GRID + "exponent .05 to 20", "relative",
    ),
    Check(
        "family_exponential", "family_at(LOY_FAMILY_EXPONENTIAL, x, 4)", exponential, exponential_points, 3e-15,
        GRID + "curvature 1e-8 to 50, +-", "relative",
    ),
    Check(
        "family_logit_linear", "family_at(LOY_FAMILY_LOGIT_LINEAR, x, 3)", logit_linear, logit_points, 5e-15,
        "s from .001, c .02 to .98; intercept within 5, slope 10, competition 2", "relative",
    ),
    Check(
        "family_piecewise", "family_at(LOY_FAMILY_PIECEWISE, x, 7)", piecewise, piecewise_points, 3e-15,
        GRID + "any rises, thresholds .05 to .95", "relative",
    ),
    Check(
        "family_curvature_derivative", "loyi_family_bend(x[0], x[1])", bend, bend_points, 1e-14,
        "d ln F/dk: k 1e-6 to 50, +-; error relative to max(1, size)", "relative",
        lambda value, k, s: max(1, abs(value)),
    ),
]  # fmt: skip
