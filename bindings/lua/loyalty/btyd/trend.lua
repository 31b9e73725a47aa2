--- Whether yearly amounts rise, and by how much a year.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local formulas = require "loyalty.formulas"

local trend = {}

local BLAME = { amount = "amounts", years = "amounts" }

--- trend(amounts, level = 0.95): slope of Theil and Sen with its limits, and the test of Mann and Kendall. amounts = {2020,
-- 2021, ...} has an entry for each year, the earliest first: numbers for one customer; vecs or tables of one length for
-- many. NaN is a missing year. Gives slope, lower, upper, tau, p_value: numbers, with s and known, or vecs, with skipped
-- (customers with fewer than two known years, who have NaN) and status.
function trend.trend(amounts, level)
  local all, n = formulas.stack(amounts, "amounts", "trend", 3)
  level = level == nil and 0.95 or level
  if n == nil then
    local known, s, tau, p_value, slope, lower, upper = arguments.blame(BLAME, core.trend_of(all, level))
    if known == nil then return nil, s, tau end
    return { slope = slope, lower = lower, upper = upper, tau = tau, p_value = p_value, s = s, known = known }
  end
  local out = {
    slope = core.vec(n), lower = core.vec(n), upper = core.vec(n), tau = core.vec(n), p_value = core.vec(n),
  }
  local status, bad, skipped = arguments.blame(BLAME, core.trend_batch(all, #amounts, level, out.slope, out.lower,
    out.upper, out.tau, out.p_value, false))
  if status == nil then return nil, bad, skipped end
  out.status, out.skipped = status, skipped
  return out
end

return trend
