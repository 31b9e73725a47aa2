--- ladder: which action to take in which stage, by policy iteration, also under a budget.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local matrix = require "loyalty.ladder.matrix"

local policy = {}

local BEST_NAMES <const> = { transitions = true, rewards = true, discount_rate = true, actions = true, available = true,
  stages = true, cost = true, budget = true, start = true }
local VALUE_NAMES <const> = { transitions = true, rewards = true, discount_rate = true, actions = true, available = true,
  stages = true, policy = true }
local CORE_NAMES <const> = { transition = "transitions", reward = "rewards", cost = "cost" }

local function by_action(named, name, where)
  local given = arguments.need(named, name, where)
  if type(given) ~= "table" then error(("%s: %s must be a table by action"):format(where, name), 4) end
  return given
end

local function refuse_unknown(given, known, name, where)
  for key in pairs(given) do
    if not known[key] then error(("%s: %s: there is no action '%s'"):format(where, name, tostring(key)), 4) end
  end
end

--- The names of the actions in their order, and their numbers by name.
local function order(named, transitions, where)
  local actions = {}
  for name in pairs(transitions) do actions[#actions + 1] = name end
  table.sort(actions, function(a, b) return tostring(a) < tostring(b) end)
  local listed = rawget(named, "actions")
  if listed ~= nil then
    if type(listed) ~= "table" or #listed ~= #actions then
      error(("%s: actions must be a list of the names in transitions"):format(where), 4)
    end
    actions = table.move(listed, 1, #listed, 1, {})
  end
  local number = {}
  for a, name in ipairs(actions) do
    if transitions[name] == nil or number[name] then
      error(("%s: actions must be a list of the names in transitions"):format(where), 4)
    end
    number[name] = a
  end
  if #actions == 0 then error(("%s: transitions must have an action"):format(where), 4) end
  return actions, number
end

--- Numbers for each action and stage, one after another; one number is repeated, `default` stands for an action left out.
local function stack(given, problem, name, default, where)
  refuse_unknown(given, problem.number, name, where)
  local n = problem.n
  local all = core.vec(#problem.actions * n)
  for a, action in ipairs(problem.actions) do
    local one = given[action]
    if one == nil then one = default end
    local label = ("%s.%s"):format(name, tostring(action))
    if one == nil then error(("%s: %s is missing"):format(where, label), 4) end
    if type(one) == "number" then
      all:fill(one, (a - 1) * n + 1, a * n)
    else
      local numbers = matrix.vector(one, label, n, where)
      for i = 1, n do all[(a - 1) * n + i] = numbers[i] end
    end
  end
  return all
end

local function mask(given, problem, where)
  if type(given) ~= "table" then error(("%s: available must be a table by action"):format(where), 4) end
  refuse_unknown(given, problem.number, "available", where)
  local flags = core.ivec(#problem.actions * problem.n, 1)
  for a, action in ipairs(problem.actions) do
    if given[action] ~= nil then
      flags:fill(0, (a - 1) * problem.n + 1, a * problem.n)
      for _, stage in ipairs(type(given[action]) == "table" and given[action] or { given[action] }) do
        local i = problem.place[stage]
        if not i then error(("%s: available: there is no stage '%s'"):format(where, tostring(stage)), 4) end
        flags[(a - 1) * problem.n + i] = 1
      end
    end
  end
  return flags
end

--- The problem as the core takes it.
local function read(named, where)
  local transitions = by_action(named, "transitions", where)
  local problem = {}
  problem.actions, problem.number = order(named, transitions, where)
  local flat = {}
  for a, action in ipairs(problem.actions) do
    local one, n = matrix.square(transitions[action], ("transitions.%s"):format(tostring(action)), where)
    if n ~= (problem.n or n) then error(("%s: all transitions must have as many rows"):format(where), 3) end
    problem.n, flat[a] = n, one
  end
  local n = problem.n
  local transition = core.vec(#flat * n * n)
  for a = 1, #flat do
    for k = 1, n * n do transition[(a - 1) * n * n + k] = flat[a][k] end
  end
  problem.stages = arguments.optional(named, "stages", nil)
  if problem.stages == nil then
    problem.stages = {}
    for i = 1, n do problem.stages[i] = i end
  end
  problem.place = {}
  for i, stage in ipairs(problem.stages) do problem.place[stage] = i end
  local different = 0
  for _ in pairs(problem.place) do different = different + 1 end
  if different ~= n or #problem.stages ~= n then error(("%s: stages must be %d different names"):format(where, n), 3) end
  local reward = stack(by_action(named, "rewards", where), problem, "rewards", nil, where)
  local available = rawget(named, "available")
  if available ~= nil then available = mask(available, problem, where) end
  return problem, transition, reward, available, arguments.need(named, "discount_rate", where)
end

--- Let the message of an error name the action and its row, counted from 1.
local function blame(problem, value, message, ...)
  if value ~= nil or type(message) ~= "string" then return value, message, ... end
  local name, index, rest = message:match("^(%w+)%[(%d+)%](.*)$")
  if name and CORE_NAMES[name] then
    local k = tonumber(index) - 1
    local action = tostring(problem.actions[k // problem.n + 1])
    message = ("%s.%s[%d]%s"):format(CORE_NAMES[name], action, k % problem.n + 1, rest)
  end
  return nil, (message:gsub("^action", "policy")), ...
end

local function names_of(problem, numbers)
  local names = {}
  for i = 1, problem.n do names[i] = problem.actions[numbers[i] + 1] end
  return names
end

local Best, best_metatable = arguments.class "loyalty.ladder.policy"

--- The action of the policy in a stage, given by its name.
function Best:action(stage)
  for i, name in ipairs(self.stages) do
    if name == stage then return self.policy[i] end
  end
  error(("action: there is no stage '%s'"):format(tostring(stage)), 2)
end

--- ladder.policy{transitions = {action = rows, ...}, rewards = {action = numbers, ...}, discount_rate = , actions = nil,
-- available = nil, stages = nil, cost = nil, budget = nil, start = nil}: the action to take in each stage so that customers
-- are worth most. Where actions are equally good the one that stands first in `actions` is kept (by name without it). One
-- number of rewards or cost holds for all stages; `available` lists the stages in which an action can be taken, an action
-- left out can be taken everywhere. With a `budget` for the discounted `cost` of the customers of `start`, a `share` of them
-- is to be treated by .policy and the others by .frugal_policy. The result has .policy and .frugal_policy (names of
-- actions), .stages, .value (a vec), .bound (no policy is worth more than value + bound), .rounds, .shadow_price, .share,
-- .expected_value, .expected_cost, .status, and the method :action(stage).
function policy.policy(named)
  local where = "policy"
  arguments.check(named, BEST_NAMES, where)
  local problem, transition, reward, available, rate = read(named, where)
  local n = problem.n
  local action, value = core.ivec(n), core.vec(n)
  local out = { stages = problem.stages, value = value }
  local budget, cost, start = rawget(named, "budget"), rawget(named, "cost"), rawget(named, "start")
  if budget == nil then
    if cost ~= nil or start ~= nil then error("policy: cost and start are only for a budget", 2) end
    local status, rounds, gain, bound = blame(problem, core.policy_best(transition, reward, available, rate, action, value))
    if status == nil then return nil, rounds, gain end
    out.status, out.rounds, out.bound, out.share = status, rounds, bound, 1.0
    out.policy = names_of(problem, action)
    out.frugal_policy = out.policy
  else
    local frugal = core.ivec(n)
    local status, price, share, total, spent, _, _, _, _, steps = blame(problem, core.policy_budget(transition, reward,
      available, rate, stack(by_action(named, "cost", where), problem, "cost", 0, where),
      matrix.vector(arguments.need(named, "start", where), "start", n, where), budget, action, frugal, value))
    if status == nil then return nil, price, share end
    out.status, out.shadow_price, out.share, out.expected_value, out.expected_cost = status, price, share, total, spent
    out.rounds, out.policy, out.frugal_policy = steps, names_of(problem, action), names_of(problem, frugal)
  end
  return setmetatable(out, best_metatable)
end

--- ladder.policy_value{transitions = , rewards = , discount_rate = , policy = {names of actions}, ...}: what a given policy
-- is worth. The result has .value (a vec), .visits (a table of rows: expected discounted periods in stage k from stage i),
-- .gain (the most that a single change of action would add in one period) and .bound.
function policy.policy_value(named)
  local where = "policy_value"
  arguments.check(named, VALUE_NAMES, where)
  local problem, transition, reward, available, rate = read(named, where)
  local n = problem.n
  local chosen, action = arguments.need(named, "policy", where), core.ivec(n)
  if type(chosen) ~= "table" or #chosen ~= n then
    error(("policy_value: policy must name an action for each of %d stages"):format(n), 2)
  end
  for i, name in ipairs(chosen) do
    local number = problem.number[name]
    if not number then error(("policy_value: policy: there is no action '%s'"):format(tostring(name)), 2) end
    action[i] = number - 1
  end
  local value, visits = core.vec(n), core.vec(n * n)
  local gain, bound, code = blame(problem, core.policy_value(transition, reward, available, rate, action, value, visits))
  if gain == nil then return nil, bound, code end
  return { value = value, visits = matrix.rows(visits, n), gain = gain, bound = bound }
end

return policy
