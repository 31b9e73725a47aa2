--- How much choice customers have: the competition index C.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local formulas = require "loyalty.formulas"

local competition = {}

--- Industries by their English name: {competition = c, name_zh = }. Illustrative, after Jones and Sasser (1995).
competition.industries = {}
for number = 0, 4 do
  local name, chinese, c = core.industry(number)
  competition.industries[name] = { competition = c, name_zh = chinese }
end

local SHARES_NAMES = { shares = true, normalize = true }
local SHARES_BLAME = { share = "shares" }

local function shares_of(named, where)
  arguments.check(named, SHARES_NAMES, where)
  return arguments.blame(SHARES_BLAME, core.competition_from_shares(arguments.need(named, "shares", where),
    arguments.optional(named, "normalize", false)))
end

--- market_structure{shares = , normalize = false}: .index (competition c = 1 - HHI), .hhi, .effective_suppliers,
-- .normalized_hhi, .entropy, .entropy_suppliers, .suppliers.
function competition.market_structure(named)
  local index, hhi, effective, normalized, entropy, entropy_suppliers, suppliers = shares_of(named, "market_structure")
  if index == nil then return nil, hhi, effective end
  return {
    index = index, hhi = hhi, effective_suppliers = effective, normalized_hhi = normalized, entropy = entropy,
    entropy_suppliers = entropy_suppliers, suppliers = suppliers,
  }
end

--- competition_index{shares = , normalize = false}: c = 1 - HHI, from 0 (monopoly) towards 1.
function competition.competition_index(named)
  local index, message, code = shares_of(named, "competition_index")
  if index == nil then return nil, message, code end
  return index
end

--- competition_from_alternatives(k): c = 1 - 1/k for customers who would accept k suppliers, the present one among them.
function competition.competition_from_alternatives(alternatives)
  return formulas.over(alternatives, "competition_from_alternatives", "alternatives",
    function(x, out) return core.competition_from_alternatives(x, out, false) end)
end

local RATING_NAMES = { rating = true, categories = true }

--- competition_from_rating{rating = , categories = }: c = (rating - 1/2)/categories from the answer, 1 to categories, to
-- "how many good alternatives do you have?".
function competition.competition_from_rating(named)
  local where = "competition_from_rating"
  arguments.check(named, RATING_NAMES, where)
  local categories = arguments.need(named, "categories", where)
  return formulas.over(arguments.need(named, "rating", where), where, "rating",
    function(x, out) return core.competition_from_rating(categories, x, out, false) end)
end

--- competition_from_shares{shares = , normalize = false}: c = 1 - HHI of each customer from shares of its own: a table of
-- columns, one for each supplier; NaN counts as 0. With normalize = true choice sets of 1 and 0 will do: c = 1 - 1/k.
function competition.competition_from_shares(named)
  local where = "competition_from_shares"
  arguments.check(named, SHARES_NAMES, where)
  local all, n = formulas.stack(arguments.need(named, "shares", where), "shares", where, 3)
  if not n then error(where .. ": shares must be a table of columns", 2) end
  local out = core.vec(n)
  local ok, message, code = core.competition_from_shares_batch(all, arguments.optional(named, "normalize", false), out,
    false)
  if ok == nil then return arguments.blame(SHARES_BLAME, nil, message, code) end
  return out
end

--- clip_competition(c): the nearest c that the curve accepts, from 1e-9 to 1 - 1e-9.
function competition.clip_competition(index)
  return formulas.over(index, "clip_competition", "index", function(x, out) return core.competition_clip(x, out, false) end)
end

return competition
