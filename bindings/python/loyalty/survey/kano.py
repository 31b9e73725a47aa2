"""Kano's classes of product features, and the zones of expressed and expected wishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .. import _columns, _loyalty
from .._errors import LoyaltyError, notice
from .._formulas import point_errors
from .._params import labels
from ._answers import Words, number, numbers

__all__ = [
    "EXPECTATION_ZONES", "EXPECTATION_ZONES_ZH", "KANO_ANSWERS", "KANO_ANSWERS_ZH", "KANO_CATEGORIES",
    "KANO_CATEGORIES_ZH", "KANO_LETTERS", "Kano", "expectation_zone", "kano", "kano_classify", "kano_from_counts",
    "kano_table",
]  # fmt: skip

KANO_ANSWERS: tuple[str, ...] = tuple(_loyalty.kano_answer_name(i, False) for i in range(1, 6))
"""The five answers, numbered from 1: like, expect, neutral, tolerate, dislike."""
KANO_ANSWERS_ZH: tuple[str, ...] = tuple(_loyalty.kano_answer_name(i, True) for i in range(1, 6))
"""Their names in Chinese."""
KANO_CATEGORIES: tuple[str, ...] = tuple(_loyalty.kano_category_name(i, False) for i in range(6))
"""The classes: attractive, one-dimensional, must-be, indifferent, reverse, questionable."""
KANO_CATEGORIES_ZH: tuple[str, ...] = tuple(_loyalty.kano_category_name(i, True) for i in range(6))
"""Their names in Chinese."""
KANO_LETTERS: tuple[str, ...] = tuple(_loyalty.kano_category_letter(i) for i in range(6))
"""Their letters: A, O, M, I, R, Q."""
EXPECTATION_ZONES: tuple[str, ...] = tuple(_loyalty.expectation_zone_name(i, False) for i in range(4))
"""Zones of a wish: basic, satisfaction, delight, loyalty."""
EXPECTATION_ZONES_ZH: tuple[str, ...] = tuple(_loyalty.expectation_zone_name(i, True) for i in range(4))
"""Their names in Chinese."""

_WORDS: Words = {word: i for words in (KANO_ANSWERS, KANO_ANSWERS_ZH) for i, word in enumerate(words, 1)}


@dataclass(frozen=True, slots=True)
class Kano:
    """One feature over its respondents. Made by :func:`kano` and :func:`kano_from_counts`.

    Attributes:
        category: the most frequent class; of equals the first of must-be, one-dimensional, attractive, indifferent,
            reverse, questionable.
        better: (A + O)/(A + O + M + I), how much satisfaction the feature adds when it is there, in [0, 1].
        worse: -(O + M)/(A + O + M + I), how much it costs when it is not, in [-1, 0].
        better_standard_error, worse_standard_error: of the coefficients.
        counts: respondents in each class, by name.
        n: respondents used.
        missing: respondents left out.
        tied: whether another class is as frequent.
        status_: ``"OK"``, or ``"NOTICE_NONE"`` when nobody is in A, O, M or I and the coefficients are NaN.
    """

    category: str
    better: float
    worse: float
    better_standard_error: float
    worse_standard_error: float
    counts: Mapping[str, int]
    n: int
    missing: int = 0
    tied: bool = False
    status_: str = field(default="OK", repr=False)

    def intervals(self, level: float = 0.95) -> tuple[tuple[float, float], tuple[float, float]]:
        """The Wilson intervals of better and of worse, each (lower, upper)."""
        with _columns.blame({"result": "counts"}):
            b0, b1, w0, w1 = _loyalty.kano_intervals(_columns.int64(list(self.counts.values()), "counts"), level)
        return (b0, b1), (w0, w1)


def _kano(fields: tuple[Any, ...]) -> Kano:
    status, *count = fields[:7]
    n, missing, category, tied, better, worse, better_se, worse_se = fields[7:]
    return Kano(
        KANO_CATEGORIES[category], better, worse, better_se, worse_se, dict(zip(KANO_CATEGORIES, count, strict=True)),
        n, missing, tied, notice(status, "nobody is in A, O, M or I, so the coefficients do not exist"),
    )  # fmt: skip


def _pairs(functional: Any, dysfunctional: Any, data: Any) -> tuple[_columns.Table, Any, Any]:
    """The table of the answers, and both as numbers."""
    given = {"functional": functional, "dysfunctional": dysfunctional}
    table = _columns.arguments(data, **{name: number(value, _WORDS, name, data) for name, value in given.items()})
    f, d = (numbers(table, name, _WORDS) for name in given)
    return table, f, d


def kano(functional: Any, dysfunctional: Any, *, data: Any = None, skip_missing: bool = False) -> Kano:
    """Kano's class of a feature, and its coefficients Better and Worse, from pairs of answers.

    Args:
        functional: "how would you feel if it were there?", one answer each: 1 to 5, or a word of :data:`KANO_ANSWERS`
            or :data:`KANO_ANSWERS_ZH`.
        dysfunctional: "and if it were not?", likewise.
        data: a table in which the two may name columns.
        skip_missing: leave out respondents with a missing answer and count them in ``missing``.

    Raises:
        DomainError: an answer off the scale, or none at all.
    """
    _, f, d = _pairs(functional, dysfunctional, data)
    return _kano(_loyalty.kano_from_answers(f, d, skip_missing))


def kano_from_counts(
    attractive: int = 0, one_dimensional: int = 0, must_be: int = 0, indifferent: int = 0, reverse: int = 0,
    questionable: int = 0,
) -> Kano:  # fmt: skip
    """Kano's class of a feature, and its coefficients, from the number of respondents in each class."""
    count = {
        "attractive": attractive, "one_dimensional": one_dimensional, "must_be": must_be, "indifferent": indifferent,
        "reverse": reverse, "questionable": questionable,
    }  # fmt: skip
    try:
        return _kano(_loyalty.kano_from_counts(_columns.int64(list(count.values()), "counts")))
    except LoyaltyError as error:
        if error.index is not None:
            error.argument, error.index = list(count)[error.index], None
        raise


def kano_table(
    features: Mapping[str, tuple[Any, Any]], *, data: Any = None, skip_missing: bool = False, level: float = 0.95
) -> Any:
    """Several features of one survey: a table with one row for each.

    Args:
        features: for each feature its columns (functional, dysfunctional), or with ``data`` their names.
        data: a table in which columns may be named.
        skip_missing: as in :func:`kano`, for each feature by itself.
        level: of the intervals.

    Returns:
        A table with feature, category, tied, better, better_lower, better_upper, worse, worse_lower, worse_upper, n,
        missing and the counts A, O, M, I, R, Q.
    """
    if not features:
        raise _columns.bad("features", "must name at least one feature")
    kano_from_counts(attractive=1).intervals(level)  # said also when no feature has intervals
    rows: dict[str, list[Any]] = {}
    for feature, (functional, dysfunctional) in features.items():
        with _columns.blame({name: f"{feature}.{name}" for name in ("functional", "dysfunctional")}):
            found = kano(functional, dysfunctional, data=data, skip_missing=skip_missing)
        nowhere = (np.nan, np.nan)
        better, worse = found.intervals(level) if found.status_ == "OK" else (nowhere, nowhere)
        row = {
            "feature": feature, "category": found.category, "tied": found.tied, "better": found.better,
            "better_lower": better[0], "better_upper": better[1], "worse": found.worse, "worse_lower": worse[0],
            "worse_upper": worse[1], "n": found.n, "missing": found.missing,
            **dict(zip(KANO_LETTERS, found.counts.values(), strict=True)),
        }  # fmt: skip
        for name, value in row.items():
            rows.setdefault(name, []).append(value)
    kind = _columns.arguments(data, functional=functional)
    return kind.new_frame({name: np.array(values) for name, values in rows.items()})


def kano_classify(functional: Any, dysfunctional: Any, *, data: Any = None, errors: _columns.Errors = "raise") -> Any:
    """Kano's class of each respondent's pair of answers, by name; arguments as in :func:`kano`.

    ``errors="coerce"`` gives None for a bad row, a missing answer included, instead of an error.
    """
    table, f, d = _pairs(functional, dysfunctional, data)
    if table.kind == "scalar":
        return KANO_CATEGORIES[_loyalty.kano_classify(f[0], d[0])]
    category = np.empty(table.n, dtype=np.int64)
    _loyalty.kano_classify_batch(f, d, category, _columns.coerce(errors))
    return table.column(labels(category, KANO_CATEGORIES), "category")


def expectation_zone(expressed: Any, expected: Any, *, data: Any = None, errors: _columns.Errors = "raise") -> Any:
    """The zone of a wish, by name: basic (expected without a word), satisfaction (expressed and expected), delight
    (expressed, not expected), loyalty (neither).

    Args:
        expressed: whether the customer says it, 0 or 1 (or a boolean).
        expected: whether it is taken for granted, likewise.
        data: a table in which the two may name columns.
        errors: ``"coerce"`` gives None for a bad row instead of an error.
    """
    table = _columns.arguments(data, expressed=expressed, expected=expected)
    zone = np.empty(table.n, dtype=np.int64)
    with point_errors(table.kind == "scalar"):
        _loyalty.expectation_zone_batch(
            table.float64("expressed"), table.float64("expected"), zone, _columns.coerce(errors)
        )
    return table.column(labels(zone, EXPECTATION_ZONES), "zone")
