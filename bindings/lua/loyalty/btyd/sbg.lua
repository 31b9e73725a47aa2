--- How long customers under contract stay: the shifted beta geometric model (Fader and Hardie 2007).
--
--   local model = sbg{ alpha = .668, beta = 3.806, time_unit = "Y" }
--   local model = sbg.fit{ survivors = { 1000, 869, 743, 653, 593 }, time_unit = "Y" }
--   model:survival{ t = 12 }
--   model:discounted_expected_residual_lifetime{ n = 2, discount_rate = .1 }
--
-- Methods and their arguments are those of loyalty.btyd.contract.

local contract = require "loyalty.btyd.contract"

return contract { name = "sbg", kind = 7, parameters = { "alpha", "beta" }, elasticity = true }
