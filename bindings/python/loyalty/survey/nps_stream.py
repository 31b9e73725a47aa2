"""Answers counted as they come, on one machine or on several."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from .. import _columns, _loyalty
from .nps import NPS, _bytes, _is_bytes, _nps

__all__ = ["NPSStream"]

_ANSWERS = 11  # 0 to 10
_OWN = {"stream": "self", "into": "self", "from": "other"}


class NPSStream:
    """How often each answer from 0 to 10 was given, of answers that come bit by bit.

    Counts are exact and their order does not matter: streams of parts of a survey merge into the same numbers as one of
    all of it. The groups are cut when the result is asked for. Streams can be pickled; threads may update one stream.

    Args:
        counts: how often each answer was given, from 0 to 10, to go on where another stream stopped.
        missing: answers that were not given.

        >>> stream = NPSStream().update([10, 9, 3])
        >>> stream.merge(NPSStream().update([8])).result().score
        0.25
    """

    __slots__ = ("_counts",)

    def __init__(self, counts: Any = None, missing: int = 0) -> None:
        self._counts = np.zeros(_ANSWERS + 1, dtype=np.int64)
        if counts is None and missing == 0:
            return
        given = _columns.int64(np.zeros(_ANSWERS, np.int64) if counts is None else counts, "counts")
        if len(given) != _ANSWERS:
            raise _columns.bad(
                "counts", f"must be the {_ANSWERS} counts of the answers 0 to 10, not {len(given)} numbers"
            )
        with _columns.blame({"from": "counts"}):
            self._pour(np.append(given, _columns.int64(missing, "missing")))

    def _pour(self, more: _columns.IntArray) -> None:
        """Add counts; holds the interpreter's lock, so that no thread's answers are lost."""
        _loyalty.nps_stream_merge(self._counts, more, self._counts)

    @property
    def counts(self) -> tuple[int, ...]:
        """How often each answer was given, from 0 to 10."""
        return tuple(self._counts[:_ANSWERS].tolist())

    @property
    def missing(self) -> int:
        """Answers left out."""
        return int(self._counts[_ANSWERS])

    @property
    def n(self) -> int:
        """Answers given."""
        return int(self._counts[:_ANSWERS].sum())

    def add(self, score: float, *, skip_missing: bool = False) -> Self:
        """Count one answer, a whole number from 0 to 10; NaN is a missing one. Returns the stream."""
        with _columns.blame(_OWN):
            _loyalty.nps_stream_add(self._counts, score, skip_missing, self._counts)
        return self

    def update(self, scores: Any, *, data: Any = None, skip_missing: bool = False) -> Self:
        """Count a column of answers, all or, after an error, none. Returns the stream.

        Args:
            scores: one answer each, whole numbers from 0 to 10; an array, a column, or with ``data`` the name of one.
            data: a table in which ``scores`` may name a column.
            skip_missing: count missing values in ``missing``; otherwise they are an error.
        """
        answers = _columns.arguments(data, scores=scores).numpy("scores")
        found = np.zeros(_ANSWERS + 1, dtype=np.int64)
        with _columns.blame({"score": "scores", **_OWN}):
            if _is_bytes(answers):
                _loyalty.nps_stream_add_bytes(found, _bytes(answers), found)
            else:
                _loyalty.nps_stream_add_scores(found, _columns.float64(answers, "scores"), skip_missing, found)
            self._pour(found)
        return self

    def merge(self, other: NPSStream) -> Self:
        """Add what another stream counted. Returns the stream."""
        if not isinstance(other, NPSStream):
            raise _columns.bad("other", f"must be an NPSStream, not {type(other).__name__}")
        with _columns.blame(_OWN):
            self._pour(other._counts)
        return self

    def groups(self, *, promoter_from: int = 9, passive_from: int = 7) -> tuple[int, int, int]:
        """(promoters, passives, detractors) counted so far."""
        promoters, passives, detractors, _ = _loyalty.nps_stream_counts(self._counts, promoter_from, passive_from)
        return promoters, passives, detractors

    def result(self, *, promoter_from: int = 9, passive_from: int = 7) -> NPS:
        """The score of the answers counted so far. A stream without an answer raises a DomainError."""
        with _columns.blame(_OWN):
            return _nps(_loyalty.nps_stream_result(self._counts, promoter_from, passive_from))

    def __eq__(self, other: object) -> bool:
        return np.array_equal(self._counts, other._counts) if isinstance(other, NPSStream) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # streams change

    def __reduce__(self) -> tuple[type[NPSStream], tuple[tuple[int, ...], int]]:
        return NPSStream, (self.counts, self.missing)

    def __repr__(self) -> str:
        return f"NPSStream(n={self.n}, missing={self.missing})"
