--- The MBG/NBD model of repeat purchases (Batislam, Denizel and Filiztekin 2007).
--
--   local model = mbgnbd{ r = .525, alpha = 6.183, a = .891, b = 1.614, time_unit = "W" }
--   local model = mbgnbd.fit{ frequency = x, recency = t_x, T = T, time_unit = "W" }
--   model:expected_purchases{ frequency = 2, recency = 30.43, T = 38.86, future_t = 39 }
--
-- As loyalty.btyd.bgnbd, with the same methods and arguments, but a customer can also stop at time zero, right after
-- the first purchase: one-time buyers may have stopped.

local transactions = require "loyalty.btyd.transactions"

return transactions { name = "mbgnbd", kind = 3, parameters = { "r", "alpha", "a", "b" } }
