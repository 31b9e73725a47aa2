--- The BG/CNBD-k model of repeat purchases (Platzer and Reutterer 2016; Reutterer, Platzer and Schroeder 2021).
--
--   local model = bgcnbd{ r = .5, alpha = 3, a = .9, b = 1.6, k = 2, time_unit = "W" }
--   local model = bgcnbd.fit{ frequency = x, recency = t_x, T = T, litt = litt, time_unit = "W" }
--   model:expected_purchases{ frequency = 2, recency = 30.43, T = 38.86, future_t = 39 }
--
-- As loyalty.btyd.bgnbd, with the same methods and arguments, but with Erlang-k times between purchases: a customer
-- passes stages at random, and every k-th is a purchase. k = 1 is the BG/NBD model. fit chooses k by likelihood unless
-- it is given, and needs litt, the sum of the logarithms of the gaps (rfm_summary with litt = true), as does
-- log_likelihood, unless k is 1; predictions do not. log_likelihood_by_k_ has what was tried. Standard errors take k as
-- given: its own is 0.

local transactions = require "loyalty.btyd.transactions"

return transactions { name = "bgcnbd", kind = 10, parameters = { "r", "alpha", "a", "b", "k" }, stages = true }
