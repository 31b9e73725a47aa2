--- The parametric bootstrap, the same for all models. For the modules of this library.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"

--- The bootstrap of an object with these parameters from the column `given`, which the caller knows as `name`; `named`
-- are the caller's arguments. A table of std_errors, bias, lower, upper and draws, each by parameter, fit_status, n_used,
-- n_failed, n_not_converged, n_at_bound, level and status; or nil, message, code.
return function(object, parameters, given, name, named)
  local n_boot, level = arguments.optional(named, "n_boot", 999), arguments.optional(named, "level", 0.95)
  if math.type(n_boot) ~= "integer" or n_boot < 0 or n_boot > 1000000 then
    error("bootstrap: n_boot must be an integer from 0 to 1000000", 3)
  end
  local k <const> = #parameters
  local draws, codes = core.vec(n_boot * k), core.ivec(n_boot)
  local parts = { core.vec(k), core.vec(k), core.vec(k), core.vec(k) }
  local blamed <const> = { x = name, T = name, given = name, replications = "n_boot" }
  local found = table.pack(arguments.blame(blamed, core.model_bootstrap(object:row(), given,
    arguments.optional(named, "seed", 0), level, object.threads, 0, object.penalty_, draws, codes,
    parts[1], parts[2], parts[3], parts[4], rawget(named, "progress"))))
  if found[1] == nil then return nil, found[2], found[3] end
  local result = {
    std_errors = {}, bias = {}, lower = {}, upper = {}, draws = {}, fit_status = {}, level = level, status = found[1],
    n_used = found[2], n_failed = found[3], n_not_converged = found[4], n_at_bound = found[5],
  }
  for j, parameter in ipairs(parameters) do
    local column = core.vec(n_boot)
    for i = 1, n_boot do column[i] = draws[(i - 1) * k + j] end
    result.draws[parameter] = column
    result.std_errors[parameter], result.bias[parameter] = parts[1][j], parts[2][j]
    result.lower[parameter], result.upper[parameter] = parts[3][j], parts[4][j]
  end
  for i = 1, n_boot do result.fit_status[i] = core.status_name(codes[i]) end
  return result
end
