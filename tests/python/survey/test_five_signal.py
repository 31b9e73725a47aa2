"""loyalty.survey.five_signal_index, percentile, amount_trend: against SciPy and by brute force; kinds of data."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy.stats import kendalltau, rankdata

import loyalty as loy
from loyalty import survey


def test_index() -> None:
    r = survey.five_signal_index(0.9, 0.5, 9, 4, 5)
    assert r == (pytest.approx((0.9 + 0.5 + 0.9 + 0.75 + 1) / 5, abs=4e-16), 5)
    r = survey.five_signal_index(recommendation=9, satisfaction=4, trust=6, trust_scale=(0, 10), weights={"trust": 2})
    assert r == (pytest.approx((0.9 + 0.75 + 2 * 0.6) / 4, abs=4e-16), 3)
    with pytest.warns(loy.LoyaltyWarning, match="too few signals"):
        assert np.isnan(survey.five_signal_index(0.5, 0.5).five_signal_index)
    assert survey.five_signal_index(0.5, 0.25, least=2).five_signal_index == 0.375


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, dict])
def test_tables(make: Any) -> None:
    data = make({"f": [0.5, 0.9], "r": [10.0, None], "s": [5.0, 3.0], "t": [1.0, 1.0]})
    r = survey.five_signal_index("f", None, "r", "s", "t", data=data)
    assert type(r) is type(data)
    assert np.asarray(r["five_signal_index"]).tolist() == pytest.approx([2.5 / 4, 1.4 / 3], rel=4e-16)
    assert np.asarray(r["known"]).tolist() == [4, 3]


def test_bad() -> None:
    with pytest.raises(loy.DomainError, match=r"^frequency\[1\]: must be on its scale"):
        survey.five_signal_index([0.5, 5], 0.5, 5, 3, 3)
    with pytest.raises(loy.DomainError, match=r"^trust: must be on its scale"):
        survey.five_signal_index(0.5, 0.5, 5, 3, 7)
    with pytest.raises(loy.LoyaltyError, match="weights: 'love' has no weight; these have: frequency"):
        survey.five_signal_index(0.5, weights={"love": 1})
    with pytest.raises(loy.DomainError, match=r"^weights\[4\]"):
        survey.five_signal_index(0.5, weights={"trust": -1})
    with pytest.raises(loy.LoyaltyError, match="another signal must be given"):
        survey.five_signal_index()
    with pytest.raises(loy.LoyaltyError, match="least"):
        survey.five_signal_index(0.5, least=0)
    r = survey.five_signal_index([0.5, 5], 0.5, 5, 3, 3, errors="coerce")
    assert np.isnan(r["five_signal_index"][1])
    assert r["known"].tolist() == [5, 0]


def test_percentile_is_the_mean_rank() -> None:
    values = np.random.default_rng(7).integers(0, 50, 1000).astype(float)
    expected = (rankdata(values) - 0.5) / 1000
    np.testing.assert_allclose(survey.percentile(values), expected, rtol=4e-16, atol=0)
    s = survey.percentile(pd.Series([3.0, None, 1.0], index=[7, 8, 9]))
    assert s[7] == 0.75
    assert s[9] == 0.25
    assert np.isnan(s[8])
    with pytest.raises(loy.DomainError, match=r"^values\[1\]: must be finite"):
        survey.percentile([1.0, np.inf])


def test_trend_by_brute_force() -> None:
    """All series of six years of three amounts, and SciPy's tau where there are no ties."""
    series = np.array(list(product([0.0, 1.0, 2.5], repeat=6)))
    expected = [(sum(np.sign(b - a) for a, b in combinations(row, 2)) / 15 + 1) / 2 for row in series]
    np.testing.assert_allclose(survey.amount_trend(series), expected, rtol=0, atol=2e-16)
    rng = np.random.default_rng(3)
    for years in (2, 3, 8, 30):
        row = rng.normal(size=years)
        assert survey.amount_trend(list(row)) == pytest.approx((kendalltau(range(years), row)[0] + 1) / 2, abs=1e-15)


def test_trend_of_columns() -> None:
    data = pl.DataFrame({"y1": [1.0, 5.0, None], "y2": [2.0, None, None], "y3": [3.0, 4.0, 1.0]})
    r = survey.amount_trend(["y1", "y2", "y3"], data=data)
    assert isinstance(r, pl.Series)
    assert r.to_list()[:2] == [1.0, 0.0]
    assert np.isnan(r[2])
    with pytest.raises(loy.LoyaltyError, match="amounts: must be from 2 to 1000"):
        survey.amount_trend([[1.0, 2.0]])
    with pytest.raises(loy.LoyaltyError, match="amounts: must be from 2 to 1000"):
        survey.amount_trend([])
    with pytest.raises(loy.DomainError, match=r"^amounts\[1\]: must be finite"):
        survey.amount_trend([[1.0, np.inf], [1.0, 1.0]])
    assert np.isnan(survey.amount_trend([[1.0, np.inf], [1.0, 1.0]], errors="coerce")[1])


def test_names() -> None:
    assert survey.SIGNALS == ("frequency", "amount", "recommendation", "satisfaction", "trust")
    assert survey.SIGNALS_ZH == ("购买频率", "购买金额", "推荐", "满意度", "信任度")


def test_weights_and_scales() -> None:
    given = (0.2, 0.5, 9, 4, 2)
    assert survey.five_signal_index(*given, weights=[1, 1, 1, 1, 3]) == survey.five_signal_index(
        *given, weights={"trust": 3}
    )
    with pytest.raises(loy.LoyaltyError, match=r"^weights: must be 5 numbers, or a dict of some of frequency"):
        survey.five_signal_index(*given, weights=[1, 2])
    with pytest.raises(loy.LoyaltyError, match=r"^trust_scale: must be \(lowest, highest\)"):
        survey.five_signal_index(*given, trust_scale=(1, 5, 2))
    with pytest.raises(loy.DomainError, match=r"^satisfaction_scale: must be above lowest"):
        survey.five_signal_index(*given, satisfaction_scale=(5, 1))


def test_trend_of_a_frame() -> None:
    """Years as the columns of a frame, whose names may be numbers."""
    years = pd.DataFrame({2023: [1, 9, 5], 2024: [2, 8, 5], 2025: [3, 7, 5]}, index=[7, 8, 9])
    found = survey.amount_trend(years)
    assert isinstance(found, pd.Series) and found.index.tolist() == [7, 8, 9] and found.tolist() == [1.0, 0.0, 0.5]
    assert survey.amount_trend({"a": [1, 2], "b": [2, 1]}).tolist() == [1.0, 0.0]
    with pytest.raises(loy.LoyaltyError, match=r"^amounts: must be a list of columns"):
        survey.amount_trend("a", data={"a": [1]})
