"""Brown's types on sequences and logs; entropy against SciPy."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import entropy

import loyalty as loy
from loyalty import ladder

LOG = {
    "customer_id": ["b", "a", "a", "b", "a", "b", "a", "b", "c"],
    "date": [
        "2024-01-01", "2024-01-04", "2024-01-02", "2024-01-02", "2024-01-03", "2024-01-03", "2024-01-01", "2024-01-04",
        "2024-01-01",
    ],
    "brand": ["X", "Y", "Y", "X", "X", "X", "X", "X", "Z"],
}  # fmt: skip


def test_sequences() -> None:
    assert ladder.brown(list("AAAA")).type == "undivided"
    assert ladder.brown(list("ABAB")).type == "divided"
    assert ladder.brown(list("AAABBB")).type == "unstable"
    found = ladder.brown(list("ABCD"))
    assert (found.type, found.share, found.runs, found.brands, found.purchases) == ("none", 0.25, 4, 4, 4)
    assert ladder.brown(["A"]).type == "unknown"
    assert ladder.brown(pd.Series([1, 1, 2, 1, 1]), undivided_from=0.8).type == "undivided"
    assert ladder.brown([]).purchases == 0
    assert ladder.BROWN_TYPES == ("none", "unstable", "divided", "undivided")


@given(st.lists(st.integers(0, 5), min_size=2, max_size=60))
def test_numbers(brands: list[int]) -> None:
    found = ladder.brown(brands)
    _, counts = np.unique(brands, return_counts=True)
    assert found.share == counts.max() / len(brands)
    assert found.runs == 1 + sum(a != b for a, b in itertools.pairwise(brands))
    want = entropy(counts) / np.log(len(counts)) if len(counts) > 1 else 0.0
    assert found.entropy == pytest.approx(want, abs=1e-14)


@pytest.mark.parametrize(
    "make", [pd.DataFrame, pl.DataFrame, pa.table, lambda log: {k: np.array(v) for k, v in log.items()}]
)
def test_logs(make: Any) -> None:
    found = ladder.brown_table(make(LOG))
    rows = pl.DataFrame(
        found.to_pydict() if isinstance(found, pa.Table) else dict(found) if isinstance(found, dict) else found
    )
    assert rows["customer_id"].to_list() == ["a", "b", "c"]
    assert rows["type"].cast(pl.String).to_list() == ["divided", "undivided", "unknown"]  # a: X Y X Y by date
    assert rows["runs"].to_list() == [4, 1, 1]


def test_dates_and_ties() -> None:
    log = pd.DataFrame(LOG).assign(date=lambda f: pd.to_datetime(f["date"]))
    assert ladder.brown_table(log)["type"].tolist() == ["divided", "undivided", "unknown"]
    assert ladder.brown_table(log, datetime_col=None)["type"].tolist() == ["unstable", "undivided", "unknown"]
    log["date"] = log["date"].min()
    assert ladder.brown_table(log)["type"].tolist() == ["unstable", "undivided", "unknown"]


def test_errors() -> None:
    with pytest.raises(loy.LoyaltyError, match=r"^brands\[1\]: must not be missing"):
        ladder.brown(["A", None])
    with pytest.raises(loy.LoyaltyError, match=r"^date\[0\]: must not be missing"):
        ladder.brown_table({**LOG, "date": [None, *LOG["date"][1:]]})
    with pytest.raises(loy.LoyaltyError, match=r"^shop: there is no such column"):
        ladder.brown_table(LOG, brand_col="shop")
    with pytest.raises(loy.DomainError, match=r"^least: "):
        ladder.brown(["A", "B"], least=0)
    with pytest.raises(loy.LoyaltyError, match=r"^brands: must be a list"):
        ladder.brown(3)
    with pytest.raises(loy.LoyaltyError, match=r"^brands: must be of one kind"):
        ladder.brown(np.array(["A", 1], dtype=object))
