-- ladder.guadagni_little: choice with loyalty.

local loyalty = require "loyalty"
local guadagni_little = loyalty.ladder.guadagni_little

local function near(a, b, tolerance) assert.is_true(math.abs(a - b) <= tolerance, a .. " is not near " .. b) end

describe("guadagni_little", function()
  it("runs the worked example", function()
    local m = assert(guadagni_little { constants = { 0, 0, 0, 0 }, b = 3, lambda = .875 })
    local rows = assert(m:loyalty { { 1, 1, 2, 1 } })
    for t, expected in ipairs { .25, .875, .890625, .779297 } do near(rows[t][1], expected, 5e-7) end
    local p = assert(m:predict { choices = { { 1, 1, 2, 1 }, {} } })
    near(p[1][1] + p[1][2] + p[1][3] + p[1][4], 1, 1e-15)
    near(p[2][3], .25, 1e-15)
    local first, other = math.exp(3 * .875), math.exp(3 * .125 / 3)
    near(m:probability { choices = { { 1, 1 } } }[2][1], first / (first + 3 * other), 1e-14)
  end)

  it("fits", function()
    local truth = assert(guadagni_little { constants = { 0, .5, -.3 }, b = 2, lambda = .75 })
    local choices = truth:simulate(150, 15, 4)
    local m = assert(guadagni_little.fit { choices = choices, alternatives = 3 })
    assert.equal("OK", m.status_)
    assert.same({ "a2", "a3", "b", "lambda" }, m.names_)
    for _, name in ipairs(m.names_) do near(m.params_[name], truth.params_[name], 3.3 * m.std_errors_[name]) end
    assert.equal(150 * 14, m.n_rows_)
    assert.equal(m.maxima_[1].log_likelihood, m.log_likelihood_)
    assert.equal(51, #m.profile_.lambda)
    assert.is_true(m.test_.p_value < 1e-6)
    near(m.covariance_[4][4] ^ .5, m.std_errors_.lambda, 1e-15)
    near(m:summary().b.upper, m.params_.b + 1.959963984540054 * m.std_errors_.b, 1e-14)
    local other = assert(guadagni_little.fit { choices = choices, alternatives = 3, base = 3, lambda = .75, warmup = 2 })
    assert.same({ "a1", "a2", "b", "lambda" }, other.names_)
    assert.equal(0, other.std_errors_.lambda)
    assert.equal(0, other.constants_[3])
    assert.is_nil(other.profile_)
  end)

  it("takes covariates", function()
    local choices, price = {}, {}
    for i = 1, 20 do
      choices[i], price[i] = {}, {}
      for t = 1, 8 do
        price[i][t] = { (i * 7 + t * 3) % 11 / 5, (i * 5 + t * 4) % 7 / 4 }
        choices[i][t] = price[i][t][1] < price[i][t][2] + ((i * t) % 3 - 1) and 1 or 2
      end
    end
    local m = assert(guadagni_little.fit {
      choices = choices, alternatives = 2, covariates = { { "price", price } }, lambda = .5,
    })
    assert.is_true(m.slopes_.price < 0)
    local p = assert(m:probability { choices = choices, covariates = { { "price", price } } })
    local total = 0
    for i = 1, 20 do
      for t = 2, 8 do total = total + math.log(p[(i - 1) * 8 + t][choices[i][t]]) end
    end
    near(total, m.log_likelihood_, 1e-10)
    local third = m:predict { choices = choices, x = { { 1 }, { 2 } } }[3]
    near(third[1] + third[2], 1, 1e-15)
    assert.error_matches(function() m:predict { choices = choices } end, "x must have 2 rows of 1 numbers")
  end)

  it("answers nil, message, code to bad data and raises on misuse", function()
    local none, message, code = guadagni_little { constants = { 0, 1 }, b = 1, lambda = 2 }
    assert.is_nil(none)
    assert.matches("^lambda: ", message)
    assert.equal("ERR_DOMAIN", code)
    none, message = guadagni_little { constants = { 0, 0 / 0 }, b = 1, lambda = .5 }
    assert.is_nil(none)
    assert.matches("^constants%[2%]: ", message)
    none, message, code = guadagni_little.fit { choices = { { 1, 2, 4 } }, alternatives = 3 }
    assert.is_nil(none)
    assert.matches("^choices%[1%]%[3%]: must be the number of an alternative", message)
    assert.equal("ERR_DOMAIN", code)
    assert.is_nil((guadagni_little.fit { choices = { { 1, 2 } }, alternatives = 2 }))
    assert.is_nil((guadagni_little.fit { choices = { { 1, 2 } }, alternatives = 2, lambda = 3 }))
    assert.error_matches(function() guadagni_little.fit { choice = {} } end, "there is no argument 'choice'")
    assert.error_matches(function() guadagni_little.fit { choices = { { 1.5 } }, alternatives = 2 } end, "whole number")
    assert.error_matches(function()
      guadagni_little.fit { choices = { { 1, 2 } }, alternatives = 2, covariates = { { "price", { { { 1, 2 } } } } } }
    end, "price%[1%]%[2%]%[1%] must be a number")
  end)
end)
