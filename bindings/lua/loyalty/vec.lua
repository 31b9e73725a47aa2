--- Columns for bulk work: vec holds doubles, ivec 64-bit integers.
--
--   local v = loyalty.vec(1000)            -- zeros; vec(n, x) fills
--   local v = loyalty.vec{1, 2.5, 4}       -- from a table; vec(iv) converts an ivec
--   local v = loyalty.vec.frombytes(s)     -- from native 8-byte elements, as string.pack("d", x) writes them
--   #v  v[i]  v[i] = x                     -- counted from 1; reading outside gives nil, writing raises
--   v:totable([i, [j]])  v:copy([i, [j]])  v:sum([i, [j]])  v:fill(x, [i, [j]])  v:tobytes()
--
-- v[i] costs a call into C: prefer the methods to loops over elements.

local core = require "loyalty.core"

local function constructor(make, frombytes, name)
  return setmetatable({ frombytes = frombytes }, {
    __call = function(_, ...) return make(...) end,
    __name = name,
    __metatable = false,
  })
end

return {
  vec = constructor(core.vec, core.vec_from_bytes, "loyalty.vec"),
  ivec = constructor(core.ivec, core.ivec_from_bytes, "loyalty.ivec"),
}
