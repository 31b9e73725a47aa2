-- Model files: the same model comes back, and a file that is not one says where.

local loyalty = require "loyalty"
local btyd = loyalty.btyd

local function fitted()
  local x = {}
  for i = 1, 400 do x[i] = i % 5 end
  local truth = btyd.gamma_gamma { p = 2, q = 4, v = 30 }
  return assert(btyd.gamma_gamma.fit {
    frequency = x, monetary_value = truth:simulate { frequency = x, seed = 4 }, time_unit = "W" })
end

describe("model files", function()
  it("bring the same model back", function()
    local m = fitted()
    local text = assert(m:to_json())
    local models = assert(btyd.from_json(text))
    assert.equal(1, #models)
    assert.same(m.params_, models[1].params_)
    assert.same(m.covariance_, models[1].covariance_)
    assert.same(m.std_errors_, models[1].std_errors_)
    assert.same({ m.log_likelihood_, m.n_customers_, "OK", "W" },
      { models[1].log_likelihood_, models[1].n_customers_, models[1].status_, models[1].time_unit })
    assert.equal(text, models[1]:to_json())
    assert.matches('"model": "gamma_gamma"', text, 1, true)
  end)

  it("keep the penalty of the fit", function()
    local x, t_x, T = {}, {}, {}
    for i = 1, 60 do x[i], t_x[i], T[i] = i % 4, i % 4 == 0 and 0 or 10 + i % 7, 39 end
    local m = assert(btyd.bgnbd.fit { frequency = x, recency = t_x, T = T, penalty = .1 })
    local back = assert(btyd.from_json(m:to_json()))[1]
    assert.same({ .1, .1 }, { m.penalty_, back.penalty_ })
    local found, again = m:bootstrap { T = T, n_boot = 39, seed = 2 }, back:bootstrap { T = T, n_boot = 39, seed = 2 }
    assert.same(found.std_errors, again.std_errors)
    local given = btyd.bgnbd { r = .2, alpha = 4, a = .8, b = 2 }
    assert.equal(0, assert(btyd.from_json(btyd.to_json(given, m)))[1].penalty_)
  end)

  it("hold several models", function()
    local path = os.tmpname()
    local m, given = fitted(), btyd.gamma_gamma { p = 1, q = 2, v = 3 }
    assert.is_true(btyd.save_models(path, m, given))
    local models = assert(btyd.load_models(path))
    assert.same({ m.params_, given.params_ }, { models[1].params_, models[2].params_ })
    local value, message, code = btyd.load_model(path)
    assert.is_nil(value)
    assert.matches("must hold one model to be read, but holds 2", message)
    assert.equal("ERR_ARGUMENT", code)
    assert.is_true(btyd.save_models(path, m))
    assert.same(m.params_, btyd.load_model(path, "gamma_gamma").params_)
    os.remove(path)
    value, message = btyd.load_models(path)
    assert.is_nil(value)
    assert.is_string(message)
    assert.same({}, btyd.from_json(btyd.to_json()))
  end)

  it("say where a text is wrong, from 1", function()
    local value, message, code = btyd.from_json("{\"a\": tru}")
    assert.is_nil(value)
    assert.matches("^text%[7%]: ", message)
    assert.equal("ERR_FORMAT", code)
    code = select(3, btyd.from_json("{\"format\": \"loyalty-model\", \"version\": 3, \"models\": []}"))
    assert.equal("ERR_VERSION", code)
    assert.error(function() btyd.from_json() end)
    assert.error_matches(function() btyd.to_json({}) end, "argument 1 is no model")
  end)
end)
