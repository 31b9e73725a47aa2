--- The questions that run backwards through the curve: methods of loyalty.response.curve.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local formulas = require "loyalty.formulas"

local inverse = {}

local BLAME <const> = { constraint = "constraints", constraint_after = "constraints_after", target = "loyalty" }

local function params(self) return self.alpha, self.beta, self.gamma, self.a, self.delta, self.b end

--- The length of the columns among the given values; nil when all are numbers.
local function rows(given, list, where)
  local n
  for i, name in ipairs(list) do
    local kind = type(given[i])
    if kind == "table" or kind == "userdata" then
      n = n or #given[i]
    elseif kind ~= "number" then
      error(("%s: %s must be a number, a vec or a table of numbers, not %s"):format(where, name, kind), 4)
    end
  end
  return n
end

local function columns(given, n)
  local list = {}
  for i, value in ipairs(given) do list[i] = formulas.column(value, n) end
  return list
end

--- Ask for one number (answer, status) or a column. `first` are arguments before, `last` after the given ones.
local function ask(self, question, first, given, list, constraints, where)
  local n = rows(given, list, where)
  local call = { params(self) }
  local function add(value) call[#call + 1] = value end
  for _, value in ipairs(first) do add(value) end
  for _, value in ipairs(n and columns(given, n) or given) do add(value) end
  local count = #call
  if constraints ~= nil then
    count = count + 1
    call[count] = constraints and formulas.constraints(constraints, self.b, n or 1, "constraints", where, 4) or nil
  end
  if not n then
    local status, value, code = core["curve_" .. question](table.unpack(call, 1, count))
    if status == nil then return arguments.blame(BLAME, nil, value, code) end
    return value, status
  end
  local out = core.vec(n)
  call[count + 1], call[count + 2] = out, false
  local ok, message, code = core["curve_" .. question .. "_batch"](table.unpack(call, 1, count + 2))
  if ok == nil then return arguments.blame(BLAME, nil, message, code) end
  return out
end

--- A, status = curve:required_captivity(loyalty, s, c): the captivity in total that gives a loyalty, to be compared with
-- curve:point(s, c).captivity. "NOTICE_NOT_NEEDED" (A = 0): free choice alone gives it; from the ceiling on nil,
-- message, code. Columns give a vec.
function inverse:required_captivity(loyalty, s, c)
  return ask(self, "required_captivity", {}, { loyalty, s, c }, { "loyalty", "s", "c" }, nil, "required_captivity")
end

--- K, status = curve:required_constraint(j, loyalty, s, c, constraints): the strength of constraint j (from 1) that gives a
-- loyalty, the others staying; the entry of j in constraints is not looked at. "NOTICE_NOT_NEEDED" (K = 0): the rest
-- gives it; nil, message, code when not even K = 1 does.
function inverse:required_constraint(j, loyalty, s, c, constraints)
  return ask(self, "required_constraint", { j - 1 }, { loyalty, s, c }, { "loyalty", "s", "c" }, constraints or false,
    "required_constraint")
end

--- c, status = curve:critical_competition(loyalty, s, constraints): the competition at which a loyalty is lost.
-- "NOTICE_NONE" (c = 1): none takes it away; nil, message, code when it is held at none.
function inverse:critical_competition(loyalty, s, constraints)
  return ask(self, "critical_competition", {}, { loyalty, s }, { "loyalty", "s" }, constraints or false,
    "critical_competition")
end

--- curve:deregulation(s, c, constraints, c_after, constraints_after): what happens to loyalty when constraints go
-- (constraints_after = nil: all of them) or competition changes (c_after = nil: it stays), while satisfaction stays:
-- {loyalty_before = , loyalty_after = , lost = , hostage_share_before = }, numbers or vecs.
function inverse:deregulation(s, c, constraints, c_after, constraints_after)
  local where = "deregulation"
  local given, list = { s, c, c_after }, { "s", "c", c_after and "c_after" }
  local n = rows(given, list, where)
  local now = formulas.constraints(constraints, self.b, n or 1, "constraints", where, 3)
  local later = formulas.constraints(constraints_after, self.b, n or 1, "constraints_after", where, 3)
  local alpha, beta, gamma, a, delta, b = params(self)
  if not n then
    local before, after, lost, hostages = core.curve_deregulate(alpha, beta, gamma, a, delta, b, s, c, now, c_after or c,
      later)
    if before == nil then return arguments.blame(BLAME, nil, after, lost) end
    return { loyalty_before = before, loyalty_after = after, lost = lost, hostage_share_before = hostages }
  end
  local column = columns(given, n)
  local out = {
    loyalty_before = core.vec(n), loyalty_after = core.vec(n), lost = core.vec(n), hostage_share_before = core.vec(n),
  }
  local ok, message, code = core.curve_deregulate_batch(alpha, beta, gamma, a, delta, b, column[1], column[2], now,
    column[3], later, out.loyalty_before, out.loyalty_after, out.lost, out.hostage_share_before, false)
  if ok == nil then return arguments.blame(BLAME, nil, message, code) end
  return out
end

--- curve:competition_from_ratio(ratio, s_low, s_high, constraints): the competition at which L(s_high)/L(s_low) rises to a
-- ratio; s_low = 0.75 and s_high = 1 are the answers 4 and 5 on a scale of 1 to 5.
function inverse:competition_from_ratio(ratio, s_low, s_high, constraints)
  local alpha, beta, gamma, a, delta, b = params(self)
  return arguments.blame(BLAME, core.curve_competition_from_ratio(alpha, beta, gamma, a, delta, b, ratio, s_low or 0.75,
    s_high or 1, constraints))
end

return inverse
