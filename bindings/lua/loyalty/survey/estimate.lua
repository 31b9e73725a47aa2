--- A mean with its t interval, and shares of classes with their Wilson intervals.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"

local estimate = {}

local Mean, mean_metatable = arguments.class("loyalty.survey.mean")

--- lower, upper = mean:interval{level = 0.95}: the interval by Student's t, for two values or more.
function Mean:interval(named)
  named = arguments.check(named or {}, { level = true }, "interval")
  return arguments.blame(self.n < 2 and { result = "n" } or {},
    core.mean_interval(self.n, self.mean, self.standard_error, arguments.optional(named, "level", 0.95)))
end

--- For the modules of this wing: a mean from its fields as the core gives them, status first, then what follows them; or
-- nil, message, code.
function estimate.object(status, n, missing, mean, deviation, error, ...)
  if status == nil then return nil, n, missing end
  return setmetatable({ mean = mean, standard_deviation = deviation, standard_error = error, n = n, missing = missing,
    status = status }, mean_metatable), ...
end

--- mean_from_values{values = , skip_missing = false}: the mean of numbers: .mean, .standard_deviation, .standard_error
-- (NaN for a single value, whose .status is "NOTICE_NONE"), .n, .missing and :interval().
function estimate.mean_from_values(named)
  arguments.check(named, { values = true, skip_missing = true }, "mean_from_values")
  return estimate.object(arguments.blame({ value = "values" }, core.mean_from_values(
    arguments.need(named, "values", "mean_from_values"), arguments.optional(named, "skip_missing", false))))
end

--- shares_from_counts{counts = , level = 0.95}: the share of each class among all, with its Wilson interval: a table of
-- vecs share, lower and upper. counts is an ivec or a table of whole numbers.
function estimate.shares_from_counts(named)
  local where = "shares_from_counts"
  arguments.check(named, { counts = true, level = true }, where)
  local counts = arguments.need(named, "counts", where)
  if type(counts) == "table" then counts = core.ivec(counts) end
  if type(counts) ~= "userdata" then
    error(("%s: counts must be an ivec or a table of whole numbers, not %s"):format(where, type(counts)), 2)
  end
  local out = { share = core.vec(#counts), lower = core.vec(#counts), upper = core.vec(#counts) }
  local ok, message, code = arguments.blame({ count = "counts" }, core.shares_from_counts(counts,
    arguments.optional(named, "level", 0.95), out.share, out.lower, out.upper))
  if ok == nil then return nil, message, code end
  return out
end

return estimate
