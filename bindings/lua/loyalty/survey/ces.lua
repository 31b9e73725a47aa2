--- The Customer Effort Score.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local csat = require "loyalty.survey.csat"
local estimate = require "loyalty.survey.estimate"

local ces = {}

local CES_NAMES = { scores = true, lowest = true, highest = true, boxes = true, skip_missing = true }

local function result(mean, top, share, error)
  if mean == nil then return nil, top, share end
  return { mean = mean, agree = csat.object(top, mean.n, mean.missing, share, error) }
end

--- ces{scores = , lowest = 1, highest = 7, boxes = 3, skip_missing = false}: the effort score of answers to "the company
-- made it easy for me to handle my issue", the higher the easier. The result has .mean, as mean_from_values gives it, and
-- .agree, the share of the highest `boxes` answers, as csat gives it.
function ces.ces(named)
  arguments.check(named, CES_NAMES, "ces")
  return result(estimate.object(arguments.blame({ score = "scores" }, core.ces_from_scores(
    arguments.need(named, "scores", "ces"), arguments.optional(named, "lowest", 1),
    arguments.optional(named, "highest", 7), arguments.optional(named, "boxes", 3),
    arguments.optional(named, "skip_missing", false)))))
end

return ces
