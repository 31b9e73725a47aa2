"""The fit of the curve: kinds of data, names in messages, notices, and other programs' numbers."""

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
from scipy.special import gammaln, logit
from scipy.stats import chi2
from scipy.stats import t as student

import loyalty as loy
from loyalty.response import Estimate

S = np.tile([0.1, 0.3, 0.5, 0.7, 0.9], 4)
C = np.repeat([0.2, 0.5, 0.8, 0.95], 5)
Y = np.array([218, 294, 341, 367, 381, 112, 177, 253, 322, 371, 41, 74, 134, 225, 340, 10, 22, 47, 105, 259.0])
N = np.full(20, 400.0)
FRAMES = [pd.DataFrame, pl.DataFrame, pa.table, dict]


def golden(**options: Any) -> loy.LoyaltyCurve:
    return loy.LoyaltyCurve().fit(S, C, Y, N, **options)


# Estimates and standard errors, log-likelihood, deviance: independent of this library, by Newton's method.
PUBLISHED: dict[str, tuple[dict[str, Any], dict[str, tuple[float, float]], float | None, float | None]] = {
    "all free": (
        {"fixed": ()},
        {
            "alpha": (0.2012525798, 0.1012438840), "beta": (1.2975257578, 0.0661854960),
            "gamma": (0.7996621539, 0.0420412416), "a": (0.3997052006, 0.0407949675),
            "delta": (0.0399636351, 0.0093323900),
        },
        -3729.4833282006, 0.0256381962,
    ),
    "delta = 0": (
        {},
        {
            "alpha": (0.0342526421, 0.0910470056), "beta": (1.1205179923, 0.0462521696),
            "gamma": (0.6858687856, 0.0301174110), "a": (0.3499348032, 0.0393509071),
        },
        -3741.1984542542, 23.4558903031,
    ),
    "quasi": (
        {"covariance": "quasi"},
        {
            "alpha": (0.0342526421, 0.1244912550), "beta": (1.1205179923, 0.0632419551),
            "gamma": (0.6858687856, 0.0411804240), "a": (0.3499348032, 0.0538056556),
        },
        -3741.1984542542, 23.4558903031,
    ),
    "least squares": (
        {"covariance": "nls"},
        {
            "alpha": (0.0553969540, 0.0515059417), "beta": (1.1900233936, 0.0325770327),
            "gamma": (0.7230449590, 0.0212613622), "a": (0.3676962305, 0.0215212542),
        },
        None, None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PUBLISHED)
def test_published_fit(case: str) -> None:
    options, expected, log_likelihood, deviance = PUBLISHED[case]
    curve = golden(**options)
    for name, (value, error) in expected.items():
        assert curve.params_[name] == pytest.approx(value, abs=1e-9)
        assert curve.std_errors_[name] == pytest.approx(error, abs=1e-9)
    if log_likelihood is not None:
        assert curve.log_likelihood_ == pytest.approx(log_likelihood, abs=1e-9)
        assert curve.deviance_ == pytest.approx(deviance, abs=1e-9)
    assert curve.converged_ and curve.status_ == "OK" and curve.n_rows_ == 20
    assert curve.fixed_ == (() if case == "all free" else ("delta",))
    assert curve.covariance_.shape == (5, 5)
    assert np.sqrt(np.diag(curve.covariance_)) == pytest.approx(list(curve.std_errors_.values()))
    assert curve.aic_ == pytest.approx(2 * len(expected) - 2 * curve.log_likelihood_)


def test_published_measures() -> None:
    assert golden(fixed=()).pearson_ == pytest.approx(0.0255689093, abs=1e-9)
    assert golden(covariance="quasi").dispersion_ == pytest.approx(1.8695899117, abs=1e-9)
    assert golden(covariance="nls").squares_ == pytest.approx(0.0026709468, abs=1e-10)


def test_logistic_regression_is_statsmodels() -> None:
    curve = loy.LoyaltyCurve(a=0).fit(S, C, Y, N, fixed=("a", "delta"))
    X = np.column_stack([np.ones(20), logit(S), -logit(C)])
    glm = sm.GLM(np.column_stack([Y, N - Y]), X, family=sm.families.Binomial()).fit(tol=1e-15)
    assert list(curve.params_.values())[:3] == pytest.approx(glm.params, rel=1e-8)
    assert list(curve.std_errors_.values())[:3] == pytest.approx(glm.bse, rel=1e-8)
    assert curve.deviance_ == pytest.approx(glm.deviance, rel=1e-8)
    assert curve.pearson_ == pytest.approx(glm.pearson_chi2, rel=1e-8)
    coefficients = np.sum(gammaln(N + 1) - gammaln(Y + 1) - gammaln(N - Y + 1))  # which this library leaves out
    assert curve.log_likelihood_ == pytest.approx(glm.llf - coefficients, rel=1e-12)
    assert curve.deviance_ == pytest.approx(67.6798426806, abs=1e-9)
    assert curve.log_likelihood_ == pytest.approx(-3763.3104304428, abs=1e-9)
    predicted = curve.predict(S, C)
    frame = glm.get_prediction().summary_frame()
    assert predicted["loyalty"] == pytest.approx(frame["mean"].to_numpy(), rel=1e-9)
    assert predicted["std_error"] == pytest.approx(frame["mean_se"].to_numpy(), rel=1e-8)
    assert predicted["lower"] == pytest.approx(frame["mean_ci_lower"].to_numpy(), rel=1e-8)


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


def test_total_log_likelihood() -> None:
    curve = golden()
    found = curve.total_log_likelihood(S, C, Y, N)
    assert found.value == pytest.approx(-3741.1984542542, abs=1e-9)
    assert list(found.score) == ["alpha", "beta", "gamma", "a", "delta"]
    assert [found.score[name] for name in ("alpha", "beta", "gamma", "a")] == pytest.approx([0] * 4, abs=1e-5)
    assert np.linalg.inv(found.information[:4, :4]) == pytest.approx(curve.covariance_[:4, :4], rel=1e-8)
    other = loy.LoyaltyCurve(alpha=0.3, a=0, b=[0.5])
    k = np.linspace(0, 1, 20)
    g = 1 / (1 + np.exp(-(0.3 + logit(S) - logit(C))))
    level = 1 - np.exp(-0.5 * k) * (1 - g)
    expected = np.sum(Y * np.log(level) + (N - Y) * np.log1p(-level))
    assert other.total_log_likelihood(S, C, Y, N, constraints=[k]).value == pytest.approx(expected, rel=1e-13)
    assert loy.LoyaltyCurve(a=0).total_log_likelihood([0.0, 0.5], 0.5, [1, 0]).value == -np.inf
    with pytest.raises(loy.DomainError) as caught:
        curve.total_log_likelihood(S, C, Y, N - 300)
    assert (caught.value.argument, caught.value.index) == ("loyal", 0)


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
    plain = loy.LoyaltyCurve(a=0).fit(S, C, Y, N, fixed=("a", "delta"), covariance="robust", clusters=groups)
    X = np.column_stack([np.ones(20), logit(S), -logit(C)])
    glm = sm.GLM(np.column_stack([Y, N - Y]), X, family=sm.families.Binomial()).fit(
        tol=1e-15, cov_type="cluster", cov_kwds={"groups": groups, "use_correction": False}
    )
    assert plain.covariance_[:3, :3] == pytest.approx(glm.cov_params() * 10 / 9, rel=1e-7)


def test_robust_is_the_sandwich() -> None:
    """I^-1 (sum of u u') I^-1 G/(G - 1) in NumPy, with the derivatives of L written out."""
    rng = np.random.default_rng(7)
    pick = rng.integers(0, 20, 600)
    s, c, groups = S[pick], C[pick], rng.integers(0, 40, 600)
    y = (rng.random(600) < (Y / N)[pick]).astype(float)
    for clusters in (groups, None):
        curve = loy.LoyaltyCurve().fit(s, c, y, covariance="robust", clusters=clusters)
        alpha, beta, gamma, a, _ = curve.params_.values()
        g = 1 / (1 + np.exp(-(alpha + beta * logit(s) - gamma * logit(c))))
        free = c**a
        level = 1 - free * (1 - g)
        along = free * g * (1 - g)
        d = np.column_stack([along, along * logit(s), -along * logit(c), free * (1 - g) * -np.log(c)])
        spread = level * (1 - level)
        bread = np.linalg.inv((d / spread[:, None]).T @ d)
        score = d * ((y - level) / spread)[:, None]
        codes = np.arange(600) if clusters is None else clusters
        u = np.array([score[codes == k].sum(axis=0) for k in np.unique(codes)])
        expected = bread @ (u.T @ u) @ bread * len(u) / (len(u) - 1)
        assert curve.n_clusters_ == len(u)
        assert curve.covariance_[:4, :4] == pytest.approx(expected, rel=1e-6)


def test_boundary_mixtures() -> None:
    """Half of P(chi2_1) for one parameter at the edge, 1/2 P(chi2_1) + 1/4 P(chi2_2) for two, P(chi2_1) inside."""
    rng = np.random.default_rng(3)
    for y in (Y, rng.binomial(400, 1 / (1 + np.exp(-(0.3 + logit(S) - 0.9 * logit(C))))).astype(float)):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", loy.LoyaltyWarning)  # parameters at their bound, as may be
            full = loy.LoyaltyCurve().fit(S, C, y, N, fixed=())
            steady = loy.LoyaltyCurve().fit(S, C, y, N)
            plain = loy.LoyaltyCurve(a=0).fit(S, C, y, N, fixed=("a", "delta"))
            unit = loy.LoyaltyCurve().fit(S, C, y, N, fixed=("beta",))
        one, two, inside = (full.likelihood_ratio_test(other) for other in (steady, plain, unit))
        assert (one.df, one.boundary, two.df, two.boundary, inside.df, inside.boundary) == (1, 1, 2, 2, 1, 0)
        if one.statistic > 0:
            assert one.p_value == pytest.approx(chi2.sf(one.statistic, 1) / 2, rel=1e-9)
        if two.statistic > 0:
            mixture = chi2.sf(two.statistic, 1) / 2 + chi2.sf(two.statistic, 2) / 4
            assert two.p_value == pytest.approx(mixture, rel=1e-9)
        assert inside.p_value == pytest.approx(chi2.sf(inside.statistic, 1), rel=1e-9)


def test_intervals_of_parameters() -> None:
    quasi = golden(covariance="quasi")
    table = quasi.summary(level=0.9)
    a = table[table["parameter"] == "a"].iloc[0]
    reach = student.ppf(0.95, 16) * quasi.std_errors_["a"]
    assert (a["lower"], a["upper"]) == pytest.approx((quasi.params_["a"] - reach, quasi.params_["a"] + reach))
    beta = table[table["parameter"] == "beta"].iloc[0]
    factor = np.exp(student.ppf(0.95, 16) * quasi.std_errors_["beta"] / quasi.params_["beta"])
    assert beta["upper"] == pytest.approx(quasi.params_["beta"] * factor)
    assert beta["lower"] == pytest.approx(quasi.params_["beta"] / factor)


def test_errors_leave_a_fit_alone() -> None:
    curve = golden()
    before, record = dict(curve.params_), curve._record.copy()
    for bad in ({"satisfaction": S + 1}, {"loyal": N}, {"trials": -N}, {"competition": 1.0}):
        with pytest.raises(loy.DomainError):
            curve.fit(**{"satisfaction": S, "competition": C, "loyal": Y, "trials": N, **bad})  # type: ignore[arg-type]
        assert curve.params_ == before and np.array_equal(curve._record, record, equal_nan=True)


def test_without_covariance() -> None:
    """One satisfaction cannot tell alpha from beta: a point of the maximum, and no intervals."""
    with pytest.warns(loy.LoyaltyWarning, match="hardly determine"):
        curve = loy.LoyaltyCurve().fit(np.full(20, 0.7), C, Y, N)
    assert curve.status_ == "NOTICE_WEAK_ID" and curve.converged_ and np.isnan(curve.std_errors_["alpha"])
    with pytest.warns(loy.LoyaltyWarning, match="no covariance"):
        at = curve.predict(0.7, 0.5)
    assert 0 < at.value < 1 and np.isnan(at.std_error) and np.isnan(at.lower)
    with pytest.warns(loy.LoyaltyWarning, match="no covariance"):
        assert np.isnan(curve.required_satisfaction_interval(0.6, 0.7).std_error)


def test_iterates_of_notices() -> None:
    with pytest.warns(loy.LoyaltyWarning, match="certificate"):
        stopped = golden(max_iter=1)
    assert stopped.status_ == "NOTICE_NOT_CONVERGED" and stopped.n_iter_ == 1
    assert all(np.isfinite(value) for value in stopped.params_.values())
    assert stopped.log_likelihood_ < golden().log_likelihood_
    s, c, y = [0.1, 0.3, 0.4, 0.6, 0.8, 0.9], [0.5, 0.6] * 3, [0, 0, 0, 1, 1, 1]
    with pytest.warns(loy.LoyaltyWarning, match="run away"):
        lost = loy.LoyaltyCurve(a=0).fit(s, c, y, fixed=("a", "delta"))
    assert lost.loyalty(np.array(s), np.array(c)) == pytest.approx(np.array(y), abs=1e-6)
    held = loy.LoyaltyCurve(a=0).fit(s, c, y, fixed=("a", "delta"), ridge=1.0)
    assert held.status_ == "OK" and held.converged_


@settings(max_examples=25, deadline=None)
@given(st.floats(-0.5, 0.5), st.floats(0.7, 1.8), st.floats(0.6, 1.4), st.floats(0.1, 0.8))
def test_exact_means_are_recovered(alpha: float, beta: float, gamma: float, a: float) -> None:
    truth = loy.LoyaltyCurve(alpha=alpha, beta=beta, gamma=gamma, a=a)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        curve = loy.LoyaltyCurve().fit(S, C, truth.loyalty(S, C) * 1000, np.full(20, 1000.0))
    for name, value in (("alpha", alpha), ("beta", beta), ("gamma", gamma), ("a", a)):
        assert curve.params_[name] == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(("covariance", "df"), [("binomial", math.inf), ("quasi", 16), ("nls", 16)])
def test_summary_uses_the_distribution_of_the_intervals(covariance: Any, df: float) -> None:
    curve = golden(covariance=covariance)
    table = curve.summary(0.9)
    reach = student.ppf(0.95, df) * np.array(table["std_error"])
    assert curve.df_ == df and curve.n_params_ == 4
    expected = np.array(table["estimate"]) - reach
    expected[1] = table["estimate"][1] * np.exp(-reach[1] / table["estimate"][1])  # beta, on its logarithm
    assert np.array(table["lower"]) == pytest.approx(expected, rel=1e-12)


def test_goodness_from_market_shares() -> None:
    shares = {0.5: [0.5, 0.5], 0.8: [0.2] * 5}
    rows = np.isin(C, [0.5, 0.8])
    curve = golden()
    by_share = curve.goodness_of_fit(S[rows], shares, Y[rows], N[rows], segment=C[rows])
    by_index = curve.goodness_of_fit(S[rows], C[rows], Y[rows], N[rows])
    assert by_share.pearson == pytest.approx(by_index.pearson, rel=1e-9)


def test_prediction_without_covariance_warns() -> None:
    with pytest.warns(loy.LoyaltyWarning):
        curve = loy.LoyaltyCurve().fit([0.7] * 20, C, Y, N)
    assert curve.status_ == "NOTICE_WEAK_ID"
    with pytest.warns(loy.LoyaltyWarning):
        assert math.isnan(curve.predict(0.7, 0.5).std_error)


def test_scikit_learn_knows_what_is_fitted() -> None:
    from sklearn.exceptions import NotFittedError
    from sklearn.utils.validation import check_is_fitted

    power = loy.response.ResponseFamily("logit_linear").fit(S, C, Y, N)
    cusp = loy.response.CuspModel.from_params(w0=0, w1=1, a=[0], b=[1])
    for model in (golden(), power, cusp):
        check_is_fitted(model)
        with pytest.raises(NotFittedError):
            check_is_fitted(type(model)(**model.get_params()))
