"""Tests of what a Markov chain assumes: its order, and that its chances are the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from .. import _columns, _loyalty
from .._columns import FloatArray
from .._errors import LoyaltyError, notice
from ._matrix import square
from .chain import mask_bytes, structure

__all__ = ["ChainTest", "homogeneity_test", "order_test", "second_order_test"]


@dataclass(frozen=True, slots=True)
class ChainTest:
    """A likelihood-ratio test.

    Attributes:
        statistic: G2 = 2 sum n ln(n / m), n the counts and m what the null hypothesis expects.
        df: its degrees of freedom.
        p_value: chance of a G2 as large or larger when the null hypothesis is true and counts are large.
        status: ``"OK"``, or the name of a notice.
    """

    statistic: float
    df: float
    p_value: float
    status: str = "OK"


def _test(status: str, statistic: float, df: float, p_value: float) -> ChainTest:
    return ChainTest(statistic, df, p_value, notice(status, "quasi-independence is fitted to fewer digits than usual"))


def order_test(counts: Any, *, absorbing: Iterable[int] = (), allowed: Any = None) -> ChainTest:
    """Order 0 against order 1: does the next state depend on the present one at all?

    Moves that cannot happen take degrees of freedom away and make the null hypothesis quasi-independence: the next
    state is drawn by the same weights everywhere, from those that can follow.

    Args:
        counts, absorbing, allowed: as for :func:`chain_estimate`.
    """
    table = square(counts, "counts")
    mask = mask_bytes(structure(len(table), absorbing, allowed))
    return _test(*_loyalty.chain_order_test(table.reshape(-1), len(table), mask))


def cube(value: Any, name: str) -> FloatArray:
    """Several square tables of one size as a contiguous array."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise _columns.bad(name, f"must hold tables of counts, not {value!r}")
    tables = [square(one, f"{name}[{t}]") for t, one in enumerate(value)]
    if not tables:
        raise _columns.bad(name, "must hold tables of counts, not none")
    if len({table.shape for table in tables}) > 1:
        raise _columns.bad(name, "must hold tables of the same size")
    return np.ascontiguousarray(np.stack(tables))


@contextmanager
def _rows(n: int) -> Iterator[None]:
    """Errors in the rows of several tables of n name the table and its row."""
    try:
        with _columns.blame({"groups": "counts"}):
            yield
    except LoyaltyError as error:
        if error.argument is not None and error.index is not None:
            error.argument, error.index = f"{error.argument}[{error.index // n}]", error.index % n
        raise


def second_order_test(triples: Any, *, absorbing: Iterable[int] = (), allowed: Any = None) -> ChainTest:
    """Order 1 against order 2: does the next state depend on the one before the present one, too?

    Args:
        triples: n by n by n counts; element (i, j, k) is how often i, j, k were the states of three periods in a row.
        absorbing, allowed: as for :func:`chain_estimate`.
    """
    block = cube(triples, "triples")
    n = block.shape[1]
    if len(block) != n:
        raise _columns.bad("triples", f"must be {n} tables of {n} by {n}, not {len(block)}")
    mask = mask_bytes(structure(n, absorbing, allowed))
    with _rows(n):
        return _test(*_loyalty.chain_second_order_test(block.reshape(-1), n, mask))


def homogeneity_test(counts: Any, *, absorbing: Iterable[int] = (), allowed: Any = None) -> ChainTest:
    """Are the chances the same in all periods, or in all groups of customers?

    Args:
        counts: a table of counts for each period or group: T by n by n numbers, a list, or a dict of tables.
        absorbing, allowed: as for :func:`chain_estimate`.
    """
    block = cube(counts, "counts")
    groups, n, _ = block.shape
    mask = mask_bytes(structure(n, absorbing, allowed))
    with _rows(n):
        return _test(*_loyalty.chain_homogeneity_test(block.reshape(-1), groups, n, mask))
