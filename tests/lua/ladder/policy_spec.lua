-- ladder: best policies.

local loyalty = require "loyalty"
local ladder = loyalty.ladder

local MAIL <const> = { { .3, .7, 0, 0, 0 }, { .2, 0, .8, 0, 0 }, { .15, 0, 0, .85, 0 },
  { .05, 0, 0, 0, .95 }, { 0, 0, 0, 0, 1 } }
local GONE <const> = { 0, 0, 0, 0, 1 }
local STOP <const> = { GONE, GONE, GONE, GONE, GONE }

local ALWAYS <const> = { "mail", "mail", "mail", "mail", "mail" }

local function problem(more)
  local p = {
    transitions = { mail = MAIL, stop = STOP }, rewards = { mail = { 36, -4, -4, -4, 0 }, stop = { 40, 0, 0, 0, 0 } },
    discount_rate = .2, stages = { "r1", "r2", "r3", "r4", "former" },
  }
  for name, value in pairs(more or {}) do p[name] = value end
  return p
end

describe("policy", function()
  it("finds the published policy", function()
    local best = ladder.policy(problem())
    assert.same({ "mail", "mail", "mail", "stop", "mail" }, best.policy)
    assert.equal("stop", best:action "r4")
    assert.near(53.149425, best.value[1], 5e-7)
    assert.is_true(best.bound < 1e-11)
    assert.equal("OK", best.status)
    local swapped = ladder.policy(problem { actions = { "stop", "mail" } })
    assert.equal("stop", swapped:action "former")
    local unnamed = ladder.policy { transitions = { a = STOP }, rewards = { a = 1 }, discount_rate = .1 }
    assert.same({ 1, 2, 3, 4, 5 }, unnamed.stages)
  end)

  it("keeps to what is available", function()
    local best = ladder.policy(problem { available = { mail = { "r1", "r2" } } })
    assert.same({ "mail", "mail", "stop", "stop", "stop" }, best.policy)
    assert.near(51.574468, best.value[1], 5e-7)
  end)

  it("keeps to a budget", function()
    local best = ladder.policy(problem { cost = { mail = 4 }, budget = 60, start = { 10, 0, 0, 0, 0 } })
    assert.equal("OK", best.status)
    assert.near(60, best.expected_cost, 1e-9)
    assert.is_true(best.shadow_price > 0 and best.share > 0 and best.share < 1)
    local free = ladder.policy(problem { cost = { mail = 4 }, budget = 1e6, start = { 10, 0, 0, 0, 0 } })
    assert.equal("NOTICE_NOT_NEEDED", free.status)
    assert.equal(0, free.shadow_price)
    local dear = problem { cost = { mail = 1, stop = 1 }, budget = 1, start = { 10, 0, 0, 0, 0 } }
    local none, message, code = ladder.policy(dear)
    assert.is_nil(none)
    assert.matches("^budget: ", message)
    assert.equal("ERR_INFEASIBLE", code)
  end)

  it("values a given policy", function()
    local always = ladder.policy_value(problem { policy = ALWAYS })
    assert.near(52.319609, always.value[1], 5e-7)
    assert.near(1.820016, always.gain, 5e-7)
    assert.near(6 * always.gain, always.bound, 1e-12)
    assert.equal(5, #always.visits)
  end)

  it("names what is wrong", function()
    local bad = { mail = { 36, -4, -4, 0 / 0, 0 }, stop = 0 }
    local none, message, code = ladder.policy(problem { rewards = bad })
    assert.is_nil(none)
    assert.matches("^rewards%.mail%[4%]: must be a number", message)
    assert.equal("ERR_DOMAIN", code)
    none, message = ladder.policy(problem { cost = { stop = -1 }, budget = 1, start = { 1, 1, 1, 1, 1 } })
    assert.is_nil(none)
    assert.matches("^cost%.stop%[1%]: ", message)
    none, message = ladder.policy_value(problem { available = { mail = {} }, policy = ALWAYS })
    assert.is_nil(none)
    assert.matches("^policy%[1%]: ", message)
    local function raises(more, pattern)
      assert.error_matches(function() ladder.policy(problem(more)) end, pattern)
    end
    raises({ rewards = { mail = 1 } }, "rewards.stop is missing")
    raises({ rewards = { mail = 1, stop = 1, visit = 1 } }, "rewards: there is no action 'visit'")
    raises({ rewards = 3 }, "rewards must be a table by action")
    raises({ transitions = {}, rewards = {} }, "transitions must have an action")
    raises({ transitions = { mail = MAIL, stop = { { 1 } } } }, "as many rows")
    raises({ actions = { "mail" } }, "actions must be a list")
    raises({ actions = { "mail", "mail" } }, "actions must be a list")
    raises({ stages = { "a" } }, "stages must be 5 different names")
    raises({ available = { mail = { "r9" } } }, "there is no stage 'r9'")
    raises({ available = 1 }, "available must be a table")
    raises({ cost = { mail = 1 } }, "only for a budget")
    raises({ budget = 1, cost = {} }, "start is missing")
    assert.error_matches(function() ladder.policy(problem()):action "r9" end, "there is no stage 'r9'")
    assert.error_matches(function() ladder.policy_value(problem { policy = { "mail" } }) end, "each of 5 stages")
    local numbers = problem { policy = { 1, 2, 3, 4, 5 } }
    assert.error_matches(function() ladder.policy_value(numbers) end, "there is no action '1'")
  end)

  it("takes a stage by itself for where an action is available", function()
    local stay = { { 1, 0 }, { 0, 1 } }
    local best = ladder.policy {
      transitions = { act = stay, rest = stay }, actions = { "rest", "act" }, rewards = { act = 1, rest = 0 },
      discount_rate = .1, stages = { "a", "ab" }, available = { act = "ab" },
    }
    assert.same({ "rest", "act" }, best.policy)
  end)
end)
