"""The rule of the five steps: where customers stand on the loyalty ladder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _loyalty
from .._errors import notice
from .._params import labels

__all__ = [
    "CLASSIC_STAGES",
    "CLASSIC_STAGES_ZH",
    "INPUTS",
    "STAGES",
    "STAGES_ZH",
    "LadderAssignment",
    "StageRule",
]

STAGES: tuple[str, ...] = tuple(_loyalty.stage_name(i, False) for i in range(6))
"""The five steps and the absorbing state: unaware, aware, consider, prefer, loyal, churn."""
STAGES_ZH: tuple[str, ...] = tuple(_loyalty.stage_name(i, True) for i in range(6))
"""Their names in Chinese."""
CLASSIC_STAGES: tuple[str, ...] = tuple(_loyalty.classic_stage_name(i, False) for i in range(7))
"""The classic ladder of relationship marketing: suspect, prospect, customer, client, supporter, advocate, partner."""
CLASSIC_STAGES_ZH: tuple[str, ...] = tuple(_loyalty.classic_stage_name(i, True) for i in range(7))
"""Their names in Chinese."""
INPUTS: tuple[str, ...] = tuple(_loyalty.stage_input_name(i) for i in range(8))
"""The columns that the rule looks at."""


@dataclass(frozen=True, slots=True)
class LadderAssignment:
    """What :meth:`LoyaltyLadder.assign` found, and what it could not know.

    Attributes:
        counts: customers on each stage.
        advocates: customers with the flag.
        missing: inputs of the rule for which there was no column.
        unreachable: stages that for lack of a column nobody could be found on.
        unknown: for each input, rows in which it is not known.
        bad: rows out of range, with ``errors="coerce"``.
    """

    counts: Mapping[str, int]
    advocates: int
    missing: tuple[str, ...]
    unreachable: tuple[str, ...]
    unknown: Mapping[str, int]
    bad: int


class StageRule:
    """The part of :class:`LoyaltyLadder` that assigns stages."""

    stages: Sequence[str] | None
    window: float
    r_max: float
    r_churn: float
    n_loyal: float
    share_from: float
    advocate_from: float
    assignment_: LadderAssignment
    status_: str

    def _rule_names(self) -> tuple[str, ...]:
        if self.stages is None:
            return STAGES
        names = tuple(self.stages)
        if isinstance(self.stages, str) or len(names) not in (5, 6) or len(set(names)) != len(names):
            raise _columns.bad("stages", "the rule of assign needs five different names, or six with churn")
        return names if len(names) == 6 else (*names, STAGES[5])

    def assign(
        self, data: Any, *, columns: Mapping[str, str] | None = None, customer_id_col: str = "customer_id",
        errors: _columns.Errors = "raise",
    ) -> Any:  # fmt: skip
        """The stage of each customer by the rule of the five steps: a table of the kind that came in, with the columns
        stage and advocate (and customer_id, where there is one).

        Args:
            data: a table with some of the columns in :data:`INPUTS`: purchases, recency_days, share, rank, aware
                (0 or 1), considered (0 or 1), recommendation (0 to 10), previous_stage (a name or a number). A missing
                value, and a missing column, count as "no".
            columns: the caller's names for some of them, as ``{"purchases": "orders"}``.
            customer_id_col: the column to carry over.
            errors: ``"coerce"`` gives None for a row out of range instead of raising.

        Warns (``NOTICE_INCOMPLETE``) when for lack of columns some stage cannot be reached, and names both.
        """
        names = self._rule_names()
        own = dict.fromkeys(INPUTS, "") | dict(columns or {})
        for key, column in own.items():
            if key not in INPUTS:
                raise _columns.bad("columns", f"{key!r} is not an input of the rule; these are {', '.join(INPUTS)}")
            own[key] = column or key
        table = _columns.table(data)
        for key in columns or {}:
            table.native(own[key])
        k = [self._input(table, own[key], key, names) if own[key] in table else None for key in INPUTS]
        stage = np.empty(table.n, dtype=np.int64)
        advocate = np.empty(table.n, dtype=np.int64)
        with _columns.blame(own):
            found = _loyalty.stage_assign_batch(
                self.window, self.r_max, self.r_churn, self.n_loyal, self.share_from, self.advocate_from, k[0], k[1],
                k[2], k[3], k[4], k[5], k[6], k[7], stage, advocate, _columns.coerce(errors),
            )  # fmt: skip
        status, bad, advocates, missing, unreachable = found[:5]
        self.assignment_ = LadderAssignment(
            counts=dict(zip(names, found[5:11], strict=True)),
            advocates=advocates,
            missing=tuple(name for i, name in enumerate(INPUTS) if missing >> i & 1),
            unreachable=tuple(name for i, name in enumerate(names) if unreachable >> i & 1),
            unknown=dict(zip(INPUTS, found[11:], strict=True)),
            bad=bad,
        )
        self.status_ = notice(status, self._remark())
        result: dict[str, Any] = {"stage": labels(stage, names), "advocate": advocate.astype(bool)}
        if customer_id_col in table:
            result = {customer_id_col: table.native(customer_id_col), **result}
        return table.frame(result)

    @staticmethod
    def _input(table: _columns.Table, column: str, key: str, names: Sequence[str]) -> NDArray[np.float64]:
        if key != "previous_stage":
            return table.float64(column)
        values = table.numpy(column)
        if values.dtype.kind not in "OUT":
            return table.float64(column)
        code: dict[Any, float] = {None: np.nan}
        code |= {name: i for i, name in (*enumerate(STAGES), *enumerate(names))}
        out = _columns.empty_float64(table.n)
        for i, value in enumerate(values):
            if isinstance(value, (str, type(None))):
                if value not in code:
                    raise _columns.bad(column, f"{str(value)!r} is not a stage", i)
                out[i] = code[value]
            else:
                out[i] = np.nan if type(value).__name__ == "NAType" else float(value)
        return out

    def _remark(self) -> str:
        found = self.assignment_
        return (
            f"nobody can be found on {', '.join(found.unreachable)}: the data have no column for"
            f" {', '.join(found.missing)}"
        )
