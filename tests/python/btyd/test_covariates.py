"""Covariates of the transaction models: columns by name, coefficients in the results, the caller's words in errors."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import loyalty as loy

MODELS = [
    (loy.BetaGeoModel, {"r": 0.6, "alpha": 5, "a": 1.2, "b": 2.5}),
    (loy.ModifiedBetaGeoModel, {"r": 0.6, "alpha": 5, "a": 1.2, "b": 2.5}),
    (loy.ParetoNBDModel, {"r": 1.1, "alpha": 9, "s": 0.8, "beta": 11}),
    (loy.GammaGompertzModel, {"r": 1.1, "alpha": 9, "b": 0.03, "s": 0.8, "beta": 2}),
]
COEFFICIENTS = {"transaction:age": 0.02, "transaction:web": 0.5, "dropout:age": -0.02}
LISTS: dict[str, Any] = {"transaction_covariates": ["age", "web"], "dropout_covariates": ["age"]}


@pytest.fixture(scope="module")
def customers() -> pd.DataFrame:
    rng = np.random.default_rng(5)
    data = pd.DataFrame({"age": rng.uniform(20, 60, 3000).round(), "web": rng.random(3000) < 0.4})
    truth = loy.ParetoNBDModel.from_params(r=1.1, alpha=9, s=0.8, beta=11, coefficients=COEFFICIENTS)
    drawn = truth.simulate(3000, rng.uniform(30, 52, 3000), seed=1, data=data)
    return data.join(pd.DataFrame(drawn)[["frequency", "recency", "T"]])


@pytest.fixture(scope="module")
def fitted(customers: pd.DataFrame) -> loy.ParetoNBDModel:
    return loy.ParetoNBDModel(time_unit="W").fit(customers, **LISTS)


def test_fit(customers: pd.DataFrame, fitted: loy.ParetoNBDModel) -> None:
    assert list(fitted.params_) == ["r", "alpha", "s", "beta", *COEFFICIENTS]
    assert fitted.status_ == "OK"
    assert fitted.converged_
    for name, value in COEFFICIENTS.items():
        assert abs(fitted.params_[name] - value) < 3 * fitted.std_errors_[name]
    assert fitted.covariance_.shape == (7, 7)
    assert fitted.log_likelihood(customers).sum() == pytest.approx(fitted.log_likelihood_, rel=1e-13)
    assert fitted.aic_ == pytest.approx(-2 * fitted.log_likelihood_ + 14)
    assert fitted.bic_ == pytest.approx(-2 * fitted.log_likelihood_ + 7 * np.log(3000))
    assert "transaction:age=" in repr(fitted)
    table = fitted.summary().set_index("parameter")
    web = table.loc["transaction:web"]
    assert web["upper"] - web["estimate"] == pytest.approx(web["estimate"] - web["lower"])
    assert pickle.loads(pickle.dumps(fitted)).params_ == fitted.params_
    again = loy.ParetoNBDModel(time_unit="W", threads=1).fit(pl.from_pandas(customers), **LISTS)
    assert again.params_ == fitted.params_
    assert isinstance(again.expected_purchases(pl.from_pandas(customers), 26), pl.Series)


@pytest.mark.parametrize(("cls", "params"), MODELS)
def test_predictions(cls: Any, params: dict[str, float], customers: pd.DataFrame) -> None:
    few = customers[:20]
    model = cls.from_params(time_unit="W", coefficients=COEFFICIENTS, **params)
    for i in (0, 7):
        row = few.iloc[i]
        g = 0.02 * row["age"] + 0.5 * row["web"]
        own = {**params, "alpha": params["alpha"] * np.exp(-g)}
        for name in ("a", "b") if "a" in params else ("beta",):
            own[name] = params[name] * np.exp((-0.02 if "a" in params else 0.02) * row["age"])
        plain = cls.from_params(time_unit="W", **own)
        history = {name: row[name] for name in ("frequency", "recency", "T")}

        def same(found: Any, wanted: float, i: int = i) -> None:
            assert found.iloc[i] == pytest.approx(wanted, rel=1e-10)

        same(model.log_likelihood(few), plain.log_likelihood(**history))
        same(model.expected_purchases(few, 26), plain.expected_purchases(**history, future_t=26))
        same(model.expected_probability_alive(few, 3), plain.expected_probability_alive(**history, future_t=3))
        same(
            model.discounted_expected_purchases(few, 0.1),
            plain.discounted_expected_purchases(**history, discount_rate=0.1),
        )
        same(
            model.purchase_probability_future(few, 2, 10),
            plain.purchase_probability_future(**history, n=2, future_t=10),
        )
        dropout = model._posterior_names[1]
        same(model.posterior_mean(few)[dropout], plain.posterior_mean(**history)[dropout])
        same(model.expected_purchases_new_customer(26, few), plain.expected_purchases_new_customer(26))
        same(model.purchase_probability(1, 26, few), plain.purchase_probability(1, 26))
        same(model.purchase_probability_interval(1, 3, 26, few), plain.purchase_probability_interval(1, 3, 26))
        same(model.purchase_interval(few, 26)["upper"], plain.purchase_interval(**history, future_t=26)["upper"])


def test_new_customers(fitted: loy.ParetoNBDModel) -> None:
    assert isinstance(fitted.expected_purchases_new_customer(26, {"age": 30, "web": 0}), float)
    two = pd.DataFrame({"age": [30, 50], "web": [0, 1]}, index=["x", "y"])
    answer = fitted.expected_purchases_new_customer(np.array([26.0, 26.0]), two)
    assert list(answer.index) == ["x", "y"]
    assert answer["x"] == fitted.expected_purchases_new_customer(26, {"age": 30, "web": 0})
    ends = fitted.new_customer_interval(26, data=two)
    assert (ends["lower"] < answer).all()
    assert (answer < ends["upper"]).all()


def test_intervals(fitted: loy.ParetoNBDModel, customers: pd.DataFrame) -> None:
    table = fitted.interval(customers[:50], 26)
    assert (table["estimate"] == fitted.expected_purchases(customers[:50], 26)).all()
    assert (table["lower"] < table["estimate"]).all()
    dropout = fitted.interval(customers[:50], quantity="dropout_rate")
    assert (dropout["std_error"] > 0).all()


def test_equal_coefficients(fitted: loy.ParetoNBDModel, customers: pd.DataFrame) -> None:
    same = loy.ParetoNBDModel(time_unit="W").fit(customers, **LISTS, same=["age"])
    assert same.params_["transaction:age"] == same.params_["dropout:age"]
    plain = loy.ParetoNBDModel(time_unit="W").fit(customers)
    assert fitted.likelihood_ratio_test(same).df == 1
    assert fitted.likelihood_ratio_test(same).p_value < 1e-6  # they were simulated with opposite signs
    assert same.likelihood_ratio_test(plain).df == 2
    assert fitted.likelihood_ratio_test(plain).df == 3
    fewer = loy.ParetoNBDModel(time_unit="W").fit(customers, transaction_covariates=["age"])
    assert fitted.likelihood_ratio_test(fewer).df == 2
    other = loy.ParetoNBDModel(time_unit="W").fit(customers, dropout_covariates=["web"])
    with pytest.raises(loy.LoyaltyError, match="restricted: must not have what this model has not: dropout:web"):
        fitted.likelihood_ratio_test(other)
    with pytest.raises(loy.LoyaltyError, match="restricted"):
        plain.likelihood_ratio_test(fitted)


def test_plain_after_covariates(customers: pd.DataFrame) -> None:
    model = loy.BetaGeoModel().fit(customers, **LISTS)
    model.fit(customers)
    assert list(model.params_) == ["r", "alpha", "a", "b"]
    assert model.params_ == loy.BetaGeoModel().fit(customers).params_


def test_penalty(fitted: loy.ParetoNBDModel, customers: pd.DataFrame) -> None:
    model = loy.ParetoNBDModel(time_unit="W").fit(customers, **LISTS, coefficient_penalty=1.0)
    assert abs(model.params_["transaction:web"]) < abs(fitted.params_["transaction:web"])
    with pytest.raises(loy.LoyaltyError, match="without a penalty"):
        model.likelihood_ratio_test(loy.ParetoNBDModel(time_unit="W").fit(customers))


def test_runaway(customers: pd.DataFrame) -> None:
    silent = customers.assign(frequency=customers["frequency"].where(~customers["web"], 0))
    silent["recency"] = silent["recency"].where(~silent["web"], 0.0)
    with pytest.warns(loy.LoyaltyWarning, match="transaction:web"):
        model = loy.BetaGeoModel().fit(silent, transaction_covariates=["web"])
    assert model.status_ in ("NOTICE_AT_BOUND", "NOTICE_WEAK_ID")
    assert not model.std_errors_["transaction:web"] < 10


def test_value(fitted: loy.ParetoNBDModel, customers: pd.DataFrame) -> None:
    few = customers[:30].assign(monetary_value=20.0)
    spend = loy.GammaGammaModel.from_params(p=6.25, q=3.74, v=15.44)
    table = fitted.predict(few, horizon=52, spend_model=spend, discount_rate=0.1)
    expected = spend.expected_customer_spend(few) * fitted.discounted_expected_purchases(few, 0.1, horizon=52)
    assert np.allclose(table["clv"], expected, rtol=1e-12)
    assert (table["p_alive"] == fitted.expected_probability_alive(few)).all()
    with pytest.raises(loy.LoyaltyError, match="horizon: is needed"):
        fitted.predict(few)
    with pytest.raises(loy.LoyaltyError, match="level"):
        fitted.predict(few, horizon=3, level=0.9)


def test_errors(fitted: loy.ParetoNBDModel, customers: pd.DataFrame) -> None:
    def fails(match: str, error: type[Exception] = loy.LoyaltyError, **arguments: Any) -> None:
        with pytest.raises(error, match=match):
            loy.ParetoNBDModel().fit(**{"data": customers, **arguments})

    fails(r"age.0.: must be a number, not 'old'; encode", data=customers.assign(age="old"), **LISTS)
    gap = customers.assign(age=customers["age"].where(customers.index != 4))
    fails(r"age.4.: must be a number", loy.DomainError, data=gap, **LISTS)
    fails("web: must vary", loy.DomainError, data=customers.assign(web=True), **LISTS)
    double = customers.assign(web=3 - 2 * customers["age"])
    fails("web: must not be a linear combination", loy.DomainError, data=double, **LISTS)
    fails("transaction_covariates: must be a list", transaction_covariates="age")
    fails("transaction_covariates: must be a list of names of columns, not of int", transaction_covariates=[1])
    fails("dropout_covariates: must not name a column twice", dropout_covariates=["age", "age"])
    fails("same: 'web' must be a covariate of both", **LISTS, same=["web"])
    fails("nope: there is no such column", transaction_covariates=["nope"])
    many = customers.assign(**{f"c{i}": np.arange(3000.0) ** (i / 30 + 1) for i in range(25)})
    fails("transaction_covariates: must be at most 24", data=many, transaction_covariates=[f"c{i}" for i in range(25)])
    columns = {name: customers[name] for name in ("frequency", "recency", "T")}
    fails("data: is missing", data=None, **columns, **LISTS)
    with pytest.raises(loy.LoyaltyError, match="dropout_covariates: must be none"):
        loy.NBDModel().fit(customers, dropout_covariates=["age"])
    with pytest.raises(loy.LoyaltyError, match="web: there is no such column"):
        fitted.expected_purchases(customers.drop(columns="web"), 3)
    with pytest.raises(loy.LoyaltyError, match="data: is missing"):
        fitted.expected_purchases_new_customer(3)
    with pytest.raises(loy.LoyaltyError, match="t: has 2 elements for 3000 customers"):
        fitted.expected_purchases_new_customer(np.array([1.0, 2.0]), customers)
    with pytest.raises(loy.DomainError, match=r"age.0."):
        fitted.expected_purchases(customers[:2].assign(age=[np.nan, 30]), 3)
    coerced = fitted.expected_purchases(customers[:2].assign(age=[np.nan, 30]), 3, errors="coerce")
    assert np.isnan(coerced.iloc[0])
    assert np.isfinite(coerced.iloc[1])
    with pytest.raises(loy.LoyaltyError, match="not available for a model with covariates"):
        fitted.bootstrap(customers)
    with pytest.raises(loy.LoyaltyError, match="must be named like 'transaction:age'"):
        loy.NBDModel.from_params(r=1, alpha=1, coefficients={"age": 1})
    with pytest.raises(loy.LoyaltyError, match="transaction:age: must be finite"):
        loy.NBDModel.from_params(r=1, alpha=1, coefficients={"transaction:age": np.nan})


def test_file(fitted: loy.ParetoNBDModel, customers: pd.DataFrame, tmp_path: Any) -> None:
    back = loy.ParetoNBDModel.from_json(fitted.to_json())
    assert back.params_ == fitted.params_
    assert back.std_errors_ == fitted.std_errors_
    assert back.log_likelihood_ == fitted.log_likelihood_
    assert back.time_unit == "W"
    assert (back.expected_purchases(customers, 26) == fitted.expected_purchases(customers, 26)).all()
    same = loy.ParetoNBDModel().fit(customers, **LISTS, same=["age"])
    loy.save_models(tmp_path / "model.json", same)
    assert loy.load_model(tmp_path / "model.json").covariates_ == same.covariates_
    given = loy.NBDModel.from_params(r=1, alpha=2, coefficients={"transaction:age": 0.1})
    assert loy.NBDModel.from_json(given.to_json()).params_ == given.params_
    with pytest.raises(loy.LoyaltyError, match="a file of its own"):
        loy.save_models(tmp_path / "two.json", same, given)
    long = loy.NBDModel.from_params(r=1, alpha=2, coefficients={"transaction:" + "x" * 40: 0.1})
    with pytest.raises(loy.LoyaltyError, match="names: must have at most 37"):
        long.to_json()
