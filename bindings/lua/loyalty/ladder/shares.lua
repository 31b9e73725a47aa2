--- Transitions when only the shares of the stages are known.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local matrix = require "loyalty.ladder.matrix"

local shares = {}

local NAMES = { shares = true, weights = true, prior = true, ridge = true, allowed = true, normalize = true,
  bootstrap = true, seed = true, level = true }
local BLAME = { share = "shares", weight = "weights", replications = "bootstrap" }

-- The rows in one vec, their number and that of the stages.
local function rows_of(rows, where)
  if type(rows) ~= "table" or #rows == 0 then
    error(("%s: shares must be a table of rows, as {{.9, .1}, {.8, .2}}"):format(where), 3)
  end
  local all, states = {}, nil
  for t, row in ipairs(rows) do
    if type(row) ~= "table" and type(row) ~= "userdata" then
      error(("%s: shares[%d] must be a row of numbers, not %s"):format(where, t, type(row)), 3)
    end
    states = states or #row
    if #row ~= states then error(("%s: shares[%d] must have %d numbers"):format(where, t, states), 3) end
    for i = 1, states do
      if type(row[i]) ~= "number" then
        error(("%s: shares[%d] must hold numbers, not %s"):format(where, t, type(row[i])), 3)
      end
      all[#all + 1] = row[i]
    end
  end
  return core.vec(all), #rows, states
end

--- fit_shares{shares = {{.7, .3}, {.6, .4} ...}, weights = nil, prior = nil, ridge = 0, allowed = nil, normalize = false,
-- bootstrap = 0, seed = 0, level = 0.95}: the transition matrix that best leads from each row of shares to the next, by
-- least squares. Rows are times in order, evenly spaced, and sum to one unless normalized; weights: one for each row, of
-- the step that ends there; prior and ridge: a transition matrix to lean to, and how much one entry of it counts; allowed:
-- rows of 1 and 0, 0 where a step cannot happen; bootstrap: replications for errors and intervals, 0 or 100 to 100000. The
-- result has .transition, .std_errors, .lower and .upper (rows; NaN without a bootstrap), .rss, .n_steps, .rank, .free,
-- .at_bound, .gap (the certificate), .bootstrap, .converged and .status ("OK" or "NOTICE_NOT_CONVERGED").
function shares.fit_shares(named)
  local where = "fit_shares"
  arguments.check(named, NAMES, where)
  local flat, times, states = rows_of(arguments.need(named, "shares", where), where)
  local allowed, prior, weights = rawget(named, "allowed"), rawget(named, "prior"), rawget(named, "weights")
  local flags = allowed ~= nil and matrix.square(allowed, "allowed", where) or nil
  local lean = prior ~= nil and matrix.square(prior, "prior", where) or nil
  if weights ~= nil then weights = matrix.vector(weights, "weights", times, where) end
  local size = states * states
  local p, errors, lower, upper = core.vec(size), core.vec(size), core.vec(size), core.vec(size)
  local status, rss, gap, steps, rank, free, at_bound, count, converged = arguments.blame(BLAME, core.shares_fit(flat,
    states, flags, weights, lean, arguments.optional(named, "ridge", 0), arguments.optional(named, "normalize", false),
    arguments.optional(named, "bootstrap", 0), arguments.optional(named, "seed", 0),
    arguments.optional(named, "level", 0.95), p, errors, lower, upper))
  if status == nil then return nil, rss, gap end
  return {
    transition = matrix.rows(p, states), std_errors = matrix.rows(errors, states), lower = matrix.rows(lower, states),
    upper = matrix.rows(upper, states), rss = rss, gap = gap, n_steps = steps, rank = rank, free = free,
    at_bound = at_bound, bootstrap = count, converged = converged, status = status,
  }
end

return shares
