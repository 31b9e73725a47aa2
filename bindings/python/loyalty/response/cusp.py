"""The cusp catastrophe: loyalty that jumps, and does not come back the way it went.

The state z rests where z^3 - b z - a = 0: ``a`` (the normal control, such as satisfaction) moves it, ``b`` (the
splitting control, such as the cost of switching) decides whether it moves smoothly (b <= 0) or in jumps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from .. import _columns, _loyalty
from .._formulas import mapped, point_errors

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "CuspMoments", "CuspState", "cusp_density", "cusp_equilibria", "cusp_fold", "cusp_moments", "cusp_path",
    "plot_cusp",
]  # fmt: skip

Rule = Literal["delay", "maxwell"]

_RULES = ("delay", "maxwell")
_SHEETS = {"low": -1, "high": 1}
_STABILITY = {0: "unstable", 1: "stable", 2: "half-stable"}


class CuspState(NamedTuple):
    """A state at rest: ``z``, and its stability ``"stable"``, ``"unstable"`` or, on a fold line, ``"half-stable"``."""

    z: float
    stability: str


class CuspMoments(NamedTuple):
    """ln Z and moments of the state: of z, and of z^2/2 (``half_square``)."""

    log_normalizer: float
    mean: float
    variance: float
    half_square: float
    covariance: float
    half_square_variance: float


def cusp_equilibria(a: Any, b: Any, *, data: Any = None, errors: _columns.Errors = "raise") -> Any:
    """The states at rest: the roots of z^3 - b z - a = 0.

    For numbers, a tuple of one to three :class:`CuspState` in rising order (two on a fold line, where two have met).
    For columns, a table with the columns ``low``, ``middle`` (the unstable one, NaN where there is none) and ``high``,
    the same number in ``low`` and ``high`` where there is only one state.
    """
    coerce = _columns.coerce(errors)
    table = _columns.arguments(data, a=a, b=b)
    if table.kind == "scalar" and not coerce:
        found = _loyalty.cusp_solve(table.float64("a")[0].item(), table.float64("b")[0].item())
        return tuple(CuspState(found[1 + i], _STABILITY[found[4 + i]]) for i in range(found[0]))
    low, middle, high = out = [_columns.empty_float64(table.n) for _ in range(3)]
    with point_errors(table.kind == "scalar"):
        _loyalty.cusp_solve_batch(table.float64("a"), table.float64("b"), low, middle, high, coerce)
    return table.frame(dict(zip(("low", "middle", "high"), out, strict=True)))


def cusp_fold(b: Any, *, data: Any = None, errors: _columns.Errors = "raise") -> Any:
    """The fold line 2 (b/3)^(3/2), b at least 0: two states are stable where |a| is below it."""
    return mapped(_loyalty.cusp_fold, {"b": b}, result="fold", errors=errors, data=data)


def cusp_path(a: Any, b: Any, *, rule: Rule = "delay", start: Literal["low", "high"] = "low", data: Any = None) -> Any:
    """The states along a path of the controls, one row for each moment.

    Args:
        a, b: the controls in the order of time; each may be a number.
        rule: ``"delay"``: the state stays on its sheet until that ends at its fold line. ``"maxwell"``: it goes at once
            to the deeper well, the upper one for a > 0.
        start: the sheet at the first moment, where both exist.

    Returns:
        A table with the columns ``z`` and ``jump`` (1 jumped up, -1 jumped down since the moment before, else 0).
    """
    if rule not in _RULES:
        raise _columns.bad("rule", f"must be 'delay' or 'maxwell', not {rule!r}")
    if start not in _SHEETS:
        raise _columns.bad("start", f"must be 'low' or 'high', not {start!r}")
    table = _columns.arguments(data, a=a, b=b)
    z = _columns.empty_float64(table.n)
    jump = np.empty(table.n, dtype=np.int64)
    with point_errors(table.kind == "scalar"):
        _loyalty.cusp_path(table.float64("a"), table.float64("b"), _RULES.index(rule), _SHEETS[start], z, jump)
    return table.frame({"z": z, "jump": jump})


def cusp_moments(a: Any, b: Any, *, data: Any = None, errors: _columns.Errors = "raise") -> Any:
    """Moments of the state under the density exp(a z + b z^2/2 - z^4/4)/Z: a :class:`CuspMoments` for numbers, a table
    with the columns ``mean`` and ``variance`` for columns. Controls lie within 1e7."""
    coerce = _columns.coerce(errors)
    table = _columns.arguments(data, a=a, b=b)
    if table.kind == "scalar" and not coerce:
        return CuspMoments(*_loyalty.cusp_moments(table.float64("a")[0].item(), table.float64("b")[0].item()))
    mean, variance = _columns.empty_float64(table.n), _columns.empty_float64(table.n)
    with point_errors(table.kind == "scalar"):
        _loyalty.cusp_moments_batch(table.float64("a"), table.float64("b"), mean, variance, coerce)
    return table.frame({"mean": mean, "variance": variance})


def cusp_density(
    z: Any, a: float, b: float, *, log: bool = False, data: Any = None, errors: _columns.Errors = "raise"
) -> Any:
    """The density exp(a z + b z^2/2 - z^4/4)/Z of the state (Cobb 1981), or its logarithm, at states ``z``."""
    table = _columns.arguments(data, z=z)
    out = _columns.empty_float64(table.n)
    with point_errors(table.kind == "scalar"):
        _loyalty.cusp_density_batch(a, b, table.float64("z"), log, out, _columns.coerce(errors))
    return table.column(out, "log_density" if log else "density")


def new_axes() -> Axes:
    """Axes of a new matplotlib figure."""
    try:
        from matplotlib import pyplot
    except ImportError:
        raise ImportError("pictures need matplotlib: install loyalty[plot]") from None
    axes: Axes = pyplot.subplots()[1]
    return axes


def plot_cusp(
    b: float = 3.0, *, path: Any = None, rule: Rule = "delay", start: Literal["low", "high"] = "low",
    ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """Draw the equilibria over a at a given b, stable ones solid and unstable ones dashed, with the fold lines; and
    over them the states along ``path``, the values of a in the order of time. Needs matplotlib."""
    fold = cusp_fold(max(b, 0.0))
    ax = new_axes() if ax is None else ax
    turn = float(np.sqrt(max(b, 0.0) / 3))
    reach = max(1.6 * fold, 2.0)
    if path is not None:
        visited = _columns.float64(path, "path")
        states = cusp_path(visited, b, rule=rule, start=start)["z"]
        reach = max([reach, *np.abs(visited)])
    end = float(cusp_equilibria(reach, b)[-1].z)
    # Along the curve a = z^3 - b z is known exactly, and no root is looked for.
    z = np.linspace(-end, end, 401)
    for part, style in ((z <= -turn, "-"), (np.abs(z) <= turn, "--"), (z >= turn, "-")):
        if part.any():
            ax.plot(z[part] ** 3 - b * z[part], z[part], style, color="C0")
    for line in (-fold, fold) if fold > 0 else ():
        ax.axvline(line, color="0.6", linewidth=0.8, linestyle=":")
    if path is not None:
        ax.plot(visited, states, color="C1", marker=".", linewidth=1.0)
    ax.set_xlabel("normal control a")
    ax.set_ylabel("state z")
    ax.set_title(f"b = {b:g}")
    return ax
