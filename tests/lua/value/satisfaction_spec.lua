-- value: return on satisfaction.

local loyalty = require "loyalty"
local value = loyalty.value

local curve = loyalty.response.curve {}
local captive = loyalty.response.curve { beta = 1.4, b = { .6, .9 } }

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= tolerance, ("%.17g is not near %.17g"):format(actual, expected))
end

describe("return on satisfaction", function()
  it("gives the worked case", function()
    local worth = value.satisfaction_worth { curve = curve, margin = 100, s = .75, c = .85, discount_rate = .1 }
    near(.3971836316, worth.retention, 5e-11)
    near(1.1128917570, worth.retention_slope, 5e-11)
    near(156.5131447585, worth.value, 5e-10)
    near(247.8345646190, worth.value_slope, 5e-10)
    assert.equal("OK", worth.status)
    local step = value.satisfaction_invest {
      curve = curve, margin = 100, s_before = .75, s_after = .8, c = .85, customers = 400, cost = 4000, discount_rate = .1 }
    near(171.7526116671, step.value_after, 5e-10)
    near((400 * step.gain - 4000) / 4000, step.return_on_investment, 1e-12)
    near(value.margin_multiple_slope { retention = .3971836316, discount_rate = .1, timing = "begin" } * 111.2891757,
      worth.value_slope, 1e-6)
  end)

  it("gives the same numbers for columns", function()
    local many = value.satisfaction_worth {
      curve = captive, margin = 60, s = { .5, .9 }, c = .3, constraints = { { 1, 0 }, .5 }, discount_rate = .1 }
    local one = value.satisfaction_worth {
      curve = captive, margin = 60, s = .5, c = .3, constraints = { 1, .5 }, discount_rate = .1 }
    assert.equal(one.value, many.value[1])
    assert.equal(one.value_slope, many.value_slope[1])
    assert.same({ "OK", 0 }, { many.status, many.bad })
    local risk = value.satisfaction_at_risk {
      curve = captive, margin = 60, s = { .5, .9 }, c = .3, constraints = { { 1, 0 }, .5 }, discount_rate = .1 }
    local single = value.satisfaction_at_risk {
      curve = captive, margin = 60, s = .5, c = .3, constraints = { 1, .5 }, discount_rate = .1 }
    assert.equal(single.at_risk, risk.at_risk[1])
    assert.equal(single.value_before - single.value_after, single.at_risk)
    local steps = value.satisfaction_invest {
      curve = curve, margin = 100, s_before = .75, s_after = { .8, .7 }, c = .85, customers = 400, cost = 4000,
      discount_rate = .1 }
    assert.is_true(steps.gain[1] > 0 and steps.gain[2] < 0)
  end)

  it("spends a budget", function()
    local plan = value.satisfaction_budget {
      curve = loyalty.response.curve { beta = 2.2 }, customers = { 900, 300, 50 }, margin = { 40, 70, 200 },
      s = { .4, .55, .6 }, c = { .8, .6, .3 }, unit_cost = 120, most = .9, budget = 15000, discount_rate = .1 }
    local spent = 0
    for j = 1, 3 do
      assert.is_true(plan.target[j] >= ({ .4, .55, .6 })[j] and plan.target[j] <= .9)
      spent = spent + plan.spend[j]
    end
    near(plan.total_spend, spent, 1e-8)
    assert.is_true(plan.net > 0 and plan.net <= plan.bound * (1 + 1e-12) and spent <= 15000 * (1 + 1e-11))
  end)

  it("names what is wrong", function()
    local none, message, code = value.satisfaction_worth { curve = curve, margin = 1, s = 1.5, c = .5, discount_rate = .1 }
    assert.same({ nil, "s: must be from 0 to 1", "ERR_DOMAIN" }, { none, message:match("^[^,;(]*1"), code })
    none, message = value.satisfaction_worth { curve = curve, margin = 1, s = { .5, 1.5 }, c = .5, discount_rate = .1 }
    assert.is_nil(none)
    assert.matches("^s%[2%]: must be from 0 to 1", message)
    local out = value.satisfaction_worth {
      curve = curve, margin = 1, s = { .5, 1.5 }, c = .5, discount_rate = .1, errors = "coerce" }
    assert.equal(1, out.bad)
    none, message = value.satisfaction_at_risk {
      curve = captive, margin = 1, s = .5, c = .5, constraints = { 1, 1 }, constraints_after = { 0, 2 }, discount_rate = .1 }
    assert.is_nil(none)
    assert.matches("^constraints_after%[2%]: must be", message)
    assert.equal("NOTICE_DIVERGES",
      value.satisfaction_worth { curve = curve, margin = 1, s = 1, c = .5, discount_rate = 0 }.status)
    assert.error_matches(function() value.satisfaction_worth { margin = 1, s = .5, c = .5, discount_rate = .1 } end,
      "curve is missing")
    assert.error_matches(function()
      value.satisfaction_worth { curve = {}, margin = 1, s = .5, c = .5, discount_rate = 0 }
    end, "curve must be a curve")
    assert.error_matches(function()
      value.satisfaction_worth { curve = curve, margin = 1, s = "a", c = .5, discount_rate = .1 }
    end, "s must be a number, a vec or a table")
  end)
end)
