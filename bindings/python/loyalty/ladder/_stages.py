"""Stages by name: which there are, in which order, and tables of counts that carry their names."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _columns
from .._columns import FloatArray
from .._errors import LoyaltyError
from ._matrix import square
from .stage_rule import STAGES, STAGES_ZH

__all__ = ["counted", "moves_allowed", "positions", "stage_blame", "stage_names"]

Names = tuple[Any, ...]

_BY_STAGE = ("counts", "allowed", "prior", "transition", "reward", "start", "row_counts")


def stage_names(stages: Any) -> Names:
    """Names of stages, from the bottom up: two or more, all different."""
    listed = isinstance(stages, Iterable) and not isinstance(stages, (str, bytes))
    names = tuple(n.item() if isinstance(n, np.generic) else n for n in stages) if listed else ()
    if len(names) < 2 or not all(isinstance(n, Hashable) for n in names) or len(set(names)) != len(names):
        raise _columns.bad("stages", f"must be two different names or more, from the bottom up, not {stages!r}")
    return names


def positions(names: Names, some: Any, argument: str) -> list[int]:
    """Where the named stages stand: one, or several."""
    one = isinstance(some, str) or not isinstance(some, Iterable) or (isinstance(some, tuple) and some in names)
    wanted = () if some is None else (some,) if one else tuple(some)
    for name in wanted:
        if name not in names:
            raise _columns.bad(argument, f"{name!r} is not a stage; there are {', '.join(map(repr, names))}")
    return [names.index(name) for name in wanted]


def moves_allowed(names: Names, allowed: Any) -> Any:
    """``allowed`` as a table: of flags, or of ``{stage: stages that can follow}``, where a stage that is not named can
    be followed by all."""
    if not isinstance(allowed, Mapping):
        return allowed
    mask = np.ones((len(names), len(names)))
    for stage, following in allowed.items():
        (row,) = positions(names, [stage], "allowed")
        mask[row] = 0
        mask[row, positions(names, following, "allowed")] = 1
    return mask


def counted(value: Any, stages: Names | None, name: str = "counts") -> tuple[Names, FloatArray]:
    """The stages, and the table of counts in their order.

    ``value`` is a square table without names; the result of :func:`loyalty.ladder.transitions`; a dict
    ``{from: {to: count}}`` or ``{from: row}``; or a table with one column for each stage, whose rows are named by the
    column ``from`` or the index, or stand in the order of the columns. Stages that are not in it have no count.
    """
    if hasattr(value, "counts") and hasattr(value, "stages"):
        rows = columns = tuple(value.stages)
        table = np.asarray(value.counts, dtype=np.float64)
    elif isinstance(value, Mapping):
        rows, columns, table = _of_mapping(value, name)
    elif not isinstance(value, np.ndarray) and _columns._narwhals().dependencies.is_into_dataframe(value):
        rows, columns, table = _of_frame(value, name)
    else:
        table = square(value, name)
        if stages is None and len(table) not in (5, 6):
            raise _columns.bad("stages", f"must be given: the counts are {len(table)} by {len(table)} without names")
        rows = columns = STAGES[: len(table)] if stages is None else stages
        if len(rows) != len(table):
            raise _columns.bad(name, f"must be {len(rows)} by {len(rows)}, as there are stages, not {len(table)}")
        return rows, table
    return _in_order(rows, columns, table, stages, name)


def _in_order(
    rows: Names, columns: Names, table: NDArray[Any], stages: Names | None, name: str
) -> tuple[Names, FloatArray]:
    """The same in the order of the stages; without those in the order found, or that of the ladder it belongs to."""
    if stages is None:
        stages = tuple(dict.fromkeys((*columns, *rows)))
        for ladder in (STAGES, STAGES_ZH):
            if set(stages) <= set(ladder):
                stages = tuple(stage for stage in ladder if stage in stages)
        stages = stage_names(stages)
    if rows == columns == stages:
        return stages, np.ascontiguousarray(table)
    for labels in (rows, columns):
        if len(set(labels)) != len(labels):
            raise _columns.bad(name, "must name each stage once")
    at_rows, at_columns = positions(stages, rows, name), positions(stages, columns, name)
    out = np.zeros((*table.shape[:-2], len(stages), len(stages)))
    out[..., np.array(at_rows)[:, None], at_columns] = table
    return stages, out


def _of_mapping(value: Mapping[Any, Any], name: str) -> tuple[Names, Names, FloatArray]:
    rows = tuple(value)
    if not all(isinstance(row, Mapping) for row in value.values()):
        return rows, rows, square(list(value.values()), name)
    columns = tuple(dict.fromkeys((*rows, *(to for row in value.values() for to in row))))
    return (
        rows,
        columns,
        _columns.float64([row.get(to, 0) for row in value.values() for to in columns], name).reshape(
            len(rows), len(columns)
        ),
    )


def _of_frame(value: Any, name: str) -> tuple[Names, Names, FloatArray]:
    frame = _columns._narwhals().from_native(value, eager_only=True)
    columns: Sequence[Any] = [c for c in frame.columns if c != "from"]
    rows: Sequence[Any] = columns
    if len(columns) == 0:
        raise _columns.bad(name, "must have a column for each stage, not none")
    if "from" in frame.columns:
        rows = frame.get_column("from").to_list()
    elif frame.implementation.is_pandas_like():
        index = list(value.index)
        rows = columns if index == list(range(len(index))) and index != columns else index
    cells = [_columns.float64(frame.get_column(c).to_native(), name) for c in columns]
    if len(rows) != len(frame):
        raise _columns.bad(name, f"must have a row for each of its {len(columns)} stages, or rows with names")
    return tuple(rows), tuple(columns), np.stack(cells, axis=1)


@contextmanager
def stage_blame(names: Names) -> Iterator[None]:
    """Errors that name a row name its stage."""
    try:
        yield
    except LoyaltyError as error:
        if error.index is not None and error.argument in (
            "counts",
            "allowed",
            "prior",
            "transition",
            "reward",
            "start",
        ):
            name = names[error.index]
            if error.code == "ERR_TOO_FEW":
                error.detail = f"{name!r} was never seen to be left: give a prior, or name it in absorbing"
            else:
                error.detail = f"from {name!r} {error.detail}"
            error.index = None
        raise
