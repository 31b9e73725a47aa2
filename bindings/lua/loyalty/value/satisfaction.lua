--- Return on satisfaction: the curve L = f(C, S) joined with the value of retention.
--
-- All functions take a curve of loyalty.response.curve as `curve`, `discount_rate` (effective, per period), and
-- optionally timing = "begin" ("end", "end_first_sure", "mid", "continuous"), growth = 0 and horizon = nil (no end).
-- Numbers in, a table of numbers out; where one of the columns is a vec or a table, a table of vecs, with status and
-- the count of bad rows.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local formulas = require "loyalty.formulas"

local satisfaction = {}

local TIMINGS <const> = { begin = 1, ["end"] = 2, end_first_sure = 3, mid = 4, continuous = 5 }
local BLAME <const> = { constraint = "constraints", constraint_after = "constraints_after", discount = "discount_rate" }
local SHARED <const> = { "curve", "constraints", "discount_rate", "timing", "growth", "horizon", "errors" }

local function names(...)
  local set = {}
  for _, name in ipairs { ... } do set[name] = true end
  for _, name in ipairs(SHARED) do set[name] = true end
  return set
end

local WORTH_NAMES = names("margin", "s", "c")
local INVEST_NAMES = names("margin", "s_before", "s_after", "c", "customers", "cost")
local RISK_NAMES = names("margin", "s", "c", "c_after", "constraints_after")
local BUDGET_NAMES = names("customers", "margin", "s", "c", "unit_cost", "most", "budget", "steps")
BUDGET_NAMES.errors = nil

--- The parameters of the curve and the terms, as the core takes them first.
local function leading(named, where)
  local curve = arguments.need(named, "curve", where)
  if type(curve) ~= "table" or type(curve.b) ~= "userdata" then
    error(("%s: curve must be a curve of loyalty.response.curve"):format(where), 3)
  end
  return {
    curve.alpha, curve.beta, curve.gamma, curve.a, curve.delta, curve.b,
    arguments.choice(arguments.optional(named, "timing", "begin"), TIMINGS, "timing", where),
    arguments.need(named, "discount_rate", where), arguments.optional(named, "growth", 0),
    arguments.optional(named, "horizon", math.huge),
  }
end

local function coerce(named, where)
  return arguments.choice(arguments.optional(named, "errors", "raise"), { raise = 0, coerce = 1 }, "errors", where) == 1
end

local function spread(given, n, count)
  for i = 1, count do given[i] = given[i] ~= nil and formulas.column(given[i], n) or nil end
  return given
end

--- Call f with leading, then ...
local function call(f, first, ...)
  local all = table.move(first, 1, #first, 1, {})
  local rest = table.pack(...)
  table.move(rest, 1, rest.n, #all + 1, all)
  return arguments.blame(BLAME, f(table.unpack(all, 1, #first + rest.n)))
end

--- A table of named results from status, value, value ...; or nil, message, code.
local function record(list, status, ...)
  if status == nil then return nil, ... end
  local out = { status = status }
  for i, name in ipairs(list) do out[name] = (select(i, ...)) end
  return out
end

local WORTH <const> = { "retention", "retention_slope", "value", "value_slope" }

--- satisfaction_worth{curve = , margin = , s = , c = , constraints = nil, discount_rate = , timing = "begin", growth = 0,
-- horizon = nil, errors = "raise"}: what customers are worth whose retention is the loyalty L(s, c): a table with
-- retention, retention_slope (dL/ds), value and value_slope (dV/ds), and status ("NOTICE_DIVERGES" where the value is
-- infinite).
function satisfaction.satisfaction_worth(named)
  local where = "satisfaction_worth"
  arguments.check(named, WORTH_NAMES, where)
  local first = leading(named, where)
  local given, n = formulas.columns(named, { "margin", "s", "c" }, where)
  local constraints = rawget(named, "constraints")
  if not n then
    return record(WORTH, call(core.satisfaction_worth, first, given[1], given[2], given[3],
      formulas.constraints(constraints, first[6], 1, "constraints", where, 3)))
  end
  local k = formulas.constraints(constraints, first[6], n, "constraints", where, 3)
  spread(given, n, 3)
  local out = { retention = core.vec(n), retention_slope = core.vec(n), value = core.vec(n), value_slope = core.vec(n) }
  local status, bad, code = call(core.satisfaction_worth_batch, first, given[1], given[2], given[3], k, out.retention,
    out.retention_slope, out.value, out.value_slope, coerce(named, where))
  if status == nil then return nil, bad, code end
  out.status, out.bad = status, bad
  return out
end

local INVESTMENT <const> = { "value_before", "value_after", "gain", "total", "return_on_investment" }

--- satisfaction_invest{curve = , margin = , s_before = , s_after = , c = , customers = , cost = , ...}: what it brings to
-- raise the satisfaction of so many customers, and whether it pays: value_before, value_after, gain (of one customer, and
-- the most that the step may cost for each), total, return_on_investment = (total - cost)/cost. For columns gain, total
-- and return_on_investment.
function satisfaction.satisfaction_invest(named)
  local where = "satisfaction_invest"
  arguments.check(named, INVEST_NAMES, where)
  local first = leading(named, where)
  local g, n = formulas.columns(named, { "margin", "s_before", "s_after", "c", "customers", "cost" }, where)
  local k = formulas.constraints(rawget(named, "constraints"), first[6], n or 1, "constraints", where, 3)
  if not n then
    return record(INVESTMENT, call(core.satisfaction_invest, first, g[1], g[2], g[3], g[4], k, g[5], g[6]))
  end
  spread(g, n, 6)
  local out = { gain = core.vec(n), total = core.vec(n), return_on_investment = core.vec(n) }
  local status, bad, code = call(core.satisfaction_invest_batch, first, g[1], g[2], g[3], g[4], k, g[5], g[6], out.gain,
    out.total, out.return_on_investment, coerce(named, where))
  if status == nil then return nil, bad, code end
  out.status, out.bad = status, bad
  return out
end

local RISK <const> = { "retention_before", "retention_after", "value_before", "value_after", "at_risk" }

--- satisfaction_at_risk{curve = , margin = , s = , c = , constraints = nil, c_after = nil, constraints_after = nil, ...}:
-- what would be lost if constraints went (constraints_after = nil: all of them) or competition changed, while satisfaction
-- stays: retention_before, retention_after, value_before, value_after, at_risk. For columns retention_after and at_risk.
function satisfaction.satisfaction_at_risk(named)
  local where = "satisfaction_at_risk"
  arguments.check(named, RISK_NAMES, where)
  local first = leading(named, where)
  local g, n = formulas.columns(named, { "margin", "s", "c", "c_after" }, where, { c_after = true })
  local now = formulas.constraints(rawget(named, "constraints"), first[6], n or 1, "constraints", where, 3)
  local later = formulas.constraints(rawget(named, "constraints_after"), first[6], n or 1, "constraints_after", where, 3)
  if not n then
    return record(RISK, call(core.satisfaction_at_risk, first, g[1], g[2], g[3], now, g[4] or g[3], later))
  end
  spread(g, n, 4)
  local out = { retention_after = core.vec(n), at_risk = core.vec(n) }
  local status, bad, code = call(core.satisfaction_at_risk_batch, first, g[1], g[2], g[3], now, g[4], later,
    out.retention_after, out.at_risk, coerce(named, where))
  if status == nil then return nil, bad, code end
  out.status, out.bad = status, bad
  return out
end

--- satisfaction_budget{curve = , customers = , margin = , s = , c = , constraints = nil, unit_cost = , most = nil, budget =
-- , steps = 256, ...}: where a budget for satisfaction earns most. unit_cost is the cost of one unit of satisfaction
-- (the whole scale) for one customer, most the highest satisfaction that a segment can reach. A table with target and
-- spend (vecs, one for each segment), gain, total_spend, net, bound (no plan on the grid of targets has a larger net) and
-- price (what one more unit of budget would add to net).
function satisfaction.satisfaction_budget(named)
  local where = "satisfaction_budget"
  arguments.check(named, BUDGET_NAMES, where)
  local first = leading(named, where)
  local g, n = formulas.columns(named, { "customers", "margin", "s", "c", "unit_cost", "most" }, where, { most = true })
  n = n or 1
  local k = formulas.constraints(rawget(named, "constraints"), first[6], n, "constraints", where, 3)
  spread(g, n, 6)
  local target, spend = core.vec(n), core.vec(n)
  local gain, total, net, bound, price = call(core.satisfaction_budget, first, g[1], g[2], g[3], g[4], k, g[5], g[6],
    arguments.need(named, "budget", where), arguments.optional(named, "steps", 256), target, spend)
  if gain == nil then return nil, total, net end
  return { target = target, spend = spend, gain = gain, total_spend = total, net = net, bound = bound, price = price }
end

return satisfaction
