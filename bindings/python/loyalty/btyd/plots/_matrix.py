"""Matrices of frequency and recency: who will buy, and who is still there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ... import _columns
from ..._columns import FloatArray
from ..._pictures import SOFT
from ._shared import (
    axes_for,
    check_model,
    count,
    dress,
    in_whole_periods,
    model_frame,
    not_negative,
    number,
    observed,
    spread,
    units,
    values,
    whole_numbers,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "frequency_recency_matrix_data", "plot_frequency_recency_matrix", "plot_probability_alive_matrix",
    "probability_alive_matrix_data",
]  # fmt: skip

CELLS = 100  # along each side, whatever the data


def _grid(model: Any, data: Any, max_frequency: Any, max_recency: Any) -> tuple[Any, FloatArray, FloatArray]:
    """The kind of table to answer with, frequencies and recencies."""
    check_model(model, "expected_purchases", "expected_probability_alive")
    table = None
    if data is not None:
        table = observed(data, "frequency", "T")
        if max_frequency is None:
            max_frequency = int(not_negative(table, "frequency", whole=True).max())
        if max_recency is None:
            max_recency = float(not_negative(table, "T").max())
    for name, value in (("max_frequency", max_frequency), ("max_recency", max_recency)):
        if value is None:
            raise _columns.bad(name, "is missing: give it, or data to take it from")
    most = count(max_frequency, "max_frequency", 0, 2**51)
    last = number(max_recency, "max_recency")
    whole = in_whole_periods(model)
    if whole and last < 1:
        raise _columns.bad("max_recency", "must be a whole period or more")
    return table, spread(most, CELLS, whole=True), spread(last, CELLS, whole=whole)


def _cells(grid: tuple[Any, FloatArray, FloatArray]) -> dict[str, FloatArray]:
    _, frequency, recency = grid
    return {
        "frequency": np.repeat(frequency, len(recency)),
        "recency": np.tile(recency, len(frequency)),
        "T": np.full(len(frequency) * len(recency), recency[-1]),
    }


def _answer(model: Any, grid: tuple[Any, FloatArray, FloatArray], cells: dict[str, FloatArray]) -> Any:
    columns = {**cells, "frequency": cells["frequency"].astype(np.int64)}
    return model_frame(model, columns) if grid[0] is None else grid[0].new_frame(columns)


def _expected(model: Any, grid: Any, future_t: float) -> dict[str, FloatArray]:
    cells = _cells(grid)
    answer = model.expected_purchases(cells, number(future_t, "future_t"), errors="coerce")
    return {**cells, "expected_purchases": values(answer)}


def _alive(model: Any, grid: Any) -> dict[str, FloatArray]:
    cells = _cells(grid)
    return {**cells, "p_alive": values(model.expected_probability_alive(cells, errors="coerce"))}


def frequency_recency_matrix_data(
    model: Any, data: Any = None, future_t: float = 1.0, *, max_frequency: int | None = None,
    max_recency: float | None = None,
) -> Any:  # fmt: skip
    """What customers will buy, by what they bought.

    Args:
        model: a fitted model of purchases.
        data: customers; their largest ``frequency`` and ``T`` say how far the matrix goes.
        future_t: how far ahead, in the model's unit of time.
        max_frequency, max_recency: how far the matrix goes instead; needed without data. ``max_recency`` is also how
            long each customer of the matrix has been known (T).

    Returns:
        A table with a row for each cell: ``frequency`` (repeat purchases), ``recency`` and ``T`` (in the model's unit),
        ``expected_purchases`` in the next ``future_t``; NaN where there can be no such customer, such as one without
        repeat purchases who has made the last of them. At most 100 frequencies and 100 recencies, evenly spread.

    Raises:
        LoyaltyError: another kind of model, a missing column or argument, no rows.
        StateError: the model is not fitted.
    """
    grid = _grid(model, data, max_frequency, max_recency)
    return _answer(model, grid, _expected(model, grid, future_t))


def probability_alive_matrix_data(
    model: Any, data: Any = None, *, max_frequency: int | None = None, max_recency: float | None = None
) -> Any:
    """The probability that customers are still there, by what they bought: as :func:`frequency_recency_matrix_data`,
    with ``p_alive`` in place of ``expected_purchases``."""
    grid = _grid(model, data, max_frequency, max_recency)
    return _answer(model, grid, _alive(model, grid))


def _edges(middle: FloatArray) -> FloatArray:
    """Borders half way between values; the outer cells are as wide on both sides."""
    if len(middle) == 1:
        return np.array([middle[0] - 0.5, middle[0] + 0.5])
    half = np.diff(middle) / 2
    return np.concatenate(([middle[0] - half[0]], middle[:-1] + half, [middle[-1] + half[-1]]))


def _draw(
    grid: tuple[Any, FloatArray, FloatArray], height: FloatArray, title: str, unit: str, ax: Any, **colours: Any
) -> Any:  # fmt: skip
    _, frequency, recency = grid
    axes = axes_for(ax, 6.4, 4.6)
    matrix = np.ma.masked_invalid(height.reshape(len(frequency), len(recency)).T)
    if len(frequency) > 1:  # those without a repeat purchase have one recency: a column that is empty but for its foot
        frequency, matrix = frequency[1:], matrix[:, 1:]
    mesh = axes.pcolormesh(
        _edges(frequency), _edges(recency), matrix, cmap="viridis", shading="flat", rasterized=True, **colours
    )
    dress(axes, title, "Repeat purchases", grid=False)
    axes.set_ylabel(f"Recency in {unit}", color=SOFT)
    axes.spines["bottom"].set_visible(False)
    whole_numbers(axes.xaxis)
    axes.set_xlim(_edges(frequency)[[0, -1]])
    axes.set_ylim(recency[0], recency[-1])
    bar = axes.figure.colorbar(mesh, ax=axes)
    bar.outline.set_visible(False)
    bar.ax.tick_params(length=0, labelcolor=SOFT)
    return axes


def plot_frequency_recency_matrix(
    model: Any, data: Any = None, future_t: float = 1.0, *, max_frequency: int | None = None,
    max_recency: float | None = None, ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """Draw what :func:`frequency_recency_matrix_data` computes: the brighter, the more purchases are expected. Those
    without a repeat purchase have no place in it."""
    grid = _grid(model, data, max_frequency, max_recency)
    height = _expected(model, grid, future_t)["expected_purchases"]
    title = f"Expected purchases in the next {future_t:g} {units(model)}"
    axes: Axes = _draw(grid, height, title, units(model), ax)
    return axes


def plot_probability_alive_matrix(
    model: Any, data: Any = None, *, max_frequency: int | None = None, max_recency: float | None = None,
    ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """Draw what :func:`probability_alive_matrix_data` computes: the brighter, the more likely still there. Those
    without a repeat purchase have no place in it."""
    grid = _grid(model, data, max_frequency, max_recency)
    axes: Axes = _draw(grid, _alive(model, grid)["p_alive"], "Probability alive", units(model), ax, vmin=0.0, vmax=1.0)
    return axes
