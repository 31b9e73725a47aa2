"""Forecast against holdout: by brute force on CDNOW, and under true and wrong models."""

from __future__ import annotations

import math
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
from loyalty.btyd import ModelHoldout

CDNOW = Path(__file__).parents[3] / "examples/data/cdnow.csv"
MODELS = (
    loy.NBDModel, loy.BetaGeoModel, loy.ModifiedBetaGeoModel, loy.ParetoNBDModel, loy.GammaGompertzModel,
)  # fmt: skip


@pytest.fixture(scope="module")
def cdnow() -> pd.DataFrame:
    """Calibration to 1997-09-30 and holdout to 1998-06-30, 39 weeks each."""
    log = pd.read_csv(CDNOW, dtype={"customer_id": str})
    return loy.rfm_train_test_split(log, time_unit="W", train_period_end="1997-09-30", test_period_end="1998-06-30")


@pytest.fixture(scope="module")
def fitted(cdnow: pd.DataFrame) -> loy.BetaGeoModel:
    return loy.BetaGeoModel(time_unit="W").fit(cdnow)


@pytest.fixture(scope="module")
def nbd(cdnow: pd.DataFrame) -> loy.NBDModel:
    return loy.NBDModel(time_unit="W").fit(cdnow)


def betageo_probabilities(model: loy.BetaGeoModel, data: pd.DataFrame, most: int, t: float) -> Any:
    """P(Y = 0 ... most), a row for each customer, from the published formulas by SciPy."""
    r, alpha, a, b = model.params_.values()
    x, t_x, T = (data[name].to_numpy()[:, None] for name in ("frequency", "recency", "T"))
    k, A, after = r + x, alpha + T, b + x
    n = np.arange(most + 1)[None, :]
    odds = np.where(x > 0, a / (after - 1) * ((alpha + T) / (alpha + t_x)) ** k, 0)
    alive = 1 / (1 + odds)
    stays = np.exp(special.betaln(a, after + n) - special.betaln(a, after)) * stats.nbinom.pmf(n, k, A / (A + t))
    stops = np.exp(special.betaln(a + 1, after + n - 1) - special.betaln(a, after)) * stats.nbinom.sf(
        n - 1, k, A / (A + t)
    )
    return alive * (stays + np.where(n > 0, stops, 0)) + np.where(n == 0, 1 - alive, 0)


def brute_force(probability: Any, expected: Any, y: Any, bins: int) -> tuple[list[float], Any]:
    rows = np.arange(len(y))
    error = expected - y
    measures = [
        y.sum(), expected.sum(), expected.sum() / y.sum() - 1, error.mean(), np.abs(error).mean(),
        math.sqrt((error**2).mean()), -np.log(probability[rows, y]).mean(),
    ]  # fmt: skip
    upto = np.cumsum(probability, axis=1)
    low = np.where(y > 0, upto[rows, y - 1], 0)[:, None]
    edges = np.linspace(0, 1, bins + 1)[None, :]
    reached = np.clip((edges - low) / (upto[rows, y][:, None] - low), 0, 1)
    return measures, np.diff(reached, axis=1).mean(axis=0)


def test_holdout_of_cdnow_by_brute_force(fitted: loy.BetaGeoModel, nbd: loy.NBDModel, cdnow: pd.DataFrame) -> None:
    y = cdnow["test_frequency"].to_numpy().astype(int)
    r, alpha = nbd.params_.values()
    k, A = r + cdnow["frequency"].to_numpy(), alpha + cdnow["T"].to_numpy()
    n = np.arange(y.max() + 1)
    never_stops = stats.nbinom.pmf(n[None, :], k[:, None], (A / (A + 39))[:, None])
    may_stop = betageo_probabilities(fitted, cdnow, 400, 39.0)
    expected = (may_stop * np.arange(401)).sum(axis=1)
    for model, probability, mean in ((nbd, never_stops, 39 * k / A), (fitted, may_stop, expected)):
        measures, pit = brute_force(probability, mean, y, 10)
        found = model.holdout(cdnow)
        assert isinstance(found, ModelHoldout)
        assert_allclose(found[:7], measures, rtol=1e-8)
        assert_allclose(found.pit, pit, rtol=1e-8)
        assert found.pit.sum() == pytest.approx(1, abs=1e-14)
    assert fitted.holdout(cdnow).log_score < nbd.holdout(cdnow).log_score


def calibration_and_holdout(model: Any, n: int, T: float, t: float, seed: int) -> dict[str, Any]:
    log = model.simulate_log(n, T + t, seed)
    who, when = log["customer_id"], log["time"]
    before = (when > 0) & (when <= T)
    recency = np.zeros(n)
    np.maximum.at(recency, who[before], when[before])
    return {
        "frequency": np.bincount(who[before], minlength=n), "recency": recency, "T": np.full(n, T),
        "test_frequency": np.bincount(who[when > T], minlength=n), "test_T": np.full(n, t),
    }  # fmt: skip


@pytest.mark.parametrize("cls", MODELS)
def test_transform_is_uniform_under_a_true_model(cls: Any) -> None:
    names = {"r": 0.6, "alpha": 8.0, "a": 0.9, "b": 2.0, "s": 0.7, "beta": 12.0}
    if cls is loy.GammaGompertzModel:
        names |= {"b": 0.03, "beta": 0.5}
    model = cls.from_params(**{name: names[name] for name in cls._names})
    n = 3000
    found = model.holdout(calibration_and_holdout(model, n, 30.0, 20.0, 4))
    # A share of a randomised transform has a deviation of sqrt(.09/n); averaging over the randomness takes from it.
    assert_allclose(found.pit, 0.1, atol=4 * math.sqrt(0.09 / n))
    assert abs(found.mean_error) < 4 * found.rmse / math.sqrt(n)


def test_holdout_shows_a_wrong_model() -> None:
    truth = loy.BetaGeoModel.from_params(r=0.6, alpha=8.0, a=0.9, b=2.0)
    data = calibration_and_holdout(truth, 3000, 30.0, 20.0, 5)
    wrong = loy.NBDModel().fit(data)
    assert wrong.holdout(data).log_score > truth.holdout(data).log_score
    assert wrong.holdout(data).bias > 0.2
    assert wrong.holdout(data).pit[0] > 0.12


def test_holdout_kinds_of_data(fitted: loy.BetaGeoModel, cdnow: pd.DataFrame) -> None:
    want = fitted.holdout(cdnow, bins=4)
    others = (pl.from_pandas(cdnow), pa.Table.from_pandas(cdnow), {name: cdnow[name].to_numpy() for name in cdnow})
    for data in others:
        found = fitted.holdout(data, bins=4)
        assert found[:7] == want[:7]
        assert_array_equal(found.pit, want.pit)
    renamed = cdnow.rename(columns={"test_frequency": "y", "T": "age"}).drop(columns="test_T")
    assert fitted.holdout(renamed, test_frequency="y", future_t=39, T="age", bins=4)[:7] == want[:7]
    columns = {name: cdnow[name] for name in ("frequency", "recency", "T")}
    assert fitted.holdout(test_frequency=cdnow["test_frequency"], future_t=39.0, **columns)[:7] == want[:7]
    one = fitted.holdout(frequency=2, recency=30.0, T=38.0, test_frequency=1, future_t=39)
    want_one = -math.log(fitted.purchase_probability_future(frequency=2, recency=30.0, T=38.0, n=1, future_t=39))
    assert one.log_score == pytest.approx(want_one, rel=1e-15)


def test_holdout_arguments(fitted: loy.BetaGeoModel, cdnow: pd.DataFrame) -> None:
    with pytest.raises(loy.LoyaltyError, match="test_frequency"):
        fitted.holdout(cdnow.drop(columns="test_frequency"))
    with pytest.raises(loy.LoyaltyError, match="test_T"):
        fitted.holdout(cdnow.drop(columns="test_T"))
    with pytest.raises(loy.LoyaltyError, match="test_frequency: is missing"):
        fitted.holdout(frequency=1, recency=1.0, T=2.0)
    for column, value in (("frequency", 0.5), ("recency", -1.0), ("T", -1.0), ("test_frequency", 1.5)):
        bad = cdnow.assign(**{column: cdnow[column].astype(float)})
        bad.loc[bad.index[7], column] = value
        with pytest.raises(loy.DomainError, match=rf"{column}\[7\]"):
            fitted.holdout(bad)
    with pytest.raises(loy.DomainError, match=r"future_t\[0\]"):
        fitted.holdout(cdnow, future_t=0)
    with pytest.raises(loy.LoyaltyError, match="bins: must be a whole number from 2 to 100"):
        fitted.holdout(cdnow, bins=1)
    with pytest.raises(loy.DomainError, match="must have at least one row"):
        fitted.holdout(cdnow[:0])
    with pytest.raises(loy.StateError, match="not fitted"):
        loy.BetaGeoModel().holdout(cdnow)
