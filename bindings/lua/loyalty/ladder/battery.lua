--- The behavioural-intentions battery of Zeithaml, Berry and Parasuraman.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local formulas = require "loyalty.formulas"
local types = require "loyalty.ladder.types"

local battery = {}

--- Names by number, from 0.
battery.battery_dimensions, battery.battery_dimensions_zh = types.names(core.battery_dimension_name, 5)

local ITEMS <const>, DIMENSIONS <const> = 13, 5
local KEYS = {}
for number = 0, DIMENSIONS - 1 do KEYS[number + 1] = battery.battery_dimensions[number]:gsub(" ", "_") end

--- battery(answers): the scores loyalty, switch, pay_more, external_response, internal_response, and the favourable index,
-- of thirteen answers from 1 to 7 (a table or vec of numbers, NaN for a missing one) or of thirteen columns of answers (a
-- table of vecs or tables), numbers or vecs. `status` is "OK", or a notice when scores are NaN for lack of answers.
function battery.battery(answers)
  local blamed <const> = { answer = "answers" }
  local all, n = formulas.stack(answers, "answers", "battery", 3)
  if not n then
    local found = table.pack(arguments.blame(blamed, core.battery(all)))
    if found[1] == nil then return nil, found[2], found[3] end
    local scores = { status = found[1], favourable = found[DIMENSIONS + 2] }
    for i, key in ipairs(KEYS) do scores[key] = found[i + 1] end
    return scores
  end
  if #answers ~= ITEMS then error(("battery: answers must be %d columns"):format(ITEMS), 2) end
  local score, favourable = core.vec(n * DIMENSIONS), core.vec(n)
  local status, bad, skipped = arguments.blame(blamed, core.battery_batch(all, score, favourable, false))
  if status == nil then return nil, bad, skipped end
  local scores = { status = status, favourable = favourable, skipped = skipped }
  for i, key in ipairs(KEYS) do scores[key] = score:copy((i - 1) * n + 1, i * n) end
  return scores
end

return battery
