"""Where customers stand on the ladder, by the five-step rule, at the end of the calibration and of the log."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

import loyalty as loy

STAGES = ("UNAWARE", "AWARE", "CONSIDER", "PREFER", "LOYAL")
STAGE_WORDS = {
    "CHURN": "Left",
    "UNAWARE": "Unaware",
    "AWARE": "Aware",
    "CONSIDER": "Considers",
    "PREFER": "Prefers",
    "LOYAL": "Loyal",
}
WINDOW_DAYS = 365
LOYAL_PURCHASES = 3
LOYAL_RECENCY_DAYS = 182
CHURN_RECENCY_DAYS = 365


@dataclass(frozen=True)
class Position:
    """Stages of the customers at one day."""

    day: date
    stage: list[str]  # one per customer, in id order
    shares: dict[str, float]
    buying_loyal: npt.NDArray[np.bool_]  # meets the part of the rule for LOYAL that a log can show
    missing: tuple[str, ...]  # inputs of the rule for which there was no column


@dataclass(frozen=True)
class Ladder:
    """Stages now, and how customers moved since the end of the calibration."""

    now: Position
    before: Position | None
    moves: dict[tuple[str, str], int]  # (stage before, stage now) of customers known at both ends
    with_rank: int  # customers whose rank the survey tells


def ladder(log: pl.DataFrame, customers: int, last: date, earlier: date | None, survey: pl.DataFrame | None) -> Ladder:
    """`survey` has one row per customer of the log, in id order, with `alternatives`. A customer who finds no other
    supplier acceptable ranks us first; nobody else's rank or share of purchases is known."""
    rank = recommend = None
    if survey is not None:
        if survey["recommend"].count():
            recommend = survey["recommend"].alias("recommendation")
        rank = pl.select(pl.when(survey["alternatives"] == 1).then(1.0)).to_series().alias("rank")
    before = _position(log, customers, earlier, rank, recommend) if earlier else None
    now = _position(log, customers, last, rank, recommend, before)
    moves: dict[tuple[str, str], int] = {}
    if before:
        for old, new in zip(before.stage, now.stage, strict=True):
            if old:
                moves[old, new] = moves.get((old, new), 0) + 1
    return Ladder(now, before, moves, int(rank.count()) if rank is not None else 0)


def _position(
    log: pl.DataFrame,
    customers: int,
    day: date,
    rank: pl.Series | None,
    recommend: pl.Series | None,
    earlier: Position | None = None,
) -> Position:
    """Stages at `day`; a customer not seen by then has none."""
    start = day - timedelta(days=WINDOW_DAYS)
    seen = (
        log.filter(pl.col("date") <= day)
        .group_by("customer_id")
        .agg(
            pl.col("date").filter(pl.col("date") > start).n_unique().alias("purchases"),
            pl.col("date").max().alias("last"),
        )
        .sort("customer_id")
    )
    who = seen["customer_id"].to_numpy()
    frame = seen.select(
        pl.col("purchases").cast(pl.Float64),
        (pl.lit(day) - pl.col("last")).dt.total_days().cast(pl.Float64).alias("recency_days"),
        pl.lit(1.0).alias("aware"),
    )
    if rank is not None:
        frame = frame.with_columns(rank.gather(who))
    if recommend is not None:
        frame = frame.with_columns(recommend.gather(who))
    if earlier is not None:
        known = {name: float(index) for index, name in enumerate((*STAGES, "CHURN"))}
        previous = pl.Series("previous_stage", [known.get(name) for name in earlier.stage], dtype=pl.Float64)
        frame = frame.with_columns(previous.gather(who))
    rule = loy.LoyaltyLadder(
        window=WINDOW_DAYS, r_max=LOYAL_RECENCY_DAYS, r_churn=CHURN_RECENCY_DAYS, n_loyal=LOYAL_PURCHASES
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", loy.LoyaltyWarning)  # what cannot be known is said in section 6
        found = rule.assign(frame)
    assigned = [str(name).upper() for name in found["stage"].to_list()]
    stage = [""] * customers
    for customer, name in zip(who.tolist(), assigned, strict=True):
        stage[customer] = name
    tally = {name: assigned.count(name) / max(len(assigned), 1) for name in (*STAGES, "CHURN")}
    buying = np.zeros(customers, dtype=bool)
    buying[who] = ((frame["purchases"] >= LOYAL_PURCHASES) & (frame["recency_days"] <= LOYAL_RECENCY_DAYS)).to_numpy()
    return Position(day, stage, tally, buying, tuple(rule.assignment_.missing))
