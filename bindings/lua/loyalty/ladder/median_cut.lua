--- The median as a cut between low and high.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"

local median_cut = {}

--- median_cut(values): the median of a vec or a table of numbers; NaN is left out.
function median_cut.median_cut(values)
  return arguments.blame({ value = "values" }, core.median_cut(values))
end

--- A cut that is the median of column `at` of those given; for types.classifier.
function median_cut.of(at, name)
  return function(given) return arguments.blame({ value = name }, core.median_cut(given[at])) end
end

return median_cut
