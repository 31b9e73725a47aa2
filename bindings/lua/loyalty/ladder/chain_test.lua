--- Tests of what a Markov chain assumes: its order, and that its chances are the same everywhere.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local matrix = require "loyalty.ladder.matrix"

local chain_test = {}

local NAMES <const> = { counts = true, absorbing = true, allowed = true }
local TRIPLES <const> = { triples = true, absorbing = true, allowed = true }

--- Which of n by n moves can happen, as the core takes it: a string of 0 and 1, empty for all. `absorbing` holds
-- positions of states, from 1; `allowed` rows of 0 and 1 or booleans.
function chain_test.mask(n, absorbing, allowed, where)
  if absorbing == nil and allowed == nil then return "" end
  local flags = {}
  if allowed ~= nil and (type(allowed) ~= "table" or #allowed ~= n) then
    error(("%s: allowed must be %d rows of %d flags"):format(where, n, n), 3)
  end
  for i = 1, n do
    local row = allowed and allowed[i]
    if row and (type(row) ~= "table" or #row ~= n) then
      error(("%s: allowed[%d] must be a row of %d flags"):format(where, i, n), 3)
    end
    for j = 1, n do
      local flag = not row or row[j]
      if flag ~= true and flag ~= false and flag ~= 0 and flag ~= 1 then
        error(("%s: allowed[%d] must hold 0 and 1, or booleans"):format(where, i), 3)
      end
      flags[(i - 1) * n + j] = (flag == true or flag == 1) and "\1" or "\0"
    end
  end
  for _, state in ipairs(absorbing or {}) do
    if math.type(state) ~= "integer" or state < 1 or state > n then
      error(("%s: absorbing must hold positions of states, from 1 to %d"):format(where, n), 3)
    end
    for j = 1, n do flags[(state - 1) * n + j] = j == state and "\1" or "\0" end
  end
  return table.concat(flags)
end

local function result(status, statistic, df, p_value)
  if status == nil then return nil, statistic, df end
  return { statistic = statistic, df = df, p_value = p_value, status = status }
end

--- Several tables of one size as one vec, how many they are, and of how many rows.
function chain_test.block(tables, name, where)
  if type(tables) ~= "table" or #tables == 0 then error(("%s: %s must be a table of tables"):format(where, name), 3) end
  local bytes, n = {}, nil
  for t = 1, #tables do
    local one, rows = matrix.square(tables[t], ("%s[%d]"):format(name, t), where)
    n = n or rows
    if rows ~= n then error(("%s: %s must hold tables of the same size"):format(where, name), 3) end
    bytes[t] = one:tobytes()
  end
  return core.vec_from_bytes(table.concat(bytes)), #tables, n
end

--- Results of the core; a message about a row of several tables of n, under their name, names the table and its row.
local function blame(name, n, value, message, ...)
  if value ~= nil or type(message) ~= "string" then return value, message, ... end
  message = message:gsub("^%a+", { counts = name, groups = name })
  return nil, (message:gsub("^(%w+)%[(%d+)%]", function(argument, row)
    row = math.tointeger(row) - 1
    return ("%s[%d][%d]"):format(argument, row // n + 1, row % n + 1)
  end)), ...
end

function chain_test.order(counts, n, mask) return result(core.chain_order_test(counts, n, mask)) end
function chain_test.second_order(triples, n, mask)
  return result(blame("triples", n, core.chain_second_order_test(triples, n, mask)))
end
function chain_test.homogeneity(counts, groups, n, mask, name)
  return result(blame(name, n, core.chain_homogeneity_test(counts, groups, n, mask)))
end

--- ladder.order_test{counts = rows, [absorbing = , allowed = ]}: order 0 against order 1, does the next state depend on
-- the present one at all? The result of each test has .statistic (G2), .df, .p_value and .status ("OK", or
-- "NOTICE_NOT_CONVERGED" where allowed was hard to fit). absorbing: positions of states that are never left; allowed:
-- rows of flags, 0 or false for a move that cannot happen.
function chain_test.order_test(named)
  local where <const> = "order_test"
  arguments.check(named, NAMES, where)
  local counts, n = matrix.square(arguments.need(named, "counts", where), "counts", where)
  return chain_test.order(counts, n, chain_test.mask(n, rawget(named, "absorbing"), rawget(named, "allowed"), where))
end

--- ladder.second_order_test{triples = tables, [absorbing = , allowed = ]}: order 1 against order 2. triples[i][j][k] is
-- how often i, j, k were the states of three periods in a row.
function chain_test.second_order_test(named)
  local where <const> = "second_order_test"
  arguments.check(named, TRIPLES, where)
  local triples, tables, n = chain_test.block(arguments.need(named, "triples", where), "triples", where)
  if tables ~= n then error(("%s: triples must be %d tables of %d rows"):format(where, n, n), 2) end
  return chain_test.second_order(triples, n,
    chain_test.mask(n, rawget(named, "absorbing"), rawget(named, "allowed"), where))
end

--- ladder.homogeneity_test{counts = tables, [absorbing = , allowed = ]}: are the chances the same in all periods, or in
-- all groups of customers, of which counts holds one table of rows each?
function chain_test.homogeneity_test(named)
  local where <const> = "homogeneity_test"
  arguments.check(named, NAMES, where)
  local counts, groups, n = chain_test.block(arguments.need(named, "counts", where), "counts", where)
  return chain_test.homogeneity(counts, groups, n,
    chain_test.mask(n, rawget(named, "absorbing"), rawget(named, "allowed"), where), "counts")
end

return chain_test
