--- Which model? Several of them fitted to the same customers, side by side.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local model = require "loyalty.btyd.model"

local model_choice = {}

local NAMES <const> = {
  frequency = true, recency = true, T = true, weights = true, models = true, test_frequency = true, future_t = true,
  test_T = true, time_unit = true, threads = true, progress = true, customer_id = true, monetary_value = true,
  test_monetary_value = true, alive = true, litt = true,
}
local BLAMED <const> = { x = "frequency", t_x = "recency", weight = "weights", bought = "test_frequency", kinds = "models" }
local DEFAULT <const> = { "nbd", "pnbd", "ggomnbd", "bgnbd", "mbgnbd" }
local REGULAR <const> = { "nbd", "pnbd", "ggomnbd", "bgnbd", "mbgnbd", "bgcnbd", "mbgcnbd" } -- where there is litt
local WIDTH <const> = 19 -- numbers of a candidate, see btyd_model_choice.i
local AT <const> = {
  aic = 2, bic = 3, aic_weight = 5, actual = 6, expected = 7, bias = 8, mean_error = 9, mae = 10, rmse = 11,
  log_score = 12, statistic = 15, p_value = 16, p_least = 17,
}

--- The kind of a model by its name.
local function kind_of(name)
  for kind, spec in pairs(model.by_kind) do
    if spec.name == name then return kind end
  end
  return nil
end

--- model_assumption(name): what the model of this name, such as "bgnbd", takes for granted about customers; nil for none.
function model_choice.model_assumption(name)
  local kind = kind_of(name)
  return kind and core.model_assumption(kind)
end

--- What there is to say about a fit.
local function remark(status, argument, message)
  if status == "OK" then return "" end
  return argument and ("%s: %s"):format(BLAMED[argument] or argument, message) or message or ""
end

--- compare_models{frequency = , recency = , T = , litt = nil, weights = nil, models = {"nbd", "pnbd", ...},
-- test_frequency = nil, future_t = nil, time_unit = nil, threads = 1, progress = nil}: fit several models to the same
-- customers; "bgcnbd" and "mbgcnbd", whose k the likelihood chooses, need litt and are among the default ones where it
-- is there. With test_frequency, what each bought in the future_t after T (test_T of rfm_train_test_split), their
-- forecasts are scored; there are no weights then. A list with a table for each model, in the order of `models`: model
-- (its name), status, fit (the fitted object, nil for a model that cannot be fitted), parameters (how many), aic, bic,
-- aic_weight, the measures of holdout, contains (the largest of the other models that it contains, or nil) with
-- statistic, p_value and p_least of the test against it, notice and assumption. The list also has best_aic, best_bic,
-- best_score (names of models) and status, "NOTICE_NOT_CONVERGED" when a model has no certain fit.
function model_choice.compare_models(named)
  local where <const> = "compare_models"
  arguments.check(named, NAMES, where)
  local litt = rawget(named, "litt")
  local names = arguments.optional(named, "models", litt ~= nil and REGULAR or DEFAULT)
  if type(names) ~= "table" then error("compare_models: models must be a table of names", 2) end
  local kinds = core.ivec(#names)
  for i, name in ipairs(names) do
    local kind = kind_of(name)
    if not kind then error(("compare_models: models[%d] is no model: %s"):format(i, tostring(name)), 2) end
    kinds[i] = kind
  end
  local x, bought = arguments.need(named, "frequency", where), rawget(named, "test_frequency")
  local future_t = rawget(named, "future_t") or bought and rawget(named, "test_T")
  if type(future_t) == "number" then future_t = core.vec(#x, future_t) end
  local time_unit, threads = rawget(named, "time_unit"), arguments.optional(named, "threads", 1)
  local unit = model.unit_number(time_unit, where)
  local rows, numbers = core.vec(#names * core.model_row()), core.vec(#names * WIDTH)
  local found = table.pack(arguments.blame(BLAMED, core.model_compare(kinds, x, arguments.need(named, "recency", where),
    arguments.need(named, "T", where), litt, rawget(named, "weights"), future_t, bought, threads, 0,
    rawget(named, "progress"), rows, numbers)))
  if found[1] == nil then return nil, found[2], found[3] end
  local list = {
    status = found[1], best_aic = names[found[3] + 1], best_bic = names[found[4] + 1], best_score = names[found[5] + 1],
  }
  local size <const> = core.model_row()
  for i, name in ipairs(names) do
    local at, row = (i - 1) * WIDTH, core.vec(size)
    for j = 1, size do row[j] = rows[(i - 1) * size + j] end
    row[2] = unit
    local status = core.status_name(math.tointeger(numbers[at + 1]))
    local answer = {
      model = name, status = status, parameters = math.tointeger(numbers[at + 4]), log_likelihood = row[5],
      notice = remark(status, found[4 + 2 * i], found[5 + 2 * i]), assumption = model_choice.model_assumption(name),
      contains = names[math.tointeger(numbers[at + 13]) + 1],
    }
    for key, j in pairs(AT) do answer[key] = numbers[at + j] end
    if not status:match "^ERR" then
      answer.fit = model.from_row(row)
      answer.fit.threads = threads
    end
    if numbers[at + 14] >= 100 then
      answer.notice = "the log-likelihood is below that of a model which this one contains: not at its optimum"
    end
    list[i] = answer
  end
  return list
end

return model_choice
