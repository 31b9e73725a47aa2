-- survey: tests, plans, weights and attribution of Net Promoter Scores. Numbers from SciPy and statsmodels.

local loyalty = require "loyalty"
local survey = loyalty.survey

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 5.1e-11), ("%.17g is not near %.17g"):format(actual, expected))
end

local a, b = survey.nps_from_counts(50, 30, 20), survey.nps_from_counts(40, 30, 30)

describe("tests of scores", function()
  it("compare with a benchmark", function()
    local r = survey.nps_test { score = survey.nps_from_counts(36, 42, 22), benchmark = 0 }
    near(1.8447086091053448, r.statistic)
    near(0.06507993785886387, r.p_value)
    r = survey.nps_test { score = survey.nps_from_counts(36, 42, 22), benchmark = 0, method = "score" }
    near(1.8382900600361158, r.statistic)
  end)

  it("compare two samples", function()
    local r = survey.nps_compare { first = a, second = b }
    near(.1941747573, r.centre)
    near(.0832158675, r.p_value)
    near(-.0255159598, r.lower)
    local d, p = survey.nps_permutation_test { first = a, second = b }
    near(.2, d)
    near(0.09866399426473843, p)
  end)

  it("compare two waves", function()
    local before, after = { 10, 9, 8, 0, 6, 7 }, { 10, 8, 9, 7, 9, 7 }
    local r = survey.nps_paired { before = before, after = after }
    near(3 / 6, r.difference)
    near(5, r.df)
    local _, message, code = survey.nps_paired { before = before, after = { 1, 2, 3, 4, 5, 11 } }
    assert.equal("ERR_DOMAIN", code)
    assert.matches("^after%[6%]: ", message)
    local o = survey.nps_overlap { before = { 10, 9, 8, 0, 6, 7, 0 / 0 }, after = { 10, 8, 9, 7, 9, 7, 3 } }
    near(2 / 7 - 0, o.difference)
  end)

  it("compare groups", function()
    local c, d = survey.nps_from_counts(20, 40, 40), survey.nps_from_counts(15, 5, 3)
    local r = survey.nps_groups { groups = { a, b, c, d } }
    near(28.40688077707238, r.statistic, 1e-11)
    assert.equal(6, #r.pairs)
    near(0.16643173506314246, r.pairs[1].adjusted_p_value)
    near(.06, survey.holm { .01, .04, .03, .005, .03, 1, 0, .5 }[1])
  end)

  it("raise on misuse", function()
    assert.error_matches(function() survey.nps_compare { first = a } end, "second is missing")
    assert.error_matches(function() survey.nps_compare { first = a, second = {} } end, "second must be a score")
    assert.error_matches(function() survey.nps_test { score = a, benchmark = 0, method = "x" } end, "method must be one of")
  end)
end)

describe("samples, plans and attribution", function()
  it("weighted and stratified", function()
    local w = survey.nps_weighting { scores = { 10, 9, 8, 0, 6, 9 }, weights = { 1, 2, 1, .5, 1.5, 1 } }
    near(57 / 49, w.design_effect)
    near(.3853307671, w.uncorrected_standard_error)
    local s = survey.nps_stratified { strata = { { promoters = 50, passives = 30, detractors = 20, weight = .6 },
      { promoters = 20, passives = 40, detractors = 40, weight = .4 } } }
    near(.1, s.score)
    near(.0556057551, s.standard_error)
    near(-.2, survey.nps_compare { first = s, second = a }.difference)
  end)

  it("plans", function()
    assert.equal(1537, survey.nps_sample_size { half_width = .05, variance = 1, method = "wald" })
    assert.equal(1073, survey.nps_sample_size { half_width = .05 })
    assert.equal(1099, (survey.nps_group_sizes { difference = .1 }))
    near(0.8000569268798244, survey.nps_power { difference = .1, n_first = 1099, n_second = 1099 })
    assert.is_true(survey.nps_half_width { n = 1073 } <= .05)
  end)

  it("attribution", function()
    near(.02, survey.nps_moves(50, 30, 20).conversion)
    assert.equal(17, survey.nps_gap(50, 30, 20, .4).new_promoters)
    local r = survey.nps_attribution {
      before = { { 30, 10, 10 }, { 10, 20, 20 } }, after = { { 40, 20, 20 }, { 60, 30, 30 } },
    }
    near(.15, r.change)
    near(-.03, r.mix)
    near(-.015, r.groups[2].relative_mix)
  end)

  it("gives a stratified score its interval and names bad strata", function()
    local r = survey.nps_stratified { strata = {
      { promoters = 50, passives = 30, detractors = 20, weight = .6 },
      { promoters = 20, passives = 40, detractors = 40, weight = .4 },
    } }
    local lower, upper = r:interval { method = "wald" }
    assert.is_true(math.abs(lower - (.1 - 1.959963984540054 * .0556057551)) < 1e-9)
    assert.is_true(math.abs(upper - (.1 + 1.959963984540054 * .0556057551)) < 1e-9)
    local function one(stratum)
      stratum.promoters, stratum.passives = stratum.promoters or 5, 3
      stratum.detractors = 2
      return survey.nps_stratified { strata = { stratum } }
    end
    assert.error_matches(function() one {} end, "stratum 1 needs a weight or a population")
    assert.error_matches(function() one { weights = 1 } end, "stratum 1: there is no argument 'weights'")
    local bad, message = one { promoters = -1, weight = 1 }
    assert.is_nil(bad)
    assert.matches("^promoters%[1%]: ", message)
  end)

  it("refuses groups that are not three counts", function()
    -- Two counts in each of three groups are six numbers, as of two groups.
    local short = { { 50, 30 }, { 20, 40 }, { 30, 30 } }
    local full = { { 50, 30, 20 }, { 40, 30, 30 } }
    assert.error_matches(function() survey.nps_attribution { before = short, after = full } end,
      "before%[1%] must be {promoters, passives, detractors}")
    assert.error_matches(function() survey.nps_attribution { before = full, after = { { 1, 2, 3 }, { promoters = 1 } } } end,
      "after%[2%] must be")
  end)
end)
