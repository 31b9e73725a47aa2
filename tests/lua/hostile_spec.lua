-- No argument of any function crashes or hangs the host. LOYALTY_FUZZ_ROUNDS sets the calls for each function.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."

describe("hostile arguments", function()
  for seed = 1, 2 do
    it("are answered, seed " .. seed, function()
      local rounds = tonumber(os.getenv("LOYALTY_FUZZ_ROUNDS") or 300)
      local log = os.tmpname()
      local lua = arg[-1] or "lua5.4"
      local command = ("ulimit -v 6000000; timeout %d %s '%s/hostile.lua' %d %s %s 2>&1"):format(
        60 + rounds // 5, lua, here, seed, rounds, log)
      local pipe = assert(io.popen(command))
      local output = pipe:read("a")
      local ok, how, code = pipe:close()
      local file = assert(io.open(log))
      local last = file:read("l")
      file:close()
      os.remove(log)
      assert(ok, ("%s %s: %s\nin %s"):format(how, code, output, last))
      local calls, answered = output:match("(%d+)%s+(%d+)")
      assert.is_true(tonumber(answered) > tonumber(calls) // 100)
    end)
  end
end)
