-- ladder.learning: the linear learning model.

local loyalty = require "loyalty"
local learning = loyalty.ladder.learning

local sequences = {
  { 1, 1, 0, 1, 1 }, { 0, 0, 1 }, { 0, 0, 0, 1, 0, 0 }, { 1, 0, 1, 1, 1 }, { 0, 1, 1, 1, 0, 0, 0 }, { 1, 1 },
  { 0, 0, 0, 1, 1 },
}

describe("learning", function()
  it("runs the worked example", function()
    local m = assert(learning { alpha = .05, beta = .3, lambda = .6, p1 = .5 })
    local p = m:probability { { 1, 1, 0, 1 } }
    for t, expected in ipairs { .5, .65, .74, .494 } do assert.is_true(math.abs(p[t] - expected) < 1e-14) end
    assert.is_true(math.abs(m:predict { sequences = { { 1, 1, 0, 1 } } }.probability[1] - .6464) < 1e-14)
    local total, l = 0, m:log_likelihood { { 1, 1, 0, 1 } }
    for t = 1, #l do total = total + l[t] end
    assert.is_true(math.abs(total + 3.1762235064) < 1e-10)
    assert.is_true(math.abs(m:limits().upper - .875) < 1e-14)
    assert.is_true(math.abs(learning { alpha = .05, beta = .3, lambda = .6 }.params_.p1 - .5) < 1e-14)
    assert.is_true(math.abs(m:predict { sequences = { {} }, periods = 3 }.expected_purchases[1] - 1.5) < 1e-14)
  end)

  it("fits", function()
    local truth = assert(learning { alpha = .06, beta = .25, lambda = .6, p1 = .3 })
    local drawn = truth:simulate(400, 12, 8)
    local m = assert(learning.fit { sequences = drawn })
    assert.equal("OK", m.status_)
    for name, value in pairs(truth.params_) do
      assert.is_true(math.abs(m.params_[name] - value) < 3.3 * m.std_errors_[name], name)
    end
    assert.equal(4800, m.n_rows_)
    assert.is_true(m.tests_.markov.p_value < .01 and m.tests_.bernoulli.p_value ~= m.tests_.bernoulli.p_value)
    local robust = assert(learning.fit { sequences = drawn, covariance = "robust", p1 = "stationary" })
    assert.is_true(robust.summary(robust).beta.upper > robust.params_.beta)
    assert.equal(robust.covariance_[1][1] ^ .5, robust.std_errors_.alpha)
    local given = assert(learning.fit { sequences = sequences, p1 = .5, weights = { 2, 2, 2, 2, 2, 2, 2 } })
    assert.equal(14, given.n_customers_)
    assert.same({ "lambda" }, given.at_bound_)
  end)

  it("answers nil, message, code to bad data and raises on misuse", function()
    local none, message, code = learning { alpha = .1, beta = .5, lambda = .5 }
    assert.is_nil(none)
    assert.matches("^lambda: ", message)
    assert.equal("ERR_DOMAIN", code)
    none, message = learning { alpha = .1, beta = .3, lambda = .5, p1 = 2 }
    assert.is_nil(none)
    assert.matches("^p1: ", message)
    none, message, code = learning.fit { sequences = { { 1, 0, 2 } } }
    assert.is_nil(none)
    assert.matches("^sequences%[1%]%[3%]: ", message)
    assert.equal("ERR_DOMAIN", code)
    none, message = learning { alpha = .1, beta = .3, lambda = .5 }:probability { { 1, 0 }, {}, { 1, 5 } }
    assert.is_nil(none)
    assert.matches("^sequences%[3%]%[2%]: must be 0 or 1", message)
    assert.is_nil((learning.fit { sequences = { { 1, 1 } } }))
    local m = assert(learning { alpha = .1, beta = .3, lambda = .5 })
    assert.is_nil((m:probability { { 3 } }))
    assert.error_matches(function() learning.fit { sequence = {} } end, "there is no argument 'sequence'")
    assert.error_matches(function() learning.fit { sequences = { 1 } } end, "sequences%[1%] must be a table")
    assert.error_matches(function() learning.fit { sequences = {}, p1 = "mean" } end, "p1 must be one of")
    assert.error_matches(function() learning { alpha = 0, beta = .4, lambda = .6 } end, "p1 must be given")
  end)
end)
