"""loyalty.value: margin multiples, discount rates and lifetime values with their units."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import loyalty as loy
from loyalty import value

WEEKS = {"r": 0.242594517, "alpha": 4.413602187, "a": 0.792921991, "b": 2.425906751}
SPEND = loy.GammaGammaModel.from_params(p=6.24880331, q=3.74458854, v=15.44774629)
TEN = {
    "frequency": [2, 1, 0, 0, 0, 7, 1, 0, 2, 0],
    "recency": [30.43, 1.71, 0, 0, 0, 29.43, 5.0, 0, 35.71, 0],
    "T": [38.86] * 10,
    "monetary_value": [22.35, 11.77, 0, 0, 0, 73.74, 11.77, 0, 25.55, 0],
}


# ---- retention ----


def test_margin_multiples() -> None:
    for discount, row in [(0.10, (1.20, 1.75, 2.67, 4.50)), (0.16, (1.07, 1.52, 2.22, 3.46))]:
        for retention, printed in zip((0.6, 0.7, 0.8, 0.9), row, strict=True):
            assert value.margin_multiple(retention, discount, timing="end") == pytest.approx(printed, abs=0.0051)
    worked = {
        "begin": 366.6666667, "end": 266.6666667, "end_first_sure": 333.3333333, "mid": 279.6823595,
        "continuous": 314.0173602,
    }  # fmt: skip
    for timing, amount in worked.items():
        assert value.retention_value(100, 0.8, 0.1, timing=timing) == pytest.approx(amount, abs=5e-8)  # type: ignore[arg-type]
    assert value.retention_value(100, 0.8, 0.1, timing="end", horizon=5) == pytest.approx(212.4097336, abs=5e-8)
    assert value.margin_multiple(0.9, 0.12, timing="end", growth=0.08) == pytest.approx(6.08, abs=0.0051)


def test_retention_value_of_columns() -> None:
    frame = pd.Series([100.0, 50.0], index=["a", "b"])
    out = value.retention_value(frame, 0.8, 0.1, timing="begin", acquisition_cost=10)
    assert isinstance(out, pd.Series) and list(out.index) == ["a", "b"]
    assert out.to_numpy() == pytest.approx([356.6666667, 173.3333333])
    with pytest.raises(loy.DomainError, match=r"^retention\[1\]: must be from 0 to 1"):
        value.retention_value([1, 2], [0.5, 1.5], 0.1, timing="end")
    out = value.retention_value([1, 2], [0.5, 1.5], 0.1, timing="end", errors="coerce")
    assert math.isnan(out[1])


def test_retention_messages() -> None:
    with pytest.warns(loy.LoyaltyWarning, match=r"infinite"):
        assert value.margin_multiple(1, 0, timing="end") == math.inf
    with pytest.raises(loy.LoyaltyError, match=r"^timing: must be one of 'begin'"):
        value.margin_multiple(0.5, 0.1, timing="now")  # type: ignore[arg-type]
    with pytest.raises(loy.DomainError, match=r"^discount_rate: must be greater than -1 and at most 1e40"):
        value.margin_multiple(0.5, -1, timing="end")
    with pytest.raises(loy.DomainError, match=r"^horizon: must be a whole number of periods"):
        value.margin_multiple(0.5, 0.1, timing="end", horizon=2.5)


# ---- discount rates ----


def test_discount_delta() -> None:
    assert value.discount_delta(0.1, "year", "W") == pytest.approx(math.log(1.1) * 7 / 365.25, rel=1e-15)
    assert value.discount_delta(0.01, "month", "D") == pytest.approx(math.log(1.01) * 12 / 365.25, rel=1e-15)
    assert value.discount_delta(0.1, "unit") == pytest.approx(math.log(1.1), rel=1e-15)
    with pytest.raises(loy.LoyaltyError, match=r"^time_unit: must be stated"):
        value.discount_delta(0.1, "year")
    with pytest.raises(loy.LoyaltyError, match=r"^discount_period: must be one of 'unit', 'hour'"):
        value.discount_delta(0.1, "decade", "W")
    with pytest.raises(loy.LoyaltyError, match=r"^time_unit: must be one of 'h', 'D'"):
        value.discount_delta(0.1, "year", "weeks")


# ---- lifetime value ----


def model(unit: str | None = "W", **changes: float) -> Any:
    return loy.BetaGeoModel.from_params(**{**WEEKS, **changes}, time_unit=unit)


def test_predict() -> None:
    weeks = model()
    out = weeks.predict(pd.DataFrame(TEN), horizon=52, spend_model=SPEND, discount_rate=0.1)
    assert list(out.columns) == ["p_alive", "expected_purchases", "expected_spend", "clv"]
    data = pd.DataFrame(TEN)
    assert (out["p_alive"] == weeks.expected_probability_alive(data)).all()
    assert (out["expected_purchases"] == weeks.expected_purchases(data, future_t=52)).all()
    assert (out["expected_spend"] == SPEND.expected_customer_spend(data)).all()
    discounted = weeks.discounted_expected_purchases(data, 0.1, horizon=52)
    assert out["clv"].to_numpy() == pytest.approx((discounted * out["expected_spend"]).to_numpy(), rel=1e-14)
    half = weeks.predict(data, horizon=52, spend_model=SPEND, discount_rate=0.1, margin=0.5)
    assert (half["clv"] == 0.5 * out["clv"]).all()
    polars = weeks.predict(pl.DataFrame(TEN), horizon=52, spend_model=SPEND, discount_rate=0.1)
    assert isinstance(polars, pl.DataFrame) and (polars["clv"].to_numpy() == out["clv"].to_numpy()).all()
    assert list(weeks.predict(pd.DataFrame(TEN), horizon=52).columns) == ["p_alive", "expected_purchases"]


def test_units_do_not_change_what_a_customer_is_worth() -> None:
    """Peers take weeks for days without a word and value 360 weeks where 52 were meant."""
    in_weeks = model().predict(TEN, horizon=52, spend_model=SPEND, discount_rate=0.1)
    days = {**TEN, "recency": np.array(TEN["recency"]) * 7, "T": np.array(TEN["T"]) * 7}
    in_days = model("D", alpha=WEEKS["alpha"] * 7).predict(days, horizon=364, spend_model=SPEND, discount_rate=0.1)
    assert in_days["clv"] == pytest.approx(in_weeks["clv"], rel=1e-12)
    monthly = model().predict(
        TEN, horizon=52, spend_model=SPEND, discount_rate=1.1 ** (1 / 12) - 1, discount_period="month"
    )
    assert monthly["clv"] == pytest.approx(in_weeks["clv"], rel=1e-12)


def test_a_unit_is_never_guessed() -> None:
    with pytest.raises(loy.LoyaltyError, match=r"^time_unit: must be stated"):
        model(None).predict(TEN, horizon=52, spend_model=SPEND, discount_rate=0.1)
    out = model(None).predict(TEN, horizon=52, spend_model=SPEND, discount_rate=0.001, discount_period="unit")
    assert (out["clv"] > 0).all()
    assert (model(None).predict(TEN, horizon=52, spend_model=SPEND)["clv"] > out["clv"]).all()


def test_without_a_horizon() -> None:
    with pytest.warns(loy.LoyaltyWarning, match=r"infinite"):
        out = model().predict(TEN, spend_model=SPEND, discount_rate=0.1)
    assert np.isinf(out["expected_purchases"]).all() and np.isfinite(out["clv"]).all()
    lasting = model(a=2.0).predict(TEN, spend_model=SPEND, discount_rate=0.1)
    assert np.isfinite(lasting["expected_purchases"]).all()


def test_messages() -> None:
    bad = {**TEN, "recency": [50.0, *TEN["recency"][1:]]}
    with pytest.raises(loy.DomainError, match=r"^T\[0\]: "):
        model().predict(bad, horizon=52, spend_model=SPEND)
    out = model().predict(bad, horizon=52, spend_model=SPEND, errors="coerce")
    assert math.isnan(out["clv"][0]) and not np.isnan(out["clv"][1:]).any()
    with pytest.raises(loy.DomainError, match=r"^horizon: "):
        model().predict(TEN, horizon=-1, spend_model=SPEND)
    with pytest.raises(loy.DomainError, match=r"^margin: "):
        model().predict(TEN, horizon=1, spend_model=SPEND, margin=-1)
    with pytest.raises(loy.LoyaltyError, match=r"^spend_model: must be a GammaGammaModel, not dict"):
        model().predict(TEN, horizon=1, spend_model={})
    with pytest.raises(loy.LoyaltyError, match=r"^model: must be a model of purchases, not GammaGammaModel"):
        value.predict(SPEND, TEN, horizon=1)
    with pytest.raises(loy.StateError, match=r"not fitted"):
        model().predict(TEN, horizon=1, spend_model=loy.GammaGammaModel())
