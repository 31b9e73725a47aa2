"""LinearLearningModel: kinds of data, names, conventions, and that fits find what was simulated."""

from __future__ import annotations

import math
import pickle
import warnings
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.base import clone

import loyalty
from loyalty.ladder import LinearLearningModel

SEQUENCES = [
    [1, 1, 0, 1, 1],
    [0, 0, 1],
    [0, 0, 0, 1, 0, 0],
    [1, 0, 1, 1, 1],
    [0, 1, 1, 1, 0, 0, 0],
    [1, 1],
    [0, 0, 0, 1, 1],
]


def frame() -> pd.DataFrame:
    rows = [(f"c{i}", t, y) for i, s in enumerate(SEQUENCES) for t, y in enumerate(s)]
    table = pd.DataFrame(rows, columns=["customer_id", "time", "bought"])
    return table.sample(frac=1.0, random_state=3)


def fitted(data: Any, p1: Any = "estimated", covariance: Any = "information", **options: Any) -> LinearLearningModel:
    """A fit of data that may well lie on a bound."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", loyalty.LoyaltyWarning)
        return LinearLearningModel(p1=p1, covariance=covariance).fit(data, **options)


def test_example() -> None:
    m = LinearLearningModel.from_params(alpha=0.05, beta=0.3, lambda_=0.6, p1=0.5)
    assert m.probability([[1, 1, 0, 1]]) == pytest.approx([0.5, 0.65, 0.74, 0.494], rel=1e-14)
    assert m.predict([[1, 1, 0, 1]])["probability"][0] == pytest.approx(0.6464, rel=1e-14)
    assert m.log_likelihood([[1, 1, 0, 1]]).sum() == pytest.approx(-3.1762235064, abs=1e-10)
    assert m.limits() == pytest.approx((0.875, 0.125, 0.5), rel=1e-14)
    stationary = LinearLearningModel.from_params(alpha=0.05, beta=0.3, lambda_=0.6)
    assert stationary.params_["p1"] == pytest.approx(0.5)
    assert m.expected_probability(0.9, 2) == pytest.approx(0.05 + 0.9 * (0.05 + 0.9 * 0.9))
    assert m.predict([[]], periods=3)["expected_purchases"][0] == pytest.approx(1.5)


def test_kinds_of_data_agree() -> None:
    pandas, lists = frame(), fitted(SEQUENCES)
    for data in (pandas, pl.from_pandas(pandas), {name: pandas[name].to_numpy() for name in pandas.columns}):
        m = fitted(data)
        assert m.params_ == lists.params_
        assert m.std_errors_ == pytest.approx(lists.std_errors_, nan_ok=True)
    column = lists.probability(pandas)
    assert isinstance(column, pd.Series)
    assert column.index.equals(pandas.index)
    flat = lists.probability(SEQUENCES)
    assert column[pandas.sort_values(["customer_id", "time"]).index].to_numpy() == pytest.approx(flat)
    table = lists.predict(pl.from_pandas(pandas), periods=2)
    assert isinstance(table, pl.DataFrame)
    assert table.columns == ["customer_id", "probability", "expected_purchases"]
    assert table["customer_id"].to_list() == [f"c{i}" for i in range(7)]
    assert lists.log_likelihood(pandas).sum() == pytest.approx(lists.log_likelihood_, rel=1e-12)
    ordered = pandas.sort_values(["customer_id", "time"]).drop(columns="time")
    assert fitted(ordered, p1=0.5, datetime_col=None).n_rows_ == 33


def test_dates_and_other_names() -> None:
    table = frame().rename(columns={"customer_id": "who", "time": "when", "bought": "ours"})
    table["when"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(table["when"], unit="D")
    names: dict[str, Any] = {"customer_id_col": "who", "datetime_col": "when", "outcome_col": "ours"}
    m = fitted(table, p1=0.5, **names)
    assert m.params_ == fitted(SEQUENCES, p1=0.5).params_
    assert m.predict(table, **names).columns[0] == "who"


def test_weights_count_customers() -> None:
    twice = fitted([s for s in SEQUENCES for _ in range(2)])
    m = fitted(SEQUENCES, weights=[2] * 7)
    assert m.params_ == pytest.approx(twice.params_, abs=1e-8)
    assert m.n_customers_ == 14


def test_conventions() -> None:
    m = LinearLearningModel(p1="stationary", covariance="robust")
    assert m.get_params() == {"p1": "stationary", "covariance": "robust", "max_iter": 200}
    assert clone(m).get_params() == m.get_params()
    assert "p1='stationary'" in repr(m)
    with pytest.raises(loyalty.StateError):
        m.limits()
    m = fitted(frame(), covariance="robust")
    again = pickle.loads(pickle.dumps(m))
    assert again.params_ == m.params_
    assert repr(again.tests_) == repr(m.tests_)
    summary = m.summary(0.9)
    assert list(summary["parameter"]) == ["alpha", "beta", "lambda_", "p1"]
    assert LinearLearningModel.from_params(**m.params_).params_ == m.params_
    assert fitted(SEQUENCES).std_errors_ != m.std_errors_


def test_misuse() -> None:
    with pytest.raises(loyalty.LoyaltyError, match="p1"):
        LinearLearningModel(p1="mean").fit(SEQUENCES)  # type: ignore[arg-type]
    with pytest.raises(loyalty.DomainError, match="p1"):
        LinearLearningModel(p1=1.5).fit(SEQUENCES)
    with pytest.raises(loyalty.LoyaltyError, match="covariance"):
        LinearLearningModel(covariance="x").fit(SEQUENCES)  # type: ignore[arg-type]
    with pytest.raises(loyalty.LoyaltyError, match="weights"):
        LinearLearningModel().fit(frame(), weights=[1] * 7)
    with pytest.raises(loyalty.LoyaltyError, match=r"weights"):
        LinearLearningModel().fit(SEQUENCES, weights=[1, 2])
    with pytest.raises(loyalty.LoyaltyError, match=r"^p1: must be 'estimated', 'stationary' or a number, not None"):
        LinearLearningModel(p1=None).fit(SEQUENCES)  # type: ignore[arg-type]
    with pytest.raises(loyalty.LoyaltyError, match=r"^weights: must have 1 elements, not 2"):
        LinearLearningModel().fit([[1, 0, 1]], weights=[1, 2])
    with pytest.raises(loyalty.DomainError, match=r"^data: must have both outcomes"):
        LinearLearningModel().fit([[1, 1], [0, 1]])
    with pytest.raises(loyalty.DomainError, match=r"^data\[2\]\[1\]: must be 0 or 1"):
        LinearLearningModel().fit([[1, 1], [], [0, 3, 1]])
    with pytest.raises(loyalty.LoyaltyError, match=r"data\[1\]"):
        LinearLearningModel().fit([[1, 1], 3])
    table = frame()
    table.iloc[4, 2] = 2
    with pytest.raises(loyalty.DomainError) as caught:
        LinearLearningModel().fit(table)
    assert (caught.value.argument, caught.value.index) == ("bought", 4)
    table = frame().astype({"customer_id": object})
    table.iloc[2, 0] = None
    with pytest.raises(loyalty.LoyaltyError, match=r"customer_id\[2\]"):
        LinearLearningModel().fit(table)
    for bad in ({"lambda_": 0.7}, {"alpha": -0.1}, {"p1": 2.0}):
        given: dict[str, Any] = {"alpha": 0.1, "beta": 0.3, "lambda_": 0.5} | bad
        with pytest.raises(loyalty.DomainError, match=next(iter(bad))):
            LinearLearningModel.from_params(**given)
    with pytest.raises(loyalty.LoyaltyError, match="p1"):
        LinearLearningModel.from_params(alpha=0.0, beta=0.4, lambda_=0.6)
    with pytest.raises(loyalty.LoyaltyError, match="periods"):
        LinearLearningModel.from_params(alpha=0.1, beta=0.3, lambda_=0.5).predict(SEQUENCES, periods=-1)


def test_recovers_what_was_simulated() -> None:
    truth = LinearLearningModel.from_params(alpha=0.06, beta=0.25, lambda_=0.6, p1=0.3)
    covered = []
    for seed in range(60):
        m = LinearLearningModel().fit(truth.simulate(300, 12, seed))
        covered += [abs(m.params_[name] - value) <= 1.96 * m.std_errors_[name] for name, value in truth.params_.items()]
    # 240 intervals, 95 % of which should cover; 4 standard deviations of a binomial with dependence within a fit
    assert np.mean(covered) == pytest.approx(0.95, abs=0.06)
    # the mean after k occasions
    drawn = truth.simulate(20000, 6, 1)
    assert drawn[:, 5].mean() == pytest.approx(truth.expected_probability(0.3, 5), abs=0.015)


def test_p_values_at_the_edge() -> None:
    """Under a Markov chain half of the statistics are 0, and 5 % of the p values are below 5 %."""
    truth = LinearLearningModel.from_params(alpha=0.25, beta=0.35, lambda_=0.0, p1=0.4)
    p = np.array([fitted(truth.simulate(150, 10, seed)).tests_["markov"].p_value for seed in range(200)])
    assert np.mean(p > 0.5) == pytest.approx(0.5, abs=0.15)
    assert np.mean(p < 0.05) == pytest.approx(0.05, abs=0.05)


def test_at_bound() -> None:
    with pytest.warns(loyalty.LoyaltyWarning, match="beta"):
        m = LinearLearningModel(p1="stationary").fit([[0, 1, 0, 1, 0, 1], [1, 0, 1, 0, 1, 0, 1]])
    assert m.status_ == "NOTICE_AT_BOUND"
    assert m.at_bound_ == ("beta", "lambda_")
    assert math.isnan(m.std_errors_["beta"])
