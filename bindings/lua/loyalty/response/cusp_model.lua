--- The cusp fitted to answers: a = a0 + a1 x1 + ..., b = b0 + b1 v1 + ..., z = w0 + w1 loyalty.
--
-- The module is called with parameters, cusp_model{w0 = , w1 = , a = {a0, a1, ...}, b = {b0, b1, ...}}, and has fit{...}.
-- `normal` and `splitting` are tables of columns, up to six each. Objects have params_ (w0, w1, a0, ..., b0, ...) and, once
-- fitted, std_errors_, covariance_ (a table of rows), log_likelihood_, aic_, bic_, linear_ (the straight line through the
-- same data), bistable_, limit_, n_rows_, n_iter_, condition_, converged_ and status_, named as in Python.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local formulas = require "loyalty.formulas"

local Model, metatable = arguments.class("loyalty.response.cusp_model")

local NAN <const> = 0 / 0
local MOST <const> = 16 -- parameters
local SCALARS = {
  "log_likelihood", "aic", "bic", "linear_params", "linear_log_likelihood", "linear_aic", "linear_bic",
  "linear_r_squared", "rows", "cells", "weight", "bistable", "at_bound", "converged", "condition", "decrement",
  "evaluations",
}
local AT_BOUND = { [-1] = "line", [1] = "two_values" }
local BLAME = { y = "loyalty", weight = "weights", most_evaluations = "max_iter" }
local RULES = { delay = 0, maxwell = 1, mean = 2 }
local PARAMS = { w0 = true, w1 = true, a = true, b = true }
local FIT_NAMES = { loyalty = true, normal = true, splitting = true, weights = true, max_iter = true }
local ROW_NAMES = { normal = true, splitting = true }
local PREDICT_NAMES = { loyalty = true, normal = true, splitting = true, rule = true }
local LIKELIHOOD_NAMES = { loyalty = true, normal = true, splitting = true }

local function parameters(normal, splitting)
  local names = { "w0", "w1" }
  for j = 0, normal do names[#names + 1] = "a" .. j end
  for j = 0, splitting do names[#names + 1] = "b" .. j end
  return names
end

--- The columns of a factor one after the other, and their count; nil and 0 when there are none.
local function stack(columns, name, n, where)
  if columns == nil or #columns == 0 then return nil, 0 end
  local all = core.vec(#columns * n)
  for j = 1, #columns do
    local column = formulas.column(columns[j], n)
    if type(column) ~= "userdata" or #column ~= n then
      error(("%s: %s[%d] must be a number or as long as the other columns"):format(where, name, j), 4)
    end
    for i = 1, n do all[(j - 1) * n + i] = column[i] end
  end
  return all, #columns
end

--- The length of the first argument that is a column.
local function length(named)
  local columns = { rawget(named, "loyalty") }
  for _, factor in ipairs { "normal", "splitting" } do
    local given = rawget(named, factor)
    if given ~= nil and type(given) ~= "table" then
      error(factor .. " must be a table of columns", 4)
    end
    for _, column in ipairs(given or {}) do columns[#columns + 1] = column end
  end
  for _, column in ipairs(columns) do
    if type(column) ~= "number" then return #column end
  end
  return 1
end

local function keep(self, values, normal, splitting)
  self.normal, self.splitting, self.values = normal, splitting, core.vec(values)
  self.params_ = {}
  for i, name in ipairs(parameters(normal, splitting)) do self.params_[name] = values[i] + 0.0 end
  return setmetatable(self, metatable)
end

--- cusp_model.fit{loyalty = , normal = {...}, splitting = {...}, weights = nil, max_iter = 200}: the parameters by maximum
-- likelihood. A notice is in status_.
local function fit(named)
  arguments.check(named, FIT_NAMES, "fit")
  local n = length(named)
  local y = formulas.column(arguments.need(named, "loyalty", "fit"), n)
  local x, normal = stack(named.normal, "normal", n, "fit")
  local v, splitting = stack(named.splitting, "splitting", n, "fit")
  local weights = named.weights and formulas.column(named.weights, n)
  local record = core.vec(core.cusp_record())
  local status, message, code = arguments.blame(BLAME,
    core.cusp_fit(y, x, normal, v, splitting, weights, arguments.optional(named, "max_iter", 200), record))
  if status == nil then return nil, message, code end
  local found, names, values = {}, parameters(normal, splitting), {}
  for i, name in ipairs(SCALARS) do found[name] = record[i] end
  for i = 1, #names do values[i] = record[#SCALARS + i] end
  local self = keep({
    log_likelihood_ = found.log_likelihood, aic_ = found.aic, bic_ = found.bic, bistable_ = found.bistable,
    limit_ = AT_BOUND[found.at_bound // 1 | 0], n_rows_ = found.rows // 1 | 0, n_cells_ = found.cells // 1 | 0,
    n_iter_ = found.evaluations // 1 | 0, condition_ = found.condition, converged_ = found.converged ~= 0,
    status_ = status, std_errors_ = {}, covariance_ = {},
    linear_ = {
      log_likelihood = found.linear_log_likelihood, aic = found.linear_aic, bic = found.linear_bic,
      r_squared = found.linear_r_squared, params = found.linear_params // 1 | 0,
    },
  }, values, normal, splitting)
  for i, name in ipairs(names) do
    self.std_errors_[name] = record[#SCALARS + MOST + i]
    local row = {}
    for j = 1, #names do row[j] = record[#SCALARS + 2 * MOST + (i - 1) * #names + j] end
    self.covariance_[i] = row
  end
  return self
end

--- summary(): estimate, standard error and 95 % confidence interval of each parameter; that of w1 is symmetric for the
-- logarithm, so that it stays above 0.
function Model:summary()
  local rows = {}
  for name, value in pairs(self.params_) do
    local error_ = self.std_errors_[name]
    local reach = 1.959963984540054 * error_
    local row = { estimate = value, std_error = error_, lower = value - reach, upper = value + reach }
    if name == "w1" then
      local factor = math.exp(reach / value)
      row.lower, row.upper = value / factor, value * factor
    end
    rows[name] = row
  end
  return rows
end

--- Both factors of rows, checked against the model.
local function rows(self, named, where)
  local n = length(named)
  local x, normal = stack(named.normal, "normal", n, where)
  local v, splitting = stack(named.splitting, "splitting", n, where)
  if normal ~= self.normal or splitting ~= self.splitting then
    error(("%s: the model has %d normal and %d splitting columns"):format(where, self.normal, self.splitting), 3)
  end
  return n, x, v
end

--- model:controls{normal = {...}, splitting = {...}}: the controls of each row, {a = vec, b = vec}.
function Model:controls(named)
  arguments.check(named, ROW_NAMES, "controls")
  local n, x, v = rows(self, named, "controls")
  local a, b = core.vec(n), core.vec(n)
  local ok, message, code = core.cusp_controls(self.values, self.normal, x, v, a, b, false)
  if ok == nil then return nil, message, code end
  return { a = a, b = b }
end

--- model:predict{normal = {...}, splitting = {...}, loyalty = nil, rule = "maxwell"}: predicted loyalty, a vec. Where there
-- are two stable states "maxwell" takes the higher mode, "delay" the one on the side on which `loyalty`, an earlier one,
-- is; "mean" is that of the density.
function Model:predict(named)
  arguments.check(named, PREDICT_NAMES, "predict")
  local rule = arguments.choice(arguments.optional(named, "rule", "maxwell"), RULES, "rule", "predict")
  local n, x, v = rows(self, named, "predict")
  local y = named.loyalty ~= nil and formulas.column(named.loyalty, n) or nil
  local out = core.vec(n)
  local ok, message, code = arguments.blame(BLAME,
    core.cusp_predict(self.values, self.normal, y, x, v, rule, out, false))
  if ok == nil then return nil, message, code end
  return out
end

--- model:log_likelihood{loyalty = , normal = {...}, splitting = {...}}: the log-likelihood of each row, a vec.
function Model:log_likelihood(named)
  arguments.check(named, LIKELIHOOD_NAMES, "log_likelihood")
  local n, x, v = rows(self, named, "log_likelihood")
  local out = core.vec(n)
  local ok, message, code = arguments.blame(BLAME, core.cusp_log_likelihood(self.values, self.normal,
    formulas.column(arguments.need(named, "loyalty", "log_likelihood"), n), x, v, out, false))
  if ok == nil then return nil, message, code end
  return out
end

return setmetatable({ fit = fit }, {
  __call = function(_, given)
    arguments.check(given, PARAMS, "cusp_model")
    local a, b = arguments.need(given, "a", "cusp_model"), arguments.need(given, "b", "cusp_model")
    local values = { arguments.need(given, "w0", "cusp_model"), arguments.need(given, "w1", "cusp_model") }
    if #a == 0 or #b == 0 then error("cusp_model: a and b must begin with their constants", 2) end
    for j = 1, #a do values[#values + 1] = a[j] end
    for j = 1, #b do values[#values + 1] = b[j] end
    local ok, message, code = core.cusp_log_likelihood(core.vec(values), #a - 1, core.vec(0), nil, nil, core.vec(0), false)
    if ok == nil then return nil, message, code end
    local self = keep({ std_errors_ = {}, covariance_ = {}, log_likelihood_ = NAN, converged_ = false, status_ = "OK" },
      values, #a - 1, #b - 1)
    for name in pairs(self.params_) do self.std_errors_[name] = NAN end
    return self
  end,
  __name = "loyalty.response.cusp_model",
  __metatable = false,
})
