--- Choice among brands by customers who are loyal to what they chose before (Guadagni and Little 1983).
--
-- The module is called with parameters, guadagni_little{constants = , b = , lambda = , slopes = nil} (two lists, of the
-- alternatives and of the covariates), and has fit{...}. `choices` is a table of sequences, one for each customer, of
-- alternatives from 1 to K. `covariates` is a list of {name, values} with values[customer][occasion][alternative].
-- Objects have constants_ (K numbers), slopes_ (by name), params_ (a1, ... but that of the base, b, the covariates, lambda)
-- and, once fitted, std_errors_, covariance_ (a table of rows, in the order of names_), log_likelihood_, aic_, bic_,
-- equal_log_likelihood_, test_ (of b = 0), profile_ (lambda and log_likelihood), maxima_, n_maxima_, n_rows_, n_customers_,
-- n_iter_, converged_ and status_, named as in Python.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local formulas = require "loyalty.formulas"

local Model, metatable = arguments.class("loyalty.ladder.guadagni_little")

local NAN <const> = 0 / 0
local MOST <const>, GRID <const>, MAXIMA <const> = 16, 51, 8
local SCALARS <const> = {
  "log_likelihood", "aic", "bic", "equal", "null", "statistic", "p_value", "params", "maxima", "rows", "customers",
  "at_bound", "separated", "converged", "decrement", "evaluations",
}
local BLAME <const> = {
  chosen = "choices", covariate = "covariates", constant = "constants", loyalty = "b", slope = "slopes",
  most_evaluations = "max_iter",
}
local PARAMS <const> = { constants = true, b = true, lambda = true, slopes = true }
local FIT_NAMES <const> = {
  choices = true, alternatives = true, covariates = true, lambda = true, base = true, warmup = true, max_iter = true,
}
local ROW_NAMES <const> = { choices = true, covariates = true }
local PREDICT_NAMES <const> = { choices = true, x = true }

local function is_list(value) return type(value) == "table" or type(value) == "userdata" end

--- Choices one after the other, counted from 0, and where each customer begins.
local function flat(choices, where)
  if type(choices) ~= "table" then error(("%s: choices must be a table of sequences"):format(where), 3) end
  local offset, all = { 0 }, {}
  for i, sequence in ipairs(choices) do
    if not is_list(sequence) then error(("%s: choices[%d] must be a sequence"):format(where, i), 3) end
    for t = 1, #sequence do
      local choice = math.tointeger(sequence[t])
      if choice == nil then
        error(("%s: choices[%d][%d] must be a whole number"):format(where, i, t), 3)
      end
      all[#all + 1] = choice - 1
    end
    offset[i + 1] = #all
  end
  return core.ivec(offset), core.ivec(all), #all
end

--- Covariates of each occasion, alternative by alternative, and their names; nil when there are none.
local function covariates_of(named, k, where)
  local list = rawget(named, "covariates")
  if list == nil or #list == 0 then return nil, {} end
  local names, all = {}, {}
  for j, one in ipairs(list) do
    if type(one) ~= "table" or type(one[1]) ~= "string" or type(one[2]) ~= "table" then
      error(("%s: covariates[%d] must be {name, values}"):format(where, j), 3)
    end
    names[j] = one[1]
  end
  for i, sequence in ipairs(named.choices) do
    for t = 1, #sequence do
      for alternative = 1, k do
        for _, one in ipairs(list) do
          local occasions = one[2][i]
          local value = occasions and occasions[t] and occasions[t][alternative]
          if type(value) ~= "number" then
            error(("%s: %s[%d][%d][%d] must be a number"):format(where, one[1], i, t, alternative), 3)
          end
          all[#all + 1] = value
        end
      end
    end
  end
  return core.vec(all), names
end

--- Store K constants, b, slopes and lambda.
local function keep(self, values, k, slopes, base)
  self.values, self.alternatives_, self.covariates_ = core.vec(values), k, slopes
  self.constants_, self.slopes_, self.params_, self.names_ = {}, {}, {}, {}
  for i = 1, k do
    self.constants_[i] = values[i] + 0.0
    if i ~= base then self.names_[#self.names_ + 1] = "a" .. i end
  end
  self.names_[#self.names_ + 1] = "b"
  for j, name in ipairs(slopes) do
    self.slopes_[name] = values[k + 1 + j] + 0.0
    self.names_[#self.names_ + 1] = name
  end
  self.names_[#self.names_ + 1] = "lambda"
  local at = 0
  for i = 1, #values do
    if i ~= base then
      at = at + 1
      self.params_[self.names_[at]] = values[i] + 0.0
    end
  end
  return setmetatable(self, metatable)
end

--- guadagni_little.fit{choices = , alternatives = K, covariates = nil, lambda = nil, base = 1, warmup = 0, max_iter = 200}:
-- the parameters by maximum likelihood; lambda is estimated unless it is given. A notice is in status_.
local function fit(named)
  arguments.check(named, FIT_NAMES, "fit")
  local offset, chosen = flat(arguments.need(named, "choices", "fit"), "fit")
  local k = arguments.need(named, "alternatives", "fit")
  local covariate, slopes = covariates_of(named, k, "fit")
  local base, lambda = arguments.optional(named, "base", 1), rawget(named, "lambda")
  if lambda ~= nil and type(lambda) ~= "number" then error("fit: lambda must be a number from 0 to 1", 2) end
  if lambda ~= nil and not (lambda >= 0 and lambda <= 1) then
    return nil, "lambda: must be a number from 0 to 1", "ERR_DOMAIN"
  end
  if math.tointeger(base) == nil or base < 1 then error("fit: base must be an alternative, from 1", 2) end
  local record = core.vec(core.guadagni_little_record())
  local status, message, code = formulas.placed("choices", named.choices, arguments.blame(BLAME,
    core.guadagni_little_fit(offset, chosen, k, #slopes, covariate, base - 1, arguments.optional(named, "warmup", 0),
      lambda or -1.0, arguments.optional(named, "max_iter", 200), record)))
  if status == nil then return nil, message, code end
  local found, values, at = {}, {}, #SCALARS
  for i, name in ipairs(SCALARS) do found[name] = record[i] end
  local n = found.params // 1 | 0
  for i = 1, n do values[i] = record[at + i] end
  table.insert(values, base, 0.0)
  local self = keep({
    log_likelihood_ = found.log_likelihood, aic_ = found.aic, bic_ = found.bic, equal_log_likelihood_ = found.equal,
    test_ = { log_likelihood = found.null, statistic = found.statistic, p_value = found.p_value },
    n_maxima_ = found.maxima // 1 | 0, n_rows_ = found.rows // 1 | 0, n_customers_ = found.customers // 1 | 0,
    n_iter_ = found.evaluations // 1 | 0, converged_ = found.converged ~= 0, status_ = status, std_errors_ = {},
    covariance_ = {}, maxima_ = {},
  }, values, k, slopes, base)
  at = at + MOST
  for i, name in ipairs(self.names_) do
    self.std_errors_[name] = record[at + i]
    local row = {}
    for j = 1, n do row[j] = record[at + MOST + (i - 1) * n + j] end
    self.covariance_[i] = row
  end
  at = at + MOST + MOST * MOST
  if lambda == nil then
    self.profile_ = { lambda = {}, log_likelihood = {} }
    for i = 1, GRID do
      self.profile_.lambda[i], self.profile_.log_likelihood[i] = record[at + i], record[at + GRID + i]
    end
  end
  at = at + 2 * GRID
  for i = 1, math.min(self.n_maxima_, MAXIMA) do
    self.maxima_[i] = { lambda = record[at + i], log_likelihood = record[at + MAXIMA + i] }
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

--- Loyalty before each choice, or after each customer's last; K numbers each, one after the other.
local function loyalty_of(self, choices, where, of_customers)
  local offset, chosen, n = flat(choices, where)
  local k = self.alternatives_
  local out = core.vec((of_customers and #choices or n) * k)
  local ok, message, code = formulas.placed("choices", choices, arguments.blame({ chosen = "choices" },
    core.guadagni_little_loyalty(self.values[#self.values], offset, chosen, k, not of_customers and out or nil,
      of_customers and out or nil)))
  if ok == nil then return nil, message, code end
  return out
end

local function rows_of(all, k)
  local rows = {}
  for i = 1, #all // k do
    rows[i] = {}
    for j = 1, k do rows[i][j] = all[(i - 1) * k + j] end
  end
  return rows
end

--- loyalty(choices): before each choice, a table of rows of K numbers, one customer after the other.
function Model:loyalty(choices)
  local all, message, code = loyalty_of(self, choices, "loyalty", false)
  if all == nil then return nil, message, code end
  return rows_of(all, self.alternatives_)
end

local function probabilities(self, all, x)
  local ok, message, code = arguments.blame(BLAME,
    core.guadagni_little_probabilities(self.values, self.alternatives_, all, x, all))
  if ok == nil then return nil, message, code end
  return rows_of(all, self.alternatives_)
end

--- probability{choices = , covariates = nil}: of each alternative on each occasion, from what was chosen before; a table of
-- rows like loyalty.
function Model:probability(named)
  arguments.check(named, ROW_NAMES, "probability")
  local all, message, code = loyalty_of(self, arguments.need(named, "choices", "probability"), "probability", false)
  if all == nil then return nil, message, code end
  return probabilities(self, all, (covariates_of(named, self.alternatives_, "probability")))
end

--- predict{choices = , x = nil}: the probability of each alternative on each customer's next occasion, a table of rows. x:
-- its covariates, x[alternative][covariate].
function Model:predict(named)
  arguments.check(named, PREDICT_NAMES, "predict")
  local choices, q = arguments.need(named, "choices", "predict"), #self.covariates_
  local all, message, code = loyalty_of(self, choices, "predict", true)
  if all == nil then return nil, message, code end
  local x
  if q > 0 then
    x = {}
    for _ = 1, #choices do
      for k = 1, self.alternatives_ do
        for j = 1, q do
          x[#x + 1] = named.x and named.x[k] and named.x[k][j]
            or error(("predict: x must have %d rows of %d numbers"):format(self.alternatives_, q), 2)
        end
      end
    end
    x = core.vec(x)
  end
  return probabilities(self, all, x)
end

--- simulate(n, periods, seed): choices of n customers without covariates, a table of sequences.
function Model:simulate(n, periods, seed)
  local offset = {}
  for i = 0, n do offset[i + 1] = i * periods end
  local out, drawn = core.ivec(n * periods), {}
  local ok, message, code = core.guadagni_little_simulate(self.values, self.alternatives_, core.ivec(offset), nil, seed, out)
  if ok == nil then return nil, message, code end
  for i = 1, n do
    drawn[i] = {}
    for t = 1, periods do drawn[i][t] = out[(i - 1) * periods + t] + 1 end
  end
  return drawn
end

return setmetatable({ fit = fit }, {
  __call = function(_, given)
    arguments.check(given, PARAMS, "guadagni_little")
    local values, slopes = {}, {}
    for i, value in ipairs(arguments.need(given, "constants", "guadagni_little")) do values[i] = value end
    local k = #values
    values[k + 1] = arguments.need(given, "b", "guadagni_little")
    for j, value in ipairs(arguments.optional(given, "slopes", {})) do
      values[k + 1 + j], slopes[j] = value, "x" .. j
    end
    values[#values + 1] = arguments.need(given, "lambda", "guadagni_little")
    if k < 2 or k > 15 then
      return nil, ("constants: must be of 2 to 15 alternatives, not %d"):format(k), "ERR_ARGUMENT"
    end
    local ok, message, code = arguments.blame(BLAME, core.guadagni_little_check(core.vec(values), k))
    if ok == nil then return nil, message, code end
    local self = keep({ std_errors_ = {}, covariance_ = {}, log_likelihood_ = NAN, converged_ = false, status_ = "OK" },
      values, k, slopes)
    for i, name in ipairs(self.names_) do
      self.std_errors_[name], self.covariance_[i] = NAN, {}
      for j = 1, #self.names_ do self.covariance_[i][j] = NAN end
    end
    return self
  end,
  __name = "loyalty.ladder.guadagni_little",
  __metatable = false,
})
