--- What a chain can be asked: the long run, steps, customers over time, value, and where a player goes next.
--
-- The methods of ladder.chain{...} that use its chances only. Stages go by name, in arguments and as the keys of
-- answers. Errors in data give nil, message, code.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local chain_value = require "loyalty.ladder.chain_value"
local long_run = require "loyalty.ladder.long_run"
local stage_names = require "loyalty.ladder.stage_names"

local Questions = {}

local function named_results(self, values, status, code)
  if values == nil then return stage_names.blame(self.stages, nil, status, code) end
  return stage_names.keyed(self.stages, values), status
end

local function targets(self, stages, argument, where)
  return stage_names.places(self.position, stages, argument, where, 2) -- a tail call, which hides this function
end

local PLAIN <const>, LOG <const>, ODDS <const> = 0, 1, 2

--- {stage = {[name] = value, std_error =, lower =, upper =, more...}}; without counts there are no intervals. scale:
-- on what the interval is symmetric, the value itself, its logarithm or its log odds.
local function summary(self, name, values, errors, level, scale, more)
  local lower, upper = core.vec(#values), core.vec(#values)
  local known = core.vec(errors or values)
  local done, message, code = core.scaled_intervals(core.vec(values), known, level or 0.95, math.huge, scale, lower, upper)
  if done == nil then return nil, message, code end
  local rows = {}
  for i, stage in ipairs(self.stages) do
    local row = { [name] = values[i] }
    for key, column in pairs(more or {}) do row[key] = column[i] end
    if errors then row.std_error, row.lower, row.upper = errors[i], lower[i], upper[i] end
    rows[stage] = row
  end
  return rows
end

-- ---- the long run ----

--- c:stationary(): the share of periods spent on each stage in the long run.
function Questions:stationary()
  return named_results(self, long_run.stationary { transition = self.transition })
end

--- c:stationary_summary(level): {stage = {share =, std_error =, lower =, upper =}}; level = 0.95. As in all summaries
-- the last three are there when the chain comes from counts.
function Questions:stationary_summary(level)
  local shares, errors, code = long_run.stationary { transition = self.transition, row_counts = self.row_sizes }
  if shares == nil then return stage_names.blame(self.stages, nil, errors, code) end
  return summary(self, "share", shares, errors, level, ODDS)
end

--- periods, status = c:recurrence_times(): expected periods until a customer of each stage is there again.
function Questions:recurrence_times()
  return named_results(self, long_run.recurrence_times { transition = self.transition })
end

--- c:quasi_stationary(absorbing): how the customers who are left of a cohort are spread after a long time: .law by stage,
-- .survival (per period), .exit, .mean_life, .status. absorbing: the stage or stages in which they are lost; nil for
-- those that are never left.
function Questions:quasi_stationary(absorbing)
  local found, message, code = long_run.quasi_stationary { transition = self.transition,
    absorbing = targets(self, absorbing, "absorbing", "quasi_stationary") }
  if found == nil then return stage_names.blame(self.stages, nil, message, code) end
  found.law = stage_names.keyed(self.stages, found.law)
  return found
end

-- ---- steps ----

--- steps, status = c:expected_steps(to): expected periods until a customer of each stage first is in `to` (a stage or a
-- table of them; nil for those that are never left). 0 for the stages of `to`; infinite, with the status
-- "NOTICE_DIVERGES", where it may never be reached.
function Questions:expected_steps(to)
  return named_results(self, long_run.expected_steps { transition = self.transition,
    to = targets(self, to, "to", "expected_steps") })
end

--- variance, status = c:steps_variance(to): the variance of those periods.
function Questions:steps_variance(to)
  return named_results(self, long_run.steps_variance { transition = self.transition,
    to = targets(self, to, "to", "steps_variance") })
end

--- rows, status = c:steps_summary(to, level): {stage = {steps =, standard_deviation = (of the periods that single
-- customers take), std_error =, lower =, upper =}}.
function Questions:steps_summary(to, level)
  local places = targets(self, to, "to", "steps_summary")
  local steps, status, errors = long_run.expected_steps { transition = self.transition, to = places,
    row_counts = self.row_sizes }
  if steps == nil then return stage_names.blame(self.stages, nil, status, errors) end
  local variance, message, code = long_run.steps_variance { transition = self.transition, to = places }
  if variance == nil then return stage_names.blame(self.stages, nil, message, code) end
  local deviation = {}
  for i = 1, #self.stages do deviation[i] = variance[i] ^ 0.5 end
  local rows
  rows, message, code = summary(self, "steps", steps, errors, level, LOG, { standard_deviation = deviation })
  if rows == nil then return nil, message, code end
  return rows, status
end

--- visits, status = c:expected_visits(to): visits[from][stage], expected periods on each stage until `to` is reached.
function Questions:expected_visits(to)
  local rows, status, code = long_run.expected_visits { transition = self.transition,
    to = targets(self, to, "to", "expected_visits") }
  if rows == nil then return stage_names.blame(self.stages, nil, status, code) end
  for i, row in ipairs(rows) do rows[i] = stage_names.keyed(self.stages, row) end
  return stage_names.keyed(self.stages, rows), status
end

--- c:absorption_probabilities(to): the chance to end in each stage of `to`, and on others that are not left again. An end
-- goes by its first stage: .probabilities[from][stage], from counts also .standard_errors[from][stage]; .classes[stage]
-- lists the stages of an end.
function Questions:absorption_probabilities(to)
  local found, message, code = long_run.absorption_probabilities { transition = self.transition,
    to = targets(self, to, "to", "absorption_probabilities"), row_counts = self.row_sizes }
  if found == nil then return stage_names.blame(self.stages, nil, message, code) end
  local first, classes = {}, {}
  for k, class in ipairs(found.classes) do
    local names = {}
    for i, place in ipairs(class) do names[i] = self.stages[place] end
    first[k], classes[names[1]] = names[1], names
  end
  local function by_name(rows)
    local named = {}
    for i, row in ipairs(rows) do named[self.stages[i]] = stage_names.keyed(first, row) end
    return named
  end
  return { classes = classes, probabilities = by_name(found.probabilities),
    standard_errors = found.standard_errors and by_name(found.standard_errors) }
end

-- ---- customers over time ----

local PROJECT <const> = { start = true, periods = true, inflow = true }

--- c:project{start = , periods = , inflow = nil}: customers on each stage after t periods, moved[t][stage]; moved[0] is
-- the start. start: customers on each stage now, by name or in the order of the stages. inflow: new customers at the end
-- of a period, likewise, or a table with one such entry for each period.
function Questions:project(named)
  local where <const> = "project"
  arguments.check(named, PROJECT, where)
  local n, inflow = #self.stages, rawget(named, "inflow")
  if type(inflow) == "table" and type(inflow[1]) == "table" then
    local rows = {}
    for t, row in ipairs(inflow) do
      rows[t] = stage_names.vector(self.position, row, ("inflow[%d]"):format(t), n, where):totable()
    end
    inflow = rows
  elseif inflow ~= nil then
    inflow = stage_names.vector(self.position, inflow, "inflow", n, where)
  end
  local rows, message, code = long_run.project {
    transition = self.transition, periods = arguments.need(named, "periods", where), inflow = inflow,
    start = stage_names.vector(self.position, arguments.need(named, "start", where), "start", n, where),
  }
  if rows == nil then
    local entry, rest = message:match "^inflow%[(%d+)%]: (.*)$"
    if entry and type(inflow) == "table" then -- which counts through all periods
      local k = math.tointeger(entry) - 1
      return nil, ("inflow[%d]: '%s' %s"):format(k // n + 1, self.stages[k % n + 1], rest), code
    end
    return stage_names.blame(self.stages, nil, message, code)
  end
  local moved = {}
  for t, row in ipairs(rows) do moved[t - 1] = stage_names.keyed(self.stages, row) end
  return moved
end

local POPULATION <const> = { inflow = true, absorbing = true }

--- customers, status = c:steady_population{inflow = , absorbing = nil}: customers on each stage once a constant inflow, by
-- name or in the order of the stages, has settled; those who are absorbed do not count.
function Questions:steady_population(named)
  local where <const> = "steady_population"
  arguments.check(named, POPULATION, where)
  local inflow = arguments.need(named, "inflow", where)
  return named_results(self, long_run.steady_population { transition = self.transition,
    inflow = stage_names.vector(self.position, inflow, "inflow", #self.stages, where),
    absorbing = targets(self, rawget(named, "absorbing"), "absorbing", where) })
end

--- c:next(stage, u): the stage one period later of a customer, for a number u drawn uniformly from [0, 1): the first
-- stage, from the bottom up, up to which the chances sum to more than u. The same u gives the same stage.
function Questions:next(stage, u)
  local row = self.transition[stage_names.place(self.position, stage, "stage", "next", 2)]
  if type(u) ~= "number" then error(("next: u must be a number, not %s"):format(type(u)), 2) end
  if not (u >= 0 and u < 1) then return nil, "u: must be from 0 to below 1", "ERR_DOMAIN" end
  local sum, last = 0, nil
  for j, chance in ipairs(row) do
    if chance > 0 then
      sum, last = sum + chance, j
      if u < sum then break end
    end
  end
  return self.stages[last] -- the sum may end a rounding below 1: the last stage that can be reached takes the rest
end

-- ---- value ----

local VALUE <const> = { reward = true, discount_rate = true, horizon = true, growth = true }
local SUMMARY <const> = { reward = true, discount_rate = true, horizon = true, growth = true, level = true }

--- Arguments of ladder.chain_value.
local function terms(self, named, reward, discount_rate, row_counts)
  return { transition = self.transition, reward = reward, row_counts = row_counts, discount_rate = discount_rate,
    horizon = rawget(named, "horizon"), growth = rawget(named, "growth") }
end

--- values, status = c:value{reward = , discount_rate = , horizon = nil, growth = 0}: what a customer on each stage is worth
-- who brings `reward` (by name, or in the order of the stages) at the start of each period there. ladder.chain_value
-- tells more about the same.
function Questions:value(named)
  local where <const> = "value"
  arguments.check(named, VALUE, where)
  local reward = stage_names.vector(self.position, arguments.need(named, "reward", where), "reward", #self.stages, where)
  local found, message, code = chain_value.chain_value(terms(self, named, reward,
    arguments.need(named, "discount_rate", where)))
  if found == nil then return stage_names.blame(self.stages, nil, message, code) end
  return stage_names.keyed(self.stages, found.value), found.status
end

--- rows, status = c:value_summary{reward = , discount_rate = , horizon = nil, growth = 0, level = 0.95}: {stage = {value =,
-- standard_deviation = (of what single customers turn out to be worth), std_error =, lower =, upper =}}.
function Questions:value_summary(named)
  local where <const> = "value_summary"
  arguments.check(named, SUMMARY, where)
  local reward = stage_names.vector(self.position, arguments.need(named, "reward", where), "reward", #self.stages, where)
  local found, message, code = chain_value.chain_value(terms(self, named, reward,
    arguments.need(named, "discount_rate", where), self.row_sizes))
  if found == nil then return stage_names.blame(self.stages, nil, message, code) end
  -- With rewards of both signs a value may be 0 or below.
  local scale, rows = LOG
  for i = 1, #reward do
    if reward[i] < 0 then scale = PLAIN end
  end
  rows, message, code = summary(self, "value", found.value, found.std_errors, rawget(named, "level"), scale,
    { standard_deviation = found.standard_deviation })
  if rows == nil then return nil, message, code end
  return rows, found.status
end

return Questions
