"""A panel of customers as numbers: when, and on which stage."""

from __future__ import annotations

import datetime
import re
from collections.abc import Hashable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _log
from .._columns import IntArray, Table

__all__ = ["STAGES_MOST", "Clock", "Moment", "clock_of", "fault", "stages_of"]

Moment: TypeAlias = int | str | datetime.date | np.datetime64

STAGES_MOST = 1024
_UNITS = ("h", "D", "W", "M", "Y")
_TICKS = ("D", "s", "ms", "us", "ns")


# ---- when ---------------------------------------------------------------------------------------------------------


class Clock:
    """Times as whole numbers, and back."""

    def __init__(self, times: IntArray, step: int, unit: str | None) -> None:
        self.times = times
        self.step = step
        self.unit = unit  # of dates: the calendar unit

    def number(self, value: Moment, name: str) -> int:
        if self.unit is None:
            if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
                raise _columns.bad(name, f"must be a whole number as the times are, not {value!r}")
            return int(value)
        try:
            moment = np.array([_log.instant(value)], dtype=np.int64)
        except ValueError as error:
            raise _columns.bad(name, str(error)) from None
        return int(_periods(moment, _log.MICROSECONDS, self.unit)[0])

    def moment(self, number: int) -> Any:
        if self.unit is None:
            return number
        if self.unit == "W":
            number, unit = 7 * number - 3, "D"
        else:
            unit = self.unit
        return np.array(number).astype(f"datetime64[{unit}]")[()]


def clock_of(table: Table, name: str, step: int | str | None) -> Clock:
    if table.n > 0 and _are_numbers(table, name):
        if step is None:
            step = 1
        if isinstance(step, bool) or not isinstance(step, (int, np.integer)) or step < 1:
            raise _columns.bad("step", f"must be a whole number from 1 for times that are whole numbers, not {step!r}")
        return Clock(table.int64(name), int(step), None)
    parts = re.fullmatch(r"([1-9][0-9]{0,8})?([hDWMY])", step) if isinstance(step, str) else None
    if parts is None:
        if table.n == 0:
            return Clock(np.empty(0, dtype=np.int64), 1, None)
        units = ", ".join(map(repr, _UNITS))
        raise _columns.bad(
            "step", f"must be one of {units}, or several as '3M', for times that are dates, not {step!r}"
        )
    times = _log.times(table, name)
    none = times.values == _log.NOT_A_TIME
    if none.any():
        raise _columns.bad(name, "is missing", int(np.argmax(none)))
    return Clock(_periods(times.values, times.tick, parts[2]), int(parts[1] or 1), parts[2])


def _are_numbers(table: Table, name: str) -> bool:
    """Whether a column holds numbers; of objects the first that is there decides."""
    array = table.numpy(name)
    if array.dtype.kind != "O":
        return array.dtype.kind in "iufb"
    value = next((v for v in array if v is not None), None)
    return isinstance(value, (int, float, np.integer))


def _periods(values: IntArray, tick: int, unit: str) -> IntArray:
    """The numbers of the calendar periods in which times lie; week 0 is the one of 1970-01-01, from Monday."""
    moments = values.view(f"datetime64[{_TICKS[tick]}]")
    if unit == "W":
        return (moments.astype("datetime64[D]").view(np.int64) + 3) // 7
    numbers: IntArray = moments.astype(f"datetime64[{unit}]").view(np.int64)
    return np.ascontiguousarray(numbers)


# ---- where --------------------------------------------------------------------------------------------------------


def stages_of(table: Table, name: str, stages: Sequence[Any] | int | None) -> tuple[NDArray[Any], tuple[Any, ...]]:
    """Stages as numbers, -1 for none and less for what is none of them; and their names."""
    names = None if stages is None else _names(stages)
    native = table.native(name)
    coded = _categories(native)
    if coded is None and not _is_text(native):
        return _whole(table, name, names)
    codes, found = coded if coded is not None else _text(native)
    known = [None if _is_missing(value) else value for value in found]
    if names is None:
        present = known if coded is not None else sorted((v for v in known if v is not None), key=_order)
        names = tuple(value for value in present if value is not None)
    position = {value: i for i, value in enumerate(names)}
    place = [-1 if value is None else position.get(value, -2) for value in known]
    if place == list(range(len(place))):
        return _native(codes), names
    return np.array([*place, -1], dtype=np.int32)[codes], names


def _names(stages: Sequence[Any] | int) -> tuple[Any, ...]:
    if isinstance(stages, (int, np.integer)) and not isinstance(stages, bool):
        return tuple(range(min(max(int(stages), 0), STAGES_MOST + 1)))
    if isinstance(stages, (str, bytes, bool)) or not hasattr(stages, "__iter__"):
        raise _columns.bad("stages", f"must be a list of stages or their number, not {stages!r}")
    names = tuple(v.item() if isinstance(v, np.generic) else v for v in stages)
    if not all(isinstance(v, Hashable) and not _is_missing(v) for v in names):
        raise _columns.bad("stages", "must be names")
    if len(set(names)) != len(names):
        raise _columns.bad("stages", "must be different from each other")
    return names


def _order(value: Any) -> tuple[str, Any]:
    """Text by code point; what is not text apart."""
    return ("", value) if isinstance(value, str) else (type(value).__name__, value)


def _native(codes: NDArray[Any]) -> NDArray[Any]:
    """Whole numbers as the extension takes them: of 1, 4 or 8 bytes, side by side."""
    plain = codes.dtype.newbyteorder("=") if codes.dtype.itemsize in (1, 4, 8) else np.dtype(np.int32)
    return np.require(codes, plain, ["C", "A"])


def _is_missing(value: Any) -> bool:
    return value is None or value != value or type(value).__name__ == "NAType"


def _is_text(native: Any) -> bool:
    if isinstance(native, str):
        return False
    if not _columns._is_narwhals_series(native):
        array = np.asarray(native)
        return array.dtype.kind in "UT" or (array.dtype.kind == "O" and any(isinstance(v, str) for v in array.ravel()))
    return _log._is_text(native) or str(_columns._as_series(native).dtype) == "Object"


def _text(native: Any) -> tuple[NDArray[Any], Sequence[Any]]:
    if _columns._is_narwhals_series(native):
        return _log._factorize(native)
    return _log._factorize_list(np.asarray(native).tolist() if isinstance(native, np.ndarray) else list(native))


def _categories(native: Any) -> tuple[NDArray[Any], list[Any]] | None:
    """Codes, -1 for missing, and categories in their own order; None for a column without such an order."""
    if not _columns._is_narwhals_series(native):
        return None
    series = _columns._as_series(native)
    backend = series.implementation
    if backend.is_pandas_like() and hasattr(native, "cat"):
        return np.asarray(native.cat.codes), list(native.cat.categories)
    if backend.is_polars() and str(native.dtype).startswith("Enum"):
        codes = native.to_physical().cast(int).fill_null(-1).to_numpy()
        return codes, list(native.dtype.categories)
    return None


def _whole(table: Table, name: str, names: tuple[Any, ...] | None) -> tuple[NDArray[Any], tuple[Any, ...]]:
    """Stages that are whole numbers: with names given, either these or positions among names that are text."""
    array = table.numpy(name)
    if array.dtype.kind == "O":
        array = _columns.float64(array, name)
    if array.dtype.kind == "f":
        array = _columns.int64(np.where(np.isnan(array), -1.0, array), name)
    codes = _native(array if array.dtype.kind == "i" else _columns.int64(array, name))
    if names is None:
        names = _distinct(codes)
    if names == tuple(range(len(names))) or all(isinstance(v, str) for v in names):
        return codes, names
    position = {value: i for i, value in enumerate(names)}
    distinct, inverse = np.unique(codes, return_inverse=True)
    place = [-1 if value == -1 else position.get(value, -2) for value in distinct.tolist()]
    return np.array(place, dtype=np.int32)[inverse], names


def _distinct(codes: NDArray[Any]) -> tuple[int, ...]:
    """The distinct numbers but -1, in order; without sorting when they are small."""
    if len(codes) == 0:
        return (0,)
    least, greatest = int(codes.min()), int(codes.max())
    if least >= -1 and greatest < STAGES_MOST:
        seen = np.zeros(greatest + 2, dtype=bool)
        for start in range(0, len(codes), 1 << 16):
            seen[codes[start : start + (1 << 16)].astype(np.intp) + 1] = True
            if seen[1:].all():
                break
        return tuple(np.flatnonzero(seen[1:]).tolist())
    return tuple(value for value in np.unique(codes).tolist() if value != -1)


def fault(value: Any) -> str:
    if isinstance(value, np.generic):
        value = value.item()
    return "is missing" if _is_missing(value) or value == -1 else f"{value!r} is not a stage"
