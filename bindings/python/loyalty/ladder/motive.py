"""Why customers stay."""

from __future__ import annotations

from typing import Any

from .. import _columns, _loyalty
from ._types import classify, names_of

__all__ = ["MOTIVES", "MOTIVES_ZH", "motive"]

MOTIVES, MOTIVES_ZH = names_of(_loyalty.motive_name, 9)


def motive(
    kinship: Any, incentive_share: Any, patronage: Any, relative_attitude: Any, *, incentive_from: float = 0.5,
    patronage_from: float = 0.5, relative_above: float = 0.0, data: Any = None, as_codes: bool = False,
    errors: _columns.Errors = "raise",
) -> Any:  # fmt: skip
    """The motive of loyalty as data show it, first match from the top: kinship, incentive, inertia, none.

    Args:
        kinship: whether tied to the supplier, 0 or 1; a number, or a column.
        incentive_share: share of the purchases made on an incentive, from 0 to 1.
        patronage: share of category purchases or probability of buying again, from 0 to 1.
        relative_attitude: own attitude less the best rival's, from -1 to 1.
        incentive_from: the share that makes the motive incentive.
        patronage_from, relative_above: inertia is patronage from here on with a relative attitude up to here.
        data, as_codes, errors: as in :func:`jones_sasser`; the names are :data:`MOTIVES`, which has those that only a
            survey can find, too. A missing number gives ``"unknown"`` where it would decide.
    """
    columns = {
        "kinship": kinship, "incentive_share": incentive_share, "patronage": patronage,
        "relative_attitude": relative_attitude,
    }  # fmt: skip
    cuts = (incentive_from, patronage_from, relative_above)
    return classify(_loyalty.motive_batch, cuts, columns, MOTIVES, "motive", data, as_codes, errors)
