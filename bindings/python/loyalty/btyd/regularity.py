"""How regular purchases are, whatever the customers' rates."""

from __future__ import annotations

from typing import Any, NamedTuple

from .. import _columns, _loyalty
from .._errors import notice
from .._log import MICROSECONDS
from .rates import _BLAME, Period, _read
from .rfm import Instant, Refunds, _end

__all__ = ["Regularity", "regularity"]


class Regularity(NamedTuple):
    """The estimate of k: 1 for purchases at random, larger for regular ones, below 1 for bursts. ``variance`` is that
    of the share of a gap in itself and the next, 1/12 at random; from ``n_pairs`` pairs of ``n_customers`` customers.
    """

    k: float
    std_error: float
    variance: float
    n_pairs: int
    n_customers: int


def regularity(
    log: Any, customer_id_col: str = "customer_id", datetime_col: str = "date",
    monetary_value_col: str | None = "amount", merge: Period | None = "D", *, decimals: int = 2,
    observation_period_end: Instant | None = None, refunds: Refunds = "net", threads: int | None = None,
) -> Regularity:  # fmt: skip
    """The regularity k of a purchase log by Wheat and Morrison (1990), from neighbouring gaps of each customer.

    It needs no model and says beforehand whether :class:`loyalty.BetaGeoCNBDModel` is worth a fit. Customers with fewer
    than three purchases say nothing.

    Args:
        log, customer_id_col, datetime_col, monetary_value_col, decimals, refunds, threads: as for
            :func:`loyalty.rfm_summary`.
        merge: purchases of a customer within one hour, day, week, month or year count as one, and gaps are between the
            beginnings of these periods: the shorter, the less is rounded.
        observation_period_end: later purchases are left out.

    Raises:
        DomainError: nobody made three purchases (``ERR_TOO_FEW``).
    """
    builder = _read(
        log, customer_id_col, datetime_col, monetary_value_col, merge, "merge", decimals, refunds, threads
    )  # fmt: skip
    with _columns.blame(_BLAME):
        status, *found = _loyalty.regularity_of(
            builder._builder, MICROSECONDS, _end(observation_period_end, "observation_period_end")
        )
    notice(status, "neighbouring gaps are equal throughout: k is infinite")
    return Regularity(*found)
