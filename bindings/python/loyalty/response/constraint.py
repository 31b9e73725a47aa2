"""What holds customers besides satisfaction, as numbers K from 0 to 1: from questionnaires, and from prices."""

from __future__ import annotations

from typing import Any

from .. import _columns, _loyalty
from .._formulas import mapped, point_errors
from ._stack import stacked

__all__ = [
    "CONSTRAINTS",
    "CONSTRAINTS_ZH",
    "constraint_from_items",
    "constraint_from_switching_cost",
    "switching_costs",
]

CONSTRAINTS = tuple(_loyalty.constraint_name(kind, False) for kind in range(4))
"""The kinds of constraint, after Jones and Sasser (1995)."""
CONSTRAINTS_ZH = tuple(_loyalty.constraint_name(kind, True) for kind in range(4))
"""Their names in Chinese."""


def constraint_from_items(
    items: Any, *, lowest: float = 1, highest: float = 5, data: Any = None, errors: _columns.Errors = "raise"
) -> Any:
    """A constraint K in [0, 1] from the items of a scale: (mean item - lowest)/(highest - lowest).

    Args:
        items: the answers: a table with a column for each item, a list of columns (with ``data``, of their names), an
            array with a row for each customer, or the answers of one customer. Missing answers are left out.
        lowest, highest: the ends of the scale.
        data: a table in which the items may be names of columns.
        errors: ``"coerce"`` gives NaN for a customer with an answer outside the scale, or without any.
    """
    table, answers = stacked(items, "items", data)
    out = _columns.empty_float64(table.n)
    with point_errors(table.kind == "scalar", {"item": "items"}):
        _loyalty.constraint_from_items_batch(answers, lowest, highest, out, _columns.coerce(errors))
    return table.column(out, "constraint")


def switching_costs(price: Any, customers: Any, *, data: Any = None) -> Any:
    """The switching costs of a market from the prices and customers of its firms, in the unit of the prices (Shy 2002).

    S_A = p_A - p_B N_B/(N_A + N_B), where B is the smallest firm, and for the smallest the largest: the prices at which
    no rival gains by undercutting. A negative cost is not explained by the model.

    Args:
        price: one for each firm, or margins where costs differ; at least 0.
        customers: numbers of customers or shares, above 0.
        data: a table in which both may be names of columns.
    """
    table = _columns.arguments(data, price=price, customers=customers)
    out = _columns.empty_float64(table.n)
    _loyalty.switching_costs(table.float64("price"), table.float64("customers"), out)
    return table.column(out, "switching_cost")


def constraint_from_switching_cost(
    cost: Any, price: Any, *, data: Any = None, errors: _columns.Errors = "raise"
) -> Any:
    """A switching cost as a constraint: K = cost/price, clipped to [0, 1]; both in the same money."""
    return mapped(
        _loyalty.constraint_from_switching_cost,
        {"cost": cost, "price": price},
        result="constraint",
        errors=errors,
        data=data,
    )
