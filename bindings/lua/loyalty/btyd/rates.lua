--- Retention, churn and repeat purchases: from counts, and from a purchase log by calendar period and by cohort.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local formulas = require "loyalty.formulas"
local rfm = require "loyalty.btyd.rfm"

local rates = {}

local DAYS <const> = 0 -- the tick of rfm.instant
local UNITS = { h = 0, D = 1, W = 2, M = 3, Y = 4 }
local BLAME = { ["end"] = "observation_period_end", builder = "log" }

-- ---- from counts ---------------------------------------------------------------------------------------------------

local Rate, rate_metatable = arguments.class("loyalty.btyd.rate")

--- lower, upper = rate:interval{level = 0.95}: the Wilson interval. It takes the parts as independent.
function Rate:interval(named)
  named = arguments.check(named or {}, { level = true }, "interval")
  return core.rate_interval(self.part, self.whole, arguments.optional(named, "level", 0.95))
end

local function object(part, whole, rate)
  if part == nil then return nil, whole, rate end
  return setmetatable({ part = part, whole = whole, rate = rate }, rate_metatable)
end

local COUNT_NAMES = { start = true, ["end"] = true, acquired = true }

local function retained(named, where, f)
  arguments.check(named, COUNT_NAMES, where)
  return object(f(arguments.need(named, "start", where), arguments.need(named, "end", where),
    arguments.need(named, "acquired", where)))
end

--- retention_rate{start = , ["end"] = , acquired = }: the share of the customers at the start of a period who are still
-- there at its end, (end - acquired)/start. The result has .rate, .part, .whole and :interval().
function rates.retention_rate(named) return retained(named, "retention_rate", core.retention_rate) end

--- churn_rate{start = , ["end"] = , acquired = }: the share who left, 1 - retention.
function rates.churn_rate(named) return retained(named, "churn_rate", core.churn_rate) end

--- repeat_purchase_rate(repeat_customers, customers): the share of the customers who bought at least twice.
function rates.repeat_purchase_rate(repeat_customers, customers)
  return object(core.repeat_rate(repeat_customers, customers))
end

--- repurchase_rate(returning_orders, orders): the share of the orders of customers who had ordered before.
function rates.repurchase_rate(returning_orders, orders) return object(core.repurchase_rate(returning_orders, orders)) end

-- ---- from one period to another ------------------------------------------------------------------------------------

--- Both lengths in one unit.
local function lengths(from, to, where)
  from, to = from == nil and "M" or from, to == nil and "Y" or to
  if type(from) == "number" and type(to) == "number" then return from, to end
  return core.time_convert(1, arguments.choice(from, UNITS, "from", where), UNITS.h),
    core.time_convert(1, arguments.choice(to, UNITS, "to", where), UNITS.h)
end

local function convert(churn, rate, from, to, where, name)
  local a, b = lengths(from, to, where)
  if type(rate) == "number" then return core.rate_convert(churn, rate, a, b) end
  return formulas.over(rate, where, name, function(column, out)
    return core.rate_convert_batch(churn, a, b, column, out, false)
  end)
end

--- convert_retention(retention, from = "M", to = "Y"): retention per period of another length, retention^(to/from), of a
-- number, a table or a vec. Periods are "h", "D", "W", "M", "Y" (a year is 365.25 days, a month a twelfth of it), or two
-- numbers in one unit.
function rates.convert_retention(retention, from, to)
  return convert(false, retention, from, to, "convert_retention", "retention")
end

--- convert_churn(churn, from = "M", to = "Y"): likewise 1 - (1 - churn)^(to/from).
function rates.convert_churn(churn, from, to) return convert(true, churn, from, to, "convert_churn", "churn") end

-- ---- from a log ----------------------------------------------------------------------------------------------------

--- A builder of the log by `period`, the end as a day number, and the other arguments; or nil, message, code.
local function read(named, names, period, where)
  if type(named) ~= "table" then error(("%s: expected a table of named arguments"):format(where), 3) end
  local log = {}
  for name, value in next, named do log[name] = value end
  if period then
    if log.merge ~= nil then error(("%s: there is no argument 'merge'"):format(where), 3) end
    log.merge = arguments.optional(named, "period", period)
    arguments.choice(log.merge, UNITS, "period", where)
    log.period = nil
  end
  local builder, rest, code = rfm.read(log, names, where)
  if builder == nil then return nil, rest, code end
  local last, message
  last, message, code = rfm.instant(rawget(rest, "observation_period_end"), "observation_period_end")
  if last == nil then
    builder:close()
    return nil, message, code
  end
  return builder, last, rest
end

--- Give the builder back, and hand results on.
local function done(builder, ...)
  builder:close()
  return arguments.blame(BLAME, ...)
end

local END_NAMES = { observation_period_end = true }

--- purchase_rates{customer = , time = , amount = nil, merge = "D", observation_period_end = nil, ...}: with the arguments
-- of rfm_summary's log, {repeat_purchase = , repurchase = }: the share of customers with two purchases or more, and of
-- purchases that are not the customer's first.
function rates.purchase_rates(named)
  local builder, last, code = read(named, END_NAMES, nil, "purchase_rates")
  if builder == nil then return nil, last, code end
  local customers, twice, orders, returning = done(builder, core.purchase_count(builder._handle, DAYS, last))
  if customers == nil then return nil, twice, orders end
  local first, message
  first, message, code = rates.repeat_purchase_rate(twice, customers)
  if first == nil then return nil, message, code end
  return { repeat_purchase = first, repurchase = rates.repurchase_rate(returning, orders) }
end

--- regularity{customer = , time = , amount = nil, merge = "D", observation_period_end = nil, ...}: with the arguments of
-- rfm_summary's log, how regular purchases are by Wheat and Morrison (1990): {k = , std_error = , variance = , n_pairs = ,
-- n_customers = , status = }. k is 1 for purchases at random, larger for regular ones.
function rates.regularity(named)
  local builder, last, code = read(named, END_NAMES, nil, "regularity")
  if builder == nil then return nil, last, code end
  local found = table.pack(done(builder, core.regularity_of(builder._handle, DAYS, last)))
  if found[1] == nil then return nil, found[2], found[3] end
  return {
    status = found[1], k = found[2], std_error = found[3], variance = found[4], n_pairs = found[5],
    n_customers = found[6],
  }
end

local RETENTION_NAMES = { observation_period_end = true, level = true }

--- retention_rates{customer = , time = , amount = nil, period = "M", level = 0.95, observation_period_end = nil, ...}:
-- retention and churn from each calendar period to the next. Gives ivecs period (beginning, in seconds since 1970), start
-- (customers active in the period before), active, retained, acquired, returned, and vecs retention, retention_lower,
-- retention_upper and churn, NaN where start is 0; and status.
function rates.retention_rates(named)
  local builder, last, rest = read(named, RETENTION_NAMES, "M", "retention_rates")
  if builder == nil then return nil, last, rest end
  local n, message, code = core.retention_periods(builder._handle, DAYS, last)
  if n == nil then return done(builder, nil, message, code) end
  local out = {}
  for _, name in ipairs { "period", "start", "active", "retained", "acquired", "returned" } do out[name] = core.ivec(n) end
  for _, name in ipairs { "retention", "retention_lower", "retention_upper", "churn" } do out[name] = core.vec(n) end
  out.status, message, code = done(builder, core.retention_table(builder._handle, DAYS, last,
    arguments.optional(rest, "level", 0.95), out.period, out.start, out.active, out.retained, out.acquired, out.returned,
    out.retention, out.retention_lower, out.retention_upper, out.churn))
  if out.status == nil then return nil, message, code end
  return out
end

--- cohort_table{customer = , time = , amount = nil, period = "M", observation_period_end = nil, ...}: how many customers
-- of each cohort buy in each later period. Gives ivecs cohort (beginning of its period, in seconds since 1970) and
-- customers; active, a table with an ivec for each cohort, active[c][1] being its size and active[c][1 + k] those who buy k
-- periods later; and share, the same as vecs of shares, NaN for a cohort of nobody.
function rates.cohort_table(named)
  local builder, last, code = read(named, END_NAMES, "M", "cohort_table")
  if builder == nil then return nil, last, code end
  local n, message
  n, message, code = core.retention_periods(builder._handle, DAYS, last)
  if n == nil then return done(builder, nil, message, code) end
  local out = { cohort = core.ivec(n), customers = core.ivec(n), active = {}, share = {} }
  local all = core.ivec(n * n)
  local ok
  ok, message, code = done(builder, core.cohort_table(builder._handle, DAYS, last, out.cohort, all))
  if ok == nil then return nil, message, code end
  for c = 1, n do
    local active, share = core.ivec(n - c + 1), core.vec(n - c + 1)
    for k = 1, n - c + 1 do active[k] = all[(c - 1) * n + k] end
    for k = 1, n - c + 1 do share[k] = active[k] / active[1] end
    out.customers[c], out.active[c], out.share[c] = active[1], active, share
  end
  return out
end

return rates
