-- ladder: counts of transitions.

local loyalty = require "loyalty"
local ladder = loyalty.ladder

-- Customer 3 moves a a b and, after two missing waves, c; customer 8 moves b b; customer 9 is seen once.
local function panel(more)
  local p = { customer = { 8, 3, 3, 9, 3, 8, 3 }, time = { 2, 1, 2, 2, 6, 3, 3 }, stage = { 1, 0, 0, 2, 2, 1, 1 } }
  for name, value in pairs(more or {}) do p[name] = value end
  return p
end
local PAIRS = { { 1, 1, 0 }, { 0, 1, 0 }, { 0, 0, 0 } }

describe("transitions", function()
  it("counts pairs one step apart", function()
    local t = assert(ladder.transitions(panel()))
    assert.same(PAIRS, t.counts)
    assert.same({ 0, 1, 2 }, t.stages)
    assert.same({ 7, 0, 0, 3, 3, 1, 1, 6 },
      { t.rows, t.missing, t.repeats, t.customers, t.pairs, t.skipped, t.first, t.last })
    assert.same({ { 1, 1, 0 }, { 0, 1, 1 }, { 0, 0, 0 } }, ladder.transitions(panel { gaps = "one" }).counts)
    local columns = panel { threads = 2 }
    for _, name in ipairs { "customer", "time", "stage" } do columns[name] = loyalty.ivec(columns[name]) end
    assert.same(PAIRS, ladder.transitions(columns).counts)
  end)

  it("counts by gap, by period and triples", function()
    local t = ladder.transitions(panel { by_gap = 3 })
    assert.same(PAIRS, t.counts[1])
    assert.equal(1, t.counts[3][2][3])
    assert.equal(4, t.pairs)
    t = ladder.transitions(panel { by_period = true })
    assert.equal(5, #t.counts)
    assert.equal(1, t.counts[1][1][1])
    assert.equal(1, t.counts[2][1][2])
    assert.equal(1, t.counts[2][2][2])
    assert.equal(6, #ladder.transitions(panel { by_period = true, first = 0 }).counts)
    t = ladder.transitions(panel { order = 2 })
    assert.equal(1, t.counts[1][1][2])
    assert.same({ 1, 1 }, { t.pairs, t.skipped })
  end)

  it("reads names, text ids and dates", function()
    local names = { "a", "b", "c" }
    local p = panel { stages = names, customer = { "z", "a", "a", "q", "a", "z", "a" }, stage = {}, time = {}, step = "M" }
    for i, number in ipairs(panel().stage) do p.stage[i] = names[number + 1] end
    for i, month in ipairs(panel().time) do p.time[i] = ("2024-%02d-29"):format(month) end
    local t = assert(ladder.transitions(p))
    assert.same(PAIRS, t.counts)
    assert.equal(names, t.stages)
    assert.equal(12 * 2024, t.first)
    p.step = "3M"
    assert.equal(1, ladder.transitions(p).counts[2][3])
    p.step, p.repeats = "Y", "last"
    assert.equal(0, ladder.transitions(p).pairs)
    p.step = "D"
    assert.equal(1, ladder.transitions(p).skipped - 3)
    -- Sunday, Monday, Sunday
    t = ladder.transitions { customer = { 1, 1, 1 }, time = { "1969-12-28", "1969-12-29", "1970-01-04" },
      stage = { 0, 1, 1 }, step = "W" }
    assert.same({ 1, 1 }, { t.pairs, t.repeats })
  end)

  it("takes missing stages and repeats as told", function()
    local p = panel { stage = { 1, 0, -1, 2, 2, 1, 1 } }
    assert.same({ nil, "stage[3]: must be a stage from 0 to states - 1", "ERR_DOMAIN" }, { ladder.transitions(p) })
    p.missing = "gap"
    assert.equal(1, ladder.transitions(p).missing)
    p.stage, p.stages = { "b", "a", false, "c", "c", "b", "b" }, { "a", "b", "c" }
    assert.equal(1, ladder.transitions(p).missing)
    p.stages = { "a", "b" }
    assert.same({ nil, "stage[4]: 'c' is not a stage", "ERR_DOMAIN" }, { ladder.transitions(p) })
    local twice = { customer = { 1, 1 }, time = { 1, 1 }, stage = { 0, 1 } }
    local none, message, code = ladder.transitions(twice)
    assert.is_nil(none)
    assert.matches("^time%[2%]: must not repeat", message)
    assert.equal("ERR_DOMAIN", code)
    twice.repeats = "last"
    assert.equal(1, ladder.transitions(twice).repeats)
    none, message = ladder.transitions(panel { gaps = "error" })
    assert.is_nil(none)
    assert.matches("^time%[5%]: must follow", message)
  end)

  it("answers nil, message, code to bad data and raises on misuse", function()
    local function refused(code, more)
      local none, _, found = ladder.transitions(panel(more))
      assert.is_nil(none)
      assert.equal(code, found)
    end
    refused("ERR_ARGUMENT", { stages = 0 })
    refused("ERR_ARGUMENT", { stages = 1025 })
    refused("ERR_ARGUMENT", { time = { 1 } })
    refused("ERR_ARGUMENT", { by_gap = 1 << 40 })
    refused("ERR_DOMAIN", { stages = 2 })
    refused("ERR_DOMAIN", { step = 0 })
    refused("ERR_DOMAIN", { by_period = true, first = 2 })
    refused("ERR_DOMAIN", { by_period = true, first = -1000000000000 })
    refused("ERR_FORMAT", { time = { "2024-01-01", "2024-1-1" }, step = "D" })
    refused("ERR_DOMAIN", { time = { "2024-01-01", 5 }, step = "D" })
    refused("ERR_DOMAIN", { customer = { "a", 5 } })
    local function raises(pattern, more)
      assert.error_matches(function() ladder.transitions(panel(more)) end, pattern)
    end
    raises("there is no argument 'gap'", { gap = 1 })
    raises("gaps must be one of 'error', 'one', 'skip'", { gaps = "none" })
    raises("order must be 1 or 2", { order = 3 })
    raises("cannot be combined", { order = 2, by_gap = 2 })
    raises("by_gap must be a whole number", { by_gap = 0 })
    raises("step must be a whole number", { step = "M" })
    raises("step must be 'D', 'W'", { time = { "2024-01-01" }, step = 1 })
    raises("stages must list the names", { stage = { "a" } })
    raises("stages must differ", { stage = { "a" }, stages = { "a", "a" } })
    raises("stage must be an ivec or a table, not userdata", { stage = loyalty.vec { 1, 2 } })
    raises("time must be an ivec or a table, not number", { time = 5 })
    raises("customer must be an ivec or a table, not boolean", { customer = true })
    assert.error_matches(function() ladder.transitions { customer = {}, time = {} } end, "stage is missing")
  end)

  it("refuses stages and steps that are none", function()
    for _, stages in ipairs { "x", 2.5 } do
      assert.has_error(function()
        ladder.transitions { customer = { 1, 1 }, time = { 0, 1 }, stage = { 0, 1 }, stages = stages }
      end, "transitions: stages must be a table of names or their number")
    end
    assert.error_matches(function()
      ladder.transitions { customer = { 1 }, time = { "2024-01-31" }, stage = { 0 }, step = ("9"):rep(30) .. "M" }
    end, "^transitions: step must be")
  end)
end)
