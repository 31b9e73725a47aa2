"""Oliver's phases of loyalty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .. import _columns, _loyalty
from ._types import classify, names_of

__all__ = ["OLIVER_PHASES", "OLIVER_PHASES_ZH", "Reproducibility", "oliver", "oliver_reproducibility"]

OLIVER_PHASES, OLIVER_PHASES_ZH = names_of(_loyalty.oliver_name, 5)


@dataclass(frozen=True, slots=True)
class Reproducibility:
    """How far a population goes through Oliver's phases in order. Made by :func:`oliver_reproducibility`.

    Attributes:
        reproducibility: Guttman's coefficient, 1 - errors/(4 n).
        errors: scores on the other side of the cut than the perfect pattern has them.
        n: customers used.
        missing: customers left out for a missing score.
    """

    reproducibility: float
    errors: int
    n: int
    missing: int = 0

    @property
    def acceptable(self) -> bool:
        """Whether the coefficient is 0.9 or more."""
        return self.reproducibility >= 0.9


def oliver(
    cognitive: Any, affective: Any, conative: Any, action: Any, *, passed_from: float = 0.7, data: Any = None,
    as_codes: bool = False, errors: _columns.Errors = "raise",
) -> Any:  # fmt: skip
    """Oliver's phase of loyalty: none, cognitive, affective, conative or action, by how many scores in a row are
    passed.

    Args:
        cognitive, affective, conative, action: scores from 0 to 1; numbers, or columns. A missing one gives
            ``"unknown"`` where those before it are all passed.
        passed_from: a score is passed from here on.
        data, as_codes, errors: as in :func:`jones_sasser`; the names are :data:`OLIVER_PHASES`, a number is how many
            phases are passed.
    """
    columns = {"cognitive": cognitive, "affective": affective, "conative": conative, "action": action}
    return classify(_loyalty.oliver_batch, (passed_from,), columns, OLIVER_PHASES, "oliver", data, as_codes, errors)


def oliver_reproducibility(
    cognitive: Any, affective: Any, conative: Any, action: Any, *, passed_from: float = 0.7, data: Any = None
) -> Reproducibility:
    """Guttman's coefficient of reproducibility: whether customers go through the phases in order. Arguments as in
    :func:`oliver`; customers with a missing score are left out."""
    columns = {"cognitive": cognitive, "affective": affective, "conative": conative, "action": action}
    table = _columns.arguments(data, **columns)
    a, b, c, d = (table.float64(name) for name in columns)
    n, missing, wrong, coefficient = _loyalty.oliver_reproducibility(passed_from, a, b, c, d)
    return Reproducibility(coefficient, wrong, n, missing)
