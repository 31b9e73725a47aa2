"""loyalty.survey: means with their t intervals, effort, shares of classes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy import stats

import loyalty as loy
from loyalty import survey


@pytest.mark.parametrize("make", [list, np.array, pd.Series, pl.Series])
def test_csat_mean(make: Any) -> None:
    r = survey.csat_mean(make([5, 4, 4, 3, 2, 5]))
    assert (r.n, r.missing, r.status_) == (6, 0, "OK")
    assert r.interval() == pytest.approx((2.6064956416283593265, 5.0601710250383073401), rel=1e-14)
    assert survey.csat_mean("x", data={"x": make([1, 2])}, highest=2).mean == 1.5
    with pytest.raises(loy.DomainError, match=r"^scores\[1\]: "):
        survey.csat_mean(make([5, 6]))


def test_mean_against_scipy() -> None:
    generator = np.random.default_rng(3)
    for n in (2, 3, 10, 5000, 100_001):
        x = generator.normal(size=n) * 10 + 1000
        r = survey.mean_from_values(x)
        assert r.mean == pytest.approx(math.fsum(x) / n, rel=4e-16)
        assert r.standard_error == pytest.approx(stats.sem(x), rel=1e-12)
        for level in (0.5, 0.95, 0.999):
            expected = stats.t.interval(level, n - 1, r.mean, r.standard_error)
            assert r.interval(level) == pytest.approx(expected, rel=1e-11)


def test_mean_edges() -> None:
    with pytest.warns(loy.LoyaltyWarning, match="single value"):
        one = survey.mean_from_values([None, 3], skip_missing=True)
    assert (one.mean, one.n, one.missing, one.status_) == (3.0, 1, 1, "NOTICE_NONE")
    with pytest.raises(loy.DomainError, match=r"^n: must be the mean of at least two"):
        one.interval()
    with pytest.raises(loy.DomainError, match=r"^values\[0\]: "):
        survey.mean_from_values([None, 3])
    with pytest.raises(loy.DomainError, match=r"^values: must hold at least one"):
        survey.mean_from_values([])
    with pytest.raises(loy.DomainError, match=r"^level: "):
        survey.mean_from_values([1, 2]).interval(0)


def test_ces() -> None:
    r = survey.ces([7, 6, 5, 5, 4, 2, 7, 1])
    assert r.mean.mean == 4.625
    assert r.mean.interval() == pytest.approx((2.7858896951043804991, 6.4641103048956195009), rel=1e-14)
    assert (r.agree.top, r.agree.n, r.agree.score) == (5, 8, 0.625)
    assert r.agree.interval() == pytest.approx((0.30574239460262728967, 0.86315571417640264394), rel=1e-14)
    five = survey.ces("q", data=pd.DataFrame({"q": [5, 4, None, 1]}), highest=5, boxes=2, skip_missing=True)
    assert (five.agree.top, five.agree.missing, five.mean.missing) == (2, 1, 1)
    with pytest.raises(loy.DomainError, match=r"^scores\[1\]: must be a whole number on the scale"):
        survey.ces([7, 8])
    with pytest.raises(loy.LoyaltyError, match="boxes"):
        survey.ces([7], boxes=7)


def test_shares() -> None:
    r = survey.shares_from_counts({"yes": 80, "no": 40})
    assert r["class"].tolist() == ["yes", "no"] and r["count"].tolist() == [80, 40]
    assert r["share"].tolist() == [80 / 120, 40 / 120]
    assert r["lower"][0] == pytest.approx(0.5783110162, abs=5.1e-11)
    assert r["upper"][0] == pytest.approx(0.7446825950, abs=5.1e-11)
    frame = survey.shares_from_counts("n", data=pl.DataFrame({"n": [1, 2, 3]}))
    assert isinstance(frame, pl.DataFrame) and frame.columns == ["count", "share", "lower", "upper"]
    with pytest.raises(loy.DomainError, match=r"^counts\[1\]: "):
        survey.shares_from_counts([1, -1])
    with pytest.raises(loy.LoyaltyError, match=r"^counts\[1\]: must be a whole number"):
        survey.shares_from_counts([1, 0.5])
    with pytest.raises(loy.DomainError, match=r"^level: "):
        survey.shares_from_counts([1], level=1)


def test_levels() -> None:
    assert survey.CSAT_LEVELS[3] == "satisfied" and survey.CSAT_LEVELS[5] == "very satisfied"
    assert list(survey.CSAT_LEVELS_ZH.values()) == ["很不满意", "不满意", "满意", "比较满意", "很满意"]
