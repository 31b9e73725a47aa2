--- How sure the models are of what they say. For the modules of this library.
--
-- A table with estimate, std_error, lower, upper (numbers for numbers, vecs for columns), status ("OK", or
-- "NOTICE_AT_BOUND" when a parameter without a standard error counts as known) and bad, the count of bad rows.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"

local intervals = {}

--- Vecs of length n under these names, which come back in order too.
local function results(n, names)
  local out, list = {}, {}
  for i, name in ipairs(names) do
    list[i] = core.vec(n)
    out[name] = list[i]
  end
  return out, list
end

--- Finish a table of results: its first elements when numbers came in.
local function answer(out, scalar, status, bad)
  if scalar then
    for name, column in pairs(out) do out[name] = column[1] end
  end
  out.status, out.bad = status, bad
  return out
end

--- The columns of a call, all of them, as vecs: columns, n (nil when all were numbers).
local function vecs(columns, n)
  local list = {}
  for i, column in ipairs(columns) do list[i] = n == nil and core.vec(1, column) or column end
  return list, n or 1
end

--- A quantity for columns in the order of prediction.h: question = {quantity, t, delta, n}.
function intervals.quantity(object, question, columns, n, level, coerce, blamed)
  local list, length = vecs(columns, n)
  local out, into = results(length, { "estimate", "std_error", "lower", "upper" })
  local status, bad, code = arguments.blame(blamed, core.prediction_interval_batch(core.vec(object:row()), question[1],
    question[2] or 0.0, question[3] or 0.0, question[4] or 0.0, list[1], list[2], list[3], object.threads, level,
    into[1], into[2], into[3], into[4], coerce))
  if status == nil then return nil, bad, code end
  return answer(out, n == nil, status, bad)
end

--- Numbers of purchases: lower and upper.
function intervals.counts(object, columns, n, future_t, level, coerce, blamed)
  local list, length = vecs(columns, n)
  local out, into = results(length, { "lower", "upper" })
  local status, bad, code = arguments.blame(blamed, core.purchase_interval_batch(core.vec(object:row()), list[1],
    list[2], list[3], future_t, level, object.threads, into[1], into[2], coerce))
  if status == nil then return nil, bad, code end
  return answer(out, n == nil, status, bad)
end

--- Lifetime value: terms = {margin, horizon, discount_rate, period, time unit}.
function intervals.clv(object, spend, columns, n, terms, level, threads, coerce, blamed)
  local list, length = vecs(columns, n)
  local out, into = results(length, { "estimate", "std_error", "lower", "upper" })
  local m, h, d, p, u = table.unpack(terms)
  local status, bad, code = arguments.blame(blamed, core.clv_interval_batch(core.vec(object:row()),
    core.vec(spend:row()), list[1], list[2], list[3], list[4], level, m, h, d, p, u, threads, into[1], into[2], into[3],
    into[4], coerce))
  if status == nil then return nil, bad, code end
  return answer(out, n == nil, status, bad)
end

return intervals
