-- btyd.sbg and btyd.bdw: published numbers, numbers and columns, messages.

local loyalty = require "loyalty"
local sbg, bdw = loyalty.btyd.sbg, loyalty.btyd.bdw

local HIGH_END <const> = { 1000, 869, 743, 653, 593, 551, 517, 491 } -- Fader and Hardie 2007, table 1
local REGULAR <const> = { 1000, 631, 468, 382, 326, 289, 262, 241 }

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 5e-7) * math.abs(expected),
    ("%.17g is not near %.17g"):format(actual, expected))
end

-- One row for each number of customers who left, and one of those who stayed.
local function rows(survivors)
  local t, censored, weight = {}, {}, {}
  for i = 1, #survivors do
    t[i] = math.min(i, #survivors - 1)
    censored[i] = i == #survivors and 1 or 0
    weight[i] = survivors[i] - (survivors[i + 1] or 0)
  end
  return t, censored, weight
end

describe("sbg and bdw", function()
  it("fit what is published", function()
    local fit = assert(sbg.fit { survivors = HIGH_END, time_unit = "Y" })
    near(.66808832, fit.params_.alpha)
    near(3.80609476, fit.params_.beta)
    near(-1611.158147391, fit.log_likelihood_, 1e-11)
    assert.are.equal("OK", fit.status_)
    assert.are.equal(1000, fit.n_customers_)
    near(7.53, fit:discounted_expected_residual_lifetime { n = 8, discount_rate = .1 }, 1e-4)
    local more = assert(bdw.fit { survivors = HIGH_END, time_unit = "Y" })
    near(1.72356477, more.params_.c)
    near(-1605.314213, more.log_likelihood_, 1e-9)
    near(2 * (more.log_likelihood_ - fit.log_likelihood_), more:likelihood_ratio_test(fit).statistic, 1e-12)
    assert.is_true(more.aic_ < fit.aic_)
  end)

  it("take rows as well as cohorts", function()
    for _, model in ipairs { sbg, bdw } do
      local want = assert(model.fit { survivors = REGULAR })
      local t, censored, weight = rows(REGULAR)
      local fit = assert(model.fit { lifetime = t, censored = censored, weights = loyalty.vec(weight) })
      for name, value in pairs(want.params_) do near(value, fit.params_[name], 1e-8) end
      local each, bad = fit:log_likelihood { lifetime = t, censored = censored }
      local total = 0
      for i = 1, #t do total = total + weight[i] * each[i] end
      near(fit.log_likelihood_, total, 1e-13)
      assert.are.equal(0, bad)
      assert.are.equal(each[1], (fit:log_likelihood { lifetime = 1, censored = 0 }))
      local both = assert(model.fit { survivors = { HIGH_END, { 1000, 631, 468 } } })
      assert.are.equal(2000, both.n_customers_)
    end
  end)

  it("answer numbers with numbers and columns with vecs", function()
    local paper = sbg { alpha = 3.8, beta = 15.2, time_unit = "Y" }
    assert.are.equal(1, (paper:survival { t = 0 }))
    near(17.2 / 21, paper:retention_rate { t = 3 }, 1e-15)
    near(3.8 / 21, paper:posterior_mean { n = 3 }, 1e-15)
    near(3.8 / 21, paper:churn_probability { n = 3, t = 1 }, 1e-14)
    local column, status, bad = paper:survival { t = { 1, 2 }, n = 4 }
    near((paper:survival { t = 5 }) / paper:survival { t = 3 }, column[2], 1e-13)
    assert.are.same({ "OK", 0 }, { status, bad })
    near(4.378919580664535, paper:retention_elasticity { n = 4, discount_rate = .1 }, 1e-13)
    near(4.8633713100108471, paper:residual_lifetime_elasticity { n = 4, discount_rate = .1 }, 1e-13)
    near(4.0089258372957905, paper:discounted_expected_lifetime { discount_rate = .1 }, 1e-13)
    near(18 / 2.8, paper:expected_lifetime(), 1e-13)
    near(1 + (paper:survival { t = 1 }), paper:expected_lifetime { horizon = 2 }, 1e-15)
    local value, why = (sbg { alpha = .7, beta = 1.2 }):expected_lifetime()
    assert.are.same({ math.huge, "NOTICE_DIVERGES" }, { value, why })
    local same = bdw { gamma = 3.8, delta = 15.2, c = 1 }
    assert.are.equal((paper:survival { t = 9 }), (same:survival { t = 9 }))
  end)

  it("know how sure they are", function()
    local fit = assert(sbg.fit { survivors = HIGH_END })
    local one = fit:interval { quantity = "discounted_expected_residual_lifetime", n = 8, discount_rate = .1,
      discount_period = "unit" }
    near(0.26956093, one.std_error, 1e-7)
    assert.is_true(one.lower < one.estimate and one.estimate < one.upper)
    local many = fit:interval { t = { 0, 12 } }
    assert.are.same({ 1, 0, 1 }, { many.estimate[1], many.std_error[1], many.upper[1] })
    for _, quantity in ipairs { "retention_rate", "churn_probability" } do
      assert.is_true((fit:interval { quantity = quantity, t = 2 }).std_error > 0)
    end
    assert.is_true((fit:interval { quantity = "expected_lifetime", horizon = 5 }).std_error > 0)
    assert.is_true((fit:interval { quantity = "posterior_mean", n = 5 }).std_error > 0)
    local boot = assert(fit:bootstrap { T = loyalty.vec(300, 6), n_boot = 49, seed = 1 })
    assert.are.equal(49, boot.n_used + boot.n_failed + boot.n_not_converged)
    assert.is_true(boot.std_errors.alpha > 0)
    assert.has_error(function() fit:interval { n = 1, t = 1, horizon = 2 } end,
      "interval: horizon is not used by survival")
  end)

  it("draw and keep", function()
    local paper = bdw { gamma = .3, delta = 1.7, c = 1.5, time_unit = "M" }
    local t, censored = paper:simulate { T = { 5, 6, 7 }, seed = 4 }
    for i = 1, 3 do assert.is_true(t[i] >= 1 and t[i] <= 4 + i and (censored[i] == 0 or t[i] == 4 + i)) end
    local read = assert(loyalty.btyd.from_json(paper:to_json()))[1]
    assert.are.equal(1.5, read.params_.c)
    assert.are.equal("M", read.time_unit)
  end)

  it("say what is wrong", function()
    local function fails(message, code, named)
      local fit, text, name = sbg.fit(named)
      assert.is_nil(fit)
      assert.are.same({ message, code }, { text, name })
    end
    fails("survivors[2]: must not be more than a period earlier", "ERR_DOMAIN", { survivors = { 10, 12 } })
    fails("survivors[1]: must be 2 or more", "ERR_DOMAIN", { survivors = { 10 } })
    fails("lifetime[2]: must be a whole number, 1 or more and below 2^51", "ERR_DOMAIN",
      { lifetime = { 1, 0 }, censored = { 0, 0 } })
    fails("censored[1]: must be 0 or 1", "ERR_DOMAIN", { lifetime = { 1, 2 }, censored = { 2, 0 } })
    fails("weights[1]: must be a number greater than 0, from 1e-40 to 1e40", "ERR_DOMAIN",
      { lifetime = { 1 }, censored = { 0 }, weights = { 0 } })
    fails("lifetime: must have at least one customer who left", "ERR_TOO_FEW",
      { lifetime = { 1, 2 }, censored = { 1, 1 } })
    assert.has_error(function() sbg.fit { survivors = HIGH_END, lifetime = { 1 } } end,
      "fit: lifetime must not be given together with survivors")
    assert.has_error(function() sbg.fit { lifetime = { 1 } } end, "fit: censored is missing")
    local paper = sbg { alpha = 1, beta = 2 }
    local answer, text = paper:survival { t = { 1, -1 } }
    assert.is_nil(answer)
    assert.are.equal("t[2]: must be a whole number, 0 or more and below 2^51", text)
    assert.are.equal("NOTICE_AT_BOUND", (sbg.fit { survivors = { 1000, 900, 810, 729 } }).status_)
    local none, bad_alpha = sbg { alpha = 0, beta = 2 }
    assert.is_nil(none)
    assert.is_true(bad_alpha:find "alpha" == 1)
  end)
end)
