-- What the layer of covariates adds: columns by name, coefficients in the results, names in messages.

local loyalty = require "loyalty"
local pnbd, bgnbd, nbd = loyalty.btyd.pnbd, loyalty.btyd.bgnbd, loyalty.btyd.nbd

local N <const> = 1500
local ages, webs, T = {}, {}, {}
for i = 1, N do ages[i], webs[i], T[i] = 20 + i * 7 % 41, i * 13 % 5 < 2 and 1 or 0, 30 + i % 23 end
local known = { age = ages, web = webs }
local PARAMS <const> = { r = 1.1, alpha = 9, s = .8, beta = 11 }

local function with(more)
  local all = {}
  for name, value in pairs(PARAMS) do all[name] = value end
  for name, value in pairs(more) do all[name] = value end
  return all
end

local truth = assert(pnbd.with_covariates(with {
  time_unit = "W", transaction_covariates = { "age", "web" }, dropout_covariates = { "age" },
  coefficients = { ["transaction:age"] = .02, ["transaction:web"] = .5, ["dropout:age"] = -.02 },
}))
local drawn = assert(truth:simulate { T = T, seed = 3, covariates = known })

local function data(more)
  local all = { frequency = drawn.frequency, recency = drawn.recency, T = T, covariates = known }
  for name, value in pairs(more or {}) do all[name] = value end
  return all
end

local model = assert(pnbd.fit(data { time_unit = "W", transaction_covariates = { "age", "web" },
  dropout_covariates = { "age" } }))

describe("covariates", function()
  it("are fitted", function()
    assert.equal("OK", model.status_)
    assert.is_true(model.converged_)
    for name, value in pairs(truth.params_) do
      assert.is_true(math.abs(model.params_[name] - value) < 3.5 * model.std_errors_[name])
    end
    assert.equal(7, #model.covariance_)
    local total = 0
    local rows = assert(model:log_likelihood(data()))
    for i = 1, N do total = total + rows[i] end
    assert.is_true(math.abs(total / model.log_likelihood_ - 1) < 1e-12)
    assert.is_true(math.abs(model.aic_ + 2 * model.log_likelihood_ - 14) < 1e-9)
    local row = model:summary()["transaction:web"]
    assert.is_true(math.abs(row.upper + row.lower - 2 * row.estimate) < 1e-12)
  end)

  it("move every prediction to the customer's own parameters", function()
    local g = .02 * ages[5] + .5 * webs[5]
    local own = assert(pnbd { r = 1.1, alpha = 9 * math.exp(-g), s = .8, beta = 11 * math.exp(.02 * ages[5]),
      time_unit = "W" })
    local one = { frequency = drawn.frequency[5], recency = drawn.recency[5], T = T[5] }
    local function same(found, wanted) assert.is_true(math.abs(found[5] / wanted - 1) < 1e-9) end
    one.future_t = 26
    same(truth:expected_purchases(data { future_t = 26 }), own:expected_purchases(one))
    same(truth:expected_probability_alive(data { future_t = 26 }), own:expected_probability_alive(one))
    one.n = 2
    same(truth:purchase_probability_future(data { future_t = 26, n = 2 }), own:purchase_probability_future(one))
    one.n, one.future_t, one.discount_rate = nil, nil, .1
    same(truth:discounted_expected_purchases(data { discount_rate = .1 }), own:discounted_expected_purchases(one))
    one.discount_rate = nil
    same(truth:posterior_mean(data()), (own:posterior_mean(one)))
    same(truth:expected_purchases_new_customer { t = 26, covariates = known }, own:expected_purchases_new_customer(26))
    same(truth:purchase_probability { n = 1, t = 26, covariates = known }, own:purchase_probability(1, 26))
    same(truth:purchase_probability_interval { n = 1, t0 = 3, t1 = 26, covariates = known },
      own:purchase_probability_interval(1, 3, 26))
    local counts = assert(truth:purchase_interval(data { future_t = 26 }))
    one.future_t = 26
    assert.equal(own:purchase_interval(one).upper, counts.upper[5])
  end)

  it("have intervals", function()
    local found = assert(model:interval(data { future_t = 26 }))
    assert.equal("OK", found.status)
    assert.is_true(found.lower[1] < found.estimate[1] and found.estimate[1] < found.upper[1])
    assert.is_true(assert(model:interval(data { quantity = "expected_probability_alive" })).std_error[1] > 0)
  end)

  it("are tested", function()
    local plain = assert(pnbd.fit { frequency = drawn.frequency, recency = drawn.recency, T = T, time_unit = "W" })
    local same = assert(pnbd.fit(data { time_unit = "W", transaction_covariates = { "age", "web" },
      dropout_covariates = { "age" }, same = { "age" } }))
    assert.equal(same.params_["transaction:age"], same.params_["dropout:age"])
    assert.equal(3, assert(model:likelihood_ratio_test(plain)).df)
    assert.is_true(assert(model:likelihood_ratio_test(same)).p_value < .01)
    local _, message = same:likelihood_ratio_test(assert(pnbd.fit(data { transaction_covariates = { "age" },
      dropout_covariates = { "web" } })))
    assert.is_truthy(message:find("dropout:web", 1, true))
  end)

  it("stand in files", function()
    local back = assert(loyalty.btyd.from_json(assert(model:to_json())))[1]
    for name, value in pairs(model.params_) do assert.equal(value, back.params_[name]) end
    assert.equal("W", back.time_unit)
    assert.equal(model.aic_, back.aic_)
    assert.is_true(back.converged_)
    assert.equal(model:expected_purchases(data { future_t = 26 })[7], back:expected_purchases(data { future_t = 26 })[7])
    assert.equal(model:to_json(), loyalty.btyd.to_json(back))
  end)

  it("run away by name", function()
    local x, t_x = {}, {}
    for i = 1, N do
      x[i] = webs[i] == 1 and 0 or drawn.frequency[i]
      t_x[i] = webs[i] == 1 and 0 or drawn.recency[i]
    end
    local away = assert(bgnbd.fit { frequency = x, recency = t_x, T = T, covariates = known,
      transaction_covariates = { "web" } })
    assert.is_true(away.status_ == "NOTICE_AT_BOUND" or away.status_ == "NOTICE_WEAK_ID")
    assert.equal("transaction:web", away.notice_)
  end)

  it("are blamed by name", function()
    local _, message, code = pnbd.fit(data { covariates = { age = 3 }, transaction_covariates = { "age" } })
    assert.equal("age: must vary among customers", message)
    assert.equal("ERR_SINGULAR", code)
    _, message = nbd.fit(data { dropout_covariates = { "age" } })
    assert.is_truthy(message:find("dropout_covariates: must be none", 1, true))
    assert.has_error(function() pnbd.fit(data { transaction_covariates = { "nope" } }) end)
    assert.has_error(function() pnbd.fit(data { transaction_covariates = "age" }) end)
    assert.has_error(function()
      pnbd.fit(data { transaction_covariates = { "age" }, dropout_covariates = { "age" }, same = { "web" } })
    end)
    assert.has_error(function() model:expected_purchases { frequency = 1, recency = 1, T = 2, future_t = 1 } end)
    local bad = { table.unpack(ages) }
    bad[2] = 0 / 0
    local out, count = model:expected_purchases(data { covariates = { age = bad, web = webs }, future_t = 1,
      errors = "coerce" })
    assert.equal(1, count)
    assert.is_true(out[2] ~= out[2])
    out, message = model:expected_purchases(data { covariates = { age = bad, web = webs }, future_t = 1 })
    assert.is_nil(out)
    assert.is_truthy(message:find("[2]", 1, true))
  end)
end)
