"""Typologies of customers on frames: kinds of data, names in messages, defaults; tables against NumPy's select."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import loyalty as loy
from loyalty import ladder

NAN = float("nan")
SCORES = {"s": [1.0, 1.0, 0.75, 0.5, 0.25, 0.3, None], "l": [0.9, 0.8, 0.6, 0.7, 0.3, 0.3, 0.5]}
TYPES = ["apostle", "loyalist", "mercenary", "hostage", "terrorist", "defector", "unknown"]


def test_names() -> None:
    assert ladder.JONES_SASSER_TYPES == ("terrorist", "defector", "hostage", "mercenary", "loyalist", "apostle")
    assert ladder.JONES_SASSER_TYPES_ZH[2:4] == ("囚禁者", "图利者")
    assert ladder.DICK_BASU_TYPES == ("none", "spurious", "latent", "true")
    assert ladder.DICK_BASU_TYPES_ZH[1] == "惯性型忠诚"
    assert ladder.OLIVER_PHASES == ("none", "cognitive", "affective", "conative", "action")
    assert ladder.OLIVER_PHASES_ZH == ("无", "认知忠诚", "情感忠诚", "意向忠诚", "行为忠诚")
    assert ladder.ROWLEY_TYPES == ("captive", "convenience-seeker", "contented", "committed")
    assert ladder.MOTIVES[:4] == ("none", "kinship", "incentive", "inertia")
    assert ladder.MOTIVES_ZH[1:4] == ("亲缘忠诚", "利益忠诚", "惰性忠诚")
    assert ladder.REINARTZ_KUMAR_TYPES == ("stranger", "barnacle", "butterfly", "true friend")
    assert ladder.KUMAR_PETERSEN_LEONE_TYPES == ("miser", "advocate", "affluent", "champion")
    assert ladder.TRUST_STRENGTHS == ("weak", "semi-strong", "strong")
    assert ladder.TRUST_STRENGTHS_ZH == ("弱信任", "半强信任", "强信任")
    assert (ladder.TRUST_BASES, ladder.TRUST_RESILIENCES) == (("cognition", "affect"), ("fragile", "resilient"))


def test_numbers_and_arrays() -> None:
    for s, loyalty, name in zip(SCORES["s"], SCORES["l"], TYPES, strict=True):
        assert ladder.jones_sasser(NAN if s is None else s, loyalty) == name
    s, loyalty = np.array(SCORES["s"], dtype=float), np.array(SCORES["l"])
    found = ladder.jones_sasser(s, loyalty)
    assert found.tolist() == TYPES and found.dtype.kind == "U"
    codes = ladder.jones_sasser(s, loyalty, as_codes=True)
    assert codes.dtype == np.int8 and codes.tolist() == [5, 4, 3, 2, 0, 1, -1]
    assert ladder.jones_sasser(1, 1, as_codes=True) == 5
    assert ladder.jones_sasser(None, 1) == "unknown" and ladder.jones_sasser(s, None).tolist() == ["unknown"] * 7
    assert ladder.dick_basu(0.6, 0.6, None) == "true"
    assert ladder.jones_sasser(s, 0.9).tolist()[0] == "apostle"
    assert ladder.jones_sasser(np.array([]), np.array([])).tolist() == []


def test_pandas() -> None:
    frame = pd.DataFrame(SCORES, index=list("abcdefg"))
    found = ladder.jones_sasser("s", "l", data=frame)
    assert found.name == "jones_sasser" and found.index.equals(frame.index) and found.tolist() == TYPES
    assert isinstance(found.dtype, pd.CategoricalDtype)
    assert found.cat.categories.tolist() == ["unknown", *ladder.JONES_SASSER_TYPES]
    frame["type"] = ladder.jones_sasser(frame["s"], frame["l"])
    assert frame.groupby("type", observed=True).size()["apostle"] == 1
    codes = ladder.jones_sasser("s", "l", data=frame, as_codes=True)
    assert codes.dtype == np.int8 and codes["a"] == 5


def test_polars() -> None:
    frame = pl.DataFrame(SCORES)
    frame = frame.with_columns(ladder.jones_sasser("s", "l", data=frame))
    assert frame["jones_sasser"].to_list() == TYPES
    assert frame["jones_sasser"].dtype == pl.Enum(["unknown", *ladder.JONES_SASSER_TYPES])


def test_arrow_and_structured() -> None:
    table = pa.table(SCORES)
    found = ladder.jones_sasser("s", "l", data=table)
    assert found.to_pylist() == TYPES and pa.types.is_dictionary(found.type)
    assert table.append_column("type", found).num_columns == 3
    rows = np.array([(1.0, 0.9)], dtype=[("s", float), ("l", float)])
    assert ladder.jones_sasser("s", "l", data=rows).tolist() == ["apostle"]


# The tables restated: (function, columns, rule of one row). Values lie around all cuts.
def _jones_sasser(s: float, loyalty: float) -> str:
    if s >= 0.75 and loyalty >= 0.7:
        return "apostle" if s >= 1 and loyalty >= 0.9 else "loyalist"
    if s >= 0.75 or loyalty >= 0.7:
        return "mercenary" if s >= 0.75 else "hostage"
    return "terrorist" if s <= 0.25 and loyalty <= 0.3 else "defector"


def _cell(*names: str) -> Callable[[bool, bool], str]:
    return lambda x, y: names[2 * x + y]


def _oliver(*scores: float) -> str:
    passed = list(itertools.takewhile(lambda score: score >= 0.7, scores))
    return ladder.OLIVER_PHASES[len(passed)]


RULES: list[tuple[Callable[..., Any], int, Callable[..., str]]] = [
    (ladder.jones_sasser, 2, _jones_sasser),
    (ladder.dick_basu, 2, lambda a, p: _cell("none", "spurious", "latent", "true")(a >= 0.5, p >= 0.5)),
    (
        lambda a, p, r, **k: ladder.dick_basu(a, p, rival=r, **k), 3,
        lambda a, p, r: _cell("none", "spurious", "latent", "true")(a - r > 0, p >= 0.5),
    ),
    (ladder.rowley, 2, lambda a, b: _cell(*ladder.ROWLEY_TYPES)(a >= 0.5, b >= 0.5)),
    (ladder.oliver, 4, _oliver),
    (
        lambda p, d, **k: ladder.reinartz_kumar(p, d, profit_from=0.3, duration_from=0.7, **k), 2,
        lambda p, d: _cell(*ladder.REINARTZ_KUMAR_TYPES)(p >= 0.3, d >= 0.7),
    ),
    (
        lambda v, r, **k: ladder.kumar_petersen_leone(v, r, clv_from=0.3, crv_from=0.7, **k), 2,
        lambda v, r: _cell(*ladder.KUMAR_PETERSEN_LEONE_TYPES)(v >= 0.3, r >= 0.7),
    ),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(RULES)))
def test_tables_on_a_grid(number: int) -> None:
    function, columns, rule = RULES[number]
    at = sorted(
        {v for cut in (0.25, 0.3, 0.5, 0.7, 0.75, 0.9) for v in (cut, np.nextafter(cut, 0), np.nextafter(cut, 1))}
    )
    values = [0.0, *at, np.nextafter(1, 0), 1.0] if columns < 4 else [0.0, np.nextafter(0.7, 0), 0.7, 1.0]
    grid = np.array(list(itertools.product(values, repeat=columns)))
    found = function(*grid.T)
    assert found.tolist() == [rule(*row) for row in grid.tolist()]
    for row in grid[:: max(1, len(grid) // 50)].tolist():
        assert function(*row) == rule(*row)


@given(st.lists(st.tuples(st.floats(0, 1) | st.just(NAN), st.floats(0, 1) | st.just(NAN)), max_size=40))
def test_columns_are_rows(rows: list[tuple[float, float]]) -> None:
    s, loyalty = np.array(rows, dtype=float).reshape(-1, 2).T
    found = ladder.jones_sasser(s, loyalty).tolist()
    assert found == ["unknown" if a != a or b != b else _jones_sasser(a, b) for a, b in rows]


def test_options() -> None:
    assert ladder.jones_sasser(0.6, 0.6, satisfied=0.6, loyal=0.6) == "loyalist"
    assert ladder.dick_basu(0.8, 1, 0.6, relative_above=0.3) == "spurious"
    assert ladder.rowley(0.4, 0.4, attitude_from=0.4) == "contented"
    assert ladder.oliver(0.6, 0.6, 0.5, 1, passed_from=0.6) == "affective"
    assert ladder.motive(0, 0.3, 0, 0, incentive_from=0.3) == "incentive"


def test_motive() -> None:
    assert ladder.motive(1, NAN, NAN, NAN) == "kinship"
    assert ladder.motive(True, 0.9, 0.9, 0.9) == "kinship"
    assert ladder.motive(0, [0.5, 0.4, 0.4, 0.4, NAN], [0, 0.5, 0.5, 0.4, 0], [0, 0, 0.1, NAN, 0]).tolist() == [
        "incentive", "inertia", "none", "none", "unknown",
    ]  # fmt: skip


def test_a_rival_that_is_missing_in_some_rows() -> None:
    frame = pl.DataFrame({"own": [0.6, 0.6, 0.6], "best": [0.7, None, 0.5], "share": [0.9, 0.9, 0.9]})
    found = ladder.dick_basu("own", "share", "best", data=frame)
    assert found.to_list() == ["spurious", "true", "true"]


def test_medians_are_the_default_cuts() -> None:
    frame = pd.DataFrame({"profit": [-5.0, 10, 20, 30], "months": [3.0, 40, 2, 30]})
    found = ladder.reinartz_kumar("profit", "months", data=frame)
    assert found.tolist() == ["stranger", "barnacle", "butterfly", "true friend"]
    assert ladder.median_cut("profit", data=frame) == 15 and ladder.median_cut([3, None, 1]) == 2
    clv, crv = np.array([1.0, 2, 3, 4, NAN]), np.array([4.0, 1, 3, 2, 9])
    assert ladder.kumar_petersen_leone(clv, crv).tolist() == ["advocate", "miser", "champion", "affluent", "unknown"]
    with pytest.raises(loy.LoyaltyError, match=r"^profit_from: must be given"):
        ladder.reinartz_kumar(3, 4)
    assert ladder.reinartz_kumar(3, 4, profit_from=3, duration_from=5) == "butterfly"
    with pytest.raises(loy.DomainError, match=r"^duration: no value is left"):
        ladder.reinartz_kumar([1.0], [NAN])


@given(st.lists(st.floats(-1e30, 1e30) | st.just(NAN) | st.sampled_from([0.0, 1.0]), min_size=1, max_size=60))
def test_median(values: list[float]) -> None:
    known = sorted(v for v in values if v == v)
    if not known:
        with pytest.raises(loy.DomainError):
            ladder.median_cut(values)
        return
    n, cut = len(known), ladder.median_cut(values)
    low, high = known[(n - 1) // 2], known[n // 2]
    middle = (low + high) / 2
    assert cut == (middle if middle > low else high)
    assert sum(v >= cut for v in known) >= n - n // 2
    if low < high:
        assert sum(v < cut for v in known) == n // 2


def test_quick_activity() -> None:
    assert ladder.quick_activity(4, 8, 12) == pytest.approx(16 / 81, rel=1e-15)
    assert ladder.quick_activity(2, 8, 12) == pytest.approx(4 / 9, rel=1e-15)
    found = ladder.quick_activity(pd.Series([4, 2, 0]), 8, 12, errors="coerce")
    assert found.name == "quick_activity" and found.round(10).tolist()[:2] == [0.1975308642, 0.4444444444]
    assert np.isnan(found[2])
    with pytest.raises(loy.DomainError, match=r"^purchases\[2\]: "):
        ladder.quick_activity([4, 2, 0], 8, 12)
    with pytest.raises(loy.DomainError, match=r"^last_purchase: "):
        ladder.quick_activity(4, 13, 12)


def test_oliver_reproducibility() -> None:
    frame = pl.DataFrame({
        "a": [1, 1, 0, 0, 1, 1], "b": [1, 0, 1, 0, 0, None], "c": [0, 0, 1, 0, 1, 1], "d": [0, 0, 0, 1, 1, 1],
    })  # fmt: skip
    found = ladder.oliver_reproducibility("a", "b", "c", "d", data=frame)
    assert found == ladder.Reproducibility(0.7, 6, 5, 1) and not found.acceptable
    rng = np.random.default_rng(5)
    x = rng.uniform(0, 1, (4, 500))
    passed = x >= 0.7
    perfect = np.arange(4)[:, None] < passed.sum(axis=0)
    assert ladder.oliver_reproducibility(*x).reproducibility == 1 - (passed != perfect).sum() / 2000
    with pytest.raises(loy.DomainError, match=r"^passed_from: "):
        ladder.oliver_reproducibility(*x, passed_from=2)


def test_errors() -> None:
    with pytest.raises(loy.DomainError, match=r"^satisfaction\[1\]: must be from 0 to 1"):
        ladder.jones_sasser([1, 1.5], [1, 1])
    with pytest.raises(loy.DomainError, match=r"^loyalty: must be from 0 to 1"):
        ladder.jones_sasser(1, -1)
    assert ladder.jones_sasser([1, 1.5], [1, 1], errors="coerce").tolist() == ["apostle", "unknown"]
    assert ladder.jones_sasser(2, 1, errors="coerce") == "unknown"
    with pytest.raises(loy.DomainError, match=r"^dissatisfied: must be at least 0 and below satisfied"):
        ladder.jones_sasser(1, 1, dissatisfied=0.8)
    with pytest.raises(loy.LoyaltyError, match=r"^as_codes: "):
        ladder.jones_sasser(1, 1, as_codes="yes")  # type: ignore[arg-type]
    with pytest.raises(loy.LoyaltyError, match=r"^errors: "):
        ladder.rowley(1, 1, errors="ignore")  # type: ignore[arg-type]
    with pytest.raises(loy.DomainError, match=r"^relative_attitude: "):
        ladder.motive(1, 1, 1, 2)


BATTERY = [7, 6, 5, 6, 6, 2, 4, 5, 3, 1, 2, 3, 4]


def test_bad_numbers_that_are_coerced_do_not_shift_the_median() -> None:
    profit, duration = [1, 2, 3, np.inf, np.nan], [9, 5, 7, 8, -1]
    found = ladder.reinartz_kumar(profit, duration, errors="coerce")
    assert found.tolist() == ["barnacle", "butterfly", "butterfly", "unknown", "unknown"]
    found = ladder.kumar_petersen_leone(profit, duration, errors="coerce")
    assert found.tolist() == ["advocate", "affluent", "champion", "unknown", "unknown"]
    with pytest.raises(loy.DomainError, match=r"^profit\[3\]: "):
        ladder.reinartz_kumar(profit, duration)


def test_battery() -> None:
    one = ladder.battery(BATTERY)
    assert one == {
        "loyalty": 6, "switch": 3, "pay_more": 4, "external_response": 2, "internal_response": 4, "favourable": 5,
    }  # fmt: skip
    frame = pd.DataFrame([BATTERY, [7, 7, 7, 7, 7, 1, 1, 7, 7, 1, None, None, 4]], index=["a", "b"], dtype=float)
    frame.columns = [f"q{i}" for i in range(1, 14)]
    found = ladder.battery(frame)
    assert found.index.tolist() == ["a", "b"] and found["favourable"].tolist() == [5, 7]
    assert np.isnan(found.loc["b", "external_response"])
    again = ladder.battery(list(frame.columns), data=pl.from_pandas(frame))
    assert again.columns == list(one) and again["loyalty"].to_list() == [6, 7]
    assert ladder.battery(frame.to_numpy())["switch"].tolist() == [3, 1]
    with pytest.warns(loy.LoyaltyWarning, match="1 respondents have too few"):
        assert np.isnan(ladder.battery([*BATTERY[:5], NAN, NAN, *BATTERY[7:]])["favourable"])
    with pytest.raises(loy.DomainError, match=r"^answers\[1\]: must be a whole number from 1 to 7"):
        ladder.battery(np.array([BATTERY, [8, *BATTERY[1:]]]))
    with pytest.raises(loy.LoyaltyError, match=r"^answers: must be 13 columns"):
        ladder.battery([1, 2])
    assert ladder.BATTERY_DIMENSIONS == ("loyalty", "switch", "pay more", "external response", "internal response")
    assert ladder.battery([None, *BATTERY[1:]])["switch"] == 3
    with pytest.raises(loy.LoyaltyError, match=r"^answers: must be a table with named columns, not int"):
        ladder.battery(3)
    bad = ladder.battery(np.array([BATTERY, [8, *BATTERY[1:]]]), errors="coerce")
    assert np.isnan(bad["loyalty"][1]) and bad["loyalty"][0] == 6
