"""Trends: against SciPy, and by counting all orders of short series; kinds of data, names in messages."""

from __future__ import annotations

from itertools import permutations
from math import factorial
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau, norm, theilslopes

import loyalty as loy
from loyalty import btyd


def s_of(y: Any) -> int:
    return int(sum(np.sign(y[j] - y[i]) for j in range(len(y)) for i in range(j)))


@settings(max_examples=60, deadline=None)
@given(y=st.lists(st.integers(0, 4), min_size=2, max_size=6))
def test_exact_with_ties(y: list[int]) -> None:
    s = s_of(y)
    orders = sum(abs(s_of(p)) >= abs(s) for p in permutations(y))
    t = btyd.trend(y)
    assert (t.s, t.known) == (s, len(y))
    assert t.p_value == pytest.approx(orders / factorial(len(y)), rel=1e-15)


@settings(max_examples=100, deadline=None)
@given(n=st.integers(2, 20), seed=st.integers(0, 10**6))
def test_exact_without_ties(n: int, seed: int) -> None:
    y = np.random.default_rng(seed).normal(size=n)
    t = btyd.trend(y.tolist())
    expected = kendalltau(np.arange(n), y, method="exact")
    assert t.p_value == pytest.approx(expected.pvalue, rel=1e-12)
    assert t.tau == pytest.approx(expected.statistic, rel=1e-12, abs=1e-15)


@settings(max_examples=100, deadline=None)
@given(n=st.integers(2, 40), top=st.integers(1, 100), level=st.floats(0.5, 0.99), seed=st.integers(0, 10**6))
def test_slope(n: int, top: int, level: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    y = rng.integers(0, top, n).astype(float)
    y[rng.random(n) < 0.2] = np.nan
    known = ~np.isnan(y)
    if known.sum() < 2:
        return
    t = btyd.trend(y.tolist(), level=level)
    expected = theilslopes(y[known], np.arange(n)[known], level)
    assert t.slope == pytest.approx(expected.slope, rel=1e-14)
    assert (t.lower, t.upper) == pytest.approx((expected.low_slope, expected.high_slope), rel=1e-14)


def test_normal_with_ties() -> None:
    y = np.random.default_rng(2).integers(0, 6, 40)
    s, (_, groups) = s_of(y), np.unique(y, return_counts=True)
    variance = (40 * 39 * 85 - (groups * (groups - 1) * (2 * groups + 5)).sum()) / 18
    expected = 2 * norm.sf((abs(s) - 1) / np.sqrt(variance))
    assert btyd.trend(y.tolist()).p_value == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, dict])
def test_kinds(make: Any) -> None:
    years = make({"2020": [1.0, 3.0, None], "2021": [2.0, 1.0, None], "2022": [3.0, None, 4.0]})
    with pytest.warns(loy.LoyaltyWarning, match="fewer than two known years"):
        r = btyd.trend(years)
    assert type(r) is type(years)
    assert np.asarray(r["slope"])[:2].tolist() == [1, -2]
    assert np.asarray(r["tau"])[:2].tolist() == [1, -1]
    assert np.isnan(np.asarray(r["p_value"])[2])
    with pytest.warns(loy.LoyaltyWarning):
        r = btyd.trend(["2021", "2020"], data=years, level=0.9, errors="coerce")
    assert r["slope"][0] == -1


def test_rows_are_the_same_as_alone() -> None:
    y = np.random.default_rng(4).normal(size=(50, 9))
    r = btyd.trend(y)
    for i in range(50):
        t = btyd.trend(y[i].tolist())
        assert [r[name][i] for name in r] == [getattr(t, name) for name in r]


def test_bad() -> None:
    with pytest.raises(loy.DomainError, match=r"^amounts\[1\]: "):
        btyd.trend([1, np.inf])
    with pytest.raises(loy.DomainError, match=r"^amounts: must be known for at least two years"):
        btyd.trend([1, None, np.nan])
    with pytest.raises(loy.LoyaltyError, match=r"^amounts: must be from 2 to 1000"):
        btyd.trend([1])
    with pytest.raises(loy.LoyaltyError, match=r"^amounts: must be a list of columns"):
        btyd.trend("2020", data={"2020": [1]})
    with pytest.raises(loy.LoyaltyError, match=r"^level: "):
        btyd.trend([1, 2], level=0)
    with pytest.raises(loy.DomainError, match=r"^amounts\[1\]: "):
        btyd.trend([[1, 1], [1, np.inf]])
    assert np.isnan(btyd.trend([[1, 1], [1, np.inf]], errors="coerce")["tau"][1])
