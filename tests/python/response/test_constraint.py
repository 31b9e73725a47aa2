"""Constraints from questionnaires and prices: kinds of data, names in messages, and published numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest

import loyalty as loy
from loyalty import response


def test_kinds() -> None:
    assert response.CONSTRAINTS == ("legal", "technical", "switching cost", "loyalty program")
    assert response.CONSTRAINTS_ZH == ("法律约束", "技术约束", "转换成本", "忠诚计划")


def test_items_of_one_customer() -> None:
    assert response.constraint_from_items([4, 5, None, 3]) == 0.75
    assert response.constraint_from_items(np.array([4.0, 5.0, np.nan, 3.0])) == 0.75
    assert response.constraint_from_items(pd.Series([7, 1]), lowest=1, highest=7) == 0.5
    assert response.constraint_from_items({"effort": 4, "fees": 5, "ties": 3}) == 0.75


def test_items_of_many() -> None:
    answers = pd.DataFrame({"effort": [4, 1], "fees": [5, 2], "ties": [3, None]}, index=["x", "y"])
    for found in (
        response.constraint_from_items(answers),
        response.constraint_from_items(["effort", "fees", "ties"], data=answers),
        response.constraint_from_items([answers["effort"], answers["fees"], answers["ties"]]),
    ):
        pd.testing.assert_series_equal(found, pd.Series([0.75, 0.125], index=["x", "y"], name="constraint"))
    rows = response.constraint_from_items(answers.to_numpy(dtype=float))
    assert rows.tolist() == [0.75, 0.125]
    assert response.constraint_from_items(pl.from_pandas(answers)).to_list() == [0.75, 0.125]


def test_items_errors() -> None:
    with pytest.raises(loy.DomainError, match=r"^items: must be from lowest to highest"):
        response.constraint_from_items([1, 6])
    with pytest.raises(loy.DomainError, match=r"^items\[1\]: must have at least one answer") as caught:
        response.constraint_from_items([[1, np.nan], [2, np.nan]])
    assert caught.value.code == "ERR_TOO_FEW"
    with pytest.raises(loy.DomainError, match=r"^highest: "):
        response.constraint_from_items([1], lowest=5)
    with pytest.raises(loy.LoyaltyError, match=r"^items: must be at least one column"):
        response.constraint_from_items([])
    with pytest.raises(loy.LoyaltyError, match=r"^items: must be several columns"):
        response.constraint_from_items("effort", data={"effort": [1, 2]})
    found = response.constraint_from_items([[1, 9], [2, 2]], errors="coerce")
    assert np.isnan(found).tolist() == [False, True]


def test_switching_costs() -> None:
    assert response.switching_costs([100, 90], [40, 60]) == pytest.approx([46, 50], rel=1e-15)
    firms = pd.DataFrame({"price": [100, 90], "customers": [40, 60]}, index=["A", "B"])
    cost = response.switching_costs("price", "customers", data=firms)
    assert cost.name == "switching_cost"
    held = response.constraint_from_switching_cost(cost, firms["price"])
    assert held["A"] == pytest.approx(0.46, rel=1e-15)
    assert response.constraint_from_switching_cost(-3, 100) == 0.0
    assert response.constraint_from_switching_cost(300, 100) == 1.0
    with pytest.raises(loy.DomainError, match=r"^customers\[1\]: must be above 0"):
        response.switching_costs([100, 90], [40, 0])
    with pytest.raises(loy.DomainError, match=r"^price: must have at least two firms"):
        response.switching_costs([100], [40])
    with pytest.raises(loy.DomainError, match=r"^price: must be above 0"):
        response.constraint_from_switching_cost(3, 0)
    with pytest.raises(loy.DomainError, match=r"^cost\[1\]: must be finite"):
        response.constraint_from_switching_cost([1, np.inf], 3)
