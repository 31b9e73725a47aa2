--- Word of mouth, referral, influence and knowledge, and what customers are worth with all of it.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local formulas = require "loyalty.formulas"
local matrix = require "loyalty.ladder.matrix"
local rows = require "loyalty.value.rows"

local engagement = {}

local names = rows.names
local need, optional = arguments.need, arguments.optional

local COUNTS <const> = { separate = 1, pooled = 2, others = 3 }
local ROUNDINGS <const> = { exact = 1, ceil = 2, nearest = 3 }
local WORD_NAMES = names("told", "share", "acting", "count", "rounding", "value")

--- word_of_mouth{told = , share = , acting = , count = , rounding = "exact", value = 1}: how many customers one story costs
-- or brings. A customer tells told[1] people, of whom share[1] is affected; each of those tells told[2]; and so on; acting
-- of the affected leave, or join. count is "separate" (the customer is lost for certain), "pooled" (he is one of the
-- affected) or "others" (he does not count); rounding "exact", "ceil" or "nearest". A table with affected, customers,
-- value, people (a vec, by level) and status.
function engagement.word_of_mouth(named)
  local where = "word_of_mouth"
  arguments.check(named, WORD_NAMES, where)
  local columns, n = formulas.columns(named, { "told", "share" }, where)
  n = n or 1
  local people = core.vec(n)
  local status, affected, customers, worth = core.word_of_mouth_cascade(formulas.column(columns[1], n),
    formulas.column(columns[2], n), need(named, "acting", where),
    arguments.choice(need(named, "count", where), COUNTS, "count", where),
    arguments.choice(optional(named, "rounding", "exact"), ROUNDINGS, "rounding", where), optional(named, "value", 1),
    people)
  if status == nil then return nil, affected, customers end
  return { status = status, affected = affected, customers = customers, value = worth, people = people }
end

local SPREAD_NAMES = names("reproduction", "errors")
local REACHED_NAMES = names("population", "tellings", "errors")

--- branching_spread{reproduction = }: how far a story spreads when everyone it reaches brings in so many others: total,
-- deviation and extinction (the probability that it dies out). From 1 on the total is math.huge, with the status
-- "NOTICE_SUPERCRITICAL". Columns as well.
function engagement.branching_spread(named)
  arguments.check(named, SPREAD_NAMES, "branching_spread")
  return rows.answer(named, "branching_spread", core.branching_spread_batch, { "reproduction" },
    { "total", "deviation", "extinction" })
end

--- branching_reached{population = , tellings = }: how many different people hear a story told so many times.
function engagement.branching_reached(named)
  local where = "branching_reached"
  arguments.check(named, REACHED_NAMES, where)
  local out, message, code = rows.answer(named, where, core.branching_reached_batch, { "population", "tellings" },
    { "reached" })
  if out == nil then return nil, message, code end
  return out.reached, out.status, out.bad
end

--- The present values of rows, their total and the count of bad ones; a number and its status for numbers.
local function present(named, where, f, list, may_miss)
  local columns, n = formulas.columns(named, list, where, may_miss)
  local call, count = {}, #list
  for i = 1, count do call[i] = columns[i] ~= nil and formulas.column(columns[i], n or 1) or nil end
  local out = core.vec(n or 1)
  local coerce = arguments.choice(optional(named, "errors", "raise"), { raise = 0, coerce = 1 }, "errors", where) == 1
  call[count + 1], call[count + 2], call[count + 3] = need(named, "discount_rate", where), out, coerce
  local total, bad, code = rows.blame(not n, f(table.unpack(call, 1, count + 3)))
  if total == nil then return nil, bad, code end
  if not n then return out[1] end
  return out, total, bad
end

local REFERRAL_NAMES = names("period", "type1", "margin", "reward", "marketing_cost", "saving", "discount_rate", "errors")
local KNOWLEDGE_NAMES = names("period", "count", "adopted", "worth", "handling_cost", "discount_rate", "errors")

--- referral_value{period = , margin = , type1 = nil, reward = nil, marketing_cost = nil, saving = nil, discount_rate = }:
-- the present value of referrals, type1 (margin - reward - marketing_cost) + saving, with type1 the probability that the
-- referred would not have come otherwise (nil for certain). A number; for columns a vec, its sum, and the count of bad
-- rows.
function engagement.referral_value(named)
  arguments.check(named, REFERRAL_NAMES, "referral_value")
  return present(named, "referral_value", core.referral_value_batch,
    { "period", "type1", "margin", "reward", "marketing_cost", "saving" },
    { type1 = true, reward = true, marketing_cost = true, saving = true })
end

--- knowledge_value{period = , count = , adopted = , worth = , handling_cost = nil, discount_rate = }: the present value of
-- what customers teach, count adopted worth - handling_cost. As referral_value.
function engagement.knowledge_value(named)
  arguments.check(named, KNOWLEDGE_NAMES, "knowledge_value")
  return present(named, "knowledge_value", core.knowledge_value_batch,
    { "period", "count", "adopted", "worth", "handling_cost" }, { handling_cost = true })
end

local INFLUENCE_NAMES = names("weight", "own")

--- influence{weight = , own = }: what customers are worth through those they influence, c = own + W c. weight is a table of
-- rows, weight[i][j] the part of the value of customer j that comes about through i; own a column. Vecs total (c) and
-- added (W c).
function engagement.influence(named)
  local where = "influence"
  arguments.check(named, INFLUENCE_NAMES, where)
  local weight, own = need(named, "weight", where), need(named, "own", where)
  local all, n = matrix.square(weight, "weight", where)
  local alone = type(own) == "number" and core.vec(n, own) or matrix.vector(own, "own", n, where)
  local total, added = core.vec(n), core.vec(n)
  local ok, message, code = core.influence(all, alone, total, added)
  if ok == nil then
    return nil, (message:gsub("^weight%[(%d+)%]", function(element)
      local before = math.tointeger(element) - 1
      return ("weight[%d][%d]"):format(before // n + 1, before % n + 1)
    end)), code
  end
  return { total = total, added = added }
end

local RULES <const> = { referrer = 1, referred = 2, split = 3 }
local VALUE_NAMES = names("clv", "crv", "civ", "ckv", "referrer", "type1", "attribute")

--- engagement_value{clv = , crv = nil, civ = nil, ckv = nil, referrer = nil, type1 = nil, attribute = }: what customers are
-- worth in all, CLV + CRV + CIV + CKV, without counting the margins of referred customers twice. One row for each
-- customer; referrer is the row (from 1) of who referred each, 0 for nobody; type1 the probability that he would not have
-- come otherwise; attribute says to whom the lifetime value of a referred customer counts: "referrer", "referred" or
-- "split". A table with vecs own, referred and cev, and total.
function engagement.engagement_value(named)
  local where = "engagement_value"
  arguments.check(named, VALUE_NAMES, where)
  local columns, n = formulas.columns(named, { "clv", "crv", "civ", "ckv", "type1" }, where,
    { crv = true, civ = true, ckv = true, type1 = true })
  n = n or 1
  for i = 1, 5 do columns[i] = columns[i] ~= nil and formulas.column(columns[i], n) or nil end
  local given, referrer = rawget(named, "referrer"), nil
  if given ~= nil then
    if type(given) ~= "table" and type(given) ~= "userdata" then
      error(where .. ": referrer must be a table of rows, or an ivec", 2)
    end
    referrer = core.ivec(#given)
    for i = 1, #given do
      local row = math.tointeger(given[i])
      if not row then error(("%s: referrer[%d] must be a row, or 0 for nobody"):format(where, i), 2) end
      referrer[i] = row - 1
    end
  end
  local out = { own = core.vec(n), referred = core.vec(n), cev = core.vec(n) }
  local total, message, code = core.engagement_value(columns[1], columns[2], columns[3], columns[4], referrer,
    columns[5], arguments.choice(need(named, "attribute", where), RULES, "attribute", where), out.own, out.referred,
    out.cev)
  if total == nil then return nil, message, code end
  out.total = total
  return out
end

return engagement
