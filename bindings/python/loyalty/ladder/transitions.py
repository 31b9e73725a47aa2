"""How customers moved: counts of transitions from a long panel."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _log, _loyalty
from .._columns import IntArray, Table
from .._errors import LoyaltyError
from .._params import choice, most_threads

__all__ = ["Transitions", "transitions"]

Gaps: TypeAlias = Literal["skip", "one", "error"]
Moment: TypeAlias = int | str | datetime.date | np.datetime64

_PAIRS, _BY_GAP, _BY_PERIOD, _TRIPLES = range(4)
_GAPS = {"skip": 0, "one": 1, "error": 2}
_MISSING = {"error": 0, "gap": 1}
_REPEATS = {"error": 0, "last": 1}
_FIRST_SEEN = int(np.iinfo(np.int64).min)
_UNITS = ("h", "D", "W", "M", "Y")
_TICKS = ("D", "s", "ms", "us", "ns")
_STAGES_MOST = 1024
_CELLS_MOST = 2**27


@dataclass(frozen=True, eq=False)
class Transitions:
    """What :func:`transitions` counted. Counts of parts of the customers add up to those of all.

    Attributes:
        counts: how many transitions lead from stage i to stage j, ``counts[i, j]``. With ``by_gap`` ``counts[k - 1]``
            is the table of pairs k steps apart, with ``by_period`` ``counts[t]`` that of the transitions that begin in
            period t; with ``order=2`` ``counts[h, i, j]`` counts triples.
        stages: names of the stages, in the order of the tables.
        customers: customers with a known stage.
        pairs: pairs (triples) counted, the sum of ``counts``.
        skipped: pairs (triples) left out because of their gaps.
        rows: rows of the panel.
        missing: of them, without a stage.
        repeats: of them, with the customer and time of an earlier row.
        first, last: the first and the last time; of dates, the beginnings of their periods. None for an empty panel.
        periods: with ``by_period``, where each period begins.
    """

    counts: IntArray
    stages: tuple[Any, ...]
    customers: int
    pairs: int
    skipped: int
    rows: int
    missing: int
    repeats: int
    first: Any
    last: Any
    periods: tuple[Any, ...] | None


def transitions(
    panel: Any, *, stages: Sequence[Any] | int | None = None, customer_id_col: str = "customer_id",
    datetime_col: str = "time", stage_col: str = "stage", step: int | str | None = None, gaps: Gaps = "skip",
    by_gap: int | None = None, by_period: bool = False, order: Literal[1, 2] = 1,
    missing: Literal["error", "gap"] = "error", repeats: Literal["error", "last"] = "error",
    first: Moment | None = None, threads: int | None = None,
) -> Transitions:  # fmt: skip
    """Count how customers moved from stage to stage.

    Rows of a customer that follow each other in time are a pair; a pair one step apart is a transition.

    Args:
        panel: one row for each customer and time, in any order: a table of pandas, Polars or PyArrow, a dict of
            arrays, or a structured NumPy array. Rows in order of customer and time are counted as they lie, faster.
        stages: the stages in the order of the tables; a number stands for 0, 1, ... None takes the categories of a
            pandas categorical or a Polars Enum, else the distinct values in their order.
        customer_id_col, datetime_col, stage_col: names of the columns. Ids are whole numbers or text; times whole
            numbers (of a wave, of a day) or dates; stages names or whole numbers. None, NaN and -1 are no stage.
        step: length of a step. For times that are whole numbers a whole number, 1 by default. For dates a calendar
            unit, ``"h"``, ``"D"``, ``"W"`` (from Monday), ``"M"`` or ``"Y"``, or several as in ``"3M"``: a date counts
            as the hour, day, week, month or year it lies in.
        gaps: what becomes of pairs that are not one step apart. ``"skip"``: left out and counted. ``"one"``: they are
            transitions all the same. ``"error"``: an error that names the later row.
        by_gap: a table for each gap of 1 to so many steps.
        by_period: a table for each period; period t begins at first + t steps.
        order: 2 counts triples of rows one step apart.
        missing: what becomes of rows without a stage: an error, or ``"gap"``, as if they were not there.
        repeats: what becomes of rows of one customer and time with different stages: an error, or ``"last"``: the
            last of them, as they are given, holds. Equal rows count once.
        first: beginning of period 0; None for the first time of the panel. Counts of parts add up when they share it.
        threads: most threads to use; None means one per processor. Results do not depend on it.

    Raises:
        LoyaltyError: naming the column and the row, for a stage that is none of ``stages`` and for what is said above.
    """
    table = _columns.table(panel)
    kind, tables = _kind(by_gap, by_period, order)
    customers = _log.customers(table, customer_id_col).codes
    clock = _clock(table, datetime_col, step)
    begin = _FIRST_SEEN if first is None else clock.number(first, "first")
    codes, names = _stages(table, stage_col, stages)
    n = len(names)
    if not 1 <= n <= _STAGES_MOST:
        raise _columns.bad("stages", f"must be 1 to {_STAGES_MOST}, not {n}")
    with _columns.blame({"time": datetime_col}):
        if kind == _BY_PERIOD:
            tables = _loyalty.transitions_periods(clock.times, n, clock.step, begin)
    if kind == _TRIPLES:
        tables = n
    if tables * n * n > _CELLS_MOST:
        raise _columns.bad({_BY_GAP: "by_gap", _TRIPLES: "order"}.get(kind, "stages"), "there are too many counts")
    counts = np.empty(tables * n * n, dtype=np.int64)
    try:
        with _columns.blame({"time": datetime_col, "stage": stage_col}):
            found = _loyalty.transitions_count(
                customers, clock.times, codes.data, codes.itemsize, n, kind, choice(_GAPS, gaps, "gaps"),
                choice(_MISSING, missing, "missing"), choice(_REPEATS, repeats, "repeats"), clock.step, begin,
                most_threads(threads), counts,
            )  # fmt: skip
    except LoyaltyError as error:
        if error.argument == stage_col and error.index is not None:
            error.detail = _fault(table.numpy(stage_col)[error.index])
        raise
    rows, unknown, repeated, seen, pairs, skipped, least, greatest = found
    periods = None
    if kind == _BY_PERIOD:
        start = least if first is None else begin
        periods = tuple(clock.moment(start + t * clock.step) for t in range(tables))
    return Transitions(
        counts=counts.reshape((n, n) if kind == _PAIRS else (tables, n, n)),
        stages=names,
        customers=seen,
        pairs=pairs,
        skipped=skipped,
        rows=rows,
        missing=unknown,
        repeats=repeated,
        first=clock.moment(least) if rows else None,
        last=clock.moment(greatest) if rows else None,
        periods=periods,
    )


def _kind(by_gap: int | None, by_period: bool, order: int) -> tuple[int, int]:
    """The number of what to count, and how many tables as far as is known."""
    if isinstance(order, bool) or order not in (1, 2):
        raise _columns.bad("order", f"must be 1 or 2, not {order!r}")
    if (by_gap is not None) + bool(by_period) + (order == 2) > 1:
        raise _columns.bad("by_gap" if by_gap is not None else "by_period", "cannot be combined: count in turn")
    if by_gap is not None:
        if isinstance(by_gap, bool) or not isinstance(by_gap, (int, np.integer)) or by_gap < 1:
            raise _columns.bad("by_gap", f"must be None or a whole number from 1, not {by_gap!r}")
        return _BY_GAP, int(by_gap)
    return (_BY_PERIOD if by_period else _TRIPLES if order == 2 else _PAIRS), 1


# ---- when ---------------------------------------------------------------------------------------------------------


class _Clock:
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


def _clock(table: Table, name: str, step: int | str | None) -> _Clock:
    if table.n > 0 and _are_numbers(table, name):
        if step is None:
            step = 1
        if isinstance(step, bool) or not isinstance(step, (int, np.integer)) or step < 1:
            raise _columns.bad("step", f"must be a whole number from 1 for times that are whole numbers, not {step!r}")
        return _Clock(table.int64(name), int(step), None)
    parts = re.fullmatch(r"([1-9][0-9]{0,8})?([hDWMY])", step) if isinstance(step, str) else None
    if parts is None:
        if table.n == 0:
            return _Clock(np.empty(0, dtype=np.int64), 1, None)
        units = ", ".join(map(repr, _UNITS))
        raise _columns.bad(
            "step", f"must be one of {units}, or several as '3M', for times that are dates, not {step!r}"
        )
    times = _log.times(table, name)
    none = times.values == _log.NOT_A_TIME
    if none.any():
        raise _columns.bad(name, "is missing", int(np.argmax(none)))
    return _Clock(_periods(times.values, times.tick, parts[2]), int(parts[1] or 1), parts[2])


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


def _stages(table: Table, name: str, stages: Sequence[Any] | int | None) -> tuple[NDArray[Any], tuple[Any, ...]]:
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
        return tuple(range(min(max(int(stages), 0), _STAGES_MOST + 1)))
    if isinstance(stages, (str, bytes, bool)) or not hasattr(stages, "__iter__"):
        raise _columns.bad("stages", f"must be a list of stages or their number, not {stages!r}")
    names = tuple(v.item() if isinstance(v, np.generic) else v for v in stages)
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
    if least >= -1 and greatest < _STAGES_MOST:
        seen = np.zeros(greatest + 2, dtype=bool)
        for start in range(0, len(codes), 1 << 16):
            seen[codes[start : start + (1 << 16)].astype(np.intp) + 1] = True
            if seen[1:].all():
                break
        return tuple(np.flatnonzero(seen[1:]).tolist())
    return tuple(value for value in np.unique(codes).tolist() if value != -1)


def _fault(value: Any) -> str:
    if isinstance(value, np.generic):
        value = value.item()
    return "is missing" if _is_missing(value) or value == -1 else f"{value!r} is not a stage"
