-- ladder: chains from counts, and tests of them.

local loyalty = require "loyalty"
local ladder = loyalty.ladder

local COUNTS = {
  { 60, 30, 8, 2, 0 }, { 5, 50, 30, 12, 3 }, { 2, 10, 48, 32, 8 }, { 1, 4, 15, 55, 25 }, { 0, 2, 5, 18, 175 },
}
local CLUB = { "guest", "member", "gone" }
local MOVES = { guest = { guest = 70, member = 20, gone = 10 }, member = { member = 80, gone = 5 } }

local function near(expected, found, tolerance)
  assert.is_true(math.abs(found - expected) <= tolerance, ("%.17g, not %.17g"):format(found, expected))
end

describe("chain", function()
  it("estimates chances and their errors", function()
    local c = ladder.chain { counts = COUNTS }
    assert.same({ "unaware", "aware", "consider", "prefer", "loyal" }, c.stages)
    near(.3, c.transition[1][2], 1e-15)
    near(.3, c:probability("unaware", "aware"), 1e-15)
    near(.0458257569, c.standard_errors[1][2], 5.1e-11)
    assert.same({ 100, 100, 100, 100, 200 }, c.row_counts)
    assert.same(c.row_counts, c.row_sizes)
    assert.same(COUNTS, c.counts)
    assert.equal(600, c.n_transitions)
    near(-547.10640056998280528, c.log_likelihood, 1e-11)
    local lower, upper = c:interval()
    near(.21894885294932760284, lower[1][2], 1e-14)
    near(.39584854633346667103, upper[1][2], 1e-14)
    c = ladder.chain { counts = COUNTS, prior = .5 }
    near(.0048780488, c.transition[1][5], 5.1e-11)
    assert.equal(103.5, c.row_sizes[1])
    lower = c:interval(.95)
    near(.21346605087818712587, lower[1][2], 1e-14)
    local halves = {}
    for i = 1, 5 do halves[i] = { .5, .5, .5, .5, .5 } end
    assert.same(c.transition, ladder.chain({ counts = COUNTS, prior = halves }).transition)
    local covariance = ladder.chain_row_covariance { chances = { .25, .75 }, size = 10 }
    near(-.01875, covariance[1][2], 1e-16)
  end)

  it("knows stages by name, and what cannot happen", function()
    local c = ladder.chain { counts = MOVES, stages = CLUB, absorbing = { "gone" } }
    assert.same({ 0, 0, 1 }, c.transition[3])
    near(80 / 85, c:probability("member", "member"), 1e-15)
    c = ladder.chain { counts = MOVES, stages = CLUB, absorbing = "gone", prior = 1,
      allowed = { member = { "member", "gone" } } }
    near(81 / 87, c:probability("member", "member"), 1e-15)
    assert.equal(1, c:test_order().df)
    assert.same(c.transition, ladder.chain({ counts = MOVES, stages = CLUB, absorbing = "gone", prior = 1,
      allowed = { { 1, 1, 1 }, { false, true, true }, { 0, 0, 1 } } }).transition)
    local none, message, code = ladder.chain { counts = MOVES, stages = CLUB }
    assert.is_nil(none)
    assert.equal("counts: 'gone' was never seen to be left: give a prior, or name it in absorbing", message)
    assert.equal("ERR_TOO_FEW", code)
    none, message = ladder.chain { counts = MOVES, stages = CLUB, absorbing = { "member", "gone" } }
    assert.is_nil(none)
    assert.matches("^counts: 'member' must be 0 for a move that cannot happen", message)
    assert.same({ "suspect", "prospect", "customer", "client", "supporter", "advocate", "partner" }, ladder.classic_stages)
    assert.equal("合作伙伴", ladder.classic_stages_zh[7])
  end)

  it("takes known chances", function()
    local c = ladder.chain { transition = { { .9, .1 }, { 0, 1 } }, stages = { "in", "out" } }
    assert.equal(.1, c:probability("in", "out"))
    assert.error_matches(function() c:interval() end, "there are no counts")
    local none, message, code = ladder.chain { transition = { { .9, .1 }, { 0, .5 } }, stages = { "in", "out" } }
    assert.is_nil(none)
    assert.matches("^transition: 'out' must have rows that sum to one", message)
    assert.equal("ERR_DOMAIN", code)
  end)

  it("raises on misuse", function()
    local cases = {
      { { stages = CLUB }, "counts is missing" },
      { { counts = { { 1, 2 }, { 3, 4 } } }, "stages is missing" },
      { { counts = COUNTS, stages = CLUB }, "counts must have 3 rows" },
      { { counts = { { 1 } }, stages = { "a" } }, "stages must be two names or more" },
      { { counts = { { 1 } }, stages = { "a", "a" } }, "'a' is twice" },
      { { counts = { gold = { gone = 1 } }, stages = CLUB }, "counts: 'gold' is not a stage" },
      { { counts = MOVES, stages = CLUB, absorbing = { "left" } }, "absorbing: 'left' is not a stage" },
      { { counts = MOVES, stages = CLUB, allowed = { { 1 } } }, "allowed must be 3 rows" },
      { { counts = MOVES, stages = CLUB, allowed = { guest = { "left" } } }, "allowed: 'left' is not a stage" },
      { { counts = MOVES, stages = CLUB, prior = { { 1 } } }, "prior must have 3 rows" },
      { { counts = 3, stages = CLUB }, "counts must be a table of rows" },
      { { transition = { { 1, 0 }, { 0, 1 } }, stages = { "a", "b" }, prior = 1 }, "transition stands for itself" },
      { { count = COUNTS }, "there is no argument 'count'" },
    }
    for _, case in ipairs(cases) do
      assert.error_matches(function() ladder.chain(case[1]) end, case[2], nil, true)
    end
    local c = ladder.chain { counts = COUNTS }
    assert.error_matches(function() c:probability("gold", "aware") end, "'gold' is not a stage")
  end)
end)

describe("tests of chains", function()
  it("find order and homogeneity", function()
    local c = ladder.chain { counts = COUNTS }
    local t = ladder.order_test { counts = COUNTS }
    near(747.3302728144, t.statistic, 5.1e-11)
    assert.equal(16, t.df)
    assert.equal("OK", t.status)
    assert.same(t, c:test_order())
    local two = { { { 20, 5 }, { 7, 9 } }, { { 11, 4 }, { 6, 30 } } }
    t = ladder.second_order_test { triples = two }
    near(4.3479243086669354577, t.statistic, 1e-13)
    near(.11372612260691933551, t.p_value, 1e-14)
    assert.same(t, ladder.chain({ counts = { { 1, 1 }, { 1, 1 } }, stages = { "a", "b" } }):test_order(two))
    local more = {}
    for i = 1, 5 do
      more[i] = {}
      for j = 1, 5 do more[i][j] = COUNTS[i][j] + 1 end
    end
    t = ladder.homogeneity_test { counts = { COUNTS, more } }
    assert.equal(20, t.df)
    assert.same(t, c:test_homogeneity { COUNTS, more })
    local absorbed = { { 8, 2, 1 }, { 3, 9, 2 }, { 0, 0, 7 } }
    assert.equal(2, ladder.order_test({ counts = absorbed, absorbing = { 3 } }).df)
  end)

  it("answer nil, message, code to bad data and raise on misuse", function()
    local none, message, code = ladder.order_test { counts = { { 3, 1 }, { 0, 0 } } }
    assert.is_nil(none)
    assert.matches("^counts: must leave something to test", message)
    assert.equal("ERR_TOO_FEW", code)
    none, message = ladder.order_test { counts = { { 3, 1 }, { 0, -1 } } }
    assert.is_nil(none)
    assert.matches("^counts%[2%]: must hold numbers", message)
    assert.error_matches(function() ladder.order_test { counts = { { 1, 2 }, { 3, 4 } }, absorbing = { 0 } } end,
      "absorbing must hold positions")
    assert.error_matches(function() ladder.second_order_test { triples = { { { 1, 2 }, { 3, 4 } } } } end,
      "triples must be 2 tables of 2 rows")
    assert.error_matches(function() ladder.homogeneity_test { counts = {} } end, "counts must be a table of tables")
    assert.error_matches(function() ladder.homogeneity_test { counts = { COUNTS, { { 1, 2 }, { 3, 4 } } } } end,
      "counts must hold tables of the same size")
  end)

  it("names the table and the row at fault", function()
    local function refused(pattern, ...)
      local value, message = ...
      assert.is_nil(value)
      assert.matches(pattern, message)
    end
    local bad = { { 1, 2 }, { -1, 4 } }
    refused("^counts%[2%]%[2%]: must hold", ladder.homogeneity_test { counts = { { { 1, 2 }, { 3, 4 } }, bad } })
    refused("^counts: must be two periods", ladder.homogeneity_test { counts = { { { 1, 2 }, { 3, 4 } } } })
    refused("^triples%[1%]%[2%]: must hold", ladder.second_order_test { triples = { bad, { { 1, 2 }, { 3, 4 } } } })
    local c = ladder.chain { counts = { { 5, 5 }, { 2, 8 } }, stages = { "a", "b" } }
    refused("^tables%[1%]%[2%]: must hold", c:test_homogeneity { bad, { { 1, 2 }, { 3, 4 } } })
    refused("^chances: must be from 1 to 1024", ladder.chain_row_covariance { chances = {}, size = 1 })
    assert.has_error(function() ladder.chain_row_covariance { chances = 5, size = 1 } end,
      "chain_row_covariance: chances must be a vec or a table of numbers")
  end)
end)
