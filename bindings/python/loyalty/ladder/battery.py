"""The behavioural-intentions battery of Zeithaml, Berry and Parasuraman."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import _columns, _loyalty
from .._errors import notice
from .._formulas import point_errors
from ._types import names_of

__all__ = ["BATTERY_DIMENSIONS", "BATTERY_DIMENSIONS_ZH", "battery"]

BATTERY_DIMENSIONS, BATTERY_DIMENSIONS_ZH = names_of(_loyalty.battery_dimension_name, 5)

_ITEMS = 13


def battery(answers: Any, *, data: Any = None, errors: _columns.Errors = "raise") -> Any:
    """The scores of the thirteen items, each answered from 1 to 7: loyalty (items 1 to 5), switch (6, 7), pay_more (8,
    9), external_response (10 to 12), internal_response (13), and the favourable index, the mean of loyalty, pay_more
    and 8 - switch.

    Args:
        answers: a table or an array of two dimensions with a column for each item, or a list of thirteen columns, or
            with ``data`` of their names; for one respondent a list of thirteen numbers. Missing answers are left out; a
            score needs at least half of its items and is NaN without.
        data: a table in which ``answers`` may name columns.
        errors: ``"coerce"`` gives NaN for a respondent with a bad answer instead of an error.

    Returns:
        A table of the kind that came in, a row for each respondent; for one respondent a dict.

    Warns (``NOTICE_SKIPPED``) when respondents have no index for lack of answers.
    """
    if isinstance(answers, np.ndarray) and answers.ndim == 2:
        answers = list(answers.T)
    elif data is None and not isinstance(answers, (list, tuple, np.ndarray)):
        with _columns.blame({"data": "answers"}):
            data = _columns.table(answers)
        answers = data.names
    if isinstance(answers, str) or len(answers) != _ITEMS:
        raise _columns.bad("answers", f"must be {_ITEMS} columns, one for each item")
    names = [f"answers[{item}]" for item in range(_ITEMS)]
    given = [np.nan if answer is None else answer for answer in answers]
    table = _columns.arguments(data, **dict(zip(names, given, strict=True)))
    items = np.concatenate([table.float64(name) for name in names])
    scores, index = _columns.empty_float64(table.n * len(BATTERY_DIMENSIONS)), _columns.empty_float64(table.n)
    with point_errors(table.kind == "scalar", {"answer": "answers"}):
        status, _, skipped = _loyalty.battery_batch(items, scores, index, _columns.coerce(errors))
    notice(status, f"{skipped} respondents have too few answers for the index")
    columns = scores.reshape(len(BATTERY_DIMENSIONS), table.n)
    named = {name.replace(" ", "_"): np.ascontiguousarray(columns[i]) for i, name in enumerate(BATTERY_DIMENSIONS)}
    return table.frame({**named, "favourable": index})
