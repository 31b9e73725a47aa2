--- The Net Promoter Score with its uncertainty.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"

local nps = {}

local NPS, nps_metatable = arguments.class("loyalty.survey.nps")
local METHODS = { adjusted_wald = 0, wald = 1 }

--- Give the object for the fields of the C result, or pass on nil, message, code.
local function nps_object(promoters, passives, detractors, missing, n, promoter_share, detractor_share, score, variance,
                          standard_error, effective_n, weighted)
  if promoters == nil then return nil, passives, detractors end
  return setmetatable({
    promoters = promoters, passives = passives, detractors = detractors, missing = missing, n = n,
    promoter_share = promoter_share, detractor_share = detractor_share, score = score, variance = variance,
    standard_error = standard_error, effective_n = effective_n, weighted = weighted,
  }, nps_metatable)
end

--- lower, upper = result:interval{level = 0.95, method = "adjusted_wald"}: the confidence interval, clipped to [-1, 1].
-- "wald" is score -+ z standard errors; "adjusted_wald" adds three answers first.
function NPS:interval(named)
  named = arguments.check(named or {}, { level = true, method = true }, "interval")
  local method = arguments.choice(arguments.optional(named, "method", "adjusted_wald"), METHODS, "method", "interval")
  return core.nps_interval(self.promoters, self.passives, self.detractors, self.missing, self.n, self.promoter_share,
    self.detractor_share, self.score, self.variance, self.standard_error, self.effective_n, self.weighted, method,
    arguments.optional(named, "level", 0.95))
end

local NPS_BLAME = { score = "scores", weight = "weights" }
local NPS_NAMES = { scores = true, weights = true, promoter_from = true, passive_from = true, skip_missing = true }

--- nps{scores = , weights = nil, promoter_from = 9, passive_from = 7, skip_missing = false}: the Net Promoter Score of
-- answers from 0 to 10 (a vec or a table). The result has .score (in [-1, 1]), .standard_error, .promoters, .passives,
-- .detractors, .missing, .n, .effective_n and :interval().
function nps.nps(named)
  arguments.check(named, NPS_NAMES, "nps")
  return nps_object(arguments.blame(NPS_BLAME, core.nps_from_scores(
    arguments.need(named, "scores", "nps"), rawget(named, "weights"), arguments.optional(named, "promoter_from", 9),
    arguments.optional(named, "passive_from", 7), arguments.optional(named, "skip_missing", false))))
end

--- nps_from_counts(promoters, passives, detractors): the score from the number of respondents in each group.
function nps.nps_from_counts(promoters, passives, detractors)
  return nps_object(core.nps_from_counts(promoters, passives, detractors, 0))
end

return nps
