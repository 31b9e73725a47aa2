-- The Lua module itself: columns, errors, and what a script cannot do to it.

local loyalty = require "loyalty"
local core = require "loyalty.core"

describe("the module", function()
  it("knows its version", function() assert.matches("^%d+%.%d+%.%d+$", loyalty.version) end)

  it("leaves no global behind", function()
    assert.is_nil(rawget(_G, "swig_type"))
    assert.is_nil(rawget(_G, "swig_equals"))
    assert.is_nil(rawget(_G, "loyalty"))
    assert.is_nil(rawget(_G, "loyalty_core"))
    assert.is_nil(getmetatable(core))
  end)

  it("keeps globals of another SWIG module", function()
    local script = [[swig_type = 1; require "loyalty.core"; assert(swig_type == 1 and swig_equals == nil)]]
    local lua = arg[-1] or "lua5.4"
    assert.is_true(os.execute(("%s -e '%s'"):format(lua, script)))
  end)

  it("refuses a wrong number of arguments", function()
    assert.error_matches(function() core.version(1) end, "version: expected 0 arguments, got 1")
    assert.error_matches(function() core.status_name() end, "status_name: expected 1 arguments, got 0")
  end)
end)

for _, kind in ipairs { "vec", "ivec" } do
  local make = loyalty[kind]
  local zero = kind == "vec" and 0.0 or 0

  describe(kind, function()
    it("is made of a length, a table, another column, or bytes", function()
      assert.equal(0, #make(0))
      assert.same({ zero, zero, zero }, make(3):totable())
      assert.same({ 7 + zero, 7 + zero }, make(2, 7):totable())
      assert.same({ 1 + zero, 2 + zero }, make { 1, 2 }:totable())
      assert.same({ 1 + zero, 2 + zero }, make(loyalty.vec { 1, 2 }):totable())
      assert.same({ 1 + zero, 2 + zero }, make(loyalty.ivec { 1, 2 }):totable())
      local bytes = make { 3, 4 }:tobytes()
      assert.equal(16, #bytes)
      assert.same({ 3 + zero, 4 + zero }, make.frombytes(bytes):totable())
      assert.equal(string.pack(kind == "vec" and "dd" or "i8i8", 3, 4), bytes)
    end)

    it("counts from 1", function()
      local v = make { 10, 20, 30 }
      assert.equal(3, #v)
      assert.equal(10 + zero, v[1])
      assert.equal(kind == "vec" and "float" or "integer", math.type(v[1]))
      assert.is_nil(v[0])
      assert.is_nil(v[4])
      assert.is_nil(v[1.5])
      assert.is_nil(v[{}])
      assert.is_nil(v.nothing)
      v[2] = 25
      assert.equal(25 + zero, v[2])
      for _, i in ipairs { 0, 4, -1, math.maxinteger, math.mininteger } do
        assert.has_error(function() v[i] = 1 end)
      end
      assert.has_error(function() v.x = 1 end)
      assert.has_error(function() v[1] = "1" end)
      assert.has_error(function() v[1] = nil end)
    end)

    it("works on ranges", function()
      local v = make { 1, 2, 3, 4 }
      assert.equal(10 + zero, v:sum())
      assert.equal(5 + zero, v:sum(2, 3))
      assert.equal(zero, v:sum(5))
      assert.same({ 3 + zero, 4 + zero }, v:copy(3):totable())
      assert.same({ 2 + zero }, v:totable(2, 2))
      assert.equal(v, v:fill(9, 2, 3))
      assert.same({ 1 + zero, 9 + zero, 9 + zero, 4 + zero }, v:totable())
      for _, range in ipairs { { 0, 2 }, { 1, 5 }, { 4, 2 }, { 6 }, { math.mininteger, math.maxinteger } } do
        assert.error_matches(function() v:copy(range[1], range[2]) end, "bad range")
      end
      assert.has_error(function() v:sum("1") end)
    end)

    it("is a copy, not a view", function()
      local v = make { 1, 2 }
      local w = v:copy()
      w[1] = 5
      assert.equal(1 + zero, v[1])
    end)

    it("refuses wrong elements and lengths", function()
      assert.error_matches(function() make { 1, "2" } end, "element 2: expected")
      assert.error_matches(function() make { 1, {}, 3 } end, "element 2: expected")
      for _, bad in ipairs { -1, 1.5, "3", 2 ^ 62, 2 ^ 70, math.maxinteger, 0 / 0, true, print, io.stdout } do
        assert.has_error(function() make(bad) end)
      end
      assert.has_error(function() make() end)
      assert.has_error(function() make(3, "x") end)
      assert.has_error(function() make.frombytes("1234567") end)
      assert.has_error(function() make.frombytes(12345678) end)
    end)

    it("hides its metatable and trusts no other userdata", function()
      local v = make(2)
      assert.is_false(getmetatable(v))
      assert.has_error(function() setmetatable(v, {}) end)
      assert.has_error(function() v.copy(io.stdout) end)
      assert.has_error(function() v.copy({}) end)
      assert.has_error(function() v.copy() end)
      assert.has_error(function() v.sum(loyalty[kind == "vec" and "ivec" or "vec"](2)) end)
      assert.equal(kind .. " of 2", tostring(v))
    end)
  end)
end

describe("ivec", function()
  it("is exact to 64 bits", function()
    local v = loyalty.ivec { math.maxinteger, math.mininteger, 2 ^ 53 + 1.0 }
    assert.equal(math.maxinteger, v[1])
    assert.equal(math.mininteger, v[2])
    assert.equal(-1, v:sum(1, 2))
    assert.error_matches(function() loyalty.ivec { math.maxinteger, 1 }:sum() end, "does not fit")
    assert.error_matches(function() loyalty.ivec { 1.5 } end, "element 1: expected an integer")
    assert.error_matches(function() loyalty.ivec(loyalty.vec { 1.5 }) end, "element 1: expected an integer")
    assert.error_matches(function() loyalty.ivec(loyalty.vec { 1, 2 ^ 63 }) end, "element 2: expected an integer")
    assert.error_matches(function() loyalty.ivec(loyalty.vec { 0 / 0 }) end, "element 1: expected an integer")
    assert.equal(math.mininteger, loyalty.ivec(loyalty.vec { -2 ^ 63 })[1])
  end)
end)

describe("arguments", function()
  local function interval(level)
    return core.nps_interval(50, 30, 20, 0, 100, .5, .2, .3, .61, .078, 100, false, 1, level)
  end

  it("of a wrong kind raise and name the argument", function()
    for _, bad in ipairs { "0.95", true, {}, print, io.stdout, coroutine.create(print) } do
      assert.error_matches(function() interval(bad) end, "level: expected a number, got " .. type(bad))
    end
    assert.error_matches(function() interval(nil) end, "level: expected a number, got nil")
    assert.error_matches(function() core.nps_from_counts(2 ^ 70, 0, 0, 0) end, "promoters: expected an integer")
    assert.error_matches(function() core.nps_from_counts(1.5, 0, 0, 0) end, "promoters: expected an integer, got 1.5")
    assert.error_matches(function() core.nps_from_counts(0 / 0, 0, 0, 0) end, "promoters: expected an integer")
    assert.error_matches(function() core.status_name(2 ^ 31) end, "status: must be from")
    assert.error_matches(function() core.nps_from_scores({ 1 }, nil, 9, 7, 1) end, "skip_missing: expected true or false")
    assert.error_matches(function() core.nps_from_scores("x", nil, 9, 7, false) end, "score: expected a vec or a table")
    assert.error_matches(function() core.nps_from_scores(loyalty.ivec(1), nil, 9, 7, false) end, "score: expected a vec")
    assert.error_matches(function() core.nps_from_scores({ 1, false }, nil, 9, 7, false) end, "score: element 2")
  end)

  it("may be floats with whole values where integers are wanted", function()
    assert.equal(2, (core.nps_from_counts(2.0, 0, 0, 0)))
  end)

  it("that the library refuses give nil, message, code", function()
    local value, message, code = interval(1)
    assert.is_nil(value)
    assert.equal("ERR_DOMAIN", code)
    assert.matches("^level: must be", message)
    value, message, code = core.nps_from_scores({ 1, 11 }, nil, 9, 7, false)
    assert.is_nil(value)
    assert.equal("ERR_DOMAIN", code)
    assert.matches("^score%[2%]: ", message) -- rows count from 1 in Lua
  end)

  it("are copied out of tables without running metamethods", function()
    local ran = false
    local trap = setmetatable({ 9, 10 }, { __index = function() ran = true end, __len = function() ran = true return 5 end })
    assert.equal(2, (core.nps_from_scores(trap, nil, 9, 7, false)))
    assert.is_false(ran)
  end)
end)
