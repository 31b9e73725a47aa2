-- How satisfaction becomes loyalty in a market: competition from shares, the curve, its threshold, and the satisfaction
-- that a target needs.
local loyalty = require "loyalty"

local market = assert(loyalty.response.market_structure { shares = { 0.4, 0.3, 0.2, 0.1 } })
local curve = assert(loyalty.response.curve {})
print(("competition %.4f, effective suppliers %.4f"):format(market.index, market.effective_suppliers))
for rating = 1, 5 do
  print(("satisfaction %d: loyalty %.6f"):format(rating, curve:loyalty((rating - 1) / 4, market.index)))
end
print(("effort pays above satisfaction %.6f"):format(curve:thresholds(market.index)[1]))
print(("loyalty 0.8 needs satisfaction %.6f"):format(curve:required_satisfaction(0.8, market.index)))
