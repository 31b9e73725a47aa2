--- What customers say.

local csat = require "loyalty.survey.csat"
local nps = require "loyalty.survey.nps"

local survey = {
  nps = nps.nps,
  nps_from_counts = nps.nps_from_counts,
  csat = csat.csat,
  csat_from_counts = csat.csat_from_counts,
}

return survey
