"""The picture of a curve: loyalty against satisfaction at several competitions, with the answers behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _frames, _loyalty
from .._formulas import point_errors
from .._pictures import COLOURS, INK, RULE, SOFT, matplotlib, new_axes, plain
from .curve_fit import answer_rows

if TYPE_CHECKING:
    from .curve import LoyaltyCurve

__all__ = ["draw"]

_STYLES = tuple(zip(COLOURS, "os^DvP", strict=True))  # each colour with a marker of its own
_THIN, _THICK = 1.3, 3.2
_DIAMOND: dict[str, Any] = {
    "markersize": 9, "markerfacecolor": "white", "markeredgewidth": 1.6, "linestyle": "", "zorder": 4,
    "clip_on": False, "in_layout": False,
}  # fmt: skip
_POINT: dict[str, Any] = {
    "markersize": 6, "markeredgecolor": "white", "markeredgewidth": 0.7, "elinewidth": 1.3, "zorder": 3,
    "clip_on": False, "in_layout": False,
}  # fmt: skip
_APART = 0.007
_MOST_CURVES = len(_STYLES)
_MOST_VALUES = 12  # of satisfaction, that are drawn as they are
_MARKETS = (0.2, 0.5, 0.8)


class Cells(NamedTuple):
    """Answers pooled for drawing: satisfaction, loyal share with its interval, and the curve that they belong to."""

    satisfaction: NDArray[np.float64]
    share: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    curve: NDArray[np.intp]


class Answers(NamedTuple):
    """What the caller gave: satisfaction, competition, loyal answers, answers."""

    s: NDArray[np.float64]
    c: NDArray[np.float64]
    yes: NDArray[np.float64]
    n: NDArray[np.float64]


def draw(
    curve: LoyaltyCurve, c: Any, constraints: Any, given: Mapping[str, Any], data: Any, segment: Any, level: float,
    tau: float, ax: Any,
) -> Any:  # fmt: skip
    """See :meth:`LoyaltyCurve.plot`."""
    level = _frames.confidence(level)
    answers = _answers(curve, given, data, segment)
    markets = _markets(c, answers)
    lines = [_line(curve, market, constraints, tau) for _, market in markets]
    cells = None if answers is None else _cells(answers, np.array([market for _, market in markets]), level)
    axes = new_axes(9, 4.6) if ax is None else ax
    fitted = hasattr(curve, "params_")
    for (name, market), line, (colour, _) in zip(markets, lines, _STYLES, strict=False):
        if fitted:
            band = curve.predict(line.s, np.full(len(line.s), market), constraints, level=level)
            axes.fill_between(line.s, band["lower"], band["upper"], color=colour, alpha=0.15, linewidth=0)
        label = f"{name}, {curve.zone(0.5, market, constraints).market}"
        axes.plot(line.s, line.loyalty, color=colour, linewidth=_THIN, label=label)
        axes.plot(line.s, np.where(line.sensitive, line.loyalty, np.nan), color=colour, linewidth=_THICK)
        axes.plot(*line.thresholds, "d", color=colour, **_DIAMOND)
    for i, (colour, marker) in enumerate(_STYLES[: len(markets)]):
        if cells is not None and np.any(at := cells.curve == i):
            beside = _APART * (i - (len(markets) - 1) / 2)  # or intervals at one satisfaction would hide each other
            share = cells.share[at]
            axes.errorbar(
                cells.satisfaction[at] + beside, share, [share - cells.lower[at], cells.upper[at] - share],
                color=colour, fmt=marker, **_POINT,
            )  # fmt: skip
    _dress(axes, level, fitted, cells is not None, any(len(line.thresholds[0]) for line in lines), ax is None)
    return axes


class Line(NamedTuple):
    """One curve: a grid that contains the thresholds, where it is quality-sensitive, and the thresholds on it."""

    s: NDArray[np.float64]
    loyalty: NDArray[np.float64]
    sensitive: NDArray[np.bool_]
    thresholds: tuple[NDArray[np.float64], NDArray[np.float64]]


def _line(curve: LoyaltyCurve, c: float, constraints: Any, tau: float) -> Line:
    _, count, *found = _loyalty.curve_thresholds(*curve._params(), c, tau)
    borders = np.array(found[:count], dtype=np.float64)
    s = np.union1d(np.linspace(0.0, 1.0, 201), borders)
    market = np.full(len(s), c)
    loyalty: NDArray[np.float64] = curve.loyalty(s, market, constraints)
    sensitive = np.asarray(curve.zone(s, market, constraints, tau=tau)["quality"] == "quality-sensitive")
    on_border = np.isin(s, borders)  # the slope is tau there: both stretches end at the same point
    sensitive |= on_border & (np.roll(sensitive, 1) | np.roll(sensitive, -1))
    return Line(s, loyalty, sensitive, (borders, loyalty[on_border]))


def _answers(curve: LoyaltyCurve, given: Mapping[str, Any], data: Any, segment: Any) -> Answers | None:
    if all(value is None for value in given.values()):
        return None
    for name in ("satisfaction", "competition", "loyal"):
        if given[name] is None:
            raise _columns.bad(name, "must be given to draw answers, as in fit")
    columns = {name: value for name, value in given.items() if name != "competition"}
    table, c = answer_rows(given["competition"], segment, data, **columns)
    s, yes = table.float64("satisfaction"), table.float64("loyal")
    n = np.ones(table.n) if given["trials"] is None else table.float64("trials")
    wrong = ~((yes >= 0) & (yes <= n) & np.isfinite(n))
    if wrong.any():
        raise _columns.bad("loyal", "must be from 0 to the number of trials", int(np.argmax(wrong)))
    weights = np.ones(table.n) if given["weights"] is None else table.float64("weights")
    wrong = ~((weights >= 0) & np.isfinite(weights))
    if wrong.any():
        raise _columns.bad("weights", "must be 0 or above", int(np.argmax(wrong)))
    with point_errors(False, {"s": "satisfaction", "c": "competition"}):
        _loyalty.curve_values(*curve._params(), 0, s, c, None, np.empty(table.n), False)  # for its checks
    counts = weights * n > 0
    if not counts.any():
        raise _columns.bad("loyal", "must have a row with trials and weight")
    return Answers(s[counts], c[counts], (weights * yes)[counts], (weights * n)[counts])


def _markets(c: Any, answers: Answers | None) -> list[tuple[str, float]]:
    """The competitions to draw, and what the legend calls them."""
    if isinstance(c, Mapping):
        named = [(f"{name}: C = {value:.3g}", float(value)) for name, value in c.items()]
    else:
        if c is None:
            c = _MARKETS if answers is None else _typical(answers)
        named = [(f"C = {value:.3g}", value) for value in _columns.float64(c, "c").tolist()]
    if not 1 <= len(named) <= _MOST_CURVES:
        raise _columns.bad("c", f"must be 1 to {_MOST_CURVES} competitions, not {len(named)}")
    return named


def _typical(answers: Answers) -> NDArray[np.float64]:
    """The competitions of the answers, or three that span them."""
    known = np.unique(answers.c)
    if len(known) <= _MOST_CURVES:
        return known
    return np.unique(np.quantile(answers.c, (0.1, 0.5, 0.9)))


def _cells(answers: Answers, markets: NDArray[np.float64], level: float) -> Cells:
    """Answers of the same curve (the nearest in log-odds) and the same satisfaction (or tenth of the scale), pooled."""
    distance = np.abs(_log_odds(answers.c)[:, None] - _log_odds(markets)[None, :])
    curve = np.argmin(distance, axis=1)
    known, value = np.unique(answers.s, return_inverse=True)
    if len(known) > _MOST_VALUES:
        value = np.minimum((answers.s * 10).astype(np.intp), 9)
    code, cell = np.unique(curve * (_MOST_VALUES + 1) + value.reshape(-1), return_inverse=True)
    n, yes = _sums(cell, answers.n), _sums(cell, answers.yes)
    satisfaction = _sums(cell, answers.n * answers.s) / n
    lower, upper = np.empty(len(code)), np.empty(len(code))
    yes = np.minimum(yes, n)  # sums of weights may differ in the last bit
    _loyalty.wilson_intervals(yes, n, level, lower, upper)
    return Cells(satisfaction, yes / n, lower, upper, code // (_MOST_VALUES + 1))


def _sums(cell: NDArray[np.intp], x: NDArray[np.float64]) -> NDArray[np.float64]:
    sums: NDArray[np.float64] = np.bincount(cell, x).astype(np.float64)
    return sums


def _log_odds(p: NDArray[np.float64]) -> NDArray[np.float64]:
    odds: NDArray[np.float64] = np.log(p / (1 - p))
    return odds


def _dress(axes: Any, level: float, fitted: bool, answers: bool, thresholds: bool, own: bool) -> None:
    """Axes in plain words, and a legend that says what the marks mean; beside the picture when the figure is ours."""
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    ticks = np.linspace(0, 1, 5)
    axes.set_xticks(ticks, ["0\nnot at all", "0.25", "0.5", "0.75", "1\ncompletely"])
    axes.set_yticks(ticks, [f"{100 * tick:.0f} %" for tick in ticks])
    axes.set_xlabel("Satisfaction S", color=SOFT)
    plain(axes, "Loyalty L")
    axes.grid(axis="y", color=RULE, linewidth=0.7)

    line = matplotlib("lines").Line2D
    handles, _ = axes.get_legend_handles_labels()
    handles.append(line([], [], color=INK, linewidth=_THICK, label="thick: quality-sensitive zone"))
    if thresholds:
        handles.append(line([], [], color=INK, marker="d", label="threshold", **_DIAMOND))
    percent = f"{100 * level:g} % interval"
    if fitted:
        patch = matplotlib("patches").Patch
        handles.append(patch(color=INK, alpha=0.15, linewidth=0, label=f"{percent} of the curve"))
    if answers:
        handles.append(axes.errorbar([], [], [], fmt="o", color=INK, label=f"answers: share, {percent}", **_POINT))
    if own:
        place = {"loc": "upper left", "bbox_to_anchor": (1.01, 1.0), "frameon": False}
    else:
        place = {"loc": "best", "facecolor": "white", "edgecolor": "none", "framealpha": 0.85}
    axes.legend(handles=handles, labelcolor=INK, fontsize="small", **place)
