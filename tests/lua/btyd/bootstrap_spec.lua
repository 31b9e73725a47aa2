-- The parametric bootstrap of the models.

local loyalty = require "loyalty"
local btyd = loyalty.btyd

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 1e-12) * math.abs(expected),
    ("%.17g is not near %.17g"):format(actual, expected))
end

describe("bootstrap", function()
  local model = assert(btyd.nbd { r = .55, alpha = 8 })

  it("gives standard errors, bias, intervals and draws", function()
    local T_all = loyalty.vec(800, 39.0)
    local found = assert(model:bootstrap { T = T_all, n_boot = 79, seed = 4 })
    assert.same({ 79, 0, 0, 0, "OK" },
      { found.n_used, found.n_failed, found.n_not_converged, found.n_at_bound, found.status })
    local sum = 0
    for i = 1, 79 do sum = sum + found.draws.r[i] end
    near(sum / 79 - .55, found.bias.r, 1e-9)
    assert.is_true(found.lower.r < .55 and .55 < found.upper.r)
    assert.is_true(found.std_errors.alpha > .2 and found.std_errors.alpha < 2)
    assert.equal("OK", found.fit_status[79])
    local again = assert(btyd.nbd { r = .55, alpha = 8, threads = 2 }):bootstrap { T = T_all, n_boot = 79, seed = 4 }
    for i = 1, 79 do assert.equal(found.draws.alpha[i], again.draws.alpha[i]) end
  end)

  it("is there for spend", function()
    local x = {}
    for i = 1, 400 do x[i] = i % 5 end
    local spend = assert(btyd.gamma_gamma { p = 6.25, q = 3.74, v = 15.44 })
    local found = assert(spend:bootstrap { frequency = x, n_boot = 19, level = .8 })
    assert.is_true(found.lower.q < 3.74 and 3.74 < found.upper.q)
    local value, message = spend:bootstrap { frequency = { 1, -1 }, n_boot = 19, level = .8 }
    assert.is_nil(value)
    assert.matches("^frequency%[2%]: ", message)
  end)

  it("counts what failed", function()
    local found = assert(btyd.bgnbd { r = .1, alpha = 100, a = .8, b = 2.4 }):bootstrap {
      T = loyalty.vec(40, 30.0), n_boot = 60, seed = 2, level = .5 }
    assert.equal("NOTICE_NOT_CONVERGED", found.status)
    assert.is_true(found.n_failed > 0)
    assert.equal(60, found.n_used + found.n_failed + found.n_not_converged)
  end)

  it("is watched and canceled", function()
    local last, T = 0, loyalty.vec(200, 39.0)
    local function watch(done, of, used)
      assert.is_true(done > last and of == 79 and used <= done)
      last = done
    end
    assert(model:bootstrap { T = T, n_boot = 79, progress = watch })
    assert.equal(79, last)
    local found, message, code = model:bootstrap { T = T, n_boot = 79, progress = function() return false end }
    assert.is_nil(found)
    assert.equal("ERR_CANCELED", code)
    assert.matches("asked to stop", message)
  end)

  it("says what is wrong", function()
    local value, message, code = model:bootstrap { T = { 1 }, n_boot = 1 }
    assert.is_nil(value)
    assert.matches("^n_boot: ", message)
    assert.equal("ERR_DOMAIN", code)
    message = select(2, model:bootstrap { T = { 1, -1 }, n_boot = 39 })
    assert.matches("^T%[2%]: ", message)
    message = select(2, model:bootstrap { T = { 1 }, n_boot = 37 })
    assert.matches("^level: ", message)
    assert.error_matches(function() model:bootstrap { n_boot = 39 } end, "T is missing")
    assert.error_matches(function() model:bootstrap { T = { 1 }, n_boot = 2.5 } end, "n_boot must be an integer")
    assert.error_matches(function() model:bootstrap { T = { 1 }, draws = 3 } end, "no argument 'draws'")
  end)
end)
