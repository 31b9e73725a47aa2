-- survey: score, bootstrap and Bayes intervals, groups and streams. Digits from Rocks' formulas and mpmath.

local loyalty = require "loyalty"
local survey = loyalty.survey

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 5.1e-7), ("%.17g is not near %.17g"):format(actual, expected))
end

local r = survey.nps_from_counts(50, 30, 20)

describe("the intervals of a score", function()
  it("invert the score test", function()
    local lower, upper = r:interval { method = "score" }
    near(.139551, lower)
    near(.443393, upper)
    lower, upper = survey.nps_from_counts(10, 0, 0):interval { method = "score" }
    near(.444934, lower)
    assert.equal(1.0, upper)
  end)

  it("are quantiles of the posterior", function()
    local lower, upper = r:interval { method = "bayes" }
    near(.137443, lower)
    near(.437139, upper)
    lower, upper = r:interval { method = "bayes", prior = { .5, .5, .5 } }
    near(.140167, lower)
    near(.442727, upper)
    local posterior = r:posterior()
    near(.99985619, posterior:probability_above(0), 5.1e-9)
    near(1 - .99985619, posterior:probability_at_most(0), 5.1e-9)
    near(30 / 103, posterior.mean, 1e-15)
    assert.same({ r:interval { method = "bayes", level = .5 } }, { posterior:interval { level = .5 } })
    assert.equal(posterior:quantile(.25), (posterior:interval { level = .5 }))
  end)

  it("are percentiles of resampled surveys", function()
    local scores = r:bootstrap { replicates = 3999, seed = 7 }:totable()
    table.sort(scores)
    local lower, upper = r:interval { method = "bootstrap", replicates = 3999, seed = 7 }
    assert.equal(scores[100], lower)
    assert.equal(scores[3900], upper)
    local default = { r:interval { method = "bootstrap" } }
    assert.same(default, { r:interval { method = "bootstrap", seed = 0, replicates = 9999 } })
  end)

  it("answer nil, message, code to bad data", function()
    local calls = {
      [{ "^replicates: ", "ERR_DOMAIN" }] = function() return r:interval { method = "bootstrap", replicates = 10 } end,
      [{ "^prior: must be {", "ERR_ARGUMENT" }] = function() return r:posterior { prior = { 1, 1 } } end,
      [{ "^prior: must be a number", "ERR_DOMAIN" }] = function() return r:posterior { prior = { 1, 0, 1 } } end,
      [{ "^level: ", "ERR_DOMAIN" }] = function() return r:interval { method = "bayes", level = 1 } end,
      [{ "^m: ", "ERR_DOMAIN" }] = function() return r:posterior():probability_above(2) end,
      [{ "^score: must be without weights", "ERR_ARGUMENT" }] = function()
        return survey.nps { scores = { 10, 3 }, weights = { 1, 2 } }:bootstrap()
      end,
    }
    for expected, call in pairs(calls) do
      local result, message, code = call()
      assert.is_nil(result)
      assert.matches(expected[1], message)
      assert.equal(expected[2], code)
    end
  end)

  it("raise on options of another method", function()
    assert.error_matches(function() r:interval { seed = 1 } end, "interval: seed is for method 'bootstrap'")
    assert.error_matches(function() r:interval { method = "score", prior = { 1, 1, 1 } } end, "prior is for method 'bayes'")
    assert.error_matches(function() survey.nps { scores = { 9 }, level = .9 } end, "nps: level is of the intervals with by")
  end)
end)

describe("nps by group", function()
  local scores, by = { 10, 9, 3, 8, 7, 9, 0 }, { "b", "a", "b", "a", "a", "b", "a" }
  local options = { adjusted_wald = {}, wald = {}, score = {}, bootstrap = { seed = 3, replicates = 2500 },
    bayes = { prior = { 1, 2, 1 } } }

  it("has the intervals of each group, for every method", function()
    for method, own in pairs(options) do
      local named = { scores = scores, by = by, level = .8, method = method }
      local same = { level = .8, method = method }
      for key, value in pairs(own) do named[key], same[key] = value, value end
      local list = survey.nps(named)
      assert.equal(2, #list)
      for i, members in ipairs { { 9, 8, 7, 0 }, { 10, 3, 9 } } do
        local alone = survey.nps { scores = members }
        assert.equal(({ "a", "b" })[i], list[i].group)
        assert.same({ alone.score, alone.n, alone.standard_error }, { list[i].score, list[i].n, list[i].standard_error })
        assert.same({ alone:interval(same) }, { list[i].lower, list[i].upper })
      end
    end
  end)

  it("takes weights, numbers, missing groups and empty ones", function()
    local list = survey.nps { scores = { 10, 9, 0 / 0, 3 }, weights = { 1, 2, 1, 4 }, by = loyalty.vec { 2, 2, 1, 0 / 0 },
      skip_missing = true }
    assert.same({ 1.0, 2.0 }, { list[1].group, list[2].group })
    assert.is_nil(list[3].group)
    assert.same({ 0, 1 }, { list[1].n, list[1].missing })
    assert.is_true(list[1].score ~= list[1].score and list[1].lower ~= list[1].lower)
    assert.equal(1.0, list[2].score)
    assert.equal(1, list[3].detractors)
  end)

  it("names the caller's row", function()
    local result, message, code = survey.nps { scores = { 10, 9, 11 }, by = { "b", "a", "a" } }
    assert.is_nil(result)
    assert.matches("^scores%[3%]: ", message)
    assert.equal("ERR_DOMAIN", code)
    result, message = survey.nps { scores = { 10, 9 }, by = { "b" } }
    assert.is_nil(result)
    assert.matches("^by: has 1 elements", message)
    assert.error_matches(function() survey.nps { scores = { 10 }, by = "x" } end, "by must be a vec or a table")
  end)
end)

describe("nps_stream", function()
  it("merges parts into the whole", function()
    local scores, whole = {}, survey.nps_stream()
    for i = 1, 300 do scores[i] = i * 7 % 11 end
    for first = 1, 300, 100 do
      local part = survey.nps_stream():update { scores = table.move(scores, first, first + 99, 1, {}) }
      assert.equal(whole, whole:merge(part))
    end
    local expected, result = survey.nps { scores = scores }, whole:result()
    assert.equal(expected.score, result.score)
    assert.same({ expected.promoters, expected.passives, expected.detractors }, { whole:groups() })
    assert.equal(survey.nps { scores = scores, promoter_from = 8 }.score, whole:result { promoter_from = 8 }.score)
    local counts, missing = whole:counts()
    assert.equal(11, #counts)
    assert.equal(0, missing)
    assert.equal(expected.score, survey.nps_stream { counts = counts }:result().score)
  end)

  it("counts one by one, and missing answers when told so", function()
    local s = survey.nps_stream()
    assert.equal(s, s:add(10):add(3):add(0 / 0, true))
    local _, missing = s:counts()
    assert.equal(1, missing)
    assert.equal(0.0, s:result().score)
  end)

  it("answers nil, message, code and stays as it was", function()
    local s = survey.nps_stream { counts = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2 }, missing = 5 }
    local result, message, code = s:update { scores = { 10, 11 } }
    assert.is_nil(result)
    assert.matches("^scores%[2%]: ", message)
    assert.equal("ERR_DOMAIN", code)
    assert.is_nil((s:add(2.5)))
    assert.is_nil((s:add(0 / 0)))
    assert.equal(3, s:result().n)
    assert.equal("ERR_TOO_FEW", (select(3, survey.nps_stream():result())))
    assert.equal("ERR_ARGUMENT", (select(3, survey.nps_stream { counts = { 1, 2 } })))
    result, message = survey.nps_stream { counts = { -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 } }
    assert.is_nil(result)
    assert.matches("^counts: ", message)
    assert.error_matches(function() s:merge {} end, "merge: expected a stream")
    assert.error_matches(function() s:update { score = {} } end, "there is no argument 'score'")
  end)
end)
