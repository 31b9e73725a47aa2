-- btyd: scores, segments and trends.

local loyalty = require "loyalty"
local btyd = loyalty.btyd
local NAN = 0 / 0

local function refused(code, text, value, message, got)
  assert.is_nil(value)
  assert.equal(code, got)
  assert.is_truthy(message:find(text, 1, true), message)
end

describe("rfm_scores", function()
  it("scores by quantiles", function()
    assert.same({ 5, 1, 3, 2, 4 }, btyd.quantile_scores({ values = { 9, 1, 5, 3, 7 } }):totable())
    assert.same({ 1, 2 }, btyd.quantile_scores({ values = { 9, 1 }, scores = 2, reverse = true }):totable())
    assert.same({ 3, 3 }, btyd.quantile_scores({ values = { 9, 9 } }):totable())
    local r = btyd.rfm_scores { recency = { 1, 2, 3, 4, 5 }, frequency = { 9, 7, 5, 3, 1 }, monetary = { 1, 2, 3, 4, 5 } }
    assert.same({ 5, 4, 3, 2, 1 }, r.R:totable())
    assert.same({ 551, 442, 333, 224, 115 }, r.code:totable())
    assert.same({ "regular", "regular", "cooling", "dormant", "lost" }, r.segment)
    assert.equal(2, r.customers.regular)
    assert.equal(0, r.customers.other)
    r = btyd.rfm_scores { recency = { 1, 1, 2, 2 }, frequency = { 1, 2, 1, 2 }, monetary = { 1, 1, 1, 1 }, scores = 2,
      nested = true }
    assert.same({ 2, 2, 1, 1 }, r.R:totable())
    assert.same({ 1, 2, 1, 2 }, r.F:totable())
    assert.is_nil(r.segment)
    assert.is_nil(btyd.rfm_scores({ recency = { 1 }, frequency = { 1 }, monetary = { 1 }, scores = 10 }).code)
  end)

  it("leaves bad rows out", function()
    local r = btyd.rfm_scores { recency = { 1, NAN, 3 }, frequency = { 1, 2, 3 }, monetary = { 1, 2, 3 },
      errors = "coerce" }
    assert.same({ 244, 0, 422 }, { r.code[3], r.code[2], r.code[1] })
    assert.is_false(r.segment[2])
    assert.equal(1, r.bad)
    local scores, bad = btyd.quantile_scores { values = { 1, NAN }, errors = "coerce" }
    assert.same({ 3, 0 }, scores:totable())
    assert.equal(1, bad)
    refused("ERR_DOMAIN", "recency[2]: ",
      btyd.rfm_scores { recency = { 1, NAN }, frequency = { 1, 2 }, monetary = { 1, 2 } })
    refused("ERR_DOMAIN", "values[2]: ", btyd.quantile_scores { values = { 1, NAN } })
    refused("ERR_ARGUMENT", "scores: ", btyd.quantile_scores { values = { 1 }, scores = 11 })
    refused("ERR_ARGUMENT", "frequency: ", btyd.rfm_scores { recency = { 1, 2 }, frequency = { 1 }, monetary = { 1, 2 } })
    assert.error_matches(function() btyd.rfm_scores { recency = { 1 }, frequency = { 1 } } end, "monetary is missing")
    assert.error_matches(function() btyd.quantile_scores { values = 3 } end, "must be a vec")
  end)
end)

describe("segments", function()
  it("cover every score by themselves", function()
    local table_ = btyd.rfm_segment_table()
    assert.equal("核心顾客", table_[1].name_zh)
    assert.same({ 4, 5 }, table_[1].monetary)
    local cover = btyd.check_rfm_segments()
    assert.same({ 125, 0, 0, 0 }, { cover.combinations, cover.uncovered, cover.overlapping, cover.hidden })
    assert.is_nil(cover.first_uncovered)
  end)

  it("may be one's own", function()
    local all, best = { 1, 3 }, { 3, 3 }
    local mine = {
      { name = "best", recency = best, frequency = best, monetary = all },
      { name = "now", recency = best, frequency = all, monetary = all },
      { name = "again", recency = best, frequency = best, monetary = best },
    }
    local cover = btyd.check_rfm_segments { segments = mine, scores = 3 }
    assert.same({ 27, 18, 3, 1, "again" },
      { cover.combinations, cover.uncovered, cover.overlapping, cover.hidden, cover.first_hidden })
    assert.same({ 1, 1, 1 }, cover.first_uncovered)
    local r = btyd.rfm_segments { R = { 3, 3, 2, 9 }, F = { 3, 1, 3, 1 }, M = { 1, 1, 1, 1 }, segments = mine, scores = 3,
      errors = "coerce" }
    assert.same({ "best", "now", "other", false }, r.segment)
    assert.same({ best = 1, now = 1, again = 0, other = 1 }, r.customers)
    assert.equal(1, r.bad)
    refused("ERR_DOMAIN", "F[2]: ", btyd.rfm_segments { R = { 1, 1 }, F = { 1, 6 }, M = { 1, 1 } })
    mine[2].monetary = { 2, 1 }
    refused("ERR_DOMAIN", "segments[2]: ", btyd.check_rfm_segments { segments = mine, scores = 3 })
    refused("ERR_ARGUMENT", "segments: ", btyd.check_rfm_segments { segments = {} })
    mine[2].monetary = 3
    assert.error_matches(function() btyd.check_rfm_segments { segments = mine } end, "segments%[2%] must have")
    assert.error_matches(function() btyd.rfm_segments { R = {}, F = {}, M = {}, segments = 3 } end, "table of segments")
  end)
end)

describe("trend", function()
  it("is the slope of Theil and Sen and the test of Mann and Kendall", function()
    local r = btyd.trend({ 1, 3, 2, 5, 4 }, .9) -- scipy.stats.theilslopes; 28 of 120 orders
    assert.same({ .875, -1.0, 2.0, 6, 5 }, { r.slope, r.lower, r.upper, r.s, r.known })
    assert.is_true(math.abs(r.p_value - 28 / 120) < 1e-15)
    r = btyd.trend { { 1, 3, NAN }, { 2, 1, 1 }, loyalty.vec { 3, NAN, NAN } }
    assert.equal(1.0, r.slope[1])
    assert.equal(-1.0, r.tau[2])
    assert.is_true(r.p_value[3] ~= r.p_value[3])
    assert.equal(1, r.skipped)
    assert.equal("NOTICE_SKIPPED", r.status)
  end)

  it("refuses bad data", function()
    refused("ERR_DOMAIN", "amounts[2]: ", btyd.trend { 1, math.huge })
    refused("ERR_TOO_FEW", "amounts: ", btyd.trend { 1, NAN })
    refused("ERR_ARGUMENT", "amounts: ", btyd.trend { 1 })
    refused("ERR_DOMAIN", "amounts[2]: ", btyd.trend { { 1, 2 }, { 1, math.huge } })
    refused("ERR_DOMAIN", "level: ", btyd.trend({ 1, 2 }, 1))
    assert.error_matches(function() btyd.trend(3) end, "amounts must be numbers")
  end)
end)
