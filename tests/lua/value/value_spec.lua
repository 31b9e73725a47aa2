-- value: margin multiples, discount rates, lifetime values with their units.

local loyalty = require "loyalty"
local value = loyalty.value

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 5e-7),
    ("%.17g is not near %.17g"):format(actual, expected))
end

describe("retention arithmetic", function()
  it("gives the published numbers", function()
    near(2.67, value.margin_multiple { retention = .8, discount_rate = .1, timing = "end" }, .0051)
    near(6.08, value.margin_multiple { retention = .9, discount_rate = .12, growth = .08, timing = "end" }, .0051)
    for timing, amount in pairs { begin = 366.6666667, ["end"] = 266.6666667, end_first_sure = 333.3333333,
      mid = 279.6823595, continuous = 314.0173602 } do
      near(amount, value.retention_value { margin = 100, retention = .8, discount_rate = .1, timing = timing }, 5e-8)
    end
    near(212.4097336,
      value.retention_value { margin = 100, retention = .8, discount_rate = .1, timing = "end", horizon = 5 }, 5e-8)
  end)

  it("takes columns", function()
    local out, status, bad = value.retention_value {
      margin = { 100, 50 }, retention = { .8, .8 }, discount_rate = .1, timing = "begin", acquisition_cost = 10 }
    near(356.6666667, out[1], 5e-8)
    near(173.3333333, out[2], 5e-8)
    assert.same({ "OK", 0 }, { status, bad })
  end)

  it("names what is wrong", function()
    local multiple, status = value.margin_multiple { retention = 1, discount_rate = 0, timing = "end" }
    assert.same({ math.huge, "NOTICE_DIVERGES" }, { multiple, status })
    local none, message, code = value.margin_multiple { retention = .5, discount_rate = -1, timing = "end" }
    assert.is_nil(none)
    assert.matches("^discount_rate: must be greater than %-1 and at most 1e40", message)
    assert.equal("ERR_DOMAIN", code)
    assert.error_matches(function() value.margin_multiple { retention = .5, discount_rate = .1 } end,
      "timing is missing")
    assert.error_matches(function() value.margin_multiple { retention = .5, discount_rate = .1, timing = "now" } end,
      "timing must be one of 'begin'")
  end)
end)

describe("discount_delta", function()
  it("converts units", function()
    near(math.log(1.1) * 7 / 365.25, value.discount_delta { discount_rate = .1, time_unit = "W" }, 1e-17)
    near(math.log(1.1), value.discount_delta { discount_rate = .1, discount_period = "unit" }, 1e-16)
    assert.error_matches(function() value.discount_delta { discount_rate = .1 } end, "time_unit must be stated")
  end)
end)

describe("predict", function()
  local btyd = loyalty.btyd
  local spend = btyd.gamma_gamma { p = 6.25, q = 3.74, v = 15.44 }
  local function model(unit, scale)
    return btyd.bgnbd { r = .243, alpha = 4.414 * (scale or 1), a = .793, b = 2.426, time_unit = unit }
  end
  local ten = { frequency = { 2, 1, 0, 7 }, recency = { 30.43, 1.71, 0, 29.43 }, T = { 38.86, 38.86, 38.86, 38.86 },
    monetary_value = { 22.35, 11.77, 0, 73.74 } }
  local function with(more)
    local named = {}
    for k, v in pairs(ten) do named[k] = v end
    for k, v in pairs(more) do named[k] = v end
    return named
  end

  it("is the product of what the two models say", function()
    local out = assert(value.predict(with { model = model "W", spend_model = spend, horizon = 52, discount_rate = .1 }))
    assert.same({ "OK", 0 }, { out.status, out.bad })
    local one = assert(value.predict { model = model "W", spend_model = spend, frequency = 2, recency = 30.43,
      T = 38.86, monetary_value = 22.35, horizon = 52, discount_rate = .1 })
    for _, name in ipairs { "p_alive", "expected_purchases", "expected_spend", "clv" } do
      assert.equal(one[name], out[name][1])
    end
    assert.is_true(one.clv < one.expected_purchases * one.expected_spend)
  end)

  it("needs no spend model for purchases, by any model", function()
    for name, made in pairs {
      bgnbd = model "W", mbgnbd = btyd.mbgnbd { r = .525, alpha = 6.183, a = .891, b = 1.614 },
      pnbd = btyd.pnbd { r = .553, alpha = 10.578, s = .606, beta = 11.669 },
      nbd = btyd.nbd { r = .385, alpha = 12.07 },
      ggomnbd = btyd.ggomnbd { r = .553, alpha = 10.58, b = .0002, s = .603, beta = .0026 },
    } do
      local full = assert(value.predict(with { model = made, spend_model = spend, horizon = 52 }))
      local two = assert(value.predict { model = made, frequency = ten.frequency, recency = ten.recency, T = ten.T,
        horizon = 52, threads = 2 })
      local one = assert(value.predict { model = made, frequency = 7, recency = 29.43, T = 38.86, horizon = 52 })
      assert.same({ "OK", 0 }, { two.status, two.bad })
      assert.is_nil(two.clv, name)
      for i = 1, 4 do
        assert.equal(full.p_alive[i], two.p_alive[i])
        assert.equal(full.expected_purchases[i], two.expected_purchases[i])
      end
      assert.equal(two.p_alive[4], one.p_alive)
      assert.equal(two.expected_purchases[4], one.expected_purchases)
    end
    local none, message, code = value.predict { model = model(), frequency = { 1 }, recency = { 9 }, T = { 8 },
      horizon = 1 }
    assert.is_nil(none)
    assert.matches("^T%[1%]: ", message)
    assert.equal("ERR_DOMAIN", code)
  end)

  it("gives the same value in weeks and in days", function()
    local days = with { model = model("D", 7), spend_model = spend, horizon = 364, discount_rate = .1 }
    days.recency, days.T = { 30.43 * 7, 1.71 * 7, 0, 29.43 * 7 }, { 38.86 * 7, 38.86 * 7, 38.86 * 7, 38.86 * 7 }
    local a = assert(value.predict(with { model = model "W", spend_model = spend, horizon = 52, discount_rate = .1 }))
    local b = assert(value.predict(days))
    for i = 1, 4 do near(1, b.clv[i] / a.clv[i], 1e-12) end
  end)

  it("never guesses a unit", function()
    assert.error_matches(function()
      value.predict(with { model = model(), spend_model = spend, horizon = 52, discount_rate = .1 })
    end, "time_unit must be stated")
    assert(value.predict(with { model = model(), spend_model = spend, horizon = 52, discount_rate = .001,
      discount_period = "unit" }))
  end)

  it("names infinite answers and bad rows", function()
    local out = assert(value.predict(with { model = model "W", spend_model = spend, discount_rate = .1 }))
    assert.equal("NOTICE_DIVERGES", out.status)
    assert.equal(math.huge, out.expected_purchases[1])
    assert.is_true(out.clv[1] < math.huge)
    local none, message, code = value.predict(with { model = model "W", spend_model = spend, horizon = 1,
      recency = { 50, 0, 0, 0 } })
    assert.is_nil(none)
    assert.matches("^T%[1%]: ", message)
    assert.equal("ERR_DOMAIN", code)
    assert.error_matches(function() value.predict(with { model = spend, spend_model = spend }) end,
      "model must be a model of purchases")
  end)
end)
