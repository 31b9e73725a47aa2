-- Forecast against holdout.

local btyd = require("loyalty").btyd

local function near(expected, actual, tolerance)
  assert.is_true(math.abs(actual - expected) <= (tolerance or 1e-12) * math.abs(expected),
    ("%.17g is not near %.17g"):format(actual, expected))
end

local X <const>, T_X <const> = { 0, 2, 26, 1, 7, 4 }, { 0, 30.5, 30.75, 0.5, 29.25, 4 }
local T <const>, AHEAD <const> = { 38.5, 38.75, 31, 39, 32.5, 27.25 }, { 39, 39, 20, 39, 39, 39 }
local Y <const> = { 0, 1, 12, 0, 9, 0 }

describe("holdout", function()
  local model = assert(btyd.bgnbd { r = .243, alpha = 4.414, a = .793, b = 2.426 })
  local columns = { frequency = X, recency = T_X, T = T, test_frequency = Y, test_T = AHEAD }

  it("has the measures by mpmath", function()
    local found = assert(model:holdout {
      frequency = X, recency = T_X, T = T, test_frequency = Y, future_t = AHEAD, bins = 5 })
    near(22, found.actual)
    near(18.707335843499751, found.expected)
    near(-0.14966655256819314, found.bias)
    near(-0.54877735941670819, found.mean_error)
    near(0.78627682874461624, found.mae)
    near(1.6416455750510846, found.rmse)
    near(1.2337138735268629, found.log_score)
    for k, share in ipairs { 0.10988530925645663, 0.10988530925645663, 0.38539950450110025, 0.16770444734514634,
      0.22712542964084015 } do near(share, found.pit[k]) end
    assert.equal(found.log_score, model:holdout(columns).log_score)
    assert.equal(10, #model:holdout(columns).pit)
    near(-math.log(model:purchase_probability_future { frequency = 2, recency = 30, T = 38, n = 1, future_t = 39 }),
      model:holdout { frequency = 2, recency = 30, T = 38, test_frequency = 1, future_t = 39 }.log_score)
  end)

  it("says what is wrong", function()
    local value, message, code = model:holdout {
      frequency = X, recency = T_X, T = T, test_frequency = { 0, 1, 12, .5, 9, 0 }, future_t = 39 }
    assert.is_nil(value)
    assert.matches("^test_frequency%[4%]: ", message)
    assert.equal("ERR_DOMAIN", code)
    message = select(2, model:holdout { frequency = X, recency = T_X, T = T, test_frequency = Y, future_t = 0 })
    assert.matches("^future_t%[1%]: ", message)
    assert.error_matches(function() model:holdout { frequency = X, recency = T_X, T = T, future_t = 1 } end,
      "test_frequency is missing")
    assert.error_matches(function() model:holdout(setmetatable({ bins = 1 }, nil)) end, "bins must be an integer")
  end)
end)
