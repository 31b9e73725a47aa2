--- How satisfaction becomes loyalty: L = f(C, S).

local competition = require "loyalty.response.competition"
local constraint = require "loyalty.response.constraint"
local curve = require "loyalty.response.curve"
local cusp = require "loyalty.response.cusp"
local cusp_model = require "loyalty.response.cusp_model"
local family = require "loyalty.response.family"
local scale = require "loyalty.response.scale"

local response = {
  industries = competition.industries,
  market_structure = competition.market_structure,
  competition_index = competition.competition_index,
  competition_from_alternatives = competition.competition_from_alternatives,
  competition_from_rating = competition.competition_from_rating,
  competition_from_shares = competition.competition_from_shares,
  clip_competition = competition.clip_competition,
  satisfaction = scale.satisfaction,
  rating = scale.rating,
  constraints = constraint.constraints, constraints_zh = constraint.constraints_zh,
  constraint_from_items = constraint.constraint_from_items,
  switching_costs = constraint.switching_costs,
  constraint_from_switching_cost = constraint.constraint_from_switching_cost,
  curve = curve.curve,
  family = family.family,
  families = family.families,
  compare_curves = family.compare_curves,
  held_out_deviance = family.held_out_deviance,
  market_zones = curve.market_zones, market_zones_zh = curve.market_zones_zh,
  quality_zones = curve.quality_zones, quality_zones_zh = curve.quality_zones_zh,
  roles = curve.roles, roles_zh = curve.roles_zh,
  cusp_equilibria = cusp.cusp_equilibria,
  cusp_fold = cusp.cusp_fold,
  cusp_path = cusp.cusp_path,
  cusp_moments = cusp.cusp_moments,
  cusp_density = cusp.cusp_density,
  cusp_model = cusp_model,
}

return response
