"""Market structure, scales and presets: numbers computed from the formulas."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import loyalty as loy
from loyalty import response


def test_published_market() -> None:
    m = response.market_structure([0.4, 0.3, 0.2, 0.1])
    assert m.hhi == pytest.approx(0.3, rel=1e-15)
    assert m.effective_suppliers == pytest.approx(10 / 3, rel=1e-15)
    assert m.index == pytest.approx(0.7, rel=1e-15)
    assert m.normalized_hhi == pytest.approx(0.0666666667, abs=5e-11)
    assert m.entropy == pytest.approx(1.2798542258, abs=5e-11)
    assert m.entropy_suppliers == pytest.approx(3.5961154666, abs=5e-11)
    assert m.suppliers == 4


def test_shares_must_sum_to_one() -> None:
    assert loy.competition_index(pd.Series([0.5, 0.5])) == 0.5
    with pytest.raises(loy.DomainError, match=r"^shares: must sum to 1, not [0-9.]+; normalize=True divides"):
        loy.competition_index([0.5, 0.6])
    assert loy.competition_index({"ours": 40, "theirs": 60}, normalize=True) == pytest.approx(0.48, rel=1e-15)
    with pytest.raises(loy.DomainError, match=r"^shares\[1\]: "):
        loy.competition_index([1.2, -0.2])
    with pytest.raises(loy.DomainError) as caught:
        loy.competition_index([])
    assert caught.value.code == "ERR_TOO_FEW"
    with pytest.raises(loy.LoyaltyError, match=r"shares\[0\]: must be a number, not 'half'"):
        loy.competition_index(["half", "half"])


def test_alternatives_and_clip() -> None:
    assert response.competition_from_alternatives(4) == 0.75
    assert response.competition_from_alternatives([1, 2, 16]).tolist() == [0.0, 0.5, 0.9375]
    assert response.clip_competition(0) == 1e-9
    assert response.clip_competition(1.0) == 1 - 1e-9
    with pytest.raises(loy.DomainError, match=r"^alternatives: must be at least 1"):
        response.competition_from_alternatives(0.5)
    with pytest.raises(loy.DomainError, match=r"^alternatives\[1\]: "):
        response.competition_from_alternatives([2, np.nan])
    assert np.isnan(response.competition_from_alternatives([2, np.nan], errors="coerce")[1])


def test_rating() -> None:
    assert response.competition_from_rating([1, 3, 5], 5).tolist() == [0.1, 0.5, 0.9]
    assert response.competition_from_rating(2.5, 4) == 0.5
    with pytest.raises(loy.DomainError, match=r"^rating: must be from 1 to categories"):
        response.competition_from_rating(6, 5)
    with pytest.raises(loy.DomainError, match=r"^categories: must be at least 2"):
        response.competition_from_rating([3], 1)
    assert np.isnan(response.competition_from_rating([3, 9], 5, errors="coerce")).tolist() == [False, True]


def test_shares_of_each_customer() -> None:
    spend = pd.DataFrame({"we": [4, 1, 5], "they": [3, 1, None], "others": [3, 1, 0]}, index=["x", "y", "z"])
    for c in (
        response.competition_from_shares(spend, normalize=True),
        response.competition_from_shares(["we", "they", "others"], data=spend, normalize=True),
    ):
        assert c.tolist() == pytest.approx([0.66, 2 / 3, 0.0], rel=1e-15)
        assert c.index.tolist() == ["x", "y", "z"]
        assert c["x"] == response.competition_index([4, 3, 3], normalize=True)
    choice = np.array([[1, 0, 1, 1], [0, 0, 1, 0]])
    assert response.competition_from_shares(choice, normalize=True) == pytest.approx([2 / 3, 0.0], rel=1e-15)
    assert response.competition_from_shares({"we": 0.5, "they": 0.5}) == 0.5
    with pytest.raises(loy.DomainError, match=r"^shares\[0\]: must sum to 1, or be sales"):
        response.competition_from_shares(spend)
    with pytest.raises(loy.DomainError, match=r"^shares\[1\]: must hold a share above 0"):
        response.competition_from_shares([[1, 0], [0, 0]])
    assert np.isnan(response.competition_from_shares([[1, 0], [0, 0]], errors="coerce")).tolist() == [False, True]
    with pytest.raises(loy.LoyaltyError, match=r"^shares\[1\]: has 1 elements where 'shares\[0\]' has 2"):
        response.competition_from_shares([[1, 0], [0]])


def test_scales() -> None:
    assert response.satisfaction([1, 2, 3, 4, 5]).tolist() == [0, 0.25, 0.5, 0.75, 1]
    assert response.satisfaction([1, 3, 5], padding=0.5) == pytest.approx([0.1, 0.5, 0.9], rel=1e-15)
    assert response.satisfaction(7, lowest=0, highest=10) == 0.7
    assert response.rating(0.75) == 4.0
    with pytest.raises(loy.DomainError, match=r"^rating: must lie on the scale"):
        response.satisfaction(6)
    with pytest.raises(loy.DomainError, match=r"^highest: "):
        response.satisfaction(3, lowest=5, highest=1)
    with pytest.raises(loy.DomainError, match=r"^padding: "):
        response.rating(0.5, padding=-1)


def test_presets() -> None:
    assert list(response.INDUSTRIES.values()) == [0.05, 0.35, 0.60, 0.85, 0.9375]
    published = {
        "local telephone": [0.776393, 0.969508, 0.988820, 0.996145, 1],
        "airlines": [0.408392, 0.634595, 0.792937, 0.909973, 1],
        "hospitals": [0.225403, 0.366239, 0.535242, 0.741801, 1],
        "personal computers": [0.078046, 0.129265, 0.216339, 0.397184, 1],
        "automobiles": [0.031754, 0.052803, 0.092270, 0.193128, 1],
    }
    s = response.satisfaction(np.arange(1.0, 6.0))
    for name, levels in published.items():
        assert loy.LoyaltyCurve().loyalty(s, response.INDUSTRIES[name]) == pytest.approx(levels, abs=5.1e-7)
    assert response.INDUSTRIES_ZH["automobiles"] == "汽车"
