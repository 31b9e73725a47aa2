"""loyalty._columns: the caller's data in, the same kind out."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import loyalty as loy
from loyalty import _columns

VALUES = {"id": [7, 8, 9], "x": [1.5, 2.5, 3.5]}
INDEX = [30, 10, 20]


def structured() -> Any:
    array = np.zeros(3, dtype=[("id", "i8"), ("x", "f8")])
    array["id"], array["x"] = VALUES["id"], VALUES["x"]
    return array


MAKERS: dict[str, Any] = {
    "dict": lambda: {k: np.array(v) for k, v in VALUES.items()},
    "lists": lambda: dict(VALUES),
    "structured": structured,
    "pandas": lambda: pd.DataFrame(VALUES, index=INDEX),
    "pandas-nullable": lambda: pd.DataFrame(VALUES, index=INDEX).convert_dtypes(),
    "pandas-arrow": lambda: pd.DataFrame(VALUES, index=INDEX).convert_dtypes(dtype_backend="pyarrow"),
    "polars": lambda: pl.DataFrame(VALUES),
    "polars-lazy": lambda: pl.LazyFrame(VALUES),
    "pyarrow": lambda: pa.table(VALUES),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_columns_in(kind: str) -> None:
    table = _columns.table(MAKERS[kind]())
    assert table.n == 3
    assert table.names == ["id", "x"]
    assert "x" in table and "y" not in table
    x, i = table.float64("x"), table.int64("id")
    assert x.dtype == np.float64 and x.flags.c_contiguous and x.tolist() == VALUES["x"]
    assert i.dtype == np.int64 and i.flags.c_contiguous and i.tolist() == VALUES["id"]
    assert table.float64("id").tolist() == [7.0, 8.0, 9.0]
    with pytest.raises(loy.LoyaltyError, match=r"^y: there is no such column; the data have 'id', 'x'$") as caught:
        table.float64("y")
    assert (caught.value.code, caught.value.argument) == ("ERR_ARGUMENT", "y")


@pytest.mark.parametrize("kind", MAKERS)
def test_one_column_out(kind: str) -> None:
    out = _columns.table(MAKERS[kind]()).column(np.array([1.0, 2.0, 3.0]), "clv")
    expected = {
        "dict": np.ndarray, "lists": np.ndarray, "structured": np.ndarray, "pandas": pd.Series,
        "pandas-nullable": pd.Series, "pandas-arrow": pd.Series, "polars": pl.Series, "polars-lazy": pl.Series,
        "pyarrow": pa.Array,
    }[kind]  # fmt: skip
    assert isinstance(out, expected)
    assert np.asarray(out).tolist() == [1.0, 2.0, 3.0]
    if isinstance(out, pd.Series):
        assert out.index.tolist() == INDEX and out.name == "clv" and out.dtype == np.float64
    if isinstance(out, pl.Series):
        assert out.name == "clv"


@pytest.mark.parametrize("kind", MAKERS)
def test_frame_out(kind: str) -> None:
    data = MAKERS[kind]()
    table = _columns.table(data)
    result = {"id": table.native("id"), "clv": np.array([1.0, 2.0, 3.0]), "n": np.array([4, 5, 6])}
    out = table.frame(result)
    assert isinstance(out, type(pl.DataFrame() if kind == "polars-lazy" else data))
    again = _columns.table(out)
    assert again.names == ["id", "clv", "n"]
    assert again.int64("id").tolist() == VALUES["id"] and again.float64("clv").tolist() == [1.0, 2.0, 3.0]
    if isinstance(out, pd.DataFrame):
        assert out.index.tolist() == INDEX
        assert out["id"].dtype == data["id"].dtype
    shorter = table.new_frame({"clv": np.array([1.0])})
    assert isinstance(shorter, type(out)) and len(_columns.table(shorter).float64("clv")) == 1
    if isinstance(shorter, pd.DataFrame):
        assert shorter.index.tolist() == [0]


def test_a_contiguous_column_is_not_copied() -> None:
    x = np.arange(3.0)
    assert _columns.float64(x, "x") is x
    i = np.arange(3)
    assert _columns.int64(i, "i") is i
    frame = pl.DataFrame({"x": x})
    assert np.shares_memory(_columns.table(frame).float64("x"), frame["x"].to_numpy())


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([1, None, 3], dtype="Int64"),
        pd.Series([1, None, 3], dtype="Float64"),
        pd.Series([1, None, 3], dtype="float32"),
        pd.Series([Decimal(1), None, Decimal(3)]),
        pd.Series([1, pd.NA, 3], dtype=object),
        pd.Series([1, None, 3], dtype="int8[pyarrow]"),
        pl.Series([1, None, 3]),
        pl.Series([Decimal(1), None, Decimal(3)]),
        pa.array([1, None, 3]),
        pa.chunked_array([[1, None], [3]]),
        [1, None, 3],
        np.array([1, np.nan, 3], dtype=np.float16),
        np.ma.array([1.0, 2.0, 3.0], mask=[0, 1, 0]),
        np.ma.array([1, 2, 3], mask=[0, 1, 0]),
    ],
)
def test_missing_values_are_nan(column: Any) -> None:
    assert np.array_equal(_columns.float64(column, "x"), [1.0, np.nan, 3.0], equal_nan=True)


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (["a", "b"], "x[0]: must be a number, not 'a'"),
        ([1, "b"], "x[0]: must be a number, not '1'"),  # NumPy has made text of both
        (b"ab", "x[0]: must be a number, not"),
        (pd.Series(["1", "2"]), "x[0]: must be a number, not '1'"),
        (pd.Series([1, "2"], dtype=object), "x[1]: must be a number, not '2'"),
        (pl.Series(["1"]), "x[0]: must be a number, not '1'"),
        (pa.array(["1"]), "x[0]: must be a number, not '1'"),
        (np.array(["1997-01-01"], dtype="M8[D]"), "x: must be numbers, not dates"),
        (pd.Series(pd.to_datetime(["1997-01-01"])), "x: must be numbers, not dates"),
        (pl.Series([datetime.date(1997, 1, 1)]), "x: must be numbers, not dates"),
        (np.array([1], dtype="m8[D]"), "x: must be numbers, not time spans"),
        ([1j], "x: must be numbers, not complex numbers"),
        ([object()], "x: must be numbers"),
        (np.zeros((2, 2)), "x: must have one dimension, not 2"),
    ],
)
def test_what_is_no_number(column: Any, message: str) -> None:
    with pytest.raises(loy.LoyaltyError) as caught:
        _columns.float64(column, "x")
    assert str(caught.value).startswith(message)
    assert caught.value.argument == "x"


def test_integers_are_exact() -> None:
    assert _columns.int64([1.0, -2.0], "i").tolist() == [1, -2]
    assert _columns.int64(np.array([2**63 - 1], dtype=np.uint64), "i").tolist() == [2**63 - 1]
    assert _columns.int64(np.array([2**62, 1], dtype=object), "i").tolist() == [2**62, 1]
    assert _columns.int64(pl.Series([2**62, -1]), "i").tolist() == [2**62, -1]
    assert _columns.int64(pd.Series([2**62, 1], dtype="Int64"), "i").tolist() == [2**62, 1]
    assert _columns.int64([True, False], "i").tolist() == [1, 0]
    assert _columns.int64(np.ma.array([2**62, 1]), "i").tolist() == [2**62, 1]


@pytest.mark.parametrize(
    ("column", "index"),
    [
        ([1.0, 1.5], 1),
        ([1.0, np.nan], 1),
        ([np.inf], 0),
        ([2.0**53 + 2], 0),
        (np.array([1, 2**63], dtype=np.uint64), 1),
        (pl.Series([1, None]), 1),
        (pa.array([1, None]), 1),
        (pd.Series([1, None], dtype="Int64"), 1),
        (np.ma.array([1, 2], mask=[0, 1]), 1),
        (pd.Series([1, "2"], dtype=object), 1),
        (np.array([2**70], dtype=object), None),
        (["1"], 0),
    ],
)
def test_what_is_no_integer(column: Any, index: int | None) -> None:
    with pytest.raises(loy.LoyaltyError, match=r"^i(\[\d\])?: ") as caught:
        _columns.int64(column, "i")
    assert caught.value.index == index


@pytest.mark.parametrize(
    "data", [1, 1.5, "x", None, [1], (1,), np.zeros(3), np.zeros((2, 2)), object(), pd.Series([1])]
)
def test_what_is_no_table(data: Any) -> None:
    with pytest.raises(loy.LoyaltyError, match=r"^data: "):
        _columns.table(data)


def test_lengths_must_agree() -> None:
    with pytest.raises(loy.LoyaltyError, match=r"^b: has 3 elements where 'a' has 2$"):
        _columns.table({"a": [1, 2], "b": [1, 2, 3]})
    with pytest.raises(loy.LoyaltyError, match=r"^b: has 1 elements where 'a' has 2$"):
        _columns.arguments(a=[1, 2], b=[1])


def test_arguments() -> None:
    table = _columns.arguments(s=[0.1, 0.2], c=0.5, z=None)
    assert table.n == 2 and "z" not in table
    assert table.float64("c").tolist() == [0.5, 0.5]
    assert isinstance(table.column(np.array([1.0, 2.0])), np.ndarray)

    table = _columns.arguments(s=0.1, c=np.float32(0.5))
    assert table.kind == "scalar" and table.n == 1
    result = table.column(np.array([2.0]))
    assert type(result) is float and result == 2.0

    table = _columns.arguments(c=0.5, s=pd.Series([0.1, 0.2], index=[5, 6]))
    assert table.column(np.array([1.0, 2.0])).index.tolist() == [5, 6]
    assert isinstance(_columns.arguments(s=pl.Series([0.1])).column(np.array([1.0])), pl.Series)
    assert isinstance(_columns.arguments(s=pa.array([0.1])).column(np.array([1.0])), pa.Array)

    frame = pd.DataFrame({"sat": [0.1, 0.2]}, index=[5, 6])
    table = _columns.arguments(frame, s="sat", c=0.5)
    assert table.float64("s").tolist() == [0.1, 0.2]
    assert table.column(np.array([1.0, 2.0])).index.tolist() == [5, 6]
    with pytest.raises(loy.LoyaltyError, match="names a column, but there is no data"):
        _columns.arguments(s="sat")
    with pytest.raises(loy.LoyaltyError, match=r"^c: has 3 elements where 's' has 2"):
        _columns.arguments(frame, s="sat", c=[1, 2, 3]).float64("c")


def test_empty() -> None:
    for data in ({"x": []}, pd.DataFrame({"x": []}), pl.DataFrame({"x": []}), pa.table({"x": []})):
        table = _columns.table(data)
        assert table.n == 0
        assert len(table.column(np.zeros(0))) == 0


def test_errors_option() -> None:
    assert _columns.coerce("coerce") is True and _columns.coerce("raise") is False
    with pytest.raises(loy.LoyaltyError, match="errors: must be 'raise' or 'coerce', not 'ignore'"):
        _columns.coerce("ignore")


def test_masked_times_are_missing() -> None:
    times = np.ma.array(np.array(["1997-01-01", "1997-01-02"], dtype="M8[D]"), mask=[0, 1])
    assert np.isnat(_columns.arguments(x=times).numpy("x")).tolist() == [False, True]


def test_missing_places_of_an_arrow_dictionary() -> None:
    """PyArrow's own conversion gives them the dictionary's last entry."""
    text = pa.array(["a", None, "b", "a"]).dictionary_encode()
    for column in (text, pa.chunked_array([text, text.slice(0, 0)])):
        assert _columns.arguments(x=column).numpy("x").tolist() == ["a", None, "b", "a"]
    assert _columns.table(pa.table({"x": text})).numpy("x").tolist() == ["a", None, "b", "a"]
    numbers = pa.array([1.5, None, 2.5]).dictionary_encode()
    assert np.array_equal(_columns.float64(numbers, "x"), [1.5, np.nan, 2.5], equal_nan=True)
    found = loy.ladder.type_shares(text)
    assert (found.counts.tolist(), found.unknown) == ([2, 1], 1)
