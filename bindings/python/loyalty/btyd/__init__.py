"""What customers do, and whether they come back: purchase logs and buy-till-you-die models."""

from __future__ import annotations

from . import plots
from .bdw import BetaDiscreteWeibullModel
from .bgbb import BetaGeoBetaBinomModel
from .bgcnbd import BetaGeoCNBDModel
from .bgnbd import BetaGeoModel
from .bootstrap import ModelBootstrap
from .counts import CountTest
from .gamma_gamma import GammaGammaModel
from .ggomnbd import GammaGompertzModel
from .holdout import ModelHoldout
from .information import ModelTest
from .mbgcnbd import ModifiedBetaGeoCNBDModel
from .mbgnbd import ModifiedBetaGeoModel
from .model_choice import compare_models, model_assumption
from .model_file import from_json, load_model, load_models, save_models, to_json
from .nbd import NBDModel
from .pnbd import ParetoNBDModel
from .rates import (
    PurchaseRates,
    Rate,
    churn_rate,
    cohort_table,
    convert_churn,
    convert_retention,
    purchase_rates,
    repeat_purchase_rate,
    repurchase_rate,
    retention_rate,
    retention_rates,
)
from .regularity import Regularity, regularity
from .rfm import RFMBuilder, RFMReport, rfm_summary, rfm_train_test_split
from .rfm_score import quantile_scores, rfm_scores
from .rfm_segment import (
    RFM_SEGMENTS,
    RFMSegment,
    SegmentCover,
    check_rfm_segments,
    rfm_segment_shares,
    rfm_segments,
)
from .sbg import ShiftedBetaGeoModel
from .trend import Trend, trend

__all__ = [
    "RFM_SEGMENTS",
    "BetaDiscreteWeibullModel",
    "BetaGeoBetaBinomModel",
    "BetaGeoCNBDModel",
    "BetaGeoModel",
    "CountTest",
    "GammaGammaModel",
    "GammaGompertzModel",
    "ModelBootstrap",
    "ModelHoldout",
    "ModelTest",
    "ModifiedBetaGeoCNBDModel",
    "ModifiedBetaGeoModel",
    "NBDModel",
    "ParetoNBDModel",
    "PurchaseRates",
    "RFMBuilder",
    "RFMReport",
    "RFMSegment",
    "Rate",
    "Regularity",
    "SegmentCover",
    "ShiftedBetaGeoModel",
    "Trend",
    "check_rfm_segments",
    "churn_rate",
    "cohort_table",
    "compare_models",
    "convert_churn",
    "convert_retention",
    "from_json",
    "load_model",
    "load_models",
    "model_assumption",
    "plots",
    "purchase_rates",
    "quantile_scores",
    "regularity",
    "repeat_purchase_rate",
    "repurchase_rate",
    "retention_rate",
    "retention_rates",
    "rfm_scores",
    "rfm_segment_shares",
    "rfm_segments",
    "rfm_summary",
    "rfm_train_test_split",
    "save_models",
    "to_json",
    "trend",
]
