-- btyd.rfm: the toy tables and CDNOW, any order and partition, bad input.

local loyalty = require "loyalty"
local btyd = loyalty.btyd

local TOY = {
  customer = { 1, 1, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6 },
  time = { "2015-01-01", "2015-02-06", "2015-01-01", "2015-01-01", "2015-01-02", "2015-01-05", "2015-01-16", "2015-02-02",
    "2015-02-05", "2015-01-16", "2015-01-17", "2015-01-18", "2015-02-02" },
  amount = { 1, 2, 2, 3, 1, 5, 6, 3, 3, 3, 1, 8, 5 },
}
local WORDS = { "one", "two", "three", "four", "five", "six" }

local function with(more)
  local named = { customer = TOY.customer, time = TOY.time, amount = TOY.amount }
  for name, value in pairs(more) do named[name] = value end
  return named
end

local function part(from, to, text)
  local out = { customer = {}, time = {}, amount = {} }
  for i = from, to do
    out.customer[#out.customer + 1] = text and WORDS[TOY.customer[i]] or TOY.customer[i]
    out.time[#out.time + 1] = TOY.time[i]
    out.amount[#out.amount + 1] = TOY.amount[i]
  end
  return out
end

local function refused(code, text, value, message, got)
  assert.is_nil(value)
  assert.equal(code, got)
  assert.is_truthy(message:find(text, 1, true), message)
end

describe("rfm_summary", function()
  it("gives the daily toy table", function()
    local r = btyd.rfm_summary(with { time_unit = "D", observation_period_end = "2015-02-07" })
    assert.same({ 1, 2, 3, 4, 5, 6 }, r.customer_id:totable())
    assert.same({ 1, 0, 2, 2, 2, 0 }, r.frequency:totable())
    assert.same({ 36, 0, 4, 20, 2, 0 }, r.recency:totable())
    assert.same({ 37, 37, 37, 22, 22, 5 }, r.T:totable())
    assert.same({ 2, 0, 3, 3, 4.5, 0 }, r.monetary_value:totable())
    assert.is_nil(r.litt)
  end)

  it("gives the weekly toy table", function()
    local r = btyd.rfm_summary(with { merge = "W", observation_period_end = "2015-02-07" })
    assert.same({ 1, 0, 1, 1, 0, 0 }, r.frequency:totable())
    assert.same({ 5, 0, 1, 3, 0, 0 }, r.recency:totable())
    assert.same({ 5, 5, 5, 3, 3, 0 }, r.T:totable())
  end)

  it("splits into calibration and holdout", function()
    local r = btyd.rfm_train_test_split(
      with { merge = "W", train_period_end = "2015-02-01", test_period_end = "2015-02-07" })
    assert.same({ 1, 2, 3, 4, 5 }, r.customer_id:totable())
    assert.same({ 0, 0, 1, 0, 0 }, r.frequency:totable())
    assert.same({ 4, 4, 4, 2, 2 }, r.T:totable())
    assert.same({ 1, 0, 0, 1, 0 }, r.test_frequency:totable())
    assert.same({ 2, 0, 0, 6, 0 }, r.test_monetary_value:totable())
    assert.same({ 1, 1, 1, 1, 1 }, r.test_T:totable())
  end)

  it("gives the published sums of CDNOW", function()
    local file = assert(io.open("examples/data/cdnow.csv"))
    local customer, time, amount = {}, {}, {}
    for line in file:lines() do
      local id, date, paid = line:match "^(%d+),([%d-]+),([%d.]+)"
      if id then
        customer[#customer + 1], time[#time + 1], amount[#amount + 1] = id, date, tonumber(paid)
      end
    end
    file:close()
    local r = btyd.rfm_train_test_split { customer = customer, time = time, amount = amount,
      train_period_end = "1997-09-30", test_period_end = "1998-06-30" }
    assert.equal(2357, #r.customer_id)
    assert.equal("0001", r.customer_id[1])
    assert.equal(2457, r.frequency:sum())
    assert.is_true(math.abs(r.recency:sum() - 16135.571428571) < 1e-8)
    assert.is_true(math.abs(r.T:sum() - 77111.285714286) < 1e-8)
    assert.equal(1882, r.test_frequency:sum())
  end)

  it("takes vecs, ivecs and ticks", function()
    local day = btyd.day { 2015, 1, 1 }
    assert.equal(16436, day)
    assert.equal(day, btyd.day "2015-01-01")
    local r = btyd.rfm_summary { customer = loyalty.ivec { math.maxinteger, math.maxinteger }, tick = "s",
      time = loyalty.ivec { day * 86400 + 1, (day + 3) * 86400 }, amount = loyalty.vec { 1.5, 0.1 + 0.2 }, time_unit = "D",
      litt = true }
    assert.equal(math.maxinteger, r.customer_id[1])
    assert.equal(3, r.recency[1])
    assert.equal(0.3, r.monetary_value[1])
    assert.equal(math.log(3), r.litt[1])
    local whole = btyd.rfm_summary { customer = { 1, 1 }, time = { day, day + 1 }, amount = loyalty.ivec { 5, 7 } }
    assert.equal(7, whole.monetary_value[1])
    local none = btyd.rfm_summary { customer = { 1, 1 }, time = { day, day + 1 } }
    assert.equal(0, none.monetary_value[1])
  end)

  it("keeps text ids in the order of their bytes", function()
    local names = { "é", "a,b", 'say "hi"', "Z", "", "10", "9" }
    local r = btyd.rfm_summary { customer = names, time = { 1, 2, 3, 4, 5, 6, 7 } }
    assert.same({ "", "10", "9", "Z", "a,b", 'say "hi"', "é" }, r.customer_id)
  end)
end)

describe("rfm_builder", function()
  for _, text in ipairs { false, true } do
    it("gives the same bytes for any parts of " .. (text and "text" or "numbered") .. " customers", function()
      local whole = btyd.rfm_builder():push(part(1, 13, text))
      local left = btyd.rfm_builder():push(part(10, 13, text)):push(part(3, 5, text))
      local right = btyd.rfm_builder():push(part(6, 9, text))
      local before = right:tobytes()
      left:merge(right):push(part(1, 2, text))
      assert.equal(before, right:tobytes())
      assert.equal(whole:tobytes(), left:tobytes())
      local again = btyd.rfm_builder_from_bytes(whole:tobytes())
      assert.equal(whole:tobytes(), again:tobytes())
      assert.same(whole:summary().recency:totable(), again:summary().recency:totable())
      assert.equal(13, again:report().rows)
      assert.equal(26, btyd.rfm_builder():merge(again):merge(whole):report().rows)
    end)
  end

  it("writes the bytes that Python writes (tests/python/btyd/test_rfm.py)", function()
    local b = btyd.rfm_builder():push { customer = { "é", "a" }, time = { 1, 1 }, amount = { 1, .5 } }
    local hex = b:tobytes():gsub(".", function(c) return ("%02x"):format(c:byte()) end)
    assert.equal("4c4f594c4f470d0a0100000002ff00000200000000000000010000006102000000c3a9" ..
      "4c4f5952464d0d0a0100000001000000020000000000000000000000000000000000000000000000960000000000000002000000" ..
      "00000000000000000000000001000000000000003200000000000000010000000000000001000000000000006400000000000000" ..
      "6f1ef865e773fd4c", hex)
  end)

  it("reports what was read and left out", function()
    local b = btyd.rfm_builder():push { customer = { 1, 1, 1, 2 }, time = { 1, 1, 9, 20 }, amount = { 10, 2.5, -1.25, -3 } }
    local r = b:report()
    assert.equal(4, r.rows)
    assert.equal(2, r.rows_negative)
    assert.equal(1, r.rows_merged)
    assert.equal(1, r.customers)
    assert.equal(1, r.customers_void)
    assert.equal(1250, r.amount)
    assert.equal(-425, r.amount_returned)
    assert.equal(20 * 86400, r.last)
  end)

  it("answers nil, message, code to bad data and stays as it was", function()
    local b = btyd.rfm_builder():push(TOY)
    local before = b:tobytes()
    refused("ERR_DOMAIN", "amount[2]", b:push { customer = { 1, 1 }, time = { 1, 1 }, amount = { 1, 0 / 0 } })
    refused("ERR_DOMAIN", "amount[2]", b:push { customer = { 1, 1 }, time = { 1, 1 }, amount = { 1, 1.005 } })
    refused("ERR_FORMAT", "'1/2/2015'", b:push { customer = { 1, 1 }, time = { "2015-01-01", "1/2/2015" } })
    refused("ERR_DOMAIN", "time", b:push { customer = { 1 }, time = { 5000000 } })
    refused("ERR_ARGUMENT", "time", b:push { customer = { 1 }, time = { 1, 2 } })
    refused("ERR_ARGUMENT", "whole numbers", b:push { customer = { "a" }, time = { 1 } })
    refused("ERR_ARGUMENT", "other", b:merge(b))
    refused("ERR_STATE", "other", b:merge(btyd.rfm_builder { merge = "W" }))
    refused("ERR_STATE", "decimals", b:merge(btyd.rfm_builder { decimals = 3 }))
    refused("ERR_DOMAIN", "train_period_end", b:train_test_split { train_period_end = "2015-05-01" })
    refused("ERR_DOMAIN", "train_period_end", b:train_test_split { train_period_end = "2015-02-30" })
    refused("ERR_DOMAIN", "decimals", btyd.rfm_builder { decimals = 10 })
    refused("ERR_DOMAIN", "amount", btyd.rfm_summary { customer = { 1 }, time = { 1 }, amount = { -1 }, refunds = "deny" })
    assert.equal(before, b:tobytes())
  end)

  it("raises on misuse", function()
    local b = btyd.rfm_builder()
    assert.has_error(function() btyd.rfm_builder { merge = "Q" } end)
    assert.has_error(function() btyd.rfm_builder { decimals = 1.5 } end)
    assert.has_error(function() btyd.rfm_summary { customer = { 1 }, time = { 1 }, when = 3 } end)
    assert.has_error(function() btyd.rfm_summary(3) end)
    assert.has_error(function() b:push { customer = { 1 } } end)
    assert.has_error(function() b:push { customer = { 1 }, time = 3 } end)
    assert.has_error(function() b:merge {} end)
    assert.has_error(function() b:merge(3) end)
    assert.has_error(function() btyd.rfm_builder_from_bytes(3) end)
    b:close()
    b:close()
  end)

  it("refuses damaged bytes", function()
    local good = btyd.rfm_builder():push(part(1, 13, true)):tobytes()
    for i = 0, #good - 1 do
      local r, message, code = btyd.rfm_builder_from_bytes(good:sub(1, i))
      assert.is_nil(r)
      assert.is_string(message)
      assert.equal("ERR_FORMAT", code)
    end
    for i = 1, #good do
      local damaged = good:sub(1, i - 1) .. string.char(good:byte(i) ~ 4) .. good:sub(i + 1)
      local r = btyd.rfm_builder_from_bytes(damaged)
      if r then r:summary() end
    end
  end)
end)
