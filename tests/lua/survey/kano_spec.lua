-- survey.kano: classes, coefficients, zones.

local loyalty = require "loyalty"
local survey = loyalty.survey

local function near(expected, actual) assert.is_true(math.abs(actual - expected) <= 1e-13, tostring(actual)) end

describe("kano", function()
  it("computes coefficients from counts", function()
    local k = survey.kano_from_counts {
      attractive = 12, one_dimensional = 8, must_be = 4, indifferent = 16, reverse = 3, questionable = 2,
    }
    assert.same({ "indifferent", .5, -.3, 45, false, "OK" }, { k.category, k.better, k.worse, k.n, k.tied, k.status })
    assert.equal(12, k.counts.attractive)
    near(math.sqrt(.25 / 40), k.better_standard_error)
    local better_lower, better_upper, worse_lower, worse_upper = k:intervals()
    near(.351995269334653848, better_lower)
    near(.648004730665346152, better_upper)
    near(-.454300188181449359, worse_lower)
    near(-.180748452297465290, worse_upper)
  end)

  it("takes numbers and words", function()
    local k = survey.kano { functional = { 1, "like", "理应如此" }, dysfunctional = loyalty.vec { 5, 2, 5 } }
    assert.same({ 1, 1, 1 }, { k.counts["one-dimensional"], k.counts.attractive, k.counts["must-be"] })
    assert.same({ "must-be", true }, { k.category, k.tied })
    k = survey.kano { functional = { 1, 0 / 0 }, dysfunctional = { 5, 5 }, skip_missing = true }
    assert.equal(1, k.missing)
  end)

  it("classifies answers", function()
    assert.equal("one-dimensional", survey.kano_classify(1, 5))
    assert.equal("attractive", survey.kano_classify("like", "neutral"))
    assert.equal("A", survey.kano_letters[survey.kano_classify({ "like" }, { "neutral" })[1]])
    assert.equal("魅力属性", survey.kano_categories_zh[0])
  end)

  it("knows the zones", function()
    assert.equal("basic", survey.expectation_zone(false, true))
    assert.equal("delight", survey.expectation_zone(1, 0))
    local r = survey.expectation_zone({ 1, 0 }, { 1, 0 })
    assert.same({ "satisfaction", "loyalty" }, { survey.expectation_zones[r[1]], survey.expectation_zones[r[2]] })
    assert.equal("忠诚区", survey.expectation_zones_zh[3])
  end)

  it("answers nil, message, code to bad data and raises on misuse", function()
    local k, message, code = survey.kano { functional = { 1, 6 }, dysfunctional = { 5, 5 } }
    assert.is_nil(k)
    assert.matches("^functional%[2%]: ", message)
    assert.equal("ERR_DOMAIN", code)
    assert.is_nil((survey.kano_from_counts {}))
    assert.is_nil((survey.kano_classify(0, 1)))
    assert.is_nil((survey.kano_classify({ 0 }, { 1 })))
    k, message = survey.expectation_zone(1, 2)
    assert.is_nil(k)
    assert.matches("^expected: ", message)
    assert.error_matches(function() survey.kano { functional = { "love" }, dysfunctional = { 1 } } end, "'love' is no")
    assert.error_matches(function() survey.kano_from_counts { delight = 1 } end, "no argument 'delight'")
    assert.error_matches(function() survey.kano_from_counts { must_be = 1.5 } end, "must_be must be a whole number")
    assert.error_matches(function() survey.expectation_zone(1) end, "expected must be a flag")
    assert.error_matches(function() survey.expectation_zone({ 1 }, nil) end, "expected must be a flag, a vec or a table")
  end)

  it("names counts, and takes flags in tables", function()
    local k, message, code = survey.kano_from_counts { attractive = 3, reverse = -1 }
    assert.is_nil(k)
    assert.same({ "reverse: must be from 0 to 2^53, and so must the sum", "ERR_DOMAIN" }, { message, code })
    k, message = survey.kano_from_counts { attractive = 0 }
    assert.is_nil(k)
    assert.matches("^counts: must sum", message)
    k, message = survey.kano_from_counts({ reverse = 3 }):intervals()
    assert.is_nil(k)
    assert.matches("^counts: must have somebody", message)
    local r = survey.expectation_zone({ true, false }, { false, true })
    assert.same({ "delight", "basic" }, { survey.expectation_zones[r[1]], survey.expectation_zones[r[2]] })
  end)
end)
