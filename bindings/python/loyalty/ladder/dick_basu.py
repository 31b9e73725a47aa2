"""Dick and Basu's four kinds of loyalty."""

from __future__ import annotations

from typing import Any

from .. import _columns, _loyalty
from ._types import classify, names_of

__all__ = ["DICK_BASU_TYPES", "DICK_BASU_TYPES_ZH", "dick_basu"]

DICK_BASU_TYPES, DICK_BASU_TYPES_ZH = names_of(_loyalty.dick_basu_name, 4)


def dick_basu(
    attitude: Any, patronage: Any, rival: Any = None, *, relative_above: float = 0.0, attitude_from: float = 0.5,
    patronage_from: float = 0.5, data: Any = None, as_codes: bool = False, errors: _columns.Errors = "raise",
) -> Any:  # fmt: skip
    """Dick and Basu's type: true (high relative attitude and patronage), latent (attitude only), spurious (patronage
    only, out of habit) or none.

    Args:
        attitude: towards the supplier, from 0 to 1; a number, or a column. Missing gives ``"unknown"``.
        patronage: share of category purchases or probability of buying again, from 0 to 1, likewise.
        rival: attitude towards the best rival, from 0 to 1. Where it is missing the own attitude alone decides.
        relative_above: attitude - rival is high above this.
        attitude_from: without a rival, the attitude is high from here on.
        patronage_from: patronage is high from here on.
        data, as_codes, errors: as in :func:`jones_sasser`; the names are :data:`DICK_BASU_TYPES`.
    """
    cuts = (relative_above, attitude_from, patronage_from)
    columns = {"attitude": attitude, "rival": rival, "patronage": patronage}
    return classify(
        _loyalty.dick_basu_batch, cuts, columns, DICK_BASU_TYPES, "dick_basu", data, as_codes, errors, ("rival",)
    )
