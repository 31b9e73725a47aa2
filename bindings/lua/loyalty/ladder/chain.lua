--- The chain of moves between the stages of a ladder, from counts.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local matrix = require "loyalty.ladder.matrix"
local chain_test = require "loyalty.ladder.chain_test"
local ladder_chain = require "loyalty.ladder.ladder_chain"
local stage_names = require "loyalty.ladder.stage_names"
local transitions = require "loyalty.ladder.transitions"

local chain = {}

local NAMES <const> = {
  counts = true, panel = true, transition = true, stages = true, absorbing = true, allowed = true, prior = true,
}
local ML <const>, DIRICHLET <const> = 0, 1

local PANEL <const> = {
  customer = true, time = true, stage = true, step = true, gaps = true, missing = true, repeats = true, first = true,
  threads = true,
}

local Chain, metatable = arguments.class("loyalty.ladder.chain")
for name, method in pairs(ladder_chain) do Chain[name] = method end

--- {stage = {stages that can follow}} as rows of flags; rows pass as they are.
local function allowed_rows(allowed, position, n, where)
  if type(allowed) ~= "table" or #allowed > 0 then return allowed end
  local rows = stage_names.rows({}, position, n, true, "allowed", where, 3)
  for from, following in pairs(allowed) do
    local i = stage_names.place(position, from, "allowed", where, 3)
    for j = 1, n do rows[i][j] = false end
    for _, j in ipairs(stage_names.places(position, following, "allowed", where, 3)) do rows[i][j] = true end
  end
  return rows
end

local function numbers(self)
  return self.method, self.alpha, self.priors, self.mask, ""
end

--- Results of the core; a message about a row names its stage.
local function blame(self, value, message, code, ...)
  if value ~= nil or type(message) ~= "string" then return value, message, code, ... end
  message = message:gsub("^priors", "prior")
  if code == "ERR_TOO_FEW" then
    message = message:gsub("^(%w+%[%d+%]: ).*$", "%1was never seen to be left: give a prior, or name it in absorbing")
  end
  return stage_names.blame(self.stages, nil, message, code)
end

local function row_sums(vec, n)
  local sums, all = {}, 0
  for i = 1, n do
    local sum = 0
    for j = (i - 1) * n + 1, i * n do sum = sum + vec[j] end
    sums[i], all = sum, all + sum
  end
  return sums, all
end

--- Estimate the chain whose options stand in self.
local function estimate(self)
  local n = #self.stages
  local transition, errors, sizes = core.vec(n * n), core.vec(n * n), core.vec(n)
  local method, alpha, priors, mask, none = numbers(self)
  local log_likelihood, message, code = blame(self,
    core.chain_estimate(self.counts_vec, n, method, alpha, priors, mask, none, transition, errors, sizes))
  if log_likelihood == nil then return nil, message, code end
  self.vec, self.log_likelihood = transition, log_likelihood
  self.transition, self.standard_errors = matrix.rows(transition, n), matrix.rows(errors, n)
  self.counts, self.row_sizes = matrix.rows(self.counts_vec, n), sizes:totable()
  self.row_counts, self.n_transitions = row_sums(self.counts_vec, n)
  return self
end

--- The one source that is given, and its name.
local function source(named, where)
  local what, given
  for _, name in ipairs { "counts", "panel", "transition" } do
    local value = rawget(named, name)
    if value ~= nil and what then error(("%s: give one of %s and %s"):format(where, what, name), 3) end
    if value ~= nil then what, given = name, value end
  end
  if not what then error(("%s: counts is missing; or give a panel, or a transition matrix"):format(where), 3) end
  if type(given) ~= "table" then error(("%s: %s must be a table of rows"):format(where, what), 3) end
  return what, given
end

--- ladder.chain{counts = , [stages = , absorbing = , allowed = , prior = ]}: the Markov chain of moves between stages.
-- counts are rows, or {from = {to = count}}; stages are names from the bottom up (those of ladder.stages when there are
-- five or six); absorbing are names of stages that are never left; allowed says which moves can happen, in rows of
-- flags or as {stage = {stages that can follow}}; prior is nil for maximum likelihood, a number or rows of them for the
-- mean of a Dirichlet posterior (1/2: Jeffreys). In place of counts panel = {customer = , time = , stage = , ...} counts
-- the moves of customers, see ladder.transitions; transition = rows says the chances, for which nothing is estimated.
-- The chain has .stages, .transition (rows of chances), and, unless the chances were known, .standard_errors (rows),
-- .counts (rows), .row_counts, .row_sizes (by which variances are divided), .n_transitions, .log_likelihood; with a
-- panel also .panel, the result of ladder.transitions. Bad data, such as a stage that was never seen to be left, give
-- nil, message, code. What it can be asked: see loyalty.ladder.ladder_chain.
function chain.chain(named)
  local where <const> = "chain"
  arguments.check(named, NAMES, where)
  local what, given = source(named, where)
  local self = setmetatable({}, metatable)
  local stages = rawget(named, "stages")
  if what == "panel" then
    arguments.check(given, PANEL, "chain: panel")
    local asked = { stages = stages }
    for name in next, PANEL do asked[name] = rawget(given, name) end
    local moves, message, code = transitions.transitions(asked)
    if moves == nil then return nil, message, code end
    self.panel, what, given, stages = moves, "counts", moves.counts, moves.stages
  end
  self.stages, self.position = stage_names.list(stages, #given, where, 2)
  local n = #self.stages
  if #given == 0 then given = stage_names.rows(given, self.position, n, 0, what, where, 2) end
  if #given ~= n then error(("chain: %s must have %d rows, as there are stages"):format(what, n), 2) end
  local vec = matrix.square(given, what, where)
  local prior = rawget(named, "prior")
  if what == "transition" then
    if prior or rawget(named, "allowed") or rawget(named, "absorbing") then
      error("chain: transition stands for itself", 2)
    end
    local ok, message, code = blame(self, core.chain_check(vec, n))
    if ok == nil then return nil, message, code end
    self.vec, self.transition = vec, matrix.rows(vec, n)
    return self
  end
  self.counts_vec = vec
  self.method, self.alpha = prior == nil and ML or DIRICHLET, type(prior) == "number" and prior or 0.5
  if prior ~= nil and type(prior) ~= "number" then
    self.priors = matrix.square(prior, "prior", where)
    if #self.priors ~= n * n then error(("chain: prior must have %d rows"):format(n), 2) end
  end
  self.mask = chain_test.mask(n, stage_names.places(self.position, rawget(named, "absorbing"), "absorbing", where, 2),
    allowed_rows(rawget(named, "allowed"), self.position, n, where), where)
  return estimate(self)
end

--- c:probability(from, to): the chance to move from one stage to another in one period.
function Chain:probability(from, to)
  local i = stage_names.place(self.position, from, "from", "probability", 2)
  return self.transition[i][stage_names.place(self.position, to, "to", "probability", 2)]
end

local function need_counts(self, where)
  if not self.counts_vec then error(where .. ": this chain comes from known chances: there are no counts", 3) end
end

--- lower, upper = c:interval(level): rows of the ends of an interval for each chance by itself, Wilson's or with a prior
-- that of the posterior. level = 0.95.
function Chain:interval(level)
  need_counts(self, "interval")
  local n = #self.stages
  local lower, upper = core.vec(n * n), core.vec(n * n)
  local method, alpha, priors, mask, none = numbers(self)
  local ok, message, code = blame(self,
    core.chain_interval(self.counts_vec, n, method, alpha, priors, mask, none, level or 0.95, lower, upper))
  if ok == nil then return nil, message, code end
  return matrix.rows(lower, n), matrix.rows(upper, n)
end

--- c:test_order(): does the next stage depend on the present one at all? c:test_order(triples): on the one before, too?
-- triples[i][j][k] is how often three stages followed each other. Results as of ladder.order_test.
function Chain:test_order(triples)
  need_counts(self, "test_order")
  local n = #self.stages
  if triples == nil then return chain_test.order(self.counts_vec, n, self.mask) end
  local block, tables, rows = chain_test.block(triples, "triples", "test_order")
  if tables ~= n or rows ~= n then error(("test_order: triples must be %d tables of %d rows"):format(n, n), 2) end
  return chain_test.second_order(block, n, self.mask)
end

--- c:test_homogeneity(tables): are the chances the same in all periods, or in all groups of customers?
function Chain:test_homogeneity(tables)
  need_counts(self, "test_homogeneity")
  local n = #self.stages
  local block, groups, rows = chain_test.block(tables, "tables", "test_homogeneity")
  if rows ~= n then error(("test_homogeneity: tables must have %d rows"):format(n), 2) end
  return chain_test.homogeneity(block, groups, n, self.mask, "tables")
end

--- ladder.chain_row_covariance{chances = , size = }: rows of the covariance matrix of the chances in one row of a
-- transition matrix; size is the moves that it is worth, as in .row_sizes.
function chain.chain_row_covariance(named)
  local where <const> = "chain_row_covariance"
  arguments.check(named, { chances = true, size = true }, where)
  local chances, size = arguments.need(named, "chances", where), arguments.need(named, "size", where)
  if type(chances) ~= "table" and type(chances) ~= "userdata" then
    error("chain_row_covariance: chances must be a vec or a table of numbers", 2)
  end
  local n = #chances
  local out = core.vec(n * n)
  local ok, message, code = arguments.blame({ chance = "chances", states = "chances" },
    core.chain_row_covariance(matrix.vector(chances, "chances", n, where), size, out))
  if ok == nil then return nil, message, code end
  return matrix.rows(out, n)
end

return chain
