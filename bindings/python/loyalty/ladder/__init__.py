"""Where customers stand: loyalty types, the ladder, how they move on it, and what to do."""

from __future__ import annotations

from .battery import BATTERY_DIMENSIONS, BATTERY_DIMENSIONS_ZH, battery
from .brown import BROWN_TYPES, BROWN_TYPES_ZH, BrownSequence, brown, brown_table
from .chain import ChainEstimate, chain_check, chain_estimate, chain_interval, chain_row_covariance
from .chain_test import ChainTest, homogeneity_test, order_test, second_order_test
from .chain_value import ChainValue, chain_value, chain_value_slopes
from .crosstab import Crosstab, TypeShares, crosstab, type_shares
from .dick_basu import DICK_BASU_TYPES, DICK_BASU_TYPES_ZH, dick_basu
from .gaps import GapsFit, fit_gaps
from .guadagni_little import GuadagniLittle, LambdaProfile
from .jones_sasser import JONES_SASSER_TYPES, JONES_SASSER_TYPES_ZH, jones_sasser
from .kumar_petersen_leone import KUMAR_PETERSEN_LEONE_TYPES, KUMAR_PETERSEN_LEONE_TYPES_ZH, kumar_petersen_leone
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
from .median_cut import median_cut
from .motive import MOTIVES, MOTIVES_ZH, motive
from .oliver import OLIVER_PHASES, OLIVER_PHASES_ZH, Reproducibility, oliver, oliver_reproducibility
from .policy import BestPolicy, PolicyValue, best_policy, policy_value
from .reinartz_kumar import REINARTZ_KUMAR_TYPES, REINARTZ_KUMAR_TYPES_ZH, quick_activity, reinartz_kumar
from .rowley import ROWLEY_TYPES, ROWLEY_TYPES_ZH, rowley
from .shares import SharesFit, fit_shares
from .stage_rule import CLASSIC_STAGES, CLASSIC_STAGES_ZH, INPUTS, STAGES, STAGES_ZH, LadderAssignment
from .stage_shares import StageShares, stage_shares
from .transitions import Transitions, transitions
from .trust import (
    TRUST_BASES,
    TRUST_BASES_ZH,
    TRUST_RESILIENCES,
    TRUST_RESILIENCES_ZH,
    TRUST_STRENGTHS,
    TRUST_STRENGTHS_ZH,
)

__all__ = [
    "BATTERY_DIMENSIONS", "BATTERY_DIMENSIONS_ZH", "BROWN_TYPES", "BROWN_TYPES_ZH", "CLASSIC_STAGES",
    "CLASSIC_STAGES_ZH", "DICK_BASU_TYPES", "DICK_BASU_TYPES_ZH", "INPUTS", "JONES_SASSER_TYPES",
    "JONES_SASSER_TYPES_ZH", "KUMAR_PETERSEN_LEONE_TYPES", "KUMAR_PETERSEN_LEONE_TYPES_ZH", "MOTIVES", "MOTIVES_ZH",
    "OLIVER_PHASES", "OLIVER_PHASES_ZH", "REINARTZ_KUMAR_TYPES", "REINARTZ_KUMAR_TYPES_ZH", "ROWLEY_TYPES",
    "ROWLEY_TYPES_ZH", "STAGES", "STAGES_ZH", "TRUST_BASES", "TRUST_BASES_ZH", "TRUST_RESILIENCES",
    "TRUST_RESILIENCES_ZH", "TRUST_STRENGTHS", "TRUST_STRENGTHS_ZH", "Absorption", "BestPolicy", "BrownSequence",
    "ChainEstimate", "ChainTest", "ChainValue", "Crosstab", "GapsFit", "GuadagniLittle", "LadderAssignment",
    "LambdaProfile", "LearningLimits", "LikelihoodRatio", "LinearLearningModel", "LongRunEstimate", "LoyaltyLadder",
    "PolicyValue", "QuasiStationary", "Reproducibility", "SharesFit", "StageShares", "Transitions", "TypeShares",
    "absorption_probabilities", "battery", "best_policy", "brown", "brown_table", "chain_check", "chain_estimate",
    "chain_interval", "chain_row_covariance", "chain_value", "chain_value_slopes", "crosstab", "dick_basu",
    "expected_steps", "expected_visits", "fit_gaps", "fit_shares", "homogeneity_test", "jones_sasser",
    "kumar_petersen_leone", "median_cut", "motive", "oliver", "oliver_reproducibility", "order_test", "policy_value",
    "project", "quasi_stationary", "quick_activity", "recurrence_times", "reinartz_kumar", "rowley",
    "second_order_test", "stage_shares", "stationary", "steady_population", "steps_variance", "transitions",
    "type_shares",
]  # fmt: skip
