--- Whether questions measure one thing, and how much each should count.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local questions = require "loyalty.survey.questions"

local reliability = {}

local Reliability, reliability_metatable = arguments.class("loyalty.survey.reliability")

--- lower, upper = result:interval{level = 0.95}: the interval of alpha after Feldt.
function Reliability:interval(named)
  named = arguments.check(named or {}, { level = true }, "interval")
  return core.reliability_interval(self.items, self.n, self.alpha, arguments.optional(named, "level", 0.95))
end

--- cronbach_alpha{answers = { column, column ... }, skip_missing = false}: Cronbach's alpha of 2 to 32 questions that run
-- in the same direction: .alpha, .items, .n, .missing, .without (a vec: alpha when a question is left out; nil for two
-- questions), .status and :interval().
function reliability.cronbach_alpha(named)
  arguments.check(named, { answers = true, skip_missing = true }, "cronbach_alpha")
  local flat, items = questions.columns(arguments.need(named, "answers", "cronbach_alpha"), "cronbach_alpha")
  local without = items > 2 and core.vec(items) or nil
  local status, n, missing, alpha = questions.blame(core.cronbach_alpha(flat, items,
    arguments.optional(named, "skip_missing", false), without))
  if status == nil then return nil, n, missing end
  return setmetatable({ alpha = alpha, items = items, n = n, missing = missing, without = without, status = status },
    reliability_metatable)
end

--- principal_weights{answers = { column, column ... }, standardize = false, skip_missing = false}: weights from the first
-- principal component of the covariances, or standardized of the correlations: .weights (a vec; they sum to 1), .share and
-- .second (of the variance, of the first two components), .n, .missing, .status ("NOTICE_WEAK_ID" when the second is
-- nearly as large).
function reliability.principal_weights(named)
  local where = "principal_weights"
  arguments.check(named, { answers = true, standardize = true, skip_missing = true }, where)
  local flat, items = questions.columns(arguments.need(named, "answers", where), where)
  local weights = core.vec(items)
  local status, n, missing, share, second = questions.blame(core.principal_weights(flat, items,
    arguments.optional(named, "standardize", false), arguments.optional(named, "skip_missing", false), weights))
  if status == nil then return nil, n, missing end
  return { weights = weights, share = share, second = second, n = n, missing = missing, status = status }
end

return reliability
