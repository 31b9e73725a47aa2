-- AIC, BIC and likelihood ratios of the models.

local btyd = require("loyalty").btyd

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 1e-12) * math.abs(expected),
    ("%.17g is not near %.17g"):format(actual, expected))
end

local function drawn(model) return model:simulate { n = 800, T = 39, seed = 3 } end

describe("information", function()
  local truth = assert(btyd.bgnbd { r = .6, alpha = 8, a = .9, b = 2 })
  local data = drawn(truth)
  local full, restricted = assert(btyd.bgnbd.fit(data)), assert(btyd.nbd.fit(data))

  it("is of a fit", function()
    near(8 - 2 * full.log_likelihood_, full.aic_, 1e-15)
    near(4 * math.log(800) - 2 * full.log_likelihood_, full.bic_, 1e-15)
    local again = btyd.from_json(full:to_json())[1]
    assert.same({ full.aic_, full.bic_ }, { again.aic_, again.bic_ })
    assert.is_true(truth.aic_ ~= truth.aic_ and truth.bic_ ~= truth.bic_)
  end)

  it("tests a model against one that it contains", function()
    local test = assert(full:likelihood_ratio_test(restricted))
    near(2 * (full.log_likelihood_ - restricted.log_likelihood_), test.statistic, 1e-15)
    near(math.exp(-test.statistic / 2), test.p_value, 1e-10) -- chi-squared at 2
    assert.is_true(test.p_least < test.p_value)
    assert.same({ 2, 1, "OK" }, { test.df, test.unidentified, test.status })
    local value, message, code = restricted:likelihood_ratio_test(full)
    assert.is_nil(value)
    assert.matches("^restricted: ", message)
    assert.equal("ERR_ARGUMENT", code)
    assert.error_matches(function() full:likelihood_ratio_test {} end, "must be a model")
  end)
end)
