"""Several models of the same customers: CDNOW from published log-likelihoods and SciPy, kinds of data, what is out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import special, stats

import loyalty as loy
from loyalty.btyd import CountTest, compare_models, model_assumption

CDNOW = Path(__file__).parents[3] / "examples/data/cdnow.csv"


@pytest.fixture(scope="module")
def cdnow() -> pd.DataFrame:
    log = pd.read_csv(CDNOW, dtype={"customer_id": str})
    return loy.rfm_train_test_split(log, time_unit="W", train_period_end="1997-09-30", test_period_end="1998-06-30")


@pytest.fixture(scope="module")
def few() -> dict[str, Any]:
    return loy.BetaGeoModel.from_params(r=0.7, alpha=4.4, a=0.8, b=2.4).simulate(300, 39.0, 1)


def test_cdnow(cdnow: pd.DataFrame) -> None:
    found = compare_models(cdnow, holdout=True, threads=1)
    assert list(found["model"]) == ["nbd", "pnbd", "ggomnbd", "bgnbd", "mbgnbd"]
    log_likelihood = np.array([-9763.657615, -9594.976179, -9594.976179, -9582.429207, -9582.135716])
    parameters = np.array([2, 4, 5, 4, 4])
    assert_array_equal(found["parameters"], parameters)
    assert_allclose(found["log_likelihood"], log_likelihood, atol=2e-6)
    aic = 2 * parameters - 2 * log_likelihood
    assert_allclose(found["aic"], aic, atol=4e-6)
    assert_allclose(found["bic"], aic + parameters * (np.log(2357) - 2), atol=4e-6)
    assert_allclose(found["aic_weight"], special.softmax(-aic / 2), rtol=4e-6)
    assert list(found["contains"]) == ["", "nbd", "pnbd", "nbd", "nbd"]
    statistic = 2 * (log_likelihood[3] - log_likelihood[0])
    assert_allclose(found["statistic"][3], statistic, atol=4e-6)
    assert_allclose(found["p_value"][3], stats.chi2.sf(statistic, 2), rtol=4e-6)
    assert list(found["best_by"]) == ["", "", "", "", "aic, bic, log_score"]
    assert list(found["status"]) == ["OK", "OK", "NOTICE_AT_BOUND", "OK", "OK"]
    assert "edge of the parameters' range" in found["notice"][2]
    assert set(found["notice"][[0, 1, 3, 4]]) == {""}


def test_holdout_of_nbd_by_scipy(cdnow: pd.DataFrame) -> None:
    model = loy.NBDModel(time_unit="W")
    found = compare_models(cdnow, [model], True)
    r, alpha = model.params_.values()
    k, A, y = r + cdnow["frequency"], alpha + cdnow["T"], cdnow["test_frequency"]
    e = 39 * k / A
    assert_allclose(found["actual"], 1882)
    assert_allclose(found["expected"], e.sum(), rtol=1e-12)
    assert_allclose(found["bias"], e.sum() / 1882 - 1, rtol=1e-12)
    assert_allclose(found["mae"], abs(e - y).mean(), rtol=1e-12)
    assert_allclose(found["rmse"], np.sqrt(((e - y) ** 2).mean()), rtol=1e-12)
    assert_allclose(found["log_score"], -stats.nbinom.logpmf(y, k, A / (A + 39)).mean(), rtol=1e-10)


def test_instances_are_left_fitted(cdnow: pd.DataFrame) -> None:
    given = loy.BetaGeoModel(time_unit="W", threads=1)
    found = compare_models(cdnow, ["mbgnbd", given, loy.NBDModel])
    alone = loy.BetaGeoModel(time_unit="W", threads=1).fit(cdnow)
    assert list(found["model"]) == ["mbgnbd", "bgnbd", "nbd"]
    assert given.params_ == alone.params_
    assert given.log_likelihood_ == alone.log_likelihood_ == found["log_likelihood"][1]
    assert_array_equal(given.covariance_, alone.covariance_)
    assert given.aic_ == found["aic"][1]
    assert given.time_unit == "W"
    assert type(given.summary()) is type(alone.summary())
    assert "log_score" not in found


def test_kinds_of_data(cdnow: pd.DataFrame) -> None:
    want = compare_models(cdnow, ["nbd", "bgnbd"], True)
    for data, kind in ((pl.from_pandas(cdnow), pl.DataFrame), (pa.Table.from_pandas(cdnow), pa.Table)):
        found = compare_models(data, ["nbd", "bgnbd"], True)
        assert isinstance(found, kind)
        assert_array_equal(np.asarray(found["log_score"]), want["log_score"])
    columns = {name: cdnow[name].to_numpy() for name in ("frequency", "recency", "T")}
    after = cdnow[["test_frequency", "test_T"]]
    for found in (
        compare_models(columns, ["nbd", "bgnbd"], after),
        compare_models(
            None, ["nbd", "bgnbd"], **columns, test_frequency=after["test_frequency"].to_numpy(), future_t=39
        ),
        compare_models(cdnow, ["nbd", "bgnbd"], test_frequency="test_frequency", future_t=39.0),
        compare_models(cdnow.drop(columns="test_T"), ["nbd", "bgnbd"], True, future_t=39.0),
    ):
        assert_array_equal(np.asarray(found["log_score"]), want["log_score"])
    assert isinstance(compare_models(columns, "nbd"), dict)


def test_weights(few: dict[str, Any]) -> None:
    rows = {name: np.concatenate([few[name], few[name][:100]]) for name in ("frequency", "recency", "T")}
    weights = np.r_[np.full(100, 2.0), np.ones(200)]
    weighted = compare_models(few, ["nbd", "bgnbd"], weights=weights)
    assert_allclose(weighted["log_likelihood"], compare_models(rows, ["nbd", "bgnbd"])["log_likelihood"], rtol=1e-13)
    with pytest.raises(loy.LoyaltyError, match="weights: must be absent with a holdout"):
        compare_models(few, "nbd", weights=weights, test_frequency=np.zeros(300), future_t=1)


def test_a_model_that_is_out(few: dict[str, Any]) -> None:
    nobody = {"frequency": np.zeros(50), "recency": np.zeros(50), "T": np.full(50, 30.0)}
    bg, nbd = loy.BetaGeoModel(), loy.NBDModel()
    with pytest.warns(loy.LoyaltyWarning, match=r"^bgnbd could not be fitted"):
        found = compare_models(nobody, [bg, nbd])
    assert list(found["status"]) == ["ERR_TOO_FEW", "NOTICE_AT_BOUND"]
    assert found["notice"][0] == "frequency: must have a repeat purchase in at least one row"
    assert np.isnan(found["aic"][0])
    assert found["aic_weight"][1] == 1
    assert list(found["best_by"]) == ["", "aic, bic"]
    assert not hasattr(bg, "params_")
    assert nbd.status_ == "NOTICE_AT_BOUND"
    with pytest.raises(loy.DomainError, match="frequency: must have a repeat purchase"):
        compare_models(nobody, "bgnbd")


def test_arguments(few: dict[str, Any]) -> None:
    for wrong in ("gamma_gamma", "nothing", loy.GammaGammaModel, 3, [loy.BetaGeoModel(penalty=1.0)]):
        with pytest.raises(loy.LoyaltyError, match="models: must be"):
            compare_models(few, wrong if isinstance(wrong, list) else [wrong])  # type: ignore[list-item]
    with pytest.raises(loy.LoyaltyError, match=r"models\[1\]: must not be there twice"):
        compare_models(few, ["nbd", loy.NBDModel])
    with pytest.raises(loy.LoyaltyError, match="models: must have at least one model"):
        compare_models(few, [])
    with pytest.raises(loy.LoyaltyError, match="test_frequency"):
        compare_models(few, "nbd", True)
    with pytest.raises(loy.LoyaltyError, match="time_unit"):
        compare_models(few, loy.NBDModel(time_unit="fortnight"))  # type: ignore[arg-type]
    for name, value in (("frequency", 0.5), ("recency", -1.0), ("T", -1.0), ("test_frequency", 1.5), ("future_t", 0.0)):
        columns = {key: np.array(few[key], dtype=float) for key in ("frequency", "recency", "T")}
        columns |= {"test_frequency": np.zeros(300), "future_t": np.ones(300)}
        columns[name][7] = value
        with pytest.raises(loy.DomainError, match=rf"^{name}\[7\]"):
            compare_models(None, "nbd", **columns)  # type: ignore[arg-type]
    with pytest.raises(loy.Canceled):
        compare_models(few, "nbd", progress=lambda done, value: False)
    done: list[int] = []
    compare_models(few, ["nbd", "bgnbd"], progress=lambda n, value: done.append(n))
    assert done == list(range(1, len(done) + 1))


def test_assumptions() -> None:
    text = model_assumption("bgnbd")
    assert text == model_assumption(loy.BetaGeoModel) == model_assumption(loy.BetaGeoModel())
    assert "nobody stops before a repeat purchase" in text
    assert "nobody ever stops" in model_assumption("nbd")
    assert "spend" in model_assumption(loy.GammaGammaModel)
    with pytest.raises(loy.LoyaltyError, match="model: must be"):
        model_assumption("nothing")


def test_counts_by_scipy(cdnow: pd.DataFrame) -> None:
    model = loy.NBDModel(time_unit="W").fit(cdnow)
    r, alpha = model.params_.values()
    found = model.count_test(cdnow, bars=8)
    assert isinstance(found, CountTest)
    x, T = cdnow["frequency"].to_numpy(), cdnow["T"].to_numpy()
    p = stats.nbinom.pmf(np.arange(7)[None, :], r, (alpha / (alpha + T))[:, None])
    p = np.c_[p, 1 - p.sum(axis=1)]
    assert_array_equal(found.observed, np.bincount(np.minimum(x, 7).astype(int), minlength=8))
    assert_allclose(found.expected, p.sum(axis=0), rtol=1e-12)
    off = (found.observed - found.expected)[:7]
    statistic = off @ np.linalg.solve((np.diag(p.sum(axis=0)) - p.T @ p)[:7, :7], off)
    assert found.statistic == pytest.approx(statistic, rel=1e-10)
    assert found.df == 7
    assert found.p_value == pytest.approx(stats.chi2.sf(statistic, 7), rel=1e-10)
    assert found.p_least == pytest.approx(stats.chi2.sf(statistic, 5), rel=1e-10)


def test_counts_arguments(few: dict[str, Any]) -> None:
    model = loy.BetaGeoModel().fit(few)
    given = loy.BetaGeoModel.from_params(**model.params_)
    want = model.count_test(few)
    assert given.count_test(few).p_least == given.count_test(few).p_value == want.p_value  # nothing was fitted
    assert model.count_test(frequency=few["frequency"], T=39.0).statistic == want.statistic
    twice = model.count_test(few, weights=np.full(300, 2.0))
    assert twice.statistic == pytest.approx(2 * want.statistic, rel=1e-12)
    for bars in (1, 33, 2.5, True):
        with pytest.raises(loy.LoyaltyError, match="bars: must be a whole number from 2 to 32"):
            model.count_test(few, bars=bars)  # type: ignore[arg-type]
    with pytest.raises(loy.DomainError, match=r"frequency\[0\]"):
        model.count_test(frequency=0.5, T=39.0)
    with pytest.raises(loy.DomainError, match="customers enough"):
        model.count_test(frequency=1, T=39.0)
    with pytest.raises(loy.StateError, match="not fitted"):
        loy.BetaGeoModel().count_test(few)
