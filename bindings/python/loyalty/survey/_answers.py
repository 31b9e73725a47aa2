"""Answers that are words: a column of names or of their numbers, as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .. import _columns

__all__ = ["Words", "number", "numbers"]

Words = Mapping[str, int]


def _number(value: Any, words: Words, name: str, row: int | None = None) -> Any:
    if not isinstance(value, str):
        return value
    if value not in words:
        raise _columns.bad(name, f"{str(value)!r} is no answer; these are {', '.join(map(repr, words))}", row)
    return words[value]


def number(value: Any, words: Words, name: str, data: Any) -> Any:
    """One answer: the number of a word, else the value itself. With ``data`` a text is the name of a column."""
    return value if data is not None else _number(value, words, name)


def numbers(table: _columns.Table, name: str, words: Words) -> _columns.FloatArray:
    """The column as float64, with words replaced by their numbers and missing values as NaN."""
    values = table.native(name)
    if not isinstance(values, (list, tuple)):  # which may hold words and numbers
        values = table.numpy(name)
        if values.dtype.kind not in "OUT":
            return table.float64(name)
    found = np.empty(len(values), dtype=object)
    found[:] = [_number(value, words, name, row) for row, value in enumerate(values)]
    return _columns.float64(found, name)
