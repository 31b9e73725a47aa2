--- The MBG/CNBD-k model of repeat purchases (Platzer and Reutterer 2016; Reutterer, Platzer and Schroeder 2021).
--
--   local model = mbgcnbd{ r = .5, alpha = 3, a = .9, b = 1.6, k = 2, time_unit = "W" }
--   local model = mbgcnbd.fit{ frequency = x, recency = t_x, T = T, litt = litt, time_unit = "W" }
--   model:expected_purchases{ frequency = 2, recency = 30.43, T = 38.86, future_t = 39 }
--
-- As loyalty.btyd.bgcnbd, with the same methods and arguments, but a customer can also stop at time zero, right after
-- the first purchase: one-time buyers may have stopped. k = 1 is the MBG/NBD model.

local transactions = require "loyalty.btyd.transactions"

return transactions { name = "mbgcnbd", kind = 11, parameters = { "r", "alpha", "a", "b", "k" }, stages = true }
