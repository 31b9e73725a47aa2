"""What customers do, and whether they come back: purchase logs and buy-till-you-die models."""

from __future__ import annotations

from .bgnbd import BetaGeoModel
from .gamma_gamma import GammaGammaModel
from .model_file import from_json, load_model, load_models, save_models, to_json
from .rfm import RFMBuilder, RFMReport, rfm_summary, rfm_train_test_split

__all__ = [
    "BetaGeoModel",
    "GammaGammaModel",
    "RFMBuilder",
    "RFMReport",
    "from_json",
    "load_model",
    "load_models",
    "rfm_summary",
    "rfm_train_test_split",
    "save_models",
    "to_json",
]
