--- How much a customer spends per purchase: the Gamma-Gamma model.
--
--   local spend = loyalty.btyd.gamma_gamma{ p = 6.25, q = 3.74, v = 15.44 }
--   local spend = loyalty.btyd.gamma_gamma.fit{ frequency = , monetary_value = }
--   spend:expected_customer_spend{ frequency = 2, monetary_value = 22.35 }
--
-- frequency is the number of repeat purchases, monetary_value their mean spend (not read where frequency is 0):
-- numbers, vecs or tables. Numbers give a number, columns a vec.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local bootstrap = require "loyalty.btyd.bootstrap"
local intervals = require "loyalty.btyd.intervals"
local model = require "loyalty.btyd.model"

local SPEC = { name = "gamma_gamma", kind = 2, parameters = { "p", "q", "v" }, check = core.gamma_gamma_check }
local gamma_gamma, GammaGamma = model.define(SPEC)

local BLAME = { x = "frequency", z = "monetary_value", weight = "weights" }
local RFM = { customer_id = true, frequency = true, recency = true, T = true, monetary_value = true }

local function names(...)
  local set = {}
  for name in pairs(RFM) do set[name] = true end
  for i = 1, select("#", ...) do set[select(i, ...)] = true end
  return set
end
local FIT_NAMES = names("weights", "threads", "time_unit", "penalty", "progress")
local ROW_NAMES = names("errors")
local BOOTSTRAP_NAMES = names("n_boot", "seed", "level", "progress")
local INTERVAL_NAMES = names("errors", "quantity", "level")

--- gamma_gamma.fit{frequency = , monetary_value = , weights = nil, threads = 1, time_unit = nil, penalty = 0,
-- progress = nil}: the maximum likelihood fit. penalty is what the squares of p, q and v cost; log_likelihood_ is
-- without it. progress(evaluations, log_likelihood) is called after each evaluation; false from it cancels the fit.
-- Customers without repeat purchases are left out and counted in n_left_out_; correlation_ is that of spend and
-- frequency, which the model takes to be 0. status_ is "OK" or the name of a notice.
function gamma_gamma.fit(named)
  arguments.check(named, FIT_NAMES, "fit")
  local threads, time_unit = arguments.optional(named, "threads", 1), rawget(named, "time_unit")
  model.unit_number(time_unit, "fit")
  local fit = table.pack(arguments.blame(BLAME, core.gamma_gamma_fit(
    arguments.need(named, "frequency", "fit"), arguments.need(named, "monetary_value", "fit"), rawget(named, "weights"),
    threads, 0, 0, 0, 0, arguments.optional(named, "penalty", 0.0), rawget(named, "progress"))))
  if fit[1] == nil then return nil, fit[2], fit[3] end
  local self = SPEC.new({ fit[2], fit[3], fit[4] }, {
    status = fit[1], log_likelihood = fit[5], covariance = table.pack(table.unpack(fit, 9, 17)), customers = fit[19],
  }, time_unit, threads)
  self.penalty_ = arguments.optional(named, "penalty", 0.0)
  self.correlation_, self.n_left_out_ = fit[18], fit[22]
  return self
end

--- The columns of a call, and how to answer it: with `one` for numbers, with `many` for columns.
local function answer(self, named, where, one, many)
  arguments.check(named, ROW_NAMES, where)
  local x, z = arguments.need(named, "frequency", where), arguments.need(named, "monetary_value", where)
  local p, q, v = self:values()
  if model.scalars(x, z) then return arguments.blame(BLAME, one(p, q, v, x, z)) end
  local out = core.vec(model.length(x))
  local first, second, third = arguments.blame(BLAME, many(p, q, v, x, z, out, model.coerce(named, where)))
  if first == nil then return nil, second, third end
  return out, first, second
end

--- log_likelihood{frequency = , monetary_value = }: of each customer; 0 where frequency is 0.
function GammaGamma:log_likelihood(named)
  return answer(self, named, "log_likelihood", core.gamma_gamma_loglik, core.gamma_gamma_loglik_batch)
end

local function spend_one(...)
  local status, value, code = core.gamma_gamma_expected_spend(...)
  if status == nil then return nil, value, code end
  return value, status
end

--- expected_customer_spend{frequency = , monetary_value = }: expected spend per purchase, p (v + x z)/(p x + q - 1),
-- then the status, "OK" or "NOTICE_DIVERGES" when an answer is infinite (p x + q at most 1), then, for columns, the
-- count of bad rows.
function GammaGamma:expected_customer_spend(named)
  return answer(self, named, "expected_customer_spend", spend_one, core.gamma_gamma_expected_spend_batch)
end

--- expected_new_customer_spend(): of a customer nothing is known about, p v/(q - 1), and the status.
function GammaGamma:expected_new_customer_spend()
  local status, value, code = core.gamma_gamma_expected_spend_new(self:values())
  if status == nil then return nil, value, code end
  return value, status
end

--- posterior_mean{frequency = , monetary_value = }: mean of the customer's own rate nu, (p x + q)/(v + x z).
function GammaGamma:posterior_mean(named)
  return answer(self, named, "posterior_mean", core.gamma_gamma_posterior, core.gamma_gamma_posterior_batch)
end

--- interval{frequency = , monetary_value = , quantity = "expected_customer_spend", level = .95}: what a fitted model
-- says with its uncertainty: a table of estimate, std_error, lower and upper (numbers for numbers, vecs for columns),
-- status and bad. quantity is also "posterior_mean".
function GammaGamma:interval(named)
  arguments.check(named, INTERVAL_NAMES, "interval")
  local x, z = arguments.need(named, "frequency", "interval"), arguments.need(named, "monetary_value", "interval")
  local quantity = arguments.choice(arguments.optional(named, "quantity", "expected_customer_spend"),
    { expected_customer_spend = 11, posterior_mean = 6 }, "quantity", "interval")
  return intervals.quantity(self, { quantity }, { x, z }, not model.scalars(x, z) and model.length(x) or nil,
    arguments.optional(named, "level", .95), model.coerce(named, "interval"), BLAME)
end

--- simulate{frequency = , seed = }: mean spends of customers with these numbers of repeat purchases, as a vec.
function GammaGamma:simulate(named)
  arguments.check(named, { frequency = true, seed = true }, "simulate")
  local x = arguments.need(named, "frequency", "simulate")
  if type(x) == "number" then x = { x } end
  local p, q, v = self:values()
  local out = core.vec(#x)
  local ok, message, code = arguments.blame(BLAME,
    core.gamma_gamma_simulate(p, q, v, x, arguments.need(named, "seed", "simulate"), out))
  if not ok then return nil, message, code end
  return out
end

--- bootstrap{frequency = , n_boot = 999, seed = 0, level = .95, progress = nil}: parametric bootstrap: mean
-- spends of customers with these numbers of repeat purchases are drawn from the model and
-- fitted, n_boot times; a table as that of bgnbd.
function GammaGamma:bootstrap(named)
  arguments.check(named, BOOTSTRAP_NAMES, "bootstrap")
  local given = arguments.need(named, "frequency", "bootstrap")
  return bootstrap(self, SPEC.parameters, given, "frequency", named)
end

return gamma_gamma
