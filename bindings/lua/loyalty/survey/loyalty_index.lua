--- The loyalty index of three answers, and how secure a customer is.

local core = require "loyalty.core"
local answers = require "loyalty.survey.answers"
local arguments = require "loyalty.arguments"
local csat = require "loyalty.survey.csat"
local formulas = require "loyalty.formulas"

local index = {}

--- Names by number: bands from 0 ("low"), recommendations from 1 ("impossible"), classes from 0 ("at risk").
index.repurchase_bands, index.repurchase_bands_zh = answers.names(core.repurchase_band_name, 0, 2)
index.recommendations, index.recommendations_zh = answers.names(core.recommendation_name, 1, 3)
index.securities, index.securities_zh = answers.names(core.security_name, 0, 3)

local WORDS = {
  satisfaction = answers.words(csat.csat_levels, csat.csat_levels_zh),
  recommendation = answers.words(index.recommendations, index.recommendations_zh),
}
local NAMES = {
  satisfaction = true, repurchase = true, recommendation = true, high_from = true, middle_from = true,
  use_probability = true, weights = true, errors = true,
}
local BLAME = { satisfaction_weight = "weights", repurchase_weight = "weights", recommendation_weight = "weights" }

--- loyalty_index{satisfaction = , repurchase = , recommendation = , high_from = 0.7, middle_from = 0.3, use_probability =
-- false, weights = {1, 1, 1}, errors = "raise"}: the weighted mean of the level of satisfaction (1 to 5), the band of the
-- probability to buy again and the recommendation (1 to 3); words will do for the first and the last. For numbers a table
-- with loyalty_index, band and security (names); for columns loyalty_index (vec), band and security (ivecs of numbers, -1
-- for a bad row) and bad.
function index.loyalty_index(named)
  local where <const> = "loyalty_index"
  arguments.check(named, NAMES, where)
  local weights = arguments.optional(named, "weights", { 1, 1, 1 })
  if type(weights) ~= "table" or #weights ~= 3 then error("loyalty_index: weights must be a table of three numbers", 2) end
  local coerce = arguments.choice(arguments.optional(named, "errors", "raise"), { raise = 0, coerce = 1 }, "errors", where)
  local columns = { repurchase = arguments.need(named, "repurchase", where) }
  for _, name in ipairs { "satisfaction", "recommendation" } do
    columns[name] = answers.numbers(arguments.need(named, name, where), WORDS[name], where, name)
  end
  local given, n = formulas.columns(columns, { "satisfaction", "repurchase", "recommendation" }, where)
  local high, middle = arguments.optional(named, "high_from", 0.7), arguments.optional(named, "middle_from", 0.3)
  local use = arguments.optional(named, "use_probability", false)
  if not n then
    local value, band, security = arguments.blame(BLAME, core.loyalty_index_of(high, middle, use, weights[1], weights[2],
      weights[3], given[1], given[2], given[3]))
    if value == nil then return nil, band, security end
    return { loyalty_index = value, band = index.repurchase_bands[band], security = index.securities[security] }
  end
  for i = 1, 3 do given[i] = formulas.column(given[i], n) end
  local out = { loyalty_index = core.vec(n), band = core.ivec(n), security = core.ivec(n) }
  local bad, message, code = arguments.blame(BLAME, core.loyalty_index_batch(high, middle, use, weights[1], weights[2],
    weights[3], given[1], given[2], given[3], out.loyalty_index, out.band, out.security, coerce == 1))
  if bad == nil then return nil, message, code end
  out.bad = bad
  return out
end

return index
