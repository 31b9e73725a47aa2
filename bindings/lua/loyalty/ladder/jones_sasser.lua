--- Jones and Sasser's types of customers.

local core = require "loyalty.core"
local types = require "loyalty.ladder.types"

local jones_sasser = {}

--- Names by number, from 0; -1 is "unknown".
jones_sasser.jones_sasser_types, jones_sasser.jones_sasser_types_zh = types.names(core.jones_sasser_name, 6)

--- jones_sasser{satisfaction = , loyalty = , satisfied = 0.75, completely_satisfied = 1, dissatisfied = 0.25, loyal = 0.7,
-- devoted = 0.9, lost = 0.3, errors = "raise"}: terrorist, defector, hostage, mercenary, loyalist or apostle. Scores are
-- from 0 to 1; NaN is missing and gives "unknown". For vecs or tables an ivec of numbers in jones_sasser_types.
jones_sasser.jones_sasser = types.classifier {
  where = "jones_sasser", columns = { "satisfaction", "loyalty" }, one = core.jones_sasser, batch = core.jones_sasser_batch,
  names = jones_sasser.jones_sasser_types,
  cuts = {
    { "satisfied", 0.75 }, { "completely_satisfied", 1 }, { "dissatisfied", 0.25 }, { "loyal", 0.7 }, { "devoted", 0.9 },
    { "lost", 0.3 },
  },
}

return jones_sasser
