--- Names of the kinds of trust that loyalty rests on.

local core = require "loyalty.core"
local types = require "loyalty.ladder.types"

local trust = {}

--- Names by number, from 0; -1 is "unknown".
trust.trust_resiliences, trust.trust_resiliences_zh = types.names(core.trust_resilience_name, 2)
trust.trust_bases, trust.trust_bases_zh = types.names(core.trust_basis_name, 2)
trust.trust_strengths, trust.trust_strengths_zh = types.names(core.trust_strength_name, 3)

return trust
