--- Named segments of customers: ranges of scores of recency, frequency and monetary value.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"

local segment = {}

local KINDS <const> = { "recency", "frequency", "monetary" }

--- rfm_segment_table(): the library's own table of segments, for 5 scores: a list of {name = , name_zh = , recency =
-- {lowest, highest}, frequency = , monetary = }, a new one each time, to be changed as you like.
function segment.rfm_segment_table()
  local list = {}
  for number = 0, core.rfm_segment_count() - 1 do
    local name, name_zh, r0, r1, f0, f1, m0, m1 = core.rfm_segment_default(number)
    list[number + 1] = {
      name = name, name_zh = name_zh, recency = { r0, r1 }, frequency = { f0, f1 }, monetary = { m0, m1 },
    }
  end
  return list
end

--- Six numbers for each segment.
local function ranges_of(segments, where)
  if type(segments) ~= "table" then error(("%s: segments must be a table of segments"):format(where), 4) end
  local ranges = {}
  for s, one in ipairs(segments) do
    local good = type(one) == "table" and type(one.name) == "string"
    for _, kind in ipairs(KINDS) do
      local range = good and one[kind]
      good = type(range) == "table" and math.type(range[1]) == "integer" and math.type(range[2]) == "integer"
      if not good then
        error(("%s: segments[%d] must have a name, and recency, frequency, monetary as {lowest, highest}")
          :format(where, s), 4)
      end
      ranges[#ranges + 1], ranges[#ranges + 2] = range[1], range[2]
    end
  end
  return core.ivec(ranges)
end

local BLAME = { segment = "segments", ranges = "segments", r = "R", f = "F", m = "M" }

--- For the modules of this wing: the names of the segments, the ivec of their numbers from 1 (that of "other" is one
-- more than the table is long; 0 is a bad row), how many customers are in each, and of bad rows; or nil, message, code.
function segment.assign(segments, scores, R, F, M, coerce, where)
  local ranges = ranges_of(segments, where)
  local number, members = core.ivec(#R), core.ivec(#segments + 1)
  local bad, message, code =
    arguments.blame(BLAME, core.rfm_segment_batch(ranges, scores, R, F, M, number, members, coerce))
  if bad == nil then return nil, message, code end
  local names, name_of, count = {}, { [-1] = false, [#segments] = "other" }, { other = members[#segments + 1] }
  for s, one in ipairs(segments) do
    name_of[s - 1], count[one.name] = one.name, (count[one.name] or 0) + members[s]
  end
  for i = 1, #number do names[i] = name_of[number[i]] end
  return names, count, bad
end

--- check_rfm_segments{segments = nil, scores = 5}: what a table covers: {combinations = , uncovered = (they are "other"),
-- overlapping = (the first counts), hidden = (segments that earlier ones cover), first_uncovered = {R, F, M} or nil,
-- first_hidden = name or nil}.
function segment.check_rfm_segments(named)
  named = arguments.check(named or {}, { segments = true, scores = true }, "check_rfm_segments")
  local segments = arguments.optional(named, "segments", segment.rfm_segment_table())
  local function check(ranges)
    return arguments.blame(BLAME, core.rfm_segment_check(ranges, arguments.optional(named, "scores", 5)))
  end
  local combinations, uncovered, overlapping, hidden, first, number = check(ranges_of(segments, "check_rfm_segments"))
  if combinations == nil then return nil, uncovered, overlapping end
  return {
    combinations = combinations, uncovered = uncovered, overlapping = overlapping, hidden = hidden,
    first_uncovered = first > 0 and { first // 10000, first // 100 % 100, first % 100 } or nil,
    first_hidden = number >= 0 and segments[number + 1].name or nil,
  }
end

local NAMES = { R = true, F = true, M = true, segments = true, scores = true, errors = true }

local function scores_of(named, name)
  local column = arguments.need(named, name, "rfm_segments")
  return type(column) == "table" and core.ivec(column) or column
end

--- rfm_segments{R = , F = , M = , segments = nil, scores = 5, errors = "raise"}: the segment of each customer, from tables
-- or ivecs of scores: {segment = table of names ("other" where none holds the scores, false for a bad row), customers =
-- {name = count}, bad = }.
function segment.rfm_segments(named)
  arguments.check(named, NAMES, "rfm_segments")
  local coerce = arguments.choice(arguments.optional(named, "errors", "raise"), { raise = 0, coerce = 1 }, "errors",
    "rfm_segments") == 1
  local names, count, bad = segment.assign(arguments.optional(named, "segments", segment.rfm_segment_table()),
    arguments.optional(named, "scores", 5), scores_of(named, "R"), scores_of(named, "F"), scores_of(named, "M"), coerce,
    "rfm_segments")
  if names == nil then return nil, count, bad end
  return { segment = names, customers = count, bad = bad }
end

return segment
