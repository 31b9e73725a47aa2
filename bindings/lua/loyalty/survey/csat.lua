--- Customer satisfaction as the share of the top boxes, and as a mean.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local estimate = require "loyalty.survey.estimate"

local csat = {}

local CSAT, csat_metatable = arguments.class("loyalty.survey.csat")

--- For the modules of this wing: a share from its fields as the core gives them; or nil, message, code.
function csat.object(top, n, missing, score, standard_error)
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
function csat.csat(named)
  arguments.check(named, CSAT_NAMES, "csat")
  return csat.object(arguments.blame({ score = "scores" }, core.csat_from_scores(
    arguments.need(named, "scores", "csat"), arguments.optional(named, "lowest", 1),
    arguments.optional(named, "highest", 5), arguments.optional(named, "boxes", 2),
    arguments.optional(named, "skip_missing", false))))
end

--- csat_from_counts(top, n): the share of `top` satisfied answers among n.
function csat.csat_from_counts(top, n)
  return csat.object(core.csat_from_counts(top, n))
end

--- csat_mean{scores = , lowest = 1, highest = 5, skip_missing = false}: the mean of the answers, as mean_from_values gives
-- it.
function csat.csat_mean(named)
  arguments.check(named, { scores = true, lowest = true, highest = true, skip_missing = true }, "csat_mean")
  return estimate.object(arguments.blame({ score = "scores" }, core.csat_mean(
    arguments.need(named, "scores", "csat_mean"), arguments.optional(named, "lowest", 1),
    arguments.optional(named, "highest", 5), arguments.optional(named, "skip_missing", false))))
end

--- Names of the five levels of overall satisfaction by their answer: csat_levels[1] ... and in Chinese.
csat.csat_levels, csat.csat_levels_zh = {}, {}
for level = 1, 5 do
  csat.csat_levels[level] = core.csat_level_name(level, false)
  csat.csat_levels_zh[level] = core.csat_level_name(level, true)
end

return csat
