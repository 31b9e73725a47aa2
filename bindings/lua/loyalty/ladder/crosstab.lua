--- How many customers are of each type, and how they moved between two times.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"

local crosstab = {}

local SHARES = { customers = true, types = true, level = true }
local CROSS = { before = true, after = true, types = true, level = true }

--- How many types a table of names by number, from 0, has.
local function count_of(named, where)
  local types = arguments.need(named, "types", where)
  if type(types) ~= "table" or types[0] == nil then
    error(("%s: types must be a table of names, counted from 0"):format(where), 3)
  end
  return types, #types + 1
end

--- type_shares{customers = , types = , level = 0.95}: customers is an ivec (or table) of types as the typologies give it,
-- types their names, such as jones_sasser_types. The result has for each name in .types a table {count, share, lower,
-- upper} with the Wilson interval, .n and .unknown.
function crosstab.type_shares(named)
  arguments.check(named, SHARES, "type_shares")
  local names, k = count_of(named, "type_shares")
  local count = core.ivec(k)
  local blamed <const> = { type = "customers", count = "customers" }
  local unknown, message, code =
    arguments.blame(blamed, core.type_counts(arguments.need(named, "customers", "type_shares"), count))
  if unknown == nil then return nil, message, code end
  local share, lower, upper = core.vec(k), core.vec(k), core.vec(k)
  local ok
  ok, message, code = arguments.blame(blamed,
    core.shares_from_counts(count, arguments.optional(named, "level", 0.95), share, lower, upper))
  if ok == nil then return nil, message, code end
  local found = {}
  for i = 1, k do
    found[names[i - 1]] = { count = count[i], share = share[i], lower = lower[i], upper = upper[i] }
  end
  return { types = found, n = count:sum(), unknown = unknown }
end

local function rows(column, k)
  local all = {}
  for i = 1, k do all[i] = column:totable((i - 1) * k + 1, i * k) end
  return all
end

--- crosstab{before = , after = , types = , level = 0.95}: types of the same customers at two times, as in type_shares. The
-- result has .counts, .shares, .lower and .upper (rows of tables, from 1, in the order of types), .moved (the share of all
-- who changed), .moved_lower, .moved_upper, .n, .unknown and .status ("NOTICE_NONE" when nobody was of some type).
function crosstab.crosstab(named)
  arguments.check(named, CROSS, "crosstab")
  local _, k = count_of(named, "crosstab")
  local level = arguments.optional(named, "level", 0.95)
  local count = core.ivec(k * k)
  local unknown, message, code =
    core.crosstab(arguments.need(named, "before", "crosstab"), arguments.need(named, "after", "crosstab"), count)
  if unknown == nil then return nil, message, code end
  local share, lower, upper = core.vec(k * k), core.vec(k * k), core.vec(k * k)
  local status
  status, message, code = arguments.blame({ count = "before" }, core.crosstab_shares(count, level, share, lower, upper))
  if status == nil then return nil, message, code end
  local _, moved, moved_lower, moved_upper = core.crosstab_moved(count, level)
  return {
    counts = rows(count, k), shares = rows(share, k), lower = rows(lower, k), upper = rows(upper, k), moved = moved,
    moved_lower = moved_lower, moved_upper = moved_upper, n = count:sum(), unknown = unknown, status = status,
  }
end

return crosstab
