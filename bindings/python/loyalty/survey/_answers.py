"""Answers that are words: a column of names or of their numbers, as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .. import _columns

__all__ = ["Words", "number", "numbers"]

Words = Mapping[str, int]


def number(value: Any, words: Words) -> Any:
    """One answer: its number when it is a known word, else the value itself."""
    return words.get(value, value) if isinstance(value, str) else value


def numbers(table: _columns.Table, name: str, words: Words) -> _columns.FloatArray:
    """The column as float64, with words replaced by their numbers and missing values as NaN."""
    values = table.numpy(name)
    if values.dtype.kind not in "OUT":
        return table.float64(name)
    found: Sequence[Any] = [number(value, words) for value in values]
    for row, value in enumerate(found):
        if isinstance(value, str):
            raise _columns.bad(name, f"{str(value)!r} is no answer; these are {', '.join(map(repr, words))}", row)
    return _columns.float64(np.array(found, dtype=object), name)
