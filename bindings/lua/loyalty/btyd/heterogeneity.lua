--- How customers differ: density and distribution function of their own rates and probabilities.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"

local heterogeneity = {}

local GAMMA, BETA = 1, 2 -- loy_heterogeneity
local GAMMA_NAMES = { shape = true, rate = true, value = true }
local BETA_NAMES = { a = true, b = true, value = true }

local function answer(kind, first, second, value, where)
  if type(value) == "number" then return core.heterogeneity(kind, first, second, value) end
  if type(value) == "table" then value = core.vec(value) end
  if type(value) ~= "userdata" then
    error(("%s: value must be a number, a vec or a table of numbers, not %s"):format(where, type(value)), 3)
  end
  local density, below = core.vec(#value), core.vec(#value)
  local bad, message, code = core.heterogeneity_batch(kind, first, second, value, density, below, false)
  if bad == nil then return nil, message, code end
  return density, below
end

--- gamma_heterogeneity{shape = , rate = , value = }: density at a value of a gamma distribution, such as that of purchase
-- rates (shape r, rate alpha), and the share of the customers at or below it: numbers, or vecs for a vec or a table.
function heterogeneity.gamma(named)
  local where = "gamma_heterogeneity"
  arguments.check(named, GAMMA_NAMES, where)
  return answer(GAMMA, arguments.need(named, "shape", where), arguments.need(named, "rate", where),
    arguments.need(named, "value", where), where)
end

--- beta_heterogeneity{a = , b = , value = }: the same of a beta distribution, such as that of the probability to stop.
function heterogeneity.beta(named)
  local where = "beta_heterogeneity"
  arguments.check(named, BETA_NAMES, where)
  return answer(BETA, arguments.need(named, "a", where), arguments.need(named, "b", where),
    arguments.need(named, "value", where), where)
end

return heterogeneity
