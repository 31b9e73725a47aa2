"""Counts of transitions: against a plain dictionary, kinds of data, names in messages, defaults."""

from __future__ import annotations

import datetime
from collections import defaultdict
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import loyalty as loy
from loyalty import DomainError, LoyaltyError
from loyalty.ladder import transitions

# Customer 3 moves 0 0 1 and, after two missing waves, 2; customer 8 moves 1 1; customer 9 is seen once.
PANEL: dict[str, Any] = {
    "customer_id": [8, 3, 3, 9, 3, 8, 3],
    "time": [2, 1, 2, 2, 6, 3, 3],
    "stage": [1, 0, 0, 2, 2, 1, 1],
}
PAIRS = [[1, 1, 0], [0, 1, 0], [0, 0, 0]]
NAMES = ["aware", "loyal", "prefer"]


def named(**more: Any) -> dict[str, Any]:
    return PANEL | {"stage": [NAMES[i] for i in PANEL["stage"]]} | more


def count(rows: list[tuple[int, int, int]], *, step: int, gaps: str, by_gap: int | None, order: int) -> Any:
    """Counts by (table, from, to) in plain Python, the pairs or triples left out, and the customers."""
    histories: dict[int, dict[int, int]] = defaultdict(dict)
    for customer, time, stage in rows:
        if stage >= 0:
            histories[customer][time] = stage
    counts: dict[tuple[int, ...], int] = defaultdict(int)
    skipped = 0
    for history in histories.values():
        times = sorted(history)
        fits = [b - a == step or gaps == "one" for a, b in pairwise(times)]
        for i in range(order, len(times)):
            path = tuple(history[t] for t in times[i - order : i + 1])
            gap = times[i] - times[i - 1]
            if by_gap is not None:
                good = gap % step == 0 and gap // step <= by_gap
                path = (gap // step - 1, *path)
            else:
                good = all(fits[i - order : i])
            if good:
                counts[path] += 1
            else:
                skipped += 1
    return counts, skipped, len(histories)


rows = st.lists(st.tuples(st.integers(-3, 6), st.integers(-5, 5), st.integers(-1, 3)), max_size=60)
ways: list[dict[str, Any]] = [
    {},
    {"gaps": "one"},
    {"by_gap": 1},
    {"by_gap": 3},
    {"order": 2},
    {"order": 2, "gaps": "one"},
]


@settings(max_examples=300, deadline=None)
@given(rows, st.integers(1, 3), st.sampled_from(ways), st.booleans())
def test_dictionary(data: list[tuple[int, int, int]], step: int, way: dict[str, Any], ordered: bool) -> None:
    if ordered:
        data = sorted(data, key=lambda row: row[:2])
    columns = np.array(data, dtype=np.int64).reshape(-1, 3).T
    panel = dict(zip(("customer_id", "time", "stage"), columns, strict=True))
    t = transitions(panel, stages=4, step=step, missing="gap", repeats="last", **way)
    settings_ = {"gaps": "skip", "by_gap": None, "order": 1} | way
    counts, skipped, customers = count(data, step=step, **settings_)
    assert {tuple(k): v for k, v in zip(np.argwhere(t.counts).tolist(), t.counts[t.counts > 0], strict=True)} == counts
    assert (t.pairs, t.skipped, t.customers, t.rows) == (sum(counts.values()), skipped, customers, len(data))


@settings(max_examples=100, deadline=None)
@given(rows, st.integers(1, 3))
def test_periods_add_up(data: list[tuple[int, int, int]], step: int) -> None:
    columns = np.array(data, dtype=np.int64).reshape(-1, 3).T
    panel = dict(zip(("customer_id", "time", "stage"), columns, strict=True))
    given_: dict[str, Any] = {"stages": 4, "step": step, "missing": "gap", "repeats": "last"}
    t = transitions(panel, by_period=True, **given_)
    assert np.array_equal(t.counts.sum(axis=0), transitions(panel, **given_).counts)
    for period, begin in enumerate(t.periods or ()):
        assert begin == (t.first or 0) + period * step
        later = {name: column[(panel["time"] >= begin) & (panel["time"] <= begin + 2 * step - 1)]
                 for name, column in panel.items()}  # fmt: skip
        both = transitions(later, by_period=True, first=begin, **given_)
        assert np.array_equal(both.counts[0], t.counts[period])


@pytest.mark.parametrize("make", [dict, pd.DataFrame, pl.DataFrame, pa.table])
@pytest.mark.parametrize("ids", ["integers", "text"])
def test_kinds_of_data(make: Any, ids: str) -> None:
    panel = named() if ids == "integers" else named(customer_id=["z", "a", "a", "é", "a", "z", "a"])
    t = transitions(make(panel))
    assert t.counts.tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 0]]
    assert t.counts.dtype == np.int64
    assert t.stages == ("aware", "loyal", "prefer")
    assert (t.customers, t.pairs, t.skipped, t.rows, t.missing, t.repeats) == (3, 3, 1, 7, 0, 0)
    assert (t.first, t.last, t.periods) == (1, 6, None)


@pytest.mark.parametrize("dtype", ["int8", "uint8", "int16", "uint32", "int32", "int64", "uint64", "float64", "bool"])
def test_kinds_of_numbers(dtype: str) -> None:
    stage = np.array(PANEL["stage"]) % 2 if dtype == "bool" else np.array(PANEL["stage"])
    t = transitions(PANEL | {"stage": stage.astype(dtype), "time": np.array(PANEL["time"], dtype="int16")})
    assert t.stages == ((0, 1) if dtype == "bool" else (0, 1, 2))
    assert t.counts[0].tolist() == ([1, 1] if dtype == "bool" else [1, 1, 0])


def test_categories_keep_their_order() -> None:
    order = ["prefer", "never", "loyal", "aware"]
    for stage in (
        pd.DataFrame({"stage": pd.Categorical(named()["stage"], order)})["stage"],
        pl.Series(named()["stage"], dtype=pl.Enum(order)),
    ):
        t = transitions(PANEL | {"stage": stage})
        assert t.stages == tuple(order)
        assert t.counts[3].tolist() == [0, 0, 1, 1]
        assert transitions(PANEL | {"stage": stage}, stages=NAMES).counts.tolist() == PAIRS
    unordered = pl.DataFrame(PANEL | {"stage": pl.Series(named()["stage"], dtype=pl.Categorical)})
    assert transitions(unordered).stages == ("aware", "loyal", "prefer")


def test_stages() -> None:
    assert transitions(PANEL, stages=[2, 1, 0]).counts.tolist() == [[0, 0, 0], [0, 1, 0], [0, 1, 1]]
    assert transitions(PANEL, stages=["a", "b", "c", "d"]).counts.shape == (4, 4)
    assert transitions(PANEL | {"stage": [500, 300, 300, 2, 2, 500, 500]}).stages == (2, 300, 500)
    assert transitions(PANEL | {"stage": [5000, 300, 300, 2, 2, 5000, 5000]}).stages == (2, 300, 5000)
    assert transitions(PANEL | {"stage": np.array([127, 0, 0, 2, 2, 127, 127], dtype=np.int8)}).stages == (0, 2, 127)


def test_missing() -> None:
    for stage in (
        [1, 0, np.nan, 2, 2, 1, 1],
        [1, 0, -1, 2, 2, 1, 1],
        ["b", "a", None, "c", "c", "b", "b"],
        pd.Series([1, 0, None, 2, 2, 1, 1], dtype="Int64"),
        pl.Series([1, 0, None, 2, 2, 1, 1]),
        pl.Series(["b", "a", None, "c", "c", "b", "b"], dtype=pl.Enum(["a", "b", "c"])),
        pd.Series(["b", "a", None, "c", "c", "b", "b"]),
        pa.array(["b", "a", None, "c", "c", "b", "b"]),
    ):
        t = transitions(PANEL | {"stage": stage}, missing="gap", by_gap=3)
        assert (t.missing, t.pairs) == (1, 3)
        assert (t.counts[0, 1, 1], t.counts[1, 0, 1], t.counts[2, 1, 2]) == (1, 1, 1)
        with pytest.raises(DomainError, match=r"^stage\[2\]: is missing"):
            transitions(PANEL | {"stage": stage})


def test_dates() -> None:
    days = [datetime.date(2024, m, 29) for m in PANEL["time"]]
    for column in (days, [d.isoformat() for d in days], np.array(days, dtype="datetime64[ns]"), pl.Series(days)):
        t = transitions(PANEL | {"time": column}, step="M")
        assert t.counts.tolist() == PAIRS
        assert (str(t.first), str(t.last)) == ("2024-01", "2024-06")
    weeks = PANEL | {"time": [datetime.date(2024, 1, 1) + datetime.timedelta(7 * w + 3) for w in PANEL["time"]]}
    t = transitions(weeks, step="W", by_period=True, first="2024-01-01")
    assert [str(p) for p in (t.periods or ())[:2]] == ["2024-01-01", "2024-01-08"]
    assert t.counts.sum(axis=0).tolist() == PAIRS
    assert t.counts[1, 0, 0] == t.counts[2, 0, 1] == t.counts[2, 1, 1] == 1
    assert transitions(weeks, step="2W").pairs == 0
    assert transitions(weeks, step="3W").counts[1, 2] == 1
    assert transitions(weeks, step="7D").counts.tolist() == PAIRS
    assert transitions(weeks, step="Y", repeats="last").pairs == 0
    hours = PANEL | {"time": np.array(PANEL["time"], dtype="datetime64[h]")}
    assert transitions(hours, step="h").counts.tolist() == PAIRS
    # before 1970, weeks still begin on Monday
    old = {"customer_id": [1, 1, 1], "time": ["1969-12-28", "1969-12-29", "1970-01-04"], "stage": [0, 1, 1]}
    t = transitions(old, step="W")
    assert (t.pairs, t.repeats, str(t.first)) == (1, 1, "1969-12-22")


def test_repeats() -> None:
    panel = {"customer_id": [1, 1, 1, 1], "time": [1, 2, 2, 3], "stage": [0, 1, 2, 0]}
    with pytest.raises(DomainError, match=r"^time\[2\]: must not repeat for a customer with another stage"):
        transitions(panel)
    assert transitions(panel, repeats="last").counts[0, 2] == 1
    t = transitions(panel | {"stage": [0, 1, 1, 0]})
    assert (t.repeats, t.pairs) == (1, 2)


def test_names_in_messages() -> None:
    own = {"who": PANEL["customer_id"], "wave": PANEL["time"], "rung": named()["stage"]}
    columns = {"customer_id_col": "who", "datetime_col": "wave", "stage_col": "rung"}
    assert transitions(own, **columns).counts.tolist() == PAIRS
    with pytest.raises(DomainError, match=r"^rung\[3\]: 'prefer' is not a stage") as caught:
        transitions(own, stages=["aware", "loyal"], **columns)
    assert (caught.value.argument, caught.value.index) == ("rung", 3)
    with pytest.raises(DomainError, match=r"^wave\[4\]: must follow the row before without a gap"):
        transitions(own, gaps="error", **columns)
    with pytest.raises(DomainError, match=r"^stage\[3\]: 2 is not a stage"):
        transitions(PANEL, stages=2)
    with pytest.raises(DomainError, match=r"^time\[1\]: must not be before"):
        transitions(PANEL, by_period=True, first=2)
    with pytest.raises(LoyaltyError, match="there is no such column"):
        transitions(PANEL, stage_col="rung")
    dates = PANEL | {"time": np.array(["2024-01-01"] * 6 + ["NaT"], dtype="datetime64[D]")}
    with pytest.raises(LoyaltyError, match=r"^time\[6\]: is missing"):
        transitions(dates, step="D")


@pytest.mark.parametrize(
    ("wrong", "argument"),
    [
        ({"gaps": "none"}, "gaps"),
        ({"missing": "skip"}, "missing"),
        ({"repeats": "first"}, "repeats"),
        ({"order": 3}, "order"),
        ({"by_gap": 0}, "by_gap"),
        ({"by_gap": 2, "gaps": "one"}, "gaps"),
        ({"by_gap": 2, "by_period": True}, "by_gap"),
        ({"order": 2, "by_period": True}, "by_period"),
        ({"by_gap": 10**9}, "by_gap"),
        ({"step": 0}, "step"),
        ({"step": "M"}, "step"),
        ({"step": True}, "step"),
        ({"first": "2024-01-01", "by_period": True}, "first"),
        ({"first": -(10**12), "by_period": True}, "step"),
        ({"stages": 0}, "stages"),
        ({"stages": 1025}, "stages"),
        ({"stages": "abc"}, "stages"),
        ({"stages": [1, 1]}, "stages"),
        ({"threads": 0}, "threads"),
    ],
)
def test_misuse(wrong: dict[str, Any], argument: str) -> None:
    with pytest.raises(LoyaltyError) as caught:
        transitions(PANEL, **wrong)
    assert caught.value.argument == argument


def test_dates_need_a_unit() -> None:
    panel = PANEL | {"time": np.array(PANEL["time"], dtype="datetime64[D]")}
    for step in (None, 1, "w", "0D", "D2"):
        with pytest.raises(LoyaltyError, match=r"^step: must be one of 'h', 'D'"):
            transitions(panel, step=step)
    with pytest.raises(LoyaltyError, match=r"^first: must be a date"):
        transitions(panel, step="D", by_period=True, first="soon")


def test_empty() -> None:
    empty: dict[str, Any] = {"customer_id": [], "time": [], "stage": []}
    t = transitions(empty, stages=NAMES)
    assert (t.counts.tolist(), t.first, t.customers) == ([[0] * 3] * 3, None, 0)
    assert transitions(pd.DataFrame(empty), stages=2, by_period=True).counts.shape == (1, 2, 2)


def test_threads_change_nothing() -> None:
    rng = np.random.default_rng(8)
    n = 200_000
    panel = {"customer_id": rng.integers(0, 20_000, n), "time": rng.integers(0, 30, n), "stage": rng.integers(0, 6, n)}
    one = transitions(panel, repeats="last", order=2, threads=1)
    for threads in (2, 3, 64, None):
        many = transitions(panel, repeats="last", order=2, threads=threads)
        assert np.array_equal(one.counts, many.counts)
        assert (one.skipped, one.repeats, one.customers) == (many.skipped, many.repeats, many.customers)


def test_module() -> None:
    assert loy.ladder.transitions is transitions
    assert loy.ladder.Transitions is type(transitions(PANEL))


def test_stages_are_names() -> None:
    panel = {"customer_id": [1, 1], "time": [0, 1], "stage": ["a", "b"]}
    for wrong in (["a", None], [["a"], ["b"]], ["a", float("nan")]):
        with pytest.raises(loy.LoyaltyError, match=r"^stages: must be names"):
            loy.ladder.transitions(panel, stages=wrong)
    with pytest.raises(loy.LoyaltyError, match=r"^step: makes too many periods"):
        loy.ladder.stage_shares(panel | {"time": [-(2**63), 2**63 - 1]})
