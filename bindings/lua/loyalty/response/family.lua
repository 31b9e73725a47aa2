--- Other curves from satisfaction to loyalty, and whether L = f(C, S) earns its place beside them.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local formulas = require "loyalty.formulas"

local family = {}

-- Families and their parameters by number, counted from 0 as in the core.
local NUMBERS <const>, PARAMS <const> = {}, {}
--- The families' names: family.families[0] ...
family.families = {}
for number = 0, 3 do
  family.families[number] = core.family_name(number)
  NUMBERS[core.family_name(number)] = number
  PARAMS[number] = {}
  for p = 0, core.family_params(number) - 1 do PARAMS[number][p] = core.family_param_name(number, p) end
end

local COVARIANCES <const> = { binomial = 0, quasi = 1, robust = 2, nls = 3 }
local CURVE_BITS <const> = { alpha = 1, beta = 2, gamma = 4, a = 8, delta = 16 }
local SCALARS <const> = {
  "log_likelihood", "deviance", "pearson", "squares", "dispersion", "aic", "bic", "df", "n_rows", "n_skipped",
  "n_cells", "n_clusters", "n_trials", "loyal", "n_params", "fixed", "at_bound", "covariance_kind", "converged",
  "separated", "weak", "condition", "last_step", "largest_score", "n_iter", "evaluations", "profiled",
}
local MOST <const> = 7 -- parameters
local BLAME <const> = {
  s = "satisfaction", c = "competition", weight = "weights", cluster = "clusters", constraint = "constraints",
  most_iterations = "max_iter", fold = "folds",
}

local Family, family_metatable = arguments.class("loyalty.response.family")
local FAMILY_NAMES <const> = { family = true, params = true }
local FIT_NAMES <const> = {
  satisfaction = true, competition = true, loyal = true, trials = true, weights = true, clusters = true, fixed = true,
  covariance = true, max_iter = true, warm_start = true,
}

local function find(list, name)
  for p = 0, #list do
    if list[p] == name then return p end
  end
end

--- family{family = "power", params = {exponent = 2}}: a curve beside L = f(C, S): "power", "exponential",
-- "logit_linear" or "piecewise". Parameters that are not given have their defaults. `family.params_` holds the values in
-- use, by name: after a fit those that it found.
function family.family(named)
  named = arguments.check(named or {}, FAMILY_NAMES, "family")
  local number = arguments.choice(arguments.optional(named, "family", "power"), NUMBERS, "family", "family")
  local names, start = PARAMS[number], core.vec(#PARAMS[number] + 1)
  core.family_defaults(number, start)
  for name, value in pairs(arguments.optional(named, "params", {})) do
    local p = find(names, name)
    if not p then error(("family: %s has no parameter '%s'"):format(family.families[number], tostring(name)), 2) end
    start[p + 1] = value
  end
  -- A bad parameter is found now, not at the first question.
  local ok, message, code = core.family_value(number, start, 0.5, 0.5)
  if ok == nil then return nil, message, code end
  local self = { family = family.families[number], number = number, start = start, param = start, params_ = {} }
  for p = 0, #names do self.params_[names[p]] = start[p + 1] end
  return setmetatable(self, family_metatable)
end

--- family:loyalty(s, c): L in [0, 1]. Where s is a vec or a table the answer is a vec; c is then a number or as long.
function Family:loyalty(s, c)
  if type(s) == "number" and type(c) == "number" then return core.family_value(self.number, self.param, s, c) end
  local n = type(s) == "number" and #c or #s
  local out = core.vec(n)
  local ok, message, code = core.family_values(self.number, self.param, formulas.column(s, n), formulas.column(c, n), out,
    false)
  if ok == nil then return nil, message, code end
  return out
end

--- A column of the length of s, or nil.
local function optional_column(named, name, n)
  local value = rawget(named, name)
  return value ~= nil and formulas.column(value, n) or nil
end

--- Satisfaction, competition, loyal answers, trials and weights as columns.
local function rows(named, where)
  local s = formulas.column(arguments.need(named, "satisfaction", where), 1)
  local n = #s
  return s, formulas.column(arguments.need(named, "competition", where), n),
    formulas.column(arguments.need(named, "loyal", where), n), optional_column(named, "trials", n),
    optional_column(named, "weights", n)
end

--- Whole numbers as a column, or nil.
local function codes(named, name)
  local value = rawget(named, name)
  return type(value) == "table" and core.ivec(value) or value
end

--- The names of the parameters whose bits are set.
local function of_bits(names, bits)
  local list = {}
  for p = 0, #names do
    if math.tointeger(bits) >> p & 1 == 1 then list[#list + 1] = names[p] end
  end
  return list
end

--- family:fit{satisfaction =, competition =, loyal =, trials =, weights =, clusters =, fixed = {}, covariance =
-- "binomial", max_iter = 200, warm_start = false}: estimate the parameters. Returns the object and the status; it then
-- has, named as in Python, params_ and std_errors_ by name, covariance_ (a table of rows), log_likelihood_, deviance_,
-- pearson_, aic_, bic_, df_, n_params_, n_rows_, condition_, converged_, status_, and the lists fixed_, profiled_ and
-- at_bound_. fixed = {"competition"} gives the textbook form.
function Family:fit(named)
  named = arguments.check(named, FIT_NAMES, "fit")
  local names = PARAMS[self.number]
  local s, c, loyal, trials, weights = rows(named, "fit")
  local fixed, record = 0, core.vec(core.family_fit_record())
  for _, name in ipairs(arguments.optional(named, "fixed", {})) do
    local p = find(names, name)
    if not p then error(("fit: %s has no parameter '%s'"):format(self.family, tostring(name)), 2) end
    fixed = fixed | 1 << p
  end
  local covariance = arguments.choice(arguments.optional(named, "covariance", "binomial"), COVARIANCES, "covariance", "fit")
  local status, message, code = core.family_fit(self.number, s, c, trials, loyal, weights, codes(named, "clusters"),
    self.start, arguments.optional(named, "warm_start", false), fixed, covariance,
    arguments.optional(named, "max_iter", 200), record)
  if status == nil then return arguments.blame(BLAME, nil, message, code) end
  for i, name in ipairs(SCALARS) do self[name .. "_"] = record[MOST + i] end
  self.param, self.params_, self.std_errors_, self.covariance_ = core.vec(#names + 1), {}, {}, {}
  local errors, n = MOST + #SCALARS, #names + 1
  for p = 0, #names do
    self.param[p + 1] = record[p + 1]
    self.params_[names[p]] = record[p + 1]
    self.std_errors_[names[p]] = record[errors + p + 1]
    local row = {}
    for q = 1, n do row[q] = record[errors + MOST + p * n + q] end
    self.covariance_[p + 1] = row
  end
  self.converged_ = self.converged_ ~= 0
  self.fixed_, self.profiled_ = of_bits(names, self.fixed_), of_bits(names, self.profiled_)
  self.at_bound_, self.status_ = of_bits(names, self.at_bound_), status
  return self, status
end

--- family:summary(): of a fitted family, estimate, std_error and 95 % confidence interval (lower, upper) of each
-- parameter by name, fixed ones left out; that of the exponent is symmetric for its logarithm.
function Family:summary()
  if not self.status_ then return nil, "family: is not fitted: call fit", "ERR_STATE" end
  local rows_, held = {}, {}
  local lower, upper = core.vec(1), core.vec(1)
  for _, name in ipairs(self.fixed_) do held[name] = true end
  for name, value in pairs(self.params_) do
    if not held[name] then
      local error_ = self.std_errors_[name]
      local scale = name == "exponent" and 1 or 0 -- symmetric on the logarithm, or plain
      core.scaled_intervals(core.vec { value }, core.vec { error_ }, .95, self.df_, scale, lower, upper)
      rows_[name] = { estimate = value, std_error = error_, lower = lower[1], upper = upper[1] }
    end
  end
  return rows_
end

-- ---- comparison ----

--- Constraints as one column after the other, and how many.
local function constraint_columns(named, n, where)
  local given = arguments.optional(named, "constraints", {})
  if #given == 0 then return nil, 0 end
  return formulas.constraints(given, given, n, "constraints", where, 4), #given
end

local DEVIANCE_NAMES <const> = {
  model = true, satisfaction = true, competition = true, loyal = true, trials = true, weights = true,
  constraints = true,
}

--- held_out_deviance{model =, satisfaction =, competition =, loyal =, trials =, weights =, constraints =}: the deviance
-- of rows under a family or a curve whose parameters come from others.
function family.held_out_deviance(named)
  named = arguments.check(named, DEVIANCE_NAMES, "held_out_deviance")
  local model = arguments.need(named, "model", "held_out_deviance")
  local s, c, loyal, trials, weights = rows(named, "held_out_deviance")
  if model.number then
    return arguments.blame(BLAME, core.compare_deviance_family(model.number, model.param, s, c, trials, loyal, weights))
  end
  return arguments.blame(BLAME, core.compare_deviance_curve(model.alpha, model.beta, model.gamma, model.a, model.delta,
    model.b, s, c, (constraint_columns(named, #s, "held_out_deviance")), trials, loyal, weights))
end

--- Which rows are held out together; -1 for those that never are.
local function fold_column(named, n)
  local test, folds = rawget(named, "test"), rawget(named, "folds")
  if test ~= nil and folds ~= nil then error("compare_curves: test must not be given together with folds", 3) end
  if test == nil and folds == nil then return nil end
  local fold = core.ivec(n)
  if type(folds) == "table" or type(folds) == "userdata" then
    local known, count = {}, 0
    for i = 1, n do
      local value = folds[i]
      if value == nil then error("compare_curves: folds must be as long as the other columns", 3) end
      if not known[value] then known[value], count = count, count + 1 end
      fold[i] = known[value]
    end
    return fold
  elseif folds ~= nil then
    local ok, message, code = core.compare_folds(folds, arguments.optional(named, "seed", 0), codes(named, "clusters"),
      fold)
    if ok == nil then return nil, message, code end
    return fold
  end
  for i = 1, n do fold[i] = (test[i] == true or test[i] == 1) and 0 or -1 end
  return fold
end

local COMPARE_NAMES <const> = {
  satisfaction = true, competition = true, loyal = true, trials = true, weights = true, clusters = true,
  constraints = true, curve = true, fixed = true, ridge = true, families = true, plain = true, test = true,
  folds = true, seed = true,
}

--- The bits of the curve's fixed parameters; "b" stands for all constraints.
local function curve_bits(fixed, constraints)
  local bits = 0
  for _, name in ipairs(fixed) do
    if name == "b" then
      bits = bits | ((1 << constraints) - 1) << 5
    elseif CURVE_BITS[name] then
      bits = bits | CURVE_BITS[name]
    else
      error(("compare_curves: the curve has no parameter '%s'"):format(tostring(name)), 3)
    end
  end
  return bits
end

--- compare_curves{satisfaction =, competition =, loyal =, trials =, weights =, constraints =, curve =, fixed = {"delta"},
-- ridge = 0, families =, plain = false, test =, folds =, seed = 0, clusters =}: L = f(C, S) and the families, fitted to
-- the same rows: a list of {model =, parameters =, log_likelihood =, aic =, bic =, deviance =, held_out_deviance =,
-- status =}, the curve ("loyalty_curve") first. Constraints go to it alone. `test` is a list, true for the rows that are
-- held out. `folds` holds out each of so many random parts in turn, where rows of one cluster stay together; or, as a
-- list, the rows with each of its values, such as the market.
function family.compare_curves(named)
  named = arguments.check(named, COMPARE_NAMES, "compare_curves")
  local s, c, loyal, trials, weights = rows(named, "compare_curves")
  local constraint, constraints = constraint_columns(named, #s, "compare_curves")
  local curve, families = rawget(named, "curve"), 15
  local start = { 0, 1, 1, 0.5, 0 }
  if curve then start = { curve.alpha, curve.beta, curve.gamma, curve.a, curve.delta, table.unpack(curve.b:totable()) } end
  if rawget(named, "families") then
    families = 0
    for _, name in ipairs(named.families) do
      families = families | 1 << arguments.choice(name, NUMBERS, "families", "compare_curves")
    end
  end
  local fold, message, code = fold_column(named, #s)
  if message then return arguments.blame(BLAME, nil, message, code) end
  local line = core.vec(8 * 5)
  local count
  count, message, code = core.compare_curves(s, c, constraint, constraints, trials, loyal, weights, fold, core.vec(start),
    curve_bits(arguments.optional(named, "fixed", { "delta" }), constraints), arguments.optional(named, "ridge", 0),
    families, arguments.optional(named, "plain", false), line)
  if count == nil then return arguments.blame(BLAME, nil, message, code) end
  local list = {}
  for i = 0, count - 1 do
    list[i + 1] = {
      model = line[8 * i + 1] < 0 and "loyalty_curve" or family.families[math.tointeger(line[8 * i + 1])],
      parameters = math.tointeger(line[8 * i + 2]), log_likelihood = line[8 * i + 3], aic = line[8 * i + 4],
      bic = line[8 * i + 5], deviance = line[8 * i + 6], held_out_deviance = line[8 * i + 7],
      status = core.status_name(math.tointeger(line[8 * i + 8])),
    }
  end
  return list
end

return family
