"""Scores and segments: against a plain restatement in NumPy and pandas; kinds of data, names in messages."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata

import loyalty as loy
from loyalty import btyd

CDNOW = Path(__file__).parents[3] / "examples" / "data" / "cdnow.csv"


def score(values: Any, k: int, reverse: bool = False) -> Any:
    """Mean ranks in halves, so that nothing is rounded."""
    values = np.asarray(values, dtype=float)
    halves = np.rint(2 * rankdata(-values if reverse else values)).astype(int) - 1
    return 1 + k * halves // (2 * max(len(values), 1))


ROWS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 5), st.floats(-100, 100).map(lambda x: round(x, 1))),
    min_size=1, max_size=120,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(rows=ROWS, k=st.integers(2, 10))
def test_against_pandas(rows: list[tuple[int, int, float]], k: int) -> None:
    t = pd.DataFrame(rows, columns=["days", "orders", "spend"])
    r = btyd.rfm_scores(t, recency="days", frequency="orders", monetary="spend", scores=k)
    assert r["R"].tolist() == score(t["days"], k, reverse=True).tolist()
    assert r["F"].tolist() == score(t["orders"], k).tolist()
    assert r["M"].tolist() == score(t["spend"], k).tolist()
    if k <= 9:
        assert r["code"].tolist() == (100 * r["R"] + 10 * r["F"] + r["M"]).tolist()
    assert ("code" in r, "segment" in r) == (k <= 9, k == 5)
    n = btyd.rfm_scores(t, recency="days", frequency="orders", monetary="spend", scores=k, nested=True)
    assert n["R"].tolist() == r["R"].tolist()
    inner = t.groupby(n["R"])["orders"].transform(lambda x: score(x, k))
    assert n["F"].tolist() == inner.tolist()
    assert n["M"].tolist() == t.groupby([n["R"], n["F"]])["spend"].transform(lambda x: score(x, k)).tolist()


@settings(max_examples=50, deadline=None)
@given(values=st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=200))
def test_any_float(values: list[float]) -> None:
    assert btyd.quantile_scores(values, 7).tolist() == score(values, 7).tolist()
    assert btyd.quantile_scores(values, 7, reverse=True).tolist() == score(values, 7, reverse=True).tolist()


def test_any_order() -> None:
    rng = np.random.default_rng(3)
    values = rng.integers(0, 1000, 5000) / 7
    order = rng.permutation(5000)
    assert np.array_equal(btyd.quantile_scores(values)[order], btyd.quantile_scores(values[order]))


def test_summary_of_a_log() -> None:
    rfm = loy.rfm_summary(pd.read_csv(CDNOW), time_unit="D")
    r = btyd.rfm_scores(rfm)
    assert r["R"].tolist() == score(rfm["T"] - rfm["recency"], 5, reverse=True).tolist()
    assert r["F"].tolist() == score(rfm["frequency"], 5).tolist()
    assert r["M"].tolist() == score(rfm["monetary_value"], 5).tolist()
    assert set(r["segment"]) <= {s.name for s in btyd.RFM_SEGMENTS}
    with pytest.raises(loy.LoyaltyError, match=r"^recency: counts from the first purchase"):
        btyd.rfm_scores(rfm, recency="recency")


DATA = {"days": [3.0, 1.0, None, 2.0], "n": [1, 3, 2, 2], "m": [5.0, 1.0, 2.0, 9.0]}


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table, dict])
def test_kinds(make: Any) -> None:
    data = make(DATA)
    r = btyd.rfm_scores(data, recency="days", frequency="n", monetary="m", errors="coerce")
    assert type(r) is type(data)
    assert np.asarray(r["code"]).tolist() == [113, 551, 0, 335]
    segment = np.asarray(r["segment"], dtype=object).tolist()
    assert segment[:2] + segment[3:] == ["lost", "regular", "cooling"]
    assert segment[2] is None or segment[2] != segment[2]
    with pytest.raises(loy.DomainError, match=r"^recency\[2\]: must be finite"):
        btyd.rfm_scores(data, recency="days", frequency="n", monetary="m")


def test_columns() -> None:
    r = btyd.rfm_scores(recency=pd.Series([1, 2], index=["x", "y"]), frequency=[1, 2], monetary=[2, 1], scores=2)
    assert r.loc["y"].to_dict() == {"R": 1, "F": 2, "M": 1, "code": 121}
    s = btyd.quantile_scores("n", 3, data=pd.DataFrame(DATA, index=[9, 8, 7, 6]))
    assert s.to_dict() == {9: 1, 8: 3, 7: 2, 6: 2}


def test_bad() -> None:
    with pytest.raises(loy.LoyaltyError, match=r"^recency: must be given"):
        btyd.rfm_scores(pd.DataFrame(DATA), frequency="n", monetary="m")
    with pytest.raises(loy.LoyaltyError, match=r"^frequency: there is no such column"):
        btyd.rfm_scores(pd.DataFrame(DATA), recency="days", monetary="m")
    with pytest.raises(loy.LoyaltyError, match=r"^monetary: must be given"):
        btyd.rfm_scores(recency=[1], frequency=[1])
    with pytest.raises(loy.LoyaltyError, match=r"^scores: must be from 2 to 10"):
        btyd.rfm_scores(recency=[1], frequency=[1], monetary=[1], scores=1)
    with pytest.raises(loy.LoyaltyError, match=r"^errors: "):
        btyd.quantile_scores([1], errors="x")  # type: ignore[arg-type]


# ---- segments ------------------------------------------------------------------------------------------------------


def holds(segment: Any, scores: tuple[int, ...]) -> bool:
    return all(low <= x <= high for x, (low, high) in zip(scores, segment[2:], strict=True))


def first(segments: Any, scores: tuple[int, ...]) -> str:
    return str(next((s[0] for s in segments if holds(s, scores)), "other"))


def test_table_covers_all() -> None:
    assert btyd.check_rfm_segments() == btyd.SegmentCover(125, 0, 0, 0, None, None)
    combinations = list(product(range(1, 6), repeat=3))
    assert all(sum(holds(s, c) for s in btyd.RFM_SEGMENTS) == 1 for c in combinations)
    r, f, m = np.array(combinations).T
    assert btyd.rfm_segments(R=r, F=f, M=m).tolist() == [first(btyd.RFM_SEGMENTS, c) for c in combinations]


RANGE = st.tuples(st.integers(1, 3), st.integers(1, 3)).map(lambda ends: (min(ends), max(ends)))
SEGMENTS = st.lists(st.tuples(RANGE, RANGE, RANGE), min_size=1, max_size=6)


@settings(max_examples=100, deadline=None)
@given(ranges=SEGMENTS)
def test_own_table(ranges: list[Any]) -> None:
    table = [(f"s{i}", None, *r) for i, r in enumerate(ranges)]
    combinations = list(product(range(1, 4), repeat=3))
    found = [[s[0] for s in table if holds(s, c)] for c in combinations]
    cover = btyd.check_rfm_segments(table, 3)  # type: ignore[arg-type]
    free = [c for c, names in zip(combinations, found, strict=True) if not names]
    owners = {names[0] for names in found if names}
    hidden = [s[0] for s in table if s[0] not in owners]
    assert cover == btyd.SegmentCover(
        27, len(free), sum(len(names) > 1 for names in found), len(hidden), free[0] if free else None,
        hidden[0] if hidden else None,
    )  # fmt: skip
    r, f, m = np.array(combinations).T
    names = btyd.rfm_segments(R=r, F=f, M=m, segments=table, scores=3)  # type: ignore[arg-type]
    assert names.tolist() == [first(table, c) for c in combinations]
    shares = btyd.rfm_segment_shares(R=r, F=f, M=m, segments=table, scores=3)  # type: ignore[arg-type]
    assert shares["customers"].tolist() == [names.tolist().count(name) for name in shares["segment"]]
    assert shares["share"].sum() == pytest.approx(1)


def test_shares() -> None:
    scores = pl.DataFrame({"R": [5, 5, 1, 3], "F": [5, 1, 1, 9], "M": [5, 1, 1, 1]})
    shares = btyd.rfm_segment_shares(scores, errors="coerce")
    assert isinstance(shares, pl.DataFrame)
    assert shares["segment"].to_list() == [s.name for s in btyd.RFM_SEGMENTS] + ["other"]
    assert dict(zip(shares["segment"], shares["share"], strict=True))["newcomer"] == 1 / 3
    assert btyd.rfm_segments(scores, errors="coerce").to_list() == ["core", "newcomer", "lost", None]
    assert btyd.rfm_segments({"R": [1.0, 2.5, np.nan], "F": [1, 1, 1], "M": [1, 1, 1]}, errors="coerce").tolist() == [
        "lost", None, None,
    ]  # fmt: skip
    assert np.isnan(btyd.rfm_segment_shares(R=[], F=[], M=[])["share"]).all()


def test_bad_segments() -> None:
    with pytest.raises(loy.DomainError, match=r"^F\[1\]: must be a score"):
        btyd.rfm_segments(R=[1, 1], F=[1, 6], M=[1, 1])
    with pytest.raises(loy.LoyaltyError, match=r"^R\[1\]: must be a whole number"):
        btyd.rfm_segments(R=[1, 1.5], F=[1, 6], M=[1, 1])
    with pytest.raises(loy.LoyaltyError, match=r"^M: must be given"):
        btyd.rfm_segments(R=[1], F=[1])
    for bad in (("x", None, (1, 2), (1, 2)), ("x", None, (1, 2), (1, 2), 3), (1, None, (1, 2), (1, 2), (1, 2)), 3):
        with pytest.raises(loy.LoyaltyError, match=r"^segments\[1\]: must be \(name"):
            btyd.check_rfm_segments([btyd.RFM_SEGMENTS[0], bad])  # type: ignore[list-item]
    with pytest.raises(loy.DomainError, match=r"^segments\[0\]: must have ranges"):
        btyd.check_rfm_segments([("x", None, (1, 2), (2, 1), (1, 2))])  # type: ignore[list-item]
    with pytest.raises(loy.LoyaltyError, match=r"^segments: "):
        btyd.check_rfm_segments([])
