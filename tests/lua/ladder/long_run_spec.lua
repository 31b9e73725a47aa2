-- ladder: where a chain is in the long run, steps, absorption, projection.

local loyalty = require "loyalty"
local ladder = loyalty.ladder

local counts = {
  { 60, 30, 8, 2, 0 }, { 5, 50, 30, 12, 3 }, { 2, 10, 48, 32, 8 }, { 1, 4, 15, 55, 25 }, { 0, 2, 5, 18, 175 },
}
local rows = { 100, 100, 100, 100, 200 }
local P = {}
for i, row in ipairs(counts) do
  P[i] = {}
  for j, count in ipairs(row) do P[i][j] = count / rows[i] end
end
local CHURN = {
  { .60, .25, .05, .02, 0, .08 }, { .05, .55, .25, .05, .02, .08 }, { .02, .10, .50, .25, .06, .07 },
  { .01, .03, .12, .58, .20, .06 }, { 0, .01, .03, .10, .82, .04 }, { 0, 0, 0, 0, 0, 1 },
}
local ENDS = { { 0, 0, 1, 0 }, { .25, .5, 0, .25 }, { 1, 0, 0, 0 }, { 0, 0, 0, 1 } }

local function close(expected, got)
  for i, x in ipairs(expected) do
    assert.is_true(math.abs(got[i] - x) <= 1e-12 * math.abs(x), ("%d: %.17g, expected %.17g"):format(i, got[i], x))
  end
end

describe("chains", function()
  it("have a stationary law", function()
    local law, none = ladder.stationary { transition = P }
    close({ .02086745789512, .068354068085685, .13403908909414, .22484979718808, .55188958773698 }, law)
    assert.is_nil(none)
    local _, errors = ladder.stationary { transition = P, row_counts = rows }
    close({ .009613556475091, .019065247087713 }, errors)
    local periods, status = ladder.recurrence_times { transition = P }
    assert.equal("OK", status)
    close({ 47.92150558185 }, periods)
  end)

  it("reach a state", function()
    local steps, status, errors = ladder.expected_steps { transition = P, to = 5, row_counts = loyalty.vec(rows) }
    assert.equal("OK", status)
    close({ 11.206953718393, 9.1596570070241, 7.7212527439268, 5.8592082867865, 0 }, steps)
    close({ 1.2307384263806, 1.1919287699383, 1.1632761167343, 1.0874117374816, 0 }, errors)
    close({ 54.456557657871, 51.176396325238 }, (ladder.steps_variance { transition = P, to = { 5 } }))
    local visits = ladder.expected_visits { transition = P, to = 5 }
    close({ 3.0335800529486, 2.5989726534006, 2.7739378388994, 2.8004631731441, 0 }, visits[1])
  end)

  it("end somewhere", function()
    local both = ladder.absorption_probabilities { transition = P, to = { 1, 5 }, row_counts = rows }
    assert.same({ { 1 }, { 5 } }, both.classes)
    close({ .80460736505801 }, { both.probabilities[2][2] })
    close({ .061877277662797 }, { both.standard_errors[2][2] })
    local ends = ladder.absorption_probabilities { transition = ENDS }
    assert.same({ { 1, 3 }, { 4 } }, ends.classes)
    assert.same({ { 1, 0 }, { .5, .5 }, { 1, 0 }, { 0, 1 } }, ends.probabilities)
    assert.is_nil(ends.standard_errors)
    local steps, status = ladder.expected_steps { transition = ENDS, to = 4 }
    assert.equal("NOTICE_DIVERGES", status)
    assert.same({ math.huge, math.huge, math.huge, 0 }, steps:totable())
  end)

  it("move cohorts", function()
    local start, inflow = { 1000, 500, 200, 100, 50, 0 }, { 100, 20, 0, 0, 5, 0 }
    local moved = ladder.project { transition = CHURN, start = start, periods = 3, inflow = inflow }
    assert.equal(4, #moved)
    assert.same(start, moved[1])
    close({ 480.79265, 508.0381, 368.3315, 263.8627, 192.4802, 411.49485 }, moved[4])
    assert.same(moved,
      ladder.project { transition = CHURN, start = start, periods = 3, inflow = { inflow, inflow, inflow } })
    assert.same({ start }, ladder.project { transition = CHURN, start = start, periods = 0 })
    close({ 318.87308616028, 336.64147592922 }, (ladder.steady_population { transition = CHURN, inflow = inflow }))
    local quasi = ladder.quasi_stationary { transition = CHURN, absorbing = 6 }
    assert.equal("OK", quasi.status)
    close({ .028652937302487, .087558859601675 }, quasi.law)
    close({ .9458093998146, 18.453384841259, 1 }, { quasi.survival, quasi.mean_life, quasi.survival + quasi.exit })
  end)

  it("answer nil, message, code to bad data and raise on misuse", function()
    local none, message, code = ladder.stationary { transition = ENDS }
    assert.is_nil(none)
    assert.matches("^transition%[4%]: must have one closed class", message)
    assert.equal("ERR_SINGULAR", code)
    none, message = ladder.expected_steps { transition = P }
    assert.is_nil(none)
    assert.matches("^transition: must have a state that is never left", message)
    none, message = ladder.quasi_stationary { transition = ENDS, absorbing = 1 }
    assert.is_nil(none)
    assert.matches("^absorbing%[4%]: cannot be reached", message)
    assert.is_nil((ladder.stationary { transition = P, row_counts = { 0, 1, 1, 1, 1 } }))
    assert.is_nil((ladder.recurrence_times { transition = { { .5 } } }))
    assert.is_nil((ladder.steps_variance { transition = P, to = {} }))
    assert.is_nil((ladder.expected_visits { transition = P, to = {} }))
    assert.is_nil((ladder.absorption_probabilities { transition = P, to = {} }))
    assert.is_nil((ladder.steady_population { transition = P, inflow = rows }))
    assert.is_nil((ladder.project { transition = P, start = { -1, 0, 0, 0, 0 }, periods = 1 }))
    local function refused(pattern, f, named) assert.error_matches(function() f(named) end, pattern) end
    refused("stationary: transition is missing", ladder.stationary, {})
    refused("there is no argument 'matrix'", ladder.stationary, { matrix = P })
    refused("row_counts must be a vec or a table of 5", ladder.stationary, { transition = P, row_counts = { 1 } })
    refused("to must be states, from 1 to 5", ladder.expected_steps, { transition = P, to = 6 })
    refused("to must be states, from 1 to 5", ladder.expected_steps, { transition = P, to = { "loyal" } })
    refused("start is missing", ladder.project, { transition = P, periods = 1 })
    refused("periods must be an integer", ladder.project, { transition = P, start = rows, periods = -1 })
    refused("inflow must have 2 rows", ladder.project,
      { transition = P, start = rows, periods = 2, inflow = { rows, rows, rows } })
    refused("inflow must be a vec", ladder.steady_population, { transition = P, inflow = { 1 } })
  end)
end)
