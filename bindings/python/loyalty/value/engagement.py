"""What customers are worth beyond what they buy: referral, influence and knowledge, and the total."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np

from .. import _columns, _loyalty
from .._columns import Errors, FloatArray, IntArray
from .._errors import LoyaltyError
from .._formulas import point_errors
from ..ladder._matrix import square, vector
from ._rows import choice

__all__ = [
    "Attribution", "EngagementValue", "Influence", "engagement_value", "influence", "knowledge_value", "referral_value",
]  # fmt: skip

Attribution = Literal["referrer", "referred", "split"]
_RULES = {"referrer": 1, "referred": 2, "split": 3}


class Influence(NamedTuple):
    """What goes through each customer, own value included, and what he adds through others."""

    total: FloatArray
    added: FloatArray


class EngagementValue(NamedTuple):
    """``table`` has a row for each customer: ``own``, the lifetime value that stays with him, ``referred``, referral
    value with what was moved to it, and ``cev``, all together; ``total`` is the sum of ``cev``."""

    table: Any
    total: float


def _present(
    function: Any, data: Any, errors: Errors, columns: dict[str, Any], discount_rate: float, result: str
) -> Any:
    """A column of present values; optional columns are None."""
    table = _columns.arguments(data, **columns)
    out = _columns.empty_float64(table.n)
    with point_errors(table.kind == "scalar", {"discount": "discount_rate"}):
        function(
            *(table.float64(name) if name in table else None for name in columns), discount_rate, out,
            _columns.coerce(errors),
        )  # fmt: skip
    return table.column(out, result)


def referral_value(
    period: Any, margin: Any, *, discount_rate: float, type1: Any = None, reward: Any = None,
    marketing_cost: Any = None, saving: Any = None, data: Any = None, errors: Errors = "raise",
) -> Any:  # fmt: skip
    """The present value of referrals, one for each row: type1 (margin - reward - marketing_cost) + saving, discounted.
    The referral value of a customer (CRV) is the sum of the rows he is the referrer of.

    Args:
        period: when, in periods of the discount rate.
        margin: what the referred customer brings in that period.
        type1: probability that he would not have come without the referral; None for certain. Of one who would have,
            only the saving counts.
        reward, marketing_cost: paid for the referral; None for nothing.
        saving: of the usual cost of acquisition; None for nothing.
    """
    columns = {
        "period": period, "type1": type1, "margin": margin, "reward": reward, "marketing_cost": marketing_cost,
        "saving": saving,
    }  # fmt: skip
    return _present(_loyalty.referral_value_batch, data, errors, columns, discount_rate, "referral_value")


def knowledge_value(
    period: Any, count: Any, adopted: Any, worth: Any, *, discount_rate: float, handling_cost: Any = None,
    data: Any = None, errors: Errors = "raise",
) -> Any:  # fmt: skip
    """The present value of what customers teach (CKV), one contribution or kind of contribution for each row:
    count adopted worth - handling_cost, discounted.

    Args:
        period: when, in periods of the discount rate.
        count: contributions in that period.
        adopted: share of them that is put to use.
        worth: what one in use brings.
        handling_cost: of the row's contributions together; None for nothing.
    """
    columns = {"period": period, "count": count, "adopted": adopted, "worth": worth, "handling_cost": handling_cost}
    return _present(_loyalty.knowledge_value_batch, data, errors, columns, discount_rate, "knowledge_value")


def influence(weight: Any, own: Any) -> Influence:
    """What customers are worth through those they influence: c = own + W c.

    Args:
        weight: W, a square array of up to 1024 rows; ``weight[i][j]`` is the part of the value of customer j that comes
            about through i. Its spectral radius must be below 1.
        own: what each is worth by himself; a number is repeated.
    """
    matrix = square(weight, "weight")
    n = len(matrix)
    alone = np.full(n, _columns.float64(own, "own")[0]) if np.ndim(own) == 0 else vector(own, "own", n)
    total, added = _columns.empty_float64(n), _columns.empty_float64(n)
    try:
        _loyalty.influence(matrix.reshape(-1), alone, total, added)
    except LoyaltyError as error:
        if error.argument == "weight" and error.index is not None:
            error.index //= n
        raise
    return Influence(total, added)


def engagement_value(
    clv: Any, *, crv: Any = None, civ: Any = None, ckv: Any = None, customer_id: Any = None, referrer_id: Any = None,
    type1: Any = None, attribute: Attribution, data: Any = None,
) -> EngagementValue:  # fmt: skip
    """Everything that customers are worth, CEV = CLV + CRV + CIV + CKV, without counting the margins of referred
    customers twice. One row for each customer; arguments are columns, or their names in ``data``.

    Args:
        clv: lifetime value of each.
        crv: value of his referrals without the margins of those referred: savings less rewards and costs.
        civ, ckv: influence and knowledge value.
        customer_id, referrer_id: who each is, and who referred him; missing for nobody.
        type1: probability that he would not have come without the referral; None for certain.
        attribute: to whom the lifetime value of a referred customer counts: ``"referrer"``, ``"referred"`` (himself) or
            ``"split"`` (half to each). The total is the same.
    """
    numbers = {"clv": clv, "crv": crv, "civ": civ, "ckv": ckv, "type1": type1}
    table = _columns.arguments(data, **numbers, customer_id=customer_id, referrer_id=referrer_id)
    referrer = None
    if referrer_id is not None:
        if customer_id is None:
            raise _columns.bad("customer_id", "must be given when referrer_id is")
        referrer = _rows_of(table)
    given = {name: table.float64(name) if name in table else None for name in numbers}
    own, referred, cev = (_columns.empty_float64(table.n) for _ in range(3))
    with point_errors(table.kind == "scalar", {"referrer": "referrer_id"}):
        total = _loyalty.engagement_value(
            table.float64("clv"), given["crv"], given["civ"], given["ckv"], referrer, given["type1"],
            choice("attribute", attribute, _RULES), own, referred, cev,
        )  # fmt: skip
    return EngagementValue(table.frame({"own": own, "referred": referred, "cev": cev}), total)


def _rows_of(table: _columns.Table) -> IntArray:
    """The row of each customer's referrer, -1 for nobody."""
    row: dict[Any, int] = {}
    for i, name in enumerate(table.numpy("customer_id").tolist()):
        if _is_missing(name):
            raise _columns.bad("customer_id", "must not be missing", i)
        if row.setdefault(name, i) != i:
            raise _columns.bad("customer_id", f"{name!r} stands in more than one row", i)
    found = np.full(table.n, -1, dtype=np.int64)
    for i, name in enumerate(table.numpy("referrer_id").tolist()):
        if _is_missing(name):
            continue
        if name not in row:
            raise _columns.bad("referrer_id", f"{name!r} is not among the customers", i)
        found[i] = row[name]
    return found


def _is_missing(name: Any) -> bool:
    return name is None or type(name).__name__ in ("NAType", "NaTType") or name != name
