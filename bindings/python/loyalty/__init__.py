"""The numerics of customer loyalty: what customers say, what they do, and what they are worth.

Each wing of the library is a module: :mod:`loyalty.survey` and its neighbours. What most programs need is here.
"""

from __future__ import annotations

from . import _loyalty, btyd, ladder, response, survey, value
from ._errors import Canceled, DomainError, LoyaltyError, LoyaltyWarning, StateError
from .btyd import (
    BetaDiscreteWeibullModel,
    BetaGeoBetaBinomModel,
    BetaGeoCNBDModel,
    BetaGeoModel,
    GammaGammaModel,
    GammaGompertzModel,
    ModifiedBetaGeoCNBDModel,
    ModifiedBetaGeoModel,
    NBDModel,
    ParetoNBDModel,
    ShiftedBetaGeoModel,
    load_model,
    load_models,
    rfm_summary,
    rfm_train_test_split,
    save_models,
)
from .ladder import LoyaltyLadder
from .response import LoyaltyCurve, competition_index
from .survey import CSAT, NPS, NPSStream, csat, csat_from_counts, nps, nps_from_counts

__version__: str = _loyalty.version()

__all__ = [
    "CSAT",
    "NPS",
    "BetaDiscreteWeibullModel",
    "BetaGeoBetaBinomModel",
    "BetaGeoCNBDModel",
    "BetaGeoModel",
    "Canceled",
    "DomainError",
    "GammaGammaModel",
    "GammaGompertzModel",
    "LoyaltyCurve",
    "LoyaltyError",
    "LoyaltyLadder",
    "LoyaltyWarning",
    "ModifiedBetaGeoCNBDModel",
    "ModifiedBetaGeoModel",
    "NBDModel",
    "NPSStream",
    "ParetoNBDModel",
    "ShiftedBetaGeoModel",
    "StateError",
    "__version__",
    "btyd",
    "competition_index",
    "csat",
    "csat_from_counts",
    "ladder",
    "load_model",
    "load_models",
    "nps",
    "nps_from_counts",
    "response",
    "rfm_summary",
    "rfm_train_test_split",
    "save_models",
    "survey",
    "value",
]
