"""What customers say, who kept silent, and the curve that turns satisfaction into loyalty."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass

import numpy as np
import polars as pl

import loyalty as loy
from loyalty.response import competition_from_alternatives, rating
from loyalty.survey import csat_from_counts
from loyalty.value import margin_multiple

from .forecast import Array, Estimate, column
from .read import Survey
from .settings import Settings

ASSUMED_COMPETITION = 0.5
LEVELS = (1, 2, 3, 4, 5)
PADDING = 0.5  # half a step beyond both ends of the scale: a 5 is very good, not perfect
Z95 = 1.959963984540054  # the .975 quantile of the normal distribution


@dataclass(frozen=True)
class Competition:
    """How many acceptable rivals a customer has, as C between 0 and 1, and how we know."""

    value: float
    source: str  # "assumed", "given", "shares" or "survey"
    interval: tuple[float, float] | None
    shares: tuple[float, ...] | None
    answers: int

    @property
    def suppliers(self) -> float:
        """The number of equally strong suppliers that gives the same C."""
        return 1 / (1 - self.value)


@dataclass(frozen=True)
class Group:
    """Customers who answered, or did not."""

    customers: int
    repeats: float  # mean number of repeat purchases
    silent_weeks: float  # mean time since the last purchase
    p_alive: float


@dataclass(frozen=True)
class Opinion:
    """The survey in numbers. `by_customer` has one row per customer of the log, in id order."""

    by_customer: pl.DataFrame  # recommend, satisfaction, alternatives; null where not answered
    respondents: int  # rows of the survey
    matched: int  # of them, customers in the log
    nps: loy.NPS | None
    nps_interval: tuple[float, float] | None
    recommend_counts: list[int]  # 0 to 10
    recommend_missing: int
    satisfaction_counts: list[int]  # 1 to 5
    satisfaction_missing: int
    mean_satisfaction: Estimate | None
    satisfied: Estimate | None  # share of 4 and 5
    answered: Group | None
    silent: Group | None


@dataclass(frozen=True)
class Step:
    """From one level of satisfaction to the next."""

    low: int
    high: int
    loyalty_low: float
    loyalty_high: float
    value_low: float
    value_high: float

    @property
    def worth(self) -> float:
        return self.value_high - self.value_low


@dataclass(frozen=True)
class Curve:
    """L = f(C, S) at the market's competition, on the 1 to 5 scale of the survey.

    An answer x stands for S = (x - 1/2) / 5, the middle of its fifth of the scale."""

    competition: Competition
    params: dict[str, float]
    satisfaction: Array  # 0.5 to 5.5, fine steps: S = 0 to 1
    loyalty: Array
    at_level: list[float]  # loyalty at 1, 2, 3, 4, 5
    answers: list[int]  # respondents at each level
    threshold: float | None  # on the 1 to 5 scale; None for a straight line
    convex: bool  # effort pays above the threshold; below it when False
    margin: Estimate  # revenue per year of an active customer
    steps: list[Step]
    worth_everyone: float  # gain per respondent if each below 5 rose by one step

    def interval(self, value: float) -> Estimate:
        """The interval of a sum of money that is in proportion to the margin."""
        base = max(self.margin.value, 1e-300)
        return Estimate(value, value * self.margin.low / base, value * self.margin.high / base)


def competition_of(settings: Settings, survey: Survey | None) -> Competition:
    """Given by the user, from market shares, from the survey, or assumed; in this order."""
    if settings.competition is not None:
        return Competition(settings.competition, "given", None, None, 0)
    if settings.shares is not None:
        return Competition(float(loy.competition_index(list(settings.shares))), "shares", None, settings.shares, 0)
    if survey is not None and survey.has_alternatives:
        k = survey.answers["alternatives"].drop_nulls().to_numpy().astype(float)
        each = column(competition_from_alternatives(k))
        mean = float(each.mean())
        half = Z95 * float(each.std(ddof=1)) / math.sqrt(len(each)) if len(each) > 1 else 0.0
        if 0 < mean < 1:
            return Competition(mean, "survey", (max(mean - half, 0), min(mean + half, 1)), None, len(each))
    return Competition(ASSUMED_COMPETITION, "assumed", None, None, 0)


def opinion(
    survey: Survey, customers: int, ids: pl.Series, summary: pl.DataFrame, p_alive: Array, unit_days: float
) -> Opinion:
    """Scores with intervals, and the respondents beside the silent."""
    everyone = pl.DataFrame({"customer_id": ids})
    joined = everyone.join(survey.answers, on="customer_id", how="left", maintain_order="left").with_columns(
        answered=pl.col("customer_id").is_in(survey.answers["customer_id"].implode())
    )
    by_customer = joined.select("recommend", "satisfaction", "alternatives", "answered")
    recommend = survey.answers["recommend"].drop_nulls()
    satisfaction = survey.answers["satisfaction"].drop_nulls()
    score = loy.nps(recommend.to_numpy()) if recommend.len() else None
    n = satisfaction.len()
    mean = satisfied = None
    if n:
        share = csat_from_counts(int((satisfaction >= 4).sum()), n)
        satisfied = Estimate(share.score, *share.interval())
    if n > 1:
        values = satisfaction.to_numpy()
        half = Z95 * float(values.std(ddof=1)) / math.sqrt(n)
        mean = Estimate(float(values.mean()), float(values.mean()) - half, float(values.mean()) + half)
    silent_weeks = (summary["T"] - summary["recency"]).to_numpy() * unit_days / 7
    frequency = summary["frequency"].to_numpy()
    answered = by_customer["answered"].to_numpy()

    def group(mask: Array) -> Group | None:
        if not mask.any():
            return None
        return Group(
            int(mask.sum()),
            float(frequency[mask].mean()),
            float(silent_weeks[mask].mean()),
            float(p_alive[mask].mean()),
        )

    return Opinion(
        by_customer=by_customer,
        respondents=survey.rows_read,
        matched=survey.rows_read - survey.unknown_customers,
        nps=score,
        nps_interval=score.interval() if score else None,
        recommend_counts=[int((recommend == value).sum()) for value in range(11)],
        recommend_missing=survey.rows_read - recommend.len(),
        satisfaction_counts=[int((satisfaction == level).sum()) for level in LEVELS],
        satisfaction_missing=survey.rows_read - n,
        mean_satisfaction=mean,
        satisfied=satisfied,
        answered=group(answered),
        silent=group(~answered),
    )


def curve(competition: Competition, found: Opinion, revenue_per_active: Estimate, settings: Settings) -> Curve:
    """The default curve at the market's competition, and what a step of satisfaction is worth on it.

    A customer who brings `m` a year and stays with probability L from year to year is worth m (1 + i) / (1 + i - L) at
    the discount rate i (first year now, Gupta & Lehmann 2005): satisfaction pays through L.
    """
    model = loy.LoyaltyCurve()
    c, rate = competition.value, settings.discount_rate

    per_year = 365.25 / settings.horizon.days
    margin = Estimate(
        *(value * per_year for value in (revenue_per_active.value, revenue_per_active.low, revenue_per_active.high))
    )

    def worth(loyalty: float) -> float:
        return margin.value * margin_multiple(min(loyalty, 1.0), rate, timing="begin")

    grid = np.linspace(0, 1, 201)
    loyalty = column(model.loyalty(grid, np.full_like(grid, c)))
    at_level = [float(loyalty[20 + 40 * (level - 1)]) for level in LEVELS]
    steps = [
        Step(low, low + 1, at_level[low - 1], at_level[low], worth(at_level[low - 1]), worth(at_level[low]))
        for low in LEVELS[:-1]
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", loy.LoyaltyWarning)  # that there is none is said on the page
        cuts = model.thresholds(c)
    counts = found.satisfaction_counts
    gain = sum(step.worth * counts[step.low - 1] for step in steps)
    return Curve(
        competition=competition,
        params={"alpha": 0.0, "beta": 1.0, "gamma": 1.0, "a": 0.5, "delta": 0.0},
        satisfaction=column(rating(grid, padding=PADDING)),
        loyalty=loyalty,
        at_level=at_level,
        answers=counts,
        threshold=float(rating(cuts[0], padding=PADDING)) if cuts else None,
        convex=c > 0.5,
        margin=margin,
        steps=steps,
        worth_everyone=gain / max(sum(counts), 1),
    )
