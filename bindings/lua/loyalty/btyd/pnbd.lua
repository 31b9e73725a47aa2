--- The Pareto/NBD model of repeat purchases (Schmittlein, Morrison and Colombo 1987).
--
--   local model = pnbd{ r = .553, alpha = 10.578, s = .606, beta = 11.669, time_unit = "W" }
--   local model = pnbd.fit{ frequency = x, recency = t_x, T = T, time_unit = "W" }
--   model:expected_purchases{ frequency = 2, recency = 30.43, T = 38.86, future_t = 39 }   -- numbers in, a number out
--   model:expected_purchases{ frequency = x, recency = t_x, T = T, future_t = 39 }         -- columns in, a vec out
--
-- Arguments and answers are those of loyalty.btyd.bgnbd. Customers stop whether or not they buy.

local transactions = require "loyalty.btyd.transactions"

return transactions { name = "pnbd", kind = 4, parameters = { "r", "alpha", "s", "beta" } }
