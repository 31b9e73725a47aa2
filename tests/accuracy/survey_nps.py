"""Score interval and posterior of the Net Promoter Score (survey/nps_score.h, survey/nps_bayes.h)."""

import numpy as np
from flint import arb, ctx
from harness import Check, columns, log_uniform, uniform

HEADERS = ["loyalty/survey/nps_score.h", "loyalty/survey/nps_bayes.h"]

PREAMBLE = """
static double nps_limit(const double *x, int upper) {
  double ends[2];
  loyi_nps_score_interval(x[0], x[1], x[2], x[3], &ends[0], &ends[1]);
  return ends[upper];
}
static loy_nps_posterior nps_posterior(const double *x) {
  const double total = x[0] + x[1] + x[2], p = x[0] / total, d = x[2] / total;
  loy_nps_posterior posterior = {x[0], x[1], x[2], p - d, sqrt((p + d - (p - d) * (p - d)) / (total + 1.0))};
  return posterior;
}
static double nps_tail(const double *x) {
  const loy_nps_posterior posterior = nps_posterior(x);
  double below = 2.0, above = 2.0;
  (void)loy_nps_posterior_probability(&posterior, x[3], &below, &above, NULL);
  return x[3] < posterior.mean ? below : above;
}
static double nps_quantile(const double *x) {
  const loy_nps_posterior posterior = nps_posterior(x);
  double value = 2.0;
  (void)loy_nps_posterior_quantile(&posterior, x[3], &value, NULL);
  return value;
}
"""


def tables(rng, n):
    """Promoters, passives, detractors: whole, from none to 1e6, now and then a group without any; and what varies."""
    counts = np.floor(log_uniform(rng, 1, 1e6, 3 * n)).reshape(3, n)
    counts[rng.uniform(size=(3, n)) < 0.1] = 0
    counts[1, counts.sum(axis=0) == 0] = 1
    return counts


def statistic_points(rng, n):
    return columns(*tables(rng, n), uniform(rng, -0.999, 0.999, n))


def limit_points(rng, n):
    return columns(*tables(rng, n), uniform(rng, 0.1, 5, n))


def variance(p, a, d, m):
    """n (2 q + m (1 - m)): n times the variance of the score, were it m."""
    n = p + a + d
    b = (2 * n - p + d) * m - p - d
    q = ((b * b + 8 * n * d * m * (1 - m)).sqrt() - b) / (4 * n)
    return n * (2 * q + m * (1 - m))


def statistic(p, a, d, m):
    gap = p - d - (p + a + d) * m
    return gap / variance(p, a, d, m).sqrt() if float(gap) else arb(0)


def upper(p, a, d, z):
    """By bisection, with signs that are certain; the ball is what is left when they no longer are."""
    n = p + a + d
    if bool(p == n):
        return arb(1)
    low, high = ((p - d) / n).mid(), arb(1)
    for _ in range(160):
        m = ((low + high) / 2).mid()
        v = variance(p, a, d, m)
        excess = p - d - n * m + z * (v if bool(v > 0) else abs(v)).sqrt()
        if bool(excess > 0):
            low = m
        elif bool(excess < 0):
            high = m
        else:
            break
    return ((low + high) / 2).mid() + arb(0, ((high - low) / 2).upper())


def lower(p, a, d, z):
    return -upper(d, a, p, z)


def parameters(rng, n):
    """Of the Dirichlet distribution: as after few and after many answers."""
    return log_uniform(rng, 0.3, 300, 3 * n).reshape(3, n)


def moments(a):
    total = a.sum(axis=0)
    p, d = a[0] / total, a[2] / total
    return p - d, np.sqrt((p + d - (p - d) ** 2) / (total + 1))


def tail_points(rng, n):
    """Up to five standard deviations from the mean, on the side on which the tail is computed by itself."""
    a = parameters(rng, n)
    mean, deviation = moments(a)
    return columns(*a, np.clip(mean + uniform(rng, -5, 5, n) * deviation, -0.95, 0.95))


def quantile_points(rng, n):
    return columns(*parameters(rng, n), uniform(rng, 0.0005, 0.9995, n))


def above(x, ap, aa, ad):
    """P(p - d > x) over the share of promoters, not over that of the passives as the library: given p, the share of
    detractors among the others is beta(a_D, a_A). From (1 + x)/2 on it is below p - x, whatever it is. Up to there by
    the tanh-sinh rule; steps are halved until two sums agree."""
    low, corner = max(x, arb(0), key=float), (1 + x) / 2
    whole = ap.lgamma() + (aa + ad).lgamma() - (ap + aa + ad).lgamma()

    def term(s):
        y = arb.pi() * s.sinh()
        t, rest = 1 / (1 + (-y).exp()), 1 / (1 + y.exp())  # p goes from low to corner as t does from 0 to 1
        p = low + (corner - low) * t
        over = (p - x) if float(x) < 0 else (corner - low) * t
        ratio = over / (1 - p)
        if float(ratio) < 0.5:
            share = ratio.beta_lower(ad, aa, 1)
        else:
            share = 1 - (2 * (corner - low) * rest / (1 - p)).beta_lower(aa, ad, 1)
        density = ((ap - 1) * p.log() + (aa + ad - 1) * (1 - p).log() - whole).exp()
        return (density * share * t * rest * arb.pi() * s.cosh()).mid()

    step = arb(1) / 8
    total = sum((term(k * step) for k in range(-42, 43)), arb(0))
    for halvings in range(1, 8):
        between = sum(
            (term((2 * k + 1) * step / 2) for k in range(-42 << (halvings - 1), 42 << (halvings - 1))), arb(0)
        )
        change, step = abs(between - total), step / 2
        total += between
        if bool(change < total * 1e-14):
            break
    else:
        raise ArithmeticError("the sums do not agree")
    return (total * step * (corner - low) + 1 - corner.beta_lower(ap, aa + ad, 1)).mid()


def below(x, ap, aa, ad):
    """P(p - d <= x) = P(d - p > -x)."""
    return above(-x, ad, aa, ap)


def tail(ap, aa, ad, x):
    with ctx.workprec(160):
        return (below if bool(x * (ap + aa + ad) < ap - ad) else above)(x, ap, aa, ad)


def moments_of(ap, aa, ad):
    return (float(m[0]) for m in moments(np.array([[float(ap)], [float(aa)], [float(ad)]])))


def quantile(ap, aa, ad, probability):
    """By secants on the logit of the probability."""
    with ctx.workprec(160):
        mean, deviation = moments_of(ap, aa, ad)

        def excess(x):
            found = below(x, ap, aa, ad)
            return ((found / (1 - found)).log() - (probability / (1 - probability)).log()).mid()

        old, new = arb(mean), arb(mean + deviation / 4 * (1 if float(probability) > 0.5 else -1))
        old_excess = excess(old)
        for _ in range(30):
            new = min(max(new, (old - 1) / 2, key=float), (old + 1) / 2, key=float).mid()
            new_excess = excess(new)
            step = (new_excess * (new - old) / (new_excess - old_excess)).mid()
            old, old_excess, new = new, new_excess, (new - step).mid()
            if abs(float(step)) < 1e-15 * deviation:
                return new
        raise ArithmeticError("the secants do not settle")


def one(value, *arguments):
    return arb(1)


def terms_of_statistic(value, p, a, d, m):
    """The numerator P - D - n m0 cancels near the score: relative to its terms."""
    return (abs(p - d) + (p + a + d) * abs(m)) / variance(p, a, d, m).sqrt()


def deviation_of(value, ap, aa, ad, probability):
    return arb(list(moments_of(ap, aa, ad))[1])


CHECKS = [
    Check(
        "nps_score_z",
        "loyi_nps_score_z(x[0], x[1], x[2], x[3])",
        statistic,
        statistic_points,
        1e-15,
        "counts from 0 to 1e6, m0 within .999; relative to the numerator's terms",
        "relative",
        terms_of_statistic,
    ),
    Check(
        "nps_score_lower",
        "nps_limit(x, 0)",
        lower,
        limit_points,
        1e-15,
        "counts from 0 to 1e6, z from .1 to 5; absolute",
        "relative",
        one,
        share=0.3,
    ),
    Check(
        "nps_score_upper",
        "nps_limit(x, 1)",
        upper,
        limit_points,
        1e-15,
        "counts from 0 to 1e6, z from .1 to 5; absolute",
        "relative",
        one,
        share=0.3,
    ),
    Check(
        "nps_posterior_tail",
        "nps_tail(x)",
        tail,
        tail_points,
        1e-12,
        "parameters from .3 to 300, to 5 standard deviations; the smaller of the two tails",
        "relative",
        share=0.03,
    ),
    Check(
        "nps_posterior_quantile",
        "nps_quantile(x)",
        quantile,
        quantile_points,
        1e-12,
        "parameters from .3 to 300, probability from .0005 to .9995; relative to the standard deviation",
        "relative",
        deviation_of,
        share=0.01,
    ),
]
