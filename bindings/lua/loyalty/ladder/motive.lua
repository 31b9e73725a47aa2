--- Why customers stay.

local core = require "loyalty.core"
local types = require "loyalty.ladder.types"

local motive = {}

--- Names by number, from 0; -1 is "unknown".
motive.motives, motive.motives_zh = types.names(core.motive_name, 9)

--- motive{kinship = , incentive_share = , patronage = , relative_attitude = , incentive_from = 0.5, patronage_from = 0.5,
-- relative_above = 0, errors = "raise"}: kinship, incentive, inertia or none. Kinship is 0 or 1. For vecs or tables an ivec
-- of numbers in motives.
motive.motive = types.classifier {
  where = "motive", columns = { "kinship", "incentive_share", "patronage", "relative_attitude" }, one = core.motive,
  batch = core.motive_batch, names = motive.motives,
  cuts = { { "incentive_from", 0.5 }, { "patronage_from", 0.5 }, { "relative_above", 0 } },
}

return motive
