-- btyd: rates from counts and from a log.

local loyalty = require "loyalty"
local btyd = loyalty.btyd

local function near(expected, actual) assert.is_true(math.abs(actual - expected) <= 1e-15, tostring(actual)) end

local function refused(code, text, value, message, got)
  assert.is_nil(value)
  assert.equal(code, got)
  assert.is_truthy(message:find(text, 1, true), message)
end

describe("rates from counts", function()
  it("are shares with Wilson intervals", function()
    local r = btyd.retention_rate { start = 100, ["end"] = 110, acquired = 30 }
    assert.equal(.8, r.rate)
    local lower, upper = r:interval() -- statsmodels
    near(0.7111708344068411, lower)
    near(0.8666330666689676, upper)
    assert.equal(20, btyd.churn_rate({ start = 100, ["end"] = 110, acquired = 30 }).part)
    assert.equal(7 / 9, btyd.repeat_purchase_rate(7, 9).rate)
    assert.equal(0, btyd.repurchase_rate(0, 5).rate)
    assert.is_true(btyd.repurchase_rate(1, 5):interval { level = .5 } > 0)
  end)

  it("answer nil, message, code to a division by zero", function()
    refused("ERR_TOO_FEW", "start: ", btyd.retention_rate { start = 0, ["end"] = 3, acquired = 3 })
    refused("ERR_TOO_FEW", "customers: ", btyd.repeat_purchase_rate(0, 0))
    refused("ERR_DOMAIN", "end: ", btyd.churn_rate { start = 5, ["end"] = 9, acquired = 3 })
    refused("ERR_DOMAIN", "level: ", btyd.repurchase_rate(1, 5):interval { level = 1 })
    assert.error_matches(function() btyd.retention_rate { start = 5 } end, "end is missing")
  end)

  it("change their period", function()
    near(.95 ^ 12, btyd.convert_retention(.95))
    near(.6 ^ (1 / 12), btyd.convert_retention(.6, "Y", "M"))
    near(1 - .6 ^ .5, btyd.convert_churn(.4, 2, 1))
    near(1 - .95 ^ 12, btyd.convert_churn({ 0, .05 }, "M", "Y")[2])
    refused("ERR_DOMAIN", "retention: ", btyd.convert_retention(1.5))
    refused("ERR_DOMAIN", "churn[2]: ", btyd.convert_churn { .5, -1 })
    assert.error_matches(function() btyd.convert_churn(.5, "M", "Q") end, "to must be one of")
    assert.error_matches(function() btyd.convert_churn("x") end, "must be a number, a vec")
  end)
end)

local LOG = {
  customer = { "a", "a", "a", "b", "b", "c", "d", "d", "a" },
  time = { "2015-01-31", "2015-02-01", "2015-03-05", "2015-01-01", "2015-03-31", "2015-02-28", "2015-03-01", "2015-03-02",
    "2015-05-01" },
}

local function log(more)
  local named = { customer = LOG.customer, time = LOG.time }
  for name, value in pairs(more or {}) do named[name] = value end
  return named
end

describe("rates from a log", function()
  it("count by calendar period", function()
    local r = btyd.retention_rates(log { observation_period_end = "2015-03-31" })
    assert.equal("OK", r.status)
    assert.same({ 0, 2, 2 }, r.start:totable())
    assert.same({ 2, 2, 3 }, r.active:totable())
    assert.same({ 0, 1, 1 }, r.retained:totable())
    assert.same({ 2, 1, 1 }, r.acquired:totable())
    assert.same({ 0, 0, 1 }, r.returned:totable())
    assert.equal(86400 * btyd.day "2015-02-01", r.period[2])
    assert.is_true(r.retention[1] ~= r.retention[1])
    assert.equal(.5, r.retention[3])
    assert.equal(.5, r.churn[3])
    assert.is_true(r.retention_lower[3] < .5 and r.retention_upper[3] > .5)
    assert.equal("NOTICE_SKIPPED", btyd.retention_rates(log()).status)
    assert.equal(1, #btyd.retention_rates(log { period = "Y" }).active)
  end)

  it("follow cohorts", function()
    local r = btyd.cohort_table(log())
    assert.same({ 2, 1, 1, 0, 0 }, r.customers:totable())
    assert.same({ 2, 1, 2, 0, 1 }, r.active[1]:totable())
    assert.same({ 1, .5, 1, 0, .5 }, r.share[1]:totable())
    assert.same({ 1, 0, 0 }, r.active[3]:totable())
    assert.is_true(r.share[5][1] ~= r.share[5][1])
  end)

  it("tell who comes back", function()
    local r = btyd.purchase_rates(log())
    assert.equal(3 / 4, r.repeat_purchase.rate)
    assert.equal(5 / 9, r.repurchase.rate)
    assert.equal(2 / 4, btyd.purchase_rates(log { merge = "M" }).repeat_purchase.rate)
  end)

  it("refuse what they cannot answer", function()
    refused("ERR_TOO_FEW", "customers: ", btyd.purchase_rates(log { observation_period_end = "2014-01-01" }))
    refused("ERR_DOMAIN", "level: ", btyd.retention_rates(log { level = 2 }))
    refused("ERR_FORMAT", "observation_period_end: ", btyd.retention_rates(log { observation_period_end = "x" }))
    refused("ERR_DOMAIN", "log: must not span", btyd.cohort_table(log { observation_period_end = "9999-12-31" }))
    refused("ERR_FORMAT", "time[1]", btyd.cohort_table { customer = { "a" }, time = { "x" } })
    assert.error_matches(function() btyd.cohort_table(log { period = "Q" }) end, "period must be one of")
    assert.error_matches(function() btyd.cohort_table(log { merge = "D" }) end, "no argument 'merge'")
    assert.error_matches(function() btyd.cohort_table(log { level = .5 }) end, "no argument 'level'")
    assert.error_matches(function() btyd.retention_rates(3) end, "expected a table")
  end)
end)
