--- The BG/BB model of purchases in discrete time (Fader, Hardie and Shang 2010): at most one a period.
--
--   local model = bgbb{ alpha = 1.204, beta = .750, gamma = .657, delta = 2.783, time_unit = "Y" }
--   local model = bgbb.fit{ frequency = x, recency = t_x, T = n, weights = customers, time_unit = "Y" }
--   model:expected_purchases{ frequency = 3, recency = 4, T = 6, future_t = 5 }     -- numbers in, a number out
--   model:expected_purchases{ frequency = x, recency = t_x, T = n, future_t = 5 }   -- columns in, a vec out
--
-- Arguments and answers are those of loyalty.btyd.bgnbd, with times in whole periods after that of the first purchase.
-- P(alive) is for the period after T (future_t = 0) or later. posterior_mean gives the probabilities of a purchase in a
-- period and of stopping before one.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local transactions = require "loyalty.btyd.transactions"

local module, class =
  transactions { name = "bgbb", kind = 9, parameters = { "alpha", "beta", "gamma", "delta" } }

--- simulate_histories{n = , T = , seed = }: the full histories of the customers that simulate draws from the same
-- arguments: a table of n vecs of T numbers, 1 where a customer buys in a period, else 0.
function class:simulate_histories(named)
  local where <const> = "simulate_histories"
  arguments.check(named, { n = true, T = true, seed = true }, where)
  local n, T = arguments.need(named, "n", where), arguments.need(named, "T", where)
  if math.type(n) ~= "integer" or n < 0 then error(where .. ": n must be an integer of 0 or more", 2) end
  if math.type(T) ~= "integer" or T < 0 or T > 100000 then
    error(where .. ": T must be an integer from 0 to 100000", 2)
  end
  local all, rows = core.vec(n * T), {}
  local alpha, beta, gamma, delta = self:values()
  local ok, message, code =
    core.bgbb_simulate_histories(alpha, beta, gamma, delta, T, arguments.need(named, "seed", where), all)
  if not ok then return nil, message, code end
  for i = 1, n do
    local row = core.vec(T)
    for j = 1, T do row[j] = all[(i - 1) * T + j] end
    rows[i] = row
  end
  return rows
end

return module
