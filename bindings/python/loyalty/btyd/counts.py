"""Do the customers look like the model? How many made 0, 1, 2 ... purchases, against how many it expects."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from .. import _columns, _loyalty
from .._columns import FloatArray
from ._model import Model, history, thread_count
from .model_file import _row

__all__ = ["CountTest", "count_test"]


class CountTest(NamedTuple):
    """A chi-squared test of the numbers of customers by purchases. ``observed`` and ``expected``: customers with 0, 1,
    2 ... repeat purchases, the last also with more. The p-value is at most ``p_value`` and at least ``p_least``, as
    fitted parameters follow the data."""

    statistic: float
    p_value: float
    p_least: float
    df: int
    observed: FloatArray
    expected: FloatArray


def count_test(model: Model, data: Any, columns: dict[str, Any], weights: Any, bars: int) -> CountTest:
    """See :meth:`loyalty.btyd._transactions.TransactionModel.count_test`."""
    row = _row(model)
    if isinstance(bars, bool) or not isinstance(bars, (int, np.integer)) or not 2 <= bars <= 32:
        raise _columns.bad("bars", f"must be a whole number from 2 to 32, not {bars!r}")
    table = history(data, columns, weights)
    observed, expected = _columns.empty_float64(int(bars)), _columns.empty_float64(int(bars))
    fixed = len(model._names) if math.isnan(model.log_likelihood_) else 0
    with _columns.blame({"x": "frequency", "weight": "weights"}):
        statistic, p_value, p_least, df = _loyalty.model_counts(
            row, table.float64("frequency"), table.float64("T"), None if weights is None else table.float64("weights"),
            fixed, 5.0, thread_count(model.threads), observed, expected,
        )  # fmt: skip
    return CountTest(statistic, p_value, p_least, df, observed, expected)
