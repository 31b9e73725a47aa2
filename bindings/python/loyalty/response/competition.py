"""How much choice customers have: the competition index C, from shares, from alternatives, or by industry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .. import _columns, _loyalty
from .._errors import LoyaltyError
from .._formulas import mapped

__all__ = [
    "INDUSTRIES", "INDUSTRIES_ZH", "MarketStructure", "clip_competition", "competition_from_alternatives",
    "competition_index", "market_structure",
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


def clip_competition(index: Any, *, errors: _columns.Errors = "raise") -> Any:
    """The nearest c that the curve accepts, from 1e-9 to 1 - 1e-9: a monopoly has c = 0."""
    return mapped(_loyalty.competition_clip, {"index": index}, result="competition", errors=errors)
