"""(M)BG/CNBD-k models (btyd/bgcnbd.h, btyd/mbgcnbd.h)."""

import mpmath
import numpy as np
from betageo import EPS, settled
from flint import arb, ctx
from harness import Check, log_uniform

HEADERS = [f"loyalty/btyd/{name}{part}.h" for name in ("bgcnbd", "mbgcnbd") for part in ("", "_predict", "_fit")]
PREAMBLE = "".join(
    """
static loy_bgcnbd_params NAME_params_of(const double *x) {
  loy_bgcnbd_params params = {x[0], x[1], x[2], x[3], x[4]};
  return params;
}
static double NAME_call(const double *x, int what, double t, double more) {
  loy_bgcnbd_params p = NAME_params_of(x);
  double rate = NAN, dropout = NAN, gradient[4], hessian[16], value = NAN;
  switch (what) {
  case 0: return loy_NAME_loglik(&p, x[5], x[6], x[7], t);
  case 1: return loy_NAME_loglik_summary(&p, x[5], x[6], x[7]);
  case 2: return loy_NAME_palive(&p, x[5], x[6], x[7], t);
  case 3: return loy_NAME_log_palive(&p, x[5], x[6], x[7]);
  case 4: return loy_NAME_expected_purchases(&p, x[5], x[6], x[7], t);
  case 5: return loy_NAME_dect(&p, x[5], x[6], x[7], t, more);
  case 6: return loy_NAME_pmf_future(&p, x[5], x[6], x[7], more, t);
  case 7: return loy_NAME_pmf_interval(&p, more, x[5], x[6]);
  case 8: (void)loy_NAME_posterior(&p, x[5], x[6], x[7], &rate, &dropout, NULL); return rate;
  default: break;
  }
  (void)loy_NAME_loglik_total(&p, &x[5], &x[6], &x[7], NULL, NULL, 1, NULL, &value, gradient, hessian, NULL);
  return what < 20 ? gradient[what - 10] : hessian[what - 20];
}
""".replace("NAME", name)
    for name in ("bgcnbd", "mbgcnbd")
)
STAGES = (2.0, 3.0, 8.0, 64.0)
DOMAIN = "r, alpha, a, b from 1e-4 to 1e4, k of 2, 3, 8 and 64, x to 1e4, T from 1e-3 to 1e6"


def histories(rng, n, most=1e4, stages=STAGES):
    """r, alpha, a, b, k, x, t_x, T: half such as customers have, half of the whole domain and at its edges."""
    h = max(2, n // 2)
    usual = [np.exp(rng.uniform(np.log(lo), np.log(hi), h)) for lo, hi in ((0.05, 5), (0.5, 100), (0.1, 5), (0.5, 10))]
    broad = [log_uniform(rng, 1e-4, 1e4, h) for _ in range(4)]
    params = [np.concatenate([u, w]) for u, w in zip(usual, broad, strict=True)]
    x = np.concatenate([np.floor(log_uniform(rng, 0.3, 200, h)), rng.choice([0.0, 1.0, 2.0, 100.0, most], h)])
    T = np.concatenate([log_uniform(rng, 5, 200, h), log_uniform(rng, 1e-3, 1e6, h)])
    last = np.concatenate([rng.uniform(0.05, 1, h), rng.choice([1e-3, 0.3, 0.9, 1.0], h)])
    return np.column_stack([*params, rng.choice(stages, 2 * h), x, np.where(x > 0, last * T, 0.0), T])


def with_gaps(rng, n):
    rows = histories(rng, n)
    x, t_x = rows[:, 5], rows[:, 6]
    return np.column_stack(
        [
            rows,
            np.where(x > 0, x * (np.log(np.maximum(t_x, 1e-9) / np.maximum(x, 1)) - rng.uniform(0.01, 2, len(x))), 0),
        ]
    )


def ahead(rng, n):
    rows = histories(rng, n, 300.0, (2.0, 3.0, 8.0))
    return np.column_stack([rows, rows[:, 7] * log_uniform(rng, 0.01, 10, len(rows))])


def counts(rng, n):
    rows = ahead(rng, n)
    return np.column_stack([rows, rng.choice([0.0, 1.0, 2.0, 20.0], len(rows))])


def usual(rng, n):
    """Customers with a rate of discount and a horizon."""
    rows = histories(rng, 2 * n, stages=(2.0, 3.0, 8.0))[: max(2, n)]
    rows = rows[rows[:, 5] < 30]
    return np.column_stack([rows, log_uniform(rng, 1e-4, 0.1, len(rows)), rows[:, 7] * rng.uniform(0.2, 2, len(rows))])


def intervals(rng, n):
    rows = histories(rng, 2 * n, stages=(2.0, 3.0, 8.0))[: max(2, n), :5]
    t0 = log_uniform(rng, 0.5, 30, len(rows))
    return np.column_stack([rows, t0, t0 * rng.uniform(1.1, 3, len(rows)), rng.choice([0.0, 1.0, 4.0], len(rows))])


class Model:
    def __init__(self, name, at_zero):
        self.name, self.at_zero = name, at_zero

    def state(self, r, alpha, a, b, k, x, t_x, T):
        """Stages k, shape s, rate A, chances c, weights w, Q and the odds of having stopped."""
        k = int(k.unique_fmpz() if hasattr(k, "unique_fmpz") else k)
        s, rate, c = r + k * x, alpha + T, x + self.at_zero
        terms = [arb(1)]
        for j in range(1, k):
            terms.append(terms[-1] * (T - t_x) / rate * (s + j - 1) / j)
        Q = sum(terms, arb(0))
        odds = a / (b + c - 1) * (s * ((alpha + T).log() - (alpha + t_x).log())).exp() / Q if c > 0 else arb(0)
        return k, s, rate, c, [term / Q for term in terms], Q, odds

    def loglik(self, *q, litt=None):
        r, alpha, a, b, _, x, t_x, _T = q[:8]
        k, s, rate, c, _, Q, odds = self.state(*q[:8])
        value = r * alpha.log() - s * rate.log() + (Q * (1 + odds)).log() + s.lgamma() - r.lgamma()
        value += (b + c).lgamma() - b.lgamma() - (a + b + c).lgamma() + (a + b).lgamma()
        if len(q) > 8:
            return settled(value + (k - 1) * q[8] - x * arb(k).lgamma())
        return settled(value + ((k - 1) * x * t_x.log() + x.lgamma() - (k * x).lgamma() if x > 0 else arb(0)))

    def loglik_scale(self, value, *q):
        r, alpha, a, b, _, x, t_x, T = q[:8]
        k, s, rate, c, _, Q, odds = self.state(*q[:8])
        size = r * (1 + T / alpha).log() + k * x * abs(rate.log()) + abs(Q.log()) + abs(self.loglik(*q))
        size += abs(s.lgamma() - r.lgamma()) + abs((1 + odds).log()) + (k - 1) * x * (abs((t_x + 1e-300).log()) + 1)
        size += abs((b + c).lgamma() - b.lgamma() - (a + b + c).lgamma() + (a + b).lgamma()) + abs((k * x + 1).lgamma())
        if len(q) > 8:
            size += (k - 1) * abs(q[8])
        return max(arb(1), abs(value)) + 4 * EPS / 1e-12 * size

    def condition(self, *q):
        """How the odds of having stopped amplify the last bits of what they are made of."""
        _, alpha, a, b, _, _, t_x, T = q[:8]
        _, s, _, c, _, Q, _ = self.state(*q[:8])
        return 1 + s * ((alpha + T).log() - (alpha + t_x).log()) + abs(Q.log()) + abs((a / (b + c + 1)).log())

    def scale(self, value, *q):
        return abs(value) * max(arb(1), 16 * EPS / 1e-12 * self.condition(*q))

    def alive(self, *q):
        return 1 / (1 + self.state(*q[:8])[-1])

    def log_alive(self, *q):
        return -(1 + self.state(*q[:8])[-1]).log()

    def rate(self, *q):
        k, s, rate, _, w, _, odds = self.state(*q[:8])
        up = 1 / (1 + odds)
        stage = sum((j * weight for j, weight in enumerate(w)), arb(0))
        return (up * (s + stage) / rate + (1 - up) * s / (q[1] + q[6])) / k

    @staticmethod
    def pieces(k, s, rate, w, t):
        """P(n k <= M < (n+1) k) for n = 0, 1, ..., with a factor that bounds how fast they fall from here on."""
        y, stay = t / (rate + t), rate / (rate + t)
        v, m = [], 0
        first = (stay.log() * s).exp()
        while True:
            sum_ = arb(0)
            for _ in range(k):
                if len(v) < k:
                    v.append(w[len(v)] * first)
                    first = first * stay
                for j in range(len(v)):
                    sum_ += v[j]
                    v[j] = v[j] * y * (s + m) / (m + 1 - j)
                m += 1
            yield sum_, max(float(y), float(y * (s + m) / (m + 2 - k))) ** k

    def future(self, kind, a, b, k, s, rate, w, t):
        """Expected purchases, or the probability to stay, of one who is alive."""
        survive, total, sum_ = arb(1), arb(0), arb(0)
        small = 2.0 ** -min(ctx.prec, 110)
        for n, (piece, falls) in enumerate(self.pieces(k, s, rate, w, t)):
            term = (total if kind == "purchases" else survive) * piece
            sum_ += term
            total += survive
            survive *= (b + n) / (a + b + n)
            if n > 1 and falls < 1:
                rest = piece * falls * (total + survive / (1 - falls)) / (1 - falls)
                if kind == "stays":
                    rest = piece * survive * falls / (1 - falls)
                if rest < small * sum_:
                    return sum_
        return sum_

    def palive_future(self, *q):
        k, s, rate, c, w, _, odds = self.state(*q[:8])
        return self.future("stays", q[2], q[3] + c, k, s, rate, w, q[8]) / (1 + odds)

    def expected(self, *q):
        k, s, rate, c, w, _, odds = self.state(*q[:8])
        return self.future("purchases", q[2], q[3] + c, k, s, rate, w, q[8]) / (1 + odds)

    def count(self, a, b, k, s, rate, w, t, n):
        survive, mass, before = arb(1), arb(0), arb(1)
        for i, (piece, _) in enumerate(self.pieces(k, s, rate, w, t)):
            if i == n:
                return survive * piece + (before * a / (a + b + n - 1) * (1 - mass) if n > 0 else 0)
            mass += piece
            before, survive = survive, survive * (b + i) / (a + b + i)
        raise AssertionError

    def pmf_future(self, *q):
        k, s, rate, c, w, _, odds = self.state(*q[:8])
        n = int(float(q[9]))
        value = self.count(q[2], q[3] + c, k, s, rate, w, q[8], n) / (1 + odds)
        return value + (odds / (1 + odds) if n == 0 else 0)

    def pmf_interval(self, r, alpha, a, b, k, t0, t1, n):
        ctx.prec = max(ctx.prec, 640)  # what is left out is below 1e-150
        k, s, rate, c, _, _, odds = self.state(r, alpha, a, b, k, arb(0), arb(0), arb(0))
        y, n, m = t0 / (rate + t0), int(float(n)), 0
        mass, survive, total, gone, inside = (rate / (rate + t0)) ** s, arb(1), arb(0), arb(0), arb(0)
        while True:
            now = arb(0)
            for j in range(k):
                w = [arb(int(i == j)) for i in range(k)]
                now += survive * mass * self.count(a, b + c + m, k, s + m * k, rate + t0, w, t1 - t0, n)
                inside, gone = inside + mass, gone + mass * (1 - survive)
                mass = mass * y * (s + m * k + j) / (m * k + j + 1)
            total += now
            survive *= (b + c + m) / (a + b + c + m)
            m += 1
            if not 1 - inside > 1e-25 * total:
                break
        value = (total + (gone if n == 0 else 0)) / (1 + odds)
        return value + (odds / (1 + odds) if n == 0 else 0)

    def dert(self, *q):
        """Over z = A lambda, with the mean over p as a hypergeometric function."""
        k, s, rate, c, w, _, odds = self.state(*q[:8])
        number = [mpmath.mpf(v.mid().str(40, radius=False)) for v in (s, rate * q[8], q[2], q[3] + c, 1 / (1 + odds))]
        weights = [mpmath.mpf(v.mid().str(40, radius=False)) for v in w]
        with mpmath.workdps(30):
            s, D, a, b, up = number

            def term(y):
                z = mpmath.exp(y)
                f = z / (z + D)
                stages = sum(
                    u * f ** (k - j) * mpmath.exp((s + j) * y - z - mpmath.loggamma(s + j))
                    for j, u in enumerate(weights)
                )
                return mpmath.hyp2f1(1, b, a + b, f**k) * stages

            at, wide = mpmath.log(s + 1), 6 / mpmath.sqrt(s + 1)
            ends = {
                at - 90 / min(s + 1, 40) - mpmath.log(1 + 1 / D) - 20,
                at - 8,
                at - 4,
                at - 2,
                at - 1,
                at,
                at + 1,
                at + 2,
                at + 5,
            }
            return up * mpmath.quad(term, sorted(ends | {at - wide, at - wide / 3, at + wide / 3, at + wide}))

    def dect(self, *q):
        k, s, rate, c, w, _, odds = self.state(*q[:8])
        delta, t = (mpmath.mpf(float(v)) for v in q[8:10])
        with mpmath.workdps(30):

            def bought(v):
                value = self.future("purchases", q[2], q[3] + c, k, s, rate, w, arb(mpmath.nstr(v, 40)))
                return mpmath.mpf(value.mid().str(40, radius=False))

            panels = [t * (mpmath.mpf(i) / 8) ** 2 for i in range(9)]
            inside = mpmath.quad(
                lambda v: mpmath.exp(-delta * v) * bought(v), panels, maxdegree=3, method="gauss-legendre"
            )
            up = mpmath.mpf((1 / (1 + odds)).mid().str(40, radius=False))
            return up * (mpmath.exp(-delta * t) * bought(t) + delta * inside)

    def derivative(self, i, j=None):
        """Central differences with a step of 1e-20 at 100 digits."""
        names = ("r", "alpha", "a", "b")

        def oracle(*q):
            ctx.prec = max(ctx.prec, 400)
            step = [q[p] * arb("1e-20") for p in range(4)]

            def at(up, down=0):
                moved = list(q)
                moved[i] += up * step[i]
                moved[i if j is None else j] += down * step[i if j is None else j]
                return self.loglik(*moved)

            if j is None:
                slope = (at(1) - at(-1)) / (2 * step[i])
            else:
                slope = (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * step[i] * step[j])
            return arb(slope.mid(), abs(slope.mid()) * 1e-30)

        def scale(value, *q):
            size = 1 + self.loglik_scale(self.loglik(*q), *q) + q[0] + q[2] + q[4] * q[5]
            return abs(value) + size / (q[i] if j is None else q[i] * q[j])

        name = names[i] if j is None else f"{names[i]}_{names[j]}"
        which = 10 + i if j is None else 20 + 4 * i + j
        call = f"{self.name}_call(x, {which}, 0, 0)"
        return Check(
            f"{self.name}_loglik_d_{name}", call, oracle, histories, 1e-13, DOMAIN, "relative", scale, share=0.05
        )

    def checks(self):
        def check(what, arguments, oracle, points, where=DOMAIN, scale=None, **more):
            call = f"{self.name}_call(x, {arguments})"
            return Check(
                f"{self.name}_{what}", call, oracle, points, 1e-12, where, "relative", scale or self.scale, **more
            )

        tiny = {"tiny": 1e-290}
        later = DOMAIN.replace("2, 3, 8 and 64, x to 1e4", "2, 3 and 8, x to 300") + ", t from T/100 to 10 T"
        ordinary = "customers as they are, k of 2, 3 and 8"
        at_least = {"scale": lambda value, *q: abs(value) * self.condition(*q)}
        return [
            check("loglik", "0, x[8], 0", self.loglik, with_gaps, scale=self.loglik_scale, share=0.5),
            check("loglik_summary", "1, 0, 0", self.loglik, histories, scale=self.loglik_scale, share=0.5),
            check("palive", "2, 0, 0", self.alive, histories, share=0.5, **tiny),
            check("log_palive", "3, 0, 0", self.log_alive, histories, share=0.5, **at_least, **tiny),
            check("posterior_rate", "8, 0, 0", self.rate, histories, share=0.5),
            check("palive_future", "2, x[8], 0", self.palive_future, ahead, later, share=0.1, **tiny),
            check("expected_purchases", "4, x[8], 0", self.expected, ahead, later, share=0.1, **tiny),
            check("dert", "5, x[8], INFINITY", self.dert, usual, ordinary, share=0.02, **tiny),
            check("dect", "5, x[8], x[9]", self.dect, usual, ordinary, share=0.01, **tiny),
            check("pmf_future", "6, x[8], x[9]", self.pmf_future, counts, later + ", n to 20", share=0.1, **tiny),
            check(
                "pmf_interval", "7, 0, x[7]", self.pmf_interval, intervals, ordinary + ", n to 4",
                lambda value, *q: abs(value), share=0.03, **tiny,
            ),
            *(self.derivative(i) for i in range(4)),
            *(self.derivative(i, j) for i in range(4) for j in range(i + 1)),
        ]  # fmt: skip


CHECKS = Model("bgcnbd", 0).checks() + Model("mbgcnbd", 1).checks()
