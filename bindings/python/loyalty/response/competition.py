"""How much choice customers have: the competition index C, from shares, from alternatives, or by industry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .. import _columns, _loyalty
from .._errors import LoyaltyError
from .._formulas import mapped, point_errors
from ._stack import stacked

__all__ = [
    "INDUSTRIES", "INDUSTRIES_ZH", "MarketStructure", "clip_competition", "competition_from_alternatives",
    "competition_from_rating", "competition_from_shares", "competition_index", "market_structure",
]  # fmt: skip

_INDUSTRIES = [_loyalty.industry(i) for i in range(5)]

INDUSTRIES: Mapping[str, float] = {name: c for name, _, c in _INDUSTRIES}
"""The competition index of five industries after Jones and Sasser (1995); illustrative."""
INDUSTRIES_ZH: Mapping[str, str] = {name: chinese for name, chinese, _ in _INDUSTRIES}
"""Their names in Chinese."""


@dataclass(frozen=True, slots=True)
class MarketStructure:
    """How concentrated a market is. Made by :func:`market_structure`.

    Attributes:
        index: competition c = 1 - hhi, in [0, 1).
        hhi: Herfindahl-Hirschman index, in (0, 1]; authorities quote it times 10,000.
        effective_suppliers: 1 / hhi, the number of equal suppliers as concentrated as these.
        normalized_hhi: hhi between 0 (all equal) and 1 (monopoly).
        entropy: - sum q ln q.
        entropy_suppliers: exp(entropy), which counts small suppliers for more.
        suppliers: those with a share above 0.
    """

    index: float
    hhi: float
    effective_suppliers: float
    normalized_hhi: float
    entropy: float
    entropy_suppliers: float
    suppliers: int


def market_structure(shares: Any, *, normalize: bool = False) -> MarketStructure:
    """The structure of a market from its shares.

    Args:
        shares: one share for each supplier (a list, an array, a column, or a dict of supplier to share). They must sum
            to 1 within 1e-6; zeros are dropped.
        normalize: divide by the sum instead, so that sales will do.

    Raises:
        DomainError: a negative share, or a sum that is not 1.
    """
    values = list(shares.values()) if isinstance(shares, Mapping) else shares
    column = _columns.float64(values, "shares")
    try:
        return MarketStructure(*_loyalty.competition_from_shares(column, normalize))
    except LoyaltyError as error:
        if error.argument == "share":
            error.argument = "shares"
            if error.index is None and not normalize and column.sum() > 0:
                error.detail = f"must sum to 1, not {column.sum():.6g}; normalize=True divides them by their sum"
        raise


def competition_index(shares: Any, *, normalize: bool = False) -> float:
    """The competition index c = 1 - HHI of market shares, from 0 (monopoly) towards 1; see :func:`market_structure`."""
    return market_structure(shares, normalize=normalize).index


def competition_from_alternatives(alternatives: Any, *, errors: _columns.Errors = "raise") -> Any:
    """The competition index of customers who would accept k suppliers, the present one among them: c = 1 - 1/k."""
    return mapped(
        _loyalty.competition_from_alternatives, {"alternatives": alternatives}, result="competition", errors=errors
    )


def competition_from_rating(rating: Any, categories: float, *, errors: _columns.Errors = "raise") -> Any:
    """The competition index from the answer, 1 to ``categories``, to "how many good alternatives do you have?":
    c = (rating - 1/2)/categories."""
    return mapped(_loyalty.competition_from_rating, {"rating": rating}, categories, result="competition", errors=errors)


def competition_from_shares(
    shares: Any, *, normalize: bool = False, data: Any = None, errors: _columns.Errors = "raise"
) -> Any:
    """The competition index c = 1 - HHI of each customer (or segment), from shares of its own.

    Args:
        shares: what the customer spends at each supplier: a table with a column for each supplier, a list of columns
            (with ``data``, of their names), or an array with a row for each customer. Missing values count as 0. With
            ``normalize=True``, 1 for each supplier that the customer would accept and 0 for the others will do: c is
            then 1 - 1/k for a choice of k.
        normalize: divide each row by its sum; otherwise it must be 1 within 1e-6.
        data: a table in which the shares may be names of columns.
        errors: ``"coerce"`` gives NaN for a bad row instead of an error.
    """
    table, columns = stacked(shares, "shares", data)
    out = _columns.empty_float64(table.n)
    with point_errors(table.kind == "scalar", {"share": "shares"}):
        _loyalty.competition_from_shares_batch(columns, normalize, out, _columns.coerce(errors))
    return table.column(out, "competition")


def clip_competition(index: Any, *, errors: _columns.Errors = "raise") -> Any:
    """The nearest c that the curve accepts, from 1e-9 to 1 - 1e-9: a monopoly has c = 0."""
    return mapped(_loyalty.competition_clip, {"index": index}, result="competition", errors=errors)
