--- Where customers stand: loyalty types, the ladder, how they move on it, and what to do.

local chain = require "loyalty.ladder.chain"
local chain_test = require "loyalty.ladder.chain_test"
local chain_value = require "loyalty.ladder.chain_value"
local gaps = require "loyalty.ladder.gaps"
local guadagni_little = require "loyalty.ladder.guadagni_little"
local learning = require "loyalty.ladder.learning"
local long_run = require "loyalty.ladder.long_run"
local policy = require "loyalty.ladder.policy"
local shares = require "loyalty.ladder.shares"
local stage = require "loyalty.ladder.stage"
local transitions = require "loyalty.ladder.transitions"

local ladder = {
  stages = stage.stages,
  stages_zh = stage.stages_zh,
  classic_stages = stage.classic_stages,
  classic_stages_zh = stage.classic_stages_zh,
  inputs = stage.inputs,
  stage = stage.stage,
  assign = stage.assign,
  transitions = transitions.transitions,
  stationary = long_run.stationary,
  recurrence_times = long_run.recurrence_times,
  expected_steps = long_run.expected_steps,
  steps_variance = long_run.steps_variance,
  expected_visits = long_run.expected_visits,
  absorption_probabilities = long_run.absorption_probabilities,
  project = long_run.project,
  steady_population = long_run.steady_population,
  quasi_stationary = long_run.quasi_stationary,
  chain_value = chain_value.chain_value,
  chain_value_slopes = chain_value.chain_value_slopes,
  policy = policy.policy,
  policy_value = policy.policy_value,
  chain = chain.chain,
  chain_row_covariance = chain.chain_row_covariance,
  order_test = chain_test.order_test,
  second_order_test = chain_test.second_order_test,
  homogeneity_test = chain_test.homogeneity_test,
  learning = learning,
  guadagni_little = guadagni_little,
  fit_gaps = gaps.fit_gaps,
  fit_shares = shares.fit_shares,
}

-- The typologies: all that each of them has.
for _, typology in ipairs {
  require "loyalty.ladder.jones_sasser", require "loyalty.ladder.dick_basu", require "loyalty.ladder.oliver",
  require "loyalty.ladder.rowley", require "loyalty.ladder.motive", require "loyalty.ladder.trust",
  require "loyalty.ladder.battery", require "loyalty.ladder.reinartz_kumar",
  require "loyalty.ladder.kumar_petersen_leone", require "loyalty.ladder.brown",
  (require "loyalty.ladder.crosstab"), -- require gives two values
} do
  for name, value in pairs(typology) do ladder[name] = value end
end
ladder.median_cut = require "loyalty.ladder.median_cut".median_cut

return ladder
