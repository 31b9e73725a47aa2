"""One customer through time: how likely still there, from purchase to purchase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ... import _columns, _log
from ..._columns import FloatArray, IntArray, Table
from ..._pictures import COLOURS, RULE
from ._shared import (
    UNIT_SECONDS,
    axes_for,
    check_model,
    dates_below,
    dress,
    in_whole_periods,
    spread,
    stated_unit,
    units,
    values,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["history_alive_data", "plot_history_alive"]

_POINTS = 400  # between first purchase and end, besides two at each purchase
_MICROSECONDS = (86_400_000_000, 1_000_000, 1_000, 1)  # in a loy_tick
_DAY = _MICROSECONDS[0]


def _microseconds(table: Table, by_day: bool) -> IntArray:
    times = _log.times(table, "dates")
    missing = times.values == _log.NOT_A_TIME
    if missing.any():
        raise _columns.bad("dates", "is missing", int(np.argmax(missing)))
    found = times.values // 1000 if times.tick >= len(_MICROSECONDS) else times.values * _MICROSECONDS[times.tick]
    return found // _DAY * _DAY if by_day else found


def _numbers(table: Table) -> FloatArray | None:
    """Times that are numbers already, in the model's unit."""
    native = table.native("dates")
    if isinstance(native, (list, tuple)) and not all(isinstance(value, (int, float, np.number)) for value in native):
        return None
    array = table.numpy("dates")
    return table.float64("dates") if array.dtype.kind in "iuf" else None


def _end_of(end: Any, by_day: bool) -> int:
    try:
        found = _log.instant(end)
    except ValueError as error:
        raise _columns.bad("end", str(error)) from None
    return found // _DAY * _DAY if by_day else found


def _times(model: Any, table: Table, end: Any, time_unit: Any) -> tuple[FloatArray, float, int | None, float]:
    """Purchases from the first on and the end, in the model's unit; the first in microseconds since 1970, None for
    numbers; and microseconds in a unit."""
    given = _numbers(table)
    if given is not None:
        wrong = ~np.isfinite(given)
        if wrong.any():
            raise _columns.bad("dates", "must be a finite number", int(np.argmax(wrong)))
        if isinstance(end, bool) or not isinstance(end, (int, float, np.number)) or not np.isfinite(end):
            raise _columns.bad("end", f"must be a number like the times of the purchases, not {end!r}")
        times, last, first, scale = np.unique(given), float(end), None, 1.0
        times, last = times - times[0], last - float(times[0])
    else:
        unit = stated_unit(model, time_unit)
        moments, last_moment = np.unique(_microseconds(table, unit != "h")), _end_of(end, unit != "h")
        first, scale = int(moments[0]), UNIT_SECONDS[unit] * 1e6
        times, last = (moments - first) / scale, (last_moment - first) / scale
        if in_whole_periods(model):
            times, last = np.unique(np.floor(times)), float(np.floor(last))
    if not last > 0 or last < times[-1]:
        raise _columns.bad("end", "must be after the first purchase and not before the last")
    return times, last, first, scale


def history_alive_data(model: Any, dates: Any, end: Any, *, time_unit: str | None = None) -> Any:
    """The probability that one customer was still there, as the model would have said at each time.

    Args:
        model: a fitted model of purchases.
        dates: the customer's purchases, the first included, in any order: dates, times or text in ISO form; or numbers
            in the model's unit of time. Purchases of one day count as one, unless the unit is the hour.
        end: until when: after the first purchase, not before the last; of the same kind.
        time_unit: that of the model, for dates where the model does not say.

    Returns:
        A table in order of time with ``date`` (for numbers ``time``, from the first purchase), ``frequency``,
        ``recency`` and ``T`` as known at that time, ``p_alive``, and ``purchase``: whether it is the moment right after
        a purchase. A repeat purchase has two rows, right before and right after it.

    Raises:
        LoyaltyError: another kind of model, no purchase, a bad date, an ``end`` too early, no unit of time.
        StateError: the model is not fitted.
    """
    check_model(model, "expected_probability_alive")
    table = _columns.arguments(None, dates=[dates] if isinstance(dates, str) else dates)
    if table.n == 0:
        raise _columns.bad("dates", "must have a purchase")
    times, last, first, scale = _times(model, table, end, time_unit)
    between = np.setdiff1d(spread(last, _POINTS, whole=in_whole_periods(model)), times)
    # In order of time: right before each repeat purchase, right after each purchase, and in between.
    at = np.concatenate((times[1:], times, between))
    bought = np.concatenate((np.arange(len(times) - 1), np.arange(len(times)), np.searchsorted(times, between) - 1))
    after = np.concatenate((np.zeros(len(times) - 1, bool), np.ones(len(times), bool), np.zeros(len(between), bool)))
    order = np.lexsort((bought, at))
    at, bought, after = at[order], bought[order], after[order]
    history = {"frequency": bought.astype(np.float64), "recency": times[bought], "T": at}
    if in_whole_periods(model):
        # "Right before" a purchase of a period is the end of the period before it, which has a row of its own.
        keep = after | ~np.isin(at, times)
        at, bought, after = at[keep], bought[keep], after[keep]
        history = {name: column[keep] for name, column in history.items()}
    alive = values(model.expected_probability_alive(history))
    if first is None:
        when: dict[str, Any] = {"time": at}
    else:
        moments = first + np.rint(at * scale).astype(np.int64)
        when = {"date": moments.astype("datetime64[us]").astype("datetime64[ms]")}
    return table.new_frame(
        {**when, "frequency": bought.astype(np.int64), "recency": times[bought], "T": at, "p_alive": alive,
         "purchase": after}
    )  # fmt: skip


def plot_history_alive(
    model: Any, dates: Any, end: Any, *, time_unit: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw what :func:`history_alive_data` computes; a thin line stands at each purchase."""
    table = _columns.arguments(None, dates=[dates] if isinstance(dates, str) else dates)
    found = history_alive_data(model, dates, end, time_unit=time_unit)
    numbers = _numbers(table) is not None
    when, alive = np.asarray(found["time" if numbers else "date"]), np.asarray(found["p_alive"])
    purchases = when[np.asarray(found["purchase"], dtype=bool)]
    axes = axes_for(ax, 7.2, 3.4)
    axes.vlines(purchases, 0, 1, color=RULE, linewidth=1, zorder=1)
    axes.plot(when, alive, color=COLOURS[0], linewidth=2, label="probability alive", zorder=3)
    axes.plot(
        purchases, np.full(len(purchases), 0.02), "|", color=COLOURS[1], markersize=9, markeredgewidth=1.8, zorder=4,
        label="purchase",
    )  # fmt: skip
    axes.set_ylim(0, 1.02)
    axes.set_xlim(when[0], when[-1])
    dress(axes, "Probability alive", f"{units(model).capitalize()} since the first purchase" if numbers else "")
    if not numbers:
        dates_below(axes)
    axes.legend(loc="lower left", bbox_to_anchor=(0.0, 0.05), facecolor="white", edgecolor="none", framealpha=0.85)
    return axes  # type: ignore[no-any-return]
