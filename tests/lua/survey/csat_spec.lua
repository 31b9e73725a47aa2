-- survey.csat: the Wilson interval.

local loyalty = require "loyalty"
local survey = loyalty.survey

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= tolerance, ("%.17g is not near %.17g"):format(actual, expected))
end

describe("csat", function()
  it("gives the published interval", function()
    local r = survey.csat_from_counts(80, 120)
    near(2 / 3, r.score, 1e-16)
    local lower, upper = r:interval()
    near(.5783110162, lower, 5.1e-11)
    near(.7446825950, upper, 5.1e-11)
    lower = r:interval { level = .5 }
    assert.is_true(lower > .63)
  end)

  it("counts the top boxes of tables and vecs", function()
    assert.same({ 2, 5 }, { survey.csat { scores = { 5, 4, 3, 2, 1 } }.top, survey.csat { scores = { 5, 4, 3, 2, 1 } }.n })
    assert.equal(1, survey.csat { scores = loyalty.vec { 5, 4, 3 }, boxes = 1 }.top)
    assert.equal(3, survey.csat { scores = { 7, 6, 5, 1 }, highest = 7, boxes = 3 }.top)
    assert.equal(1, survey.csat { scores = { 5, 0 / 0 }, skip_missing = true }.missing)
  end)

  it("answers nil, message, code to bad data and raises on misuse", function()
    local r, message, code = survey.csat { scores = { 5, 6 } }
    assert.is_nil(r)
    assert.matches("^scores%[2%]: ", message)
    assert.equal("ERR_DOMAIN", code)
    assert.is_nil((survey.csat_from_counts(3, 2)))
    assert.error_matches(function() survey.csat { score = {} } end, "there is no argument 'score'")
    assert.error_matches(function() survey.csat {} end, "scores is missing")
  end)
end)
