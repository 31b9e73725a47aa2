"""The questions that run backwards through the curve: methods of :class:`LoyaltyCurve`."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _loyalty
from .._errors import notice
from .._formulas import point_errors
from .curve_fit import CurveFit

__all__ = ["CurveInverse", "Deregulation"]


class Deregulation(NamedTuple):
    """A change of market around a customer whose satisfaction stays. ``lost`` is below 0 for a gain;
    ``hostage_share_before`` is the part of those who stayed that was held."""

    loyalty_before: float
    loyalty_after: float
    lost: float
    hostage_share_before: float


_NAMES = {"constraint": "constraints", "constraint_after": "constraints_after", "target": "l"}
_VECTORS = ("b", "constraints", "constraints_after")
_NOT_NEEDED = ("NOTICE_NOT_NEEDED", 0.0, None)
_NO_LIMIT = ("NOTICE_NONE", 1.0, "no competition takes this loyalty away")


class CurveInverse(CurveFit):
    """The part of :class:`LoyaltyCurve` that answers questions about its arguments; see there."""

    def required_captivity(
        self,
        l: Any,  # noqa: E741
        s: Any,
        c: Any,
        *,
        data: Any = None,
        errors: _columns.Errors = "raise",
    ) -> Any:
        """The captivity A in total that gives loyalty ``l``: the lock-in that stands in for missing satisfaction, to be
        compared with ``point(s, c).captivity``. ``a`` and ``b`` play no part.

        0, with a warning (``NOTICE_NOT_NEEDED``), where free choice alone gives it.

        Raises:
            DomainError: from the ceiling 1 - delta on, which no captivity reaches (``code`` is ``"ERR_INFEASIBLE"``).
        """
        table = _columns.arguments(data, l=l, s=s, c=c)
        return self._answer("required_captivity", (), table, ("l", "s", "c"), None, errors, "captivity", _NOT_NEEDED)

    def required_constraint(
        self,
        j: int,
        l: Any,  # noqa: E741
        s: Any,
        c: Any,
        constraints: Any = None,
        *,
        data: Any = None,
        errors: _columns.Errors = "raise",
    ) -> Any:
        """The strength K_j in [0, 1] of constraint ``j`` (from 0) that gives loyalty ``l``, the others staying; the
        entry of ``j`` in ``constraints`` is not looked at.

        0, with a warning (``NOTICE_NOT_NEEDED``), where the rest already gives it.

        Raises:
            DomainError: when not even K_j = 1 gives it (``code`` is ``"ERR_INFEASIBLE"``).
        """
        given = self._constraints(constraints, len(self._params()[5]))
        given = [0.0 if k is None else k for k in given]
        columns = {f"constraints[{i}]": k for i, k in enumerate(given)}
        table = _columns.arguments(data, l=l, s=s, c=c, **columns)
        return self._answer(
            "required_constraint", (j,), table, ("l", "s", "c"), list(columns), errors, "constraint", _NOT_NEEDED
        )

    def critical_competition(
        self,
        l: Any,  # noqa: E741
        s: Any,
        constraints: Any = None,
        *,
        data: Any = None,
        errors: _columns.Errors = "raise",
    ) -> Any:
        """The competition at which loyalty ``l`` is lost: the largest c with L >= l.

        1, with a warning (``NOTICE_NONE``), where no competition takes it away.

        Raises:
            DomainError: when it is not held at any competition (``code`` is ``"ERR_INFEASIBLE"``).
        """
        given = self._constraints(constraints, len(self._params()[5]))
        columns = {f"constraints[{i}]": k for i, k in enumerate(given)}
        table = _columns.arguments(data, l=l, s=s, **columns)
        return self._answer(
            "critical_competition", (), table, ("l", "s"), list(columns), errors, "competition", _NO_LIMIT
        )

    def _answer(
        self, question: str, leading: tuple[int, ...], table: _columns.Table, columns: tuple[str, ...],
        constraints: list[str] | None, errors: _columns.Errors, result: str, edge: tuple[str, float, str | None],
    ) -> Any:  # fmt: skip
        """One number for each row. ``edge`` is a notice, the answer that comes with it, and what it says."""
        coerce = _columns.coerce(errors)
        given: list[NDArray[np.float64] | None] = [table.float64(name) for name in columns]
        if constraints is not None:
            given.append(_side_by_side(table, constraints))
        with point_errors(table.kind == "scalar", _NAMES, _VECTORS):
            if table.kind == "scalar" and not coerce:
                ask = getattr(_loyalty, f"curve_{question}")
                numbers = [float(table.float64(name)[0]) for name in columns]
                status, value = ask(*self._params(), *leading, *numbers, *given[len(columns) :])
                notice(status, edge[2])
                return value
            out = _columns.empty_float64(table.n)
            getattr(_loyalty, f"curve_{question}_batch")(*self._params(), *leading, *given, out, coerce)
        if np.any(out == edge[1]):
            notice(edge[0], edge[2])
        return table.column(out, result)

    def deregulation(
        self, s: Any, c: Any, constraints: Any = None, *, c_after: Any = None, constraints_after: Any = None,
        data: Any = None, errors: _columns.Errors = "raise",
    ) -> Any:  # fmt: skip
        """What happens to loyalty when constraints go, or competition changes, while satisfaction stays.

        Args:
            c_after: competition then; None when it stays.
            constraints_after: constraints then; None when none is left.

        Returns:
            A :class:`Deregulation` for numbers; for columns a table with its fields.
        """
        count = len(self._params()[5])
        now = {f"constraints[{i}]": k for i, k in enumerate(self._constraints(constraints, count))}
        later = self._constraints(constraints_after, count, "constraints_after")
        then = {f"constraints_after[{i}]": k for i, k in enumerate(later)}
        table = _columns.arguments(data, s=s, c=c, c_after=c_after, **now, **then)
        coerce = _columns.coerce(errors)
        s_now, c_now = table.float64("s"), table.float64("c")
        held, left = _side_by_side(table, list(now)), _side_by_side(table, list(then))
        after = table.float64("c_after") if "c_after" in table else None
        out = {name: _columns.empty_float64(table.n) for name in Deregulation._fields}
        with point_errors(table.kind == "scalar", _NAMES, _VECTORS):
            if table.kind == "scalar" and not coerce:
                c_then = float((c_now if after is None else after)[0])
                found = _loyalty.curve_deregulate(*self._params(), float(s_now[0]), float(c_now[0]), held, c_then, left)
                return Deregulation(*found)
            _loyalty.curve_deregulate_batch(
                *self._params(), s_now, c_now, held, after, left, out["loyalty_before"], out["loyalty_after"],
                out["lost"], out["hostage_share_before"], coerce,
            )  # fmt: skip
        if table.kind == "scalar":
            return Deregulation(*(float(x[0]) for x in out.values()))
        return table.frame(out)

    def competition_from_ratio(
        self, ratio: float, s_low: float = 0.75, s_high: float = 1.0, constraints: Any = None
    ) -> float:
        """The competition at which L(s_high)/L(s_low) rises to ``ratio``: an industry placed by one published number,
        such as "the completely satisfied buy again six times as often as the satisfied".

        .75 and 1 are the answers 4 and 5 on a scale of 1 to 5. Without captivity (a = 0), for beta = gamma = 1 and
        alpha = 0, logit(c) is logit(s_low) + ln(ratio - 1).

        Raises:
            DomainError: when the ratio does not rise so high at any competition (``code`` is ``"ERR_INFEASIBLE"``).
        """
        k = self._one(self._constraints(constraints, len(self._params()[5])))
        with point_errors(True, _NAMES, _VECTORS):
            return _loyalty.curve_competition_from_ratio(*self._params(), ratio, s_low, s_high, k)


def _side_by_side(table: _columns.Table, names: list[str]) -> NDArray[np.float64] | None:
    return np.concatenate([table.float64(name) for name in names]) if names else None
