-- fit{penalty = , progress = }: the penalty, progress, cancellation and errors of the caller's function.

local loyalty = require "loyalty"
local btyd = loyalty.btyd

local X <const> = { 2, 1, 0, 7, 1, 2, 3, 1, 4, 5, 2, 1, 0, 0, 0, 12, 0, 0, 0, 0 }
local T_X <const> = { 30.4, 1.7, 0, 29.4, 5, 17, 12, 3, 31, 33, 8, 25, 0, 0, 0, 36, 0, 0, 0, 0 }
local T <const> = { 38.9, 38.9, 37.1, 38.9, 35, 30.2, 38, 37, 36, 39, 34, 33, 38, 35, 36, 39, 30, 31, 38, 37 }
local Z <const> = {}
for i, x in ipairs(X) do Z[i] = x > 0 and 10 + 7 * (i % 5) + x or 0 end

local MODELS <const> = { "bgnbd", "mbgnbd", "pnbd", "nbd", "ggomnbd", "gamma_gamma" }

local function arguments(name, more)
  local given = { frequency = X, monetary_value = Z }
  if name ~= "gamma_gamma" then given.recency, given.T = T_X, T end
  for key, value in pairs(more) do given[key] = value end
  return given
end

for _, name in ipairs(MODELS) do
  describe(name .. ".fit", function()
    local function fit(more) return btyd[name].fit(arguments(name, more)) end

    it("tells of each evaluation", function()
      local seen = {}
      local model = assert(fit { progress = function(n, value)
        assert.equal(#seen + 1, n)
        seen[n] = value
      end })
      assert.is_true(#seen > 2)
      assert.is_true(math.abs(math.max(table.unpack(seen)) - model.log_likelihood_) <= 1e-12 * -model.log_likelihood_)
      assert.same(assert(fit {}).params_, model.params_)
    end)

    it("is canceled by false", function()
      local calls = 0
      local none, message, code = fit { progress = function(n)
        calls = n
        return n < 3
      end }
      assert.is_nil(none)
      assert.equal("ERR_CANCELED", code)
      assert.equal("the progress function asked to stop", message)
      assert.equal(3, calls)
    end)

    it("lets errors through when the call has returned", function()
      local mine = { code = 7 }
      local ok, caught = pcall(fit, { progress = function() error(mine) end })
      assert.is_false(ok)
      assert.equal(mine, caught)
      ok, caught = pcall(fit, { progress = function() error(nil) end })
      assert.is_false(ok)
      assert.is_nil(caught)
      local thread = coroutine.create(function() return fit { progress = coroutine.yield } end)
      ok, caught = coroutine.resume(thread)
      assert.is_false(ok)
      assert.truthy(caught:find("attempt to yield across a C-call boundary", 1, true))
      assert.has_error(function() fit { progress = 3 } end)
    end)

    it("takes a penalty", function()
      local plain, held = assert(fit {}), assert(fit { penalty = 0.05 })
      assert.is_true(held.log_likelihood_ < plain.log_likelihood_)
      assert.is_true(held.params_[name == "gamma_gamma" and "v" or "alpha"]
        < plain.params_[name == "gamma_gamma" and "v" or "alpha"])
      local none, message, code = fit { penalty = -1 }
      assert.is_nil(none)
      assert.equal("ERR_DOMAIN", code)
      assert.equal("penalty: must be 0 or a number from 1e-40 to 1e40", message)
    end)
  end)
end
