--- One-step transitions from observations that lie several steps apart.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local matrix = require "loyalty.ladder.matrix"

local gaps = {}

local NAMES = { counts = true, allowed = true, starts = true, seed = true, max_iter = true }
local LONGEST <const> = 64

local GapsFit, fit_metatable = arguments.class("loyalty.ladder.gaps_fit")

--- lower, upper = fit:interval{level = 0.95}: the intervals of the transition matrix, as rows: as many standard errors to
-- each side as the normal distribution asks for, kept in [0, 1]. NaN where the standard error is 0 or NaN.
function GapsFit:interval(named)
  named = arguments.check(named or {}, { level = true }, "interval")
  local quantile, message, code = core.interval_quantile(arguments.optional(named, "level", 0.95), math.huge)
  if quantile == nil then return nil, message, code end
  local lower, upper = {}, {}
  for i, row in ipairs(self.transition) do
    lower[i], upper[i] = {}, {}
    for j, p in ipairs(row) do
      local reach = quantile * self.std_errors[i][j]
      if reach > 0 then
        lower[i][j], upper[i][j] = math.max(p - reach, 0), math.min(p + reach, 1)
      else
        lower[i][j], upper[i][j] = 0 / 0, 0 / 0
      end
    end
  end
  return lower, upper
end

-- The tables of gap 1, 2 ... in one vec, and the number of states.
local function tables(counts, where)
  if type(counts) ~= "table" then error(("%s: counts must be a table from gap to table of rows"):format(where), 3) end
  local found, longest, states = {}, 0, nil
  for gap, rows in next, counts do
    if math.type(gap) ~= "integer" or gap < 1 or gap > LONGEST then
      error(("%s: counts must have whole gaps from 1 to %d"):format(where, LONGEST), 3)
    end
    local flat, n = matrix.square(rows, ("counts[%d]"):format(gap), where)
    if states and n ~= states then error(("%s: counts must be tables of one size"):format(where), 3) end
    found[gap], states, longest = flat, n, math.max(longest, gap)
  end
  if not states then error(("%s: counts must not be empty"):format(where), 3) end
  local all = core.vec(longest * states * states)
  for gap, flat in pairs(found) do
    local before = (gap - 1) * states * states
    for i = 1, states * states do all[before + i] = flat[i] end
  end
  return all, states
end

-- An element of all counts, in a message, as its gap and row.
local function in_table(message, states)
  return (message:gsub("^counts%[(%d+)%]", function(element)
    local before = math.tointeger(element) - 1
    return ("counts[%d][%d]"):format(before // (states * states) + 1, before // states % states + 1)
  end))
end

--- fit_gaps{counts = {[1] = {{50, 12}, {9, 40}}, [3] = ...}, allowed = nil, starts = 10, seed = 0, max_iter = 500}: the
-- one-step transition matrix that makes counts over one, two and more steps most likely. counts goes from the gap in steps,
-- 1 to 64, to rows: entry b of row a is how many were in a and that many steps later, not seen in between, in b. allowed:
-- rows of 1 and 0, 0 where a step cannot happen. The result has .transition, .std_errors and .expected_counts (rows;
-- NaN for states that nothing passes through), .log_likelihood, .next_log_likelihood (at the next best maximum, or NaN),
-- .maxima, .n, .at_bound, .unseen, .gap (the certificate), .condition, .n_iter, .converged and .status ("OK",
-- "NOTICE_WEAK_ID" or "NOTICE_NOT_CONVERGED"), and :interval().
function gaps.fit_gaps(named)
  local where = "fit_gaps"
  arguments.check(named, NAMES, where)
  local counts, states = tables(arguments.need(named, "counts", where), where)
  local allowed = rawget(named, "allowed")
  local flags = allowed ~= nil and matrix.square(allowed, "allowed", where) or nil
  local size = states * states
  local p, expected, errors = core.vec(size), core.vec(size), core.vec(size)
  local status, value, next_value, n, gap, condition, maxima, at_bound, unseen, n_iter, converged = arguments.blame(
    { most_iterations = "max_iter" }, core.gaps_fit(counts, states, flags, arguments.optional(named, "starts", 10),
      arguments.optional(named, "seed", 0), arguments.optional(named, "max_iter", 500), p, expected, errors, nil))
  if status == nil then return nil, in_table(value, states), next_value end
  return setmetatable({
    transition = matrix.rows(p, states), std_errors = matrix.rows(errors, states),
    expected_counts = matrix.rows(expected, states), log_likelihood = value, next_log_likelihood = next_value,
    maxima = maxima, n = n, at_bound = at_bound, unseen = unseen, gap = gap, condition = condition, n_iter = n_iter,
    converged = converged, status = status,
  }, fit_metatable)
end

return gaps
