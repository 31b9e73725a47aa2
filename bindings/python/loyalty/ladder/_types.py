"""What the typologies of customers share: numbers of types to names and back, and classes of whole columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _columns
from .._formulas import point_errors

__all__ = ["UNKNOWN", "Types", "classify", "names_of", "numbers_of"]

UNKNOWN = "unknown"
"""The name of no type: a score is missing, or with ``errors="coerce"`` out of range."""

Types = NDArray[np.int8]


def names_of(function: Callable[[int, bool], str], count: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of types 0 to count - 1, English and Chinese."""
    return tuple(function(i, False) for i in range(count)), tuple(function(i, True) for i in range(count))


def answer(
    table: _columns.Table, codes: Types, names: Sequence[str], result: str, as_codes: bool, *, index: bool = True
) -> Any:  # fmt: skip
    """Types as the caller wants them: names, or their numbers in one byte each, -1 for none."""
    if not isinstance(as_codes, bool):
        raise _columns.bad("as_codes", f"must be True or False, not {as_codes!r}")
    return table.column(codes, result) if as_codes else table.types(codes, (UNKNOWN, *names), result, index=index)


def classify(
    batch: Callable[..., int], cuts: Sequence[float], columns: Mapping[str, Any], names: Sequence[str], result: str,
    data: Any, as_codes: bool, errors: _columns.Errors, optional: Collection[str] = (),
) -> Any:  # fmt: skip
    """The types of customers by ``batch(*cuts, *columns, codes, coerce)``. None is a missing number; for a column in
    ``optional`` it is handed on."""
    columns = {name: np.nan if value is None and name not in optional else value for name, value in columns.items()}
    table = _columns.arguments(data, **columns)
    codes = np.empty(table.n, dtype=np.int8)
    values = [None if value is None else table.float64(name) for name, value in columns.items()]
    with point_errors(table.kind == "scalar"):
        batch(*cuts, *values, codes, _columns.coerce(errors))
    return answer(table, codes, names, result, as_codes)


def numbers_of(
    table: _columns.Table, columns: Sequence[str], types: Sequence[str] | None
) -> tuple[list[Types], tuple[str, ...]]:
    """Columns of names as numbers, and the names. Without ``types`` these are the columns' categories, in their order,
    or else the names found, sorted. Columns of whole numbers need ``types``."""
    read = [_places(table, column) for column in columns]
    for column, (_, categories, _) in zip(columns, read, strict=True):
        if types is None and categories is NUMBERS:
            raise _columns.bad("types", f"must be given when {column} has numbers")
    if types is None:
        found = list(dict.fromkeys(str(name) for _, categories, _ in read for name in categories if _known(name)))
        names = tuple(found if all(ordered for _, _, ordered in read) else sorted(found))
    else:
        names = tuple(types)
    if isinstance(types, str) or not 1 <= len(names) <= 127 or len(set(names)) != len(names):
        raise _columns.bad("types", "must be up to 127 different names, at least one")
    number = {name: i for i, name in enumerate(names)}
    result = []
    for column, (places, categories, _) in zip(columns, read, strict=True):
        if categories is NUMBERS:
            result.append(places)
            continue
        table_of = np.full(len(categories) + 1, -1, dtype=np.int8)
        for i, name in enumerate(categories):
            if _known(name):
                if str(name) not in number:
                    raise _columns.bad(column, f"{str(name)!r} is none of types", _first(places, i))
                table_of[i] = number[str(name)]
            elif not isinstance(name, str) and name is not None:
                raise _columns.bad(column, f"must be names of types, not {name!r}", _first(places, i))
        result.append(table_of[places])
    return result, names


NUMBERS: list[Any] = []
"""Stands for categories where a column has numbers; recognised by being this list."""


def _known(name: object) -> bool:
    return isinstance(name, str) and name != UNKNOWN


def _first(places: NDArray[Any], place: int) -> int | None:
    at = np.flatnonzero(places == place)
    return int(at[0]) if len(at) else None


def _places(table: _columns.Table, column: str) -> tuple[NDArray[Any], Sequence[Any], bool]:
    """The column's place in a list of names for each row, -1 for a missing one; the names; whether their order means
    something."""
    native = table.native(column)
    kind = type(native).__module__.partition(".")[0]
    if kind == "pandas" and hasattr(native, "cat"):
        return native.cat.codes.to_numpy(), list(native.cat.categories), True
    if kind == "polars" and hasattr(native.dtype, "categories") and type(native.dtype).__name__ == "Enum":
        return native.to_physical().cast(int).fill_null(-1).to_numpy(), native.dtype.categories.to_list(), True
    values = table.numpy(column)
    if values.dtype.kind == "f" and len(values):  # whole numbers, of which some are missing
        values = _columns.int64(np.where(np.isnan(values), -1.0, values), column)
    if values.dtype.kind in "iu":
        if len(values) and (values.max() > 127 or values.min() < -128):
            raise _columns.bad(column, "must be numbers of types", int(np.argmax((values > 127) | (values < -128))))
        return values.astype(np.int8), NUMBERS, False
    if len(values) == 0:
        return np.empty(0, dtype=np.intp), [], False
    if values.dtype.kind not in "OUT":
        raise _columns.bad(column, "must be names of types, or their numbers")
    missing = np.array([not isinstance(value, str) for value in values], dtype=bool)
    for at in np.flatnonzero(missing):
        value = values[at]
        if not (value is None or value != value or type(value).__name__ == "NAType"):
            raise _columns.bad(column, f"must be names of types, not {value!r}", int(at))
    names, places = np.unique(np.where(missing, "", values).astype(str), return_inverse=True)
    return np.where(missing, -1, places), [None if name == "" else name for name in names.tolist()], False
