"""What the user asked for, checked."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from loyalty.btyd.rfm import TimeUnit

from .errors import ReportError
from .read import LogOptions

DAYS_PER_UNIT = {"h": 1 / 24, "D": 1.0, "W": 7.0, "M": 365.25 / 12, "Y": 365.25}
UNIT_NAMES = {"h": "hour", "D": "day", "W": "week", "M": "month", "Y": "year"}


@dataclass(frozen=True)
class Horizon:
    """How far ahead the report looks."""

    count: int
    unit: str  # a key of DAYS_PER_UNIT

    @property
    def days(self) -> float:
        return self.count * DAYS_PER_UNIT[self.unit]

    @property
    def text(self) -> str:
        """As the user writes it: "1y"."""
        return f"{self.count}{self.unit.lower()}"

    @property
    def words(self) -> str:
        """As a reader says it after "the next": "year", "6 months"."""
        name = UNIT_NAMES[self.unit]
        return name if self.count == 1 else f"{self.count} {name}s"

    def within(self, time_unit: str) -> float:
        """The horizon in a model's unit of time."""
        return self.days / DAYS_PER_UNIT[time_unit]


def parse_horizon(text: str) -> Horizon:
    match = re.fullmatch(r"(\d+)\s*([dwmy])", text.strip().lower())
    if not match or int(match[1]) < 1:
        raise ReportError(f"--horizon {text!r}: write a whole number and a unit, such as 1y, 6m, 26w or 90d")
    horizon = Horizon(int(match[1]), match[2].upper())
    if horizon.days > 3653:
        raise ReportError(f"--horizon {text!r}: at most ten years; customers do not stay the same for longer")
    return horizon


def parse_rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        raise ReportError(f"--discount-rate {text!r}: write a number like 0.10 for 10 % a year") from None
    if not (math.isfinite(rate) and 0 <= rate <= 1):
        raise ReportError(f"--discount-rate {text!r}: a yearly rate from 0 to 1; 10 % is written 0.10")
    return rate


def parse_competition(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ReportError(f"--competition {text!r}: write a number between 0 and 1") from None
    if not 0 < value < 1:
        raise ReportError(f"--competition {text!r}: C lies between 0 (one supplier) and 1 (very many), both left out")
    return value


def parse_shares(text: str) -> tuple[float, ...]:
    try:
        shares = tuple(float(part) for part in text.split(","))
    except ValueError:
        raise ReportError(
            f"--shares {text!r}: write market shares with commas between them, such as .4,.3,.2,.1"
        ) from None
    for share in shares:
        if not (math.isfinite(share) and 0 <= share <= 1):
            raise ReportError(f"--shares {text!r}: {share:g} is not a share; each lies between 0 and 1")
    total = math.fsum(shares)
    if abs(total - 1) > 1e-6:
        raise ReportError(f"--shares {text!r}: the shares add up to {total:.6g}, not 1; add the rest of the market")
    if sum(share > 0 for share in shares) < 2:
        raise ReportError(f"--shares {text!r}: at least two suppliers need a share; with one there is no competition")
    return shares


def parse_day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ReportError(f"{option} {text!r}: write a date like 1997-10-01") from None


@dataclass(frozen=True)
class Settings:
    """Everything that decides what the report says."""

    transactions: Path
    survey: Path | None = None
    competition: float | None = None
    shares: tuple[float, ...] | None = None
    horizon: Horizon = field(default_factory=lambda: Horizon(1, "Y"))
    discount_rate: float = 0.10
    holdout_start: date | None = None
    out: Path = Path("loyalty-report")
    log: LogOptions = field(default_factory=LogOptions)
    survey_customer_col: str | None = None
    currency: str = ""
    time_unit: TimeUnit = "W"
    draws: int = 500
    seed: int = 1

    @property
    def unit_days(self) -> float:
        return DAYS_PER_UNIT[self.time_unit]

    @property
    def unit_name(self) -> str:
        return UNIT_NAMES[self.time_unit]
