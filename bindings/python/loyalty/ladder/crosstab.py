"""How many customers are of each type, and how they moved between two times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _loyalty
from .._errors import notice
from .._frames import new_frame
from ._types import numbers_of

__all__ = ["Crosstab", "TypeShares", "crosstab", "type_shares"]

_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class TypeShares:
    """The shares of types in a population. Made by :func:`type_shares`.

    Attributes:
        types: their names.
        counts: customers of each type.
        shares: counts over their sum.
        lower, upper: ends of the Wilson intervals.
        n: customers with a type.
        unknown: customers without.
    """

    types: tuple[str, ...]
    counts: NDArray[np.int64]
    shares: _Floats
    lower: _Floats
    upper: _Floats
    n: int
    unknown: int
    _backend: str | None = field(default=None, repr=False)

    def table(self) -> Any:
        """A row for each type: type, count, share, lower, upper."""
        columns = {"type": list(self.types), "count": self.counts, "share": self.shares}
        return new_frame({**columns, "lower": self.lower, "upper": self.upper}, self._backend)


@dataclass(frozen=True, slots=True, eq=False)
class Crosstab:
    """Types at two times. Made by :func:`crosstab`.

    Attributes:
        types: their names, for rows (before) and columns (after).
        counts: ``counts[i, j]`` customers were i and are j; fit for ``LoyaltyLadder(...).fit(counts=...)``.
        shares: counts over their row's sum: where customers of a type went. NaN in a row of nobody.
        lower, upper: ends of the Wilson intervals of the shares.
        moved: the share of all customers who changed their type.
        moved_interval: its Wilson interval.
        n: customers with a type at both times.
        unknown: customers without.
        status_: ``"OK"``, or ``"NOTICE_NONE"`` when nobody was of some type.
    """

    types: tuple[str, ...]
    counts: NDArray[np.int64]
    shares: _Floats
    lower: _Floats
    upper: _Floats
    moved: float
    moved_interval: tuple[float, float]
    n: int
    unknown: int
    status_: str = "OK"
    _backend: str | None = field(default=None, repr=False)

    def table(self) -> Any:
        """A row for each pair of types: before, after, count, share, lower, upper."""
        k = len(self.types)
        pairs = {"before": [name for name in self.types for _ in range(k)], "after": list(self.types) * k}
        numbers = {"count": self.counts, "share": self.shares, "lower": self.lower, "upper": self.upper}
        return new_frame({**pairs, **{name: values.ravel() for name, values in numbers.items()}}, self._backend)


def type_shares(
    customers: Any, *, types: Sequence[str] | None = None, level: float = 0.95, data: Any = None
) -> TypeShares:
    """The share of each type among customers, with its Wilson interval, which holds for this type by itself.

    Args:
        customers: the type of each, as the typologies give it: names, categories, or with ``types`` numbers. Who is
            missing or ``"unknown"`` is left out and counted.
        types: names of the types, such as :data:`JONES_SASSER_TYPES`; by default the categories of the column, or the
            names found, sorted.
        level: confidence of each interval.
        data: a table in which ``customers`` may name a column.
    """
    table = _columns.arguments(data, customers=customers)
    (codes,), names = numbers_of(table, ["customers"], types)
    counts = np.empty(len(names), dtype=np.int64)
    shares, lower, upper = (_columns.empty_float64(len(names)) for _ in range(3))
    with _columns.blame({"type": "customers", "count": "customers"}):
        unknown = _loyalty.type_counts(codes, counts)
        _loyalty.shares_from_counts(counts, level, shares, lower, upper)
    return TypeShares(names, counts, shares, lower, upper, int(counts.sum()), unknown, table.backend)


def crosstab(
    before: Any, after: Any, *, types: Sequence[str] | None = None, level: float = 0.95, data: Any = None
) -> Crosstab:
    """Types of the same customers at two times: how many moved from where to where, as shares with Wilson intervals.

    Args:
        before, after: the type of each customer at two times, row by row; as in :func:`type_shares`. Who is unknown at
            one of them is left out and counted.
        types, level, data: as in :func:`type_shares`.
    """
    table = _columns.arguments(data, before=before, after=after)
    (first, second), names = numbers_of(table, ["before", "after"], types)
    k = len(names)
    counts = np.empty(k * k, dtype=np.int64)
    shares, lower, upper = (_columns.empty_float64(k * k) for _ in range(3))
    unknown = _loyalty.crosstab(first, second, counts)
    with _columns.blame({"count": "before"}):
        status = _loyalty.crosstab_shares(counts, level, shares, lower, upper)
        _, moved, *interval = _loyalty.crosstab_moved(counts, level)
    notice(status, "nobody was of some type before, so that its shares are NaN")
    return Crosstab(
        names, counts.reshape(k, k), shares.reshape(k, k), lower.reshape(k, k), upper.reshape(k, k), moved,
        (interval[0], interval[1]), int(counts.sum()), unknown, status, table.backend,
    )  # fmt: skip
