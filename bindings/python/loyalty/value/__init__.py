"""What customers are worth: lifetime value from fitted models, and the arithmetic of retention."""

from __future__ import annotations

from .clv import discount_delta, predict
from .retention import MarginTiming, margin_multiple, margin_multiple_slope, retention_value
from .satisfaction import (
    SatisfactionInvestment,
    SatisfactionPlan,
    SatisfactionRisk,
    SatisfactionWorth,
    satisfaction_at_risk,
    satisfaction_budget,
    satisfaction_invest,
    satisfaction_worth,
)

__all__ = [
    "MarginTiming", "SatisfactionInvestment", "SatisfactionPlan", "SatisfactionRisk", "SatisfactionWorth",
    "discount_delta", "margin_multiple", "margin_multiple_slope", "predict", "retention_value", "satisfaction_at_risk",
    "satisfaction_budget", "satisfaction_invest", "satisfaction_worth",
]  # fmt: skip
