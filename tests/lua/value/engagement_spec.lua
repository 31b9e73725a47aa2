-- value: word of mouth, branching, referral, influence, knowledge and engagement value.

local loyalty = require "loyalty"
local value = loyalty.value

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 1e-9) * math.abs(expected),
    ("%.17g is not near %.17g"):format(actual, expected))
end

describe("word of mouth", function()
  it("costs what the stories say", function()
    local found = assert(value.word_of_mouth { told = { 10, 5 }, share = { .5, 1 }, acting = .25, count = "separate",
      value = 26000 })
    assert.same({ "OK", 30, 8.5, 221000 }, { found.status, found.affected, found.customers, found.value })
    assert.equal(25, found.people[2])
    found = assert(value.word_of_mouth { told = { 11, 5 }, share = 1, acting = .25, count = "pooled",
      rounding = "nearest", value = 2600 })
    assert.same({ 17, 44200 }, { found.customers, found.value })
    local none, message = value.word_of_mouth { told = { 1 }, share = { 2 }, acting = .25, count = "others" }
    assert.is_nil(none)
    assert.matches("^share%[1%]: ", message)
    assert.error_matches(function() value.word_of_mouth { told = 1, share = 1, acting = 1 } end, "count is missing")
  end)

  it("spreads", function()
    local found = assert(value.branching_spread { reproduction = .8 })
    near(5, found.total)
    near(10, found.deviation)
    found = assert(value.branching_spread { reproduction = { .5, 1.5 } })
    assert.same({ "NOTICE_SUPERCRITICAL", math.huge }, { found.status, found.total[2] })
    near(.417188356134, found.extinction[2])
    near(393.621055139, (value.branching_reached { population = 1000, tellings = 500 }))
    local none, message = value.branching_reached { population = 0, tellings = 500 }
    assert.is_nil(none)
    assert.matches("^population: ", message)
  end)
end)

describe("referral and knowledge", function()
  it("are present values", function()
    local out, total, bad = value.referral_value { period = { 0, 1, 2.5 }, type1 = { 1, 0, .6 }, margin = { 120, 120, 80 },
      reward = { 20, 20, 10 }, marketing_cost = { 5, 5, 2 }, saving = { 40, 40, 30 }, discount_rate = .1 }
    near(135, out[1])
    near(55.789381255, out[3])
    near(227.153017619, total)
    assert.equal(0, bad)
    near(100, (value.referral_value { period = 1, margin = 110, discount_rate = .1 }))
    near(90, (value.knowledge_value { period = 0, count = 4, adopted = .25, worth = 100, handling_cost = 10,
      discount_rate = .1 }))
    local none, message = value.knowledge_value { period = 0, count = 4, adopted = 2, worth = 100, discount_rate = .1 }
    assert.is_nil(none)
    assert.matches("^adopted: ", message)
  end)
end)

describe("influence", function()
  it("goes through the network", function()
    local found = assert(value.influence { weight = { { 0, .2, .1 }, { .3, 0, 0 }, { .1, .4, 0 } }, own = 1 })
    near(1.4596949891, found.total[1], 1e-10)
    near(.7211328977, found.added[3], 1e-9)
    local none, message, code = value.influence { weight = { { 0, 1 }, { 1, 0 } }, own = { 1, 1 } }
    assert.is_nil(none)
    assert.matches("^weight: must have a spectral radius below 1", message)
    assert.equal("ERR_DOMAIN", code)
    assert.error_matches(function() value.influence { weight = { { 0, 1 } }, own = 1 } end, "must be a row of 1")
    none, message = value.influence { weight = { { 0, .1 }, { -1, 0 } }, own = 1 }
    assert.is_nil(none)
    assert.matches("^weight%[2%]%[1%]: must be 0 or a number", message)
    local square = { { 0, .1 }, { 0, 0 } }
    assert.error_matches(function() value.influence { weight = square, own = { 1, 2, 3 } } end, "own must be a vec or")
    assert.error_matches(function() value.influence { weight = {}, own = 1 } end, "weight must be a table of rows")
  end)
end)

describe("engagement_value", function()
  it("has the same total under each rule", function()
    local referred = { referrer = 35, referred = -5, split = 15 }
    for rule, first in pairs(referred) do
      local found = assert(value.engagement_value { clv = { 100, 60, -20, 40 }, crv = { -5, 10, 0, 0 },
        civ = { 1, 2, 3, 4 }, ckv = { 0, 0, 8, 0 }, referrer = { 0, 1, 1, 2 }, attribute = rule })
      assert.equal(203, found.total)
      assert.equal(first, found.referred[1])
    end
    local none, message = value.engagement_value { clv = { 1, 2 }, referrer = { 1, 0 }, attribute = "split" }
    assert.is_nil(none)
    assert.matches("^referrer%[1%]: must be another of the customers", message)
    assert.error_matches(function()
      value.engagement_value { clv = { 1, 2 }, referrer = { "x", 0 }, attribute = "split" }
    end, "referrer%[1%] must be a row")
    assert.error_matches(function()
      value.engagement_value { clv = { 1, 2 }, referrer = 5, attribute = "split" }
    end, "referrer must be a table of rows")
    assert.error_matches(function() value.engagement_value { clv = { 1, 2 } } end, "attribute is missing")
  end)
end)
