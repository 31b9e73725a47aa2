"""Rates from counts and from a log: against pandas, statsmodels and powers; kinds of data, names in messages."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

import loyalty as loy
from loyalty import btyd

CDNOW = Path(__file__).parents[3] / "examples" / "data" / "cdnow.csv"

# ---- from counts ---------------------------------------------------------------------------------------------------


def test_counts() -> None:
    r = btyd.retention_rate(100, 110, 30)
    assert (r.rate, r.part, r.whole) == (0.8, 80, 100)
    assert r.interval() == pytest.approx(proportion_confint(80, 100, 0.05, "wilson"), rel=1e-14)
    assert btyd.churn_rate(100, 110, 30) == btyd.Rate(0.2, 20, 100)
    assert btyd.repeat_purchase_rate(7, 9).interval(0.8) == pytest.approx(
        proportion_confint(7, 9, 0.2, "wilson"), rel=1e-14
    )
    assert btyd.repurchase_rate(0, 5).rate == 0


def test_counts_that_have_no_rate() -> None:
    for call in (
        lambda: btyd.retention_rate(0, 3, 3), lambda: btyd.churn_rate(0, 0, 0),
        lambda: btyd.repeat_purchase_rate(0, 0), lambda: btyd.repurchase_rate(0, 0),
    ):  # fmt: skip
        with pytest.raises(loy.DomainError) as caught:
            call()
        assert caught.value.code == "ERR_TOO_FEW"
    with pytest.raises(loy.DomainError, match=r"^end: must be from acquired"):
        btyd.retention_rate(10, 2, 3)
    with pytest.raises(loy.DomainError, match=r"^repeat_customers: "):
        btyd.repeat_purchase_rate(3, 2)
    with pytest.raises(loy.DomainError, match=r"^level: "):
        btyd.repurchase_rate(1, 2).interval(1)


def test_convert() -> None:
    assert btyd.convert_retention(0.95) == pytest.approx(0.95**12, rel=4e-16)
    assert btyd.convert_retention(0.6, "Y", "M") == pytest.approx(0.6 ** (1 / 12), rel=4e-16)
    assert btyd.convert_churn(0.1, "W", "D") == pytest.approx(1 - 0.9 ** (1 / 7), rel=1e-14)
    assert btyd.convert_churn(0.1, 7, 1) == btyd.convert_churn(0.1, "W", "D")
    s = btyd.convert_retention("r", data=pd.DataFrame({"r": [0.5, 1.0]}, index=[4, 2]))
    assert list(s.index) == [4, 2]
    assert s[4] == 0.5**12
    assert np.isnan(btyd.convert_churn([0.5, 1.5], errors="coerce")[1])
    with pytest.raises(loy.DomainError, match=r"^churn\[1\]: must be from 0 to 1"):
        btyd.convert_churn([0.5, 1.5])
    with pytest.raises(loy.DomainError, match=r"^retention: must be from 0 to 1"):
        btyd.convert_retention(-1)
    with pytest.raises(loy.DomainError, match=r"^to_period: "):
        btyd.convert_retention(0.5, 1, 0)
    with pytest.raises(loy.LoyaltyError, match=r"^to_period: must be a name or a number"):
        btyd.convert_retention(0.5, "M", 12)
    with pytest.raises(loy.LoyaltyError, match=r"^from_period: must be one of"):
        btyd.convert_retention(0.5, "Q")


# ---- from a log ----------------------------------------------------------------------------------------------------


def by_pandas(log: pd.DataFrame, freq: str, periods: Any = None) -> tuple[pd.DataFrame, np.ndarray[Any, Any]]:
    """Counts by period and by cohort: sets of customers."""
    when = pd.to_datetime(log["date"]).dt.to_period(freq)
    active = {
        p: set(log["customer_id"][when == p]) for p in pd.period_range(when.min(), periods or when.max(), freq=freq)
    }
    rows, seen, before = [], set[Any](), set[Any]()
    cohorts = []
    for here in active.values():
        fresh = here - seen
        rows.append((len(before), len(here), len(here & before), len(fresh), len(here & seen - before)))
        cohorts.append(fresh)
        seen, before = seen | here, here
    counts = np.array([[len(c & later) for later in list(active.values())] for c in cohorts])
    names = ["start", "active", "retained", "acquired", "returned"]
    return pd.DataFrame(rows, columns=names), counts


@pytest.mark.filterwarnings("ignore:periods after one without customers")
@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 200)), min_size=1, max_size=40),
    period=st.sampled_from(["D", "W", "M", "Y"]),
)
def test_against_pandas(rows: list[tuple[int, int]], period: str) -> None:
    days = pd.to_datetime("2023-11-20") + pd.to_timedelta([day for _, day in rows], unit="D")
    log = pd.DataFrame({"customer_id": [who for who, _ in rows], "date": days})
    expected, cohorts = by_pandas(log, period)
    r = btyd.retention_rates(log, monetary_value_col=None, period=period)  # type: ignore[arg-type]
    pd.testing.assert_frame_equal(r[list(expected)], expected)
    begins = days.min().to_period(period).start_time
    assert r["period"].iloc[0] == begins
    with np.errstate(invalid="ignore"):
        retention = (expected["retained"] / expected["start"]).to_numpy()
    np.testing.assert_array_equal(r["retention"], retention)
    np.testing.assert_allclose(r["churn"], 1 - retention, rtol=0, atol=2e-16)
    some = expected["start"] > 0
    lower, upper = proportion_confint(expected["retained"][some], expected["start"][some], 0.05, "wilson")
    np.testing.assert_allclose(r["retention_lower"][some], lower, rtol=0, atol=1e-15)
    np.testing.assert_allclose(r["retention_upper"][some], upper, rtol=0, atol=1e-15)
    c = btyd.cohort_table(log, monetary_value_col=None, period=period, share=False)  # type: ignore[arg-type]
    n = len(expected)
    for row in range(n):
        found = c.iloc[row, 2:].to_numpy(dtype=float)
        assert found[: n - row].tolist() == cohorts[row, row:].tolist()
        assert np.isnan(found[n - row :]).all()
    assert c["customers"].tolist() == expected["acquired"].tolist()


def test_cdnow() -> None:
    log = pd.read_csv(CDNOW)
    r = btyd.retention_rates(log)
    expected, cohorts = by_pandas(log, "M")
    pd.testing.assert_frame_equal(r[list(expected)], expected)
    share = btyd.cohort_table(log)
    assert share["3"].iloc[0] == cohorts[0, 3] / cohorts[0, 0]
    assert share["0"].iloc[1] == 1
    found = btyd.purchase_rates(log)
    orders = log.drop_duplicates(["customer_id", "date"]).groupby("customer_id").size()
    assert found.repeat_purchase == btyd.repeat_purchase_rate(int((orders > 1).sum()), len(orders))
    assert found.repurchase == btyd.repurchase_rate(int((orders - 1).sum()), int(orders.sum()))
    early = btyd.purchase_rates(log, observation_period_end="1997-01-31")
    assert (
        early.repurchase.whole
        == (log["date"] <= "1997-01-31").sum()
        - log[log["date"] <= "1997-01-31"].duplicated(["customer_id", "date"]).sum()
    )


LOG = {
    "customer_id": ["a", "a", "b", "b"], "date": ["2024-01-05", "2024-02-05", "2024-01-06", "2024-02-07"],
    "amount": [5.0, 5.0, 5.0, -5.0],
}  # fmt: skip


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table, dict])
def test_kinds(make: Any) -> None:
    log = make(LOG)
    r = btyd.retention_rates(log)
    assert type(r) is type(log)
    assert np.asarray(r["retained"]).tolist() == [0, 1]  # a return is no purchase
    assert np.asarray(btyd.retention_rates(log, refunds="count")["retained"]).tolist() == [0, 2]
    c = btyd.cohort_table(log)
    assert type(c) is type(log)
    assert np.asarray(c["1"])[0] == 0.5
    first = np.asarray(c["cohort"]).astype("datetime64[D]")[0]
    assert first.item() == datetime.date(2024, 1, 1)


def test_end_and_empty() -> None:
    r = btyd.retention_rates(LOG, observation_period_end="2024-02-01")
    assert r["active"].tolist() == [2, 1]
    with pytest.warns(loy.LoyaltyWarning, match="have no rate") as caught:
        r = btyd.retention_rates(LOG, observation_period_end=datetime.date(2024, 4, 1))
    assert caught[0].message.code == "NOTICE_SKIPPED"  # type: ignore[union-attr]
    assert r["churn"][2] == 1
    assert np.isnan(r["churn"][3])
    empty = btyd.retention_rates(LOG, observation_period_end="2023-01-01")
    assert len(empty["period"]) == 0
    assert len(btyd.cohort_table(pd.DataFrame(LOG), observation_period_end="2023-01-01")) == 0
    with pytest.raises(loy.DomainError, match=r"^customers: "):
        btyd.purchase_rates(LOG, observation_period_end="2023-01-01")


def test_bad() -> None:
    with pytest.raises(loy.LoyaltyError, match=r"^period: must be one of"):
        btyd.retention_rates(LOG, period="Q")  # type: ignore[arg-type]
    with pytest.raises(loy.LoyaltyError, match=r"^merge: must be one of"):
        btyd.purchase_rates(LOG, merge="Q")  # type: ignore[arg-type]
    with pytest.raises(loy.LoyaltyError, match=r"^level: "):
        btyd.retention_rates(LOG, level=1)
    with pytest.raises(loy.LoyaltyError, match=r"^observation_period_end: must be a date"):
        btyd.cohort_table(LOG, observation_period_end="soon")
    with pytest.raises(loy.DomainError, match=r"^log: must not span more than 4096 periods"):
        btyd.cohort_table(LOG, observation_period_end="9999-12-31")
    with pytest.raises(loy.LoyaltyError, match=r"^who: there is no such column"):
        btyd.retention_rates(LOG, customer_id_col="who")
