"""Gamma-Gompertz/NBD model (btyd/ggomnbd.h)."""

import numpy as np
from flint import arb
from harness import Check, log_uniform
from lifetimes import Model, histories, silent, with_condition

HEADERS = ["loyalty/btyd/ggomnbd.h"]

PREAMBLE = """
static loy_ggomnbd_params ggomnbd_params_of(const double *x) {
  loy_ggomnbd_params params = {x[0], x[1], x[2], x[3], x[4]};
  return params;
}
static double ggomnbd_loglik_of(const double *x) {
  loy_ggomnbd_params params = ggomnbd_params_of(x);
  return loy_ggomnbd_loglik(&params, x[5], x[6], x[7]);
}
static double ggomnbd_palive_of(const double *x, double t) {
  loy_ggomnbd_params params = ggomnbd_params_of(x);
  return loy_ggomnbd_palive(&params, x[5], x[6], x[7], t);
}
static double ggomnbd_log_palive_of(const double *x) {
  loy_ggomnbd_params params = ggomnbd_params_of(x);
  return loy_ggomnbd_log_palive(&params, x[5], x[6], x[7]);
}
static double ggomnbd_posterior_of(const double *x, int which) {
  loy_ggomnbd_params params = ggomnbd_params_of(x);
  double rate = NAN, dropout = NAN;
  (void)loy_ggomnbd_posterior(&params, x[5], x[6], x[7], &rate, &dropout, NULL);
  return which ? dropout : rate;
}
static double ggomnbd_dect_of(const double *x, double delta, double t) {
  loy_ggomnbd_params params = ggomnbd_params_of(x);
  return loy_ggomnbd_dect(&params, x[5], x[6], x[7], delta, t);
}
static double ggomnbd_pmf_of(const double *x) {
  loy_ggomnbd_params params = ggomnbd_params_of(x);
  return loy_ggomnbd_pmf(&params, x[5], x[6]);
}
static double ggomnbd_pmf_future_of(const double *x) {
  loy_ggomnbd_params params = ggomnbd_params_of(x);
  return loy_ggomnbd_pmf_future(&params, x[5], x[6], x[7], x[8], x[9]);
}
static double ggomnbd_pmf_interval_of(const double *x) {
  loy_ggomnbd_params params = ggomnbd_params_of(x);
  return loy_ggomnbd_pmf_interval(&params, x[5], x[6], x[7]);
}
"""

DOMAIN = "r, alpha, b, s, beta from 1e-4 to 1e4, x to 1e4, T from 1e-3 to 1e6"
FUTURE = ", t from T/100 to 10 T"


def params(rng, k):
    usual = [
        np.exp(rng.uniform(np.log(lo), np.log(hi), k))
        for lo, hi in ((0.05, 5), (0.5, 100), (1e-4, 0.2), (0.05, 5), (1e-3, 50))
    ]
    broad = [log_uniform(rng, 1e-4, 1e4, 2 * k) for _ in range(5)]
    edge = slice(k, 2 * k)
    broad[3][edge] = rng.choice([1.0, 1 + 1e-9, 1e-4, 0.5, 1e4], k)
    broad[4][edge] = rng.choice([1.0, 1 + 1e-9, 1 - 1e-9, 1e-4, 1e4, 7.0], k)
    return np.stack(usual, axis=1), np.stack(broad, axis=1)


def customers(rng, n):
    return histories(rng, n, params)


def with_horizon(rng, n):
    rows = customers(rng, n)
    return np.column_stack([rows, rows[:, 7] * log_uniform(rng, 1e-2, 10, len(rows))])


def with_rate_and_horizon(rng, n):
    rows = with_horizon(rng, n)
    return np.column_stack([rows[:, :8], log_uniform(rng, 1e-6, 10, len(rows)) / rows[:, 7], rows[:, 8]])


def counts(rng, n):
    rows = customers(rng, n)[:, :5]
    many = np.floor(log_uniform(rng, 0.3, 1e4, len(rows)))
    t = np.where(
        rng.random(len(rows)) < 0.7, rows[:, 1] * (many + 1) / rows[:, 0], log_uniform(rng, 1e-3, 1e6, len(rows))
    )
    return np.column_stack([rows, many, np.clip(t * np.exp(rng.normal(0, 1, len(rows))), 1e-6, 1e8)])


def counts_interval(rng, n):
    rows = counts(rng, n)
    t0 = rows[:, 6] * log_uniform(rng, 1e-2, 1e2, len(rows))
    return np.column_stack([rows[:, :6], t0, t0 + rows[:, 6]])


def counts_future(rng, n):
    rows = customers(rng, n)
    many = np.floor(log_uniform(rng, 0.3, 300, len(rows)))
    t = (rows[:, 1] + rows[:, 7]) * (many + 1) / (rows[:, 0] + rows[:, 5])
    return np.column_stack([rows, many, np.clip(t * np.exp(rng.normal(0, 1, len(rows))), 1e-6, 1e8)])


def gompertz(b, s, beta):
    def lifetime(age):
        rest = beta * (-b * age).exp() - (-b * age).expm1()  # its beta, after `age`

        def level(v, analytic):
            return 1 + (rest - 1) * (-b * v).exp()

        def log_survivor(v, analytic):
            if float((b * v).real.mid()) > float(rest.log()) + 2:
                return -s * (b * v - rest.log() + level(v, analytic).log(analytic=analytic))
            return -s * (1 + ((b * v).exp() - 1) / rest).log(analytic=analytic)

        def hazard(v, analytic):
            return s * b / level(v, analytic)

        return log_survivor, hazard, float(rest if rest < 1 else 1 + rest.log()) / float(b)

    return lifetime


def split(q):
    r, alpha, b, s, beta, *rest = q
    return r, alpha, gompertz(b, s, beta), rest


MODEL = Model(split, 5)


def expected(*q):
    return MODEL.expected(*q[:-1], arb(0), q[-1])


def dert(*q):
    return MODEL.expected(*q[:-1], None)


def dropout(r, alpha, b, s, beta, x, t_x, T):
    q = (r, alpha, b, s, beta, x, t_x, T)

    def factor(age):
        return s / (beta + (b * age).expm1())

    value = MODEL.alive(*q) * factor(T)
    if t_x == T:
        return value
    more, same = (silent(gompertz(b, shape, beta)(t_x), r + x, alpha + t_x, T - t_x) for shape in (s + 1, s))
    return value + MODEL.stopped(*q) * (more - same).exp() * factor(t_x)


def check(name, call, oracle, points, scale, domain=DOMAIN, share=0.06, tiny=1e-290):
    return Check("ggomnbd_" + name, call, oracle, points, 1e-12, domain, "relative", scale, tiny=tiny, share=share)


NOW = with_condition(lambda *q: MODEL.condition(*q[:8]))

CHECKS = [
    check("loglik", "ggomnbd_loglik_of(x)", MODEL.loglik, customers, MODEL.loglik_scale, tiny=0.0),
    check("palive", "ggomnbd_palive_of(x, 0.0)", MODEL.alive, customers, NOW),
    check(
        "log_palive",
        "ggomnbd_log_palive_of(x)",
        MODEL.log_alive,
        customers,
        lambda value, *q: abs(value) + (abs(value) * 16 * 2.0**-52 / 1e-12 * MODEL.condition(*q)),
    ),
    check(
        "palive_future",
        "ggomnbd_palive_of(x, x[8])",
        MODEL.palive_future,
        with_horizon,
        with_condition(MODEL.future_condition),
        DOMAIN + FUTURE,
    ),
    check("posterior_rate", "ggomnbd_posterior_of(x, 0)", MODEL.rate, customers, NOW),
    check("posterior_dropout", "ggomnbd_posterior_of(x, 1)", dropout, customers, NOW),
    check("expected_purchases", "ggomnbd_dect_of(x, 0.0, x[8])", expected, with_horizon, NOW, DOMAIN + FUTURE),
    check(
        "dert",
        "ggomnbd_dect_of(x, x[8], INFINITY)",
        dert,
        with_rate_and_horizon,
        NOW,
        DOMAIN + ", delta T from 1e-6 to 10",
    ),
    check(
        "dect",
        "ggomnbd_dect_of(x, x[8], x[9])",
        MODEL.expected,
        with_rate_and_horizon,
        NOW,
        DOMAIN + ", delta T from 1e-6 to 10" + FUTURE,
    ),
    check(
        "pmf",
        "ggomnbd_pmf_of(x)",
        lambda r, alpha, b, s, beta, n, t: MODEL.pmf_interval(r, alpha, b, s, beta, n, arb(0), t),
        counts,
        with_condition(lambda r, alpha, b, s, beta, n, t: MODEL.pmf_condition(r, alpha, b, s, beta, n, arb(0), t)),
        "r, alpha, b, s, beta from 1e-4 to 1e4, n to 1e4",
    ),
    check(
        "pmf_future",
        "ggomnbd_pmf_future_of(x)",
        MODEL.pmf_future,
        counts_future,
        with_condition(MODEL.pmf_future_condition),
        DOMAIN + ", n to 300",
    ),
    check(
        "pmf_interval",
        "ggomnbd_pmf_interval_of(x)",
        MODEL.pmf_interval,
        counts_interval,
        with_condition(MODEL.pmf_condition),
        "r, alpha, b, s, beta from 1e-4 to 1e4, n to 1e4",
    ),
]
