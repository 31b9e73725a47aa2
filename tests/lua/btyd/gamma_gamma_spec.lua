-- btyd.gamma_gamma: published numbers, numbers and columns, messages.

local loyalty = require "loyalty"
local gamma_gamma = loyalty.btyd.gamma_gamma

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 5e-7),
    ("%.17g is not near %.17g"):format(actual, expected))
end

local paper = gamma_gamma { p = 6.25, q = 3.74, v = 15.44 }

-- x and mean spend of CDNOW's repeat buyers, rounded to cents.
local function cdnow()
  local root = debug.getinfo(1, "S").source:match("^@(.*)tests/lua/") or "./"
  local x, z = {}, {}
  for line in io.lines(root .. "tests/c/btyd/cdnow_spend.h") do
    for a, _, c in line:gmatch("{(%d+), (%d+), (%d+)}") do
      x[#x + 1], z[#z + 1] = tonumber(a), tonumber(c) / 100
    end
  end
  return x, z
end

describe("gamma_gamma", function()
  it("gives the published numbers", function()
    near(39.1404199475, paper:expected_customer_spend { frequency = 2, monetary_value = 40 }, 1e-10)
    near(-4.170213813, paper:log_likelihood { frequency = 50, monetary_value = 38 }, 5e-10)
    near(6.25 * 15.44 / 2.74, paper:expected_new_customer_spend(), 1e-12)
    near(16.24 / 60.14, paper:posterior_mean { frequency = 2, monetary_value = 22.35 }, 1e-15)
  end)

  it("fits CDNOW", function()
    local x, z = cdnow()
    assert.equal(946, #x)
    local m = assert(gamma_gamma.fit { frequency = x, monetary_value = z })
    near(6.24880331, m.params_.p, 1e-5)
    near(3.74458854, m.params_.q, 1e-5)
    near(15.44774629, m.params_.v, 1e-5)
    near(-4055.923243, m.log_likelihood_, 1e-6)
    near(1.18968704, m.std_errors_.p, 1e-6)
    near(.113883910486, m.correlation_, 1e-12)
    assert.same({ "OK", true, 946.0, 0 }, { m.status_, m.converged_, m.n_customers_, m.n_left_out_ })
    local rows = m:summary()
    assert.is_true(rows.q.lower < m.params_.q and m.params_.q < rows.q.upper)
    near(m.covariance_[1][3], m.covariance_[3][1], 0)
    near(m.log_likelihood_, m:log_likelihood { frequency = x, monetary_value = loyalty.vec(z) }:sum(), 1e-8)
  end)

  it("answers columns with a vec", function()
    local out, status, bad = paper:expected_customer_spend {
      frequency = { 2, 0, 7 }, monetary_value = { 22.35, 0, 73.74 } }
    near(24.6637, out[1], 5e-5)
    near(35.2190, out[2], 5e-5)
    near(71.4697, out[3], 5e-5)
    assert.same({ "OK", 0 }, { status, bad })
    -- An RFM summary may be passed as it is.
    assert.equal(1, #paper:log_likelihood { customer_id = { "a" }, frequency = { 1 }, recency = { 3 }, T = { 5 },
      monetary_value = { 9 } })
  end)

  it("simulates customers that a fit finds again", function()
    local x = {}
    for i = 1, 4000 do x[i] = i % 5 end
    local z = assert(paper:simulate { frequency = x, seed = 7 })
    assert.equal(z[1], paper:simulate { frequency = 1, seed = 7 }[1])
    local m = assert(gamma_gamma.fit { frequency = x, monetary_value = z, threads = 2 })
    assert.is_true(math.abs(m.params_.q - 3.74) < 4 * m.std_errors_.q)
  end)

  it("names infinite means", function()
    local m = gamma_gamma { p = .5, q = .7, v = 10 }
    local value, status = m:expected_new_customer_spend()
    assert.equal(math.huge, value)
    assert.equal("NOTICE_DIVERGES", status)
    value, status = m:expected_customer_spend { frequency = 1, monetary_value = 20 }
    near(75, value, 1e-12)
    assert.equal("OK", status)
  end)

  it("answers nil, message, code to bad data", function()
    local value, message, code = paper:expected_customer_spend { frequency = { 1, 2 }, monetary_value = { 3, -1 } }
    assert.is_nil(value)
    assert.matches("^monetary_value%[2%]: must be a number greater than 0, from 1e%-40 to 1e40", message)
    assert.equal("ERR_DOMAIN", code)
    local out, _, bad = paper:expected_customer_spend {
      frequency = { 1, 2 }, monetary_value = { 3, -1 }, errors = "coerce" }
    assert.equal(1, bad)
    assert.is_true(out[2] ~= out[2])
    value, message, code = gamma_gamma { p = 1, q = 0, v = 1 }
    assert.is_nil(value)
    assert.matches("^q: must be a number greater than 0, from 1e%-10 to 1e10", message)
    assert.equal("ERR_DOMAIN", code)
    value, message, code = paper:expected_customer_spend { frequency = 1e308, monetary_value = 1e-300 }
    assert.is_nil(value)
    assert.matches("^frequency: must be a whole number, 0 or more and below 2%^51", message)
    assert.equal("ERR_DOMAIN", code)
    value, _, code = gamma_gamma.fit { frequency = { 0, 1 }, monetary_value = { 0, 1 } }
    assert.is_nil(value)
    assert.equal("ERR_TOO_FEW", code)
    value, message = gamma_gamma.fit { frequency = { 1, 1, 1 }, monetary_value = { 1, 2 } }
    assert.is_nil(value)
    assert.matches("^monetary_value: must be as long", message)
  end)

  it("raises on misuse", function()
    assert.error_matches(function() gamma_gamma { p = 1, q = 2 } end, "gamma_gamma: v is missing")
    assert.error_matches(function() gamma_gamma { p = 1, q = 2, v = 3, w = 4 } end, "there is no argument 'w'")
    assert.error_matches(function() gamma_gamma { p = 1, q = 2, v = 3, time_unit = "week" } end,
      "time_unit must be one of")
    assert.error_matches(function() paper:log_likelihood { frequency = 1 } end, "monetary_value is missing")
    assert.error_matches(function() paper:log_likelihood { frequency = "1", monetary_value = 2 } end, "")
  end)
end)
