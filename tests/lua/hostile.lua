-- Call every function of the Lua core with hostile arguments. Run by hostile_spec.lua in a process of its own:
--   lua hostile.lua SEED ROUNDS LOG [FUNCTION...]
-- Any result and any Lua error is a good answer; a crash or a hang is not. The call under way is always in LOG.

local core = require "loyalty.core"

local seed, rounds, log = tonumber(arg[1]), tonumber(arg[2]), assert(io.open(arg[3], "w"))
log:setvbuf("no")
math.randomseed(seed)
local random = math.random

local doubles = { 0.0, -0.0, 1.0, -1.0, 0.5, 0.05, 2.0, 4.414, 0.243, 10.0, 39.0, 1e-300, 1e300, 5e-324, 2.0 ^ 53,
  math.huge, -math.huge, 0.0 / 0.0, 1.5 }
local integers = { 0, 1, 2, 3, 7, 9, 10, 100, -1, -2, 255, 256, 1 << 31, (1 << 31) - 1, -(1 << 31), 1 << 32, 1 << 53,
  1 << 62, math.maxinteger, math.mininteger }
local texts = { "", "x", "OK", "\0", "1997-01-01", ("[ "):rep(50000), ("9"):rep(5000), "{\"a\": 1}", "\xff\xfe", "8 bytes!" }
local lengths = { 0, 1, 1, 2, 3, 3, 3, 5, 8, 100 }
local function pick(list) return list[random(#list)] end

local handles = {}

local function column()
  local v = core.vec(pick(lengths), pick(doubles))
  for i = 1, #v do if random() < 0.5 then v[i] = pick(doubles) end end
  return v
end

local function icolumn()
  local v = core.ivec(pick(lengths), pick(integers))
  for i = 1, #v do if random() < 0.5 then v[i] = pick(integers) end end
  return v
end

local trap = setmetatable({}, {
  __index = function() error "index" end,
  __len = function() error "len" end,
  __gc = function() end,
})

local kinds = {
  function() return nil end, function() return pick(doubles) end, function() return pick(integers) end,
  function() return pick(texts) end, function() return random() < 0.5 end, column, icolumn,
  function() return { 1, 2, 3 } end, function() return { 1, "2" } end, function() return { 1, nil, 3 } end,
  function() return {} end, function() return trap end, function() return io.stdout end,
  function() return print end, function() return coroutine.create(print) end, function() return core end,
  function() return core.version end, function() return #handles > 0 and pick(handles) or nil end,
}

local log_fields = {}
local function describe(v)
  local kind = type(v)
  if kind == "number" then return math.type(v) == "float" and ("%a"):format(v) or tostring(v) end
  if kind == "string" then return ("%q"):format(v:sub(1, 20)) end
  return tostring(v)
end

local function attempt(name, f, arguments, n)
  for i = 1, n do log_fields[i] = describe(arguments[i]) end
  log:seek("set", 0)
  local text = name .. "(" .. table.concat(log_fields, ", ", 1, n) .. ")"
  log:write(text, (" "):rep(math.max(0, 2000 - #text)), "\n")
  local results = table.pack(pcall(f, table.unpack(arguments, 1, n)))
  for i = 2, results.n do
    if type(results[i]) == "userdata" then handles[#handles % 20 + 1] = results[i] end
  end
  return results[1]
end

-- What each argument should be, from the types of the Python extension, whose flat functions are the same.
local plausible = {
  float = function() return random() < 0.6 and pick(doubles) or random() * 5 end,
  int = function() return random() < 0.4 and pick(integers) or random(0, 5) end,
  bool = function() return random() < 0.5 end,
  str = function() return pick(texts) end,
  _Doubles = column,
  _Integers = icolumn,
  _Types = function()
    local v = icolumn()
    for i = 1, #v do if random() < 0.9 then v[i] = random(-1, 6) end end
    return v
  end,
  _Bytes = function() return pick(texts) end,
  _Progress = function()
    return pick { false, false, function() end, function(n) return n < 3 end, error, coroutine.yield } or nil
  end,
  _Capsule = function() return #handles > 0 and pick(handles) or nil end,
}
local signatures, makers = {}, {}
for line in io.lines((arg[0]:match("^(.*)/[^/]*$") or ".") .. "/../../bindings/python/loyalty/_loyalty.pyi") do
  local name, parameters, result = line:match("^def ([%w_]+)%((.*)%) %-> (.*):")
  if name then
    if result == "_Capsule" then makers[#makers + 1] = name end
    signatures[name] = {}
    for hint in parameters:gmatch("[%w_]+: ([%w_]+)") do
      signatures[name][#signatures[name] + 1] = assert(plausible[hint], hint)
    end
  end
end

-- Handles for functions that want one: from every function that makes one, if luck will have it.
local function refresh()
  for _, name in ipairs(makers) do
    for _ = 1, 40 do
      local arguments, n = {}, #signatures[name]
      for i = 1, n do arguments[i] = signatures[name][i]() end
      local ok, handle = pcall(core[name], table.unpack(arguments, 1, n))
      if ok and handle then handles[#handles < 20 and #handles + 1 or random(20)] = handle end
    end
  end
end

local names = table.move(arg, 4, #arg, 1, {})
if #names == 0 then
  for name, f in pairs(core) do if type(f) == "function" then names[#names + 1] = name end end
end
table.sort(names)

local calls, answered = 0, 0
for _, name in ipairs(names) do
  local f = core[name]
  local most = signatures[name] and #signatures[name] or 2
  local hints = signatures[name] or {}
  refresh()
  for _ = 1, rounds do
    local share = pick { 0, 0, 0.1, 0.5, 1 }
    local n = random() < 0.97 and most or random(0, most + 2)
    local arguments = {}
    for i = 1, n do arguments[i] = (hints[i] and random() >= share and hints[i] or pick(kinds))() end
    calls = calls + 1
    if attempt(name, f, arguments, n) then answered = answered + 1 end
    if calls % 100 == 0 then refresh() end
  end
end

-- Methods of columns and handles with any self.
for _, owner in ipairs { core.vec(3), core.ivec(3), handles[1] } do
  for _, name in ipairs { "totable", "copy", "fill", "sum", "tobytes", "close" } do
    local ok, f = pcall(function() return owner[name] end)
    if ok and type(f) == "function" then
      for _ = 1, rounds do
        local arguments, n = {}, random(0, 4)
        for i = 1, n do arguments[i] = pick(kinds)() end
        if random() < 0.6 then arguments[1], n = owner, math.max(n, 1) end
        calls = calls + 1
        attempt(name, f, arguments, n)
      end
    end
  end
end
collectgarbage()
collectgarbage()
print(calls, answered)
