"""A picture of Net Promoter Scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .. import _columns
from .._pictures import matplotlib

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_nps"]


def plot_nps(table: Any, *, group: str | None = None, ax: Axes | None = None) -> Axes:
    """Scores of groups with their intervals, the highest on top, times 100 as on slides. Needs matplotlib.

    Args:
        table: as :func:`nps` with ``by=`` gives it: columns score, lower, upper, n, and one that names the groups.
        group: the column that names the groups; by default the first.
        ax: where to draw; by default the current axes of matplotlib.pyplot.

    Groups without a score are left out. Returns the axes.
    """
    data = _columns.table(table)
    score, lower, upper, n = (data.float64(name) for name in ("score", "lower", "upper", "n"))
    names = data.numpy(data.names[0] if group is None else group)
    order = [i for i in np.argsort(score, kind="stable").tolist() if np.isfinite(score[i])]
    if ax is None:
        ax = matplotlib("pyplot").gca()
    place = np.arange(len(order))
    ax.hlines(place, 100 * lower[order], 100 * upper[order], color="0.55", linewidth=2.5)
    ax.plot(100 * score[order], place, "o", color="tab:blue")
    ax.set_yticks(place, [f"{names[i]} (n = {int(n[i])})" for i in order])
    ax.set_ylim(-0.6, len(order) - 0.4)
    ax.axvline(0, color="0.8", linewidth=0.8, zorder=0)
    ax.set_xlabel("Net Promoter Score")
    return ax
