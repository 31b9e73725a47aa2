-- interval, new_customer_interval, purchase_interval and value.clv_interval of fitted models.

local loyalty = require "loyalty"
local btyd = loyalty.btyd

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 1e-12) * math.abs(expected),
    ("%.17g is not near %.17g"):format(actual, expected))
end

local PARAMETERS <const> = {
  bgnbd = { r = .7, alpha = 4.4, a = .8, b = 2.4 },
  mbgnbd = { r = .7, alpha = 6.2, a = .9, b = 1.6 },
  pnbd = { r = .7, alpha = 5, s = .8, beta = 12 },
  nbd = { r = .7, alpha = 8 },
  ggomnbd = { r = .7, alpha = 5, b = .15, s = 1, beta = 4 },
}
local X <const>, T_X <const>, T <const> = { 0, 2, 26 }, { 0, 30, 31 }, { 39, 39, 31.5 }
local function all(more)
  more = more or {}
  more.frequency, more.recency, more.T = X, T_X, T
  return more
end

local spend = assert(btyd.gamma_gamma { p = 6.25, q = 3.74, v = 15.44 })
local counts = {}
for i = 1, 200 do counts[i] = i % 9 end
spend = assert(btyd.gamma_gamma.fit { frequency = counts, monetary_value = spend:simulate { frequency = counts, seed = 3 } })

for name, parameters in pairs(PARAMETERS) do
  describe(name, function()
    local drawn = assert(btyd[name](parameters)):simulate { n = 2000, T = 40, seed = 1 }
    drawn.time_unit = "W"
    local model = assert(btyd[name].fit(drawn))

    it("says how sure it is", function()
      local found = assert(model:interval(all { future_t = 39 }))
      local expected = model:expected_purchases(all { future_t = 39 })
      assert.equal("OK", found.status)
      for i = 1, 3 do
        assert.equal(expected[i], found.estimate[i])
        assert.is_true(found.std_error[i] > 0)
        near(1.959963984540054 * found.std_error[i] / found.estimate[i], math.log(found.upper[i] / found.estimate[i]))
        near(found.estimate[i] ^ 2, found.lower[i] * found.upper[i])
      end
    end)

    it("takes numbers and other quantities", function()
      local one = { frequency = 2, recency = 30, T = 39 }
      local function at(more)
        for key, value in pairs(one) do more[key] = value end
        return more
      end
      assert.equal(model:expected_probability_alive(at { future_t = 5 }),
        model:interval(at { quantity = "expected_probability_alive", future_t = 5 }).estimate)
      assert.equal(model:purchase_probability_future(at { n = 1, future_t = 5 }),
        model:interval(at { quantity = "purchase_probability_future", n = 1, future_t = 5 }).estimate)
      assert.equal(model:discounted_expected_purchases(at { discount_rate = .1, horizon = 52 }),
        model:interval(at { quantity = "discounted_expected_purchases", discount_rate = .1, horizon = 52 }).estimate)
      local rate, dropout = model:posterior_mean(at {})
      assert.equal(rate, model:interval(at { quantity = "purchase_rate" }).estimate)
      assert.equal(dropout, model:interval(at { quantity = "dropout" }).estimate)
      assert.equal(model:expected_purchases_new_customer(26), model:new_customer_interval { t = 26 }.estimate)
      assert.equal(model:purchase_probability(2, 26), model:new_customer_interval { t = 26, n = 2 }.estimate)
      assert.equal(model:purchase_probability_interval(2, 13, 26),
        model:new_customer_interval { t = 26, t0 = 13, n = 2 }.estimate)
    end)

    it("says how many purchases there may be", function()
      local found = assert(model:purchase_interval(all { future_t = 39, level = .9 }))
      for i = 1, 3 do
        local p, n = 0, 0
        while n <= found.upper[i] do
          if n == found.lower[i] then assert.is_true(p <= .05 + 1e-12) end
          p = p + model:purchase_probability_future {
            frequency = X[i], recency = T_X[i], T = T[i], future_t = 39, n = n,
          }
          n = n + 1
        end
        assert.is_true(p >= .95 - 1e-12)
        assert.equal(model:expected_purchases(all { future_t = 39 })[i], found.expected_purchases[i])
      end
      assert.equal(found.upper[2],
        model:purchase_interval { frequency = 2, recency = 30, T = 39, future_t = 39, level = .9 }.upper)
    end)

    it("says how sure a value is", function()
      local given = all {
        model = model, spend_model = spend, monetary_value = { 0, 20, 35.5 }, horizon = 52, discount_rate = .1,
      }
      local found, plain = assert(loyalty.value.clv_interval(given)), assert(loyalty.value.predict(given))
      local mean = spend:interval { frequency = X, monetary_value = { 0, 20, 35.5 } }
      local dect = model:interval(all {
        quantity = "discounted_expected_purchases", discount_rate = .1, horizon = 52,
      })
      for i = 1, 3 do
        assert.equal(plain.clv[i], found.estimate[i])
        near((mean.std_error[i] / mean.estimate[i]) ^ 2 + (dect.std_error[i] / dect.estimate[i]) ^ 2,
          (found.std_error[i] / found.estimate[i]) ^ 2)
      end
    end)

    it("names what is wrong", function()
      local none, message, code = model:interval(all { future_t = -1 })
      assert.is_nil(none)
      assert.equal("ERR_DOMAIN", code)
      assert.truthy(message:find("future_t", 1, true))
      none, message, code = model:interval { frequency = { 1, 2 }, recency = { 1, 9 }, T = { 5, 5 }, future_t = 1 }
      assert.is_nil(none)
      assert.equal("ERR_DOMAIN", code)
      assert.truthy(message:find("T", 1, true))
      local found = model:interval {
        frequency = { 1, 2 }, recency = { 1, 9 }, T = { 5, 5 }, future_t = 1, errors = "coerce",
      }
      assert.equal(1, found.bad)
      assert.is_true(found.lower[2] ~= found.lower[2])
      none, message, code = model:purchase_interval(all { future_t = 1, level = 1 })
      assert.is_nil(none)
      assert.equal("ERR_DOMAIN", code)
      assert.truthy(message:find("level", 1, true))
      none, message, code = btyd[name](parameters):interval(all { future_t = 1 })
      assert.is_nil(none)
      assert.equal("ERR_STATE", code)
      assert.truthy(message:find("covariance", 1, true))
      assert.has_error(function() model:interval(all { future_t = 1, horizon = 2 }) end)
      assert.has_error(function() model:interval(all { quantity = "clv" }) end)
      assert.has_error(function() model:new_customer_interval { t = 1, t0 = 0 } end)
    end)
  end)
end
