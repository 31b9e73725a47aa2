"""The fit of the curve: kinds of data, names in messages, notices, other programs' numbers, and properties of L."""

from __future__ import annotations

import math
import pickle
import warnings
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit, logit
from scipy.stats import chi2

import loyalty as loy
from loyalty.response import Estimate

S = np.tile([0.1, 0.3, 0.5, 0.7, 0.9], 4)
C = np.repeat([0.2, 0.5, 0.8, 0.95], 5)
Y = np.array([218, 294, 341, 367, 381, 112, 177, 253, 322, 371, 41, 74, 134, 225, 340, 10, 22, 47, 105, 259.0])
N = np.full(20, 400.0)
FRAMES = [pd.DataFrame, pl.DataFrame, pa.table, dict]


def golden(**options: Any) -> loy.LoyaltyCurve:
    return loy.LoyaltyCurve().fit(S, C, Y, N, **options)


def test_published_fit() -> None:
    curve = golden(fixed=())
    expected = {"alpha": 0.2012525798, "beta": 1.2975257578, "gamma": 0.7996621539, "a": 0.3997052006}
    for name, value in expected.items():
        assert curve.params_[name] == pytest.approx(value, abs=1e-9)
    assert curve.params_["delta"] == pytest.approx(0.0399636351, abs=1e-9)
    assert curve.std_errors_["delta"] == pytest.approx(0.0093323900, abs=1e-9)
    assert curve.log_likelihood_ == pytest.approx(-3729.4833282006, abs=1e-9)
    assert curve.converged_ and curve.status_ == "OK" and curve.fixed_ == () and curve.n_rows_ == 20
    assert curve.covariance_.shape == (5, 5)
    assert np.sqrt(np.diag(curve.covariance_)) == pytest.approx(list(curve.std_errors_.values()))
    assert curve.aic_ == pytest.approx(10 - 2 * curve.log_likelihood_)


def test_logistic_regression_is_statsmodels() -> None:
    curve = loy.LoyaltyCurve(a=0).fit(S, C, Y, N, fixed=("a", "delta"))
    X = np.column_stack([np.ones(20), logit(S), -logit(C)])
    glm = sm.GLM(np.column_stack([Y, N - Y]), X, family=sm.families.Binomial()).fit(tol=1e-15)
    assert list(curve.params_.values())[:3] == pytest.approx(glm.params, rel=1e-8)
    assert list(curve.std_errors_.values())[:3] == pytest.approx(glm.bse, rel=1e-8)
    assert curve.deviance_ == pytest.approx(glm.deviance, rel=1e-8)
    assert curve.pearson_ == pytest.approx(glm.pearson_chi2, rel=1e-8)


@pytest.mark.parametrize("gamma", [0.5, 1.0])
def test_gamma_fixed_is_an_offset(gamma: float) -> None:
    curve = loy.LoyaltyCurve(a=0, gamma=gamma).fit(S, C, Y, N, fixed=("a", "delta", "gamma"))
    X = np.column_stack([np.ones(20), logit(S)])
    glm = sm.GLM(
        np.column_stack([Y, N - Y]), X, family=sm.families.Binomial(), offset=-gamma * logit(C)
    ).fit(tol=1e-15)  # fmt: skip
    assert list(curve.params_.values())[:2] == pytest.approx(glm.params, rel=1e-8)
    assert list(curve.std_errors_.values())[:2] == pytest.approx(glm.bse, rel=1e-8)
    assert curve.params_["gamma"] == gamma and curve.std_errors_["gamma"] == 0


@pytest.mark.parametrize("kind", FRAMES)
def test_kinds_of_data(kind: Any) -> None:
    frame = kind({"sat": S, "comp": C, "stayed": Y, "asked": N})
    curve = loy.LoyaltyCurve().fit("sat", "comp", "stayed", "asked", data=frame)
    assert curve.params_ == golden().params_
    predicted = curve.predict("sat", "comp", data=frame)
    assert type(predicted) is type(frame)
    assert np.asarray(predicted["loyalty"]) == pytest.approx(np.asarray(curve.loyalty(S, C)), rel=1e-14)
    cells = curve.goodness_of_fit("sat", "comp", "stayed", "asked", data=frame).cells
    assert type(cells) is type(frame) and len(np.asarray(cells["pearson"])) == 20


def test_competition_from_market_shares() -> None:
    shares = {"phone": [0.9, 0.1], "air": [0.4, 0.3, 0.3], "cars": [0.1] * 10}
    segment = np.array(["phone", "air", "cars", "air"] * 5)
    c = np.array([loy.competition_index(shares[name]) for name in segment])
    with pytest.warns(loy.LoyaltyWarning, match="gamma: at the edge"):  # these markets do not explain the answers
        curve = loy.LoyaltyCurve().fit(S, shares, Y, N, segment=segment)
    with pytest.warns(loy.LoyaltyWarning):
        assert curve.params_ == loy.LoyaltyCurve().fit(S, c, Y, N).params_
    with pytest.raises(loy.LoyaltyError, match=r"competition: has no market shares for the segment 'phone'"):
        loy.LoyaltyCurve().fit(S, {"air": [0.5, 0.5]}, Y, N, segment=np.array(["phone"] * 20))
    with pytest.raises(loy.LoyaltyError, match="segment: must say"):
        loy.LoyaltyCurve().fit(S, shares, Y, N)


def test_single_answers_are_the_same_fit() -> None:
    order = np.random.default_rng(1).permutation(8000)
    s, c = np.repeat(S, 400)[order], np.repeat(C, 400)[order]
    y = np.concatenate([np.arange(400) < k for k in Y]).astype(float)[order]
    single = loy.LoyaltyCurve().fit(s, c, y)
    assert single.params_ == pytest.approx(golden().params_, rel=1e-9)
    assert single.n_rows_ == 8000 and single.n_cells_ == 20


def test_methods_use_the_fit_and_the_constructor_is_kept() -> None:
    curve = loy.LoyaltyCurve(alpha=7)
    before = curve.loyalty(0.5, 0.5)
    curve.fit(S, C, Y, N)
    assert curve.alpha == 7 and curve.get_params()["alpha"] == 7
    assert curve.loyalty(0.65, 0.7) == pytest.approx(0.5909963345, abs=1e-9)
    assert curve.loyalty(0.5, 0.5) != before
    again = pickle.loads(pickle.dumps(curve))
    assert again.predict(0.65, 0.7) == curve.predict(0.65, 0.7)


def test_intervals() -> None:
    curve = golden()
    at = curve.predict(0.65, 0.7)
    assert at == pytest.approx(Estimate(0.5909963345, 0.0094085206, 0.5724361297, 0.6093007512), abs=1e-9)
    needed = curve.required_satisfaction_interval(0.75, 0.7)
    assert needed[:2] == pytest.approx((0.7886279556, 0.0070095296), abs=1e-9)
    assert needed.value == pytest.approx(curve.required_satisfaction(0.75, 0.7))
    first, second = golden(fixed=()).threshold_intervals(0.7)
    assert first[:2] == pytest.approx((0.3657195989, 0.0232655173), abs=1e-8)
    assert second[:2] == pytest.approx((0.9306618610, 0.0212839960), abs=1e-8)
    with pytest.warns(loy.LoyaltyWarning):
        assert curve.required_satisfaction_interval(0.01, 0.7).value == 0
    with pytest.raises(loy.LoyaltyError, match="level"):
        curve.predict(0.5, 0.5, level=1.0)


def test_tests() -> None:
    full, steady = golden(fixed=()), golden()
    plain = loy.LoyaltyCurve(a=0).fit(S, C, Y, N, fixed=("a", "delta"))
    assert full.likelihood_ratio_test(plain).statistic == pytest.approx(67.6542044843, abs=1e-8)
    test = full.likelihood_ratio_test(steady)
    assert (test.df, test.boundary) == (1, 1)
    assert test.p_value == pytest.approx(chi2.sf(test.statistic, 1) / 2)
    with pytest.raises(loy.LoyaltyError, match="restricted"):
        plain.likelihood_ratio_test(full)
    fit = steady.goodness_of_fit(S, C, Y, N)
    assert fit.deviance == pytest.approx(23.4558903033) and fit.df == 16
    assert fit.p_deviance == pytest.approx(chi2.sf(fit.deviance, 16))
    assert np.sum(np.square(fit.cells["pearson"])) == pytest.approx(steady.pearson_)


def test_summary() -> None:
    curve = loy.LoyaltyCurve().fit("s", "c", "y", "n", data=pl.DataFrame({"s": S, "c": C, "y": Y, "n": N}))
    table = curve.summary()
    assert isinstance(table, pl.DataFrame)
    assert table.columns == ["parameter", "estimate", "std_error", "lower", "upper"]
    assert table["parameter"].to_list() == ["alpha", "beta", "gamma", "a"]
    assert (table["lower"] < table["estimate"]).all() and (table["estimate"] < table["upper"]).all()


def test_constraints() -> None:
    truth = loy.LoyaltyCurve(alpha=0.3, beta=1.5, gamma=0.9, a=0.2, b=[0.7])
    k = np.repeat([0.0, 1.0], 20)
    s, c = np.tile(S, 2), np.tile(C, 2)
    y = truth.loyalty(s, c, [k])
    curve = loy.LoyaltyCurve().fit(s, c, y, constraints=k)
    assert curve.params_["b[0]"] == pytest.approx(0.7, abs=1e-6)
    assert curve.loyalty(0.4, 0.6, [0.5]) == pytest.approx(truth.loyalty(0.4, 0.6, [0.5]), abs=1e-6)
    held = loy.LoyaltyCurve(b=[0.25]).fit(s, c, y, constraints=k, fixed=("delta", "b"))
    assert held.params_["b[0]"] == 0.25


@pytest.mark.parametrize(
    ("change", "argument"),
    [
        ({"satisfaction": 1.5}, "satisfaction"),
        ({"competition": 1.0}, "competition"),
        ({"competition": 0.0}, "competition"),
        ({"loyal": 401.0}, "loyal"),
        ({"trials": -1.0}, "trials"),
    ],
)
def test_bad_rows_are_named(change: dict[str, float], argument: str) -> None:
    columns = {"satisfaction": S.copy(), "competition": C.copy(), "loyal": Y.copy(), "trials": N.copy()}
    for name, value in change.items():
        columns[name][3] = value
    with pytest.raises(loy.DomainError) as caught:
        loy.LoyaltyCurve().fit(**columns)
    assert (caught.value.argument, caught.value.index) == (argument, 3)


def test_errors_and_notices() -> None:
    with pytest.raises(loy.StateError):
        loy.LoyaltyCurve().predict(0.5, 0.5)
    with pytest.raises(loy.LoyaltyError, match="fixed: 'x' is no parameter"):
        golden(fixed=("x",))
    with pytest.raises(loy.LoyaltyError, match="covariance"):
        golden(covariance="other")
    with pytest.raises(loy.DomainError, match="loyal: must not be all zero"):
        loy.LoyaltyCurve().fit(S, C, 0 * Y, N)
    with pytest.raises(loy.DomainError, match="loyal: must not be all loyal"):
        loy.LoyaltyCurve().fit(S, C, N, N)
    with pytest.warns(loy.LoyaltyWarning, match="gamma"):
        one = loy.LoyaltyCurve().fit(S[:5], 0.5, Y[:5], N[:5])
    assert one.status_ == "NOTICE_WEAK_ID" and one.params_["gamma"] == 1 and one.params_["a"] == 0
    with pytest.warns(loy.LoyaltyWarning, match="1 rows without"):
        skipped = loy.LoyaltyCurve().fit(np.r_[S, 0.5], np.r_[C, 0.5], np.r_[Y, 0], np.r_[N, 0])
    assert skipped.n_skipped_ == 1 and skipped.params_ == golden().params_
    with pytest.warns(loy.LoyaltyWarning, match="run away"):
        lost = loy.LoyaltyCurve(a=0).fit(
            [0.1, 0.3, 0.4, 0.6, 0.8], [0.5, 0.6] * 2 + [0.5], [0, 0, 0, 1, 1], fixed=("a", "delta")
        )
    assert lost.status_ == "NOTICE_SEPARATED" and not lost.converged_


def test_clusters() -> None:
    groups = np.arange(20) // 2
    robust = golden(covariance="robust", clusters=groups)
    assert robust.params_ == golden().params_ and robust.n_clusters_ == 10
    assert robust.std_errors_["beta"] != golden().std_errors_["beta"]


# ---- properties of the curve, section by section of its theory ----

open_interval = st.floats(0.02, 0.98)
curves = st.builds(
    lambda alpha, beta, gamma, a, delta: loy.LoyaltyCurve(alpha=alpha, beta=beta, gamma=gamma, a=a, delta=delta),
    st.floats(-2, 2), st.floats(0.3, 4), st.floats(0, 3), st.floats(0, 2), st.floats(0, 0.5),
)  # fmt: skip


@given(curves, open_interval, open_interval)
def test_rises_with_satisfaction_and_falls_with_competition(curve: loy.LoyaltyCurve, s: float, c: float) -> None:
    level = curve.loyalty(s, c)
    assert curve.loyalty(s + 0.01, c) > level
    assert curve.loyalty(s, c + 0.01) <= level
    assert curve.slope(s, c) > 0 >= curve.slope(s, c, wrt="c")


@given(curves, open_interval, open_interval)
def test_inverse(curve: loy.LoyaltyCurve, s: float, c: float) -> None:
    level = curve.loyalty(s, c)
    # where the curve is flat in s, its inverse can only be as exact as L is
    assert abs(curve.required_satisfaction(level, c) - s) <= 1e-10 + 1e-15 / curve.slope(s, c)


@given(curves, open_interval)
def test_floor_and_ceiling(curve: loy.LoyaltyCurve, c: float) -> None:
    assert curve.loyalty(0.0, c) == pytest.approx((1 - curve.delta) * -math.expm1(curve.a * math.log(c)), abs=1e-14)
    assert curve.loyalty(1.0, c) == pytest.approx(1 - curve.delta, abs=1e-15)


@given(st.floats(-2, 2), st.floats(0.1, 3), open_interval)
def test_convex_or_concave_by_the_side_of_the_diagonal(alpha: float, gamma: float, c: float) -> None:
    curve = loy.LoyaltyCurve(alpha=alpha, beta=1, gamma=gamma)
    kappa = gamma * float(logit(c)) - alpha
    if abs(kappa) < 1e-3:
        return
    slopes = curve.slope(np.linspace(0.01, 0.99, 50), c)
    assert (np.sign(np.diff(slopes)) == np.sign(kappa)).all()


@given(curves, open_interval)
def test_two_thresholds(curve: loy.LoyaltyCurve, c: float) -> None:
    if abs(curve.beta - 1) < 0.05:
        return
    found = curve.thresholds(c)
    bend = curve.inflection(c)
    assert len(found) == 2 and bend is not None
    kappa = curve.gamma * float(logit(c)) - curve.alpha
    for s in found:
        if not 1e-12 < s < 1 - 1e-12:  # told apart in logit s only
            continue
        g = expit(curve.beta * logit(s) - kappa)
        assert curve.beta * g * (1 - g) / (s * (1 - s)) == pytest.approx(1, rel=1e-6)
    assert found[0] <= bend <= found[1]


@settings(max_examples=25, deadline=None)
@given(st.floats(-0.5, 0.5), st.floats(0.7, 1.8), st.floats(0.6, 1.4), st.floats(0.1, 0.8))
def test_exact_means_are_recovered(alpha: float, beta: float, gamma: float, a: float) -> None:
    truth = loy.LoyaltyCurve(alpha=alpha, beta=beta, gamma=gamma, a=a)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        curve = loy.LoyaltyCurve().fit(S, C, truth.loyalty(S, C) * 1000, np.full(20, 1000.0))
    for name, value in (("alpha", alpha), ("beta", beta), ("gamma", gamma), ("a", a)):
        assert curve.params_[name] == pytest.approx(value, abs=1e-6)
