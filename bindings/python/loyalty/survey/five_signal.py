"""The loyalty index of five signals, and what two of them are made of: places and trends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from .. import _columns, _loyalty
from .._errors import notice
from .._formulas import point_errors
from .._yearly import yearly
from ._questions import weights_of

__all__ = ["SIGNALS", "SIGNALS_ZH", "FiveSignals", "amount_trend", "five_signal_index", "percentile"]

SIGNALS: tuple[str, ...] = tuple(_loyalty.signal_name(i, False) for i in range(5))
"""The five signals: frequency, amount, recommendation, satisfaction, trust."""
SIGNALS_ZH: tuple[str, ...] = tuple(_loyalty.signal_name(i, True) for i in range(5))
"""Their names in Chinese."""


_NAMES = {"weight": "weights"} | {
    f"{name}_{end}": f"{name}_scale" for name in ("satisfaction", "trust") for end in ("lowest", "highest")
}


class FiveSignals(NamedTuple):
    """One customer: the index in [0, 1], and how many signals are known."""

    five_signal_index: float
    known: int


def _scale(ends: Any, name: str) -> tuple[float, float]:
    if not isinstance(ends, (list, tuple)) or len(ends) != 2:
        raise _columns.bad(name, "must be (lowest, highest)")
    return ends[0], ends[1]


def five_signal_index(
    frequency: Any = None, amount: Any = None, recommendation: Any = None, satisfaction: Any = None, trust: Any = None,
    *, data: Any = None, weights: Mapping[str, float] | Sequence[float] | None = None, least: int = 3,
    satisfaction_scale: tuple[float, float] = (1.0, 5.0), trust_scale: tuple[float, float] = (1.0, 5.0),
    errors: _columns.Errors = "raise",
) -> Any:  # fmt: skip
    """The loyalty index of five signals: the weighted mean of those that are known, each from 0 to 1.

    Args:
        frequency: how often the customer buys, as the place among all in [0, 1]: see :func:`percentile`.
        amount: how the amounts go, in [0, 1]: see :func:`amount_trend`; or the place of the amount among all.
        recommendation: an answer from 0 to 10.
        satisfaction, trust: answers on their scales.
        data: a table in which the signals may name columns.
        weights: of some signals by name, 1 for the others; or of all five in order. Only the ratios matter.
        least: how many signals must be known, from 1 to 5.
        satisfaction_scale, trust_scale: lowest and highest answer.
        errors: ``"coerce"`` gives NaN for a bad row instead of an error.

    A missing value is a signal that is not known, and so is one that is not given. Customers with too few have NaN, and
    a warning says that there are some (``NOTICE_SKIPPED``).

    Returns:
        A :class:`FiveSignals` for numbers; for columns a table with ``five_signal_index`` and ``known``.
    """
    weight = weights_of({} if weights is None else weights, SIGNALS)
    scales = (*_scale(satisfaction_scale, "satisfaction_scale"), *_scale(trust_scale, "trust_scale"))
    given = dict(zip(SIGNALS, (frequency, amount, recommendation, satisfaction, trust), strict=True))
    if all(value is None for value in given.values()):
        raise _columns.bad("frequency", "or another signal must be given")
    table = _columns.arguments(data, **given)
    columns = [table.float64(name) if name in table else None for name in SIGNALS]
    out, known = _columns.empty_float64(table.n), np.empty(table.n, dtype=np.int64)
    point = table.kind == "scalar"
    with point_errors(point, _NAMES, ("weights",)):
        status, _bad, _skipped = _loyalty.five_signal_batch(
            _columns.float64(weight, "weights"), least, *scales, columns[0], columns[1], columns[2], columns[3],
            columns[4], out, known, _columns.coerce(errors),
        )  # fmt: skip
    notice(status, "customers of whom too few signals are known have no index")
    if point:
        return FiveSignals(float(out[0]), int(known[0]))
    return table.frame({"five_signal_index": out, "known": known})


def percentile(values: Any, *, data: Any = None) -> Any:
    """The place of each value among all, above 0 and below 1: (values below + half of the values equal, itself
    included)/values. A missing value has none, NaN."""
    table = _columns.arguments(data, values=values)
    out = _columns.empty_float64(table.n)
    with point_errors(table.kind == "scalar", {"value": "values"}):
        _loyalty.percentile_batch(table.float64("values"), out)
    return table.column(out, "percentile")


def amount_trend(amounts: Any, *, data: Any = None, errors: _columns.Errors = "raise") -> Any:
    """The trend of yearly amounts: (tau + 1)/2, with tau the share of pairs of years in which the later amount is the
    larger less that in which it is the smaller (the statistic of Mann and Kendall). 0 always fell, 1/2 no trend, 1
    always rose.

    Args:
        amounts: a table or an array of two dimensions with a column for each year, or a list of columns, or with
            ``data`` of their names; the earliest first, from 2 to 1000. Missing years are left out; with fewer than two
            the trend is NaN.
        data: a table in which ``amounts`` may name columns.
        errors: ``"coerce"`` gives NaN for a row with an infinite amount instead of an error.
    """
    table, years, columns = yearly(amounts, data)
    out = _columns.empty_float64(table.n)
    with point_errors(table.kind == "scalar", {"amount": "amounts", "years": "amounts"}):
        _loyalty.trend_signal_batch(columns, years, out, _columns.coerce(errors))
    return table.column(out, "amount_trend")
