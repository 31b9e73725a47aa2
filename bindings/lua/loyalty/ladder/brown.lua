--- Brown's types of loyalty, from sequences of brands.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local types = require "loyalty.ladder.types"

local brown = {}

--- Names by number, from 0; -1 is "unknown".
brown.brown_types, brown.brown_types_zh = types.names(core.brown_name, 4)

local NAMES = { brands = true, undivided_from = true, per_brand = true, least = true }

--- brown{brands = , undivided_from = 1, per_brand = 2, least = 2}: the type of one customer from the brands in the order in
-- which they were bought, a table of strings or of numbers: .type (undivided, divided, unstable, none, unknown), .share of
-- the most bought brand, .runs, .entropy (from 0 for one brand to 1), .purchases and .brands.
function brown.brown(named)
  arguments.check(named, NAMES, "brown")
  local brands = arguments.need(named, "brands", "brown")
  if type(brands) ~= "table" then error("brown: brands must be a table", 2) end
  local number, count, codes = {}, 0, {}
  for i = 1, #brands do
    local brand = brands[i]
    if type(brand) ~= "string" and type(brand) ~= "number" or brand ~= brand then
      error(("brown: brands[%d] must be a string or a number"):format(i), 2)
    end
    if not number[brand] then number[brand], count = count, count + 1 end
    codes[i] = number[brand]
  end
  local kind, purchases, different, runs = core.ivec(1), core.ivec(1), core.ivec(1), core.ivec(1)
  local share, entropy = core.vec(1), core.vec(1)
  local ok, message, code = core.brown(arguments.optional(named, "undivided_from", 1), arguments.optional(named,
    "per_brand", 2), arguments.optional(named, "least", 2), core.ivec(codes), core.ivec { 0 }, kind, purchases, different,
    runs, share, entropy)
  if ok == nil then return nil, message, code end
  return {
    type = brown.brown_types[kind[1]], share = share[1], runs = runs[1], entropy = entropy[1], purchases = purchases[1],
    brands = different[1],
  }
end

return brown
