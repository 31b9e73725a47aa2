"""loyalty.ParetoNBDModel, NBDModel, GammaGompertzModel: published numbers, and what all models of purchases offer."""

from __future__ import annotations

import math
import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

import loyalty as loy

PARAMS: dict[type[Any], dict[str, float]] = {
    loy.ParetoNBDModel: {"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669},
    loy.NBDModel: {"r": 0.385, "alpha": 12.072},
    loy.GammaGompertzModel: {"r": 0.553, "alpha": 10.578, "b": 0.02, "s": 0.603, "beta": 0.26},
}
CUSTOMERS = {"frequency": [0, 2, 26], "recency": [0.0, 213 / 7, 216 / 7], "T": [272 / 7, 272 / 7, 31.0]}
# P(alive), purchases in 39 weeks, DERT at .0027 per week: the published formulas with 40 digits.
PARETO = (
    [0.295303374265796, 0.869186154651162, 0.997874260609941],
    [0.107092833820643, 1.45522613094935, 20.1161295984507],
    [0.477180309492152, 6.48414306330199, 86.0526586490134],
)
GOMPERTZ = (
    [0.25469314875715277, 0.8160171633255073, 0.9970046968660518],
    [0.08181495026317076, 1.210153287623284, 17.9199277440742],
    [0.16622056753105333, 2.4586260288770423, 35.89010890267632],
)


@pytest.fixture(params=list(PARAMS), ids=lambda cls: cls.__name__)
def model(request: pytest.FixtureRequest) -> Any:
    return request.param.from_params(**PARAMS[request.param], time_unit="W")


@pytest.mark.parametrize(
    ("cls", "expected"), [(loy.ParetoNBDModel, PARETO), (loy.GammaGompertzModel, GOMPERTZ)], ids=["pareto", "gompertz"]
)
def test_predictions(cls: type[Any], expected: tuple[list[float], ...]) -> None:
    model = cls.from_params(**PARAMS[cls])
    rate = math.expm1(0.0027)
    assert_allclose(model.expected_probability_alive(CUSTOMERS), expected[0], rtol=1e-13)
    assert_allclose(model.expected_purchases(CUSTOMERS, 39), expected[1], rtol=1e-13)
    assert_allclose(model.discounted_expected_purchases(CUSTOMERS, rate, "unit"), expected[2], rtol=1e-12)


def test_new_customers() -> None:
    model = loy.ParetoNBDModel.from_params(**PARAMS[loy.ParetoNBDModel])
    expected = [0.050979843245991, 1.21300284428102, 1.47299680337511, 1.90939812931369]
    assert_allclose(model.expected_purchases_new_customer([1, 39, 52, 78]), expected, rtol=1e-12)
    manual = loy.ParetoNBDModel.from_params(r=0.55, alpha=10.56, s=0.61, beta=11.64)
    assert_allclose(manual.purchase_probability(0, 39), 0.595938069598, rtol=1e-11)
    assert_allclose(manual.purchase_probability_interval(0, 39, 78), 0.792465133826, rtol=1e-11)


def test_nobody_stops() -> None:
    model = loy.NBDModel.from_params(**PARAMS[loy.NBDModel])
    assert_allclose(model.expected_probability_alive(CUSTOMERS, 1e6), 1.0, rtol=0)
    assert model.expected_purchases(frequency=3, recency=20, T=25, future_t=10) == pytest.approx(
        10 * 3.385 / 37.072, rel=1e-14
    )
    assert_allclose(model.posterior_mean(CUSTOMERS)["dropout_rate"], 0.0)


def test_probabilities_sum_to_one(model: Any) -> None:
    n = np.arange(300)
    p = model.purchase_probability_future(n=n, frequency=2, recency=30, T=39, future_t=26)
    assert p.sum() == pytest.approx(1.0, abs=1e-12)
    expected = model.expected_purchases(frequency=2, recency=30, T=39, future_t=26)
    assert (n * p).sum() == pytest.approx(expected, rel=1e-10)


def test_frames_and_bad_rows(model: Any) -> None:
    frame = pd.DataFrame(CUSTOMERS, index=["a", "b", "c"])
    alive = model.expected_probability_alive(frame)
    assert isinstance(alive, pd.Series) and list(alive.index) == ["a", "b", "c"]
    assert list(model.posterior_mean(frame).columns) == list(model._posterior_names)
    frame.loc["b", "T"] = 1.0
    with pytest.raises(loy.DomainError, match="T") as caught:
        model.log_likelihood(frame)
    assert caught.value.index == 1
    assert np.isnan(model.log_likelihood(frame, errors="coerce")["b"])


def test_parameters_are_named(model: Any) -> None:
    for name in model.params_:
        with pytest.raises(loy.DomainError, match=name):
            type(model).from_params(**{**model.params_, name: -1.0})
    with pytest.raises(loy.LoyaltyError, match="missing"):
        type(model).from_params(r=1.0)


def test_simulation_agrees_with_the_model(model: Any) -> None:
    drawn = model.simulate(20_000, 30.0, 1)
    x = np.asarray(drawn["frequency"], dtype=float)
    assert x.mean() == pytest.approx(model.expected_purchases_new_customer(30.0), abs=4 * x.std() / math.sqrt(len(x)))
    again = model.simulate(20_000, 30.0, 1)
    assert_allclose(again["recency"], drawn["recency"], rtol=0)


def test_files_and_copies(model: Any) -> None:
    for other in (type(model).from_json(model.to_json()), pickle.loads(pickle.dumps(model))):
        assert other.params_ == model.params_ and other.time_unit == "W"
        assert other.expected_purchases(CUSTOMERS, 9).tolist() == model.expected_purchases(CUSTOMERS, 9).tolist()


def test_value(model: Any) -> None:
    spend = loy.GammaGammaModel.from_params(p=6.25, q=3.74, v=15.44)
    frame = pd.DataFrame(CUSTOMERS | {"monetary_value": [0.0, 30.0, 20.0]})
    worth = model.predict(frame, horizon=52, spend_model=spend, discount_rate=0.1)
    purchases = model.discounted_expected_purchases(frame, 0.1, horizon=52)
    assert_allclose(worth["clv"], worth["expected_spend"] * purchases, rtol=1e-13)
    if not isinstance(model, loy.GammaGompertzModel):
        with pytest.warns(loy.LoyaltyWarning, match="infinite"):
            endless = model.predict(frame, spend_model=spend, discount_rate=0.1)
        assert np.isinf(endless["expected_purchases"]).all() and np.isfinite(endless["clv"]).all()
