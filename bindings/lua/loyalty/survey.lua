--- What customers say.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"

local survey = {}

-- ---- Net Promoter Score --------------------------------------------------------------------------------------------

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
function survey.nps(named)
  arguments.check(named, NPS_NAMES, "nps")
  return nps_object(arguments.blame(NPS_BLAME, core.nps_from_scores(
    arguments.need(named, "scores", "nps"), rawget(named, "weights"), arguments.optional(named, "promoter_from", 9),
    arguments.optional(named, "passive_from", 7), arguments.optional(named, "skip_missing", false))))
end

--- nps_from_counts(promoters, passives, detractors): the score from the number of respondents in each group.
function survey.nps_from_counts(promoters, passives, detractors)
  return nps_object(core.nps_from_counts(promoters, passives, detractors, 0))
end

-- ---- customer satisfaction -----------------------------------------------------------------------------------------

local CSAT, csat_metatable = arguments.class("loyalty.survey.csat")

local function csat_object(top, n, missing, score, standard_error)
  if top == nil then return nil, n, missing end
  return setmetatable({ top = top, n = n, missing = missing, score = score, standard_error = standard_error },
    csat_metatable)
end

--- lower, upper = result:interval{level = 0.95}: the Wilson interval of the share.
function CSAT:interval(named)
  named = arguments.check(named or {}, { level = true }, "interval")
  return core.csat_interval(self.top, self.n, arguments.optional(named, "level", 0.95))
end

local CSAT_NAMES = { scores = true, lowest = true, highest = true, boxes = true, skip_missing = true }

--- csat{scores = , lowest = 1, highest = 5, boxes = 2, skip_missing = false}: the share of answers in the top boxes. The
-- result has .score (in [0, 1]), .standard_error, .top, .n, .missing and :interval().
function survey.csat(named)
  arguments.check(named, CSAT_NAMES, "csat")
  return csat_object(arguments.blame({ score = "scores" }, core.csat_from_scores(
    arguments.need(named, "scores", "csat"), arguments.optional(named, "lowest", 1),
    arguments.optional(named, "highest", 5), arguments.optional(named, "boxes", 2),
    arguments.optional(named, "skip_missing", false))))
end

--- csat_from_counts(top, n): the share of `top` satisfied answers among n.
function survey.csat_from_counts(top, n)
  return csat_object(core.csat_from_counts(top, n))
end

return survey
