-- survey: means, effort, indices of several questions, weights and reliability.

local loyalty = require "loyalty"
local survey = loyalty.survey

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= tolerance, ("%.17g is not near %.17g"):format(actual, expected))
end

local function refused(pattern, code, result, message, got)
  assert.is_nil(result)
  assert.matches(pattern, message)
  assert.equal(code, got)
end

-- Eight answers to the four dimensions.
local QUALITY, SERVICE = { 5, 3, 4, 2, 5, 1, 4, 3 }, { 4, 3, 5, 2, 3, 2, 4, 2 }
local SHOPPING, BRAND = { 4, 2, 4, 3, 4, 1, 5, 3 }, { 5, 4, 4, 1, 4, 2, 3, 3 }

describe("means", function()
  it("have t intervals", function()
    local r = survey.csat_mean { scores = { 5, 4, 4, 3, 2, 5 } }
    near(23 / 6, r.mean, 1e-15)
    local lower, upper = r:interval()
    near(2.6064956416283593265, lower, 1e-14) -- mpmath
    near(5.0601710250383073401, upper, 1e-14)
    assert.is_true(r:interval { level = .5 } > lower)
    r = survey.mean_from_values { values = loyalty.vec { 0 / 0, 3 }, skip_missing = true }
    assert.same({ 3.0, 1, 1, "NOTICE_NONE" }, { r.mean, r.n, r.missing, r.status })
    refused("^n: ", "ERR_TOO_FEW", r:interval())
    refused("^values%[1%]: ", "ERR_DOMAIN", survey.mean_from_values { values = { 0 / 0 } })
    refused("^scores%[1%]: ", "ERR_DOMAIN", survey.csat_mean { scores = { 6 } })
    assert.error_matches(function() survey.csat_mean { boxes = 1 } end, "there is no argument 'boxes'")
  end)

  it("of effort come with the share that agrees", function()
    local r = survey.ces { scores = { 7, 6, 5, 5, 4, 2, 7, 1 } }
    assert.equal(4.625, r.mean.mean)
    assert.same({ 5, 8, .625 }, { r.agree.top, r.agree.n, r.agree.score })
    near(.30574239460262728967, (r.agree:interval()), 1e-14)
    refused("^scores%[2%]: ", "ERR_DOMAIN", survey.ces { scores = { 7, 8 } })
  end)

  it("and shares of classes have Wilson's", function()
    local r = survey.shares_from_counts { counts = { 80, 40 } }
    near(.5783110162, r.lower[1], 5.1e-11)
    near(.7446825950, r.upper[1], 5.1e-11)
    refused("^counts%[2%]: ", "ERR_DOMAIN", survey.shares_from_counts { counts = { 1, -1 } })
    assert.error_matches(function() survey.shares_from_counts { counts = 1 } end, "counts must be")
  end)

  it("and levels have names", function()
    assert.equal("satisfied", survey.csat_levels[3])
    assert.equal("很满意", survey.csat_levels_zh[5])
  end)
end)

describe("composite", function()
  it("gives the published ACSI", function()
    near(70.98333333, survey.acsi { means = { 8, 7, 7 }, weights = { .3885, .3190, .2925 } }, 5.1e-9)
    near(70.37037037, survey.acsi { means = { 8, 7, 7 } }, 5.1e-9)
    near(66 / 108, survey.composite_from_means { means = { 4, 60 }, weights = { 2, 1 }, lowest = { 1, 0 },
      highest = { 5, 100 } }, 1e-15)
    refused("^means%[2%]: ", "ERR_DOMAIN", survey.acsi { means = { 8, 11, 7 } })
    refused("^weights%[1%]: ", "ERR_DOMAIN", survey.acsi { means = { 8, 7, 7 }, weights = { -1, 1, 1 } })
    assert.error_matches(function() survey.composite_from_means { means = { 1, 2 }, weights = { 1 } } end,
      "weights must be a number, or one for each question")
  end)

  it("weighs the questionnaire", function()
    local asked = { product_quality = QUALITY, customer_service = loyalty.vec(SERVICE), shopping_experience = SHOPPING,
      brand_image = BRAND }
    local r = survey.satisfaction_survey(asked)
    assert.equal(14 / 16, r.index[1])
    assert.same({ .25, .25, .25, .25 }, r.weights:totable())
    assert.equal(27 / 8, r.means[1].mean)
    asked.weights = "first_component"
    r = survey.satisfaction_survey(asked)
    near(.30762013118341399791, r.weights[1], 1e-13) -- mpmath
    near(.2398568994645487893, r.weights[4], 1e-13)
    asked.weights = { 2, 1, 1, 0 }
    assert.equal((8 + 3 + 3) / 16, survey.satisfaction_survey(asked).index[1])
    asked.weights = "best"
    assert.error_matches(function() survey.satisfaction_survey(asked) end, "weights must be one of")
    assert.same({ "product quality", "品牌形象" },
      { survey.satisfaction_dimensions[0], survey.satisfaction_dimensions_zh[3] })
  end)

  it("weighs questions on different scales the same", function()
    local r = survey.composite_index { answers = { { 5, 1 }, { 50, 0 } }, lowest = { 1, 0 }, highest = { 5, 100 } }
    near(.75, r.index[1], 1e-15)
    near(.5, r.weights[2], 1e-15)
  end)

  it("leaves missing answers out when it may", function()
    local nan = 0 / 0
    local answers = { { 5, 1, nan, nan }, { 5, 3, 3, nan } }
    refused("^answers, row 3: ", "ERR_DOMAIN", survey.composite_index { answers = answers })
    local r = survey.composite_index { answers = answers, least = 1 }
    assert.same({ .5, 1, "NOTICE_SKIPPED" }, { r.index[3], r.skipped, r.status })
    r = survey.composite_index { answers = { { 5, 1, 9 }, { 5, 3, 3 } }, errors = "coerce" }
    assert.same({ 1, 3.0 }, { r.bad, r.means[1].mean })
    refused("^answers: ", "ERR_TOO_FEW", survey.composite_index { answers = { { 9 } }, errors = "coerce" })
    assert.error_matches(function() survey.composite_index { answers = { { 1 }, { 1, 2 } } } end,
      "answers%[2%] must be as long as answers%[1%]")
    assert.error_matches(function() survey.composite_index { answers = {} } end, "answers must be a table of columns")
  end)

  it("compares with what was expected", function()
    assert.equal(1, survey.disconfirmation { performance = 4, expectation = 3 })
    assert.same({ 1.0, -3.0 }, survey.disconfirmation { performance = { 4, 2 }, expectation = { 3, 5 } }:totable())
    refused("^expectation%[2%]: ", "ERR_DOMAIN",
      survey.disconfirmation { performance = { 4, 2 }, expectation = { 3, 0 / 0 } })
  end)
end)

describe("reliability", function()
  local A, B, C = { 5, 3, 4, 2, 5 }, { 4, 3, 4, 1, 5 }, { 5, 4, 4, 2, 4 }

  it("gives the published alpha", function()
    local r = survey.cronbach_alpha { answers = { A, B, C } }
    near(.9428571429, r.alpha, 5.1e-11)
    near(.87096774193548387, r.without[1], 1e-14)
    local lower, upper = r:interval()
    near(.711278159007799302, lower, 1e-13) -- mpmath
    near(.99363635554203264977, upper, 1e-13)
    assert.is_nil(survey.cronbach_alpha { answers = { A, B } }.without)
    refused("^answers, row 2: ", "ERR_DOMAIN", survey.cronbach_alpha { answers = { { 1, 0 / 0 }, { 1, 2 } } })
    refused("^answers: must be columns, from 2 to 32", "ERR_ARGUMENT", survey.cronbach_alpha { answers = { A } })
  end)

  it("names the question that runs against the others", function()
    refused("^answers%[3%]: must run with the other", "ERR_INFEASIBLE",
      survey.principal_weights { answers = { A, B, { 1, 3, 2, 4, 1 } } })
    local r = survey.principal_weights { answers = { { 1, -1, 0, 0 }, { 0, 0, .9, -.9 } } }
    assert.equal("NOTICE_WEAK_ID", r.status)
    near(1, r.weights[1], 1e-15)
  end)
end)
