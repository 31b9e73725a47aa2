-- survey.loyalty_index: three answers, bands and classes.

local loyalty = require "loyalty"
local survey = loyalty.survey

describe("loyalty_index", function()
  it("gives index, band and class of one customer", function()
    local r = survey.loyalty_index { satisfaction = 4, repurchase = .8, recommendation = 2 }
    assert.same({ loyalty_index = .75, band = "high", security = "favourable" }, r)
    assert.same(r, survey.loyalty_index { satisfaction = 4, repurchase = .8, recommendation = "有可能" })
    r = survey.loyalty_index {
      satisfaction = 5, repurchase = .6, recommendation = "very likely", use_probability = true, weights = { 0, 1, 0 },
      high_from = .6,
    }
    assert.same({ loyalty_index = .6, band = "high", security = "secure" }, r)
  end)

  it("takes columns", function()
    local r = survey.loyalty_index {
      satisfaction = { 5, 4, 1 }, repurchase = .8, recommendation = { "very likely", 2, "impossible" },
    }
    assert.same({ 1, .75 }, { r.loyalty_index[1], r.loyalty_index[2] })
    assert.equal("secure", survey.securities[r.security[1]])
    assert.equal("at risk", survey.securities[r.security[3]])
    assert.equal(0, r.bad)
    r = survey.loyalty_index {
      satisfaction = loyalty.vec { 6, 4 }, repurchase = loyalty.vec { .8, .8 }, recommendation = 2, errors = "coerce",
    }
    assert.equal(1, r.bad)
    assert.equal(-1, r.band[1])
    assert.is_true(r.loyalty_index[1] ~= r.loyalty_index[1])
  end)

  it("names enumerators in both languages", function()
    assert.equal("low", survey.repurchase_bands[0])
    assert.equal("高", survey.repurchase_bands_zh[2])
    assert.equal("possible", survey.recommendations[2])
    assert.equal("很大可能", survey.recommendations_zh[3])
    assert.equal("有风险", survey.securities_zh[0])
  end)

  it("answers nil, message, code to bad data and raises on misuse", function()
    local r, message, code = survey.loyalty_index { satisfaction = { 4, 0 }, repurchase = .8, recommendation = 2 }
    assert.is_nil(r)
    assert.matches("^satisfaction%[2%]: ", message)
    assert.equal("ERR_DOMAIN", code)
    r, message = survey.loyalty_index { satisfaction = 4, repurchase = 80, recommendation = 2 }
    assert.is_nil(r)
    assert.matches("^repurchase: ", message)
    r, message = survey.loyalty_index { satisfaction = 4, repurchase = 1, recommendation = 2, weights = { 1, -1, 1 } }
    assert.is_nil(r)
    assert.matches("^weights: ", message)
    assert.error_matches(function() survey.loyalty_index { satisfaction = 4 } end, "repurchase is missing")
    assert.error_matches(function()
      survey.loyalty_index { satisfaction = 4, repurchase = 1, recommendation = "maybe" }
    end, "'maybe' is no answer")
    assert.error_matches(function()
      survey.loyalty_index { satisfaction = 4, repurchase = 1, recommendation = { "maybe" } }
    end, "recommendation%[1%]: 'maybe'")
    assert.error_matches(function()
      survey.loyalty_index { satisfaction = 4, repurchase = 1, recommendation = 2, weights = { 1 } }
    end, "three numbers")
    assert.error_matches(function()
      survey.loyalty_index { satisfaction = {}, repurchase = "x", recommendation = 2 }
    end, "repurchase must be a number")
  end)

  it("takes the words of satisfaction", function()
    local expected = survey.loyalty_index { satisfaction = 4, repurchase = .8, recommendation = 2 }
    for _, word in ipairs { "fairly satisfied", "比较满意" } do
      assert.same(expected, survey.loyalty_index { satisfaction = word, repurchase = .8, recommendation = "possible" })
    end
    local r = survey.loyalty_index { satisfaction = { "very satisfied", 2 }, repurchase = .9, recommendation = 3 }
    assert.same({ "secure", "at risk" }, { survey.securities[r.security[1]], survey.securities[r.security[2]] })
    assert.error_matches(function()
      survey.loyalty_index { satisfaction = "delighted", repurchase = .8, recommendation = 2 }
    end, "'delighted' is no answer to satisfaction")
  end)
end)
