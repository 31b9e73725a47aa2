"""Retention, churn and repeat purchases: from counts, and from a purchase log by calendar period and by cohort."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from .. import _columns, _loyalty
from .._columns import Errors
from .._errors import notice
from .._formulas import mapped
from .._frames import confidence
from .._log import MICROSECONDS
from .._params import choice
from .rfm import _MERGES, _UNITS, Instant, Refunds, RFMBuilder, _end

__all__ = [
    "PurchaseRates", "Rate", "churn_rate", "cohort_table", "convert_churn", "convert_retention", "purchase_rates",
    "repeat_purchase_rate", "repurchase_rate", "retention_rate", "retention_rates",
]  # fmt: skip

Period: TypeAlias = Literal["h", "D", "W", "M", "Y"]

_BLAME = {"end": "observation_period_end", "builder": "log"}


# ---- from counts ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of counts.

    Attributes:
        rate: part / whole, in [0, 1].
        part, whole: the counts.
    """

    rate: float
    part: int
    whole: int

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The Wilson interval (lower, upper). It takes the parts as independent: of orders, of which one customer has
        many, it is too narrow."""
        return _loyalty.rate_interval(self.part, self.whole, level)


def _rate(part: int, whole: int, rate: float) -> Rate:
    return Rate(rate, part, whole)


def retention_rate(start: int, end: int, acquired: int) -> Rate:
    """The share of the customers at the start of a period who are still there at its end: (end - acquired)/start.

    Args:
        start: customers at the start.
        end: customers at the end, with those acquired meanwhile.
        acquired: of them, not there at the start.

    Raises:
        DomainError: counts that do not fit together, or nobody at the start (``ERR_TOO_FEW``).
    """
    return _rate(*_loyalty.retention_rate(start, end, acquired))


def churn_rate(start: int, end: int, acquired: int) -> Rate:
    """The share who left, 1 - retention; arguments as for :func:`retention_rate`."""
    return _rate(*_loyalty.churn_rate(start, end, acquired))


def repeat_purchase_rate(repeat_customers: int, customers: int) -> Rate:
    """The share of the customers who bought at least twice."""
    return _rate(*_loyalty.repeat_rate(repeat_customers, customers))


def repurchase_rate(returning_orders: int, orders: int) -> Rate:
    """The share of the orders that came from customers who had ordered before."""
    return _rate(*_loyalty.repurchase_rate(returning_orders, orders))


# ---- from one period to another ------------------------------------------------------------------------------------


def _lengths(from_period: str | float, to_period: str | float) -> tuple[float, float]:
    """Both in one unit."""
    if isinstance(from_period, str) != isinstance(to_period, str):
        raise _columns.bad("to_period", "must be a name or a number, as from_period is")
    if not isinstance(from_period, str) or not isinstance(to_period, str):
        return float(from_period), float(to_period)
    names = (choice(_UNITS, from_period, "from_period"), choice(_UNITS, to_period, "to_period"))
    return _loyalty.time_convert(1.0, names[0], 0), _loyalty.time_convert(1.0, names[1], 0)


def _convert(
    churn: bool, name: str, rate: Any, periods: tuple[str | float, str | float], data: Any, errors: Errors
) -> Any:
    return mapped(
        _loyalty.rate_convert_batch, {name: rate}, churn, *_lengths(*periods), result=name, errors=errors, data=data,
        names={"from": "from_period", "to": "to_period"},
    )  # fmt: skip


def convert_retention(
    retention: Any, from_period: str | float = "M", to_period: str | float = "Y", *, data: Any = None,
    errors: Errors = "raise",
) -> Any:  # fmt: skip
    """Retention per period of another length, of customers who stay with the same probability all the time:
    retention^(to/from). From months to years r^12.

    Args:
        retention: a number or a column, in [0, 1].
        from_period, to_period: "h", "D", "W", "M" or "Y" (a year is 365.25 days, a month a twelfth of it), or two
            numbers in one unit.
        data: a table in which ``retention`` may name a column.
        errors: ``"coerce"`` gives NaN for a bad row instead of an error.
    """
    return _convert(False, "retention", retention, (from_period, to_period), data, errors)


def convert_churn(
    churn: Any, from_period: str | float = "M", to_period: str | float = "Y", *, data: Any = None,
    errors: Errors = "raise",
) -> Any:  # fmt: skip
    """Churn per period of another length: 1 - (1 - churn)^(to/from). Arguments as for :func:`convert_retention`."""
    return _convert(True, "churn", churn, (from_period, to_period), data, errors)


# ---- from a log ----------------------------------------------------------------------------------------------------


def _read(
    log: Any, customer: str, time: str, amount: str | None, merge: str | None, name: str, decimals: int,
    refunds: Refunds, threads: int | None,
) -> RFMBuilder:  # fmt: skip
    choice(_MERGES, merge, name)
    builder = RFMBuilder(
        customer_id_col=customer, datetime_col=time, monetary_value_col=amount, merge=merge,  # type: ignore[arg-type]
        decimals=decimals, refunds=refunds, threads=threads,
    )  # fmt: skip
    return builder.push(log)


@dataclass(frozen=True, slots=True)
class PurchaseRates:
    """What :func:`purchase_rates` answers.

    Attributes:
        repeat_purchase: customers with two purchases or more, of all customers.
        repurchase: purchases that are not the customer's first, of all purchases.
    """

    repeat_purchase: Rate
    repurchase: Rate


def purchase_rates(
    log: Any, customer_id_col: str = "customer_id", datetime_col: str = "date",
    monetary_value_col: str | None = "amount", merge: Period | None = "D", *, decimals: int = 2,
    observation_period_end: Instant | None = None, refunds: Refunds = "net", threads: int | None = None,
) -> PurchaseRates:  # fmt: skip
    """The repeat-purchase and the repurchase rate of a purchase log.

    Args:
        log, customer_id_col, datetime_col, monetary_value_col, decimals, refunds, threads: as for
            :func:`loyalty.rfm_summary`.
        merge: purchases of a customer within one hour, day, week, month or year count as one.
        observation_period_end: later purchases are left out.

    Raises:
        DomainError: no purchase at all.
    """
    builder = _read(
        log, customer_id_col, datetime_col, monetary_value_col, merge, "merge", decimals, refunds, threads
    )  # fmt: skip
    with _columns.blame(_BLAME):
        customers, repeat, orders, returning = _loyalty.purchase_count(
            builder._builder, MICROSECONDS, _end(observation_period_end, "observation_period_end")
        )
    return PurchaseRates(repeat_purchase_rate(repeat, customers), repurchase_rate(returning, orders))


def _periods(builder: RFMBuilder, end: Instant | None) -> tuple[int, int]:
    """The end as a number, and how many periods there are."""
    last = _end(end, "observation_period_end")
    with _columns.blame(_BLAME):
        return last, _loyalty.retention_periods(builder._builder, MICROSECONDS, last)


def _dates(seconds: _columns.IntArray) -> Any:
    return seconds.astype("datetime64[s]").astype("datetime64[us]")


def retention_rates(
    log: Any, customer_id_col: str = "customer_id", datetime_col: str = "date",
    monetary_value_col: str | None = "amount", period: Period = "M", *, level: float = 0.95, decimals: int = 2,
    observation_period_end: Instant | None = None, refunds: Refunds = "net", threads: int | None = None,
) -> Any:  # fmt: skip
    """Retention and churn from each calendar period to the next: customers are active in a period when they buy in it.

    Args:
        log, customer_id_col, datetime_col, monetary_value_col, decimals, refunds, threads: as for
            :func:`loyalty.rfm_summary`.
        period: "h", "D", "W" (Monday to Sunday), "M" or "Y"; at most 4096 of them.
        level: of the Wilson intervals.
        observation_period_end: the period that contains it is the last; by default the last in the log. A period that
            the log does not cover to its end shows too few.

    Returns:
        A table with a row for each period: period (its beginning), start (customers active in the period before),
        active, retained (of them, active in the period before), acquired (never before), returned (before, but not in
        the period before), retention (retained/start) with retention_lower and retention_upper, churn (1 - retention).
        Where start is 0, as in the first period, the rates are NaN; that this happens later too is a
        :class:`loyalty.LoyaltyWarning`.
    """
    builder = _read(
        log, customer_id_col, datetime_col, monetary_value_col, period, "period", decimals, refunds, threads
    )  # fmt: skip
    sure = confidence(level)
    last, n = _periods(builder, observation_period_end)
    counts = [np.empty(n, dtype=np.int64) for _ in range(6)]
    rates = [_columns.empty_float64(n) for _ in range(4)]
    with _columns.blame(_BLAME):
        status, _ = _loyalty.retention_table(
            builder._builder, MICROSECONDS, last, sure, counts[0], counts[1], counts[2], counts[3], counts[4],
            counts[5], rates[0], rates[1], rates[2], rates[3],
        )  # fmt: skip
    notice(status, "periods after one without customers have no rate")
    names = ("start", "active", "retained", "acquired", "returned")
    rate_names = ("retention", "retention_lower", "retention_upper", "churn")
    columns = dict(zip(names, counts[1:], strict=True)) | dict(zip(rate_names, rates, strict=True))
    assert builder._table is not None
    return builder._table.new_frame({"period": _dates(counts[0]), **columns})


def cohort_table(
    log: Any, customer_id_col: str = "customer_id", datetime_col: str = "date",
    monetary_value_col: str | None = "amount", period: Period = "M", *, share: bool = True, decimals: int = 2,
    observation_period_end: Instant | None = None, refunds: Refunds = "net", threads: int | None = None,
) -> Any:  # fmt: skip
    """The share of each cohort that buys in each later period. A cohort are the customers who first buy in one period.

    Args:
        log and what follows: as for :func:`retention_rates`.
        share: False for numbers of customers instead of shares.

    Returns:
        A table with a row for each cohort: cohort (beginning of its period), customers, and the columns "0", "1", ...:
        the share that buys so many periods after the first. NaN for periods after the end, and for a cohort of nobody.
    """
    builder = _read(
        log, customer_id_col, datetime_col, monetary_value_col, period, "period", decimals, refunds, threads
    )  # fmt: skip
    last, n = _periods(builder, observation_period_end)
    begins, active = np.empty(n, dtype=np.int64), np.empty(n * n, dtype=np.int64)
    with _columns.blame(_BLAME):
        _loyalty.cohort_table(builder._builder, MICROSECONDS, last, begins, active)
    found = active.reshape(n, n).astype(np.float64)
    customers = active[:: n or 1].copy()
    if share:
        with np.errstate(invalid="ignore"):
            found /= customers[:, None]
    found[np.add.outer(np.arange(n), np.arange(n)) >= n] = np.nan
    columns = {str(k): found[:, k].copy() for k in range(n)}
    assert builder._table is not None
    return builder._table.new_frame({"cohort": _dates(begins), "customers": customers, **columns})
