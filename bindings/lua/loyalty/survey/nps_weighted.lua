--- Net Promoter Scores of stratified samples, and what weights cost.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local nps = require "loyalty.survey.nps"

local weighted = {}

--- nps_weighting{scores = , weights = , promoter_from = 9, passive_from = 7, skip_missing = false}: what the weights of
-- a score do to it: .used, .design_effect, .largest_share, .uncorrected_standard_error. The score itself is survey.nps.
function weighted.nps_weighting(named)
  arguments.check(named, { scores = true, weights = true, promoter_from = true, passive_from = true,
    skip_missing = true }, "nps_weighting")
  local used, effect, largest, uncorrected = arguments.blame({ score = "scores", weight = "weights" },
    core.nps_weighted(arguments.need(named, "scores", "nps_weighting"),
      arguments.need(named, "weights", "nps_weighting"), arguments.optional(named, "promoter_from", 9),
      arguments.optional(named, "passive_from", 7), arguments.optional(named, "skip_missing", false)))
  if used == nil then return nil, effect, largest end
  return { used = used, design_effect = effect, largest_share = largest, uncorrected_standard_error = uncorrected }
end

local STRATUM = { promoters = true, passives = true, detractors = true, weight = true, population = true }

local function object(status, ...)
  if status == nil then return nil, ... end
  local result = nps.object(...)
  result.status = status
  return result
end

--- nps_stratified{strata = {{promoters = , passives = , detractors = , weight = , population = math.huge}, ...},
-- sample_variance = false}: the score of all customers from a sample of each stratum. A stratum without a weight has its
-- population for one. The result is a weighted score as survey.nps gives it, with .status.
function weighted.nps_stratified(named)
  arguments.check(named, { strata = true, sample_variance = true }, "nps_stratified")
  local strata = arguments.need(named, "strata", "nps_stratified")
  if type(strata) ~= "table" then error("nps_stratified: strata must be a table", 2) end
  local counts, weight, population = {}, {}, {}
  for i, s in ipairs(strata) do
    if type(s) ~= "table" then error(("nps_stratified: stratum %d must be a table"):format(i), 2) end
    arguments.check(s, STRATUM, ("nps_stratified: stratum %d"):format(i))
    counts[#counts + 1] = arguments.need(s, "promoters", "nps_stratified")
    counts[#counts + 1] = arguments.need(s, "passives", "nps_stratified")
    counts[#counts + 1] = arguments.need(s, "detractors", "nps_stratified")
    counts[#counts + 1] = 0
    population[i] = arguments.optional(s, "population", math.huge)
    weight[i] = arguments.optional(s, "weight", population[i])
    if weight[i] == math.huge then error(("nps_stratified: stratum %d needs a weight or a population"):format(i), 2) end
  end
  return object(core.nps_stratified(core.ivec(counts), core.vec(weight), core.vec(population),
    arguments.optional(named, "sample_variance", false)))
end

return weighted
