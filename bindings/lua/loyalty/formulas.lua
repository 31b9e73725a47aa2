--- A closed formula over a number or a column.

local core = require "loyalty.core"

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

return formulas
