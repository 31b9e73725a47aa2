--- The median as a cut between low and high.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"

local median_cut = {}

--- median_cut(values): the median of a vec or a table of numbers; NaN is left out.
function median_cut.median_cut(values)
  return arguments.blame({ value = "values" }, core.median_cut(values))
end

--- A cut that is the median of column `at` of those given; for types.classifier. When bad numbers are coerced, of those
-- from `least` to 1e40.
function median_cut.of(at, name, least)
  return function(given, coerce)
    local values = given[at]
    if coerce and type(values) ~= "number" then
      local good = {}
      for i = 1, #values do
        local x = values[i]
        if type(x) ~= "number" or x ~= x or x >= least and x <= 1e40 then good[#good + 1] = x end
      end
      values = good
    end
    return arguments.blame({ value = name }, core.median_cut(values))
  end
end

return median_cut
