"""loyalty.survey: share of wallet and wallet allocation, against exact fractions and pandas; kinds of data."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy.stats import t

import loyalty as loy
from loyalty import survey


def test_share_of_each() -> None:
    assert survey.wallet_share(25, 100) == 0.25
    with pytest.raises(loy.DomainError, match=r"^category: "):
        survey.wallet_share(0, 0)
    with pytest.raises(loy.DomainError, match=r"^own: "):
        survey.wallet_share(2, 1)
    data = pl.DataFrame({"us": [10.0, 0.0], "all": [40.0, 0.0]})
    with pytest.warns(loy.LoyaltyWarning, match="without spend"):
        r = survey.wallet_share("us", "all", data=data)
    assert isinstance(r, pl.Series)
    assert r[0] == 0.25
    assert np.isnan(r[1])
    with pytest.raises(loy.DomainError, match=r"^own\[1\]"):
        survey.wallet_share([1, 5], [2, 4])
    assert np.isnan(survey.wallet_share([1, 5], [2, 4], errors="coerce")[1])


def test_share_of_all_is_exact() -> None:
    """The ratio, its error and the mean against exact rational arithmetic."""
    r = random.Random(5)
    category = [r.lognormvariate(3, 2) for _ in range(9000)]
    own = [c * r.betavariate(0.5, 1) for c in category]
    o, c = [Fraction(x) for x in own], [Fraction(x) for x in category]
    ratio = sum(o) / sum(c)
    squares = sum((a - ratio * b) ** 2 for a, b in zip(o, c, strict=True))
    variance = Fraction(9000, 8999) * squares / sum(c) ** 2
    found = survey.share_of_wallet(own, category)
    assert found.share == pytest.approx(float(ratio), rel=4e-16)
    assert found.standard_error == pytest.approx(math.sqrt(variance), rel=1e-14)
    assert found.mean_share == pytest.approx(float(sum(a / b for a, b in zip(o, c, strict=True)) / 9000), rel=4e-16)
    half = t.ppf(0.95, 8999) * found.standard_error
    assert found.interval(0.9) == pytest.approx((found.share - half, found.share + half), rel=1e-12)


def test_share_of_few() -> None:
    with pytest.warns(loy.LoyaltyWarning, match="too few"):
        one = survey.share_of_wallet([1.0], [4.0])
    assert (one.share, one.n, one.status_) == (0.25, 1, "NOTICE_NONE")
    assert math.isnan(one.standard_error)
    with pytest.raises(loy.DomainError):
        one.interval()
    with pytest.warns(loy.LoyaltyWarning, match="without spend"):
        r = survey.share_of_wallet([1, 0, 2, 9], [4, 0, 4, 1], errors="coerce")
    assert (r.n, r.skipped, r.bad, r.share) == (2, 1, 1, 0.375)


def test_rule() -> None:
    assert [survey.wallet_allocation_share(r, 4) for r in (1, 2, 3, 4)] == pytest.approx(
        [0.4, 0.3, 0.2, 0.1], rel=4e-16
    )
    assert survey.wallet_allocation_share(1, 1) == 1.0
    with pytest.raises(loy.DomainError, match=r"^rank: "):
        survey.wallet_allocation_share(5, 4)
    with pytest.raises(loy.DomainError, match=r"^brands: "):
        survey.wallet_allocation_share(1, 0)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, dict])
def test_allocation(make: Any) -> None:
    data = make({"id": [1, 2, 3], "ours": [9.0, 8.0, 7.0], "theirs": [7.0, 8.0, 6.0], "other": [8.0, None, 9.0]})
    r = survey.wallet_allocation(["ours", "theirs", "other"], data=data)
    assert type(r.shares) is type(data)
    assert np.asarray(r.shares["ours"]).tolist() == pytest.approx([1 / 2, 1 / 2, 1 / 3], rel=4e-16)
    assert np.asarray(r.shares["other"]).tolist() == pytest.approx([1 / 3, 0, 1 / 2], rel=4e-16)
    assert r.users == {"ours": 3, "theirs": 3, "other": 2}
    assert r.scores["other"] == pytest.approx(5 / 12, rel=4e-16)
    assert r.standard_errors["other"] == pytest.approx(1 / 12, rel=1e-14)
    assert r.status_ == "OK"
    named = survey.wallet_allocation({"we": "ours", "they": "theirs"}, data=data, lower_is_better=True)
    assert list(named.scores) == ["we", "they"]
    assert np.asarray(named.shares["we"]).tolist() == pytest.approx([1 / 3, 1 / 2, 1 / 3], rel=4e-16)


def test_allocation_against_pandas() -> None:
    rng = np.random.default_rng(11)
    frame = pd.DataFrame(rng.integers(0, 11, (500, 6)).astype(float), columns=list("abcdef"))
    frame = frame.mask(rng.random(frame.shape) < 0.4)
    frame["a"] = frame["a"].fillna(5.0)
    rank, k = frame.rank(axis=1, ascending=False), frame.notna().sum(axis=1)
    expected = (1 - rank.div(k + 1, axis=0)).mul(2 / k, axis=0)
    r = survey.wallet_allocation(frame)
    np.testing.assert_allclose(r.shares, expected.fillna(0.0), rtol=1e-14, atol=0)
    np.testing.assert_allclose(r.shares.sum(axis=1), 1.0, rtol=1e-15)
    np.testing.assert_allclose(list(r.scores.values()), expected.mean(), rtol=1e-14)
    np.testing.assert_allclose(list(r.standard_errors.values()), expected.sem(), rtol=1e-13)


def test_allocation_bad() -> None:
    with pytest.raises(loy.DomainError, match=r"^ratings\[1\]: must hold a number for at least one brand"):
        survey.wallet_allocation({"a": [1.0, np.nan], "b": [2.0, np.nan]})
    with pytest.warns(loy.LoyaltyWarning, match="fewer than two users"):
        r = survey.wallet_allocation({"a": [1.0, np.nan], "b": [2.0, np.nan]}, errors="coerce")
    assert r.bad == 1
    assert r.status_ == "NOTICE_NONE"
    assert np.isnan(r.shares["a"][1])
    with pytest.raises(loy.LoyaltyError, match="ratings: must be from 1 to 1000"):
        survey.wallet_allocation({})
    with pytest.raises(loy.LoyaltyError, match="there is no such column"):
        survey.wallet_allocation(["a"], data={"b": [1]})


def test_names_in_messages() -> None:
    with pytest.warns(loy.LoyaltyWarning):
        one = survey.share_of_wallet([5], [10])
    with pytest.raises(loy.DomainError, match=r"^n: must be of at least two customers"):
        one.interval()
    with pytest.raises(loy.LoyaltyError, match=r"^ratings: a plain array has no column names"):
        survey.wallet_allocation(np.ones((2, 2)))
    with pytest.raises(loy.LoyaltyError, match=r"^ratings: must be a list of columns of data"):
        survey.wallet_allocation("ab", data={"a": [1], "b": [2]})
