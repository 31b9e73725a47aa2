--- Rowley's four kinds of loyal customers.

local core = require "loyalty.core"
local types = require "loyalty.ladder.types"

local rowley = {}

--- Names by number, from 0; -1 is "unknown".
rowley.rowley_types, rowley.rowley_types_zh = types.names(core.rowley_name, 4)

--- rowley{attitude = , behaviour = , attitude_from = 0.5, behaviour_from = 0.5, errors = "raise"}: captive,
-- convenience-seeker, contented or committed. For vecs or tables an ivec of numbers in rowley_types.
rowley.rowley = types.classifier {
  where = "rowley", columns = { "attitude", "behaviour" }, one = core.rowley, batch = core.rowley_batch,
  names = rowley.rowley_types, cuts = { { "attitude_from", 0.5 }, { "behaviour_from", 0.5 } },
}

return rowley
