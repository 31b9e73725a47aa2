"""The loyalty index of three answers, and how secure a customer is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from .. import _columns, _loyalty
from .._formulas import point_errors
from .._params import labels
from ._answers import Words, number, numbers
from ._questions import weights_of
from .csat import CSAT_LEVELS, CSAT_LEVELS_ZH

__all__ = [
    "RECOMMENDATIONS", "RECOMMENDATIONS_ZH", "REPURCHASE_BANDS", "REPURCHASE_BANDS_ZH", "SECURITIES", "SECURITIES_ZH",
    "LoyaltyIndex", "loyalty_index",
]  # fmt: skip

REPURCHASE_BANDS: tuple[str, ...] = tuple(_loyalty.repurchase_band_name(i, False) for i in range(3))
"""Bands of the probability to buy again: low, middle, high."""
REPURCHASE_BANDS_ZH: tuple[str, ...] = tuple(_loyalty.repurchase_band_name(i, True) for i in range(3))
"""Their names in Chinese."""
RECOMMENDATIONS: tuple[str, ...] = tuple(_loyalty.recommendation_name(i, False) for i in range(1, 4))
"""Answers to "would you recommend us?", numbered from 1: impossible, possible, very likely."""
RECOMMENDATIONS_ZH: tuple[str, ...] = tuple(_loyalty.recommendation_name(i, True) for i in range(1, 4))
"""Their names in Chinese."""
SECURITIES: tuple[str, ...] = tuple(_loyalty.security_name(i, False) for i in range(4))
"""How secure a customer is, from the worst: at risk, vulnerable, favourable, secure."""
SECURITIES_ZH: tuple[str, ...] = tuple(_loyalty.security_name(i, True) for i in range(4))
"""Their names in Chinese."""

_ASKED = ("satisfaction", "repurchase", "recommendation")
_WORDS: dict[str, Words] = {
    "satisfaction": {word: i for words in (CSAT_LEVELS, CSAT_LEVELS_ZH) for i, word in words.items()},
    "recommendation": {word: i for words in (RECOMMENDATIONS, RECOMMENDATIONS_ZH) for i, word in enumerate(words, 1)},
}
_NAMES = {f"{name}_weight": "weights" for name in _ASKED}


class LoyaltyIndex(NamedTuple):
    """One customer: the index in [0, 1], the band of the probability to buy again, and the class."""

    loyalty_index: float
    band: str
    security: str


def loyalty_index(
    satisfaction: Any, repurchase: Any, recommendation: Any, *, data: Any = None, high_from: float = 0.7,
    middle_from: float = 0.3, use_probability: bool = False,
    weights: Sequence[float] | Mapping[str, float] = (1.0, 1.0, 1.0), errors: _columns.Errors = "raise",
) -> Any:  # fmt: skip
    """The loyalty index of three answers: the weighted mean of (satisfaction - 1)/4, the band of the probability to buy
    again (0, 1/2, 1) and the recommendation (0, 1/2, 1).

    Args:
        satisfaction: level of overall satisfaction, 1 to 5, or a word of :data:`CSAT_LEVELS` or
            :data:`CSAT_LEVELS_ZH`.
        repurchase: stated probability to buy again, from 0 to 1.
        recommendation: 1 to 3, or a word of :data:`RECOMMENDATIONS` or :data:`RECOMMENDATIONS_ZH`.
        data: a table in which the three may name columns.
        high_from, middle_from: probabilities from which the band is high, and middle.
        use_probability: count the probability itself instead of its band; the band still decides the class.
        weights: of satisfaction, repurchase and recommendation, or of some of them by name and 1 for the others; only
            their ratios matter.
        errors: ``"coerce"`` gives NaN and None for a bad row instead of an error.

    Returns:
        A :class:`LoyaltyIndex` for numbers; for columns a table with ``loyalty_index``, ``band`` and ``security``:
        secure (5, high, very likely), favourable (4 or 5, middle or high, possible or very likely), at risk (1 or 2, or
        low, or impossible), else vulnerable.
    """
    a, b, c = weights_of(weights, _ASKED)
    options = (high_from, middle_from, use_probability, a, b, c)
    given = {"satisfaction": satisfaction, "repurchase": repurchase, "recommendation": recommendation}
    for name, words in _WORDS.items():
        given[name] = number(given[name], words, name, data)
    table = _columns.arguments(data, **given)
    s, r = (numbers(table, name, words) for name, words in _WORDS.items())
    p = table.float64("repurchase")
    if table.kind == "scalar":
        with point_errors(True, _NAMES):
            index, band, security = _loyalty.loyalty_index_of(*options, s[0], p[0], r[0])
        return LoyaltyIndex(index, REPURCHASE_BANDS[band], SECURITIES[security])
    out = _columns.empty_float64(table.n)
    bands, classes = np.empty(table.n, dtype=np.int64), np.empty(table.n, dtype=np.int64)
    with point_errors(False, _NAMES):
        _loyalty.loyalty_index_batch(*options, s, p, r, out, bands, classes, _columns.coerce(errors))
    return table.frame(
        {"loyalty_index": out, "band": labels(bands, REPURCHASE_BANDS), "security": labels(classes, SECURITIES)}
    )
