--- What all model objects share: parameters and how they were found, units of time, the model file.
--
-- A model's module is a table that can be called with parameters, gamma_gamma{p = , q = , v = }, and has fit{...}.
-- Objects have params_, and once fitted std_errors_, covariance_ (a table of rows), log_likelihood_, n_customers_,
-- aic_, bic_, penalty_, status_ and converged_, named as in Python.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"

local model = { by_kind = {} }

local NAN <const> = 0 / 0
local UNITS = { h = 0, D = 1, W = 2, M = 3, Y = 4 }
local PERIODS = { unit = -1, hour = 0, day = 1, week = 2, month = 3, year = 4, h = 0, D = 1, W = 2, M = 3, Y = 4 }
local UNIT_NAMES = { [0] = "h", "D", "W", "M", "Y" }
model.unit_names = UNIT_NAMES

--- "W" and its like as the number that the core takes; -1 for nil.
function model.unit_number(time_unit, where)
  if time_unit == nil then return -1 end
  return arguments.choice(time_unit, UNITS, "time_unit", where)
end

--- "year" and its like, or "unit", as a number. A period of its own needs a model whose unit is stated.
function model.period_number(period, time_unit, where)
  local number = arguments.choice(period, PERIODS, "discount_period", where)
  if number >= 0 and time_unit == nil then
    error(("%s: time_unit must be stated when the model is made for a discount rate per %s"):format(where, period), 3)
  end
  return number
end

--- Whether all of the given columns are plain numbers.
function model.scalars(...)
  for i = 1, select("#", ...) do
    if type((select(i, ...))) ~= "number" then return false end
  end
  return true
end

--- The number of elements of a column; 1 for a number.
function model.length(column) return type(column) == "number" and 1 or #column end

--- errors = "raise" or "coerce" as the flag that the core takes.
function model.coerce(named, where)
  return arguments.choice(arguments.optional(named, "errors", "raise"), { raise = 0, coerce = 1 }, "errors", where) == 1
end

--- Store what a fit, given parameters or a file say.
local function keep(self, spec, values, found)
  local n = #spec.parameters
  self.params_, self.std_errors_, self.covariance_ = {}, {}, {}
  for i, name in ipairs(spec.parameters) do
    self.params_[name] = values[i]
    self.covariance_[i] = {}
    for j = 1, n do self.covariance_[i][j] = found.covariance and found.covariance[(i - 1) * n + j] or NAN end
    self.std_errors_[name] = self.covariance_[i][i] ^ 0.5
  end
  self.log_likelihood_ = found.log_likelihood or NAN
  self.n_customers_ = found.customers or NAN
  self.penalty_ = found.penalty or 0.0
  self.status_ = found.status or "OK"
  self.converged_ = found.log_likelihood ~= nil and self.status_ ~= "NOTICE_NOT_CONVERGED" -- given ones are not fitted
  self.aic_, self.bic_ = NAN, NAN
  if self.log_likelihood_ == self.log_likelihood_ then
    local aic, bic = core.model_information(self:row(), found.given or 0)
    if aic then self.aic_, self.bic_ = aic, bic end
  end
end

--- Define a model: spec = {name = , kind = , parameters = {...}, check = core function}. Gives its module and the class
-- whose functions are the methods of its objects.
function model.define(spec)
  local class, metatable = arguments.class("loyalty.btyd." .. spec.name)
  local names = { time_unit = true, threads = true }
  for _, name in ipairs(spec.parameters) do names[name] = true end

  --- A new object from values in order and what is known about them.
  function spec.new(values, found, time_unit, threads)
    local self = setmetatable({ time_unit = time_unit, threads = threads or 1 }, metatable)
    keep(self, spec, values, found)
    return self
  end

  --- The parameters in order.
  function class:values()
    local values = {}
    for i, name in ipairs(spec.parameters) do values[i] = self.params_[name] end
    return table.unpack(values, 1, #spec.parameters)
  end

  --- likelihood_ratio_test(restricted): {statistic = , p_value = , p_least = , df = , unidentified = , status = }
  -- against a smaller model that this one contains, fitted to the same customers: NBD in BG/NBD, MBG/NBD, Pareto/NBD and
  -- GGom/NBD, Pareto/NBD in GGom/NBD, or sBG in BdW, both without a penalty. With unidentified parameters p_value is an
  -- upper bound, p_least a lower one.
  function class:likelihood_ratio_test(restricted)
    if not model.is(restricted) then error("likelihood_ratio_test: restricted must be a model", 2) end
    for i, fit in ipairs { self, restricted } do
      if fit.penalty_ > 0 then
        local which = i == 1 and "self" or "restricted"
        return nil, which .. ": must be a fit without a penalty: only such a likelihood is at its largest", "ERR_ARGUMENT"
      end
    end
    local found = table.pack(core.model_likelihood_ratio(self:row(), restricted:row()))
    if found[1] == nil then return nil, found[2], found[3] end
    return {
      status = found[1], statistic = found[2], p_value = found[3], p_least = found[4], df = found[5],
      unidentified = found[6],
    }
  end

  --- summary(): estimate, standard error and 95 % confidence interval of each parameter; the interval is symmetric
  -- for the logarithm, so that it stays above 0.
  function class:summary()
    local rows = {}
    for name, value in pairs(self.params_) do
      local factor = math.exp(1.959963984540054 * self.std_errors_[name] / value)
      rows[name] = {
        estimate = value, std_error = self.std_errors_[name], lower = value / factor, upper = value * factor,
      }
    end
    return rows
  end

  --- The model as the numbers that the core writes; see btyd_model_file.i.
  function class:row()
    local row, n = {}, #spec.parameters
    for i = 1, core.model_row() do row[i] = NAN end
    local known = false
    for i = 1, n do
      row[6 + i] = self.params_[spec.parameters[i]]
      for j = 1, n do
        local value = self.covariance_[i][j]
        row[14 + (i - 1) * n + j] = value
        known = known or value == value
      end
    end
    local status = 0
    while status < 100 and core.status_name(status) ~= self.status_ do status = status + 1 end
    row[1], row[2], row[3], row[4] = spec.kind, model.unit_number(self.time_unit, "to_json"), status, known and 1 or 0
    row[5], row[6] = self.log_likelihood_, self.n_customers_
    return row
  end

  --- to_json(): the model as a model file, text that C, Python and Lua read back to the last bit.
  function class:to_json() return core.model_write_penalized(core.vec(self:row()), core.vec { self.penalty_ }) end

  local module = setmetatable({}, {
    __call = function(_, given)
      arguments.check(given, names, spec.name)
      local values = {}
      for i, name in ipairs(spec.parameters) do values[i] = arguments.need(given, name, spec.name) end
      local time_unit = rawget(given, "time_unit")
      model.unit_number(time_unit, spec.name)
      local ok, message, code = spec.check(table.unpack(values))
      if not ok then return nil, message, code end
      for i, value in ipairs(values) do values[i] = value + 0.0 end
      return spec.new(values, {}, time_unit, rawget(given, "threads"))
    end,
    __name = "loyalty.btyd." .. spec.name,
    __metatable = false,
  })
  spec.class, spec.metatable = class, metatable
  model.by_kind[spec.kind] = spec
  return module, class
end

--- The object for a row of numbers, and the penalty of its fit.
function model.from_row(row, penalty)
  local spec = model.by_kind[math.tointeger(row[1])]
  local values, covariance, n = {}, {}, #spec.parameters
  for i = 1, n do values[i] = row[6 + i] end
  for i = 1, n * n do covariance[i] = row[14 + i] end
  return spec.new(values, {
    covariance = row[4] ~= 0 and covariance or nil, log_likelihood = row[5], customers = row[6],
    status = core.status_name(math.tointeger(row[3])), penalty = penalty,
  }, UNIT_NAMES[math.tointeger(row[2])])
end

--- Whether a value is a model object.
function model.is(value, kind)
  if type(value) ~= "table" or type(rawget(value, "params_")) ~= "table" then return false end
  for number, spec in pairs(model.by_kind) do
    if (kind == nil or kind == number) and value.values == spec.class.values then return true end
  end
  return false
end

return model
