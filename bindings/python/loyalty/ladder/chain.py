"""Transition matrices from counts of moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _frames, _loyalty
from .._columns import FloatArray
from ._matrix import square

__all__ = ["ChainEstimate", "chain_check", "chain_estimate", "chain_interval", "chain_row_covariance", "structure"]

_BLAME = {"priors": "prior"}
_ML, _DIRICHLET = 0, 1


@dataclass(frozen=True, eq=False, slots=True)
class ChainEstimate:
    """What :func:`chain_estimate` found; tables are n by n, from the state of the row to that of the column.

    Attributes:
        transition: chances of each move.
        std_errors: their standard errors; 0 for chances that are known without data.
        row_counts: moves counted out of each state.
        row_sizes: moves that each row is worth, by which variances are divided: ``row_counts``, or with a prior the
            sum of counts and prior and 1.
        log_likelihood: sum of count times ln chance.
    """

    transition: FloatArray
    std_errors: FloatArray
    row_counts: FloatArray
    row_sizes: FloatArray
    log_likelihood: float


def structure(n: int, absorbing: Iterable[int] = (), allowed: Any = None) -> NDArray[np.bool_] | None:
    """Which of n by n moves can happen; None for all."""
    if isinstance(absorbing, str) or not isinstance(absorbing, Iterable):
        raise _columns.bad("absorbing", f"must be a list of positions of states, not {absorbing!r}")
    states = list(absorbing)
    if allowed is None and not states:
        return None
    mask = np.ones((n, n), dtype=bool)
    if allowed is not None:
        flags = square(allowed, "allowed")
        if flags.shape[0] != n:
            raise _columns.bad("allowed", f"must be {n} by {n}, as the counts are, not {len(flags)} by {len(flags)}")
        wrong = ~((flags == 0) | (flags == 1))
        if wrong.any():
            raise _columns.bad("allowed", "must hold 0 and 1, or False and True", int(np.argmax(wrong.any(axis=1))))
        mask = flags == 1
    for state in states:
        if isinstance(state, (bool, np.bool_)) or not isinstance(state, (int, np.integer)) or not 0 <= state < n:
            raise _columns.bad("absorbing", f"must hold positions of states, from 0 to {n - 1}, not {state!r}")
        mask[state] = False
        mask[state, state] = True
    return mask


def mask_bytes(mask: NDArray[np.bool_] | None) -> bytes:
    """A mask as the extension takes it."""
    return b"" if mask is None else mask.astype(np.uint8).tobytes()


def _options(n: int, absorbing: Iterable[int], allowed: Any, prior: Any) -> tuple[int, float, Any, bytes, bytes]:
    mask = mask_bytes(structure(n, absorbing, allowed))
    if prior is None:
        return _ML, 0.5, None, mask, b""
    if np.ndim(prior) == 0 and not hasattr(prior, "columns"):
        return _DIRICHLET, float(_columns.float64(prior, "prior")[0]), None, mask, b""
    priors = square(prior, "prior")
    if len(priors) != n:
        raise _columns.bad("prior", f"must be a number or {n} by {n}, as the counts are")
    return _DIRICHLET, 0.5, priors.reshape(-1), mask, b""


def chain_estimate(
    counts: Any, *, absorbing: Iterable[int] = (), allowed: Any = None, prior: Any = None
) -> ChainEstimate:
    """The transition matrix of a chain from counts of moves.

    Without a prior the maximum-likelihood chances n_ij / n_i with their multinomial standard errors; with one the mean
    of the posterior, (n_ij + a_ij) / (n_i + a_i), and its standard deviation.

    Args:
        counts: n by n numbers, each 0 or from 1e-40 to 1e40: moves from the state of the row to that of the column.
        absorbing: positions of the states that are never left.
        allowed: n by n flags; False for a move that cannot happen. None: every move can.
        prior: None for maximum likelihood; a_ij of every move that can happen (1/2 is that of Jeffreys); or n by n
            such numbers, each 0 or from 1e-10 to 1e10.

    Raises:
        DomainError: naming the row, for a count of a move that cannot happen, and for a state that was never seen to
            be left, about which without a prior nothing is known (``code`` is ``"ERR_TOO_FEW"``).
    """
    table = square(counts, "counts")
    n = len(table)
    transition, errors = np.empty((n, n)), np.empty((n, n))
    sizes = np.empty(n)
    with _columns.blame(_BLAME):
        log_likelihood = _loyalty.chain_estimate(
            table.reshape(-1), n, *_options(n, absorbing, allowed, prior), transition.reshape(-1), errors.reshape(-1),
            sizes,
        )  # fmt: skip
    return ChainEstimate(transition, errors, table.sum(axis=1), sizes, log_likelihood)


def chain_interval(
    counts: Any, *, absorbing: Iterable[int] = (), allowed: Any = None, prior: Any = None, level: float = 0.95
) -> tuple[FloatArray, FloatArray]:
    """Lower and upper ends, n by n, of an interval for each chance by itself: Wilson's without a prior, else the
    central interval of the posterior, a beta distribution.

    Arguments as for :func:`chain_estimate`; ``level`` is the confidence.
    """
    table = square(counts, "counts")
    n = len(table)
    lower, upper = np.empty((n, n)), np.empty((n, n))
    with _columns.blame(_BLAME):
        _loyalty.chain_interval(
            table.reshape(-1), n, *_options(n, absorbing, allowed, prior), _frames.confidence(level),
            lower.reshape(-1), upper.reshape(-1),
        )  # fmt: skip
    return lower, upper


def chain_row_covariance(chances: Any, size: float) -> FloatArray:
    """The covariance matrix p_j (1[j = k] - p_k) / size of the chances in one row of a transition matrix.

    Args:
        chances: the row; its sum is 1.
        size: the moves it is worth, as in ``row_sizes`` of :class:`ChainEstimate`.
    """
    row = _columns.float64(chances, "chances")
    out = np.empty((len(row), len(row)))
    with _columns.blame({"chance": "chances", "states": "chances"}):
        _loyalty.chain_row_covariance(row, size, out.reshape(-1))
    return out


def chain_check(transition: Any) -> FloatArray:
    """A transition matrix as an array; raises, naming the row, for what is none: chances are 0 or from 1e-40 to 1 and
    rows sum to one within 1e-9."""
    table = square(transition, "transition")
    _loyalty.chain_check(table.reshape(-1), len(table))
    return table
