"""loyalty.value: word of mouth, branching, referral, influence, knowledge and engagement value."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import loyalty as loy
from loyalty import value

RULES: tuple[Any, ...] = ("referrer", "referred", "split")


def test_stories() -> None:
    worth = value.retention_value(50 * 52, 1, 0, timing="end", horizon=10)
    assert worth == 26000
    found = value.word_of_mouth([10, 5], [0.5, 1], 0.25, count="separate", value=worth)
    assert (found.affected, found.customers, found.value) == (30, 8.5, 221000)
    assert list(found.people) == [5, 25]
    assert value.word_of_mouth([20, 5], [0.5, 1], 0.25, count="separate", value=worth).value == 416000
    tarp = value.word_of_mouth([11, 5], 1, 0.25, count="pooled", rounding="nearest", value=2600)
    assert (tarp.affected + 1, tarp.customers, tarp.value) == (67, 17, 44200)
    assert value.word_of_mouth(3, 0.5, 0.5, count="others", rounding="ceil").customers == 1
    with pytest.raises(loy.DomainError, match=r"^share\[1\]: must be from 0 to 1"):
        value.word_of_mouth([1, 1], [1, 2], 0.25, count="pooled")
    with pytest.raises(loy.LoyaltyError, match=r"^count: must be one of 'separate'"):
        value.word_of_mouth([1], [1], 0.25, count="all")  # type: ignore[arg-type]


def test_branching() -> None:
    assert value.branching_spread(0.5) == (2, 2, 1)
    with pytest.warns(loy.LoyaltyWarning, match=r"infinite"):
        table = value.branching_spread([0.8, 1.5])
    assert table["total"][0] == pytest.approx(5) and math.isinf(table["total"][1])
    assert table["extinction"][1] == pytest.approx(0.417188356134188614, rel=1e-14)
    assert value.branching_reached(1000, 500) == pytest.approx(393.62105513881499, rel=1e-14)
    with pytest.raises(loy.DomainError, match=r"^population: must be from 1"):
        value.branching_reached(0.5, 1)


def test_branching_against_simulation() -> None:
    rng = np.random.default_rng(3)
    alive, total = np.ones(40_000), np.ones(40_000)
    for _ in range(200):
        alive = rng.poisson(0.6 * alive)
        total += alive
    found = value.branching_spread(0.6)
    assert total.mean() == pytest.approx(found.total, rel=0.02)
    assert total.std() == pytest.approx(found.deviation, rel=0.04)


def test_referral_value() -> None:
    rows = {
        "who": ["a", "a", "b"], "t": [0.0, 1.0, 2.5], "first": [1.0, 0.0, 0.6], "margin": [120.0, 120.0, 80.0],
        "reward": [20.0, 20.0, 10.0], "cost": [5.0, 5.0, 2.0], "saving": [40.0, 40.0, 30.0],
    }  # fmt: skip
    frame = pd.DataFrame(rows)
    frame["crv"] = value.referral_value(
        "t", "margin", type1="first", reward="reward", marketing_cost="cost", saving="saving", discount_rate=0.1,
        data=frame,
    )  # fmt: skip
    assert list(frame.groupby("who")["crv"].sum()) == pytest.approx([171.3636363636364, 55.78938125503135])
    assert value.referral_value(1, 110, discount_rate=0.1) == pytest.approx(100)
    with pytest.raises(loy.DomainError, match=r"^type1\[1\]: must be from 0 to 1"):
        value.referral_value([0, 0], 1, type1=[0, 2], discount_rate=0.1)
    assert math.isnan(value.referral_value([0, -1], 1, discount_rate=0.1, errors="coerce")[1])


def test_knowledge_value() -> None:
    out = value.knowledge_value([0, 1], [4, 10], [0.25, 0.1], [100, -50], handling_cost=[10, 0], discount_rate=0.1)
    assert list(out) == pytest.approx([90, -50 / 1.1])
    with pytest.raises(loy.DomainError, match=r"^adopted: must be from 0 to 1"):
        value.knowledge_value(0, 4, 1.25, 100, discount_rate=0.1)


def test_influence() -> None:
    weight = [[0, 0.2, 0.1], [0.3, 0, 0], [0.1, 0.4, 0]]
    found = value.influence(weight, 1)
    assert found.total == pytest.approx([1.4596949891, 1.4379084967, 1.7211328977], rel=1e-10)
    assert found.added == pytest.approx(found.total - 1)
    assert value.influence(pd.DataFrame(weight), pd.Series([1.0, 1, 1])).total == pytest.approx(found.total, rel=0)
    with pytest.raises(loy.DomainError, match=r"^weight: must have a spectral radius below 1"):
        value.influence([[0, 1], [1, 0]], 1)
    with pytest.raises(loy.LoyaltyError, match=r"^weight: must be a square table of numbers, not 1 by 2"):
        value.influence([[0, 1]], 1)
    with pytest.raises(loy.LoyaltyError, match=r"^weight: must have from 1 to 1024 rows, not 1025"):
        value.influence(np.zeros((1025, 1025)), 1)
    with pytest.raises(loy.LoyaltyError, match=r"^weight: must have from 1 to 1024 rows, not 0"):
        value.influence(np.zeros((0, 0)), [])
    with pytest.raises(loy.DomainError, match=r"^weight\[1\]: must be 0 or a number"):
        value.influence([[0, 0.1], [-1, 0]], 1)
    with pytest.raises(loy.LoyaltyError, match=r"^weight\[1\]: must be a number, not 'a'"):
        value.influence([[0, 0.1], ["a", 0]], 1)
    with pytest.raises(loy.LoyaltyError, match=r"^weight: must have rows of equal length"):
        value.influence([[0], [0, 0]], 1)
    with pytest.raises(loy.LoyaltyError, match=r"^own: must have 2 elements, not 3"):
        value.influence([[0, 0.1], [0, 0]], [1, 2, 3])


@given(st.integers(1, 12), st.integers(0, 2**32 - 1), st.floats(0.05, 3))
def test_influence_solves_or_refuses(n: int, seed: int, size: float) -> None:
    rng = np.random.default_rng(seed)
    weight = rng.uniform(0, 1, (n, n)) * (rng.uniform(0, 1, (n, n)) < 0.5) * size / n * 2
    own = rng.uniform(-1, 5, n)
    radius = max(abs(np.linalg.eigvals(weight)))
    if abs(radius - 1) < 1e-9:
        return
    if radius > 1:
        with pytest.raises(loy.DomainError):
            value.influence(weight, own)
        return
    found = value.influence(weight, own)
    exact = np.linalg.solve(np.eye(n) - weight, own)
    assert found.total == pytest.approx(exact, rel=1e-9, abs=1e-11 * np.abs(exact).max() / (1 - radius))
    assert found.added == pytest.approx(weight @ found.total, rel=1e-12, abs=1e-12)


CUSTOMERS: dict[str, Any] = {
    "id": ["ann", "bob", "cy", "di"], "by": [None, "ann", "ann", "bob"], "clv": [100.0, 60.0, -20.0, 40.0],
    "crv": [-5.0, 10.0, 0.0, 0.0], "civ": [1.0, 2.0, 3.0, 4.0], "ckv": [0.0, 0.0, 8.0, 0.0],
}  # fmt: skip


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, dict])
@pytest.mark.parametrize("rule", RULES)
def test_no_rule_changes_the_total(make: Any, rule: Any) -> None:
    found = value.engagement_value(
        "clv", crv="crv", civ="civ", ckv="ckv", customer_id="id", referrer_id="by", attribute=rule, data=make(CUSTOMERS)
    )
    assert found.total == 203
    assert list(found.table["own"]) == {
        "referrer": [100, 0, 0, 0], "referred": CUSTOMERS["clv"], "split": [100, 30, -10, 20],
    }[rule]  # fmt: skip
    assert sum(found.table["cev"]) == 203


def test_engagement_ids() -> None:
    numbers = pd.DataFrame({"id": [7, 8, 9], "by": [np.nan, 7, 7], "clv": [1.0, 2.0, 4.0]})
    found = value.engagement_value("clv", customer_id="id", referrer_id="by", attribute="referrer", data=numbers)
    assert list(found.table["cev"]) == [7, 0, 0]
    nullable = numbers.assign(by=pd.array([None, 7, 8], dtype="Int64"))
    found = value.engagement_value("clv", customer_id="id", referrer_id="by", attribute="referrer", data=nullable)
    assert list(found.table["cev"]) == [3, 4, 0]
    half = value.engagement_value([1, 2], customer_id=[1, 2], referrer_id=[None, 1], type1=0.5, attribute="split")
    assert list(half.table["cev"]) == [1.5, 1.5]
    with pytest.raises(loy.LoyaltyError, match=r"^referrer_id\[1\]: 5 is not among the customers"):
        value.engagement_value([1, 2], customer_id=[1, 2], referrer_id=[1, 5], attribute="split")
    with pytest.raises(loy.LoyaltyError, match=r"^customer_id\[1\]: 1 stands in more than one row"):
        value.engagement_value([1, 2], customer_id=[1, 1], referrer_id=[None, None], attribute="split")
    with pytest.raises(loy.DomainError, match=r"^referrer_id\[0\]: must be another of the customers"):
        value.engagement_value([1, 2], customer_id=[1, 2], referrer_id=[1, None], attribute="split")
    with pytest.raises(loy.LoyaltyError, match=r"^customer_id\[0\]: must not be missing"):
        value.engagement_value([1, 2], customer_id=[None, 1], referrer_id=[1, None], attribute="split")
    with pytest.raises(loy.DomainError, match=r"^crv: must be 0, or from 1e-40"):
        value.engagement_value(5, crv=np.nan, attribute="split")
    with pytest.raises(loy.LoyaltyError, match=r"^customer_id: must be given"):
        value.engagement_value([1, 2], referrer_id=[1, None], attribute="split")
    with pytest.raises(loy.LoyaltyError, match=r"^attribute: must be one of 'referrer'"):
        value.engagement_value([1, 2], attribute="both")  # type: ignore[arg-type]
