-- response: the cusp, its density and its fit.

local loyalty = require "loyalty"
local response = loyalty.response

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 1e-9) * math.max(1, math.abs(expected)),
    ("%.17g is not near %.17g"):format(actual, expected))
end

local SCORE = { 62, 45, 20, 79, 61, 36, 26, 39, 66, 71, 29, 30, 25, 31, 42, 73, 49, 20, 77, 45, 89, 54, 52, 36, 80, 37, 36,
  25, 53, 37, 81, 70, 60, 67, 59, 46 }
local X = { 5, 2, 2, 3, 5, 1, 2, 3, 2, 3, 2, 1, 1, 1, 4, 5, 5, 4, 5, 3, 3, 4, 3, 2, 4, 2, 3, 1, 2, 1, 4, 5, 5, 5, 5, 1 }
local V = { 1, .3, 1.4, 1.9, 1.7, .4, 2.1, 1.8, 1.4, .9, 2.8, .3, .4, 1.1, .8, 1.8, 2.1, 2.1, 2.3, .5, 2.2, .7, 1.6, .7, 2.4,
  .3, 1.3, 1.9, 2.1, .3, 3, .9, 1.3, .9, .1, .7 }

describe("cusp", function()
  it("rests at the roots", function()
    local states = response.cusp_equilibria { a = 1, b = 3 }
    for i, z in ipairs { -1.5320888862, -.3472963553, 1.8793852416 } do near(z, states[i].z, 1e-10) end
    assert.equal("unstable", states[2].stability)
    assert.equal("half-stable", response.cusp_equilibria({ a = 2, b = 3 })[1].stability)
    local columns = response.cusp_equilibria { a = { 0, 1 }, b = 1 }
    assert.equal(-1.0, columns.low[1])
    assert.equal(columns.low[2], columns.high[2])
    local bad, message, code = response.cusp_equilibria { a = 0 / 0, b = 1 }
    assert.is_nil(bad)
    assert.equal("a: must be a finite number", message)
    assert.equal("ERR_DOMAIN", code)
  end)

  it("has fold lines and hysteresis", function()
    assert.equal(2.0, response.cusp_fold(3))
    assert.is_nil((response.cusp_fold(-1)))
    local path = response.cusp_path { a = { -3, 0, 3, 0, -3 }, b = 3 }
    assert.same({ 0, 0, 1, 0, -1 }, path.jump:totable())
    assert.is_true(path.z[2] < 0 and path.z[4] > 0)
    local maxwell = response.cusp_path { a = { -1, 1 }, b = 3, rule = "maxwell", start = "high" }
    assert.same({ 0, 1 }, maxwell.jump:totable())
    assert.error_matches(function() response.cusp_path { a = 1, b = 1, rule = "no" } end, "rule must be one of")
  end)

  it("has a density", function()
    local m = response.cusp_moments { a = .5, b = 2 }
    near(2.22515901339646219, m.log_normalizer, 1e-14)
    near(.759660453516764633, m.mean, 1e-13)
    assert.equal(m.mean, response.cusp_moments({ a = { .5 }, b = 2 }).mean[1])
    near(-.648010575896462194, response.cusp_density { z = 1.25, a = .5, b = 2, log = true }, 1e-13)
    near(math.exp(-.648010575896462194), response.cusp_density({ z = { 0, 1.25 }, a = .5, b = 2 })[2], 1e-13)
    assert.is_nil((response.cusp_density { z = 0 / 0, a = 0, b = 0 }))
    assert.is_nil((response.cusp_moments { a = 1e8, b = 0 }))
  end)
end)

describe("cusp_model", function()
  local model = assert(response.cusp_model.fit { loyalty = SCORE, normal = { X }, splitting = { V } })

  it("is fitted", function()
    local expected = { w0 = -2.9982290135742553, w1 = .05967831396280249, a0 = -1.9866867289555579, a1 = .6254532022457868,
      b0 = -1.5299729667401865, b1 = 1.6467982781843244 }
    for name, value in pairs(expected) do near(value, model.params_[name]) end
    near(.48762039531076223, model.std_errors_.b1)
    near(-.0023721682461765345, model.covariance_[1][2])
    near(-139.90449744637118, model.log_likelihood_)
    near(-148.90262817398468, model.linear_.log_likelihood)
    assert.equal("OK", model.status_)
    assert.is_true(model.converged_)
    assert.is_nil(model.limit_)
    local row = model:summary().a1
    near(row.estimate + 1.959963984540054 * row.std_error, row.upper)
    assert.is_true(model:summary().w1.lower > 0)
  end)

  it("says what it says of rows", function()
    near(model.log_likelihood_, model:log_likelihood({ loyalty = SCORE, normal = { X }, splitting = { V } }):sum())
    local controls = model:controls { normal = { X }, splitting = { V } }
    near(model.params_.a0 + 5 * model.params_.a1, controls.a[1])
    local given = response.cusp_model { w0 = -1, w1 = .5, a = { 0, 1 }, b = { 0, 3 } }
    near(2 * (1.8793852415718168 + 1), given:predict({ normal = { 1 }, splitting = { 1 } })[1])
    near(2 * (-1.5320888862379561 + 1),
      given:predict({ normal = { 1 }, splitting = { 1 }, loyalty = .5, rule = "delay" })[1])
    near(2 * (response.cusp_moments({ a = 1, b = 3 }).mean + 1),
      given:predict({ normal = { 1 }, splitting = { 1 }, rule = "mean" })[1])
    assert.is_nil((given:predict { normal = { 1 }, splitting = { 1 }, rule = "delay" }))
    assert.error_matches(function() given:predict { normal = { 1 } } end, "1 splitting columns")
  end)

  it("says what is wrong", function()
    local bad, message, code = response.cusp_model.fit { loyalty = { 1, 2 } }
    assert.is_nil(bad)
    assert.matches("^loyalty: must have more rows", message)
    assert.equal("ERR_TOO_FEW", code)
    assert.is_nil((response.cusp_model { w0 = 0, w1 = 0, a = { 0 }, b = { 0 } }))
    assert.error_matches(function() response.cusp_model { w0 = 0, w1 = 1, a = {}, b = { 0 } } end, "constants")
    assert.error_matches(function() response.cusp_model.fit { loyalty = SCORE, nromal = {} } end, "no argument 'nromal'")
    local two = {}
    for i, score in ipairs(SCORE) do two[i] = score > 50 and 1 or 0 end
    local separated = response.cusp_model.fit { loyalty = two, normal = { X } }
    assert.equal("NOTICE_SEPARATED", separated.status_)
    assert.equal("two_values", separated.limit_)
  end)
end)
