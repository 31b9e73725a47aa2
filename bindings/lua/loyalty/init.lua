--- The numerics of customer loyalty. One table for each wing: loyalty.survey and its neighbours.
--
-- Functions take positional arguments or one table of named ones. An error in the data gives nil, a message and a
-- code such as "ERR_DOMAIN"; a wrong kind of argument raises an error.

local core = require "loyalty.core"

local loyalty = {
  version = core.version(),
  vec = require "loyalty.vec".vec,
  ivec = require "loyalty.vec".ivec,
  survey = require "loyalty.survey",
  response = require "loyalty.response",
  ladder = require "loyalty.ladder",
  btyd = require "loyalty.btyd",
  value = require "loyalty.value",
}

return loyalty
