"""Numbers, days and spans in words."""

from __future__ import annotations

import math
from datetime import date

from .forecast import Estimate

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def count(value: float) -> str:
    """A whole number with separators: 2,357."""
    return f"{value:,.0f}"


def plural(value: float, one: str, many: str | None = None) -> str:
    """ "1 row", "2 rows"."""
    return f"{count(value)} {one if round(value) == 1 else many or one + 's'}"


def percent(share: float, digits: int = 0) -> str:
    """A share as per cent, with a space that does not break: 54 %."""
    text = f"{share * 100:.{digits}f}"
    return ("0" if float(text) == 0 else text) + "\u00a0%"


def rate(share: float) -> str:
    """A rate as given, without digits that say nothing: 10 %, 7.5 %."""
    return f"{share * 100:.6g}\u00a0%"


def points(score: float) -> str:
    """An NPS as it is usually shown, from -100 to +100."""
    return f"{score * 100:+.0f}" if round(score * 100) else "0"


def money(value: float, currency: str = "", digits: int | None = None) -> str:
    """Amounts: whole from 100 on, with two decimals below, unless told how many."""
    places = (0 if abs(value) >= 100 else 2) if digits is None else digits
    return f"{'-' if value < 0 else ''}{currency}{abs(value):,.{places}f}"


def number(value: float, digits: int = 4) -> str:
    """A parameter with so many significant digits, never in scientific notation unless it must be."""
    if not math.isfinite(value):
        return "not known"
    if value != 0 and not 1e-4 <= abs(value) < 1e7:
        return f"{value:.{digits - 1}e}"
    places = max(digits - 1 - math.floor(math.log10(abs(value))), 0) if value else digits - 1
    return f"{value:,.{places}f}"


def day(value: date) -> str:
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def span(days: float) -> str:
    """A length of time as a person would say it."""
    if days < 1.5:
        return "1 day" if days >= 0.5 else "less than a day"
    if days < 21:
        return f"{days:.0f} days"
    if days < 120:
        return f"{days / 7:.0f} weeks"
    if days < 730:
        return f"{days / 30.4375:.0f} months"
    return f"{days / 365.25:.1f} years"


def between(estimate: Estimate, form: str = "count", currency: str = "", digits: int | None = None) -> str:
    """The interval of an estimate: "1,806 to 1,886". `form` is count, percent or money."""
    if form == "money":
        places = digits if digits is not None else 0 if max(abs(estimate.low), abs(estimate.high)) >= 100 else 2
        return f"{money(estimate.low, currency, places)} to {money(estimate.high, currency, places)}"
    show = percent if form == "percent" else count
    return f"{show(estimate.low)} to {show(estimate.high)}"


def join(parts: list[str]) -> str:
    """ "a, b and c"."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
