"""Types at one and two times: kinds of data, and Wilson intervals against statsmodels."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from statsmodels.stats.proportion import proportion_confint

import loyalty as loy
from loyalty import ladder

BEFORE = ["low", "low", "low", "high", "high", "unknown", None]
AFTER = ["low", "high", "low", "high", "high", "low", "low"]


@pytest.mark.parametrize(
    "make",
    [
        lambda x: x,
        lambda x: np.array(x, dtype=object),
        lambda x: pd.Series(x, dtype=pd.CategoricalDtype(["unknown", "low", "high"])),
        lambda x: pl.Series(x, dtype=pl.Enum(["unknown", "low", "high"])),
        lambda x: pl.Series(x),
        lambda x: pa.array(x),
        lambda x: pa.array(x).dictionary_encode(),
        lambda x: pl.Series(x, dtype=pl.Categorical),
        lambda x: np.array([{"low": 0, "high": 1}.get(v, -1) for v in x]),
    ],
)
def test_kinds_of_data(make: Any) -> None:
    found = ladder.crosstab(make(BEFORE), make(AFTER), types=["low", "high"])
    assert found.types == ("low", "high")
    assert found.counts.tolist() == [[2, 1], [0, 2]]
    assert (found.n, found.unknown, found.moved) == (5, 2, 0.2)
    shares = ladder.type_shares(make(BEFORE), types=["low", "high"])
    assert (shares.counts.tolist(), shares.n, shares.unknown) == ([3, 2], 5, 2)


def test_intervals() -> None:
    rng = np.random.default_rng(3)
    before, after = rng.integers(0, 3, 200), rng.integers(0, 3, 200)
    found = ladder.crosstab(before, after, types=["a", "b", "c"], level=0.9)
    want = np.zeros((3, 3), dtype=int)
    np.add.at(want, (before, after), 1)
    assert (found.counts == want).all()
    lower, upper = proportion_confint(want, want.sum(axis=1, keepdims=True), alpha=0.1, method="wilson")
    np.testing.assert_allclose(found.shares, want / want.sum(axis=1, keepdims=True), rtol=1e-15)
    np.testing.assert_allclose([found.lower, found.upper], [lower, upper], rtol=1e-12)
    moved = int((before != after).sum())
    np.testing.assert_allclose(
        found.moved_interval, proportion_confint(moved, 200, alpha=0.1, method="wilson"), rtol=1e-12
    )
    shares = ladder.type_shares(before, types=["a", "b", "c"])
    interval = proportion_confint(np.bincount(before), 200, method="wilson")
    np.testing.assert_allclose([shares.lower, shares.upper], interval, rtol=1e-12)


def test_types_of_the_typologies() -> None:
    frame = pd.DataFrame({"s": [1.0, 0.2, None], "l": [1.0, 0.1, 0.5]})
    shares = ladder.type_shares(ladder.jones_sasser("s", "l", data=frame))
    assert shares.types == ladder.JONES_SASSER_TYPES and shares.counts.tolist() == [1, 0, 0, 0, 0, 1]
    table = shares.table()
    assert isinstance(table, pd.DataFrame) and table["share"].tolist()[-1] == 0.5
    codes = ladder.jones_sasser("s", "l", data=frame, as_codes=True)
    assert ladder.type_shares(codes, types=ladder.JONES_SASSER_TYPES).unknown == 1
    with pytest.warns(loy.LoyaltyWarning, match="nobody was of some type before"):
        cross = ladder.crosstab(*(pl.Series(x, dtype=pl.Enum(["a", "b"])) for x in (["a"], ["b"])))
    assert cross.status_ == "NOTICE_NONE" and np.isnan(cross.shares[1]).all()
    long = cross.table()
    assert isinstance(long, pl.DataFrame) and long.columns == ["before", "after", "count", "share", "lower", "upper"]
    assert long.row(1)[:4] == ("a", "b", 1, 1.0)


def test_names_found_are_sorted() -> None:
    assert ladder.type_shares(["b", "a", "b"]).types == ("a", "b")


def test_errors() -> None:
    with pytest.raises(loy.LoyaltyError, match=r"^customers\[1\]: 'gold' is none of types"):
        ladder.type_shares(["low", "gold"], types=["low"])
    with pytest.raises(loy.LoyaltyError, match=r"^types: must be given when customers has numbers"):
        ladder.type_shares([0, 1])
    with pytest.raises(loy.DomainError, match=r"^customers\[1\]: must be below the number of types"):
        ladder.type_shares([0, 1], types=["a"])
    with pytest.raises(loy.LoyaltyError, match=r"^customers\[1\]: must be numbers of types"):
        ladder.type_shares([0, 200], types=["a"])
    with pytest.raises(loy.LoyaltyError, match=r"^types: must be up to 127"):
        ladder.type_shares(["a"], types=["a", "a"])
    with pytest.raises(loy.LoyaltyError, match=r"^types: must be up to 127"):
        ladder.type_shares(["a"], types="a")
    with pytest.raises(loy.DomainError, match=r"^customers: "):
        ladder.type_shares([None, "unknown"], types=["a"])
    with pytest.raises(loy.DomainError, match=r"^level: "):
        ladder.crosstab(["a"], ["a"], level=1)
    with pytest.raises(loy.LoyaltyError, match=r"^customers: must be names of types"):
        ladder.type_shares([True], types=["a"])
    with pytest.raises(loy.LoyaltyError, match=r"^customers\[0\]: must be a whole number, not 0.5"):
        ladder.type_shares([0.5], types=["a"])
    with pytest.raises(loy.LoyaltyError, match=r"^customers\[0\]: must be names of types, not 3"):
        ladder.type_shares(np.array([3, "a"], dtype=object), types=["a"])
    with pytest.raises(loy.LoyaltyError, match="has 1 elements where"):
        ladder.crosstab(["a", "b"], ["a"])
    with pytest.raises(loy.LoyaltyError, match=r"^customers\[1\]: must be names of types, not 4"):
        ladder.type_shares(pd.Series(pd.Categorical([None, 4, 5])), types=["a"])
    with pytest.raises(loy.DomainError, match=r"^customers: "):
        ladder.type_shares([], types=["a"])


def test_missing_numbers_are_left_out() -> None:
    for column in (
        np.array([0, 1, np.nan, 1]), pd.Series([0, 1, None, 1], dtype="Int64"), pa.array([0, 1, None, 1]),
        pl.Series([0, 1, None, 1], dtype=pl.Int8),
    ):  # fmt: skip
        found = ladder.type_shares(column, types=["a", "b"])
        assert (found.counts.tolist(), found.unknown) == ([1, 2], 1)
