-- An engine moves players up the ladder. Each period it takes the best action in the player's stage, draws a number, and
-- the chances under that action say where the player stands next. The score is the discounted profit so far and the value
-- of the stage: on average it stays what it was at the start, so that a change of it is luck, not arithmetic.
local loyalty = require "loyalty"
local ladder = loyalty.ladder

local stages = { "unaware", "aware", "consider", "prefer", "loyal", "gone" }
local reached = { "unaware", "aware", "consider", "prefer", "loyal" }
local moves = {
  { 0.60, 0.25, 0.05, 0.02, 0, 0.08 }, { 0.05, 0.55, 0.25, 0.05, 0.02, 0.08 }, { 0.02, 0.10, 0.50, 0.25, 0.06, 0.07 },
  { 0.01, 0.03, 0.12, 0.58, 0.20, 0.06 }, { 0, 0.01, 0.03, 0.10, 0.82, 0.04 }, { 0, 0, 0, 0, 0, 1 },
}
local profit, discount_rate = { -1, -2, 5, 20, 60, 0 }, 0.10

-- What an action costs, the chance that it moves up from staying, or for the loyal from leaving to staying.
local actions = {
  wait = { cost = 0, climb = 0, keep = 0 },
  reward = { cost = 6, climb = 0.10, keep = 0.03 },
  ["personal offer"] = { cost = 20, climb = 0.25, keep = 0.03 },
}

local chains, transitions, rewards = {}, {}, {}
for name, action in pairs(actions) do
  local rows = {}
  for i, row in ipairs(moves) do rows[i] = table.move(row, 1, #row, 1, {}) end
  for i = 1, 4 do
    rows[i][i] = rows[i][i] - action.climb
    rows[i][i + 1] = rows[i][i + 1] + action.climb
  end
  rows[5][6] = rows[5][6] - action.keep
  rows[5][5] = rows[5][5] + action.keep
  local brings = {}
  for i = 1, #stages do brings[i] = profit[i] - action.cost end
  transitions[name], rewards[name] = rows, brings
  chains[name] = assert(ladder.chain { transition = rows, stages = stages })
end
local best = assert(ladder.policy {
  transitions = transitions, rewards = rewards, discount_rate = discount_rate, stages = stages,
  actions = { "wait", "reward", "personal offer" },
  available = { reward = reached, ["personal offer"] = { "consider", "prefer", "loyal" } },
})
local worth, brings = {}, {}
for i, stage in ipairs(stages) do
  worth[stage], brings[stage] = best.value[i], rewards[best.policy[i]][i]
  print(("%s: %s, worth %.4f"):format(stage, best.policy[i], best.value[i]))
end

-- The engine's own generator: numbers from 0 to below 1.
local state = 7
local function draw()
  state = (1664525 * state + 1013904223) & 0xffffffff
  return state / 4294967296
end

-- The score of a player who stays for `periods` at most.
local function play(periods, aloud)
  local earned, factor, stage = 0, 1, "unaware"
  local score = worth[stage]
  for t = 1, periods do
    if stage == "gone" then break end
    local action, from = best:action(stage), stage
    earned = earned + factor * brings[stage]
    factor = factor / (1 + discount_rate)
    stage = chains[action]:next(stage, draw())
    score = earned + factor * worth[stage]
    if aloud then
      print(("  %d: %s, %s -> %s: profit %.4f, score %.4f"):format(t, from, action, stage, earned, score))
    end
  end
  return score
end

for player = 1, 2 do
  print(("player %d"):format(player))
  play(12, true)
end
local sum = 0
for _ = 1, 1000 do sum = sum + play(24, false) end
print(("1000 players, 24 periods: score %.6f on average, %.6f at the start"):format(sum / 1000, worth.unaware))
