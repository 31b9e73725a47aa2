"""What pictures share: matplotlib, which only they need, colours, and axes in plain dress."""

from __future__ import annotations

import importlib
from typing import Any

__all__ = ["COLOURS", "INK", "RULE", "SOFT", "matplotlib", "new_axes", "own_axes", "plain"]

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00")
"""Okabe and Ito's, which people with any colour vision tell apart, darkest first."""
INK, SOFT, RULE = "#222222", "#555555", "#d9d9d9"


def matplotlib(module: str) -> Any:
    """A module of matplotlib."""
    try:
        return importlib.import_module(f"matplotlib.{module}")
    except ImportError as error:
        raise ImportError('pictures need matplotlib: pip install "loyalty[plot]"') from error


def new_axes(width: float, height: float) -> Any:
    """The axes of a new figure, in inches."""
    _, axes = matplotlib("pyplot").subplots(figsize=(width, height), layout="constrained")
    return axes


def own_axes(width: float, height: float) -> Any:
    """The axes of a new figure, in inches, of which matplotlib.pyplot knows nothing: it need not be closed."""
    return matplotlib("figure").Figure(figsize=(width, height), layout="constrained").subplots()


def plain(axes: Any, title: str) -> None:
    """Quiet axes: a title on the left in place of a label of the y axis, no frame, no tick marks."""
    axes.set_title(title, loc="left", color=SOFT, fontsize="medium")
    axes.tick_params(length=0, labelcolor=SOFT)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(RULE)
