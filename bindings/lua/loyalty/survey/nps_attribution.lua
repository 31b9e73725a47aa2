--- What moves a Net Promoter Score: one respondent, and the mix and the scores of groups.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"

local attribution = {}

local MOVES = { "step", "conversion", "new_promoter", "new_passive", "new_detractor", "lost_promoter", "lost_passive",
  "lost_detractor" }
local TOTAL = { "before", "after", "change", "mix", "rate" }
local SHARES = { "share_before", "share_after", "score_before", "score_after" }
local PARTS = { "contribution", "mix", "rate", "relative_mix" }

local function record(names, first, ...)
  if first == nil then return nil, ... end
  local values, result = { first, ... }, {}
  for i, name in ipairs(names) do result[name] = values[i] end
  return result
end

--- nps_moves(promoters, passives, detractors): how much the score changes with one respondent.
function attribution.nps_moves(promoters, passives, detractors)
  return record(MOVES, core.nps_moves(promoters, passives, detractors))
end

--- nps_gap(promoters, passives, detractors, target): the least that brings the score to the target: .steps,
-- .respondents, .new_promoters (-1 when no number is enough), and .status.
function attribution.nps_gap(promoters, passives, detractors, target)
  return record({ "status", "steps", "respondents", "new_promoters" },
    core.nps_gap(promoters, passives, detractors, target))
end

local function counts(groups, name)
  if type(groups) ~= "table" then error(("nps_attribution: %s must be a table of groups"):format(name), 3) end
  local list = {}
  for position, group in ipairs(groups) do
    if type(group) ~= "table" or #group ~= 3 then
      error(("nps_attribution: %s[%d] must be {promoters, passives, detractors}"):format(name, position), 3)
    end
    table.move(group, 1, 3, #list + 1, list)
  end
  return core.ivec(list)
end

--- nps_attribution{before = {{promoters, passives, detractors}, ...}, after = {...}}: the change of the score, split
-- into mix and rate. The result has .before, .after, .change, .mix, .rate and .groups.
function attribution.nps_attribution(named)
  arguments.check(named, { before = true, after = true }, "nps_attribution")
  local before = counts(arguments.need(named, "before", "nps_attribution"), "before")
  local after = counts(arguments.need(named, "after", "nps_attribution"), "after")
  local n = #before // 3
  local shares, parts = core.vec(4 * n), core.vec(4 * n)
  local result, message, code = record(TOTAL, core.nps_attribute_counts(before, after, shares, parts))
  if result == nil then return nil, message, code end
  result.groups = {}
  for i = 1, n do
    local group = {}
    for k = 1, 4 do
      group[SHARES[k]] = shares[(k - 1) * n + i]
      group[PARTS[k]] = parts[(k - 1) * n + i]
    end
    result.groups[i] = group
  end
  return result
end

return attribution
