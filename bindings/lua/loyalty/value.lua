--- What customers are worth: lifetime value from fitted models, and the arithmetic of retention.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local intervals = require "loyalty.btyd.intervals"
local model = require "loyalty.btyd.model"

local value = {}
for _, part in ipairs { "satisfaction", "arithmetic", "engagement" } do
  for name, member in pairs(require("loyalty.value." .. part)) do value[name] = member end
end

local INFINITY <const> = math.huge
local BLAME = { x = "frequency", t_x = "recency", z = "monetary_value" }
local PREDICT_NAMES = {
  model = true, spend_model = true, customer_id = true, frequency = true, recency = true, T = true,
  monetary_value = true, horizon = true, discount_rate = true, discount_period = true, margin = true, threads = true,
  errors = true,
}
-- Transaction models by their kind: the functions of the core.
local ENGINES = {
  [1] = { one = core.clv_bgnbd, many = core.clv_bgnbd_batch, alone = core.bgnbd_predict_batch },
  [3] = { one = core.clv_mbgnbd, many = core.clv_mbgnbd_batch, alone = core.mbgnbd_predict_batch },
  [4] = { one = core.clv_pnbd, many = core.clv_pnbd_batch, alone = core.pnbd_predict_batch },
  [5] = { one = core.clv_nbd, many = core.clv_nbd_batch, alone = core.nbd_predict_batch },
  [6] = { one = core.clv_ggomnbd, many = core.clv_ggomnbd_batch, alone = core.ggomnbd_predict_batch },
  [10] = { one = core.clv_bgcnbd, many = core.clv_bgcnbd_batch, alone = core.bgcnbd_predict_batch },
  [11] = { one = core.clv_mbgcnbd, many = core.clv_mbgcnbd_batch, alone = core.mbgcnbd_predict_batch },
  [9] = { one = core.clv_bgbb, many = core.clv_bgbb_batch, alone = core.bgbb_predict_batch },
}

local function engine_of(object)
  for kind, engine in pairs(ENGINES) do
    if model.is(object, kind) then return engine end
  end
  error("predict: model must be a model of purchases", 3)
end

--- predict{model = , spend_model = nil, frequency = , recency = , T = , monetary_value = , horizon = nil, discount_rate
-- = 0, discount_period = "year", margin = 1, threads = 1, errors = "raise"}: what each customer will do and is worth,
-- a table with p_alive, expected_purchases and, with a spend model, expected_spend and clv (numbers for numbers, vecs
-- for columns) and status. monetary_value is needed with a spend model only.
--
-- The value is margin times expected spend per purchase times the discounted expected number of purchases after T.
-- horizon is in the model's unit of time, nil for no end; discount_rate is effective per discount_period ("year",
-- "month", "week", "day", "hour", or "unit" for the model's unit); all but "unit" need a model made with time_unit =
-- .
function value.predict(named)
  arguments.check(named, PREDICT_NAMES, "predict")
  local object, spend = arguments.need(named, "model", "predict"), rawget(named, "spend_model")
  local engine = engine_of(object)
  if spend ~= nil and not model.is(spend, 2) then error("predict: spend_model must be a gamma_gamma model", 2) end
  local x, t_x, T = arguments.need(named, "frequency", "predict"), arguments.need(named, "recency", "predict"),
    arguments.need(named, "T", "predict")
  local z = spend and arguments.need(named, "monetary_value", "predict")
  local rate = arguments.optional(named, "discount_rate", 0)
  -- A rate of 0 is the same for every period.
  local period = rate == 0 and -1
    or model.period_number(arguments.optional(named, "discount_period", "year"), object.time_unit, "predict")
  local terms = {
    arguments.optional(named, "margin", 1), arguments.optional(named, "horizon", INFINITY), rate, period,
    model.unit_number(object.time_unit, "predict"),
  }
  local parameters = { object:values() }
  if spend then table.move({ spend:values() }, 1, 3, #parameters + 1, parameters) end
  local function call(f, ...)
    local all = table.move(parameters, 1, #parameters, 1, {})
    local rest = table.pack(...)
    table.move(rest, 1, rest.n, #all + 1, all)
    return arguments.blame(BLAME, f(table.unpack(all)))
  end
  local m, h, d, p, u = table.unpack(terms)
  local threads, coerce = arguments.optional(named, "threads", 1), model.coerce(named, "predict")
  if not spend then
    local one = model.scalars(x, t_x, T)
    if one then x, t_x, T = { x }, { t_x }, { T } end
    local n = model.length(x)
    local out = { p_alive = core.vec(n), expected_purchases = core.vec(n) }
    local status, bad, code = call(engine.alone, x, t_x, T, m, h, d, p, u, threads, out.p_alive,
      out.expected_purchases, coerce)
    if status == nil then return nil, bad, code end
    if one then return { p_alive = out.p_alive[1], expected_purchases = out.expected_purchases[1], status = status } end
    out.status, out.bad = status, bad
    return out
  end
  if model.scalars(x, t_x, T, z) then
    local status, alive, purchases, per_purchase, clv = call(engine.one, x, t_x, T, z, m, h, d, p, u)
    if status == nil then return nil, alive, purchases end
    return {
      p_alive = alive, expected_purchases = purchases, expected_spend = per_purchase, clv = clv, status = status,
    }
  end
  local n = model.length(x)
  local out = {
    p_alive = core.vec(n), expected_purchases = core.vec(n), expected_spend = core.vec(n), clv = core.vec(n),
  }
  local status, bad, code = call(engine.many, x, t_x, T, z, m, h, d, p, u, threads, out.p_alive,
    out.expected_purchases, out.expected_spend, out.clv, coerce)
  if status == nil then return nil, bad, code end
  out.status, out.bad = status, bad
  return out
end

local CLV_INTERVAL_NAMES = { level = true }
for name in pairs(PREDICT_NAMES) do CLV_INTERVAL_NAMES[name] = true end

--- clv_interval{the arguments of predict, level = .95}: the value of each customer with its uncertainty, from models
-- that were both fitted: a table of estimate, std_error, lower and upper (numbers for numbers, vecs for columns), status
-- and bad. Without a horizon there must be a discount_rate.
function value.clv_interval(named)
  local where <const> = "clv_interval"
  arguments.check(named, CLV_INTERVAL_NAMES, where)
  local object, spend = arguments.need(named, "model", where), arguments.need(named, "spend_model", where)
  engine_of(object)
  if not model.is(spend, 2) then error("clv_interval: spend_model must be a gamma_gamma model", 2) end
  local columns = {}
  for i, name in ipairs { "frequency", "recency", "T", "monetary_value" } do
    columns[i] = arguments.need(named, name, where)
  end
  local rate = arguments.optional(named, "discount_rate", 0)
  local period = rate == 0 and -1
    or model.period_number(arguments.optional(named, "discount_period", "year"), object.time_unit, where)
  local n = not model.scalars(table.unpack(columns)) and model.length(columns[1]) or nil
  return intervals.clv(object, spend, columns, n, {
    arguments.optional(named, "margin", 1), arguments.optional(named, "horizon", INFINITY), rate, period,
    model.unit_number(object.time_unit, where),
  }, arguments.optional(named, "level", .95), arguments.optional(named, "threads", 1), model.coerce(named, where), BLAME)
end

--- discount_delta{discount_rate = , discount_period = "year", time_unit = nil}: the continuous rate per unit of a
-- model's time.
function value.discount_delta(named)
  arguments.check(named, { discount_rate = true, discount_period = true, time_unit = true }, "discount_delta")
  local unit = rawget(named, "time_unit")
  return core.discount_delta(arguments.need(named, "discount_rate", "discount_delta"),
    model.period_number(arguments.optional(named, "discount_period", "year"), unit, "discount_delta"),
    model.unit_number(unit, "discount_delta"))
end

local TIMINGS = { begin = 1, ["end"] = 2, end_first_sure = 3, mid = 4, continuous = 5 }
local DISCOUNT = { discount = "discount_rate" }
local MULTIPLE_NAMES = { retention = true, discount_rate = true, timing = true, growth = true, horizon = true }
local VALUE_NAMES = {
  margin = true, retention = true, discount_rate = true, timing = true, growth = true, horizon = true,
  acquisition_cost = true, errors = true,
}

local function timing_of(named, where)
  return arguments.choice(arguments.need(named, "timing", where), TIMINGS, "timing", where)
end

--- margin_multiple{retention = , discount_rate = , timing = , growth = 0, horizon = nil}: the present value of a
-- margin of 1 per period, and the status ("NOTICE_DIVERGES" when it is infinite). timing says when margins are paid:
-- "begin", "end", "end_first_sure", "mid" or "continuous".
function value.margin_multiple(named)
  arguments.check(named, MULTIPLE_NAMES, "margin_multiple")
  local status, multiple, code = arguments.blame(DISCOUNT, core.margin_multiple(timing_of(named, "margin_multiple"),
    arguments.need(named, "retention", "margin_multiple"), arguments.need(named, "discount_rate", "margin_multiple"),
    arguments.optional(named, "growth", 0), arguments.optional(named, "horizon", INFINITY)))
  if status == nil then return nil, multiple, code end
  return multiple, status
end

--- margin_multiple_slope{retention = , discount_rate = , timing = , growth = 0, horizon = nil}: the slope of
-- margin_multiple in retention, and the status; math.huge where the sum diverges.
function value.margin_multiple_slope(named)
  local where = "margin_multiple_slope"
  arguments.check(named, MULTIPLE_NAMES, where)
  local status, slope, code = arguments.blame(DISCOUNT, core.margin_multiple_slope(timing_of(named, where),
    arguments.need(named, "retention", where), arguments.need(named, "discount_rate", where),
    arguments.optional(named, "growth", 0), arguments.optional(named, "horizon", INFINITY)))
  if status == nil then return nil, slope, code end
  return slope, status
end

--- retention_value{margin = , retention = , discount_rate = , timing = , growth = 0, horizon = nil, acquisition_cost
-- = 0}: margin times margin_multiple, less acquisition_cost, and the status. margin and retention are numbers or
-- columns of equal length.
function value.retention_value(named)
  arguments.check(named, VALUE_NAMES, "retention_value")
  local where = "retention_value"
  local timing, margin, retention = timing_of(named, where), arguments.need(named, "margin", where),
    arguments.need(named, "retention", where)
  local d, g = arguments.need(named, "discount_rate", where), arguments.optional(named, "growth", 0)
  local h, cost = arguments.optional(named, "horizon", INFINITY), arguments.optional(named, "acquisition_cost", 0)
  if model.scalars(margin, retention) then
    local status, worth, code = arguments.blame(DISCOUNT,
      core.retention_value(timing, margin, retention, d, g, h, cost))
    if status == nil then return nil, worth, code end
    return worth, status
  end
  local out = core.vec(model.length(margin))
  local status, bad, code = arguments.blame(DISCOUNT,
    core.retention_value_batch(timing, margin, retention, d, g, h, cost, out, model.coerce(named, where)))
  if status == nil then return nil, bad, code end
  return out, status, bad
end

return value
