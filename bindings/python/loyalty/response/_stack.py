"""Several columns as one argument: what each customer spends at each supplier, the items of a scale."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import _columns

__all__ = ["stacked"]


def stacked(values: Any, name: str, data: Any) -> tuple[_columns.Table, _columns.FloatArray]:
    """The rows of ``values`` and all its columns one after the other.

    ``values`` is a table with those columns, a list of columns (with ``data``, of names of its columns), or an array
    with a row for each customer. A list or column of numbers is one customer, answered with a number.
    """
    if isinstance(values, np.ndarray) and values.dtype.names is None:
        values = list(values.T)
    elif isinstance(values, (str, bytes)):
        raise _columns.bad(name, "must be several columns")
    elif _columns._is_narwhals_series(values):
        values = _columns.float64(values, name).tolist()
    if isinstance(values, (list, tuple)):
        columns = {f"{name}[{k}]": column for k, column in enumerate(values) if column is not None}
        table = _columns.arguments(data, **columns)
        names = list(columns)
    else:
        table = _columns.table(values)
        names = table.names
    if not names:
        raise _columns.bad(name, "must be at least one column")
    return table, np.concatenate([table.float64(column) for column in names])
