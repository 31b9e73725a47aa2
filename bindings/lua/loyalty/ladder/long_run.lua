--- Where a chain is in the long run, how long it takes to get somewhere, and how many customers are where later.
--
-- A chain is a table of rows, {{.9, .1}, {.2, .8}}: transition[i][j] is the chance to go from state i to state j in one
-- period. States are counted from 1. Answers are vecs with one number for each state unless another form is named.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local matrix = require "loyalty.ladder.matrix"

local long_run = {}

local function names(...)
  local set = { transition = true }
  for _, name in ipairs { ... } do set[name] = true end
  return set
end

local BLAME <const> = { states = "transition" }
local BLAME_TO <const> = { states = "transition", target = "to" }
local BLAME_ABSORBING <const> = { states = "transition", target = "absorbing" }

--- States, one or a table of them, as an ivec of numbers from 0.
local function states(named, name, n, where)
  local value = rawget(named, name)
  if value == nil then return nil end
  if type(value) ~= "table" then value = { value } end
  local found = core.ivec(#value)
  for k, state in ipairs(value) do
    if math.type(state) ~= "integer" or state < 1 or state > n then
      error(("%s: %s must be states, from 1 to %d"):format(where, name, n), 3)
    end
    found[k] = state - 1
  end
  return found
end

local STATIONARY = names("row_counts")

--- shares, errors = stationary{transition = , row_counts = nil}: the share of periods spent in each state in the long run; 0
-- for transient states. With row_counts, the observations behind each row, also standard errors.
function long_run.stationary(named)
  arguments.check(named, STATIONARY, "stationary")
  local p, n = matrix.square(arguments.need(named, "transition", "stationary"), "transition", "stationary")
  local observed = rawget(named, "row_counts")
  if observed ~= nil then observed = matrix.vector(observed, "row_counts", n, "stationary") end
  local law, errors = core.vec(n), observed and core.vec(n) or nil
  local ok, message, code = arguments.blame(BLAME, core.chain_stationary(p, n, observed, law, errors))
  if ok == nil then return nil, message, code end
  return law, errors
end

local RECURRENCE = names()

--- periods, status = recurrence_times{transition = }: expected periods from leaving a state until it is entered again;
-- infinite for transient states, with the status "NOTICE_DIVERGES".
function long_run.recurrence_times(named)
  arguments.check(named, RECURRENCE, "recurrence_times")
  local p, n = matrix.square(arguments.need(named, "transition", "recurrence_times"), "transition", "recurrence_times")
  local out = core.vec(n)
  local status, message, code = arguments.blame(BLAME, core.chain_recurrence(p, n, out))
  if status == nil then return nil, message, code end
  return out, status
end

local STEPS = names("to", "row_counts")

--- steps, status, errors = expected_steps{transition = , to = nil, row_counts = nil}: expected periods until the chain first
-- is in `to`, a state or a table of states; nil for those that are never left. 0 for the states of `to`; infinite, with
-- the status "NOTICE_DIVERGES", where it may never be reached.
function long_run.expected_steps(named)
  local where <const> = "expected_steps"
  arguments.check(named, STEPS, where)
  local p, n = matrix.square(arguments.need(named, "transition", where), "transition", where)
  local to, observed = states(named, "to", n, where), rawget(named, "row_counts")
  if observed ~= nil then observed = matrix.vector(observed, "row_counts", n, where) end
  local steps, errors = core.vec(n), observed and core.vec(n) or nil
  local status, message, code = arguments.blame(BLAME_TO, core.chain_steps(p, n, to, observed, steps, nil, errors))
  if status == nil then return nil, message, code end
  return steps, status, errors
end

local TO = names("to")

--- variance, status = steps_variance{transition = , to = nil}: the variance of the periods of expected_steps.
function long_run.steps_variance(named)
  local where <const> = "steps_variance"
  arguments.check(named, TO, where)
  local p, n = matrix.square(arguments.need(named, "transition", where), "transition", where)
  local out = core.vec(n)
  local status, message, code =
    arguments.blame(BLAME_TO, core.chain_steps(p, n, states(named, "to", n, where), nil, core.vec(n), out, nil))
  if status == nil then return nil, message, code end
  return out, status
end

--- visits, status = expected_visits{transition = , to = nil}: a table of rows: expected periods in state j, from state i,
-- until the chain first is in `to`, the first period included.
function long_run.expected_visits(named)
  local where <const> = "expected_visits"
  arguments.check(named, TO, where)
  local p, n = matrix.square(arguments.need(named, "transition", where), "transition", where)
  local out = core.vec(n * n)
  local status, message, code =
    arguments.blame(BLAME_TO, core.chain_visits(p, n, states(named, "to", n, where), out))
  if status == nil then return nil, message, code end
  return matrix.rows(out, n), status
end

--- absorption_probabilities{transition = , to = nil, row_counts = nil}: the chance to end in each state of `to`, and in
-- other states that are not left again: .classes (the states of each end), .probabilities (a table of rows: from state i
-- in end k) and, with row_counts, .standard_errors likewise.
function long_run.absorption_probabilities(named)
  local where <const> = "absorption_probabilities"
  arguments.check(named, STEPS, where)
  local p, n = matrix.square(arguments.need(named, "transition", where), "transition", where)
  local to, observed = states(named, "to", n, where), rawget(named, "row_counts")
  if observed ~= nil then observed = matrix.vector(observed, "row_counts", n, where) end
  local class_of, chance, errors = core.ivec(n), core.vec(n * n), observed and core.vec(n * n) or nil
  local ok, message, code =
    arguments.blame(BLAME_TO, core.chain_absorption(p, n, to, observed, class_of, chance, errors))
  if ok == nil then return nil, message, code end
  local classes, place = {}, {}
  for i = 1, n do
    local first = class_of[i] + 1
    if first > 0 then
      if not place[first] then
        classes[#classes + 1] = {}
        place[first] = #classes
      end
      table.insert(classes[place[first]], i)
    end
  end
  local function rows(of)
    local out = matrix.rows(core.vec(n * #classes), n, #classes)
    for i = 1, n do
      for k, class in ipairs(classes) do out[i][k] = of[(i - 1) * n + class[1]] end
    end
    return out
  end
  return { classes = classes, probabilities = rows(chance), standard_errors = errors and rows(errors) }
end

local PROJECT = names("start", "periods", "inflow")

--- project{transition = , start = , periods = , inflow = nil}: customers in each state over time, a table of periods + 1
-- rows, the first of them `start`. inflow: new customers in each state at the end of a period, the same each time, or a
-- table of `periods` rows.
function long_run.project(named)
  local where <const> = "project"
  arguments.check(named, PROJECT, where)
  local p, n = matrix.square(arguments.need(named, "transition", where), "transition", where)
  local periods = arguments.need(named, "periods", where)
  if math.type(periods) ~= "integer" or periods < 0 or periods > 1000000 then
    error("project: periods must be an integer from 0 to 1000000", 2)
  end
  local start = matrix.vector(arguments.need(named, "start", where), "start", n, where)
  local inflow = rawget(named, "inflow")
  if type(inflow) == "table" and type(inflow[1]) == "table" then
    local all = {}
    for t = 1, periods do
      local row = matrix.vector(inflow[t], ("inflow[%d]"):format(t), n, where)
      for i = 1, n do all[#all + 1] = row[i] end
    end
    if #inflow ~= periods then error(("project: inflow must have %d rows"):format(periods), 2) end
    inflow = core.vec(all)
  elseif inflow ~= nil then
    inflow = matrix.vector(inflow, "inflow", n, where)
  end
  local out = core.vec((periods + 1) * n)
  local ok, message, code = arguments.blame(BLAME, core.chain_project(p, n, start, inflow, out))
  if ok == nil then return nil, message, code end
  return matrix.rows(out, periods + 1, n)
end

local POPULATION = names("inflow", "absorbing")

--- customers, status = steady_population{transition = , inflow = , absorbing = nil}: customers in each state once a constant
-- inflow has settled; 0 for the states in which a customer no longer counts (nil: those that are never left).
function long_run.steady_population(named)
  local where <const> = "steady_population"
  arguments.check(named, POPULATION, where)
  local p, n = matrix.square(arguments.need(named, "transition", where), "transition", where)
  local inflow = matrix.vector(arguments.need(named, "inflow", where), "inflow", n, where)
  local out = core.vec(n)
  local status, message, code = arguments.blame(BLAME_ABSORBING,
    core.chain_population(p, n, states(named, "absorbing", n, where), inflow, out))
  if status == nil then return nil, message, code end
  return out, status
end

local QUASI = names("absorbing")

--- quasi_stationary{transition = , absorbing = nil}: how the customers who are left of a cohort are spread after a long
-- time: .law (a vec), .survival (per period), .exit = 1 - survival, .mean_life = 1/exit and .status.
function long_run.quasi_stationary(named)
  local where <const> = "quasi_stationary"
  arguments.check(named, QUASI, where)
  local p, n = matrix.square(arguments.need(named, "transition", where), "transition", where)
  local law = core.vec(n)
  local status, survival, exit, life = arguments.blame(BLAME_ABSORBING,
    core.chain_quasi_stationary(p, n, states(named, "absorbing", n, where), law))
  if status == nil then return nil, survival, exit end
  return { law = law, survival = survival, exit = exit, mean_life = life, status = status }
end

return long_run
