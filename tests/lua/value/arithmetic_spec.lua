-- value: lifetimes, paths, uncertainty, elasticities, lifts, payback, spending, equity.

local loyalty = require "loyalty"
local value = loyalty.value

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 1e-9) * math.abs(expected),
    ("%.17g is not near %.17g"):format(actual, expected))
end

describe("lifetimes", function()
  it("are those of a churn of a third", function()
    local share, status = value.lifetime_survivors { retention = 2 / 3, periods = 5 }
    near(.1316872428, share)
    assert.equal("OK", status)
    near(3, (value.lifetime_mean { retention = 2 / 3 }))
    near(1.709511291, (value.lifetime_until { retention = 2 / 3 }))
    near(11.35774717, (value.lifetime_until { retention = 2 / 3, share = .01 }))
  end)

  it("take columns and name what is wrong", function()
    local out, status, bad = value.lifetime_until { retention = { .5, 2 }, share = .25, errors = "coerce" }
    assert.equal(2, out[1])
    assert.is_true(out[2] ~= out[2])
    assert.same({ "OK", 1 }, { status, bad })
    local none, message, code = value.lifetime_mean { retention = 2 }
    assert.is_nil(none)
    assert.matches("^retention: must be from 0 to 1", message)
    assert.equal("ERR_DOMAIN", code)
    none, message = value.lifetime_mean { retention = { .5, 2 } }
    assert.is_nil(none)
    assert.matches("^retention%[2%]: ", message)
    assert.error_matches(function() value.lifetime_mean { retention = .5, share = .5 } end, "no argument 'share'")
  end)
end)

describe("retention_path", function()
  it("adds up", function()
    local path = assert(value.retention_path { margin = { 100, 80, 120 }, retention = { .8, .9, .7 },
      discount_rate = .1, timing = "begin", growth = .05 })
    near(239.81487603305786, path.value, 1e-14)
    near(path.value, path.present[1] + path.present[2] + path.present[3], 1e-14)
    near(.72, path.survivors[3], 1e-14)
    local none, message = value.retention_path { margin = { 1, 1 }, retention = { .5, 1.5 }, discount_rate = .1,
      timing = "end" }
    assert.is_nil(none)
    assert.matches("^retention%[2%]: ", message)
  end)
end)

describe("uncertainty", function()
  it("is of a customer, and of an estimate", function()
    local spread = assert(value.retention_spread { margin = 100, retention = .8, discount_rate = .1, timing = "begin" })
    near(366.66666667, spread.mean)
    near(229.05485077, spread.deviation)
    local many = assert(value.retention_spread { margin = { 100, 50 }, retention = .8, discount_rate = .1,
      timing = "begin" })
    assert.equal(spread.deviation, many.deviation[1])
    assert.equal(0, many.bad)
    local found = assert(value.retention_value_error { margin = 100, retention = .8, discount_rate = .1, timing = "end",
      se_margin = 5, se_retention = .02, correlation = .3 })
    near(31.158693771, found.standard_error)
    local none, message = value.retention_spread { margin = 100, retention = .8, discount_rate = -1, timing = "begin" }
    assert.is_nil(none)
    assert.matches("^discount_rate: ", message)
  end)
end)

describe("elasticities and lifts", function()
  it("give the published numbers", function()
    local e = assert(value.retention_elasticity { margin = 100, retention = .8, discount_rate = .1, timing = "end" })
    near(1.1 / .3, e.retention)
    assert.equal(1, e.margin)
    for meaning, relative in pairs { points = .2750, relative = .2115 } do
      local lift = assert(value.retention_lift { margin = 100, retention = .8, amount = .05, discount_rate = .1,
        meaning = meaning, timing = "end" })
      assert.is_true(math.abs(lift.relative - relative) < 5.1e-5)
    end
    local none, message = value.retention_lift { margin = 100, retention = .98, amount = .05, discount_rate = .1,
      meaning = "points", timing = "end" }
    assert.is_nil(none)
    assert.matches("^amount: takes retention above 1", message)
    assert.error_matches(function()
      value.retention_lift { margin = 100, retention = .98, amount = .05, discount_rate = .1, timing = "end" }
    end, "meaning is missing")
  end)
end)

describe("acquisition", function()
  it("is paid back, or never", function()
    local found = assert(value.acquisition_payback { margin = 100, retention = .8, acquisition_cost = 150,
      discount_rate = .1, timing = "begin" })
    near(1.6520236521, found.exact)
    assert.equal(2, found.periods)
    near(2.4444444444, found.ratio)
    found = assert(value.acquisition_payback { margin = 100, retention = .8, acquisition_cost = { 150, 400 },
      discount_rate = .1, timing = "begin" })
    assert.same({ "NOTICE_NONE", math.huge }, { found.status, found.periods[2] })
  end)

  it("is compared with keeping", function()
    local found = assert(value.keep_or_replace { cost = 1, uplift = .21, value = 300, acquisition_cost = 5 })
    assert.same({ true, true, .2 }, { found.pays, found.cheaper, found.uplift_to_replace })
    found = assert(value.keep_or_replace { cost = { 1, 1 }, uplift = .16, value = 300, acquisition_cost = { 5, 7 } })
    assert.same({ 0, 1 }, { found.cheaper[1], found.cheaper[2] })
  end)

  it("has an optimal spending", function()
    local win = assert(value.spend_response { ceiling = .4, spend = 5, share = .2 })
    local keep = assert(value.spend_response { ceiling = .7, spend = 10, share = .4 })
    near(.2, win:share_at(5))
    near(.1386294361, win.rate)
    near(7.3561681353, value.acquisition_optimum { response = win, value = 50 }.spend)
    near(17.1977724163, value.retention_optimum { response = keep, margin = 50, discount_rate = .1 }.value)
    local plan = assert(value.spend_plan { acquisition = win, retention = keep, margin = 50, discount_rate = .1 })
    near(10.1770390565, plan.equity)
    near(9.4885947055, plan.acquisition.spend)
    local present = assert(value.spend_plan { acquisition = win, retention = keep, margin = 50, discount_rate = .1,
      acquisition_spend = 5, retention_spend = 10 })
    near(7.8571428571, present.equity)
    local none, message = value.retention_optimum { response = keep, margin = 50, discount_rate = -.1 }
    assert.is_nil(none)
    assert.matches("^discount_rate: ", message)
    assert.error_matches(function() value.acquisition_optimum { response = {}, value = 1 } end, "must be a spend_response")
  end)
end)

describe("segment_equity", function()
  it("adds up", function()
    local found = assert(value.segment_equity { customers = { 100, 300, 600 }, value = { 500, 100, -20 } })
    assert.same({ "OK", 68000, -12000 }, { found.status, found.total, found.equity[3] })
    near(.3, found.customer_share[2])
  end)
end)
