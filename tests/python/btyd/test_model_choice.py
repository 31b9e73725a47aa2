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
from scipy import integrate, special, stats

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


def test_regular_times() -> None:
    truth = loy.ModifiedBetaGeoCNBDModel.from_params(r=0.9, alpha=1.0, a=0.9, b=2.5, k=3)
    data = pd.DataFrame(truth.simulate(500, 39.0, 5))
    found = compare_models(data)
    assert list(found["model"]) == ["nbd", "pnbd", "ggomnbd", "bgnbd", "mbgnbd", "bgcnbd", "mbgcnbd"]
    assert list(compare_models(data.drop(columns="litt"))["model"]) == list(found["model"][:5])
    assert list(found["best_by"]) == [*[""] * 6, "aic, bic"]
    assert list(found["contains"][-2:]) == ["", ""]
    assert found["p_value"][-2:].isna().all()
    assert list(found["parameters"][-2:]) == [5, 5]
    model = loy.ModifiedBetaGeoCNBDModel(time_unit="W", k=3).fit(data)
    model.k = None
    alone = loy.ModifiedBetaGeoCNBDModel(time_unit="W").fit(data)
    pair = compare_models(data, [model, "mbgnbd"])
    assert model.k_ == 3
    assert model.params_ == alone.params_
    assert model.aic_ == alone.aic_ == pair["aic"][0] == 10 - 2 * alone.log_likelihood_
    assert_array_equal(model.covariance_, alone.covariance_)
    assert pair["log_likelihood"][1] == alone.log_likelihood_by_k_[1]
    renamed = data.rename(columns={"litt": "gaps"})
    assert compare_models(renamed, [model], litt="gaps")["aic"][0] == model.aic_
    columns = {name: data[name].to_numpy() for name in ("frequency", "recency", "T", "litt")}
    assert len(compare_models(None, **columns)["model"]) == 7
    assert compare_models(None, "mbgcnbd", **columns)["aic"][0] == model.aic_


@pytest.mark.parametrize("cls", [loy.BetaGeoCNBDModel, loy.ModifiedBetaGeoCNBDModel])
@pytest.mark.parametrize("k", [1, 2, 3])
def test_likelihoods_compare(cls: Any, k: int) -> None:
    """Whatever k, the likelihood is the density of the times of purchase: over the times of x purchases it integrates
    to the probability of x."""
    model, T = cls.from_params(r=0.8, alpha=3.0, a=0.7, b=2.1, k=k), 5.0

    def density(*times: float) -> float:
        litt = np.log(np.diff([0.0, *times])).sum()
        return float(np.exp(model.log_likelihood(frequency=len(times), recency=times[-1], T=T, litt=litt)))

    one, _ = integrate.quad(density, 0, T, epsabs=1e-12, epsrel=1e-12)
    assert_allclose(one, model.purchase_probability(1, T), rtol=1e-9)
    nodes, weights = special.roots_legendre(12)
    nodes, weights = (nodes + 1) / 2, weights / 2
    two = sum(
        T * v * T * t * w * density(t * u * T, t * T)
        for t, v in zip(nodes, weights, strict=True)
        for u, w in zip(nodes, weights, strict=True)
    )
    assert_allclose(two, model.purchase_probability(2, T), rtol=1e-9)


def test_regular_times_of_cdnow(cdnow: pd.DataFrame) -> None:
    log = pd.read_csv(CDNOW, dtype={"customer_id": str})
    gaps = loy.rfm_train_test_split(
        log, time_unit="W", train_period_end="1997-09-30", test_period_end="1998-06-30", litt=True
    )
    plain, stages = loy.ModifiedBetaGeoModel(time_unit="W"), loy.ModifiedBetaGeoCNBDModel(time_unit="W")
    found = compare_models(gaps, [plain, stages], holdout=True)
    assert stages.k_ == 1
    assert list(stages.params_.values())[:4] == list(plain.params_.values())
    for name in ("log_likelihood", "log_score", "bias", "rmse"):
        assert found[name][0] == found[name][1]
    assert_allclose(found["log_likelihood"], -9582.135716, atol=2e-6)
    assert_allclose(found["aic"][1] - found["aic"][0], 2, atol=1e-9)
    assert list(found["best_by"]) == ["aic, bic, log_score", ""]


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


def test_covariates_of_an_earlier_fit(cdnow: pd.DataFrame) -> None:
    given = loy.BetaGeoModel(threads=1)
    given.fit(cdnow.assign(late=cdnow["T"] < 33), transaction_covariates=["late"])
    found = compare_models(cdnow, [given])
    assert given.params_ == loy.BetaGeoModel(threads=1).fit(cdnow).params_
    assert given.covariates_ is None and given.aic_ == found["aic"][0]
    assert given.expected_purchases(frequency=1, recency=30, T=38, future_t=39) > 0


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
    for other in ("bgbb", loy.BetaGeoBetaBinomModel):
        with pytest.raises(loy.LoyaltyError, match=r"^models\[1\]: must be bgnbd, mbgnbd, bgcnbd"):
            compare_models(few, ["nbd", other])
    with pytest.raises(loy.LoyaltyError, match="models: must be without a given k"):
        compare_models(few, [loy.BetaGeoCNBDModel(k=2)])
    with pytest.raises(loy.LoyaltyError, match=r"^litt: there is no such column"):
        compare_models(few, "bgcnbd")
    with pytest.raises(loy.LoyaltyError, match=r"^litt: is missing"):
        compare_models(None, "bgcnbd", frequency=[1.0], recency=[1.0], T=[2.0])
    with pytest.raises(loy.DomainError, match=r"^litt\[0\]"):
        compare_models(few, "bgcnbd", litt=np.full(300, 1e9))
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
