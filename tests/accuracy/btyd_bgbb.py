"""BG/BB model (btyd/bgbb.h, bgbb_predict.h)."""

import numpy as np
from flint import arb
from harness import Check, log_uniform
from lifetimes import EPS, largest

HEADERS = ["loyalty/btyd/bgbb.h", "loyalty/btyd/bgbb_fit.h", "loyalty/btyd/bgbb_predict.h"]

PREAMBLE = """
static loy_bgbb_params bgbb_of(const double *x) {
  loy_bgbb_params params = {x[0], x[1], x[2], x[3]};
  return params;
}
static double bgbb_loglik_of(const double *x) {
  loy_bgbb_params params = bgbb_of(x);
  return loy_bgbb_loglik(&params, x[4], x[5], x[6]);
}
static double bgbb_palive_of(const double *x) {
  loy_bgbb_params params = bgbb_of(x);
  return loy_bgbb_palive(&params, x[4], x[5], x[6], x[7]);
}
static double bgbb_log_palive_of(const double *x) {
  loy_bgbb_params params = bgbb_of(x);
  return loy_bgbb_log_palive(&params, x[4], x[5], x[6]);
}
static double bgbb_posterior_of(const double *x, int which) {
  loy_bgbb_params params = bgbb_of(x);
  double mean[2] = {NAN, NAN};
  loy_bgbb_posterior(&params, x[4], x[5], x[6], &mean[0], &mean[1], NULL);
  return mean[which];
}
static double bgbb_dect_of(const double *x) {
  loy_bgbb_params params = bgbb_of(x);
  return loy_bgbb_dect(&params, x[4], x[5], x[6], x[7], x[8]);
}
static double bgbb_dert_of(const double *x) {
  loy_bgbb_params params = bgbb_of(x);
  return loy_bgbb_dert(&params, x[4], x[5], x[6], x[7]);
}
static double bgbb_pmf_future_of(const double *x) {
  loy_bgbb_params params = bgbb_of(x);
  return loy_bgbb_pmf_future(&params, x[4], x[5], x[6], x[7], x[8]);
}
static double bgbb_pmf_interval_of(const double *x) {
  loy_bgbb_params params = bgbb_of(x);
  return loy_bgbb_pmf_interval(&params, x[4], x[5], x[6]);
}
static double bgbb_total_of(const double *x) {
  loy_bgbb_params params = bgbb_of(x);
  double value = NAN;
  loy_bgbb_loglik_total(&params, x + 4, x + 5, x + 6, NULL, 1, NULL, &value, NULL, NULL, NULL);
  return value;
}
/* Derivatives by the logarithms of the parameters x[7] and, for the second, x[8]. */
static double bgbb_first_of(const double *x) {
  loy_bgbb_params params = bgbb_of(x);
  double value, gradient[4] = {NAN, NAN, NAN, NAN};
  loy_bgbb_loglik_total(&params, x + 4, x + 5, x + 6, NULL, 1, NULL, &value, gradient, NULL, NULL);
  return gradient[(int)x[7]] * x[(int)x[7]];
}
static double bgbb_second_of(const double *x) {
  loy_bgbb_params params = bgbb_of(x);
  int i = (int)x[7], j = (int)x[8];
  double value, gradient[4] = {NAN, NAN, NAN, NAN}, hessian[16];
  for (int k = 0; k < 16; k++) hessian[k] = NAN;
  loy_bgbb_loglik_total(&params, x + 4, x + 5, x + 6, NULL, 1, NULL, &value, gradient, hessian, NULL);
  return hessian[4 * i + j] * x[i] * x[j] + (i == j ? gradient[i] * x[i] : 0.0);
}
"""

DOMAIN = "alpha, beta, gamma, delta from 1e-4 to 1e4, T to 1e4"


def params(rng, k):
    """Usual ones, then any."""
    usual = [np.exp(rng.uniform(np.log(lo), np.log(hi), k)) for lo, hi in ((0.1, 5), (0.1, 5), (0.1, 5), (0.5, 20))]
    return np.concatenate([np.stack(usual, axis=1), log_uniform(rng, 1e-4, 1e4, 8 * k).reshape(2 * k, 4)])


def customers(rng, n):
    """Three in four short histories; x = 0, t_x = x, t_x = T and gamma = 1 among them."""
    rows = params(rng, max(n // 3, 4))
    k = len(rows)
    rng.shuffle(rows)
    rows[rng.random(k) < 0.05, 2] = 1.0
    T = np.floor(np.where(rng.random(k) < 0.75, log_uniform(rng, 1, 200, k), log_uniform(rng, 100, 10001, k)))
    t_x = np.where(rng.random(k) < 0.2, T, np.ceil(T * rng.random(k)))
    t_x[rng.random(k) < 0.1] = 0
    x = np.where(rng.random(k) < 0.2, t_x, np.minimum(t_x, 1 + np.floor(t_x * rng.random(k) ** 2)))
    return np.column_stack([rows, x, t_x, T])


def ahead(rng, n):
    rows = customers(rng, n)
    t = np.floor(log_uniform(rng, 1, 2e5, len(rows)))
    t[rng.random(len(rows)) < 0.3] = 0
    return np.column_stack([rows, t])


def with_parameters(rng, n):
    rows = customers(rng, n)
    which = rng.integers(0, 4, (len(rows), 2))
    same = rows[:, 5] == rows[:, 6]  # alive at T: p and theta have nothing to do with each other
    which[same, 1] = which[same, 0]
    return np.column_stack([rows, which])


def with_parameter(rng, n):
    return with_parameters(rng, n)[:, :8]


def with_rate(rng, n):
    rows = customers(rng, n)
    return np.column_stack([rows, log_uniform(rng, 1e-6, 3, len(rows))])


def with_rate_and_horizon(rng, n):
    rows = with_rate(rng, n)
    rows[rng.random(len(rows)) < 0.3, 7] = 0
    return np.column_stack([rows, np.floor(log_uniform(rng, 1, 3e4, len(rows)))])


def counts_future(rng, n):
    rows = customers(rng, n)
    t = np.floor(log_uniform(rng, 1, 3e3, len(rows)))
    many = np.floor(t * rng.random(len(rows)) ** 3)
    return np.column_stack([rows, many, t])


def counts_interval(rng, n):
    rows = params(rng, max(n // 3, 4))
    k = len(rows)
    t0 = np.floor(log_uniform(rng, 1, 3e3, k))
    t1 = t0 + np.floor(log_uniform(rng, 1, 3e3, k))
    return np.column_stack([rows, np.floor((t1 - t0) * rng.random(k) ** 3), t0, t1])


def log_ratio(a, b, i, j):
    """ln B(a+i, b+j) - ln B(a, b)."""
    return (a + i).lgamma() - a.lgamma() + (b + j).lgamma() - b.lgamma() - (a + b + i + j).lgamma() + (a + b).lgamma()


def walk(a, b, g, d, x, t_x, T):
    """Of one who was alive at t_x: the probability of silence and life until T, and of silence and a stop after t_x,
    t_x + 1, ... T - 1."""
    path, stops = arb(1), []
    for i in range(int(float(T - t_x))):
        m = t_x + i
        stops.append(path * g / (g + d + m))
        path = path * (d + m) / (g + d + m) * (b + m - x) / (a + b + m)
    return path, stops


def silence(*q):
    path, stops = walk(*q)
    return path + sum(stops, arb(0))


def terms(a, b, g, d, x, t_x, T):
    return [log_ratio(a, b, x, t_x - x), log_ratio(g, d, arb(0), t_x), silence(a, b, g, d, x, t_x, T).log()]


def loglik(*q):
    return sum(terms(*q), arb(0))


def loglik_scale(value, *q):
    a, b, _g, _d, x, t_x, _T = q
    parts = [
        (a + x).lgamma() - a.lgamma(),
        (b + t_x - x).lgamma() - b.lgamma(),
        (a + b + t_x).lgamma() - (a + b).lgamma(),
    ]
    size = sum((abs(term) for term in [*parts, *terms(*q)[1:]]), arb(0))
    return largest(abs(value), arb(1)) + arb(4 * EPS / 1e-12) * size


def stepped(q, k, h):
    """With parameter k times exp(h)."""
    return [value * arb(h).exp() if i == k else value for i, value in enumerate(q)]


STEP = arb(2) ** -80  # central differences of the exact function: off by 2^-160


def first(*q):
    *q, k = q
    k = int(float(k))
    return (loglik(*stepped(q, k, STEP)) - loglik(*stepped(q, k, -STEP))) / (2 * STEP)


def second(*q):
    *q, j, k = q
    j = int(float(j))
    return (first(*stepped(q, j, STEP), k) - first(*stepped(q, j, -STEP), k)) / (2 * STEP)


def slope_scale(value, *q):
    """Each of T terms is at most 1."""
    return largest(abs(value), arb(1)) + arb(4 * EPS / 1e-12) * q[6]


def alive(*q):
    path, stops = walk(*q)
    return path / (path + sum(stops, arb(0)))


def palive(a, b, g, d, x, t_x, T, t):
    return alive(a, b, g, d, x, t_x, T) * log_ratio(g, d + T, arb(0), t + 1).exp()


def log_palive(*q):
    _a, _b, g, d, _x, _t_x, T = q
    return (alive(*q) * (d + T) / (g + d + T)).log()


def mean_p(a, b, g, d, x, t_x, T):
    path, stops = walk(a, b, g, d, x, t_x, T)
    top = sum((stop * (a + x) / (a + b + t_x + i) for i, stop in enumerate(stops)), path * (a + x) / (a + b + T))
    return top / (path + sum(stops, arb(0)))


def mean_theta(a, b, g, d, x, t_x, T):
    path, stops = walk(a, b, g, d, x, t_x, T)
    top = sum((stop * (g + 1) / (g + d + t_x + i + 1) for i, stop in enumerate(stops)), path * g / (g + d + T))
    return top / (path + sum(stops, arb(0)))


def lives(g, stay, delta, t):
    """Sum_{i=1}^{t} exp(-delta i) S(i), t None for no end, by Gauss's function and the rest beyond t; at high rates,
    where that takes too many digits, by summing up to a rest that is bounded."""
    z = (-delta).exp()

    def ever(stay):
        if delta < 2e-3:
            return z * stay / (g + stay) * z.hypgeom_2f1(arb(1), stay + 1, g + stay + 1)
        total, term, i = arb(0), arb(1), 0
        while term / (1 - z) > total * arb(2) ** -128:
            term *= z * (stay + i) / (g + stay + i)
            total += term
            i += 1
        return total + term * z / (1 - z) * arb(0.5, 0.5)

    if t is None:
        return ever(stay)
    if float(t) <= 3000:
        total, term = arb(0), arb(1)
        for i in range(int(float(t))):
            term *= z * (stay + i) / (g + stay + i)
            total += term
        return total
    survive = log_ratio(g, stay, arb(0), t).exp()
    if delta == 0 and g != 1:
        return stay / (g - 1) * (1 - survive * (stay + t) / stay)
    if delta == 0:
        return stay * ((stay + 1 + t).digamma() - (stay + 1).digamma())
    return ever(stay) - (-delta * t).exp() * survive * ever(stay + t)


def dect(a, b, g, d, x, t_x, T, delta, t):
    return alive(a, b, g, d, x, t_x, T) * (a + x) / (a + b + T) * lives(g, d + T, delta, t)


def dert(*q):
    return dect(*q, None)


def exactly(a, b, g, d, n, t):
    n, t = int(float(n)), int(float(t))
    if n > t:
        return arb(0)
    term, total = (log_ratio(a, b, arb(n), arb(0)) + log_ratio(g, d, arb(0), arb(n))).exp(), arb(0)
    for m in range(n, t):
        total += term * g / (g + d + m)
        term = term * (m + 1) / (m + 1 - n) * (b + m - n) / (a + b + m) * (d + m) / (g + d + m)
    return total + term


def pmf_future(a, b, g, d, x, t_x, T, n, t):
    life = alive(a, b, g, d, x, t_x, T)
    chance = life * exactly(a + x, b + T - x, g, d + T, n, t)
    return chance if n > 0 else chance + 1 - life


def pmf_interval(a, b, g, d, n, t0, t1):
    life = log_ratio(g, d, arb(0), t0).exp()
    chance = life * exactly(a, b, g, d + t0, n, t1 - t0)
    return chance if n > 0 else chance + 1 - life


CHECKS = [
    Check("bgbb_loglik", "bgbb_loglik_of(x)", loglik, customers, 1e-12, DOMAIN, "relative", loglik_scale, share=0.5),
    Check("bgbb_loglik_total", "bgbb_total_of(x)", loglik, customers, 1e-12, DOMAIN, "relative", loglik_scale,
          share=0.5),
    Check("bgbb_gradient", "bgbb_first_of(x)", first, with_parameter, 1e-12, DOMAIN + ", by the logarithms", "relative",
          slope_scale, share=0.3),
    Check("bgbb_hessian", "bgbb_second_of(x)", second, with_parameters, 1e-12, DOMAIN + ", by the logarithms",
          "relative", slope_scale, share=0.15),
    Check("bgbb_palive", "bgbb_palive_of(x)", palive, ahead, 1e-12, DOMAIN + ", t to 2e5", "relative", tiny=1e-290,
          share=0.5),
    Check("bgbb_log_palive", "bgbb_log_palive_of(x)", log_palive, customers, 1e-12, DOMAIN, "relative",
          lambda value, *q: largest(abs(value), arb(1)), share=0.5),
    Check("bgbb_posterior_p", "bgbb_posterior_of(x, 0)", mean_p, customers, 1e-12, DOMAIN, "relative", share=0.5),
    Check("bgbb_posterior_theta", "bgbb_posterior_of(x, 1)", mean_theta, customers, 1e-12, DOMAIN, "relative",
          share=0.5),
    Check("bgbb_dert", "bgbb_dert_of(x)", dert, with_rate, 1e-12, DOMAIN + ", delta from 1e-6 to 3", "relative",
          tiny=1e-290, share=0.5),
    Check("bgbb_dect", "bgbb_dect_of(x)", dect, with_rate_and_horizon, 1e-12,
          DOMAIN + ", delta 0 or from 1e-6 to 3, t to 3e4", "relative", tiny=1e-290, share=0.5),
    Check("bgbb_pmf_future", "bgbb_pmf_future_of(x)", pmf_future, counts_future, 1e-12, DOMAIN + ", t to 3e3",
          "relative", tiny=1e-290, share=0.5),
    Check("bgbb_pmf_interval", "bgbb_pmf_interval_of(x)", pmf_interval, counts_interval, 1e-12,
          DOMAIN + ", t0, t1 - t0 to 3e3", "relative", tiny=1e-290, share=0.5),
]  # fmt: skip
