"""One row per customer, and the twenty to call first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from .forecast import Estimate, Outlook
from .opinion import Opinion

CALL_COUNT = 20
VALUABLE_SHARE = 0.2


@dataclass(frozen=True)
class Call:
    """A customer to call, and why."""

    customer: str
    purchases: int
    silent_days: int
    usual_gap_days: float
    p_alive: Estimate
    clv: float
    at_risk: Estimate
    satisfaction: int | None
    recommend: int | None


def customer_table(
    ids: pl.Series, seen: pl.DataFrame, summary: pl.DataFrame, ahead: Outlook, stages: list[str], found: Opinion | None
) -> pl.DataFrame:
    """The rows of customers.csv, in id order; docs/report.md describes the columns."""
    table = pl.DataFrame({"customer_id": ids}).with_columns(
        seen["first_purchase"],
        seen["last_purchase"],
        summary["frequency"].cast(pl.Int64),
        summary["recency"],
        summary["T"],
        summary["monetary_value"],
        pl.Series("p_alive", ahead.p_alive),
        pl.Series("expected_purchases", ahead.expected_purchases),
        pl.Series("expected_spend", ahead.expected_spend),
        pl.Series("expected_revenue", ahead.expected_purchases * ahead.expected_spend),
        pl.Series("clv", ahead.clv),
        pl.Series("clv_at_risk", ahead.clv * (1 - ahead.p_alive)),
        pl.Series("stage", [name.lower() for name in stages]),  # the library's stable text
    )
    if found is not None:
        table = table.with_columns(
            found.by_customer["recommend"].cast(pl.Int64),
            found.by_customer["satisfaction"].cast(pl.Int64),
            found.by_customer["alternatives"].cast(pl.Int64),
        )
    return table


def whom_to_call(table: pl.DataFrame) -> npt.NDArray[np.int64]:
    """Rows of the valuable (top fifth by what they would be worth if surely active) by value at risk, largest first."""
    if_active = table["clv"].to_numpy() / np.maximum(table["p_alive"].to_numpy(), 1e-12)
    cut = float(np.quantile(if_active, 1 - VALUABLE_SHARE))
    repeat = (table["frequency"] > 0).to_numpy()
    risk = table["clv_at_risk"].to_numpy()
    eligible = np.flatnonzero((if_active >= cut) & repeat & (risk > 0))
    return eligible[np.argsort(-risk[eligible], kind="stable")][:CALL_COUNT]


def calls(
    table: pl.DataFrame, rows: npt.NDArray[np.int64], alive: list[Estimate], risk: list[Estimate], last_day: date
) -> list[Call]:
    """The customers of whom_to_call, with their intervals."""
    found = []
    for row, chance, at_risk in zip(table[rows].iter_rows(named=True), alive, risk, strict=True):
        found.append(
            Call(
                customer=str(row["customer_id"]),
                purchases=row["frequency"] + 1,
                silent_days=(last_day - row["last_purchase"]).days,
                usual_gap_days=(row["last_purchase"] - row["first_purchase"]).days / row["frequency"],
                p_alive=chance,
                clv=row["clv"],
                at_risk=at_risk,
                satisfaction=row.get("satisfaction"),
                recommend=row.get("recommend"),
            )
        )
    return found
