-- survey.five_signal_index, percentile, amount_trend.

local loyalty = require "loyalty"
local survey = loyalty.survey
local NAN = 0 / 0

local function near(expected, actual) assert.is_true(math.abs(actual - expected) <= 1e-15, tostring(actual)) end

describe("five_signal_index", function()
  it("means over the signals that are known", function()
    local r = survey.five_signal_index { frequency = .9, amount = .5, recommendation = 9, satisfaction = 4, trust = 5 }
    near((.9 + .5 + .9 + .75 + 1) / 5, r.five_signal_index)
    assert.equal(5, r.known)
    r = survey.five_signal_index {
      recommendation = { 10, NAN }, satisfaction = 7, trust = { 3, 3 }, satisfaction_scale = { 1, 7 },
      weights = { trust = 2 },
    }
    near((1 + 1 + 2 * .5) / 4, r.five_signal_index[1])
    assert.equal(2, r.known[2])
    assert.equal("NOTICE_SKIPPED", r.status)
    assert.equal(1, r.skipped)
    r = survey.five_signal_index { frequency = { .5, 2 }, trust = 3, least = 1, errors = "coerce" }
    assert.equal(1, r.bad)
  end)

  it("answers nil, message, code to bad data and raises on misuse", function()
    local r, message, code = survey.five_signal_index { frequency = { .5, 2 }, trust = 3 }
    assert.is_nil(r)
    assert.matches("^frequency%[2%]: ", message)
    assert.equal("ERR_DOMAIN", code)
    r, message = survey.five_signal_index { trust = 9 }
    assert.is_nil(r)
    assert.matches("^trust: ", message)
    assert.error_matches(function() survey.five_signal_index { weights = { love = 1 } } end, "no argument 'love'")
    assert.error_matches(function() survey.five_signal_index { trust = 3, trust_scale = 5 } end, "{lowest, highest}")
    assert.equal("信任度", survey.signals_zh[4])
  end)
end)

describe("percentile", function()
  it("gives the place among all", function()
    local r = survey.percentile { 3, 1, NAN, 3 }
    near(2 / 3, r[1])
    near(1 / 6, r[2])
    assert.is_true(r[3] ~= r[3])
    local bad, message = survey.percentile { 1, math.huge }
    assert.is_nil(bad)
    assert.matches("^values%[2%]: ", message)
    assert.error_matches(function() survey.percentile(3) end, "must be a vec")
  end)
end)

describe("amount_trend", function()
  it("is 0 for falling, 1 for rising amounts", function()
    assert.equal(1, survey.amount_trend { 1, 2, 5 })
    near(.8, survey.amount_trend { 1, 3, 2, 5, 4 })
    local r = survey.amount_trend { { 1, 5 }, loyalty.vec { 2, 5 }, { 3, NAN } }
    assert.same({ 1, .5 }, r:totable())
    local bad, message = survey.amount_trend { { 1, math.huge }, { 1, 1 } }
    assert.is_nil(bad)
    assert.matches("^amounts%[2%]: ", message)
    assert.is_nil((survey.amount_trend { 1 }))
    assert.is_nil((survey.amount_trend {}))
    assert.error_matches(function() survey.amount_trend { { 1 }, { 1, 2 } } end, "as long as the first")
    assert.error_matches(function() survey.amount_trend(1) end, "an entry for each year")
  end)
end)
