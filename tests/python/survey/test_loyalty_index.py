"""loyalty.survey.loyalty_index: kinds of data, words, names in messages."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import loyalty as loy
from loyalty import survey


def test_one_customer() -> None:
    r = survey.loyalty_index(4, 0.8, 2)
    assert r == (0.75, "high", "favourable")
    assert survey.loyalty_index(4, 0.8, "possible") == r == survey.loyalty_index(4, 0.8, "有可能")
    assert survey.loyalty_index(5, 0.7, "very likely").security == "secure"
    assert survey.loyalty_index(5, 0.29, 3).security == "at risk"
    assert survey.loyalty_index(3, 0.5, 2).security == "vulnerable"
    assert survey.loyalty_index(4, 0.8, 2, use_probability=True).loyalty_index == pytest.approx(2.05 / 3, rel=4e-16)
    assert survey.loyalty_index(4, 0.8, 2, weights=(2, 1, 1)).loyalty_index == 0.75
    assert survey.loyalty_index(4, 0.8, 2, high_from=0.9).band == "middle"


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table, dict])
def test_tables(make: Any) -> None:
    data = make({"s": [5, 4, 1], "p": [0.9, 0.8, 0.9], "r": ["very likely", "possible", "不可能"]})
    r = survey.loyalty_index("s", "p", "r", data=data)
    assert type(r) is type(data)
    assert np.asarray(r["loyalty_index"]).tolist() == [1.0, 0.75, pytest.approx(1 / 3, rel=4e-16)]
    assert np.asarray(r["security"]).tolist() == ["secure", "favourable", "at risk"]
    assert np.asarray(r["band"]).tolist() == ["high"] * 3


def test_index_is_kept() -> None:
    s = pd.Series([5, 4], index=["a", "b"])
    r = survey.loyalty_index(s, 0.8, 3)
    assert r.index.tolist() == ["a", "b"]
    assert r["security"]["a"] == "secure"


def test_bad() -> None:
    with pytest.raises(loy.DomainError, match=r"^satisfaction\[1\]: must be a whole number from 1 to 5"):
        survey.loyalty_index([5, 6], 0.5, 2)
    with pytest.raises(loy.DomainError, match=r"^repurchase: must be from 0 to 1"):
        survey.loyalty_index(5, 70, 2)
    with pytest.raises(loy.LoyaltyError, match=r"^recommendation\[0\]: 'maybe' is no answer; these are 'impossible'"):
        survey.loyalty_index([5], [0.5], ["maybe"])
    with pytest.raises(loy.LoyaltyError, match="weights: must be 3 numbers"):
        survey.loyalty_index(5, 0.5, 2, weights=(1, 2))  # type: ignore[arg-type]
    with pytest.raises(loy.DomainError, match=r"^weights: must be 0 or a number"):
        survey.loyalty_index(5, 0.5, 2, weights=(1, -2, 1))
    r = survey.loyalty_index([5, 6], [0.9, 0.9], ["very likely", None], errors="coerce")
    assert r["security"].tolist() == ["secure", None]
    assert np.isnan(r["loyalty_index"][1])
    with pytest.raises(loy.LoyaltyError, match="errors"):
        survey.loyalty_index([5], 0.5, 2, errors="ignore")  # type: ignore[arg-type]


def test_names() -> None:
    assert survey.REPURCHASE_BANDS == ("low", "middle", "high")
    assert survey.REPURCHASE_BANDS_ZH == ("低", "中", "高")
    assert survey.RECOMMENDATIONS == ("impossible", "possible", "very likely")
    assert survey.RECOMMENDATIONS_ZH == ("不可能", "有可能", "很大可能")
    assert survey.SECURITIES == ("at risk", "vulnerable", "favourable", "secure")
    assert len(set(survey.SECURITIES_ZH)) == 4


def test_words_of_satisfaction() -> None:
    expected = survey.loyalty_index(4, 0.8, 2)
    assert survey.loyalty_index("fairly satisfied", 0.8, "possible") == expected
    assert survey.loyalty_index("比较满意", 0.8, "有可能") == expected
    answers = pl.DataFrame({"s": ["very satisfied", "dissatisfied"], "p": [0.9, 0.2], "r": [3, 1]})
    found = survey.loyalty_index("s", "p", "r", data=answers)
    assert found["security"].to_list() == ["secure", "at risk"]
    with pytest.raises(loy.LoyaltyError, match=r"^satisfaction: 'delighted' is no answer; these are 'very diss"):
        survey.loyalty_index("delighted", 0.8, 2)
    with pytest.raises(loy.LoyaltyError, match=r"^satisfaction\[1\]: 'delighted' is no answer"):
        survey.loyalty_index([5, "delighted"], 0.8, 2)


def test_weights_by_name() -> None:
    assert survey.loyalty_index(4, 0.8, 2, weights={"recommendation": 2}) == survey.loyalty_index(
        4, 0.8, 2, weights=(1, 1, 2)
    )
    with pytest.raises(loy.LoyaltyError, match=r"^weights: 'trust' has no weight; these have: satisfaction"):
        survey.loyalty_index(4, 0.8, 2, weights={"trust": 2})
    with pytest.raises(loy.LoyaltyError, match=r"^weights: must be 3 numbers"):
        survey.loyalty_index(4, 0.8, 2, weights=(1, 1))
    with pytest.raises(loy.DomainError, match=r"^weights: must be above 0 for one at least"):
        survey.loyalty_index(4, 0.8, 2, weights=(0, 0, 0))
