"""Purchases of customers in order of time, from long tables: what the learning models read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _columns

__all__ = ["Sequences", "count", "ranks", "sequences"]


@dataclass(frozen=True, slots=True)
class Sequences:
    """Rows of a table by customer, then by time."""

    order: NDArray[np.intp]  # row of the table at each place
    offset: NDArray[np.int64]  # first place of each customer, and the end of the last
    customers: NDArray[Any]  # their identifiers
    groups: NDArray[np.intp]  # a number for each row of the table that customer and time share

    def back(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """One value for each place as one for each row of the table."""
        out = np.empty_like(values)
        out[self.order] = values
        return out


def ranks(table: _columns.Table, column: str) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """The distinct values of a column in their order, and the number of each row's; missing ones are refused."""
    values = table.numpy(column)
    for row, value in enumerate(values if values.dtype.kind == "O" else ()):
        if value is None or value != value or type(value).__name__ in ("NAType", "NaTType"):
            raise _columns.bad(column, "must not be missing", row)
    if values.dtype.kind in "fMm":
        missing = np.isnan(values) if values.dtype.kind == "f" else np.isnat(values)
        if missing.any():
            raise _columns.bad(column, "must not be missing", int(np.argmax(missing)))
    try:
        distinct, number = np.unique(values, return_inverse=True)
    except TypeError:
        raise _columns.bad(column, "must hold values of one kind, which can be sorted") from None
    return distinct, number.reshape(-1)


def sequences(
    table: _columns.Table, customer_id_col: str, datetime_col: str | None, last: NDArray[np.intp] | None = None
) -> Sequences:
    """Rows with the same customer and time are in the order of ``last``, then of the table; without a time all of a
    customer are one group."""
    customers, customer = ranks(table, customer_id_col)
    times, time = np.zeros(1), np.zeros(table.n, dtype=np.intp)
    if datetime_col is not None:
        times, time = ranks(table, datetime_col)
    offset = np.zeros(len(customers) + 1, dtype=np.int64)
    np.cumsum(np.bincount(customer, minlength=len(customers)), out=offset[1:])
    order = np.lexsort((time, customer) if last is None else (last, time, customer))
    return Sequences(order, offset, customers, customer * len(times) + time)


def count(value: int, name: str) -> int:
    """A whole number of 0 or more."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < 0:
        raise _columns.bad(name, f"must be a whole number of 0 or more, not {value!r}")
    return int(value)
