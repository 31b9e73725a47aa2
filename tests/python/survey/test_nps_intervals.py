"""Score, bootstrap and Bayes intervals of a Net Promoter Score, against SciPy, mpmath and published digits."""

from __future__ import annotations

import itertools
import math
import pickle
from typing import Any

import mpmath
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from scipy import stats
from scipy.optimize import brentq

import loyalty as loy
from loyalty import _loyalty, survey

Z95 = 1.959963984540054

# Promoters, passives, detractors: Wald, adjusted Wald and score limits at 95 percent, before clipping.
GOLDEN = {
    (50, 30, 20): ((0.146922, 0.453078), (0.140511, 0.442013), (0.139551, 0.443393)),
    (10, 5, 5): ((-0.113387, 0.613387), (-0.117161, 0.551944), (-0.129207, 0.560106)),
    (36, 42, 22): ((-0.006723, 0.286723), (-0.008492, 0.280337), (-0.009385, 0.282662)),
    (450, 350, 200): ((0.202494, 0.297506), (0.201820, 0.296684), (0.201850, 0.296803)),
    (5, 10, 0): ((0.094774, 0.571893), (0.031609, 0.523947), (0.061489, 0.582865)),
    (10, 0, 0): ((1.0, 1.0), (0.475036, 1.0), (0.444934, 1.0)),
}


@pytest.mark.parametrize("counts", GOLDEN, ids=str)
def test_golden(counts: tuple[int, int, int]) -> None:
    r = loy.nps_from_counts(*counts)
    for method, expected in zip(("wald", "adjusted_wald", "score"), GOLDEN[counts], strict=True):
        assert r.interval(method=method) == pytest.approx(expected, abs=5.1e-7)  # type: ignore[arg-type]
    shown = {(50, 30, 20): (0.3, 0.61), (10, 5, 5): (0.25, 0.6875), (36, 42, 22): (0.14, 0.5604),
             (450, 350, 200): (0.25, 0.5875), (5, 10, 0): (1 / 3, 2 / 9), (10, 0, 0): (1.0, 0.0)}  # fmt: skip
    assert (r.score, r.variance) == pytest.approx(shown[counts], rel=1e-14)


def statistic(m0: float, p: int, d: int, n: int) -> float:
    """Z(m0) as the literature writes it. Below 0 promoters and detractors change places: there its root cancels."""
    if m0 < 0:
        return -statistic(-m0, d, p, n)
    gap = p - d - n * m0
    a, b, c = 2 * n, -d - p + (2 * n - p + d) * m0, -d * m0 * (1 - m0)
    q = (math.sqrt(b * b - 4 * a * c) - b) / (2 * a)
    return gap / math.sqrt(n * (2 * q + m0 * (1 - m0))) if gap else 0.0


def test_score_limits_are_roots() -> None:
    """10,000 random tables of 2 to a million answers, against brentq on the textbook statistic."""
    rng = np.random.default_rng(20160704)
    worst = 0.0
    for _ in range(10_000):
        n = int(10 ** rng.uniform(0.3, 6))
        p, a, d = (int(k) for k in rng.multinomial(n, rng.dirichlet([0.7, 0.7, 0.7])))
        lower, upper = loy.nps_from_counts(p, a, d).interval(method="score")
        for limit, z, end, count in ((lower, -Z95, -1.0, d), (upper, Z95, 1.0, p)):
            found = end
            if count < n:
                found = brentq(
                    lambda m, z=z, p=p, d=d, n=n: statistic(m, p, d, n) + z,
                    (p - d) / n, end * (1 - 2**-52), xtol=1e-15, rtol=1e-15,
                )  # fmt: skip
            worst = max(worst, abs(limit - found))
    assert worst < 1e-10


def test_score_limits_against_mpmath() -> None:
    """Few tables to all digits, the extreme ones too: |Z| = z at the limits."""
    tables = [(50, 30, 20), (999_999, 0, 1), (3, 1_000_000, 0), (1, 0, 0), (0, 1, 0), (970, 20, 10), (1, 1, 10**9)]
    with mpmath.workdps(60):
        z = mpmath.sqrt(2) * mpmath.erfinv(mpmath.mpf(0.95))
        for p, a, d in tables:
            n = p + a + d
            for limit, sign in zip(loy.nps_from_counts(p, a, d).interval(method="score"), (-1, 1), strict=True):
                if (p if sign > 0 else d) == n:
                    assert limit == sign
                    continue

                def excess(m: Any, p: int = p, d: int = d, n: int = n, sign: int = sign) -> Any:
                    b = -d - p + (2 * n - p + d) * m
                    q = (mpmath.sqrt(b * b + 8 * n * d * m * (1 - m)) - b) / (4 * n)
                    return p - d - n * m + sign * z * mpmath.sqrt(n * (2 * q + m * (1 - m)))

                low, high = mpmath.mpf(p - d) / n, mpmath.mpf(sign)
                for _ in range(180):
                    middle = (low + high) / 2
                    low, high = (middle, high) if excess(middle) * sign > 0 else (low, middle)
                assert abs(limit - low) < 2e-15, (p, a, d, sign)


def posterior_above(x: float, a: tuple[float, float, float]) -> Any:
    """P(p - d > x) for Dirichlet shares, integrated over the share of promoters."""
    ap, aa, ad = (mpmath.mpf(v) for v in a)
    x = mpmath.mpf(x)
    low, high = max(x, mpmath.mpf(0)), mpmath.mpf(1)
    whole = mpmath.beta(ap, aa + ad)
    corner = (1 + x) / 2  # from here on the share of detractors is below p - x whatever it is

    def part(p: Any) -> Any:
        share = mpmath.betainc(ad, aa, 0, min((p - x) / (1 - p), mpmath.mpf(1)), regularized=True)
        return p ** (ap - 1) * (1 - p) ** (aa + ad - 1) * share / whole

    mean, sd = ap / (ap + aa + ad), mpmath.sqrt(ap * (aa + ad) / (ap + aa + ad + 1)) / (ap + aa + ad)
    points = sorted({low, high, *(v for v in (corner, *(mean + k * sd for k in (-5, 0, 5))) if low < v < high)})
    return mpmath.quad(part, points)


PRIORS = [(0.75, 1.5, 0.75), (0.5, 0.5, 0.5), (1.0, 1.0, 1.0), (1 / 3, 1 / 3, 1 / 3), (2.0, 5.0, 0.25)]


def test_posterior_golden() -> None:
    r = loy.nps_from_counts(50, 30, 20)
    for prior, limits in zip(PRIORS, [(0.137443, 0.437139), (0.140167, 0.442727), (0.136819, 0.437698)], strict=False):
        assert r.interval(method="bayes", prior=prior) == pytest.approx(limits, abs=5.1e-7)
    assert r.interval(method="bayes") == r.interval(method="bayes", prior=PRIORS[0])
    posterior = r.posterior()
    assert posterior.probability_above(0) == pytest.approx(0.99985619, abs=5.1e-9)
    n, mean = 103, 30 / 103
    assert posterior.mean == pytest.approx(mean, rel=1e-15)
    assert posterior.mean == pytest.approx(sum(r.interval()) / 2, rel=1e-14)  # the centre of adjusted Wald
    expected = math.sqrt(((50.75 + 20.75) / n - mean**2) / (n + 1))
    assert posterior.standard_deviation == pytest.approx(expected, rel=1e-14)


def test_posterior_quantiles_against_quadrature() -> None:
    """Two dozen tables and priors: the quantile is within 1e-8 of where the integral is the probability."""
    rng = np.random.default_rng(7)
    tables = [(50, 30, 20), (10, 0, 0), (0, 4, 0), (97, 2, 1), (1, 1, 1), (0, 0, 25)]
    while len(tables) < 24:
        p, a, d = (int(k) for k in rng.multinomial(int(10 ** rng.uniform(0.5, 2.5)), rng.dirichlet([1, 1, 1])))
        tables.append((p, a, d))
    step = 1e-8
    with mpmath.workdps(16):
        for i, (p, a, d) in enumerate(tables):
            prior, level = PRIORS[i % len(PRIORS)], (0.95, 0.5)[i % 2]
            parameters = (p + prior[0], a + prior[1], d + prior[2])
            limits = loy.nps_from_counts(p, a, d).interval(level, "bayes", prior=prior)
            for x, above in zip(limits, ((1 + level) / 2, (1 - level) / 2), strict=True):
                more, less = (posterior_above(v, parameters) for v in (max(x - step, -1.0), min(x + step, 1.0)))
                assert less <= above <= more, (p, a, d, prior, level)


def test_posterior_methods() -> None:
    posterior = loy.nps([10, 9, 3, 8, 7, 9, 0]).posterior(prior=[1, 2, 1])
    assert isinstance(posterior, survey.NPSPosterior)
    assert (posterior.promoters, posterior.passives, posterior.detractors) == (4, 4, 3)
    assert posterior.quantile(0.25) == posterior.interval(0.5)[0]
    assert posterior.probability_at_most(posterior.quantile(0.25)) == pytest.approx(0.25, rel=1e-12)
    assert posterior.probability_at_most(0.1) + posterior.probability_above(0.1) == 1.0
    assert posterior.probability_above(0.99999) < 1e-12  # small, and not 1 - 1
    assert pickle.loads(pickle.dumps(posterior)) == posterior
    draws = np.random.default_rng(1).dirichlet([4, 4, 3], 200_000)
    share = np.mean(draws[:, 0] - draws[:, 2] > 0.25)
    assert posterior.probability_above(0.25) == pytest.approx(share, abs=0.005)
    with pytest.raises(loy.DomainError, match=r"^m: "):
        posterior.probability_above(1.5)
    with pytest.raises(loy.DomainError, match=r"^probability: "):
        posterior.quantile(1.0)
    with pytest.raises(loy.DomainError, match=r"^level: "):
        posterior.interval(0.0)
    with pytest.raises(loy.DomainError, match=r"^self: "):
        survey.NPSPosterior(1, 1, 1, 0.0, math.nan).quantile(0.5)


def test_bootstrap() -> None:
    """Percentiles at the ranks (R + 1) (1 -+ level) / 2: NumPy's "weibull" quantiles of the same draws."""
    r = loy.nps_from_counts(50, 30, 20)
    draws = r.bootstrap(3999, seed=5)
    assert draws[:100].tolist() == r.bootstrap(100, seed=5).tolist()
    for level in (0.95, 0.8):
        expected = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2], method="weibull")
        assert r.interval(level, "bootstrap", seed=5, replicates=3999) == pytest.approx(expected, abs=1e-12)
    assert r.interval(method="bootstrap") == r.interval(method="bootstrap", seed=0, replicates=9999)
    assert r.bootstrap(50, seed=2**64 - 1).tolist() != r.bootstrap(50).tolist()
    # Promoters less detractors of multinomial samples: moments, and the distribution of a tiny survey.
    assert draws.mean() == pytest.approx(0.3, abs=4 * r.standard_error / math.sqrt(3999))
    assert draws.std() == pytest.approx(r.standard_error, rel=0.05)
    tiny = loy.nps_from_counts(1, 1, 1).bootstrap(27_000, seed=1)
    tables = [np.sign([a, b, c]).sum() / 3 for a, b, c in itertools.product((-1, 0, 1), repeat=3)]
    values, expected_counts = np.unique(np.round(tables, 9), return_counts=True)
    found = [np.sum(np.round(tiny, 9) == v) for v in values]
    assert stats.chisquare(found, 1000 * expected_counts).pvalue > 1e-4
    weighted = loy.nps([10, 9, 3], [1, 2, 1])
    for call in (weighted.bootstrap, lambda: weighted.interval(method="bootstrap")):
        with pytest.raises(loy.LoyaltyError, match=r"^score: must be without weights"):
            call()
    with pytest.raises(loy.DomainError, match=r"^replicates: must be from 2000"):
        r.interval(method="bootstrap", replicates=100)
    with pytest.raises(loy.LoyaltyError, match=r"^replicates: "):
        r.bootstrap(-1)


def test_weighted_scores() -> None:
    scores, weights = [10, 9, 8, 0, 1, 10], [1, 2, 1, 0.5, 1.5, 1]
    r = loy.nps(scores, weights)
    posterior = r.posterior()
    n = r.variance / r.standard_error**2  # as many equally weighted answers have its standard error
    parameters = (n * r.promoter_share + 0.75, n * (1 - r.promoter_share - r.detractor_share) + 1.5)
    assert (posterior.promoters, posterior.passives) == pytest.approx(parameters, rel=1e-13)
    lower, upper = r.interval(method="score")
    assert -1 < lower < r.score < upper < 1


def test_options_belong_to_a_method() -> None:
    r = loy.nps_from_counts(5, 3, 2)
    with pytest.raises(loy.LoyaltyError, match=r"^seed: is for method='bootstrap', not 'adjusted_wald'"):
        r.interval(seed=1)
    with pytest.raises(loy.LoyaltyError, match=r"^replicates: is for method='bootstrap', not 'bayes'"):
        r.interval(method="bayes", replicates=5000)
    with pytest.raises(loy.LoyaltyError, match=r"^prior: is for method='bayes', not 'score'"):
        r.interval(method="score", prior=(1, 1, 1))
    for prior, message in (
        ((1, 1), r"^prior: must be \(promoters"),
        ((1, 0, 1), r"^prior: must be a number from 0.001"),
    ):
        with pytest.raises(loy.LoyaltyError, match=message):
            r.interval(method="bayes", prior=prior)


def test_without_by_interval_options_are_refused() -> None:
    for name, value in {"level": 0.9, "method": "score", "seed": 1, "replicates": 2000, "prior": (1, 1, 1)}.items():
        with pytest.raises(loy.LoyaltyError, match=rf"^{name}: is of the intervals in a table, with by=") as caught:
            loy.nps([10, 9, 3], **{name: value})  # type: ignore[call-overload]
        assert caught.value.argument == name


FRAME = {"score": [10, 9, 3, 8, 7, 9, 0, 10, 9, 9], "branch": ["b", "a", "b", "a", "a", "b", "a", "b", "b", "a"]}
METHODS: dict[str, dict[str, Any]] = {
    "adjusted_wald": {}, "wald": {}, "score": {}, "bootstrap": {"seed": 3, "replicates": 2500},
    "bayes": {"prior": (1.0, 2.0, 1.0)},
}  # fmt: skip


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table, dict])
def test_by(make: Any, method: Any) -> None:
    frame = make(FRAME)
    options = METHODS[method]
    by = loy.nps("score", by="branch", data=frame, level=0.8, method=method, **options)
    assert type(by) is type(frame)
    rows = {name: list(by[name].to_pylist() if make is pa.table else by[name]) for name in ("branch", "lower", "upper")}
    assert rows["branch"] == ["a", "b"]
    for i, members in enumerate(([9, 8, 7, 0, 9], [10, 3, 9, 10, 9])):
        assert (rows["lower"][i], rows["upper"][i]) == loy.nps(members).interval(0.8, method, **options)


def test_by_checks_options() -> None:
    with pytest.raises(loy.LoyaltyError, match=r"^prior: is for method='bayes'"):
        loy.nps("score", by="branch", data=FRAME, prior=(1, 1, 1))
    with pytest.raises(
        loy.LoyaltyError, match=r"^method: must be one of 'adjusted_wald', 'wald', 'score', 'bootstrap'"
    ):
        loy.nps("score", by="branch", data=FRAME, method="exact")  # type: ignore[call-overload]
    with pytest.raises(loy.DomainError, match=r"^level: "):
        loy.nps("score", by="branch", data=FRAME, level=1.0)


def test_by_is_not_lost_behind_a_result() -> None:
    with pytest.raises(loy.LoyaltyError, match=r"^by: may not be named 'n'"):
        loy.nps("score", by="n", data={"score": [10, 9], "n": [1, 2]})


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table, dict])
def test_plot(make: Any) -> None:
    from matplotlib.figure import Figure

    answers = {"score": [10, 9, 3, 8, None], "branch": ["b", "a", "b", "a", "none"]}
    by = loy.nps("score", by="branch", data=make(answers), skip_missing=True)
    ax = survey.plot_nps(by, ax=Figure().subplots())
    assert [label.get_text() for label in ax.get_yticklabels()] == ["b (n = 2)", "a (n = 2)"]
    (line,) = [drawn for drawn in ax.lines if len(drawn.get_xdata()) == 2 and drawn.get_marker() == "o"]  # type: ignore[arg-type]
    assert list(line.get_xdata()) == [0.0, 50.0]  # type: ignore[arg-type]
    with pytest.raises(loy.LoyaltyError, match="score: there is no such column"):
        survey.plot_nps({"a": [1]})


def test_flat_shims() -> None:
    fields = np.array([50, 30, 20, 0, 100, 0.5, 0.2, 0.3, 0.61, 0.0781024967590665, 100, 0], dtype=float)
    with pytest.raises(loy.LoyaltyError, match="prior: has the wrong number"):
        _loyalty.nps_posterior(fields, np.ones(2))
    with pytest.raises(loy.LoyaltyError, match="score: has the wrong number"):
        _loyalty.nps_posterior(fields[:-1], np.ones(0))
