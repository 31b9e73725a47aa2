--- Models of purchases with static covariates. For the modules of this library: pnbd.fit{...} answers with such an object
-- when it is given covariates, and pnbd.with_covariates{...} makes one from parameters.
--
--   local data = { frequency = x, recency = t_x, T = T, covariates = { age = ages, web = webs } }
--   local model = pnbd.fit{ frequency = x, ..., covariates = data.covariates,
--     transaction_covariates = { "age", "web" }, dropout_covariates = { "age" }, same = { "age" } }
--   model.params_["transaction:age"]
--   model:expected_purchases{ frequency = x, recency = t_x, T = T, covariates = data.covariates, future_t = 26 }
--
-- Methods take columns (vecs or tables; a number is repeated) and named arguments, and give a vec and the count of bad
-- rows, which is 0 unless errors = "coerce". covariates is a table of columns by name, a row for each customer.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local model = require "loyalty.btyd.model"

local covariates = {}

local NAN <const> = 0 / 0
local HISTORY <const> = { "frequency", "recency", "T" }
local BLAME <const> = { x = "frequency", t_x = "recency", weight = "weights", transactions = "transaction_covariates",
  dropouts = "dropout_covariates", delta = "discount_rate", rate = "discount_rate" }

local class, metatable = arguments.class "loyalty.btyd.covariates"

--- A set of names.
local function set(...)
  local names = {}
  for _, name in ipairs { ... } do names[name] = true end
  return names
end
local ROW <const> = { "frequency", "recency", "T", "covariates", "errors" }
local function names(...)
  local all = set(table.unpack(ROW))
  for _, name in ipairs { ... } do all[name] = true end
  return all
end

--- A list of names of covariates.
local function list_of(named, key, where)
  local list = arguments.optional(named, key, {})
  if type(list) ~= "table" then error(("%s: %s must be a table of names"):format(where, key), 3) end
  for _, name in ipairs(list) do
    if type(name) ~= "string" then error(("%s: %s must be a table of names"):format(where, key), 3) end
  end
  return list
end

--- Of each dropout covariate the place (from 0) of the transaction covariate whose coefficient it has, or -1.
local function pairs_of(transaction, dropout, same, where)
  local place, shared, list = {}, {}, {}
  for i, name in ipairs(transaction) do place[name] = i - 1 end
  for _, name in ipairs(same) do shared[name] = true end
  for i, name in ipairs(dropout) do
    list[i] = shared[name] and place[name] or -1
    if shared[name] and place[name] then shared[name] = nil end
  end
  local name = next(shared)
  if name then error(("%s: same: '%s' must be a covariate of both processes"):format(where, name), 3) end
  return core.vec(list)
end

--- The covariates of a list, one column after the other, for n customers.
local function columns_of(named, list, n, where)
  local given = rawget(named, "covariates")
  if type(given) ~= "table" then error(("%s: covariates must be a table of columns"):format(where), 3) end
  local all = core.vec(#list * n)
  for j, name in ipairs(list) do
    local column = given[name]
    if type(column) == "number" then column = core.vec(n, column) end
    if type(column) == "table" then column = core.vec(column) end
    if type(column) ~= "userdata" then error(("%s: covariates: there is no column '%s'"):format(where, name), 3) end
    if #column ~= n then
      error(("%s: covariates: %s has %d elements for %d customers"):format(where, name, #column, n), 3)
    end
    for i = 1, n do all[(j - 1) * n + i] = column[i] end
  end
  return all
end

--- The named arguments as vecs of one length, and that length.
local function vecs_of(named, order, where, least)
  local columns, n = {}, nil
  for i, name in ipairs(order) do
    local value = arguments.need(named, name, where)
    if type(value) == "table" then value = core.vec(value) end
    columns[i] = value
    if type(value) == "userdata" then n = n or #value end
  end
  n = n or least or 1
  for i, value in ipairs(columns) do
    if type(value) == "number" then columns[i] = core.vec(n, value) end
  end
  return columns, n
end

--- How many customers the covariates are of; 1 when they are numbers.
local function customers(named)
  for _, column in pairs(arguments.optional(named, "covariates", {})) do
    if type(column) ~= "number" then return #column end
  end
  return 1
end

--- Let a message begin with the name of the covariate at fault.
local function blame(self, value, message, code, ...)
  if value ~= nil or type(message) ~= "string" then return value, message, code, ... end
  local process, place, rest = message:match "^(%a+)%[(%d+)%](:.*)$"
  local list = self[process]
  if code == "ERR_SINGULAR" and type(list) == "table" then return nil, list[tonumber(place)] .. rest, code end
  return arguments.blame(BLAME, value, message, code, ...)
end

--- An object from its numbers.
local function make(spec, row, transaction, dropout, found, time_unit, threads)
  local self = setmetatable({
    spec = spec, numbers = row, transaction = transaction, dropout = dropout, time_unit = time_unit, threads = threads,
    params_ = {}, std_errors_ = {}, covariance_ = {},
  }, metatable)
  local m, q = #spec.parameters, #transaction + #dropout
  local order = table.move(spec.parameters, 1, m, 1, {})
  for _, name in ipairs(transaction) do order[#order + 1] = "transaction:" .. name end
  for _, name in ipairs(dropout) do order[#order + 1] = "dropout:" .. name end
  local base = core.model_row()
  local at = base + 2 + q + #dropout
  for i, name in ipairs(order) do
    self.params_[name] = i <= m and row[6 + i] or row[base + 2 + i - m]
    self.covariance_[i] = {}
    for j = 1, m + q do self.covariance_[i][j] = row[at + (i - 1) * (m + q) + j] end
    self.std_errors_[name] = self.covariance_[i][i] ^ 0.5
  end
  self.log_likelihood_, self.n_customers_, self.penalty_ = row[5], row[6], row[#row]
  self.status_ = found.status or "OK"
  self.converged_ = found.status ~= nil and self.status_ ~= "NOTICE_NOT_CONVERGED"
  self.aic_, self.bic_ = NAN, NAN
  if row[5] == row[5] then
    local aic, bic = core.covariate_information(row, 0)
    if aic then self.aic_, self.bic_ = aic, bic end
  end
  for key, value in pairs(found.more or {}) do self[key] = value end
  return self
end

--- fit{...} of a model whose arguments name covariates.
function covariates.fit(spec, named)
  local where <const> = "fit"
  local transaction, dropout = list_of(named, "transaction_covariates", where), list_of(named, "dropout_covariates", where)
  local same = pairs_of(transaction, dropout, list_of(named, "same", where), where)
  local columns, n = vecs_of(named, HISTORY, where)
  local weights = rawget(named, "weights")
  if type(weights) == "table" then weights = core.vec(weights) end
  local length = core.covariate_row(spec.kind, #transaction, #dropout)
  local row = core.vec(length)
  local threads, time_unit = arguments.optional(named, "threads", 1), rawget(named, "time_unit")
  model.unit_number(time_unit, where)
  local penalty = arguments.optional(named, "penalty", 0.0)
  local coefficient_penalty = arguments.optional(named, "coefficient_penalty", 0.0)
  local fit = table.pack(blame({ transaction = transaction, dropout = dropout }, core.covariate_fit(spec.kind, columns[1],
    columns[2], columns[3], weights, columns_of(named, transaction, n, where), #transaction,
    columns_of(named, dropout, n, where), #dropout, same, threads, 0, penalty, coefficient_penalty,
    rawget(named, "progress"), row)))
  if fit[1] == nil then return nil, fit[2], fit[3] end
  row[2] = model.unit_number(time_unit, where)
  local named_by = fit[2]
  if fit[3] >= 0 then named_by = fit[2] .. ":" .. (fit[2] == "transaction" and transaction or dropout)[fit[3] + 1] end
  return make(spec, row, transaction, dropout, {
    status = fit[1],
    more = {
      notice_ = named_by, decrement_ = fit[5], n_iter_ = fit[6], n_evaluations_ = fit[7],
    },
  }, time_unit, threads)
end

--- with_covariates{r = , ..., transaction_covariates = {...}, dropout_covariates = {...}, coefficients =
-- {["transaction:age"] = , ...}, time_unit = nil, threads = 1}: a model from parameters and coefficients.
function covariates.from_params(spec, named)
  local where <const> = "with_covariates"
  local allowed = set("transaction_covariates", "dropout_covariates", "coefficients", "time_unit", "threads")
  for _, name in ipairs(spec.parameters) do allowed[name] = true end
  arguments.check(named, allowed, where)
  local transaction, dropout = list_of(named, "transaction_covariates", where), list_of(named, "dropout_covariates", where)
  local length, base = core.covariate_row(spec.kind, #transaction, #dropout), core.model_row()
  if length == 0 then return nil, "transaction_covariates: must be at most 24 covariates", "ERR_ARGUMENT" end
  local row, coefficients = core.vec(length, NAN), arguments.need(named, "coefficients", where)
  row[1], row[2], row[3], row[4] = spec.kind, model.unit_number(rawget(named, "time_unit"), where), 0, 0
  row[length] = 0.0
  for i, name in ipairs(spec.parameters) do row[6 + i] = arguments.need(named, name, where) end
  row[base + 1], row[base + 2] = #transaction, #dropout
  for i, name in ipairs(transaction) do row[base + 2 + i] = arguments.need(coefficients, "transaction:" .. name, where) end
  for i, name in ipairs(dropout) do
    row[base + 2 + #transaction + i] = arguments.need(coefficients, "dropout:" .. name, where)
    row[base + 2 + #transaction + #dropout + i] = -1
  end
  local none = core.vec(0)
  local ok, message, code = core.covariate_parameters_batch(row, none, none, 0, none, false)
  if ok == nil then return nil, message, code end
  return make(spec, row, transaction, dropout, {}, rawget(named, "time_unit"), arguments.optional(named, "threads", 1))
end

--- The two lists of covariates of n customers.
local function lists(self, named, n, where)
  return columns_of(named, self.transaction, n, where), columns_of(named, self.dropout, n, where)
end

--- A quantity of prediction.h for columns in its order.
local function ask(self, named, question, columns, n, where)
  local out, transaction, dropout = core.vec(n), lists(self, named, n, where)
  local status, bad, code = blame(self, core.covariate_prediction_batch(self.numbers, question[1], question[2] or 0.0,
    question[3] or 0.0, question[4] or 0.0, columns[1], columns[2], columns[3], transaction, dropout, self.threads, out,
    model.coerce(named, where)))
  if status == nil then return nil, bad, code end
  return out, bad
end

local function of_history(self, named, allowed, question, where)
  arguments.check(named, allowed, where)
  local columns, n = vecs_of(named, HISTORY, where)
  return ask(self, named, question, columns, n, where)
end

--- The continuous rate of discount, and how long purchases count.
local function terms(self, named, where)
  local period = model.period_number(arguments.optional(named, "discount_period", "year"), self.time_unit, where)
  local delta, message, code = arguments.blame(BLAME, core.discount_delta(arguments.need(named, "discount_rate", where),
    period, model.unit_number(self.time_unit, where)))
  if delta == nil then return nil, message, code end
  return delta, arguments.optional(named, "horizon", math.huge)
end

--- log_likelihood{frequency = , recency = , T = , covariates = }: of each customer.
function class:log_likelihood(named)
  local where <const> = "log_likelihood"
  arguments.check(named, names(), where)
  local columns, n = vecs_of(named, HISTORY, where)
  local out, transaction, dropout = core.vec(n), lists(self, named, n, where)
  local bad, message, code = blame(self, core.covariate_loglik_batch(self.numbers, transaction, dropout, columns[1],
    columns[2], columns[3], self.threads, out, model.coerce(named, where)))
  if bad == nil then return nil, message, code end
  return out, bad
end

--- expected_probability_alive{..., future_t = 0}.
function class:expected_probability_alive(named)
  return of_history(self, named, names "future_t", { 1, named.future_t or 0.0 }, "expected_probability_alive")
end

--- expected_purchases{..., future_t = }: in (T, T + future_t].
function class:expected_purchases(named)
  local where <const> = "expected_purchases"
  return of_history(self, named, names "future_t", { 2, arguments.need(named, "future_t", where) }, where)
end

--- discounted_expected_purchases{..., discount_rate = , discount_period = "year", horizon = nil}.
function class:discounted_expected_purchases(named)
  local where <const> = "discounted_expected_purchases"
  local delta, horizon, code = terms(self, named, where)
  if delta == nil then return nil, horizon, code end
  local allowed = names("discount_rate", "discount_period", "horizon")
  return of_history(self, named, allowed, { 4, horizon, delta }, where)
end

--- purchase_probability_future{..., n = , future_t = }, both numbers.
function class:purchase_probability_future(named)
  local where <const> = "purchase_probability_future"
  local question = { 5, arguments.need(named, "future_t", where), 0.0, arguments.need(named, "n", where) }
  return of_history(self, named, names("n", "future_t"), question, where)
end

--- posterior_mean{...}: the means of the customer's own purchase rate and dropout, two vecs and the count of bad rows.
function class:posterior_mean(named)
  local rate, message, code = of_history(self, named, names(), { 6 }, "posterior_mean")
  if rate == nil then return nil, message, code end
  local dropout, bad = of_history(self, named, names(), { 7 }, "posterior_mean")
  return rate, dropout, bad
end

--- A quantity of new customers, whose covariates say how many there are.
local function of_new(self, named, order, quantity, where)
  local allowed = set("covariates", "errors", table.unpack(order))
  arguments.check(named, allowed, where)
  local columns, n = vecs_of(named, order, where, customers(named))
  return ask(self, named, { quantity }, columns, n, where)
end

--- expected_purchases_new_customer{t = , covariates = }: within t of the first purchase.
function class:expected_purchases_new_customer(named)
  return of_new(self, named, { "t" }, 8, "expected_purchases_new_customer")
end

--- purchase_probability{n = , t = , covariates = }: of exactly n repeat purchases within t.
function class:purchase_probability(named) return of_new(self, named, { "n", "t" }, 9, "purchase_probability") end

--- purchase_probability_interval{n = , t0 = , t1 = , covariates = }: of exactly n in (t0, t1].
function class:purchase_probability_interval(named)
  return of_new(self, named, { "n", "t0", "t1" }, 10, "purchase_probability_interval")
end

--- interval{..., future_t = , level = .95}: expected purchases with their uncertainty: a table of the vecs estimate,
-- std_error, lower and upper, status and bad. With quantity = "expected_probability_alive", P(alive).
function class:interval(named)
  local where <const> = "interval"
  arguments.check(named, names("future_t", "level", "quantity"), where)
  local quantity = arguments.choice(arguments.optional(named, "quantity", "expected_purchases"),
    { expected_probability_alive = 1, expected_purchases = 2 }, "quantity", where)
  local columns, n = vecs_of(named, HISTORY, where)
  local ahead = quantity == 2 and arguments.need(named, "future_t", where) or arguments.optional(named, "future_t", 0.0)
  local out, transaction, dropout = {}, lists(self, named, n, where)
  for _, name in ipairs { "estimate", "std_error", "lower", "upper" } do out[name] = core.vec(n) end
  local status, bad, code = blame(self, core.covariate_interval_batch(self.numbers, quantity, ahead, 0.0, 0.0, columns[1],
    columns[2], columns[3], transaction, dropout, self.threads, arguments.optional(named, "level", .95), out.estimate,
    out.std_error, out.lower, out.upper, model.coerce(named, where)))
  if status == nil then return nil, bad, code end
  out.status, out.bad = status, bad
  return out
end

--- purchase_interval{..., future_t = , level = .95}: the counts lower and upper between which the number of purchases
-- lies; with status and bad.
function class:purchase_interval(named)
  local where <const> = "purchase_interval"
  arguments.check(named, names("future_t", "level"), where)
  local columns, n = vecs_of(named, HISTORY, where)
  local out, transaction, dropout = { lower = core.vec(n), upper = core.vec(n) }, lists(self, named, n, where)
  local status, bad, code = blame(self, core.covariate_purchase_interval_batch(self.numbers, transaction, dropout,
    columns[1], columns[2], columns[3], arguments.need(named, "future_t", where), arguments.optional(named, "level", .95),
    self.threads, out.lower, out.upper, model.coerce(named, where)))
  if status == nil then return nil, bad, code end
  out.status, out.bad = status, bad
  return out
end

--- simulate{T = , seed = , covariates = }: a table of the vecs frequency, recency, T and alive (1 or 0).
function class:simulate(named)
  local where <const> = "simulate"
  arguments.check(named, set("T", "seed", "covariates"), where)
  local columns, n = vecs_of(named, { "T" }, where, customers(named))
  local transaction, dropout = lists(self, named, n, where)
  local drawn = { frequency = core.vec(n), recency = core.vec(n), T = columns[1], alive = core.vec(n) }
  local ok, message, code = blame(self, core.covariate_simulate(self.numbers, transaction, dropout, columns[1],
    arguments.need(named, "seed", where), self.threads, drawn.frequency, drawn.recency, drawn.alive, false))
  if ok == nil then return nil, message, code end
  return drawn
end

--- to_json(): the model as a file of its own, text that C, Python and Lua read back to the last bit; names of covariates
-- are then of at most 37 printable characters of ASCII.
function class:to_json()
  local list = table.move(self.dropout, 1, #self.dropout, #self.transaction + 1,
    table.move(self.transaction, 1, #self.transaction, 1, {}))
  return core.covariate_model_write(self.numbers, table.concat(list, "\n"))
end

--- The model of such a text, or nil, message, code.
function covariates.from_json(text, unit_names)
  local kind, q1, q2 = core.covariate_model_shape(text)
  if kind == nil then return nil, q1, q2 end
  local transaction, dropout, row = {}, {}, core.vec(core.covariate_row(kind, q1, q2))
  for name in core.covariate_model_names(text):gmatch "[^\n]+" do
    local list = #transaction < q1 and transaction or dropout
    list[#list + 1] = name
  end
  assert(core.covariate_model_read(text, row))
  local status = row[5] == row[5] and core.status_name(math.tointeger(row[3])) or nil
  return make(model.by_kind[kind], row, transaction, dropout, { status = status }, unit_names[math.tointeger(row[2])], 1)
end

--- summary(): estimate, standard error and 95 % interval of each; symmetric for the logarithm of a parameter, plain for a
-- coefficient.
function class:summary()
  local rows = {}
  for name, value in pairs(self.params_) do
    local error_of, reach = self.std_errors_[name], 1.959963984540054
    local row = { estimate = value, std_error = error_of }
    if name:find(":", 1, true) then
      row.lower, row.upper = value - reach * error_of, value + reach * error_of
    else
      local factor = math.exp(reach * error_of / value)
      row.lower, row.upper = value / factor, value * factor
    end
    rows[name] = row
  end
  return rows
end

--- A model of any class as the numbers of this one.
local function numbers_of(object)
  if rawget(object, "numbers") then return object.numbers end
  local row = object:row()
  local plain, n = core.vec(core.covariate_row(math.tointeger(row[1]), 0, 0), NAN), #row
  for i = 1, n do plain[i] = row[i] end
  plain[n + 1], plain[n + 2] = 0, 0
  return plain
end

--- likelihood_ratio_test(restricted): against a fit of the same model with fewer covariates, without any, or with more
-- of them the same in both processes: {statistic = , p_value = , df = , status = }. That its covariates are among those
-- of this model is checked by name.
function class:likelihood_ratio_test(restricted)
  for i, fit in ipairs { self, restricted } do
    if fit.penalty_ > 0 then
      local which = i == 1 and "self" or "restricted"
      return nil, which .. ": must be a fit without a penalty: only such a likelihood is at its largest", "ERR_ARGUMENT"
    end
  end
  for name in pairs(restricted.params_) do
    if self.params_[name] == nil then
      return nil, "restricted: must not have what this model has not: " .. name, "ERR_ARGUMENT"
    end
  end
  local found = table.pack(core.covariate_likelihood_ratio(self.numbers, numbers_of(restricted)))
  if found[1] == nil then return nil, found[2], found[3] end
  return { status = found[1], statistic = found[2], p_value = found[3], df = found[5] }
end

return covariates
