"""Where customers stand: loyalty types, the ladder, how they move on it, and what to do."""

from __future__ import annotations

from .loyalty_ladder import INPUTS, STAGES, STAGES_ZH, LadderAssignment, LoyaltyLadder
from .transitions import Transitions, transitions

__all__ = ["INPUTS", "STAGES", "STAGES_ZH", "LadderAssignment", "LoyaltyLadder", "Transitions", "transitions"]
