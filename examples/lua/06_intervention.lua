-- An engine chooses what to do for each customer. An intervention lifts satisfaction by a little and costs money; where
-- competition is high, the same lift is worth little to the dissatisfied and much to the nearly satisfied: dL/ds decides.
local loyalty = require "loyalty"

local curve = assert(loyalty.response.curve { delta = 0.05 })
local competition, margin, discount_rate = 0.85, 40, 0.10
local interventions = {
  { name = "apology", lift = 0.03, cost = 1 },
  { name = "voucher", lift = 0.08, cost = 5 },
  { name = "priority service", lift = 0.15, cost = 25 },
}

for _, satisfaction in ipairs { 0.35, 0.60, 0.75, 0.80 } do
  local worth = assert(loyalty.value.satisfaction_worth {
    curve = curve, margin = margin, s = satisfaction, c = competition, discount_rate = discount_rate })
  local best, best_gain
  for _, one in ipairs(interventions) do
    local step = assert(loyalty.value.satisfaction_invest {
      curve = curve, margin = margin, s_before = satisfaction, s_after = satisfaction + one.lift, c = competition,
      customers = 1, cost = one.cost, discount_rate = discount_rate })
    local gain = step.gain - one.cost
    if gain > 0 and (not best or gain > best_gain) then best, best_gain = one, gain end
  end
  print(("satisfaction %.2f: dL/ds %.4f, a point is worth %.4f: %s"):format(satisfaction, worth.retention_slope,
    worth.value_slope / 100, best and ("%s, net %.4f"):format(best.name, best_gain) or "nothing pays"))
end
