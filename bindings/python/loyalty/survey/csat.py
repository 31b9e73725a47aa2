"""Customer satisfaction as the share of the top boxes, and as a mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .. import _columns, _loyalty
from .estimate import Mean, _mean

__all__ = ["CSAT", "CSAT_LEVELS", "CSAT_LEVELS_ZH", "csat", "csat_from_counts", "csat_mean"]

#: The five levels of overall satisfaction by their answer; the middle one already says "satisfied".
CSAT_LEVELS: dict[int, str] = {level: _loyalty.csat_level_name(level, False) for level in range(1, 6)}
CSAT_LEVELS_ZH: dict[int, str] = {level: _loyalty.csat_level_name(level, True) for level in range(1, 6)}


@dataclass(frozen=True, slots=True)
class CSAT:
    """Customer satisfaction as the share of the top boxes. Made by :func:`csat` and :func:`csat_from_counts`.

    Attributes:
        score: share of satisfied answers, in [0, 1].
        standard_error: of the score.
        top: satisfied answers.
        n: answers used.
        missing: answers left out.
    """

    score: float
    standard_error: float
    top: int
    n: int
    missing: int = 0

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The Wilson interval (lower, upper) of the share."""
        return _loyalty.csat_interval(self.top, self.n, level)


def csat(
    scores: Any, *, data: Any = None, lowest: int = 1, highest: int = 5, boxes: int = 2, skip_missing: bool = False
) -> CSAT:
    """The share of satisfied answers to "how satisfied are you?".

    Args:
        scores: one answer each, whole numbers on the scale; a missing value is an error unless ``skip_missing``. An
            array, a column, or with ``data`` the name of a column.
        data: a table in which ``scores`` may name a column.
        lowest, highest: the ends of the scale.
        boxes: how many of the highest answers count as satisfied.
        skip_missing: leave missing answers out and count them in ``missing``.

    Raises:
        DomainError: an answer off the scale, or none at all.
    """
    table = _columns.arguments(data, scores=scores)
    with _columns.blame({"score": "scores"}):
        top, n, missing, score, standard_error = _loyalty.csat_from_scores(
            table.float64("scores"), lowest, highest, boxes, skip_missing
        )
    return CSAT(score, standard_error, top, n, missing)


def csat_from_counts(top: int, n: int) -> CSAT:
    """The share of ``top`` satisfied answers among ``n``."""
    top, n, missing, score, standard_error = _loyalty.csat_from_counts(top, n)
    return CSAT(score, standard_error, top, n, missing)


def csat_mean(scores: Any, *, data: Any = None, lowest: int = 1, highest: int = 5, skip_missing: bool = False) -> Mean:
    """The mean of the answers to "how satisfied are you?", with its t interval. Arguments as for :func:`csat`."""
    table = _columns.arguments(data, scores=scores)
    with _columns.blame({"score": "scores"}):
        return _mean(*_loyalty.csat_mean(table.float64("scores"), lowest, highest, skip_missing))
