-- btyd.bgcnbd and btyd.mbgcnbd: numbers from sums with 700 bits. What they share with the other models is tested in
-- bgnbd_spec.lua.

local loyalty = require "loyalty"
local btyd = loyalty.btyd

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 1e-12) * math.abs(expected),
    ("%.17g is not near %.17g"):format(actual, expected))
end

local ONE = { frequency = 2, recency = 213 / 7, T = 272 / 7, litt = 4.9444696721883332 }
local TRUTH = {
  bgcnbd = { -9.11120567380438174, .750385851325045438, 1.4642053098336113, 5.9657757836842557 },
  mbgcnbd = { -9.33406524280574086, .795234898353783266, 1.58811536625954119, 6.88831052435236695 },
}

local function with(named, more)
  local all = {}
  for name, value in pairs(named) do all[name] = value end
  for name, value in pairs(more) do all[name] = value end
  return all
end

for name, truth in pairs(TRUTH) do
  describe(name, function()
    local model = assert(btyd[name] { r = .4, alpha = 2.5, a = .793, b = 2.426, k = 2, time_unit = "W" })

    it("gives the model's numbers", function()
      near(truth[1], model:log_likelihood(ONE))
      near(truth[2], model:expected_probability_alive(ONE))
      near(truth[3], model:expected_purchases(with(ONE, { future_t = 39 })))
      near(truth[4], model:discounted_expected_purchases(
        with(ONE, { discount_rate = math.exp(.0027) - 1, discount_period = "unit" })))
    end)

    it("chooses k, and keeps it in a file", function()
      local drawn = btyd[name] { r = .8, alpha = 3, a = .9, b = 2.5, k = 3 }:simulate { n = 4000, T = 40, seed = 11 }
      local fit = assert(btyd[name].fit(drawn))
      assert.equal("OK", fit.status_)
      assert.equal(3, fit.params_.k)
      assert.equal(0, fit.std_errors_.k)
      assert.equal(fit.log_likelihood_, fit.log_likelihood_by_k_[3])
      assert.is_nil(fit.log_likelihood_by_k_[6])
      near(fit.log_likelihood_, fit:log_likelihood(drawn):sum(), 1e-12)
      local given = assert(btyd[name].fit(with(drawn, { k = 3 })))
      near(fit.params_.r, given.params_.r, 1e-6)
      near(fit.aic_ - 2, given.aic_, 1e-9)
      assert.same(fit.params_, btyd.from_json(fit:to_json())[1].params_)
      assert.equal("OK", fit:interval { frequency = 2, recency = 9, T = 40, future_t = 9 }.status)
    end)

    it("needs the gaps unless k is 1", function()
      local one = btyd[name] { r = .4, alpha = 2.5, a = .793, b = 2.426, k = 1 }
      local plain = btyd[name == "bgcnbd" and "bgnbd" or "mbgnbd"] { r = .4, alpha = 2.5, a = .793, b = 2.426 }
      local columns = { frequency = { 2, 0 }, recency = { 30, 0 }, T = { 39, 39 } }
      assert.equal(plain:log_likelihood(columns)[1], one:log_likelihood(columns)[1])
      assert.equal(plain:log_likelihood(ONE), one:log_likelihood(ONE))
      assert.has_error(function() model:log_likelihood(columns) end, "log_likelihood: litt is missing")
      assert.has_error(function() btyd[name].fit(columns) end, "fit: litt is missing")
      assert.has_error(function() btyd[name].fit(with(columns, { k = 65 })) end)
      local fit, message, code = btyd[name].fit(with(columns, { litt = { 9, 0 } }))
      assert.is_nil(fit)
      assert.equal("ERR_DOMAIN", code)
      assert.matches("^litt%[1%]", message)
      fit, message = btyd[name] { r = .4, alpha = 2.5, a = .793, b = 2.426, k = 0 }
      assert.is_nil(fit)
      assert.matches("^k: ", message)
    end)
  end)
end

describe("regularity", function()
  it("comes from neighbouring gaps", function()
    local log = { customer = { 1, 1, 1, 1, 1, 2, 2, 2 }, time = {} }
    for i, day in ipairs { 0, 1, 3, 6, 10, 0, 5, 10 } do log.time[i] = btyd.day "2015-01-01" + day end
    local v = (1 / 36 + 1 / 196) / 3
    local found = assert(btyd.regularity(log))
    near((1 - 4 * v) / (8 * v), found.k, 1e-13)
    assert.equal(3, found.n_pairs)
    assert.equal(2, found.n_customers)
    assert.equal("OK", found.status)
    local none, _, code = btyd.regularity { customer = { 1 }, time = { btyd.day "2015-01-01" } }
    assert.is_nil(none)
    assert.equal("ERR_TOO_FEW", code)
  end)
end)
