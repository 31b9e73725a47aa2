-- ladder: transitions from counts over several steps.

local ladder = require "loyalty".ladder

local SQUARE = { { 60, 40 }, { 30, 70 } }

describe("fit_gaps", function()
  it("takes the root of a square that moves less, and says that there is another", function()
    local r = ladder.fit_gaps { counts = { [2] = SQUARE } }
    assert.near(0.7415557471, r.transition[1][1], 1e-10)
    assert.near(0.1938331896, r.transition[2][1], 1e-10)
    assert.near(0.0397393302575665, r.std_errors[1][2], 1e-13)
    assert.near(400, r.expected_counts[1][1] + r.expected_counts[1][2] + r.expected_counts[2][1] + r.expected_counts[2][2],
      1e-10)
    assert.same({ "NOTICE_WEAK_ID", 2, 200, true }, { r.status, r.maxima, r.n, r.converged })
    assert.near(r.log_likelihood, r.next_log_likelihood, 1e-10)
  end)

  it("mixes gaps, and keeps zeros", function()
    local r = ladder.fit_gaps {
      counts = {
        { { 50, 12, 0 }, { 9, 40, 11 }, { 0, 7, 45 } }, { { 30, 14, 3 }, { 10, 22, 12 }, { 2, 9, 31 } },
        [4] = { { 18, 11, 6 }, { 9, 13, 12 }, { 5, 11, 20 } },
      },
      allowed = { { 1, 1, 0 }, { 1, 1, 1 }, { 0, 1, 1 } },
    }
    assert.equal("OK", r.status)
    assert.near(-325.12726412901085, r.log_likelihood, 1e-10)
    assert.near(0.789467009198435, r.transition[1][1], 1e-13)
    assert.equal(0, r.transition[1][3])
    assert.is_true(r.next_log_likelihood ~= r.next_log_likelihood)
    local lower, upper = r:interval()
    assert.near(0.789467009198435 - 1.959963984540054 * 0.0302079825498032, lower[1][1], 1e-12)
    assert.near(0.789467009198435 + 1.959963984540054 * 0.0302079825498032, upper[1][1], 1e-12)
    assert.is_true(lower[1][3] ~= lower[1][3])
    assert.equal("ERR_DOMAIN", select(3, r:interval { level = 2 }))
  end)

  it("answers nil, message, code to bad data and raises on misuse", function()
    local none, message, code = ladder.fit_gaps { counts = { [3] = { { 1, 2 }, { 3, -4 } } } }
    assert.is_nil(none)
    assert.matches("^counts%[3%]%[2%]: must be 0 or a number", message)
    assert.equal("ERR_DOMAIN", code)
    assert.matches("^max_iter: ", select(2, ladder.fit_gaps { counts = { SQUARE }, max_iter = 0 }))
    assert.matches("^allowed%[2%]: ", select(2, ladder.fit_gaps { counts = { SQUARE }, allowed = { { 1, 1 }, { 0, 0 } } }))
    assert.equal("ERR_INFEASIBLE", select(3, ladder.fit_gaps { counts = { SQUARE }, allowed = { { 1, 1 }, { 0, 1 } } }))
    assert.error_matches(function() ladder.fit_gaps { counts = {} } end, "counts must not be empty")
    assert.error_matches(function() ladder.fit_gaps { counts = 5 } end, "counts must be a table")
    assert.error_matches(function() ladder.fit_gaps { counts = { [0] = SQUARE } } end, "whole gaps from 1 to 64")
    assert.error_matches(function() ladder.fit_gaps { counts = { SQUARE, { { 1 } } } } end, "tables of one size")
    assert.error_matches(function() ladder.fit_gaps { count = { SQUARE } } end, "there is no argument 'count'")
    assert.error_matches(function() ladder.fit_gaps {} end, "counts is missing")
  end)
end)
