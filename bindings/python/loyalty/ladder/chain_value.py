"""What customers who move on a Markov chain are worth (Pfeifer and Carraway 2000)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _loyalty
from .._errors import notice
from ._matrix import square, vector

__all__ = ["ChainValue", "chain_value", "chain_value_slopes"]

_NAMES = {"row_count": "row_counts"}


@dataclass(frozen=True, eq=False)
class ChainValue:
    """What a customer in each state is worth.

    Attributes:
        value: expected present value, in the money of the rewards.
        standard_deviation: of the present value of one customer: how far single customers differ.
        visits: entry (i, k) is the expected discounted number of periods in state k of a customer who is in i now, this
            period included; also what one more unit of reward in k adds to the value of i.
        discount_slope: the slope of the values in the discount rate.
        std_errors: standard errors of the values, from ``row_counts``; None without.
        status_: ``"OK"``, or ``"NOTICE_DIVERGES"`` when a value is infinite.
    """

    value: NDArray[np.float64]
    standard_deviation: NDArray[np.float64]
    visits: NDArray[np.float64]
    discount_slope: NDArray[np.float64]
    std_errors: NDArray[np.float64] | None
    status_: str


def chain_value(
    transition: Any, reward: Any, discount_rate: float, *, horizon: int | None = None, growth: float = 0.0,
    row_counts: Any = None,
) -> ChainValue:  # fmt: skip
    """The value of a customer in each state of a Markov chain who brings a reward at the start of each period.

    Args:
        transition: chances to be in state j (column) one period after state i (row): a square array or frame.
        reward: money per period in each state.
        discount_rate: effective, per period; .2 is 20 %. It may be 0 when all rewards come to an end.
        horizon: how many periods after this one count; None for all.
        growth: of all rewards, per period. Where it outruns the discount, values are infinite, with a warning.
        row_counts: moves seen to start in each state, for standard errors of a transition matrix of frequencies.
    """
    p = square(transition, "transition")
    n = len(p)
    terms = (
        p.reshape(-1),
        vector(reward, "reward", n),
        discount_rate,
        growth,
        math.inf if horizon is None else horizon,
    )
    value, deviation, slope = (_columns.empty_float64(n) for _ in range(3))
    visits = np.empty((n, n), dtype=np.float64)
    errors = None
    with _columns.blame(_NAMES):
        status = _loyalty.chain_value(*terms, value, deviation, slope, visits.reshape(-1))
        if row_counts is not None:
            errors = _columns.empty_float64(n)
            _loyalty.chain_value_std_errors(*terms, vector(row_counts, "row_counts", n), errors)
    notice(status, "a value is infinite: growth outruns the discount in states that last")
    return ChainValue(value, deviation, visits, slope, errors, status)


def chain_value_slopes(
    transition: Any, reward: Any, discount_rate: float, start: Any, *, horizon: int | None = None, growth: float = 0.0
) -> NDArray[np.float64]:
    """How the value of customers changes when the chances to move do.

    Args:
        start: customers in each state now.

    The other arguments are those of :func:`chain_value`.

    Returns:
        A square array: entry (k, j) is what one unit (100 percentage points) of the chance to move from k to j, taken
        from the chance to stay in k, adds to the value of all customers of ``start``.
    """
    p = square(transition, "transition")
    n = len(p)
    slope = np.empty((n, n), dtype=np.float64)
    _loyalty.chain_value_slopes(
        p.reshape(-1), vector(reward, "reward", n), discount_rate, growth, math.inf if horizon is None else horizon,
        vector(start, "start", n), slope.reshape(-1),
    )  # fmt: skip
    return slope
