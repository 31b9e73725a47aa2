"""How satisfaction becomes loyalty in a market: competition from shares, the curve, its threshold, and the satisfaction
that a target needs."""

import loyalty as loy

market = loy.response.market_structure([0.4, 0.3, 0.2, 0.1])
curve = loy.LoyaltyCurve()
print(f"competition {market.index:.4f}, effective suppliers {market.effective_suppliers:.4f}")
for rating in range(1, 6):
    print(f"satisfaction {rating}: loyalty {curve.loyalty((rating - 1) / 4, market.index):.6f}")
(threshold,) = curve.thresholds(market.index)
print(f"effort pays above satisfaction {threshold:.6f}")
print(f"loyalty 0.8 needs satisfaction {curve.required_satisfaction(0.8, market.index):.6f}")
