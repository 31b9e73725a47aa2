"""loyalty.rfm_summary and its neighbours: published tables, every kind of table, exactness, bad input."""

from __future__ import annotations

import copy
import datetime
import math
import pickle
import random
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import loyalty as loy

CDNOW = Path(__file__).parents[3] / "examples" / "data" / "cdnow.csv"

TOY = {
    "customer_id": np.array([1, 1, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6]),
    "date": np.array(
        ["2015-01-01", "2015-02-06", "2015-01-01", "2015-01-01", "2015-01-02", "2015-01-05", "2015-01-16",
         "2015-02-02", "2015-02-05", "2015-01-16", "2015-01-17", "2015-01-18", "2015-02-02"], dtype="datetime64[D]"),
    "amount": np.array([1, 2, 2, 3, 1, 5, 6, 3, 3, 3, 1, 8, 5]),
}  # fmt: skip


def one(date: Any = "2015-01-01", amount: Any = 1.0, customer: Any = 1) -> dict[str, Any]:
    return {"customer_id": [customer], "date": [date], "amount": [amount]}


# ---- published numbers --------------------------------------------------------------------------------------------


def test_toy_daily() -> None:
    r = loy.rfm_summary(TOY, time_unit="D", observation_period_end="2015-02-07")
    assert r["customer_id"].tolist() == [1, 2, 3, 4, 5, 6]
    assert r["frequency"].tolist() == [1, 0, 2, 2, 2, 0]
    assert r["recency"].tolist() == [36, 0, 4, 20, 2, 0]
    assert r["T"].tolist() == [37, 37, 37, 22, 22, 5]
    assert r["monetary_value"].tolist() == [2, 0, 3, 3, 4.5, 0]


def test_toy_weekly() -> None:
    r = loy.rfm_summary(TOY, time_unit="W", merge="W", observation_period_end="2015-02-07")
    assert r["frequency"].tolist() == [1, 0, 1, 1, 0, 0]
    assert r["recency"].tolist() == [5, 0, 1, 3, 0, 0]
    assert r["T"].tolist() == [5, 5, 5, 3, 3, 0]


def test_toy_split() -> None:
    r = loy.rfm_train_test_split(
        TOY, time_unit="W", merge="W", train_period_end="2015-02-01", test_period_end="2015-02-07"
    )
    assert r["customer_id"].tolist() == [1, 2, 3, 4, 5]
    assert r["frequency"].tolist() == [0, 0, 1, 0, 0]
    assert r["recency"].tolist() == [0, 0, 1, 0, 0]
    assert r["T"].tolist() == [4, 4, 4, 2, 2]
    assert r["test_frequency"].tolist() == [1, 0, 0, 1, 0]
    assert r["test_monetary_value"].tolist() == [2, 0, 0, 6, 0]
    assert r["test_T"].tolist() == [1] * 5
    assert list(r) == [
        "customer_id", "frequency", "recency", "T", "monetary_value", "test_frequency", "test_monetary_value", "test_T"
    ]  # fmt: skip


def test_cdnow() -> None:
    log = pd.read_csv(CDNOW, dtype={"customer_id": str})
    r = loy.rfm_train_test_split(log, train_period_end="1997-09-30", test_period_end="1998-06-30")
    assert len(r) == 2357
    assert r["frequency"].sum() == 2457
    assert r["recency"].sum() == pytest.approx(16135.571428571, abs=1e-9)
    assert r["T"].sum() == pytest.approx(77111.285714286, abs=1e-9)
    assert r["test_frequency"].sum() == 1882
    assert ((r["T"] * 7).round() / 7 == r["T"]).all()
    spend = r.loc[r["frequency"] > 0, "monetary_value"]
    assert (len(spend), round(spend.min(), 2), round(spend.max(), 2)) == (946, 2.99, 299.63)
    published = np.floor(spend * 100 + 0.5 + 1e-9) / 100  # the published file rounds half up
    assert published.mean() == pytest.approx(35.07855, abs=5e-6)
    assert published.std() == pytest.approx(30.28351, abs=5e-6)
    whole = loy.rfm_summary(log, observation_period_end="1997-09-30")
    for column in ("customer_id", "frequency", "recency", "T", "monetary_value"):
        assert (whole[column] == r[column]).all()


# ---- kinds of tables and columns ----------------------------------------------------------------------------------


def frames() -> list[Any]:
    pandas = pd.DataFrame(TOY)
    structured = np.empty(13, dtype=[("customer_id", "i4"), ("date", "M8[s]"), ("amount", "f8")])
    for name in TOY:
        structured[name] = TOY[name]
    return [pandas, pl.DataFrame(TOY), pa.table(pandas), structured, pl.DataFrame(TOY).lazy(), {**TOY}]


@pytest.mark.parametrize("log", frames(), ids=lambda log: type(log).__module__.split(".")[0])
def test_same_kind_of_table(log: Any) -> None:
    r = loy.rfm_summary(log, time_unit="D")
    kind = pl.DataFrame if isinstance(log, pl.LazyFrame) else type(log)
    assert isinstance(r, kind)
    assert np.asarray(r["customer_id"]).tolist() == [1, 2, 3, 4, 5, 6]
    assert np.asarray(r["frequency"]).tolist() == [1, 0, 2, 2, 2, 0]
    if isinstance(r, pd.DataFrame):
        assert r.index.tolist() == list(range(6))


@pytest.mark.parametrize("dtype", ["int8", "int32", "int64", "uint16", "uint64"])
def test_ids_keep_their_type(dtype: str) -> None:
    ids = TOY["customer_id"].astype(dtype)
    assert loy.rfm_summary({**TOY, "customer_id": ids})["customer_id"].dtype == dtype
    assert loy.rfm_summary(pl.DataFrame({**TOY, "customer_id": ids}))["customer_id"].to_numpy().dtype == dtype


NAMES = ["Zoë", "a,b", 'say "hi"', "𝔘", "é\u0301", "", " ", "10", "9", "Å", "\uffff"]


@pytest.mark.parametrize("make", [
    lambda c: c,
    lambda c: {k: np.array(v) for k, v in c.items()},
    pd.DataFrame,
    lambda c: pd.DataFrame(c).astype({"customer_id": "category"}),
    lambda c: pd.DataFrame(c).astype({"customer_id": object}),
    pl.DataFrame,
    lambda c: pl.DataFrame(c).with_columns(pl.col("customer_id").cast(pl.Categorical)),
    lambda c: pl.DataFrame(c).with_columns(pl.col("customer_id").cast(pl.Enum(NAMES))),
    pa.table,
    lambda c: pa.table({**c, "customer_id": pa.chunked_array([c["customer_id"][:5], c["customer_id"][5:]])}),
    lambda c: pa.table({**c, "customer_id": pa.array(c["customer_id"]).dictionary_encode()}),
])  # fmt: skip
def test_text_ids_in_code_point_order(make: Any) -> None:
    log = make({"customer_id": NAMES + NAMES[::-1], "date": ["2015-01-01"] * 11 + ["2015-01-05"] * 11,
                "amount": [1.0] * 22})  # fmt: skip
    r = loy.rfm_summary(log, time_unit="D")
    assert np.asarray(r["customer_id"]).tolist() == sorted(NAMES)
    assert np.asarray(r["frequency"]).tolist() == [1.0] * 11


DATES = [datetime.date(1969, 12, 30), datetime.date(2015, 2, 7)]


@pytest.mark.parametrize("dates", [
    ["1969-12-30", "2015-02-07"],
    ["1969-12-30T23:59:59.999", "2015-02-07 00:00"],
    np.array(["1969-12-30", "2015-02-07"]),
    np.array(DATES, dtype="M8[D]"),
    np.array(DATES, dtype="M8[h]"),
    np.array(DATES, dtype="M8[s]"),
    np.array(DATES, dtype="M8[ms]"),
    np.array(DATES, dtype="M8[us]"),
    np.array(DATES, dtype="M8[ns]"),
    np.array(DATES, dtype=">M8[s]"),
    np.array(DATES, dtype="M8[25s]"),
    np.array([DATES[0], DATES[0], DATES[1], DATES[1]], dtype="M8[ns]")[::2],
    DATES,
    [datetime.datetime(1969, 12, 30, 23, 59), datetime.datetime(2015, 2, 7)],
    pd.Series(DATES),
    pd.to_datetime(pd.Series(DATES)),
    pd.Series(["1969-12-30", "2015-02-07"]),
    pd.to_datetime(pd.Series(DATES)).dt.tz_localize("Asia/Tokyo"),
    pl.Series(DATES),
    pl.Series(DATES).cast(pl.Datetime("ms")),
    pl.Series(DATES).cast(pl.Datetime("us")).dt.replace_time_zone("America/New_York"),
    pa.array(DATES),
    pa.array(DATES).cast(pa.timestamp("s")),
    pa.array(["1969-12-30", "2015-02-07"]),
])  # fmt: skip
def test_dates(dates: Any) -> None:
    r = loy.rfm_summary({"customer_id": [1, 1], "date": dates}, monetary_value_col=None, time_unit="D")
    assert np.asarray(r["recency"]).tolist() == [(DATES[1] - DATES[0]).days]


def test_zones_count_by_their_own_clock() -> None:
    """23:30 in New York is the next day in UTC; the customer saw one day."""
    times = pd.to_datetime(pd.Series(["2015-01-01 20:30", "2015-01-01 23:30"])).dt.tz_localize("America/New_York")
    log: dict[str, Any] = {"customer_id": [1, 1], "date": times}
    assert np.asarray(loy.rfm_summary(log, monetary_value_col=None)["frequency"]).tolist() == [0]
    aware = [datetime.datetime.fromisoformat("2015-01-01T01:00+09:00"), "2015-01-01T23:00-05:00"]
    assert loy.rfm_summary({"customer_id": [1, 1], "date": aware}, monetary_value_col=None)["frequency"].tolist() == [0]


@pytest.mark.parametrize("amounts", [
    [29.33, 0.3, 5],
    [29.33, 0.1 + 0.2, 5],
    np.array([29.33, 0.3, 5], dtype=np.float32),
    [Decimal("29.33"), Decimal("0.30"), Decimal("5")],
    pl.Series([Decimal("29.33"), Decimal("0.30"), Decimal("5.00")]),
    pa.array([Decimal("29.33"), Decimal("0.30"), Decimal("5.00")]),
    pd.Series([29.33, 0.3, 5], dtype="Float64"),
])  # fmt: skip
def test_amounts(amounts: Any) -> None:
    log = {"customer_id": [1, 1, 1], "date": ["2015-01-01", "2015-01-02", "2015-01-03"], "amount": amounts}
    assert np.asarray(loy.rfm_summary(log)["monetary_value"]).tolist() == [2.65]
    first = loy.rfm_summary(log, include_first_spend=True)
    assert np.asarray(first["monetary_value"]).tolist() == [3463 / 300]


def test_integer_amounts() -> None:
    log = {**TOY, "amount": TOY["amount"].astype(np.int16)}
    for decimals in (0, 2, 9):
        assert loy.rfm_summary(log, decimals=decimals)["monetary_value"].tolist() == [2, 0, 3, 3, 4.5, 0]


def test_without_amounts() -> None:
    log = {k: v for k, v in TOY.items() if k != "amount"}
    r = loy.rfm_summary(log, monetary_value_col=None)
    assert list(r) == ["customer_id", "frequency", "recency", "T"]
    r = loy.rfm_train_test_split(log, monetary_value_col=None, train_period_end="2015-01-31")
    assert list(r) == ["customer_id", "frequency", "recency", "T", "test_frequency", "test_T"]


def test_other_names_and_units() -> None:
    log = pd.DataFrame({"who": [7, 7], "when": ["2015-01-01", "2016-01-01"], "paid": [1.0, 2.0], "x": [0, 0]})
    for unit, days in (("h", 1 / 24), ("D", 1), ("W", 7), ("M", 30.4375), ("Y", 365.25)):
        r = loy.rfm_summary(log, "who", "when", "paid", time_unit=unit, litt=True)  # type: ignore[arg-type]
        assert list(r) == ["customer_id", "frequency", "recency", "T", "monetary_value", "litt"]
        assert r["recency"].tolist() == [365 / days]
        assert r["litt"].tolist() == pytest.approx([math.log(365 / days)], rel=1e-15)


def test_empty() -> None:
    logs: list[Any] = [pd.DataFrame(TOY)[:0], pl.DataFrame(TOY)[:0], {k: v[:0] for k, v in TOY.items()}]
    logs.append({"customer_id": [], "date": [], "amount": []})
    for log in logs:
        assert len(loy.rfm_summary(log)["customer_id"]) == 0
        assert len(loy.rfm_train_test_split(log, train_period_end="2015-01-01")["test_T"]) == 0


# ---- exactness ----------------------------------------------------------------------------------------------------

rows = st.lists(
    st.tuples(
        st.integers(-3, 4),
        st.datetimes(datetime.datetime(1968, 11, 25), datetime.datetime(1971, 2, 3), timezones=st.none()),
        st.integers(-500, 3000),
    ),
    min_size=1,
    max_size=60,
)


def start(merge: str | None, time: datetime.datetime) -> datetime.datetime:
    day = datetime.datetime(time.year, time.month, time.day)
    match merge:
        case "h":
            return day.replace(hour=time.hour)
        case "D":
            return day
        case "W":
            return day - datetime.timedelta(days=day.weekday())
        case "M":
            return day.replace(day=1)
        case "Y":
            return day.replace(month=1, day=1)
    return time.replace(microsecond=0)


def reference(
    log: list[tuple[int, datetime.datetime, int]], merge: str | None, end: datetime.datetime, train: datetime.datetime
) -> list[tuple[Any, ...]]:
    """The rules in plain Python, with fractions; recency and T in days."""
    sums: dict[int, dict[datetime.datetime, int]] = {}
    for customer, time, cents in log:
        periods = sums.setdefault(customer, {})
        periods[start(merge, time)] = periods.get(start(merge, time), 0) + cents
    end, train, day = start(merge, end), start(merge, train), datetime.timedelta(days=1)
    out = []
    for customer in sorted(sums):
        bought = sorted((t, c) for t, c in sums[customer].items() if c >= 0 and t <= end)
        before = [(t, c) for t, c in bought if t <= train]
        after = [c for t, c in bought if t > train]
        if not before:
            continue
        x = len(before) - 1
        spend = Fraction(sum(c for _, c in before[1:]), 100 * x) if x else 0
        test = Fraction(sum(after), 100 * len(after)) if after else 0
        first, last = before[0][0], before[-1][0]
        out.append((customer, x, (last - first) / day, (train - first) / day, float(spend), len(after), float(test)))
    return out


@settings(max_examples=150, deadline=None)
@given(rows, st.sampled_from(["h", "D", "W", "M", "Y", None]), st.integers(0, 2**32), st.data())
def test_against_plain_python(log: Any, merge: Any, seed: int, data: Any) -> None:
    times = [time for _, time, _ in log]
    end = data.draw(st.sampled_from(times))
    train = data.draw(st.sampled_from([time for time in times if time <= end]))
    unit: Any = "h" if merge == "D" else "D"  # not the merge period: times are differences of beginnings
    scale = 24 if unit == "h" else 1
    columns = ("customer_id", "frequency", "recency", "T", "monetary_value", "test_frequency", "test_monetary_value")

    def pushed(part: list[tuple[int, datetime.datetime, int]]) -> loy.btyd.RFMBuilder:
        ids, when, cents = zip(*part, strict=True) if part else ((), (), ())
        return loy.btyd.RFMBuilder(merge=merge).push({
            "customer_id": np.array(ids, dtype=np.int64),
            "date": np.array(when, dtype="M8[us]"),
            "amount": np.array(cents, dtype=np.float64) / 100,
        })  # fmt: skip

    builder = pushed(log)
    r = builder.train_test_split(train_period_end=train, test_period_end=end, time_unit=unit)
    expected = reference(log, merge, end, train)
    if merge == unit:
        return
    got = [tuple(row) for row in zip(*(r[c].tolist() for c in columns), strict=True)]
    assert got == [(c, x, t * scale, T * scale, m, n, z) for c, x, t, T, m, n, z in expected]
    report = builder.report(observation_period_end=end, train_period_end=train)
    assert report.customers == len(expected)
    assert report.purchases == sum(row[1] + 1 for row in expected)
    assert report.purchases_test == sum(row[5] for row in expected)
    assert report.rows_negative == sum(cents < 0 for _, _, cents in log)

    shuffled = list(log)
    random.Random(seed).shuffle(shuffled)
    cut = seed % (len(log) + 1)
    assert pushed(shuffled[cut:]).merge(pushed(shuffled[:cut])).to_bytes() == builder.to_bytes()


# ---- builders -----------------------------------------------------------------------------------------------------


def toy_rows(rows: slice) -> dict[str, Any]:
    return {name: column[rows] for name, column in TOY.items()}


def named(log: dict[str, Any]) -> dict[str, Any]:
    return {**log, "customer_id": np.array(["zero", "one", "two", "three", "four", "five", "six"])[log["customer_id"]]}


@pytest.mark.parametrize("shape", [lambda log: log, named])
def test_parts_and_merges(shape: Any) -> None:
    whole = loy.btyd.RFMBuilder().push(shape(TOY))
    left, right, third = loy.btyd.RFMBuilder(), loy.btyd.RFMBuilder(), loy.btyd.RFMBuilder()
    left.push(shape(toy_rows(slice(9, None)))).push(shape(toy_rows(slice(2, 5))))
    right.push(shape(toy_rows(slice(5, 9)))).push(shape(toy_rows(slice(0, 0))))
    third.push(shape(toy_rows(slice(0, 2))))
    before = right.to_bytes()
    left.merge(right).merge(third)
    assert right.to_bytes() == before
    assert left.to_bytes() == whole.to_bytes()
    a, b = left.summary(litt=True), whole.summary(litt=True)
    for name in b:
        assert np.array_equal(a[name], b[name])
    assert loy.btyd.RFMBuilder().merge(left).to_bytes() == whole.to_bytes()
    assert whole.merge(loy.btyd.RFMBuilder()).to_bytes() == left.to_bytes()


@pytest.mark.parametrize("shape", [lambda log: log, named])
def test_bytes_pickle_copy(shape: Any) -> None:
    builder = loy.btyd.RFMBuilder(merge="W", decimals=3, refunds="drop", threads=2).push(shape(TOY))
    again = loy.btyd.RFMBuilder.from_bytes(builder.to_bytes())
    assert (again.merge_period, again.decimals, again.refunds) == ("W", 3, "drop")
    copies = [again, pickle.loads(pickle.dumps(builder)), copy.copy(builder), copy.deepcopy(builder)]
    assert all(c.to_bytes() == builder.to_bytes() for c in copies)
    for c in copies:
        assert c.summary()["frequency"].tolist() == builder.summary()["frequency"].tolist()
        assert c.summary()["customer_id"].tolist() == builder.summary()["customer_id"].tolist()
    copies[0].push(shape(TOY))
    assert builder.report().rows == 13
    assert copies[0].report().rows == 26
    assert "customers=6" in repr(builder)


def test_form_of_bytes() -> None:
    """Lua writes the same (tests/lua/btyd/rfm_spec.lua)."""
    builder = loy.btyd.RFMBuilder().push({"customer_id": ["é", "a"], "date": ["1970-01-02"] * 2, "amount": [1, 0.5]})
    assert builder.to_bytes().hex() == (
        "4c4f594c4f470d0a0100000002ff00000200000000000000010000006102000000c3a9"
        "4c4f5952464d0d0a0100000001000000020000000000000000000000000000000000000000000000960000000000000002000000"
        "00000000000000000000000001000000000000003200000000000000010000000000000001000000000000006400000000000000"
        "6f1ef865e773fd4c"
    )


def test_damaged_bytes() -> None:
    good = loy.btyd.RFMBuilder().push(named(TOY)).to_bytes()
    for i in range(len(good)):
        damaged = good[:i] + bytes([good[i] ^ 4]) + good[i + 1 :]
        try:
            loy.btyd.RFMBuilder.from_bytes(damaged).summary()
        except loy.LoyaltyError as error:
            assert error.code in ("ERR_FORMAT", "ERR_VERSION", "ERR_DOMAIN")
    for n in range(len(good)):
        with pytest.raises(loy.LoyaltyError):
            loy.btyd.RFMBuilder.from_bytes(good[:n])


def test_threads_give_the_same_bytes() -> None:
    rng = np.random.default_rng(5)
    log = {
        "customer_id": rng.integers(0, 2**63 - 1, 20_000)[rng.integers(0, 20_000, 150_000)],
        "date": rng.integers(0, 10**17, 150_000).view("M8[ns]"),
        "amount": rng.integers(-500, 5000, 150_000),
    }
    one, many = (loy.btyd.RFMBuilder(threads=n).push(log) for n in (1, 7))
    assert one.to_bytes() == many.to_bytes()
    a, b = one.summary(litt=True), many.summary(litt=True)
    assert all(np.array_equal(a[name], b[name]) for name in a)


def test_report() -> None:
    builder = loy.btyd.RFMBuilder().push(one("2015-01-01", 10.0)).push(one("2015-01-01", 2.5))
    builder.push(one("2015-01-09", -1.25)).push(one("2015-01-20", -3, 2))
    r = builder.report()
    assert (r.rows, r.rows_negative, r.rows_merged, r.customers, r.customers_void) == (4, 2, 1, 1, 1)
    assert (r.returns, r.amount, r.amount_returned) == (2, 12.5, -4.25)
    assert (r.first, r.last, r.end) == (
        datetime.datetime(2015, 1, 1), datetime.datetime(2015, 1, 20), datetime.datetime(2015, 1, 20)
    )  # fmt: skip
    assert loy.btyd.RFMBuilder().report().first is None


# ---- bad input ----------------------------------------------------------------------------------------------------


def refused(log: Any, argument: str | None, index: int | None, text: str, **options: Any) -> None:
    with pytest.raises(loy.LoyaltyError) as caught:
        loy.rfm_summary(log, **options)
    assert caught.value.argument == argument, str(caught.value)
    assert caught.value.index == index, str(caught.value)
    assert text in str(caught.value)


def test_columns_that_are_not_there() -> None:
    refused({"customer_id": [1], "when": ["2015-01-01"], "amount": [1.0]}, "date", None, "'when'")
    refused(pd.DataFrame(TOY), "who", None, "'customer_id'", customer_id_col="who")
    refused(None, "data", None, "table")
    refused([1, 2], "data", None, "table")
    refused("log.csv", "data", None, "table")
    refused({"customer_id": [1, 2], "date": ["2015-01-01"], "amount": [1.0]}, "date", None, "1 elements")


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, None, "12,5", "", 1.005, 1e300])
def test_bad_amounts(bad: Any) -> None:
    refused({"customer_id": [1, 1], "date": ["2015-01-01"] * 2, "amount": [1.0, bad]}, "amount", 1, "")


def test_bad_amounts_say_how_many_decimals() -> None:
    log = {"customer_id": ["a", "a"], "date": ["2020-01-01", "2020-02-01"], "amount": [1.0, 2.005]}
    for amounts in (log["amount"], [Decimal("1"), Decimal("2.005")]):
        with pytest.raises(loy.LoyaltyError) as caught:
            loy.rfm_summary({**log, "amount": amounts})
        assert str(caught.value) == (
            "amount[1]: must not have more decimal places than decimals allows; it is 2.005 and decimals=2"
        )
    with pytest.raises(loy.DomainError, match=r"^amount\[0\]: .* it is 9000000000000000000 and decimals=2$"):
        loy.rfm_summary({**log, "amount": [9 * 10**18, 1]})


@pytest.mark.parametrize("bad", [Decimal("NaN"), Decimal("Infinity"), Decimal("1.005"), Decimal("1e17"), None, 1.5])
def test_bad_decimals(bad: Any) -> None:
    refused({"customer_id": [1, 1], "date": ["2015-01-01"] * 2, "amount": [Decimal(1), bad]}, "amount", 1, "")


@pytest.mark.parametrize("bad", [None, "", "yesterday", "2015-02-30", "01/02/2015", "2015", "20150230", math.nan, 3])
def test_bad_dates(bad: Any) -> None:
    refused({"customer_id": [1, 1], "date": ["2015-01-01", bad], "amount": [1, 1]}, "date", 1, "")


def test_bad_date_columns() -> None:
    refused(one(pd.NaT), "date", 0, "missing")
    refused({**one(), "date": np.array(["NaT"], dtype="M8[ns]")}, "date", 0, "missing")
    refused({**one(), "date": pl.Series([None], dtype=pl.Date)}, "date", 0, "missing")
    refused({**one(), "date": np.array([20150101])}, "date", None, "dates")
    refused({**one(), "date": np.array([1.5])}, "date", None, "dates")
    refused({**one(), "date": np.array(["20000-01-01"], dtype="M8[D]")}, "date", 0, "9999")
    refused({**one(), "date": ["gestern"]}, "date", 0, "'gestern'")


@pytest.mark.parametrize("ids", [
    [1, None], [1.0, math.nan], ["a", None], ["a", 3], [1, 2.5], ["a", math.nan], [1, "b"],
])  # fmt: skip
def test_bad_ids(ids: Any) -> None:
    refused({"customer_id": ids, "date": ["2015-01-01"] * 2, "amount": [1, 1]}, "customer_id", 1, "")


def test_missing_ids_in_frames() -> None:
    dates = ["2015-01-01"] * 2
    refused(pd.DataFrame({"customer_id": ["a", "b"], "date": dates, "amount": ["1", "x"]}), "amount", 0, "'1'")
    for ids in (["a", None], [1, None]):
        columns = {"customer_id": ids, "date": dates, "amount": [1, 1]}
        for make in (pd.DataFrame, pl.DataFrame, pa.table):
            refused(make(columns), "customer_id", 1, "")


def test_overflow() -> None:
    log = {"customer_id": [1, 1, 1], "date": ["2015-01-01"] * 3, "amount": [2**61, 2**62, 2**62]}
    refused(log, "amount", 2, "2^63", decimals=0)
    refused(log, "amount", 0, "64 bits", decimals=2)


@pytest.mark.parametrize(("option", "value"), [
    ("time_unit", "days"), ("merge", "Q"), ("refunds", "keep"), ("threads", 0), ("threads", 1.5), ("decimals", 10),
    ("decimals", -1), ("decimals", "2"), ("decimals", True), ("observation_period_end", "soon"),
    ("observation_period_end", 5), ("time_unit", []),
])  # fmt: skip
def test_bad_options(option: str, value: Any) -> None:
    refused(TOY, option, None, "must be", **{option: value})


def test_bad_split() -> None:
    with pytest.raises(loy.DomainError) as caught:
        loy.rfm_train_test_split(TOY, train_period_end="2015-03-01")
    assert caught.value.argument == "train_period_end"
    with pytest.raises(loy.LoyaltyError) as wrong:
        loy.rfm_train_test_split(TOY, train_period_end=None)  # type: ignore[arg-type]
    assert wrong.value.argument == "train_period_end"
    with pytest.raises(loy.LoyaltyError) as caught_end:
        loy.rfm_train_test_split(TOY, train_period_end="2015-01-05", test_period_end="never")
    assert caught_end.value.argument == "test_period_end"


def test_refunds() -> None:
    log = {"customer_id": [1, 1, 1], "date": ["2015-01-01", "2015-01-02", "2015-01-05"], "amount": [10, 5, -5]}
    assert loy.rfm_summary(log)["frequency"].tolist() == [1]
    assert loy.rfm_summary(log, refunds="count")["frequency"].tolist() == [2]
    assert loy.rfm_summary(log, refunds="drop", time_unit="D")["T"].tolist() == [1]
    refused(log, "amount", 2, "negative", refunds="deny")


def test_an_error_adds_nothing() -> None:
    builder = loy.btyd.RFMBuilder().push(named(TOY))
    before = builder.to_bytes()
    for log in (
        {"customer_id": ["new"], "date": ["2015-01-01"], "amount": [math.nan]},
        {"customer_id": ["new"], "date": np.array(["NaT"], dtype="M8[s]"), "amount": [1]},
        {"customer_id": [3], "date": ["2015-01-01"], "amount": [1]},
    ):
        with pytest.raises(loy.LoyaltyError):
            builder.push(log)
    assert builder.to_bytes() == before


def test_builders_that_do_not_fit() -> None:
    a = loy.btyd.RFMBuilder().push(TOY)
    for other in (
        loy.btyd.RFMBuilder(merge="W"),
        loy.btyd.RFMBuilder(refunds="drop"),
        loy.btyd.RFMBuilder(decimals=3),
        loy.btyd.RFMBuilder().push(named(TOY)),
    ):
        with pytest.raises(loy.StateError):
            a.merge(other)
    for wrong in (a, None, 3):
        with pytest.raises(loy.LoyaltyError):
            a.merge(wrong)  # type: ignore[arg-type]


def test_one_customer_one_purchase() -> None:
    r = loy.rfm_summary(one())
    assert [r[c].tolist() for c in ("frequency", "recency", "T", "monetary_value")] == [[0], [0], [0], [0]]
