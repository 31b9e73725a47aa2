--- The BG/NBD model of repeat purchases (Fader, Hardie and Lee 2005).
--
--   local model = bgnbd{ r = .243, alpha = 4.414, a = .793, b = 2.426, time_unit = "W" }
--   local model = bgnbd.fit{ frequency = x, recency = t_x, T = T, time_unit = "W" }
--   model:expected_purchases{ frequency = 2, recency = 30.43, T = 38.86, future_t = 39 }   -- numbers in, a number out
--   model:expected_purchases{ frequency = x, recency = t_x, T = T, future_t = 39 }         -- columns in, a vec out
--
-- frequency is the number of repeat purchases, recency the time of the last one, T the length of observation, times
-- counted from the first purchase in the model's unit ("h", "D", "W", "M", "Y"). Columns are vecs or tables. A customer
-- out of range gives nil, a message that names column and row, and a code; with errors = "coerce" NaN, and the count of
-- such rows second. As nobody can stop before a repeat purchase, every one-time buyer counts as alive.

local transactions = require "loyalty.btyd.transactions"

return transactions { name = "bgnbd", kind = 1, parameters = { "r", "alpha", "a", "b" } }
