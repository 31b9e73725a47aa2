-- btyd.pnbd, nbd, ggomnbd: published numbers, and what all models of purchases offer.

local loyalty = require "loyalty"
local btyd = loyalty.btyd

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 1e-12) * math.abs(expected),
    ("%.17g is not near %.17g"):format(actual, expected))
end

local PARAMETERS <const> = {
  pnbd = { r = .553, alpha = 10.578, s = .606, beta = 11.669, time_unit = "W" },
  nbd = { r = .385, alpha = 12.072, time_unit = "W" },
  ggomnbd = { r = .553, alpha = 10.578, b = .02, s = .603, beta = .26, time_unit = "W" },
}
local X <const>, T_X <const>, T <const> = { 0, 2, 26 }, { 0, 213 / 7, 216 / 7 }, { 272 / 7, 272 / 7, 31 }
local function all(more)
  more = more or {}
  more.frequency, more.recency, more.T = X, T_X, T
  return more
end

describe("pnbd", function()
  local model = assert(btyd.pnbd(PARAMETERS.pnbd))
  it("has the published numbers", function()
    local alive, purchases = model:expected_probability_alive(all()), model:expected_purchases(all { future_t = 39 })
    for i, p in ipairs { 0.295303374265796, 0.869186154651162, 0.997874260609941 } do near(p, alive[i]) end
    for i, y in ipairs { 0.107092833820643, 1.45522613094935, 20.1161295984507 } do near(y, purchases[i]) end
    near(1.47299680337511, model:expected_purchases_new_customer(52))
  end)
end)

describe("nbd", function()
  it("lets nobody stop", function()
    local model = assert(btyd.nbd(PARAMETERS.nbd))
    assert.equal(1, model:expected_probability_alive { frequency = 2, recency = 3, T = 40, future_t = 1e6 })
    near(10 * 3.385 / 37.072, model:expected_purchases { frequency = 3, recency = 20, T = 25, future_t = 10 })
  end)
end)

for name, parameters in pairs(PARAMETERS) do
  describe(name, function()
    local model = assert(btyd[name](parameters))
    it("names bad parameters and rows", function()
      for key in pairs(model.params_) do
        local bad = {}
        for k, v in pairs(parameters) do bad[k] = v end
        bad[key] = -1
        local none, message, code = btyd[name](bad)
        assert.is_nil(none)
        assert.equal("ERR_DOMAIN", code)
        assert.truthy(message:find(key, 1, true))
      end
      local none, message, code = model:log_likelihood { frequency = { 1, 2 }, recency = { 1, 9 }, T = { 5, 5 } }
      assert.is_nil(none)
      assert.equal("ERR_DOMAIN", code)
      assert.truthy(message:find("T", 1, true))
    end)
    it("is saved and read back", function()
      local again = assert(btyd.from_json(assert(model:to_json())))[1]
      assert.same(model.params_, again.params_)
      assert.equal(model:expected_purchases(all { future_t = 9 })[2], again:expected_purchases(all { future_t = 9 })[2])
    end)
    it("has a value", function()
      local spend = assert(btyd.gamma_gamma { p = 6.25, q = 3.74, v = 15.44 })
      local worth = assert(loyalty.value.predict {
        model = model, spend_model = spend, frequency = 2, recency = 30, T = 39, monetary_value = 30, horizon = 52,
        discount_rate = .1,
      })
      near(worth.expected_spend * model:discounted_expected_purchases {
        frequency = 2, recency = 30, T = 39, discount_rate = .1, horizon = 52,
      }, worth.clv)
    end)
    it("draws the same customers from the same seed", function()
      local one, two = model:simulate { n = 50, T = 30, seed = 7 }, model:simulate { n = 50, T = 30, seed = 7 }
      for i = 1, 50 do assert.equal(one.frequency[i], two.frequency[i]) end
    end)
  end)
end
