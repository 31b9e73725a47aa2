-- Every conversion of lua.i. Run by test_probe.py; prints "fine" at the end.

local core = require "loyalty.core"

local function same(expected, ...)
  local got = table.pack(...)
  assert(got.n == #expected, ("%d results, expected %d"):format(got.n, #expected))
  for i, e in ipairs(expected) do
    local ok = got[i] == e and math.type(got[i]) == math.type(e)
    assert(ok, ("result %d: %s, expected %s"):format(i, tostring(got[i]), tostring(e)))
  end
end

local function fails(pattern, f, ...)
  local ok, message = pcall(f, ...)
  assert(not ok and tostring(message):find(pattern, 1, true), ("%s, expected %s"):format(tostring(message), pattern))
end

local function refused(code, value, message, got)
  assert(value == nil and type(message) == "string" and got == code, tostring(message))
  return message
end

-- Results, notices, errors.
local numbers = { 1.0, 2.0, 3.0, 4.0 }
for n = 0, 4 do
  local r, s = core["r" .. n], core["s" .. n]
  local plain = n == 0 and { true } or table.move(numbers, 1, n, 1, {})
  same(plain, r(0))
  same(table.move({ "NOTICE_WEAK_ID" }, 1, 1, #plain + 1, { table.unpack(plain) }), r(2))
  same({ "OK", table.unpack(numbers, 1, n) }, s(0))
  same({ "NOTICE_AT_BOUND", table.unpack(numbers, 1, n) }, s(1))
  assert(refused("ERR_DOMAIN", r(101)) == "status[5]: a number is outside its range")
  assert(refused("ERR_SINGULAR", s(104)) == "a matrix is singular")
end
same({ math.mininteger }, core.ri(0, math.mininteger))
refused("ERR_OVERFLOW", core.ri(106, 1))
same({ 615 }, core.ru(-1))
same({ 807 }, core.rz(math.maxinteger))
fails("value: must be from 0", core.rz, -1)
same({ "text" }, core.rtext(0, true))
assert(select("#", core.rtext(0, false)) == 1 and core.rtext(0, false) == nil)
same({ ("x"):rep(100000) }, core.rblob(0, 100000))
same({ "" }, core.rblob(0, 0))
refused("ERR_MEMORY", core.rblob(105, 1))
same({ 2 }, core.rbatch(0, true))
assert(refused("ERR_DOMAIN", core.rbatch(0, false)) == "t_x[8]: must be at most T")
refused("ERR_ARGUMENT", core.rbatch(100, true))
local status, half, least, yes, none, first = core.values(1, 43)
assert(status == "NOTICE_AT_BOUND" and half == 0.5 and least == math.mininteger)
assert(yes == true and none == nil and first == 0)
assert(select("#", core.values(0, 43)) == 48)
assert(select("#", core.values(0, 200)) == 48)

-- Columns, text.
same({ 6.0 }, core.column(core.vec { 1, 2, 3 }))
same({ 6.0 }, core.column { 1, 2, 3 })
same({ 0.0 }, core.column {})
same({ 6 }, core.column_i64 { 1, 2.0, 3 })
fails("x: expected a vec or a table, got userdata", core.column, core.ivec { 1 })
fails("x: expected an ivec or a table, got userdata", core.column_i64, core.vec { 1 })
fails("x: element 2: expected an integer, got number", core.column_i64, { 1, 1.5 })
same({ 0 }, core.optional(nil, nil, nil, nil, nil))
same({ 31 }, core.optional({}, core.vec(0), {}, core.ivec(0), ""))
fails("b: expected a vec, got table", core.optional, nil, {}, nil, nil, nil)
fails("e: expected a string, got number", core.optional, nil, nil, nil, nil, 1)
local out, iout = core.vec(2), core.ivec(2)
same({ true }, core.copy({ 5, 6 }, out))
assert(out[1] == 5 and out[2] == 6)
same({ true }, core.copy_i64({ 5, math.maxinteger }, iout))
assert(iout[2] == math.maxinteger)
local types = core.ivec(3, 99)
same({ true }, core.copy_i8({ 5, -1, -128 }, types))
assert(types[1] == 5 and types[2] == -1 and types[3] == -128)
same({ true }, core.copy_i8(core.ivec { 127, 0, 1 }, types))
assert(types[1] == 127 and types[3] == 1)
assert(refused("ERR_ARGUMENT", core.copy_i8({ 1 }, types)) == "y: must be as long as the first column")
assert(types[1] == 127 and types[3] == 1)
fails("x: element 2: must be from -128 to 127", core.copy_i8, { 1, 128 }, types)
fails("y: expected an ivec, got table", core.copy_i8, { 1 }, { 1 })
same({ true }, core.copy(out, out))
assert(refused("ERR_ARGUMENT", core.copy({ 1 }, out)) == "y: must be as long as the first column")
fails("y: expected a vec, got table", core.copy, { 1 }, { 1 })
same({ 3 }, core.text "a\0b")
same({ 255 + 1 }, core.octets "\xff\1")
fails("t: expected a string, got number", core.text, 12)

-- Handles.
local a, b = core.tally_new(1), core.tally_new(2)
same({ true }, core.tally_add(a, { 1, 2 }))
same({ true }, core.tally_merge(a, b))
same({ 6.0 }, core.tally_sum(a))
same({ true }, core.tally_merge(a, a))
assert(refused("ERR_DOMAIN", core.tally_new(0 / 0)) == "start: must be a number")
assert(getmetatable(a) == false and core.tally_alive() == 2)
for _, wrong in ipairs { 1, "x", {}, io.stdout, core.vec(1), print } do
  fails("t: expected tally, got " .. type(wrong), core.tally_sum, wrong)
  fails("object: expected tally", a.close, wrong)
end
fails("t: expected tally, got nil", core.tally_sum, nil)
a:close()
a:close()
same({ true }, core.tally_close(a))
fails("t: the tally is closed", core.tally_sum, a)
fails("other: the tally is closed", core.tally_merge, b, a)
assert(core.tally_alive() == 1)
do
  local c <close> = core.tally_new(1)
  assert(core.tally_sum(c) == 1.0 and core.tally_alive() == 2)
end
assert(core.tally_alive() == 1)
b:close()
for _ = 1, 100 do core.tally_new(1) end
collectgarbage()
collectgarbage()
assert(core.tally_alive() == 0)

-- Finalizers at exit see a module that is going away.
local keep = core.tally_new(1)
setmetatable({ keep }, { __gc = function(t) t[1]:close() end })
print "fine"
