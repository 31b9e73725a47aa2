"""loyalty.ladder._matrix: square tables and vectors from whatever holds them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from loyalty import LoyaltyError
from loyalty.ladder._matrix import square, vector

ROWS = [[0.75, 0.25], [0.5, 0.5]]


@pytest.mark.parametrize(
    "value",
    [
        ROWS,
        tuple(map(tuple, ROWS)),
        np.array(ROWS),
        np.array(ROWS, order="F"),
        np.array(ROWS, dtype=np.float32),
        pd.DataFrame(ROWS, index=["a", "b"]),
        pl.DataFrame({"a": [0.75, 0.5], "b": [0.25, 0.5]}),
        pa.table({"a": [0.75, 0.5], "b": [0.25, 0.5]}),
    ],
)
def test_every_kind(value: Any) -> None:
    got = square(value, "transition")
    assert got.dtype == np.float64
    assert got.flags.c_contiguous
    assert got.tolist() == ROWS


def test_missing_is_nan() -> None:
    assert np.isnan(square([[1, None], [0, 1]], "t")[0, 1])
    assert np.isnan(square(pd.DataFrame({"a": [1.0, None], "b": [0, 1]}), "t")[1, 0])
    assert np.isnan(vector([1, None], "v", 2)[1])


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([[1, 2], [3]], "t: must have rows of equal length"),
        ([1, 2], "t: must be a square table of numbers, not 2 in a row"),
        (3, "t: must be a square table of numbers, not int"),
        ({"a": [1]}, "t: must be a square table of numbers, not dict"),
        (np.zeros((0, 0)), "t: must have from 1 to 1024 rows, not 0"),
        (np.eye(1025), "t: must have from 1 to 1024 rows, not 1025"),
        (np.zeros((2, 3)), "t: must be a square table of numbers, not 2 by 3"),
        ([[1, 2], [1, "b"]], r"t\[1\]: must be a number, not 'b'"),
        (pd.DataFrame({"a": ["x", "y"], "b": [1, 2]}), r"t\[0\]: must be a number, not 'x'"),
        (np.zeros((2, 2), dtype="M8[s]"), "t: must be numbers, not dates"),
    ],
)
def test_refused(value: Any, message: str) -> None:
    with pytest.raises(LoyaltyError, match=f"^{message}$"):
        square(value, "t")


def test_vectors() -> None:
    assert vector(pd.Series([1, 2]), "v", 2).tolist() == [1, 2]
    assert vector(pl.Series([1, 2]), "v", 2).tolist() == [1, 2]
    with pytest.raises(LoyaltyError, match=r"^v: must have 2 elements, not 3$"):
        vector([1, 2, 3], "v", 2)
    with pytest.raises(LoyaltyError, match=r"^v\[0\]: must be a number, not 'x'$"):
        vector(["x", 2], "v", 2)
