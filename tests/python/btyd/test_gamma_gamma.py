"""loyalty.GammaGammaModel: published fits, kinds of data, scikit-learn's conventions, messages."""

from __future__ import annotations

import math
import pickle
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import loyalty as loy

ROOT = Path(__file__).resolve().parents[3]
PAPER = {"p": 6.25, "q": 3.74, "v": 15.44}


@pytest.fixture(scope="module")
def cdnow() -> pd.DataFrame:
    """x, exact and rounded mean spend of the 946 repeat buyers."""
    text = (ROOT / "tests/c/btyd/cdnow_spend.h").read_text()
    cells = np.array([[int(v) for v in row] for row in re.findall(r"\{(\d+), (\d+), (\d+)\}", text)])
    assert len(cells) == 946
    return pd.DataFrame(
        {"frequency": cells[:, 0], "monetary_value": cells[:, 2] / 100, "exact": cells[:, 1] / 100 / cells[:, 0]},
        index=np.arange(946) + 1000,
    )


@pytest.fixture(scope="module")
def fitted(cdnow: pd.DataFrame) -> loy.GammaGammaModel:
    return loy.GammaGammaModel().fit(cdnow)


def test_published_fits(cdnow: pd.DataFrame, fitted: loy.GammaGammaModel) -> None:
    assert fitted.params_ == pytest.approx({"p": 6.24880331, "q": 3.74458854, "v": 15.44774629}, rel=1e-6)
    assert fitted.log_likelihood_ == pytest.approx(-4055.923243, abs=1e-6)
    assert fitted.correlation_ == pytest.approx(0.113883910486, abs=1e-12)
    assert (fitted.status_, fitted.converged_, fitted.n_customers_, fitted.n_left_out_) == ("OK", True, 946, 0)
    exact = loy.GammaGammaModel(threads=1).fit(cdnow, monetary_value="exact")
    assert exact.params_ == pytest.approx({"p": 6.24934918, "q": 3.74425633, "v": 15.44430668}, rel=1e-4)
    assert exact.log_likelihood_ == pytest.approx(-4055.917695, abs=1e-6)
    assert exact.std_errors_ == pytest.approx({"p": 1.189974, "q": 0.290136, "v": 4.159534}, rel=1e-3)
    assert exact.covariance_ == pytest.approx(exact.covariance_.T)


def test_from_a_purchase_log() -> None:
    log = pl.read_csv(ROOT / "examples/data/cdnow.csv", try_parse_dates=True)
    rfm = loy.rfm_summary(
        log, customer_id_col="customer_id", datetime_col="date", monetary_value_col="amount", time_unit="W",
        observation_period_end="1997-09-30",
    )  # fmt: skip
    model = loy.GammaGammaModel().fit(rfm)
    assert model.n_left_out_ == 2357 - 946
    assert model.params_ == pytest.approx({"p": 6.249572271, "q": 3.744224667, "v": 15.443520963}, rel=1e-7)
    assert model.log_likelihood_ == pytest.approx(-4055.917694802, abs=1e-6)


def test_expected_spend(fitted: loy.GammaGammaModel) -> None:
    paper = loy.GammaGammaModel.from_params(**PAPER)
    assert paper.expected_customer_spend(frequency=2, monetary_value=40) == pytest.approx(39.1404199475, abs=1e-10)
    assert paper.log_likelihood(frequency=50, monetary_value=38) == pytest.approx(-4.170213813, abs=5e-10)
    assert paper.expected_new_customer_spend() == pytest.approx(6.25 * 15.44 / 2.74)
    assert paper.posterior_mean(frequency=2, monetary_value=22.35) == pytest.approx(16.24 / 60.14)
    ten = fitted.expected_customer_spend(
        frequency=[2, 1, 0, 0, 0, 7, 1, 0, 2, 0], monetary_value=[22.35, 11.77, 0, 0, 0, 73.74, 11.77, 0, 25.55, 0]
    )
    new = 35.170981
    want = [24.658619, 18.911489, new, new, new, 71.462843, 18.911489, new, 27.282408, new]
    assert ten == pytest.approx(want, abs=3e-5)


def test_log_likelihood_sums_to_the_fitted_one(cdnow: pd.DataFrame, fitted: loy.GammaGammaModel) -> None:
    assert fitted.log_likelihood(cdnow).sum() == pytest.approx(fitted.log_likelihood_, rel=1e-13)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table, dict])
def test_same_kind_out(make: Any) -> None:
    data = make({"frequency": np.array([2, 0, 7]), "monetary_value": np.array([22.35, 0.0, 73.74])})
    model = loy.GammaGammaModel.from_params(**PAPER)
    out = model.expected_customer_spend(data)
    kind = {pd.DataFrame: pd.Series, pl.DataFrame: pl.Series, pa.table: pa.Array, dict: np.ndarray}[make]
    assert isinstance(out, kind)
    assert np.asarray(out) == pytest.approx([24.6637, 35.2190, 71.4697], abs=5e-5)


def test_index_is_kept(cdnow: pd.DataFrame, fitted: loy.GammaGammaModel) -> None:
    assert fitted.expected_customer_spend(cdnow).index.equals(cdnow.index)


def test_weights_and_rows_without_repeats(cdnow: pd.DataFrame, fitted: loy.GammaGammaModel) -> None:
    cells = cdnow.groupby(["frequency", "monetary_value"]).size().reset_index(name="n")
    more = pd.concat([cells, pd.DataFrame({"frequency": [0, 0], "monetary_value": [0.0, np.nan], "n": [5, 9]})])
    for weights in ("n", more["n"]):
        model = loy.GammaGammaModel().fit(more, weights=weights)
        assert model.params_ == pytest.approx(fitted.params_, rel=1e-8)
        assert (model.n_customers_, model.n_left_out_) == (946, 2)


def test_simulated_customers_are_found_again() -> None:
    truth = loy.GammaGammaModel.from_params(p=2.0, q=4.0, v=30.0)
    frequency = np.arange(20000) % 6
    z = truth.simulate(frequency, seed=1)
    assert z[0] == 0 and (truth.simulate(frequency[:100], seed=1) == z[:100]).all()
    model = loy.GammaGammaModel().fit(frequency=frequency, monetary_value=z)
    for name, value in truth.params_.items():
        assert abs(model.params_[name] - value) < 4 * model.std_errors_[name]
    for _, name, estimate, error, low, high in model.summary().itertuples():
        assert low < estimate < high and (estimate, error) == (model.params_[name], model.std_errors_[name])
    threads = loy.GammaGammaModel(threads=4).fit(frequency=frequency, monetary_value=z)
    assert threads.params_ == model.params_


def test_infinite_means_are_named() -> None:
    model = loy.GammaGammaModel.from_params(p=0.5, q=0.7, v=10.0)
    assert not model.converged_  # nothing was fitted
    with pytest.warns(loy.LoyaltyWarning, match=r"infinite") as caught:
        assert model.expected_new_customer_spend() == math.inf
    assert [w.message.code for w in caught] == ["NOTICE_DIVERGES"]  # type: ignore[union-attr]
    with pytest.warns(loy.LoyaltyWarning, match=r"infinite"):
        out = model.expected_customer_spend(frequency=[0, 1], monetary_value=[0, 20])
    assert out[0] == math.inf and out[1] == pytest.approx(75)
    z = model.simulate(np.full(3000, 3), seed=2)
    with pytest.warns(loy.LoyaltyWarning, match=r"q is at most 1"):
        assert model.fit(frequency=np.full(3000, 3), monetary_value=z).status_ == "NOTICE_DIVERGES"
    assert model.converged_


def test_numbers_out_of_range_are_named(fitted: loy.GammaGammaModel) -> None:
    """What is absurd but finite is an error with a name, never a NaN."""
    with pytest.raises(loy.DomainError, match=r"^v: must be a number greater than 0, from 1e-40 to 1e40"):
        loy.GammaGammaModel.from_params(p=1.0, q=2.0, v=1e300)
    with pytest.raises(loy.DomainError, match=r"^frequency\[0\]: must be a whole number, 0 or more and below 2\^51"):
        fitted.expected_customer_spend(frequency=[1e308], monetary_value=[1e-300])
    with pytest.raises(loy.DomainError, match=r"^monetary_value\[1\]: must be a number greater than 0, from 1e-40"):
        loy.GammaGammaModel().fit(frequency=[1, 2, 3], monetary_value=[1, 1e41, 3])
    wide = loy.GammaGammaModel.from_params(p=1e10, q=1e-10, v=1e-40)
    spend = wide.expected_customer_spend(frequency=2.0**51 - 1, monetary_value=1e40)
    assert spend == pytest.approx(1e40, rel=1e-12)


def test_bad_data_is_named(fitted: loy.GammaGammaModel) -> None:
    with pytest.raises(loy.DomainError, match=r"^monetary_value\[1\]: must be a number greater than 0"):
        fitted.expected_customer_spend(frequency=[1, 2], monetary_value=[3, -1])
    with pytest.raises(loy.DomainError, match=r"^frequency\[2\]: must be a whole number"):
        fitted.log_likelihood({"frequency": [1, 2, 0.5], "monetary_value": [3, 1, 1]})
    out = fitted.expected_customer_spend(frequency=[1, 2], monetary_value=[3, -1], errors="coerce")
    assert math.isnan(out[1]) and not math.isnan(out[0])
    with pytest.raises(loy.DomainError, match=r"^weights\[0\]"):
        loy.GammaGammaModel().fit(frequency=[1, 2, 3], monetary_value=[1, 2, 3], weights=[0, 1, 1])
    with pytest.raises(loy.DomainError, match=r"at least 3 customers") as caught:
        loy.GammaGammaModel().fit(frequency=[0, 0, 1], monetary_value=[0, 0, 5])
    assert caught.value.code == "ERR_TOO_FEW"
    with pytest.raises(loy.LoyaltyError, match=r"monetary_value: there is no such column"):
        fitted.log_likelihood({"frequency": [1]})
    with pytest.raises(loy.LoyaltyError, match=r"^monetary_value: is missing"):
        fitted.log_likelihood(frequency=[1])
    with pytest.raises(loy.StateError, match=r"not fitted"):
        loy.GammaGammaModel().expected_new_customer_spend()
    with pytest.raises(loy.LoyaltyError, match=r"^time_unit: must be one of"):
        loy.GammaGammaModel(time_unit="week").fit(frequency=[1, 2, 3], monetary_value=[1, 2, 3])
    with pytest.raises(loy.LoyaltyError, match=r"^threads: must be"):
        loy.GammaGammaModel(threads=0).fit(frequency=[1, 2, 3], monetary_value=[1, 2, 3])


def test_given_parameters_are_checked() -> None:
    with pytest.raises(loy.DomainError, match=r"^q: must be a number greater than 0, from 1e-10 to 1e10"):
        loy.GammaGammaModel.from_params(p=1, q=0, v=1)
    with pytest.raises(loy.LoyaltyError, match=r"^v: is missing"):
        loy.GammaGammaModel.from_params(p=1, q=2)
    with pytest.raises(loy.LoyaltyError, match=r"^w: is no parameter"):
        loy.GammaGammaModel.from_params(p=1, q=2, v=3, w=4)
    model = loy.GammaGammaModel.from_params(**PAPER)
    assert math.isnan(model.log_likelihood_) and all(math.isnan(e) for e in model.std_errors_.values())


def test_scikit_learn_conventions(cdnow: pd.DataFrame, fitted: loy.GammaGammaModel) -> None:
    from sklearn.base import clone
    from sklearn.pipeline import Pipeline
    from sklearn.utils.validation import check_is_fitted

    model = loy.GammaGammaModel(time_unit="W", threads=2)
    assert model.get_params() == {"time_unit": "W", "threads": 2, "penalty": 0.0}
    assert clone(model).get_params() == model.get_params()
    assert model.set_params(threads=1) is model and model.threads == 1
    with pytest.raises(loy.LoyaltyError, match=r"^depth: "):
        model.set_params(depth=3)
    check_is_fitted(fitted)
    assert Pipeline([("spend", loy.GammaGammaModel())]).fit(cdnow).named_steps["spend"].params_ == fitted.params_
    again = pickle.loads(pickle.dumps(fitted))
    assert again.params_ == fitted.params_ and repr(again) == repr(fitted)
    assert repr(fitted).startswith("GammaGammaModel(p=6.2488, ")


def test_one_seed_for_purchases_and_spend_ties_nothing() -> None:
    rates = loy.BetaGeoModel.from_params(r=0.243, alpha=4.414, a=0.793, b=2.426)
    x = np.asarray(rates.simulate(40_000, 39.0, seed=7)["frequency"], dtype=float)
    z = np.asarray(loy.GammaGammaModel.from_params(p=6.25, q=3.74, v=15.44).simulate(x, seed=7))
    many = np.log(z[x > 2]), np.log(z[(x > 0) & (x <= 2)])
    # The mean of ln z hardly depends on x (its bias by 1/x is below .1); tied streams moved it by .5.
    assert abs(many[0].mean() - many[1].mean()) < 0.15
