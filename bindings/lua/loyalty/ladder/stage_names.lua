--- Stages by name, in arguments and answers of a ladder. For the modules of this wing. Wrong names and kinds raise:
-- `argument` is where they stood, `where` the function; `level` is that of error, 1 for the caller of these functions.

local matrix = require "loyalty.ladder.matrix"
local stage = require "loyalty.ladder.stage"

local stage_names = {}

--- names, position = list(given, n, where, level): the names of n stages, and the position of each. nil stands for the
-- stages of the ladder, when there are five or six.
function stage_names.list(given, n, where, level)
  local names, position = {}, {}
  if given == nil then
    if n ~= 5 and n ~= 6 then error(("%s: stages is missing"):format(where), level + 1) end
    given = table.move(stage.stages, 0, n - 1, 1, {})
  end
  if type(given) ~= "table" or #given < 2 then
    error(("%s: stages must be two names or more, from the bottom up"):format(where), level + 1)
  end
  for i, name in ipairs(given) do
    if position[name] then error(("%s: stages must be different; '%s' is twice"):format(where, name), level + 1) end
    names[i], position[name] = name, i
  end
  return names, position
end

--- The position of a stage.
function stage_names.place(position, name, argument, where, level)
  if name ~= nil and position[name] then return position[name] end
  return error(("%s: %s: '%s' is not a stage"):format(where, argument, tostring(name)), level + 1)
end

--- The positions of a stage or a table of them; nil for nil.
function stage_names.places(position, list, argument, where, level)
  if list == nil then return nil end
  if type(list) ~= "table" then list = { list } end
  local found = {}
  for i, name in ipairs(list) do found[i] = stage_names.place(position, name, argument, where, level + 1) end
  return found
end

--- Rows of `fill`, with what {from = {to = value}} says in its place.
function stage_names.rows(named, position, n, fill, argument, where, level)
  local rows = {}
  for i = 1, n do
    rows[i] = {}
    for j = 1, n do rows[i][j] = fill end
  end
  for from, row in pairs(named) do
    if type(row) ~= "table" then error(("%s: %s must hold tables by name"):format(where, argument), level + 1) end
    local i = stage_names.place(position, from, argument, where, level + 1)
    for to, value in pairs(row) do rows[i][stage_names.place(position, to, argument, where, level + 1)] = value end
  end
  return rows
end

--- One number for each stage as a vec: a vec or table of them in the order of the stages, or a table by name, in which a
-- stage that is left out has 0. Raises at the caller's caller.
function stage_names.vector(position, value, argument, n, where)
  local listed = type(value) ~= "table" or #value == n or #value > 0 and not position[1]
  if not listed then
    local list = {}
    for i = 1, n do list[i] = 0 end
    for name, number in pairs(value) do list[stage_names.place(position, name, argument, where, 3)] = number end
    value = list
  end
  return matrix.vector(value, argument, n, where)
end

--- A vec or table with one value for each stage, by name; nil for nil.
function stage_names.keyed(stages, values)
  if values == nil then return nil end
  local named = {}
  for i, name in ipairs(stages) do named[name] = values[i] end
  return named
end

--- Results of the core; a message about an entry of `argument[i]` names the stage.
function stage_names.blame(stages, value, message, code, ...)
  if value ~= nil or type(message) ~= "string" then return value, message, code, ... end
  local argument, i, rest = message:match("^([%w_]+)%[(%d+)%]: (.*)$")
  local name = i and stages[math.tointeger(i)]
  if name ~= nil then message = ("%s: '%s' %s"):format(argument, name, rest) end
  return nil, message, code
end

return stage_names
