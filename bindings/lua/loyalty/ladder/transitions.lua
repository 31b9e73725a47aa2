--- How customers moved: counts of transitions from a long panel.
--
--   local t = ladder.transitions{ customer = { 7, 7, 9 }, time = { 1, 2, 1 }, stage = { "aware", "loyal", "aware" },
--                                 stages = { "aware", "loyal" } }
--   t.counts[1][2] == 1
--
-- The rules are those of loyalty/ladder/transitions.h.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local columns = require "loyalty.columns"

local transitions = {}

local NAMES = {
  customer = true, time = true, stage = true, stages = true, step = true, gaps = true, by_gap = true, by_period = true,
  order = true, missing = true, repeats = true, first = true, threads = true,
}
local PAIRS <const>, BY_GAP <const>, BY_PERIOD <const>, TRIPLES <const> = 0, 1, 2, 3
local GAPS = { skip = 0, one = 1, error = 2 }
local MISSING = { error = 0, gap = 1 }
local REPEATS = { error = 0, last = 1 }
local FIRST_SEEN <const> = math.mininteger
local STAGES_MOST <const>, CELLS_MOST <const> = 1024, 1 << 27
local WHERE <const> = "transitions"

local function domain(message) return nil, message, "ERR_DOMAIN" end

--- Whole numbers as an ivec.
local function whole(column, name)
  if columns.is_ivec(column) then return column end
  if type(column) == "table" then return core.ivec(column) end
  error(("%s: %s must be an ivec or a table, not %s"):format(WHERE, name, type(column)), 4)
end

--- Ids as an ivec; text is numbered as it comes.
local function customers(column)
  if not columns.is_list_of_text(column) then return whole(column, "customer") end
  local out, known, n = core.ivec(#column), {}, 0
  for i = 1, #column do
    local name = column[i]
    if type(name) ~= "string" then return domain(("customer[%d]: must be text like the others"):format(i)) end
    if not known[name] then
      n = n + 1
      known[name] = n
    end
    out[i] = known[name]
  end
  return out
end

--- The number of the calendar period in which a day lies.
local function period(day, unit)
  if unit == "D" then return day end
  if unit == "W" then return (day + 3) // 7 end -- from Monday
  local year, month, code = core.civil_from_day(day)
  if year == nil then return nil, month, code end
  return unit == "M" and 12 * year + month - 1 or year
end

--- Times as an ivec, the length of a step, and for dates the calendar unit; or nil, message, code.
local function clock(column, step)
  if not columns.is_list_of_text(column) then
    step = step == nil and 1 or step
    if math.type(step) ~= "integer" then
      error(("%s: step must be a whole number for times that are, not %s"):format(WHERE, tostring(step)), 3)
    end
    return whole(column, "time"), step
  end
  local times, unit = 1, nil
  if type(step) == "string" then times, unit = step:match "^(%d*)([DWMY])$" end
  times = times == "" and 1 or math.tointeger(times)
  if unit == nil or times == nil then
    error(("%s: step must be 'D', 'W', 'M' or 'Y', or several as '3M', for times that are dates"):format(WHERE), 3)
  end
  local day, message, code = columns.days(column)
  if day == nil then return nil, message, code end
  for i = 1, #day do day[i] = period(day[i], unit) end
  return day, times, unit
end

--- Stages as an ivec and their names; or nil, message, code.
local function stages_of(column, stages)
  if not (type(column) == "table" and (type(column[1]) == "string" or column[1] == false)) then
    local number = whole(column, "stage")
    if type(stages) == "table" then return number, stages end
    if stages ~= nil and math.type(stages) ~= "integer" then
      error(("%s: stages must be a table of names or their number"):format(WHERE), 3)
    end
    local names, n = {}, stages
    if n == nil then
      n = 1
      for i = 1, #number do n = math.max(n, number[i] + 1) end
    end
    for i = 1, math.min(n, STAGES_MOST + 1) do names[i] = i - 1 end
    return number, names
  end
  if type(stages) ~= "table" then
    error(("%s: stages must list the names of the stages when stage holds names"):format(WHERE), 3)
  end
  local out, number_of = core.ivec(#column), { [false] = -1 }
  for i, name in ipairs(stages) do
    if number_of[name] then error(("%s: stages must differ from each other"):format(WHERE), 3) end
    number_of[name] = i - 1
  end
  for i = 1, #column do
    local number = number_of[column[i]]
    if number == nil then return domain(("stage[%d]: '%s' is not a stage"):format(i, tostring(column[i]))) end
    out[i] = number
  end
  return out, stages
end

local function kind_of(named)
  local by_gap, by_period = rawget(named, "by_gap"), rawget(named, "by_period")
  local order = arguments.optional(named, "order", 1)
  if order ~= 1 and order ~= 2 then error(("%s: order must be 1 or 2"):format(WHERE), 3) end
  if (by_gap and 1 or 0) + (by_period and 1 or 0) + order > 2 then
    error(("%s: by_gap, by_period and order = 2 cannot be combined: count in turn"):format(WHERE), 3)
  end
  if by_gap and (math.type(by_gap) ~= "integer" or by_gap < 1) then
    error(("%s: by_gap must be a whole number from 1"):format(WHERE), 3)
  end
  return by_gap and BY_GAP or by_period and BY_PERIOD or order == 2 and TRIPLES or PAIRS, by_gap or 1
end

--- transitions{customer = , time = , stage = , ...}: count how customers moved from stage to stage.
--   customer   whole numbers (an ivec or a table), or a table of strings
--   time       whole numbers, or a table of dates "YYYY-MM-DD"
--   stage      whole numbers from 0, -1 for none; or a table of names, false for none
--   stages     a table of the names, in their order; or how many there are (nil: as many as the numbers need)
--   step       1: length of a step on the clock of the times; for dates "D", "W", "M" or "Y", or several as "3M"
--   gaps       "skip": pairs that are not one step apart are left out; "one": they count all the same; "error"
--   by_gap     K: a table for each gap of 1 to K steps
--   by_period  true: a table for each period; period t begins at first + t steps
--   order      2: triples of rows one step apart
--   missing    "error"; "gap": rows without a stage are as if they were not there
--   repeats    "error"; "last": of rows of one customer and time the last holds
--   first      beginning of period 0, nil for the first time seen (for dates, the number of the period)
--   threads    1
-- The result has .counts (counts[i][j] from stage i to stage j, both from 1; a list of such tables by gap, by period, or
-- by the first stage of triples), .stages, .rows, .missing, .repeats, .customers, .pairs, .skipped, .first and .last
-- (whole numbers: for dates those of periods: days and weeks since 1970, 12 year + month - 1, years).
function transitions.transitions(named)
  arguments.check(named, NAMES, WHERE)
  local kind, tables = kind_of(named)
  local gaps = arguments.choice(arguments.optional(named, "gaps", "skip"), GAPS, "gaps", WHERE)
  local missing = arguments.choice(arguments.optional(named, "missing", "error"), MISSING, "missing", WHERE)
  local repeats = arguments.choice(arguments.optional(named, "repeats", "error"), REPEATS, "repeats", WHERE)
  local first = arguments.optional(named, "first", FIRST_SEEN)
  local customer, bad, code = customers(arguments.need(named, "customer", WHERE))
  if customer == nil then return nil, bad, code end
  local time, step, unit = clock(arguments.need(named, "time", WHERE), rawget(named, "step"))
  if time == nil then return nil, step, unit end
  local stage, stages, why = stages_of(arguments.need(named, "stage", WHERE), rawget(named, "stages"))
  if stage == nil then return nil, stages, why end

  local n = #stages
  local message
  if n < 1 or n > STAGES_MOST then
    return nil, ("stages: must be 1 to %d, not %d"):format(STAGES_MOST, n), "ERR_ARGUMENT"
  end
  if kind == TRIPLES then tables = n end
  if kind == BY_PERIOD then
    tables, message, code = core.transitions_periods(time, n, step, first)
    if tables == nil then return nil, message, code end
  end
  if tables > CELLS_MOST // (n * n) then
    return nil, (kind == BY_GAP and "by_gap" or "order") .. ": there are too many counts", "ERR_ARGUMENT"
  end
  local counts = core.ivec(tables * n * n)
  local found = table.pack(core.transitions_count(customer, time, stage:tobytes(), 8, n, kind, gaps, missing, repeats,
    step, first, arguments.optional(named, "threads", 1), counts))
  if found[1] == nil then return nil, found[2], found[3] end
  local all = {}
  for k = 1, tables do
    all[k] = {}
    for i = 1, n do
      local from = ((k - 1) * n + i - 1) * n
      all[k][i] = counts:totable(from + 1, from + n)
    end
  end
  return {
    counts = kind == PAIRS and all[1] or all, stages = stages, rows = found[1], missing = found[2], repeats = found[3],
    customers = found[4], pairs = found[5], skipped = found[6], first = found[7], last = found[8],
  }
end

return transitions
