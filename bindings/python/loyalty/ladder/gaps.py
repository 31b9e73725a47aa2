"""One-step transitions from observations that lie several steps apart."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _loyalty
from .._errors import LoyaltyError, blame, notice
from .._frames import confidence
from ._matrix import square

__all__ = ["GapsFit", "fit_gaps"]

_LONGEST = 64
_BLAME = {"most_iterations": "max_iter", "counts": "counts_by_gap"}


@dataclass(frozen=True, slots=True)
class GapsFit:
    """A transition matrix from counts over several steps. Made by :func:`fit_gaps`.

    Attributes:
        transition_matrix: the chances of one step; NaN in the rows of states that nothing passes through.
        std_errors: of its entries, from the observed information, given the entries that are 0; 0 for these.
        covariance: of its entries, row after row: n² by n² for n states.
        expected_counts: the one-step counts to be expected given the counts; what stands behind a row is its sum.
        log_likelihood: at the maximum.
        next_log_likelihood: at the next best maximum; NaN when only one was found.
        maxima: distinct maxima found.
        n: sum of the counts.
        at_bound: steps that can happen, and whose estimate is 0.
        unseen: states that nothing passes through.
        gap: the certificate: what the mean log-likelihood could gain to first order.
        condition: of the information matrix, scaled to a unit diagonal.
        n_iter: iterations that led to the maximum.
        converged: whether the certificate holds.
        status_: ``"OK"``, ``"NOTICE_WEAK_ID"`` (another matrix explains the counts as well, or nearly; or a state is
            not passed through) or ``"NOTICE_NOT_CONVERGED"``.
    """

    transition_matrix: NDArray[np.float64]
    std_errors: NDArray[np.float64]
    covariance: NDArray[np.float64]
    expected_counts: NDArray[np.float64]
    log_likelihood: float
    next_log_likelihood: float
    maxima: int
    n: float
    at_bound: int
    unseen: int
    gap: float
    condition: float
    n_iter: int
    converged: bool
    status_: str

    def interval(self, level: float = 0.95) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The intervals (lower, upper) of the transition matrix: as many standard errors to each side as the normal
        distribution asks for, kept in [0, 1]. NaN where the standard error is 0 or NaN: an estimate of 0 has none."""
        reach = _loyalty.interval_quantile(confidence(level), math.inf) * self.std_errors
        reach = np.where(reach > 0, reach, np.nan)
        return np.maximum(self.transition_matrix - reach, 0), np.minimum(self.transition_matrix + reach, 1)


def fit_gaps(
    counts_by_gap: Mapping[int, Any] | Any, *, allowed: Any = None, starts: int = 10, seed: int = 0, max_iter: int = 500
) -> GapsFit:
    """The one-step transition matrix that makes counts over one, two and more steps most likely.

    Args:
        counts_by_gap: a dict from the gap in steps, 1 to 64, to a square table: entry (a, b) is how many were in a and
            that many steps later, not seen in between, in b. Or a list or array of the tables of gap 1, 2, ...
        allowed: a square table of true and false (or 1 and 0), false where a step cannot happen.
        starts: the number of starting points, 1 to 64: a matrix over several steps can have several roots.
        seed: of the random starts.
        max_iter: most iterations from each start.

    Of equally high maxima the matrix with the largest trace is taken, whose customers move least.
    """
    tables, states = _tables(counts_by_gap)
    flags = None if allowed is None else square(allowed, "allowed", states).ravel()
    p, expected, error = (_columns.empty_float64(states**2) for _ in range(3))
    covariance = _columns.empty_float64(states**4)
    with blame(_BLAME):
        try:
            found = _loyalty.gaps_fit(tables, states, flags, starts, seed, max_iter, p, expected, error, covariance)
        except LoyaltyError as wrong:
            if wrong.argument == "counts" and wrong.index is not None:
                gap, cell = divmod(wrong.index, states**2)
                wrong.argument, wrong.index = f"counts_by_gap[{gap + 1}]", cell // states
            raise
    status, value, next_value, n, left, condition, maxima, at_bound, unseen, n_iter, converged = found
    remark = "a state is not passed through, or some combination of the chances is hardly determined"
    if value - next_value < 1.92:
        remark = "another matrix explains the counts as well, or nearly: counts over one step would tell"
    notice(status, remark if status == "NOTICE_WEAK_ID" else None)
    shape = (states, states)
    return GapsFit(
        transition_matrix=p.reshape(shape), std_errors=error.reshape(shape),
        covariance=covariance.reshape(states**2, states**2), expected_counts=expected.reshape(shape),
        log_likelihood=value, next_log_likelihood=next_value, maxima=maxima, n=n, at_bound=at_bound, unseen=unseen,
        gap=left, condition=condition, n_iter=n_iter, converged=converged, status_=status,
    )  # fmt: skip


def _tables(counts_by_gap: Mapping[int, Any] | Any) -> tuple[NDArray[np.float64], int]:
    """The tables of gap 1, 2 ... in one column, and the number of states."""
    name = "counts_by_gap"
    if not isinstance(counts_by_gap, Mapping):
        if not isinstance(counts_by_gap, np.ndarray | list | tuple):
            raise _columns.bad(name, "must be a dict from gap to table, or a list of tables")
        counts_by_gap = {k + 1: table for k, table in enumerate(counts_by_gap)}
    for gap in counts_by_gap:
        if not isinstance(gap, int | np.integer) or isinstance(gap, bool) or not 1 <= gap <= _LONGEST:
            raise _columns.bad(name, f"must have whole gaps from 1 to {_LONGEST}, not {gap!r}")
    tables = {int(gap): square(table, f"{name}[{gap}]") for gap, table in counts_by_gap.items()}
    sizes = {len(table) for table in tables.values()}
    if len(sizes) != 1:
        raise _columns.bad(name, "must be tables of one size" if sizes else "must not be empty")
    states = sizes.pop()
    if not 2 <= states <= 32:
        raise _columns.bad(name, "must have from 2 to 32 states")
    counts = np.zeros((max(tables), states, states))
    for gap, table in tables.items():
        counts[gap - 1] = table
    return counts.ravel(), states
