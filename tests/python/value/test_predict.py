"""predict: one frame of answers for every model of purchases, with no memory of its own."""

from __future__ import annotations

import tracemalloc
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import loyalty as loy

SPEND = loy.GammaGammaModel.from_params(p=6.25, q=3.74, v=15.44)
MODELS: dict[Any, dict[str, float]] = {
    loy.BetaGeoModel: {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426},
    loy.ModifiedBetaGeoModel: {"r": 0.525, "alpha": 6.183, "a": 0.891, "b": 1.614},
    loy.ParetoNBDModel: {"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669},
    loy.NBDModel: {"r": 0.385, "alpha": 12.07},
    loy.GammaGompertzModel: {"r": 0.553, "alpha": 10.58, "b": 0.0002, "s": 0.603, "beta": 0.0026},
}


def customers(n: int) -> pd.DataFrame:
    rng = np.random.default_rng(3)
    length = rng.uniform(20, 40, n)
    frequency = np.floor(rng.gamma(0.5, 4, n))
    return pd.DataFrame(
        {
            "frequency": frequency,
            "recency": np.where(frequency > 0, length * rng.random(n), 0.0),
            "T": length,
            "monetary_value": np.where(frequency > 0, rng.uniform(5, 50, n), 0.0),
        },
        index=[f"customer {i}" for i in range(n)],
    )


@pytest.mark.parametrize("kind", MODELS)
def test_one_frame_for_every_model(kind: Any) -> None:
    data, model = customers(400), kind.from_params(**MODELS[kind], time_unit="W")
    out = model.predict(data, horizon=52, spend_model=SPEND, discount_rate=0.1)
    assert list(out.columns) == ["p_alive", "expected_purchases", "expected_spend", "clv"]
    assert (out.index == data.index).all()
    assert (out["p_alive"] == model.expected_probability_alive(data)).all()
    assert (out["expected_purchases"] == model.expected_purchases(data, future_t=52)).all()
    assert (out["expected_spend"] == SPEND.expected_customer_spend(data)).all()
    discounted = model.discounted_expected_purchases(data, 0.1, horizon=52)
    assert out["clv"].to_numpy() == pytest.approx((discounted * out["expected_spend"]).to_numpy(), rel=1e-14)
    two = model.predict(data[["frequency", "recency", "T"]], horizon=52)
    pd.testing.assert_frame_equal(two, out[["p_alive", "expected_purchases"]], check_exact=True)
    # Nobody's answer depends on who else is asked about.
    some = data.iloc[::-7]
    pd.testing.assert_frame_equal(model.predict(some, horizon=52), two.loc[some.index], check_exact=True)
    polars = model.predict(pl.from_pandas(data), horizon=52)
    assert isinstance(polars, pl.DataFrame)
    assert (polars["expected_purchases"].to_numpy() == two["expected_purchases"].to_numpy()).all()


@pytest.mark.parametrize("kind", MODELS)
def test_bad_rows_and_arguments_without_a_spend_model(kind: Any) -> None:
    data, model = customers(10), kind.from_params(**MODELS[kind], time_unit="W")
    data.loc["customer 4", "T"] = -1.0
    with pytest.raises(loy.DomainError, match=r"^T\[4\]: "):
        model.predict(data, horizon=52)
    out = model.predict(data, horizon=52, errors="coerce")
    assert out["p_alive"].isna().tolist() == [i == 4 for i in range(10)]
    with pytest.raises(loy.DomainError, match=r"^horizon: "):
        model.predict(data, horizon=-1)
    with pytest.raises(loy.DomainError, match=r"^margin: "):
        model.predict(data, horizon=1, margin=-1)
    with pytest.raises(loy.DomainError, match=r"^discount_rate: "):
        model.predict(data, horizon=1, discount_rate=-1)


@pytest.mark.parametrize("spend", [None, SPEND])
def test_a_prediction_takes_no_memory_beside_its_answer(spend: Any) -> None:
    data = customers(50_000)
    model = loy.BetaGeoModel.from_params(**MODELS[loy.BetaGeoModel], time_unit="W", threads=1)
    model.predict(data.head(10), horizon=52, spend_model=spend)
    tracemalloc.start()
    try:
        out = model.predict(data, horizon=52, spend_model=spend)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < out.memory_usage(index=False).sum() + 100_000
