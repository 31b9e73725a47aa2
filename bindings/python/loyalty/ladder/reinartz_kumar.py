"""Reinartz and Kumar's four groups of customers, and their rule for who is active."""

from __future__ import annotations

from typing import Any

from .. import _columns, _loyalty
from .._formulas import mapped
from ._types import classify, names_of
from .median_cut import cut_or_median

__all__ = ["REINARTZ_KUMAR_TYPES", "REINARTZ_KUMAR_TYPES_ZH", "quick_activity", "reinartz_kumar"]

REINARTZ_KUMAR_TYPES, REINARTZ_KUMAR_TYPES_ZH = names_of(_loyalty.reinartz_kumar_name, 4)


def reinartz_kumar(
    profit: Any, duration: Any, *, profit_from: float | None = None, duration_from: float | None = None,
    data: Any = None, as_codes: bool = False, errors: _columns.Errors = "raise",
) -> Any:  # fmt: skip
    """Reinartz and Kumar's type: true friend (high profit, long), butterfly (high profit, short), barnacle (low profit,
    long) or stranger.

    Args:
        profit: of each customer; a number, or a column. Missing gives ``"unknown"``.
        duration: how long they stay or stayed, or the probability of being active; at least 0, likewise.
        profit_from, duration_from: high and long from here on; by default the median (:func:`median_cut`).
        data, as_codes, errors: as in :func:`jones_sasser`; the names are :data:`REINARTZ_KUMAR_TYPES`.
    """
    columns = {"profit": profit, "duration": duration}
    table = _columns.arguments(data, **columns)
    cuts = (
        cut_or_median(profit_from, "profit_from", table, "profit", errors),
        cut_or_median(duration_from, "duration_from", table, "duration", errors, least=0),
    )
    return classify(
        _loyalty.reinartz_kumar_batch, cuts, columns, REINARTZ_KUMAR_TYPES, "reinartz_kumar", data, as_codes, errors
    )


def quick_activity(
    purchases: Any, last_purchase: Any, window: Any, *, data: Any = None, errors: _columns.Errors = "raise"
) -> Any:
    """The probability that a customer is still active by the quick rule t^n: n purchases in a window, the last of them
    at its part t.

    Args:
        purchases: n, a whole number from 1; a number, or a column.
        last_purchase: when the last purchase came, from 0 to ``window``.
        window: length of the window in the same unit.
        data: a table in which the columns may be named.
        errors: ``"coerce"`` gives NaN for a bad row instead of an error.
    """
    columns = {"purchases": purchases, "last_purchase": last_purchase, "window": window}
    return mapped(_loyalty.quick_activity_batch, columns, result="quick_activity", errors=errors, data=data)
