"""The cusp: equilibria and density (response/cusp.h, cusp_density.h)."""

import itertools

import numpy as np
from flint import arb, ctx
from harness import Check, log_uniform, uniform

HEADERS = ["loyalty/response/cusp.h", "loyalty/response/cusp_density.h"]

PREAMBLE = """
static double cusp_root(double a, double b, int which) {
  loy_cusp_equilibria found;
  loy_cusp_solve(a, b, &found, NULL);
  return found.z[which < 0 ? 0 : which > 0 ? found.count - 1 : 1];
}
static loy_cusp_moments cusp_moments(double a, double b) {
  loy_cusp_moments moments;
  loy_cusp_moments_at(a, b, &moments, NULL);
  return moments;
}
"""


# ---- equilibria ----


def signed(rng, n, low, high):
    return log_uniform(rng, low, high, n) * rng.choice([-1.0, 1.0], n)


def anywhere(rng, n):
    """All sizes of both controls, and points next to the fold lines."""
    k = n // 2
    wide = np.stack([signed(rng, k, 1e-100, 1e100), signed(rng, k, 1e-100, 1e100)], axis=1)
    b = log_uniform(rng, 1e-3, 1e3, n - k)
    fold = 2 * (b / 3) ** 1.5
    a = fold * (1 + signed(rng, n - k, 1e-15, 1)) * rng.choice([-1.0, 1.0], n - k)
    return np.concatenate([wide, np.stack([a, b], axis=1)])


def three(rng, n):
    """Between the fold lines, most of them next to one, where two roots all but meet."""
    b = log_uniform(rng, 1e-3, 1e3, n)
    inside = np.where(rng.random(n) < 0.7, 1 - log_uniform(rng, 1e-15, 1, n), uniform(rng, 0, 1, n))
    rows = np.stack([2 * (b / 3) ** 1.5 * inside * rng.choice([-1.0, 1.0], n), b], axis=1)
    # Where the rounding of the fold line itself has not put the row outside or on it.
    exact = [4 * arb(y) ** 3 - 27 * arb(x) ** 2 > arb(2) ** -90 * 4 * arb(y) ** 3 for x, y in rows]
    return rows[np.array(exact)]


def roots(a, b):
    """The real roots in rising order, by bisection between the points where the slope is zero."""
    reach = 1 + abs(a) + abs(b)
    ends = [-reach, reach]
    if b > 0 and 4 * b**3 > 27 * a**2:
        turn = (b / 3).sqrt()
        ends[1:1] = [-turn, turn]
    found = []
    for low, high in itertools.pairwise(ends):
        low, high = arb(low.mid()), arb(high.mid())
        rising = (high**3 - b * high - a) > 0
        steps = 0
        while abs(high - low) > abs(high) * arb(2) ** -100 and abs(high - low) > arb(2) ** -1400 and steps < 4000:
            middle = arb(((low + high) / 2).mid())
            if ((middle**3 - b * middle - a) > 0) == rising:
                high = middle
            else:
                low = middle
            steps += 1
        found.append((low + high) / 2)
    return [arb(x.mid(), abs(x.mid()) * arb(2) ** -95) for x in found]


def root(which):
    def oracle(a, b):
        if ctx.prec < 512:  # the comparisons above need exact signs
            ctx.prec = 512
        found = roots(a, b)
        return found[0] if which < 0 else found[-1] if which > 0 else found[1]

    return oracle


def fold(b):
    return 2 * (b / 3) * (b / 3).sqrt()


# ---- density ----


def controls(rng, n):
    """A and B of data: one mode, two, all but equal ones; and the point A = B = 0."""
    a, b = uniform(rng, -20, 20, n), uniform(rng, -20, 20, n)
    small = rng.random(n) < 0.3
    a[small] = signed(rng, int(small.sum()), 1e-12, 1)
    a[: max(1, n // 50)] = 0
    b[: max(1, n // 100)] = 0
    return np.stack([a, b], axis=1)


def skewed(rng, n):
    """The same without A = 0, where the mean is 0."""
    rows = controls(rng, n)
    return rows[rows[:, 0] != 0]


def far(rng, n):
    """The whole domain."""
    return np.stack([signed(rng, n, 1e-6, 1e7), signed(rng, n, 1e-6, 1e7)], axis=1)


def integrals(a, b, powers):
    """Integrals of z^p exp(A z + B z^2/2 - z^4/4 - top), and top: the trapezoidal rule, whose error for an entire
    integrand falls as exp(-2 pi c/h) along Im z = c. With c the width of the narrowest mode (quadratic, cubic or
    quartic, whichever governs) the integrand grows there by less than e^4, and h = c/20 leaves less than 2^-170. Each
    mode is followed until the integrand is exp(-110) of its height."""
    exact = ctx.prec
    ctx.prec = max(400, exact + 60)

    def exponent(z):
        return a * z + b * z**2 / 2 - z**4 / 4

    rest = [arb(z.mid()) for z in roots(a, b)]
    modes = [rest[0], rest[-1]] if len(rest) == 3 else rest[:1]
    width = min(
        min(1.0, abs(float(3 * z**2 - b)) ** -0.5 if z**2 * 3 - b > 1 else 1.0, max(1.0, abs(float(z))) ** (-1 / 3))
        for z in modes
    )
    top = arb(max(exponent(z) for z in modes).mid())
    step = arb(width / 20)
    totals = [arb(0)] * len(powers)
    for k, mode in enumerate(modes):
        height = exponent(mode)
        # The lattice goes through 0; with two modes the antimode parts them.
        nearest = int(((mode / step) + arb(0.5)).floor().unique_fmpz())
        parting = int((rest[1] / step).floor().unique_fmpz()) if len(modes) == 2 else None
        for side in (-1, 1):
            j = nearest if side > 0 else nearest - 1
            while True:
                inner = parting is not None and (j > parting if k == 0 else j <= parting)
                e = exponent(j * step)
                if inner or (e < height - 110 and (j - nearest) * side > 20):
                    break
                weight = (e - top).exp()
                totals = [t + weight * (j * step) ** p for t, p in zip(totals, powers, strict=True)]
                j += side
    small = arb(0, arb(2) ** -130)
    answers = [t * step * (1 + small) + step * totals[0] * small for t in totals]
    ctx.prec = exact
    return top, answers


def log_normalizer(a, b):
    top, (one,) = integrals(a, b, (0,))
    return top + one.log()


def moment(what):
    def oracle(a, b):
        _, (one, z, zz, zzz, zzzz) = integrals(a, b, range(5))
        m, q = z / one, zz / one / 2
        return {
            "mean": m,
            "variance": zz / one - m * m,
            "half_square": q,
            "covariance": zzz / one / 2 - m * q,
            "half_square_variance": zzzz / one / 4 - q * q,
        }[what]

    return oracle


def at_least_one(value, *_):
    return abs(value) if abs(value) > 1 else arb(1)


CHECKS = [
    Check("cusp_low", "cusp_root(x[0], x[1], -1)", root(-1), anywhere, 4,
          "A and B of sizes 1e-100 to 1e100, and within 1e-15 of the fold lines", share=0.25),
    Check("cusp_high", "cusp_root(x[0], x[1], 1)", root(1), anywhere, 4, "the same", share=0.25),
    Check("cusp_unstable", "cusp_root(x[0], x[1], 0)", root(0), three, 8,
          "between the fold lines, most next to one", share=0.25),
    Check("cusp_fold", "loy_cusp_fold(x[0])", fold, lambda rng, n: log_uniform(rng, 1e-190, 1e200, n)[:, None], 3,
          "B from 1e-190 to 1e200"),
    Check("cusp_log_normalizer", "loy_cusp_log_normalizer(x[0], x[1])", log_normalizer, controls, 1e-14,
          "A and B within 20, absolute where ln Z is between -1 and 1", "relative", at_least_one, share=0.25),
    Check("cusp_log_normalizer_far", "loy_cusp_log_normalizer(x[0], x[1])", log_normalizer, far, 1e-14,
          "A and B within 1e7, both signs, absolute where ln Z is between -1 and 1", "relative", at_least_one,
          share=0.05),
    Check("cusp_mean", "cusp_moments(x[0], x[1]).mean", moment("mean"), skewed, 1e-14,
          "A and B within 20, absolute where the mean is between -1 and 1", "relative", at_least_one, share=0.1),
    Check("cusp_variance", "cusp_moments(x[0], x[1]).variance", moment("variance"), controls, 1e-14,
          "A and B within 20", "relative", share=0.1),
    Check("cusp_half_square", "cusp_moments(x[0], x[1]).half_square", moment("half_square"), controls, 1e-14,
          "A and B within 20", "relative", share=0.1),
]  # fmt: skip
