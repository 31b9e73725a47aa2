-- survey: share of wallet and wallet allocation.

local loyalty = require "loyalty"
local survey = loyalty.survey
local NAN = 0 / 0

local function near(expected, actual) assert.is_true(math.abs(actual - expected) <= 1e-14, tostring(actual)) end

describe("share of wallet", function()
  it("is own spend over category spend", function()
    assert.equal(.25, survey.wallet_share(25, 100))
    local r, message, code = survey.wallet_share(2, 1)
    assert.is_nil(r)
    assert.matches("^own: ", message)
    assert.equal("ERR_DOMAIN", code)
    r = survey.share_of_wallet { own = { 10, 20, 30, 0 }, category = { 50, 100, 50, 0 } }
    near(.3, r.share)
    near(1 / 3, r.mean_share)
    near(math.sqrt(1.5 * 350) / 200, r.standard_error)
    assert.same({ 3, 1, 0, "NOTICE_SKIPPED" }, { r.n, r.skipped, r.bad, r.status })
    assert.equal(.2, r.shares[1])
    local lower, upper = r:interval { level = .5 }
    near(.3 - math.sqrt(2 / 3) * r.standard_error, lower)
    near(.3 + math.sqrt(2 / 3) * r.standard_error, upper)
    r, message = survey.share_of_wallet { own = { 5 }, category = { 1 } }
    assert.is_nil(r)
    assert.matches("^own%[1%]: ", message)
    r = survey.share_of_wallet { own = { 5, 1, 1 }, category = loyalty.vec { 1, 2, 4 }, errors = "coerce" }
    assert.equal(1, r.bad)
    assert.error_matches(function() survey.share_of_wallet { own = 1, category = 2 } end, "own must be a vec")
  end)
end)

describe("wallet allocation", function()
  it("follows the printed table", function()
    for rank, share in ipairs { .4, .3, .2, .1 } do near(share, survey.wallet_allocation_share(rank, 4)) end
    assert.is_nil((survey.wallet_allocation_share(3, 2)))
  end)

  it("ranks within a row", function()
    local r = survey.wallet_allocation {
      ratings = { ours = { 9, 8, 7 }, theirs = { 7, 8, 6 }, other = loyalty.vec { 8, NAN, 9 } },
    }
    near(1 / 2, r.shares.ours[1])
    near(1 / 2, r.shares.theirs[2])
    assert.equal(0, r.shares.other[2])
    assert.equal(2, r.users.other)
    near(5 / 12, r.scores.other)
    near(1 / 12, r.standard_errors.other)
    assert.equal("OK", r.status)
    r = survey.wallet_allocation { ratings = { ours = { 1, 2 }, theirs = { 2, 1 } }, lower_is_better = true }
    near(2 / 3, r.shares.ours[1])
  end)

  it("answers nil, message, code to bad data and raises on misuse", function()
    local r, message, code = survey.wallet_allocation { ratings = { a = { 1, NAN } } }
    assert.is_nil(r)
    assert.matches("^ratings%[2%]: ", message)
    assert.equal("ERR_DOMAIN", code)
    assert.equal(1, survey.wallet_allocation { ratings = { a = { 1, NAN } }, errors = "coerce" }.bad)
    assert.is_nil((survey.wallet_allocation { ratings = {} }))
    assert.error_matches(function() survey.wallet_allocation { ratings = { a = 1 } } end, "ratings of a must be")
    assert.error_matches(function() survey.wallet_allocation { ratings = { a = { 1 }, b = {} } } end, "as long as")
  end)
end)
