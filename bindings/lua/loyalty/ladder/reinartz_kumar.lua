--- Reinartz and Kumar's four groups of customers, and their rule for who is active.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local formulas = require "loyalty.formulas"
local median_cut = require "loyalty.ladder.median_cut"
local types = require "loyalty.ladder.types"

local reinartz_kumar = {}

--- Names by number, from 0; -1 is "unknown".
reinartz_kumar.reinartz_kumar_types, reinartz_kumar.reinartz_kumar_types_zh = types.names(core.reinartz_kumar_name, 4)

--- reinartz_kumar{profit = , duration = , profit_from = median, duration_from = median, errors = "raise"}: stranger,
-- barnacle, butterfly or true friend. For one customer the cuts must be given. For vecs or tables an ivec of numbers in
-- reinartz_kumar_types.
reinartz_kumar.reinartz_kumar = types.classifier {
  where = "reinartz_kumar", columns = { "profit", "duration" }, one = core.reinartz_kumar,
  batch = core.reinartz_kumar_batch, names = reinartz_kumar.reinartz_kumar_types,
  cuts = { { "profit_from", median_cut.of(1, "profit", -1e40) }, { "duration_from", median_cut.of(2, "duration", 0) } },
}

local NAMES = { purchases = true, last_purchase = true, window = true }

--- quick_activity{purchases = , last_purchase = , window = }: the probability t^n that a customer with n purchases in a
-- window, the last at its part t, is still active; a number, or a vec for vecs or tables.
function reinartz_kumar.quick_activity(named)
  local where <const> = "quick_activity"
  arguments.check(named, NAMES, where)
  local given, n = formulas.columns(named, { "purchases", "last_purchase", "window" }, where)
  if not n then return core.quick_activity(given[1], given[2], given[3]) end
  local out = core.vec(n)
  for i = 1, 3 do given[i] = formulas.column(given[i], n) end
  local bad, message, code = core.quick_activity_batch(given[1], given[2], given[3], out, false)
  if bad == nil then return nil, message, code end
  return out
end

return reinartz_kumar
