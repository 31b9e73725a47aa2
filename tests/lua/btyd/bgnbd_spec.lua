-- btyd.bgnbd: vectors computed with mpmath, and what the layer adds.

local loyalty = require "loyalty"
local bgnbd = loyalty.btyd.bgnbd

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 1e-12) * math.abs(expected),
    ("%.17g is not near %.17g"):format(actual, expected))
end

local model = assert(bgnbd { r = .243, alpha = 4.414, a = .793, b = 2.426, time_unit = "W" })
local X, T_X, T = { 0, 2, 26 }, { 0, 213 / 7, 216 / 7 }, { 272 / 7, 272 / 7, 31 }
local ALIVE = { 1, 0.726589721835495, 0.968851562851896 }
local PURCHASES = { 0.195109664993088, 1.22611580614932, 20.7483536943379 }

--- Arguments for the three customers, or for the second alone, and more.
local function all(more)
  more = more or {}
  more.frequency, more.recency, more.T = X, T_X, T
  return more
end
local function second(more)
  more = more or {}
  more.frequency, more.recency, more.T = X[2], T_X[2], T[2]
  return more
end

describe("bgnbd", function()
  it("gives columns for columns", function()
    local purchases, bad = model:expected_purchases(all { future_t = 39 })
    local alive = model:expected_probability_alive(all())
    assert.equal(0, bad)
    for i = 1, 3 do
      near(PURCHASES[i], purchases[i])
      near(ALIVE[i], alive[i])
    end
  end)

  it("gives the same numbers for numbers", function()
    assert.equal(model:expected_purchases(all { future_t = 39 })[2], model:expected_purchases(second { future_t = 39 }))
    assert.equal(model:expected_probability_alive(all { future_t = 9 })[2],
      model:expected_probability_alive(second { future_t = 9 }))
    assert.equal(model:log_likelihood(all())[2], model:log_likelihood(second()))
    local rate, dropout = model:posterior_mean(second())
    local rates, dropouts = model:posterior_mean(all())
    assert.same({ rates[2], dropouts[2] }, { rate, dropout })
    assert.equal(1, select("#", model:log_likelihood(second())))
  end)

  it("repeats numbers beside columns", function()
    local v = model:expected_purchases { frequency = loyalty.vec { 1, 2 }, recency = 20, T = 30, future_t = 39 }
    assert.equal(model:expected_purchases { frequency = 2, recency = 20, T = 30, future_t = 39 }, v[2])
  end)

  it("knows probabilities", function()
    near(1.07868964036e-07, model:purchase_probability(10, 2), 1e-11)
    near(.573786352096, model:purchase_probability(0, 39), 1e-11)
    near(.754001146120876906, model:purchase_probability_interval(0, 39, 78), 1e-13)
    near(.0019995214, model:purchase_probability({ 11, 12 }, 30)[1], 1e-7)
    local n, sum = {}, 0
    for i = 0, 300 do n[i + 1] = i end
    local p = model:purchase_probability_future(second { n = n, future_t = 39 })
    for i = 1, #p do sum = sum + p[i] * n[i] end
    near(PURCHASES[2], sum, 1e-9)
  end)

  it("knows new customers", function()
    near(1.4460505953964, model:expected_purchases_new_customer(52))
    near(1.86051905794277, model:expected_purchases_new_customer { 1, 78 }[2])
  end)

  it("discounts by the stated unit", function()
    local days = assert(bgnbd { r = .243, alpha = 7 * 4.414, a = .793, b = 2.426, time_unit = "D" })
    near(model:discounted_expected_purchases(second { discount_rate = .1 }),
      days:discounted_expected_purchases { frequency = 2, recency = 213, T = 272, discount_rate = .1 })
    near(5.156649774, model:discounted_expected_purchases(second { discount_rate = math.exp(.0027) - 1,
      discount_period = "unit" }), 1e-9)
    near(PURCHASES[2], model:discounted_expected_purchases(second { discount_rate = 0, horizon = 39 }))
    local value, message, code = model:discounted_expected_purchases(second { discount_rate = 0 }) -- no end
    assert.is_nil(value)
    assert.matches("^discount_rate: must be a number greater than 0", message)
    assert.equal("ERR_DOMAIN", code)
    local columns = model:discounted_expected_purchases { frequency = { 2, 0 }, recency = { 213 / 7, 0 },
      T = { 272 / 7, 272 / 7 }, discount_rate = .0027, discount_period = "unit" }
    near(5.16054771835934456, columns[1], 1e-13) -- mpmath, 30 digits
    near(1.01664654843725186, columns[2], 1e-13)
    local unitless = assert(bgnbd { r = .243, alpha = 4.414, a = .793, b = 2.426 })
    assert.error_matches(function() unitless:discounted_expected_purchases(second { discount_rate = .1 }) end,
      "time_unit must be stated")
  end)
end)

describe("numbers out of range", function()
  it("are errors with a name, never a NaN", function()
    local value, message, code = bgnbd { r = 1e-300, alpha = 1e-300, a = 1e-300, b = 1e-300 }
    assert.is_nil(value)
    assert.matches("^r: must be a number greater than 0, from 1e%-10 to 1e10", message)
    assert.equal("ERR_DOMAIN", code)
    value, message = model:expected_purchases_new_customer(1e300)
    assert.is_nil(value)
    assert.matches("^t: must be 0 or a number from 1e%-40 to 1e40", message)
    value, message = bgnbd.fit { frequency = { 1, 2 }, recency = { 1, 2 }, T = { 3, 4 }, weights = { 1, 1.7e308 } }
    assert.is_nil(value)
    assert.matches("^weights%[2%]: must be a number greater than 0", message)
    local wide = assert(bgnbd { r = 1e10, alpha = 1e-40, a = 1e-10, b = 1e10 })
    near(9.9999998167931952e89, wide:expected_purchases_new_customer(1e40), 1e-13) -- mpmath, 60 digits
  end)
end)

describe("bgnbd.fit", function()
  local drawn = model:simulate { n = 5000, T = 60, seed = 3 }

  it("recovers what was simulated", function()
    local fit = assert(bgnbd.fit(drawn))
    assert.equal("OK", fit.status_)
    assert.is_true(fit.converged_)
    assert.equal(5000, fit.n_customers_)
    for name, value in pairs(model.params_) do
      assert.is_true(math.abs(fit.params_[name] - value) < 4 * fit.std_errors_[name], name)
    end
    near(fit.std_errors_.alpha ^ 2, fit.covariance_[2][2], 1e-14)
    near(fit.log_likelihood_, fit:log_likelihood(drawn):sum(), 1e-12)
    assert.is_true(fit.decrement_ < 1e-13 and fit.n_iter_ <= fit.n_evaluations_)
    assert.same(fit.params_, loyalty.btyd.from_json(fit:to_json())[1].params_)
  end)

  it("takes weights and threads without a change of bits", function()
    local one, two = bgnbd.fit(drawn), bgnbd.fit { frequency = drawn.frequency, recency = drawn.recency, T = drawn.T,
      weights = loyalty.vec(5000, 1), threads = 2 }
    near(one.params_.r, two.params_.r, 1e-12)
    local again = bgnbd.fit { frequency = drawn.frequency, recency = drawn.recency, T = drawn.T, threads = 2 }
    assert.same(one.params_, again.params_)
  end)

  it("answers nil, message, code to bad data", function()
    local fit, message, code = bgnbd.fit { frequency = { 1, -1 }, recency = { 1, 0 }, T = { 2, 2 } }
    assert.is_nil(fit)
    assert.matches("^frequency%[2%]: ", message)
    assert.equal("ERR_DOMAIN", code)
    fit, message, code = bgnbd.fit { frequency = { 0, 0 }, recency = { 0, 0 }, T = { 2, 2 } }
    assert.is_nil(fit)
    assert.matches("^frequency: ", message)
    assert.equal("ERR_TOO_FEW", code)
    assert.is_nil((bgnbd { r = 0, alpha = 1, a = 1, b = 1 }))
  end)
end)

describe("bgnbd rows", function()
  it("are named from 1, in the caller's words", function()
    local v, message, code = model:expected_purchases { frequency = { 0, 2 }, recency = { 0, -1 }, T = 30, future_t = 1 }
    assert.is_nil(v)
    assert.matches("^recency%[2%]: ", message)
    assert.equal("ERR_DOMAIN", code)
    v, message = model:expected_purchases(second { future_t = -1 })
    assert.is_nil(v)
    assert.matches("^future_t: ", message)
    v, message = model:discounted_expected_purchases(second { discount_rate = -1 })
    assert.is_nil(v)
    assert.matches("^discount_rate: ", message)
  end)

  it("become NaN on request", function()
    local v, bad = model:log_likelihood { frequency = { 0, 2 }, recency = { 0, -1 }, T = 30, errors = "coerce" }
    assert.equal(1, bad)
    assert.is_true(v[1] == v[1] and v[2] ~= v[2])
    v, bad = model:purchase_probability({ 1, 1.5 }, 3)
    assert.is_nil(v)
    assert.matches("^n%[2%]: ", bad)
  end)
end)

describe("bgnbd.simulate", function()
  it("draws customers and their purchases", function()
    local drawn = model:simulate { n = 200, T = 39, seed = 5 }
    local log = model:simulate_log { n = 200, T = 39, seed = 5 }
    assert.equal(drawn.frequency:sum(), #log.time)
    local last = {}
    for i = 1, #log.time do last[log.customer[i]] = log.time[i] end
    for i = 1, 200 do assert.equal(drawn.recency[i], last[i] or 0) end
    local few = model:simulate { T = { 39, 39 }, seed = 5 }
    assert.equal(drawn.recency[2], few.recency[2])
  end)
end)

describe("misuse of bgnbd", function()
  it("raises", function()
    assert.error_matches(function() bgnbd { r = 1, alpha = 1, a = 1 } end, "b is missing")
    assert.error_matches(function() bgnbd { r = 1, alpha = 1, a = 1, b = 1, time_unit = "week" } end,
      "time_unit must be one of")
    assert.error_matches(function() bgnbd.fit { frequency = { 1 }, recency = { 1 } } end, "fit: T is missing")
    assert.error_matches(function() bgnbd.fit { frequency = { 1 }, x = 1 } end, "there is no argument 'x'")
    assert.error_matches(function() model:expected_purchases(second()) end, "future_t is missing")
    assert.error_matches(function() model:log_likelihood { frequency = "2" } end, "frequency must be a number, a vec")
    assert.error_matches(function() model:log_likelihood(second { errors = "ignore" }) end, "errors must be one of")
    assert.error_matches(function() model:purchase_probability(1) end, "t is missing")
    assert.error_matches(function() model:simulate { n = -1, T = 1, seed = 1 } end, "n must be an integer")
    assert.error_matches(function() model:simulate { n = 3, T = { 1 }, seed = 1 } end, "n must be 1, the length of T")
    assert.error_matches(function() model:simulate { n = 3, T = 1 } end, "seed is missing")
  end)
end)
