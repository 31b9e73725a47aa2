"""A closed formula over columns: one number for each row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from . import _columns
from ._errors import LoyaltyError

__all__ = ["mapped", "point_errors"]

_SAME: Mapping[str, str] = {}


@contextmanager
def point_errors(point: bool, names: Mapping[str, str] = _SAME, vectors: Collection[str] = ()) -> Iterator[None]:
    """Errors raised inside name the caller's arguments (``names``: the core's to the caller's), and for one point no
    row; the elements of ``vectors`` are named always."""
    try:
        yield
    except LoyaltyError as error:
        if error.argument is not None:
            error.argument = names.get(error.argument, error.argument)
        if point and error.argument not in vectors:
            error.index = None
        raise


def mapped(
    function: Callable[..., Any], columns: Mapping[str, Any], *leading: Any, result: str, errors: _columns.Errors,
    data: Any = None, names: Mapping[str, str] = _SAME,
) -> Any:  # fmt: skip
    """``function(*leading, *columns, out, coerce)`` over numbers or columns; the answer is of their kind and named
    ``result``."""
    table = _columns.arguments(data, **columns)
    out = _columns.empty_float64(table.n)
    with point_errors(table.kind == "scalar", names):
        function(*leading, *(table.float64(name) for name in columns), out, _columns.coerce(errors))
    return table.column(out, result)
