--- How long customers under contract stay when time changes them: the beta discrete Weibull model (Fader, Hardie, Liu,
-- Davin and Steenburgh 2018).
--
--   local model = bdw{ gamma = .259, delta = 1.723, c = 1.584, time_unit = "Y" }
--   local model = bdw.fit{ survivors = { 1000, 869, 743, 653, 593 }, time_unit = "Y" }
--   model:survival{ t = 12 }
--
-- Methods and their arguments are those of loyalty.btyd.contract; c = 1 is loyalty.btyd.sbg.

local contract = require "loyalty.btyd.contract"

return contract { name = "bdw", kind = 8, parameters = { "gamma", "delta", "c" } }
