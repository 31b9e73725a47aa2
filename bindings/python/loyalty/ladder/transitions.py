"""How customers moved: counts of transitions from a long panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from .. import _columns, _log, _loyalty
from .._columns import IntArray
from .._errors import LoyaltyError
from .._params import choice, most_threads
from ._panel import STAGES_MOST, Moment, clock_of, fault, stages_of

__all__ = ["Transitions", "transitions"]

Gaps: TypeAlias = Literal["skip", "one", "error"]

_PAIRS, _BY_GAP, _BY_PERIOD, _TRIPLES = range(4)
_GAPS = {"skip": 0, "one": 1, "error": 2}
_MISSING = {"error": 0, "gap": 1}
_REPEATS = {"error": 0, "last": 1}
_FIRST_SEEN = int(np.iinfo(np.int64).min)
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
    clock = clock_of(table, datetime_col, step)
    begin = _FIRST_SEEN if first is None else clock.number(first, "first")
    codes, names = stages_of(table, stage_col, stages)
    n = len(names)
    if not 1 <= n <= STAGES_MOST:
        raise _columns.bad("stages", f"must be 1 to {STAGES_MOST}, not {n}")
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
            error.detail = fault(table.numpy(stage_col)[error.index])
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
