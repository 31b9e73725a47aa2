"""Transitions when only the shares of the stages are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _loyalty
from .._errors import blame, notice
from ._matrix import square, vector

__all__ = ["SharesFit", "fit_shares"]

_BLAME = {"share": "shares", "weight": "weights", "replications": "bootstrap"}


@dataclass(frozen=True, slots=True)
class SharesFit:
    """A transition matrix from shares alone. Made by :func:`fit_shares`.

    Attributes:
        transition_matrix: the chances of one step.
        std_errors, lower, upper: standard errors and ends of percentile intervals of the bootstrap; NaN without one.
        stages: the names of the states, or None.
        rss: the weighted sum of squared residuals.
        n_steps: pairs of rows with a weight above 0.
        rank: independent rows before the last.
        free: entries above 0, less one for each row.
        at_bound: steps that can happen, and whose estimate is 0.
        gap: the certificate: the criterion lies at most this far above its minimum, as a part of the sum of squares.
        bootstrap: replications.
        converged: whether the certificate holds.
        status_: ``"OK"`` or ``"NOTICE_NOT_CONVERGED"``.
    """

    transition_matrix: NDArray[np.float64]
    std_errors: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    stages: tuple[str, ...] | None
    rss: float
    n_steps: int
    rank: int
    free: int
    at_bound: int
    gap: float
    bootstrap: int
    converged: bool
    status_: str


def fit_shares(
    shares: Any, *, stages: Sequence[str] | None = None, weights: Any = None, prior: Any = None, ridge: float = 0.0,
    allowed: Any = None, normalize: bool = False, bootstrap: int = 0, seed: int = 0, level: float = 0.95,
) -> SharesFit:  # fmt: skip
    """The transition matrix that best leads from each row of shares to the next, by least squares.

    Args:
        shares: a row for each time, evenly spaced and in order, and a column for each of 2 to 32 stages: a table, or an
            array.
        stages: the columns of a table to take, in order; by default all. For an array, the names of its columns.
        weights: one for each row, of the step that ends there, such as the size of the sample; the first is not used.
            Or the name of a column.
        prior: a transition matrix to lean to, needed when the shares hardly moved or there are fewer steps than stages.
        ridge: how much one entry of the prior counts, in the unit of the weights.
        allowed: a square table of true and false (or 1 and 0), false where a step cannot happen.
        normalize: divide rows by their sums; counts will do then. Else they must sum to one within 1e-6.
        bootstrap: replications for standard errors and intervals, 0 or 100 to 100000.
        seed: of the bootstrap.
        level: of its intervals.

    Raises:
        DomainError: fewer independent rows before the last than stages, and no prior.
    """
    rows, names, weights = _rows(shares, stages, weights)
    times, states = rows.shape
    flags = None if allowed is None else square(allowed, "allowed", states).ravel()
    lean = None if prior is None else square(prior, "prior", states).ravel()
    w = None if weights is None else vector(weights, "weights", times)
    p, error, lower, upper = (_columns.empty_float64(states**2) for _ in range(4))
    with blame(_BLAME):
        status, rss, gap, steps, rank, free, at_bound, count, converged = _loyalty.shares_fit(
            rows.ravel(), states, flags, w, lean, ridge, normalize, bootstrap, seed, level, p, error, lower, upper
        )
    notice(status)
    shape = (states, states)
    return SharesFit(
        transition_matrix=p.reshape(shape), std_errors=error.reshape(shape), lower=lower.reshape(shape),
        upper=upper.reshape(shape), stages=names, rss=rss, n_steps=steps, rank=rank, free=free, at_bound=at_bound,
        gap=gap, bootstrap=count, converged=converged, status_=status,
    )  # fmt: skip


def _rows(
    shares: Any, stages: Sequence[str] | None, weights: Any
) -> tuple[NDArray[np.float64], tuple[str, ...] | None, Any]:
    """The shares as an array with a row for each time, the names of its columns, and the weights."""
    names = None if stages is None else tuple(stages)
    if isinstance(shares, list | tuple) or (isinstance(shares, np.ndarray) and shares.dtype.names is None):
        try:
            array = np.asarray(shares)
        except ValueError:
            raise _columns.bad("shares", "must have rows of equal length") from None
        if array.ndim != 2:
            raise _columns.bad(
                "shares", f"must have a row for each time and a column for each stage, not {array.ndim}-D"
            )
        columns = [array[:, j] for j in range(array.shape[1])]
        if names is not None and len(names) != len(columns):
            raise _columns.bad("stages", f"must name {len(columns)} columns, not {len(names)}")
        if isinstance(weights, str):
            raise _columns.bad("weights", f"{weights!r} names a column, but shares is not a table")
    else:
        table = _columns.table(shares)
        if names is None:
            names = tuple(name for name in table.names if name != weights)
        columns = [table.float64(name) for name in names]
        weights = table.float64(weights) if isinstance(weights, str) else weights
    if not 2 <= len(columns) <= 32:
        raise _columns.bad("shares", f"must have from 2 to 32 stages, not {len(columns)}")
    return np.column_stack([_columns.float64(column, "shares") for column in columns]), names, weights
