--- Dick and Basu's four kinds of loyalty.

local core = require "loyalty.core"
local types = require "loyalty.ladder.types"

local dick_basu = {}

--- Names by number, from 0; -1 is "unknown".
dick_basu.dick_basu_types, dick_basu.dick_basu_types_zh = types.names(core.dick_basu_name, 4)

--- dick_basu{attitude = , rival = nil, patronage = , relative_above = 0, attitude_from = 0.5, patronage_from = 0.5,
-- errors = "raise"}: none, spurious, latent or true. Without a rival (nil or NaN) the own attitude decides. For vecs or
-- tables an ivec of numbers in dick_basu_types.
dick_basu.dick_basu = types.classifier {
  where = "dick_basu", columns = { "attitude", "rival", "patronage" }, may_miss = { rival = true }, one = core.dick_basu,
  batch = core.dick_basu_batch, names = dick_basu.dick_basu_types,
  cuts = { { "relative_above", 0 }, { "attitude_from", 0.5 }, { "patronage_from", 0.5 } },
}

return dick_basu
