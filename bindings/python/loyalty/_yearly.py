"""Yearly amounts: one column for each year."""

from __future__ import annotations

from typing import Any

import numpy as np

from . import _columns
from ._columns import FloatArray, Table

__all__ = ["yearly"]


def yearly(amounts: Any, data: Any) -> tuple[Table, int, FloatArray]:
    """The table of the amounts, the number of years, and all columns one after the other. ``amounts`` is a table or an
    array of two dimensions with a column for each year, or a list of columns, of names of columns of ``data``, or of
    the numbers of one customer."""
    if isinstance(amounts, np.ndarray) and amounts.ndim == 2:
        amounts = list(amounts.T)
    elif data is None and not isinstance(amounts, (list, tuple, np.ndarray)):
        data = _columns.table(amounts)
        amounts = data.names
    elif isinstance(amounts, str):
        raise _columns.bad("amounts", "must be a list of columns of data")
    amounts = [np.nan if column is None else column for column in amounts]
    names = [f"amounts[{year}]" for year in range(len(amounts))]
    table = _columns.arguments(data, **dict(zip(names, amounts, strict=True)))
    years = [table.float64(name) for name in names]
    return table, len(years), np.concatenate(years) if years else _columns.empty_float64(0)
