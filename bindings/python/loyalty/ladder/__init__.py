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
from .battery import BATTERY_DIMENSIONS, BATTERY_DIMENSIONS_ZH, battery
from .brown import BROWN_TYPES, BROWN_TYPES_ZH, BrownSequence, brown, brown_table
from .crosstab import Crosstab, TypeShares, crosstab, type_shares
from .dick_basu import DICK_BASU_TYPES, DICK_BASU_TYPES_ZH, dick_basu
from .jones_sasser import JONES_SASSER_TYPES, JONES_SASSER_TYPES_ZH, jones_sasser
from .kumar_petersen_leone import KUMAR_PETERSEN_LEONE_TYPES, KUMAR_PETERSEN_LEONE_TYPES_ZH, kumar_petersen_leone
from .loyalty_ladder import INPUTS, STAGES, STAGES_ZH, LadderAssignment, LoyaltyLadder
from .median_cut import median_cut
from .motive import MOTIVES, MOTIVES_ZH, motive
from .oliver import OLIVER_PHASES, OLIVER_PHASES_ZH, Reproducibility, oliver, oliver_reproducibility
from .reinartz_kumar import REINARTZ_KUMAR_TYPES, REINARTZ_KUMAR_TYPES_ZH, quick_activity, reinartz_kumar
from .rowley import ROWLEY_TYPES, ROWLEY_TYPES_ZH, rowley
from .trust import (
    TRUST_BASES,
    TRUST_BASES_ZH,
    TRUST_RESILIENCES,
    TRUST_RESILIENCES_ZH,
    TRUST_STRENGTHS,
    TRUST_STRENGTHS_ZH,
)

__all__ = [
    "BATTERY_DIMENSIONS",
    "BATTERY_DIMENSIONS_ZH",
    "BROWN_TYPES",
    "BROWN_TYPES_ZH",
    "DICK_BASU_TYPES",
    "DICK_BASU_TYPES_ZH",
    "INPUTS",
    "JONES_SASSER_TYPES",
    "JONES_SASSER_TYPES_ZH",
    "KUMAR_PETERSEN_LEONE_TYPES",
    "KUMAR_PETERSEN_LEONE_TYPES_ZH",
    "MOTIVES",
    "MOTIVES_ZH",
    "OLIVER_PHASES",
    "OLIVER_PHASES_ZH",
    "REINARTZ_KUMAR_TYPES",
    "REINARTZ_KUMAR_TYPES_ZH",
    "ROWLEY_TYPES",
    "ROWLEY_TYPES_ZH",
    "STAGES",
    "STAGES_ZH",
    "TRUST_BASES",
    "TRUST_BASES_ZH",
    "TRUST_RESILIENCES",
    "TRUST_RESILIENCES_ZH",
    "TRUST_STRENGTHS",
    "TRUST_STRENGTHS_ZH",
    "BrownSequence",
    "Crosstab",
    "LadderAssignment",
    "LoyaltyLadder",
    "Reproducibility",
    "TypeShares",
    "battery",
    "brown",
    "brown_table",
    "crosstab",
    "dick_basu",
    "jones_sasser",
    "kumar_petersen_leone",
    "median_cut",
    "motive",
    "oliver",
    "oliver_reproducibility",
    "quick_activity",
    "reinartz_kumar",
    "rowley",
    "type_shares",
]
