"""The beta-geometric models of purchases, BG/NBD and MBG/NBD: points, oracles and checks of both. With c chances to
stop before now (x, and one more where customers may stop at time zero) the two have one likelihood."""

import numpy as np
from flint import arb, arb_series
from harness import Check, log_uniform

PREAMBLE = """
static loy_bgnbd_params bgnbd_params_of(const double *x) {
  loy_bgnbd_params params = {x[0], x[1], x[2], x[3]};
  return params;
}
static double bgnbd_loglik_of(const double *x) {
  loy_bgnbd_params params = bgnbd_params_of(x);
  return loy_bgnbd_loglik(&params, x[4], x[5], x[6]);
}
static double bgnbd_total_of(const double *x, int which) {
  loy_bgnbd_params params = bgnbd_params_of(x);
  double value = NAN, gradient[4], hessian[16];
  (void)loy_bgnbd_loglik_total(&params, &x[4], &x[5], &x[6], NULL, 1, NULL, &value, gradient, hessian, NULL);
  return which < 0 ? value : (which < 4 ? gradient[which] : hessian[which - 4]);
}
static double bgnbd_palive_of(const double *x, double t) {
  loy_bgnbd_params params = bgnbd_params_of(x);
  return loy_bgnbd_palive(&params, x[4], x[5], x[6], t);
}
static double bgnbd_log_palive_of(const double *x) {
  loy_bgnbd_params params = bgnbd_params_of(x);
  return loy_bgnbd_log_palive(&params, x[4], x[5], x[6]);
}
static double bgnbd_posterior_of(const double *x, int which) {
  loy_bgnbd_params params = bgnbd_params_of(x);
  double rate = NAN, dropout = NAN;
  (void)loy_bgnbd_posterior(&params, x[4], x[5], x[6], &rate, &dropout, NULL);
  return which ? dropout : rate;
}
static double bgnbd_expected_of(const double *x) {
  loy_bgnbd_params params = bgnbd_params_of(x);
  return loy_bgnbd_expected_purchases(&params, x[4], x[5], x[6], x[7]);
}
static double bgnbd_dect_of(const double *x, double t) {
  loy_bgnbd_params params = bgnbd_params_of(x);
  return loy_bgnbd_dect(&params, x[4], x[5], x[6], x[7], t);
}
static double bgnbd_pmf_of(const double *x) {
  loy_bgnbd_params params = bgnbd_params_of(x);
  return loy_bgnbd_pmf(&params, x[4], x[5]);
}
static double bgnbd_pmf_future_of(const double *x) {
  loy_bgnbd_params params = bgnbd_params_of(x);
  return loy_bgnbd_pmf_future(&params, x[4], x[5], x[6], x[7], x[8]);
}
static double bgnbd_pmf_interval_of(const double *x) {
  loy_bgnbd_params params = bgnbd_params_of(x);
  return loy_bgnbd_pmf_interval(&params, x[4], x[5], x[6]);
}
"""


def headers(name):
    """The headers of bgnbd or mbgnbd."""
    return [f"loyalty/btyd/{name}{part}.h" for part in ("", "_predict", "_fit")]


def preamble(name):
    """The C functions that the checks of bgnbd or mbgnbd call."""
    return PREAMBLE.replace("bgnbd", name)


EPS = 2.0**-52
DOMAIN = "r, alpha, a, b from 1e-4 to 1e4, x to 1e4, T from 1e-3 to 1e6"


def histories(rng, n):
    """r, alpha, a, b, x, t_x, T: a third such as customers have, a third of the whole domain, a third at its edges."""
    k = max(2, n // 3)
    usual = [np.exp(rng.uniform(np.log(lo), np.log(hi), k)) for lo, hi in ((0.05, 5), (0.5, 100), (0.1, 5), (0.5, 10))]
    broad = [log_uniform(rng, 1e-4, 1e4, 2 * k) for _ in range(4)]
    r, alpha, a, b = (np.concatenate([u, w]) for u, w in zip(usual, broad, strict=True))
    x = np.concatenate([np.floor(log_uniform(rng, 0.3, 200, k)), rng.choice([0.0, 1.0, 2.0, 100.0, 1e4], 2 * k)])
    T = np.concatenate([rng.uniform(1, 200, k), log_uniform(rng, 1e-3, 1e6, 2 * k)])
    share = rng.choice([0.0, 1e-3, -1.0, 1.0], len(T), p=[0.1, 0.1, 0.6, 0.2])
    t_x = np.where(share < 0, rng.uniform(0, 1, len(T)), share) * T
    t_x[x == 0] = 0.0
    edge = slice(2 * k, 3 * k)
    a[edge] = rng.choice([1.0, 1 + 1e-9, 1 - 1e-9, 1e-4, 0.5], k)
    b[edge] = rng.choice([1e-4, 0.25, 1.0, 3.0, 1e4], k)
    return np.stack([r, alpha, a, b, x, np.minimum(t_x, T), T], axis=1)


def with_horizon(rng, n):
    rows = histories(rng, n)
    return np.column_stack([rows, rows[:, 6] * log_uniform(rng, 1e-2, 10, len(rows))])


def with_rate(rng, n):
    rows = histories(rng, n)
    return np.column_stack([rows, log_uniform(rng, 1e-6, 10, len(rows)) / rows[:, 6]])


def with_rate_and_horizon(rng, n):
    rows = with_rate(rng, n)
    return np.column_stack([rows, rows[:, 6] * log_uniform(rng, 1e-2, 10, len(rows))])


def counts(rng, n):
    rows = histories(rng, n)[:, :4]
    many = np.floor(log_uniform(rng, 0.3, 1e4, len(rows)))
    typical = rng.random(len(rows)) < 0.7
    t = np.where(typical, rows[:, 1] * (many + 1) / rows[:, 0], log_uniform(rng, 1e-3, 1e6, len(rows)))
    return np.column_stack([rows, many, np.clip(t * np.exp(rng.normal(0, 1, len(rows))), 1e-6, 1e8)])


def counts_future(rng, n):
    rows = histories(rng, n)
    many = np.floor(log_uniform(rng, 0.3, 300, len(rows)))
    t = (rows[:, 1] + rows[:, 6]) * (many + 1) / (rows[:, 0] + rows[:, 4])
    return np.column_stack([rows, many, np.clip(t * np.exp(rng.normal(0, 1, len(rows))), 1e-6, 1e8)])


def counts_interval(rng, n):
    rows = counts(rng, n)
    rows[:, 4] = np.minimum(rows[:, 4], 300)
    t0 = rows[:, 5] * log_uniform(rng, 1e-2, 1e2, len(rows))
    return np.column_stack([rows[:, :5], t0, t0 + rows[:, 5]])


# What oracles of both models share.


def delta_lgamma(z, d):
    return (z + d).lgamma() - z.lgamma()


def largest(*values):
    return max(values, key=lambda value: float(value.mid()))


def with_condition(condition):
    """Relative to the value, or to 16 * 2^-52 times the condition number where that is more than 1e-12."""

    def scale(value, *arguments):
        return abs(value) * largest(arb(1), arb(16 * EPS / 1e-12) * condition(*arguments))

    return scale


def beta_mean(a, b, function, sharp=0, ends=None, bend=np.inf):
    """The mean of function(p) over p ~ Beta(a, b) by the trapezoidal rule in y = ln(p / (1-p)), 30 digits to spare:
    the step is a fifth of the peak's width or of the bends', and the beta function is exact.

    sharp: curvature that the function adds to the peak's.
    ends: function(0) and function(1). Where a tail is long, which is where a or b is small, the value at its end times
        1-p or p is taken out: its mean is exact, and what is left needs no more points than a short tail.
    bend: the smallest p near which the function is no longer what it is at 0."""
    log_beta = a.lgamma() + b.lgamma() - (a + b).lgamma()
    at_0, at_1 = (
        end if ends and bool(shape < 0.3) else arb(0) for end, shape in zip(ends or (0, 0), (a, b), strict=True)
    )
    chord = (at_0 * b + at_1 * a) / (a + b)
    mode = float((a / b).log())
    width = 1 / np.sqrt(1 + float(a * b / (a + b)) + float(sharp))
    total = arb(0)
    for side in (-1, 1):
        quiet = 0
        for j in range(side > 0, 10**6):
            y = arb(mode + side * j * width / 5)
            p, q = 1 / (1 + (-y).exp()), 1 / (1 + y.exp())
            term = (a * p.log() + b * q.log() - log_beta).exp() * (function(p) - at_0 * q - at_1 * p)
            total += term
            small = bool(abs(term) < (abs(total) + abs(chord)) * 1e-32) or term == 0
            quiet = quiet + 1 if small and (side > 0 or float(y) < np.log(bend)) else 0
            if quiet == 10:
                break
    return chord + total * width / 5 * arb(1, 1e-28)


def alive_purchases(k, A, a, b1, t):
    def purchases(p):
        return -(-k * (p * t / A).log1p()).expm1() / p

    return beta_mean(a, b1, purchases, 0, (k * t / A, purchases(arb(1))), min(1.0, float(A / (k * t))))


def negative_binomial(n, k, A, t):
    return (delta_lgamma(k, n) - (n + 1).lgamma() + k * (A / (A + t)).log() + n * (t / (A + t)).log()).exp()


def tail(n, k, A, t):
    """P(N >= n) as a sum over the smaller side."""
    if float(n) <= float(k * t / A):
        below = sum((negative_binomial(arb(j), k, A, t) for j in range(int(float(n)))), arb(0))
        if float(below) < 0.9:
            return 1 - below
    z = t / (A + t)
    return negative_binomial(n, k, A, t) * z.hypgeom_2f1(k + n, arb(1), n + 1)


def pmf_alive(k, A, a, b1, n, t):
    if n == 0:
        return (k * (A / (A + t)).log()).exp()
    survive = (delta_lgamma(b1, n) - delta_lgamma(a + b1, n)).exp()
    last = (delta_lgamma(b1, n - 1) - delta_lgamma(a + b1, n - 1)).exp() * a / (a + b1 + n - 1)
    return survive * negative_binomial(n, k, A, t) + last * tail(n, k, A, t)


def pmf_condition(k, A, a, b, n, t):
    return 1 + abs(n - k * t / A) + k * (1 + t / A).log() + (a + 1) * (1 + n / (a + b)).log()


def pmf_interval_alive(r, alpha, a, b, n, t0, t1):
    """P(X(t1) - X(t0) = n) for a customer who did not stop at time zero, from the state at t0 given p."""
    t = t1 - t0
    survive = (delta_lgamma(b, n) - delta_lgamma(a + b, n)).exp()

    def still(p):
        return (-r * (1 + p * t0 / alpha).log()).exp()

    def exactly(p):
        return still(p) * negative_binomial(n, r, alpha + p * t0, t)

    def more(p):
        A = alpha + p * t0
        return exactly(p) * (t / (A + t)).hypgeom_2f1(r + n, arb(1), n + 1)

    sharp, bend = min(float(r), 1 + float(n)) + float(n), min(1.0, float(alpha / t0))
    ends = (arb(0), arb(1))
    if n == 0:

        def nothing(p):
            return exactly(p) + 1 - still(p)

        return beta_mean(a, b, nothing, float(r), tuple(map(nothing, ends)), bend)
    last = survive * a / (b + n - 1)
    return survive * beta_mean(a, b + n, exactly, sharp, tuple(map(exactly, ends)), bend) + last * beta_mean(
        a + 1, b + n - 1, more, sharp, tuple(map(more, ends)), bend
    )


# Some derivatives are 0 exactly, which no ball can show.
def settled(value):
    return arb(0) if value.contains(0) and float(value.rad()) < 1e-60 else value


class Model:
    """Oracles of one model; at_zero is the number of chances to stop at time zero."""

    def __init__(self, name, at_zero):
        self.name, self.at_zero = name, at_zero

    def chances(self, x):
        return x + self.at_zero

    def odds(self, r, alpha, a, b, x, t_x, T):
        return a / (b + self.chances(x) - 1) * ((r + x) * ((alpha + T) / (alpha + t_x)).log()).exp()

    def alive(self, *history):
        return arb(1) if self.chances(history[4]) == 0 else 1 / (1 + self.odds(*history))

    def stopped(self, *history):
        if self.chances(history[4]) == 0:
            return arb(0)
        w = self.odds(*history)
        return w / (1 + w)

    def terms(self, r, alpha, a, b, x, t_x, T):
        if self.chances(x) == 0:
            return [-r * (1 + T / alpha).log()]
        w = self.odds(r, alpha, a, b, x, t_x, T)
        return [
            delta_lgamma(r, x),
            -x * (alpha + T).log(),
            -r * (1 + T / alpha).log(),
            delta_lgamma(b, self.chances(x)),
            -delta_lgamma(a + b, self.chances(x)),
            (1 + w).log(),
        ]

    def loglik(self, *history):
        return sum(self.terms(*history), arb(0))

    # The bound that the header states: 1e-12 max(1, |ln L|) + 4 * 2^-52 * Sum |terms|, as a multiple of 1e-12.
    def loglik_scale(self, value, *history):
        size = sum((abs(term) for term in self.terms(*history)), arb(0))
        return largest(abs(value), arb(1)) + arb(4 * EPS / 1e-12) * size

    def history_condition(self, r, alpha, a, b, x, t_x, T, *rest):
        """How much a relative change of the arguments changes ln P(alive), at least."""
        if self.chances(x) == 0:
            return arb(1)
        ratio = ((alpha + T) / (alpha + t_x)).log()
        change = ratio + T * (1 / (alpha + t_x) - 1 / (alpha + T))
        return 1 + self.stopped(r, alpha, a, b, x, t_x, T) * (r + x) * change

    def log_palive_scale(self, value, *history):
        exposed = self.chances(history[4]) > 0
        return abs(value) + (abs(self.odds(*history).log()) if exposed and abs(value) > 1 else 0)

    def palive_future(self, *query):
        r, alpha, a, b, x, _, T, t = query
        k, A, b1 = r + x, alpha + T, b + self.chances(x)

        def still(p):
            return (-k * (p * t / A).log1p()).exp()

        sharp, bend = min(float(a), float(k + b1)), min(1.0, float(A / (k * t)))
        return self.alive(*query[:7]) * beta_mean(a, b1, still, sharp, (arb(1), still(arb(1))), bend)

    def palive_scale(self, value, *query):
        """The mean of (1 + p tau)^-k is convex in k: k times its logarithm's slope is at most the logarithm."""
        now = self.history_condition(*query)
        later = 2 * abs((value / self.alive(*query[:7])).log())
        return abs(value) * largest(arb(1), arb(16 * EPS / 1e-12) * (now + later))

    def expected(self, r, alpha, a, b, x, t_x, T, t):
        return self.alive(r, alpha, a, b, x, t_x, T) * alive_purchases(r + x, alpha + T, a, b + self.chances(x), t)

    def discounted(self, r, alpha, a, b, x, t_x, T, delta, t=None):
        """P(alive) times the mean over p of k/A Int exp(-delta u) (1 + p u/A)^-(k+1) du, by Tricomi's U."""
        k, A = r + x, alpha + T

        def whole(p, A):
            return k / p * (delta * A / p).hypgeom_u(arb(1), 1 - k)

        def part(p):
            if t is None:
                return whole(p, A)
            return whole(p, A) - (-delta * t - k * (1 + p * t / A).log()).exp() * whole(p, A + p * t)

        at_0 = k / (A * delta) * (1 if t is None else -(-delta * t).expm1())
        bend = min(1.0, float(delta * A / k))
        mean = beta_mean(a, b + self.chances(x), part, 0, (at_0, part(arb(1))), bend)
        return self.alive(r, alpha, a, b, x, t_x, T) * mean

    def pmf(self, r, alpha, a, b, n, t):
        return self.pmf_future(r, alpha, a, b, arb(0), arb(0), arb(0), n, t)

    def pmf_future(self, r, alpha, a, b, x, t_x, T, n, t):
        history = (r, alpha, a, b, x, t_x, T)
        value = self.alive(*history) * pmf_alive(r + x, alpha + T, a, b + self.chances(x), n, t)
        return value + self.stopped(*history) if n == 0 else value

    def pmf_interval(self, r, alpha, a, b, n, t0, t1):
        start = (r, alpha, a, b, arb(0), arb(0), arb(0))
        value = self.alive(*start) * pmf_interval_alive(r, alpha, a, b + self.at_zero, n, t0, t1)
        return value + self.stopped(*start) if n == 0 else value

    def series(self, direction, order):
        """Derivatives of the total by power series around the parameters."""

        def oracle(*history):
            params, (x, t_x, T) = history[:4], history[4:]
            length = order + 1
            r, alpha, a, b = (arb_series([p, d], prec=length) for p, d in zip(params, direction, strict=True))
            c = self.chances(x)
            value = r * alpha.log() - (r + x) * (alpha + T).log()
            if c > 0:
                value = value + (r + x).lgamma() - r.lgamma()
                value = value + (b + c).lgamma() - b.lgamma() - (a + b + c).lgamma() + (a + b).lgamma()
                u = (r + x) * ((alpha + T).log() - (alpha + t_x).log()) + a.log() - (b + (c - 1)).log()
                value = value + ((1 + u.exp()).log() if u[0] < 0 else u + (1 + (-u).exp()).log())
            return settled(value[order] * order)

        return oracle

    def cross(self, i, j):
        one, two = [0] * 4, [0] * 4
        one[i] = two[j] = 1
        both = [p + q for p, q in zip(one, two, strict=True)]

        def oracle(*history):
            parts = (self.series(direction, 2)(*history) for direction in (both, one, two))
            mixed = next(parts)
            return settled((mixed - sum(parts, arb(0))) / 2)

        return oracle

    def derivative(self, i, j=None):
        names = ("r", "alpha", "a", "b")
        direction = [1 if p == i else 0 for p in range(4)]
        if j is None:
            oracle = self.series(direction, 1)
        else:
            oracle = self.series(direction, 2) if i == j else self.cross(i, j)
        name = names[i] if j is None else names[i] + "_" + names[j]
        which = i if j is None else 4 + 4 * i + j

        # Terms of both signs cancel: the error is measured against their size, by the logarithm of the parameter.
        def scale(value, *history):
            size = 1 + sum((abs(term) for term in self.terms(*history)), arb(0)) + history[0] + history[4] + history[2]
            return abs(value) + size / (history[i] if j is None else history[i] * history[j])

        call = f"{self.name}_total_of(x, {which})"
        return Check(
            f"{self.name}_loglik_d_{name}", call, oracle, histories, 1e-14, DOMAIN, "relative", scale, share=0.15
        )

    def posterior(self, which):
        def oracle(r, alpha, a, b, x, t_x, T):
            up, down = self.alive(r, alpha, a, b, x, t_x, T), self.stopped(r, alpha, a, b, x, t_x, T)
            return (
                (a + down) / (a + b + self.chances(x)) if which else (r + x) * (up / (alpha + T) + down / (alpha + t_x))
            )

        return oracle

    def pmf_condition(self, r, alpha, a, b, n, t):
        return pmf_condition(r, alpha, a, b + self.at_zero, n, t)

    def pmf_future_condition(self, r, alpha, a, b, x, t_x, T, n, t):
        future = pmf_condition(r + x, alpha + T, a, b + self.chances(x), n, t)
        return self.history_condition(r, alpha, a, b, x, t_x, T) + future

    def pmf_interval_condition(self, r, alpha, a, b, n, t0, t1):
        return self.pmf_condition(r, alpha, a, b, n, t1 - t0) + (r + n) * (1 + t0 / alpha).log()

    def checks(self):
        def check(what, call, oracle, points, where=DOMAIN, scale=None, **more):
            scale = scale or with_condition(self.history_condition)
            call = f"{self.name}_{call}"
            return Check(f"{self.name}_{what}", call, oracle, points, 1e-12, where, "relative", scale, **more)

        tiny = {"tiny": 1e-290}
        ahead = DOMAIN + ", t from T/100 to 10 T"
        discount = DOMAIN + ", delta T from 1e-6 to 10"
        shapes = "r, alpha, a, b from 1e-4 to 1e4, n to "
        of_pmf, of_future = with_condition(self.pmf_condition), with_condition(self.pmf_future_condition)
        of_interval = with_condition(self.pmf_interval_condition)
        return [
            check("loglik", "loglik_of(x)", self.loglik, histories, scale=self.loglik_scale),
            check("loglik_total", "total_of(x, -1)", self.loglik, histories, scale=self.loglik_scale, share=0.5),
            check("palive", "palive_of(x, 0.0)", self.alive, histories, **tiny),
            check(
                "log_palive", "log_palive_of(x)", lambda *h: self.alive(*h).log(), histories,
                scale=self.log_palive_scale, share=0.5, **tiny,
            ),
            check(
                "palive_future", "palive_of(x, x[7])", self.palive_future, with_horizon, ahead, self.palive_scale,
                share=0.1, **tiny,
            ),
            check("posterior_rate", "posterior_of(x, 0)", self.posterior(0), histories, share=0.5),
            check("posterior_dropout", "posterior_of(x, 1)", self.posterior(1), histories, share=0.5),
            check("expected_purchases", "expected_of(x)", self.expected, with_horizon, ahead, share=0.1, **tiny),
            check(
                "dert", "dect_of(x, INFINITY)", lambda *q: self.discounted(*q[:8]), with_rate_and_horizon, discount,
                share=0.05, **tiny,
            ),
            check(
                "dect", "dect_of(x, x[8])", self.discounted, with_rate_and_horizon,
                discount + ", t from T/100 to 10 T", share=0.05, **tiny,
            ),
            check("pmf", "pmf_of(x)", self.pmf, counts, shapes + "1e4", of_pmf, share=0.1, **tiny),
            check(
                "pmf_future", "pmf_future_of(x)", self.pmf_future, counts_future, DOMAIN + ", n to 300", of_future,
                share=0.1, **tiny,
            ),
            check(
                "pmf_interval", "pmf_interval_of(x)", self.pmf_interval, counts_interval, shapes + "300", of_interval,
                share=0.05, **tiny,
            ),
            *(self.derivative(i) for i in range(4)),
            *(self.derivative(i, j) for i in range(4) for j in range(i + 1)),
        ]  # fmt: skip
