"""Pareto/NBD total log-likelihood (btyd/pnbd_fit.h)."""

import numpy as np
from flint import acb, acb_series, arb, arb_series
from harness import Check, log_uniform

HEADERS = ["loyalty/btyd/pnbd_fit.h"]

PREAMBLE = """
static double pnbd_total_of(const double *x, int which) {
  loy_pnbd_params params = {x[0], x[1], x[2], x[3]};
  double value = NAN, gradient[4], hessian[16];
  (void)loy_pnbd_loglik_total(&params, &x[4], &x[5], &x[6], NULL, 1, NULL, &value, gradient, hessian, NULL);
  return which < 0 ? value : (which < 4 ? gradient[which] : hessian[which - 4]);
}
"""

EPS = 2.0**-52
PARETO_DOMAIN = "r, alpha, s, beta from 1e-4 to 1e4, x to 1e4, T from 1e-3 to 1e6"


def histories(rng, n):
    """r, alpha, s, beta, x, t_x, T: a third such as customers have, two thirds of the whole domain."""
    k = max(2, n // 3)
    usual = [np.exp(rng.uniform(np.log(lo), np.log(hi), k)) for lo, hi in ((0.05, 5), (0.5, 100), (0.05, 5), (0.5, 100))]
    broad = [log_uniform(rng, 1e-4, 1e4, 2 * k) for _ in range(4)]
    r, alpha, s, beta = (np.concatenate([u, w]) for u, w in zip(usual, broad, strict=True))
    x = np.concatenate([np.floor(log_uniform(rng, 0.3, 200, k)), rng.choice([0.0, 1.0, 2.0, 100.0, 1e4], 2 * k)])
    T = np.concatenate([rng.uniform(1, 200, k), log_uniform(rng, 1e-3, 1e6, 2 * k)])
    share = rng.choice([0.0, 1e-3, -1.0, 1.0], len(T), p=[0.1, 0.1, 0.6, 0.2])
    t_x = np.where(share < 0, rng.uniform(0, 1, len(T)), share) * T
    t_x[x == 0] = 0.0
    s[::17], beta[::13] = 1.0, alpha[::13]
    return np.stack([r, alpha, s, beta, x, np.minimum(t_x, T), T], axis=1)


# The lifetimes, for series in the parameters: ln S(u), and h(u); where they are analytic in u; and the point next to
# which the density bends.
def pareto(own, u):
    s, beta = own
    return -s * ((beta + u).log() - beta.log()), s / (beta + u)


def pareto_analytic(own, u):
    return bool((own[1] + u).real > 0)


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
        r, alpha, *own, x, t_x, T = history
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
            of_lifetime = sum(own, arb(1)) if prefix == "none" else own[-2] + 1
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
            Check(f"{prefix}_loglik_d_{names[i]}", call, first(i), points, bound, domain, "relative", scale_of(i, None), share=0.1)
        )
        for j in range(i + 1):
            call = f"{prefix}_total_of(x, {size + size * i + j})"
            name = f"{prefix}_loglik_d_{names[i]}_{names[j]}"
            found.append(Check(name, call, second(i, j), points, bound, domain, "relative", scale_of(i, j), share=0.05))
    return found


CHECKS = checks(
    "pnbd", ("r", "alpha", "s", "beta"), pareto, pareto_analytic, lambda s, beta: beta, histories, PARETO_DOMAIN, 1e-12
)
