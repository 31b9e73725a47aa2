--- What holds customers besides satisfaction, as numbers K from 0 to 1.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local formulas = require "loyalty.formulas"

local constraint = {}

--- Names of the kinds of constraint, from 0, and their Chinese forms in _zh.
constraint.constraints, constraint.constraints_zh = {}, {}
for kind = 0, 3 do
  constraint.constraints[kind] = core.constraint_name(kind, false)
  constraint.constraints_zh[kind] = core.constraint_name(kind, true)
end

local ITEMS_NAMES = { items = true, lowest = true, highest = true }
local ITEMS_BLAME = { item = "items" }

--- constraint_from_items{items = , lowest = 1, highest = 5}: K = (mean item - lowest)/(highest - lowest). items are the
-- answers of one customer, or a table of columns, one for each item; a NaN is left out.
function constraint.constraint_from_items(named)
  local where = "constraint_from_items"
  arguments.check(named, ITEMS_NAMES, where)
  local items = arguments.need(named, "items", where)
  local lowest, highest = arguments.optional(named, "lowest", 1), arguments.optional(named, "highest", 5)
  local all, n = formulas.stack(items, "items", where, 3)
  if not n then return arguments.blame(ITEMS_BLAME, core.constraint_from_items(all, lowest, highest)) end
  local out = core.vec(n)
  local ok, message, code = core.constraint_from_items_batch(all, lowest, highest, out, false)
  if ok == nil then return arguments.blame(ITEMS_BLAME, nil, message, code) end
  return out
end

local COSTS_NAMES = { price = true, customers = true }

--- switching_costs{price = , customers = }: a vec of switching costs, one for each firm, after Shy: S_A = p_A -
-- p_B N_B/(N_A + N_B), where B is the smallest firm, and for the smallest the largest.
function constraint.switching_costs(named)
  local where = "switching_costs"
  arguments.check(named, COSTS_NAMES, where)
  local price = formulas.column(arguments.need(named, "price", where), 1)
  local out = core.vec(#price)
  local ok, message, code = core.switching_costs(price, arguments.need(named, "customers", where), out)
  if ok == nil then return nil, message, code end
  return out
end

local COST_NAMES = { cost = true, price = true }

--- constraint_from_switching_cost{cost = , price = }: K = cost/price, clipped to [0, 1]; numbers, or columns.
function constraint.constraint_from_switching_cost(named)
  local where = "constraint_from_switching_cost"
  arguments.check(named, COST_NAMES, where)
  local cost, price = arguments.need(named, "cost", where), arguments.need(named, "price", where)
  if type(cost) == "number" and type(price) ~= "number" then cost = core.vec(#price, cost) end
  return formulas.over(cost, where, "cost", function(x, out)
    return core.constraint_from_switching_cost(x, formulas.column(price, #x), out, false)
  end)
end

return constraint
