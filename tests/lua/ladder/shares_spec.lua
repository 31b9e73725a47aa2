-- ladder: transitions from shares alone.

local loyalty = require "loyalty"
local ladder = loyalty.ladder

local P = { { .8, .2, 0 }, { .1, .7, .2 }, { 0, .1, .9 } }

local function follow(times)
  local rows = { { 1, 0, 0 } }
  for t = 2, times do
    rows[t] = {}
    for j = 1, 3 do
      rows[t][j] = rows[t - 1][1] * P[1][j] + rows[t - 1][2] * P[2][j] + rows[t - 1][3] * P[3][j]
    end
  end
  return rows
end

describe("fit_shares", function()
  it("finds a chain without noise", function()
    local r = ladder.fit_shares { shares = follow(9) }
    for i = 1, 3 do
      for j = 1, 3 do assert.near(P[i][j], r.transition[i][j], 1e-12) end
    end
    assert.same({ "OK", 3, 8, true }, { r.status, r.rank, r.n_steps, r.converged })
    assert.is_true(r.std_errors[1][1] ~= r.std_errors[1][1])
  end)

  it("takes counts, weights, zeros and a bootstrap", function()
    local counts = {}
    for t, row in ipairs(follow(12)) do
      counts[t] = loyalty.vec { row[1] * 100 + t % 3, row[2] * 100 + t % 2, row[3] * 100 + 1 }
    end
    local options = { shares = counts, normalize = true, weights = loyalty.vec(12, 5), bootstrap = 200,
      allowed = { { 1, 1, 0 }, { 1, 1, 1 }, { 0, 1, 1 } } }
    local r = ladder.fit_shares(options)
    assert.equal(0, r.transition[1][3])
    assert.equal(200, r.bootstrap)
    assert.is_true(r.std_errors[1][1] > 0 and r.lower[1][1] < r.transition[1][1] and r.transition[1][1] < r.upper[1][1])
    options.seed = 3
    assert.not_equal(r.std_errors[1][1], ladder.fit_shares(options).std_errors[1][1])
  end)

  it("wants a prior where shares do not move", function()
    local still = { { .2, .3, .5 }, { .2, .3, .5 }, { .2, .3, .5 }, { .2, .3, .5 } }
    assert.equal("ERR_SINGULAR", select(3, ladder.fit_shares { shares = still }))
    local r = ladder.fit_shares { shares = still, prior = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } }, ridge = 1 }
    assert.near(1, r.transition[2][2], 1e-12)
    assert.equal(1, r.rank)
  end)

  it("answers nil, message, code to bad data and raises on misuse", function()
    local none, message, code = ladder.fit_shares { shares = { { 1, 0 }, { .8, .3 } } }
    assert.is_nil(none)
    assert.matches("^shares%[2%]: must have rows that sum to one", message)
    assert.equal("ERR_DOMAIN", code)
    assert.matches("^bootstrap: ", select(2, ladder.fit_shares { shares = follow(9), bootstrap = 3 }))
    assert.matches("^weights%[1%]: ", select(2, ladder.fit_shares { shares = { { 1, 0 }, { 0, 1 } }, weights = { -1, 1 } }))
    assert.error_matches(function() ladder.fit_shares { shares = {} } end, "shares must be a table of rows")
    assert.error_matches(function() ladder.fit_shares { shares = { { 1, 0 }, { 1 } } } end, "must have 2 numbers")
    assert.error_matches(function() ladder.fit_shares { shares = { { 1, "0" } } } end, "must hold numbers, not string")
    assert.error_matches(function() ladder.fit_shares { shares = { 1, 2 } } end, "must be a row of numbers")
    assert.error_matches(function() ladder.fit_shares { shares = follow(9), weights = { 1 } } end, "numbers")
    assert.error_matches(function() ladder.fit_shares { share = {} } end, "there is no argument 'share'")
  end)
end)
