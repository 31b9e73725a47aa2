"""Oracles of the models of purchase_lifetime.h: rigorous integrals by python-flint, whatever the lifetime.

A lifetime is a function lifetime(age) -> (log_survivor, hazard, scale): what is left of a lifetime that has lasted
`age`. The first two take a complex ball and whether analyticity must be checked; scale is the distance of the nearest
bend from 0, a float."""

import itertools

import numpy as np
from flint import acb, arb, ctx
from harness import log_uniform

EPS = 2.0**-52


def largest(*values):
    return max(values, key=lambda value: float(value.mid()))


def with_condition(condition):
    """Relative to the value, or to 16 * 2^-52 times the condition number where that is more than 1e-12."""

    def scale(value, *arguments):
        return abs(value) * largest(arb(1), arb(16 * EPS / 1e-12) * condition(*arguments))

    return scale


def positive_integral(log_f, scale, t, n=0):
    """int_0^t v^n exp(log_f(v)) dv by acb.integral in tau, v = scale (exp(tau) - 1), in pieces around the peak; as a
    factor and a logarithm. log_f(v, analytic) takes and returns complex balls."""
    q, end = arb(scale), (1 + t / arb(scale)).log()

    def log_g(tau, analytic):
        return log_f(q * (tau.exp() - 1), analytic) + tau

    # Where it is largest, roughly; then pieces that grow away from there.
    def height(x):
        value = log_g(acb(arb(x)), False).real
        return float((value + n * (q * arb(x).expm1()).log() if n else value).mid())

    far = float(end)
    grid = np.unique(np.concatenate([far * np.linspace(0, 1, 200), far * np.logspace(-12, 0, 200)]))[1:]
    heights = [height(x) for x in grid]
    i = int(np.argmax(heights))
    low, high = grid[max(i - 1, 0)] if i else 0.0, grid[min(i + 1, len(grid) - 1)]
    for _ in range(60):
        one, two = low + (high - low) * 0.382, low + (high - low) * 0.618
        low, high = (low, two) if height(one) > height(two) else (one, high)
    peak = (low + high) / 2
    best, at_peak = log_g(acb(arb(peak)), False).real, q * arb(peak).expm1()
    steps = far * np.logspace(-9, 0, 19)
    ends = sorted({0.0, *(min(peak + s, far) for s in steps), *(max(peak - s, 0.0) for s in steps), peak})
    ends = [arb(x) for x in ends]
    ends[-1] = end

    def f(tau, analytic):
        value = (log_g(tau, analytic) - best).exp()
        return value * (q * (tau.exp() - 1) / at_peak) ** n if n else value

    total = arb(0)
    tol = arb(2) ** (28 - ctx.prec)
    for a, b in itertools.pairwise(ends):
        total += acb.integral(f, acb(a), acb(b), rel_tol=tol, abs_tol=tol * (total + arb(2) ** -40)).real
    return q * total, best + n * at_peak.log() if n else best


def log1p(z, analytic):
    return (1 + z).log(analytic=analytic)


def silent(life, k, rate, t):
    """ln int_0^t (1 + v/rate)^-k f(v) dv."""
    log_survivor, hazard, scale = life

    def log_f(v, analytic):
        return -k * log1p(v / rate, analytic) + log_survivor(v, analytic) + hazard(v, analytic).log(analytic=analytic)

    value, best = positive_integral(log_f, min(scale, float(rate)), t)
    return value.log() + best


def count(life, n, k, rate, t):
    """P(n purchases within t)."""
    log_survivor, hazard, scale = life

    front = (k + n).lgamma() - k.lgamma() - (n + 1).lgamma() - n * rate.log()

    def log_alive(v, analytic):
        return front - (k + n) * log1p(v / rate, analytic) + log_survivor(v, analytic)

    def log_f(v, analytic):
        return log_alive(v, analytic) + hazard(v, analytic).log(analytic=analytic)

    value, best = positive_integral(log_f, min(scale, float(rate)), t, int(float(n)))
    return value * best.exp() + log_alive(acb(t), False).real.exp() * t**n


def mean_time(life, delta, t):
    """int_0^t exp(-delta v) S(v) dv; t None: without end."""
    log_survivor, _hazard, scale = life
    if t is None:
        t = 80 / delta

    def log_f(v, analytic):
        return -delta * v + log_survivor(v, analytic)

    value, best = positive_integral(log_f, scale, t)
    return value * best.exp()


class Model:
    """The oracles of one model: `split` cuts its arguments into (r, alpha, lifetime, the rest)."""

    def __init__(self, split, size):
        self.split = split
        self.size = size

    def log_odds(self, *q):
        r, alpha, lifetime, (x, t_x, T) = self.split(q[: self.size + 3])
        gap = T - t_x
        if gap == 0:
            return None
        life = lifetime(t_x)
        k, start = r + x, alpha + t_x
        return silent(life, k, start, gap) + k * (gap / start).log1p() - life[0](acb(gap), False).real

    def alive(self, *q):
        odds = self.log_odds(*q)
        return arb(1) if odds is None else 1 / (1 + odds.exp())

    def log_alive(self, *q):
        odds = self.log_odds(*q)
        return arb(0) if odds is None else -(odds.exp().log1p())

    def stopped(self, *q):
        odds = self.log_odds(*q)
        return arb(0) if odds is None else 1 / (1 + (-odds).exp())

    def terms(self, *q):
        r, alpha, lifetime, (x, _t_x, T) = self.split(q)
        odds = self.log_odds(*q)
        found = [-r * (1 + T / alpha).log(), lifetime(arb(0))[0](acb(T), False).real]
        if odds is not None:
            found.append(odds.exp().log1p())
        if x > 0:
            found += [(r + x).lgamma() - r.lgamma(), -x * (alpha + T).log()]
        return found

    def loglik(self, *q):
        return sum(self.terms(*q), arb(0))

    # The bound that the headers state: 1e-12 max(1, |ln L|) + 4 * 2^-52 * Sum |terms|, as a multiple of 1e-12.
    def loglik_scale(self, value, *q):
        size = sum((abs(term) for term in self.terms(*q)), arb(0))
        return largest(abs(value), arb(1)) + arb(4 * EPS / 1e-12) * size

    def condition(self, *q):
        """How much a relative change of the arguments changes ln P(alive), at least."""
        r, alpha, lifetime, rest = self.split(q)
        x, t_x, T = rest[:3]
        if t_x == T:
            return arb(1)
        k = r + x
        ratio = ((alpha + T) / (alpha + t_x)).log() + T * (1 / (alpha + t_x) - 1 / (alpha + T))
        log_survivor, hazard, _scale = lifetime(t_x)
        life = abs(log_survivor(acb(T - t_x), False).real) + T * abs(hazard(acb(T - t_x), False).real)
        return 1 + self.stopped(*q[: self.size + 3]) * (k * ratio + life)

    def palive_future(self, *q):
        _r, _alpha, lifetime, (_x, _t_x, T, t) = self.split(q)
        return self.alive(*q[:-1]) * lifetime(T)[0](acb(t), False).real.exp()

    def future_condition(self, *q):
        _r, _alpha, lifetime, (_x, _t_x, T, t) = self.split(q)
        log_survivor, hazard, _scale = lifetime(T)
        life = abs(log_survivor(acb(t), False).real) + t * abs(hazard(acb(t), False).real)
        return self.condition(*q[:-1]) + life

    def expected(self, *q):
        """With delta and t, or t None, last."""
        r, alpha, lifetime, (x, _t_x, T, delta, t) = self.split(q)
        return self.alive(*q[:-2]) * (r + x) / (alpha + T) * mean_time(lifetime(T), delta, t)

    def rate(self, *q):
        r, alpha, lifetime, (x, t_x, T) = self.split(q)
        k, start = r + x, alpha + t_x
        value = self.alive(*q) * k / (alpha + T)
        if t_x == T:
            return value
        less = silent(lifetime(t_x), k + 1, start, T - t_x) - silent(lifetime(t_x), k, start, T - t_x)
        return value + self.stopped(*q) * k / start * less.exp()

    def pmf_interval(self, *q):
        r, alpha, lifetime, (n, t0, t1) = self.split(q)
        before = lifetime(arb(0))[0](acb(t0), False).real.exp()
        value = before * count(lifetime(t0), n, r, alpha, t1 - t0)
        return value + (1 - before) if n == 0 else value

    def pmf_future(self, *q):
        r, alpha, lifetime, (x, _t_x, T, n, t) = self.split(q)
        value = self.alive(*q[:-2]) * count(lifetime(T), n, r + x, alpha + T, t)
        return value + self.stopped(*q[:-2]) if n == 0 else value

    def pmf_condition(self, *q):
        """Of the last two of (..., n, t0, t1)."""
        r, alpha, lifetime, (n, t0, t1) = self.split(q)
        t = t1 - t0
        life = abs(lifetime(arb(0))[0](acb(t1), False).real)
        return 1 + abs(n - r * t / alpha) + r * (1 + t / alpha).log() + n * (1 + alpha / t).log() + life

    def pmf_future_condition(self, *q):
        r, alpha, lifetime, (x, _t_x, T, n, t) = self.split(q)
        k, A = r + x, alpha + T
        life = abs(lifetime(T)[0](acb(t), False).real)
        now = 1 + abs(n - k * t / A) + k * (1 + t / A).log() + n * (1 + A / t).log() + life
        return self.condition(*q[:-2]) + now


def histories(rng, n, params):
    """params(rng, k) gives (usual, broad) rows of parameters, r and alpha first; then x, t_x, T: a third such as
    customers have, two thirds of the whole domain."""
    k = max(2, n // 3)
    usual, broad = params(rng, k)
    x = np.concatenate([np.floor(log_uniform(rng, 0.3, 200, k)), rng.choice([0.0, 1.0, 2.0, 100.0, 1e4], 2 * k)])
    T = np.concatenate([rng.uniform(1, 200, k), log_uniform(rng, 1e-3, 1e6, 2 * k)])
    share = rng.choice([0.0, 1e-3, -1.0, 1.0], len(T), p=[0.1, 0.1, 0.6, 0.2])
    t_x = np.where(share < 0, rng.uniform(0, 1, len(T)), share) * T
    t_x[x == 0] = 0.0
    return np.column_stack([np.concatenate([usual, broad]), x, np.minimum(t_x, T), T])
