"""The honest test: fit on the first part of the log, predict the rest, and compare with what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

import loyalty as loy

from .forecast import (
    Array,
    Cells,
    Estimate,
    Fitted,
    arrays,
    cells_of,
    column,
    counts_around,
    fit_purchases,
    parameter_draws,
    percentile_interval,
    purchase_variance,
)
from .settings import Settings

LAST_BIN = 7  # calibration frequencies from here on share a bin
FEWEST_REPEATS = 20  # repeat purchases that a calibration needs before a test of it means anything


@dataclass(frozen=True)
class Bin:
    """Customers with the same number of repeat purchases in the calibration."""

    label: str
    customers: int
    actual: float  # mean holdout purchases per customer
    expected: Estimate  # the same, predicted, with the interval in which the mean should fall


@dataclass(frozen=True)
class Tracking:
    """Cumulative repeat purchases of the calibration customers, one point per week."""

    days: list[date]
    actual: Array
    expected: Array


@dataclass(frozen=True)
class Holdout:
    """The test and its outcome."""

    first_day: date  # of the calibration
    train_end: date  # its last day
    test_end: date
    units: float  # length of the holdout in the model's unit
    left_out_customers: int  # first seen in the holdout
    summary: pl.DataFrame
    fit: Fitted
    actual: float
    expected: Estimate
    bins: list[Bin]
    tracking: Tracking

    @property
    def bias(self) -> float:
        """Expected less actual, as a share of actual; NaN when nothing was bought."""
        return self.expected.value / self.actual - 1 if self.actual > 0 else float("nan")

    @property
    def inside(self) -> bool:
        return self.expected.low <= self.actual <= self.expected.high

    @property
    def verdict(self) -> tuple[bool, str]:
        """Whether the model may be believed, and in words what it misses and which model to try."""
        if self.inside or abs(self.bias) <= 0.05:
            return True, "The total is as predicted, give or take chance."
        one_timers, others = self.bins[0], self.bins[1:]
        residual = [(bin_.actual - bin_.expected.value) * bin_.customers for bin_ in others]
        gap_repeat, gap_once = sum(residual), (one_timers.actual - one_timers.expected.value) * one_timers.customers
        if self.bias > 0:
            if abs(gap_once) >= abs(gap_repeat):
                return False, (
                    "It expects too much of one-time buyers, whom this model never lets go. Try MBG/NBD, in which a "
                    "customer can leave right after the first purchase."
                )
            return False, (
                "It expects too much of repeat buyers: they slow down or leave for reasons other than those of the "
                "model. Try Pareto/NBD, in which a customer can leave at any time, or look for a change in what you "
                "offered."
            )
        if abs(gap_repeat) >= abs(gap_once):
            return False, (
                "It gives up too early on customers who came back: more of them were still buying. Try Pareto/NBD, "
                "in which leaving is not tied to a purchase, and look for a season or a campaign in the holdout."
            )
        return False, (
            "It expects too little of one-time buyers: more of them came back. Look for a season or a campaign in "
            "the holdout, and try Pareto/NBD."
        )


def default_start(first: date, last: date) -> date:
    """The first day of the second half."""
    return first + timedelta(days=-(-((last - first).days + 1) // 2))


def test(log: pl.DataFrame, first: date, last: date, settings: Settings) -> Holdout | str:
    """Runs the test, or says in a clause why it cannot be run."""
    start = settings.holdout_start or default_start(first, last)
    train_end = start - timedelta(days=1)
    split = loy.rfm_train_test_split(
        log,
        customer_id_col="customer_id",
        datetime_col="date",
        monetary_value_col="amount",
        time_unit=settings.time_unit,
        merge="D",
        decimals=settings.log.decimals,
        train_period_end=train_end,
        test_period_end=last,
    )
    repeats = float(split["frequency"].sum()) if split.height else 0.0
    if repeats < FEWEST_REPEATS:
        return f"up to {train_end} there are only {repeats:.0f} repeat purchases, too few to fit a model on"
    units = (last - train_end).days / settings.unit_days
    fit = fit_purchases(split, settings.time_unit)
    expected = column(fit.model.expected_purchases(split, units))
    p_alive = column(fit.model.expected_probability_alive(split))
    frequency = split["frequency"].to_numpy().astype(float)
    actual = split["test_frequency"].to_numpy().astype(float)
    bins_of = np.minimum(frequency, LAST_BIN).astype(np.int64)
    variance = purchase_variance(frequency, fit.params["r"], p_alive, expected)

    generator = np.random.default_rng(settings.seed)
    cells = cells_of(split, expected)
    histories, sampled_bins = arrays(cells.frame), bins_of[cells.members]
    draws = np.empty((settings.draws, LAST_BIN + 1))
    for index, params in enumerate(parameter_draws(fit, settings.draws, generator)):
        drawn = type(fit.model).from_params(**params, time_unit=settings.time_unit)
        ahead = column(drawn.expected_purchases(histories, units))[cells.cell] * cells.weight
        draws[index] = np.bincount(sampled_bins, weights=ahead, minlength=LAST_BIN + 1)
    point: Array = np.bincount(bins_of, weights=expected, minlength=LAST_BIN + 1).astype(float)
    draws *= _scale(point, cells, expected, sampled_bins)
    spread = np.bincount(bins_of, weights=variance, minlength=LAST_BIN + 1)
    counts = np.bincount(bins_of, minlength=LAST_BIN + 1)
    made = np.bincount(bins_of, weights=actual, minlength=LAST_BIN + 1)

    bins = []
    noisy = np.zeros_like(draws)
    for k in range(LAST_BIN + 1):
        if counts[k] == 0:
            continue
        noisy[:, k] = counts_around(draws[:, k], float(spread[k] / max(point[k], 1e-300)), generator)
        bins.append(
            Bin(
                label=str(k) if k < LAST_BIN else f"{LAST_BIN}+",
                customers=int(counts[k]),
                actual=float(made[k] / counts[k]),
                expected=percentile_interval(float(point[k] / counts[k]), noisy[:, k] / counts[k]),
            )
        )
    return Holdout(
        first_day=first,
        train_end=train_end,
        test_end=last,
        units=units,
        left_out_customers=int(log["customer_id"].n_unique()) - split.height,
        summary=split,
        fit=fit,
        actual=float(actual.sum()),
        expected=percentile_interval(float(point.sum()), noisy.sum(axis=1)),
        bins=bins,
        tracking=_tracking(log, split, fit, first, last, train_end, settings),
    )


def _scale(point: Array, cells: Cells, expected: Array, sampled_bins: npt.NDArray[np.signedinteger]) -> Array:
    """What turns the sums over a sample into sums over everybody, bin by bin."""
    sampled = np.bincount(sampled_bins, weights=expected[cells.members] * cells.weight, minlength=len(point))
    scale: Array = np.divide(point, sampled, out=np.ones_like(point), where=sampled > 0)
    return scale


def _tracking(
    log: pl.DataFrame, split: pl.DataFrame, fit: Fitted, first: date, last: date, train_end: date, settings: Settings
) -> Tracking:
    """Actual and expected cumulative repeat purchases at the end of each week since the first purchase."""
    total_days = (last - first).days
    births = ((train_end - first).days - (split["T"].to_numpy().astype(float) * settings.unit_days).round()).astype(int)
    born = np.bincount(births, minlength=total_days + 1).astype(float)
    visits = (
        log.filter(pl.col("customer_id").is_in(split["customer_id"].implode()))
        .unique(["customer_id", "date"])
        .group_by("date")
        .agg(pl.len().alias("n"))
    )
    when = (visits["date"] - first).dt.total_days().to_numpy().astype(int)
    bought = np.bincount(when, weights=visits["n"].to_numpy().astype(float), minlength=total_days + 1)
    repeats = np.cumsum(bought - born)
    # A day counts in full: by its end a customer first seen on it has lived one day, as in the published tables.
    ages = np.arange(total_days + 2) / settings.unit_days
    mean = column(fit.model.expected_purchases_new_customer(ages))
    weeks = np.arange(6, total_days + 1, 7)
    if len(weeks) == 0 or weeks[-1] != total_days:
        weeks = np.append(weeks, total_days)
    cohorts = np.flatnonzero(born)
    expected = np.array(
        [float(born[cohorts[cohorts <= day]] @ mean[day + 1 - cohorts[cohorts <= day]]) for day in weeks]
    )
    return Tracking([first + timedelta(days=int(day)) for day in weeks], repeats[weeks], expected)
