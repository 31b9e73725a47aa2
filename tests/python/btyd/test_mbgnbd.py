"""loyalty.ModifiedBetaGeoModel: the numbers of the model, and that it behaves as its neighbour does."""

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
PARAMS = {"r": 0.525, "alpha": 6.183, "a": 0.891, "b": 1.614}
# x, t_x, T at these parameters: ln L, P(alive), purchases in 39 weeks; mpmath, from the model's definition.
CUSTOMERS = {"frequency": [0, 2, 26], "recency": [0.0, 213 / 7, 216 / 7], "T": [272 / 7, 272 / 7, 31.0]}
LOGLIK = [-0.53982448422004473, -9.48540925632097293, -38.3220564277750503]
ALIVE = [0.389743001685518492, 0.706215055462196, 0.965498054767582521]
PURCHASES = [0.15402448514843556, 1.2630502633419141, 19.4493510344950258]


@pytest.fixture(scope="module")
def cdnow() -> pd.DataFrame:
    log = pd.read_csv(CDNOW, dtype={"customer_id": str})
    return loy.rfm_summary(log, time_unit="W", observation_period_end="1997-09-30")


@pytest.fixture(scope="module")
def fitted(cdnow: pd.DataFrame) -> loy.ModifiedBetaGeoModel:
    return loy.ModifiedBetaGeoModel(time_unit="W").fit(cdnow)


@pytest.fixture
def model() -> loy.ModifiedBetaGeoModel:
    return loy.ModifiedBetaGeoModel.from_params(**PARAMS)


def test_fit_of_cdnow(fitted: loy.ModifiedBetaGeoModel, cdnow: pd.DataFrame) -> None:
    expected = {"r": 0.524843151, "alpha": 6.183085324, "a": 0.891359473, "b": 1.614002565}
    assert fitted.params_ == pytest.approx(expected, rel=1e-6)
    assert fitted.log_likelihood_ == pytest.approx(-9582.135715554, abs=1e-8)
    assert fitted.log_likelihood(cdnow).sum() == pytest.approx(fitted.log_likelihood_, abs=1e-9)
    errors = {"r": 0.0832679, "alpha": 0.6956183, "a": 0.1547893, "b": 0.5374922}
    assert fitted.std_errors_ == pytest.approx(errors, rel=1e-5)
    assert (fitted.status_, fitted.converged_, fitted.n_customers_) == ("OK", True, 2357.0)
    assert fitted.n_evaluations_ < 15 and fitted.decrement_ < 1e-13
    assert fitted.expected_purchases(cdnow, 39).sum() == pytest.approx(1576.729, abs=1e-3)
    assert list(fitted.summary()["parameter"]) == ["r", "alpha", "a", "b"]


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_threads_never_change_a_bit(threads: int, fitted: loy.ModifiedBetaGeoModel, cdnow: pd.DataFrame) -> None:
    m = loy.ModifiedBetaGeoModel(time_unit="W", threads=threads).fit(cdnow)
    assert m.params_ == fitted.params_
    assert_array_equal(m.covariance_, fitted.covariance_)
    assert_array_equal(m.discounted_expected_purchases(cdnow, 0.1), fitted.discounted_expected_purchases(cdnow, 0.1))


def test_predictions(model: loy.ModifiedBetaGeoModel) -> None:
    assert_allclose(model.log_likelihood(CUSTOMERS), LOGLIK, rtol=1e-12)
    assert_allclose(model.expected_probability_alive(CUSTOMERS), ALIVE, rtol=1e-12)
    assert_allclose(model.expected_purchases(CUSTOMERS, 39), PURCHASES, rtol=1e-12)
    assert model.expected_purchases_new_customer(78) == pytest.approx(1.80475757755314178, rel=1e-13)
    assert model.purchase_probability(0, 39) == pytest.approx(0.58247318949328895, rel=1e-13)
    assert model.purchase_probability_interval(0, 39, 78) == pytest.approx(0.77713958629499129, rel=1e-13)
    assert model.purchase_probability_future(
        frequency=2, recency=213 / 7, T=272 / 7, n=7, future_t=39
    ) == pytest.approx(0.0064732637060431244, rel=1e-12)
    unit = model.discounted_expected_purchases(CUSTOMERS, math.expm1(0.0027), "unit")
    assert_allclose(unit, [0.722878672720006649, 4.91327840972658241, 61.4113866712467598], rtol=1e-12)
    means = model.posterior_mean(CUSTOMERS)
    assert_allclose(means["dropout_probability"], [0.428318687108268609, 0.215219790106776383, 0.0313676307484296726])


def test_kinds_of_data(model: loy.ModifiedBetaGeoModel) -> None:
    assert isinstance(model.expected_purchases(pl.DataFrame(CUSTOMERS), 39), pl.Series)
    assert isinstance(model.expected_probability_alive(pd.DataFrame(CUSTOMERS)), pd.Series)
    assert isinstance(model.expected_probability_alive(frequency=0, recency=0, T=39), float)
    with pytest.raises(loy.DomainError, match=r"^recency\[1\]: "):
        model.log_likelihood(frequency=[0, 2], recency=[0, -1], T=30)
    coerced = model.log_likelihood(frequency=[0, 2], recency=[0, -1], T=30, errors="coerce")
    assert np.isnan(coerced).tolist() == [False, True]


def test_conventions(fitted: loy.ModifiedBetaGeoModel, cdnow: pd.DataFrame) -> None:
    assert pickle.loads(pickle.dumps(fitted)).params_ == fitted.params_
    assert fitted.get_params() == {"time_unit": "W", "threads": None, "penalty": 0.0}
    assert "ModifiedBetaGeoModel(" in repr(fitted)
    with pytest.raises(loy.DomainError, match=r"^frequency: "):
        loy.ModifiedBetaGeoModel().fit(frequency=[0, 0], recency=[0, 0], T=[3, 4])
    with pytest.raises(loy.StateError):
        loy.ModifiedBetaGeoModel().expected_purchases(cdnow, 1)
    with pytest.warns(loy.LoyaltyWarning, match="nobody seems to stop"):
        loy.ModifiedBetaGeoModel().fit(frequency=[3, 1, 2], recency=[9, 8, 7], T=[9, 8, 7])


def test_model_file(fitted: loy.ModifiedBetaGeoModel, model: loy.ModifiedBetaGeoModel, tmp_path: Path) -> None:
    text = fitted.to_json()
    assert '"model": "mbgnbd"' in text
    again = loy.ModifiedBetaGeoModel.from_json(text)
    assert (again.params_, again.time_unit, again.status_) == (fitted.params_, "W", "OK")
    assert_array_equal(again.covariance_, fitted.covariance_)
    path = tmp_path / "models.json"
    loy.save_models(path, fitted, loy.BetaGeoModel.from_params(**PARAMS), model)
    kinds = [type(m).__name__ for m in loy.load_models(path)]
    assert kinds == ["ModifiedBetaGeoModel", "BetaGeoModel", "ModifiedBetaGeoModel"]
    assert isinstance(loy.load_model(path, "bgnbd"), loy.BetaGeoModel)


def test_value(fitted: loy.ModifiedBetaGeoModel, cdnow: pd.DataFrame) -> None:
    spend = loy.GammaGammaModel.from_params(p=6.25, q=3.74, v=15.44)
    worth = fitted.predict(cdnow, horizon=52, spend_model=spend, discount_rate=0.1)
    assert_array_equal(worth["p_alive"], fitted.expected_probability_alive(cdnow))
    assert_array_equal(worth["expected_purchases"], fitted.expected_purchases(cdnow, 52))
    dect = fitted.discounted_expected_purchases(cdnow, 0.1, horizon=52)
    assert_allclose(worth["clv"], worth["expected_spend"] * dect, rtol=1e-14)


def test_a_fit_recovers_what_was_simulated() -> None:
    truth = loy.ModifiedBetaGeoModel.from_params(r=0.8, alpha=6.0, a=1.2, b=3.5)
    drawn = truth.simulate(40_000, 60, seed=11)
    m = loy.ModifiedBetaGeoModel().fit(drawn)
    for name, value in truth.params_.items():
        assert abs(m.params_[name] - value) < 4 * m.std_errors_[name]
    # Some of those who never came back are alive, some are not, as many as the model says.
    none = drawn["frequency"] == 0
    expected = truth.expected_probability_alive(drawn)[none]
    assert abs(drawn["alive"][none].sum() - expected.sum()) < 4 * math.sqrt((expected * (1 - expected)).sum())
    # The other model fits such customers worse.
    assert m.log_likelihood_ > loy.BetaGeoModel().fit(drawn).log_likelihood_


shape = st.floats(1e-3, 1e3)


@settings(max_examples=60, deadline=None)
@given(r=shape, alpha=shape, a=shape, b=shape, x=st.integers(0, 500), last=st.floats(1e-6, 1), T=st.floats(1e-2, 1e4))
def test_properties(r: float, alpha: float, a: float, b: float, x: int, last: float, T: float) -> None:
    m = loy.ModifiedBetaGeoModel.from_params(r=r, alpha=alpha, a=a, b=b)
    customer = {"frequency": x, "recency": last * T if x else 0.0, "T": T}
    alive = m.expected_probability_alive(customer)
    assert 0 <= alive < 1 or (x > 0 and alive == 1)  # nobody is certain but for rounding
    assert m.expected_purchases(customer, 0) == 0
    purchases = m.expected_purchases(customer, T)
    assert 0 <= purchases <= alive * (r + x) / (alpha + T) * T * (1 + 1e-12)
    assert m.expected_probability_alive(customer, T) <= alive
    # A customer of whom nothing is known yet is alive with probability b/(a+b), and buys less than by BG/NBD.
    assert m.expected_probability_alive(frequency=0, recency=0, T=0) == pytest.approx(b / (a + b), rel=1e-12)
    other = loy.BetaGeoModel.from_params(r=r, alpha=alpha, a=a, b=b)
    assert m.expected_purchases_new_customer(T) <= other.expected_purchases_new_customer(T) * (1 + 1e-12)
    # Given that they did not stop at once, they are BG/NBD customers with b + 1.
    later = loy.BetaGeoModel.from_params(r=r, alpha=alpha, a=a, b=b + 1)
    share = b / (a + b) * later.purchase_probability(3, T)
    assert m.purchase_probability(3, T) == pytest.approx(share, rel=1e-10, abs=1e-290)
