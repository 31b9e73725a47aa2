"""What customers say: the Net Promoter Score and customer satisfaction, with their uncertainty."""

from __future__ import annotations

from .csat import CSAT, csat, csat_from_counts
from .nps import NPS, NPSMethod, nps, nps_from_counts
from .nps_attribution import NPSAttribution, NPSGap, NPSMoves, nps_attribution, nps_gap, nps_moves
from .nps_plan import nps_group_sizes, nps_half_width, nps_power, nps_sample_size
from .nps_tests import (
    NPSBenchmark,
    NPSDifference,
    NPSGroups,
    NPSPair,
    holm,
    nps_compare,
    nps_groups,
    nps_overlap,
    nps_paired,
    nps_permutation_test,
    nps_test,
)
from .nps_weighted import NPSWeighted, nps_stratified, nps_weighted

__all__ = [
    "CSAT",
    "NPS",
    "NPSAttribution",
    "NPSBenchmark",
    "NPSDifference",
    "NPSGap",
    "NPSGroups",
    "NPSMethod",
    "NPSMoves",
    "NPSPair",
    "NPSWeighted",
    "csat",
    "csat_from_counts",
    "holm",
    "nps",
    "nps_attribution",
    "nps_compare",
    "nps_from_counts",
    "nps_gap",
    "nps_group_sizes",
    "nps_groups",
    "nps_half_width",
    "nps_moves",
    "nps_overlap",
    "nps_paired",
    "nps_permutation_test",
    "nps_power",
    "nps_sample_size",
    "nps_stratified",
    "nps_test",
    "nps_weighted",
]
