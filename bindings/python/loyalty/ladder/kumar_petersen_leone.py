"""Kumar, Petersen and Leone's groups of customers by lifetime and referral value."""

from __future__ import annotations

from typing import Any

from .. import _columns, _loyalty
from ._types import classify, names_of
from .median_cut import cut_or_median

__all__ = ["KUMAR_PETERSEN_LEONE_TYPES", "KUMAR_PETERSEN_LEONE_TYPES_ZH", "kumar_petersen_leone"]

KUMAR_PETERSEN_LEONE_TYPES, KUMAR_PETERSEN_LEONE_TYPES_ZH = names_of(_loyalty.kumar_petersen_leone_name, 4)


def kumar_petersen_leone(
    clv: Any, crv: Any, *, clv_from: float | None = None, crv_from: float | None = None, data: Any = None,
    as_codes: bool = False, errors: _columns.Errors = "raise",
) -> Any:  # fmt: skip
    """Kumar, Petersen and Leone's type: champion (high lifetime and referral value), affluent (lifetime value only),
    advocate (referral value only) or miser.

    Args:
        clv: customer lifetime value; a number, or a column. Missing gives ``"unknown"``.
        crv: customer referral value, likewise.
        clv_from, crv_from: high from here on; by default the median (:func:`median_cut`).
        data, as_codes, errors: as in :func:`jones_sasser`; the names are :data:`KUMAR_PETERSEN_LEONE_TYPES`.
    """
    columns = {"clv": clv, "crv": crv}
    table = _columns.arguments(data, **columns)
    cuts = (
        cut_or_median(clv_from, "clv_from", table, "clv", errors),
        cut_or_median(crv_from, "crv_from", table, "crv", errors),
    )
    return classify(
        _loyalty.kumar_petersen_leone_batch, cuts, columns, KUMAR_PETERSEN_LEONE_TYPES, "kumar_petersen_leone", data,
        as_codes, errors,
    )  # fmt: skip
