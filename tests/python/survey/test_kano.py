"""loyalty.survey.kano: words, kinds of data, intervals, tables of features."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from statsmodels.stats.proportion import proportion_confint

import loyalty as loy
from loyalty import survey


def test_counts() -> None:
    k = survey.kano_from_counts(attractive=12, one_dimensional=8, must_be=4, indifferent=16, reverse=3, questionable=2)
    assert (k.category, k.better, k.worse, k.n, k.missing, k.tied) == ("indifferent", 0.5, -0.3, 45, 0, False)
    assert k.counts["attractive"] == 12
    assert k.better_standard_error == pytest.approx(math.sqrt(0.25 / 40), rel=4e-16)
    better, worse = k.intervals()
    assert better == pytest.approx(proportion_confint(20, 40, 0.05, "wilson"), rel=1e-13)
    assert worse == pytest.approx(tuple(-x for x in proportion_confint(12, 40, 0.05, "wilson")[::-1]), rel=1e-13)
    with pytest.warns(loy.LoyaltyWarning, match="the coefficients do not exist"):
        k = survey.kano_from_counts(questionable=3)
    assert k.status_ == "NOTICE_NONE"
    assert math.isnan(k.better)
    with pytest.raises(loy.DomainError):
        k.intervals()
    with pytest.raises(loy.DomainError, match=r"^must_be: must be from 0 to 2"):
        survey.kano_from_counts(must_be=-1)


@pytest.mark.parametrize("make", [list, np.array, pd.Series, pl.Series])
def test_words_are_numbers(make: Any) -> None:
    by_number = survey.kano(make([1, 1, 2, 3, 5]), make([5, 2, 5, 3, 1]))
    words = (
        make(["like", "like", "expect", "neutral", "dislike"]),
        make(["dislike", "expect", "dislike", "neutral", "like"]),
    )
    assert survey.kano(*words) == by_number
    chinese = make([survey.KANO_ANSWERS_ZH[i - 1] for i in (1, 1, 2, 3, 5)])
    assert survey.kano(chinese, words[1]) == by_number
    assert by_number.category == "must-be"
    assert by_number.tied


def test_missing_and_bad() -> None:
    assert survey.kano([1, None, 1], [5, 5, None], skip_missing=True).missing == 2
    assert survey.kano(["like", None], ["dislike", "like"], skip_missing=True).missing == 1
    with pytest.raises(loy.DomainError, match=r"^functional\[1\]: must not be missing"):
        survey.kano([1, None], [5, 5])
    with pytest.raises(loy.LoyaltyError, match=r"^dysfunctional\[1\]: 'hate' is no answer"):
        survey.kano(["like", "like"], ["like", "hate"])
    with pytest.raises(loy.DomainError):
        survey.kano([], [])


def test_classify() -> None:
    assert survey.kano_classify(1, 5) == "one-dimensional"
    assert survey.kano_classify("like", "neutral") == "attractive"
    data = pd.DataFrame({"f": [1, 5, 9], "d": [1, 1, 1]}, index=["a", "b", "c"])
    r = survey.kano_classify("f", "d", data=data, errors="coerce")
    assert isinstance(r, pd.Series)
    assert r["a"] == "questionable"
    assert r["b"] == "reverse"
    assert r["c"] is None or pd.isna(r["c"])
    with pytest.raises(loy.DomainError, match=r"^functional\[2\]"):
        survey.kano_classify("f", "d", data=data)
    with pytest.raises(loy.DomainError, match=r"^dysfunctional: "):
        survey.kano_classify(1, 0)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, dict])
def test_table_of_features(make: Any) -> None:
    data = make(
        {"w1": ["like", "like", "like"], "w0": ["dislike", "neutral", "neutral"], "t1": [1, 1, 5], "t0": [1, 1, 5]}
    )
    with pytest.warns(loy.LoyaltyWarning):
        r = survey.kano_table({"wifi": ("w1", "w0"), "tv": ("t1", "t0")}, data=data)
    assert type(r) is type(data)
    assert np.asarray(r["feature"]).tolist() == ["wifi", "tv"]
    assert np.asarray(r["category"]).tolist() == ["attractive", "questionable"]
    assert np.asarray(r["better"])[0] == 1.0
    assert np.asarray(r["worse_lower"])[0] == pytest.approx(-proportion_confint(1, 3, 0.05, "wilson")[1], rel=1e-13)
    assert np.isnan(np.asarray(r["worse_lower"])[1])
    assert np.asarray(r["Q"]).tolist() == [0, 3]
    with pytest.raises(loy.LoyaltyError, match=r"^wifi\.functional\[0\]"):
        survey.kano_table({"wifi": ([9], [1])})
    with pytest.raises(loy.LoyaltyError, match="features"):
        survey.kano_table({})


def test_zones() -> None:
    assert survey.expectation_zone(True, True) == "satisfaction"
    assert survey.expectation_zone(1, 0) == "delight"
    assert survey.expectation_zone(np.array([0, 0]), np.array([True, False])).tolist() == ["basic", "loyalty"]
    with pytest.raises(loy.DomainError, match=r"^expected: must be 0 or 1"):
        survey.expectation_zone(1, 2)
    with pytest.raises(loy.DomainError, match=r"^expressed\[1\]"):
        survey.expectation_zone([1, 3], [1, 1])
    assert survey.expectation_zone([1, 3], [1, 1], errors="coerce").tolist() == ["satisfaction", None]


def test_names() -> None:
    assert survey.KANO_LETTERS == ("A", "O", "M", "I", "R", "Q")
    assert survey.KANO_CATEGORIES[:3] == ("attractive", "one-dimensional", "must-be")
    assert survey.EXPECTATION_ZONES == ("basic", "satisfaction", "delight", "loyalty")
    assert survey.EXPECTATION_ZONES_ZH == ("基本区", "满意区", "愉悦区", "忠诚区")
    assert len(set(survey.KANO_CATEGORIES_ZH)) == 6


def test_words_and_numbers() -> None:
    """Words may stand among numbers, in a list as in a column, and alone."""
    expected = survey.kano([1, 2, 1], [5, 5, 3])
    assert survey.kano(["like", 2, "喜欢"], [5, "dislike", 3]) == expected
    assert survey.kano("like", "dislike").category == survey.kano_classify("like", "dislike") == "one-dimensional"
    with pytest.raises(loy.DomainError, match=r"^dysfunctional\[1\]: must not be missing, unless skip_missing"):
        survey.kano(["like", 2], [5, None])
    with pytest.raises(loy.LoyaltyError, match=r"^functional: 'Like' is no answer; these are 'like', 'expect'"):
        survey.kano_classify("Like", "dislike")


def test_level_and_counts_are_named() -> None:
    with pytest.raises(loy.DomainError, match=r"^level: "):
        survey.kano_table({"wifi": ([5], [1])}, level=3)
    with pytest.warns(loy.LoyaltyWarning):
        reverse = survey.kano_from_counts(reverse=3)
    with pytest.raises(loy.DomainError, match=r"^counts: must have somebody in A, O, M or I"):
        reverse.intervals()
