"""Where a chain is in the long run, how long it takes to get somewhere, and how many customers are where later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _loyalty
from .._errors import LoyaltyError, notice
from ._matrix import square, states, vector

__all__ = [
    "Absorption",
    "LongRunEstimate",
    "QuasiStationary",
    "absorption_probabilities",
    "expected_steps",
    "expected_visits",
    "project",
    "quasi_stationary",
    "recurrence_times",
    "stationary",
    "steady_population",
    "steps_variance",
]

Floats = NDArray[np.float64]

_BLAME = {"states": "transition"}
_NEVER = "from some states the target may never be reached, so that the mean is infinite"


@dataclass(frozen=True, slots=True)
class LongRunEstimate:
    """Numbers for each state, with their uncertainty.

    Attributes:
        values: one for each state.
        std_errors: by the delta method; NaN where a value is infinite.
        status_: ``"OK"`` or ``"NOTICE_DIVERGES"``.
    """

    values: Floats
    std_errors: Floats
    status_: str = "OK"


@dataclass(frozen=True, slots=True)
class Absorption:
    """Where chains end. Made by :func:`absorption_probabilities`.

    Attributes:
        classes: the states of each end, in the order of their first states: a state of the target or one that is never
            left by itself, other states together with those that they go on visiting.
        probabilities: one row for each state, one column for each end.
        std_errors: likewise; None without row counts.
    """

    classes: tuple[tuple[int, ...], ...]
    probabilities: Floats
    std_errors: Floats | None


@dataclass(frozen=True, slots=True)
class QuasiStationary:
    """A cohort that only shrinks, after a long time. Made by :func:`quasi_stationary`.

    Attributes:
        law: how those who are left are spread; sums to one, 0 for the absorbing states.
        survival: the share of them that is left one period later.
        exit: 1 - survival, to its own last digit.
        mean_life: periods that one of them has left on average, 1/exit.
        status_: ``"OK"``, or ``"NOTICE_NOT_CONVERGED"`` when two parts of the chain survive equally to the last digits.
    """

    law: Floats
    survival: float
    exit: float
    mean_life: float
    status_: str = "OK"


def _counts(row_counts: Any, n: int) -> Floats | None:
    return None if row_counts is None else vector(row_counts, "row_counts", n)


@overload
def stationary(transition: Any, row_counts: None = None) -> Floats: ...
@overload
def stationary(transition: Any, row_counts: Any) -> LongRunEstimate: ...
def stationary(transition: Any, row_counts: Any = None) -> Floats | LongRunEstimate:
    """The share of periods spent in each state in the long run; transient states have 0.

    Args:
        transition: square table (array, nested lists, DataFrame): row i holds the chances to go from state i to each
            state in one period. Rows sum to one within 1e-9; the diagonal is taken as what the others leave.
        row_counts: observations behind each row (for a posterior mean, counts plus prior weights plus one). The result
            is then a :class:`LongRunEstimate` with standard errors; at most 256 states.

    Raises:
        DomainError: with more than one closed class of states, the shares depend on the start; the index is the first
            state of the second class.
    """
    p = square(transition, "transition")
    n = len(p)
    counts = _counts(row_counts, n)
    law = _columns.empty_float64(n)
    errors = None if counts is None else _columns.empty_float64(n)
    with _columns.blame(_BLAME):
        _loyalty.chain_stationary(p.reshape(-1), n, counts, law, errors)
    return law if errors is None else LongRunEstimate(law, errors)


def recurrence_times(transition: Any) -> Floats:
    """Expected periods from leaving each state until it is entered again: 1/its share within its closed class, infinite
    for a transient state (with a warning). ``transition`` as in :func:`stationary`; there may be several classes."""
    p = square(transition, "transition")
    out = _columns.empty_float64(len(p))
    with _columns.blame(_BLAME):
        status = _loyalty.chain_recurrence(p.reshape(-1), len(p), out)
    notice(status, "some states are left for ever at some time, so that their mean time to return is infinite")
    return out


@overload
def expected_steps(transition: Any, to: Any = None, row_counts: None = None) -> Floats: ...
@overload
def expected_steps(transition: Any, to: Any = None, *, row_counts: Any) -> LongRunEstimate: ...
@overload
def expected_steps(transition: Any, to: Any, row_counts: Any) -> LongRunEstimate: ...
def expected_steps(transition: Any, to: Any = None, row_counts: Any = None) -> Floats | LongRunEstimate:
    """Expected periods until the chain first is in ``to``: one number for each state, 0 for the states of ``to``.

    Args:
        transition: as in :func:`stationary`.
        to: a state or several, by number from 0 or by column name of a DataFrame; None for the states that are never
            left.
        row_counts: observations behind each row; the result is then a :class:`LongRunEstimate` with standard errors.

    Infinite, with a warning, for states from which ``to`` may never be reached.
    """
    p = square(transition, "transition")
    n = len(p)
    counts = _counts(row_counts, n)
    steps = _columns.empty_float64(n)
    errors = None if counts is None else _columns.empty_float64(n)
    with _columns.blame({**_BLAME, "target": "to"}):
        status = _loyalty.chain_steps(p.reshape(-1), n, states(transition, to, "to", n), counts, steps, None, errors)
    notice(status, _NEVER)
    return steps if errors is None else LongRunEstimate(steps, errors, status)


def steps_variance(transition: Any, to: Any = None) -> Floats:
    """Variance of the periods until the chain first is in ``to``; arguments as in :func:`expected_steps`."""
    p = square(transition, "transition")
    n = len(p)
    out = _columns.empty_float64(n)
    with _columns.blame({**_BLAME, "target": "to"}):
        status = _loyalty.chain_steps(
            p.reshape(-1), n, states(transition, to, "to", n), None, np.empty_like(out), out, None
        )
    notice(status, _NEVER)
    return out


def expected_visits(transition: Any, to: Any = None) -> Floats:
    """Expected periods in each state (column) from each state (row) until the chain first is in ``to``, the first
    period included; arguments as in :func:`expected_steps`. Rows and columns of ``to`` are 0; infinite, with a warning,
    where a chain may stay for ever elsewhere."""
    p = square(transition, "transition")
    n = len(p)
    out = np.empty((n, n))
    with _columns.blame({**_BLAME, "target": "to"}):
        status = _loyalty.chain_visits(p.reshape(-1), n, states(transition, to, "to", n), out.reshape(-1))
    notice(status, _NEVER)
    return out


def absorption_probabilities(transition: Any, to: Any = None, row_counts: Any = None) -> Absorption:
    """The chance to end in each of several places: in each state of ``to`` (which is reached first?), and in other
    states that are not left again. Arguments as in :func:`expected_steps`."""
    p = square(transition, "transition")
    n = len(p)
    counts = _counts(row_counts, n)
    class_of = np.empty(n, dtype=np.int64)
    chance = np.empty((n, n))
    errors = None if counts is None else np.empty((n, n))
    with _columns.blame({**_BLAME, "target": "to"}):
        _loyalty.chain_absorption(
            p.reshape(-1), n, states(transition, to, "to", n), counts, class_of, chance.reshape(-1),
            None if errors is None else errors.reshape(-1),
        )  # fmt: skip
    first = [int(i) for i in range(n) if class_of[i] == i]
    classes = tuple(tuple(int(i) for i in np.flatnonzero(class_of == f)) for f in first)
    return Absorption(classes, chance[:, first], None if errors is None else errors[:, first])


def _inflow(value: Any, periods: int, n: int) -> Floats | None:
    if value is None:
        return None
    try:
        array = np.asarray(value)
    except ValueError:
        raise _columns.bad("inflow", "must have rows of equal length") from None
    if array.ndim < 2:
        return vector(value, "inflow", n)
    if array.shape != (periods, n):
        raise _columns.bad("inflow", f"must have {n} elements, or {periods} rows of them")
    return vector(array.reshape(-1), "inflow", periods * n)


def project(transition: Any, start: Any, periods: int, inflow: Any = None) -> Floats:
    """Customers in each state over time: row t + 1 is row t moved by ``transition``, plus the inflow of the period.

    Args:
        transition: as in :func:`stationary`.
        start: customers in each state now.
        periods: how many to move on.
        inflow: new customers in each state at the end of a period: the same each time, or a table with one row for each
            period.

    Returns:
        An array of ``periods + 1`` rows, the first of them ``start``.
    """
    p = square(transition, "transition")
    n = len(p)
    if isinstance(periods, bool) or not isinstance(periods, (int, np.integer)) or not 0 <= periods <= 1_000_000:
        raise _columns.bad("periods", f"must be a whole number from 0 to 1000000, not {periods!r}")
    out = np.empty((int(periods) + 1, n))
    arrive = _inflow(inflow, int(periods), n)
    try:
        with _columns.blame(_BLAME):
            _loyalty.chain_project(p.reshape(-1), n, vector(start, "start", n), arrive, out.reshape(-1))
    except LoyaltyError as error:
        if error.argument == "inflow" and error.index is not None and arrive is not None and len(arrive) > n:
            error.argument, error.index = f"inflow[{error.index // n}]", error.index % n
        raise
    return out


def steady_population(transition: Any, inflow: Any, absorbing: Any = None) -> Floats:
    """Customers in each state once a constant inflow has settled.

    Args:
        transition: as in :func:`stationary`.
        inflow: new customers in each state per period.
        absorbing: the states in which a customer no longer counts, as ``to`` in :func:`expected_steps`: 0 in the
            result. None for the states that are never left.

    Infinite, with a warning, where customers gather for ever.
    """
    p = square(transition, "transition")
    n = len(p)
    out = _columns.empty_float64(n)
    with _columns.blame({**_BLAME, "target": "absorbing"}):
        status = _loyalty.chain_population(
            p.reshape(-1), n, states(transition, absorbing, "absorbing", n), vector(inflow, "inflow", n), out
        )
    notice(status, "in some states customers gather for ever")
    return out


def quasi_stationary(transition: Any, absorbing: Any = None) -> QuasiStationary:
    """How the customers who are left of a cohort are spread after a long time, and how many of them each period loses.

    Args:
        transition: as in :func:`stationary`.
        absorbing: the states in which a customer is lost, as ``to`` in :func:`expected_steps`; None for the states that
            are never left.

    Raises:
        DomainError: unless all other states reach one another, and the absorbing ones.
    """
    p = square(transition, "transition")
    n = len(p)
    law = _columns.empty_float64(n)
    with _columns.blame({**_BLAME, "target": "absorbing"}):
        status, survival, leave, life = _loyalty.chain_quasi_stationary(
            p.reshape(-1), n, states(transition, absorbing, "absorbing", n), law
        )
    notice(status, "two parts of the chain survive equally to the last digits; their shares are not certain")
    return QuasiStationary(law, survival, leave, life, status)
