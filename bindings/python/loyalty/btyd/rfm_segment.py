"""Named segments of customers: ranges of scores of recency, frequency and monetary value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from .. import _columns, _loyalty
from .._columns import Errors, IntArray
from .._params import labels

__all__ = [
    "RFM_SEGMENTS", "RFMSegment", "SegmentCover", "check_rfm_segments", "rfm_segment_shares", "rfm_segments",
    "segment_names", "segment_numbers",
]  # fmt: skip

OTHER = "other"


class RFMSegment(NamedTuple):
    """One segment: a name, one in Chinese or None, and the ranges (lowest, highest) of the three scores."""

    name: str
    name_zh: str | None
    recency: tuple[int, int]
    frequency: tuple[int, int]
    monetary: tuple[int, int]


def _default(number: int) -> RFMSegment:
    name, name_zh, *ends = _loyalty.rfm_segment_default(number)
    return RFMSegment(name, name_zh, (ends[0], ends[1]), (ends[2], ends[3]), (ends[4], ends[5]))


RFM_SEGMENTS: tuple[RFMSegment, ...] = tuple(_default(i) for i in range(_loyalty.rfm_segment_count()))
"""The library's own table, for 5 scores; every combination is in one segment."""


def _ranges(segments: Sequence[RFMSegment]) -> IntArray:
    """Six numbers for each segment."""
    rows = []
    for index, segment in enumerate(segments):
        try:
            name, name_zh, *ends = segment
            row = np.array([[int(low), int(high)] for low, high in ends], dtype=np.int64)
        except (TypeError, ValueError, OverflowError):
            row = np.empty((0, 2), dtype=np.int64)
        if row.shape != (3, 2) or not isinstance(name, str) or not isinstance(name_zh, (str, type(None))):
            raise _columns.bad("segments", "must be (name, name in Chinese or None, three ranges (low, high))", index)
        rows.append(row.ravel())
    return np.concatenate(rows) if rows else np.empty(0, dtype=np.int64)


_BLAME = {"segment": "segments", "ranges": "segments", "r": "R", "f": "F", "m": "M"}


def segment_numbers(
    segments: Sequence[RFMSegment], scores: int, r: IntArray, f: IntArray, m: IntArray, coerce: bool
) -> tuple[IntArray, IntArray]:
    """The number of each customer's segment, that of "other" being the length of the table, and -1 a bad row; and how
    many customers there are in each."""
    number, members = np.empty(len(r), dtype=np.int64), np.empty(len(segments) + 1, dtype=np.int64)
    with _columns.blame(_BLAME):
        _loyalty.rfm_segment_batch(_ranges(segments), scores, r, f, m, number, members, coerce)
    return number, members


def segment_names(number: IntArray, segments: Sequence[RFMSegment]) -> Any:
    """Numbers as names; None for a bad row."""
    return labels(number, [segment[0] for segment in segments] + [OTHER])


@dataclass(frozen=True, slots=True)
class SegmentCover:
    """What a table of segments covers.

    Attributes:
        combinations: of scores, scores^3.
        uncovered: in no segment; their customers are "other".
        overlapping: in two segments or more; the first of them counts.
        hidden: segments that have no combination of their own, because earlier ones hold all of theirs.
        first_uncovered: the first combination (R, F, M) in no segment, or None.
        first_hidden: the name of the first such segment, or None.
    """

    combinations: int
    uncovered: int
    overlapping: int
    hidden: int
    first_uncovered: tuple[int, int, int] | None
    first_hidden: str | None


def check_rfm_segments(segments: Sequence[RFMSegment] = RFM_SEGMENTS, scores: int = 5) -> SegmentCover:
    """Whether a table of segments covers every combination of scores, and what of it overlaps.

    Raises:
        DomainError: a range that is not 1 <= lowest <= highest <= scores; ``index`` is the segment.
    """
    with _columns.blame(_BLAME):
        combinations, without, overlapping, count, uncovered, hidden = _loyalty.rfm_segment_check(
            _ranges(segments), scores
        )
    first = (uncovered // 10000, uncovered // 100 % 100, uncovered % 100) if uncovered else None
    name = segments[hidden][0] if hidden >= 0 else None
    return SegmentCover(combinations, without, overlapping, count, first, name)


def _scores(data: Any, r: Any, f: Any, m: Any) -> _columns.Table:
    given = {"R": r, "F": f, "M": m}
    if data is not None:
        given = {name: name if value is None else value for name, value in given.items()}
    for name, value in given.items():
        if value is None:
            raise _columns.bad(name, "must be given, or a table with such a column")
    return _columns.arguments(data, **given)


def _column(table: _columns.Table, name: str, coerce: bool) -> IntArray:
    """Scores as integers; with ``coerce`` what is no whole number is 0, a bad score."""
    if not coerce:
        return table.int64(name)
    values = table.float64(name)
    good = np.abs(values) <= 2.0**31
    return np.where(good & (values == np.trunc(np.where(good, values, 0.0))), values, 0.0).astype(np.int64)


def rfm_segments(
    data: Any = None, *, R: Any = None, F: Any = None, M: Any = None, segments: Sequence[RFMSegment] = RFM_SEGMENTS,
    scores: int = 5, errors: Errors = "raise",
) -> Any:  # fmt: skip
    """The name of each customer's segment: the first of the table whose three ranges hold the scores, else "other".

    Args:
        data: a table with the scores R, F and M, such as :func:`rfm_scores` gives.
        R, F, M: columns, or names of columns of ``data``.
        segments: the table.
        scores: how many there are.
        errors: ``"coerce"`` gives None for a bad row instead of an error.
    """
    table, coerce = _scores(data, R, F, M), _columns.coerce(errors)
    r, f, m = (_column(table, name, coerce) for name in ("R", "F", "M"))
    return table.column(segment_names(segment_numbers(segments, scores, r, f, m, coerce)[0], segments), "segment")


def rfm_segment_shares(
    data: Any = None, *, R: Any = None, F: Any = None, M: Any = None, segments: Sequence[RFMSegment] = RFM_SEGMENTS,
    scores: int = 5, errors: Errors = "raise",
) -> Any:  # fmt: skip
    """How many customers are in each segment; arguments as for :func:`rfm_segments`.

    Returns:
        A table with a row for each segment and a last one for "other": segment, segment_zh, customers, share (NaN
        without any customer).
    """
    table, coerce = _scores(data, R, F, M), _columns.coerce(errors)
    r, f, m = (_column(table, name, coerce) for name in ("R", "F", "M"))
    members = segment_numbers(segments, scores, r, f, m, coerce)[1]
    total = int(members.sum())
    names = [segment[0] for segment in segments] + [OTHER]
    chinese = [segment[1] for segment in segments] + ["其他"]
    share = members / total if total else np.full(len(members), np.nan)
    return table.new_frame(
        {"segment": np.array(names), "segment_zh": np.array(chinese), "customers": members, "share": share}
    )
