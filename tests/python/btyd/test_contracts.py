"""loyalty.ShiftedBetaGeoModel and BetaDiscreteWeibullModel: published fits, kinds of data, conventions, messages."""

from __future__ import annotations

import math
import pickle
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import loyalty as loy

HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491]  # Fader and Hardie 2007, table 1
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241]
MODELS = [loy.ShiftedBetaGeoModel, loy.BetaDiscreteWeibullModel]


def customers(survivors: list[int]) -> dict[str, np.ndarray]:
    """One row for each customer."""
    lost = -np.diff(survivors)
    lifetime = np.repeat([*range(1, len(survivors)), len(survivors) - 1], [*lost, survivors[-1]])
    censored = np.repeat([False, True], [lost.sum(), survivors[-1]])
    return {"lifetime": lifetime, "censored": censored}


@pytest.fixture(scope="module")
def sbg() -> loy.ShiftedBetaGeoModel:
    return loy.ShiftedBetaGeoModel(time_unit="Y").fit(survivors=HIGH_END)


@pytest.fixture(scope="module")
def bdw() -> loy.BetaDiscreteWeibullModel:
    return loy.BetaDiscreteWeibullModel(time_unit="Y").fit(survivors=HIGH_END)


def test_published_fits(sbg: loy.ShiftedBetaGeoModel, bdw: loy.BetaDiscreteWeibullModel) -> None:
    assert sbg.params_ == pytest.approx({"alpha": 0.66808832, "beta": 3.80609476}, rel=1e-6)
    assert sbg.log_likelihood_ == pytest.approx(-1611.158147391, abs=1e-6)
    assert bdw.params_ == pytest.approx({"gamma": 0.21425336, "delta": 1.42657501, "c": 1.72356477}, rel=1e-6)
    assert bdw.log_likelihood_ == pytest.approx(-1605.314213, abs=1e-6)
    for model in (sbg, bdw):
        assert (model.status_, model.converged_, model.n_customers_) == ("OK", True, 1000)
    regular = loy.ShiftedBetaGeoModel().fit(survivors=np.array(REGULAR))
    assert regular.params_ == pytest.approx({"alpha": 0.70407731, "beta": 1.18204304}, rel=1e-6)


@pytest.mark.parametrize("model", MODELS)
def test_kinds_of_data(model: Any) -> None:
    want = model().fit(survivors=HIGH_END).params_
    rows = customers(HIGH_END)
    for frame in (
        rows,
        pd.DataFrame(rows, index=np.arange(1000) + 7),
        pl.DataFrame(rows),
        pl.DataFrame(rows).to_arrow(),
    ):
        fit = model(threads=1).fit(frame)
        assert fit.params_ == pytest.approx(want, rel=1e-8)
        assert type(fit.summary()).__module__.split(".")[0] == (
            "pandas" if isinstance(frame, dict) else type(frame).__module__.split(".")[0]
        )
    renamed = pd.DataFrame({"tenure": rows["lifetime"], "active": rows["censored"]})
    assert model().fit(renamed, lifetime="tenure", censored="active").params_ == pytest.approx(want, rel=1e-8)
    t, end, w = [1, 2, 3, 4, 5, 6, 7, 7], [0] * 7 + [1], [*-np.diff(HIGH_END), 491]
    fit = model().fit(lifetime=t, censored=end, weights=w)
    assert fit.params_ == pytest.approx(want, rel=1e-8)
    assert np.dot(fit.log_likelihood(lifetime=t, censored=end), w) == pytest.approx(fit.log_likelihood_, rel=1e-13)
    series = fit.log_likelihood(pd.DataFrame({"lifetime": t, "censored": end}, index=range(10, 18)))
    assert list(series.index) == list(range(10, 18))
    # Two cohorts of their own length say the same as their rows together.
    both = model().fit(survivors=[HIGH_END, REGULAR[:5]])
    first, second = customers(HIGH_END), customers(REGULAR[:5])
    together = {name: np.concatenate([first[name], second[name]]) for name in first}
    assert model().fit(together).params_ == pytest.approx(both.params_, rel=1e-8)
    assert both.n_customers_ == 2000


def test_retention(sbg: loy.ShiftedBetaGeoModel, bdw: loy.BetaDiscreteWeibullModel) -> None:
    a, b = sbg.params_.values()
    assert sbg.survival(0) == 1.0  # nobody has left before the first decision
    assert sbg.survival(12) == pytest.approx(0.37800, abs=5e-6)
    assert isinstance(sbg.survival(3), float)
    n = np.arange(1, 6)
    assert sbg.retention_rate(n) == pytest.approx((b + n - 1) / (a + b + n - 1), rel=1e-14)
    assert sbg.posterior_mean(n) == pytest.approx(a / (a + b + n - 1), rel=1e-14)
    assert sbg.churn_probability(1, n) == pytest.approx(1 - sbg.retention_rate(n), rel=1e-13)
    column = sbg.survival(pd.Series([1, 2], index=["x", "y"]), n=3)
    assert list(column.index) == ["x", "y"]
    assert column["y"] == pytest.approx(sbg.survival(4) / sbg.survival(2), rel=1e-13)
    plain = loy.BetaDiscreteWeibullModel.from_params(gamma=a, delta=b, c=1)
    assert (plain.survival(n) == sbg.survival(n)).all()
    assert bdw.survival(n).tolist() != sbg.survival(n).tolist()


def test_value(sbg: loy.ShiftedBetaGeoModel) -> None:
    paper = loy.ShiftedBetaGeoModel.from_params(alpha=3.8, beta=15.2, time_unit="Y")
    derl = paper.discounted_expected_residual_lifetime([1, 2, 3, 4, 5], 0.1)
    assert derl == pytest.approx([3.3098, 3.4510, 3.5865, 3.7168, 3.8421], abs=5e-5)
    assert sbg.discounted_expected_residual_lifetime(8, 0.1) == pytest.approx(7.530, abs=5e-4)
    assert paper.retention_elasticity(4, 0.1) == pytest.approx(4.378919580664535, rel=1e-13)
    assert paper.residual_lifetime_elasticity(4, 0.1) == pytest.approx(4.8633713100108471, rel=1e-13)
    assert paper.discounted_expected_lifetime(0.1) == pytest.approx(4.0089258372957905, rel=1e-13)
    assert paper.expected_lifetime() == pytest.approx(18 / 2.8, rel=1e-13)
    tenure = 1 + paper.survival([1, 2, 3]).sum()
    assert paper.expected_lifetime(4) == pytest.approx(tenure, rel=1e-13)
    assert paper.expected_lifetime([0, 1, 4]) == pytest.approx([0, 1, tenure], rel=1e-13)
    # A rate per year for a monthly contract.
    monthly = loy.ShiftedBetaGeoModel.from_params(alpha=3.8, beta=15.2, time_unit="M")
    per_month = 1.1 ** (1 / 12) - 1
    assert monthly.discounted_expected_residual_lifetime(2, 0.1) == pytest.approx(
        monthly.discounted_expected_residual_lifetime(2, per_month, "unit"), rel=1e-12
    )
    with pytest.warns(loy.LoyaltyWarning, match="without a discount and a horizon"):
        assert sbg.expected_lifetime() == math.inf
    with pytest.raises(loy.LoyaltyError, match="time_unit: must be stated"):
        loy.ShiftedBetaGeoModel.from_params(alpha=1, beta=1).discounted_expected_residual_lifetime(1, 0.1)


def test_intervals(sbg: loy.ShiftedBetaGeoModel, bdw: loy.BetaDiscreteWeibullModel) -> None:
    # The retention rate is 1 / (1 + alpha / (beta + n - 1)): the delta method by hand, on the log odds.
    a, b = sbg.params_.values()
    found = sbg.interval("retention_rate", t=3)
    slope = np.array([-1 / a, 1 / (b + 2)])
    error = math.sqrt(slope @ sbg.covariance_ @ slope)
    odds = math.log((b + 2) / a)
    assert found["std_error"] == pytest.approx(error * found["estimate"] * (1 - found["estimate"]), rel=1e-8)
    assert found["upper"] == pytest.approx(1 / (1 + math.exp(-odds - 1.959963984540054 * error)), rel=1e-9)
    zero = sbg.interval(t=[0, 4], n=2)
    assert (zero["estimate"][0], zero["std_error"][0], zero["lower"][0], zero["upper"][0]) == (1, 0, 1, 1)
    for model in (sbg, bdw):
        for quantity, given in {
            "churn_probability": {"t": 2}, "posterior_mean": {"n": 3}, "expected_lifetime": {"horizon": 10},
            "discounted_expected_residual_lifetime": {"n": 2, "discount_rate": 0.1},
            "residual_lifetime_elasticity": {"n": 2, "discount_rate": 0.1, "horizon": 5},
        }.items():  # fmt: skip
            row = model.interval(quantity, **given)  # type: ignore[arg-type]
            assert row["lower"] < row["estimate"] < row["upper"], quantity
            assert row["std_error"] > 0
    row = sbg.interval("retention_elasticity", n=2, discount_rate=0.1)
    assert row["estimate"] == sbg.retention_elasticity(2, 0.1)
    with pytest.raises(loy.LoyaltyError, match="quantity: must be a quantity of this model"):
        bdw.interval("retention_elasticity", n=2, discount_rate=0.1)
    with pytest.raises(loy.LoyaltyError, match="quantity: must be one of"):
        sbg.interval("clv")
    with pytest.raises(loy.LoyaltyError, match="horizon: is not used by survival"):
        sbg.interval(t=1, horizon=3)
    with pytest.raises(loy.LoyaltyError, match="n: is missing"):
        sbg.interval("posterior_mean")
    with pytest.raises(loy.StateError):
        loy.ShiftedBetaGeoModel.from_params(alpha=1, beta=1).interval(t=1)


def test_nested(sbg: loy.ShiftedBetaGeoModel, bdw: loy.BetaDiscreteWeibullModel) -> None:
    found = bdw.likelihood_ratio_test(sbg)
    assert found.statistic == pytest.approx(2 * (bdw.log_likelihood_ - sbg.log_likelihood_), rel=1e-12)
    assert found.p_value == pytest.approx(math.erfc(math.sqrt(found.statistic / 2)), rel=1e-10)  # chi-squared, 1 df
    assert (found.df, found.unidentified) == (1, 0)
    assert bdw.aic_ < sbg.aic_
    with pytest.raises(loy.LoyaltyError, match="restricted"):
        sbg.likelihood_ratio_test(bdw)


@pytest.mark.parametrize("model", MODELS)
def test_conventions(model: Any) -> None:
    fit = model(time_unit="M", penalty=1e-6).fit(survivors=REGULAR)
    again = pickle.loads(pickle.dumps(fit))
    assert again.params_ == fit.params_
    assert fit.get_params() == {"time_unit": "M", "threads": None, "penalty": 1e-6}
    read = model.from_json(fit.to_json())
    assert (read.params_, read.time_unit) == (fit.params_, "M")
    assert (read.covariance_ == fit.covariance_).all()
    assert read.interval(t=3) == fit.interval(t=3)
    clone = pytest.importorskip("sklearn.base").clone(fit)
    assert not hasattr(clone, "params_")
    rows = fit.simulate(500, 6, seed=3)
    assert list(rows) == ["customer_id", "lifetime", "censored"]
    assert (np.asarray(rows["lifetime"])[np.asarray(rows["censored"])] == 6).all()
    assert model().fit(rows).status_ in ("OK", "NOTICE_WEAK_ID")
    drawn = fit.simulate(2, pl.Series("T", [3, 4]), seed=3)
    assert isinstance(drawn, pl.DataFrame)
    boot = fit.bootstrap(T=[6] * 400, n_boot=49, seed=1)
    assert boot.n_used + boot.n_not_converged + boot.n_failed == 49


@pytest.mark.parametrize("model", MODELS)
def test_messages(model: Any) -> None:
    def fails(match: str, error: type[Exception] = loy.LoyaltyError, **given: Any) -> None:
        with pytest.raises(error, match=match):
            model().fit(**given)

    fails(r"survivors\[2\]: must not be more than a period earlier", loy.DomainError, survivors=[10, 8, 9])
    fails(r"survivors\[1\]: must be 0 or a number", loy.DomainError, survivors=[10, -1])
    fails(r"survivors\[1\]: must be 0 or a number", loy.DomainError, survivors=[10, math.nan])
    fails(r"survivors\[0\]: must be 2 or more", loy.DomainError, survivors=[10])
    fails(r"survivors\[1\]: must be 2 or more", loy.DomainError, survivors=[[10, 8], [3]])
    fails("lifetime: must not be given together with survivors", survivors=[10, 8], lifetime=[1])
    fails("censored: is missing", lifetime=[1, 2])
    fails(r"lifetime\[1\]: must be a whole number, 1 or more", loy.DomainError, lifetime=[1, 0], censored=False)
    fails(r"lifetime\[0\]: must be a whole number", loy.DomainError, lifetime=[1.5, 2], censored=False)
    fails(r"censored\[1\]: must be 0 or 1", loy.DomainError, lifetime=[1, 2], censored=[0, math.nan])
    fails(r"weights\[0\]: must be a number greater than 0", loy.DomainError, lifetime=[1], censored=False, weights=[0])
    fails("lifetime: must have at least one customer who left", loy.DomainError, lifetime=[1, 2], censored=True)
    fitted = model.from_params(**dict.fromkeys(model._names, 1.0))
    with pytest.raises(loy.DomainError, match=r"t\[1\]: must be a whole number, 0 or more"):
        fitted.survival([1, -1])
    with pytest.raises(loy.DomainError, match=r"n\[0\]: must be a whole number, 1 or more"):
        fitted.posterior_mean(0)
    with pytest.raises(loy.DomainError, match=r"t\[0\]: must be a whole number, 1 or more"):
        fitted.retention_rate(0)
    assert np.isnan(fitted.survival([1, -1], errors="coerce")[1])
    with pytest.raises(loy.DomainError, match="horizon: must be a whole number"):
        fitted.discounted_expected_residual_lifetime(1, 0.1, "unit", horizon=2.5)
    with pytest.raises(loy.LoyaltyError, match="discount_rate: is missing"):
        fitted.discounted_expected_residual_lifetime(1)
    with pytest.raises(loy.StateError, match="is not fitted"):
        model().survival(1)
    with pytest.warns(loy.LoyaltyWarning, match="edge of the parameters' range"):
        alike = model().fit(survivors=[1000, 900, 810, 729])
    assert alike.status_ == "NOTICE_AT_BOUND"
    with pytest.raises(loy.Canceled):
        model().fit(survivors=REGULAR, progress=lambda done, value: done < 2)
