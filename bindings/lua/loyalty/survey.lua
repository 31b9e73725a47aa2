--- What customers say.

local ces = require "loyalty.survey.ces"
local csat = require "loyalty.survey.csat"
local estimate = require "loyalty.survey.estimate"
local nps = require "loyalty.survey.nps"

local survey = {
  nps = nps.nps,
  nps_from_counts = nps.nps_from_counts,
  csat = csat.csat,
  csat_from_counts = csat.csat_from_counts,
  csat_mean = csat.csat_mean,
  csat_levels = csat.csat_levels,
  csat_levels_zh = csat.csat_levels_zh,
  ces = ces.ces,
  mean_from_values = estimate.mean_from_values,
  shares_from_counts = estimate.shares_from_counts,
}

-- The other concepts carry their public names already.
for _, name in ipairs {
  "nps_stream", "nps_tests", "nps_plan", "nps_weighted", "nps_attribution", "composite", "reliability", "loyalty_index",
  "five_signal", "kano", "wallet",
} do
  for key, value in pairs(require("loyalty.survey." .. name)) do survey[key] = value end
end

return survey
