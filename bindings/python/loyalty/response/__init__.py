"""How satisfaction becomes loyalty: L = f(C, S).

Competition C comes from market shares (:func:`competition_index`, :func:`market_structure`), from each customer's own
(:func:`competition_from_shares`, :func:`competition_from_alternatives`, :func:`competition_from_rating`) or from an
industry (:data:`INDUSTRIES`); satisfaction S from a rating (:func:`satisfaction`); constraints K from questionnaires
(:func:`constraint_from_items`) or prices (:func:`switching_costs`). The curve is :class:`LoyaltyCurve`;
:func:`compare_curves` sets it beside others. Where loyalty jumps instead, the cusp (:func:`cusp_path`,
:class:`CuspModel`) has two states and a memory.
"""

from __future__ import annotations

from .competition import (
    INDUSTRIES,
    INDUSTRIES_ZH,
    MarketStructure,
    clip_competition,
    competition_from_alternatives,
    competition_from_rating,
    competition_from_shares,
    competition_index,
    market_structure,
)
from .constraint import (
    CONSTRAINTS,
    CONSTRAINTS_ZH,
    constraint_from_items,
    constraint_from_switching_cost,
    switching_costs,
)
from .curve import (
    MARKET_ZONES,
    MARKET_ZONES_ZH,
    QUALITY_ZONES,
    QUALITY_ZONES_ZH,
    ROLES,
    ROLES_ZH,
    CurvePoint,
    LoyaltyCurve,
    Zone,
)
from .curve_fit import CurveGoodness, CurveLikelihood, CurveTest, Estimate
from .cusp import (
    CuspMoments,
    CuspState,
    cusp_density,
    cusp_equilibria,
    cusp_fold,
    cusp_moments,
    cusp_path,
    plot_cusp,
)
from .cusp_model import CuspModel, LinearFit
from .family import FAMILIES, ResponseFamily, compare_curves, held_out_deviance
from .inverse import Deregulation
from .scale import rating, satisfaction

__all__ = [
    "CONSTRAINTS",
    "CONSTRAINTS_ZH",
    "FAMILIES",
    "INDUSTRIES",
    "INDUSTRIES_ZH",
    "MARKET_ZONES",
    "MARKET_ZONES_ZH",
    "QUALITY_ZONES",
    "QUALITY_ZONES_ZH",
    "ROLES",
    "ROLES_ZH",
    "CurveGoodness",
    "CurveLikelihood",
    "CurvePoint",
    "CurveTest",
    "CuspModel",
    "CuspMoments",
    "CuspState",
    "Deregulation",
    "Estimate",
    "LinearFit",
    "LoyaltyCurve",
    "MarketStructure",
    "ResponseFamily",
    "Zone",
    "clip_competition",
    "compare_curves",
    "competition_from_alternatives",
    "competition_from_rating",
    "competition_from_shares",
    "competition_index",
    "constraint_from_items",
    "constraint_from_switching_cost",
    "cusp_density",
    "cusp_equilibria",
    "cusp_fold",
    "cusp_moments",
    "cusp_path",
    "held_out_deviance",
    "market_structure",
    "plot_cusp",
    "rating",
    "satisfaction",
    "switching_costs",
]
