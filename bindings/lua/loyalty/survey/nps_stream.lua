--- Answers counted as they come, on one machine or on several.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local nps = require "loyalty.survey.nps"

local stream = {}

local Stream, stream_metatable = arguments.class("loyalty.survey.nps_stream")
local ANSWERS = 11 -- 0 to 10
local CUTS = { promoter_from = true, passive_from = true }

local function cuts(named, where)
  named = arguments.check(named or {}, CUTS, where)
  return arguments.optional(named, "promoter_from", 9), arguments.optional(named, "passive_from", 7)
end

--- The stream itself, or nil, message, code.
local function done(self, ok, ...)
  if ok == nil then return nil, ... end
  return self
end

--- nps_stream{counts = nil, missing = 0}: how often each answer from 0 to 10 was given, of answers that come bit by bit.
-- `counts` (11 whole numbers) goes on where another stream stopped. Streams of parts of a survey merge into the same
-- numbers as one of all of it. :add, :update and :merge return the stream, or nil, message, code and change nothing.
function stream.nps_stream(named)
  named = arguments.check(named or {}, { counts = true, missing = true }, "nps_stream")
  local self = setmetatable({ state = core.ivec(ANSWERS + 1) }, stream_metatable)
  local counts, missing = arguments.optional(named, "counts"), arguments.optional(named, "missing", 0)
  if counts == nil and missing == 0 then return self end
  if counts ~= nil and #counts ~= ANSWERS then
    return nil, ("counts: must be the 11 counts of the answers 0 to 10, not %d numbers"):format(#counts), "ERR_ARGUMENT"
  end
  local given = core.ivec(ANSWERS + 1)
  for i = 1, counts and ANSWERS or 0 do given[i] = counts[i] end
  given[ANSWERS + 1] = missing
  return done(self, arguments.blame({ from = "counts" }, core.nps_stream_merge(self.state, given, self.state)))
end

--- s:add(score, skip_missing): count one answer, a whole number from 0 to 10; NaN is a missing one.
function Stream:add(score, skip_missing)
  return done(self, core.nps_stream_add(self.state, score, skip_missing or false, self.state))
end

--- s:update{scores = , skip_missing = false}: count a vec or a table of answers, all or, after an error, none.
function Stream:update(named)
  arguments.check(named, { scores = true, skip_missing = true }, "update")
  return done(self, arguments.blame({ score = "scores" }, core.nps_stream_add_scores(self.state,
    arguments.need(named, "scores", "update"), arguments.optional(named, "skip_missing", false), self.state)))
end

--- s:merge(other): add what another stream counted.
function Stream:merge(other)
  if type(other) ~= "table" or rawget(other, "state") == nil then
    error("merge: expected a stream, such as survey.nps_stream gives", 2)
  end
  return done(self, arguments.blame({ from = "other" }, core.nps_stream_merge(self.state, other.state, self.state)))
end

--- counts, missing = s:counts(): how often each answer was given, an ivec of 11 for the answers from 0 to 10.
function Stream:counts()
  return self.state:copy(1, ANSWERS), self.state[ANSWERS + 1]
end

--- promoters, passives, detractors = s:groups{promoter_from = 9, passive_from = 7}
function Stream:groups(named)
  local promoters, passives, detractors = core.nps_stream_counts(self.state, cuts(named, "groups"))
  return promoters, passives, detractors
end

--- s:result{promoter_from = 9, passive_from = 7}: the score of the answers counted so far, as survey.nps gives it.
function Stream:result(named)
  return nps.object(core.nps_stream_result(self.state, cuts(named, "result")))
end

return stream
