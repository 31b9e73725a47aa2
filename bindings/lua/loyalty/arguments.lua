--- Named arguments. For the modules of this library.

local arguments = {}

--- Check a table of named arguments against the names a function knows, so that a misspelt name is an error and not a
-- silent default. `names` is a set {scores = true, ...}; `where` is the function's name for the message.
function arguments.check(given, names, where)
  if type(given) ~= "table" then
    error(("%s: expected a table of named arguments, got %s"):format(where, type(given)), 3)
  end
  for name in next, given do
    if not names[name] then
      local shown = type(name) == "string" and "'" .. name .. "'" or tostring(name)
      error(("%s: there is no argument %s"):format(where, shown), 3)
    end
  end
  return given
end

--- A required argument: raises when it is nil.
function arguments.need(given, name, where)
  local value = rawget(given, name)
  if value == nil then error(("%s: %s is missing"):format(where, name), 3) end
  return value
end

--- An optional argument.
function arguments.optional(given, name, default)
  local value = rawget(given, name)
  if value == nil then return default end
  return value
end

--- One of several names, as its number: choice("wald", {wald = 1}, "method", where).
function arguments.choice(value, numbers, name, where)
  local number = type(value) == "string" and numbers[value] or nil
  if number == nil then
    local known = {}
    for key in pairs(numbers) do known[#known + 1] = "'" .. key .. "'" end
    table.sort(known)
    error(("%s: %s must be one of %s"):format(where, name, table.concat(known, ", ")), 3)
  end
  return number
end

--- Pass results on; when they are nil, message, code, let the message begin with the caller's name for the argument:
-- blame({score = "scores"}, core.nps_from_scores(...)).
function arguments.blame(names, value, message, ...)
  if value ~= nil or type(message) ~= "string" then return value, message, ... end
  local argument, rest = message:match("^([%w_]+)([:%[].*)$")
  return nil, argument and names[argument] and names[argument] .. rest or message, ...
end

--- Make a class: objects are tables whose methods are found here; the metatable is hidden.
function arguments.class(name)
  local class = {}
  local metatable = { __index = class, __name = name, __metatable = false }
  return class, metatable
end

return arguments
