"""The median as a cut between low and high."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import _columns, _loyalty

__all__ = ["median_cut"]


def median_cut(values: Any, *, data: Any = None) -> float:
    """The median of the values that are not missing: high means from here on.

    Args:
        values: an array, a column, or with ``data`` the name of a column.
        data: a table in which ``values`` may name a column.
    """
    table = _columns.arguments(data, values=values)
    with _columns.blame({"value": "values"}):
        return _loyalty.median_cut(table.float64("values"))


def cut_or_median(
    cut: float | None, name: str, table: _columns.Table, column: str, errors: _columns.Errors, least: float = -1e40
) -> float:  # fmt: skip
    """A cut that is given, or else the median of the column; with ``errors="coerce"`` of its numbers in range."""
    if cut is not None:
        return cut
    if table.kind == "scalar":
        raise _columns.bad(name, "must be given for a single customer, who has no median")
    values = table.float64(column)
    if _columns.coerce(errors):
        values = np.where((values >= least) & (values <= 1e40), values, np.nan)
    with _columns.blame({"value": column}):
        return _loyalty.median_cut(values)
