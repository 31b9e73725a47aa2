"""loyalty.BetaGeoBetaBinomModel: the donations, logs of periods, and what the Python layer adds."""

from __future__ import annotations

import math
import pickle
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
import sklearn.base

import loyalty as loy

# Fader, Hardie and Shang 2010, table 1: 11104 first-time givers of 1995 in the six years after.
CELLS = {
    (6, 6): 1203, (5, 6): 728, (4, 6): 512, (3, 6): 357, (2, 6): 234, (1, 6): 129, (5, 5): 335, (4, 5): 284,
    (3, 5): 225, (2, 5): 173, (1, 5): 119, (4, 4): 240, (3, 4): 181, (2, 4): 155, (1, 4): 78, (3, 3): 322,
    (2, 3): 255, (1, 3): 129, (2, 2): 613, (1, 2): 277, (1, 1): 1091, (0, 0): 3464,
}  # fmt: skip
PARAMS = {"alpha": 1.20, "beta": 0.75, "gamma": 0.66, "delta": 2.78}


@pytest.fixture(scope="module")
def donors() -> pd.DataFrame:
    rows = [(x, t_x, 6, people) for (x, t_x), people in CELLS.items()]
    return pd.DataFrame(rows, columns=["frequency", "recency", "T", "people"])


@pytest.fixture(scope="module")
def fitted(donors: pd.DataFrame) -> loy.BetaGeoBetaBinomModel:
    return loy.BetaGeoBetaBinomModel(time_unit="Y").fit(donors, weights="people")


@pytest.fixture(scope="module")
def model() -> loy.BetaGeoBetaBinomModel:
    return loy.BetaGeoBetaBinomModel.from_params(time_unit="Y", **PARAMS)


def test_donations(fitted: loy.BetaGeoBetaBinomModel, donors: pd.DataFrame) -> None:
    assert fitted.log_likelihood_ == pytest.approx(-33225.581274, abs=1e-6)
    assert fitted.params_ == pytest.approx(
        {"alpha": 1.20352247, "beta": 0.74971637, "gamma": 0.65671817, "delta": 2.78344192}, rel=1e-6
    )
    assert fitted.status_ == "OK" and fitted.converged_ and fitted.n_customers_ == 11104
    assert fitted.aic_ == pytest.approx(2 * 33225.581274 + 8)
    alive = fitted.expected_probability_alive(donors).set_axis(list(CELLS))
    assert [round(alive[cell], 2) for cell in ((0, 0), (2, 4), (6, 6))] == [0.11, 0.59, 0.93]
    gifts = (fitted.expected_purchases(donors, 5) * donors["people"]).sum()
    assert gifts == pytest.approx(12884.157, abs=1e-2)
    counts = 11104 * np.asarray(fitted.purchase_probability(np.arange(7), 6))
    assert counts == pytest.approx([3454.882, 1888.654, 1348.882, 1113.379, 1017.922, 1027.166, 1253.114], abs=1e-2)
    assert math.fsum(fitted.log_likelihood(donors) * donors["people"]) == pytest.approx(fitted.log_likelihood_)


def test_weighted_and_expanded(fitted: loy.BetaGeoBetaBinomModel, donors: pd.DataFrame) -> None:
    rows = donors.loc[donors.index.repeat(donors["people"])].sample(frac=1, random_state=1)
    every = loy.BetaGeoBetaBinomModel().fit(rows)
    assert every.params_ == pytest.approx(fitted.params_, rel=1e-8)
    assert every.log_likelihood_ == pytest.approx(fitted.log_likelihood_, rel=1e-13)


def test_published(model: loy.BetaGeoBetaBinomModel) -> None:
    one: dict[str, Any] = {"frequency": 3, "recency": 4, "T": 6}
    assert model.log_likelihood(**one) == pytest.approx(-5.06086817507, rel=1e-11)
    assert model.expected_probability_alive(**one) == pytest.approx(0.438343855, rel=1e-8)
    assert model.discounted_expected_purchases(**one, discount_rate=0.1) == pytest.approx(1.62137918584, rel=1e-11)
    assert model.expected_purchases(**one, future_t=10) == pytest.approx(1.840812702, rel=1e-9)
    assert model.expected_purchases_new_customer(10) == pytest.approx(3.164990220020, rel=1e-11)
    means = model.posterior_mean(pd.DataFrame({name: [value] for name, value in one.items()}))
    assert list(means.columns) == ["purchase_probability", "dropout_probability"]
    assert means.iloc[0].tolist() == pytest.approx([0.611927074714, 0.13483252721], rel=1e-10)


def test_discount_is_at_the_end_of_the_period(model: loy.BetaGeoBetaBinomModel) -> None:
    """Sum of P(purchase in T + i) / (1 + d)^i, by differences of expected purchases."""
    one: dict[str, Any] = {"frequency": 3, "recency": 4, "T": 6}
    until = [0.0, *(model.expected_purchases(**one, future_t=i) for i in range(1, 6))]
    worth = sum((until[i] - until[i - 1]) / 1.1**i for i in range(1, 6))
    assert model.discounted_expected_purchases(**one, discount_rate=0.1, horizon=5) == pytest.approx(worth, rel=1e-13)


def test_kinds_of_data(model: loy.BetaGeoBetaBinomModel, donors: pd.DataFrame) -> None:
    expected = model.expected_purchases(donors, 5)
    assert isinstance(expected, pd.Series) and expected.index.equals(donors.index)
    of_polars = model.expected_purchases(pl.from_pandas(donors), 5)
    assert isinstance(of_polars, pl.Series) and of_polars.to_list() == expected.to_list()
    assert list(model.predict(donors, horizon=5).columns) == ["p_alive", "expected_purchases"]
    assert isinstance(model.log_likelihood(frequency=1, recency=1, T=2), float)


@pytest.mark.parametrize(
    ("row", "argument"),
    [
        ((-1, 0, 3), "frequency"), ((0.5, 1, 3), "frequency"), ((math.nan, 1, 3), "frequency"), ((0, 1, 3), "recency"),
        ((3, 2, 3), "recency"), ((1, 1.5, 3), "recency"), ((1, math.nan, 3), "recency"), ((1, 4, 3), "T"),
        ((1, 1, 2.5), "T"), ((1, 1, math.inf), "T"), ((1, 1, 100001), "T"),
    ],
)  # fmt: skip
def test_bad_rows(model: loy.BetaGeoBetaBinomModel, row: tuple[float, float, float], argument: str) -> None:
    data = pd.DataFrame([(1, 1, 3), row, (2, 2, 3)], columns=["frequency", "recency", "T"])
    with pytest.raises(loy.DomainError) as caught:
        model.expected_purchases(data, 5)
    assert (caught.value.argument, caught.value.index) == (argument, 1)
    assert model.expected_purchases(data, 5, errors="coerce").isna().tolist() == [False, True, False]
    with pytest.raises(loy.DomainError) as caught:
        loy.BetaGeoBetaBinomModel().fit(data)
    assert (caught.value.argument, caught.value.index) == (argument, 1)


def test_horizons_are_whole(fitted: loy.BetaGeoBetaBinomModel, donors: pd.DataFrame) -> None:
    spend = loy.GammaGammaModel.from_params(p=6.25, q=3.74, v=15.44)
    data = donors.assign(monetary_value=20.0)
    calls = {
        "future_t": [
            lambda: fitted.expected_purchases(donors, 0.5),
            lambda: fitted.expected_probability_alive(donors, 0.5),
            lambda: fitted.purchase_interval(donors, 0.5),
            lambda: fitted.interval(donors, 0.5),
            lambda: fitted.purchase_probability_future(donors, 1, 0.5),
            lambda: fitted.holdout(donors, donors["frequency"], 0.5),
        ],
        "horizon": [
            lambda: fitted.discounted_expected_purchases(donors, 0.1, horizon=0.5),
            lambda: fitted.predict(donors, horizon=0.5),
            lambda: fitted.predict(data, horizon=0.5, spend_model=spend),
        ],
        "t": [
            lambda: fitted.expected_purchases_new_customer(0.5),
            lambda: fitted.purchase_probability(1, 0.5),
            lambda: fitted.new_customer_interval(0.5),
        ],
        "t0": [lambda: fitted.purchase_probability_interval(1, 0.5, 2)],
    }
    for name, several in calls.items():
        for call in several:
            with pytest.raises(loy.DomainError, match="whole number") as caught:
                call()
            assert caught.value.argument == name


def test_value(fitted: loy.BetaGeoBetaBinomModel, donors: pd.DataFrame) -> None:
    spend = loy.GammaGammaModel.from_params(p=6.25, q=3.74, v=15.44)
    data = donors.assign(monetary_value=20.0)
    out = fitted.predict(data, horizon=5, spend_model=spend, discount_rate=0.1)
    worth = fitted.discounted_expected_purchases(donors, 0.1, horizon=5) * out["expected_spend"]
    assert out["clv"].to_numpy() == pytest.approx(worth.to_numpy(), rel=1e-13)
    assert out["p_alive"].to_numpy() == pytest.approx(fitted.expected_probability_alive(donors).to_numpy(), rel=0)


def test_uncertainty(fitted: loy.BetaGeoBetaBinomModel, donors: pd.DataFrame) -> None:
    interval = fitted.interval(donors, quantity="purchase_probability")
    assert (interval["lower"] < interval["estimate"]).all() and (interval["upper"] < 1).all()
    counts = fitted.purchase_interval(donors, 5)
    assert counts["lower"].between(0, 5).all() and counts["upper"].between(0, 5).all()
    again = fitted.bootstrap(T=np.full(3000, 6.0), n_boot=39, level=0.9)
    assert again.n_used == 39
    for name, error in fitted.std_errors_.items():
        assert again.std_errors[name] == pytest.approx(error * math.sqrt(11104 / 3000), rel=0.5)


def test_little_data() -> None:
    with pytest.warns(loy.LoyaltyWarning, match="hardly determine"):
        weak = loy.BetaGeoBetaBinomModel().fit(frequency=[0, 1, 1], recency=[0, 1, 1], T=1)
    assert weak.status_ == "NOTICE_WEAK_ID"
    with pytest.warns(loy.LoyaltyWarning, match="edge"):
        nobody = loy.BetaGeoBetaBinomModel().fit(frequency=[0, 0], recency=[0, 0], T=[3, 4])
    assert nobody.status_ == "NOTICE_AT_BOUND" and nobody.log_likelihood_ == pytest.approx(0, abs=1e-6)
    with pytest.raises(loy.DomainError, match="T: "):
        loy.BetaGeoBetaBinomModel().fit(frequency=[0], recency=[0], T=[0])


def test_simulation(model: loy.BetaGeoBetaBinomModel) -> None:
    drawn = model.simulate(300, 6, seed=5)
    histories = model.simulate_histories(300, 6, seed=5)
    assert histories.shape == (300, 6) and histories.dtype == np.int8
    assert histories.sum(axis=1).tolist() == drawn["frequency"].tolist()
    last = np.where(histories.any(axis=1), 6 - histories[:, ::-1].argmax(axis=1), 0)
    assert last.tolist() == drawn["recency"].tolist()
    log = model.simulate_log(300, 6, seed=5)
    cells = {(c, t) for c, t in zip(log["customer_id"], log["time"], strict=True) if t > 0}
    assert cells == {(i, j + 1.0) for i, j in np.argwhere(histories == 1)}
    assert model.simulate_histories(2, 0, seed=5).shape == (2, 0)
    for bad, name in (({"n": -1}, "n"), ({"T": 0.5}, "T"), ({"T": 100001}, "T"), ({"seed": -1}, "seed")):
        given: dict[str, Any] = {"n": 2, "T": 3, "seed": 1, **bad}
        with pytest.raises(loy.LoyaltyError, match=f"^{name}:"):
            model.simulate_histories(**given)
    with pytest.raises(loy.DomainError, match="whole number"):
        model.simulate(2, 2.5, seed=1)


def test_a_log_becomes_periods() -> None:
    """merge= the same as time_unit= counts calendar periods: by hand, from a history drawn as a log of months."""
    model = loy.BetaGeoBetaBinomModel.from_params(**PARAMS)
    histories = model.simulate_histories(200, 8, seed=3)
    rows = [(i, 0) for i in range(200)] + [(int(i), int(j) + 1) for i, j in np.argwhere(histories == 1)]
    rows += [(7, 0)]  # twice in a month is once
    start = pd.Timestamp("2023-11-10")
    log = pd.DataFrame(
        {
            "customer_id": [i for i, _ in rows],
            "date": [start + pd.DateOffset(months=j, days=i % 17) for i, j in rows],
            "amount": 1.0,
        }
    )
    rfm = loy.rfm_summary(log, time_unit="M", merge="M", observation_period_end="2024-07-31")
    drawn = model.simulate(200, 8, seed=3)
    assert rfm["frequency"].tolist() == drawn["frequency"].tolist()
    assert rfm["recency"].tolist() == drawn["recency"].tolist()
    assert (rfm["T"] == 8).all()
    assert loy.BetaGeoBetaBinomModel(time_unit="M").fit(rfm).n_customers_ == 200


def test_conventions(fitted: loy.BetaGeoBetaBinomModel, donors: pd.DataFrame) -> None:
    copy = pickle.loads(pickle.dumps(fitted))
    assert (
        copy.params_ == fitted.params_
        and copy.expected_purchases(donors, 3)[0] == fitted.expected_purchases(donors, 3)[0]
    )
    assert not hasattr(sklearn.base.clone(fitted), "params_")
    back = loy.BetaGeoBetaBinomModel.from_json(fitted.to_json())
    assert back.params_ == fitted.params_ and back.time_unit == "Y"
    np.testing.assert_array_equal(back.covariance_, fitted.covariance_)
    assert (
        loy.BetaGeoBetaBinomModel(penalty=0.01).fit(donors, weights="people").params_["delta"] < fitted.params_["delta"]
    )
    seen: list[int] = []
    with pytest.raises(loy.Canceled):
        loy.BetaGeoBetaBinomModel().fit(donors, progress=lambda n, _: seen.append(n) or n < 3)
    assert seen == [1, 2, 3]
