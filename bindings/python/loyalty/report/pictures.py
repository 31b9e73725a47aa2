"""The pictures of the report, each from the numbers alone."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.ticker import FuncFormatter, MaxNLocator

from . import style
from .holdout import Holdout
from .numbers import Numbers
from .opinion import LEVELS, Curve, Opinion
from .position import STAGE_WORDS, STAGES, Ladder
from .style import BAND, FACT, HEAT, HIGH, INK, LOW, MID, MODEL, PAPER, RULE, SOFT, Picture
from .words import count, day, money, percent

_thousands = FuncFormatter(lambda value, _: f"{value:,.0f}")
_per_cent = FuncFormatter(lambda value, _: f"{value * 100:.0f} %")


def _above(axes: Axes, text: str) -> None:
    """The name of the vertical axis, written flat above it, where it can be read."""
    axes.set_title(text, loc="left", color=SOFT, pad=8)


def _value_grid(axes: Axes) -> None:
    axes.grid(axis="y")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def _number(day_: date) -> float:
    return float(day_.toordinal())


def _month_starts(first: date, last: date, most: int) -> list[date]:
    """First days of months in the period, at most `most` of them, evenly spaced."""
    months = range(first.year * 12 + first.month, last.year * 12 + last.month)  # the first of the next month, and so on
    for step in (1, 2, 3, 6, 12, 24, 60, 120, 240):
        chosen = [month for month in months if month % step == 0]
        if len(chosen) <= most:
            return [date(month // 12, month % 12 + 1, 1) for month in chosen]
    return []


def tracking(test: Holdout) -> Picture:
    track = test.tracking

    def draw(axes: Axes, narrow: bool) -> None:
        axes.axvspan(_number(test.train_end), _number(test.test_end), color=BAND)
        dates = [_number(value) for value in track.days]
        axes.plot(dates, track.expected, color=MODEL, linewidth=2, linestyle=(0, (5, 2)))
        axes.plot(dates, track.actual, color=FACT, linewidth=2)
        ticks = _month_starts(track.days[0], test.test_end, 4 if narrow else 7)
        axes.set_xticks([_number(tick) for tick in ticks], [f"{tick:%b}\n{tick.year}" for tick in ticks])
        axes.set_xlim(dates[0], _number(test.test_end))
        top = max(float(track.actual[-1]), float(track.expected[-1]))
        axes.set_ylim(0, top * 1.08)
        axes.yaxis.set_major_formatter(_thousands)
        axes.yaxis.set_major_locator(MaxNLocator(5))
        place = _number(test.train_end) + 0.03 * (dates[-1] - dates[0])
        axes.text(place, top * 0.03, "holdout", color=SOFT, va="bottom")
        higher, lower = ("actual", "expected") if track.actual[-1] >= track.expected[-1] else ("expected", "actual")
        colours = {"actual": FACT, "expected": MODEL}
        values = {"actual": track.actual, "expected": track.expected}
        middle = int(len(dates) * 0.72)
        axes.annotate(
            higher,
            (dates[middle], values[higher][middle]),
            (-6, 8),
            textcoords="offset points",
            ha="right",
            color=colours[higher],
        )
        axes.annotate(
            lower,
            (dates[middle], values[lower][middle]),
            (8, -16),
            textcoords="offset points",
            ha="left",
            color=colours[lower],
        )
        _above(axes, "Repeat purchases so far")
        _value_grid(axes)

    return style.picture(
        "tracking",
        draw,
        height=300,
        alt=(
            "Two lines of cumulative repeat purchases by week. At the end of the calibration on "
            f"{day(test.train_end)} the model was fitted; by {day(test.test_end)} customers had made "
            f"{count(track.actual[-1])} repeat purchases where the model expected {count(track.expected[-1])}."
        ),
        caption="Repeat purchases of the calibration's customers, week by week. The shaded part was hidden from the "
        "model.",
    )


def holdout_bins(test: Holdout) -> Picture:
    bins = test.bins

    def draw(axes: Axes, narrow: bool) -> None:
        place = np.arange(len(bins))
        expected = np.array([bin_.expected.value for bin_ in bins])
        low = expected - np.array([bin_.expected.low for bin_ in bins])
        high = np.array([bin_.expected.high for bin_ in bins]) - expected
        axes.errorbar(
            place + 0.13, expected, yerr=[np.maximum(low, 0), np.maximum(high, 0)], fmt="s", markersize=6, color=MODEL,
            elinewidth=2, label="expected, with 95 % interval",
        )  # fmt: skip
        axes.plot(place - 0.13, [bin_.actual for bin_ in bins], "o", markersize=7, color=FACT, label="actual")
        axes.set_xticks(place, [bin_.label for bin_ in bins])
        axes.tick_params(axis="x", length=0)
        axes.set_xlabel("Repeat purchases in the calibration")
        axes.set_ylim(0)
        axes.legend(loc="upper left", frameon=False, handlelength=1.2, borderaxespad=0.1)
        _above(axes, "Holdout purchases per customer")
        _value_grid(axes)

    listed = "; ".join(f"{bin_.label}: {bin_.actual:.2f} against {bin_.expected.value:.2f}" for bin_ in bins)
    return style.picture(
        "bins",
        draw,
        height=300,
        alt=f"Mean holdout purchases per customer by number of repeat purchases in the calibration, actual against "
        f"expected. {listed}.",
        caption="Does the model know good customers from others? Actual and expected purchases in the holdout.",
    )


def alive_matrix(numbers: Numbers) -> Picture:
    summary, settings = numbers.summary, numbers.settings
    frequency = summary["frequency"].to_numpy().astype(float)
    silent = (summary["T"] - summary["recency"]).to_numpy().astype(float)
    longest = float(summary["T"].to_numpy().max())
    top = int(min(max(np.quantile(frequency[frequency > 0], 0.985), 4), 30))
    columns = 26
    edges = np.linspace(0, longest, columns + 1)
    middle = (edges[:-1] + edges[1:]) / 2
    rows = np.arange(1, top + 1)
    grid = pl.DataFrame(
        {
            "frequency": np.repeat(rows, columns).astype(float),
            "recency": np.tile(longest - middle, len(rows)),
            "T": np.full(len(rows) * columns, longest),
        }
    )
    chance = np.asarray(numbers.fit.model.expected_probability_alive(grid), dtype=float).reshape(len(rows), columns)
    heights = np.minimum(frequency, top)
    repeat = frequency > 0
    crowd, _, _ = np.histogram2d(heights[repeat], silent[repeat], bins=[np.arange(0.5, top + 1.5), edges])
    factor = settings.unit_days / 7

    def draw(axes: Axes, narrow: bool) -> None:
        step = (edges[1] - edges[0]) * factor
        tiles: list[list[tuple[float, float, float, float]]] = [[] for _ in HEAT]
        for row in range(len(rows)):
            classes = np.clip((chance[row] * 10).astype(int), 0, 9)
            begin = 0
            for column in range(1, columns + 1):  # cells of one shade in a row are one rectangle: a smaller file
                if column == columns or classes[column] != classes[begin]:
                    left, right = begin * step, column * step
                    tiles[classes[begin]].append((left, right, rows[row] - 0.5, rows[row] + 0.5))
                    begin = column
        for shade, boxes in zip(HEAT, tiles, strict=True):
            corners = [[(left, low), (right, low), (right, high), (left, high)] for left, right, low, high in boxes]
            axes.add_collection(PolyCollection(corners, facecolors=shade, linewidths=0), autolim=False)
        y, x = np.nonzero(crowd)
        classes = np.ceil(4 * np.sqrt(crowd[y, x] / max(float(crowd.max()), 1.0))).astype(int)
        for size in range(1, 5):
            here = classes == size
            axes.plot(
                middle[x[here]] * factor, rows[y[here]], "o", markersize=(1.5 + 2.6 * size) * (0.75 if narrow else 1.0),
                markerfacecolor="none", markeredgecolor=INK, markeredgewidth=0.9,
            )  # fmt: skip
        axes.set_xlim(0, longest * factor)
        axes.set_ylim(0.5, top + 0.5)
        axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
        axes.set_xlabel("Weeks since the last purchase")
        _above(axes, f"Repeat purchases (top row: {top} or more)")
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.tick_params(length=0)

    return style.picture(
        "matrix",
        draw,
        height=330,
        alt=(
            "Map of the probability of being active over weeks since the last purchase and number of repeat "
            "purchases. It is high at the left, for those who bought lately, and falls to the right, faster the "
            "more often somebody used to buy. Circles show how many customers stand where."
        ),
        caption=(
            "Chance of being active, from low (faint) to high (strong), for a customer known since the beginning of "
            "the log; circles are repeat buyers, larger where there are more. Silence says most about those who "
            "used to buy often."
        ),
    )


def alive_distribution(numbers: Numbers) -> Picture:
    alive = numbers.ahead.p_alive
    once = (numbers.summary["frequency"] == 0).to_numpy()
    edges = np.linspace(0, 1, 11)
    repeat_counts, _ = np.histogram(alive[~once], edges)
    once_counts, _ = np.histogram(alive[once], edges)

    def draw(axes: Axes, narrow: bool) -> None:
        place = edges[:-1] + 0.05
        axes.bar(place, repeat_counts, width=0.085, color=MODEL, label="repeat buyers")
        axes.bar(place, once_counts, width=0.085, bottom=repeat_counts, color=RULE, label="one-time buyers")
        axes.xaxis.set_major_formatter(_per_cent)
        axes.yaxis.set_major_formatter(_thousands)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
        axes.set_xlim(-0.01, 1.01)
        axes.set_xlabel("Chance of being active")
        axes.legend(loc="upper left", frameon=False, handlelength=1)
        _above(axes, "Customers")
        _value_grid(axes)

    return style.picture(
        "alive",
        draw,
        height=260,
        alt=(
            f"Histogram of the probability of being active. {count(int((alive[~once] >= 0.5).sum()))} of "
            f"{count(int((~once).sum()))} repeat buyers are at one half or above; {count(int(once.sum()))} one-time "
            "buyers are shown apart."
        ),
        caption="How sure the model is of each customer. One-time buyers are grey: the model cannot tell them apart.",
    )


def spend_check(numbers: Numbers) -> Picture:
    repeat = numbers.summary.filter((numbers.summary["frequency"] > 0) & (numbers.summary["monetary_value"] > 0))
    frequency = np.minimum(repeat["frequency"].to_numpy().astype(int), 8)
    spend = repeat["monetary_value"].to_numpy().astype(float)
    groups = [value for value in range(1, 9) if (frequency == value).any()]
    means = np.array([spend[frequency == value].mean() for value in groups])
    halves = np.array(
        [
            1.96 * spend[frequency == value].std(ddof=1) / math.sqrt((frequency == value).sum())
            if (frequency == value).sum() > 1
            else 0.0
            for value in groups
        ]
    )

    def draw(axes: Axes, narrow: bool) -> None:
        place = np.arange(len(groups))
        axes.axhline(float(spend.mean()), color=SOFT, linewidth=1.2, linestyle=(0, (4, 3)))
        axes.errorbar(place, means, yerr=halves, fmt="o", color=FACT, markersize=6.5, elinewidth=2)
        axes.set_xticks(place, [str(value) if value < 8 else "8+" for value in groups])
        axes.tick_params(axis="x", length=0)
        axes.set_ylim(0, max(float((means + halves).max()) * 1.1, 1e-9))
        axes.set_xlabel("Repeat purchases")
        axes.yaxis.set_major_formatter(_thousands)
        _above(axes, "Mean spend per purchase")
        _value_grid(axes)

    listed = "; ".join(f"{value}: {money(mean)}" for value, mean in zip(groups, means, strict=True))
    return style.picture(
        "spend",
        draw,
        height=260,
        alt=f"Mean spend per purchase by number of repeat purchases, with intervals. {listed}.",
        caption="Do frequent buyers spend differently? The dashed line is the mean over repeat buyers; the model "
        "assumes no slope.",
    )


def clv_distribution(numbers: Numbers) -> Picture:
    clv = np.sort(numbers.ahead.clv)[::-1]
    tenths = np.array_split(clv, 10)
    total = max(float(clv.sum()), 1e-300)
    shares = np.array([float(part.sum()) / total for part in tenths])

    def draw(axes: Axes, narrow: bool) -> None:
        place = np.arange(10)
        bars = axes.bar(place, shares, width=0.82, color=[HIGH] + [MODEL] * 9)
        for bar, share in zip(bars, shares, strict=True):
            if narrow and bar.get_x() > 4.5:
                continue
            label = f"{share * 100:.0f} %" if share >= 0.005 else ""
            axes.text(
                bar.get_x() + 0.41, bar.get_height() + shares.max() * 0.02, label, ha="center", color=INK, fontsize=11.5
            )
        axes.set_xticks(place, ["top", *[str(index + 1) for index in range(1, 9)], "last"])
        axes.tick_params(axis="x", length=0)
        axes.set_xlabel("Tenths of the customers, by expected value")
        axes.set_ylim(0, max(float(shares.max()) * 1.12, 0.01))
        axes.yaxis.set_major_formatter(_per_cent)
        axes.yaxis.set_major_locator(MaxNLocator(4))
        _above(axes, "Share of customer equity")
        _value_grid(axes)

    return style.picture(
        "tenths",
        draw,
        height=260,
        alt="Share of customer equity held by each tenth of the customers, from the most to the least valuable: "
        + ", ".join(percent(share) for share in shares)
        + ".",
        caption="Who holds the value? Customers in ten equal groups, the most valuable first.",
    )


def clv_histogram(numbers: Numbers) -> Picture:
    clv = numbers.ahead.clv
    positive = clv[clv > 0]
    low = max(float(np.quantile(positive, 0.005)), 1e-2) if len(positive) else 1e-2
    high = max(float(positive.max()) if len(positive) else 1.0, low * 10)
    edges = np.geomspace(low, high, 25)
    counts, _ = np.histogram(np.clip(clv, low, high), edges)

    def draw(axes: Axes, narrow: bool) -> None:
        axes.bar(edges[:-1], counts, width=np.diff(edges) * 0.94, align="edge", color=MODEL)
        axes.set_xscale("log")
        axes.minorticks_off()
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
        axes.yaxis.set_major_formatter(_thousands)
        middle = float(np.median(clv))
        axes.axvline(middle, color=FACT, linewidth=1.5)
        axes.annotate(
            f"half are below {money(middle)}",
            (middle, counts.max() * 1.17),
            (6, 0),
            textcoords="offset points",
            color=FACT,
            va="top",
        )
        axes.set_ylim(0, float(counts.max()) * 1.18)
        axes.set_xlabel(
            "Value per customer (each step to the right: times ten)" if not narrow else "Value per customer, log scale"
        )
        _above(axes, "Customers")
        _value_grid(axes)

    return style.picture(
        "clv",
        draw,
        height=260,
        alt=f"Histogram of value per customer on a logarithmic scale; half of the customers are worth less than "
        f"{money(float(np.median(clv)))}, the most valuable {money(float(clv.max()))}.",
        caption="How value is spread over customers.",
    )


def ladder_bars(steps: Ladder, simulated: bool) -> Picture:
    shares = [steps.now.shares, *([steps.before.shares] if steps.before else [])]
    stages = [stage for stage in (*reversed(STAGES), "CHURN") if any(share.get(stage, 0) > 0 for share in shares)]
    now = [steps.now.shares.get(stage, 0.0) for stage in stages]
    before = [steps.before.shares.get(stage, 0.0) for stage in stages] if steps.before else None

    def draw(axes: Axes, narrow: bool) -> None:
        place = np.arange(len(stages))[::-1]
        axes.barh(place, now, height=0.56, color=MODEL)
        if before:
            axes.plot(
                before,
                place,
                "D",
                color=FACT,
                markersize=7,
                markerfacecolor=PAPER,
                markeredgewidth=2,
            )
        widest = max([*now, *(before or [0.0])], default=1.0)
        for index, (y, share) in enumerate(zip(place, now, strict=True)):
            # Beyond the diamond where it would stand on the number.
            end = before[index] if before and 0 <= before[index] - share < 0.22 * widest else share
            axes.annotate(percent(share, 1), (end, y), (11, 0), textcoords="offset points", va="center")
        axes.set_yticks(place, [STAGE_WORDS[stage] for stage in stages])
        axes.tick_params(axis="both", length=0, labelcolor=INK)
        axes.set_xlim(0, widest * 1.2 + 1e-9)
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)

    return style.picture(
        "ladder",
        draw,
        height=260,
        alt="Share of customers on each rung of the ladder at the end of the log: "
        + ", ".join(f"{STAGE_WORDS[stage]} {percent(share, 1)}" for stage, share in zip(stages, now, strict=True))
        + ".",
        caption="Where customers stand. Bars: at the end of the log. Diamonds: before the holdout."
        if before
        else "Where customers stand.",
        simulated=simulated,
    )


def recommend_bars(found: Opinion, simulated: bool) -> Picture:
    counts = found.recommend_counts

    def draw(axes: Axes, narrow: bool) -> None:
        colours = [LOW] * 7 + [MID] * 2 + [HIGH] * 2
        axes.bar(range(11), counts, width=0.8, color=colours)
        axes.set_xticks(range(11))
        axes.tick_params(axis="x", length=0)
        axes.set_ylim(0, max(max(counts), 1) * 1.22)
        top = max(max(counts), 1) * 1.12
        for x, text in ((3, "detractors"), (7.5, "passives"), (9.5, "promoters")):
            if not (narrow and text == "passives"):
                axes.text(x, top, text, ha="center", color=SOFT)
        axes.set_xlabel("How likely to recommend us, 0 to 10")
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        _above(axes, "Answers")
        _value_grid(axes)

    return style.picture(
        "recommend",
        draw,
        height=260,
        alt="Answers to the recommendation question: "
        + ", ".join(f"{value}: {n}" for value, n in enumerate(counts))
        + ".",
        caption="Would they recommend us?",
        simulated=simulated,
    )


def satisfaction_bars(found: Opinion, simulated: bool) -> Picture:
    counts = found.satisfaction_counts

    def draw(axes: Axes, narrow: bool) -> None:
        axes.bar(LEVELS, counts, width=0.72, color=[LOW, LOW, MID, HIGH, HIGH])
        for level, n in zip(LEVELS, counts, strict=True):
            axes.annotate(count(n), (level, n), (0, 4), textcoords="offset points", ha="center")
        names = ["1\nvery low", "2", "3", "4", "5\nvery high"] if not narrow else ["1\nlow", "2", "3", "4", "5\nhigh"]
        axes.set_xticks(LEVELS, names)
        axes.tick_params(axis="x", length=0)
        axes.set_ylim(0, max(max(counts), 1) * 1.15)
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        _above(axes, "Answers")
        _value_grid(axes)

    return style.picture(
        "satisfaction",
        draw,
        height=260,
        alt="Answers to the satisfaction question: "
        + ", ".join(f"{level}: {n}" for level, n in zip(LEVELS, counts, strict=True))
        + ".",
        caption="How satisfied are they, 1 to 5?",
        simulated=simulated,
    )


def loyalty_curve(bent: Curve, simulated: bool) -> Picture:
    def draw(axes: Axes, narrow: bool) -> None:
        if bent.threshold is not None and 0.5 < bent.threshold < 5.5:
            left, right = (0.5, bent.threshold) if bent.convex else (bent.threshold, 5.5)
            axes.axvspan(left, right, color=BAND)
            words = "effort moves\nlittle here"
            axes.text(left + 0.1, 0.97, words, color=SOFT, va="top", ha="left")
            axes.axvline(bent.threshold, color=SOFT, linewidth=1.2, linestyle=(0, (4, 3)))
        axes.plot(bent.satisfaction, bent.loyalty, color=MODEL, linewidth=2.2)
        sizes = np.array(bent.answers, dtype=float)
        axes.scatter(
            LEVELS, bent.at_level, s=12 + sizes / max(sizes.max(), 1) * (260 if narrow else 420), color=FACT,
            alpha=0.85, linewidths=0, zorder=3,
        )  # fmt: skip
        for level, loyalty in zip(LEVELS, bent.at_level, strict=True):
            axes.annotate(percent(loyalty), (level, loyalty), (-10, 9), textcoords="offset points", ha="right")
        axes.set_xlim(0.5, 5.5)
        axes.set_ylim(0, 1.02)
        axes.set_xticks(LEVELS)
        axes.set_xlabel("Satisfaction (circles: respondents)")
        axes.yaxis.set_major_formatter(_per_cent)
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
        _above(axes, "Loyalty")
        _value_grid(axes)

    return style.picture(
        "curve",
        draw,
        height=320,
        alt="Loyalty against satisfaction at the market's competition: "
        + ", ".join(f"{level}: {percent(value)}" for level, value in zip(LEVELS, bent.at_level, strict=True))
        + (f". The threshold lies at {bent.threshold:.1f}." if bent.threshold is not None else "."),
        caption=f"Loyalty as a function of satisfaction when competition C is {bent.competition.value:.2f}.",
        simulated=simulated,
    )
