"""What customers say: the Net Promoter Score and customer satisfaction, with their uncertainty."""

from __future__ import annotations

from .csat import CSAT, csat, csat_from_counts
from .nps import NPS, NPSMethod, nps, nps_from_counts

__all__ = [
    "CSAT",
    "NPS",
    "NPSMethod",
    "csat",
    "csat_from_counts",
    "nps",
    "nps_from_counts",
]
