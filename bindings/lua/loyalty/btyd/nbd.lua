--- The NBD model of repeat purchases (Ehrenberg 1959).
--
--   local model = nbd{ r = .385, alpha = 12.07, time_unit = "W" }
--   local model = nbd.fit{ frequency = x, recency = t_x, T = T, time_unit = "W" }
--   model:expected_purchases{ frequency = 2, recency = 30.43, T = 38.86, future_t = 39 }   -- numbers in, a number out
--   model:expected_purchases{ frequency = x, recency = t_x, T = T, future_t = 39 }         -- columns in, a vec out
--
-- Arguments and answers are those of loyalty.btyd.bgnbd. Nobody stops: P(alive) is 1.

local transactions = require "loyalty.btyd.transactions"

return transactions { name = "nbd", kind = 5, parameters = { "r", "alpha" } }
