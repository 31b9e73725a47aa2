"""The parametric bootstrap of the models of purchases and of spend."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from numpy.testing import assert_array_equal

import loyalty as loy
from loyalty.btyd import ModelBootstrap

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


def test_bootstrap_near_the_observed_information(fitted: loy.BetaGeoModel, cdnow: pd.DataFrame) -> None:
    found = fitted.bootstrap(cdnow, n_boot=99, seed=1, level=0.9)
    assert isinstance(found, ModelBootstrap)
    assert (found.n_used, found.n_failed, found.n_not_converged, found.n_at_bound) == (99, 0, 0, 0)
    assert found.status == "OK" and set(found.fit_status) == {"OK"}
    assert found.params == fitted.params_ and found.level == 0.9
    for name, draws in found.draws.items():
        assert found.std_errors[name] == pytest.approx(fitted.std_errors_[name], rel=0.35)
        assert found.std_errors[name] == pytest.approx(np.std(draws, ddof=1), rel=1e-12)
        assert found.bias[name] == pytest.approx(np.mean(draws) - fitted.params_[name], rel=1e-9)
        ordered = np.sort(draws)  # ranks 5 and 95 of 99
        assert (found.lower[name], found.upper[name]) == pytest.approx((ordered[4], ordered[94]), rel=1e-12)
        assert found.lower[name] < fitted.params_[name] < found.upper[name]


@pytest.mark.parametrize("cls", MODELS[:4])
def test_bootstrap_recovers_every_model(cls: Any) -> None:
    names = {"r": 0.6, "alpha": 8.0, "a": 0.9, "b": 2.0, "s": 0.7, "beta": 12.0}
    model = cls.from_params(**{name: names[name] for name in cls._names})
    found = model.bootstrap(T=np.full(1500, 52.0), n_boot=39, seed=3)
    assert all(found.lower[name] < value < found.upper[name] for name, value in model.params_.items())


def test_bootstrap_of_spend() -> None:
    model = loy.GammaGammaModel.from_params(p=6.25, q=3.74, v=15.44)
    x = np.arange(4000) % 6
    found = model.bootstrap(frequency=x, n_boot=79, seed=5)
    fit = model.fit(frequency=x, monetary_value=model.simulate(x, 77))
    for name, error in fit.std_errors_.items():
        assert found.std_errors[name] == pytest.approx(error, rel=0.5)
    with pytest.raises(loy.DomainError, match=r"frequency\[1\]"):
        model.bootstrap(frequency=[1, 0.5], n_boot=39)


def test_bootstrap_is_reproducible_and_answers_in_kind(cdnow: pd.DataFrame) -> None:
    few = cdnow[:200]
    for frame, kind in (
        (few, pd.DataFrame),
        (pl.from_pandas(few), pl.DataFrame),
        (pa.Table.from_pandas(few), pa.Table),
    ):
        one = loy.NBDModel(threads=1).fit(frame)
        many = loy.NBDModel(threads=3).fit(frame)
        first, second = one.bootstrap(frame, n_boot=59, seed=8), many.bootstrap(frame, n_boot=59, seed=8)
        assert_array_equal(first.draws["r"], second.draws["r"])
        assert first.std_errors == second.std_errors
        assert isinstance(first.summary(), kind)
    assert_array_equal(one.bootstrap(few, n_boot=45, seed=8).draws["alpha"], first.draws["alpha"][:45])
    assert not np.array_equal(one.bootstrap(few, n_boot=59, seed=9).draws["r"], first.draws["r"])
    table = loy.NBDModel().fit(few).bootstrap(few, n_boot=59, seed=8).summary()
    assert list(table.columns) == ["parameter", "estimate", "std_error", "bias", "lower", "upper"]
    assert table["std_error"].tolist() == list(first.std_errors.values())


def test_bootstrap_counts_and_names_what_failed() -> None:
    model = loy.BetaGeoModel.from_params(r=0.1, alpha=100.0, a=0.8, b=2.4)
    with pytest.warns(loy.LoyaltyWarning, match="of 80 fits failed or are not certain, and are left out"):
        found = model.bootstrap(T=[30.0] * 40, n_boot=80, seed=2)
    assert found.status == "NOTICE_NOT_CONVERGED"
    assert found.n_failed == found.fit_status.count("ERR_TOO_FEW") > 0
    assert found.n_used + found.n_failed + found.n_not_converged == 80
    assert np.isnan(found.draws["r"]).sum() == found.n_failed


def test_bootstrap_at_the_bound_says_so() -> None:
    with pytest.warns(loy.LoyaltyWarning, match="of 39 fits ran to the edge"):
        found = loy.NBDModel.from_params(r=9e4, alpha=3e5).bootstrap(T=[30.0] * 200, n_boot=39, seed=2)
    assert found.status == "NOTICE_AT_BOUND" and found.n_at_bound > 0


def test_bootstrap_is_watched_and_canceled(nbd: loy.NBDModel) -> None:
    told: list[tuple[int, int, float]] = []
    T = np.full(200, 39.0)
    found = nbd.bootstrap(T=T, n_boot=79, progress=lambda done, of, used: told.append((done, of, used)))
    assert told[-1] == (79, 79, found.n_used)
    assert [done for done, *_ in told] == sorted({done for done, *_ in told})
    with pytest.raises(loy.Canceled):
        nbd.bootstrap(T=T, n_boot=79, progress=lambda done, of, used: done < 20)
    with pytest.raises(ZeroDivisionError):
        nbd.bootstrap(T=T, n_boot=79, progress=lambda done, of, used: 1 / 0)


def test_bootstrap_arguments(cdnow: pd.DataFrame, nbd: loy.NBDModel) -> None:
    with pytest.raises(loy.LoyaltyError, match="T: is missing"):
        nbd.bootstrap()
    with pytest.raises(loy.LoyaltyError, match="T: there is no such column"):
        nbd.bootstrap({"frequency": [1.0]})
    with pytest.raises(loy.DomainError, match=r"T\[1\]"):
        nbd.bootstrap(T=[1.0, math.nan], n_boot=39)
    with pytest.raises(loy.DomainError, match="T: must have at least one row"):
        nbd.bootstrap(T=np.empty(0), n_boot=39)
    with pytest.raises(loy.DomainError, match="n_boot: must be from 2"):
        nbd.bootstrap(cdnow, n_boot=1)
    with pytest.raises(loy.DomainError, match=r"level: .* replications at least 2"):
        nbd.bootstrap(cdnow, n_boot=37)
    for wrong in ({"n_boot": 40.0}, {"n_boot": True}, {"seed": -1}, {"seed": "a"}, {"level": 1.5}):
        with pytest.raises(loy.LoyaltyError, match=next(iter(wrong))):
            nbd.bootstrap(cdnow, **{"n_boot": 39, **wrong})
    with pytest.raises(loy.StateError, match="not fitted"):
        loy.NBDModel().bootstrap(cdnow)


def test_refits_have_the_penalty_of_the_fit(cdnow: pd.DataFrame) -> None:
    model = loy.BetaGeoModel(time_unit="W", penalty=0.1).fit(cdnow)
    found = model.bootstrap(cdnow, n_boot=39, seed=2)
    drawn = model.simulate(len(cdnow), cdnow["T"], 3)
    again = loy.BetaGeoModel(penalty=0.1).fit(drawn)
    for name, draws in found.draws.items():
        assert abs(again.params_[name] - np.mean(draws)) < 4.0 * found.std_errors[name]
    given = loy.BetaGeoModel.from_params(**model.params_)
    plain = given.bootstrap(cdnow, n_boot=39, seed=2)
    assert np.all(plain.draws["b"] > found.draws["b"])  # each from the same customers
    assert model.penalty_ == 0.1 and given.penalty_ == 0.0
    back = loy.BetaGeoModel.from_json(model.to_json())
    assert back.penalty_ == 0.1 and '"penalty"' not in given.to_json()
    again_drawn = back.bootstrap(cdnow, n_boot=39, seed=2)
    assert all(np.array_equal(again_drawn.draws[name], found.draws[name]) for name in found.draws)
    model.set_params(penalty=0.0)  # for the next fit
    assert model.penalty_ == 0.1


def test_no_ratio_of_penalised_likelihoods(cdnow: pd.DataFrame, nbd: loy.NBDModel, fitted: loy.BetaGeoModel) -> None:
    full = loy.BetaGeoModel(time_unit="W", penalty=0.001).fit(cdnow)
    small = loy.NBDModel(time_unit="W", penalty=0.001).fit(cdnow)
    with pytest.raises(loy.LoyaltyError, match="self: must be a fit without a penalty"):
        full.likelihood_ratio_test(small)
    with pytest.raises(loy.LoyaltyError, match="restricted: must be a fit without a penalty"):
        fitted.likelihood_ratio_test(small)
    assert full.aic_ > fitted.aic_ and small.bic_ > nbd.bic_
