--- The linear learning model: p[t+1] = alpha + beta y[t] + lambda p[t], y = 1 where the customer bought our brand.
--
-- The module is called with parameters, learning{alpha = , beta = , lambda = , p1 = nil}, and has fit{...}. Sequences are
-- a table of tables (or vecs) of 0 and 1, one for each customer. Objects have params_ (alpha, beta, lambda, p1) and, once
-- fitted, std_errors_, covariance_ (a table of rows), log_likelihood_, aic_, bic_, tests_ (markov, bernoulli, memory),
-- markov_, bernoulli_, at_bound_, n_rows_, n_customers_, n_starts_, n_agreeing_, n_iter_, converged_ and status_, named as
-- in Python.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local formulas = require "loyalty.formulas"

local Model, metatable = arguments.class("loyalty.ladder.learning")

local NAN <const> = 0 / 0
local NAMES <const> = { "alpha", "beta", "lambda", "p1" }
local SCALARS <const> = {
  "log_likelihood", "aic", "bic", "markov_alpha", "markov_beta", "markov_log_likelihood", "bernoulli",
  "bernoulli_log_likelihood", "markov", "markov_p", "bernoulli_test", "bernoulli_p", "memory", "memory_p", "rows",
  "customers", "at_bound", "starts", "agreeing", "converged", "decrement", "evaluations",
}
local BLAME <const> = { first = "p1", weight = "weights", bought = "sequences", most_evaluations = "max_iter" }
local PARAMS <const> = { alpha = true, beta = true, lambda = true, p1 = true }
local FIT_NAMES <const> = { sequences = true, weights = true, p1 = true, covariance = true, max_iter = true }
local FIRST <const> = { estimated = 0, stationary = 2 }
local COVARIANCES <const> = { information = 0, robust = 1 }
local PREDICT_NAMES <const> = { sequences = true, periods = true }

--- Sequences one after the other, and where each begins.
local function flat(sequences, where)
  if type(sequences) ~= "table" then
    error(("%s: sequences must be a table of tables of 0 and 1"):format(where), 3)
  end
  local offset, all = { 0 }, {}
  for i, sequence in ipairs(sequences) do
    if type(sequence) ~= "table" and type(sequence) ~= "userdata" then
      error(("%s: sequences[%d] must be a table of 0 and 1"):format(where, i), 3)
    end
    for t = 1, #sequence do all[#all + 1] = sequence[t] end
    offset[i + 1] = #all
  end
  return core.ivec(offset), core.vec(all), #offset - 1
end

local function keep(self, values)
  self.values, self.params_ = values, {}
  for i, name in ipairs(NAMES) do self.params_[name] = values[i] end
  return setmetatable(self, metatable)
end

--- learning.fit{sequences = , weights = nil, p1 = "estimated", covariance = "information", max_iter = 200}: the parameters
-- by maximum likelihood. `p1` may also be "stationary" or a number, `covariance` "robust". A notice is in status_.
local function fit(named)
  arguments.check(named, FIT_NAMES, "fit")
  local p1 = arguments.optional(named, "p1", "estimated")
  local first_is = type(p1) == "number" and 1 or arguments.choice(p1, FIRST, "p1", "fit")
  local robust = arguments.choice(arguments.optional(named, "covariance", "information"), COVARIANCES, "covariance", "fit")
  local offset, bought = flat(arguments.need(named, "sequences", "fit"), "fit")
  local weights = named.weights
  if type(weights) == "table" then weights = core.vec(weights) end
  local record = core.vec(core.learning_record())
  local status, message, code = formulas.placed("sequences", named.sequences, arguments.blame(BLAME,
    core.learning_fit(offset, bought, weights, first_is, type(p1) == "number" and p1 or 0,
      arguments.optional(named, "max_iter", 200), record)))
  if status == nil then return nil, message, code end
  local found, values, base = {}, {}, #SCALARS
  for i, name in ipairs(SCALARS) do found[name] = record[i] end
  for i = 1, 4 do values[i] = record[base + i] end
  local self = keep({
    log_likelihood_ = found.log_likelihood, aic_ = found.aic, bic_ = found.bic,
    markov_ = { alpha = found.markov_alpha, beta = found.markov_beta }, bernoulli_ = found.bernoulli,
    tests_ = {
      markov = {
        log_likelihood = found.markov_log_likelihood, statistic = found.markov, p_value = found.markov_p,
      },
      bernoulli = {
        log_likelihood = found.bernoulli_log_likelihood, statistic = found.bernoulli_test, p_value = found.bernoulli_p,
      },
      memory = {
        log_likelihood = found.bernoulli_log_likelihood, statistic = found.memory, p_value = found.memory_p,
      },
    },
    n_rows_ = found.rows, n_customers_ = found.customers, n_starts_ = found.starts // 1 | 0,
    n_agreeing_ = found.agreeing // 1 | 0, n_iter_ = found.evaluations // 1 | 0, converged_ = found.converged ~= 0,
    status_ = status, at_bound_ = {}, std_errors_ = {}, covariance_ = {},
  }, values)
  for i, name in ipairs { "alpha", "beta", "lambda", "p1", "rest" } do
    if (found.at_bound // 1 | 0) >> (i - 1) & 1 == 1 then self.at_bound_[#self.at_bound_ + 1] = name end
  end
  for i, name in ipairs(NAMES) do
    self.std_errors_[name] = record[base + 4 + 4 * robust + i]
    self.covariance_[i] = {}
    for j = 1, 4 do self.covariance_[i][j] = record[base + 12 + 16 * robust + 4 * (i - 1) + j] end
  end
  return self
end

--- summary(): estimate, standard error and 95 % confidence interval of each parameter.
function Model:summary()
  local rows = {}
  for name, value in pairs(self.params_) do
    local reach = 1.959963984540054 * self.std_errors_[name]
    rows[name] = { estimate = value, std_error = self.std_errors_[name], lower = value - reach, upper = value + reach }
  end
  return rows
end

--- limits(): where the probabilities go, {upper = , lower = , mean = }; NaN where they go nowhere.
function Model:limits()
  local v = self.values
  local _, upper, lower, mean = core.learning_limits(v[1], v[2], v[3])
  return { upper = upper, lower = lower, mean = mean }
end

local function filtered(self, sequences, where, which)
  local offset, bought, n = flat(sequences, where)
  local out, v = core.vec(which == 3 and n or #bought), self.values
  local ok, message, code = formulas.placed("sequences", sequences, arguments.blame(BLAME,
    core.learning_filter(v[1], v[2], v[3], v[4], offset, bought, which == 1 and out or nil, which == 2 and out or nil,
      which == 3 and out or nil)))
  if ok == nil then return nil, message, code end
  return out
end

--- probability(sequences): the probability of the brand on each occasion, from what the customer did before; a vec, one
-- sequence after the other.
function Model:probability(sequences) return filtered(self, sequences, "probability", 1) end

--- log_likelihood(sequences): of each occasion, a vec.
function Model:log_likelihood(sequences) return filtered(self, sequences, "log_likelihood", 2) end

--- predict{sequences = , periods = 1}: {probability = vec, expected_purchases = vec} with one number for each customer: of
-- the next occasion, and of the brand on the next `periods` occasions.
function Model:predict(named)
  arguments.check(named, PREDICT_NAMES, "predict")
  local p, message, code = filtered(self, arguments.need(named, "sequences", "predict"), "predict", 3)
  if p == nil then return nil, message, code end
  local out, v = core.vec(#p), self.values
  local ok
  ok, message, code = core.learning_forecast(v[1], v[2], v[3], p, arguments.optional(named, "periods", 1), nil, out)
  if ok == nil then return nil, message, code end
  return { probability = p, expected_purchases = out }
end

--- simulate(n, periods, seed): outcomes of n customers, a table of vecs.
function Model:simulate(n, periods, seed)
  local offset, v = {}, self.values
  for i = 0, n do offset[i + 1] = i * periods end
  local out, drawn = core.vec(n * periods), {}
  local ok, message, code = core.learning_simulate(v[1], v[2], v[3], v[4], core.ivec(offset), seed, out)
  if ok == nil then return nil, message, code end
  for i = 1, n do
    local one = core.vec(periods)
    for t = 1, periods do one[t] = out[(i - 1) * periods + t] end
    drawn[i] = one
  end
  return drawn
end

return setmetatable({ fit = fit }, {
  __call = function(_, given)
    arguments.check(given, PARAMS, "learning")
    local values = {}
    for i = 1, 3 do values[i] = arguments.need(given, NAMES[i], "learning") end
    local ok, message, code, mean = core.learning_limits(values[1], values[2], values[3])
    if ok == nil then return nil, message, code end
    values[4] = arguments.optional(given, "p1", mean)
    if values[4] ~= values[4] then error("learning: p1 must be given: there is no mean", 2) end
    ok, message, code = arguments.blame(BLAME, core.learning_filter(values[1], values[2], values[3], values[4],
      core.ivec { 0 }, core.vec(0), nil, nil, nil))
    if ok == nil then return nil, message, code end
    for i = 1, 4 do values[i] = values[i] + 0.0 end
    local self = { std_errors_ = {}, covariance_ = {}, log_likelihood_ = NAN, converged_ = false, status_ = "OK" }
    for i, name in ipairs(NAMES) do
      self.std_errors_[name] = NAN
      self.covariance_[i] = { NAN, NAN, NAN, NAN }
    end
    return keep(self, values)
  end,
  __name = "loyalty.ladder.learning",
  __metatable = false,
})
