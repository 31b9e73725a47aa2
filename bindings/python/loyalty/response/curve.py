"""The curve L = f(C, S), its inverse, thresholds and zones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _loyalty
from .._errors import notice
from .._formulas import point_errors
from .._params import labels
from .curve_plot import draw
from .inverse import CurveInverse

__all__ = [
    "MARKET_ZONES", "MARKET_ZONES_ZH", "QUALITY_ZONES", "QUALITY_ZONES_ZH", "ROLES", "ROLES_ZH", "CurvePoint",
    "LoyaltyCurve", "Zone",
]  # fmt: skip


def _zone_names(kind: int, count: int, chinese: bool) -> tuple[str, ...]:
    return tuple(_loyalty.zone_name(kind, i, chinese) for i in range(count))


MARKET_ZONES = _zone_names(0, 3, False)
MARKET_ZONES_ZH = _zone_names(0, 3, True)
QUALITY_ZONES = _zone_names(1, 3, False)
QUALITY_ZONES_ZH = _zone_names(1, 3, True)
ROLES = _zone_names(2, 4, False)
ROLES_ZH = _zone_names(2, 4, True)


class CurvePoint(NamedTuple):
    """Everything about one point of a curve."""

    loyalty: float
    free_choice: float
    captivity: float
    floor: float
    ceiling: float
    slope_s: float
    slope_c: float
    elasticity_s: float
    elasticity_c: float
    hostage_share: float


class Zone(NamedTuple):
    """Where a customer is: names from MARKET_ZONES, QUALITY_ZONES and ROLES, and the slope of free choice."""

    market: str
    quality: str
    role: str
    relative_slope: float


_NAMES = {"constraint": "constraints", "target": "l"}
_VECTORS = ("b", "constraints")
_NOTHING: NDArray[np.float64] = np.empty(0)
_LOYALTY, _SLOPE_S, _SLOPE_C, _HOSTAGE_SHARE, _REQUIRED = range(5)


def _number(value: object) -> bool:
    return isinstance(value, (float, int))


class LoyaltyCurve(CurveInverse):
    """Loyalty as a function of competition and satisfaction (the "captive log-odds" law).

    g = Lambda(alpha + beta logit(s) - gamma logit(c)) is the chance that a free customer stays,
    A = a (-ln c) + sum b_j K_j captivity, and L = (1 - delta) (1 - exp(-A) (1 - g)) loyalty.

    Args:
        alpha: attraction apart from satisfaction.
        beta: how steeply log-odds rise with logit(s), above 0.
        gamma: how steeply they fall with logit(c), at least 0.
        a: captivity for lack of choice, at least 0.
        b: captivity of each constraint at K_j = 1, at least 0; up to eight.
        delta: attrition that satisfaction cannot stop, 0 <= delta < 1.

    In all methods s is satisfaction in [0, 1] (see :func:`satisfaction`) and c competition above 0 and below 1 (see
    :func:`competition_index`); ``constraints`` has one entry for each b, a number or a column in [0, 1], None meaning
    that none binds. Numbers in, number out; columns in, column out of the same kind; with ``data``, arguments may be
    names of its columns. ``errors="coerce"`` gives NaN for a bad row instead of raising.

    :meth:`fit` estimates the parameters; from then on all methods use the estimates, which stand in ``params_``, and
    the constructor's values are left as they were.
    """

    def __init__(
        self, *, alpha: float = 0.0, beta: float = 1.0, gamma: float = 1.0, a: float = 0.5, b: Sequence[float] = (),
        delta: float = 0.0,
    ) -> None:  # fmt: skip
        self.alpha = alpha
        self.beta = beta
        self.gamma = gamma
        self.a = a
        self.b = b
        self.delta = delta

    def _params(self) -> tuple[float, float, float, float, float, NDArray[np.float64]]:
        """The fitted parameters, or those of the constructor."""
        if not hasattr(self, "params_"):
            return self._given_params()
        alpha, beta, gamma, a, delta, *b = self.params_.values()
        return alpha, beta, gamma, a, delta, np.array(b)

    def _given_params(self) -> tuple[float, float, float, float, float, NDArray[np.float64]]:
        b = _NOTHING if isinstance(self.b, tuple) and not self.b else _columns.float64(self.b, "b")
        return self.alpha, self.beta, self.gamma, self.a, self.delta, b

    def _constraints(self, constraints: Any, count: int, name: str = "constraints") -> list[Any]:
        """One entry for each b."""
        if constraints is None:
            return []
        if isinstance(constraints, np.ndarray) and constraints.ndim == 2:
            constraints = list(constraints.T)
        if count == 1 and not (isinstance(constraints, (list, tuple)) and len(constraints) == 1):
            constraints = [constraints]
        if isinstance(constraints, (str, bytes)) or not hasattr(constraints, "__len__") or len(constraints) != count:
            raise _columns.bad(name, f"must have one entry for each of the {count} elements of b")
        return list(constraints)

    def _one(self, given: list[Any]) -> NDArray[np.float64] | None:
        return np.array(given, dtype=np.float64) if given else None

    def _values(
        self, what: int, name: str, x: Any, c: Any, constraints: Any, data: Any, errors: _columns.Errors, result: str
    ) -> Any:
        params = self._params()
        given = self._constraints(constraints, len(params[5]))
        coerce = _columns.coerce(errors)
        columns = {f"constraints[{j}]": k for j, k in enumerate(given)}
        table = _columns.arguments(data, **{name: x, "c": c}, **columns)
        out = _columns.empty_float64(table.n)
        k = np.concatenate([table.float64(n) for n in columns]) if columns else None
        with point_errors(table.kind == "scalar", _NAMES, _VECTORS):
            _loyalty.curve_values(*params, what, table.float64(name), table.float64("c"), k, out, coerce)
        return table.column(out, result)

    def _value(self, what: int, s: float, c: float, constraints: Any) -> float:
        params = self._params()
        k = self._one(self._constraints(constraints, len(params[5])))
        with point_errors(True, _NAMES, _VECTORS):
            return _loyalty.curve_value(*params, what, s, c, k)

    def _at(self, what: int, s: Any, c: Any, constraints: Any, data: Any, errors: _columns.Errors, result: str) -> Any:
        plain = _number(s) and _number(c) and errors == "raise" and data is None
        if isinstance(constraints, (list, tuple)):
            plain = plain and all(map(_number, constraints))
        if plain and (constraints is None or isinstance(constraints, (list, tuple))):
            return self._value(what, s, c, constraints)
        return self._values(what, "s", s, c, constraints, data, errors, result)

    def loyalty(
        self, s: Any, c: Any, constraints: Any = None, *, data: Any = None, errors: _columns.Errors = "raise"
    ) -> Any:
        """Loyalty L = f(C, S), in [0, 1]: the chance to buy again in one period, or the share of wallet."""
        return self._at(_LOYALTY, s, c, constraints, data, errors, "loyalty")

    def slope(
        self, s: Any, c: Any, constraints: Any = None, *, wrt: Literal["s", "c"] = "s", data: Any = None,
        errors: _columns.Errors = "raise",
    ) -> Any:  # fmt: skip
        """The slope dL/ds (at least 0) or, with ``wrt="c"``, dL/dc (at most 0)."""
        if wrt not in ("s", "c"):
            raise _columns.bad("wrt", f"must be 's' or 'c', not {wrt!r}")
        return self._at(_SLOPE_S if wrt == "s" else _SLOPE_C, s, c, constraints, data, errors, "slope")

    def slope_constraint(self, j: int, s: float, c: float, constraints: Any = None) -> float:
        """The slope dL/dK_j at one point; j counts from 0."""
        params = self._params()
        k = self._one(self._constraints(constraints, len(params[5])))
        with point_errors(True, _NAMES, _VECTORS):
            return _loyalty.curve_slope_constraint(*params, s, c, k, j)

    def hostage_share(
        self, s: Any, c: Any, constraints: Any = None, *, data: Any = None, errors: _columns.Errors = "raise"
    ) -> Any:
        """Of those who stay, the share that would leave if it were free to (false loyalty)."""
        return self._at(_HOSTAGE_SHARE, s, c, constraints, data, errors, "hostage_share")

    def required_satisfaction(
        self,
        l: Any,  # noqa: E741
        c: Any,
        constraints: Any = None,
        *,
        data: Any = None,
        errors: _columns.Errors = "raise",
    ) -> Any:
        """The satisfaction needed for loyalty ``l``: the inverse of :meth:`loyalty`.

        0, with a warning (``NOTICE_NOT_NEEDED``), where captivity alone already gives it.

        Raises:
            DomainError: above the ceiling 1 - delta, which no satisfaction reaches (``code`` is ``"ERR_INFEASIBLE"``).
        """
        result = self._values(_REQUIRED, "l", l, c, constraints, data, errors, "satisfaction")
        if np.any(np.asarray(result) == 0.0):
            notice("NOTICE_NOT_NEEDED")
        return result

    def point(self, s: float, c: float, constraints: Any = None) -> CurvePoint:
        """Everything about one point: loyalty, slopes, elasticities, floor, ceiling, hostage share."""
        params = self._params()
        k = self._one(self._constraints(constraints, len(params[5])))
        with point_errors(True, _NAMES, _VECTORS):
            return CurvePoint(*_loyalty.curve_at(*params, s, c, k))

    def thresholds(self, c: float, constraints: Any = None, *, tau: float = 1.0) -> tuple[float, ...]:
        """The satisfactions at which the slope of free choice is ``tau``, in rising order.

        One for beta = 1: in a competitive market loyalty moves only above it. Two for other beta. None, with a warning
        (``NOTICE_NONE``), when the slope never passes ``tau``, as on the diagonal c = 1/2. Constraints do not move
        them.
        """
        status, count, *found = _loyalty.curve_thresholds(*self._params(), c, tau)
        notice(status, "the slope of free choice does not pass tau anywhere: there is no threshold")
        return tuple(found[:count])

    def inflection(self, c: float) -> float | None:
        """The satisfaction at which the curve bends the other way; None for beta = 1, which bends one way only."""
        status, s = _loyalty.curve_inflection(*self._params(), c)
        return s if status == "OK" else None

    def zone(
        self, s: Any, c: Any, constraints: Any = None, *, tau: float = 1.0, data: Any = None,
        errors: _columns.Errors = "raise",
    ) -> Any:  # fmt: skip
        """Where customers are: market (see MARKET_ZONES), quality (QUALITY_ZONES) and role (ROLES).

        A :class:`Zone` for numbers; a table with the columns market, quality and role for columns. Constraints
        make hostages and move nothing else.
        """
        params = self._params()
        given = self._constraints(constraints, len(params[5]))
        coerce = _columns.coerce(errors)
        if _number(s) and _number(c) and all(map(_number, given)) and data is None and not coerce:
            with point_errors(True, _NAMES, _VECTORS):
                at_market, at_quality, at_role, slope = _loyalty.curve_zone(*params, s, c, self._one(given), tau)
            return Zone(MARKET_ZONES[at_market], QUALITY_ZONES[at_quality], ROLES[at_role], slope)
        columns = {f"constraints[{j}]": k for j, k in enumerate(given)}
        table = _columns.arguments(data, s=s, c=c, **columns)
        k = np.concatenate([table.float64(n) for n in columns]) if columns else None
        market, quality, role = (np.empty(table.n, dtype=np.int64) for _ in range(3))
        with point_errors(table.kind == "scalar", _NAMES, _VECTORS):
            _loyalty.curve_zones(*params, table.float64("s"), table.float64("c"), k, tau, market, quality, role, coerce)
        return table.frame(
            {
                "market": labels(market, MARKET_ZONES),
                "quality": labels(quality, QUALITY_ZONES),
                "role": labels(role, ROLES),
            }
        )

    def plot(
        self, c: Any = None, constraints: Any = None, *, satisfaction: Any = None, competition: Any = None,
        loyal: Any = None, trials: Any = None, weights: Any = None, data: Any = None, segment: Any = None,
        level: float = 0.95, tau: float = 1.0, ax: Any = None,
    ) -> Any:  # fmt: skip
        """Draw loyalty against satisfaction, one curve for each competition; needs the extra ``plot`` (matplotlib).

        A curve is thick where it is quality-sensitive, with diamonds at its thresholds; once fitted, the interval of
        :meth:`predict` is a band around it. Answers are drawn as loyal shares with Wilson intervals, pooled over rows
        of the same satisfaction (in tenths of the scale when there are more than twelve) and the same curve (the one
        with the nearest competition in log-odds).

        Args:
            c: up to six competitions, a number or several, or a dict of names with them such as
                :data:`INDUSTRIES`. Without it, those of the answers, or 0.2, 0.5 and 0.8.
            constraints: one number in [0, 1] for each b, for all curves; None means that none binds.
            satisfaction, competition, loyal, trials, weights, data, segment: answers, as in :meth:`fit`.
            level: of the intervals.
            tau: the slope of free choice above which satisfaction matters, as in :meth:`thresholds`.
            ax: matplotlib axes to draw into; by default those of a new figure.

        Returns:
            The axes.
        """
        given = {"satisfaction": satisfaction, "competition": competition, "loyal": loyal, "trials": trials,
                 "weights": weights}  # fmt: skip
        return draw(self, c, constraints, given, data, segment, level, tau, ax)
