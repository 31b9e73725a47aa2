"""Names of the kinds of trust that loyalty rests on."""

from __future__ import annotations

from .. import _loyalty
from ._types import names_of

__all__ = [
    "TRUST_BASES", "TRUST_BASES_ZH", "TRUST_RESILIENCES", "TRUST_RESILIENCES_ZH", "TRUST_STRENGTHS",
    "TRUST_STRENGTHS_ZH",
]  # fmt: skip

TRUST_RESILIENCES, TRUST_RESILIENCES_ZH = names_of(_loyalty.trust_resilience_name, 2)
TRUST_BASES, TRUST_BASES_ZH = names_of(_loyalty.trust_basis_name, 2)
TRUST_STRENGTHS, TRUST_STRENGTHS_ZH = names_of(_loyalty.trust_strength_name, 3)
