"""AIC, BIC and likelihood-ratio tests of the models of purchases and of spend."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import loyalty as loy
from loyalty.btyd import ModelTest

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


# ---- information criteria ----


def test_aic_and_bic(fitted: loy.BetaGeoModel, nbd: loy.NBDModel) -> None:
    for model, k in ((fitted, 4), (nbd, 2)):
        assert model.aic_ == pytest.approx(2 * k - 2 * model.log_likelihood_, rel=1e-15)
        assert model.bic_ == pytest.approx(k * math.log(2357) - 2 * model.log_likelihood_, rel=1e-15)
    again = loy.BetaGeoModel.from_json(fitted.to_json())
    assert (again.aic_, again.bic_) == (fitted.aic_, fitted.bic_)
    assert fitted.aic_ < nbd.aic_


def test_given_parameters_have_no_criteria() -> None:
    model = loy.ParetoNBDModel.from_params(r=0.55, alpha=10.6, s=0.61, beta=11.7)
    assert math.isnan(model.aic_) and math.isnan(model.bic_)


def test_criteria_of_a_spend_model_and_of_a_file_without_customers() -> None:
    truth = loy.GammaGammaModel.from_params(p=6.25, q=3.74, v=15.44)
    x = np.arange(600) % 4
    model = loy.GammaGammaModel().fit(frequency=x, monetary_value=truth.simulate(x, 1))
    assert model.n_customers_ == 450  # those with repeat purchases
    assert model.bic_ == pytest.approx(3 * math.log(450) - 2 * model.log_likelihood_, rel=1e-15)
    numbers = '"r": {"decimal": 0.5, "hex": "0x1p-1"}, "alpha": {"decimal": 8, "hex": "0x1p+3"}'
    model_text = (
        '{"model": "nbd", "parameters": {' + numbers + '}, "log_likelihood": {"decimal": -7.5, "hex": "-0x1.ep+2"}}'
    )
    text = '{"format": "loyalty-model", "version": 1, "models": [' + model_text + "]}"
    model = loy.NBDModel.from_json(text)
    assert model.aic_ == 19.0 and math.isnan(model.bic_)


# ---- likelihood ratios ----


def test_likelihood_ratio(fitted: loy.BetaGeoModel, nbd: loy.NBDModel) -> None:
    test = fitted.likelihood_ratio_test(nbd)
    assert isinstance(test, ModelTest)
    statistic = 2 * (fitted.log_likelihood_ - nbd.log_likelihood_)
    assert test.statistic == pytest.approx(statistic, rel=1e-15)
    assert test.p_value == pytest.approx(stats.chi2.sf(statistic, 2), rel=1e-10)
    assert test.p_least == pytest.approx(stats.chi2.sf(statistic, 1) / 2, rel=1e-10)
    assert (test.df, test.unidentified) == (2, 1)


def test_pareto_is_enough_for_cdnow(cdnow: pd.DataFrame) -> None:
    """The Gompertz extension ends where it is Pareto/NBD, and does not fall behind it by more than rounding."""
    pareto = loy.ParetoNBDModel().fit(cdnow)
    with pytest.warns(loy.LoyaltyWarning, match="edge"):
        full = loy.GammaGompertzModel().fit(cdnow)
    test = full.likelihood_ratio_test(pareto)
    assert test == pytest.approx((0, 1, 1, 1, 0), abs=1e-3)


def test_a_true_small_model_is_seldom_refused() -> None:
    """60 samples of 500 that never stop: the bound refuses fewer than its level, half of chi-squared at 1 more."""
    truth = loy.NBDModel.from_params(r=0.55, alpha=8.0)
    tests = []
    for seed in range(60):
        drawn = truth.simulate(500, 39.0, seed)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("loyalty._errors.warn", lambda *_: None)  # at the bound, as it should be
            tests.append(loy.BetaGeoModel().fit(drawn).likelihood_ratio_test(loy.NBDModel().fit(drawn)))
    assert sum(t.p_value < 0.05 for t in tests) <= 4
    # Fewer than half: the shape of a and b is free at the bound, and the best of all shapes gains more often.
    assert 0.15 < np.mean([t.statistic < 1e-6 for t in tests]) < 0.85
    assert all(t.p_least <= t.p_value for t in tests)


def test_what_cannot_be_tested(cdnow: pd.DataFrame, fitted: loy.BetaGeoModel, nbd: loy.NBDModel) -> None:
    with pytest.raises(loy.LoyaltyError, match="restricted: must be a model that the full one contains"):
        nbd.likelihood_ratio_test(fitted)
    with pytest.raises(loy.LoyaltyError, match="restricted: must be a model of this library, not str"):
        fitted.likelihood_ratio_test("nbd")  # type: ignore[arg-type]
    with pytest.raises(loy.StateError, match="not fitted"):
        fitted.likelihood_ratio_test(loy.NBDModel())
    with pytest.raises(loy.DomainError, match="restricted: must be a fit"):
        fitted.likelihood_ratio_test(loy.NBDModel.from_params(r=1, alpha=1, time_unit="W"))
    with pytest.raises(loy.LoyaltyError, match="customers: must be the same number"):
        fitted.likelihood_ratio_test(loy.NBDModel(time_unit="W").fit(cdnow[:-1]))
    with pytest.raises(loy.LoyaltyError, match="time_unit: must be the same"):
        fitted.likelihood_ratio_test(loy.NBDModel().fit(cdnow))
    missed = loy.BetaGeoModel.from_json(fitted.to_json())
    missed.log_likelihood_ = nbd.log_likelihood_ - 1
    with pytest.raises(loy.StateError, match="full: is not at its optimum"):
        missed.likelihood_ratio_test(nbd)
