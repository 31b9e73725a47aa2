"""From answers to the curve.

8,000 customers in four markets said how satisfied they were, and bought again or not. The fit gives the parameters,
what they predict, the satisfaction that a target needs, and whether captivity and attrition are there at all.
"""

import numpy as np

import loyalty as loy

stayed = [218, 294, 341, 367, 381, 112, 177, 253, 322, 371, 41, 74, 134, 225, 340, 10, 22, 47, 105, 259]
rows = {
    "satisfaction": loy.response.satisfaction(np.tile([1, 2, 3, 4, 5], 4), padding=0.5),
    "competition": np.repeat([0.20, 0.50, 0.80, 0.95], 5),
    "loyal": stayed,
    "trials": [400] * 20,
}
fit = loy.LoyaltyCurve().fit(**rows, fixed=())
for name, value in fit.params_.items():
    print(f"{name:<5} {value:.6f} +- {fit.std_errors_[name]:.6f}")
print(f"log-likelihood {fit.log_likelihood_:.6f}")
at = fit.predict(0.65, 0.7)
print(f"loyalty at s = 0.65, c = 0.7: {at.value:.6f}, from {at.lower:.6f} to {at.upper:.6f}")
needed = fit.required_satisfaction_interval(0.75, 0.7)
print(f"loyalty 0.75 needs satisfaction {needed.value:.6f}, from {needed.lower:.6f} to {needed.upper:.6f}")
plain = loy.LoyaltyCurve(a=0).fit(**rows, fixed=("a", "delta"))
test = fit.likelihood_ratio_test(plain)
print(f"without captivity and attrition: likelihood ratio {test.statistic:.6f}, p-value {test.p_value:.3e}")
goodness = plain.goodness_of_fit(**rows)
print(f"its deviance {goodness.deviance:.6f} on {goodness.df} degrees of freedom, p-value {goodness.p_deviance:.3e}")
