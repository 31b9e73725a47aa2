-- From answers to the curve: 8,000 customers in four markets said how satisfied they were, and bought again or not. The
-- fit gives the parameters, what they predict, the satisfaction that a target needs, and whether captivity and attrition
-- are there at all.
local loyalty = require "loyalty"
local response = loyalty.response

local rating, competition = {}, {}
for i, c in ipairs { 0.20, 0.50, 0.80, 0.95 } do
  for x = 1, 5 do rating[5 * (i - 1) + x], competition[5 * (i - 1) + x] = x, c end
end
local function rows(fixed)
  return {
    satisfaction = assert(response.satisfaction { rating = rating, padding = 0.5 }), competition = competition,
    loyal = { 218, 294, 341, 367, 381, 112, 177, 253, 322, 371, 41, 74, 134, 225, 340, 10, 22, 47, 105, 259 },
    trials = 400, fixed = fixed,
  }
end

local fit = assert(response.curve {}:fit(rows {}))
for _, name in ipairs { "alpha", "beta", "gamma", "a", "delta" } do
  print(("%-5s %.6f +- %.6f"):format(name, fit.params_[name], fit.std_errors_[name]))
end
print(("log-likelihood %.6f"):format(fit.log_likelihood_))
local at = assert(fit:predict(0.65, 0.7))
print(("loyalty at s = 0.65, c = 0.7: %.6f, from %.6f to %.6f"):format(at.value, at.lower, at.upper))
local needed = assert(fit:required_satisfaction_interval(0.75, 0.7))
print(("loyalty 0.75 needs satisfaction %.6f, from %.6f to %.6f"):format(needed.value, needed.lower, needed.upper))
local plain = assert(response.curve { a = 0 }:fit(rows { "a", "delta" }))
local test = assert(fit:likelihood_ratio_test(plain))
print(("without captivity and attrition: likelihood ratio %.6f, p-value %.3e"):format(test.statistic, test.p_value))
local goodness = assert(plain:goodness_of_fit(rows()))
print(("its deviance %.6f on %d degrees of freedom, p-value %.3e"):format(goodness.deviance, goodness.df,
  goodness.p_deviance))
