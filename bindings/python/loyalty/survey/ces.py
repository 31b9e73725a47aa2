"""The Customer Effort Score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .. import _columns, _loyalty
from .csat import CSAT
from .estimate import Mean, _mean

__all__ = ["CES", "ces"]


@dataclass(frozen=True, slots=True)
class CES:
    """How easy it was. Made by :func:`ces`.

    Attributes:
        mean: of the answers; ``mean.interval()`` is its t interval.
        agree: the share of those who agree that it was easy; ``agree.interval()`` is its Wilson interval.
    """

    mean: Mean
    agree: CSAT


def ces(
    scores: Any, *, data: Any = None, lowest: int = 1, highest: int = 7, boxes: int = 3, skip_missing: bool = False
) -> CES:
    """The effort score of answers to "the company made it easy for me to handle my issue", 1 to 7 for agreement.

    Args:
        scores: one answer each, whole numbers, the higher the easier; of a question that runs the other way, give
            lowest + highest - answer. An array, a column, or with ``data`` the name of a column.
        data: a table in which ``scores`` may name a column.
        lowest, highest: the ends of the scale.
        boxes: how many of the highest answers agree.
        skip_missing: leave missing answers out and count them.

    Raises:
        DomainError: an answer off the scale, or none at all.
    """
    table = _columns.arguments(data, scores=scores)
    with _columns.blame({"score": "scores"}):
        *fields, top, share, error = _loyalty.ces_from_scores(
            table.float64("scores"), lowest, highest, boxes, skip_missing
        )
    mean = _mean(*fields)
    return CES(mean, CSAT(share, error, top, mean.n, mean.missing))
