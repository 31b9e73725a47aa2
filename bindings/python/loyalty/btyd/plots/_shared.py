"""What the pictures share: models that can answer, columns that can be drawn, customers in groups, axes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from ... import _columns, _frames
from ..._columns import FloatArray, IntArray, Table
from ..._pictures import RULE, SOFT, matplotlib, own_axes, plain
from .._model import Model, unit_number
from ..rfm import TimeUnit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "UNIT_SECONDS", "axes_for", "check_model", "count", "dates_below", "dress", "groups", "in_whole_periods",
    "mean_by", "model_frame", "not_negative", "number", "observed", "places", "seconds", "spread", "stated_unit",
    "thousands", "unit_word", "units", "values", "weights_of", "whole_numbers",
]  # fmt: skip

MOST_GROUPS = 4096  # of customers of the same age
_WORDS = {"h": "hours", "D": "days", "W": "weeks", "M": "months", "Y": "years"}


# ---- the model ---------------------------------------------------------------------------------------------------


def check_model(model: Any, *methods: str) -> None:
    """Raise unless the model is fitted and has the methods."""
    if not isinstance(model, Model) or not all(hasattr(model, method) for method in methods):
        raise _columns.bad("model", f"must be a model with {' and '.join(methods)}, not {type(model).__name__}")
    model._fitted()


def units(model: Any) -> str:
    """The model's unit of time in words."""
    return unit_word(model.time_unit)


def unit_word(unit: str | None) -> str:
    """A unit of time in words."""
    return "units of time" if unit is None else _WORDS[unit]


def stated_unit(model: Any, time_unit: str | None) -> TimeUnit:
    """The unit of the model, or for one that does not know it the given one: what dates are counted in."""
    unit = model.time_unit if time_unit is None else time_unit
    if unit is None:
        raise _columns.bad("time_unit", "must be stated, here or when the model is made, to count from dates")
    unit_number(unit)
    if model.time_unit not in (None, unit):
        raise _columns.bad("time_unit", f"must be that of the model, {model.time_unit!r}, not {unit!r}")
    return cast(TimeUnit, unit)


def in_whole_periods(model: Any) -> bool:
    """Whether the model knows whole periods only, as BG/BB does: it has no answer at half a period."""
    half = {"frequency": np.ones(1), "recency": np.array([1.5]), "T": np.array([2.5])}
    return bool(np.isnan(model.expected_probability_alive(half, errors="coerce")[0]))


def values(answer: Any) -> FloatArray:
    """One number for each row as an array."""
    return np.asarray(answer, dtype=np.float64)


# ---- arguments ---------------------------------------------------------------------------------------------------


def count(value: object, name: str, least: int, most: int) -> int:
    """A whole number in a range."""
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool) and least <= value <= most:
        return int(value)
    raise _columns.bad(name, f"must be a whole number from {least} to {most}, not {value!r}")


def number(value: object, name: str) -> float:
    """A finite number above 0."""
    real = isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)
    if real and 0 < value < np.inf:  # type: ignore[operator]
        return float(value)  # type: ignore[arg-type]
    raise _columns.bad(name, f"must be a number above 0, not {value!r}")


def observed(data: Any, *names: str) -> Table:
    """A table with rows and these columns."""
    table = _columns.table(data)
    for name in names:
        table.native(name)
    if table.n == 0:
        raise _columns.bad("data", "has no rows")
    return table


def not_negative(table: Table, name: str, *, whole: bool = False) -> FloatArray:
    """A column of finite numbers of 0 or more."""
    column = table.float64(name)
    wrong = ~((column >= 0) & (column < (2**51 if whole else np.inf)))
    if whole:
        wrong |= np.floor(column) != column
    if wrong.any():
        kind = "whole number" if whole else "number"
        raise _columns.bad(name, f"must be a {kind} of 0 or more", int(np.argmax(wrong)))
    return column


def weights_of(table: Table, weights: Any) -> FloatArray:
    """How many customers each row stands for: an array, the name of a column, or None for one each."""
    if weights is None:
        return np.ones(table.n)
    column = table.float64(weights) if isinstance(weights, str) else _columns.float64(weights, "weights")
    name = weights if isinstance(weights, str) else "weights"
    if len(column) != table.n:
        raise _columns.bad(name, f"has {len(column)} elements for {table.n} rows")
    wrong = ~((column > 0) & np.isfinite(column))
    if wrong.any():
        raise _columns.bad(name, "must be a number above 0", int(np.argmax(wrong)))
    return column


# ---- customers in groups -----------------------------------------------------------------------------------------


def groups(column: FloatArray) -> tuple[FloatArray, NDArray[np.intp]]:
    """The distinct values, and which of them each row has. Of more than MOST_GROUPS, rows of neighbouring values are
    taken together at their mean: what is smooth in the value is wrong by the square of their small distance."""
    distinct, which = np.unique(column, return_inverse=True)
    which = which.reshape(-1)
    if len(distinct) <= MOST_GROUPS:
        return distinct, which
    merged = np.arange(len(distinct)) * MOST_GROUPS // len(distinct)
    which = merged[which]
    return mean_by(which, column, np.ones(len(column)), MOST_GROUPS)[1], which


def mean_by(which: NDArray[np.intp], column: FloatArray, weights: FloatArray, n: int) -> tuple[FloatArray, FloatArray]:
    """The weight of each of n groups, and the mean of the column in it; NaN for a group of nobody."""
    weight = np.bincount(which, weights, n).astype(np.float64)
    with np.errstate(invalid="ignore"):
        mean: FloatArray = np.bincount(which, weights * column, n) / weight
    return weight, mean


# ---- tables ------------------------------------------------------------------------------------------------------


def model_frame(model: Any, columns: dict[str, Any]) -> Any:
    """A table of the kind that the model was fitted on, else pandas where that is installed, else a dict of arrays."""
    return _frames.new_frame(columns, model._backend)


# ---- axes --------------------------------------------------------------------------------------------------------


def axes_for(ax: Axes | None, width: float, height: float) -> Any:
    """The caller's axes, or those of a new figure."""
    return own_axes(width, height) if ax is None else ax


def dress(axes: Any, title: str, x_label: str, *, grid: bool = True) -> None:
    """Quiet axes; what the height means stands above them."""
    plain(axes, title)
    axes.set_xlabel(x_label, color=SOFT)
    axes.tick_params(axis="x", pad=6)  # or the zeros of both axes touch
    if grid:
        axes.grid(axis="y", color=RULE, linewidth=0.7)


def thousands(axis: Any) -> None:
    """Counts as people write them."""
    axis.set_major_formatter(matplotlib("ticker").FuncFormatter(lambda value, _: f"{value:,.10g}"))


def whole_numbers(axis: Any) -> None:
    """Marks at whole numbers only."""
    axis.set_major_locator(matplotlib("ticker").MaxNLocator(integer=True))


def places(n: int) -> list[int]:
    """Which of n marks have a label: the last, and as many before it as can be read."""
    step = -(-n // 16)
    return [i for i in range(0, n - 1, step) if n - 1 - i >= step] + [n - 1]


def dates_below(axes: Any) -> None:
    """Few dates on the x axis, each with its year, times with their day."""
    dates = matplotlib("dates")
    locator = dates.AutoDateLocator(minticks=3, maxticks=8)
    formatter = dates.AutoDateFormatter(locator, defaultfmt="%Y")
    # By the days between ticks, at most.
    formatter.scaled = {0.5: "%H:%M\n%d %b", 28.0: "%d %b\n%Y", 180.0: "%b\n%Y"}
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(formatter)


def spread(last: float, most: int, *, whole: bool) -> FloatArray:
    """At most ``most`` numbers from 0 to ``last``, evenly; with ``whole`` whole numbers."""
    if whole:
        last = np.floor(last)
        most = int(min(last + 1, most))
        return np.unique(np.rint(np.linspace(0, last, most)))
    return np.linspace(0, last, most)


def seconds(column: FloatArray, unit: str) -> IntArray:
    """Times of a unit on the lattice of seconds."""
    return np.rint(column * UNIT_SECONDS[unit]).astype(np.int64)


UNIT_SECONDS = {"h": 3600, "D": 86_400, "W": 604_800, "M": 2_629_800, "Y": 31_557_600}
"""A year is 365.25 days and a month a twelfth of it."""
