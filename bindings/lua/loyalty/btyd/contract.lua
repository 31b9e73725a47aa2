--- What the models of customers under contract share. For the modules of this library.
--
-- A customer in period n = 1, 2, ... has renewed n - 1 times and stands before the next decision. n and t are numbers,
-- vecs or tables. Numbers give a number, columns a vec; then come the status, "OK" or "NOTICE_DIVERGES" where an answer is
-- infinite, and the count of bad rows.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local bootstrap = require "loyalty.btyd.bootstrap"
local intervals = require "loyalty.btyd.intervals"
local model = require "loyalty.btyd.model"

local INF <const> = math.huge
local BLAME <const> = { weight = "weights", length = "survivors" }
local DISCOUNTED <const> = { rate = "discount_rate", delta = "discount_rate", t = "horizon", t1 = "horizon" }
local SURVIVAL <const>, CHURN <const>, RETENTION <const>, DROPOUT <const> = 12, 13, 14, 7
local DERL <const>, DEL <const>, ELASTICITY <const>, EXPECTED_ELASTICITY <const> = 15, 16, 17, 18

local function set(...)
  local names = {}
  for i = 1, select("#", ...) do names[select(i, ...)] = true end
  return names
end
local FIT_NAMES <const> = set("lifetime", "censored", "weights", "survivors", "threads", "time_unit", "penalty", "progress")
local VALUE_NAMES <const> = set("n", "discount_rate", "discount_period", "horizon", "errors")
local INTERVAL_NAMES <const> = set("quantity", "n", "t", "discount_rate", "discount_period", "horizon", "level", "errors")
-- Quantities of intervals, and what they read.
local QUANTITIES <const> = {
  survival = { SURVIVAL, n = true, t = true },
  churn_probability = { CHURN, n = true, t = true },
  retention_rate = { RETENTION, t = true },
  posterior_mean = { DROPOUT, n = true },
  discounted_expected_residual_lifetime = { DERL, n = true, discount_rate = true, horizon = true },
  residual_lifetime_elasticity = { ELASTICITY, n = true, discount_rate = true, horizon = true },
  retention_elasticity = { EXPECTED_ELASTICITY, n = true, discount_rate = true },
  expected_lifetime = { DEL, horizon = true },
}

--- Columns of one length: numbers are repeated. The columns, and their length, nil where all were numbers.
local function level_out(columns)
  local n
  for _, column in ipairs(columns) do
    if type(column) ~= "number" then n = n or #column end
  end
  local list = {}
  for i, column in ipairs(columns) do list[i] = type(column) == "number" and core.vec(n or 1, column) or column end
  return list, n
end

--- The answers to a question = {quantity, t, delta} for columns in the order of prediction.h.
local function ask(self, question, columns, coerce, blamed)
  local list, n = level_out(columns)
  local out = core.vec(n or 1)
  local status, bad, code = arguments.blame(blamed, core.prediction_batch(core.vec(self:row()), question[1],
    question[2] or 0.0, question[3] or 0.0, 0.0, list[1], list[2], nil, self.threads, out, coerce))
  if status == nil then return nil, bad, code end
  return n and out or out[1], status, bad
end

--- One cohort of survivors, or several, as rows: lifetime, censored, weights; or nil, message, code.
local function cohorts(survivors)
  local list = type(survivors) == "table" and type(survivors[1]) ~= "number" and survivors or { survivors }
  local total, at = 0, 0
  for _, one in ipairs(list) do total = total + #one end
  local counts, length = core.vec(total), core.ivec(#list)
  for i, one in ipairs(list) do
    length[i] = #one
    for j = 1, #one do counts[at + j] = one[j] end
    at = at + #one
  end
  local rows = { core.vec(total), core.vec(total), core.vec(total) }
  local n, message, code = arguments.blame(BLAME, core.survivors_rows(counts, length, rows[1], rows[2], rows[3]))
  if n == nil then return nil, message, code end
  local kept = {}
  for k = 1, 3 do
    kept[k] = core.vec(n)
    for i = 1, n do kept[k][i] = rows[k][i] end
  end
  return kept
end

--- Define a model: spec = {name = , kind = , parameters = {...}}. Gives its module and the class of its objects.
return function(spec)
  local fit, simulate = core[spec.name .. "_fit"], core[spec.name .. "_simulate"]
  local one, many = core[spec.name .. "_loglik"], core[spec.name .. "_loglik_batch"]
  local k <const> = #spec.parameters
  spec.check = core[spec.name .. "_check"]
  local module, class = model.define(spec)

  --- fit{lifetime = , censored = , weights = nil, threads = 1, time_unit = nil, penalty = 0, progress = nil}: the maximum
  -- likelihood fit. lifetime is the period at whose end the customer left, or, where censored is 1, the number of
  -- decisions after which they were still there. fit{survivors = {1000, 869, ...}} instead takes how many customers a
  -- cohort had and how many were left after 1, 2, ... decisions; a table of such tables for several cohorts.
  -- status_ is "OK" or the name of a notice. progress(evaluations, log_likelihood) is called after each evaluation;
  -- false from it cancels the fit.
  function module.fit(named)
    arguments.check(named, FIT_NAMES, "fit")
    local threads, time_unit = arguments.optional(named, "threads", 1), rawget(named, "time_unit")
    local penalty = arguments.optional(named, "penalty", 0.0)
    local lifetime, censored, weights
    model.unit_number(time_unit, "fit")
    if rawget(named, "survivors") ~= nil then
      for _, name in ipairs { "lifetime", "censored", "weights" } do
        if rawget(named, name) ~= nil then error(("fit: %s must not be given together with survivors"):format(name), 2) end
      end
      local rows, message, code = cohorts(rawget(named, "survivors"))
      if rows == nil then return nil, message, code end
      lifetime, censored, weights = rows[1], rows[2], rows[3]
    else
      lifetime, censored = arguments.need(named, "lifetime", "fit"), arguments.need(named, "censored", "fit")
      weights = rawget(named, "weights")
    end
    local start = {}
    for i = 1, k do start[i] = 0.0 end
    start[k + 1], start[k + 2] = penalty, rawget(named, "progress")
    local found = table.pack(arguments.blame(BLAME, fit(lifetime, censored, weights, threads, 0,
      table.unpack(start, 1, k + 2))))
    if found[1] == nil then return nil, found[2], found[3] end
    local self = spec.new({ table.unpack(found, 2, k + 1) }, {
      status = found[1], log_likelihood = found[k + 2], customers = found[2 * k + k * k + 3],
      covariance = table.pack(table.unpack(found, 2 * k + 3, 2 * k + k * k + 2)),
    }, time_unit, threads)
    self.penalty_ = penalty
    self.decrement_ = found[2 * k + k * k + 5]
    return self
  end

  --- log_likelihood{lifetime = , censored = }: of each customer.
  function class:log_likelihood(named)
    arguments.check(named, set("lifetime", "censored", "errors"), "log_likelihood")
    local lifetime = arguments.need(named, "lifetime", "log_likelihood")
    local censored = arguments.need(named, "censored", "log_likelihood")
    local list, n = level_out { lifetime, censored }
    local values = table.pack(self:values())
    if n == nil then
      values[k + 1], values[k + 2] = lifetime, censored
      return one(table.unpack(values, 1, k + 2))
    end
    local out = core.vec(n)
    values[k + 1], values[k + 2], values[k + 3] = list[1], list[2], out
    values[k + 4] = model.coerce(named, "log_likelihood")
    local bad, message, code = many(table.unpack(values, 1, k + 4))
    if bad == nil then return nil, message, code end
    return out, bad
  end

  --- survival{t = , n = 1}: the probability that a customer in period n is there after t more decisions; by default a
  -- new one, for whom it is S(t).
  function class:survival(named)
    arguments.check(named, set("n", "t", "errors"), "survival")
    return ask(self, { SURVIVAL }, { arguments.optional(named, "n", 1), arguments.need(named, "t", "survival") },
      model.coerce(named, "survival"), { t1 = "t" })
  end

  --- churn_probability{t = , n = 1}: that they leave at decision number t from now; with t = 1 the hazard of period n.
  function class:churn_probability(named)
    arguments.check(named, set("n", "t", "errors"), "churn_probability")
    return ask(self, { CHURN }, { arguments.optional(named, "n", 1), arguments.need(named, "t", "churn_probability") },
      model.coerce(named, "churn_probability"), { t1 = "t" })
  end

  --- retention_rate{t = }: the part of the customers in period t who renew at its end.
  function class:retention_rate(named)
    arguments.check(named, set("t", "errors"), "retention_rate")
    return ask(self, { RETENTION }, { arguments.need(named, "t", "retention_rate") },
      model.coerce(named, "retention_rate"), { n = "t" })
  end

  --- posterior_mean{n = }: the mean of a customer's own theta, given that they are in period n.
  function class:posterior_mean(named)
    arguments.check(named, set("n", "errors"), "posterior_mean")
    return ask(self, { DROPOUT }, { arguments.need(named, "n", "posterior_mean") },
      model.coerce(named, "posterior_mean"), {})
  end

  --- The continuous rate of discount per period.
  local function discount(self, named, where)
    local period = model.period_number(arguments.optional(named, "discount_period", "year"), self.time_unit, where)
    return arguments.blame(DISCOUNTED, core.discount_delta(
      arguments.need(named, "discount_rate", where), period, model.unit_number(self.time_unit, where)))
  end

  --- A discounted quantity of customers in period n.
  local function value(self, named, where, quantity)
    arguments.check(named, VALUE_NAMES, where)
    local delta, message, code = discount(self, named, where)
    if delta == nil then return nil, message, code end
    return ask(self, { quantity, arguments.optional(named, "horizon", INF), delta },
      { arguments.need(named, "n", where) }, model.coerce(named, where), DISCOUNTED)
  end

  --- discounted_expected_residual_lifetime{n = , discount_rate = , discount_period = "year", horizon = nil}: the number
  -- of periods that a customer in period n is expected to stay after it, each discounted to the next decision (DERL). The
  -- rate is effective, per discount_period: "year", "month", "week", "day", "hour", or "unit" for the period itself.
  function class:discounted_expected_residual_lifetime(named)
    return value(self, named, "discounted_expected_residual_lifetime", DERL)
  end

  --- residual_lifetime_elasticity{n = , discount_rate = , ...}: by how many per cent that grows when all retention rates
  -- grow by one per cent.
  function class:residual_lifetime_elasticity(named)
    return value(self, named, "residual_lifetime_elasticity", ELASTICITY)
  end

  if spec.elasticity then
    --- retention_elasticity{n = , discount_rate = , discount_period = "year"}: the mean of the customers' own
    -- elasticities (Fader and Hardie 2010, equation 8).
    function class:retention_elasticity(named)
      if type(named) == "table" and rawget(named, "horizon") ~= nil then
        error("retention_elasticity: there is no argument 'horizon'", 2)
      end
      return value(self, named, "retention_elasticity", EXPECTED_ELASTICITY)
    end
  end

  --- discounted_expected_lifetime{discount_rate = , discount_period = "year", horizon = nil}: the number of periods that
  -- a new customer is expected to stay, the first included, discounted to its beginning; horizon may be a column.
  function class:discounted_expected_lifetime(named)
    local where <const> = "discounted_expected_lifetime"
    arguments.check(named, set("discount_rate", "discount_period", "horizon"), where)
    local delta, message, code = discount(self, named, where)
    if delta == nil then return nil, message, code end
    return ask(self, { DEL, 0.0, delta }, { arguments.optional(named, "horizon", INF) }, false, DISCOUNTED)
  end

  --- expected_lifetime{horizon = nil}: the same without discount; may be infinite without a horizon.
  function class:expected_lifetime(named)
    named = arguments.check(named or {}, set("horizon"), "expected_lifetime")
    return ask(self, { DEL }, { arguments.optional(named, "horizon", INF) }, false, DISCOUNTED)
  end

  --- interval{quantity = "survival", n = nil, t = nil, discount_rate = nil, discount_period = "year", horizon = nil,
  -- level = .95}: what a fitted model says with its uncertainty: a table of estimate, std_error, lower and upper (numbers
  -- for numbers, vecs for columns), status and bad. quantity is the name of one of the methods above.
  function class:interval(named)
    arguments.check(named, INTERVAL_NAMES, "interval")
    local quantity = arguments.optional(named, "quantity", "survival")
    local reads = QUANTITIES[quantity]
    if reads == nil then error(("interval: there is no quantity '%s'"):format(tostring(quantity)), 2) end
    for _, name in ipairs { "n", "t", "discount_rate", "horizon" } do
      if rawget(named, name) ~= nil and not reads[name] then
        error(("interval: %s is not used by %s"):format(name, quantity), 2)
      end
    end
    local horizon, columns = arguments.optional(named, "horizon", INF), {}
    local question, blamed = { reads[1], horizon }, { n = "n", t1 = "t", t = "horizon", delta = "discount_rate" }
    if reads.discount_rate then
      local delta, message, code = discount(self, named, "interval")
      if delta == nil then return nil, message, code end
      question[3] = delta
    end
    if reads.n then columns[1] = reads.t and arguments.optional(named, "n", 1) or arguments.need(named, "n", "interval") end
    if reads.t then columns[#columns + 1] = arguments.need(named, "t", "interval") end
    if reads[1] == RETENTION then blamed.n = "t" end
    if reads[1] == DEL then columns[1], blamed.t1, question[2] = horizon, "horizon", 0.0 end
    local list, n = level_out(columns)
    local result, message, code = intervals.quantity(self, question, list, n or 1,
      arguments.optional(named, "level", .95), model.coerce(named, "interval"), blamed)
    if result == nil then return nil, message, code end
    if n == nil then
      for _, name in ipairs { "estimate", "std_error", "lower", "upper" } do result[name] = result[name][1] end
    end
    return result
  end

  --- simulate{T = , seed = }: customers who are observed for T periods, a column; their lifetimes, then whether they are
  -- censored, 1 or 0.
  function class:simulate(named)
    arguments.check(named, set("T", "seed"), "simulate")
    local length = arguments.need(named, "T", "simulate")
    if type(length) == "number" then length = { length } end
    local values = table.pack(self:values())
    local lifetime, censored = core.vec(#length), core.vec(#length)
    values[k + 1], values[k + 2], values[k + 3] = length, arguments.need(named, "seed", "simulate"), lifetime
    values[k + 4] = censored
    local ok, message, code = simulate(table.unpack(values, 1, k + 4))
    if not ok then return nil, message, code end
    return lifetime, censored
  end

  --- bootstrap{T = , n_boot = 999, seed = 0, level = .95, progress = nil}: parametric bootstrap: customers who are
  -- observed for these whole numbers of periods are drawn from the model and fitted, n_boot times; a table as that of
  -- bgnbd.
  function class:bootstrap(named)
    arguments.check(named, set("T", "n_boot", "seed", "level", "progress"), "bootstrap")
    return bootstrap(self, spec.parameters, arguments.need(named, "T", "bootstrap"), "T", named)
  end

  return module
end
