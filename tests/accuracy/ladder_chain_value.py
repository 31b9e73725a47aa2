"""Value of a Markov chain (ladder/chain_value.h)."""

import numpy as np
from flint import arb, arb_mat
from harness import Check, log_uniform

HEADERS = ["loyalty/ladder/chain_value.h"]

# The chances to move among N states, the rewards, the discount rate, the growth and the state asked for; the diagonal
# is what the row leaves.
N = 5
PREAMBLE = f"""
enum {{ CHAIN_N = {N} }};
static double chain_value_of(const double *x, int what) {{
  double p[CHAIN_N * CHAIN_N], value[CHAIN_N], deviation[CHAIN_N], slope[CHAIN_N], visits[CHAIN_N * CHAIN_N];
  const loy_chain_value_result result = {{value, deviation, visits, slope}};
  const double *reward = x + CHAIN_N * CHAIN_N;
  const int state = (int)reward[CHAIN_N + 2];
  loy_chain_value_options options;
  loy_chain_value_options_init(&options);
  options.growth = reward[CHAIN_N + 1];
  for (int i = 0; i < CHAIN_N; i++) {{
    double left = 1.0;
    for (int j = 0; j < CHAIN_N; j++) {{
      p[i * CHAIN_N + j] = x[i * CHAIN_N + j];
      if (j != i) left -= x[i * CHAIN_N + j];
    }}
    p[i * CHAIN_N + i] = left > 1e-40 ? left : 0.0;
  }}
  if (loy_chain_value(p, CHAIN_N, reward, reward[CHAIN_N], &options, &result, NULL) != LOY_OK) return (double)NAN;
  return what == 0 ? value[state] : what == 1 ? deviation[state] : what == 2 ? visits[state] : slope[state];
}}
"""


def chances(rng, n):
    """Rows of chances from 1e-12 to 1, some 0, that leave something to stay; each state leads on to the next."""
    there = rng.random((n, N, N)) < 0.7
    there[:, range(N), [(i + 1) % N for i in range(N)]] = True
    there[:, range(N), range(N)] = False
    p = log_uniform(rng, 1e-12, 1.0, n * N * N).reshape(n, N, N) * there
    return p / np.maximum(p.sum(axis=2, keepdims=True), 1.0) * (1 - 1e-15)


def assemble(rng, p, reward, rate, growth, states):
    n = len(p)
    state = rng.integers(0, states, n).astype(float)
    return np.column_stack([p.reshape(n, -1), reward, rate, growth, state])


def discounted(rng, n):
    """Discount rates from 1e-6 to 1; a growth of 0, below or next to them."""
    rate = log_uniform(rng, 1e-6, 1.0, n)
    growth = rate * rng.choice([0.0, 0.5, 0.999, -1.0], n)
    reward = log_uniform(rng, 1e-3, 1e3, n * N).reshape(n, N)
    return assemble(rng, chances(rng, n), reward, rate, growth, N)


def absorbing(rng, n):
    """No discount; all states lead, sooner or much later, to the last one, which brings nothing."""
    p = chances(rng, n) * 0.99
    p[:, :, N - 1] = np.maximum(p[:, :, N - 1], log_uniform(rng, 1e-12, 1e-2, n * N).reshape(n, N))
    p[:, N - 1, :] = 0.0
    reward = log_uniform(rng, 1e-3, 1e3, n * N).reshape(n, N)
    reward[:, N - 1] = 0.0
    return assemble(rng, p, reward, np.zeros(n), np.zeros(n), N - 1)


def chain(x, power=1):
    """I - b^power P over the states that can bring something, and P and the rewards among them."""
    p = [[x[i * N + j] for j in range(N)] for i in range(N)]
    for i in range(N):
        p[i][i] = 1 - sum((p[i][j] for j in range(N) if j != i), arb(0))
    reward, rate, growth = x[N * N : N * N + N], x[N * N + N], x[N * N + N + 1]
    b = (1 + growth) / (1 + rate)
    kept = N - 1 if rate == 0 else N
    system = [[(1 if i == j else 0) - b**power * p[i][j] for j in range(kept)] for i in range(kept)]
    return arb_mat(system), p, reward, b, kept


def solved(system, right):
    return [row[0] for row in system.solve(arb_mat([[r] for r in right])).tolist()]


def values(x):
    system, p, reward, b, kept = chain(x)
    return solved(system, reward[:kept]) + [arb(0)] * (N - kept), p, b, kept


def value(*x):
    return settled(lambda: values(x)[0][int(float(x[-1]))])


def visits(*x):
    """From the first state to the one asked for."""
    system, _, _, _, kept = chain(x)
    at = int(float(x[-1]))
    return settled(lambda: solved(system, [1 if i == at else 0 for i in range(kept)])[0])


def deviation(*x):
    def found():
        v, p, b, kept = values(x)
        spread = []
        for i in range(kept):
            mean = sum((p[i][j] * v[j] for j in range(N)), arb(0))
            spread.append(b**2 * sum((p[i][j] * (v[j] - mean) ** 2 for j in range(N)), arb(0)))
        return solved(chain(x, 2)[0], spread)[int(float(x[-1]))].sqrt()

    return settled(found)


def slope(*x):
    def found():
        v, p, b, kept = values(x)
        right = [-b * sum((p[i][j] * v[j] for j in range(N)), arb(0)) / (1 + x[N * N + N]) for i in range(kept)]
        return solved(chain(x)[0], right)[int(float(x[-1]))]

    return settled(found)


def settled(ask):
    """The answer, or one without a digit where the precision is too small to solve the system at all."""
    try:
        return ask()
    except ZeroDivisionError:
        return arb(0, 1)


# Values next to one another differ by what is left of their digits, and that is what varies.
def spread_scale(true, *x):
    v, _, _, _ = values(x)
    return true + max((abs(u) for u in v), key=lambda u: float(u.mid()))


CHECKS = [
    Check(
        "chain_value", "chain_value_of(x, 0)", value, discounted, 1e-14,
        "5 states, chances from 1e-12, rewards >= 0, discount from 1e-6, growth", "relative",
    ),
    Check(
        "chain_value_absorbing", "chain_value_of(x, 0)", value, absorbing, 1e-14,
        "the same without discount, leaks from 1e-12", "relative",
    ),
    Check(
        "chain_value_visits", "chain_value_of(x, 2)", visits, discounted, 1e-14, "the same with discount", "relative",
    ),
    Check(
        "chain_value_discount_slope", "chain_value_of(x, 3)", slope, discounted, 2e-14, "the same", "relative",
    ),
    Check(
        "chain_value_deviation", "chain_value_of(x, 1)", deviation, discounted, 1e-12, "the same, to the largest value",
        "relative", spread_scale,
    ),
]  # fmt: skip
