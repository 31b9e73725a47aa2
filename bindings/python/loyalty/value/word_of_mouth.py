"""What a story costs or brings, and how far it spreads."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from .. import _columns, _loyalty
from .._columns import Errors, FloatArray
from .._errors import notice
from .._formulas import mapped
from ._rows import choice, rows

__all__ = [
    "Branching", "WordCount", "WordOfMouth", "WordRounding", "branching_reached", "branching_spread", "word_of_mouth",
]  # fmt: skip

WordCount = Literal["separate", "pooled", "others"]
WordRounding = Literal["exact", "ceil", "nearest"]
_COUNTS = {"separate": 1, "pooled": 2, "others": 3}
_ROUNDINGS = {"exact": 1, "ceil": 2, "nearest": 3}


class WordOfMouth(NamedTuple):
    """A story and its money. ``affected`` are the people whom it moves, ``customers`` those lost or won, ``people`` the
    affected of each level."""

    affected: float
    customers: float
    value: float
    people: FloatArray


class Branching(NamedTuple):
    """Spread without end: mean and standard deviation of the number of people reached, the first included, and the
    probability that it dies out."""

    total: float
    deviation: float
    extinction: float


def word_of_mouth(
    told: Any, share: Any, acting: float, *, count: WordCount, rounding: WordRounding = "exact", value: float = 1.0
) -> WordOfMouth:
    """How many customers one story costs or brings: a customer tells ``told[0]`` people, of whom ``share[0]`` is
    affected; each of those tells ``told[1]``; and so on. A share ``acting`` of the affected leaves, or joins.

    Args:
        told, share: one number for each level.
        count: ``"separate"``: the customer himself is lost for certain, 1 + acting affected; ``"pooled"``: he is one of
            the affected, acting (1 + affected); ``"others"``: he does not count, acting affected (what a good story
            brings).
        rounding: of the customers: ``"ceil"``, ``"nearest"`` (halves upwards) or ``"exact"``.
        value: of one customer; ``retention_value(spend, 1, discount_rate, timing=, horizon=)`` for one who spends the
            same in each period.
    """
    table = _columns.arguments(None, told=told, share=share)
    people = _columns.empty_float64(table.n)
    status, affected, customers, money = _loyalty.word_of_mouth_cascade(
        table.float64("told"), table.float64("share"), acting, choice("count", count, _COUNTS),
        choice("rounding", rounding, _ROUNDINGS), value, people,
    )  # fmt: skip
    notice(status, "the people told exceed the largest double")
    return WordOfMouth(affected, customers, money, people)


def branching_spread(reproduction: Any, *, data: Any = None, errors: Errors = "raise") -> Any:
    """How far a story spreads when everyone it reaches brings in ``reproduction`` others on average (a Poisson number):
    a :class:`Branching` for a number, a table for a column. From 1 on the mean is infinite, with a warning."""
    return rows(
        _loyalty.branching_spread_batch, ["reproduction"], {"reproduction": reproduction}, Branching, data=data,
        errors=errors,
    )  # fmt: skip


def branching_reached(population: Any, tellings: Any, *, data: Any = None, errors: Errors = "raise") -> Any:
    """How many different people of a ``population`` hear a story that is told ``tellings`` times, each time to someone
    drawn at random."""
    return mapped(
        _loyalty.branching_reached_batch, {"population": population, "tellings": tellings}, result="reached",
        errors=errors, data=data,
    )  # fmt: skip
