-- btyd: how customers differ.

local btyd = require "loyalty".btyd

local function near(expected, actual)
  assert.is_true(math.abs(actual - expected) <= 1e-14 * math.abs(expected), tostring(actual))
end

describe("heterogeneity", function()
  it("is density and share at or below", function() -- mpmath
    local density, below = btyd.gamma_heterogeneity { shape = .243, rate = 4.414, value = .05 }
    near(2.9737613643544369, density)
    near(0.73198477665867375, below)
    density, below = btyd.beta_heterogeneity { a = .793, b = 2.426, value = { .1, .999 } }
    near(2.311647115636007, density[1])
    near(0.99999996374694529, below[2])
  end)

  it("names what is wrong", function()
    local value, message, code = btyd.gamma_heterogeneity { shape = .243, rate = 4.414, value = { .05, -1 } }
    assert.is_nil(value)
    assert.is_truthy(message:find("value[2]", 1, true))
    assert.equal("ERR_DOMAIN", code)
    assert.is_nil(btyd.beta_heterogeneity { a = 0, b = 1, value = .5 })
    assert.error_matches(function() btyd.beta_heterogeneity { a = 1, b = 1, value = "x" } end, "value must be a number")
    assert.error_matches(function() btyd.beta_heterogeneity { a = 1, value = 1 } end, "b is missing")
    assert.error_matches(function() btyd.gamma_heterogeneity { a = 1 } end, "there is no argument 'a'")
  end)
end)
