--- Satisfaction S in [0, 1] from ratings, and back.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local formulas = require "loyalty.formulas"

local scale = {}

local SCALE_NAMES = { rating = true, satisfaction = true, lowest = true, highest = true, padding = true }

local function scaled(named, name, where, apply)
  arguments.check(named, SCALE_NAMES, where)
  local lowest, highest = arguments.optional(named, "lowest", 1), arguments.optional(named, "highest", 5)
  local padding = arguments.optional(named, "padding", 0)
  return formulas.over(arguments.need(named, name, where), where, name,
    function(x, out) return apply(lowest, highest, padding, x, out, false) end)
end

--- satisfaction{rating = , lowest = 1, highest = 5, padding = 0}: s in [0, 1].
function scale.satisfaction(named) return scaled(named, "rating", "satisfaction", core.scale_satisfaction) end

--- rating{satisfaction = , lowest = 1, highest = 5, padding = 0}: the inverse.
function scale.rating(named) return scaled(named, "satisfaction", "rating", core.scale_rating) end

return scale
