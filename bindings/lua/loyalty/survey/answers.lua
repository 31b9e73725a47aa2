--- Answers that are words, and names of enumerators.

local core = require "loyalty.core"

local answers = {}

--- names, names_zh = answers.names(name_of, first, last): the names of enumerators first to last, by number.
function answers.names(name_of, first, last)
  local names, chinese = {}, {}
  for number = first, last do names[number], chinese[number] = name_of(number, false), name_of(number, true) end
  return names, chinese
end

--- The numbers of words: {like = 1, ...}, from any lists of names by number.
function answers.words(...)
  local words = {}
  for _, names in ipairs { ... } do
    for number, name in pairs(names) do words[name] = number end
  end
  return words
end

--- An answer, or a table of them, with words replaced by their numbers. Other values are handed on.
function answers.numbers(value, words, where, name)
  if type(value) == "string" then
    return words[value] or error(("%s: '%s' is no answer to %s"):format(where, value, name), 3)
  end
  if type(value) ~= "table" then return value end
  local list = {}
  for i = 1, #value do
    local own = value[i]
    if type(own) == "string" then
      own = words[own] or error(("%s: %s[%d]: '%s' is no answer"):format(where, name, i, own), 3)
    end
    list[i] = own
  end
  return core.vec(list)
end

return answers
