"""Pareto/NBD, GGom/NBD and NBD total log-likelihoods (btyd/pnbd_fit.h, ggomnbd_fit.h, nbd_fit.h)."""

import numpy as np
from flint import acb, acb_series, arb, arb_series
from harness import Check, log_uniform

HEADERS = ["loyalty/btyd/pnbd_fit.h", "loyalty/btyd/ggomnbd_fit.h", "loyalty/btyd/nbd_fit.h"]

PREAMBLE = """
static double pnbd_total_of(const double *x, int which) {
  loy_pnbd_params params = {x[0], x[1], x[2], x[3]};
  double value = NAN, gradient[4], hessian[16];
  (void)loy_pnbd_loglik_total(&params, &x[4], &x[5], &x[6], NULL, 1, NULL, &value, gradient, hessian, NULL);
  return which < 0 ? value : (which < 4 ? gradient[which] : hessian[which - 4]);
}
static double ggomnbd_total_of(const double *x, int which) {
  loy_ggomnbd_params params = {x[0], x[1], x[2], x[3], x[4]};
  double value = NAN, gradient[5], hessian[25];
  (void)loy_ggomnbd_loglik_total(&params, &x[5], &x[6], &x[7], NULL, 1, NULL, &value, gradient, hessian, NULL);
  return which < 0 ? value : (which < 5 ? gradient[which] : hessian[which - 5]);
}
static double nbd_total_of(const double *x, int which) {
  loy_nbd_params params = {x[0], x[1]};
  double value = NAN, gradient[2], hessian[4];
  (void)loy_nbd_loglik_total(&params, &x[2], &x[3], &x[4], NULL, 1, NULL, &value, gradient, hessian, NULL);
  return which < 0 ? value : (which < 2 ? gradient[which] : hessian[which - 2]);
}
"""

EPS = 2.0**-52
NBD_DOMAIN = "r, alpha from 1e-4 to 1e4, x to 1e4, T from 1e-3 to 1e6"
GOMPERTZ_DOMAIN = "as pnbd_loglik_total, b (alpha + T) from 1e-3 to 100"
PARETO_DOMAIN = "r, alpha, s, beta from 1e-4 to 1e4, x to 1e4, T from 1e-3 to 1e6"


def histories(rng, n):
    """r, alpha, s, beta, x, t_x, T: a third such as customers have, two thirds of the whole domain."""
    k = max(2, n // 3)
    usual = [
        np.exp(rng.uniform(np.log(lo), np.log(hi), k)) for lo, hi in ((0.05, 5), (0.5, 100), (0.05, 5), (0.5, 100))
    ]
    broad = [log_uniform(rng, 1e-4, 1e4, 2 * k) for _ in range(4)]
    r, alpha, s, beta = (np.concatenate([u, w]) for u, w in zip(usual, broad, strict=True))
    x = np.concatenate([np.floor(log_uniform(rng, 0.3, 200, k)), rng.choice([0.0, 1.0, 2.0, 100.0, 1e4], 2 * k)])
    T = np.concatenate([rng.uniform(1, 200, k), log_uniform(rng, 1e-3, 1e6, 2 * k)])
    share = rng.choice([0.0, 1e-3, -1.0, 1.0], len(T), p=[0.1, 0.1, 0.6, 0.2])
    t_x = np.where(share < 0, rng.uniform(0, 1, len(T)), share) * T
    t_x[x == 0] = 0.0
    s[::17], beta[::13] = 1.0, alpha[::13]
    return np.stack([r, alpha, s, beta, x, np.minimum(t_x, T), T], axis=1)


def gompertz_histories(rng, n):
    rows = histories(rng, n)
    b = log_uniform(rng, 1e-3, 100, len(rows)) / (rows[:, 1] + rows[:, 6])
    beta = rows[:, 3].copy()
    beta[: len(rows) // 3] /= 10
    beta[::11] = 1.0
    return np.column_stack([rows[:, :2], b, rows[:, 2], beta, rows[:, 4:]])


def nbd_histories(rng, n):
    return histories(rng, n)[:, [0, 1, 4, 5, 6]]


# The lifetimes, for series in the parameters: ln S(u), and h(u); where they are analytic in u; and the point next to
# which the density bends.
def pareto(own, u):
    s, beta = own
    return -s * ((beta + u).log() - beta.log()), s / (beta + u)


def pareto_analytic(own, u):
    return bool((own[1] + u).real > 0)


def gompertz(own, u):
    b, s, beta = own
    fall = (-b * u).exp()
    left = beta * fall + (1 - fall)
    return -s * (b * u + left.log() - beta.log()), s * b / left


def gompertz_analytic(own, u):
    fall = (-own[0] * u).exp()
    return bool((own[2] * fall + (1 - fall)).real > 0)


def gompertz_bend(b, s, beta):
    return -(1 - beta).log() / b if beta < 1 else arb("inf")


def likelihood(lifetime, analytic, bend, direction, order, history):
    """ln L as a series along a direction of the parameters, the integral by Gauss-Legendre with error bounds."""
    params, (x, t_x, T) = history[:-3], history[-3:]
    length = order + 1
    c = min(params[1], bend(*params[2:]), key=float)
    top = ((c + T) / (c + t_x)).log()

    def powers(u, kind):
        r, alpha, *own = (kind([p, d], prec=length) for p, d in zip(params, direction, strict=True))
        # Relative to the same at t_x, in plain numbers, so that nothing underflows.
        log_survivor, hazard = lifetime(own, u)
        return -(r + x) * ((alpha + u).log() - (alpha + t_x).log()) + log_survivor, hazard

    start = powers(t_x, arb_series)[0]

    def coefficient(n):
        def integrand(tau, _):
            growth = tau.exp()
            u = (c + t_x) * growth - c
            if not (bool((params[1] + u).real > 0) and analytic(params[2:], u)):
                return acb("nan")
            logs, hazard = powers(u, acb_series)
            shifted = logs - acb_series([acb(start[i]) for i in range(length)], prec=length)
            return (shifted.exp() * hazard)[n] * (c + t_x) * growth

        return acb.integral(integrand, acb(0), acb(top)).real if bool(top > 0) else arb(0)

    alive = (powers(T, arb_series)[0] - start).exp()
    whole = arb_series([alive[n] + coefficient(n) for n in range(length)], prec=length)
    r, alpha = (arb_series([p, d], prec=length) for p, d in zip(params[:2], direction[:2], strict=True))
    gammas = (r + x).lgamma() - r.lgamma() if x > 0 else arb_series([0], prec=length)
    base = -r * (1 + t_x / alpha).log() - x * (alpha + t_x).log()
    return gammas + base + start + whole.log()


def terms(r, alpha, x, t_x):
    gammas = abs((r + x).lgamma() - r.lgamma()) if x > 0 else arb(0)
    return gammas + x * abs((alpha + t_x).log()) + r * (1 + t_x / alpha).log()


# The bound that the header states: 1e-12 max(1, |ln L|) + 4 * 2^-52 * Sum |terms|, as a multiple of 1e-12.
def value_scale(lifetime):
    def scale(value, *history):
        r, alpha, *own, x, t_x, _ = history
        log_survivor = abs(lifetime([arb_series([p]) for p in own], t_x)[0][0])
        return max(abs(value), arb(1), key=float) + arb(4 * EPS / 1e-12) * (terms(r, alpha, x, t_x) + log_survivor)

    return scale


# Some derivatives are 0 exactly, which no ball can show.
def settled(value):
    return arb(0) if value.contains(0) and float(value.rad()) < 1e-60 else value


def checks(prefix, names, lifetime, analytic, bend, points, domain, bound):
    size = len(names)

    def along(direction, order, history):
        return likelihood(lifetime, analytic, bend, direction, order, history)

    def unit(*at):
        return [at.count(p) for p in range(size)]

    def value(*history):
        return along(unit(), 0, history)[0]

    found = [
        Check(
            f"{prefix}_loglik_total",
            f"{prefix}_total_of(x, -1)",
            value,
            points,
            1e-12,
            domain,
            "relative",
            value_scale(lifetime),
            share=0.5,
        )
    ]

    # By logarithms of the parameters derivatives are sums of terms of this size.
    def scale_of(i, j):
        def scale(true, *history):
            r, alpha, *own, x, t_x, T = history
            of_rate = r + x + 1
            of_lifetime = own[-2] * (1 + own[0] * T) + 1 if prefix == "ggomnbd" else sum(own[:1], arb(1))
            by = (history[i] if i is not None else 1) * (history[j] if j is not None else 1)
            return abs(true) + (terms(r, alpha, x, t_x) + of_rate + of_lifetime) / by

        return scale

    def first(i):
        return lambda *history: settled(along(unit(i), 1, history)[1])

    def second(i, j):
        def oracle(*history):
            if i == j:
                return settled(2 * along(unit(i), 2, history)[2])
            both = along(unit(i, j), 2, history)[2]
            return settled(both - along(unit(i), 2, history)[2] - along(unit(j), 2, history)[2])

        return oracle

    for i in range(size):
        call = f"{prefix}_total_of(x, {i})"
        found.append(
            Check(
                f"{prefix}_loglik_d_{names[i]}",
                call,
                first(i),
                points,
                bound,
                domain,
                "relative",
                scale_of(i, None),
                share=0.1,
            )
        )
        for j in range(i + 1):
            call = f"{prefix}_total_of(x, {size + size * i + j})"
            name = f"{prefix}_loglik_d_{names[i]}_{names[j]}"
            found.append(Check(name, call, second(i, j), points, bound, domain, "relative", scale_of(i, j), share=0.05))
    return found


def nbd_series(direction, order):
    def oracle(r, alpha, x, t_x, T):
        r, alpha = (arb_series([p, d], prec=order + 1) for p, d in zip((r, alpha), direction, strict=True))
        gammas = (r + x).lgamma() - r.lgamma() if x > 0 else 0
        return settled((gammas - r * (1 + T / alpha).log() - x * (alpha + T).log())[order] * (2 if order == 2 else 1))

    return oracle


def nbd_derivative(i, order):
    def scale(value, *history):
        r, alpha, x, _, T = history
        return abs(value) + (terms(r, alpha, x, T) + r + x + 1) / history[i] ** order

    name = "nbd_loglik_d_" + "_".join(("r", "alpha")[i] for _ in range(order))
    call = f"nbd_total_of(x, {i if order == 1 else 2 + 3 * i})"
    oracle = nbd_series([int(i == 0), int(i == 1)], order)
    return Check(name, call, oracle, nbd_histories, 1e-14, NBD_DOMAIN, "relative", scale, share=0.2)


def nbd(*history):
    r, alpha, x, _, T = history
    return (r + x).lgamma() - r.lgamma() - r * (1 + T / alpha).log() - x * (alpha + T).log()


def nbd_scale(value, r, alpha, x, t_x, T):
    return max(abs(value), arb(1), key=float) + arb(4 * EPS / 1e-12) * terms(r, alpha, x, T)


CHECKS = [
    *checks(
        "pnbd",
        ("r", "alpha", "s", "beta"),
        pareto,
        pareto_analytic,
        lambda s, beta: beta,
        histories,
        PARETO_DOMAIN,
        1e-12,
    ),
    *checks(
        "ggomnbd",
        ("r", "alpha", "b", "s", "beta"),
        gompertz,
        gompertz_analytic,
        gompertz_bend,
        gompertz_histories,
        GOMPERTZ_DOMAIN,
        1e-12,
    ),
    Check(
        "nbd_loglik_total",
        "nbd_total_of(x, -1)",
        nbd,
        nbd_histories,
        1e-12,
        NBD_DOMAIN,
        "relative",
        nbd_scale,
        share=0.5,
    ),
    *(nbd_derivative(i, order) for i in range(2) for order in (1, 2)),
]
