"""What moves a Net Promoter Score: one respondent, and the mix and the scores of groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .. import _columns, _loyalty
from .._errors import notice

__all__ = ["NPSAttribution", "NPSGap", "NPSMoves", "nps_attribution", "nps_gap", "nps_moves"]


@dataclass(frozen=True, slots=True)
class NPSMoves:
    """How much the score changes with one respondent. Made by :func:`nps_moves`.

    Attributes:
        step: detractor to passive, or passive to promoter.
        conversion: detractor to promoter.
        new_promoter, new_passive, new_detractor: one more.
        lost_promoter, lost_passive, lost_detractor: one fewer; NaN when there is none, or nobody else.
    """

    step: float
    conversion: float
    new_promoter: float
    new_passive: float
    new_detractor: float
    lost_promoter: float
    lost_passive: float
    lost_detractor: float


@dataclass(frozen=True, slots=True)
class NPSGap:
    """The least that brings a score to a target. Made by :func:`nps_gap`.

    Attributes:
        steps: moves by one group, detractor to passive or passive to promoter.
        respondents: fewest respondents who can make those steps together.
        new_promoters: promoters to be added instead; None when no number is enough.
        status_: ``"OK"``, or ``"NOTICE_NOT_NEEDED"`` when the score is there already and all are 0.
    """

    steps: int
    respondents: int
    new_promoters: int | None
    status_: str = "OK"


@dataclass(frozen=True, slots=True)
class NPSAttribution:
    """The change of a score between two periods, split by group. Made by :func:`nps_attribution`.

    Attributes:
        before, after: the scores.
        change: after less before; mix + rate.
        mix: what other shares of the groups did.
        rate: what other scores of the groups did.
        groups: a table with one row for each group: share_before, share_after, score_before, score_after,
            contribution, mix, rate, relative_mix.
    """

    before: float
    after: float
    change: float
    mix: float
    rate: float
    groups: Any


def nps_moves(promoters: int, passives: int, detractors: int) -> NPSMoves:
    """How much the score changes when one respondent changes, comes or goes."""
    return NPSMoves(*_loyalty.nps_moves(promoters, passives, detractors))


def nps_gap(promoters: int, passives: int, detractors: int, target: float) -> NPSGap:
    """What brings the score to ``target``; a warning when it is there already."""
    status, steps, respondents, new = _loyalty.nps_gap(promoters, passives, detractors, target)
    return NPSGap(steps, respondents, new if new >= 0 else None, notice(status))


_COUNTS = ("promoters", "passives", "detractors")
_SHARES = ("share_before", "share_after", "score_before", "score_after")
_PARTS = ("contribution", "mix", "rate", "relative_mix")


def nps_attribution(
    data: Any = None, *, group: Any = None, before: Any = None, after: Any = None, share_before: Any = None,
    share_after: Any = None, score_before: Any = None, score_after: Any = None,
) -> NPSAttribution:  # fmt: skip
    """Split the change of a score into what the shares (mix) and what the scores (rate) of groups did.

    Args:
        data: a table with one row for each group, in which the other arguments may name columns.
        group: names of the groups, for the result.
        before, after: (promoters, passives, detractors) columns of the answers in each period, or
        share_before, share_after, score_before, score_after: the shares, which sum to 1, and the scores.
    """
    shares = (share_before, share_after, score_before, score_after)
    by_counts = before is not None and after is not None
    if by_counts == all(value is not None for value in shares):
        raise _columns.bad("before", "give either before and after, or all shares and scores")
    if by_counts:
        for period, columns in (("before", before), ("after", after)):
            if isinstance(columns, str) or len(columns) != 3:
                raise _columns.bad(period, "must be three columns: (promoters, passives, detractors)")
        given = {
            f"{period}_{name}": column
            for period, columns in (("before", before), ("after", after))
            for name, column in zip(_COUNTS, columns, strict=True)
        }
    else:
        given = dict(zip(_SHARES, shares, strict=True))
    table = _columns.arguments(data, **given, group=group)
    parts, found = _columns.empty_float64(4 * table.n), _columns.empty_float64(4 * table.n)
    if by_counts:
        first, second = (
            np.column_stack([table.int64(f"{period}_{name}") for name in _COUNTS]).reshape(-1)
            for period in ("before", "after")
        )
        total = _loyalty.nps_attribute_counts(first, second, found, parts)
    else:
        share0, share1, score0, score1 = (table.float64(name) for name in _SHARES)
        found = np.concatenate([share0, share1, score0, score1])
        total = _loyalty.nps_attribute(share0, share1, score0, score1, parts)
    names = {} if group is None else {"group" if not isinstance(group, str) else group: table.numpy("group")}
    values = dict(zip((*_SHARES, *_PARTS), np.concatenate([found, parts]).reshape(8, -1), strict=True))
    return NPSAttribution(*(*total, table.new_frame({**names, **values})))
