"""Jones and Sasser's types of customers."""

from __future__ import annotations

from typing import Any

from .. import _columns, _loyalty
from ._types import classify, names_of

__all__ = ["JONES_SASSER_TYPES", "JONES_SASSER_TYPES_ZH", "jones_sasser"]

JONES_SASSER_TYPES, JONES_SASSER_TYPES_ZH = names_of(_loyalty.jones_sasser_name, 6)


def jones_sasser(
    satisfaction: Any, loyalty: Any, *, satisfied: float = 0.75, completely_satisfied: float = 1.0,
    dissatisfied: float = 0.25, loyal: float = 0.7, devoted: float = 0.9, lost: float = 0.3, data: Any = None,
    as_codes: bool = False, errors: _columns.Errors = "raise",
) -> Any:  # fmt: skip
    """Jones and Sasser's type: loyalist (satisfied and loyal), mercenary (satisfied only), hostage (loyal only) or
    defector; apostle and terrorist in the corners.

    Args:
        satisfaction: from 0 (the worst answer) to 1; a number, or a column. Missing gives ``"unknown"``.
        loyalty: likewise: a probability, share or intention.
        satisfied: satisfied from here on.
        completely_satisfied: an apostle's satisfaction, from here on.
        dissatisfied: a terrorist's satisfaction, up to here.
        loyal: loyal from here on.
        devoted: an apostle's loyalty, from here on.
        lost: a terrorist's loyalty, up to here.
        data: a table in which the columns may be named.
        as_codes: give the numbers in :data:`JONES_SASSER_TYPES` as int8, -1 for unknown, instead of names.
        errors: ``"coerce"`` makes a score out of range unknown instead of an error.

    Returns:
        Text for numbers and NumPy arrays; for frames a column of categories (pandas Categorical, Polars Enum, a PyArrow
        dictionary), ``"unknown"`` being the first.
    """
    cuts = (satisfied, completely_satisfied, dissatisfied, loyal, devoted, lost)
    columns = {"satisfaction": satisfaction, "loyalty": loyalty}
    return classify(
        _loyalty.jones_sasser_batch, cuts, columns, JONES_SASSER_TYPES, "jones_sasser", data, as_codes, errors
    )
