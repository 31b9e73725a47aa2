-- ladder: the rule of the five steps.

local loyalty = require "loyalty"
local ladder = loyalty.ladder

describe("stage", function()
  it("finds every step", function()
    assert.equal("unaware", (ladder.stage {}))
    assert.equal("aware", (ladder.stage { aware = true }))
    assert.equal("consider", (ladder.stage { aware = true, considered = true }))
    assert.equal("consider", (ladder.stage { purchases = 9, recency_days = 1 }))
    assert.equal("prefer", (ladder.stage { purchases = 2, recency_days = 1, rank = 1 }))
    assert.equal("loyal", (ladder.stage { purchases = 3, recency_days = 182, share = .5 }))
    assert.equal("prefer", (ladder.stage { purchases = 3, recency_days = 183, share = .5 }))
    assert.equal("churn", (ladder.stage { purchases = 3, recency_days = 366, rank = 1, previous_stage = "prefer" }))
    assert.same({ "loyal", true }, { ladder.stage { purchases = 3, recency_days = 1, rank = 1, recommendation = 9 } })
    assert.equal("loyal", (ladder.stage { purchases = 1, recency_days = 1, rank = 1, n_loyal = 1 }))
    assert.equal("忠诚", ladder.stages_zh[4])
  end)

  it("answers nil, message, code to bad data and raises on misuse", function()
    local none, message, code = ladder.stage { purchases = -1 }
    assert.is_nil(none)
    assert.matches("^purchases: ", message)
    assert.equal("ERR_DOMAIN", code)
    assert.is_nil((ladder.stage { r_max = 400 }))
    assert.error_matches(function() ladder.stage { purchase = 1 } end, "there is no argument 'purchase'")
    assert.error_matches(function() ladder.stage { previous_stage = "gold" } end, "'gold' is not a stage")
    assert.error_matches(function() ladder.stage { purchases = {} } end, "purchases: expected a number")
  end)
end)

describe("assign", function()
  local nan = 0 / 0

  it("says what is missing", function()
    local r = ladder.assign { purchases = { 0, 5 }, recency_days = { nan, 3 } }
    assert.equal("NOTICE_INCOMPLETE", r.status)
    assert.same({ "share", "rank", "aware", "considered", "recommendation", "previous_stage" }, r.missing)
    assert.same({ "aware", "prefer", "loyal", "churn" }, r.unreachable)
    assert.same({ 0, 2 }, r.stage:totable())
    assert.equal(1, r.counts.consider)
  end)

  it("equals stage row by row", function()
    local n = 600
    local x = { purchases = {}, recency_days = {}, share = {}, rank = {}, aware = {}, considered = {}, recommendation = {},
      previous_stage = {} }
    for i = 1, n do
      x.purchases[i], x.recency_days[i], x.share[i], x.rank[i] = i % 5, i * 7 % 500, i % 11 / 10, 1 + i % 3
      x.aware[i], x.considered[i], x.recommendation[i], x.previous_stage[i] = i % 2, i // 2 % 2, i % 11, i % 6
    end
    local r = ladder.assign(x)
    assert.equal("OK", r.status)
    for i = 1, n do
      local one = {}
      for name, column in pairs(x) do one[name] = column[i] end
      local stage, advocate = ladder.stage(one)
      assert.equal(stage, ladder.stages[r.stage[i]])
      assert.equal(advocate, r.advocate[i] == 1)
    end
  end)

  it("names the bad row and refuses misuse", function()
    local none, message = ladder.assign { purchases = { 1, -1 } }
    assert.is_nil(none)
    assert.matches("^purchases%[2%]: ", message)
    none, message = ladder.assign { purchases = { 1, 2 }, share = { 1 } }
    assert.is_nil(none)
    assert.equal("share: must be as long as the first column", message)
    assert.error_matches(function() ladder.assign {} end, "give at least one of purchases")
    assert.error_matches(function() ladder.assign { purchases = 3 } end, "purchases must be a vec or a table")
  end)
end)
