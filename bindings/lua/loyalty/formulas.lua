--- Closed formulas over numbers and columns.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"

local formulas = {}

--- Apply a function over columns to a vec, a table of numbers, or one number. The function gets the column and the
-- output; for one number the row is taken out of an error's message.
function formulas.over(value, where, name, apply)
  if type(value) == "number" then
    local out = core.vec(1)
    local ok, message, code = apply(core.vec { value }, out)
    if ok == nil then return nil, (message:gsub("^([%w_]+)%[1%]", "%1")), code end
    return out[1]
  end
  if type(value) == "table" then value = core.vec(value) end
  if type(value) ~= "userdata" then
    error(("%s: %s must be a number, a vec or a table of numbers, not %s"):format(where, name, type(value)), 3)
  end
  local out = core.vec(#value)
  local ok, message, code = apply(value, out)
  if ok == nil then return nil, message, code end
  return out
end

--- A column of n numbers from a number, a table or a vec.
function formulas.column(value, n)
  if type(value) == "number" then return core.vec(n, value) end
  if type(value) == "table" then return core.vec(value) end
  return value
end

--- The named columns, and their length; nil when all are numbers. Those of `may_miss` may be nil.
function formulas.columns(named, list, where, may_miss)
  local given, n = {}, nil
  for i, name in ipairs(list) do
    local value = rawget(named, name)
    if value == nil and not (may_miss and may_miss[name]) then value = arguments.need(named, name, where) end
    local kind = type(value)
    if kind == "table" or kind == "userdata" then
      n = n or #value
    elseif kind ~= "number" and value ~= nil then
      error(("%s: %s must be a number, a vec or a table of numbers, not %s"):format(where, name, kind), 3)
    end
    given[i] = value
  end
  return given, n
end

--- All columns of constraints one after the other, each of n numbers, as a curve with the vec `b` takes them; nil for
-- none. `name` is the caller's argument, `level` whom a misuse is blamed on.
function formulas.constraints(given, b, n, name, where, level)
  if given == nil then return nil end
  if type(given) ~= "table" or #given ~= #b then
    error(("%s: %s must be a table with one entry for each b"):format(where, name), level)
  end
  local all = {}
  for j = 1, #given do
    local k = formulas.column(given[j], n)
    if type(k) ~= "userdata" or #k ~= n then
      error(("%s: %s[%d] must be a number or as long as the other columns"):format(where, name, j), level)
    end
    for i = 1, n do all[#all + 1] = k[i] end
  end
  return core.vec(all)
end

--- Several columns one after the other, and their length, from a table of columns; the numbers of one row, and nil, from a
-- vec or a table of numbers. `name`, `where` and `level` as above.
function formulas.stack(given, name, where, level)
  if type(given) == "userdata" or type(given) == "table" and type(given[1]) == "number" then return given, nil end
  if type(given) ~= "table" or given[1] == nil then
    error(("%s: %s must be numbers, or a table of columns"):format(where, name), level)
  end
  local all, n = {}, nil
  for j, column in ipairs(given) do
    local kind = type(column)
    if kind ~= "table" and kind ~= "userdata" or #column ~= (n or #column) then
      error(("%s: %s[%d] must be a column as long as the others"):format(where, name, j), level)
    end
    n = #column
    for i = 1, n do all[#all + 1] = column[i] end
  end
  return core.vec(all), n
end

--- Pass results on; in an error of an element of `sequences`, handed over one after the other as `name`, the element is
-- named by its sequence and place: choices[5] becomes choices[2][3].
function formulas.placed(name, sequences, value, message, ...)
  if value ~= nil or type(message) ~= "string" then return value, message, ... end
  message = message:gsub("^" .. name .. "%[(%d+)%]", function(element)
    local place = math.tointeger(element)
    for i, sequence in ipairs(sequences) do
      if place <= #sequence then return ("%s[%d][%d]"):format(name, i, place) end
      place = place - #sequence
    end
  end)
  return value, message, ...
end

return formulas
