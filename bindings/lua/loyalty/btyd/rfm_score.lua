--- Scores of recency, frequency and monetary value by quantiles.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local segment = require "loyalty.btyd.rfm_segment"

local score = {}

local ERRORS <const> = { raise = 0, coerce = 1 }

local function column(named, name, where)
  local value = arguments.need(named, name, where)
  if type(value) == "table" then value = core.vec(value) end
  if type(value) ~= "userdata" then
    error(("%s: %s must be a vec or a table of numbers, not %s"):format(where, name, type(value)), 3)
  end
  return value
end

local function coerce_of(named, where)
  return arguments.choice(arguments.optional(named, "errors", "raise"), ERRORS, "errors", where) == 1
end

local QUANTILE_NAMES = { values = true, scores = true, reverse = true, errors = true }

--- quantile_scores{values = , scores = 5, reverse = false, errors = "raise"}: the score of each value by its place among
-- all, in an ivec: 1 + floor(scores * place), equal values having one place. 0 is a bad row where errors = "coerce"; the
-- second result is their number.
function score.quantile_scores(named)
  local where <const> = "quantile_scores"
  arguments.check(named, QUANTILE_NAMES, where)
  local values = column(named, "values", where)
  local out = core.ivec(#values)
  local bad, message, code = arguments.blame({ value = "values" }, core.quantile_score_batch(values,
    arguments.optional(named, "scores", 5), arguments.optional(named, "reverse", false), out, coerce_of(named, where)))
  if bad == nil then return nil, message, code end
  return out, bad
end

local NAMES = {
  recency = true, frequency = true, monetary = true, scores = true, nested = true, segments = true, errors = true,
}

--- rfm_scores{recency = , frequency = , monetary = , scores = 5, nested = false, segments = nil, errors = "raise"}: scores
-- of n customers. recency is the time since the last purchase (T - recency of the summary of a log), the shorter the
-- better. nested scores frequency within one R and monetary value within one R and F. Gives ivecs R, F, M; code (100 R +
-- 10 F + M) unless there are 10 scores; segment (names) and customers (by segment), by the library's table or the one given,
-- unless there are other than 5 scores and no table; bad. 0, and false for a segment, is a bad row where errors = "coerce".
function score.rfm_scores(named)
  local where <const> = "rfm_scores"
  arguments.check(named, NAMES, where)
  local recency, frequency = column(named, "recency", where), column(named, "frequency", where)
  local monetary, scores = column(named, "monetary", where), arguments.optional(named, "scores", 5)
  local coerce, n = coerce_of(named, where), #recency
  local out = { R = core.ivec(n), F = core.ivec(n), M = core.ivec(n) }
  if scores <= 9 then out.code = core.ivec(n) end
  local message, code
  out.bad, message, code = core.rfm_score_batch(recency, frequency, monetary, scores,
    arguments.optional(named, "nested", false), out.R, out.F, out.M, out.code, coerce)
  if out.bad == nil then return nil, message, code end
  local segments = arguments.optional(named, "segments", scores == 5 and segment.rfm_segment_table() or nil)
  if segments then
    out.segment, out.customers, code = segment.assign(segments, scores, out.R, out.F, out.M, coerce, where)
    if out.segment == nil then return nil, out.customers, code end
  end
  return out
end

return score
