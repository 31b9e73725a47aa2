-- response: other families beside the curve, their fit, and the comparison.

local loyalty = require "loyalty"
local response = loyalty.response

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 1e-11) * math.max(1, math.abs(expected)),
    ("%.17g is not near %.17g"):format(actual, expected))
end

local s, c = {}, {}
local y = { 218, 294, 341, 367, 381, 112, 177, 253, 322, 371, 41, 74, 134, 225, 340, 10, 22, 47, 105, 259 }
for i = 0, 19 do s[i + 1], c[i + 1] = ({ .1, .3, .5, .7, .9 })[i % 5 + 1], ({ .2, .5, .8, .95 })[i // 5 + 1] end
local data = { satisfaction = s, competition = c, loyal = y, trials = 400 }
local function with(more)
  local all = {}
  for name, value in pairs(data) do all[name] = value end
  for name, value in pairs(more) do all[name] = value end
  return all
end

describe("family", function()
  it("has curves by name", function()
    assert.equal("piecewise", response.families[3])
    local power = assert(response.family { params = { floor = .2, top = .9, competition = -.8, exponent = 1.7 } })
    near(.37019660963503306667, power:loyalty(.65, .7), 1e-14)
    near(.37019660963503306667, power:loyalty({ .65, .5 }, .7)[1], 1e-14)
    assert.equal(.2, power:loyalty(loyalty.vec { 0 }, { .5 })[1])
    assert.equal(.2, power.params_.floor)
    local _, message, code = response.family { params = { floor = 2 } }
    assert.equal("floor: must be from 0 to 1", message)
    assert.equal("ERR_DOMAIN", code)
    _, message = power:loyalty({ .5, 2 }, .5)
    assert.equal("s[2]: must be from 0 to 1", message)
    assert.error_matches(function() response.family { family = "cubic" } end, "family must be one of 'exponential'")
    assert.error_matches(function() response.family { params = { slope = 1 } } end, "power has no parameter 'slope'")
  end)

  it("fits as other programs do", function()
    local fit, status = assert(response.family { family = "logit_linear" }):fit(data)
    assert.equal("OK", status)
    near(-1.60425195686755656, fit.params_.intercept, 1e-9) -- statsmodels
    near(4.55344090779787469, fit.params_.slope, 1e-9)
    near(.0212842596771850680, fit.std_errors_.competition, 1e-9)
    near(fit.std_errors_.slope ^ 2, fit.covariance_[2][2])
    near(71.6567779713449607, fit.deviance_)
    assert.equal(3, fit.n_params_)
    local slope = fit:summary().slope
    assert.equal(fit.params_.slope, slope.estimate)
    near(1.959963984540054 * slope.std_error, slope.upper - slope.estimate)
    assert.equal("OK", fit.status_)
    local quasi = assert(response.family { family = "logit_linear" }):fit(with { covariance = "quasi" })
    slope = quasi:summary().slope
    near(2.109815577833318, (slope.upper - slope.estimate) / slope.std_error) -- SciPy: t.ppf(.975, 17)
    near(71.6567779713449607, response.held_out_deviance(with { model = fit }), 1e-10)
  end)

  it("finds thresholds by profile", function()
    local fit, status = assert(response.family { family = "piecewise" }):fit(data)
    assert.equal("NOTICE_AT_BOUND", status)
    assert.same({ "top" }, fit.at_bound_)
    assert.same({ "first", "second" }, fit.profiled_)
    assert.equal(.7, fit.params_.second)
    assert.is_true(fit.std_errors_.second ~= fit.std_errors_.second)
    local plain = response.family { family = "piecewise" }:fit(with { fixed = { "competition" } })
    assert.same({ "competition" }, plain.fixed_)
    assert.is_nil(plain:summary().competition)
    assert.is_table(plain:summary().second)
  end)

  it("answers with errors", function()
    local fit = response.family {}
    assert.equal("ERR_STATE", (select(3, fit:summary())))
    local _, message, code = fit:fit(with { satisfaction = { .5, 2 }, competition = .5, loyal = { 0, 1 }, trials = 1 })
    assert.equal("satisfaction[2]: must be from 0 to 1", message)
    assert.equal("ERR_DOMAIN", code)
    assert.error_matches(function() fit:fit(with { fixed = { "slope" } }) end, "power has no parameter 'slope'")
    assert.error_matches(function() fit:fit { satisfaction = s } end, "fit: competition is missing")
    assert.error_matches(function() fit:fit(with { covariance = "none" }) end, "covariance must be one of")
  end)
end)

describe("comparison", function()
  it("sets the curve beside the families", function()
    local list = assert(response.compare_curves(data))
    assert.equal(5, #list)
    assert.equal("loyalty_curve", list[1].model)
    near(-3741.1984542541534, list[1].log_likelihood)
    near(-3748.067752506338087, list[2].log_likelihood)
    assert.equal("NOTICE_AT_BOUND", list[2].status)
    assert.equal(7, list[5].parameters)
    assert.is_true(list[1].held_out_deviance ~= list[1].held_out_deviance)
  end)

  it("holds rows out", function()
    local test, market = {}, {}
    for i = 1, 20 do test[i], market[i] = c[i] == .8, (i - 1) // 5 end
    local curve = assert(response.curve { a = 0 })
    local list = assert(response.compare_curves(with {
      test = test, families = { "logit_linear" }, curve = curve, fixed = { "a", "delta" } }))
    assert.equal(2, #list)
    near(19.257039613210374, list[1].held_out_deviance, 1e-8) -- statsmodels
    near(20.5848275476564, list[2].held_out_deviance, 1e-8)
    local one = response.compare_curves(with { folds = 5, seed = 1, families = {} })
    local two = response.compare_curves(with { folds = 5, seed = 1, families = {} })
    assert.equal(one[1].held_out_deviance, two[1].held_out_deviance)
    assert.is_table(response.compare_curves(with { folds = 3, clusters = market, families = {} }))
    local markets = response.compare_curves(with { folds = market, families = { "logit_linear" }, curve = curve,
      fixed = { "a", "delta" } })
    near(103.07080130892618, markets[1].held_out_deviance, 1e-8)
    near(103.92140526475968, markets[2].held_out_deviance, 1e-8)
    near(419.29890440855081692, response.held_out_deviance(with { model = response.curve {} }))
  end)

  it("gives constraints to the curve", function()
    local k = loyalty.vec(20, 1)
    local list = assert(response.compare_curves(with { constraints = { k }, fixed = { "a", "delta" }, families = {},
      curve = response.curve { a = 0, b = { 0 } } }))
    assert.equal(4, list[1].parameters)
    local held = response.compare_curves(with { constraints = { k }, fixed = { "a", "delta", "b" }, families = {},
      curve = response.curve { a = 0, b = { 0 } } })
    assert.equal(3, held[1].parameters)
    near(-3763.3104304427791, held[1].log_likelihood) -- plain logistic regression
  end)

  it("answers with errors", function()
    local _, message = response.compare_curves(with { folds = 1 })
    assert.equal("folds: must be from 2 to 1000", message)
    _, message = response.compare_curves(with { loyal = 0 })
    assert.matches("^loyal: must not be all zero", message)
    assert.error_matches(function() response.compare_curves(with { folds = 2, test = {} }) end, "not be given together")
    assert.error_matches(function() response.compare_curves(with { fixed = { "d" } }) end, "no parameter 'd'")
    assert.error_matches(function() response.compare_curves(with { folds = { 1, 2 } }) end, "as long as the other")
    assert.error_matches(function() response.compare_curves(with { fold = 3 }) end, "there is no argument 'fold'")
  end)
end)
