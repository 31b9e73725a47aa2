"""Where customers stand: loyalty types, the ladder, how they move on it, and what to do."""

from __future__ import annotations

from .long_run import (
    Absorption,
    ChainEstimate,
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
from .loyalty_ladder import INPUTS, STAGES, STAGES_ZH, LadderAssignment, LoyaltyLadder
from .transitions import Transitions, transitions

__all__ = ["INPUTS", "STAGES", "STAGES_ZH", "LadderAssignment", "LoyaltyLadder", "Transitions", "transitions"]
__all__ = [
    "INPUTS",
    "STAGES",
    "STAGES_ZH",
    "Absorption",
    "ChainEstimate",
    "LadderAssignment",
    "LoyaltyLadder",
    "QuasiStationary",
    "absorption_probabilities",
    "expected_steps",
    "expected_visits",
    "project",
    "quasi_stationary",
    "recurrence_times",
    "stationary",
    "steady_population",
    "steps_variance",
]
from .chain_value import ChainValue, chain_value, chain_value_slopes
from .loyalty_ladder import INPUTS, STAGES, STAGES_ZH, LadderAssignment, LoyaltyLadder
from .policy import BestPolicy, PolicyValue, best_policy, policy_value

__all__ = [
    "INPUTS", "STAGES", "STAGES_ZH", "BestPolicy", "ChainValue", "LadderAssignment", "LoyaltyLadder", "PolicyValue",
    "best_policy", "chain_value", "chain_value_slopes", "policy_value",
]  # fmt: skip
from .chain import ChainEstimate, chain_check, chain_estimate, chain_interval, chain_row_covariance
from .chain_test import ChainTest, homogeneity_test, order_test, second_order_test
from .loyalty_ladder import LoyaltyLadder
from .stage_rule import CLASSIC_STAGES, CLASSIC_STAGES_ZH, INPUTS, STAGES, STAGES_ZH, LadderAssignment

__all__ = [
    "CLASSIC_STAGES",
    "CLASSIC_STAGES_ZH",
    "INPUTS",
    "STAGES",
    "STAGES_ZH",
    "ChainEstimate",
    "ChainTest",
    "LadderAssignment",
    "LoyaltyLadder",
    "chain_check",
    "chain_estimate",
    "chain_interval",
    "chain_row_covariance",
    "homogeneity_test",
    "order_test",
    "second_order_test",
]
