"""Tracking: repeat purchases as they came against those that the model expects of the same customers."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import numpy as np

from ... import _columns
from ..._columns import FloatArray, IntArray
from ..._pictures import COLOURS, INK, RULE, SOFT
from ..rfm import Instant, Merge, Refunds, RFMBuilder, RFMReport, TimeUnit
from ._shared import (
    UNIT_SECONDS,
    axes_for,
    check_model,
    dates_below,
    dress,
    groups,
    number,
    seconds,
    stated_unit,
    thousands,
    unit_word,
    values,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "cumulative_transactions_data", "incremental_transactions_data", "plot_cumulative_transactions",
    "plot_incremental_transactions", "plot_tracking", "tracking_data",
]  # fmt: skip

Kind: TypeAlias = Literal["cumulative", "incremental"]

_MOST_POINTS = 1000
_STEPS = {"h": 24.0, "D": 7.0, "W": 1.0, "M": 1.0, "Y": 1 / 12}


class Track(NamedTuple):
    """Points in time with cumulative repeat purchases; ``train_end`` is the last point of the calibration, None without
    a holdout."""

    ends: list[datetime.datetime]
    lengths: FloatArray  # of the step that ends here, in the model's unit
    actual: FloatArray
    expected: FloatArray
    train_end: datetime.datetime | None


def _points(report: RFMReport, first: datetime.datetime, unit: str, step: float | None) -> list[datetime.datetime]:
    """The ends of the steps, from the first purchase to the end. They lie whole steps from the end of calibration, so
    that one is there; the last is the end of the observation."""
    length = _STEPS[unit] if step is None else number(step, "step")
    span = (report.end - first).total_seconds() / UNIT_SECONDS[unit]
    if step is None:
        length *= max(1, -(-int(span / length) // (_MOST_POINTS // 2)))
    if span / length > _MOST_POINTS:
        raise _columns.bad("step", f"must be longer: there are {span / length:.0f} steps, and at most {_MOST_POINTS}")
    width = datetime.timedelta(seconds=max(1.0, length * UNIT_SECONDS[unit]))
    before = int((report.train_end - first) / width)
    after = int((report.end - report.train_end) / width)
    ends = [report.train_end + k * width for k in range(-before, after + 1)]
    return [end for end in ends if end > first and end < report.end] + [report.end]


class _Clock:
    """Ages by the rules of the summary: how old a customer of the first day is at each end, in seconds of the unit."""

    def __init__(self, first: datetime.datetime, merge: Merge, unit: TimeUnit) -> None:
        self.unit = unit
        self.builder = RFMBuilder(monetary_value_col=None, merge=merge, threads=1)
        self.builder.push({"customer_id": np.zeros(1, dtype=np.int64), "date": np.array([first], "datetime64[us]")})

    def __call__(self, end: datetime.datetime) -> int:
        age = self.builder.summary(time_unit=self.unit, observation_period_end=end)["T"]
        return int(seconds(np.asarray(age), self.unit)[0])


def _expected(model: Any, births: FloatArray, customers: FloatArray, ends: IntArray, unit: str) -> FloatArray:
    """Sum over the customers of the expected purchases since their first, at each end. Times are seconds since the
    first purchase of all, so that equal ages are equal numbers, and each is computed once."""
    ages = np.rint(ends[:, None] - births[None, :])
    distinct, which = np.unique(ages, return_inverse=True)
    alive = distinct > 0
    mean = np.zeros(len(distinct))
    if alive.any():
        mean[alive] = values(model.expected_purchases_new_customer(distinct[alive] / UNIT_SECONDS[unit]))
    total: FloatArray = mean[which.reshape(ages.shape)] @ customers
    return total


def _track(
    model: Any, log: Any, train_period_end: Any, test_period_end: Any, columns: tuple[str, str, str | None],
    time_unit: str | None, step: float | None, merge: Merge, decimals: int, refunds: Refunds, threads: int | None,
) -> Track:  # fmt: skip
    check_model(model, "expected_purchases_new_customer")
    unit = stated_unit(model, time_unit)
    builder = RFMBuilder(
        customer_id_col=columns[0], datetime_col=columns[1], monetary_value_col=columns[2], merge=merge,
        decimals=decimals, refunds=refunds, threads=threads,
    ).push(log)  # fmt: skip
    with _columns.blame({"observation_period_end": "test_period_end"}):
        report = builder.report(observation_period_end=test_period_end, train_period_end=train_period_end)
        if train_period_end is None:
            summary = builder.summary(time_unit=unit, observation_period_end=test_period_end)
        else:
            summary = builder.train_test_split(
                train_period_end=train_period_end, test_period_end=test_period_end, time_unit=unit
            )
    lengths = np.asarray(summary["T"], dtype=np.float64)
    if len(lengths) == 0 or report.first is None:
        raise _columns.bad("log", "has no purchases up to the end of calibration")
    clock = _Clock(report.first, merge, unit)
    train_end = clock(report.train_end)
    births, which = groups((train_end - seconds(lengths, unit)).astype(np.float64))
    points = _points(report, report.first, unit, step)
    # The core says which period each point lies in, and counts the purchases up to it.
    ends: list[datetime.datetime] = []
    actual: list[float] = []
    for point in points:
        train = train_period_end is None or point <= report.train_end
        found = builder.report(observation_period_end=point, train_period_end=None if train else report.train_end)
        if ends and found.end == ends[-1]:
            continue
        ends.append(found.end)
        actual.append(float(found.purchases + found.purchases_test - found.customers))
    at = np.array([clock(end) for end in ends], dtype=np.int64)
    customers = np.bincount(which, minlength=len(births)).astype(np.float64)
    expected = _expected(model, births, customers, at, unit)
    steps = np.diff(at, prepend=0) / UNIT_SECONDS[unit]
    return Track(ends, steps, np.array(actual), expected, None if train_period_end is None else report.train_end)


def _differences(total: FloatArray) -> FloatArray:
    return np.diff(total, prepend=0.0)


def tracking_data(
    model: Any, log: Any, kind: Kind = "cumulative", *, train_period_end: Instant | None = None,
    test_period_end: Instant | None = None, customer_id_col: str = "customer_id", datetime_col: str = "date",
    monetary_value_col: str | None = "amount", time_unit: str | None = None, step: float | None = None,
    merge: Merge = "D", decimals: int = 2, refunds: Refunds = "net", threads: int | None = None,
) -> Any:  # fmt: skip
    """Repeat purchases as they came, and as the model expects them of the same customers.

    What is expected at a time is the sum, over the customers who are there by then, of the expected number of repeat
    purchases since their own first purchase. Customers of the same first date are computed once; of more than 4096
    distinct dates (``merge=None``), neighbours are taken together.

    Args:
        model: a fitted model of purchases.
        log: purchases, as for :func:`loyalty.rfm_summary`, of the time of the calibration and after it.
        kind: ``"cumulative"``, up to each time, or ``"incremental"``, in each step.
        train_period_end: the end of the calibration; only customers first seen until then are followed. None: no
            holdout, and all customers.
        test_period_end: until when; by default the last purchase in the log.
        customer_id_col, datetime_col, monetary_value_col, merge, decimals, refunds, threads: as for
            :func:`loyalty.rfm_summary`, which should have made the data of the fit. Without refunds amounts do not
            matter: ``monetary_value_col=None``.
        time_unit: that of the model, where the model does not say.
        step: distance of the points in the model's unit of time; by default 1 for weeks and months, 7 days, 24 hours, a
            twelfth of a year, and more where that would be above 500 points. At most 1000 points.

    Returns:
        A table with a row for each step: ``date`` (its last day, or the beginning of its last merge period),
        ``holdout`` (whether it lies after the calibration), ``length`` (of the step, in the model's unit), ``actual``
        and ``expected``. Steps count back and forth from the end of calibration, so the first and the last may be
        shorter.

    Raises:
        LoyaltyError: another kind of model, a missing column or unit, a bad row of the log, no purchases, ends that are
            no dates or in the wrong order, too many steps.
        StateError: the model is not fitted.
    """
    if kind not in ("cumulative", "incremental"):
        raise _columns.bad("kind", f"must be 'cumulative' or 'incremental', not {kind!r}")
    columns = (customer_id_col, datetime_col, monetary_value_col)
    track = _track(
        model, log, train_period_end, test_period_end, columns, time_unit, step, merge, decimals, refunds, threads
    )
    change = (lambda total: total) if kind == "cumulative" else _differences
    exact = "ms" if merge in (None, "h") else "D"
    ends = np.array(track.ends, dtype=f"datetime64[{exact}]")
    holdout = np.array([track.train_end is not None and end > track.train_end for end in track.ends])
    return _columns.table(log).new_frame(
        {"date": ends, "holdout": holdout, "length": track.lengths, "actual": change(track.actual),
         "expected": change(track.expected)}
    )  # fmt: skip


def plot_tracking(
    model: Any, log: Any, kind: Kind = "cumulative", *, train_period_end: Instant | None = None, ax: Axes | None = None,
    **options: Any,
) -> Axes:  # fmt: skip
    """Draw what :func:`tracking_data` computes, with the same arguments: two lines, and the holdout shaded. Of
    ``kind="incremental"`` a first and a last step that are shorter than the others are left out."""
    found = tracking_data(model, log, kind, train_period_end=train_period_end, **options)
    dates, holdout = np.asarray(found["date"]), np.asarray(found["holdout"], dtype=bool)
    length = np.asarray(found["length"], dtype=np.float64)
    shown = np.ones(len(dates), dtype=bool)
    if kind == "incremental" and len(dates) > 2:
        shown[[0, -1]] = length[[0, -1]] > 0.99 * np.median(length)
    axes = axes_for(ax, 7.2, 3.8)
    if holdout.any() and not holdout.all():
        end = dates[~holdout][-1]
        axes.axvspan(end, dates[-1], color=RULE, alpha=0.35, linewidth=0)
        axes.axvline(end, color=INK, linewidth=1, linestyle=(0, (4, 3)))
        axes.annotate(
            "holdout", (end, 1), (5, -4), xycoords=("data", "axes fraction"), textcoords="offset points", va="top",
            color=SOFT, fontsize="small",
        )  # fmt: skip
    for name, colour, style in (("actual", COLOURS[0], "-"), ("expected", COLOURS[1], (0, (5, 2)))):
        axes.plot(dates[shown], np.asarray(found[name])[shown], color=colour, linewidth=2, linestyle=style, label=name)
    axes.set_xlim(dates[0], dates[-1])
    axes.set_ylim(bottom=0)
    if kind == "cumulative":
        title = "Repeat purchases so far"
    else:
        unit, many = unit_word(stated_unit(model, options.get("time_unit"))), f"{np.median(length):.3g}"
        title = "Repeat purchases per " + (unit[:-1] if many == "1" else f"{many} {unit}")
    dress(axes, title, "")
    dates_below(axes)
    thousands(axes.yaxis)
    axes.legend(frameon=False, labelcolor=INK)
    return axes  # type: ignore[no-any-return]


def cumulative_transactions_data(model: Any, log: Any, **options: Any) -> Any:
    """:func:`tracking_data` with ``kind="cumulative"``."""
    return tracking_data(model, log, "cumulative", **options)


def incremental_transactions_data(model: Any, log: Any, **options: Any) -> Any:
    """:func:`tracking_data` with ``kind="incremental"``."""
    return tracking_data(model, log, "incremental", **options)


def plot_cumulative_transactions(model: Any, log: Any, *, ax: Axes | None = None, **options: Any) -> Axes:
    """:func:`plot_tracking` with ``kind="cumulative"``: a curve of repeat purchases so far."""
    return plot_tracking(model, log, "cumulative", ax=ax, **options)


def plot_incremental_transactions(model: Any, log: Any, *, ax: Axes | None = None, **options: Any) -> Axes:
    """:func:`plot_tracking` with ``kind="incremental"``: repeat purchases in each step."""
    return plot_tracking(model, log, "incremental", ax=ax, **options)
