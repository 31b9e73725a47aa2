--- Kumar, Petersen and Leone's groups of customers by lifetime and referral value.

local core = require "loyalty.core"
local median_cut = require "loyalty.ladder.median_cut"
local types = require "loyalty.ladder.types"

local groups = {}

--- Names by number, from 0; -1 is "unknown".
groups.kumar_petersen_leone_types, groups.kumar_petersen_leone_types_zh = types.names(core.kumar_petersen_leone_name, 4)

--- kumar_petersen_leone{clv = , crv = , clv_from = median, crv_from = median, errors = "raise"}: miser, advocate, affluent
-- or champion. For one customer the cuts must be given. For vecs or tables an ivec of numbers in
-- kumar_petersen_leone_types.
groups.kumar_petersen_leone = types.classifier {
  where = "kumar_petersen_leone", columns = { "clv", "crv" }, one = core.kumar_petersen_leone,
  batch = core.kumar_petersen_leone_batch, names = groups.kumar_petersen_leone_types,
  cuts = { { "clv_from", median_cut.of(1, "clv", -1e40) }, { "crv_from", median_cut.of(2, "crv", -1e40) } },
}

return groups
