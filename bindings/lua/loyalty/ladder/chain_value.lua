--- ladder: what customers who move on a Markov chain are worth (Pfeifer and Carraway 2000).

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local matrix = require "loyalty.ladder.matrix"

local chain_value = {}

local NAMES <const> = { transition = true, reward = true, discount_rate = true, horizon = true, growth = true,
  row_counts = true }
local SLOPE_NAMES <const> = { transition = true, reward = true, discount_rate = true, horizon = true, growth = true,
  start = true }

--- The arguments that the core takes first, and the number of states.
local function terms(named, where)
  local p, n = matrix.square(arguments.need(named, "transition", where), "transition", where)
  return {
    p, matrix.vector(arguments.need(named, "reward", where), "reward", n, where),
    arguments.need(named, "discount_rate", where), arguments.optional(named, "growth", 0),
    arguments.optional(named, "horizon", math.huge),
  }, n
end

local function call(f, first, ...)
  local all = table.move(first, 1, 5, 1, {})
  table.move({ ... }, 1, select("#", ...), 6, all)
  return arguments.blame({ row_count = "row_counts" }, f(table.unpack(all, 1, 5 + select("#", ...))))
end

--- ladder.chain_value{transition = rows, reward = , discount_rate = , horizon = nil, growth = 0, row_counts = nil}: the
-- value of a customer in each state who brings a reward at the start of each period. The result has .value,
-- .standard_deviation (of the present value of one customer), .discount_slope (vecs), .visits (a table of
-- rows: expected discounted periods in state k from state i), .std_errors (a vec, with row_counts)
-- and .status ("OK" or "NOTICE_DIVERGES").
function chain_value.chain_value(named)
  local where = "chain_value"
  arguments.check(named, NAMES, where)
  local first, n = terms(named, where)
  local out = { value = core.vec(n), standard_deviation = core.vec(n), discount_slope = core.vec(n) }
  local visits = core.vec(n * n)
  local status, message, code = call(core.chain_value, first, out.value, out.standard_deviation, out.discount_slope, visits)
  if status == nil then return nil, message, code end
  out.status, out.visits = status, matrix.rows(visits, n)
  local counts = rawget(named, "row_counts")
  if counts ~= nil then
    out.std_errors = core.vec(n)
    local ok, why, what = call(core.chain_value_std_errors, first, matrix.vector(counts, "row_counts", n, where),
      out.std_errors)
    if ok == nil then return nil, why, what end
  end
  return out
end

--- ladder.chain_value_slopes{..., start = }: a table of rows: what one unit of the chance to move from k to j, taken from
-- the chance to stay, adds to the value of the customers of start (how many are in each state now).
function chain_value.chain_value_slopes(named)
  local where = "chain_value_slopes"
  arguments.check(named, SLOPE_NAMES, where)
  local first, n = terms(named, where)
  local slope = core.vec(n * n)
  local ok, message, code = call(core.chain_value_slopes, first,
    matrix.vector(arguments.need(named, "start", where), "start", n, where), slope)
  if ok == nil then return nil, message, code end
  return matrix.rows(slope, n)
end

return chain_value
