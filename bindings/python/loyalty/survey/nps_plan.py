"""How many answers a Net Promoter Score needs."""

from __future__ import annotations

from math import inf
from typing import Literal

from .. import _loyalty
from .nps_tests import _ALTERNATIVES, _TWO_METHODS, Alternative, _choice

__all__ = ["nps_group_sizes", "nps_half_width", "nps_power", "nps_sample_size"]


def nps_sample_size(
    half_width: float, *, level: float = 0.95, variance: float = 0.7, population: float = inf,
    method: Literal["adjusted_wald", "wald"] = "adjusted_wald",
) -> int:  # fmt: skip
    """The fewest answers that give an interval of at most ± ``half_width`` (0.05 is five points).

    ``variance`` is that of one answer, p + d - (p - d)²: 0.7 is typical, 1 the worst. ``population`` is the number of
    customers, when it is not large.
    """
    return _loyalty.nps_sample_size(half_width, level, variance, population, _choice("method", method, _TWO_METHODS))


def nps_half_width(
    n: int, *, level: float = 0.95, variance: float = 0.7, population: float = inf,
    method: Literal["adjusted_wald", "wald"] = "adjusted_wald",
) -> float:  # fmt: skip
    """The half width of the interval that ``n`` answers give; see :func:`nps_sample_size`."""
    return _loyalty.nps_half_width(n, level, variance, population, _choice("method", method, _TWO_METHODS))


def nps_group_sizes(
    difference: float, *, power: float = 0.8, level: float = 0.95, variance_first: float = 0.7,
    variance_second: float = 0.7, ratio: float = 1.0, alternative: Alternative = "two-sided",
) -> tuple[int, int]:  # fmt: skip
    """The answers in each of two groups that find a ``difference`` of their scores with this ``power``.

    ``ratio`` is n_second / n_first. ``variance_second=0`` plans a test against a benchmark and gives (n, 0).
    """
    number = _choice("alternative", alternative, _ALTERNATIVES)
    n_first, n_second = _loyalty.nps_group_sizes(
        difference, variance_first, variance_second, ratio, level, power, number
    )
    return n_first, n_second


def nps_power(
    difference: float, n_first: int, n_second: int = 0, *, level: float = 0.95, variance_first: float = 0.7,
    variance_second: float = 0.7, alternative: Alternative = "two-sided",
) -> float:  # fmt: skip
    """The power of the test of two groups; with ``variance_second=0`` of one group against a benchmark."""
    number = _choice("alternative", alternative, _ALTERNATIVES)
    return _loyalty.nps_power(difference, variance_first, n_first, variance_second, n_second, level, number)
