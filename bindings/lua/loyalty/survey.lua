--- What customers say.

local csat = require "loyalty.survey.csat"
local nps = require "loyalty.survey.nps"

local survey = {
  nps = nps.nps,
  nps_from_counts = nps.nps_from_counts,
  csat = csat.csat,
  csat_from_counts = csat.csat_from_counts,
}

-- The tests, plans, weights and attribution of scores carry their public names already.
for _, name in ipairs { "nps_tests", "nps_plan", "nps_weighted", "nps_attribution" } do
  for key, value in pairs(require("loyalty.survey." .. name)) do survey[key] = value end
end

return survey
