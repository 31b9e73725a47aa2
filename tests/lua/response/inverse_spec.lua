-- response: the inverse questions, constraints, and the competition of each customer.

local loyalty = require "loyalty"
local response = loyalty.response

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 1e-11) * math.max(1, math.abs(expected)),
    ("%.17g is not near %.17g"):format(actual, expected))
end

describe("inverse questions", function()
  local curve = response.curve { alpha = .3, beta = 1.4, gamma = .8, a = .5, delta = .03 }
  local held = response.curve { alpha = .3, beta = 1.4, gamma = .8, a = .5, b = { .4, .9 }, delta = .03 }

  it("give the worked numbers", function()
    local captivity, status = curve:required_captivity(.8, .65, .7)
    near(.774367150680, captivity)
    assert.equal("OK", status)
    near(.440032976345, (held:required_constraint(2, .8, .65, .7, { .5, 0 })))
    near(.512536256492714, (curve:critical_competition(.8, .65)))
    near(15 / 16, (response.curve { a = 0 }:competition_from_ratio(6)), 1e-15)
    near(.6381752290, (response.curve():competition_from_ratio(1.42, .75, 1)), 1e-10)
  end)

  it("name what is not needed, or not to be had", function()
    assert.same({ 0.0, "NOTICE_NOT_NEEDED" }, { curve:required_captivity(.2, .65, .7) })
    assert.same({ 0.0, "NOTICE_NOT_NEEDED" }, { held:required_constraint(1, .2, .65, .7) })
    assert.same({ 1.0, "NOTICE_NONE" }, { curve:critical_competition(.97, 1) })
    local none, message, code = curve:required_captivity(.98, .65, .7)
    assert.same({ nil, "loyalty: must be below the ceiling 1 - delta, which no captivity reaches", "ERR_INFEASIBLE" },
      { none, message, code })
    assert.same({ nil, "ERR_INFEASIBLE" }, { held:required_constraint(1, .9, .1, .9), select(3,
      held:required_constraint(1, .9, .1, .9)) })
    none, message = curve:competition_from_ratio(1e9, .5, .6)
    assert.is_nil(none)
    assert.matches("^ratio: ", message)
    none, message, code = held:critical_competition(.8, .5, { 0, 2 })
    assert.is_nil(none)
    assert.matches("^constraints%[2%]: ", message)
    assert.equal("ERR_DOMAIN", code)
  end)

  it("take columns", function()
    local captivity = curve:required_captivity({ .8, .2 }, .65, .7)
    assert.same({ (curve:required_captivity(.8, .65, .7)), 0.0 }, captivity:totable())
    local strength = held:required_constraint(2, .8, loyalty.vec { .65, .6 }, .7, { { .5, .6 }, 0 })
    assert.equal((held:required_constraint(2, .8, .6, .7, { .6, 0 })), strength[2])
    local critical = held:critical_competition({ .8, .7 }, .65, { { 0, 1 }, .5 })
    assert.equal((held:critical_competition(.7, .65, { 1, .5 })), critical[2])
    local none, message = curve:required_captivity({ .8, .98 }, .65, .7)
    assert.is_nil(none)
    assert.matches("^loyalty%[2%]: ", message)
    assert.error_matches(function() curve:required_captivity("a", .5, .5) end, "loyalty must be a number")
    assert.error_matches(function() held:critical_competition({ .5 }, .5, { 1 }) end, "one entry for each b")
  end)

  it("tell what deregulation takes away", function()
    local change = held:deregulation(.4, .3, { .5, 1 }, .8)
    assert.equal(held:loyalty(.4, .3, { .5, 1 }), change.loyalty_before)
    assert.equal(held:loyalty(.4, .8), change.loyalty_after)
    assert.equal(change.loyalty_before - change.loyalty_after, change.lost)
    assert.equal(held:hostage_share(.4, .3, { .5, 1 }), change.hostage_share_before)
    assert.equal(0.0, held:deregulation(.4, .3, { .5, 1 }, nil, { .5, 1 }).lost)
    local many = held:deregulation({ .4, .5 }, .3, { .5, { 1, 0 } }, .8)
    assert.equal(change.lost, many.lost[1])
    assert.equal(held:deregulation(.5, .3, { .5, 0 }, .8).loyalty_after, many.loyalty_after[2])
    assert.equal(held:loyalty(.4, .3), held:deregulation({ .4 }, .3).loyalty_after[1])
    local none, message = held:deregulation(.4, .3, nil, 1)
    assert.is_nil(none)
    assert.matches("^c_after: ", message)
  end)
end)

describe("constraints", function()
  it("have kinds", function()
    assert.equal("switching cost", response.constraints[2])
    assert.equal("忠诚计划", response.constraints_zh[3])
  end)

  it("come from questionnaires", function()
    assert.equal(.75, response.constraint_from_items { items = { 4, 5, 0 / 0, 3 } })
    assert.equal(.5, response.constraint_from_items { items = loyalty.vec { 1, 7 }, highest = 7 })
    assert.same({ .75, .125 }, response.constraint_from_items { items = { { 4, 1 }, { 5, 2 }, { 3, 0 / 0 } } }:totable())
    local none, message = response.constraint_from_items { items = { 1, 6 } }
    assert.is_nil(none)
    assert.matches("^items%[2%]: ", message)
    none, message = response.constraint_from_items { items = { { 1, 6 } } }
    assert.is_nil(none)
    assert.matches("^items%[2%]: ", message)
    assert.error_matches(function() response.constraint_from_items { items = { { 1, 2 }, { 1 } } } end, "items%[2%] must be")
    assert.error_matches(function() response.constraint_from_items { items = {} } end, "items must be")
  end)

  it("come from prices", function()
    near(46, response.switching_costs { price = { 100, 90 }, customers = { 40, 60 } }[1])
    assert.equal(.46, response.constraint_from_switching_cost { cost = 46, price = 100 })
    assert.same({ .5, 1.0 }, response.constraint_from_switching_cost { cost = 50, price = { 100, 20 } }:totable())
    assert.same({ .5, 0.0 }, response.constraint_from_switching_cost { cost = { 50, -1 }, price = 100 }:totable())
    local none, message = response.switching_costs { price = { 100, 90 }, customers = { 40, 0 } }
    assert.is_nil(none)
    assert.matches("^customers%[2%]: ", message)
    none, message = response.constraint_from_switching_cost { cost = 1, price = 0 }
    assert.is_nil(none)
    assert.matches("^price: ", message)
  end)
end)

describe("competition of each customer", function()
  it("comes from ratings", function()
    assert.equal(.5, response.competition_from_rating { rating = 3, categories = 5 })
    assert.equal(.9, response.competition_from_rating { rating = { 1, 5 }, categories = 5 }[2])
    local none, message = response.competition_from_rating { rating = 6, categories = 5 }
    assert.is_nil(none)
    assert.matches("^rating: ", message)
    none, message = response.competition_from_rating { rating = 3, categories = 1 }
    assert.is_nil(none)
    assert.matches("^categories: ", message)
  end)

  it("comes from shares and choice sets", function()
    local c = response.competition_from_shares { shares = { { 4, 1 }, { 3, 1 }, { 2, 0 }, { 1, 0 } }, normalize = true }
    near(.7, c[1])
    assert.equal(.5, c[2])
    local none, message = response.competition_from_shares { shares = { { 1, .5 }, { 0, .6 } } }
    assert.is_nil(none)
    assert.matches("^shares%[2%]: must sum to 1", message)
    assert.error_matches(function() response.competition_from_shares { shares = { .5, .5 } } end, "a table of columns")
  end)
end)
