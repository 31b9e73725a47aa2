--- Square tables and vectors of numbers. For the modules of this wing. Wrong shapes and kinds raise, in the name of the
-- caller's caller: `name` is the argument, `where` the function.

local core = require "loyalty.core"

local matrix = {}

local function holds_numbers(value) return type(value) == "table" or type(value) == "userdata" end

--- vec, n = matrix.square(value, name, where): the rows {{.9, .1}, {.2, .8}}, each a table or a vec, as one vec.
function matrix.square(value, name, where)
  if type(value) ~= "table" or #value == 0 then
    error(("%s: %s must be a table of rows, as {{.9, .1}, {.2, .8}}"):format(where, name), 3)
  end
  local n, all = #value, {}
  for i = 1, n do
    local row = value[i]
    if not holds_numbers(row) or #row ~= n then
      error(("%s: %s[%d] must be a row of %d numbers, as there are %d rows"):format(where, name, i, n, n), 3)
    end
    for j = 1, n do
      local x = row[j]
      if type(x) ~= "number" then
        error(("%s: %s[%d] must hold numbers, not %s"):format(where, name, i, type(x)), 3)
      end
      all[#all + 1] = x
    end
  end
  return core.vec(all), n
end

--- matrix.rows(vec, n[, columns]): a table of n rows, each a table of numbers.
function matrix.rows(vec, n, columns)
  local rows = {}
  columns = columns or n
  for i = 1, n do rows[i] = columns > 0 and vec:totable((i - 1) * columns + 1, i * columns) or {} end
  return rows
end

--- matrix.vector(value, name, n, where): n numbers, a vec or a table, as a vec.
function matrix.vector(value, name, n, where)
  if not holds_numbers(value) or #value ~= n then
    error(("%s: %s must be a vec or a table of %d numbers"):format(where, name, n), 3)
  end
  if type(value) == "userdata" then return value end
  for i = 1, n do
    if type(value[i]) ~= "number" then
      error(("%s: %s[%d] must be a number, not %s"):format(where, name, i, type(value[i])), 3)
    end
  end
  return core.vec(value)
end

return matrix
