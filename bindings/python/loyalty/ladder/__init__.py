"""Where customers stand: loyalty types, the ladder, how they move on it, and what to do."""

from __future__ import annotations

from .chain import ChainEstimate, chain_check, chain_estimate, chain_interval, chain_row_covariance
from .chain_test import ChainTest, homogeneity_test, order_test, second_order_test
from .chain_value import ChainValue, chain_value, chain_value_slopes
from .gaps import GapsFit, fit_gaps
from .guadagni_little import GuadagniLittle, LambdaProfile
from .learning import LearningLimits, LikelihoodRatio, LinearLearningModel
from .long_run import (
    Absorption,
    LongRunEstimate,
    QuasiStationary,
    absorption_probabilities,
    expected_steps,
    expected_visits,
    project,
    quasi_stationary,
    recurrence_times,
    stationary,
    steady_population,
    steps_variance,
)
from .loyalty_ladder import LoyaltyLadder
from .policy import BestPolicy, PolicyValue, best_policy, policy_value
from .shares import SharesFit, fit_shares
from .stage_rule import CLASSIC_STAGES, CLASSIC_STAGES_ZH, INPUTS, STAGES, STAGES_ZH, LadderAssignment
from .stage_shares import StageShares, stage_shares
from .transitions import Transitions, transitions

__all__ = [
    "CLASSIC_STAGES", "CLASSIC_STAGES_ZH", "INPUTS", "STAGES", "STAGES_ZH", "Absorption", "BestPolicy", "ChainEstimate",
    "ChainTest", "ChainValue", "GapsFit", "GuadagniLittle", "LadderAssignment", "LambdaProfile", "LearningLimits",
    "LikelihoodRatio", "LinearLearningModel", "LongRunEstimate", "LoyaltyLadder", "PolicyValue", "QuasiStationary",
    "SharesFit", "StageShares", "Transitions", "absorption_probabilities", "best_policy", "chain_check",
    "chain_estimate", "chain_interval", "chain_row_covariance", "chain_value", "chain_value_slopes", "expected_steps",
    "expected_visits", "fit_gaps", "fit_shares", "homogeneity_test", "order_test", "policy_value", "project",
    "quasi_stationary", "recurrence_times", "second_order_test", "stage_shares", "stationary", "steady_population",
    "steps_variance", "transitions",
]  # fmt: skip
