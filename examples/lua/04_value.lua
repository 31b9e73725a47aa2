-- What is a customer worth over the next year? Two purchases after the first, the last in week 30 of 39, 35 a purchase;
-- 10 % a year; a weekly model.
local loyalty = require "loyalty"

local purchases = loyalty.btyd.bgnbd { r = 0.2425945, alpha = 4.4136022, a = 0.7929220, b = 2.4259068, time_unit = "W" }
local spend = loyalty.btyd.gamma_gamma { p = 6.25, q = 3.74, v = 15.44 }
local value = assert(loyalty.value.predict {
  model = purchases, spend_model = spend, frequency = 2, recency = 30, T = 39, monetary_value = 35,
  horizon = 52, discount_rate = 0.10, discount_period = "year",
})
print(("alive %.6f"):format(value.p_alive))
print(("purchases %.6f at %.6f"):format(value.expected_purchases, value.expected_spend))
print(("worth %.6f"):format(value.clv))
