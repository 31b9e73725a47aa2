"""sBG and BdW models of contracts (btyd/sbg.h, btyd/bdw.h)."""

import numpy as np
from flint import arb, ctx
from harness import Check, log_uniform

HEADERS = ["loyalty/btyd/bdw_fit.h", "loyalty/btyd/sbg_fit.h"]

# Each function by what it is called with; sums by a period n, a rate and a horizon.
PREAMBLE = """
static double contract_bdw(double (*f)(const loy_bdw_params *, double, double), const double *x) {
  loy_bdw_params params = {x[0], x[1], x[2]};
  return f(&params, x[3], x[4]);
}
static double contract_hazard(const double *x) {
  loy_bdw_params params = {x[0], x[1], x[2]};
  return loy_bdw_hazard(&params, x[3]);
}
static double contract_sbg_sum(
    loy_status (*f)(const loy_sbg_params *, double, double, double, double *, loy_error *), const double *x) {
  loy_sbg_params params = {x[0], x[1]};
  double value = 0.0;
  (void)f(&params, x[2], x[3], HUGE_VAL, &value, NULL);
  return value;
}
static double contract_bdw_sum(
    loy_status (*f)(const loy_bdw_params *, double, double, double, double *, loy_error *), const double *x) {
  loy_bdw_params params = {x[0], x[1], x[2]};
  double value = 0.0;
  (void)f(&params, x[3], x[4], x[5], &value, NULL);
  return value;
}
"""

EPS = 2.0**-52
TINY = 1e-290


def periods(rng, most, n):
    return np.floor(log_uniform(rng, 1, most, n))


def points(rng, n):
    """gamma, delta, c, period, decisions ahead: the whole domain, c = 1 and c as fits have it in half of them."""
    c = log_uniform(rng, 1e-4, 1e4, n)
    c[: n // 4] = 1.0
    c[n // 4 : n // 2] = rng.uniform(0.3, 3, len(c[n // 4 : n // 2]))
    ahead = np.floor(log_uniform(rng, 0.5, 1e6, n))
    return np.stack(
        [log_uniform(rng, 1e-4, 1e4, n), log_uniform(rng, 1e-4, 1e4, n), c, periods(rng, 1e6, n), ahead], axis=1
    )


def one_ahead(rng, n):
    return points(rng, n)[:, :4]


def with_churn(rng, n):
    rows = points(rng, n)
    rows[:, 4] = np.maximum(rows[:, 4], 1)
    return rows


def log_survival(a, b, c, t):
    """ln B(a, b + t^c) - ln B(a, b). Where t^c is beyond all reach of rounding, by its asymptotic expansion."""
    if t == 0:
        return arb(0)
    log_u = c * t.log()
    head = (a + b).lgamma() - b.lgamma()
    if float(log_u.mid()) > 2000:  # relative error below exp(-2000) (a + b)^2
        return head - a * log_u
    old = ctx.prec
    ctx.prec = old + max(0, int(1.5 * float(log_u.mid()))) + 64  # digits of the difference of two huge lnGamma
    u = (c * t.log()).exp()
    answer = head + (b + u).lgamma() - (a + b + u).lgamma()
    ctx.prec = old
    return +answer


def survival(a, b, c, n, t):
    return (log_survival(a, b, c, n - 1 + t) - log_survival(a, b, c, n - 1)).exp()


def churn(a, b, c, n, t):
    return survival(a, b, c, n, t - 1) - survival(a, b, c, n, t)


def hazard(a, b, c, n):
    return churn(a, b, c, n, arb(1))


# 1e-12, or 16 * 2^-52 times the condition number: how far relative changes of the parameters move ln S.
def sensitivity(a, b, c, n, t):
    end, begin = n - 1 + t, n - 1
    h = arb(2) ** -40
    moved = arb(0)
    for da, db, dc in ((1, 0, 0), (0, 1, 0), (0, 0, 1)):
        x = a * (1 + h * da), b * (1 + h * db), c * (1 + h * dc)
        up = log_survival(*x, end) - log_survival(*x, begin)
        moved += abs(up - (log_survival(a, b, c, end) - log_survival(a, b, c, begin))) / h
    return moved


def scale(value, a, b, c, n, t=None):
    kappa = sensitivity(a, b, c, n, t if t is not None else arb(1))
    return abs(value) * (1 + arb(16 * EPS / 1e-12) * kappa)


def residual(power):
    """2F1 of the residual lifetime, the sum with the weight (k + 1)^power."""

    def oracle(a, b, n, d):
        z, rest = (-d).exp(), b + n - 1
        return rest / (a + rest) * z.hypgeom_2f1(arb(1 + power), rest + 1, a + rest + 1)

    return oracle


def elasticity(a, b, n, d):
    return residual(1)(a, b, n, d) / residual(0)(a, b, n, d)


def sums(rng, n):
    """alpha, beta, period, rate, where the hypergeometric function of arb answers soon."""
    return np.stack(
        [log_uniform(rng, 1e-4, 100, n), log_uniform(rng, 1e-4, 100, n), periods(rng, 50, n),
         log_uniform(rng, 1e-3, 5, n)], axis=1
    )  # fmt: skip


def direct(power):
    """The sum term by term over a finite horizon."""

    def oracle(a, b, c, n, d, t):
        first = log_survival(a, b, c, n - 1)
        total = arb(0)
        for k in range(int(float(t))):
            total += arb(k + 1) ** power * (log_survival(a, b, c, n + k) - first - d * k).exp()
        return total

    return oracle


def direct_elasticity(*x):
    return direct(1)(*x) / direct(0)(*x)


def finite(rng, n):
    """gamma, delta, c, period, rate, horizon: beyond where terms are added one by one."""
    c = log_uniform(rng, 1e-3, 20, n)
    c[: n // 2] = rng.uniform(0.3, 3, n // 2)
    return np.stack(
        [log_uniform(rng, 1e-3, 1e3, n), log_uniform(rng, 1e-3, 1e3, n), c, periods(rng, 1e5, n),
         log_uniform(rng, 1e-12, 1, n), np.floor(log_uniform(rng, 100, 1000, n))], axis=1
    )  # fmt: skip


DOMAIN = "gamma, delta, c from 1e-4 to 1e4, periods to 1e6"

CHECKS = [
    Check(
        "bdw_survival", "contract_bdw(loy_bdw_survival, x)", survival, points, 1e-12, DOMAIN, "relative", scale, TINY
    ),
    Check("bdw_churn", "contract_bdw(loy_bdw_churn, x)", churn, with_churn, 1e-12, DOMAIN, "relative", scale, TINY),
    Check("bdw_hazard", "contract_hazard(x)", hazard, one_ahead, 1e-12, DOMAIN, "relative", scale, TINY),
    Check(
        "sbg_derl",
        "contract_sbg_sum(loy_sbg_derl, x)",
        residual(0),
        sums,
        1e-13,
        "alpha, beta from 1e-4 to 100, n to 50, delta from 1e-3 to 5",
        "relative",
        share=0.1,
    ),
    Check(
        "sbg_derl_elasticity",
        "contract_sbg_sum(loy_sbg_derl_elasticity, x)",
        elasticity,
        sums,
        1e-13,
        "alpha, beta from 1e-4 to 100, n to 50, delta from 1e-3 to 5",
        "relative",
        share=0.1,
    ),
    Check(
        "bdw_derl",
        "contract_bdw_sum(loy_bdw_derl, x)",
        direct(0),
        finite,
        1e-12,
        "gamma, delta from 1e-3 to 1e3, c to 20, n to 1e5, horizon 100 to 1000",
        "relative",
        tiny=TINY,
        share=0.01,
    ),
    Check(
        "bdw_derl_elasticity",
        "contract_bdw_sum(loy_bdw_derl_elasticity, x)",
        direct_elasticity,
        finite,
        1e-12,
        "gamma, delta from 1e-3 to 1e3, c to 20, n to 1e5, horizon 100 to 1000",
        "relative",
        tiny=TINY,
        share=0.01,
    ),
]
