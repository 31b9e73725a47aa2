-- From a purchase log to a fitted model: the CDNOW sample, 39 weeks of calibration to 1997-09-30, in weeks. Prints the
-- parameters in decimal and, to the last bit, in hexadecimal.
--
--   lua5.4 03_purchases.lua [examples/data/cdnow.csv]
local loyalty = require "loyalty"

local path = arg[1] or "examples/data/cdnow.csv"
local customer, date, amount = {}, {}, {}
local number = 0
for line in assert(io.lines(path)) do
  number = number + 1
  if number > 1 then
    local id, day, dollars = line:match "^([^,]+),([%d-]+),([%d.]+)%s*$"
    if not id then error(("%s:%d: expected customer_id,date,amount"):format(path, number)) end
    customer[#customer + 1], date[#date + 1], amount[#amount + 1] = id, day, tonumber(dollars)
  end
end

local rfm = assert(loyalty.btyd.rfm_summary {
  customer = customer, time = date, amount = amount, time_unit = "W", observation_period_end = "1997-09-30",
})
rfm.time_unit = "W"
local model = assert(loyalty.btyd.bgnbd.fit(rfm))
print(("customers %d, log-likelihood %.6f"):format(#rfm.frequency, model.log_likelihood_))
for _, name in ipairs { "r", "alpha", "a", "b" } do
  local value = model.params_[name]
  print(("%s %.7f, standard error %.7f, exactly %a"):format(name, value, model.std_errors_[name], value))
end
