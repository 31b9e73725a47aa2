--- The posterior distribution of a Net Promoter Score.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"

local bayes = {}

local Posterior, posterior_metatable = arguments.class("loyalty.survey.nps_posterior")
local BLAME = { promoters = "prior", passives = "prior", detractors = "prior", result = "score" }

local function numbers(self)
  return self.promoters, self.passives, self.detractors, self.mean, self.standard_deviation
end

--- posterior:probability_above(m): P(NPS > m), m from -1 to 1.
function Posterior:probability_above(m)
  local promoters, passives, detractors, mean, deviation = numbers(self)
  local below, above, code = core.nps_posterior_probability(promoters, passives, detractors, mean, deviation, m)
  if below == nil then return nil, above, code end
  return above
end

--- posterior:probability_at_most(m): P(NPS <= m); small values keep their digits.
function Posterior:probability_at_most(m)
  local promoters, passives, detractors, mean, deviation = numbers(self)
  local below, above, code = core.nps_posterior_probability(promoters, passives, detractors, mean, deviation, m)
  if below == nil then return nil, above, code end
  return below
end

--- posterior:quantile(probability): the score that the population's is at most with this probability.
function Posterior:quantile(probability)
  local promoters, passives, detractors, mean, deviation = numbers(self)
  return core.nps_posterior_quantile(promoters, passives, detractors, mean, deviation, probability)
end

--- lower, upper = posterior:interval{level = 0.95}: equal tails.
function Posterior:interval(named)
  named = arguments.check(named or {}, { level = true }, "interval")
  local promoters, passives, detractors, mean, deviation = numbers(self)
  return core.nps_posterior_interval(promoters, passives, detractors, mean, deviation,
    arguments.optional(named, "level", 0.95))
end

--- The posterior of a score, a vec of its fields, with a prior {promoters, passives, detractors} or nil.
function bayes.of(fields, prior)
  if prior ~= nil and #prior ~= 3 then
    return nil, ("prior: must be {promoters, passives, detractors}, not %d numbers"):format(#prior), "ERR_ARGUMENT"
  end
  local promoters, passives, detractors, mean, deviation =
    arguments.blame(BLAME, core.nps_posterior(fields, prior or core.vec(0)))
  if promoters == nil then return nil, passives, detractors end
  return setmetatable({
    promoters = promoters, passives = passives, detractors = detractors, mean = mean, standard_deviation = deviation,
  }, posterior_metatable)
end

return bayes
