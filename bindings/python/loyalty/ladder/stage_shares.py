"""Who stands where, period by period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .. import _columns, _log
from .._columns import FloatArray, IntArray
from ._panel import STAGES_MOST, clock_of, fault, stages_of

__all__ = ["StageShares", "stage_shares"]

CELLS_MOST = 2**27


@dataclass(frozen=True, eq=False)
class StageShares:
    """What :func:`stage_shares` found: one row for each period, one column for each stage.

    Attributes:
        counts: customers.
        shares: the same as parts of the customers of the period; NaN in a period without any.
        periods: when each begins, each ``step`` after the one before.
        stages: names of the stages.
    """

    counts: IntArray
    shares: FloatArray
    periods: tuple[Any, ...]
    stages: tuple[Any, ...]


def stage_shares(
    panel: Any, *, stages: Sequence[Any] | int | None = None, customer_id_col: str = "customer_id",
    datetime_col: str = "time", stage_col: str = "stage", step: int | str | None = None,
) -> StageShares:  # fmt: skip
    """How many customers stand on each stage in each period of a panel: what :func:`loyalty.ladder.fit_shares` and
    ``LoyaltyLadder.plot_shares`` take.

    Arguments as in :func:`loyalty.ladder.transitions`. Rows without a stage are left out. A customer has one row in a
    period at most.
    """
    table = _columns.table(panel)
    customers = _log.customers(table, customer_id_col).codes
    clock = clock_of(table, datetime_col, step)
    codes, names = stages_of(table, stage_col, stages)
    n = len(names)
    if not 1 <= n <= STAGES_MOST:
        raise _columns.bad("stages", f"must be 1 to {STAGES_MOST}, not {n}")
    wrong = (codes < -1) | (codes >= n)
    if wrong.any():
        row = int(np.argmax(wrong))
        raise _columns.bad(stage_col, fault(table.numpy(stage_col)[row]), row)
    rows = np.flatnonzero(codes >= 0)
    if len(rows) == 0:
        raise _columns.bad(stage_col, "must have a row with a stage")
    begin = int(clock.times[rows].min())
    span = int(clock.times[rows].max()) - begin
    if span > np.iinfo(np.int64).max or span // clock.step >= CELLS_MOST // n:
        raise _columns.bad("step", "makes too many periods")
    period = (clock.times[rows] - begin) // clock.step
    order = np.lexsort((rows, period, customers[rows]))
    again = (np.diff(customers[rows][order]) == 0) & (np.diff(period[order]) == 0)
    if again.any():
        row = int(rows[order][1:][again].min())
        raise _columns.bad(datetime_col, "is the second row of its customer in one period", row)
    periods = int(period.max()) + 1
    counts = np.bincount(period * n + codes[rows].astype(np.int64), minlength=periods * n).reshape(periods, n)
    with np.errstate(invalid="ignore"):
        shares = counts / counts.sum(axis=1, keepdims=True)
    return StageShares(counts, shares, tuple(clock.moment(begin + t * clock.step) for t in range(periods)), names)
