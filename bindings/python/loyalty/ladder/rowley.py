"""Rowley's four kinds of loyal customers."""

from __future__ import annotations

from typing import Any

from .. import _columns, _loyalty
from ._types import classify, names_of

__all__ = ["ROWLEY_TYPES", "ROWLEY_TYPES_ZH", "rowley"]

ROWLEY_TYPES, ROWLEY_TYPES_ZH = names_of(_loyalty.rowley_name, 4)


def rowley(
    attitude: Any, behaviour: Any, *, attitude_from: float = 0.5, behaviour_from: float = 0.5, data: Any = None,
    as_codes: bool = False, errors: _columns.Errors = "raise",
) -> Any:  # fmt: skip
    """Rowley's type: committed (positive attitude and behaviour), contented (attitude only), convenience-seeker
    (behaviour only) or captive.

    Args:
        attitude: from 0 (inertial) to 1 (positive), or a flag; a number, or a column. Missing gives ``"unknown"``.
        behaviour: likewise.
        attitude_from, behaviour_from: positive from here on.
        data, as_codes, errors: as in :func:`jones_sasser`; the names are :data:`ROWLEY_TYPES`.
    """
    columns = {"attitude": attitude, "behaviour": behaviour}
    cuts = (attitude_from, behaviour_from)
    return classify(_loyalty.rowley_batch, cuts, columns, ROWLEY_TYPES, "rowley", data, as_codes, errors)
