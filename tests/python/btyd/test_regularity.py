"""loyalty.btyd.regularity."""

from __future__ import annotations

import math

import pandas as pd
import polars as pl
import pytest

import loyalty as loy

LOG = {
    "customer_id": ["a"] * 5 + ["b"] * 3 + ["c"],
    "date": pd.to_datetime([f"2015-01-{day:02}" for day in (1, 2, 4, 7, 11, 1, 6, 11, 31)]),
    "amount": [5.0] * 9,
}


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame])
def test_by_hand(frame: type) -> None:
    v = (1 / 36 + 1 / 196 + 0) / 3
    found = loy.btyd.regularity(frame(LOG))
    assert found.k == pytest.approx((1 - 4 * v) / (8 * v), rel=1e-14)
    assert (found.n_pairs, found.n_customers) == (3, 2)
    early = loy.btyd.regularity(frame(LOG), observation_period_end="2015-01-04")
    assert early.k == pytest.approx(4, rel=1e-14) and math.isnan(early.std_error)


def test_what_cannot_be_said() -> None:
    frame = pd.DataFrame(LOG)
    with pytest.raises(loy.DomainError) as caught:
        loy.btyd.regularity(frame, observation_period_end="2015-01-02")
    assert caught.value.code == "ERR_TOO_FEW"
    with pytest.warns(loy.LoyaltyWarning, match="k is infinite"):
        assert loy.btyd.regularity(frame[frame["customer_id"] == "b"]).k == math.inf
