"""Ten million purchases of two million customers, unsorted in memory, to recency, frequency, T and monetary value: this
library, Polars and DuckDB on all cores, lifetimes 0.11.3 in its own environment; in turn in one run, same totals.

    rfm_summary.py [rows] [--without-lifetimes]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
from _peers import Peer, missing

import loyalty as loy

REPEATS = 3

# Gives its own seconds, so that making the frame is not counted.
LIFETIMES = """
import time
import pandas as pd
from lifetimes.utils import summary_data_from_transaction_data
def run(data):
    log = pd.DataFrame(data)
    start = time.perf_counter()
    r = summary_data_from_transaction_data(log, "customer_id", "date", "amount", freq="D")
    seconds = time.perf_counter() - start
    spend = (r["frequency"] * r["monetary_value"]).sum()
    return [seconds, len(r), float(r["frequency"].sum()), r["recency"].sum() / 7, r["T"].sum() / 7, float(spend)]
"""

DUCKDB = """
with daily as (select customer_id, date::date as day, sum(amount) as amount from log group by all),
     seen as (select max(day) as last from daily)
select customer_id, count(*) - 1 as frequency, (max(day) - min(day)) / 7 as recency,
       ((select last from seen) - min(day)) / 7 as T,
       case when count(*) > 1 then (sum(amount) - arg_min(amount, day)) / (count(*) - 1) else 0 end as monetary_value
from daily group by customer_id order by customer_id
"""


def make(rows: int) -> dict[str, Any]:
    rng = np.random.default_rng(20240229)
    return {
        "customer_id": rng.integers(0, rows // 5, rows),
        "date": (rng.integers(0, 730, rows) + 15000).astype("datetime64[D]").astype("datetime64[ns]"),
        "amount": rng.integers(0, 10000, rows) / 100,
    }


def polars_summary(log: pl.DataFrame) -> pl.DataFrame:
    day, amount = pl.col("date"), pl.col("amount")
    daily = log.lazy().group_by("customer_id", day.dt.date()).agg(amount.sum())
    last = log["date"].max().date()  # type: ignore[union-attr]
    each = daily.group_by("customer_id").agg(
        n=pl.len(), first=day.min(), final=day.max(), total=amount.sum(), welcome=amount.min_by("date")
    )
    repeats = pl.col("n") - 1
    return (
        each.select(
            "customer_id",
            frequency=repeats,
            recency=(pl.col("final") - pl.col("first")).dt.total_days() / 7,
            T=(pl.lit(last) - pl.col("first")).dt.total_days() / 7,
            monetary_value=pl.when(repeats > 0).then((pl.col("total") - pl.col("welcome")) / repeats).otherwise(0.0),
        )
        .sort("customer_id")
        .collect(engine="streaming")
    )


def totals(r: Any) -> tuple[float, ...]:
    column = {name: np.asarray(r[name], dtype=float) for name in ("frequency", "recency", "T", "monetary_value")}
    spend = float((column["frequency"] * column["monetary_value"]).sum())
    return (len(column["T"]), column["frequency"].sum(), column["recency"].sum(), column["T"].sum(), spend)


def best(run: Callable[[], Any], repeats: int) -> tuple[float, tuple[float, ...]]:
    seconds, result = float("inf"), None
    for _ in range(repeats):
        result = None  # one result in memory at a time
        start = time.perf_counter()
        result = run()
        seconds = min(seconds, time.perf_counter() - start)
    return seconds, totals(result)


def lifetimes(log: dict[str, Any]) -> tuple[float, tuple[float, ...]]:
    with Peer(LIFETIMES, log) as peer:
        _, (seconds, *rest) = peer.run()
    return seconds, tuple(rest)


def main() -> None:
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    log = make(int(words[0]) if words else 10_000_000)
    pandas, polars = pd.DataFrame(log), pl.DataFrame(log)
    database = duckdb.connect()
    database.execute("create table log as select * from polars")
    runs: dict[str, tuple[float, tuple[float, ...]]] = {}
    runs["loyalty, pandas"] = best(lambda: loy.rfm_summary(pandas), REPEATS)
    runs["loyalty, NumPy"] = best(lambda: loy.rfm_summary(log), REPEATS)
    whole = {**log, "amount": np.rint(log["amount"] * 100).astype(np.int64)}
    runs["loyalty, integer cents"] = best(lambda: loy.rfm_summary(whole, decimals=0), REPEATS)
    runs["loyalty, one thread"] = best(lambda: loy.rfm_summary(log, threads=1), REPEATS)
    runs["Polars"] = best(lambda: polars_summary(polars), REPEATS)
    runs["DuckDB"] = best(lambda: database.execute(DUCKDB).df(), REPEATS)
    if "--without-lifetimes" not in sys.argv and not missing():
        runs["lifetimes"] = lifetimes(log)
    ours, expected = runs["loyalty, pandas"]
    for name, (seconds, found) in runs.items():
        scale = 100.0 if name == "loyalty, integer cents" else 1.0
        close = [abs(a - b) <= 1e-9 * abs(b) for a, b in zip(found, (*expected[:4], expected[4] * scale), strict=True)]
        assert all(close), (name, found, expected)
        print(f"{name:24} {seconds:8.3f} s {seconds / ours:7.1f} x")
    for name, least in {"lifetimes": 30.0, "Polars": 1.0, "DuckDB": 1.0}.items():
        if name in runs and runs[name][0] < least * ours:
            sys.exit(f"less than {least:g} times faster than {name}")


if __name__ == "__main__":
    main()
