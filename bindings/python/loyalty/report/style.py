"""How pictures look, and how a matplotlib figure becomes SVG that follows the page's colours, light or dark."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

# Colours are drawn as markers and replaced by CSS variables, so that one picture serves light, dark and print.
INK, SOFT, RULE, PAPER = "#010101", "#020202", "#030303", "#040404"
MODEL, FACT, BAND, LOW, MID, HIGH = "#050505", "#060606", "#070707", "#080808", "#090909", "#0a0a0a"
HEAT = tuple(f"#0b0b{level:02x}" for level in range(10))
_VARIABLES = {
    INK: "--ink", SOFT: "--soft", RULE: "--rule", PAPER: "--paper", MODEL: "--model", FACT: "--fact", BAND: "--band",
    LOW: "--low", MID: "--mid", HIGH: "--high", **{mark: f"--heat{level}" for level, mark in enumerate(HEAT)},
}  # fmt: skip

WIDE, NARROW = 520, 350  # picture widths in SVG units; a unit is about a CSS pixel where the picture is shown
PLAIN: dict[Any, Any] = {
    "font.size": 12,
    "font.family": "DejaVu Sans",
    "svg.fonttype": "none",
    "svg.hashsalt": "loyalty",
    "axes.edgecolor": RULE,
    "axes.labelcolor": SOFT,
    "axes.titlesize": 12,
    "axes.labelsize": 12,
    "axes.linewidth": 1.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "text.color": INK,
    "xtick.color": RULE,
    "ytick.color": RULE,
    "xtick.labelcolor": SOFT,
    "ytick.labelcolor": SOFT,
    "xtick.labelsize": 11.5,
    "ytick.labelsize": 11.5,
    "grid.color": RULE,
    "grid.linewidth": 0.7,
    "lines.solid_capstyle": "round",
    "patch.linewidth": 0,
}

Draw = Callable[[Axes, bool], None]  # draws into the axes; the flag says that the picture is narrow


@dataclass(frozen=True)
class Picture:
    """Two renderings of one picture, and what to say to those who cannot see it."""

    name: str
    wide: str
    narrow: str
    alt: str
    caption: str
    simulated: bool


def picture(name: str, draw: Draw, *, height: int, alt: str, caption: str, simulated: bool = False) -> Picture:
    """Renders a picture for wide and for narrow pages."""
    return Picture(
        name,
        _render(f"{name}-w", draw, WIDE, height, False, simulated),
        _render(f"{name}-n", draw, NARROW, round(height * 0.95), True, simulated),
        alt,
        caption,
        simulated,
    )


def _render(prefix: str, draw: Draw, width: int, height: int, narrow: bool, simulated: bool) -> str:
    buffer = io.StringIO()
    with matplotlib.rc_context(PLAIN):
        figure = Figure(figsize=(width / 72, height / 72))
        canvas = FigureCanvasSVG(figure)
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        draw(axes, narrow)
        if simulated:
            axes.set_title("simulated survey", loc="right", color=FACT, fontsize=11.5, style="italic", pad=8)
        _fit_in(axes, width, height)
        canvas.print_svg(buffer, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return _follow_page(buffer.getvalue(), prefix)


def _fit_in(axes: Axes, width: int, height: int) -> None:
    """Gives the axes the room that their labels leave. A layout engine would draw everything twice to find out."""
    left = bottom = 4.0
    if axes.yaxis.get_visible():
        axes.set_position((0.1, 0.2, 0.85, 0.7))
        longest = max((_text_width(label.get_text()) for label in axes.get_yticklabels()), default=0.0)
        left += longest + 7
    if axes.xaxis.get_visible():
        lines = max((label.get_text().count("\n") + 1 for label in axes.get_xticklabels()), default=1)
        bottom += 15.5 * lines + 4 + (17 if axes.get_xlabel() else 0)
    top, right = 26.0, 14.0
    axes.set_position((left / width, bottom / height, (width - left - right) / width, (height - bottom - top) / height))


def _text_width(text: str) -> float:
    return 6.9 * max((len(line) for line in text.split("\n")), default=0)


def _follow_page(svg: str, prefix: str) -> str:
    """Strips what an inline SVG does not need, gives colours and fonts to the page, and makes ids unique in it."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.S)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.S)
    svg = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", svg, flags=re.S)
    svg = re.sub(
        r'<svg [^>]*?viewBox="([^"]*)"[^>]*>', r'<svg viewBox="\1" aria-hidden="true" focusable="false">', svg, count=1
    )
    svg = re.sub(r"font: (?:(italic|oblique) )?(?:\w+ )*?([\d.]+)px [^;\"]*", r"font-size: \2px", svg)
    svg = re.sub(r"font-family: [^;\"]*;? ?", "", svg)
    for mark, variable in _VARIABLES.items():
        svg = svg.replace(mark, f"var({variable})")
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))

    def rename(match: re.Match[str]) -> str:
        return f' id="{prefix}-{match[1]}"' if match[1] in used else ""

    svg = re.sub(r' id="([^"]+)"', rename, svg)
    svg = re.sub(r'(xlink:href|href)="#([^"]+)"', rf'href="#{prefix}-\2"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", svg)
    svg = re.sub(r"\n\s*", "\n", svg)
    return svg.strip()
