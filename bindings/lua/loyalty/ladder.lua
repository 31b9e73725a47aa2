--- Where customers stand: loyalty types, the ladder, how they move on it, and what to do.

local stage = require "loyalty.ladder.stage"
local transitions = require "loyalty.ladder.transitions"

return {
  stages = stage.stages,
  stages_zh = stage.stages_zh,
  inputs = stage.inputs,
  stage = stage.stage,
  assign = stage.assign,
  transitions = transitions.transitions,
}
