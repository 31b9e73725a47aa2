"""loyalty.value: return on satisfaction."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import polars as pl
import pytest

import loyalty as loy
from loyalty import value

CURVE = loy.LoyaltyCurve()
CAPTIVE = loy.LoyaltyCurve(beta=1.4, b=(0.6, 0.9))
TERMS = {"discount_rate": 0.1}


def test_worked_case() -> None:
    worth = value.satisfaction_worth(CURVE, 100, 0.75, 0.85, discount_rate=0.1)
    assert isinstance(worth, value.SatisfactionWorth)
    assert worth == pytest.approx((0.3971836316, 1.1128917570, 156.5131447585, 247.8345646190), rel=1e-9)
    step = value.satisfaction_invest(CURVE, 100, 0.75, 0.80, 0.85, customers=400, cost=4000, discount_rate=0.1)
    assert step.value_after == pytest.approx(171.7526116671, rel=1e-12)
    assert step.return_on_investment == pytest.approx((400 * step.gain - 4000) / 4000, rel=1e-12)


def test_slope_is_the_product_of_the_slopes() -> None:
    for timing in ("begin", "end", "end_first_sure", "mid", "continuous"):
        worth = value.satisfaction_worth(CURVE, 100, 0.6, 0.7, timing=timing, growth=0.01, horizon=9, **TERMS)  # type: ignore[arg-type]
        slope = value.margin_multiple_slope(worth.retention, 0.1, timing=timing, growth=0.01, horizon=9)  # type: ignore[arg-type]
        assert worth.value_slope == pytest.approx(100 * slope * worth.retention_slope, rel=1e-14)


def test_frames_in_frames_out() -> None:
    data = pd.DataFrame(
        {"m": [100.0, 60.0], "sat": [0.75, 0.5], "comp": [0.85, 0.3], "k": [0.0, 1.0]}, index=["x", "y"]
    )
    out = value.satisfaction_worth(CAPTIVE, "m", "sat", "comp", ["k", 0.5], data=data, **TERMS)
    assert isinstance(out, pd.DataFrame) and list(out.index) == ["x", "y"]
    assert list(out.columns) == list(value.SatisfactionWorth._fields)
    one = value.satisfaction_worth(CAPTIVE, 60.0, 0.5, 0.3, [1.0, 0.5], **TERMS)
    assert tuple(out.loc["y"]) == tuple(one)
    polars = pl.from_pandas(data)
    risk = value.satisfaction_at_risk(CAPTIVE, "m", "sat", "comp", ["k", 0.5], data=polars, **TERMS)
    assert isinstance(risk, pl.DataFrame) and risk.columns == ["retention_after", "at_risk"]
    single = value.satisfaction_at_risk(CAPTIVE, 60.0, 0.5, 0.3, [1.0, 0.5], **TERMS)
    assert risk["at_risk"][1] == single.at_risk == single.value_before - single.value_after
    assert single.at_risk > 0
    stays = value.satisfaction_at_risk(
        CAPTIVE, "m", "sat", "comp", ["k", 0.5], c_after="comp", constraints_after=["k", 0.5], data=polars, **TERMS
    )
    assert stays["at_risk"].to_list() == [0.0, 0.0]
    steps = value.satisfaction_invest(
        CURVE, "m", "sat", np.array([0.8, 0.6]), "comp", customers=[400, 10], cost=[4000.0, 10.0], data=data, **TERMS
    )
    assert list(steps.columns) == ["gain", "total", "return_on_investment"]
    assert steps["total"].iloc[0] == pytest.approx(6095.78676344, rel=1e-10)


def test_errors_name_the_argument() -> None:
    with pytest.raises(loy.DomainError, match=r"^s\[1\]: must be from 0 to 1"):
        value.satisfaction_worth(CURVE, 1.0, [0.5, 1.5], 0.5, **TERMS)
    out = value.satisfaction_worth(CURVE, 1.0, [0.5, 1.5], 0.5, errors="coerce", **TERMS)
    assert np.isnan(out["value"][1]) and not np.isnan(out["value"][0])
    with pytest.raises(loy.DomainError, match=r"^s: must be"):
        value.satisfaction_worth(CURVE, 1.0, 1.5, 0.5, **TERMS)
    with pytest.raises(loy.DomainError, match=r"^discount_rate: "):
        value.satisfaction_worth(CURVE, 1.0, 0.5, 0.5, discount_rate=-2)
    with pytest.raises(loy.LoyaltyError, match=r"^timing: must be one of"):
        value.satisfaction_worth(CURVE, 1.0, 0.5, 0.5, timing="now", **TERMS)  # type: ignore[arg-type]
    with pytest.raises(loy.LoyaltyError, match=r"^curve: must be a LoyaltyCurve, not dict"):
        value.satisfaction_worth({}, 1.0, 0.5, 0.5, **TERMS)  # type: ignore[arg-type]
    with pytest.raises(loy.DomainError, match=r"^cost: must be a number greater than 0"):
        value.satisfaction_invest(CURVE, 1.0, 0.5, 0.6, 0.5, customers=1, cost=0, **TERMS)
    with pytest.raises(loy.DomainError, match=r"^constraints_after\[1\]: must be from 0 to 1"):
        value.satisfaction_at_risk(CAPTIVE, 1.0, 0.5, 0.5, [1, 1], constraints_after=[0, 2], **TERMS)
    with pytest.raises(loy.LoyaltyError, match=r"^constraints_after: must have one entry for each of the 2 elements"):
        value.satisfaction_at_risk(CAPTIVE, 1.0, 0.5, 0.5, [1, 1], constraints_after=[0, 0, 0], **TERMS)
    with pytest.raises(loy.DomainError, match=r"^unit_cost\[1\]: must be a number greater than 0"):
        value.satisfaction_budget(CURVE, [1, 1], 1.0, 0.5, 0.5, unit_cost=[1, 0], budget=1, **TERMS)
    with pytest.raises(loy.LoyaltyError, match=r"^steps: must be from 1 to 4096"):
        value.satisfaction_budget(CURVE, [1, 1], 1.0, 0.5, 0.5, unit_cost=1.0, budget=1, steps=0, **TERMS)
    with pytest.warns(loy.LoyaltyWarning, match="infinite"):
        assert value.satisfaction_worth(CURVE, 1.0, 1.0, 0.5, discount_rate=0).value == math.inf


def test_budget() -> None:
    segments = pd.DataFrame(
        {"customers": [900, 300, 50], "margin": [40.0, 70.0, 200.0], "s": [0.4, 0.55, 0.6], "c": [0.8, 0.6, 0.3]}
    )
    plan = value.satisfaction_budget(
        loy.LoyaltyCurve(beta=2.2), "customers", "margin", "s", "c", unit_cost=120.0, most=0.9, budget=15000.0,
        data=segments, **TERMS,
    )  # fmt: skip
    assert isinstance(plan.table, pd.DataFrame) and list(plan.table.columns) == ["target", "spend"]
    assert plan.table["spend"].sum() == pytest.approx(plan.spend) and plan.spend <= 15000.0 * (1 + 1e-11)
    assert plan.net == pytest.approx(plan.gain - plan.spend) and 0 < plan.net <= plan.bound * (1 + 1e-12)
    gain = 0.0
    for row, target in zip(segments.itertuples(), plan.table["target"], strict=True):
        before = value.satisfaction_worth(loy.LoyaltyCurve(beta=2.2), row.margin, row.s, row.c, **TERMS).value
        after = value.satisfaction_worth(loy.LoyaltyCurve(beta=2.2), row.margin, target, row.c, **TERMS).value
        gain += row.customers * (after - before)
    assert plan.gain == pytest.approx(gain, rel=1e-12)
    # Money does not have to be spent.
    assert value.satisfaction_budget(CURVE, 10, 1.0, 0.5, 0.5, unit_cost=1e6, budget=1e9, **TERMS).spend == 0.0
