-- ladder: what customers on a chain are worth.

local loyalty = require "loyalty"
local ladder = loyalty.ladder

local P <const> = { { .3, .7, 0, 0, 0 }, { .2, 0, .8, 0, 0 }, { .15, 0, 0, .85, 0 },
  { .05, 0, 0, 0, .95 }, { 0, 0, 0, 0, 1 } }
local R <const> = { 36, -4, -4, -4, 0 }

local function near(expected, found, tolerance)
  for i = 1, #expected do assert.near(expected[i], found[i], tolerance) end
end

describe("chain_value", function()
  it("gives the published values", function()
    local r = ladder.chain_value { transition = P, reward = R, discount_rate = .2, row_counts = { 50, 40, 30, 20, 0 } }
    near({ 52.319609, 5.553784, 1.250773, -1.820016, 0 }, r.value, 5e-7)
    assert.near(28.0762104038, r.standard_deviation[1], 1e-9)
    local sum = 0
    for k = 1, 5 do sum = sum + r.visits[1][k] * R[k] end
    assert.near(r.value[1], sum, 1e-12)
    assert.equal(0, r.std_errors[5])
    assert.equal("OK", r.status)
    local four = ladder.chain_value { transition = P, reward = loyalty.vec(R), discount_rate = .2, horizon = 4 }
    near({ 50.114969, 4.219907, .592110, -1.980131, 0 }, four.value, 5e-7)
    assert.is_nil(four.std_errors)
  end)

  it("gives slopes", function()
    local r = ladder.chain_value { transition = P, reward = R, discount_rate = .2 }
    local slopes = ladder.chain_value_slopes { transition = P, reward = R, discount_rate = .2, start = { 1, 0, 0, 0, 0 } }
    assert.near(r.visits[1][2] * (r.value[1] - r.value[2]) / 1.2, slopes[2][1], 1e-12)
  end)

  it("says when there is no end", function()
    local lasting = { { .5, .5 }, { .1, .9 } }
    local r = ladder.chain_value { transition = lasting, reward = { 1, 2 }, discount_rate = 0, growth = .1 }
    assert.equal("NOTICE_DIVERGES", r.status)
    assert.equal(math.huge, r.value[2])
    local none, message, code = ladder.chain_value { transition = { { 1 } }, reward = { 1 }, discount_rate = 0 }
    assert.is_nil(none)
    assert.matches("^discount_rate: must be above the growth", message)
    assert.equal("ERR_DOMAIN", code)
  end)

  it("answers nil, message, code to bad data and raises on misuse", function()
    local none, message = ladder.chain_value { transition = { { .5, .4 }, { 0, 1 } }, reward = { 1, 2 }, discount_rate = .1 }
    assert.is_nil(none)
    assert.matches("^transition%[1%]: ", message)
    none, message = ladder.chain_value { transition = { { 1 } }, reward = { 1 }, discount_rate = .1, row_counts = { -1 } }
    assert.is_nil(none)
    assert.matches("^row_counts%[1%]: ", message)
    none, message = ladder.chain_value_slopes { transition = { { 1 } }, reward = { 1 }, discount_rate = .1, start = { -1 } }
    assert.is_nil(none)
    assert.matches("^start%[1%]: ", message)
    local function raises(named, pattern)
      assert.error_matches(function() ladder.chain_value(named) end, pattern)
    end
    raises({ transition = { { 1 } }, discount_rate = 0 }, "reward is missing")
    raises({ transition = 1, reward = { 1 } }, "transition must be a table of rows")
    raises({ rate = 1 }, "there is no argument 'rate'")
  end)
end)
