"""The picture of a curve: what is drawn, what it is called, and what cannot be drawn."""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
import polars as pl
import pytest
from statsmodels.stats.proportion import proportion_confint

import loyalty as loy
from loyalty import _loyalty

matplotlib.use("agg")
from matplotlib import pyplot

S = np.tile([0.1, 0.3, 0.5, 0.7, 0.9], 4)
C = np.repeat([0.2, 0.5, 0.8, 0.95], 5)
Y = np.array([218, 294, 341, 367, 381, 112, 177, 253, 322, 371, 41, 74, 134, 225, 340, 10, 22, 47, 105, 259.0])
N = np.full(20, 400.0)


@pytest.fixture(autouse=True)
def _no_figure_is_left() -> Iterator[None]:
    yield
    pyplot.close("all")


def legend(axes: Any) -> list[str]:
    return [text.get_text() for text in axes.get_legend().get_texts()]


def lines(axes: Any, width: float) -> list[Any]:
    return [line for line in axes.lines if line.get_linewidth() == width and line.get_linestyle() == "-"]


def points(axes: Any) -> list[Any]:
    """The containers of error bars that have data."""
    return [container for container in axes.containers if len(container.lines[0].get_xdata())]


def test_curves_of_given_parameters() -> None:
    curve = loy.LoyaltyCurve(alpha=0.3, beta=1.4, gamma=0.8, delta=0.03)
    axes = curve.plot()
    for line, c in zip(lines(axes, 1.3), (0.2, 0.5, 0.8), strict=True):
        assert line.get_ydata() == pytest.approx(curve.loyalty(line.get_xdata(), np.full(len(line.get_xdata()), c)))
        assert line.get_xdata()[0] == 0 and line.get_xdata()[-1] == 1
    assert legend(axes) == ["C = 0.2, low competition", "C = 0.5, low competition", "C = 0.8, high competition",
                            "thick: quality-sensitive zone", "threshold"]  # fmt: skip
    assert axes.get_xlabel() == "Satisfaction S" and axes.get_title(loc="left") == "Loyalty L"
    assert [label.get_text() for label in axes.get_yticklabels()] == ["0 %", "25 %", "50 %", "75 %", "100 %"]
    assert not axes.collections and not axes.containers  # neither bands nor answers


def test_thresholds_and_zones() -> None:
    # beta = 1, alpha = 0, c = 0.8: one threshold at 2/3, sensitive above it; c = 0.5 has none (spec 2.5)
    axes = loy.LoyaltyCurve().plot([0.8, 0.5])
    diamonds = [line for line in axes.lines if line.get_marker() == "d"]
    assert diamonds[0].get_xdata() == pytest.approx([2 / 3]) and len(diamonds[1].get_xdata()) == 0
    assert diamonds[0].get_ydata() == pytest.approx([loy.LoyaltyCurve().loyalty(2 / 3, 0.8)])
    thick = lines(axes, 3.2)
    drawn = thick[0].get_xdata()[~np.isnan(thick[0].get_ydata())]
    assert drawn.min() == pytest.approx(2 / 3) and drawn.max() == 1
    assert np.isnan(thick[1].get_ydata()).all()
    axes = loy.LoyaltyCurve(beta=2.5).plot(0.6)  # S-shaped: sensitive between the two
    thick = lines(axes, 3.2)[0]
    drawn = thick.get_xdata()[~np.isnan(thick.get_ydata())]
    assert (drawn.min(), drawn.max()) == pytest.approx((0.3254166906, 0.7577180330), abs=1e-9)


def test_no_threshold_no_diamond_in_the_legend() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        axes = loy.LoyaltyCurve().plot(0.5)
    assert legend(axes) == ["C = 0.5, neutral", "thick: quality-sensitive zone"]


def test_named_competitions() -> None:
    axes = loy.LoyaltyCurve().plot(loy.response.INDUSTRIES)
    assert legend(axes)[1] == "airlines: C = 0.35, low competition"
    assert len({line.get_color() for line in lines(axes, 1.3)}) == 5


@pytest.mark.parametrize("frame", [dict, pd.DataFrame, pl.DataFrame])
def test_answers_and_fit(frame: Any) -> None:
    data = frame({"s": S, "c": C, "y": Y, "n": N})
    columns = {"satisfaction": "s", "competition": "c", "loyal": "y", "trials": "n", "data": data}
    curve = loy.LoyaltyCurve().fit(**columns)
    axes = curve.plot(**columns)
    assert "95 % interval of the curve" in legend(axes) and "answers: share, 95 % interval" in legend(axes)
    low, high = proportion_confint(Y, N, 0.05, "wilson")
    assert len(points(axes)) == 4
    for i, container in enumerate(points(axes)):
        at = slice(5 * i, 5 * i + 5)
        marks, _, (bars,) = container.lines
        assert marks.get_xdata() == pytest.approx(S[at], abs=0.011)  # beside each other
        assert marks.get_ydata() == pytest.approx(Y[at] / N[at])
        ends = np.array(bars.get_segments())[:, :, 1]
        assert ends[:, 0] == pytest.approx(low[at]) and ends[:, 1] == pytest.approx(high[at])
    band = axes.collections[0].get_paths()[0].vertices
    expected = curve.predict(0.5, 0.2)
    assert band[np.isclose(band[:, 0], 0.5), 1] == pytest.approx([expected.lower, expected.upper], abs=1e-9)


def test_answers_are_pooled() -> None:
    rng = np.random.default_rng(3)
    s, c = rng.uniform(0, 1, 500), rng.uniform(0.1, 0.9, 500)
    axes = loy.LoyaltyCurve().plot([0.3, 0.7], satisfaction=s, competition=c, loyal=(rng.random(500) < s).astype(float))
    assert [len(container.lines[0].get_xdata()) for container in points(axes)] == [10, 10]  # tenths of the scale
    axes = loy.LoyaltyCurve().plot(satisfaction=s, competition=c, loyal=s)
    assert legend(axes)[0].startswith(f"C = {np.quantile(c, 0.1):.3g}") and len(lines(axes, 1.3)) == 3
    weights = np.where(np.arange(20) < 10, 2.0, 0.0)  # weight 0 leaves rows out
    axes = loy.LoyaltyCurve().plot(satisfaction=S, competition=C, loyal=Y, trials=N, weights=weights, level=0.8)
    assert len(points(axes)) == 2
    ends = np.array(points(axes)[0].lines[2][0].get_segments())[:, :, 1]
    assert ends[:, 0] == pytest.approx(proportion_confint(2 * Y[:5], 2 * N[:5], 0.2, "wilson")[0])


def test_market_shares_by_segment() -> None:
    shares = {"city": [0.4, 0.3, 0.2, 0.1], "village": [0.8, 0.2]}
    axes = loy.LoyaltyCurve().plot(
        satisfaction=[0.5, 0.5], competition=shares, segment=["city", "village"], loyal=[1, 0]
    )
    assert [text.split(",")[0] for text in legend(axes)[:2]] == ["C = 0.32", "C = 0.7"]


def test_constraints_lift_curves() -> None:
    axes = loy.LoyaltyCurve(b=[0.5]).plot(0.8, [1.0])
    assert lines(axes, 1.3)[0].get_ydata()[0] == pytest.approx(1 - 0.8**0.5 * np.exp(-0.5))


def test_axes_of_the_caller() -> None:
    _, mine = pyplot.subplots()
    assert loy.LoyaltyCurve().plot(ax=mine) is mine and len(pyplot.get_fignums()) == 1


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        ({"level": 1.0}, "level"),
        ({"loyal": [1]}, "satisfaction"),
        ({"satisfaction": [0.5], "loyal": [1]}, "competition"),
        ({"satisfaction": [0.5], "competition": 0.5}, "loyal"),
        ({"satisfaction": [0.5], "competition": {"a": [1, 1]}, "loyal": [1]}, "segment"),
        ({"satisfaction": "s", "competition": 0.5, "loyal": [1]}, "satisfaction"),
        ({"satisfaction": [0.5], "competition": 0.5, "loyal": [2]}, "loyal"),
        ({"satisfaction": [0.5], "competition": 0.5, "loyal": [1], "weights": [-1]}, "weights"),
        ({"satisfaction": [1.5], "competition": 0.5, "loyal": [1]}, "satisfaction"),
        ({"satisfaction": [0.5], "competition": 1.0, "loyal": [1]}, "competition"),
        ({"satisfaction": [0.5], "competition": 0.5, "loyal": [0], "trials": [0]}, "loyal"),
        ({"c": [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]}, "c"),
        ({"c": []}, "c"),
        ({"c": 1.0}, "c"),
        ({"tau": 0.0}, "tau"),
        ({"constraints": [0.5]}, "constraints"),
    ],
)
def test_what_cannot_be_drawn(arguments: dict[str, Any], argument: str) -> None:
    with pytest.raises(loy.LoyaltyError) as caught:
        loy.LoyaltyCurve().plot(**arguments)
    assert caught.value.argument == argument
    assert not pyplot.get_fignums()


def test_matplotlib_is_an_extra() -> None:
    program = """
import sys
sys.modules["matplotlib"] = None
import loyalty
try:
    loyalty.LoyaltyCurve().plot()
except ImportError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == 'pictures need matplotlib: pip install "loyalty[plot]"\n'


def test_wilson_intervals() -> None:
    yes, n = np.array([0.0, 5.0, 2.5, 10.0, 3.0]), np.array([10.0, 10.0, 7.25, 10.0, 2.0])
    lower, upper = np.empty(5), np.empty(5)
    _loyalty.wilson_intervals(yes, n, 0.95, lower, upper)
    low, high = proportion_confint(yes[:4], n[:4], 0.05, "wilson")
    assert lower[:4] == pytest.approx(low, abs=1e-15) and upper[:4] == pytest.approx(high, abs=1e-15)
    assert np.isnan(lower[4]) and np.isnan(upper[4])
    with pytest.raises(loy.LoyaltyError, match="trials"):
        _loyalty.wilson_intervals(yes, n[:4], 0.95, lower, upper)
