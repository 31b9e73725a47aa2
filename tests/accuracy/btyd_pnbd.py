"""Pareto/NBD model (btyd/pnbd.h)."""

import numpy as np
from flint import arb
from harness import Check, log_uniform
from lifetimes import Model, histories, silent, with_condition

HEADERS = ["loyalty/btyd/pnbd.h", "loyalty/btyd/pnbd_predict.h"]

PREAMBLE = """
static loy_pnbd_params pnbd_params_of(const double *x) {
  loy_pnbd_params params = {x[0], x[1], x[2], x[3]};
  return params;
}
static double pnbd_loglik_of(const double *x) {
  loy_pnbd_params params = pnbd_params_of(x);
  return loy_pnbd_loglik(&params, x[4], x[5], x[6]);
}
static double pnbd_palive_of(const double *x, double t) {
  loy_pnbd_params params = pnbd_params_of(x);
  return loy_pnbd_palive(&params, x[4], x[5], x[6], t);
}
static double pnbd_log_palive_of(const double *x) {
  loy_pnbd_params params = pnbd_params_of(x);
  return loy_pnbd_log_palive(&params, x[4], x[5], x[6]);
}
static double pnbd_posterior_of(const double *x, int which) {
  loy_pnbd_params params = pnbd_params_of(x);
  double rate = NAN, dropout = NAN;
  (void)loy_pnbd_posterior(&params, x[4], x[5], x[6], &rate, &dropout, NULL);
  return which ? dropout : rate;
}
static double pnbd_dect_of(const double *x, double delta, double t) {
  loy_pnbd_params params = pnbd_params_of(x);
  return loy_pnbd_dect(&params, x[4], x[5], x[6], delta, t);
}
static double pnbd_pmf_of(const double *x) {
  loy_pnbd_params params = pnbd_params_of(x);
  return loy_pnbd_pmf(&params, x[4], x[5]);
}
static double pnbd_pmf_future_of(const double *x) {
  loy_pnbd_params params = pnbd_params_of(x);
  return loy_pnbd_pmf_future(&params, x[4], x[5], x[6], x[7], x[8]);
}
static double pnbd_pmf_interval_of(const double *x) {
  loy_pnbd_params params = pnbd_params_of(x);
  return loy_pnbd_pmf_interval(&params, x[4], x[5], x[6]);
}
"""

DOMAIN = "r, alpha, s, beta from 1e-4 to 1e4, x to 1e4, T from 1e-3 to 1e6"
FUTURE = ", t from T/100 to 10 T"


def params(rng, k):
    usual = [
        np.exp(rng.uniform(np.log(lo), np.log(hi), k)) for lo, hi in ((0.05, 5), (0.5, 100), (0.05, 5), (0.5, 100))
    ]
    broad = [log_uniform(rng, 1e-4, 1e4, 2 * k) for _ in range(4)]
    edge = slice(k, 2 * k)
    broad[2][edge] = rng.choice([1.0, 1 + 1e-9, 1 - 1e-9, 1e-4, 0.5, 1e4], k)
    broad[3][edge] = np.where(rng.random(k) < 0.5, broad[1][edge], broad[3][edge])
    return np.stack(usual, axis=1), np.stack(broad, axis=1)


def customers(rng, n):
    return histories(rng, n, params)


def with_horizon(rng, n):
    rows = customers(rng, n)
    return np.column_stack([rows, rows[:, 6] * log_uniform(rng, 1e-2, 10, len(rows))])


def with_rate_and_horizon(rng, n):
    rows = with_horizon(rng, n)
    return np.column_stack([rows[:, :7], log_uniform(rng, 1e-6, 10, len(rows)) / rows[:, 6], rows[:, 7]])


def counts(rng, n):
    rows = customers(rng, n)[:, :4]
    many = np.floor(log_uniform(rng, 0.3, 1e4, len(rows)))
    t = np.where(
        rng.random(len(rows)) < 0.7, rows[:, 1] * (many + 1) / rows[:, 0], log_uniform(rng, 1e-3, 1e6, len(rows))
    )
    return np.column_stack([rows, many, np.clip(t * np.exp(rng.normal(0, 1, len(rows))), 1e-6, 1e8)])


def counts_interval(rng, n):
    rows = counts(rng, n)
    t0 = rows[:, 5] * log_uniform(rng, 1e-2, 1e2, len(rows))
    return np.column_stack([rows[:, :5], t0, t0 + rows[:, 5]])


def counts_future(rng, n):
    rows = customers(rng, n)
    many = np.floor(log_uniform(rng, 0.3, 300, len(rows)))
    t = (rows[:, 1] + rows[:, 6]) * (many + 1) / (rows[:, 0] + rows[:, 4])
    return np.column_stack([rows, many, np.clip(t * np.exp(rng.normal(0, 1, len(rows))), 1e-6, 1e8)])


def pareto(s, beta):
    def lifetime(age):
        start = beta + age

        def log_survivor(v, analytic):
            return -s * (1 + v / start).log(analytic=analytic)

        def hazard(v, analytic):
            return s / (start + v)

        return log_survivor, hazard, float(start)

    return lifetime


def split(q):
    r, alpha, s, beta, *rest = q
    return r, alpha, pareto(s, beta), rest


MODEL = Model(split, 4)


def expected(r, alpha, s, beta, x, t_x, T, t):
    """The closed form."""
    B = beta + T
    ratio = (t / B).log1p()
    time = B * ratio if s == 1 else B * ((1 - s) * ratio).expm1() / (1 - s)
    return MODEL.alive(r, alpha, s, beta, x, t_x, T) * (r + x) / (alpha + T) * time


def dert(r, alpha, s, beta, x, t_x, T, delta, t):
    """By Tricomi's function: int_0^infinity exp(-delta v) (B/(B+v))^s dv = B U(1, 2-s, delta B)."""
    B = beta + T
    return MODEL.alive(r, alpha, s, beta, x, t_x, T) * (r + x) / (alpha + T) * B * (delta * B).hypgeom_u(arb(1), 2 - s)


def dropout(r, alpha, s, beta, x, t_x, T):
    q = (r, alpha, s, beta, x, t_x, T)
    value = MODEL.alive(*q) * s / (beta + T)
    if t_x == T:
        return value
    more, same = (silent(pareto(shape, beta)(t_x), r + x, alpha + t_x, T - t_x) for shape in (s + 1, s))
    return value + MODEL.stopped(*q) * (more - same).exp() * s / (beta + t_x)


def check(name, call, oracle, points, scale, domain=DOMAIN, share=0.06, tiny=1e-290):
    return Check("pnbd_" + name, call, oracle, points, 1e-12, domain, "relative", scale, tiny=tiny, share=share)


NOW = with_condition(lambda *q: MODEL.condition(*q[:7]))

CHECKS = [
    check("loglik", "pnbd_loglik_of(x)", MODEL.loglik, customers, MODEL.loglik_scale, tiny=0.0),
    check("palive", "pnbd_palive_of(x, 0.0)", MODEL.alive, customers, NOW),
    check(
        "log_palive",
        "pnbd_log_palive_of(x)",
        MODEL.log_alive,
        customers,
        lambda value, *q: abs(value) + (abs(value) * 16 * 2.0**-52 / 1e-12 * MODEL.condition(*q)),
    ),
    check(
        "palive_future",
        "pnbd_palive_of(x, x[7])",
        MODEL.palive_future,
        with_horizon,
        with_condition(MODEL.future_condition),
        DOMAIN + FUTURE,
    ),
    check("posterior_rate", "pnbd_posterior_of(x, 0)", MODEL.rate, customers, NOW),
    check("posterior_dropout", "pnbd_posterior_of(x, 1)", dropout, customers, NOW),
    check("expected_purchases", "pnbd_dect_of(x, 0.0, x[7])", expected, with_horizon, NOW, DOMAIN + FUTURE),
    check(
        "dert",
        "pnbd_dect_of(x, x[7], INFINITY)",
        dert,
        with_rate_and_horizon,
        NOW,
        DOMAIN + ", delta T from 1e-6 to 10",
    ),
    check(
        "dect",
        "pnbd_dect_of(x, x[7], x[8])",
        MODEL.expected,
        with_rate_and_horizon,
        NOW,
        DOMAIN + ", delta T from 1e-6 to 10" + FUTURE,
    ),
    check(
        "pmf",
        "pnbd_pmf_of(x)",
        lambda r, alpha, s, beta, n, t: MODEL.pmf_interval(r, alpha, s, beta, n, arb(0), t),
        counts,
        with_condition(lambda r, alpha, s, beta, n, t: MODEL.pmf_condition(r, alpha, s, beta, n, arb(0), t)),
        "r, alpha, s, beta from 1e-4 to 1e4, n to 1e4",
    ),
    check(
        "pmf_future",
        "pnbd_pmf_future_of(x)",
        MODEL.pmf_future,
        counts_future,
        with_condition(MODEL.pmf_future_condition),
        DOMAIN + ", n to 300",
    ),
    check(
        "pmf_interval",
        "pnbd_pmf_interval_of(x)",
        MODEL.pmf_interval,
        counts_interval,
        with_condition(MODEL.pmf_condition),
        "r, alpha, s, beta from 1e-4 to 1e4, n to 1e4",
    ),
]
