"""loyalty.value: lifetimes, paths, uncertainty, elasticities, lifts, payback, spending, equity."""

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

TIMINGS: tuple[Any, ...] = ("begin", "end", "end_first_sure", "mid", "continuous")
rates = st.floats(0.01, 0.98)
discounts = st.floats(0.03, 0.5)


# ---- lifetimes ----


def test_lifetimes() -> None:
    assert value.lifetime_survivors(2 / 3, 5) == pytest.approx(0.1316872, abs=5e-8)
    assert value.lifetime_mean(2 / 3) == pytest.approx(3)
    assert value.lifetime_until(2 / 3) == pytest.approx(1.7095, abs=5e-5)
    assert value.lifetime_until(2 / 3, 0.01) == pytest.approx(11.3577, abs=5e-5)
    out = value.lifetime_survivors(pd.Series([0.5, 0.8], index=["a", "b"]), 2)
    assert isinstance(out, pd.Series) and list(out.index) == ["a", "b"] and out["a"] == 0.25
    with pytest.raises(loy.DomainError, match=r"^retention: must be from 0 to 1"):
        value.lifetime_mean(1.1)
    with pytest.raises(loy.DomainError, match=r"^share\[1\]: must be from 0 to 1"):
        value.lifetime_until(0.5, [0.5, 2])
    assert math.isnan(value.lifetime_survivors([0.5, 0.5], [1, -1], errors="coerce")[1])
    frame = pl.DataFrame({"r": [0.5, 0.9]})
    assert list(value.lifetime_mean("r", data=frame)) == pytest.approx([2, 10])


# ---- paths ----


def test_path() -> None:
    path = value.retention_path(pd.Series([100.0, 80, 120]), [0.8, 0.9, 0.7], 0.1, timing="end", growth=0.05)
    assert path.value == pytest.approx(172.80781367392938, rel=1e-14)
    assert list(path.table.columns) == ["survivors", "present"]
    assert list(path.table["survivors"]) == pytest.approx([1, 0.8, 0.72])
    with pytest.raises(loy.DomainError, match=r"^retention\[1\]: must be from 0 to 1"):
        value.retention_path([1, 1], [0.5, 1.5], 0.1, timing="end")
    with pytest.raises(loy.DomainError, match=r"^discount_rate: "):
        value.retention_path([1, 1], 0.5, -1, timing="end")


@given(st.sampled_from(TIMINGS), rates, discounts, st.floats(-0.2, 0.02), st.integers(1, 40))
def test_constant_paths_are_multiples(timing: Any, r: float, i: float, g: float, n: int) -> None:
    path = value.retention_path([50.0] * n, r, i, timing=timing, growth=g, acquisition_cost=7)
    whole = value.retention_value(50, r, i, timing=timing, growth=g, horizon=n, acquisition_cost=7)
    assert path.value == pytest.approx(whole, rel=1e-11, abs=1e-11)


# ---- uncertainty ----


def test_spread_against_simulation() -> None:
    spread = value.retention_spread(100, 0.8, 0.1, timing="begin")
    assert spread == (pytest.approx(366.6666667), pytest.approx(229.05485077, rel=1e-10))
    life = np.random.default_rng(1).geometric(0.2, 400_000)
    paid = 100 * (1 - 1.1**-life) / (1 - 1 / 1.1)
    assert paid.std() == pytest.approx(spread.deviation, rel=0.005)
    table = value.retention_spread([100.0, 50.0], 0.8, 0.1, timing="mid")
    assert table["deviation"][0] == 2 * table["deviation"][1]
    with pytest.warns(loy.LoyaltyWarning, match=r"growth outruns"):
        assert math.isinf(value.retention_spread(1, 0.5, 0.0, timing="end", growth=0.8).deviation)


def test_value_error() -> None:
    found = value.retention_value_error(
        100, 0.8, 0.1, timing="end", se_margin=5, se_retention=0.02, correlation=0.3
    )  # fmt: skip
    assert found.standard_error == pytest.approx(31.158693771255314, rel=1e-14)
    # The delta method is right to first order: simulate with small errors.
    rng = np.random.default_rng(2)
    margin, r = rng.normal(100, 0.5, 200_000), rng.normal(0.8, 0.002, 200_000)
    worth = value.retention_value(margin, r, 0.1, timing="end")
    small = value.retention_value_error(100, 0.8, 0.1, timing="end", se_margin=0.5, se_retention=0.002)
    assert worth.std() == pytest.approx(small.standard_error, rel=0.01)
    with pytest.raises(loy.DomainError, match=r"^correlation: must be from -1 to 1"):
        value.retention_value_error(100, 0.8, 0.1, timing="end", correlation=1.5)


# ---- elasticities and lifts ----


@given(st.sampled_from(TIMINGS), st.floats(0.1, 0.95), discounts, st.floats(-0.1, 0.02))
def test_elasticities_are_slopes(timing: Any, r: float, i: float, g: float) -> None:
    def worth(margin: float = 100, retention: float = r, discount: float = i, cost: float = 5) -> float:
        return float(
            value.retention_value(
                margin, retention, discount, timing=timing, growth=g, horizon=9, acquisition_cost=cost
            )
        )

    whole = worth()
    if abs(whole) < 20:
        return
    e = value.retention_elasticity(100, r, i, timing=timing, growth=g, horizon=9, acquisition_cost=5)
    h = 1e-5
    up, down = 1 + h, 1 - h
    assert e.margin == pytest.approx((worth(100 * up) - worth(100 * down)) / (2 * h) / whole, rel=1e-6, abs=1e-6)
    assert e.retention == pytest.approx(
        (worth(retention=r * up) - worth(retention=r * down)) / (2 * h) / whole, abs=1e-5
    )
    assert e.discount_rate == pytest.approx(
        (worth(discount=i * up) - worth(discount=i * down)) / (2 * h) / whole, abs=1e-5
    )
    assert e.margin + e.acquisition_cost == pytest.approx(1, rel=1e-12)


def test_elasticity_messages() -> None:
    with pytest.raises(loy.DomainError, match=r"^retention: must be so low"):
        value.retention_elasticity(1, 1, 0, timing="end")
    table = value.retention_elasticity([100.0], [0.8], 0.1, timing="end")
    assert list(table) == ["margin", "retention", "discount_rate", "acquisition_cost"]
    assert table["retention"][0] == pytest.approx(3.6667, abs=5e-5)


def test_lift_needs_a_meaning() -> None:
    worked = {"points": (20.37, 22.45, 27.50, 40.74), "relative": (11.70, 15.07, 21.15, 35.48)}
    for meaning, printed in worked.items():
        found = value.retention_lift(100, [0.6, 0.7, 0.8, 0.9], 0.05, 0.1, meaning=meaning, timing="end")  # type: ignore[arg-type]
        assert found["relative"] * 100 == pytest.approx(printed, abs=0.0051)
    one = value.retention_lift(100, 0.8, 0.05, 0.1, meaning="defection_cut", timing="end")
    assert one.retention_after == pytest.approx(0.81)
    with pytest.raises(loy.DomainError, match=r"^amount: takes retention above 1"):
        value.retention_lift(100, 0.98, 0.05, 0.1, meaning="points", timing="end")
    with pytest.raises(loy.LoyaltyError, match=r"^meaning: must be one of 'points', 'relative'"):
        value.retention_lift(100, 0.8, 0.05, 0.1, meaning="percent", timing="end")  # type: ignore[arg-type]


# ---- acquisition ----


def test_payback() -> None:
    found = value.acquisition_payback(100, 0.8, 150, 0.1, timing="begin")
    assert found.ratio == pytest.approx(2.4444, abs=5e-5)
    assert (found.exact, found.periods) == (pytest.approx(1.652, abs=5e-4), 2)
    with pytest.warns(loy.LoyaltyWarning, match=r"never comes back"):
        table = value.acquisition_payback([100, 100], 0.8, [150, 400], 0.1, timing="begin")
    assert list(table["periods"]) == [2, math.inf]
    with pytest.raises(loy.DomainError, match=r"^acquisition_cost: "):
        value.acquisition_payback(100, 0.8, 0, 0.1, timing="begin")


@given(st.sampled_from(TIMINGS), rates, discounts, st.floats(0.01, 0.99))
def test_payback_is_the_first_period(timing: Any, r: float, i: float, part: float) -> None:
    worth = value.retention_value(10, r, i, timing=timing)
    found = value.acquisition_payback(10, r, part * worth, i, timing=timing)
    assert value.retention_value(10, r, i, timing=timing, horizon=found.periods) >= part * worth
    assert value.retention_value(10, r, i, timing=timing, horizon=found.periods - 1) < part * worth


def test_keep_or_replace() -> None:
    found = value.keep_or_replace(1, 0.21, 300, 5)
    assert found.pays is True and found.cheaper is True and found.uplift_to_replace == 0.2
    table = value.keep_or_replace([1, 1], [0.21, 0.16], 300, [5, 6])
    assert list(table["cheaper"]) == [True, False]
    assert table["uplift_to_replace"][1] == pytest.approx(1 / 6)


# ---- spending ----


def test_spending() -> None:
    win = value.SpendResponse.from_point(0.4, 5, 0.2)
    keep = value.SpendResponse.from_point(0.7, 10, 0.4)
    assert win.share(5) == pytest.approx(0.2)
    assert value.acquisition_optimum(win, 50) == pytest.approx((7.3561681353, 0.2557304959, 5.4303566597), rel=1e-9)
    assert value.retention_optimum(keep, 50, 0.1) == pytest.approx(
        (16.318666022, 0.52436582959, 17.1977724163), rel=1e-9
    )
    plan = value.spend_plan(win, keep, 50, 0.1)
    assert plan.acquisition == pytest.approx((9.4885947055, 0.2926530606, 10.1770390565), rel=1e-9)
    assert plan.equity == pytest.approx(10.1770390565, rel=1e-10)
    given_ = value.spend_plan(
        win, keep, 50, 0.1, acquisition_spend=plan.acquisition.spend, retention_spend=plan.retention.spend
    )
    assert given_.equity == pytest.approx(plan.equity, rel=1e-13)
    with pytest.raises(loy.LoyaltyError, match=r"^response: must be a SpendResponse, not 3"):
        value.acquisition_optimum(3, 50)  # type: ignore[arg-type]
    with pytest.raises(loy.LoyaltyError, match=r"^retention: must be a SpendResponse, not 0.5"):
        value.spend_plan(win, 0.5, 50, 0.1)  # type: ignore[arg-type]
    with pytest.raises(loy.LoyaltyError, match=r"^retention_spend: must be given"):
        value.spend_plan(win, keep, 50, 0.1, acquisition_spend=1)
    with pytest.raises(loy.DomainError, match=r"^discount_rate: must be 0 or a number"):
        value.retention_optimum(keep, 50, -0.1)
    with pytest.raises(loy.DomainError, match=r"^share: must be above 0 and below the ceiling"):
        value.SpendResponse.from_point(0.4, 5, 0.4)
    with pytest.raises(loy.DomainError, match=r"^spend\[1\]: "):
        win.share([1, -1])


@given(st.floats(0.05, 1), st.floats(0.01, 2), st.floats(0.1, 500), st.floats(0.01, 1), st.floats(1e-3, 3))
def test_no_other_spending_is_better(
    ceiling: float, rate: float, margin: float, discount: float, factor: float
) -> None:
    response = value.SpendResponse(ceiling, rate)
    best = value.retention_optimum(response, margin, discount)
    spend = factor * (best.spend or 1 / rate)
    other = value.spend_plan(response, response, margin, discount, acquisition_spend=0, retention_spend=spend)
    assert other.retention.value <= best.value + 1e-11 * (margin + best.value)


def test_segment_equity() -> None:
    frame = pd.DataFrame({"customers": [100, 300, 600], "value": [500.0, 100.0, -20.0]}, index=list("xyz"))
    found = value.segment_equity("customers", "value", data=frame)
    assert found.total == 68000 and list(found.table.index) == list("xyz")
    assert found.table["share"].sum() == pytest.approx(1)
    with pytest.warns(loy.LoyaltyWarning, match=r"no equity"):
        value.segment_equity([1, 1], [5, -5])
