--- How many answers a Net Promoter Score needs.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"

local plan = {}

local METHODS = { adjusted_wald = 0, wald = 1 }
local ALTERNATIVES = { ["two-sided"] = 0, greater = 1, less = 2 }

local function method(named, where)
  return arguments.choice(arguments.optional(named, "method", "adjusted_wald"), METHODS, "method", where)
end

local function alternative(named, where)
  return arguments.choice(arguments.optional(named, "alternative", "two-sided"), ALTERNATIVES, "alternative", where)
end

--- nps_sample_size{half_width = , level = 0.95, variance = 0.7, population = math.huge, method = "adjusted_wald"}: the
-- fewest answers that give an interval of at most +- half_width.
function plan.nps_sample_size(named)
  arguments.check(named, { half_width = true, level = true, variance = true, population = true, method = true },
    "nps_sample_size")
  return core.nps_sample_size(arguments.need(named, "half_width", "nps_sample_size"),
    arguments.optional(named, "level", 0.95), arguments.optional(named, "variance", 0.7),
    arguments.optional(named, "population", math.huge), method(named, "nps_sample_size"))
end

--- nps_half_width{n = , level = 0.95, variance = 0.7, population = math.huge, method = "adjusted_wald"}.
function plan.nps_half_width(named)
  arguments.check(named, { n = true, level = true, variance = true, population = true, method = true },
    "nps_half_width")
  return core.nps_half_width(arguments.need(named, "n", "nps_half_width"), arguments.optional(named, "level", 0.95),
    arguments.optional(named, "variance", 0.7), arguments.optional(named, "population", math.huge),
    method(named, "nps_half_width"))
end

--- n_first, n_second = nps_group_sizes{difference = , power = 0.8, level = 0.95, variance_first = 0.7,
-- variance_second = 0.7, ratio = 1, alternative = "two-sided"}; variance_second = 0 plans a test against a benchmark.
function plan.nps_group_sizes(named)
  arguments.check(named, { difference = true, power = true, level = true, variance_first = true,
    variance_second = true, ratio = true, alternative = true }, "nps_group_sizes")
  return core.nps_group_sizes(arguments.need(named, "difference", "nps_group_sizes"),
    arguments.optional(named, "variance_first", 0.7), arguments.optional(named, "variance_second", 0.7),
    arguments.optional(named, "ratio", 1), arguments.optional(named, "level", 0.95),
    arguments.optional(named, "power", 0.8), alternative(named, "nps_group_sizes"))
end

--- nps_power{difference = , n_first = , n_second = 0, level = 0.95, variance_first = 0.7, variance_second = 0.7,
-- alternative = "two-sided"}: the power of the test.
function plan.nps_power(named)
  arguments.check(named, { difference = true, n_first = true, n_second = true, level = true, variance_first = true,
    variance_second = true, alternative = true }, "nps_power")
  return core.nps_power(arguments.need(named, "difference", "nps_power"),
    arguments.optional(named, "variance_first", 0.7), arguments.need(named, "n_first", "nps_power"),
    arguments.optional(named, "variance_second", 0.7), arguments.optional(named, "n_second", 0),
    arguments.optional(named, "level", 0.95), alternative(named, "nps_power"))
end

return plan
