"""Pictures of a ladder: where customers go, who stands where over time, what each stage is worth.

Stages come in the order in which they are drawn, from the bottom up; those that are never left come first, because who
has gone has fallen off the ladder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .._pictures import COLOURS, INK, RULE, SOFT, matplotlib, new_axes, plain

__all__ = ["draw_flow", "draw_shares", "draw_transitions", "draw_values"]

_UP, _DOWN, _STAY, _GONE = COLOURS[0], COLOURS[1], "#b8b8b8", "#8c8c8c"


def draw_transitions(
    transition: NDArray[np.float64], stages: Sequence[str], counts: NDArray[np.float64] | None, ax: Any
) -> Any:
    """A heat map: one row for each stage that customers come from, the lowest stage at the bottom, as on a ladder."""
    n = len(stages)
    axes = new_axes(1.6 + 0.95 * n, 1.2 + 0.6 * n) if ax is None else ax
    axes.imshow(transition, cmap="Blues", vmin=0, vmax=1, aspect="auto", origin="lower")
    for i, j in np.ndindex(n, n):
        p = transition[i, j]
        if p > 0:
            text = "<1 %" if p < 0.005 else f"{100 * p:.0f} %"
            axes.text(j, i, text, ha="center", va="center", color="white" if p > 0.55 else INK, fontsize="small")
    plain(axes, "Stage now, and one period later")
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks(range(n), stages)
    rows = (
        [f"{stage}  (n = {counts[i].sum():,.0f})" for i, stage in enumerate(stages)] if counts is not None else stages
    )
    axes.set_yticks(range(n), rows)
    axes.set_xlabel("one period later", color=SOFT)
    return axes


def draw_shares(
    times: Sequence[Any], shares: NDArray[np.float64], stages: Sequence[str], gone: int, seen: int, ax: Any
) -> Any:
    """Shares of the stages over time, stacked as the ladder is; the first ``gone`` stages are grey, and periods
    from ``seen`` on are a projection and paler."""
    axes = new_axes(8, 4.2) if ax is None else ax
    place = np.arange(len(times))
    below = np.zeros(len(times))
    shades = matplotlib("pyplot").get_cmap("Blues")
    for k, stage in enumerate(stages):
        above = below + shares[:, k]
        colour = _GONE if k < gone else shades(0.15 + 0.75 * (k - gone) / max(1, len(stages) - gone - 1))
        for part, alpha in ((slice(0, seen), 1.0), (slice(max(0, seen - 1), None), 0.45)):
            axes.fill_between(place[part], below[part], above[part], color=colour, alpha=alpha, linewidth=0)
        axes.plot(place, above, color="white", linewidth=0.8)
        axes.annotate(
            f"{stage}, {100 * shares[-1, k]:.0f} %", (place[-1], (below[-1] + above[-1]) / 2), (6, 0),
            textcoords="offset points", va="center", color=INK, fontsize="small", annotation_clip=False,
        )  # fmt: skip
        below = above
    if seen < len(times):
        axes.axvline(place[max(0, seen - 1)], color=INK, linewidth=0.8, linestyle=(0, (4, 3)))
        axes.annotate(
            "projected", (place[max(0, seen - 1)], 1), (5, -12), textcoords="offset points", color=INK, fontsize="small"
        )
    plain(axes, "Customers on each stage")
    step = max(1, -(-len(times) // 10))
    axes.set_xticks(place[::step], [str(time) for time in times[::step]])
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    axes.set_xlim(0, max(1, len(times) - 1))
    axes.set_ylim(0, 1)
    axes.tick_params(axis="x", pad=7)
    return axes


def draw_values(
    value: NDArray[np.float64], lower: NDArray[np.float64] | None, upper: NDArray[np.float64] | None,
    stages: Sequence[str], level: float, ax: Any,
) -> Any:  # fmt: skip
    """The value of a customer on each stage, the highest stage on top, with its interval."""
    axes = new_axes(7, 1.0 + 0.45 * len(stages)) if ax is None else ax
    place = np.arange(len(stages))
    if lower is not None and upper is not None:
        axes.hlines(place, lower, upper, color=_STAY, linewidth=4)
    axes.plot(value, place, "o", color=_UP)
    for x, y in zip(value, place, strict=True):
        axes.annotate(f"{x:,.4g}", (x, y), (0, 7), textcoords="offset points", ha="center", color=INK, fontsize="small")
    plain(axes, "Value of a customer" + ("" if lower is None else f", with {100 * level:g} % interval"))
    axes.set_yticks(place, stages)
    axes.set_ylim(-0.5, len(stages) - 0.3)
    axes.grid(axis="x", color=RULE, linewidth=0.7)
    return axes


def draw_flow(flow: NDArray[np.float64], stages: Sequence[str], ax: Any) -> Any:
    """The ladder with its traffic: stages on both sides, the lowest at the bottom, and bands from now to one period
    later as wide as the customers (or shares) that go that way; climbs, falls and stays in three colours."""
    n = len(stages)
    axes = new_axes(7.5, 1.2 + 0.85 * n) if ax is None else ax
    total = flow.sum()
    gap = 0.035 * total
    left, right = flow.sum(axis=1), flow.sum(axis=0)
    start = np.concatenate(([0.0], np.cumsum(left + gap)[:-1]))
    end = np.concatenate(([0.0], np.cumsum(right + gap)[:-1]))
    path, patches = matplotlib("path").Path, matplotlib("patches")
    codes = [path.MOVETO, path.CURVE4, path.CURVE4, path.CURVE4, path.LINETO, path.CURVE4, path.CURVE4, path.CURVE4]
    at_left, at_right = start.copy(), end.copy()
    for i, j in np.ndindex(n, n):  # from the bottom up, so that bands leave and arrive in the order of the ladder
        width = flow[i, j]
        if width <= 0:
            continue
        a, b = at_left[i], at_right[j]
        at_left[i] += width
        at_right[j] += width
        corners = [
            (0, a), (0.5, a), (0.5, b), (1, b), (1, b + width), (0.5, b + width), (0.5, a + width), (0, a + width),
        ]  # fmt: skip
        colour = _STAY if i == j else _UP if j > i else _DOWN
        axes.add_patch(
            patches.PathPatch(path(corners, codes), facecolor=colour, alpha=0.45 if i == j else 0.6, linewidth=0)
        )
    for edge, base, height, text, align in ((-0.03, start, left, -0.05, "right"), (1.0, end, right, 1.05, "left")):
        for k, stage in enumerate(stages):
            axes.add_patch(patches.Rectangle((edge, base[k]), 0.03, height[k], facecolor=INK, linewidth=0))
            axes.text(
                text, base[k] + height[k] / 2, f"{stage}, {100 * height[k] / total:.0f} %", ha=align, va="center",
                color=INK, fontsize="small",
            )  # fmt: skip
    handles = [
        patches.Patch(facecolor=colour, alpha=0.6, label=label)
        for colour, label in ((_UP, "climb"), (_STAY, "stay"), (_DOWN, "fall"))
    ]
    plain(axes, "Now, and one period later")
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_xlim(-0.35, 1.35)
    axes.set_ylim(-gap, max(start[-1] + left[-1], end[-1] + right[-1]) + gap)
    below = {"loc": "upper center", "bbox_to_anchor": (0.5, 0.0), "ncols": 3, "frameon": False}
    axes.legend(handles=handles, fontsize="small", labelcolor=INK, **below)
    return axes
