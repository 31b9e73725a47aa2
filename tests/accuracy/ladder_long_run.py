"""Chains in the long run (ladder/long_run.h, absorption.h, projection.h)."""

from fractions import Fraction
from functools import lru_cache

import numpy as np
from flint import arb, arb_mat, fmpq, fmpq_mat
from harness import Check, columns, log_uniform

HEADERS = ["loyalty/loyalty.h"]
STATES = 6
PREAMBLE = """
/* A chain of 6 states, 6 row counts, and which entry of the answer is wanted. Targets: the last state, the last two. */
static const uint8_t last[6] = {0, 0, 0, 0, 0, 1}, two[6] = {0, 0, 0, 0, 1, 1};
enum { COUNTS = 36, ENTRY = 42 };
static double stationary(const double *x, int error) {
  double law[6], se[6];
  loy_chain_stationary(x, 6, x + COUNTS, NULL, law, error ? se : NULL, NULL);
  return (error ? se : law)[(int)x[ENTRY]];
}
static double steps(const double *x, int which) {
  double out[3][6];
  loy_chain_steps(x, 6, last, x + COUNTS, NULL, out[0], out[1], out[2], NULL);
  return out[which][(int)x[ENTRY]];
}
static double visits(const double *x) {
  double out[36];
  loy_chain_visits(x, 6, last, NULL, out, NULL);
  return out[(int)x[ENTRY]];
}
static double absorption(const double *x, int error) {
  double out[2][36];
  loy_chain_absorption(x, 6, two, x + COUNTS, NULL, NULL, out[0], out[1], NULL);
  return out[error][6 * (int)x[ENTRY] + 5];
}
static double quasi(const double *x, int rate) {
  double law[6];
  loy_quasi_stationary rates;
  loy_chain_quasi_stationary(x, 6, last, NULL, law, &rates, NULL);
  return rate == 0 ? law[(int)x[ENTRY]] : rate == 1 ? rates.survival : rates.mean_life;
}
static double settled(const double *x) {
  double out[6];
  loy_chain_population(x, 6, last, x + COUNTS, NULL, out, NULL);
  return out[(int)x[ENTRY]];
}
static double moved(const double *x) {
  double out[13 * 6];
  loy_chain_project(x, 6, x + COUNTS, 12, x + COUNTS, 1, NULL, out, NULL);
  return out[12 * 6 + (int)x[ENTRY]];
}
"""


def one_chain(rng: np.random.Generator) -> np.ndarray:
    """A chain of one of several kinds; a ring keeps all states, and the first five, in touch."""
    n = STATES
    p = rng.uniform(0, 1, (n, n))
    i, j = np.indices((n, n))
    kind = rng.integers(7)
    if kind == 1:  # chances of every order
        p = 10.0 ** rng.uniform(-12, 0, (n, n))
    elif kind == 2:  # nearly two chains
        p[:3, 3:] *= 1e-12
        p[3:, :3] *= 10.0 ** rng.uniform(-12, 0)
    elif kind == 3:  # nearly three
        p *= 10.0 ** (-4.0 * np.abs(i // 2 - j // 2))
    elif kind == 4:  # many ways closed
        p *= rng.uniform(0, 1, (n, n)) < 0.3
    elif kind == 5:  # a ladder
        p *= np.where(abs(i - j) == 1, 10.0 ** rng.uniform(-6, 0, (n, n)), 1e-12)
    elif kind == 6:  # a ring that hardly leaks
        p *= 0
    for s in range(n):
        for to in ((s + 1) % n, 0 if s == n - 2 else s):
            if s != to and p[s, to] == 0:
                p[s, to] = 10.0 ** rng.uniform(-12, 0)
        p[s, s] = 0
        p[s] *= rng.choice([1.0, rng.uniform(0, 1), 1e-6]) / (p[s].sum() if kind == 6 else max(p[s].sum(), 1.0))
        while sum(map(Fraction, p[s])) > 1:  # rounding must not leave less than nothing for the diagonal
            p[s] *= 1 - 2**-52
        p[s, s] = max(1 - p[s].sum(), 0.0)
    return p


def points(entries):
    """Each chain with every entry of its answer in turn."""

    def make(rng, n):
        rows = []
        while len(rows) < n:
            chain = np.concatenate([one_chain(rng).ravel(), log_uniform(rng, 1, 1e6, STATES)])
            rows += [np.append(chain, entry) for entry in range(entries)]
        return columns(*np.array(rows[:n]).T)

    return make


def exact(x: arb) -> fmpq:
    return x.mid().fmpq()


@lru_cache(maxsize=4)
def chain(arguments):
    """The rational chain, its diagonal what the other entries leave; row counts; entry."""
    n = STATES
    p = [[exact(arguments[i * n + j]) if i != j else fmpq(0) for j in range(n)] for i in range(n)]
    for i in range(n):
        p[i][i] = 1 - sum(p[i], fmpq(0))
    return fmpq_mat(p), [exact(c) for c in arguments[n * n : n * n + n]]


@lru_cache(maxsize=4)
def fundamental(arguments, kept):
    """(I - Q)^-1 of the first `kept` states."""
    p, _ = chain(arguments)
    return fmpq_mat([[(i == j) - p[i, j] for j in range(kept)] for i in range(kept)]).inv()


@lru_cache(maxsize=4)
def law(arguments):
    p, _ = chain(arguments)
    n = STATES
    system = fmpq_mat([[(i == j) - p[i, j] if j > 0 else fmpq(1) for j in range(n)] for i in range(n)])
    return fmpq_mat([[int(j == 0) for j in range(n)]]) * system.inv()


def bracket(p, k, value):
    """Variance of value(l) over the next state of k."""
    mean = sum((p[k, j] * value(j) for j in range(STATES)), fmpq(0))
    return sum((p[k, j] * (value(j) - mean) ** 2 for j in range(STATES)), fmpq(0))


def split(x):
    return x[:-1], int(float(x[-1]))


def stationary(*x):
    arguments, j = split(x)
    return arb(law(arguments)[0, j])


@lru_cache(maxsize=4)
def group(arguments):
    p, _ = chain(arguments)
    pi = law(arguments)
    n = STATES
    return fmpq_mat([[(i == j) - p[i, j] + pi[0, j] for j in range(n)] for i in range(n)]).inv()


def stationary_error(*x):
    arguments, j = split(x)
    p, counts = chain(arguments)
    pi, z = law(arguments), group(arguments)
    return arb(
        sum((pi[0, k] ** 2 / counts[k] * bracket(p, k, lambda s: z[s, j]) for k in range(STATES)), fmpq(0))
    ).sqrt()


@lru_cache(maxsize=4)
def until(arguments):
    visits = fundamental(arguments, STATES - 1)
    return [*(sum((visits[i, j] for j in range(STATES - 1)), fmpq(0)) for i in range(STATES - 1)), fmpq(0)]


def steps(*x):
    arguments, i = split(x)
    return arb(until(arguments)[i])


def steps_variance(*x):
    arguments, i = split(x)
    t, visits = until(arguments), fundamental(arguments, STATES - 1)
    return arb(2 * sum((visits[i, j] * t[j] for j in range(STATES - 1)), fmpq(0)) - t[i] - t[i] ** 2)


def delta(arguments, i, kept, value):
    p, counts = chain(arguments)
    visits = fundamental(arguments, kept)
    return arb(sum((visits[i, k] ** 2 * bracket(p, k, value) / counts[k] for k in range(kept)), fmpq(0))).sqrt()


def steps_error(*x):
    arguments, i = split(x)
    t = until(arguments)
    return delta(arguments, i, STATES - 1, lambda s: t[s])


def visits(*x):
    arguments, e = split(x)
    i, j = divmod(e, STATES)
    return arb(fundamental(arguments, STATES - 1)[i, j] if j < STATES - 1 else 0)


@lru_cache(maxsize=4)
def first(arguments):
    p, _ = chain(arguments)
    n = fundamental(arguments, STATES - 2)
    kept = STATES - 2
    return [*(sum((n[i, k] * p[k, STATES - 1] for k in range(kept)), fmpq(0)) for i in range(kept)), fmpq(0), fmpq(1)]


def absorption(*x):
    arguments, i = split(x)
    return arb(first(arguments)[i])


def absorption_error(*x):
    arguments, i = split(x)
    b = first(arguments)
    return delta(arguments, i, STATES - 2, lambda s: b[s])


def perron(arguments):
    """The left Perron vector of (I - Q)^-1, by as many squarings as make the rest vanish."""
    kept = STATES - 1
    n = arb_mat(fundamental(arguments, kept))
    for _ in range(60):
        n = n * n
        top = max((n[i, j] for i in range(kept) for j in range(kept)), key=lambda v: float(v.log().mid()))
        n = arb_mat([[n[i, j] / arb(top.mid()) for j in range(kept)] for i in range(kept)])
    total = sum((n[0, j] for j in range(kept)), arb(0))
    return [n[0, j] / total for j in range(kept)]


def quasi(*x):
    arguments, j = split(x)
    return perron(arguments)[j]


def survival(*x):
    arguments, _ = split(x)
    p, _ = chain(arguments)
    kept = STATES - 1
    return sum((v * arb(sum((p[i, j] for j in range(kept)), fmpq(0))) for i, v in enumerate(perron(arguments))), arb(0))


def mean_life(*x):
    arguments, _ = split(x)
    p, _ = chain(arguments)
    return 1 / sum((v * arb(p[i, STATES - 1]) for i, v in enumerate(perron(arguments))), arb(0))


def settled(*x):
    arguments, j = split(x)
    _, inflow = chain(arguments)
    n = fundamental(arguments, STATES - 1)
    return arb(sum((inflow[i] * n[i, j] for i in range(STATES - 1)), fmpq(0)))


def moved(*x):
    arguments, j = split(x)
    p, inflow = chain(arguments)
    arrive = now = fmpq_mat([inflow])
    for _ in range(12):
        now = now * p + arrive
    return arb(now[0, j])


WORDS = "6 states, chances 1e-18 to 1, chains that nearly fall apart"


def check(name, call, oracle, entries, bound, share=0.4):
    return Check(f"chain_{name}", call, oracle, points(entries), bound, WORDS, "relative", share=share)


CHECKS = [
    check("stationary", "stationary(x, 0)", stationary, 6, 1e-13),
    check("stationary_error", "stationary(x, 1)", stationary_error, 6, 1e-13),
    check("steps", "steps(x, 0)", steps, 5, 1e-13),
    check("steps_variance", "steps(x, 1)", steps_variance, 5, 1e-13),
    check("steps_error", "steps(x, 2)", steps_error, 5, 1e-13),
    check("visits", "visits(x)", visits, 30, 1e-13),
    check("absorption", "absorption(x, 0)", absorption, 4, 1e-13),
    check("absorption_error", "absorption(x, 1)", absorption_error, 4, 1e-13),
    check("quasi_stationary", "quasi(x, 0)", quasi, 5, 1e-12, share=0.1),
    check("survival", "quasi(x, 1)", survival, 1, 1e-13, share=0.02),
    check("mean_life", "quasi(x, 2)", mean_life, 1, 1e-13, share=0.02),
    check("population", "settled(x)", settled, 5, 1e-13),
    check("project", "moved(x)", moved, 6, 1e-13, share=0.1),
]
