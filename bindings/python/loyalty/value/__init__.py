"""What customers are worth: lifetime value from fitted models, the arithmetic of retention and acquisition, word of
mouth, and the value of engagement."""

from __future__ import annotations

from .acquisition import (
    KeepOrReplace,
    Payback,
    SegmentEquity,
    SpendOptimum,
    SpendPlan,
    SpendResponse,
    acquisition_optimum,
    acquisition_payback,
    keep_or_replace,
    retention_optimum,
    segment_equity,
    spend_plan,
)
from .clv import discount_delta, predict
from .engagement import (
    Attribution,
    EngagementValue,
    Influence,
    engagement_value,
    influence,
    knowledge_value,
    referral_value,
)
from .lifetime import (
    RetentionPath,
    RetentionSpread,
    ValueEstimate,
    lifetime_mean,
    lifetime_survivors,
    lifetime_until,
    retention_path,
    retention_spread,
    retention_value_error,
)
from .lift import Elasticity, LiftMeaning, RetentionLift, retention_elasticity, retention_lift
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
from .word_of_mouth import (
    Branching,
    WordCount,
    WordOfMouth,
    WordRounding,
    branching_reached,
    branching_spread,
    word_of_mouth,
)

__all__ = [
    "Attribution", "Branching", "Elasticity", "EngagementValue", "Influence", "KeepOrReplace", "LiftMeaning",
    "MarginTiming", "Payback", "RetentionLift", "RetentionPath", "RetentionSpread", "SatisfactionInvestment",
    "SatisfactionPlan", "SatisfactionRisk", "SatisfactionWorth", "SegmentEquity", "SpendOptimum", "SpendPlan",
    "SpendResponse", "ValueEstimate", "WordCount", "WordOfMouth", "WordRounding", "acquisition_optimum",
    "acquisition_payback", "branching_reached", "branching_spread", "discount_delta", "engagement_value", "influence",
    "keep_or_replace", "knowledge_value", "lifetime_mean", "lifetime_survivors", "lifetime_until", "margin_multiple",
    "margin_multiple_slope", "predict", "referral_value", "retention_elasticity", "retention_lift", "retention_optimum",
    "retention_path", "retention_spread", "retention_value", "retention_value_error", "satisfaction_at_risk",
    "satisfaction_budget", "satisfaction_invest", "satisfaction_worth", "segment_equity", "spend_plan", "word_of_mouth",
]  # fmt: skip
