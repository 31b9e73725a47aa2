-- ladder: typologies of customers.

local loyalty = require "loyalty"
local ladder = loyalty.ladder

local nan <const> = 0 / 0

local function names(codes, list)
  local found = {}
  for i = 1, #codes do found[i] = list[codes[i]] end
  return found
end

describe("jones_sasser", function()
  it("types one customer and many alike", function()
    local s = { 1, 1, .75, .75, .5, .25, .25, nan }
    local l = { .9, .7, .89, .69, .7, .3, .31, .5 }
    local want = { "apostle", "loyalist", "loyalist", "mercenary", "hostage", "terrorist", "defector", "unknown" }
    local codes, bad = ladder.jones_sasser { satisfaction = s, loyalty = loyalty.vec(l) }
    assert.same(want, names(codes, ladder.jones_sasser_types))
    assert.equal(0, bad)
    for i = 1, #s do assert.equal(want[i], ladder.jones_sasser { satisfaction = s[i], loyalty = l[i] }) end
    assert.equal("传道者", ladder.jones_sasser_types_zh[5])
    assert.equal("loyalist", (ladder.jones_sasser { satisfaction = .6, loyalty = .9, satisfied = .6 }))
  end)

  it("answers nil, message, code to bad data and raises on misuse", function()
    local none, message, code = ladder.jones_sasser { satisfaction = 1.5, loyalty = 0 }
    assert.is_nil(none)
    assert.matches("^satisfaction: ", message)
    assert.equal("ERR_DOMAIN", code)
    none, message = ladder.jones_sasser { satisfaction = { 0, 1, 2 }, loyalty = 0 }
    assert.is_nil(none)
    assert.matches("^satisfaction%[3%]: ", message)
    local codes, bad = ladder.jones_sasser { satisfaction = { 1, 2 }, loyalty = 1, errors = "coerce" }
    assert.same({ 5, -1 }, codes:totable())
    assert.equal(1, bad)
    assert.equal("unknown", (ladder.jones_sasser { satisfaction = 2, loyalty = 1, errors = "coerce" }))
    none, message = ladder.jones_sasser { satisfaction = 1, loyalty = 1, loyal = 2, errors = "coerce" }
    assert.is_nil(none) -- a bad cut is no bad score
    assert.matches("^loyal: ", message)
    assert.error_matches(function() ladder.jones_sasser { satisfaction = 1 } end, "loyalty is missing")
    assert.error_matches(function() ladder.jones_sasser { satisfaction = 1, loyalty = 1, x = 1 } end, "no argument 'x'")
  end)
end)

describe("the other typologies", function()
  it("find their cells", function()
    assert.equal("true", (ladder.dick_basu { attitude = .6, rival = .5, patronage = .5 }))
    assert.equal("spurious", (ladder.dick_basu { attitude = .6, rival = .6, patronage = .5 }))
    assert.equal("true", (ladder.dick_basu { attitude = .5, patronage = .5 }))
    assert.same({ 3, 1, 2, 0 }, ladder.dick_basu { attitude = { .9, .1, .9, .1 }, rival = { .5, nan, nan, .5 },
      patronage = { 1, 1, 0, 0 } }:totable())
    assert.equal("惯性型忠诚", ladder.dick_basu_types_zh[1])
    assert.equal("affective", (ladder.oliver { cognitive = .7, affective = .8, conative = .6, action = nan }))
    assert.equal("unknown", (ladder.oliver { cognitive = .7, affective = nan, conative = .6, action = 1 }))
    assert.equal("convenience-seeker", (ladder.rowley { attitude = 0, behaviour = 1 }))
    assert.equal("kinship", (ladder.motive { kinship = 1, incentive_share = nan, patronage = nan, relative_attitude = nan }))
    assert.equal("inertia", (ladder.motive { kinship = 0, incentive_share = .4, patronage = .5, relative_attitude = 0 }))
    assert.same({ 0, 1, 2, 3 }, ladder.reinartz_kumar { profit = { 1, 2, 3, 4 }, duration = { 1, 4, 2, 3 } }:totable())
    assert.equal("true friend", (ladder.reinartz_kumar { profit = 3, duration = 1, profit_from = 3, duration_from = 1 }))
    assert.same({ 0, 3 }, ladder.kumar_petersen_leone { clv = { 1, 2 }, crv = { 1, 2 } }:totable())
    assert.equal("semi-strong", ladder.trust_strengths[1])
    assert.equal("情感信任", ladder.trust_bases_zh[1])
    assert.equal("resilient", ladder.trust_resiliences[1])
  end)

  it("leave bad numbers that are coerced out of the median", function()
    local codes, bad = ladder.reinartz_kumar { profit = { 1, 2, 3, math.huge, nan }, duration = { 9, 5, 7, 8, -1 },
      errors = "coerce" }
    assert.same({ 1, 2, 2, -1, -1 }, codes:totable())
    assert.equal(2, bad)
    assert.is_nil((ladder.reinartz_kumar { profit = { 1, math.huge }, duration = { 1, 2 } }))
  end)

  it("need cuts for one customer, and a median that exists", function()
    assert.error_matches(function() ladder.reinartz_kumar { profit = 3, duration = 1 } end, "profit_from must be given")
    local none, message, code = ladder.reinartz_kumar { profit = { nan }, duration = { 1 } }
    assert.is_nil(none)
    assert.matches("^profit: ", message)
    assert.equal("ERR_TOO_FEW", code)
  end)

  it("compute", function()
    assert.is_true(math.abs(ladder.quick_activity { purchases = 4, last_purchase = 8, window = 12 } - 16 / 81) < 1e-15)
    local active = ladder.quick_activity { purchases = { 2, 1 }, last_purchase = 8, window = 12 }
    assert.is_true(math.abs(active[1] - 4 / 9) < 1e-15)
    assert.is_nil((ladder.quick_activity { purchases = 0, last_purchase = 8, window = 12 }))
    assert.is_nil((ladder.quick_activity { purchases = { 1 }, last_purchase = 13, window = 12 }))
    assert.equal(2.5, (ladder.median_cut { 4, 1, nan, 2, 3 }))
    assert.matches("^values%[1%]: ", select(2, ladder.median_cut { 1e41 }))
    local scale = ladder.oliver_reproducibility {
      cognitive = { 1, 0 }, affective = { 1, 1 }, conative = { 0, 0 }, action = { 0, 0 },
    }
    assert.same({ reproducibility = .75, errors = 2, n = 2, missing = 0, acceptable = false }, scale)
    assert.is_nil((ladder.oliver_reproducibility { cognitive = {}, affective = {}, conative = {}, action = {} }))
  end)
end)

describe("battery", function()
  it("scores one respondent and many", function()
    local one = ladder.battery { 7, 6, 5, 6, 6, 2, 4, 5, 3, 1, 2, 3, 4 }
    assert.same({ loyalty = 6, switch = 3, pay_more = 4, external_response = 2, internal_response = 4, favourable = 5,
      status = "OK" }, one)
    local columns = {}
    for i, x in ipairs { 7, 6, 5, 6, 6, 2, 4, 5, 3, 1, 2, 3, 4 } do columns[i] = { x, i < 4 and x or nan } end
    local many = ladder.battery(columns)
    assert.equal(5, many.favourable[1])
    assert.equal(6, many.loyalty[2])
    assert.is_true(many.switch[2] ~= many.switch[2])
    assert.equal("NOTICE_SKIPPED", many.status)
    assert.equal(1, many.skipped)
    assert.is_nil((ladder.battery { 8, 6, 5, 6, 6, 2, 4, 5, 3, 1, 2, 3, 4 }))
    columns[3] = { 0, 0 }
    assert.matches("^answers%[1%]: ", select(2, ladder.battery(columns)))
    assert.error_matches(function() ladder.battery { { 1 }, { 1 } } end, "must be 13 columns")
  end)
end)

describe("brown", function()
  it("types sequences", function()
    assert.equal("undivided", ladder.brown { brands = { "A", "A", "A", "A" } }.type)
    assert.equal("divided", ladder.brown { brands = { "A", "B", "A", "B" } }.type)
    assert.equal("unstable", ladder.brown { brands = { 1, 1, 1, 2, 2, 2 } }.type)
    local none = ladder.brown { brands = { "A", "B", "C", "D" } }
    assert.same({ type = "none", share = .25, runs = 4, entropy = 1, purchases = 4, brands = 4 }, none)
    assert.equal("unknown", ladder.brown { brands = { "A" } }.type)
    assert.is_nil((ladder.brown { brands = { "A" }, least = 0 }))
    assert.error_matches(function() ladder.brown { brands = "AAAA" } end, "must be a table")
    assert.error_matches(function() ladder.brown { brands = { true } } end, "must be a string or a number")
  end)
end)

describe("crosstab", function()
  local kinds = { [0] = "low", "high" }

  it("counts", function()
    local r = ladder.type_shares { customers = { 0, 1, 1, -1, 1 }, types = kinds }
    assert.same({ 4, 1, 3 }, { r.n, r.unknown, r.types.high.count })
    assert.equal(.75, r.types.high.share)
    local c = ladder.crosstab { before = { 0, 0, 1, 1, -1 }, after = { 0, 1, 1, 1, 0 }, types = kinds }
    assert.same({ { 1, 1 }, { 0, 2 } }, c.counts)
    assert.same({ { .5, .5 }, { 0, 1 } }, c.shares)
    assert.same({ .25, 4, 1, "OK" }, { c.moved, c.n, c.unknown, c.status })
    assert.equal("NOTICE_NONE", ladder.crosstab { before = { 0 }, after = { 1 }, types = kinds }.status)
  end)

  it("answers nil to bad data and raises on misuse", function()
    assert.is_nil((ladder.type_shares { customers = { 2 }, types = kinds }))
    assert.is_nil((ladder.type_shares { customers = { -1 }, types = kinds }))
    assert.is_nil((ladder.crosstab { before = { 0 }, after = { 2 }, types = kinds }))
    assert.is_nil((ladder.crosstab { before = { 0 }, after = { 1 }, types = kinds, level = 1 }))
    assert.error_matches(function() ladder.type_shares { customers = { 200 }, types = kinds } end, "from %-128 to 127")
    assert.error_matches(function() ladder.type_shares { customers = { 0 }, types = { "a" } } end, "counted from 0")
  end)
end)
