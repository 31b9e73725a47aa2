--- The loyalty index of five signals, and what two of them are made of: places and trends.

local core = require "loyalty.core"
local answers = require "loyalty.survey.answers"
local arguments = require "loyalty.arguments"
local formulas = require "loyalty.formulas"

local five = {}

--- The signals by number, from 0: "frequency", "amount", "recommendation", "satisfaction", "trust".
five.signals, five.signals_zh = answers.names(core.signal_name, 0, 4)

local NAMES = { weights = true, least = true, satisfaction_scale = true, trust_scale = true, errors = true }
local SIGNALS, MAY_MISS = {}, {}
for number = 0, 4 do
  local name = five.signals[number]
  SIGNALS[number + 1], NAMES[name], MAY_MISS[name] = name, true, true
end

local function scale_of(named, name)
  local scale = arguments.optional(named, name, { 1, 5 })
  if type(scale) ~= "table" or #scale ~= 2 then
    error(("five_signal_index: %s must be {lowest, highest}"):format(name), 3)
  end
  return scale[1], scale[2]
end

--- five_signal_index{frequency = , amount = , recommendation = , satisfaction = , trust = , weights = {}, least = 3,
-- satisfaction_scale = {1, 5}, trust_scale = {1, 5}, errors = "raise"}: the weighted mean of the signals that are known.
-- Frequency and amount are from 0 to 1 (see percentile and amount_trend), the recommendation from 0 to 10, the others on
-- their scales; what is nil or NaN is not known. weights = {trust = 2} changes some. The result has five_signal_index and
-- known (numbers, or a vec and an ivec), skipped (customers with too few signals), bad and status.
function five.five_signal_index(named)
  local where <const> = "five_signal_index"
  arguments.check(named, NAMES, where)
  local weight = { 1, 1, 1, 1, 1 }
  local weights = arguments.optional(named, "weights", {})
  arguments.check(weights, MAY_MISS, "five_signal_index: weights")
  for i, name in ipairs(SIGNALS) do weight[i] = weights[name] or 1 end
  local coerce = arguments.choice(arguments.optional(named, "errors", "raise"), { raise = 0, coerce = 1 }, "errors", where)
  local given, n = formulas.columns(named, SIGNALS, where, MAY_MISS)
  local point = not n
  n = n or 1
  for i = 1, 5 do given[i] = given[i] ~= nil and formulas.column(given[i], n) or nil end
  local s0, s1 = scale_of(named, "satisfaction_scale")
  local t0, t1 = scale_of(named, "trust_scale")
  local out, known = core.vec(n), core.ivec(n)
  local status, bad, skipped = arguments.blame({ weight = "weights" }, core.five_signal_batch(core.vec(weight),
    arguments.optional(named, "least", 3), s0, s1, t0, t1, given[1], given[2], given[3], given[4], given[5], out, known,
    coerce == 1))
  if status == nil then return nil, point and bad:gsub("^(%l+)%[1%]", "%1") or bad, skipped end
  return {
    five_signal_index = point and out[1] or out, known = point and known[1] or known, skipped = skipped, bad = bad,
    status = status,
  }
end

--- percentile(values): the place of each value among all, above 0 and below 1, as a vec: (values below + half of the
-- values equal, itself included)/values. NaN is missing and has none.
function five.percentile(values)
  if type(values) == "table" then values = core.vec(values) end
  if type(values) ~= "userdata" then
    error(("percentile: values must be a vec or a table of numbers, not %s"):format(type(values)), 2)
  end
  local out = core.vec(#values)
  local ok, message, code = arguments.blame({ value = "values" }, core.percentile_batch(values, out))
  if not ok then return nil, message, code end
  return out
end

--- amount_trend(amounts): the trend of yearly amounts, from 0 (always fell) over 1/2 to 1 (always rose), by the statistic
-- of Mann and Kendall. amounts = {2020, 2021, ...} has an entry for each year, the earliest first: numbers for one
-- customer, who gets a number; vecs or tables of one length for many, who get a vec. NaN is a missing year.
function five.amount_trend(amounts)
  if type(amounts) ~= "table" then error("amount_trend: amounts must be a table with an entry for each year", 2) end
  local point, all, n = type(amounts[1]) == "number", {}, nil
  for year = 1, #amounts do
    local column = point and { amounts[year] } or amounts[year]
    if type(column) ~= "table" and type(column) ~= "userdata" then
      error(("amount_trend: amounts[%d] must be a vec or a table of numbers"):format(year), 2)
    end
    n = n or #column
    if #column ~= n then error(("amount_trend: amounts[%d] must be as long as the first"):format(year), 2) end
    for i = 1, n do all[#all + 1] = column[i] end
  end
  local out = core.vec(n or 0)
  local bad, message, code =
    arguments.blame({ amount = "amounts", years = "amounts" }, core.trend_signal_batch(core.vec(all), #amounts, out, false))
  if bad == nil then return nil, message, code end
  return point and out[1] or out
end

return five
