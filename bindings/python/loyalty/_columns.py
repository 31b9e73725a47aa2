"""Columns in, columns out: the caller's data as contiguous NumPy arrays, and results as the same kind of data.

Understood are pandas, Polars and PyArrow tables and whatever else narwhals reads eagerly, dicts of arrays, NumPy
structured and masked arrays, and separate arguments (arrays, Series, lists, numbers). NumPy is needed; everything else
is looked at only when it arrives.

    table = columns.table(data)                    # named columns of one object
    table = columns.arguments(s=s, c=c)            # one column for each argument; numbers are repeated
    x = table.float64("frequency")                 # contiguous float64, missing values are NaN
    return table.column(values)                    # pandas.Series, polars.Series, pyarrow.Array, ndarray or float
    return table.frame({"clv": values, ...})       # DataFrame, Table, structured array or dict
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ._errors import LoyaltyError, blame

if TYPE_CHECKING:
    from types import ModuleType

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
Errors: TypeAlias = Literal["raise", "coerce"]
Kind: TypeAlias = Literal["scalar", "numpy", "structured", "dict", "frame"]

__all__ = [
    "Errors",
    "FloatArray",
    "IntArray",
    "Table",
    "arguments",
    "bad",
    "blame",
    "coerce",
    "empty_float64",
    "float64",
    "int64",
    "table",
]

_MOST_EXACT = 2**53


def bad(name: str, detail: str, index: int | None = None) -> LoyaltyError:
    """The exception for an argument or column that cannot be used; to be raised."""
    return LoyaltyError(detail, code="ERR_ARGUMENT", argument=name, index=index)


def coerce(errors: str) -> bool:
    """``errors="raise"`` or ``"coerce"`` as the flag that the extension takes."""
    if errors not in ("raise", "coerce"):
        raise bad("errors", f"must be 'raise' or 'coerce', not {errors!r}")
    return errors == "coerce"


def empty_float64(n: int) -> FloatArray:
    """Room for n results."""
    return np.empty(n, dtype=np.float64)


# ---- one column to NumPy ----------------------------------------------------------------------------------------


def _narwhals() -> ModuleType:
    import narwhals.stable.v2 as narwhals

    return narwhals


def _is_narwhals_series(value: object) -> bool:
    """A Series of a frame library, recognised without importing any."""
    if isinstance(value, np.ndarray):
        return False
    module = type(value).__module__.partition(".")[0]
    return module not in ("builtins", "numpy", "array") and bool(
        _narwhals().dependencies.is_into_series(value) or _is_pyarrow_array(value)
    )


def _is_pyarrow_array(value: object) -> bool:
    pyarrow = sys.modules.get("pyarrow")
    return pyarrow is not None and isinstance(value, (pyarrow.Array, pyarrow.ChunkedArray))


def _as_series(value: object) -> Any:
    """A narwhals Series over a native one."""
    pyarrow = sys.modules.get("pyarrow")
    if pyarrow is not None and isinstance(value, pyarrow.Array):
        value = pyarrow.chunked_array([value])
    if pyarrow is not None and isinstance(value, pyarrow.ChunkedArray) and pyarrow.types.is_dictionary(value.type):
        value = value.cast(value.type.value_type)  # to_numpy gives missing places of a dictionary its last entry
    return _narwhals().from_native(value, series_only=True)


def _refuse_text(array: NDArray[Any], name: str, wanted: str) -> None:
    """Raise for the first text in an array; numbers written as text are not numbers."""
    if array.dtype.kind not in "OUTS":
        return
    for index, value in enumerate(array):
        if isinstance(value, (str, bytes)):
            raise bad(name, f"must be {wanted}, not {str(value)!r}", index)


def _filled(array: np.ma.MaskedArray[Any, Any]) -> NDArray[Any]:
    """A masked array as a plain one: what is masked is missing."""
    if not np.ma.is_masked(array):
        return np.asarray(array.data)
    missing: Any = {"f": np.nan, "M": "NaT", "m": "NaT"}.get(array.dtype.kind)
    plain = np.array(array.data, dtype=object if missing is None else None)
    plain[np.ma.getmaskarray(array)] = missing
    return plain


def _numpy(value: object, name: str) -> NDArray[Any]:
    """Any column as a 1-D array of its own element type; missing values as NaN, NaT or None."""
    if _is_narwhals_series(value):
        series = _as_series(value)
        narwhals = _narwhals()
        if series.dtype.is_decimal():
            series = series.cast(narwhals.Float64)
        array = np.asarray(series.to_numpy())
    else:
        array = _filled(value) if isinstance(value, np.ma.MaskedArray) else np.asarray(value)
    if array.ndim == 0:
        array = array.reshape(1)
    if array.ndim != 1:
        raise bad(name, f"must have one dimension, not {array.ndim}")
    return array


def float64(value: object, name: str) -> FloatArray:
    """A column as contiguous float64, without a copy when it is one already. Missing values become NaN. Text and times
    are refused."""
    if type(value) is np.ndarray and value.ndim == 1 and value.dtype == np.float64:  # nothing to look for
        return value if value.flags.c_contiguous and value.flags.aligned else np.require(value, None, ["C", "A"])
    array = _numpy(value, name)
    kind = array.dtype.kind
    _refuse_text(array, name, "a number")
    if kind == "O":
        missing = [v is None or type(v).__name__ in ("NAType", "NaTType") for v in array]
        if any(missing):
            array = np.where(missing, np.nan, array)
        try:
            array = array.astype(np.float64)
        except (TypeError, ValueError):
            raise bad(name, "must be numbers") from None
    elif kind not in "fiub" and len(array):
        raise bad(name, f"must be numbers, not {_described(array.dtype)}")
    return np.require(array, np.float64, ["C", "A"])


def int64(value: object, name: str) -> IntArray:
    """A column as contiguous int64, without a copy when it is one already. Every element must be a whole number that
    fits; numbers with a fraction, missing values, text and times are refused with their row."""
    array = _numpy(value, name)
    kind = array.dtype.kind
    _refuse_text(array, name, "a whole number")
    if kind == "u" and array.dtype.itemsize == 8:
        large = array > np.uint64(np.iinfo(np.int64).max)
        if large.any():
            raise bad(name, "is too large for 64 bits", int(np.argmax(large)))
    elif kind == "O":
        if all(isinstance(v, (int, np.integer)) for v in array):
            try:
                return np.require(array.astype(np.int64), np.int64, ["C", "A"])
            except OverflowError:
                raise bad(name, "is too large for 64 bits") from None
        array = float64(array, name)
        kind = "f"
    if kind == "f":
        wrong = ~((np.abs(array) <= _MOST_EXACT) & (array == np.trunc(array)))
        if wrong.any():
            at = int(np.argmax(wrong))
            raise bad(name, f"must be a whole number, not {array[at]!s}", at)
    elif kind not in "iub" and len(array):
        raise bad(name, f"must be whole numbers, not {_described(array.dtype)}")
    return np.require(array, np.int64, ["C", "A"])


def _described(dtype: np.dtype[Any]) -> str:
    return {"M": "dates", "m": "time spans", "c": "complex numbers"}.get(dtype.kind, str(dtype))


# ---- tables -----------------------------------------------------------------------------------------------------


class Table:
    """Named columns of equal length, and how to answer in kind."""

    def __init__(self, kind: Kind, columns: Mapping[str, object], n: int, like: Any = None) -> None:
        self.kind: Kind = kind
        self.n = n
        self._columns = columns
        self._like = like  # for "frame": a narwhals frame or Series

    @property
    def names(self) -> list[str]:
        return [str(name) for name in self._columns]

    @property
    def backend(self) -> str | None:
        """The frame library of the table, as narwhals names it; None for other kinds of data."""
        return str(self._like.implementation.value) if self.kind == "frame" else None

    def __contains__(self, name: str) -> bool:
        return name in self._columns

    def native(self, name: str) -> Any:
        """The column as the caller gave it."""
        if name not in self._columns:
            have = ", ".join(repr(n) for n in self.names[:20]) or "none"
            raise bad(name, f"there is no such column; the data have {have}")
        return self._columns[name]

    def float64(self, name: str) -> FloatArray:
        """The column as contiguous float64; missing values are NaN."""
        return self._full(float64(self.native(name), name), name)

    def int64(self, name: str) -> IntArray:
        """The column as contiguous int64; every element must be a whole number."""
        return self._full(int64(self.native(name), name), name)

    def numpy(self, name: str) -> NDArray[Any]:
        """The column as a 1-D array of its own element type: dates, text, identifiers."""
        return self._full(_numpy(self.native(name), name), name)

    def _full(self, array: NDArray[Any], name: str) -> NDArray[Any]:
        if _is_scalar(self._columns[name]):
            return np.full(self.n, array[0], dtype=array.dtype)
        if len(array) == self.n:
            return array
        raise bad(name, f"has {len(array)} elements where other columns have {self.n}")

    def column(self, values: NDArray[Any], name: str | None = None) -> Any:
        """One result for each row: Series, array, or a number when only numbers came in."""
        if self.kind == "scalar":
            return values[0].item()
        if self.kind != "frame":
            return values
        return _native_series(values, name or "", self._like)

    def types(self, codes: NDArray[np.int8], names: Sequence[str], name: str, *, index: bool = True) -> Any:
        """One of ``names`` for each row, by its number from -1 on: the first of them is that of no type. Text when
        numbers or NumPy arrays came in; in frames a column of categories, made of the numbers: pandas.Categorical,
        polars.Enum, a PyArrow dictionary. Without ``index`` the rows are not those of the table. Uses ``codes`` up."""
        if self.kind == "scalar":
            return names[int(codes[0]) + 1]
        np.add(codes, 1, out=codes)
        if self.kind != "frame":
            return np.array(names)[codes]
        backend = self._like.implementation
        module = backend.to_native_namespace()
        if backend.is_pandas_like() and hasattr(module, "Categorical"):
            make = module.Categorical.from_codes
            trusted = {"validate": False} if "validate" in inspect.signature(make).parameters else {}  # pandas 2.1
            column = make(codes, categories=list(names), **trusted)
            return module.Series(
                column, index=self._like.to_native().index if index else None, name=name or None, copy=False
            )
        if backend.is_pyarrow():
            return module.DictionaryArray.from_arrays(codes, list(names))
        if backend.is_polars():
            column, kind = module.Series(name, codes.view(np.uint8)), module.Enum(list(names))
            return column.cat.to(kind) if hasattr(column.cat, "to") else column.cast(module.UInt32).cast(kind)
        return _new_series(_narwhals(), name, np.array(names)[codes], backend).to_native()

    def frame(self, values: Mapping[str, Any]) -> Any:
        """Several results for each row, as a table of the kind that came in. Values are arrays or native columns."""
        if self.kind == "scalar":
            return {name: np.asarray(value)[0].item() for name, value in values.items()}
        if self.kind in ("dict", "numpy"):
            return dict(values)
        if self.kind == "structured":
            arrays = {name: np.asarray(value) for name, value in values.items()}
            out = np.empty(self.n, dtype=[(name, a.dtype) for name, a in arrays.items()])
            for name, a in arrays.items():
                out[name] = a
            return out
        return self._frame(values, index=True)

    def new_frame(self, values: Mapping[str, Any]) -> Any:
        """A table of the kind that came in, with rows of its own: no index is carried over."""
        if self.kind != "frame":
            rows = Table(self.kind, {}, len(next(iter(values.values()), ())))
            return dict(values) if self.kind == "scalar" else rows.frame(values)
        return self._frame(values, index=False)

    def _frame(self, values: Mapping[str, Any], *, index: bool) -> Any:
        narwhals = _narwhals()
        backend = self._like.implementation
        if index and backend.is_pandas() and all(map(_is_own, values.values())):
            module, own = backend.to_native_namespace(), self._like.to_native().index
            # Arrays of our own: without the copy that pandas takes of others'.
            native = {name: module.Series(v, index=own, copy=False) for name, v in values.items()}
            return module.DataFrame(native, index=own, copy=False)
        series = {
            name: v if _is_narwhals_series(v) else _new_series(narwhals, name, v, backend) for name, v in values.items()
        }
        native = {name: (s.to_native() if isinstance(s, narwhals.Series) else s) for name, s in series.items()}
        if backend.is_pandas_like():
            module = backend.to_native_namespace()
            own = self._like.to_native().index if index else None
            return module.DataFrame(
                {k: v if own is None else module.Series(getattr(v, "array", v), index=own) for k, v in native.items()},
                index=own,
            )
        return narwhals.from_dict(native, backend=backend).to_native()


def _is_own(values: object) -> bool:
    """Whether it is an array that nobody else looks into."""
    return isinstance(values, np.ndarray) and values.flags.owndata


def _new_series(narwhals: Any, name: str, values: Any, backend: Any) -> Any:
    return narwhals.new_series(name=name, values=values, backend=backend)


def _native_series(values: NDArray[Any], name: str, like: Any) -> Any:
    backend = like.implementation
    if backend.is_pandas_like():
        module = backend.to_native_namespace()
        return module.Series(values, index=like.to_native().index, name=name or None)
    if backend.is_pyarrow():
        return backend.to_native_namespace().array(values)
    return _new_series(_narwhals(), name, values, backend).to_native()


def table(data: object) -> Table:
    """The named columns of a table-like object. A mapping of numbers is one row, answered with numbers."""
    if isinstance(data, Table):
        return data
    if isinstance(data, Mapping):
        return _of_mapping(data)
    if isinstance(data, np.ndarray):
        if data.dtype.names is None:
            raise bad("data", "a plain array has no column names: give a table, or a dict of arrays")
        if data.ndim != 1:
            raise bad("data", f"must have one dimension, not {data.ndim}")
        return Table("structured", {name: data[name] for name in data.dtype.names}, len(data))
    if isinstance(data, (str, bytes, int, float, list, tuple)) or data is None:
        raise bad("data", f"must be a table with named columns, not {type(data).__name__}")
    narwhals = _narwhals()
    try:
        frame = narwhals.from_native(data)
    except TypeError:
        raise bad("data", f"must be a table with named columns, not {type(data).__name__}") from None
    if isinstance(frame, narwhals.LazyFrame):
        frame = frame.collect()
    if not isinstance(frame, narwhals.DataFrame):
        raise bad("data", f"must be a table with named columns, not {type(data).__name__}")
    return Table("frame", _FrameColumns(frame), len(frame), frame)


class _FrameColumns(Mapping[str, object]):
    """The native columns of a narwhals frame, fetched when asked for."""

    def __init__(self, frame: Any) -> None:
        self._frame = frame
        self._own = {str(name): name for name in frame.columns}  # pandas names columns with numbers too

    def __getitem__(self, name: str) -> object:
        return self._frame.get_column(self._own[name]).to_native()

    def __iter__(self) -> Any:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)

    def __contains__(self, name: object) -> bool:
        return name in self._own


def _is_scalar(value: object) -> bool:
    if isinstance(value, np.ndarray):
        return value.ndim == 0
    if isinstance(value, (int, float, np.number, np.bool_)):
        return True
    return not isinstance(value, (Sequence, Iterable)) and hasattr(value, "__float__")


def _of_mapping(columns: Mapping[str, object], kind: Kind = "dict") -> Table:
    like: Any = None
    n: int | None = None
    named = ""
    for name, value in columns.items():
        if _is_scalar(value) or isinstance(value, (str, bytes)):
            continue
        length = len(value) if hasattr(value, "__len__") else len(np.asarray(value))
        if n is None:
            n, named = length, name
        elif length != n:
            raise bad(name, f"has {length} elements where {named!r} has {n}")
        if kind == "numpy" and like is None and _is_narwhals_series(value):
            like = _as_series(value)
    if n is None:
        return Table("scalar", columns, 1)
    if like is not None:
        return Table("frame", columns, n, like)
    return Table(kind, columns, n)


def arguments(data: object | None = None, /, **columns: object) -> Table:
    """One column for each argument; numbers are repeated to the length of the others, and ``None`` is left out. With
    ``data``, an argument may be the name of one of its columns. The first Series decides the kind of the answer."""
    given = {name: value for name, value in columns.items() if value is not None}
    source = None if data is None else table(data)
    found: dict[str, object] = {}
    for name, value in given.items():
        if isinstance(value, str):
            if source is None:
                raise bad(name, f"{value!r} names a column, but there is no data to look in")
            found[name] = source.native(value)
        else:
            found[name] = value
    result = _of_mapping(found, "numpy")
    if source is not None and any(isinstance(value, str) for value in given.values()):
        return Table(source.kind, found, source.n, source._like)
    return result
