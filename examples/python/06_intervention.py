"""An engine chooses what to do for each customer.

An intervention lifts satisfaction by a little and costs money; where competition is high, the same lift is worth little
to the dissatisfied and much to the nearly satisfied: dL/ds decides.
"""

import loyalty as loy

curve = loy.LoyaltyCurve(delta=0.05)
competition, margin, discount_rate = 0.85, 40, 0.10
interventions = [("apology", 0.03, 1), ("voucher", 0.08, 5), ("priority service", 0.15, 25)]

for satisfaction in (0.35, 0.60, 0.75, 0.80):
    worth = loy.value.satisfaction_worth(curve, margin, satisfaction, competition, discount_rate=discount_rate)
    best, best_gain = "nothing pays", 0.0
    for name, lift, cost in interventions:
        step = loy.value.satisfaction_invest(
            curve, margin, satisfaction, satisfaction + lift, competition, customers=1, cost=cost,
            discount_rate=discount_rate,
        )  # fmt: skip
        gain = step.gain - cost
        if gain > best_gain:
            best, best_gain = f"{name}, net {gain:.4f}", gain
    print(
        f"satisfaction {satisfaction:.2f}: dL/ds {worth.retention_slope:.4f}, "
        f"a point is worth {worth.value_slope / 100:.4f}: {best}"
    )
