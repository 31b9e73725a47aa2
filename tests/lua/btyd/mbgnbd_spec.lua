-- btyd.mbgnbd: vectors computed with mpmath. What it shares with the other models is tested in bgnbd_spec.lua.

local loyalty = require "loyalty"
local mbgnbd = loyalty.btyd.mbgnbd

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 1e-12) * math.abs(expected),
    ("%.17g is not near %.17g"):format(actual, expected))
end

local model = assert(mbgnbd { r = .525, alpha = 6.183, a = .891, b = 1.614, time_unit = "W" })
local X, T_X, T = { 0, 2, 26 }, { 0, 213 / 7, 216 / 7 }, { 272 / 7, 272 / 7, 31 }
local ALIVE = { 0.389743001685518492, 0.706215055462196, 0.965498054767582521 }
local PURCHASES = { 0.15402448514843556, 1.2630502633419141, 19.4493510344950258 }

describe("mbgnbd", function()
  it("gives the model's numbers", function()
    local purchases, bad = model:expected_purchases { frequency = X, recency = T_X, T = T, future_t = 39 }
    local alive = model:expected_probability_alive { frequency = X, recency = T_X, T = T }
    assert.equal(0, bad)
    for i = 1, 3 do
      near(PURCHASES[i], purchases[i])
      near(ALIVE[i], alive[i])
    end
    near(-9.48540925632097293, model:log_likelihood { frequency = 2, recency = 213 / 7, T = 272 / 7 })
    near(1.80475757755314178, model:expected_purchases_new_customer(78))
    near(.58247318949328895, model:purchase_probability(0, 39))
    near(.77713958629499129, model:purchase_probability_interval(0, 39, 78))
    near(.0064732637060431244, model:purchase_probability_future { frequency = 2, recency = 213 / 7, T = 272 / 7,
      n = 7, future_t = 39 })
    near(4.91327840972658241, model:discounted_expected_purchases { frequency = 2, recency = 213 / 7, T = 272 / 7,
      discount_rate = math.exp(.0027) - 1, discount_period = "unit" })
    local rate, dropout = model:posterior_mean { frequency = 2, recency = 213 / 7, T = 272 / 7 }
    near(.0598527381209243626, rate)
    near(.215219790106776383, dropout)
  end)

  it("fits what it draws, and keeps it in a file", function()
    local drawn = model:simulate { n = 20000, T = 60, seed = 3 }
    local fit = assert(mbgnbd.fit(drawn))
    assert.equal("OK", fit.status_)
    for name, value in pairs(model.params_) do
      assert.is_true(math.abs(fit.params_[name] - value) < 4 * fit.std_errors_[name], name)
    end
    near(fit.log_likelihood_, fit:log_likelihood(drawn):sum(), 1e-12)
    local text = fit:to_json()
    assert.matches('"model": "mbgnbd"', text)
    assert.same(fit.params_, loyalty.btyd.from_json(text)[1].params_)
    assert.equal(drawn.frequency:sum(), #model:simulate_log { n = 20000, T = 60, seed = 3 }.time)
  end)

  it("values customers", function()
    local spend = loyalty.btyd.gamma_gamma { p = 6.25, q = 3.74, v = 15.44 }
    local one = loyalty.value.predict { model = model, spend_model = spend, frequency = 2, recency = 213 / 7,
      T = 272 / 7, monetary_value = 22.35, horizon = 39 }
    near(ALIVE[2], one.p_alive)
    near(PURCHASES[2], one.expected_purchases)
    near(one.expected_spend * one.expected_purchases, one.clv)
  end)

  it("names what is wrong", function()
    local none, message, code = mbgnbd { r = 1, alpha = 1, a = 0, b = 1 }
    assert.is_nil(none)
    assert.matches("^a: must be", message)
    assert.equal("ERR_DOMAIN", code)
    none, message = mbgnbd.fit { frequency = { 0, 0 }, recency = { 0, 0 }, T = { 2, 2 } }
    assert.is_nil(none)
    assert.matches("^frequency: ", message)
    none, message = model:expected_purchases { frequency = { 0, 2 }, recency = { 0, -1 }, T = 30, future_t = 1 }
    assert.is_nil(none)
    assert.matches("^recency%[2%]: ", message)
  end)
end)
