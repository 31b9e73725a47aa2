"""Tests, weights, plans and attribution of Net Promoter Scores, against SciPy and statsmodels."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import NormalIndPower

import loyalty as loy
from loyalty import survey

A, B = loy.nps_from_counts(50, 30, 20), loy.nps_from_counts(40, 30, 30)
FRAME = {
    "recommend": [10, 9, 3, 8, 7, 9, 9, 0, 6, 10, 8],
    "branch": ["b", "a", "b", "a", "a", "b", "a", "b", "a", "b", "c"],
}


def test_benchmark() -> None:
    r = survey.nps_test(loy.nps_from_counts(36, 42, 22), 0.0)
    assert (r.statistic, r.p_value) == pytest.approx((1.8447086091053448, 0.06507993785886387), rel=1e-12)
    r = survey.nps_test(loy.nps_from_counts(36, 42, 22), 0.0, method="score", alternative="greater")
    assert r.p_value == pytest.approx(0.06601967502129265 / 2, rel=1e-11)
    assert survey.nps_test([10, 9, 3, 8], 0.1) == survey.nps_test(loy.nps([10, 9, 3, 8]), 0.1)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame])
def test_benchmark_by_group(make: Any) -> None:
    by = survey.nps_test("recommend", 0.0, by="branch", data=make(FRAME), method="wald")
    assert type(by) is make
    rows = pl.DataFrame(by).to_dict(as_series=False)
    assert rows["branch"] == ["a", "b", "c"]
    own = survey.nps_test([9, 8, 7, 9, 6], 0.0, method="wald")
    assert (rows["statistic"][0], rows["p_value"][0], rows["n"][0]) == (own.statistic, own.p_value, 5)
    assert rows["p_value"][2] is None or math.isnan(rows["p_value"][2])


def test_compare() -> None:
    r = survey.nps_compare(A, B)
    assert (r.centre, r.p_value, r.lower, r.upper) == pytest.approx(
        (0.1941747573, 0.0832158675, -0.0255159598, 0.4138654744), abs=5.1e-11
    )
    assert survey.nps_compare(A, B, method="wald").p_value == pytest.approx(0.0794106260, abs=5.1e-11)
    two = {name: column[:10] for name, column in FRAME.items()}
    r = survey.nps_compare("recommend", by="branch", data=pd.DataFrame(two))
    assert r == survey.nps_compare([9, 8, 7, 9, 6], [10, 3, 9, 0, 10])
    with pytest.raises(loy.LoyaltyError, match="by: must hold two groups, not 3"):
        survey.nps_compare("recommend", by="branch", data=FRAME)
    with pytest.raises(loy.LoyaltyError, match="second: give either"):
        survey.nps_compare(A)
    with pytest.raises(loy.LoyaltyError, match="alternative: must be one of"):
        survey.nps_compare(A, B, alternative="above")  # type: ignore[arg-type]


def test_golden() -> None:
    """50/30/20 against 40/30/30, and planned sizes, to the digits of the specification's worked examples."""
    wald, adjusted = survey.nps_compare(A, B, method="wald"), survey.nps_compare(A, B)
    assert (wald.centre, wald.standard_error, wald.statistic, wald.p_value) == pytest.approx(
        (0.2, 0.1140175425, 1.7541160386, 0.0794106260), abs=5.1e-11
    )
    assert (adjusted.centre, adjusted.standard_error, adjusted.statistic, adjusted.p_value) == pytest.approx(
        (0.1941747573, 0.1120891602, 1.7323241327, 0.0832158675), abs=1.1e-10
    )
    assert (adjusted.difference, adjusted.df) == (pytest.approx(0.2), math.inf)
    assert survey.nps_compare(B, A).statistic == -adjusted.statistic
    sizes = {(0.05, 1.0, "wald"): 1537, (0.05, 0.7, "wald"): 1076, (0.05, 0.7, "adjusted_wald"): 1073,
             (0.1, 0.5, "wald"): 193}  # fmt: skip
    for (half_width, variance, method), n in sizes.items():
        assert survey.nps_sample_size(half_width, variance=variance, method=method) == n  # type: ignore[arg-type]


def test_permutation() -> None:
    rng = np.random.default_rng(5)
    x, y = np.array([1] * 5 + [0] * 2 + [-1]), np.array([1] + [0] * 3 + [-1] * 7)
    p = stats.permutation_test(
        (x, y), lambda a, b: a.mean() - b.mean(), n_resamples=100_000, alternative="greater", random_state=rng
    )
    a, b = loy.nps_from_counts(5, 2, 1), loy.nps_from_counts(1, 3, 7)
    difference, exact = survey.nps_permutation_test(a, b, alternative="greater")
    assert difference == pytest.approx(x.mean() - y.mean())
    assert exact == pytest.approx(p.pvalue, abs=1e-3)  # all 75582 divisions


def test_paired_and_overlap() -> None:
    rng = np.random.default_rng(3)
    before = rng.integers(0, 11, 60).astype(float)
    after = np.clip(before + rng.integers(-3, 6, 60), 0, 10)
    group = lambda s: (s >= 9) * 1.0 - (s < 7)  # noqa: E731
    expected = stats.ttest_rel(group(after), group(before))
    r = survey.nps_paired(before, after)
    interval = expected.confidence_interval(0.95)
    assert (r.statistic, r.p_value, r.lower, r.upper) == pytest.approx(
        (expected.statistic, expected.pvalue, interval.low, interval.high), rel=1e-10
    )
    before[:9] = np.nan
    after[50:] = np.nan
    both = ~np.isnan(before) & ~np.isnan(after)
    x, y = group(before[9:]), group(after[:50])
    covariance = np.cov(group(before[both]), group(after[both]), ddof=0)[0, 1]
    se = math.sqrt(x.var() / 51 + y.var() / 50 - 2 * both.sum() * covariance / (51 * 50))
    r = survey.nps_overlap("x", "y", data={"x": before, "y": after})
    assert (r.difference, r.standard_error) == pytest.approx((y.mean() - x.mean(), se), rel=1e-12)
    with pytest.raises(loy.DomainError, match=r"before\[0\]"):
        survey.nps_paired(before, after)
    with pytest.raises(loy.DomainError, match=r"after\[1\]"):
        survey.nps_paired([1, 2], [3, 12])


def test_groups() -> None:
    r = survey.nps_groups({"n": (50, 30, 20), "e": B, "s": (20, 40, 40), "w": (15, 5, 3)})
    assert (r.statistic, r.df, r.p_value) == pytest.approx((28.40688077707238, 3, 2.9835161030459574e-06), rel=1e-11)
    assert [(p.first, p.second) for p in r.pairs][:3] == [("n", "e"), ("n", "s"), ("n", "w")]
    raw = [p.comparison.p_value for p in r.pairs]
    assert [p.adjusted_p_value for p in r.pairs] == pytest.approx(multipletests(raw, method="holm")[1], rel=1e-12)
    assert list(survey.holm(raw)) == [p.adjusted_p_value for p in r.pairs]
    assert list(survey.nps_groups("recommend", by="branch", data=FRAME).groups) == ["a", "b", "c"]
    with pytest.raises(loy.DomainError, match="scores: "):
        survey.nps_groups({"only": A})


def test_weighted_and_stratified() -> None:
    r = survey.nps_weighted([10, 9, 8, 0, 6, 9], [1, 2, 1, 0.5, 1.5, 1])
    assert r.nps == loy.nps([10, 9, 8, 0, 6, 9], [1, 2, 1, 0.5, 1.5, 1])
    assert (r.design_effect, r.uncorrected_standard_error) == pytest.approx((57 / 49, 0.3853307671), abs=1e-10)
    r = survey.nps_stratified([50, 20], [30, 40], [20, 40], weights=[0.6, 0.4])
    assert (r.score, r.standard_error) == pytest.approx((0.1, 0.0556057551), abs=5.1e-11)
    frame = pd.DataFrame({"p": [50, 20], "a": [30, 40], "d": [20, 40], "size": [600, 400]})
    finite = survey.nps_stratified("p", "a", "d", population="size", data=frame)
    expected = math.sqrt(0.36 * 0.61 / 100 * (5 / 6) + 0.16 * 0.56 / 100 * 0.75)
    assert finite.standard_error == pytest.approx(expected, rel=1e-13)
    assert survey.nps_compare(finite, A).difference == pytest.approx(-0.2)
    with pytest.warns(loy.LoyaltyWarning, match="single answer"):
        survey.nps_stratified([50, 1], [30, 0], [20, 0], weights=[1, 1])
    with pytest.raises(loy.DomainError, match=r"population\[1\]"):
        survey.nps_stratified("p", "a", "d", population=[600, 4], data=frame)


def test_plan() -> None:
    assert survey.nps_sample_size(0.05, variance=1, method="wald") == 1537
    assert survey.nps_sample_size(0.05) == 1073
    assert survey.nps_sample_size(0.05, variance=1, population=2000, method="wald") == 870
    assert survey.nps_half_width(1073) <= 0.05 < survey.nps_half_width(1072)
    assert survey.nps_group_sizes(0.1) == (1099, 1099)
    assert survey.nps_group_sizes(0.1, variance_second=0) == (550, 0)
    expected = NormalIndPower().power(0.1 / math.sqrt(0.7), 300, 0.05, 2, "larger")
    assert survey.nps_power(0.1, 300, 600, alternative="greater") == pytest.approx(expected, rel=1e-12)
    with pytest.raises(loy.DomainError, match="half_width"):
        survey.nps_sample_size(0)


def test_attribution() -> None:
    m = survey.nps_moves(50, 30, 20)
    assert m.new_promoter == pytest.approx(31 / 101 - 0.3)
    assert survey.nps_gap(50, 30, 20, 0.4) == survey.NPSGap(10, 5, 17)
    with pytest.warns(loy.LoyaltyWarning):
        assert survey.nps_gap(50, 30, 20, 0.3).status_ == "NOTICE_NOT_NEEDED"
    frame = pd.DataFrame({
        "g": ["a", "b"], "p0": [30, 10], "a0": [10, 20], "d0": [10, 20], "p1": [40, 60], "a1": [20, 30], "d1": [20, 30]
    })  # fmt: skip
    r = survey.nps_attribution(frame, group="g", before=("p0", "a0", "d0"), after=("p1", "a1", "d1"))
    assert (r.change, r.mix, r.rate) == pytest.approx((0.15, -0.03, 0.18))
    assert r.groups["relative_mix"].tolist() == pytest.approx([-0.015, -0.015])
    same = survey.nps_attribution(
        share_before=[0.5, 0.5], share_after=[0.4, 0.6], score_before=[0.4, -0.2], score_after=[0.25, 0.25]
    )
    assert same.groups["rate"].tolist() == pytest.approx(r.groups["rate"].tolist())
    with pytest.raises(loy.DomainError, match="share_after"):
        survey.nps_attribution(share_before=[1], share_after=[0.9], score_before=[0], score_after=[0])


def test_groups_are_named() -> None:
    """Groups keep their names as Python's own values, in results and in errors."""
    found = survey.nps_groups([10, 9, 3, 8], by=np.array(["a", "a", "b", "b"]))
    assert [type(name) for name in found.groups] == [str, str] and type(found.pairs[0].first) is str
    assert [type(name) for name in survey.nps_groups([10, 9, 3, 8], by=np.array([1, 1, 2, 2])).groups] == [int, int]
    with pytest.raises(loy.DomainError, match=r"^scores: has too few answers in group 'b'"):
        survey.nps_groups([10, 9, np.nan], by=["a", "a", "b"], skip_missing=True)
    with pytest.raises(loy.LoyaltyError, match=r"^scores: must be an NPS or \(promoters, .* in group 'b'"):
        survey.nps_groups({"a": (1, 2, 3), "b": (1, 2)})
    with pytest.raises(loy.DomainError, match=r"^scores: in group 'b', passives: must be at least 0"):
        survey.nps_groups({"a": (1, 2, 3), "b": (1, -2, 3)})
    with pytest.raises(loy.DomainError, match=r"^scores: must not all be alike.*\(group 'b'\)"):
        survey.nps_groups({"a": (1, 2, 3), "b": (3, 0, 0)}, method="wald")
    with pytest.raises(loy.DomainError, match=r"^scores: must be two groups or more"):
        survey.nps_groups({"a": (1, 2, 3)})


def test_benchmark_is_checked_when_no_group_has_answers() -> None:
    with pytest.raises(loy.DomainError, match=r"^benchmark: must be from -1 to 1"):
        survey.nps_test([np.nan], 30, by=["a"], skip_missing=True)


def test_names_of_bad_counts() -> None:
    with pytest.raises(loy.DomainError, match=r"^promoters\[1\]: must be at least 0"):
        survey.nps_stratified([5, -1], [3, 3], [2, 2], weights=[1, 1])
    with pytest.raises(loy.LoyaltyError, match=r"^after: must be three columns: \(promoters, passives, detractors\)"):
        survey.nps_attribution(before=([1], [2], [3]), after=([1], [2]))
