--- The five steps of the loyalty ladder, and the rule that puts a customer on one.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"

local stage_rule = {}

--- Names of the stages, from 0 as the numbers in results: ladder.stages[4] is "loyal". Chinese in stages_zh.
stage_rule.stages, stage_rule.stages_zh = {}, {}
local number_of = {}
for number = 0, 5 do
  local name = core.stage_name(number, false)
  stage_rule.stages[number], stage_rule.stages_zh[number] = name, core.stage_name(number, true)
  number_of[name] = number
end

--- The classic ladder of relationship marketing, suspect to partner, from 1: names for ladder.chain.
stage_rule.classic_stages, stage_rule.classic_stages_zh = {}, {}
for number = 0, 6 do
  stage_rule.classic_stages[number + 1] = core.classic_stage_name(number, false)
  stage_rule.classic_stages_zh[number + 1] = core.classic_stage_name(number, true)
end

--- The inputs of the rule, from 1.
stage_rule.inputs = {}
for number = 0, 7 do stage_rule.inputs[number + 1] = core.stage_input_name(number) end

local OPTIONS = {
  { "window", 365 }, { "r_max", 182 }, { "r_churn", 365 }, { "n_loyal", 3 }, { "share_from", 0.5 }, { "advocate_from", 9 },
}
local NAMES = {}
for _, option in ipairs(OPTIONS) do NAMES[option[1]] = true end
for _, name in ipairs(stage_rule.inputs) do NAMES[name] = true end

local function options_of(named)
  local values = {}
  for i, option in ipairs(OPTIONS) do values[i] = arguments.optional(named, option[1], option[2]) end
  return table.unpack(values, 1, #OPTIONS)
end

local NAN <const> = 0 / 0

--- stage, advocate = ladder.stage{purchases = , recency_days = , share = , rank = , aware = , considered = ,
-- recommendation = , previous_stage = , [cut-offs]}: the stage of one customer, by name, and whether an advocate. What
-- is left out is not known and counts as "no"; aware and considered are booleans, previous_stage a name. Cut-offs:
-- window = 365, r_max = 182, r_churn = 365, n_loyal = 3, share_from = 0.5, advocate_from = 9.
function stage_rule.stage(named)
  arguments.check(named, NAMES, "stage")
  local values = {}
  for i, name in ipairs(stage_rule.inputs) do
    local value = rawget(named, name)
    if value == nil then
      value = NAN
    elseif type(value) == "boolean" then
      value = value and 1 or 0
    elseif type(value) == "string" then
      value = number_of[value] or error(("stage: '%s' is not a stage"):format(value), 2)
    end
    values[i] = value
  end
  local a, b, c, d, e, f = options_of(named)
  local stage, advocate, code = core.stage_assign(a, b, c, d, e, f, table.unpack(values, 1, #values))
  if stage == nil then return nil, advocate, code end
  return stage_rule.stages[stage], advocate
end

local function bits(mask, list, from)
  local found = {}
  for i = 0, 7 do
    if mask >> i & 1 == 1 then found[#found + 1] = list[i + from] end
  end
  return found
end

--- ladder.assign{...}: the stages of many customers. Inputs as for ladder.stage, each a vec or a table of numbers (NaN: not
-- known), all as long; cut-offs are numbers. The result has .stage and .advocate (ivecs: number of the stage, 0 or 1),
-- .counts (by name), .advocates, .missing (names of inputs that were not given), .unreachable (names of stages that for
-- lack of them nobody could be found on) and .status ("OK" or "NOTICE_INCOMPLETE").
function stage_rule.assign(named)
  arguments.check(named, NAMES, "assign")
  local columns, n = {}, nil
  for i, name in ipairs(stage_rule.inputs) do
    local value = rawget(named, name)
    if type(value) == "table" then value = core.vec(value) end
    if value ~= nil and type(value) ~= "userdata" then
      error(("assign: %s must be a vec or a table of numbers, not %s"):format(name, type(value)), 2)
    end
    if value ~= nil and n == nil then n = #value end
    columns[i] = value
  end
  if n == nil then error("assign: give at least one of " .. table.concat(stage_rule.inputs, ", "), 2) end
  local stage, advocate = core.ivec(n), core.ivec(n)
  local a, b, c, d, e, f = options_of(named)
  local found = table.pack(core.stage_assign_batch(a, b, c, d, e, f, columns[1], columns[2], columns[3], columns[4],
    columns[5], columns[6], columns[7], columns[8], stage, advocate, false))
  if found[1] == nil then return nil, found[2], found[3] end
  local counts = {}
  for number = 0, 5 do counts[stage_rule.stages[number]] = found[6 + number] end
  return {
    stage = stage, advocate = advocate, counts = counts, advocates = found[3],
    missing = bits(found[4], stage_rule.inputs, 1),
    unreachable = bits(found[5], stage_rule.stages, 0), status = found[1],
  }
end

return stage_rule
