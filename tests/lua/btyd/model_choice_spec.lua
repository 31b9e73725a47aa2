-- Several models of the same customers, and the test of counts.

local btyd = require("loyalty").btyd

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 1e-12) * math.abs(expected),
    ("%.17g is not near %.17g"):format(actual, expected))
end

describe("compare_models", function()
  local data = assert(btyd.bgnbd { r = .7, alpha = 4.4, a = .8, b = 2.4 }):simulate { n = 400, T = 39, seed = 3 }

  it("fits each model as it is fitted alone", function()
    local list = assert(btyd.compare_models(data))
    assert.equal(5, #list)
    local weight = 0
    for i, name in ipairs { "nbd", "pnbd", "ggomnbd", "bgnbd", "mbgnbd" } do
      assert.equal(name, list[i].model)
      assert.equal(btyd.model_assumption(name), list[i].assumption)
      assert.equal(list[i].fit.aic_, list[i].aic)
      near(2 * list[i].parameters - 2 * list[i].log_likelihood, list[i].aic, 1e-15)
      weight = weight + list[i].aic_weight
    end
    near(1, weight)
    near(math.exp((list[4].aic - list[5].aic) / 2), list[5].aic_weight / list[4].aic_weight)
    local alone = assert(btyd.bgnbd.fit(data))
    assert.same(alone.params_, list[4].fit.params_)
    assert.same(alone.covariance_, list[4].fit.covariance_)
    assert.equal("nbd", list[4].contains)
    assert.is_nil(list[1].contains)
    assert.equal(alone:likelihood_ratio_test(list[1].fit).p_value, list[4].p_value)
    assert.equal("bgnbd", list.best_aic)
    assert.is_nil(list.best_score)
    assert.is_true(list[1].log_score ~= list[1].log_score)
    assert.equal("", list[4].notice)
  end)

  it("chooses k where there are gaps", function()
    local truth = assert(btyd.mbgcnbd { r = .9, alpha = 1, a = .9, b = 2.5, k = 3 })
    local regular = truth:simulate { n = 400, T = 39, seed = 5 }
    local list = assert(btyd.compare_models(regular))
    assert.equal(7, #list)
    assert.same({ "bgcnbd", "mbgcnbd" }, { list[6].model, list[7].model })
    assert.equal("mbgcnbd", list.best_aic)
    local alone = assert(btyd.mbgcnbd.fit(regular))
    assert.same(alone.params_, list[7].fit.params_)
    assert.same(alone.covariance_, list[7].fit.covariance_)
    assert.equal(3, list[7].fit.params_.k)
    assert.equal(5, list[7].parameters)
    assert.equal(alone.aic_, list[7].aic)
    assert.is_nil(list[7].contains)
    assert.is_true(list[7].p_value ~= list[7].p_value)
    regular.models = { "mbgnbd", "mbgcnbd" }
    assert.equal(list[7].aic, assert(btyd.compare_models(regular))[2].aic)
    regular.litt[1] = 1e9
    local _, message = btyd.compare_models(regular)
    assert.matches("^litt%[1%]: ", message)
    regular.litt = nil
    _, message = btyd.compare_models(regular)
    assert.matches("^litt: must not be", message)
    regular.models = { "nbd", "bgbb" }
    _, message = btyd.compare_models(regular)
    assert.matches("^models%[2%]: must be bgnbd, mbgnbd, bgcnbd", message)
  end)

  it("scores a holdout", function()
    data.test_frequency, data.test_T = {}, 10
    for i = 1, 400 do data.test_frequency[i] = i % 2 end
    data.models, data.time_unit = { "mbgnbd", "bgnbd" }, "W"
    local list = assert(btyd.compare_models(data))
    local found = list[2].fit:holdout {
      frequency = data.frequency, recency = data.recency, T = data.T, test_frequency = data.test_frequency,
      future_t = 10 }
    assert.equal(found.log_score, list[2].log_score)
    assert.equal(found.bias, list[2].bias)
    assert.equal("W", list[2].fit.time_unit)
    assert.equal(list[1].log_score < list[2].log_score and "mbgnbd" or "bgnbd", list.best_score)
    data.test_frequency, data.test_T, data.models, data.time_unit = nil, nil, nil, nil
  end)

  it("keeps the place of a model that cannot be fitted", function()
    local none = { frequency = { 0, 0, 0 }, recency = { 0, 0, 0 }, T = { 9, 9, 9 }, models = { "bgnbd", "nbd" } }
    local list = assert(btyd.compare_models(none))
    assert.same({ "ERR_TOO_FEW", "NOTICE_AT_BOUND", "NOTICE_NOT_CONVERGED" },
      { list[1].status, list[2].status, list.status })
    assert.matches("^frequency: must have a repeat purchase", list[1].notice)
    assert.matches("^alpha: ", list[2].notice)
    assert.is_nil(list[1].fit)
    assert.equal("nbd", list.best_aic)
    none.models = { "bgnbd" }
    local value, message, code = btyd.compare_models(none)
    assert.is_nil(value)
    assert.matches("^frequency: ", message)
    assert.equal("ERR_TOO_FEW", code)
  end)

  it("says what is wrong", function()
    local _, message, code = btyd.compare_models {
      frequency = { 1, .5 }, recency = { 1, 1 }, T = { 2, 2 }, models = { "nbd" } }
    assert.matches("^frequency%[2%]: ", message)
    assert.equal("ERR_DOMAIN", code)
    message = select(2, btyd.compare_models { frequency = { 1 }, recency = { 1 }, T = { 2 }, models = { "nbd", "nbd" } })
    assert.matches("^models%[2%]: must not be there twice", message)
    assert.error_matches(function() btyd.compare_models { frequency = {}, models = { "nothing" } } end, "is no model")
    assert.error_matches(function() btyd.compare_models { frequency = {}, models = "nbd" } end, "table of names")
    assert.error_matches(function() btyd.compare_models { recency = {} } end, "frequency is missing")
    assert.is_nil(btyd.model_assumption "nothing")
    data.progress = function() return false end
    assert.equal("ERR_CANCELED", select(3, btyd.compare_models(data)))
    data.progress = nil
  end)
end)

describe("count_test", function()
  it("has the numbers by mpmath", function()
    local found = assert(assert(btyd.nbd { r = .385, alpha = 12.07 }):count_test {
      frequency = { 0, 2, 26, 1, 7, 4, 0, 0, 1, 3 }, weights = { 300, 100, 200, 150, 100, 100, 700, 100, 200, 50 },
      T = { 38.5, 38.75, 31, 39, 32.5, 27.25, 27.25, 27.25, 10.5, 10.5 }, bars = 5 })
    for j, customers in ipairs { 12.670669582445097, 3.313683258489291, 1.5897912402528999, 0.88837547291193495,
      1.5374804459007771 } do near(100 * customers, found.expected[j]) end
    assert.equal(1100, found.observed[1])
    near(461.07516149593766, found.statistic)
    assert.equal(4, found.df)
    assert.equal(found.p_value, found.p_least) -- given parameters follow no data
  end)

  it("says what is wrong", function()
    local model = assert(btyd.nbd { r = .385, alpha = 12.07 })
    local _, message, code = model:count_test { frequency = { 1, -1 }, T = { 2, 2 } }
    assert.matches("^frequency%[2%]: ", message)
    assert.equal("ERR_DOMAIN", code)
    assert.equal("ERR_TOO_FEW", select(3, model:count_test { frequency = 1, T = 2 }))
    assert.error_matches(function() model:count_test { frequency = 1, T = 2, bars = 40 } end, "from 2 to 32")
  end)
end)
