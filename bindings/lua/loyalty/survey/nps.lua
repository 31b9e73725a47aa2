--- The Net Promoter Score with its uncertainty.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local bayes = require "loyalty.survey.nps_bayes"

local nps = {}

local NPS, nps_metatable = arguments.class("loyalty.survey.nps")
local METHODS = { adjusted_wald = 0, wald = 1, score = 2, bootstrap = 3, bayes = 4 }
local BOOTSTRAP, BAYES = METHODS.bootstrap, METHODS.bayes
local OPTIONS = { seed = BOOTSTRAP, replicates = BOOTSTRAP, prior = BAYES } -- and whose they are
local REPLICATES = 9999
local BOOTSTRAP_BLAME = { replications = "replicates", result = "score" }

--- Give the object for the fields of the C result, or pass on nil, message, code.
function nps.object(promoters, passives, detractors, missing, n, promoter_share, detractor_share, score, variance,
                    standard_error, effective_n, weighted)
  if promoters == nil then return nil, passives, detractors end
  return setmetatable({
    promoters = promoters, passives = passives, detractors = detractors, missing = missing, n = n,
    promoter_share = promoter_share, detractor_share = detractor_share, score = score, variance = variance,
    standard_error = standard_error, effective_n = effective_n, weighted = weighted,
  }, nps_metatable)
end

--- The fields of a score as the core takes them.
local function fields(self)
  return core.vec { self.promoters, self.passives, self.detractors, self.missing, self.n, self.promoter_share,
    self.detractor_share, self.score, self.variance, self.standard_error, self.effective_n, self.weighted and 1 or 0 }
end

--- The number of the method; raises for an option of another method, which nothing would look at.
local function method_of(named, where)
  local method = arguments.choice(arguments.optional(named, "method", "adjusted_wald"), METHODS, "method", where)
  for name, own in pairs(OPTIONS) do
    if rawget(named, name) ~= nil and method ~= own then
      error(("%s: %s is for method '%s'"):format(where, name, own == BAYES and "bayes" or "bootstrap"), 3)
    end
  end
  return method
end

local function interval(self, named, method)
  local level = arguments.optional(named, "level", 0.95)
  if method == BAYES then
    local posterior, message, code = bayes.of(fields(self), rawget(named, "prior"))
    if posterior == nil then return nil, message, code end
    return posterior:interval { level = level }
  elseif method == BOOTSTRAP then
    return arguments.blame(BOOTSTRAP_BLAME, core.nps_bootstrap_interval(fields(self),
      arguments.optional(named, "replicates", REPLICATES), arguments.optional(named, "seed", 0), level))
  end
  return core.nps_interval(self.promoters, self.passives, self.detractors, self.missing, self.n, self.promoter_share,
    self.detractor_share, self.score, self.variance, self.standard_error, self.effective_n, self.weighted, method, level)
end

local INTERVAL_NAMES = { level = true, method = true, seed = true, replicates = true, prior = true }

--- lower, upper = result:interval{level = 0.95, method = "adjusted_wald", seed = 0, replicates = 9999, prior = nil}: the
-- two-sided interval, within [-1, 1]. "wald" is score -+ z standard errors; "adjusted_wald" adds three answers first;
-- "score" inverts the score test; "bootstrap" takes percentiles of `replicates` resampled surveys, which `seed` decides;
-- "bayes" is the equal-tailed interval of the posterior with `prior`.
function NPS:interval(named)
  named = arguments.check(named or {}, INTERVAL_NAMES, "interval")
  return interval(self, named, method_of(named, "interval"))
end

--- result:bootstrap{replicates = 9999, seed = 0}: the scores of resampled surveys, a vec.
function NPS:bootstrap(named)
  named = arguments.check(named or {}, { replicates = true, seed = true }, "bootstrap")
  local out = core.vec(arguments.optional(named, "replicates", REPLICATES))
  local ok, message, code = arguments.blame(BOOTSTRAP_BLAME,
    core.nps_bootstrap(fields(self), arguments.optional(named, "seed", 0), out))
  if ok == nil then return nil, message, code end
  return out
end

--- result:posterior{prior = {.75, 1.5, .75}}: the distribution of the score of the population given the answers, with
-- .mean, .standard_deviation, :probability_above(m), :probability_at_most(m), :quantile(p), :interval{level = }. `prior`
-- are the parameters of the Dirichlet prior for promoters, passives, detractors, each from 0.001 to 1e9.
function NPS:posterior(named)
  named = arguments.check(named or {}, { prior = true }, "posterior")
  return bayes.of(fields(self), rawget(named, "prior"))
end

local BLAME = { score = "scores", weight = "weights" }
local NAMES = { scores = true, weights = true, promoter_from = true, passive_from = true, skip_missing = true, by = true,
  level = true, method = true, seed = true, replicates = true, prior = true }

local function from_scores(scores, weights, named)
  return nps.object(arguments.blame(BLAME, core.nps_from_scores(scores, weights,
    arguments.optional(named, "promoter_from", 9), arguments.optional(named, "passive_from", 7),
    arguments.optional(named, "skip_missing", false))))
end

--- The distinct groups, sorted where they are all numbers or all text, and for each the rows of its members. Rows of a
-- missing group (nil, NaN) are the last group.
local function members(by, n)
  local groups, rows, none, kinds = {}, {}, {}, {}
  for i = 1, n do
    local group = by[i]
    if group == nil or group ~= group then
      none[#none + 1] = i
    else
      if rows[group] == nil then
        groups[#groups + 1], rows[group] = group, {}
        kinds[type(group)] = true
      end
      rows[group][#rows[group] + 1] = i
    end
  end
  local kind = next(kinds)
  if next(kinds, kind) == nil and (kind == "number" or kind == "string") then table.sort(groups) end
  return groups, rows, none
end

local function pick(column, rows)
  local own = core.vec(#rows)
  for i, row in ipairs(rows) do own[i] = column[row] end
  return own
end

--- One row of the table: the group's score and interval, NaN where it has too few answers.
local function group_row(group, scores, weights, named, method)
  local r, message, code = from_scores(scores, weights, named)
  local row = { group = group }
  if r ~= nil then
    row.lower, row.upper, code = interval(r, named, method)
    if row.lower == nil then return nil, row.upper, code end
  elseif code == "ERR_TOO_FEW" then
    local nan = 0 / 0
    r = { score = nan, standard_error = nan }
    row.lower, row.upper = nan, nan
    r.promoters, r.passives, r.detractors, r.missing = core.nps_count(scores,
      arguments.optional(named, "promoter_from", 9), arguments.optional(named, "passive_from", 7),
      arguments.optional(named, "skip_missing", false))
    r.n = r.promoters + r.passives + r.detractors
  else
    return nil, message, code
  end
  for _, name in ipairs { "score", "standard_error", "n", "promoters", "passives", "detractors", "missing" } do
    row[name] = r[name]
  end
  return row
end

local function by_group(scores, weights, named, method)
  local by, list = rawget(named, "by"), {}
  -- The options of the intervals, also when no group has one.
  local known, wrong, why = interval(nps.nps_from_counts(1, 1, 1), named, method)
  if known == nil then return nil, wrong, why end
  if type(scores) == "table" then scores = core.vec(scores) end
  if type(weights) == "table" then weights = core.vec(weights) end
  -- All answers first, so that an error names the caller's row and not the group's.
  local all, message, code = from_scores(scores, weights, named)
  if all == nil and code ~= "ERR_TOO_FEW" then return nil, message, code end
  if type(by) ~= "table" and type(by) ~= "userdata" then error("nps: by must be a vec or a table of groups", 3) end
  if #by ~= #scores then
    return nil, ("by: has %d elements where scores has %d"):format(#by, #scores), "ERR_ARGUMENT"
  end
  local groups, rows, none = members(by, #scores)
  for i = 1, #groups + (#none > 0 and 1 or 0) do
    local own, row = rows[groups[i]] or none
    row, message, code = group_row(groups[i], pick(scores, own), weights and pick(weights, own), named, method)
    if row == nil then return nil, message, code end
    list[#list + 1] = row
  end
  return list
end

--- nps{scores = , weights = nil, promoter_from = 9, passive_from = 7, skip_missing = false}: the Net Promoter Score of
-- answers from 0 to 10 (a vec or a table). The result has .score (in [-1, 1]), .standard_error, .promoters, .passives,
-- .detractors, .missing, .n, .effective_n, :interval(), :bootstrap() and :posterior().
-- With by = , a group for each answer, it is a list with one table for each group, in order: .group, .score,
-- .standard_error, .lower, .upper, .n, .promoters, .passives, .detractors, .missing; then level, method, seed,
-- replicates and prior are those of :interval().
function nps.nps(named)
  arguments.check(named, NAMES, "nps")
  local scores, weights = arguments.need(named, "scores", "nps"), rawget(named, "weights")
  if rawget(named, "by") ~= nil then return by_group(scores, weights, named, method_of(named, "nps")) end
  for name in pairs(INTERVAL_NAMES) do
    if rawget(named, name) ~= nil then
      error(("nps: %s is of the intervals with by; give it to the result's interval"):format(name), 2)
    end
  end
  return from_scores(scores, weights, named)
end

--- nps_from_counts(promoters, passives, detractors): the score from the number of respondents in each group.
function nps.nps_from_counts(promoters, passives, detractors)
  return nps.object(core.nps_from_counts(promoters, passives, detractors, 0))
end

return nps
