"""loyalty.BetaGeoCNBDModel and ModifiedBetaGeoCNBDModel: the numbers of the models, k, and the gaps."""

from __future__ import annotations

import math
import pickle
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

import loyalty as loy

CDNOW = Path(__file__).parents[3] / "examples/data/cdnow.csv"
PARAMS = {"r": 0.4, "alpha": 2.5, "a": 0.793, "b": 2.426, "k": 2}
LITT = [0.0, 4.9444696721883332]
CUSTOMERS = {"frequency": [0, 2], "recency": [0.0, 213 / 7], "T": [30.0, 272 / 7], "litt": LITT}
# By both models: ln L, P(alive), purchases in 13 and in 39 weeks; from sums of 700-bit balls.
BG = (
    [-0.711730643148112009, -9.11120567380438174],
    [1.0, 0.750385851325045438],
    [0.130057721548112314, 1.4642053098336113],
)
MBG = (
    [-0.484123892554189781, -9.33406524280574086],
    [0.600235204915435841, 0.795234898353783266],
    [0.0785407088195365766, 1.58811536625954119],
)
MODELS = [(loy.BetaGeoCNBDModel, BG), (loy.ModifiedBetaGeoCNBDModel, MBG)]
Kind = type[loy.BetaGeoCNBDModel] | type[loy.ModifiedBetaGeoCNBDModel]


@pytest.fixture(scope="module")
def cdnow() -> pd.DataFrame:
    log = pd.read_csv(CDNOW, dtype={"customer_id": str})
    return loy.rfm_summary(log, time_unit="W", observation_period_end="1997-09-30", litt=True)


@pytest.mark.parametrize(("kind", "truth"), MODELS)
def test_numbers(kind: Kind, truth: tuple[list[float], ...]) -> None:
    m = kind.from_params(**PARAMS)
    assert_allclose(m.log_likelihood(CUSTOMERS), truth[0], rtol=1e-12)
    assert_allclose(m.expected_probability_alive(CUSTOMERS), truth[1], rtol=1e-12)
    for i, t in enumerate((13, 39)):
        assert m.expected_purchases(CUSTOMERS, t)[i] == pytest.approx(truth[2][i], rel=1e-12)
    # No prediction asks for the gaps.
    without = {name: CUSTOMERS[name] for name in ("frequency", "recency", "T")}
    assert_array_equal(m.expected_purchases(without, 13), m.expected_purchases(CUSTOMERS, 13))
    with pytest.raises(loy.LoyaltyError, match="litt"):
        m.log_likelihood(without)
    assert m.k_ == 2


def test_quantities() -> None:
    m = loy.BetaGeoCNBDModel.from_params(**PARAMS)
    one = {"frequency": 2, "recency": 213 / 7, "T": 272 / 7}
    unit = m.discounted_expected_purchases(**one, discount_rate=math.expm1(0.0027), discount_period="unit")
    assert unit == pytest.approx(5.9657757836842557, rel=1e-12)
    assert m.purchase_probability_future(**one, n=2, future_t=39) == pytest.approx(0.198516818098524931, rel=1e-12)
    assert m.expected_probability_alive(one, 39) == pytest.approx(0.557033683073775636, rel=1e-12)
    means = m.posterior_mean(CUSTOMERS)
    assert_allclose(means["purchase_rate"], [0.0103025064822817637, 0.0608829521665158959], rtol=1e-12)
    assert_allclose(means["dropout_probability"], [0.246349798073936002, 0.19977278188828407], rtol=1e-12)
    other = loy.BetaGeoCNBDModel.from_params(r=0.9, alpha=3, a=1, b=2, k=3)
    assert other.purchase_probability_interval(1, 5, 9) == pytest.approx(0.212780547767389161, rel=1e-12)
    assert sum(m.purchase_probability(np.arange(400), 30)) == pytest.approx(1, rel=1e-12)


def test_cdnow_has_one_stage(cdnow: pd.DataFrame) -> None:
    m = loy.ModifiedBetaGeoCNBDModel(time_unit="W").fit(cdnow)
    plain = loy.ModifiedBetaGeoModel(time_unit="W").fit(cdnow)
    assert m.k_ == 1 and sorted(m.log_likelihood_by_k_) == [1, 2, 3]
    assert m.log_likelihood_ == pytest.approx(-9582.135716, abs=1e-5)  # BTYDplus
    assert {n: m.params_[n] for n in plain.params_} == pytest.approx(plain.params_, rel=1e-9)
    assert m.aic_ == pytest.approx(plain.aic_ + 2, rel=1e-9)
    given = loy.ModifiedBetaGeoCNBDModel(k=1, time_unit="W").fit(cdnow.drop(columns="litt"))
    assert given.aic_ == pytest.approx(plain.aic_, rel=1e-9) and given.log_likelihood_by_k_.keys() == {1}
    assert_array_equal(given.expected_purchases(cdnow, 39), loy.ModifiedBetaGeoModel.from_params(
        **{n: given.params_[n] for n in ("r", "alpha", "a", "b")}).expected_purchases(cdnow, 39))  # fmt: skip


@pytest.mark.parametrize("kind", [kind for kind, _ in MODELS])
def test_a_fit_recovers_what_was_simulated(kind: Kind, tmp_path: Path) -> None:
    truth = kind.from_params(r=0.8, alpha=3, a=0.9, b=2.5, k=3)
    drawn = pl.DataFrame(truth.simulate(8000, 40, seed=11))
    assert drawn.columns == ["customer_id", "frequency", "recency", "T", "litt", "alive"]
    m = kind(time_unit="W").fit(drawn)
    assert m.k_ == 3 and m.status_ == "OK" and m.std_errors_["k"] == 0
    for name in ("r", "alpha", "a", "b"):
        assert abs(m.params_[name] - truth.params_[name]) < 4 * m.std_errors_[name]
    assert m.log_likelihood(drawn).sum() == pytest.approx(m.log_likelihood_, rel=1e-12)
    assert m.log_likelihood_by_k_[3] == m.log_likelihood_ > m.log_likelihood_by_k_[2]
    threads = kind(time_unit="W", threads=1).fit(drawn)
    assert threads.params_ == m.params_
    # Standard errors, intervals and the bootstrap take k as given.
    interval = m.interval(drawn.head(3), 13)
    assert (interval["lower"] < interval["estimate"]).all() and (interval["estimate"] < interval["upper"]).all()
    boot = m.bootstrap(drawn.head(300), n_boot=5, level=0.5)
    assert set(np.asarray(boot.draws["k"])) == {3.0}
    counts = m.purchase_interval(drawn.head(3), 13)
    assert (counts["lower"] <= counts["upper"]).all()
    # The log has the same customers.
    log = truth.simulate_log(200, 40, seed=11)
    assert len(log["time"]) == 200 + truth.simulate(200, 40, seed=11)["frequency"].sum()
    path = tmp_path / "model.json"
    loy.save_models(path, m)
    again = loy.load_model(path)
    assert isinstance(again, kind) and again.params_ == m.params_
    assert_array_equal(again.covariance_, m.covariance_)
    assert pickle.loads(pickle.dumps(m)).params_ == m.params_
    spend = loy.GammaGammaModel.from_params(p=6.25, q=3.74, v=15.44)
    worth = m.predict(drawn.head(9).with_columns(monetary_value=pl.lit(20.0)), horizon=26, spend_model=spend)
    assert_allclose(worth["clv"], worth["expected_spend"] * m.expected_purchases(drawn.head(9), 26), rtol=1e-12)


def test_misuse(cdnow: pd.DataFrame) -> None:
    for k in (0, 65, 1.5, True, "2"):
        with pytest.raises(loy.LoyaltyError, match=r"^k: "):
            loy.BetaGeoCNBDModel(k=k).fit(cdnow)  # type: ignore[arg-type]
    with pytest.raises(loy.DomainError, match=r"^k: "):
        loy.BetaGeoCNBDModel.from_params(r=1, alpha=1, a=1, b=1, k=0)
    with pytest.raises(loy.LoyaltyError, match="litt"):
        loy.BetaGeoCNBDModel().fit(cdnow.drop(columns="litt"))
    wrong = cdnow.assign(litt=cdnow["litt"] + 99)
    with pytest.raises(loy.DomainError, match=r"^litt\[0\]: "):
        loy.BetaGeoCNBDModel(k=2).fit(wrong)
    assert loy.BetaGeoCNBDModel(k=2).get_params() == {"k": 2, "time_unit": None, "threads": None, "penalty": 0.0}
    coerced = loy.BetaGeoCNBDModel.from_params(**PARAMS).log_likelihood(wrong.head(3), errors="coerce")
    assert np.isnan(coerced).all()


shape = st.floats(1e-3, 1e3)


@settings(max_examples=60, deadline=None)
@given(
    r=shape, alpha=shape, a=shape, b=shape, k=st.integers(2, 64), x=st.integers(0, 500), last=st.floats(1e-6, 1),
    T=st.floats(1e-2, 1e4),
)  # fmt: skip
def test_properties(r: float, alpha: float, a: float, b: float, k: int, x: int, last: float, T: float) -> None:
    m = loy.ModifiedBetaGeoCNBDModel.from_params(r=r, alpha=alpha, a=a, b=b, k=k)
    customer = {"frequency": x, "recency": last * T if x else 0.0, "T": T}
    alive = m.expected_probability_alive(customer)
    assert 0 <= alive <= 1
    assert m.expected_purchases(customer, 0) == 0
    near, far = m.expected_purchases(customer, T), m.expected_purchases(customer, 10 * T)
    assert 0 <= near <= far * (1 + 1e-12)
    assert m.expected_probability_alive(customer, 10 * T) <= m.expected_probability_alive(customer, T) * (1 + 1e-12)
    assert m.expected_probability_alive(customer, T) <= alive
    # Whoever does not buy stays alive: alive or stopped, the next purchase comes with the same probability.
    nothing = m.purchase_probability_future(**customer, n=0, future_t=T)
    assert nothing >= 1 - alive - 1e-12 and near >= (1 - nothing) * (1 - 1e-9) - 1e-12
