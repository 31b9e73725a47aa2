--- The cusp catastrophe: loyalty that jumps, and does not come back the way it went. The state z rests where
-- z^3 - b z - a = 0: a (the normal control, such as satisfaction) moves it, b (the splitting control, such as the cost of
-- switching) decides whether it moves smoothly or in jumps.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local formulas = require "loyalty.formulas"

local cusp = {}

local STABILITY = { [0] = "unstable", "stable", "half-stable" }
local CONTROLS = { a = true, b = true }
local PATH_NAMES = { a = true, b = true, rule = true, start = true }
local DENSITY_NAMES = { z = true, a = true, b = true, log = true }
local RULES = { delay = 0, maxwell = 1 }
local SHEETS = { low = -1, high = 1 }

--- Both controls as columns of the same length.
local function controls(named, where)
  local a, b = arguments.need(named, "a", where), arguments.need(named, "b", where)
  local n = type(a) ~= "number" and #a or type(b) ~= "number" and #b or 1
  return formulas.column(a, n), formulas.column(b, n), n
end

--- cusp_equilibria{a = , b = }: the states at rest. For numbers a list of {z = , stability = } in rising order, where
-- stability is "stable", "unstable" or, on a fold line, "half-stable"; for columns {low = , middle = , high = } of vecs,
-- where middle, the unstable state, is NaN where there is one state only.
function cusp.cusp_equilibria(named)
  arguments.check(named, CONTROLS, "cusp_equilibria")
  if type(named.a) == "number" and type(named.b) == "number" then
    local count, z1, z2, z3, s1, s2, s3 = core.cusp_solve(named.a, named.b)
    if count == nil then return nil, z1, z2 end
    local z, stability, list = { z1, z2, z3 }, { s1, s2, s3 }, {}
    for i = 1, count do list[i] = { z = z[i], stability = STABILITY[stability[i]] } end
    return list
  end
  local a, b, n = controls(named, "cusp_equilibria")
  local low, middle, high = core.vec(n), core.vec(n), core.vec(n)
  local ok, message, code = core.cusp_solve_batch(a, b, low, middle, high, false)
  if ok == nil then return nil, message, code end
  return { low = low, middle = middle, high = high }
end

--- cusp_fold(b): the fold line 2 (b/3)^(3/2) of a number or a column; two states are stable where |a| is below it.
function cusp.cusp_fold(b)
  return formulas.over(b, "cusp_fold", "b", function(column, out) return core.cusp_fold(column, out, false) end)
end

--- cusp_path{a = , b = , rule = "delay", start = "low"}: the states along a path of the controls, {z = vec, jump = ivec};
-- jump is 1 or -1 where the state has jumped up or down since the moment before. With rule "delay" the state stays on its
-- sheet until that ends; with "maxwell" it goes at once to the deeper well.
function cusp.cusp_path(named)
  arguments.check(named, PATH_NAMES, "cusp_path")
  local rule = arguments.choice(arguments.optional(named, "rule", "delay"), RULES, "rule", "cusp_path")
  local sheet = arguments.choice(arguments.optional(named, "start", "low"), SHEETS, "start", "cusp_path")
  local a, b, n = controls(named, "cusp_path")
  local z, jump = core.vec(n), core.ivec(n)
  local ok, message, code = core.cusp_path(a, b, rule, sheet, z, jump)
  if ok == nil then return nil, message, code end
  return { z = z, jump = jump }
end

--- cusp_moments{a = , b = }: moments of the state under the density exp(a z + b z^2/2 - z^4/4)/Z. For numbers
-- {log_normalizer = , mean = , variance = , half_square = , covariance = , half_square_variance = } (of z and z^2/2); for
-- columns {mean = , variance = } of vecs.
function cusp.cusp_moments(named)
  arguments.check(named, CONTROLS, "cusp_moments")
  if type(named.a) == "number" and type(named.b) == "number" then
    local log_normalizer, mean, variance, half_square, covariance, half_square_variance =
      core.cusp_moments(named.a, named.b)
    if log_normalizer == nil then return nil, mean, variance end
    return {
      log_normalizer = log_normalizer, mean = mean, variance = variance, half_square = half_square,
      covariance = covariance, half_square_variance = half_square_variance,
    }
  end
  local a, b, n = controls(named, "cusp_moments")
  local mean, variance = core.vec(n), core.vec(n)
  local ok, message, code = core.cusp_moments_batch(a, b, mean, variance, false)
  if ok == nil then return nil, message, code end
  return { mean = mean, variance = variance }
end

--- cusp_density{z = , a = , b = , log = false}: the density, or its logarithm, at a state or a column of states.
function cusp.cusp_density(named)
  arguments.check(named, DENSITY_NAMES, "cusp_density")
  local a, b = arguments.need(named, "a", "cusp_density"), arguments.need(named, "b", "cusp_density")
  local log = arguments.optional(named, "log", false)
  return formulas.over(arguments.need(named, "z", "cusp_density"), "cusp_density", "z", function(z, out)
    return core.cusp_density_batch(a, b, z, log, out, false)
  end)
end

return cusp
