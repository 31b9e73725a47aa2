-- The cases of tests/parity through the Lua module. The format is in tests/parity/README.md.

local core = require "loyalty.core"

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."
local folder = here .. "/../parity/cases/"

local function parse(token)
  if token:sub(1, 2) == "x[" then
    return (token:sub(3, -2):gsub("%x%x", function(digits) return string.char(tonumber(digits, 16)) end))
  end
  if token:sub(1, 1) == "@" then return { object = token } end
  local kind, list = token:match("^(%a+)%[(.*)%]$")
  if kind then
    local values = {}
    for item in list:gmatch("%S+") do values[#values + 1] = parse(item) end
    if kind == "d" or kind == "i" or kind == "t" then return (kind == "d" and core.vec or core.ivec)(values) end
    return { out = (kind == "out" and core.vec or core.ivec)(#values), expected = values }
  end
  if token == "true" or token == "false" then return token == "true" end
  if token == "nil" then return nil end
  if token:sub(1, 1) == '"' then return token:sub(2, -2) end
  if token:match("^[+-]?%d+$") then return math.tointeger(token) end
  if token == "nan" then return 0.0 / 0.0 end
  if token == "inf" then return math.huge end
  if token == "-inf" then return -math.huge end
  return (assert(tonumber(token), token)) * 1.0
end

local function tokens_of(line)
  local tokens, at = {}, 1
  while true do
    at = line:find("%S", at)
    if not at then return tokens end
    local token = line:match("^%a+%[[^%]]*%]", at) or line:match('^"[^"]*"', at) or line:match("^%S+", at)
    tokens[#tokens + 1] = token
    at = at + #token
  end
end

local function same(a, b)
  if math.type(a) ~= math.type(b) or type(a) ~= type(b) then return false end
  if math.type(a) == "float" then
    return (a ~= a and b ~= b) or string.pack("d", a) == string.pack("d", b)
  end
  return a == b
end

local function written(v) return math.type(v) == "float" and ("%a"):format(v) or tostring(v) end

local function differences(line, where, objects)
  local tokens = tokens_of(line)
  local arguments, outputs, at, n = {}, {}, 2, 0
  while tokens[at] ~= "=" and tokens[at] ~= "!" do
    local value = parse(assert(tokens[at], where .. ": no result"))
    if type(value) == "table" and value.object then
      value = assert(objects[value.object], where .. ": no object " .. value.object)
    elseif type(value) == "table" then
      outputs[#outputs + 1] = value
      value = value.out
    end
    n = n + 1
    arguments[n] = value
    at = at + 1
  end
  local name, found = tokens[1], {}
  local function complain(what, got, expected)
    found[#found + 1] = ("%s: %s: %s is %s, expected %s"):format(where, name, what, got, expected)
  end
  local f = assert(core[name], where .. ": no function " .. name)
  local got = table.pack(f(table.unpack(arguments, 1, n)))
  local failed = got.n == 3 and got[1] == nil and type(got[3]) == "string" and got[3]:match("^ERR_") ~= nil
  if tokens[at] == "!" then
    local code, argument, index = tokens[at + 1], tokens[at + 2], tokens[at + 3]
    if not failed then
      complain("the outcome", "success", code)
    else
      local start = argument == "-" and "" or argument .. (index == "-" and "" or "[" .. index + 1 .. "]") .. ": "
      if got[3] ~= code then complain("the code", got[3], code) end
      if got[2]:sub(1, #start) ~= start then complain("the message", got[2], start .. "...") end
    end
    return found
  end
  if failed then
    complain("the outcome", got[3] .. " " .. got[2], "success")
    return found
  end
  if tokens[at + 1] and tokens[at + 1]:sub(1, 1) == "@" then
    objects[tokens[at + 1]] = got[1]
    return found
  end
  if #tokens == at and got.n == 1 and got[1] == true then got.n = 0 end -- a function that only succeeds
  if got.n ~= #tokens - at then complain("the number of results", got.n, #tokens - at) end
  for i = 1, math.min(got.n, #tokens - at) do
    local expected = parse(tokens[at + i])
    if not same(got[i], expected) then complain("result " .. i, written(got[i]), tokens[at + i]) end
  end
  for _, output in ipairs(outputs) do
    for row, expected in ipairs(output.expected) do
      local value = output.out[row]
      if math.type(value) == "float" and math.type(expected) == "integer" then expected = expected + 0.0 end
      if not same(value, expected) then complain("row " .. row, written(value), written(expected)) end
    end
  end
  return found
end

describe("parity", function()
  local listing = assert(io.popen("ls '" .. folder .. "'"))
  for file in listing:lines() do
    if file:match("%.txt$") then
      it("has the bits of " .. file, function()
        local number, cases, found, objects = 0, 0, {}, {}
        for line in io.lines(folder .. file) do
          number = number + 1
          if line:match("%S") and line:sub(1, 1) ~= "#" then
            cases = cases + 1
            for _, text in ipairs(differences(line, file .. ":" .. number, objects)) do found[#found + 1] = text end
          end
        end
        assert.is_true(cases > 0)
        assert.same({}, found)
      end)
    end
  end
  listing:close()

  it("notices a wrong bit", function()
    local good = "nps_from_counts 1 0 0 0 = 1 0 0 0 1 0x1p+0 0x0p+0 0x1p+0 0x0p+0 0x0p+0 0x1p+0 false"
    local wrong = good:gsub("0x1p%+0 0x0p", "0x1.0000000000001p+0 0x0p", 1)
    assert.same({}, differences(good, "line"))
    assert.equal(1, #differences(wrong, "line"))
  end)
end)
