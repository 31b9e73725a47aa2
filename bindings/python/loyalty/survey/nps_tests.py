"""Tests of Net Promoter Scores: against a benchmark, two samples, two waves of the same respondents, several groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any, Literal

import numpy as np

from .. import _columns, _loyalty
from .._errors import LoyaltyError, build
from .nps import NPS, _codes, _fields, _score, nps_from_counts

__all__ = [
    "Alternative", "NPSBenchmark", "NPSDifference", "NPSGroups", "NPSPair", "holm", "nps_compare", "nps_groups",
    "nps_overlap", "nps_paired", "nps_permutation_test", "nps_test",
]  # fmt: skip

Alternative = Literal["two-sided", "greater", "less"]
_ALTERNATIVES = {"two-sided": 0, "greater": 1, "less": 2}
_METHODS = {"adjusted_wald": 0, "wald": 1, "score": 2}
_TWO_METHODS = {"adjusted_wald": 0, "wald": 1}


@dataclass(frozen=True, slots=True)
class NPSBenchmark:
    """A score against a benchmark. Made by :func:`nps_test`.

    Attributes:
        score: as observed.
        difference: score less benchmark.
        standard_error: that the statistic is built on.
        statistic: normal when the score of the population is the benchmark.
        p_value: of the alternative that was asked for.
    """

    score: float
    difference: float
    standard_error: float
    statistic: float
    p_value: float


@dataclass(frozen=True, slots=True)
class NPSDifference:
    """A difference of two scores.

    Attributes:
        difference: as observed: first less second, later less earlier.
        centre: middle of the interval: the observed difference, or that of the adjusted scores.
        standard_error: of the centre.
        statistic: centre / standard_error.
        df: degrees of freedom of Student's t; infinite for the normal distribution.
        p_value: of the alternative that was asked for.
        lower, upper: two-sided interval for the difference.
    """

    difference: float
    centre: float
    standard_error: float
    statistic: float
    df: float
    p_value: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class NPSPair:
    """Two of several groups: the difference of their scores, two-sided, and its p-value adjusted after Holm."""

    first: Any
    second: Any
    comparison: NPSDifference
    adjusted_p_value: float


@dataclass(frozen=True, slots=True)
class NPSGroups:
    """Are the scores of several groups the same? Made by :func:`nps_groups`.

    Attributes:
        statistic, df, p_value: the chi-squared test that all groups have one score.
        score, standard_error: the common score, each group weighted with 1 / se².
        groups: the score of each group.
        pairs: every two groups.
    """

    statistic: float
    df: float
    p_value: float
    score: float
    standard_error: float
    groups: dict[Any, NPS]
    pairs: tuple[NPSPair, ...]


def _choice(name: str, value: str, known: Mapping[str, int]) -> int:
    if value not in known:
        raise _columns.bad(name, f"must be one of {', '.join(map(repr, known))}, not {value!r}")
    return known[value]


def _one(
    name: str, value: Any, data: Any, weights: Any, promoter_from: int, passive_from: int, skip_missing: bool
) -> NPS:
    """A score: as it is, or of answers."""
    if isinstance(value, NPS):
        return value
    table = _columns.arguments(data, **{name: value, "weights": weights})
    own = None if weights is None else table.numpy("weights")
    with _columns.blame({"scores": name}):
        return _score(table.numpy(name), own, promoter_from, passive_from, skip_missing)


def _split(
    scores: Any, by: Any, data: Any, weights: Any, promoter_from: int, passive_from: int, skip_missing: bool
) -> tuple[dict[Any, NPS | None], _columns.Table, Any]:
    """The score of each group, None where it has too few answers; the table; the groups as given."""
    table = _columns.arguments(data, scores=scores, weights=weights, by=by)
    given = table.numpy("by")
    answers = table.numpy("scores")
    weight = None if weights is None else table.numpy("weights")
    names, codes = _codes(given)
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(len(names) + 1))
    found: dict[Any, NPS | None] = {}
    for name, (first, last) in zip(names, pairwise(ends), strict=True):
        rows = order[first:last]
        try:
            own = None if weight is None else weight[rows]
            found[name] = _score(answers[rows], own, promoter_from, passive_from, skip_missing)
        except LoyaltyError as error:
            if error.code != "ERR_TOO_FEW":
                if error.index is not None:
                    error.index = int(rows[error.index])
                raise
            found[name] = None
    return found, table, given


def _all(found: Mapping[Any, NPS | None]) -> dict[Any, NPS]:
    for name, score in found.items():
        if score is None:
            raise build("ERR_TOO_FEW", "scores", None, f"has too few answers in group {name!r}")
    return {name: score for name, score in found.items() if score is not None}


def _group(name: Any, value: Any) -> NPS:
    """The score of one group of a dict."""
    if isinstance(value, NPS):
        return value
    if not isinstance(value, Sequence) or len(value) != 3:
        raise _columns.bad("scores", f"must be an NPS or (promoters, passives, detractors) in group {name!r}")
    try:
        return nps_from_counts(*value)
    except LoyaltyError as error:
        raise build(error.code, "scores", None, f"in group {name!r}, {error}") from None


def nps_test(
    scores: Any, benchmark: float, *, weights: Any = None, by: Any = None, data: Any = None,
    method: Literal["adjusted_wald", "wald", "score"] = "adjusted_wald", alternative: Alternative = "two-sided",
    promoter_from: int = 9, passive_from: int = 7, skip_missing: bool = False,
) -> Any:  # fmt: skip
    """Is the score of the population the benchmark?

    Args:
        scores: an :class:`NPS`, or answers from 0 to 10: an array, a column, or with ``data`` the name of a column.
        benchmark: in [-1, 1].
        weights, data, promoter_from, passive_from, skip_missing: as for :func:`nps`.
        by: one group for each answer. The result is then a table with one row for each group; a group with too few
            answers has NaN.
        method: ``"adjusted_wald"`` (default), ``"wald"``, or ``"score"``, best for fewer than 30 answers.
        alternative: ``"two-sided"``, ``"greater"`` (the score is above the benchmark), ``"less"``.

    Returns:
        :class:`NPSBenchmark`, or a table with ``by``.
    """
    numbers = _choice("method", method, _METHODS), _choice("alternative", alternative, _ALTERNATIVES)
    if by is None:
        score = _one("scores", scores, data, weights, promoter_from, passive_from, skip_missing)
        with _columns.blame({"score": "scores"}):
            return NPSBenchmark(*_loyalty.nps_test(_fields(score), benchmark, *numbers))
    _loyalty.nps_test(_fields(nps_from_counts(1, 1, 1)), benchmark, *numbers)  # said also when no group has answers
    found, table, given = _split(scores, by, data, weights, promoter_from, passive_from, skip_missing)
    rows = []
    for one in found.values():
        row: tuple[float, ...] = (np.nan,) * 5
        if one is not None:
            try:
                row = _loyalty.nps_test(_fields(one), benchmark, *numbers)
            except LoyaltyError as error:
                if error.code != "ERR_TOO_FEW":
                    raise
        rows.append((one.n if one else 0, *row))
    columns = ("n", "score", "difference", "standard_error", "statistic", "p_value")
    name = by if isinstance(by, str) else str(getattr(by, "name", None) or "group")
    values = {key: np.array([row[i] for row in rows]) for i, key in enumerate(columns)}
    return table.new_frame({name: np.array(list(found), dtype=given.dtype), **values})


def nps_compare(
    first: Any, second: Any = None, *, by: Any = None, data: Any = None, weights: Any = None,
    method: Literal["adjusted_wald", "wald"] = "adjusted_wald", alternative: Alternative = "two-sided",
    level: float = 0.95, promoter_from: int = 9, passive_from: int = 7, skip_missing: bool = False,
) -> NPSDifference:  # fmt: skip
    """The difference of two independent scores, first less second.

    Args:
        first, second: each an :class:`NPS`, or answers from 0 to 10. Nobody may be in both; see :func:`nps_paired`.
        by: in place of ``second``, one group for each answer in ``first``; there must be two groups, and the first of
            them in sorted order is the first.
        weights: with ``by``, one weight for each answer. For two columns make each an :class:`NPS` first.
        data, promoter_from, passive_from, skip_missing: as for :func:`nps`.
        method, alternative: as for :func:`nps_test`; ``"greater"``: the first is above the second.
        level: confidence of the interval.
    """
    numbers = _choice("method", method, _TWO_METHODS), _choice("alternative", alternative, _ALTERNATIVES)
    if (second is None) == (by is None):
        raise _columns.bad("second", "give either second or by")
    if by is not None:
        found, _, _ = _split(first, by, data, weights, promoter_from, passive_from, skip_missing)
        if len(found) != 2:
            raise _columns.bad("by", f"must hold two groups, not {len(found)}")
        a, b = _all(found).values()
    else:
        if weights is not None:
            raise _columns.bad("weights", "must be given to nps() when there are two columns")
        a = _one("first", first, data, None, promoter_from, passive_from, skip_missing)
        b = _one("second", second, data, None, promoter_from, passive_from, skip_missing)
    return NPSDifference(*_loyalty.nps_compare(_fields(a), _fields(b), *numbers, level))


def nps_permutation_test(
    first: Any, second: Any, *, data: Any = None, alternative: Alternative = "two-sided", promoter_from: int = 9,
    passive_from: int = 7, skip_missing: bool = False,
) -> tuple[float, float]:  # fmt: skip
    """The exact permutation test of two independent samples without weights: (difference, p_value).

    How often does a random division of all respondents into samples of these sizes give a difference at least as large?
    All divisions are counted; nothing is simulated. Up to 2**20 answers. Arguments as for :func:`nps_compare`.
    """
    number = _choice("alternative", alternative, _ALTERNATIVES)
    a = _one("first", first, data, None, promoter_from, passive_from, skip_missing)
    b = _one("second", second, data, None, promoter_from, passive_from, skip_missing)
    for name, score in (("first", a), ("second", b)):
        if score.weighted:
            raise _columns.bad(name, "must be a score without weights")
    return _loyalty.nps_permutation_test(
        a.promoters, a.passives, a.detractors, b.promoters, b.passives, b.detractors, number
    )


def _panel(
    before: Any, after: Any, data: Any, promoter_from: int, passive_from: int, skip_missing: bool
) -> _columns.IntArray:
    table = _columns.arguments(data, before=before, after=after)
    panel = np.zeros(16, dtype=np.int64)
    _loyalty.nps_panel_count(
        table.float64("before"), table.float64("after"), promoter_from, passive_from, skip_missing, panel
    )
    return panel


def nps_paired(
    before: Any, after: Any, *, data: Any = None, alternative: Alternative = "two-sided", level: float = 0.95,
    promoter_from: int = 9, passive_from: int = 7, skip_missing: bool = False,
) -> NPSDifference:  # fmt: skip
    """The change of the score among respondents who answered both waves: a paired t test, later less earlier.

    Args:
        before, after: the answers of each respondent in the two waves, row by row.
        skip_missing: leave respondents out who answered one wave only; :func:`nps_overlap` uses their answers too.
        data, promoter_from, passive_from: as for :func:`nps`.
        alternative: ``"greater"``: the score rose.
        level: confidence of the interval.
    """
    number = _choice("alternative", alternative, _ALTERNATIVES)
    panel = _panel(before, after, data, promoter_from, passive_from, skip_missing)
    with _columns.blame({"panel": "after"}):
        return NPSDifference(*_loyalty.nps_paired(panel, number, level))


def nps_overlap(
    before: Any, after: Any, *, data: Any = None, alternative: Alternative = "two-sided", level: float = 0.95,
    promoter_from: int = 9, passive_from: int = 7,
) -> NPSDifference:  # fmt: skip
    """The change of the score between two waves that share some respondents, later less earlier.

    All answers count; the covariance of those who answered both waves comes off the variance.

    Args:
        before, after: one row for each respondent of either wave; a missing value is one who did not answer that wave.
        data, promoter_from, passive_from, alternative, level: as for :func:`nps_paired`.
    """
    number = _choice("alternative", alternative, _ALTERNATIVES)
    panel = _panel(before, after, data, promoter_from, passive_from, True)
    with _columns.blame({"panel": "after"}):
        return NPSDifference(*_loyalty.nps_overlap(panel, number, level))


def nps_groups(
    scores: Any, *, by: Any = None, data: Any = None, weights: Any = None,
    method: Literal["adjusted_wald", "wald"] = "adjusted_wald", level: float = 0.95, promoter_from: int = 9,
    passive_from: int = 7, skip_missing: bool = False,
) -> NPSGroups:  # fmt: skip
    """Do several groups have one score, and if not, which differ?

    Args:
        scores: a dict of group to :class:`NPS` (or to (promoters, passives, detractors)), or answers with ``by``.
        by: one group for each answer.
        data, weights, promoter_from, passive_from, skip_missing: as for :func:`nps`.
        method: as for :func:`nps_compare`.
        level: confidence of the interval of each pair, which is not adjusted.
    """
    number = _choice("method", method, _TWO_METHODS)
    if by is not None:
        groups = _all(_split(scores, by, data, weights, promoter_from, passive_from, skip_missing)[0])
    elif isinstance(scores, Mapping):
        groups = {name: _group(name, value) for name, value in scores.items()}
    else:
        raise _columns.bad("scores", "must be a dict of groups when by is not given")
    out = _columns.empty_float64(9 * (len(groups) * (len(groups) - 1) // 2))
    try:
        total = _loyalty.nps_homogeneity_test(_fields(*groups.values()), number, level, out)
    except LoyaltyError as error:
        if error.index is not None:
            raise build(error.code, "scores", None, f"{error.detail} (group {list(groups)[error.index]!r})") from None
        error.argument = "scores" if error.argument == "groups" else error.argument
        raise
    pairs = tuple(
        NPSPair(first, second, NPSDifference(*row[:8]), row[8])
        for (first, second), row in zip(combinations(groups, 2), out.reshape(-1, 9).tolist(), strict=True)
    )
    return NPSGroups(*(*total, groups, pairs))


def holm(p_values: Any) -> Any:
    """P-values of several tests, adjusted after Holm: the chance of even one false finding stays below the level."""
    table = _columns.arguments(p_values=p_values)
    out = _columns.empty_float64(table.n)
    with _columns.blame({"p": "p_values"}):
        _loyalty.holm(table.float64("p_values"), out)
    return table.column(out, "adjusted_p_value")
