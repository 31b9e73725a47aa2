"""Satisfaction S in [0, 1] from ratings, and back."""

from __future__ import annotations

from typing import Any

from .. import _columns, _loyalty
from .._formulas import mapped

__all__ = ["rating", "satisfaction"]


def satisfaction(
    rating: Any, *, lowest: float = 1, highest: float = 5, padding: float = 0, errors: _columns.Errors = "raise"
) -> Any:
    """Satisfaction s in [0, 1] of ratings: (x - lowest + padding) / (highest - lowest + 2 padding).

    Padding 0 sends the ends of the scale to 0 and 1, for drawing; 0.5 keeps them inside, for estimation.
    """
    return mapped(
        _loyalty.scale_satisfaction, {"rating": rating}, lowest, highest, padding, result="satisfaction", errors=errors
    )


def rating(
    satisfaction: Any, *, lowest: float = 1, highest: float = 5, padding: float = 0, errors: _columns.Errors = "raise"
) -> Any:
    """The rating of a satisfaction: the inverse of :func:`satisfaction`."""
    return mapped(
        _loyalty.scale_rating, {"satisfaction": satisfaction}, lowest, highest, padding, result="rating", errors=errors
    )
