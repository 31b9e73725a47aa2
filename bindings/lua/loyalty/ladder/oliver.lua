--- Oliver's phases of loyalty.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local types = require "loyalty.ladder.types"

local oliver = {}

--- Names by number, from 0; a number is how many phases are passed. -1 is "unknown".
oliver.oliver_phases, oliver.oliver_phases_zh = types.names(core.oliver_name, 5)

local SCORES <const> = { "cognitive", "affective", "conative", "action" }

--- oliver{cognitive = , affective = , conative = , action = , passed_from = 0.7, errors = "raise"}: none, cognitive,
-- affective, conative or action. For vecs or tables an ivec of numbers in oliver_phases.
oliver.oliver = types.classifier {
  where = "oliver", columns = SCORES, one = core.oliver, batch = core.oliver_batch, names = oliver.oliver_phases,
  cuts = { { "passed_from", 0.7 } },
}

local NAMES = { passed_from = true }
for _, name in ipairs(SCORES) do NAMES[name] = true end

--- oliver_reproducibility{cognitive = , affective = , conative = , action = , passed_from = 0.7}: Guttman's coefficient
-- from vecs or tables: .reproducibility, .errors, .n, .missing and .acceptable (0.9 or more).
function oliver.oliver_reproducibility(named)
  arguments.check(named, NAMES, "oliver_reproducibility")
  local columns = {}
  for i, name in ipairs(SCORES) do columns[i] = arguments.need(named, name, "oliver_reproducibility") end
  local n, missing, errors, coefficient = core.oliver_reproducibility(arguments.optional(named, "passed_from", 0.7),
    table.unpack(columns))
  if n == nil then return nil, missing, errors end
  return { reproducibility = coefficient, errors = errors, n = n, missing = missing, acceptable = coefficient >= 0.9 }
end

return oliver
