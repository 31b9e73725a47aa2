--- What customers say.

local csat = require "loyalty.survey.csat"
local nps = require "loyalty.survey.nps"

local survey = {
  nps = nps.nps,
  nps_from_counts = nps.nps_from_counts,
  csat = csat.csat,
  csat_from_counts = csat.csat_from_counts,
}

-- The other concepts carry their public names already.
for _, name in ipairs {
  "nps_tests", "nps_plan", "nps_weighted", "nps_attribution", "loyalty_index", "five_signal", "kano", "wallet",
} do
  for key, value in pairs(require("loyalty.survey." .. name)) do survey[key] = value end
end

return survey
