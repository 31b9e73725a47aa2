"""interval, new_customer_interval and purchase_interval of the models of purchases and of spend."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import loyalty as loy

PARAMS: dict[type[Any], dict[str, float]] = {
    loy.BetaGeoModel: {"r": 0.7, "alpha": 4.4, "a": 0.8, "b": 2.4},
    loy.ModifiedBetaGeoModel: {"r": 0.7, "alpha": 6.2, "a": 0.9, "b": 1.6},
    loy.ParetoNBDModel: {"r": 0.7, "alpha": 5.0, "s": 0.8, "beta": 12.0},
    loy.NBDModel: {"r": 0.7, "alpha": 8.0},
    loy.GammaGompertzModel: {"r": 0.7, "alpha": 5.0, "b": 0.15, "s": 1.0, "beta": 4.0},
}
CUSTOMERS = {"frequency": [0, 2, 26], "recency": [0.0, 30.0, 31.0], "T": [39.0, 39.0, 31.5]}


@pytest.fixture(params=list(PARAMS), ids=lambda cls: cls.__name__, scope="module")
def model(request: pytest.FixtureRequest) -> Any:
    """Fitted to 2,000 simulated customers."""
    truth = request.param.from_params(**PARAMS[request.param])
    return request.param(time_unit="W").fit(truth.simulate(2000, 40.0, 1))


def _answer(model: Any, quantity: str, given: dict[str, Any]) -> Any:
    if quantity in model._posterior_names:
        return model.posterior_mean(CUSTOMERS)[quantity]
    return getattr(model, quantity)(CUSTOMERS, **given)


def _questions(model: Any) -> list[tuple[str, dict[str, Any]]]:
    return [
        ("expected_purchases", {"future_t": 39}),
        ("expected_probability_alive", {}),
        ("expected_probability_alive", {"future_t": 10.0}),
        ("discounted_expected_purchases", {"discount_rate": 0.1}),
        ("discounted_expected_purchases", {"discount_rate": 0.1, "horizon": 52}),
        ("purchase_probability_future", {"n": 2, "future_t": 39}),
        *((name, {}) for name in model._posterior_names),
    ]


def test_estimates_and_errors(model: Any) -> None:
    """Estimates are those of the methods; errors those of numerical derivatives along single parameters."""
    for quantity, given in _questions(model):
        found = model.interval(CUSTOMERS, quantity=quantity, **given)
        assert_array_equal(found["estimate"], _answer(model, quantity, given))
        slopes = []
        for name, value in model.params_.items():
            h = 1e-4 * value
            up, down = (
                type(model).from_params(time_unit="W", **{**model.params_, name: value + way * h}) for way in (1, -1)
            )
            slopes.append((_answer(up, quantity, given) - _answer(down, quantity, given)) / (2 * h))
        variance = np.einsum("in,ij,jn->n", slopes, model.covariance_, slopes)
        assert_allclose(found["std_error"], np.sqrt(np.maximum(variance, 0.0)), rtol=1e-5, atol=1e-12)
        assert np.all(found["lower"] <= found["estimate"]) and np.all(found["estimate"] <= found["upper"])


def test_scales() -> None:
    model = loy.NBDModel().fit(frequency=[0, 1, 2, 5, 0, 3, 9, 1], recency=[0, 1, 2, 5, 0, 3, 9, 1], T=10)
    found = model.interval(frequency=2, recency=5, T=10, future_t=10, level=0.9)
    assert set(found) == {"estimate", "std_error", "lower", "upper"}
    reach = 1.6448536269514722 * found["std_error"] / found["estimate"]
    assert found["upper"] == pytest.approx(found["estimate"] * math.exp(reach), rel=1e-13)
    assert found["lower"] == pytest.approx(found["estimate"] / math.exp(reach), rel=1e-13)
    none = model.interval(frequency=2, recency=5, T=10, future_t=10, quantity="purchase_probability_future", n=0)
    odds = [math.log(none[end] / (1 - none[end])) for end in ("lower", "estimate", "upper")]
    assert odds[2] - odds[1] == pytest.approx(odds[1] - odds[0], rel=1e-10)


def test_new_customers(model: Any) -> None:
    found = model.new_customer_interval([26, 52])
    assert_array_equal(found["estimate"], model.expected_purchases_new_customer([26, 52]))
    assert np.all(found["std_error"] > 0)
    found = model.new_customer_interval(26, [0, 3])
    assert_array_equal(found["estimate"], model.purchase_probability([0, 3], 26))
    found = model.new_customer_interval(26, 3, t0=13)
    assert found["estimate"] == model.purchase_probability_interval(3, 13, 26)
    with pytest.raises(loy.LoyaltyError, match=r"^n: is missing"):
        model.new_customer_interval(26, t0=13)
    with pytest.raises(loy.DomainError, match=r"^t\b"):
        model.new_customer_interval(-1)


def test_purchase_interval(model: Any) -> None:
    frame = pd.DataFrame(CUSTOMERS, index=["a", "b", "c"])
    found = model.purchase_interval(frame, 39)
    assert list(found.index) == ["a", "b", "c"] and list(found) == ["expected_purchases", "lower", "upper"]
    assert_array_equal(found["expected_purchases"], model.expected_purchases(frame, 39))
    n = np.arange(400)
    for i, row in enumerate(frame.itertuples(index=False)):
        p = model.purchase_probability_future(
            n=n, future_t=39, frequency=row.frequency, recency=row.recency, T=row.T
        ).cumsum()
        lower, upper = int(found["lower"].iloc[i]), int(found["upper"].iloc[i])
        assert p[lower] > 0.025 and (lower == 0 or p[lower - 1] <= 0.025)
        assert p[upper] >= 0.975 - 1e-12 and (upper == 0 or p[upper - 1] < 0.975)


def test_future_counts(model: Any) -> None:
    """Of 20,000 customers, at least the level lie inside, and at most half of the rest on either side."""
    cls, many, length, ahead = type(model), 20_000, 40.0, 40.0
    truth = cls.from_params(**PARAMS[cls])
    log = truth.simulate_log(many, length + ahead, 3)
    customer, time = np.asarray(log["customer_id"]), np.asarray(log["time"])
    past = (time > 0) & (time <= length)
    t_x = np.zeros(many)
    np.maximum.at(t_x, customer[past], time[past])
    later = np.bincount(customer[time > length], minlength=many)
    found = truth.purchase_interval(
        frequency=np.bincount(customer[past], minlength=many), recency=t_x, T=np.full(many, length), future_t=ahead,
        level=0.8,
    )  # fmt: skip
    noise = 4 * math.sqrt(0.1 * 0.9 / many)
    assert np.mean(later < found["lower"]) <= 0.1 + noise
    assert np.mean(later > found["upper"]) <= 0.1 + noise
    # Between counts there is nothing, so that less is left out than asked for, but not much less.
    assert np.mean(later > found["upper"]) >= 0.001


def test_kinds_of_data(model: Any) -> None:
    frame = pl.DataFrame(CUSTOMERS)
    assert isinstance(model.interval(frame, 39), pl.DataFrame)
    assert isinstance(model.purchase_interval(frame, 39), pl.DataFrame)
    bad = {**CUSTOMERS, "T": [39.0, 1.0, 31.5]}
    for method in (model.interval, model.purchase_interval):
        with pytest.raises(loy.DomainError, match=r"^T\b") as caught:
            method(bad, 39)
        assert caught.value.index == 1
        found = method(bad, 39, errors="coerce")
        assert np.isnan(found["lower"][1]) and not np.isnan(found["upper"][0])


def test_misuse(model: Any) -> None:
    with pytest.raises(loy.LoyaltyError, match="quantity"):
        model.interval(CUSTOMERS, 39, "clv")
    with pytest.raises(loy.LoyaltyError, match=r"horizon.*not used"):
        model.interval(CUSTOMERS, 39, horizon=52)
    with pytest.raises(loy.LoyaltyError, match=r"future_t.*missing"):
        model.interval(CUSTOMERS)
    with pytest.raises(loy.DomainError, match="future_t"):
        model.interval(CUSTOMERS, -1)
    with pytest.raises(loy.LoyaltyError, match="level"):
        model.interval(CUSTOMERS, 39, level=95)
    with pytest.raises(loy.LoyaltyError, match="level"):
        model.purchase_interval(CUSTOMERS, 39, level=1)
    with pytest.raises(loy.DomainError, match="future_t"):
        model.purchase_interval(CUSTOMERS, math.inf)
    given = type(model).from_params(**PARAMS[type(model)])
    with pytest.raises(loy.StateError, match="covariance"):
        given.interval(CUSTOMERS, 39)
    given.purchase_interval(CUSTOMERS, 39)


def test_at_bound() -> None:
    """Customers who are all alike: r runs to its edge, has no standard error, and counts as known."""
    x = [5, 6, 5, 5, 6, 5]
    with pytest.warns(loy.LoyaltyWarning):
        model = loy.NBDModel().fit(frequency=x, recency=x, T=10)
    assert math.isnan(model.std_errors_["r"])
    with pytest.warns(loy.LoyaltyWarning, match="r: at the edge"):
        found = model.interval(frequency=5, recency=5, T=10, future_t=10)
    assert found["std_error"] > 0


def test_spend() -> None:
    x = np.arange(1, 200) % 9
    truth = loy.GammaGammaModel.from_params(p=6.25, q=3.74, v=15.44)
    model = loy.GammaGammaModel().fit(frequency=x, monetary_value=truth.simulate(x, 3))
    at = {"frequency": [0, 2], "monetary_value": [0.0, 22.35]}
    found = model.interval(at)
    assert_array_equal(found["estimate"], model.expected_customer_spend(at))
    p, q, v = model.params_.values()
    slope = np.array([v / (q - 1), -p * v / (q - 1) ** 2, p / (q - 1)])
    assert found["std_error"][0] == pytest.approx(math.sqrt(slope @ model.covariance_ @ slope), rel=1e-9)
    assert_array_equal(model.interval(at, "posterior_mean")["estimate"], model.posterior_mean(at))
    with pytest.raises(loy.LoyaltyError, match="quantity"):
        model.interval(at, "spend")


def test_predict(model: Any) -> None:
    x = np.arange(1, 200) % 9
    spend = loy.GammaGammaModel().fit(
        frequency=x, monetary_value=loy.GammaGammaModel.from_params(p=6.25, q=3.74, v=15.44).simulate(x, 3)
    )
    frame = pd.DataFrame({**CUSTOMERS, "monetary_value": [0.0, 20.0, 35.5]}, index=[7, 8, 9])
    given: dict[str, Any] = {"horizon": 52, "spend_model": spend, "discount_rate": 0.1}
    plain, found = model.predict(frame, **given), model.predict(frame, level=0.9, **given)
    names = ["p_alive", "expected_purchases", "expected_spend", "clv"]
    assert list(found) == [name + end for name in names for end in ("", "_lower", "_upper")]
    assert list(found.index) == [7, 8, 9]
    for name in names:
        assert_array_equal(found[name], plain[name])
        assert np.all(found[name + "_lower"] <= found[name]) and np.all(found[name] <= found[name + "_upper"])
    # The variance of the logarithm of a product of independent estimates.
    width = np.log(found["clv_upper"] / found["clv"])
    dect = model.interval(frame, quantity="discounted_expected_purchases", discount_rate=0.1, horizon=52, level=0.9)
    parts = [np.log(found["expected_spend_upper"] / found["expected_spend"]), np.log(dect["upper"] / dect["estimate"])]
    assert_allclose(width, np.hypot(*parts), rtol=1e-10)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", loy.LoyaltyWarning)  # without an end purchases may be infinitely many
        without = model.predict(frame, level=0.9, discount_rate=0.1)
    assert list(without) == ["p_alive", "p_alive_lower", "p_alive_upper", "expected_purchases"]
