-- survey.nps: intervals computed from the formulas of Rocks 2016.

local loyalty = require "loyalty"
local survey = loyalty.survey

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 5e-7), ("%.17g is not near %.17g"):format(actual, expected))
end

describe("nps_from_counts", function()
  it("gives score, standard error and intervals", function()
    local r = survey.nps_from_counts(50, 30, 20)
    assert.equal(0.3, r.score)
    near(math.sqrt(.61 / 100), r.standard_error, 1e-15)
    assert.equal(100, r.n)
    local lower, upper = r:interval { method = "wald" }
    near(.1469219, lower)
    near(.4530781, upper)
    lower, upper = r:interval()
    near(.1405113, lower)
    near(.4420130, upper)
  end)

  it("answers nil, message, code to bad data", function()
    local r, message, code = survey.nps_from_counts(0, 0, 0)
    assert.is_nil(r)
    assert.equal("ERR_TOO_FEW", code)
    assert.is_string(message)
    assert.is_nil((survey.nps_from_counts(1, 1, 1):interval { level = 0 }))
  end)
end)

describe("nps", function()
  local scores = { 10, 9, 8, 7, 6, 0 }

  it("takes tables and vecs", function()
    local a, b = survey.nps { scores = scores }, survey.nps { scores = loyalty.vec(scores) }
    assert.equal(0.0, a.score)
    assert.same({ 2, 2, 2 }, { b.promoters, b.passives, b.detractors })
  end)

  it("takes weights and cut-offs", function()
    local r = survey.nps { scores = { 10, 9, 8, 0, 1, 10 }, weights = { 1, 2, 1, .5, 1.5, 1 } }
    near(.2857142857, r.score, 1e-10)
    near(.4221087065, r.standard_error, 1e-10)
    near(5.1578947368, r.effective_n, 1e-10)
    assert.equal(3, survey.nps { scores = { 8, 9, 10 }, promoter_from = 8 }.promoters)
  end)

  it("names the row of a bad answer, from 1", function()
    local r, message, code = survey.nps { scores = { 10, 11 } }
    assert.is_nil(r)
    assert.equal("ERR_DOMAIN", code)
    assert.matches("^scores%[2%]: ", message)
    assert.is_not_nil(survey.nps { scores = { 10, 0 / 0 }, skip_missing = true })
  end)

  it("raises on misuse", function()
    assert.error_matches(function() survey.nps {} end, "nps: scores is missing")
    assert.error_matches(function() survey.nps { score = scores } end, "there is no argument 'score'")
    assert.error_matches(function() survey.nps(scores) end, "nps: there is no argument 1")
    assert.error_matches(function() survey.nps "x" end, "expected a table of named arguments")
    assert.error_matches(function() survey.nps { scores = { "10" } } end, "element 1: expected a number")
    local r = survey.nps_from_counts(1, 1, 1)
    assert.error_matches(function() r:interval { method = "exact" } end, "method must be one of")
  end)

  it("checks the options of intervals when no group has one", function()
    local nan = 0 / 0
    local function missing(more)
      local named = { scores = { nan, nan }, by = { "a", "b" }, skip_missing = true }
      for key, value in pairs(more) do named[key] = value end
      return survey.nps(named)
    end
    assert.equal(2, #missing {})
    local r, message = missing { level = 95 }
    assert.is_nil(r)
    assert.matches("^level: ", message)
    r, message = missing { method = "bayes", prior = { 1, 2 } }
    assert.is_nil(r)
    assert.matches("^prior: ", message)
  end)

  it("says what to do about a missing answer", function()
    local r, message = survey.nps { scores = { 9, 0 / 0 } }
    assert.is_nil(r)
    assert.matches("^scores%[2%]: must not be missing, unless skip_missing", message)
  end)
end)
