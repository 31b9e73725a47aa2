--- Closed formulas over rows, several answers for each: numbers in, a table of numbers out; columns in, vecs.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local formulas = require "loyalty.formulas"

local rows = {}

local TIMINGS <const> = { begin = 1, ["end"] = 2, end_first_sure = 3, mid = 4, continuous = 5 }
local ERRORS <const> = { raise = 0, coerce = 1 }
local BLAME <const> = { discount = "discount_rate" }

--- The set of the names of a function's arguments.
function rows.names(...)
  local set = {}
  for _, name in ipairs { ... } do set[name] = true end
  return set
end

--- When margins are paid, as the core takes it.
function rows.timing(named, where)
  return arguments.choice(arguments.need(named, "timing", where), TIMINGS, "timing", where)
end

--- Errors of the core in the caller's words; those of a single row (`point`) without the row.
function rows.blame(point, first, message, ...)
  if first == nil and point and type(message) == "string" then message = message:gsub("^([%w_]+)%[1%]", "%1") end
  return arguments.blame(BLAME, first, message, ...)
end

--- Answers of f(given..., outputs..., coerce). Texts in `given` name columns, which may be numbers; `defaults` has the
-- values of those that may be missing. A table of numbers, or of vecs, named by `outputs`, with status, and for columns
-- the count of bad rows. Functions without notices have the status "OK".
function rows.answer(named, where, f, given, outputs, defaults)
  local list, at, call = {}, {}, {}
  for i = 1, #given do
    if type(given[i]) == "string" then
      list[#list + 1] = given[i]
      at[given[i]] = i
    end
    call[i] = given[i]
  end
  local missing = {}
  for name in pairs(defaults or {}) do missing[name] = true end
  local columns, n = formulas.columns(named, list, where, missing)
  for i, name in ipairs(list) do
    call[at[name]] = formulas.column(columns[i] == nil and defaults[name] or columns[i], n or 1)
  end
  local coerce = arguments.choice(arguments.optional(named, "errors", "raise"), ERRORS, "errors", where) == 1
  local out = {}
  for i, name in ipairs(outputs) do
    out[name] = core.vec(n or 1)
    call[#given + i] = out[name]
  end
  call[#call + 1] = coerce
  local status, bad, code = rows.blame(not n, f(table.unpack(call)))
  if status == nil then return nil, bad, code end
  if type(status) == "number" then status, bad = "OK", status end
  if not n then
    for _, name in ipairs(outputs) do out[name] = out[name][1] end
  else
    out.bad = bad
  end
  out.status = status
  return out
end

return rows
