-- ladder.matrix: square tables and vectors of numbers, for the modules of the wing.

local core = require "loyalty.core"
local matrix = require "loyalty.ladder.matrix"

describe("matrix", function()
  it("reads rows and gives them back", function()
    local v, n = matrix.square({ { .75, .25 }, core.vec { .5, .5 } }, "transition", "f")
    assert.equal(2, n)
    assert.same({ { .75, .25 }, { .5, .5 } }, matrix.rows(v, n))
    assert.same({ { .75 }, { .25 } }, matrix.rows(v, 2, 1))
    assert.same({ {}, {} }, matrix.rows(v, 2, 0))
    assert.same({ 1, 2 }, matrix.vector({ 1, 2 }, "x", 2, "f"):totable())
    assert.equal(2, #matrix.vector(core.vec { 1, 2 }, "x", 2, "f"))
  end)

  it("raises in the name of the function", function()
    local function f(value) return (matrix.square(value, "transition", "f")) end
    local function g(value) return (matrix.vector(value, "start", 2, "g")) end
    local function refused(call, value, message)
      assert.error_matches(function() call(value) end, "^" .. message)
    end
    refused(f, nil, "f: transition must be a table of rows")
    refused(f, {}, "f: transition must be a table of rows")
    refused(f, { { 1, 0 }, { 1 } }, "f: transition%[2%] must be a row of 2 numbers")
    refused(f, { { 1, 0 }, 1 }, "f: transition%[2%] must be a row of 2 numbers")
    refused(f, { { 1, 0 }, { 1, "a" } }, "f: transition%[2%] must hold numbers, not string")
    refused(g, 1, "g: start must be a vec or a table of 2 numbers")
    refused(g, { 1, 2, 3 }, "g: start must be a vec or a table of 2 numbers")
    refused(g, { 1, true }, "g: start%[2%] must be a number, not boolean")
  end)
end)
