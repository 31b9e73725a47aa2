--- Tests of Net Promoter Scores: benchmark, two samples, two waves of the same respondents, several groups.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"

local tests = {}

local METHODS = { adjusted_wald = 0, wald = 1, score = 2 }
local TWO_METHODS = { adjusted_wald = 0, wald = 1 }
local ALTERNATIVES = { ["two-sided"] = 0, greater = 1, less = 2 }
local FIELDS = { "promoters", "passives", "detractors", "missing", "n", "promoter_share", "detractor_share", "score",
  "variance", "standard_error", "effective_n" }
local DIFFERENCE = { "difference", "centre", "standard_error", "statistic", "df", "p_value", "lower", "upper" }

--- Append the fields of a score, as the core takes them.
local function put(list, score, name, where)
  if type(score) ~= "table" then
    error(("%s: %s must be a score, such as survey.nps gives, not %s"):format(where, name, type(score)), 4)
  end
  for _, field in ipairs(FIELDS) do
    local value = score[field]
    if type(value) ~= "number" then
      error(("%s: %s must be a score, such as survey.nps gives"):format(where, name), 4)
    end
    list[#list + 1] = value
  end
  list[#list + 1] = score.weighted and 1 or 0
  return list
end

local function need_score(named, name, where)
  return core.vec(put({}, arguments.need(named, name, where), name, where))
end

local function method(named, known, where)
  return arguments.choice(arguments.optional(named, "method", "adjusted_wald"), known, "method", where)
end

local function alternative(named, where)
  return arguments.choice(arguments.optional(named, "alternative", "two-sided"), ALTERNATIVES, "alternative", where)
end

--- A table of the results under their names, or nil, message, code.
local function record(names, first, ...)
  if first == nil then return nil, ... end
  local values, result = { first, ... }, {}
  for i, name in ipairs(names) do result[name] = values[i] end
  return result
end

--- nps_test{score = , benchmark = , method = "adjusted_wald", alternative = "two-sided"}: a score, as survey.nps gives
-- it, against a benchmark. method: "adjusted_wald", "wald" or "score"; alternative: "two-sided", "greater", "less". The
-- result has .score, .difference, .standard_error, .statistic, .p_value.
function tests.nps_test(named)
  arguments.check(named, { score = true, benchmark = true, method = true, alternative = true }, "nps_test")
  return record({ "score", "difference", "standard_error", "statistic", "p_value" },
    core.nps_test(need_score(named, "score", "nps_test"), arguments.need(named, "benchmark", "nps_test"),
      method(named, METHODS, "nps_test"), alternative(named, "nps_test")))
end

local COMPARE = { first = true, second = true, method = true, alternative = true, level = true }

--- nps_compare{first = , second = , method = "adjusted_wald", alternative = "two-sided", level = 0.95}: the difference
-- of two independent scores, first less second, with .difference, .centre, .standard_error, .statistic, .df, .p_value,
-- .lower, .upper.
function tests.nps_compare(named)
  arguments.check(named, COMPARE, "nps_compare")
  return record(DIFFERENCE, core.nps_compare(need_score(named, "first", "nps_compare"),
    need_score(named, "second", "nps_compare"), method(named, TWO_METHODS, "nps_compare"),
    alternative(named, "nps_compare"), arguments.optional(named, "level", 0.95)))
end

--- difference, p_value = nps_permutation_test{first = , second = , alternative = "two-sided"}: the exact test of two
-- scores without weights.
function tests.nps_permutation_test(named)
  arguments.check(named, { first = true, second = true, alternative = true }, "nps_permutation_test")
  local a = arguments.need(named, "first", "nps_permutation_test")
  local b = arguments.need(named, "second", "nps_permutation_test")
  put({}, a, "first", "nps_permutation_test")
  put({}, b, "second", "nps_permutation_test")
  if a.weighted or b.weighted then error("nps_permutation_test: scores must be without weights", 2) end
  return core.nps_permutation_test(a.promoters, a.passives, a.detractors, b.promoters, b.passives, b.detractors,
    alternative(named, "nps_permutation_test"))
end

local WAVES = { before = true, after = true, alternative = true, level = true, promoter_from = true,
  passive_from = true, skip_missing = true }

local function waves(named, where, skip_missing, test)
  arguments.check(named, WAVES, where)
  local panel, number = core.ivec(16), alternative(named, where)
  local ok, message, code = core.nps_panel_count(arguments.need(named, "before", where),
    arguments.need(named, "after", where), arguments.optional(named, "promoter_from", 9),
    arguments.optional(named, "passive_from", 7), skip_missing, panel)
  if ok == nil then return nil, message, code end
  return record(DIFFERENCE, arguments.blame({ panel = "after" },
    test(panel, number, arguments.optional(named, "level", 0.95))))
end

--- nps_paired{before = , after = , alternative = "two-sided", level = 0.95, skip_missing = false}: the change of the
-- score among respondents who answered both waves, row by row; a paired t test. The result is that of nps_compare.
function tests.nps_paired(named)
  arguments.check(named, WAVES, "nps_paired")
  return waves(named, "nps_paired", arguments.optional(named, "skip_missing", false), core.nps_paired)
end

--- nps_overlap{before = , after = , ...}: the change between two waves that share some respondents; NaN is a respondent
-- who did not answer that wave.
function tests.nps_overlap(named)
  return waves(named, "nps_overlap", true, core.nps_overlap)
end

--- nps_groups{groups = {score, score, ...}, method = "adjusted_wald", level = 0.95}: have several groups one score? The
-- result has .statistic, .df, .p_value, .score, .standard_error, and .pairs, each with .first and .second (positions),
-- what nps_compare gives, and .adjusted_p_value after Holm.
function tests.nps_groups(named)
  arguments.check(named, { groups = true, method = true, level = true }, "nps_groups")
  local groups, list = arguments.need(named, "groups", "nps_groups"), {}
  if type(groups) ~= "table" then error("nps_groups: groups must be a table of scores", 2) end
  for _, score in ipairs(groups) do put(list, score, "groups", "nps_groups") end
  local k = #list // 12
  local out = core.vec(9 * (k * (k - 1) // 2))
  local result, message, code = record({ "statistic", "df", "p_value", "score", "standard_error" },
    arguments.blame({ group = "groups" }, core.nps_homogeneity_test(core.vec(list), method(named, TWO_METHODS,
      "nps_groups"), arguments.optional(named, "level", 0.95), out)))
  if result == nil then return nil, message, code end
  result.pairs = {}
  local at = 0
  for i = 1, k do
    for j = i + 1, k do
      local pair = { first = i, second = j, adjusted_p_value = out[at + 9] }
      for f, name in ipairs(DIFFERENCE) do pair[name] = out[at + f] end
      result.pairs[#result.pairs + 1] = pair
      at = at + 9
    end
  end
  return result
end

--- holm(p): p-values (a vec or a table) adjusted after Holm, as a vec.
function tests.holm(p)
  if type(p) == "table" then p = core.vec(p) end
  local out = core.vec(#p)
  local ok, message, code = core.holm(p, out)
  if ok == nil then return nil, message, code end
  return out
end

return tests
