--- One index from several questions: ACSI, the questionnaire of four dimensions, any other; disconfirmation.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local estimate = require "loyalty.survey.estimate"
local formulas = require "loyalty.formulas"
local questions = require "loyalty.survey.questions"

local composite = {}

local DIMENSIONS <const> = { "product_quality", "customer_service", "shopping_experience", "brand_image" }
composite.satisfaction_dimensions, composite.satisfaction_dimensions_zh = {}, {}
for number = 0, 3 do
  composite.satisfaction_dimensions[number] = core.satisfaction_dimension_name(number, false)
  composite.satisfaction_dimensions_zh[number] = core.satisfaction_dimension_name(number, true)
end

--- The columns with NaN for what is off the scale.
local function on_scale(flat, items, n, low, high)
  local values = flat:totable()
  for j = 1, items do
    for i = (j - 1) * n + 1, j * n do
      if not (values[i] >= low[j] and values[i] <= high[j]) then values[i] = 0 / 0 end
    end
  end
  return core.vec(values)
end

--- What a point of each question counts; or nil, message, code.
local function weigh(weights, flat, items, low, high, missing, where)
  if type(weights) ~= "string" then return questions.each(weights, items, "weights", where) end
  local kind = arguments.choice(weights, { equal = 0, first_component = 1 }, "weights", where)
  local one_scale, out = true, core.vec(items, 1)
  for j = 2, items do one_scale = one_scale and high[j] - low[j] == high[1] - low[1] end
  if kind == 1 then
    local status, message, code = questions.blame(core.principal_weights(flat, items, not one_scale, missing, out))
    if status == nil then return nil, message, code end
  elseif not one_scale then
    for j = 1, items do
      if high[j] > low[j] then out[j] = 1 / (high[j] - low[j]) end
    end
  end
  return out
end

local function compute(named, answers, where)
  local flat, items, n = questions.columns(answers, where)
  local coerce = arguments.choice(arguments.optional(named, "errors", "raise"), { raise = 0, coerce = 1 }, "errors",
    where) == 1
  local low = questions.each(arguments.optional(named, "lowest", 1), items, "lowest", where)
  local high = questions.each(arguments.optional(named, "highest", 5), items, "highest", where)
  local least = arguments.optional(named, "least", items)
  -- Answers off the scale, where they are no error, count for nothing: neither for weights nor for means.
  local answered = coerce and on_scale(flat, items, n, low, high) or flat
  local weight, message, code = weigh(arguments.optional(named, "weights", "equal"), answered, items, low, high,
    coerce or least < items, where)
  if weight == nil then return nil, message, code end
  local index = core.vec(n)
  local status, bad, skipped = questions.blame(core.composite_batch(weight, low, high, flat, least, index, coerce))
  if status == nil then return nil, bad, skipped end
  local result = { index = index, weights = core.vec(items), means = {}, bad = bad, skipped = skipped, status = status }
  result.score, message, code = estimate.object(arguments.blame({ value = "answers" },
    core.mean_from_values(index, true)))
  if result.score == nil then return nil, message, code end
  local total = 0
  for j = 1, items do
    result.weights[j] = weight[j] * (high[j] - low[j])
    total = total + result.weights[j]
    -- nil for a question that nobody answered.
    result.means[j] = estimate.object(core.mean_from_values(answered:copy((j - 1) * n + 1, j * n), true))
  end
  for j = 1, items do result.weights[j] = result.weights[j] / total end
  return result
end

local INDEX_NAMES = { answers = true, weights = true, lowest = true, highest = true, least = true, errors = true }

--- composite_index{answers = { column, column ... }, weights = "equal", lowest = 1, highest = 5, least = nil, errors =
-- "raise"}: the index sum w (answer - lowest) / sum w (highest - lowest) of each respondent. weights is "equal" (every
-- question counts the same), "first_component", or what a point of each question counts; lowest and highest are for all,
-- or one for each question. With least, missing answers drop out as long as so many are left. The result has .index (a vec
-- in [0, 1]), .score (its mean, with :interval()), .means of the questions, .weights (their parts of the index, sum 1),
-- .skipped, .bad and .status.
function composite.composite_index(named)
  arguments.check(named, INDEX_NAMES, "composite_index")
  return compute(named, arguments.need(named, "answers", "composite_index"), "composite_index")
end

local SURVEY_NAMES = { weights = true, lowest = true, highest = true, least = true, errors = true }
for _, name in ipairs(DIMENSIONS) do SURVEY_NAMES[name] = true end

--- satisfaction_survey{product_quality = , customer_service = , shopping_experience = , brand_image = , ...}: the
-- questionnaire of four dimensions of satisfaction as one index; the rest as for composite_index.
function composite.satisfaction_survey(named)
  arguments.check(named, SURVEY_NAMES, "satisfaction_survey")
  local answers = {}
  for j, name in ipairs(DIMENSIONS) do answers[j] = arguments.need(named, name, "satisfaction_survey") end
  return compute(named, answers, "satisfaction_survey")
end

--- composite_from_means{means = , weights = 1, lowest = 1, highest = 10}: the index, in [0, 1], of the mean answers to
-- several questions.
function composite.composite_from_means(named)
  local where = "composite_from_means"
  arguments.check(named, { means = true, weights = true, lowest = true, highest = true }, where)
  local means = arguments.need(named, "means", where)
  if type(means) == "table" then means = core.vec(means) end
  if type(means) ~= "userdata" then error(where .. ": means must be a vec or a table of numbers", 2) end
  return arguments.blame({ mean = "means", weight = "weights", items = "means" }, core.composite_from_means(
    questions.each(arguments.optional(named, "weights", 1), #means, "weights", where),
    questions.each(arguments.optional(named, "lowest", 1), #means, "lowest", where),
    questions.each(arguments.optional(named, "highest", 10), #means, "highest", where), means))
end

--- acsi{means = , weights = nil}: the American Customer Satisfaction Index, in [0, 100], of the three mean answers on 1 to
-- 10: overall satisfaction, compared with what was expected, compared with the ideal.
function composite.acsi(named)
  arguments.check(named, { means = true, weights = true }, "acsi")
  return arguments.blame({ mean = "means", weight = "weights" },
    core.acsi(arguments.need(named, "means", "acsi"), arguments.optional(named, "weights", nil)))
end

--- disconfirmation{performance = , expectation = , errors = "raise"}: performance less expectation, numbers or columns.
function composite.disconfirmation(named)
  local where = "disconfirmation"
  arguments.check(named, { performance = true, expectation = true, errors = true }, where)
  local coerce = arguments.choice(arguments.optional(named, "errors", "raise"), { raise = 0, coerce = 1 }, "errors",
    where) == 1
  local expectation = arguments.need(named, "expectation", where)
  return formulas.over(arguments.need(named, "performance", where), where, "performance", function(performance, out)
    return core.disconfirmation_batch(performance, formulas.column(expectation, #performance), out, coerce)
  end)
end

return composite
