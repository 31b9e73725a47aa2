"""Answers to several questions: one column for each, handed to the extension one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from .. import _columns
from .._errors import LoyaltyError

__all__ = ["Questions", "weights_of"]


def weights_of(weights: Any, names: Sequence[str]) -> Sequence[float]:
    """One weight for each name: of a sequence of all, or of a dict of some, with 1 for the others."""
    if isinstance(weights, Mapping):
        for name in weights:
            if name not in names:
                raise _columns.bad("weights", f"{name!r} has no weight; these have: {', '.join(names)}")
        return [weights.get(name, 1.0) for name in names]
    if isinstance(weights, str) or not hasattr(weights, "__len__") or len(weights) != len(names):
        raise _columns.bad("weights", f"must be {len(names)} numbers, or a dict of some of {', '.join(names)}")
    return list(weights)


def _table(answers: Any, data: Any) -> tuple[_columns.Table, list[str], bool]:
    """The table, the questions' columns, and whether they have names of their own."""
    if data is not None:
        if isinstance(answers, str) or not all(isinstance(name, str) for name in answers):
            raise _columns.bad("answers", "must be a list of columns of data")
        return _columns.table(data), list(answers), True
    if isinstance(answers, (list, tuple)) or (isinstance(answers, np.ndarray) and answers.dtype.names is None):
        try:
            array = np.asarray(answers)
        except ValueError:
            array = np.empty(0)
        if array.ndim != 2:
            raise _columns.bad("answers", "must be a table, or an array with a row for each respondent")
        columns = {str(j): array[:, j] for j in range(array.shape[1])}
        return _columns.Table("numpy", columns, len(array)), list(columns), False
    table = _columns.table(answers)
    return table, table.names, True


class Questions:
    """The answers, ``flat`` being all columns one after the other."""

    def __init__(self, answers: Any, data: Any = None) -> None:
        self.table, self.names, self._named = _table(answers, data)
        self.n = self.table.n
        columns = []
        for name in self.names:
            with _columns.blame({} if self._named else {name: "answers"}):
                columns.append(self.table.float64(name))
        if not columns:
            raise _columns.bad("answers", "must have at least one question")
        self.flat: _columns.FloatArray = np.concatenate(columns)

    def __len__(self) -> int:
        return len(self.names)

    def on_scale(self, lowest: _columns.FloatArray, highest: _columns.FloatArray) -> _columns.FloatArray:
        """As ``flat``; answers off their scale are missing."""
        rows = self.flat.reshape(len(self), -1)
        kept = (rows >= lowest[:, None]) & (rows <= highest[:, None])
        return np.where(kept, rows, np.nan).reshape(-1)

    def each(self, value: Any, argument: str) -> _columns.FloatArray:
        """One number for each question: of one number, a sequence, or a dict by question."""
        if isinstance(value, Mapping):
            if set(value) != set(self.names):
                raise _columns.bad(argument, f"must name the questions {', '.join(map(repr, self.names))}")
            value = [value[name] for name in self.names]
        array = _columns.float64(value, argument)
        if np.ndim(value) == 0:
            return np.full(len(self), array[0])
        if len(array) != len(self):
            raise _columns.bad(argument, f"must have one number for each of the {len(self)} questions")
        return array

    @contextmanager
    def blame(self, lowest: Any = -1e40, highest: Any = 1e40, missing: bool = False) -> Iterator[None]:
        """Errors about the answers name the question, where it has a name. The bounds are those of a good answer;
        ``missing`` tells that it may be missing."""
        try:
            yield
        except LoyaltyError as error:
            if error.argument == "answer":
                error.argument = "answers"
                if error.index is not None and self._named:
                    if error.code in ("ERR_SINGULAR", "ERR_INFEASIBLE"):
                        error.argument, error.index = self.names[error.index], None
                    else:
                        row = self.flat[error.index :: self.n]
                        wrong = ~((row >= lowest) & (row <= highest)) & ~(missing & np.isnan(row))
                        error.argument = self.names[int(np.argmax(wrong))]
            elif error.argument in ("weight", "lowest", "highest"):
                error.argument += "s" if error.argument == "weight" else ""
            elif error.argument == "items":
                error.argument = "answers"
                error.detail = error.detail.replace("must be", "must have") + " questions"
            raise
