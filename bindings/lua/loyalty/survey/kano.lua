--- Kano's classes of product features, and the zones of expressed and expected wishes.

local core = require "loyalty.core"
local answers = require "loyalty.survey.answers"
local arguments = require "loyalty.arguments"

local kano = {}

--- Names by number: answers from 1 ("like"), classes from 0 ("attractive"), zones from 0 ("basic").
kano.kano_answers, kano.kano_answers_zh = answers.names(core.kano_answer_name, 1, 5)
kano.kano_categories, kano.kano_categories_zh = answers.names(core.kano_category_name, 0, 5)
kano.kano_letters = answers.names(function(number) return core.kano_category_letter(number) end, 0, 5)
kano.expectation_zones, kano.expectation_zones_zh = answers.names(core.expectation_zone_name, 0, 3)

local WORDS = answers.words(kano.kano_answers, kano.kano_answers_zh)
local Kano, metatable = arguments.class("loyalty.survey.kano")

--- better_lower, better_upper, worse_lower, worse_upper = result:intervals{level = 0.95}: Wilson intervals.
function Kano:intervals(named)
  named = arguments.check(named or {}, { level = true }, "intervals")
  local count = {}
  for number = 0, 5 do count[number + 1] = self.counts[kano.kano_categories[number]] end
  return arguments.blame({ result = "counts" },
    core.kano_intervals(core.ivec(count), arguments.optional(named, "level", 0.95)))
end

local function object(status, ...)
  if status == nil then return nil, ... end
  local found, counts = table.pack(...), {}
  for number = 0, 5 do counts[kano.kano_categories[number]] = found[number + 1] end
  return setmetatable({
    counts = counts, n = found[7], missing = found[8], category = kano.kano_categories[found[9]], tied = found[10],
    better = found[11], worse = found[12], better_standard_error = found[13], worse_standard_error = found[14],
    status = status,
  }, metatable)
end

local PAIR_NAMES = { functional = true, dysfunctional = true, skip_missing = true }

--- kano{functional = , dysfunctional = , skip_missing = false}: the class of a feature and its coefficients from pairs of
-- answers, numbers from 1 to 5 or words. The result has .category, .tied, .better, .worse, their standard errors, .counts
-- (by name), .n, .missing, .status and :intervals().
function kano.kano(named)
  arguments.check(named, PAIR_NAMES, "kano")
  return object(core.kano_from_answers(
    answers.numbers(arguments.need(named, "functional", "kano"), WORDS, "kano", "functional"),
    answers.numbers(arguments.need(named, "dysfunctional", "kano"), WORDS, "kano", "dysfunctional"),
    arguments.optional(named, "skip_missing", false)))
end

local COUNTS <const> = { "attractive", "one_dimensional", "must_be", "indifferent", "reverse", "questionable" }
local COUNT_NAMES = {}
for _, name in ipairs(COUNTS) do COUNT_NAMES[name] = true end

--- Pass results on; a message about a count by its number begins with its name.
local function blame_count(value, message, ...)
  if value == nil and type(message) == "string" then
    message = message:gsub("^count%[(%d+)%]", function(number) return COUNTS[tonumber(number)] end)
    message = message:gsub("^count:", "counts:")
  end
  return value, message, ...
end

--- kano_from_counts{attractive = 0, one_dimensional = 0, must_be = 0, indifferent = 0, reverse = 0, questionable = 0}: the
-- same from the number of respondents in each class.
function kano.kano_from_counts(named)
  arguments.check(named, COUNT_NAMES, "kano_from_counts")
  local count = core.ivec(#COUNTS)
  for number, name in ipairs(COUNTS) do
    local value = arguments.optional(named, name, 0)
    if type(value) ~= "number" or not math.tointeger(value) then
      error(("kano_from_counts: %s must be a whole number"):format(name), 2)
    end
    count[number] = value
  end
  return object(blame_count(core.kano_from_counts(count)))
end

--- kano_classify(functional, dysfunctional): the class of one pair of answers, by name; for vecs or tables an ivec of
-- numbers.
function kano.kano_classify(functional, dysfunctional)
  functional = answers.numbers(functional, WORDS, "kano_classify", "functional")
  dysfunctional = answers.numbers(dysfunctional, WORDS, "kano_classify", "dysfunctional")
  if type(functional) == "number" then
    local category, message, code = core.kano_classify(functional, dysfunctional)
    if category == nil then return nil, message, code end
    return kano.kano_categories[category]
  end
  local out = core.ivec(#functional)
  local bad, message, code = core.kano_classify_batch(functional, dysfunctional, out, false)
  if bad == nil then return nil, message, code end
  return out
end

local function flag(value) return value == true and 1 or value == false and 0 or value end

local function flags(column, name)
  if type(column) == "userdata" then return column end
  if type(column) ~= "table" then
    error(("expectation_zone: %s must be a flag, a vec or a table of flags, not %s"):format(name, type(column)), 3)
  end
  local list = {}
  for i = 1, #column do list[i] = flag(column[i]) end
  return core.vec(list)
end

--- expectation_zone(expressed, expected): the zone of one wish, by name, from two flags (booleans, 0 or 1); for vecs or
-- tables of flags an ivec of numbers.
function kano.expectation_zone(expressed, expected)
  expressed, expected = flag(expressed), flag(expected)
  local point = type(expressed) == "number"
  if point then
    if type(expected) ~= "number" then error("expectation_zone: expected must be a flag, as expressed is", 2) end
    expressed, expected = core.vec { expressed }, core.vec { expected }
  end
  expressed, expected = flags(expressed, "expressed"), flags(expected, "expected")
  local out = core.ivec(#expressed)
  local bad, message, code = core.expectation_zone_batch(expressed, expected, out, false)
  if bad == nil then return nil, point and message:gsub("^(%l+)%[1%]", "%1") or message, code end
  return point and kano.expectation_zones[out[1]] or out
end

return kano
