--- The fit of the curve L = f(C, S) to answers, and what can be asked of it: the methods fit, summary, predict,
-- required_satisfaction_interval, threshold_intervals, likelihood_ratio_test and goodness_of_fit of a curve. For
-- loyalty.response.curve.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local formulas = require "loyalty.formulas"

local NAMES <const> = {}
for p = 1, 5 do NAMES[p] = core.curve_param_name(p - 1) end
local MOST <const> = 8 -- constraints
local SCALARS <const> = {
  "log_likelihood", "deviance", "pearson", "squares", "dispersion", "aic", "bic", "df", "rows", "skipped", "cells",
  "clusters", "trials", "loyal", "free_params", "fixed", "at_bound", "covariance_kind", "converged", "separated", "weak",
  "condition", "last_step", "largest_score", "iterations", "evaluations",
}
local MEASURES <const> = {
  "log_likelihood", "deviance", "pearson", "squares", "dispersion", "aic", "bic", "df", "condition",
}
local FIRST_SCALAR <const> = 1 + #NAMES + MOST
local FIRST_ERROR <const> = FIRST_SCALAR + #SCALARS
local FIRST_COVARIANCE <const> = FIRST_ERROR + #NAMES + MOST
local COVARIANCES <const> = { binomial = 0, quasi = 1, robust = 2, nls = 3 }
local BLAME <const> = {
  s = "satisfaction", c = "competition", weight = "weights", cluster = "clusters", constraint = "constraints",
  most_iterations = "max_iter",
}
local POINT_BLAME <const> = { constraint = "constraints", target = "loyalty" }
local ROW_NAMES <const> = {
  satisfaction = true, competition = true, loyal = true, trials = true, constraints = true, weights = true,
  segment = true,
}
local FIT_NAMES <const> = {
  clusters = true, fixed = true, covariance = true, ridge = true, max_iter = true, warm_start = true,
}
for name in pairs(ROW_NAMES) do FIT_NAMES[name] = true end

--- The parameters of a curve with so many constraints, in the order of the core.
local function parameters(constraints)
  local list = table.move(NAMES, 1, #NAMES, 1, {})
  for j = 1, constraints do list[#list + 1] = ("b[%d]"):format(j) end
  return list
end

--- The names whose bits are set.
local function names_of(bits, list)
  local found = {}
  for p, name in ipairs(list) do
    if bits >> (p - 1) & 1 == 1 then found[#found + 1] = name end
  end
  return found
end

--- The bits of the names; "b" is every constraint.
local function bits_of(fixed, list, where)
  local bits, number = 0, {}
  for p, name in ipairs(list) do number[name] = p - 1 end
  if type(fixed) == "string" then fixed = { fixed } end
  if type(fixed) ~= "table" then error(("%s: fixed must be a list of names"):format(where), 3) end
  for _, name in ipairs(fixed) do
    if name == "b" then
      bits = bits | (1 << #list) - (1 << #NAMES)
    elseif number[name] then
      bits = bits | 1 << number[name]
    else
      error(("%s: fixed: '%s' is no parameter; there are %s"):format(where, tostring(name), table.concat(list, ", ")), 3)
    end
  end
  return bits
end

--- The competition of each row, from the market shares of its segment; or nil, message, code.
local function by_segment(segments, shares, where)
  if type(shares) ~= "table" or type(segments) ~= "table" and type(segments) ~= "userdata" then
    error(("%s: with segment, a column, competition must be a table of shares by segment"):format(where), 4)
  end
  local known, column = {}, core.vec(#segments)
  for i = 1, #segments do
    local name = segments[i]
    if known[name] == nil then
      local found = shares[name]
      if found == nil then
        return nil, ("competition: has no market shares for the segment '%s'"):format(tostring(name)), "ERR_ARGUMENT"
      end
      local index, message, code = arguments.blame({ share = "competition" }, core.competition_from_shares(found, false))
      if index == nil then return nil, message, code end
      known[name] = index
    end
    column[i] = known[name]
  end
  return column
end

--- The constraints of rows as a list of columns: one may stand for itself.
local function constraint_list(given)
  if given == nil then return {} end
  if type(given) == "table" and type(given[1]) ~= "number" then return given end
  return { given }
end

--- The named rows as columns of one length: s, c, loyal, trials, weights, constraints, clusters; or nil, message, code.
local function rows_of(named, constraints, where)
  local rows, n = {}, nil
  for _, name in ipairs { "satisfaction", "competition", "loyal", "trials", "weights" } do
    local value = rawget(named, name)
    if name == "competition" and rawget(named, "segment") ~= nil then
      local message, code
      value, message, code = by_segment(named.segment, value, where)
      if value == nil then return nil, message, code end
    elseif value == nil and (name == "satisfaction" or name == "competition" or name == "loyal") then
      error(("%s: %s is missing"):format(where, name), 3)
    end
    local kind = type(value)
    if kind == "table" or kind == "userdata" then
      n = n or #value
    elseif value ~= nil and kind ~= "number" then
      error(("%s: %s must be a number, a vec or a table of numbers, not %s"):format(where, name, kind), 3)
    end
    rows[name] = value
  end
  n = n or 1
  for name, value in pairs(rows) do rows[name] = formulas.column(value, n) end
  if #constraints > 0 then
    rows.constraints = formulas.constraints(constraints, constraints, n, "constraints", where, 4)
  end
  rows.n = n
  return rows
end

local function estimate(value, std_error, lower, upper)
  return { value = value, std_error = std_error, lower = lower, upper = upper }
end

--- Store what a fit found.
local function keep(self, record, status)
  local count = math.tointeger(record[1])
  local list = parameters(count)
  local n <const> = #list
  local found = {}
  for i, name in ipairs(SCALARS) do found[name] = record[FIRST_SCALAR + i] end
  self.record = record
  self.params_, self.std_errors_, self.covariance_ = {}, {}, {}
  for i, name in ipairs(list) do
    self.params_[name] = record[1 + i]
    self.std_errors_[name] = record[FIRST_ERROR + i]
    local first <const> = FIRST_COVARIANCE + (i - 1) * n
    self.covariance_[i] = record:totable(first + 1, first + n)
  end
  for _, name in ipairs(MEASURES) do self[name .. "_"] = found[name] end
  for _, name in ipairs { "rows", "skipped", "cells", "clusters" } do
    self["n_" .. name .. "_"] = math.tointeger(found[name])
  end
  self.n_trials_, self.n_iter_ = found.trials, math.tointeger(found.iterations)
  self.converged_ = found.converged ~= 0
  self.fixed_ = names_of(math.tointeger(found.fixed), list)
  self.at_bound_ = names_of(math.tointeger(found.at_bound), list)
  self.status_ = status
  return self
end

local function not_fitted() return nil, "this curve is not fitted: call fit", "ERR_STATE" end

--- Add the methods to the class; new(alpha, beta, gamma, a, delta, b) makes a curve.
return function(Curve, new)
  --- fitted, status = curve:fit{satisfaction = , competition = , loyal = , trials = nil, constraints = nil, weights = nil,
  -- clusters = nil, segment = nil, fixed = {"delta"}, covariance = "binomial", ridge = 0, max_iter = 200,
  -- warm_start = false}: a new curve with the parameters that are most likely given the answers (or, with covariance =
  -- "nls", of least squares). The curve itself stays as it is; parameters named in `fixed` ("b" for all constraints) keep
  -- its values, and with warm_start the others begin there.
  --
  -- Columns are vecs or tables; a number is repeated. loyal counts the loyal ones among `trials`; without trials it is yes
  -- or no (1 or 0), or a fraction. With segment, a column of names, competition is a table of market shares by name.
  -- constraints is a column or a list of columns. covariance is what standard errors assume: "binomial" answers; "quasi":
  -- scatter estimated; "robust" to dependence within `clusters` (integers); "nls".
  --
  -- The new curve has params_, std_errors_, covariance_ (a table of rows), log_likelihood_, deviance_, pearson_, squares_,
  -- dispersion_, aic_, bic_, df_, n_rows_, n_skipped_, n_cells_, n_clusters_, n_trials_, n_iter_, condition_, converged_,
  -- fixed_, at_bound_ and status_: "OK", or the name of a notice, with the last iterate all the same.
  function Curve:fit(named)
    arguments.check(named, FIT_NAMES, "fit")
    local covariance = arguments.choice(arguments.optional(named, "covariance", "binomial"), COVARIANCES, "covariance",
      "fit")
    local constraints = constraint_list(rawget(named, "constraints"))
    local bits = bits_of(arguments.optional(named, "fixed", { "delta" }), parameters(#constraints), "fit")
    local rows, message, code = rows_of(named, constraints, "fit")
    if rows == nil then return nil, message, code end
    if #self.b ~= 0 and #self.b ~= #constraints then
      return nil, ("b: has %d elements, but there are %d constraints"):format(#self.b, #constraints), "ERR_ARGUMENT"
    end
    local start = { self.alpha, self.beta, self.gamma, self.a, self.delta }
    for j = 1, #self.b do start[#NAMES + j] = self.b[j] end
    local clusters = rawget(named, "clusters")
    if type(clusters) == "userdata" then clusters = core.ivec(clusters) end
    local record = core.vec(core.curve_fit_record())
    local status
    status, message, code = arguments.blame(BLAME, core.curve_fit(rows.satisfaction, rows.competition, rows.constraints,
      #constraints, rows.trials, rows.loyal, rows.weights, clusters, start,
      arguments.optional(named, "warm_start", false), bits, covariance, arguments.optional(named, "ridge", 0),
      arguments.optional(named, "max_iter", 200), record))
    if status == nil then return nil, message, code end
    local b = {}
    for j = 1, #constraints do b[j] = record[1 + #NAMES + j] end
    return keep(new(record[2], record[3], record[4], record[5], record[6], core.vec(b)), record, status), status
  end

  --- fitted:summary(level): estimate, std_error and the confidence interval (lower, upper) of each parameter that was not
  -- fixed, by name; level is 0.95 unless given. With Student's t where df_ is finite; that of beta is symmetric for its
  -- logarithm, the others may reach beyond a bound.
  function Curve:summary(level)
    if not self.record then return not_fitted() end
    local list, rows, skip = parameters(#self.b), {}, {}
    local lower, upper = core.vec(#list), core.vec(#list)
    local status, message, code = core.curve_fit_confidence(self.record, level or 0.95, lower, upper)
    if status == nil then return nil, message, code end
    for _, name in ipairs(self.fixed_) do skip[name] = true end
    for p, name in ipairs(list) do
      if not skip[name] then
        rows[name] = {
          estimate = self.params_[name], std_error = self.std_errors_[name], lower = lower[p], upper = upper[p],
        }
      end
    end
    return rows
  end

  --- answer, status = fitted:predict(s, c, constraints, level): loyalty with its uncertainty. For numbers a table of value,
  -- std_error, lower and upper; for columns (as in loyalty) a table of the vecs loyalty, std_error, lower and upper. The
  -- interval, of 0.95 unless level says otherwise, is for the share, not for one customer's answer. Where the fit has no
  -- covariance "NOTICE_WEAK_ID", and NaN but for the value.
  function Curve:predict(s, c, constraints, level)
    if not self.record then return not_fitted() end
    for name, value in pairs { s = s or false, c = c or false } do
      if type(value) ~= "number" and type(value) ~= "table" and type(value) ~= "userdata" then
        error(("predict: %s must be a number, a vec or a table of numbers, not %s"):format(name,
          value and type(value) or "nil"), 2)
      end
    end
    if type(s) == "number" and type(c) == "number" then
      local status, value, std_error, lower, upper = arguments.blame(POINT_BLAME,
        core.curve_fit_predict_at(self.record, s, c, constraints, level or 0.95))
      if status == nil then return nil, value, std_error end
      return estimate(value, std_error, lower, upper), status
    end
    local n = type(s) == "number" and #c or #s
    local loyalty, std_error, lower, upper = core.vec(n), core.vec(n), core.vec(n), core.vec(n)
    local k = formulas.constraints(constraints, self.b, n, "constraints", "predict", 3)
    local status, message, code = arguments.blame(POINT_BLAME, core.curve_fit_predict(self.record,
      formulas.column(s, n), formulas.column(c, n), k, level or 0.95, loyalty, std_error, lower, upper, false))
    if status == nil then return nil, message, code end
    return { loyalty = loyalty, std_error = std_error, lower = lower, upper = upper }, status
  end

  --- answer, status = fitted:required_satisfaction_interval(loyalty, c, constraints, level): the satisfaction needed for a
  -- loyalty, as a table of value, std_error, lower and upper. "NOTICE_NOT_NEEDED" when captivity alone gives it.
  function Curve:required_satisfaction_interval(loyalty, c, constraints, level)
    if not self.record then return not_fitted() end
    local status, s, std_error, lower, upper = arguments.blame(POINT_BLAME,
      core.curve_fit_required(self.record, loyalty, c, constraints, level or 0.95))
    if status == nil then return nil, s, std_error end
    return estimate(s, std_error, lower, upper), status
  end

  --- list, status = fitted:threshold_intervals(c, tau, level): the thresholds of `thresholds` with their uncertainty, each a
  -- table of value, std_error, lower and upper.
  function Curve:threshold_intervals(c, tau, level)
    if not self.record then return not_fitted() end
    local found = table.pack(core.curve_fit_thresholds(self.record, c, tau or 1, level or 0.95))
    if found[1] == nil then return nil, found[2], found[3] end
    local list = {}
    for i = 1, found[2] do list[i] = estimate(table.unpack(found, 4 * i - 1, 4 * i + 2)) end
    return list, found[1]
  end

  --- full:likelihood_ratio_test(restricted): {statistic = , p_value = , df = , boundary = } against a fit of the same rows
  -- in which more parameters are fixed; `boundary` of the df restrictions lie at the edge of a range, which makes the
  -- statistic a mixture of chi-squared ones (Self and Liang 1987).
  function Curve:likelihood_ratio_test(restricted)
    if not self.record then return not_fitted() end
    if type(restricted) ~= "table" or restricted.likelihood_ratio_test ~= self.likelihood_ratio_test then
      error("likelihood_ratio_test: restricted must be a fitted curve", 2)
    end
    if not restricted.record then return not_fitted() end
    local statistic, p_value, df, boundary = core.curve_fit_likelihood_ratio(self.record, restricted.record)
    if statistic == nil then return nil, p_value, df end
    return {
      statistic = statistic, p_value = p_value, df = math.tointeger(df), boundary = math.tointeger(boundary),
    }
  end

  --- curve:total_log_likelihood{satisfaction = , competition = , loyal = , trials = nil, constraints = nil, weights = nil,
  -- segment = nil}: a table of value, the log-likelihood of the answers under the parameters of the curve (without binomial
  -- coefficients; -inf where a loyalty of 0 or 1 contradicts an answer), score, its derivatives by name, and information,
  -- the expected one, as a table of rows.
  function Curve:total_log_likelihood(named)
    arguments.check(named, ROW_NAMES, "total_log_likelihood")
    local constraints = constraint_list(rawget(named, "constraints"))
    local rows, refusal, reason = rows_of(named, constraints, "total_log_likelihood")
    if rows == nil then return nil, refusal, reason end
    local list = parameters(#self.b)
    local score, information = core.vec(#list), core.vec(#list * #list)
    local value, message, code = arguments.blame(BLAME, core.curve_log_likelihood(self.alpha, self.beta, self.gamma,
      self.a, self.delta, self.b, rows.satisfaction, rows.competition, rows.constraints, rows.trials, rows.loyal,
      rows.weights, score, information))
    if value == nil then return nil, message, code end
    local found = { value = value, score = {}, information = {} }
    for p, name in ipairs(list) do
      found.score[name] = score[p]
      found.information[p] = information:totable((p - 1) * #list + 1, p * #list)
    end
    return found
  end

  --- fit, status = fitted:goodness_of_fit{satisfaction = , competition = , loyal = , trials = nil, constraints = nil,
  -- weights = nil, segment = nil}: pearson and deviance summed over the cells (distinct rows), their df and chi-squared
  -- p-values p_pearson and p_deviance, and cells, a table of the vecs satisfaction, competition, trials, loyal, expected,
  -- pearson and deviance (residuals). "NOTICE_NONE" when there are no more cells than free parameters.
  function Curve:goodness_of_fit(named)
    if not self.record then return not_fitted() end
    arguments.check(named, ROW_NAMES, "goodness_of_fit")
    local constraints = constraint_list(rawget(named, "constraints"))
    if #constraints ~= #self.b then
      return nil, ("constraints: must be the %d columns that were fitted"):format(#self.b), "ERR_ARGUMENT"
    end
    local rows, refusal, reason = rows_of(named, constraints, "goodness_of_fit")
    if rows == nil then return nil, refusal, reason end
    local names <const> = { "trials", "loyal", "expected", "pearson", "deviance" }
    local row, out = core.ivec(rows.n), {}
    for i = 1, #names do out[i] = core.vec(rows.n) end
    local status, cells, pearson, deviance, df, p_pearson, p_deviance = arguments.blame(BLAME,
      core.curve_fit_goodness(self.record, rows.satisfaction, rows.competition, rows.constraints, rows.trials, rows.loyal,
        rows.weights, row, table.unpack(out)))
    if status == nil then return nil, cells, pearson end
    local list = { satisfaction = core.vec(cells), competition = core.vec(cells) }
    for i = 1, cells do
      list.satisfaction[i] = rows.satisfaction[row[i] + 1]
      list.competition[i] = rows.competition[row[i] + 1]
    end
    for i, name in ipairs(names) do list[name] = out[i]:copy(1, cells) end
    return {
      pearson = pearson, deviance = deviance, df = math.tointeger(df), p_pearson = p_pearson, p_deviance = p_deviance,
      cells = list,
    }, status
  end
end
