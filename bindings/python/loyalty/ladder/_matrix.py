"""Square tables and vectors of numbers, read from whatever holds them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _columns
from .._errors import LoyaltyError
from ._panel import STAGES_MOST

__all__ = ["square", "states", "vector"]


def square(value: Any, name: str, rows: int | None = None) -> NDArray[np.float64]:
    """An n by n table (array, nested lists, DataFrame of numbers) as a C-contiguous array; missing values are NaN.
    Errors name the argument and the row. ``rows``: how many it must have."""
    narwhals = _columns._narwhals()
    if not isinstance(value, np.ndarray) and narwhals.dependencies.is_into_dataframe(value):
        value = narwhals.from_native(value, eager_only=True).to_numpy()
    try:
        array = np.asarray(value)
        if array.dtype.kind in "US":  # NumPy has made text of the numbers beside some text
            array = np.asarray(value, dtype=object)
    except ValueError:
        raise _columns.bad(name, "must have rows of equal length") from None
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        shape = " by ".join(map(str, array.shape)) if array.ndim > 1 else f"{array.size} in a row"
        if array.ndim == 0:
            shape = type(value).__name__
        raise _columns.bad(name, f"must be a square table of numbers, not {shape}")
    n = array.shape[0]
    if rows is not None and n != rows:
        raise _columns.bad(name, f"must have {rows} rows and columns, not {n}")
    if not 1 <= n <= STAGES_MOST:
        raise _columns.bad(name, f"must have from 1 to {STAGES_MOST} rows, not {n}")
    try:
        flat = _columns.float64(array.reshape(-1), name)
    except LoyaltyError as error:
        if error.index is not None:
            error.index //= n
        raise
    return flat.reshape(n, n)


def vector(value: Any, name: str, n: int) -> NDArray[np.float64]:
    """A column of n numbers as a contiguous array; missing values are NaN."""
    array = _columns.float64(value, name)
    if len(array) != n:
        raise _columns.bad(name, f"must have {n} elements, not {len(array)}")
    return array


def states(table: Any, value: Any, name: str, n: int) -> NDArray[np.int64] | None:
    """States of a chain as numbers: one or several, each a number from 0, or a column name of the DataFrame ``table``
    that its matrix came in. None stays None."""
    if value is None:
        return None
    given = [value] if isinstance(value, str) or not isinstance(value, Iterable) else list(value)
    found = np.empty(len(given), dtype=np.int64)
    columns = [] if isinstance(table, np.ndarray) else [str(label) for label in getattr(table, "columns", ())]
    for k, state in enumerate(given):
        if isinstance(state, str) and state in columns:
            found[k] = columns.index(state)
        elif isinstance(state, (int, np.integer)) and not isinstance(state, bool) and 0 <= state < n:
            found[k] = state
        else:
            raise _columns.bad(name, f"{state!r} is not a state; these are 0 to {n - 1}, or the columns of a DataFrame")
    return found
