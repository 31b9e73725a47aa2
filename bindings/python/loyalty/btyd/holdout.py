"""Was the forecast right? A model's prediction against what was bought in a holdout period."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from .. import _columns, _loyalty
from .._columns import FloatArray
from ._model import Model, history, thread_count
from .model_file import _row

__all__ = ["ModelHoldout", "holdout"]

_COUNTS = 1000  # holdout counts from here on are one outcome of the histogram


class ModelHoldout(NamedTuple):
    """How good a forecast was: purchases ``actual`` and ``expected`` in all, ``bias`` = expected / actual - 1, per
    customer ``mean_error``, ``mae`` and ``rmse``, the ``log_score`` (mean of -ln P(Y = y), the smaller the better), and
    ``pit``, the shares of the bins of the probability integral transform, all alike when the model is true."""

    actual: float
    expected: float
    bias: float
    mean_error: float
    mae: float
    rmse: float
    log_score: float
    pit: FloatArray


def holdout(
    model: Model, data: Any, test_frequency: Any, future_t: Any, columns: dict[str, Any], bins: int
) -> ModelHoldout:
    """See :meth:`loyalty.btyd._transactions.TransactionModel.holdout`."""
    row = _row(model)
    if data is not None:
        test_frequency = "test_frequency" if test_frequency is None else test_frequency
        future_t = "test_T" if future_t is None else future_t
    table = history(data, {**columns, "test_frequency": test_frequency, "future_t": future_t})
    if isinstance(bins, bool) or not isinstance(bins, (int, np.integer)) or not 2 <= bins <= 100:
        raise _columns.bad("bins", f"must be a whole number from 2 to 100, not {bins!r}")
    pit = _columns.empty_float64(int(bins))
    names = {"x": "frequency", "t_x": "recency", "y": "test_frequency"}
    with _columns.blame(names):
        actual, expected, bias, mean_error, mae, rmse, log_score = _loyalty.model_holdout(
            row, table.float64("frequency"), table.float64("recency"), table.float64("T"), table.float64("future_t"),
            table.float64("test_frequency"), _COUNTS, thread_count(model.threads), pit,
        )  # fmt: skip
    return ModelHoldout(actual, expected, bias, mean_error, mae, rmse, log_score, pit)
