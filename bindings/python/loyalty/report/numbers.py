"""Everything the report prints, computed into one plain structure. Nothing here knows of HTML or pictures."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

import loyalty as loy

from . import holdout as holdout_test
from .errors import ReportError
from .forecast import Array, Estimate, Fitted, Outlook, fit_purchases, fit_spend, outlook, single_customers
from .opinion import Z95, Competition, Curve, Opinion, competition_of, curve, opinion
from .people import Call, calls, customer_table, whom_to_call
from .position import Ladder, ladder
from .read import Log, Survey, read_log, read_survey
from .settings import Settings

Progress = Callable[[str], None]

FEWEST_SPENDERS = 10  # repeat buyers with an amount that a spend model needs


@dataclass(frozen=True)
class Numbers:
    """The whole report, before it becomes words and pictures."""

    settings: Settings
    log: Log
    survey: Survey | None
    summary: pl.DataFrame  # customer_id (index), frequency, recency, T, monetary_value; in id order
    purchases: int  # distinct purchase days
    merged: int  # rows that joined another purchase of the same day
    revenue: float  # all that was paid
    fit: Fitted
    spend: Fitted | None
    spend_problem: str | None  # why there is no spend model
    flat_spend: float  # mean amount of a purchase
    spend_correlation: Estimate  # of mean spend with frequency among repeat buyers; NaN where not defined
    repeat_buyers: int
    free_repeaters: int  # repeat buyers whose repeat purchases cost nothing
    ahead: Outlook
    holdout: holdout_test.Holdout | None
    holdout_problem: str | None
    ladder: Ladder
    competition: Competition
    opinion: Opinion | None
    curve: Curve | None
    customers: pl.DataFrame
    calls: list[Call]
    warnings: tuple[str, ...]


def compute(settings: Settings, progress: Progress) -> Numbers:
    """Reads the inputs and computes the report. Raises ReportError for an input that cannot carry one."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", loy.LoyaltyWarning)
        numbers = _compute(settings, progress)
    texts = [_extra(numbers)] if numbers.ahead.draws_without_mean else []
    texts += [str(warning.message) for warning in caught if issubclass(warning.category, loy.LoyaltyWarning)]
    object.__setattr__(numbers, "warnings", tuple(dict.fromkeys(texts)))
    return numbers


def _compute(settings: Settings, progress: Progress) -> Numbers:
    progress(f"reading {settings.transactions}")
    log = read_log(settings.transactions, settings.log)
    _check_log(log, settings)
    survey = None
    if settings.survey is not None:
        progress(f"reading {settings.survey}")
        survey = read_survey(settings.survey, log.ids, settings.survey_customer_col)

    progress(f"summing up {log.rows.height:,} purchases of {log.ids.len():,} customers")
    rows = log.rows
    summary = loy.rfm_summary(
        rows,
        customer_id_col="customer_id",
        datetime_col="date",
        monetary_value_col="amount",
        time_unit=settings.time_unit,
        merge="D",
        decimals=settings.log.decimals,
    )
    purchases = int(summary["frequency"].sum()) + summary.height
    if purchases == summary.height:
        raise ReportError(
            f"{settings.transactions}: none of the {summary.height:,} customers bought on a second day; repeat "
            "purchases are what the report is about"
        )
    seen = rows.group_by("customer_id").agg(
        pl.col("date").min().alias("first_purchase"), pl.col("date").max().alias("last_purchase")
    )
    seen = seen.sort("customer_id")

    progress("fitting purchases and spend")
    try:
        fit = fit_purchases(summary, settings.time_unit)
    except loy.LoyaltyError as error:
        raise ReportError(f"{settings.transactions}: the model of purchases cannot be fitted: {error}") from error
    revenue = float(rows["amount"].sum())
    flat_spend = revenue / purchases
    repeat = summary.filter((pl.col("frequency") > 0) & (pl.col("monetary_value") > 0))
    spend, problem = _spend(summary, repeat)
    correlation = _correlation(repeat["frequency"].to_numpy(), repeat["monetary_value"].to_numpy())

    progress(f"predicting the next {settings.horizon.words}, with {settings.draws} draws")
    ahead = outlook(
        summary,
        fit,
        spend,
        flat_spend,
        horizon=settings.horizon.within(settings.time_unit),
        time_unit=settings.time_unit,
        discount_rate=settings.discount_rate,
        draws=settings.draws,
        seed=settings.seed,
    )
    progress("testing on the second part of the log")
    tested = _holdout(log, settings)
    test = tested if isinstance(tested, holdout_test.Holdout) else None

    progress("placing customers on the ladder")
    found = None
    if survey is not None:
        found = opinion(survey, summary.height, log.ids, summary, ahead.p_alive, settings.unit_days)
    steps = ladder(
        rows, summary.height, log.last_day, test.train_end if test else None, found.by_customer if found else None
    )
    competition = competition_of(settings, survey)
    bent = None
    if found is not None and survey is not None and survey.has_satisfaction:
        bent = curve(competition, found, ahead.revenue_per_active, settings)
    table = customer_table(log.ids, seen, summary, ahead, steps.now.stage, found)
    chosen = whom_to_call(table)
    alive, risk = single_customers(
        summary,
        chosen,
        fit,
        spend,
        ahead,
        horizon=settings.horizon.within(settings.time_unit),
        time_unit=settings.time_unit,
    )
    return Numbers(
        settings=settings,
        log=log,
        survey=survey,
        summary=summary,
        purchases=purchases,
        merged=rows.height - purchases,
        revenue=revenue,
        fit=fit,
        spend=spend,
        spend_problem=problem,
        flat_spend=flat_spend,
        spend_correlation=correlation,
        repeat_buyers=int((summary["frequency"] > 0).sum()),
        free_repeaters=int((summary["frequency"] > 0).sum()) - repeat.height,
        ahead=ahead,
        holdout=test,
        holdout_problem=None if test else str(tested),
        ladder=steps,
        competition=competition,
        opinion=found,
        curve=bent,
        customers=table,
        calls=calls(table, chosen, alive, risk, log.last_day),
        warnings=(),
    )


def _extra(numbers: Numbers) -> str:
    return (
        f"in {numbers.ahead.draws_without_mean} of {numbers.settings.draws} draws the mean spend does not exist "
        "(q at most 1); the estimate stood in for it, so intervals of money are too narrow"
    )


def _check_log(log: Log, settings: Settings) -> None:
    if log.ids.len() < 2:
        raise ReportError(
            f"{settings.transactions}: there is only one customer, {str(log.ids[0])!r}; the models learn from many. "
            f"Is {log.columns[0]!r} the column of customers? Name it with --customer-col"
        )
    start = settings.holdout_start
    if start is not None and not log.first_day < start <= log.last_day:
        raise ReportError(
            f"--holdout-start {start}: the log runs from {log.first_day} to {log.last_day}; the holdout must begin "
            "after the first day and not after the last"
        )


def _spend(summary: pl.DataFrame, repeat: pl.DataFrame) -> tuple[Fitted | None, str | None]:
    """The fitted spend model, or why there is none."""
    if repeat.height < FEWEST_SPENDERS:
        return None, f"only {repeat.height} repeat buyers paid something"
    try:
        spend = fit_spend(summary)
    except loy.LoyaltyError as error:
        return None, str(error)
    if spend.params["q"] <= 1:
        return None, f"the fitted spread over customers is so wide (q = {spend.params['q']:.3g}) that no mean exists"
    return spend, None


def _holdout(log: Log, settings: Settings) -> holdout_test.Holdout | str:
    if (log.last_day - log.first_day).days < 13:
        return "the log covers less than two weeks"
    try:
        return holdout_test.test(log.rows, log.first_day, log.last_day, settings)
    except loy.LoyaltyError as error:
        return f"the model cannot be fitted to the first part alone ({error})"


def _correlation(x: Array, y: Array) -> Estimate:
    """Pearson's correlation with Fisher's interval."""
    nan = float("nan")
    if len(x) < 4 or float(np.ptp(x)) == 0 or float(np.ptp(y)) == 0:
        return Estimate(nan, nan, nan)
    value = float(np.corrcoef(x, y)[0, 1])
    if abs(value) >= 1:
        return Estimate(value, value, value)
    centre, half = math.atanh(value), Z95 / math.sqrt(len(x) - 3)
    return Estimate(value, math.tanh(centre - half), math.tanh(centre + half))
