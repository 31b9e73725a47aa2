-- ladder: what a chain answers by the names of its stages, chains from panels, and the next stage of a player.

local loyalty = require "loyalty"
local ladder = loyalty.ladder

local COUNTS = {
  { 60, 30, 8, 2, 0 }, { 5, 50, 30, 12, 3 }, { 2, 10, 48, 32, 8 }, { 1, 4, 15, 55, 25 }, { 0, 2, 5, 18, 175 },
}
local CHURN = {
  { .60, .25, .05, .02, 0, .08 }, { .05, .55, .25, .05, .02, .08 }, { .02, .10, .50, .25, .06, .07 },
  { .01, .03, .12, .58, .20, .06 }, { 0, .01, .03, .10, .82, .04 }, { 0, 0, 0, 0, 0, 1 },
}
local CLUB = { "guest", "member", "gone" }
local MOVES = { guest = { guest = 70, member = 20, gone = 10 }, member = { member = 80, gone = 5 } }

local function near(expected, found)
  assert.is_true(math.abs(found - expected) <= 1e-12 * math.max(1, math.abs(expected)),
    ("%.17g, not %.17g"):format(found, expected))
end

--- The numbers of a table by stage, in the order of the stages.
local function listed(c, by_stage)
  local list, count = {}, 0
  for i, stage in ipairs(c.stages) do list[i] = by_stage[stage] end
  for _ in pairs(by_stage) do count = count + 1 end
  assert.equal(#c.stages, count)
  return list
end

describe("a chain by the names of its stages", function()
  local c = assert(ladder.chain { counts = COUNTS })
  local churn = assert(ladder.chain { transition = CHURN })
  local club = assert(ladder.chain { counts = MOVES, stages = CLUB, absorbing = "gone" })

  it("knows the long run", function()
    near(.55188958773698, c:stationary().loyal)
    local share = c:stationary_summary(.9).unaware
    near(.02086745789512, share.share)
    near(.009613556475091, share.std_error)
    local function odds(p) return p / (1 - p) end
    near(odds(share.share) ^ 2, odds(share.lower) * odds(share.upper)) -- as in Python
    assert.same({ share = 1.0, std_error = 0.0, lower = 1.0, upper = 1.0 }, club:stationary_summary().gone)
    assert.same({ share = 1.0 }, churn:stationary_summary().churn)
    local periods, status = c:recurrence_times()
    near(47.92150558185, periods.unaware)
    assert.equal("OK", status)
    local old = churn:quasi_stationary()
    near(.028652937302487, old.law.unaware)
    near(18.453384841259, old.mean_life)
    assert.same(old, churn:quasi_stationary "churn")
    assert.same(old, churn:quasi_stationary { "churn" })
  end)

  it("counts steps", function()
    local steps, status = c:expected_steps "loyal"
    assert.equal("OK", status)
    near(11.206953718393, steps.unaware)
    assert.equal(0, steps.loyal)
    assert.same(steps, (c:expected_steps { "loyal" }))
    near(54.456557657871, c:steps_variance("loyal").unaware)
    local row, ok = c:steps_summary "loyal"
    assert.equal("OK", ok)
    near(1.2307384263806, row.unaware.std_error)
    near(7.3794686568797556, row.unaware.standard_deviation)
    near(9.0366887895360039, row.unaware.lower) -- by mpmath from the two numbers above
    near(13.898432774583977, row.unaware.upper)
    assert.same({ steps = 0.0, standard_deviation = 0.0, std_error = 0.0, lower = 0.0, upper = 0.0 }, row.loyal)
    assert.is_nil(churn:steps_summary().loyal.std_error)
    near(3.0335800529486, c:expected_visits("loyal").unaware.unaware)
    status = select(2, club:expected_steps "member")
    assert.equal("NOTICE_DIVERGES", status)
    local visits = club:expected_visits()
    near(1 / .3, visits.guest.guest)
    near(.2 / .3 * 17, visits.guest.member)
    local ends = c:absorption_probabilities { "unaware", "loyal" }
    near(.80460736505801, ends.probabilities.aware.loyal)
    near(.061877277662797, ends.standard_errors.aware.loyal)
    assert.same({ unaware = { "unaware" }, loyal = { "loyal" } }, ends.classes)
    local pairs_of = ladder.chain { transition = { { 0, 0, 1 }, { .5, .5, 0 }, { 1, 0, 0 } }, stages = CLUB }
    ends = pairs_of:absorption_probabilities "member"
    assert.same({ member = { "member" }, guest = { "guest", "gone" } }, ends.classes)
    assert.same({ member = 0.0, guest = 1.0 }, ends.probabilities.gone)
    assert.is_nil(ends.standard_errors)
  end)

  it("moves customers", function()
    local start, inflow = { 1000, 500, 200, 100, 50, 0 }, { unaware = 100, aware = 20, loyal = 5 }
    local moved = churn:project { start = start, periods = 3, inflow = inflow }
    assert.same({ 1000, 500, 200, 100, 50, 0 }, listed(churn, moved[0]))
    assert.equal(3, #moved)
    near(192.4802, moved[3].loyal)
    near(411.49485, moved[3].churn)
    assert.same(moved, churn:project { start = loyalty.vec(start), periods = 3, inflow = { inflow, inflow, inflow } })
    assert.same(moved, churn:project { start = start, periods = 3, inflow = { 100, 20, 0, 0, 5, 0 } })
    local settled, status = churn:steady_population { inflow = inflow, absorbing = "churn" }
    near(318.87308616028, settled.unaware)
    assert.equal("OK", status)
    local numbered = ladder.chain { transition = { { .5, .5 }, { 0, 1 } }, stages = { 1, 2 } }
    assert.same({ [1] = 5.0, [2] = 5.0 }, numbered:project({ start = { [1] = 10 }, periods = 1 })[1])
  end)

  it("says what customers are worth", function()
    local recency = { "r1", "r2", "r3", "r4", "former" }
    local mail = ladder.chain { stages = recency, transition =
      { { .3, .7, 0, 0, 0 }, { .2, 0, .8, 0, 0 }, { .15, 0, 0, .85, 0 }, { .05, 0, 0, 0, .95 }, { 0, 0, 0, 0, 1 } } }
    local reward = { r1 = 36, r2 = -4, r3 = -4, r4 = -4 }
    local value, status = mail:value { reward = reward, discount_rate = .2 }
    assert.equal("OK", status)
    assert.near(52.319609, value.r1, 5e-7)
    assert.near(-1.820016, value.r4, 5e-7)
    assert.near(50.114969, mail:value({ reward = { 36, -4, -4, -4, 0 }, discount_rate = .2, horizon = 4 }).r1, 5e-7)
    assert.near(28.0762104038, mail:value_summary({ reward = reward, discount_rate = .2 }).r1.standard_deviation, 1e-9)
    local terms = { reward = { guest = 10, member = 30 }, discount_rate = .1, growth = .02 }
    local all = ladder.chain_value { transition = club.transition, reward = { 10, 30, 0 }, discount_rate = .1, growth = .02,
      row_counts = club.row_sizes }
    assert.equal(all.value[1], club:value(terms).guest)
    terms.level = .5
    local rows = club:value_summary(terms)
    assert.equal(all.std_errors[2], rows.member.std_error)
    near(all.value[2] * math.exp(.67448975019608171 * all.std_errors[2] / all.value[2]), rows.member.upper)
    local loss = club:value_summary({ reward = { guest = -10 }, discount_rate = .1, level = .5 }).guest
    near(loss.value - .67448975019608171 * loss.std_error, loss.lower)
    near(-10 / (1 - .7 / 1.1), loss.value)
  end)

  it("tells the next stage of a player", function()
    local function next_of(u) return club:next("guest", u) end
    assert.same({ "guest", "guest", "member", "member", "gone" },
      { next_of(0), next_of(.69999), next_of(.7), next_of(.89999), next_of(.9) })
    assert.equal("gone", next_of(1 - 2 ^ -53))
    assert.equal("gone", club:next("gone", 0))
    local short = ladder.chain { transition = { { .5, .5 - 1e-10, 0 }, { 0, 0, 1 }, { 1, 0, 0 } }, stages = CLUB }
    assert.equal("member", short:next("guest", 1 - 2 ^ -53)) -- never a stage that cannot be reached
    assert.equal("gone", short:next("member", 0))
    -- 1000 equidistant numbers find each stage as often as its chance says.
    local seen = { guest = 0, member = 0, gone = 0 }
    for k = 0, 999 do
      local stage = next_of((k + .5) / 1000)
      seen[stage] = seen[stage] + 1
    end
    assert.same({ guest = 700, member = 200, gone = 100 }, seen)
    for _, u in ipairs { 1, -1e-300, 0 / 0, math.huge } do
      assert.same({ nil, "u: must be from 0 to below 1", "ERR_DOMAIN" }, { club:next("guest", u) })
    end
  end)

  it("comes from a panel", function()
    local panel = { customer = { 7, 7, 7, 9, 9, 9 }, time = { 1, 2, 3, 1, 2, 4 },
      stage = { "guest", "guest", "member", "guest", "gone", "gone" } }
    local p = assert(ladder.chain { panel = panel, stages = CLUB, absorbing = "gone", prior = 1 })
    assert.same({ { 1, 1, 1 }, { 0, 0, 0 }, { 0, 0, 0 } }, p.counts)
    assert.equal(1 / 3, p:probability("guest", "member"))
    assert.equal(1, p.panel.skipped)
    panel.gaps = "one"
    assert.equal(1, ladder.chain({ panel = panel, stages = CLUB, absorbing = "gone", prior = 1 }).counts[3][3])
    local numbered = ladder.chain { panel = { customer = { 1, 1, 1 }, time = { 1, 2, 3 }, stage = { 0, 1, 0 } } }
    assert.same({ [0] = .5, [1] = .5 }, numbered:stationary())
    local monthly = ladder.chain { stages = { "guest", "member" }, prior = 1, panel = { step = "M",
      customer = { "ann", "ann", "ann" }, time = { "2026-01-31", "2026-02-01", "2026-03-15" },
      stage = { "guest", "guest", "member" } } }
    assert.same({ { 1, 1 }, { 0, 0 } }, monthly.counts)
    local none, message, code = ladder.chain { panel = panel, stages = { "guest", "member" } }
    assert.same({ nil, "stage[5]: 'gone' is not a stage", "ERR_DOMAIN" }, { none, message, code })
    panel.stage[5] = "member"
    none, message = ladder.chain { panel = panel, stages = CLUB }
    assert.is_nil(none)
    assert.equal("counts: 'gone' was never seen to be left: give a prior, or name it in absorbing", message)
  end)

  it("answers nil, message, code to bad data", function()
    local parted = ladder.chain { transition = { { 1, 0 }, { 0, 1 } }, stages = { "in", "out" } }
    local cases = {
      { "transition: 'out' must have one closed class", parted:stationary() },
      { "transition: 'out' must have one closed class", parted:stationary_summary() },
      { "level: must be between", c:stationary_summary(2) },
      { "to: must have a state", club:expected_steps {} },
      { "to: must have a state", club:steps_variance {} },
      { "to: must have a state", club:steps_summary {} },
      { "level: must be between", club:steps_summary("gone", 1) },
      { "to: must have a state", club:expected_visits {} },
      { "to: must have a state", club:absorption_probabilities {} },
      { "transition: 'guest' must have states outside the target", club:quasi_stationary() },
      { "start: 'member' must be 0 or", club:project { start = { member = -1 }, periods = 1 } },
      { "inflow: 'member' must be 0 or", club:project { start = {}, periods = 1, inflow = { member = -1 } } },
      { "inflow[2]: 'guest' must be 0 or", club:project { start = {}, periods = 2, inflow = { {}, { guest = -1 } } } },
      { "inflow: 'guest' must be 0 or", club:steady_population { inflow = { -1, 0, 0 } } },
      { "reward: 'guest' must be", club:value { reward = { 1 / 0, 0, 0 }, discount_rate = .1 } },
      { "discount_rate: must be", club:value { reward = {}, discount_rate = -1 } },
      { "discount_rate: must be", club:value_summary { reward = {}, discount_rate = -1 } },
      { "level: must be between", club:value_summary { reward = {}, discount_rate = .1, level = 0 } },
    }
    for _, case in ipairs(cases) do
      assert.is_nil(case[2])
      assert.equal(case[1], case[3]:sub(1, #case[1]))
      assert.equal("ERR_", case[4]:sub(1, 4))
    end
  end)

  it("raises on misuse, where it was asked", function()
    local cases = {
      { "next: stage: 'left' is not a stage", function() club:next("left", .5) end },
      { "next: stage: 'nil' is not a stage", function() club:next(nil, .5) end },
      { "next: u must be a number, not nil", function() club:next "guest" end },
      { "expected_steps: to: 'left' is not a stage", function() club:expected_steps "left" end },
      { "steps_variance: to: 'left' is not a stage", function() club:steps_variance { "left" } end },
      { "steps_summary: to: 'left' is not a stage", function() club:steps_summary "left" end },
      { "expected_visits: to: 'left' is not a stage", function() club:expected_visits "left" end },
      { "absorption_probabilities: to: 'left' is not a", function() club:absorption_probabilities "left" end },
      { "quasi_stationary: absorbing: 'left' is not a", function() club:quasi_stationary "left" end },
      { "steady_population: inflow is missing", function() club:steady_population {} end },
      { "project: start is missing", function() club:project { periods = 1 } end },
      { "project: periods is missing", function() club:project { start = {} } end },
      { "project: start: 'left' is not a stage", function() club:project { start = { left = 1 }, periods = 1 } end },
      { "project: start must be a vec or a table of 3", function() club:project { start = { 1 }, periods = 1 } end },
      { "project: there is no argument 'steps'", function() club:project { steps = 1 } end },
      { "value: reward must be a vec or a table of 3", function() club:value { reward = 1, discount_rate = .1 } end },
      { "value: reward[1] must be a number", function() club:value { reward = { guest = "a" }, discount_rate = .1 } end },
      { "value: discount_rate is missing", function() club:value { reward = {} } end },
      { "value_summary: reward: 'left' is not", function() club:value_summary { reward = { left = 1 } } end },
      { "chain: give one of counts and panel", function() ladder.chain { counts = COUNTS, panel = {} } end },
      { "chain: give one of panel and transition", function() ladder.chain { transition = CHURN, panel = {} } end },
      { "chain: panel: there is no argument 'order'", function() ladder.chain { panel = { order = 2 } } end },
    }
    for _, case in ipairs(cases) do
      local raised, message = pcall(case[2])
      assert.is_false(raised)
      assert.matches("ladder_chain_spec.lua:%d+: ", message)
      assert.is_truthy(message:find(": " .. case[1], 1, true), message)
    end
    assert.error_matches(function() club:project { start = {}, periods = -1 } end, "periods must be an integer")
    assert.error_matches(function() ladder.chain { panel = { customer = { 1 } } } end, "time is missing")
  end)
end)
