-- btyd.bgbb: the donations of Fader, Hardie and Shang 2010, and what the Lua layer adds.

local loyalty = require "loyalty"
local btyd = loyalty.btyd

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 1e-11) * math.abs(expected),
    ("%.17g is not near %.17g"):format(actual, expected))
end

local CELLS <const> = {
  { 6, 6, 1203 }, { 5, 6, 728 }, { 4, 6, 512 }, { 3, 6, 357 }, { 2, 6, 234 }, { 1, 6, 129 }, { 5, 5, 335 },
  { 4, 5, 284 }, { 3, 5, 225 }, { 2, 5, 173 }, { 1, 5, 119 }, { 4, 4, 240 }, { 3, 4, 181 }, { 2, 4, 155 },
  { 1, 4, 78 }, { 3, 3, 322 }, { 2, 3, 255 }, { 1, 3, 129 }, { 2, 2, 613 }, { 1, 2, 277 }, { 1, 1, 1091 },
  { 0, 0, 3464 },
}
local X <const>, T_X <const>, T <const>, PEOPLE <const> = {}, {}, {}, {}
for i, cell in ipairs(CELLS) do X[i], T_X[i], T[i], PEOPLE[i] = cell[1], cell[2], 6, cell[3] end

describe("bgbb", function()
  local model = assert(btyd.bgbb { alpha = 1.20, beta = .75, gamma = .66, delta = 2.78, time_unit = "Y" })
  local fitted = assert(btyd.bgbb.fit { frequency = X, recency = T_X, T = T, weights = PEOPLE, time_unit = "Y" })

  it("fits the donations", function()
    assert.equal("OK", fitted.status_)
    near(-33225.581274, fitted.log_likelihood_, 1e-10)
    for name, value in pairs { alpha = 1.20352247, beta = .74971637, gamma = .65671817, delta = 2.78344192 } do
      near(value, fitted.params_[name], 1e-6)
    end
    local expected, total = fitted:expected_purchases { frequency = X, recency = T_X, T = T, future_t = 5 }, 0
    for i = 1, #X do total = total + expected[i] * PEOPLE[i] end
    near(12884.157, total, 1e-6)
  end)

  it("has the published numbers", function()
    near(-5.06086817507, model:log_likelihood { frequency = 3, recency = 4, T = 6 })
    near(1.62137918584, model:discounted_expected_purchases { frequency = 3, recency = 4, T = 6, discount_rate = .1 })
    near(.438343855, model:expected_probability_alive { frequency = 3, recency = 4, T = 6 }, 1e-8)
    local p, theta = model:posterior_mean { frequency = 3, recency = 4, T = 6 }
    near(.611927074714, p)
    near(.13483252721, theta, 1e-10)
    near(.121430220890, model:purchase_probability(2, 6))
  end)

  it("names what is no number of periods", function()
    for name, row in pairs {
      frequency = { .5, 1, 3 }, recency = { 3, 2, 3 }, T = { 1, 1, 2.5 },
    } do
      local none, message, code = model:log_likelihood { frequency = { row[1] }, recency = { row[2] }, T = { row[3] } }
      assert.is_nil(none)
      assert.equal("ERR_DOMAIN", code)
      assert.truthy(message:find("^" .. name), message)
    end
    local none, message = model:expected_purchases { frequency = 3, recency = 4, T = 6, future_t = 1.5 }
    assert.is_nil(none)
    assert.truthy(message:find("^future_t: must be a whole number"))
    none, message = loyalty.value.predict { model = model, frequency = 3, recency = 4, T = 6, horizon = 1.5 }
    assert.is_nil(none)
    assert.truthy(message:find("^horizon: must be a whole number"))
  end)

  it("draws histories, logs and summaries of the same customers", function()
    local rows = assert(model:simulate_histories { n = 40, T = 6, seed = 9 })
    local drawn, log = model:simulate { n = 40, T = 6, seed = 9 }, model:simulate_log { n = 40, T = 6, seed = 9 }
    local count = 0
    for i = 1, 40 do
      local x, last = 0, 0
      for j = 1, 6 do
        x = x + rows[i][j]
        if rows[i][j] == 1 then last = j end
      end
      assert.equal(drawn.frequency[i], x)
      assert.equal(drawn.recency[i], last)
      count = count + x
    end
    assert.equal(#log.time, count)
    for k = 1, #log.time do assert.equal(1, rows[log.customer[k]][math.tointeger(log.time[k])]) end
    assert.has_error(function() model:simulate_histories { n = 1, T = .5, seed = 1 } end)
    assert.has_error(function() model:simulate_histories { n = -1, T = 2, seed = 1 } end)
  end)

  it("says how sure it is, and is saved and read back", function()
    local interval = fitted:interval { frequency = 3, recency = 4, T = 6, quantity = "purchase_rate" }
    assert.is_true(interval.lower < interval.estimate and interval.upper < 1)
    local again = assert(btyd.from_json(assert(fitted:to_json())))[1]
    assert.same(fitted.params_, again.params_)
    assert.equal("Y", again.time_unit)
  end)
end)
