--- Columns of text, dates and whole numbers. For the modules of this library.

local core = require "loyalty.core"

local columns = {}

--- Whether a column is a table of strings.
function columns.is_list_of_text(column) return type(column) == "table" and type(column[1]) == "string" end

--- The column `time` of dates "YYYY-MM-DD" as days since 1970, in an ivec; or nil, message, code.
function columns.days(column)
  local out, known = core.ivec(#column), {}
  for i = 1, #column do
    local date = column[i]
    local day = known[date]
    if day == nil then
      if type(date) ~= "string" then
        return nil, ("time[%d]: must be a date like the others"):format(i), "ERR_DOMAIN"
      end
      local message
      day, message = core.day_from_iso(date)
      if day == nil then
        return nil, ("time[%d]: %s, not '%s'"):format(i, message:gsub("^text[^:]*: ", ""), date), "ERR_FORMAT"
      end
      known[date] = day
    end
    out[i] = day
  end
  return out
end

--- Whether a column is an ivec.
function columns.is_ivec(column)
  return type(column) == "userdata" and getmetatable(column) == false and tostring(column):find "^ivec" ~= nil
end

return columns
