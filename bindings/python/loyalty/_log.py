"""The columns of a log as integers: who, when, how much."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np

from . import _columns, _loyalty
from ._columns import FloatArray, IntArray, Table
from ._errors import LoyaltyError

NOT_A_TIME = np.iinfo(np.int64).min
MICROSECONDS = 3  # the tick of `instant`
_TICKS = {"D": 0, "s": 1, "ms": 2, "us": 3, "ns": 4}
_EPOCH = datetime.date(1970, 1, 1).toordinal()
_DAY = 86_400_000_000


class Customers(NamedTuple):
    """Ids as integers. ``names`` are None for ids that are integers themselves; else they are sorted by code point, and
    ``codes`` are positions in them."""

    codes: IntArray
    names: list[str] | None
    dtype: np.dtype[Any]


class Times(NamedTuple):
    """Times as integers since 1970, in the unit of ``tick``."""

    values: IntArray
    tick: int


def _array(table: Table, name: str) -> Any:
    """The column as an array. A list with text in it is not turned into text as a whole: the text is the mistake."""
    native = table.native(name)
    if not isinstance(native, (list, tuple)) or not any(isinstance(value, str) for value in native):
        return table.numpy(name)
    array = np.empty(len(native), dtype=object)
    array[:] = native
    if len(array) != table.n:
        raise _columns.bad(name, f"has {len(array)} elements where other columns have {table.n}")
    return array


# ---- who ---------------------------------------------------------------------------------------------------------


def customers(table: Table, name: str) -> Customers:
    """Ids, which may be whole numbers or text (categories included)."""
    native = table.native(name)
    array = None if _is_text(native) else _array(table, name)
    if array is not None and array.dtype.kind in "OUS" and any(isinstance(v, str) for v in array[:1]):
        array = None
    if array is None:
        return _text(native, name, table.n)
    missing = array.dtype.kind == "f" and np.isnan(array)
    if np.any(missing):
        raise _columns.bad(name, "is missing", int(np.argmax(missing)))
    dtype = array.dtype if array.dtype.kind in "iu" else np.dtype(np.int64)
    return Customers(_columns.int64(array, name), None, dtype)


def _is_text(native: Any) -> bool:
    if not _columns._is_narwhals_series(native):
        return isinstance(native, np.ndarray) and native.dtype.kind == "U"
    narwhals = _columns._narwhals()
    return _columns._as_series(native).dtype in (narwhals.String, narwhals.Categorical, narwhals.Enum)


def _text(native: Any, name: str, n: int) -> Customers:
    if _columns._is_narwhals_series(native):
        codes, found = _factorize(native)
    else:
        codes, found = _factorize_list(native.tolist() if isinstance(native, np.ndarray) else list(native))
    if len(codes) != n:
        raise _columns.bad(name, f"has {len(codes)} elements where other columns have {n}")
    for position, value in enumerate(found):
        if not isinstance(value, str):
            index = int(np.argmax(codes == position))
            missing = value is None or value != value or type(value).__name__ == "NAType"
            raise _columns.bad(name, "is missing" if missing else f"must be text like the others, not {value!r}", index)
    if np.any(codes < 0):
        raise _columns.bad(name, "is missing", int(np.argmax(codes < 0)))
    order = sorted(range(len(found)), key=found.__getitem__)
    rank = np.empty(len(found), dtype=np.int64)
    rank[order] = np.arange(len(found))
    return Customers(rank[codes], [found[i] for i in order], np.dtype(object))


def _factorize(native: Any) -> tuple[IntArray, Sequence[Any]]:
    """Positions in a list of distinct values, -1 for missing ones, by the means of the frame's own library."""
    series = _columns._as_series(native)
    backend = series.implementation
    if backend.is_pandas_like():
        codes, found = backend.to_native_namespace().factorize(native)
        return np.asarray(codes, dtype=np.int64), list(found)
    if backend.is_polars():
        polars = sys.modules["polars"]
        text = native.cast(polars.String)
        found = text.unique().drop_nulls()
        table = polars.DataFrame({"text": found, "code": polars.arange(0, len(found), eager=True, dtype=polars.Int64)})
        joined = text.to_frame("text").join(table, on="text", how="left", maintain_order="left")
        return joined["code"].fill_null(-1).to_numpy(), found.to_list()
    if backend.is_pyarrow():
        compute = sys.modules["pyarrow"].compute
        column = series.to_native()
        if str(column.type).startswith("dictionary"):
            column = column.cast(column.type.value_type)
        encoded = column.dictionary_encode().unify_dictionaries().combine_chunks()
        if hasattr(encoded, "chunks"):
            encoded = encoded.chunk(0) if encoded.num_chunks else sys.modules["pyarrow"].array([]).dictionary_encode()
        codes = compute.fill_null(encoded.indices.cast("int64"), -1)
        return codes.to_numpy(zero_copy_only=False), encoded.dictionary.to_pylist()
    return _factorize_list(series.to_list())


def _factorize_list(values: list[Any]) -> tuple[IntArray, Sequence[Any]]:
    position: dict[Any, int] = {}
    codes = np.fromiter((position.setdefault(v, len(position)) for v in values), dtype=np.int64, count=len(values))
    return codes, list(position)


# ---- when --------------------------------------------------------------------------------------------------------


def times(table: Table, name: str) -> Times:
    """Dates or times, or text in ISO 8601 form. A time with a zone counts by its own clock: the day is the one that the
    customer saw."""
    array = _clock(table, name)
    kind = array.dtype.kind
    if kind == "M":
        unit = np.datetime_data(array.dtype)
        if unit[1] != 1 or unit[0] not in _TICKS:
            array = array.astype("datetime64[s]" if unit[0] in ("Y", "M", "W", "h", "m") else "datetime64[ns]")
            unit = np.datetime_data(array.dtype)
        array = np.require(array, array.dtype.newbyteorder("="), ["C", "A"])
        return Times(array.view(np.int64), _TICKS[unit[0]])
    if kind in "OU":
        return Times(_parse(array.tolist(), name), MICROSECONDS)
    if len(array) == 0:
        return Times(np.empty(0, dtype=np.int64), 0)
    raise _columns.bad(name, f"must be dates or text in ISO form (2015-02-01), not {array.dtype}")


def _clock(table: Table, name: str) -> Any:
    """The column without its time zone."""
    native = table.native(name)
    if _columns._is_narwhals_series(native):
        series = _columns._as_series(native)
        if getattr(series.dtype, "time_zone", None) is not None:
            return np.asarray(series.dt.replace_time_zone(None).to_numpy())
    return table.numpy(name)


def _parse(values: list[Any], name: str) -> IntArray:
    """A log has few distinct dates: each is parsed once."""
    known: dict[Any, int] = {}
    out = np.empty(len(values), dtype=np.int64)
    for row, value in enumerate(values):
        found = known.get(value)
        if found is None:
            try:
                found = instant(value)
            except ValueError as error:
                raise _columns.bad(name, str(error), row) from None
            known[value] = found
        out[row] = found
    return out


def instant(value: Any) -> int:
    """A date or a time as microseconds since 1970, by its own clock. Raises ValueError."""
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[us]").item()
    if isinstance(value, str):
        value = _iso(value)
    if value is None or value != value or type(value).__name__ in ("NaTType", "NAType"):
        raise ValueError("is missing")
    if isinstance(value, datetime.datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return (value.toordinal() - _EPOCH) * _DAY + seconds * 1_000_000 + value.microsecond
    if isinstance(value, datetime.date):
        return (value.toordinal() - _EPOCH) * _DAY
    raise ValueError(f"must be a date or text in ISO form (2015-02-01), not {value!r}")


def _iso(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text) if len(text) <= 10 else datetime.datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"must be a date in ISO form (2015-02-01), not {text!r}") from None


# ---- how much ----------------------------------------------------------------------------------------------------


def amounts(table: Table, name: str, decimals: int) -> IntArray:
    """Amounts as whole numbers of 10^-decimals."""
    native = table.native(name)
    if _is_decimal(native):
        return _from_decimals(list(_as_list(native)), name, decimals)
    array = _array(table, name)
    if array.dtype.kind == "O" and any(isinstance(v, Decimal) for v in array):
        return _from_decimals(array.tolist(), name, decimals)
    out = np.empty(len(array), dtype=np.int64)
    try:
        if array.dtype.kind in "iu":
            _loyalty.amounts_from_integer(_columns.int64(array, name), decimals, out)
        else:
            _loyalty.amounts_from_double(_widened(_columns.float64(array, name), array, decimals), decimals, out)
    except LoyaltyError as error:
        if error.argument == "amount":
            error.argument = name
            value = None if error.index is None else array[error.index]
            if isinstance(value, (int, float, np.number)) and np.isfinite(value):
                error.detail += f"; it is {value} and decimals={decimals}"
        raise
    return out


def _is_decimal(native: Any) -> bool:
    return _columns._is_narwhals_series(native) and bool(_columns._as_series(native).dtype.is_decimal())


def _as_list(native: Any) -> list[Any]:
    values: list[Any] = _columns._as_series(native).to_list()
    return values


def _widened(values: FloatArray, array: Any, decimals: int) -> FloatArray:
    """Numbers of fewer bits are taken as the shortest decimal that they stand for: float32 29.33 is 29.33."""
    if array.dtype.kind != "f" or array.dtype.itemsize >= 8 or not 0 <= decimals <= 9:
        return values
    scale = 10.0**decimals
    nearest: FloatArray = np.rint(values * scale) / scale
    return np.where(nearest.astype(array.dtype) == array, nearest, values)


def _from_decimals(values: list[Any], name: str, decimals: int) -> IntArray:
    out = np.empty(len(values), dtype=np.int64)
    for row, value in enumerate(values):
        if value is None or value != value:
            raise _columns.bad(name, "is missing", row)
        if not isinstance(value, (Decimal, int)) or not Decimal(value).is_finite():
            raise _columns.bad(name, f"must be a finite decimal number, not {value!r}", row)
        sign, digits, exponent = Decimal(value).normalize().as_tuple()
        shift = int(exponent) + decimals
        if shift < 0:
            allowed = f"must not have more decimal places than decimals allows; it is {value} and decimals={decimals}"
            raise _columns.bad(name, allowed, row)
        whole = int("".join(map(str, digits))) * 10**shift if len(digits) + shift < 20 else 2**63
        if whole >= 2**63:
            fits = f"must fit into 64 bits in minor units; it is {value} and decimals={decimals}"
            raise _columns.bad(name, fits, row)
        out[row] = -whole if sign else whole
    return out
