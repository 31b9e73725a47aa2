-- How sure is a Net Promoter Score? Fifty promoters, thirty passives, twenty detractors.
local loyalty = require "loyalty"

local nps = assert(loyalty.survey.nps_from_counts(50, 30, 20))
local lower, upper = nps:interval { level = 0.95 }
print(("NPS %.2f, standard error %.4f"):format(nps.score, nps.standard_error))
print(("95%% interval %.4f to %.4f"):format(lower, upper))
