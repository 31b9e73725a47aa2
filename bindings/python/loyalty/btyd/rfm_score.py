"""Scores of recency, frequency and monetary value by quantiles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .. import _columns, _loyalty
from .._columns import Errors, Table
from .rfm_segment import RFM_SEGMENTS, RFMSegment, segment_names, segment_numbers

__all__ = ["quantile_scores", "rfm_scores"]


def quantile_scores(
    values: Any, scores: int = 5, *, reverse: bool = False, data: Any = None, errors: Errors = "raise"
) -> Any:
    """The score of each value by its place among all: 1 + floor(scores * place), place = (values below + half of those
    equal, itself included)/values. Equal values have one score.

    Args:
        values: a column, or with ``data`` the name of one.
        scores: how many, from 2 to 10.
        reverse: the smaller the value, the higher its score.
        data: a table in which ``values`` may name a column.
        errors: ``"coerce"`` gives 0 for a missing or infinite value instead of an error.
    """
    table = _columns.arguments(data, values=values)
    out = np.empty(table.n, dtype=np.int64)
    with _columns.blame({"value": "values"}):
        _loyalty.quantile_score_batch(table.float64("values"), scores, reverse, out, _columns.coerce(errors))
    return table.column(out, "score")


def _customers(data: Any, recency: Any, frequency: Any, monetary: Any) -> Table:
    source = None if data is None else _columns.table(data)
    if source is not None and "T" in source and "recency" in source:  # the summary of a log
        if isinstance(recency, str) and recency == "recency":
            detail = "counts from the first purchase in the summary of a log: leave it out, T - recency is taken"
            raise _columns.bad("recency", detail)
        if recency is None:
            recency = source.float64("T") - source.float64("recency")
    if recency is None:
        raise _columns.bad("recency", "must be given: the time since the last purchase")
    if source is not None:
        frequency = "frequency" if frequency is None else frequency
        monetary = "monetary_value" if monetary is None else monetary
    for name, value in (("frequency", frequency), ("monetary", monetary)):
        if value is None:
            raise _columns.bad(name, "must be given, or a table with such a column")
    return _columns.arguments(source, recency=recency, frequency=frequency, monetary=monetary)


def rfm_scores(
    data: Any = None, *, recency: Any = None, frequency: Any = None, monetary: Any = None, scores: int = 5,
    nested: bool = False, segments: Sequence[RFMSegment] | None = None, errors: Errors = "raise",
) -> Any:  # fmt: skip
    """Scores of recency, frequency and monetary value, from 1 to 5, and the segment that they make.

    Args:
        data: customers, one a row; what :func:`loyalty.rfm_summary` gives needs nothing more.
        recency: time since the last purchase, in any unit; the shorter, the higher the score. By default T - recency of
            the summary of a log, in which recency counts from the first purchase.
        frequency: number of purchases or of repeat purchases; by default the column "frequency".
        monetary: amount, in all or per purchase; by default the column "monetary_value".
        scores: how many, from 2 to 10; 5 are quintiles.
        nested: score frequency among the customers of one R, monetary value among those of one R and F, instead of each
            among all.
        segments: a table of segments, see :data:`RFM_SEGMENTS`, which is the default for 5 scores.
        errors: ``"coerce"`` gives scores of 0 and no segment for a customer with a missing or infinite value, who
            counts for no other, instead of an error.

    Returns:
        A table with R, F, M; with code, 100 R + 10 F + M, unless there are 10 scores; and with segment, unless there
        are other than 5 scores and no segments given.
    """
    table = _customers(data, recency, frequency, monetary)
    if segments is None and scores == 5:
        segments = RFM_SEGMENTS
    r, f, m, code = (np.empty(table.n, dtype=np.int64) for _ in range(4))
    coerce = _columns.coerce(errors)
    _loyalty.rfm_score_batch(
        table.float64("recency"), table.float64("frequency"), table.float64("monetary"), scores, bool(nested), r, f, m,
        None if scores > 9 else code, coerce,
    )  # fmt: skip
    answer: dict[str, Any] = {"R": r, "F": f, "M": m}
    if scores <= 9:
        answer["code"] = code
    if segments is not None:
        answer["segment"] = segment_names(segment_numbers(segments, scores, r, f, m, coerce)[0], segments)
    return table.frame(answer)
