"""How sure is a Net Promoter Score? Fifty promoters, thirty passives, twenty detractors."""

import loyalty as loy

nps = loy.nps_from_counts(50, 30, 20)
lower, upper = nps.interval(level=0.95)
print(f"NPS {nps.score:.2f}, standard error {nps.standard_error:.4f}")
print(f"95% interval {lower:.4f} to {upper:.4f}")
