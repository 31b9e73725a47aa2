--- The arithmetic of retention and acquisition: lifetimes, paths, uncertainty, elasticities, lifts, payback, spending.
--
-- Functions of customers or segments take numbers or columns, and answer with a table of numbers or of vecs, with status
-- ("OK" or a notice) and for columns the count of bad rows.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local formulas = require "loyalty.formulas"
local rows = require "loyalty.value.rows"

local arithmetic = {}

local names, answer, timing = rows.names, rows.answer, rows.timing
local need, optional = arguments.need, arguments.optional
local INFINITY <const> = math.huge

--- One column of answers, or a number.
local function single(out, message, code)
  if out == nil then return nil, message, code end
  return out.out, out.status, out.bad
end

local SURVIVORS_NAMES = names("retention", "periods", "errors")
local MEAN_NAMES = names("retention", "errors")
local UNTIL_NAMES = names("retention", "share", "errors")

--- lifetime_survivors{retention = , periods = }: the share of customers who are still there after so many periods.
function arithmetic.lifetime_survivors(named)
  local where = "lifetime_survivors"
  arguments.check(named, SURVIVORS_NAMES, where)
  return single(answer(named, where, core.lifetime_survivors_batch, { "retention", "periods" }, { "out" }))
end

--- lifetime_mean{retention = }: the mean number of periods that a customer stays, the first included.
function arithmetic.lifetime_mean(named)
  arguments.check(named, MEAN_NAMES, "lifetime_mean")
  return single(answer(named, "lifetime_mean", core.lifetime_mean_batch, { "retention" }, { "out" }))
end

--- lifetime_until{retention = , share = .5}: the periods after which this share of the customers is left.
function arithmetic.lifetime_until(named)
  local where = "lifetime_until"
  arguments.check(named, UNTIL_NAMES, where)
  return single(answer(named, where, core.lifetime_until_batch, { "retention", "share" }, { "out" }, { share = .5 }))
end

local PATH_NAMES = names("margin", "retention", "discount_rate", "timing", "growth", "acquisition_cost")

--- retention_path{margin = , retention = , discount_rate = , timing = , growth = 0, acquisition_cost = 0}: the value of a
-- customer whose margin and retention change from period to period, columns with one row for each: a table with value,
-- and vecs survivors (the share that is there) and present (the present value of each margin).
function arithmetic.retention_path(named)
  local where = "retention_path"
  arguments.check(named, PATH_NAMES, where)
  local columns, n = formulas.columns(named, { "margin", "retention" }, where)
  local survivors, present = core.vec(n or 1), core.vec(n or 1)
  local worth, message, code = rows.blame(false, core.retention_path(timing(named, where),
    formulas.column(columns[1], n or 1), formulas.column(columns[2], n or 1), need(named, "discount_rate", where),
    optional(named, "growth", 0), optional(named, "acquisition_cost", 0), survivors, present))
  if worth == nil then return nil, message, code end
  return { value = worth, survivors = survivors, present = present }
end

local SPREAD_NAMES = names("margin", "retention", "discount_rate", "timing", "growth", "errors")

--- retention_spread{margin = , retention = , discount_rate = , timing = , growth = 0}: mean and deviation of what the
-- margins of one customer are worth, who leaves at a random time.
function arithmetic.retention_spread(named)
  local where = "retention_spread"
  arguments.check(named, SPREAD_NAMES, where)
  return answer(named, where, core.retention_spread_batch, { timing(named, where), "margin", "retention",
    need(named, "discount_rate", where), optional(named, "growth", 0) }, { "mean", "deviation" })
end

local ERROR_NAMES = names("margin", "retention", "discount_rate", "timing", "growth", "horizon", "se_margin",
  "se_retention", "correlation", "errors")

--- retention_value_error{margin = , retention = , discount_rate = , timing = , se_margin = 0, se_retention = 0,
-- correlation = 0, growth = 0, horizon = nil}: value and standard_error from estimates of margin and retention.
function arithmetic.retention_value_error(named)
  local where = "retention_value_error"
  arguments.check(named, ERROR_NAMES, where)
  return answer(named, where, core.retention_value_error_batch, { timing(named, where), "margin", "retention",
    need(named, "discount_rate", where), optional(named, "growth", 0), optional(named, "horizon", INFINITY), "se_margin",
    "se_retention", "correlation" }, { "value", "standard_error" },
    { se_margin = 0, se_retention = 0, correlation = 0 })
end

local ELASTICITY_NAMES = names("margin", "retention", "discount_rate", "timing", "growth", "horizon", "acquisition_cost",
  "errors")

--- retention_elasticity{margin = , retention = , discount_rate = , timing = , growth = 0, horizon = nil, acquisition_cost
-- = 0}: per cent of value for one per cent of margin, retention, discount_rate and acquisition_cost.
function arithmetic.retention_elasticity(named)
  local where = "retention_elasticity"
  arguments.check(named, ELASTICITY_NAMES, where)
  return answer(named, where, core.retention_elasticity_batch, { timing(named, where), "margin", "retention",
    need(named, "discount_rate", where), optional(named, "growth", 0), optional(named, "horizon", INFINITY),
    "acquisition_cost" }, { "margin", "retention", "discount_rate", "acquisition_cost" }, { acquisition_cost = 0 })
end

local MEANINGS <const> = { points = 1, relative = 2, defection_cut = 3 }
local LIFT_NAMES = names("margin", "retention", "amount", "discount_rate", "meaning", "timing", "growth", "horizon",
  "errors")

--- retention_lift{margin = , retention = , amount = , discount_rate = , meaning = , timing = , growth = 0, horizon = nil}:
-- what it is worth to raise retention by amount: retention_after, value_before, value_after, gain and relative. meaning is
-- "points" (80 % + 5 % = 85 %), "relative" (84 %) or "defection_cut" (81 %: 5 % of those who would leave stay).
function arithmetic.retention_lift(named)
  local where = "retention_lift"
  arguments.check(named, LIFT_NAMES, where)
  return answer(named, where, core.retention_lift_batch, {
    arguments.choice(need(named, "meaning", where), MEANINGS, "meaning", where), timing(named, where), "margin",
    "retention", "amount", need(named, "discount_rate", where), optional(named, "growth", 0),
    optional(named, "horizon", INFINITY) }, { "retention_after", "value_before", "value_after", "gain", "relative" })
end

local PAYBACK_NAMES = names("margin", "retention", "acquisition_cost", "discount_rate", "timing", "growth", "errors")

--- acquisition_payback{margin = , retention = , acquisition_cost = , discount_rate = , timing = , growth = 0}: value, ratio
-- (to the cost), and after what time the cost is back, exact and in whole periods; math.huge, with the status
-- "NOTICE_NONE", for never.
function arithmetic.acquisition_payback(named)
  local where = "acquisition_payback"
  arguments.check(named, PAYBACK_NAMES, where)
  return answer(named, where, core.acquisition_payback_batch, { timing(named, where), "margin", "retention",
    need(named, "discount_rate", where), optional(named, "growth", 0), "acquisition_cost" },
    { "value", "ratio", "exact", "periods" })
end

local KEEP_NAMES = names("cost", "uplift", "value", "acquisition_cost", "errors")

--- keep_or_replace{cost = , uplift = , value = , acquisition_cost = }: spend cost on each of some customers so that a share
-- uplift of them stays who would have left: gain, net, cost_per_kept, uplift_to_pay, uplift_to_replace, pays and cheaper
-- (booleans for numbers, 1 and 0 in vecs).
function arithmetic.keep_or_replace(named)
  local where = "keep_or_replace"
  arguments.check(named, KEEP_NAMES, where)
  local out, message, code = answer(named, where, core.keep_or_replace_batch, { "cost", "uplift", "value",
    "acquisition_cost" }, { "gain", "net", "cost_per_kept", "uplift_to_pay", "uplift_to_replace", "pays", "cheaper" })
  if out == nil then return nil, message, code end
  if type(out.pays) == "number" then out.pays, out.cheaper = out.pays == 1, out.cheaper == 1 end
  return out
end

-- ---- spending ----

local Response, response_metatable = arguments.class "spend_response"
local RESPONSE_NAMES = names("ceiling", "rate", "spend", "share")

--- spend_response{ceiling = , rate = }, or {ceiling = , spend = , share = } of which one point is known: what share money
-- wins, ceiling (1 - exp(-rate spend)).
function arithmetic.spend_response(named)
  local where = "spend_response"
  arguments.check(named, RESPONSE_NAMES, where)
  local ceiling, rate = need(named, "ceiling", where), rawget(named, "rate")
  if rate == nil then
    local message, code
    rate, message, code = core.spend_response_from_point(ceiling, need(named, "spend", where),
      need(named, "share", where))
    if rate == nil then return nil, message, code end
  end
  return setmetatable({ ceiling = ceiling, rate = rate }, response_metatable)
end

--- The share that a spending, a number or a column, wins.
function Response:share_at(spend)
  return formulas.over(spend, "share_at", "spend", function(x, out)
    return core.spend_response_at_batch(self.ceiling, self.rate, x, out, false)
  end)
end

local function response_of(named, name, where)
  local response = need(named, name, where)
  if type(response) ~= "table" or type(response.ceiling) ~= "number" or type(response.rate) ~= "number" then
    error(("%s: %s must be a spend_response"):format(where, name), 3)
  end
  return response.ceiling, response.rate
end

local function optimum(spend, share, worth)
  if spend == nil then return nil, share, worth end
  return { spend = spend, share = share, value = worth }
end

local WIN_NAMES = names("response", "value")
local HOLD_NAMES = names("response", "margin", "discount_rate")

--- acquisition_optimum{response = , value = }: how much to spend on winning a prospect who brings value: spend, share and
-- value (what remains).
function arithmetic.acquisition_optimum(named)
  local where = "acquisition_optimum"
  arguments.check(named, WIN_NAMES, where)
  local ceiling, rate = response_of(named, "response", where)
  return optimum(core.acquisition_optimum(ceiling, rate, need(named, "value", where)))
end

--- retention_optimum{response = , margin = , discount_rate = }: how much to spend per period on keeping a customer.
function arithmetic.retention_optimum(named)
  local where = "retention_optimum"
  arguments.check(named, HOLD_NAMES, where)
  local ceiling, rate = response_of(named, "response", where)
  return optimum(rows.blame(false, core.retention_optimum(ceiling, rate, need(named, "margin", where),
    need(named, "discount_rate", where))))
end

local PLAN_NAMES = names("acquisition", "retention", "margin", "discount_rate", "acquisition_spend", "retention_spend")

--- spend_plan{acquisition = , retention = , margin = , discount_rate = }: the best spending on both, as acquisition and
-- retention, and equity, what a prospect is then worth; with acquisition_spend = , retention_spend = what these make of
-- one.
function arithmetic.spend_plan(named)
  local where = "spend_plan"
  arguments.check(named, PLAN_NAMES, where)
  local win, win_rate = response_of(named, "acquisition", where)
  local keep, keep_rate = response_of(named, "retention", where)
  local margin, d = need(named, "margin", where), need(named, "discount_rate", where)
  local results
  if rawget(named, "acquisition_spend") == nil and rawget(named, "retention_spend") == nil then
    results = table.pack(rows.blame(false, core.spend_plan_optimum(win, win_rate, keep, keep_rate, margin, d)))
  else
    results = table.pack(rows.blame(false, core.spend_plan_at(win, win_rate, keep, keep_rate, margin, d,
      need(named, "acquisition_spend", where), need(named, "retention_spend", where))))
  end
  if results[1] == nil then return nil, results[2], results[3] end
  return {
    status = results[1], acquisition = optimum(results[2], results[3], results[4]),
    retention = optimum(results[5], results[6], results[7]), equity = results[8],
  }
end

local EQUITY_NAMES = names("customers", "value")

--- segment_equity{customers = , value = }: what all customers are worth: total, and vecs equity, share and customer_share
-- with one element for each segment.
function arithmetic.segment_equity(named)
  local where = "segment_equity"
  arguments.check(named, EQUITY_NAMES, where)
  local columns, n = formulas.columns(named, { "customers", "value" }, where)
  n = n or 1
  local out = { equity = core.vec(n), share = core.vec(n), customer_share = core.vec(n) }
  local status, total, code = core.segment_equity(formulas.column(columns[1], n), formulas.column(columns[2], n),
    out.equity, out.share, out.customer_share)
  if status == nil then return nil, total, code end
  out.status, out.total = status, total
  return out
end

return arithmetic
