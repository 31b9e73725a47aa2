--- The curve L = f(C, S), its inverse, thresholds and zones.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local curve_fit = require "loyalty.response.curve_fit"
local formulas = require "loyalty.formulas"

local curve = {}

--- Names of the enumerators, from 0: curve.market_zones[0] ... and their Chinese forms in _zh.
local function names(kind, last, chinese)
  local list = {}
  for number = 0, last do list[number] = core.zone_name(kind, number, chinese) end
  return list
end
curve.market_zones, curve.market_zones_zh = names(0, 2, false), names(0, 2, true)
curve.quality_zones, curve.quality_zones_zh = names(1, 2, false), names(1, 2, true)
curve.roles, curve.roles_zh = names(2, 3, false), names(2, 3, true)

local Curve, curve_metatable = arguments.class("loyalty.response.curve")
local CURVE_NAMES = { alpha = true, beta = true, gamma = true, a = true, b = true, delta = true }
curve_fit(Curve, function(alpha, beta, gamma, a, delta, b)
  return setmetatable({ alpha = alpha, beta = beta, gamma = gamma, a = a, delta = delta, b = b }, curve_metatable)
end)
local LOYALTY, SLOPE_S, SLOPE_C, HOSTAGE_SHARE, REQUIRED = 0, 1, 2, 3, 4

--- curve{alpha = 0, beta = 1, gamma = 1, a = 0.5, b = {}, delta = 0}: the curve L = f(C, S). Its methods take satisfaction s
-- in [0, 1], competition c above 0 and below 1, and optionally constraints, one number for each b. Where s is a vec or a
-- table, the answer is a vec; c, and each constraint, is then a number or a column as long. curve:fit{...} estimates the
-- parameters, see loyalty.response.curve_fit.
function curve.curve(named)
  named = arguments.check(named or {}, CURVE_NAMES, "curve")
  local b = arguments.optional(named, "b", nil)
  local self = {
    alpha = arguments.optional(named, "alpha", 0), beta = arguments.optional(named, "beta", 1),
    gamma = arguments.optional(named, "gamma", 1), a = arguments.optional(named, "a", 0.5),
    delta = arguments.optional(named, "delta", 0), b = core.vec(b or 0),
  }
  -- A bad parameter is found now, not at the first question.
  local ok, message, code = core.curve_value(self.alpha, self.beta, self.gamma, self.a, self.delta, self.b, LOYALTY, 0.5,
    0.5, nil)
  if ok == nil then return nil, message, code end
  return setmetatable(self, curve_metatable)
end

local CURVE_BLAME = { constraint = "constraints", target = "loyalty" }

local function evaluate(self, what, x, c, constraints, where)
  if type(x) == "number" and type(c) == "number" then
    if what == REQUIRED then
      local status, s, code = core.curve_required_satisfaction(self.alpha, self.beta, self.gamma, self.a, self.delta,
        self.b, x, c, constraints)
      if status == nil then return arguments.blame(CURVE_BLAME, nil, s, code) end
      return s, status
    end
    return arguments.blame(CURVE_BLAME, core.curve_value(self.alpha, self.beta, self.gamma, self.a, self.delta, self.b,
      what, x, c, constraints))
  end
  for name, value in pairs { [what == REQUIRED and "loyalty" or "s"] = x or false, c = c or false } do
    if type(value) ~= "number" and type(value) ~= "table" and type(value) ~= "userdata" then
      error(("%s: %s must be a number, a vec or a table of numbers, not %s"):format(where, name,
        value and type(value) or "nil"), 3)
    end
  end
  local n = type(x) == "number" and #c or #x
  local out = core.vec(n)
  local ok, message, code = core.curve_values(self.alpha, self.beta, self.gamma, self.a, self.delta, self.b, what,
    formulas.column(x, n), formulas.column(c, n), formulas.constraints(constraints, self.b, n, "constraints", where, 4),
    out, false)
  if ok == nil then return arguments.blame(CURVE_BLAME, nil, message, code) end
  return out
end

--- curve:loyalty(s, c, constraints): L in [0, 1].
function Curve:loyalty(s, c, constraints) return evaluate(self, LOYALTY, s, c, constraints, "loyalty") end

local WRT = { s = SLOPE_S, c = SLOPE_C }
--- curve:slope(s, c, constraints, wrt): dL/ds, or with wrt = "c" dL/dc.
function Curve:slope(s, c, constraints, wrt)
  return evaluate(self, arguments.choice(wrt or "s", WRT, "wrt", "slope"), s, c, constraints, "slope")
end

--- curve:slope_constraint(j, s, c, constraints): dL/dK_j, j from 1.
function Curve:slope_constraint(j, s, c, constraints)
  return arguments.blame(CURVE_BLAME, core.curve_slope_constraint(self.alpha, self.beta, self.gamma, self.a, self.delta,
    self.b, s, c, constraints, j - 1))
end

--- curve:hostage_share(s, c, constraints): of those who stay, the share that would leave if it could.
function Curve:hostage_share(s, c, constraints) return evaluate(self, HOSTAGE_SHARE, s, c, constraints, "hostage_share") end

--- s, status = curve:required_satisfaction(loyalty, c, constraints): the satisfaction needed for a loyalty. For one number
-- the status is "OK" or "NOTICE_NOT_NEEDED" (s = 0: captivity alone gives it); above the ceiling nil, message, code.
function Curve:required_satisfaction(loyalty, c, constraints)
  return evaluate(self, REQUIRED, loyalty, c, constraints, "required_satisfaction")
end

--- curve:point(s, c, constraints): everything about one point, as a table.
function Curve:point(s, c, constraints)
  local loyalty, free_choice, captivity, floor, ceiling, slope_s, slope_c, elasticity_s, elasticity_c, hostage_share =
    arguments.blame(CURVE_BLAME, core.curve_at(self.alpha, self.beta, self.gamma, self.a, self.delta, self.b, s, c,
      constraints))
  if loyalty == nil then return nil, free_choice, captivity end
  return {
    loyalty = loyalty, free_choice = free_choice, captivity = captivity, floor = floor, ceiling = ceiling,
    slope_s = slope_s, slope_c = slope_c, elasticity_s = elasticity_s, elasticity_c = elasticity_c,
    hostage_share = hostage_share,
  }
end

--- list, status = curve:thresholds(c, tau): the satisfactions at which the slope of free choice is tau (1), in rising order;
-- an empty list with "NOTICE_NONE" when there is none.
function Curve:thresholds(c, tau)
  local status, count, s1, s2 = core.curve_thresholds(self.alpha, self.beta, self.gamma, self.a, self.delta, self.b, c,
    tau or 1)
  if status == nil then return nil, count, s1 end
  local list = {}
  if count > 0 then list[1] = s1 end
  if count > 1 then list[2] = s2 end
  return list, status
end

--- curve:inflection(c): the satisfaction at which the curve bends the other way; NaN and "NOTICE_NONE" for beta = 1.
function Curve:inflection(c)
  local status, s, code = core.curve_inflection(self.alpha, self.beta, self.gamma, self.a, self.delta, self.b, c)
  if status == nil then return nil, s, code end
  return s, status
end

--- curve:zone(s, c, constraints, tau): {market = , quality = , role = , relative_slope = } of one customer; names as in
-- curve.market_zones, quality_zones and roles. Constraints make hostages and move nothing else.
function Curve:zone(s, c, constraints, tau)
  local market, quality, role, slope = arguments.blame(CURVE_BLAME, core.curve_zone(self.alpha, self.beta, self.gamma,
    self.a, self.delta, self.b, s, c, constraints, tau or 1))
  if market == nil then return nil, quality, role end
  return {
    market = curve.market_zones[market], quality = curve.quality_zones[quality], role = curve.roles[role],
    relative_slope = slope,
  }
end

--- curve:zones(s, c, constraints, tau): {market = , quality = , role = } of many customers, as ivecs of enumerators from 0.
function Curve:zones(s, c, constraints, tau)
  s = formulas.column(s, 1)
  local n = #s
  local market, quality, role = core.ivec(n), core.ivec(n), core.ivec(n)
  local ok, message, code = core.curve_zones(self.alpha, self.beta, self.gamma, self.a, self.delta, self.b, s,
    formulas.column(c, n), formulas.constraints(constraints, self.b, n, "constraints", "zones", 3), tau or 1, market,
    quality, role, false)
  if ok == nil then return arguments.blame(CURVE_BLAME, nil, message, code) end
  return { market = market, quality = quality, role = role }
end

for name, method in pairs(require "loyalty.response.inverse") do Curve[name] = method end

return curve
