--- The gamma-Gompertz/NBD model of repeat purchases (Bemmaor and Glady 2012).
--
--   local model = ggomnbd{ r = .553, alpha = 10.578, b = .02, s = .603, beta = .26, time_unit = "W" }
--   local model = ggomnbd.fit{ frequency = x, recency = t_x, T = T, time_unit = "W" }
--   model:expected_purchases{ frequency = 2, recency = 30.43, T = 38.86, future_t = 39 }   -- numbers in, a number out
--   model:expected_purchases{ frequency = x, recency = t_x, T = T, future_t = 39 }         -- columns in, a vec out
--
-- Arguments and answers are those of loyalty.btyd.bgnbd. The risk of stopping grows with age.

local transactions = require "loyalty.btyd.transactions"

return transactions { name = "ggomnbd", kind = 6, parameters = { "r", "alpha", "b", "s", "beta" } }
