--- Answers to several questions. For the modules of this wing.

local core = require "loyalty.core"

local questions = {}

--- The columns of answers one after the other, as the core takes them, how many there are, and how long each is.
function questions.columns(answers, where)
  local all, n = {}, nil
  if type(answers) ~= "table" or #answers == 0 then
    error(("%s: answers must be a table of columns, one for each question"):format(where), 3)
  end
  for j = 1, #answers do
    local column = answers[j]
    if type(column) == "table" then column = core.vec(column) end
    if type(column) ~= "userdata" then
      error(("%s: answers[%d] must be a vec or a table of numbers, not %s"):format(where, j, type(column)), 3)
    end
    n = n or #column
    if #column ~= n then
      error(("%s: answers[%d] must be as long as answers[1]"):format(where, j), 3)
    end
    all[j] = column:tobytes()
  end
  return core.vec_from_bytes(table.concat(all)), #answers, n
end

--- One number for each of so many questions, of a number or a table.
function questions.each(value, items, name, where)
  if type(value) == "number" then return core.vec(items, value) end
  if type(value) == "table" then value = core.vec(value) end
  if type(value) ~= "userdata" or #value ~= items then
    error(("%s: %s must be a number, or one for each question"):format(where, name), 3)
  end
  return value
end

--- Pass results on; nil, message, code get the caller's names. A bad answer is in a row; what is wrong with a question
-- has its number.
function questions.blame(value, message, code, ...)
  if value ~= nil or type(message) ~= "string" then return value, message, code, ... end
  if code == "ERR_DOMAIN" then message = message:gsub("^answer%[(%d+)%]", "answers, row %1") end
  message = message:gsub("^answer([:%[])", "answers%1"):gsub("^weight([:%[])", "weights%1")
  return nil, (message:gsub("^items: must be", "answers: must be columns,")), code
end

return questions
