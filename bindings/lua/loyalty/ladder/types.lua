--- What the typologies of customers share: names by number, and classes of one customer or of columns.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local formulas = require "loyalty.formulas"

local types = {}

--- The name of no type, number -1: a score is missing.
types.UNKNOWN = "unknown"

--- names, names_zh = types.names(name_of, count): the names of types by number, from 0; -1 is "unknown".
function types.names(name_of, count)
  local names, chinese = {}, {}
  for number = -1, count - 1 do names[number], chinese[number] = name_of(number, false), name_of(number, true) end
  return names, chinese
end

--- A function of named arguments from a description: `where` its name, `columns` its inputs, `may_miss` (a set) those
-- that may be left out, `cuts` {name, default} pairs, `one` and `batch` the core's functions and `names` the types. For
-- numbers it gives the name of the type, for columns an ivec of types' numbers and the count of bad rows (with
-- errors = "coerce"). A default that is a function of the columns computes the cut from them.
function types.classifier(what)
  local known, is_column = { errors = true }, {}
  for _, name in ipairs(what.columns) do known[name], is_column[name] = true, true end
  for _, cut in ipairs(what.cuts) do known[cut[1]] = true end
  return function(named)
    arguments.check(named, known, what.where)
    local coerce = arguments.choice(arguments.optional(named, "errors", "raise"), { raise = 0, coerce = 1 }, "errors",
      what.where)
    local given, n = formulas.columns(named, what.columns, what.where, what.may_miss)
    local cuts = {}
    for i, cut in ipairs(what.cuts) do
      local value = arguments.optional(named, cut[1], cut[2])
      if value == cut[2] and type(value) == "function" then
        if not n then error(("%s: %s must be given for one customer"):format(what.where, cut[1]), 2) end
        local median, message, code = value(given, coerce == 1)
        if median == nil then return nil, message, code end
        value = median
      end
      cuts[i] = value
    end
    if not n then
      local values = table.move(cuts, 1, #cuts, 1, {})
      for i = 1, #what.columns do values[#values + 1] = given[i] == nil and 0 / 0 or given[i] end
      local number, message, code = what.one(table.unpack(values))
      if number == nil then
        local column = coerce == 1 and code == "ERR_DOMAIN" and message:match "^[%w_]+"
        if column and is_column[column] then return types.UNKNOWN end
        return nil, message, code
      end
      return what.names[number]
    end
    local out = core.ivec(n)
    local values, count = table.move(cuts, 1, #cuts, 1, {}), #cuts
    for i = 1, #what.columns do
      count = count + 1
      values[count] = given[i] ~= nil and formulas.column(given[i], n) or nil
    end
    values[count + 1], values[count + 2] = out, coerce == 1
    local bad, message, code = what.batch(table.unpack(values, 1, count + 2))
    if bad == nil then return nil, message, code end
    return out, bad
  end
end

return types
