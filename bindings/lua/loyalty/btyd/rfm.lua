--- From a purchase log to one row per customer: frequency, recency, T and monetary value.
--
--   local summary = rfm.rfm_summary{ customer = { 7, 7, 9 }, time = { "1997-01-01", "1997-02-03", "1997-01-05" },
--                                    amount = { 29.33, 14.96, 6.50 }, observation_period_end = "1997-09-30" }
--   summary.customer_id   summary.frequency   summary.recency   summary.T   summary.monetary_value
--
--   local log = rfm.rfm_builder{ merge = "D" }          -- a log that arrives in parts
--   log:push{ customer = , time = , amount = }          -- any number of times
--   log:merge(other)
--   local summary = log:summary{ time_unit = "W" }
--
-- customer: whole numbers (ivec or table), or a table of strings. time: whole numbers (ivec or table) counted from
-- 1970-01-01 in the unit `tick` ("D", "s", "ms", "us" or "ns"), or a table of dates "YYYY-MM-DD". amount: numbers
-- (vec or table) with at most `decimals` decimal places, or an ivec of whole amounts; nil without amounts. The
-- rules are those of loyalty/btyd/rfm.h. A mistake in the data gives nil, a message and a code.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local columns = require "loyalty.columns"

local rfm = {}

local UNITS = { h = 0, D = 1, W = 2, M = 3, Y = 4 }
local MERGES = { h = 0, D = 1, W = 2, M = 3, Y = 4, none = 5 }
local REFUNDS = { net = 0, count = 1, drop = 2, deny = 3 }
local TICKS = { D = 0, s = 1, ms = 2, us = 3, ns = 4 }
local LAST = math.mininteger
local HEAD = "<c8I4BBI2I8"
local MAGIC = "LOYLOG\r\n"
local TEXT, INTEGERS = 255, 4 -- types of ids in a file; Python knows narrower integers, 1 to 8

local Builder, builder_metatable = arguments.class("loyalty.btyd.rfm_builder")

--- Whether `a` comes before `b` by its bytes, which is the order of code points; < asks the locale.
local function before(a, b)
  local shorter = math.min(#a, #b)
  for i = 1, shorter do
    local x, y = a:byte(i), b:byte(i)
    if x ~= y then return x < y end
  end
  return #a < #b
end

local function sort_text(names)
  local locale = os and os.setlocale and os.setlocale(nil, "collate")
  table.sort(names, (locale == "C" or locale == "POSIX") and function(a, b) return a < b end or before)
end

local function domain(message) return nil, message, "ERR_DOMAIN" end

-- ---- columns as integers -------------------------------------------------------------------------------------------

--- tick, times; or nil, message, code.
local function times(named, where)
  local time = arguments.need(named, "time", where)
  local tick = arguments.choice(arguments.optional(named, "tick", "D"), TICKS, "tick", where)
  if not columns.is_list_of_text(time) then return tick, time end
  local day, message, code = columns.days(time)
  if day == nil then return nil, message, code end
  return TICKS.D, day
end

--- Amounts as an ivec of 10^-decimals; or nil, message, code; or nothing.
local function amounts(amount, decimals)
  local out = core.ivec(#amount)
  local ok, message, code
  if columns.is_ivec(amount) then
    ok, message, code = core.amounts_from_integer(amount, decimals, out)
  else
    ok, message, code = core.amounts_from_double(amount, decimals, out)
  end
  if ok == nil then return nil, message, code end
  return out
end

-- ---- builders ------------------------------------------------------------------------------------------------------

local BUILDER_NAMES = { merge = true, decimals = true, refunds = true, threads = true }

--- rfm_builder{merge = "D", decimals = 2, refunds = "net", threads = 1}: a purchase log that arrives in parts. The
-- same purchases give the same summary, to the last bit, in whatever order and parts they came. merge: "h", "D",
-- "W", "M", "Y" or "none". refunds, what becomes of negative amounts: "net", "count", "drop" or "deny", as in
-- loyalty/btyd/rfm.h.
function rfm.rfm_builder(named)
  named = arguments.check(named or {}, BUILDER_NAMES, "rfm_builder")
  local merge = arguments.choice(arguments.optional(named, "merge", "D"), MERGES, "merge", "rfm_builder")
  local refunds = arguments.choice(arguments.optional(named, "refunds", "net"), REFUNDS, "refunds", "rfm_builder")
  local decimals = arguments.optional(named, "decimals", 2)
  if math.type(decimals) ~= "integer" then
    error(("rfm_builder: decimals must be a whole number, got %s"):format(tostring(decimals)), 2)
  end
  if decimals < 0 or decimals > 9 then return domain "decimals: must be 0 to 9" end
  local handle, message, code = core.rfm_new(merge, refunds, arguments.optional(named, "threads", 1))
  if handle == nil then return nil, message, code end
  return setmetatable({ _handle = handle, _decimals = decimals, _names = {}, _position = {}, _sorted = true },
    builder_metatable)
end

--- Positions of names in this builder, and the names that are new to it, in their order. Nothing is changed yet.
local function positions(self, names)
  local fresh, place, label = {}, {}, core.ivec(#names)
  for i = 1, #names do
    local name = names[i]
    if type(name) ~= "string" then
      return domain(("customer[%d]: must be text like the others"):format(i))
    end
    if not self._position[name] and not place[name] then
      fresh[#fresh + 1] = name
      place[name] = true
    end
  end
  if #self._names == 0 then sort_text(fresh) end
  for i, name in ipairs(fresh) do place[name] = #self._names + i - 1 end
  for i = 1, #names do label[i] = self._position[names[i]] or place[names[i]] end
  return label, fresh
end

local function remember(self, fresh)
  if #fresh == 0 then return end
  self._sorted = self._sorted and #self._names == 0
  for _, name in ipairs(fresh) do
    self._position[name] = #self._names
    self._names[#self._names + 1] = name
  end
end

--- Let positions be in the order of names.
local function sort_names(self)
  if self._sorted then return true end
  local sorted, label, position = table.move(self._names, 1, #self._names, 1, {}), core.ivec(#self._names), {}
  sort_text(sorted)
  for i, name in ipairs(sorted) do
    position[name] = i - 1
    label[self._position[name] + 1] = i - 1
  end
  local ok, message, code = core.rfm_relabel(self._handle, label)
  if ok == nil then return nil, message, code end
  self._names, self._position, self._sorted = sorted, position, true
  return true
end

local PUSH_NAMES = { customer = true, time = true, amount = true, tick = true }

--- builder:push{customer = , time = , amount = nil, tick = "D"}: add purchases; gives the builder. On an error
-- nothing is added.
function Builder:push(named)
  arguments.check(named, PUSH_NAMES, "push")
  local customer = arguments.need(named, "customer", "push")
  local tick, time, code = times(named, "push")
  if tick == nil then return nil, time, code end
  local amount, message
  if rawget(named, "amount") ~= nil then
    amount, message, code = amounts(named.amount, self._decimals)
    if amount == nil then return nil, message, code end
  end
  local text, fresh = columns.is_list_of_text(customer), {}
  if self._kind and #customer > 0 and (self._kind == TEXT) ~= text then
    return nil, "customer: must be " .. (text and "whole numbers" or "text") .. " as before", "ERR_ARGUMENT"
  end
  if text then
    customer, fresh, code = positions(self, customer)
    if customer == nil then return nil, fresh, code end
  end
  local ok
  ok, message, code = core.rfm_push(self._handle, tick, customer, time, amount)
  if ok == nil then return nil, message, code end
  remember(self, fresh)
  if #customer > 0 then self._kind = self._kind or (text and TEXT or INTEGERS) end
  return self
end

--- builder:merge(other): add all that another builder holds, which stays as it is; gives the builder.
function Builder:merge(other)
  if getmetatable(other) ~= false or type(other) ~= "table" or other._handle == nil then
    error("merge: expected a builder", 2)
  end
  if other._decimals ~= self._decimals then return nil, "other: must have the same decimals", "ERR_STATE" end
  if self._kind and other._kind and (self._kind == TEXT) ~= (other._kind == TEXT) then
    return nil, "other: must have ids of the same kind", "ERR_STATE"
  end
  local ok, message, code = sort_names(other)
  if ok == nil then return nil, message, code end
  local source, fresh = other._handle, {}
  if #other._names > 0 and other ~= self then
    local label
    label, fresh = positions(self, other._names)
    local bytes
    bytes, message, code = core.rfm_serialize(source)
    if bytes == nil then return nil, message, code end
    source, message, code = core.rfm_deserialize(bytes, 1)
    if source == nil then return nil, message, code end
    ok, message, code = core.rfm_relabel(source, label)
    if ok == nil then return nil, message, code end
  end
  ok, message, code = core.rfm_merge(self._handle, source)
  if ok == nil then return nil, message, code end
  remember(self, fresh)
  self._kind = self._kind or other._kind
  return self
end

--- A date, a day number or nothing as a day number.
local function instant(value, name)
  if value == nil then return LAST end
  if type(value) ~= "string" then return value end
  local day, message, code = core.day_from_iso(value)
  if day == nil then return nil, ("%s: %s, not '%s'"):format(name, message:gsub("^text[^:]*: ", ""), value), code end
  return day
end
rfm.instant = instant -- for the modules of this wing

local BLAME = { ["end"] = "observation_period_end", train_end = "train_period_end" }
local SUMMARY_NAMES = { time_unit = true, litt = true, observation_period_end = true, include_first_spend = true }
local SPLIT_NAMES = { time_unit = true, litt = true, train_period_end = true, test_period_end = true,
  include_first_spend = true }

local function summarize(self, named, where, last, train_last)
  local ok, message, code = sort_names(self)
  if ok == nil then return nil, message, code end
  local unit = arguments.choice(arguments.optional(named, "time_unit", "W"), UNITS, "time_unit", where)
  local first = arguments.optional(named, "include_first_spend", false)
  local counts = table.pack(arguments.blame(BLAME,
    core.rfm_count(self._handle, unit, TICKS.D, last, train_last, self._decimals, first)))
  if counts[1] == nil then return nil, counts[2], counts[3] end
  local n, split = counts[5], train_last ~= LAST
  local out = { customer_id = core.ivec(n), frequency = core.vec(n), recency = core.vec(n), T = core.vec(n),
    monetary_value = core.vec(n) }
  if arguments.optional(named, "litt", false) then out.litt = core.vec(n) end
  if split then
    out.test_frequency, out.test_monetary_value, out.test_T = core.vec(n), core.vec(n), core.vec(n)
  end
  ok, message, code = core.rfm_summary(self._handle, unit, TICKS.D, last, train_last, self._decimals, first,
    out.customer_id, out.frequency, out.recency, out.T, out.monetary_value, out.litt, out.test_frequency,
    out.test_monetary_value, out.test_T)
  if ok == nil then return nil, message, code end
  if self._kind == TEXT then
    local names = out.customer_id:totable()
    for i, position in ipairs(names) do names[i] = self._names[position + 1] end
    out.customer_id = names
  end
  return out
end

--- builder:summary{time_unit = "W", litt = false, observation_period_end = nil, include_first_spend = false}: one
-- row per customer, in the order of ids. Ends are dates or day numbers.
function Builder:summary(named)
  named = arguments.check(named or {}, SUMMARY_NAMES, "summary")
  local last, message, code = instant(rawget(named, "observation_period_end"), "observation_period_end")
  if last == nil then return nil, message, code end
  return summarize(self, named, "summary", last, LAST)
end

--- builder:train_test_split{train_period_end = , test_period_end = nil, time_unit = "W", litt = false,
-- include_first_spend = false}: the summary of the calibration, with test_frequency, test_monetary_value and
-- test_T of the holdout.
function Builder:train_test_split(named)
  named = arguments.check(named, SPLIT_NAMES, "train_test_split")
  local train_last, message, code = instant(arguments.need(named, "train_period_end", "train_test_split"),
    "train_period_end")
  if train_last == nil then return nil, message, code end
  local last
  last, message, code = instant(rawget(named, "test_period_end"), "test_period_end")
  if last == nil then return nil, message, code end
  return summarize(self, named, "train_test_split", last, train_last)
end

local REPORT = {
  "rows", "rows_negative", "rows_dropped", "rows_merged", "customers", "customers_late", "customers_void",
  "purchases", "purchases_test", "purchases_late", "returns", "amount", "amount_late", "amount_returned", "first",
  "last", "train_end", "end",
}
local REPORT_NAMES = { observation_period_end = true, train_period_end = true }

--- builder:report{observation_period_end = nil, train_period_end = nil}: what was read, and what a summary with
-- these ends leaves out, as in loy_rfm_report: counts, amounts in minor units, times in seconds since 1970.
function Builder:report(named)
  named = arguments.check(named or {}, REPORT_NAMES, "report")
  local last, message, code = instant(rawget(named, "observation_period_end"), "observation_period_end")
  if last == nil then return nil, message, code end
  local train_last
  train_last, message, code = instant(rawget(named, "train_period_end"), "train_period_end")
  if train_last == nil then return nil, message, code end
  local values = table.pack(arguments.blame(BLAME,
    core.rfm_count(self._handle, UNITS.D, TICKS.D, last, train_last, self._decimals, false)))
  if values[1] == nil then return nil, values[2], values[3] end
  local report = {}
  for i, name in ipairs(REPORT) do report[name] = values[i] end
  return report
end

--- builder:tobytes(): the builder as a string, the same for the same purchases; Python reads it too.
function Builder:tobytes()
  local ok, message, code = sort_names(self)
  if ok == nil then return nil, message, code end
  local bytes
  bytes, message, code = core.rfm_serialize(self._handle)
  if bytes == nil then return nil, message, code end
  local parts = { HEAD:pack(MAGIC, 1, self._decimals, self._kind or 0, 0, #self._names) }
  for _, name in ipairs(self._names) do parts[#parts + 1] = ("<s4"):pack(name) end
  parts[#parts + 1] = bytes
  return table.concat(parts)
end

--- builder:close(): give its memory back now; it cannot be used any more.
function Builder:close() return core.rfm_builder_close(self._handle) end

--- rfm_builder_from_bytes(bytes, threads = 1): the builder that tobytes, here or in Python, wrote.
function rfm.rfm_builder_from_bytes(bytes, threads)
  if type(bytes) ~= "string" then
    error(("rfm_builder_from_bytes: expected a string, got %s"):format(type(bytes)), 2)
  end
  local function refuse(message, code) return nil, "bytes: " .. message, code or "ERR_FORMAT" end
  if bytes:sub(1, 8) ~= MAGIC or #bytes < HEAD:packsize() then return refuse "must be what tobytes gave" end
  local _, version, decimals, kind, zero, count, at = HEAD:unpack(bytes)
  if version ~= 1 then return refuse("must be of version 1", "ERR_VERSION") end
  local names, position = {}, {}
  while #names < count do
    local size = at + 3 <= #bytes and ("<I4"):unpack(bytes, at)
    if not size or at + 3 + size > #bytes then return refuse "must not be cut short" end
    local name = bytes:sub(at + 4, at + 3 + size)
    if #names > 0 and not before(names[#names], name) then return refuse "must not be damaged" end
    position[name] = #names
    names[#names + 1] = name
    at = at + 4 + size
  end
  if decimals > 9 or zero ~= 0 or count < 0 or (kind == TEXT) ~= (count > 0) or (kind > 8 and kind ~= TEXT) then
    return refuse "must not be damaged"
  end
  local handle, message, code = core.rfm_deserialize(bytes:sub(at), threads or 1)
  if handle == nil then return nil, message, code end
  if kind == TEXT then -- every id must have a name
    local label = core.ivec(count)
    for i = 1, count do label[i] = i - 1 end
    local ok
    ok, message, code = core.rfm_relabel(handle, label)
    if ok == nil then return nil, message, code end
  end
  return setmetatable({ _handle = handle, _decimals = decimals, _names = names, _position = position, _sorted = true,
    _kind = kind ~= 0 and (kind == TEXT and TEXT or INTEGERS) or nil }, builder_metatable)
end

-- ---- in one call ---------------------------------------------------------------------------------------------------

--- Split named arguments among a builder, a push and a question.
local function one_call(named, question, where)
  local parts = { {}, {}, {} }
  if type(named) ~= "table" then error(("%s: expected a table of named arguments"):format(where), 4) end
  for name, value in next, named do
    local known = false
    for i, names in ipairs { BUILDER_NAMES, PUSH_NAMES, question } do
      if names[name] then parts[i][name], known = value, true end
    end
    if not known then error(("%s: there is no argument '%s'"):format(where, tostring(name)), 4) end
  end
  return table.unpack(parts)
end

--- For the modules of this wing: a builder of one log, and the arguments of the question, whose names are `question`; or
-- nil, message, code.
function rfm.read(named, question, where)
  local build, push, rest = one_call(named, question, where)
  local builder, message, code = rfm.rfm_builder(build)
  if builder == nil then return nil, message, code end
  local pushed
  pushed, message, code = builder:push(push)
  if pushed == nil then
    builder:close()
    return nil, message, code
  end
  return builder, rest
end

local function ask(named, question, where, method)
  local builder, rest, code = rfm.read(named, question, where)
  if builder == nil then return nil, rest, code end
  local out, message
  out, message, code = builder[method](builder, rest)
  builder:close()
  if out == nil then return nil, message, code end
  return out
end

--- rfm_summary{customer = , time = , amount = nil, ...}: with the arguments of rfm_builder, builder:push and
-- builder:summary. Gives {customer_id = , frequency = , recency = , T = , monetary_value = } and litt when asked for:
-- vecs, and ids as an ivec or a table of strings, in their order.
function rfm.rfm_summary(named) return ask(named, SUMMARY_NAMES, "rfm_summary", "summary") end

--- rfm_train_test_split{customer = , time = , amount = nil, train_period_end = , test_period_end = nil, ...}: the
-- same for builder:train_test_split.
function rfm.rfm_train_test_split(named)
  return ask(named, SPLIT_NAMES, "rfm_train_test_split", "train_test_split")
end

--- day{1997, 9, 30} or day"1997-09-30": days since 1970-01-01; nil, message, code for what is no date.
function rfm.day(date)
  if type(date) == "table" then return core.day_from_civil(date[1], date[2], date[3]) end
  return core.day_from_iso(date)
end

return rfm
