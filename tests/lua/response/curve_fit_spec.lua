-- The fit of the curve: recomputed numbers, segments, notices, names in messages, misuse.

local loyalty = require "loyalty"
local curve = loyalty.response.curve

local S, C, N = {}, {}, 400
local Y <const> = {
  218, 294, 341, 367, 381, 112, 177, 253, 322, 371, 41, 74, 134, 225, 340, 10, 22, 47, 105, 259,
}
for i, c in ipairs { .2, .5, .8, .95 } do
  for j, s in ipairs { .1, .3, .5, .7, .9 } do
    S[5 * (i - 1) + j], C[5 * (i - 1) + j] = s, c
  end
end

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 1e-9) * math.max(1, math.abs(expected)),
    ("%.17g is not near %.17g"):format(actual, expected))
end

--- Named arguments for the data, with changes.
local function rows(changes)
  local named = { satisfaction = S, competition = C, loyal = Y, trials = N }
  for name, value in pairs(changes or {}) do named[name] = value end
  return named
end

local function without(named, name)
  named[name] = nil
  return named
end

describe("fit of the curve", function()
  local full, status = curve {}:fit(rows { fixed = {} })
  local steady = curve {}:fit(rows())

  it("gives the published numbers", function()
    assert.equal("OK", status)
    assert.equal("OK", full.status_)
    for name, value in pairs {
      alpha = .2012525798, beta = 1.2975257578, gamma = .7996621539, a = .3997052006, delta = .0399636351,
    } do
      near(value, full.params_[name])
    end
    near(.1012438840, full.std_errors_.alpha)
    near(.0093323900, full.std_errors_.delta)
    near(full.std_errors_.gamma ^ 2, full.covariance_[3][3], 1e-14)
    near(-3729.4833282006, full.log_likelihood_, 1e-13)
    near(.0256381962, full.deviance_)
    near(.0255689093, full.pearson_)
    near(2 * 3729.4833282006 + 10, full.aic_, 1e-12)
    assert.same({ 20, 0, 20, 0, math.huge }, { full.n_rows_, full.n_skipped_, full.n_cells_, full.n_clusters_, full.df_ })
    assert.same({ true, {}, {}, 8000.0 }, { full.converged_, full.fixed_, full.at_bound_, full.n_trials_ })
    near(1.1205179923, steady.params_.beta)
    assert.same({ "delta" }, steady.fixed_)
  end)

  it("gives a curve of its own", function()
    local before = curve { alpha = 7 }
    local after = before:fit(rows { warm_start = true, competition = loyalty.vec(C), loyal = loyalty.vec(Y) })
    assert.equal(7, before.alpha)
    assert.is_nil(before.params_)
    assert.equal(after.params_.alpha, after.alpha)
    near(.5909963345, after:loyalty(.65, .7))
    near(.7886279556, (after:required_satisfaction(.75, .7)))
    near(after:loyalty(.65, .7), steady:loyalty(.65, .7), 1e-9)
  end)

  it("has other covariances", function()
    local quasi = curve {}:fit(rows { covariance = "quasi" })
    near(1.8695899117, quasi.dispersion_)
    near(.1244912550, quasi.std_errors_.alpha)
    assert.equal(16, quasi.df_)
    local squares = curve {}:fit(rows { covariance = "nls" })
    near(1.1900233936, squares.params_.beta)
    near(.0026709468, squares.squares_)
    local pairs_of = {}
    for i = 1, 20 do pairs_of[i] = (i - 1) // 2 end
    local robust = curve {}:fit(rows { covariance = "robust", clusters = pairs_of })
    assert.equal(10, robust.n_clusters_)
    assert.same(steady.params_, robust.params_)
    local again = curve {}:fit(rows { covariance = "robust", clusters = loyalty.ivec(pairs_of) })
    assert.same(robust.std_errors_, again.std_errors_)
    assert.is_true(math.abs(robust.std_errors_.beta - steady.std_errors_.beta) > 1e-4)
  end)

  it("takes markets by segment", function()
    local shares = { monopoly = { .9, .1 }, duopoly = { .5, .5 }, crowd = { .2, .2, .2, .2, .2 } }
    local segments, c = {}, {}
    for i = 1, 20 do
      segments[i] = ({ "monopoly", "duopoly", "crowd" })[i % 3 + 1]
      c[i] = loyalty.response.competition_index { shares = shares[segments[i]] }
    end
    local one = curve { a = 0 }:fit(rows { competition = shares, segment = segments, fixed = { "a", "delta" } })
    local other = curve { a = 0 }:fit(rows { competition = c, fixed = { "a", "delta" } })
    assert.same(other.params_, one.params_)
    assert.same(other:goodness_of_fit(rows { competition = c }).pearson,
      one:goodness_of_fit(rows { competition = shares, segment = segments }).pearson)
    segments[4] = "nowhere"
    local none, message, code = curve {}:fit(rows { competition = shares, segment = segments })
    assert.is_nil(none)
    assert.equal("competition: has no market shares for the segment 'nowhere'", message)
    assert.equal("ERR_ARGUMENT", code)
    shares.nowhere = { .7, .7 }
    none, message, code = curve {}:fit(rows { competition = shares, segment = segments })
    assert.is_nil(none)
    assert.matches("^competition: must sum to 1", message)
    assert.equal("ERR_DOMAIN", code)
  end)

  it("takes constraints", function()
    local truth = curve { alpha = .3, beta = 1.5, gamma = .9, a = .2, b = { .7 } }
    local s, c, k, y = {}, {}, {}, {}
    for i = 1, 40 do
      s[i], c[i], k[i] = S[(i - 1) % 20 + 1], C[(i - 1) % 20 + 1], i > 20 and 1 or 0
      y[i] = truth:loyalty(s[i], c[i], { k[i] })
    end
    local named = { satisfaction = s, competition = c, loyal = y, constraints = k }
    local found = curve {}:fit(named)
    near(.7, found.params_["b[1]"], 1e-6)
    near(truth:loyalty(.4, .6, { .5 }), found:loyalty(.4, .6, { .5 }), 1e-6)
    near(.7, curve {}:fit { satisfaction = s, competition = c, loyal = y, constraints = { loyalty.vec(k) } }.b[1], 1e-6)
    local held = curve { b = { .25 } }:fit {
      satisfaction = s, competition = c, loyal = y, constraints = { k }, fixed = { "delta", "b" },
    }
    assert.equal(.25, held.params_["b[1]"])
    assert.same({ "delta", "b[1]" }, held.fixed_)
    assert.equal(#found:goodness_of_fit(named).cells.trials, 40)
    local none, message = found:goodness_of_fit(without(named, "constraints"))
    assert.is_nil(none)
    assert.matches("^constraints: ", message)
    none, message = curve { b = { 1, 2 } }:fit(rows())
    assert.is_nil(none)
    assert.equal("b: has 2 elements, but there are 0 constraints", message)
  end)

  it("answers with intervals", function()
    local at, note = steady:predict(.65, .7)
    assert.equal("OK", note)
    near(.5909963345, at.value)
    near(.0094085206, at.std_error)
    near(.5724361297, at.lower)
    near(.6093007512, at.upper)
    local many = steady:predict({ .1, .65 }, .7, nil, .95)
    assert.same({ at.value, at.std_error, at.lower, at.upper },
      { many.loyalty[2], many.std_error[2], many.lower[2], many.upper[2] })
    local needed
    needed, note = steady:required_satisfaction_interval(.75, .7)
    assert.equal("OK", note)
    near(.7886279556, needed.value)
    near(.0070095296, needed.std_error)
    needed, note = steady:required_satisfaction_interval(.01, .7)
    assert.same({ 0.0, "NOTICE_NOT_NEEDED" }, { needed.value, note })
    local list
    list, note = full:threshold_intervals(.7)
    assert.same({ 2, "OK" }, { #list, note })
    near(.3657195989, list[1].value, 1e-8)
    near(.0212839960, list[2].std_error, 1e-8)
    list, note = full:threshold_intervals(.7, 1e9)
    assert.same({ 0, "NOTICE_NONE" }, { #list, note })
    local row = steady:summary().beta
    near(steady.params_.beta * math.exp(1.959963984540054 * row.std_error / row.estimate), row.upper)
    assert.is_nil(steady:summary().delta)
    -- Student's t with 16 degrees of freedom
    row = curve {}:fit(rows { covariance = "quasi" }):summary(.95).a
    near(row.estimate - 2.1199052992212547 * row.std_error, row.lower)
  end)

  it("tests and measures", function()
    local plain = curve { a = 0 }:fit(rows { fixed = { "a", "delta" } })
    local test = full:likelihood_ratio_test(plain)
    near(67.6542044843, test.statistic)
    assert.same({ 2, 2 }, { test.df, test.boundary })
    local fit, note = steady:goodness_of_fit(rows())
    assert.same({ "OK", 16 }, { note, fit.df })
    near(23.4558903031, fit.deviance)
    near(.1020803510, fit.p_deviance)
    assert.same({ 20, .95, 10.0 }, { #fit.cells.loyal, fit.cells.competition[16], fit.cells.loyal[16] })
    local none, message, code = plain:likelihood_ratio_test(full)
    assert.is_nil(none)
    assert.matches("^restricted: ", message)
    assert.equal("ERR_ARGUMENT", code)
  end)

  it("has a likelihood", function()
    local found = steady:total_log_likelihood(rows())
    near(-3741.1984542542, found.value, 1e-13)
    near(0, found.score.beta, 1e-5)
    local product = 0 -- of the first row of the information and the first column of the covariance
    for p = 1, 4 do product = product + found.information[1][p] * steady.covariance_[p][1] end
    near(1, product, 1e-9)
    assert.is_true(curve {}:total_log_likelihood(rows()).value < found.value)
    local none, message = steady:total_log_likelihood(rows { loyal = 500 })
    assert.is_nil(none)
    assert.matches("^loyal%[1%]: ", message)
    none, message = steady:total_log_likelihood(rows { constraints = { C } })
    assert.is_nil(none)
    assert.matches("^constraints: ", message)
  end)

  it("says what it could not do, with the last iterate", function()
    local one, note = curve {}:fit { satisfaction = { .1, .5, .9 }, competition = .5, loyal = { 1, 5, 8 }, trials = 10 }
    assert.equal("NOTICE_WEAK_ID", note)
    assert.same({ 1.0, 0.0, "NOTICE_WEAK_ID" }, { one.params_.gamma, one.params_.a, one.status_ })
    local s, c, y, n = { .5, table.unpack(S) }, { .5, table.unpack(C) }, { 0, table.unpack(Y) }, { 0 }
    for i = 2, 21 do n[i] = N end
    local skipped
    skipped, note = curve {}:fit { satisfaction = s, competition = c, loyal = y, trials = n }
    assert.same({ "NOTICE_SKIPPED", 1 }, { note, skipped.n_skipped_ })
    assert.same(steady.params_, skipped.params_)
    local lost
    lost, note = curve { a = 0 }:fit {
      satisfaction = { .1, .3, .4, .6, .8 }, competition = { .5, .6, .5, .6, .5 }, loyal = { 0, 0, 0, 1, 1 },
      fixed = { "a", "delta" },
    }
    assert.equal("NOTICE_SEPARATED", note)
    assert.is_false(lost.converged_)
    assert.is_true(lost.params_.beta > 10)
    lost, note = curve {}:fit(rows { satisfaction = .7 }) -- alpha and beta cannot be told apart
    assert.equal("NOTICE_WEAK_ID", note)
    assert.is_true(lost.converged_ and lost.std_errors_.alpha ~= lost.std_errors_.alpha)
    local at
    at, note = lost:predict(.7, .5)
    assert.equal("NOTICE_WEAK_ID", note)
    assert.is_true(at.value > 0 and at.value < 1 and at.std_error ~= at.std_error)
    lost, note = curve {}:fit(rows { max_iter = 1 })
    assert.equal("NOTICE_NOT_CONVERGED", note)
    assert.is_true(lost.params_.alpha == lost.params_.alpha)
  end)

  it("names what is wrong", function()
    for _, bad in ipairs {
      { "satisfaction", 1.5, "satisfaction[4]: must be from 0 to 1" },
      { "competition", 0, "competition[4]: must be above 0 and below 1" },
      { "competition", 1, "competition[4]: must be above 0 and below 1" },
      { "loyal", 401, "loyal[4]: " }, { "trials", -1, "trials[4]: " }, { "weights", -1, "weights[4]: " },
    } do
      local name, value, expected = table.unpack(bad)
      local column = loyalty.vec(20, name == "weights" and 1 or N)
      local given = rows()[name]
      if type(given) == "table" then column = loyalty.vec(given) end
      column[4] = value
      local none, message, code = curve {}:fit(rows { [name] = column })
      assert.is_nil(none)
      assert.equal(expected, message:sub(1, #expected))
      assert.equal("ERR_DOMAIN", code)
    end
    for _, everybody in ipairs { 0, 400 } do
      local none, message, code = curve {}:fit(rows { loyal = everybody })
      assert.is_nil(none)
      assert.matches("^loyal: must not be all ", message)
      assert.equal("ERR_TOO_FEW", code)
    end
    local none, message, code = curve {}:fit(rows { loyal = { 1, 2 } })
    assert.is_nil(none)
    assert.matches("^loyal: ", message)
    assert.equal("ERR_ARGUMENT", code)
    none, message = steady:predict(2, .5)
    assert.is_nil(none)
    assert.equal("s: must be from 0 to 1", message)
    none, message = steady:predict({ .5, .5 }, { .5, 1 })
    assert.is_nil(none)
    assert.equal("c[2]: must be above 0 and below 1", message)
    none, message = steady:predict(.5, .5, nil, 1)
    assert.is_nil(none)
    assert.matches("^level: ", message)
    none, message, code = steady:required_satisfaction_interval(1.5, .5)
    assert.is_nil(none)
    assert.matches("^loyalty: ", message)
    assert.equal("ERR_DOMAIN", code)
  end)

  it("asks for a fit first", function()
    local raw = curve {}
    for _, ask in ipairs {
      function() return raw:predict(.5, .5) end, function() return raw:summary() end,
      function() return raw:threshold_intervals(.5) end, function() return raw:goodness_of_fit(rows()) end,
      function() return raw:required_satisfaction_interval(.5, .5) end,
      function() return raw:likelihood_ratio_test(full) end, function() return full:likelihood_ratio_test(raw) end,
    } do
      assert.same({ nil, "this curve is not fitted: call fit", "ERR_STATE", n = 3 }, table.pack(ask()))
    end
  end)

  it("refuses misuse", function()
    local raw = curve {}
    assert.error_matches(function() raw:fit(rows { loyalty = 1 }) end, "there is no argument 'loyalty'")
    assert.error_matches(function() raw:fit(without(rows(), "loyal")) end, "loyal is missing")
    assert.error_matches(function() raw:fit(rows { fixed = { "x" } }) end, "'x' is no parameter")
    assert.error_matches(function() raw:fit(rows { fixed = 7 }) end, "fixed must be a list of names")
    assert.error_matches(function() raw:fit(rows { covariance = "other" }) end, "covariance must be one of")
    assert.error_matches(function() raw:fit(rows { segment = { "a" }, competition = .5 }) end, "table of shares by segment")
    assert.error_matches(function() raw:fit(rows { satisfaction = "s" }) end, "satisfaction must be a number, a vec")
    assert.error_matches(function() raw:fit(rows { constraints = { { 1 } } }) end, "constraints%[1%]")
    assert.error_matches(function() full:likelihood_ratio_test({}) end, "must be a fitted curve")
    assert.error_matches(function() full:predict("a", 1) end, "s must be a number")
  end)
end)
