--- What all models of purchases in continuous time share: one customer or columns of them in, the same questions
-- answered. For the modules of this library; loyalty.btyd.bgnbd is such a model.
--
-- Methods take numbers, vecs or tables, and repeat numbers where other arguments are columns. Numbers give a number;
-- columns give a vec, and the count of bad rows, which is 0 unless errors = "coerce".

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"
local bootstrap = require "loyalty.btyd.bootstrap"
local covariates = require "loyalty.btyd.covariates"
local intervals = require "loyalty.btyd.intervals"
local model = require "loyalty.btyd.model"

local HISTORY <const> = { "frequency", "recency", "T" }
local GAPS <const> = { "frequency", "recency", "T", "litt" }

--- What each function calls an argument of the core.
local function blame(more)
  more.x, more.t_x, more.weight = "frequency", "recency", "weights"
  return more
end
local PLAIN <const> = blame {}
local AHEAD <const> = blame { t = "future_t", t1 = "future_t" }
local DISCOUNTED <const> = blame { rate = "discount_rate", delta = "discount_rate", t = "horizon" }
local NEW <const> = { t1 = "t" }

--- Names that a function takes: those of a summary or a simulation, which can be passed as they are, and more.
local function names(...)
  local set = {
    customer_id = true, frequency = true, recency = true, T = true, monetary_value = true, litt = true, alive = true,
  }
  for i = 1, select("#", ...) do set[select(i, ...)] = true end
  return set
end
local FIT_NAMES <const> = names("weights", "threads", "time_unit", "penalty", "progress", "covariates",
  "transaction_covariates", "dropout_covariates", "same", "coefficient_penalty")
local STAGES_FIT_NAMES <const> = names("weights", "threads", "time_unit", "penalty", "progress", "k")
local STAGES_MOST <const> = 64
local ROW_NAMES <const> = names("errors")
local AHEAD_NAMES <const> = names("errors", "future_t")
local DISCOUNT_NAMES <const> = names("errors", "discount_rate", "discount_period", "horizon")
local FUTURE_NAMES <const> = names("errors", "n", "future_t")
local HOLDOUT_NAMES <const> = names("test_frequency", "test_monetary_value", "test_T", "future_t", "bins")
local COUNT_TEST_NAMES <const> = names("weights", "bars")
local BOOTSTRAP_NAMES <const> = names("n_boot", "seed", "level", "progress")
local TESTED <const> = blame { y = "test_frequency" }
local INTERVAL_NAMES <const> = names("errors", "quantity", "future_t", "n", "discount_rate", "discount_period", "horizon",
  "level")
local COUNT_NAMES <const> = names("errors", "future_t", "level")
local NEW_NAMES <const> = { n = true, t0 = true, t = true, level = true, errors = true }
-- What interval is asked for: the number of the core, and what the quantity reads besides the history.
local QUANTITIES <const> = {
  expected_probability_alive = { 1, future_t = true }, expected_purchases = { 2, future_t = true },
  discounted_expected_purchases = { 4, discount_rate = true, horizon = true },
  purchase_probability_future = { 5, future_t = true, n = true }, purchase_rate = { 6 }, dropout = { 7 },
}
local DRAW_NAMES <const> = { n = true, T = true, seed = true }

--- The named arguments as columns of one length and that length; or as numbers, and nil.
local function columns_of(named, order, where)
  local columns, n = {}, nil
  for i, name in ipairs(order) do
    local value = rawget(named, name)
    if value == nil then error(("%s: %s is missing"):format(where, name), 4) end
    if type(value) == "table" then value = core.vec(value) end
    if type(value) ~= "number" and type(value) ~= "userdata" then
      error(("%s: %s must be a number, a vec or a table of numbers, not %s"):format(where, name, type(value)), 4)
    end
    if type(value) ~= "number" then n = n or #value end
    columns[i] = value
  end
  if n == nil then return columns, nil end
  for i, value in ipairs(columns) do
    if type(value) == "number" then columns[i] = core.vec(n, value) end
  end
  return columns, n
end

--- Call f with the elements of several tables, one after the other.
local function apply(f, ...)
  local all = {}
  for i = 1, select("#", ...) do
    local part = select(i, ...)
    table.move(part, 1, #part, #all + 1, all)
  end
  return f(table.unpack(all))
end

--- A single number, or nil, message, code.
local function number(value, message, code)
  if value == nil then return nil, message, code end
  return value
end

--- The continuous rate of discount per unit of the model's time.
local function delta_of(self, named, where)
  local period = model.period_number(arguments.optional(named, "discount_period", "year"), self.time_unit, where)
  return arguments.blame(DISCOUNTED, core.discount_delta(
    arguments.need(named, "discount_rate", where), period, model.unit_number(self.time_unit, where)))
end

--- Define a model: spec as for model.define. The functions of the core are called `name`_fit, `name`_palive_batch, ...
-- With stages = true the last parameter is k, and fit, log_likelihood and simulate know of litt; see bgcnbd.lua.
return function(spec)
  spec.check = core[spec.name .. "_check"]
  local module, class = model.define(spec)
  local k <const> = #spec.parameters

  local function f(name) return core[spec.name .. "_" .. name] end

  --- fit{frequency = , recency = , T = , weights = nil, time_unit = nil, threads = 1, penalty = 0, progress = nil}: the
  -- maximum likelihood fit. penalty is what the squares of the parameters cost, with time in units of the largest T;
  -- log_likelihood_ is without it. progress(evaluations, log_likelihood) is called after each evaluation of the
  -- likelihood; false from it cancels the fit. status_ is "OK" or the name of a notice. n_iter_ and n_evaluations_
  -- count the optimiser's steps; decrement_ is the gain in mean log-likelihood that may still be missing.
  -- With covariates = {age = , ...}, transaction_covariates = {"age", ...}, dropout_covariates = {...}, same = {...} and
  -- coefficient_penalty = 0 it is a fit with covariates, see loyalty.btyd.covariates.
  function module.fit(named)
    arguments.check(named, spec.stages and STAGES_FIT_NAMES or FIT_NAMES, "fit")
    if rawget(named, "transaction_covariates") or rawget(named, "dropout_covariates") then
      return covariates.fit(spec, named)
    end
    local threads, time_unit = arguments.optional(named, "threads", 1), rawget(named, "time_unit")
    model.unit_number(time_unit, "fit")
    local history = {
      arguments.need(named, "frequency", "fit"), arguments.need(named, "recency", "fit"),
      arguments.need(named, "T", "fit"),
    }
    local stages, by_k = nil, nil
    local more = { rawget(named, "weights"), threads, 0 }
    local count = 3
    if spec.stages then
      stages, by_k = arguments.optional(named, "k", 0), core.vec(STAGES_MOST)
      if rawget(named, "k") ~= nil and (math.type(stages) ~= "integer" or stages < 1 or stages > STAGES_MOST) then
        error(("fit: k must be an integer from 1 to %d"):format(STAGES_MOST), 2)
      end
      local litt = stages ~= 1 and arguments.need(named, "litt", "fit") or rawget(named, "litt")
      more, count = { litt, rawget(named, "weights"), threads, 0, stages }, 5
    end
    for _ = 1, spec.stages and k - 1 or k do -- the start: from moments of the data
      count = count + 1
      more[count] = 0.0
    end
    local penalty = arguments.optional(named, "penalty", 0.0)
    more[count + 1] = penalty
    if spec.stages then
      count = count + 1
      more[count + 1] = by_k
    end
    more[count + 2] = rawget(named, "progress")
    local fit = table.pack(arguments.blame(PLAIN, f "fit" (
      history[1], history[2], history[3], table.unpack(more, 1, count + 2))))
    if fit[1] == nil then return nil, fit[2], fit[3] end
    local after <const> = 2 + 2 * k + k * k
    local self = spec.new(table.move(fit, 2, 1 + k, 1, {}), {
      status = fit[1], log_likelihood = fit[2 + k], covariance = table.move(fit, 3 + 2 * k, after, 1, {}),
      customers = fit[after + 1], given = (stages or 0) > 0 and 1 or 0,
    }, time_unit, threads)
    self.penalty_ = penalty
    if by_k then
      self.log_likelihood_by_k_ = {}
      for i = 1, STAGES_MOST do
        if by_k[i] == by_k[i] then self.log_likelihood_by_k_[i] = by_k[i] end
      end
    end
    self.decrement_, self.n_iter_, self.n_evaluations_ = fit[after + 3], fit[after + 4], fit[after + 5]
    return self
  end

  --- with_covariates{...}: a model from parameters and coefficients, see loyalty.btyd.covariates.
  function module.with_covariates(named) return covariates.from_params(spec, named) end

  --- One answer for each customer. `one` and `many` are functions of the core; `extra` goes between history and result.
  local function each(self, named, allowed, where, one, many, blamed, extra, order)
    arguments.check(named, allowed, where)
    local coerce = model.coerce(named, where)
    local columns, n = columns_of(named, order or HISTORY, where)
    local parameters = { self:values() }
    if n == nil then return number(arguments.blame(blamed, apply(one, parameters, columns, extra))) end
    local out = core.vec(n)
    local bad, message, code =
      arguments.blame(blamed, apply(many, parameters, columns, extra, { out, self.threads, coerce }))
    if bad == nil then return nil, message, code end
    return out, bad
  end

  --- log_likelihood{frequency = , recency = , T = }: of each customer; with stages also litt = , unless k is 1.
  function class:log_likelihood(named)
    if spec.stages then
      if self.params_.k ~= 1 or rawget(named, "litt") ~= nil then
        return each(self, named, ROW_NAMES, "log_likelihood", f "loglik", f "loglik_batch", PLAIN, {}, GAPS)
      end
      local function many(...) -- with nil for litt
        local given, count = { ... }, select("#", ...)
        table.move(given, k + 4, count, k + 5)
        given[k + 4] = nil
        return f "loglik_batch" (table.unpack(given, 1, count + 1))
      end
      return each(self, named, ROW_NAMES, "log_likelihood", f "loglik_summary", many, PLAIN, {})
    end
    return each(self, named, ROW_NAMES, "log_likelihood", f "loglik", f "loglik_batch", PLAIN, {})
  end

  --- expected_probability_alive{frequency = , recency = , T = , future_t = 0}: P(alive) at T + future_t.
  function class:expected_probability_alive(named)
    local where <const> = "expected_probability_alive"
    arguments.check(named, AHEAD_NAMES, where)
    return each(self, named, AHEAD_NAMES, where, f "palive", f "palive_batch", AHEAD,
      { arguments.optional(named, "future_t", 0.0) })
  end

  --- expected_purchases{frequency = , recency = , T = , future_t = }: the expected number in (T, T + future_t].
  function class:expected_purchases(named)
    local where <const> = "expected_purchases"
    arguments.check(named, AHEAD_NAMES, where)
    return each(self, named, AHEAD_NAMES, where, f "expected_purchases", f "expected_purchases_batch", AHEAD,
      { arguments.need(named, "future_t", where) })
  end

  --- discounted_expected_purchases{frequency = , recency = , T = , discount_rate = , discount_period = "year",
  -- horizon = nil}: the expected number after T, each discounted from its own moment. The rate is effective, per
  -- period; all periods but "unit" need a model made with time_unit = . The horizon is in the model's unit; nil for no
  -- end: the discounted expected residual transactions.
  function class:discounted_expected_purchases(named)
    local where <const> = "discounted_expected_purchases"
    arguments.check(named, DISCOUNT_NAMES, where)
    local delta, message, code = delta_of(self, named, where)
    if delta == nil then return nil, message, code end
    local horizon = rawget(named, "horizon")
    local kind, extra = "dect", { delta, horizon }
    if horizon == nil then kind, extra = "dert", { delta } end
    return each(self, named, DISCOUNT_NAMES, where, f(kind), f(kind .. "_batch"), DISCOUNTED, extra)
  end

  --- interval{frequency = , recency = , T = , quantity = "expected_purchases", future_t = nil, n = nil, discount_rate =
  -- nil, discount_period = "year", horizon = nil, level = .95}: what a fitted model says with its uncertainty, a table
  -- of estimate, std_error, lower and upper (numbers for numbers, vecs for columns), status and bad. The interval is
  -- for the expectation; it is symmetric for the logarithm, for a probability for the log odds. quantity is also
  -- "expected_probability_alive", "discounted_expected_purchases", "purchase_probability_future" (of exactly n),
  -- "purchase_rate" or "dropout", the two of posterior_mean.
  function class:interval(named)
    local where <const> = "interval"
    arguments.check(named, INTERVAL_NAMES, where)
    local quantity = arguments.optional(named, "quantity", "expected_purchases")
    local numbers = {}
    for name in pairs(QUANTITIES) do numbers[name] = name end
    local reads = QUANTITIES[arguments.choice(quantity, numbers, "quantity", where)]
    for _, name in ipairs { "future_t", "n", "discount_rate", "horizon" } do
      if rawget(named, name) ~= nil and not reads[name] then
        error(("%s: %s is not used by %s"):format(where, name, quantity), 2)
      end
    end
    local question = { reads[1], 0.0, 0.0, 0.0 }
    if quantity == "expected_probability_alive" then question[2] = arguments.optional(named, "future_t", 0.0) end
    if quantity == "expected_purchases" or reads.n then question[2] = arguments.need(named, "future_t", where) end
    if reads.n then question[4] = arguments.need(named, "n", where) end
    if reads.horizon then
      local delta, message, code = delta_of(self, named, where)
      if delta == nil then return nil, message, code end
      question[2], question[3] = arguments.optional(named, "horizon", math.huge), delta
    end
    local coerce = model.coerce(named, where)
    local columns, n = columns_of(named, HISTORY, where)
    return intervals.quantity(self, question, columns, n, arguments.optional(named, "level", .95), coerce,
      reads.horizon and DISCOUNTED or AHEAD)
  end

  --- purchase_interval{frequency = , recency = , T = , future_t = , level = .95}: how many purchases a customer may make
  -- in the next future_t: a table of expected_purchases, and the counts lower and upper between which (inclusive) the
  -- number lies with a probability of at least level; and status and bad. The parameters count as known.
  function class:purchase_interval(named)
    local where <const> = "purchase_interval"
    arguments.check(named, COUNT_NAMES, where)
    local future_t, coerce = arguments.need(named, "future_t", where), model.coerce(named, where)
    local columns, n = columns_of(named, HISTORY, where)
    local out, message, code =
      intervals.counts(self, columns, n, future_t, arguments.optional(named, "level", .95), coerce, AHEAD)
    if out == nil then return nil, message, code end
    out.expected_purchases = self:expected_purchases {
      frequency = columns[1], recency = columns[2], T = columns[3], future_t = future_t, errors = named.errors,
    }
    return out
  end

  --- new_customer_interval{t = , n = nil, t0 = nil, level = .95}: what a fitted model says of a new customer, a table
  -- as that of interval: expected purchases within t; with n the probability of exactly n, and with n and t0 in (t0, t].
  function class:new_customer_interval(named)
    local where <const> = "new_customer_interval"
    arguments.check(named, NEW_NAMES, where)
    local order, quantity = { "t" }, 8
    if rawget(named, "n") ~= nil then order, quantity = { "n", "t" }, 9 end
    if rawget(named, "t0") ~= nil then order, quantity = { "n", "t0", "t" }, 10 end
    local coerce = model.coerce(named, where)
    local columns, n = columns_of(named, order, where)
    return intervals.quantity(self, { quantity }, columns, n, arguments.optional(named, "level", .95), coerce, NEW)
  end

  --- posterior_mean{frequency = , recency = , T = }: the means of the customer's own purchase rate while alive and of
  -- their own dropout: two numbers, or two vecs and the count of bad rows.
  function class:posterior_mean(named)
    arguments.check(named, ROW_NAMES, "posterior_mean")
    local coerce = model.coerce(named, "posterior_mean")
    local columns, n = columns_of(named, HISTORY, "posterior_mean")
    local parameters = { self:values() }
    if n == nil then return arguments.blame(PLAIN, apply(f "posterior", parameters, columns)) end
    local rate, dropout = core.vec(n), core.vec(n)
    local bad, message, code =
      arguments.blame(PLAIN, apply(f "posterior_batch", parameters, columns, { rate, dropout, self.threads, coerce }))
    if bad == nil then return nil, message, code end
    return rate, dropout, bad
  end

  --- A formula of numbers or columns.
  local function formula(self, named, order, where, one, many, blamed)
    local coerce = model.coerce(named, where)
    local columns, n = columns_of(named, order, where)
    local parameters = { self:values() }
    if n == nil then return number(arguments.blame(blamed, apply(one, parameters, columns))) end
    local out = core.vec(n)
    local bad, message, code = arguments.blame(blamed, apply(many, parameters, columns, { out, coerce }))
    if bad == nil then return nil, message, code end
    return out, bad
  end

  --- purchase_probability_future{frequency = , recency = , T = , n = , future_t = }: the probability of exactly n
  -- purchases in the next future_t.
  function class:purchase_probability_future(named)
    local where <const> = "purchase_probability_future"
    arguments.check(named, FUTURE_NAMES, where)
    return formula(self, named, { "frequency", "recency", "T", "n", "future_t" }, where, f "pmf_future",
      f "pmf_future_batch", AHEAD)
  end

  --- expected_purchases_new_customer(t): the expected number of repeat purchases of a new customer within t.
  function class:expected_purchases_new_customer(t)
    return formula(self, { t = t }, { "t" }, "expected_purchases_new_customer", f "expected_purchases_new",
      f "expected_purchases_new_batch", NEW)
  end

  --- purchase_probability(n, t): the probability that a new customer makes exactly n repeat purchases within t.
  function class:purchase_probability(n, t)
    return formula(self, { n = n, t = t }, { "n", "t" }, "purchase_probability", f "pmf", f "pmf_batch", NEW)
  end

  --- purchase_probability_interval(n, t0, t1): the same for (t0, t1], counted from the first purchase.
  function class:purchase_probability_interval(n, t0, t1)
    return formula(self, { n = n, t0 = t0, t1 = t1 }, { "n", "t0", "t1" }, "purchase_probability_interval",
      f "pmf_interval", f "pmf_interval_batch", {})
  end

  --- holdout{frequency = , recency = , T = , test_frequency = , future_t = , bins = 10}: forecast against what was
  -- bought in a holdout of length future_t (a number or a column; by default test_T, so that the columns of
  -- rfm_train_test_split can be passed as they are): a table of actual and expected purchases, bias, mean_error, mae,
  -- rmse, log_score, and pit, a vec of the shares of the bins of the probability integral transform.
  function class:holdout(named)
    arguments.check(named, HOLDOUT_NAMES, "holdout")
    local bins = arguments.optional(named, "bins", 10)
    if math.type(bins) ~= "integer" or bins < 2 or bins > 100 then
      error("holdout: bins must be an integer from 2 to 100", 2)
    end
    local given = { future_t = rawget(named, "future_t") or rawget(named, "test_T") }
    for _, name in ipairs { "frequency", "recency", "T", "test_frequency" } do given[name] = rawget(named, name) end
    local columns, n = columns_of(given, { "frequency", "recency", "T", "future_t", "test_frequency" }, "holdout")
    for i = 1, n and 0 or 5 do columns[i] = core.vec { columns[i] } end
    local pit = core.vec(bins)
    local found = table.pack(arguments.blame(TESTED,
      apply(core.model_holdout, { self:row() }, columns, { 1000, self.threads, pit })))
    if found[1] == nil then return nil, found[2], found[3] end
    return {
      actual = found[1], expected = found[2], bias = found[3], mean_error = found[4], mae = found[5], rmse = found[6],
      log_score = found[7], pit = pit,
    }
  end

  --- count_test{frequency = , T = , weights = nil, bars = 10}: how many customers made 0, 1, 2 ... repeat purchases,
  -- the last bar also more, against how many the model expects: a table of the vecs observed and expected, and of
  -- statistic, p_value, p_least and df of a chi-squared test. The p-value is between p_least and p_value.
  function class:count_test(named)
    arguments.check(named, COUNT_TEST_NAMES, "count_test")
    local bars = arguments.optional(named, "bars", 10)
    if math.type(bars) ~= "integer" or bars < 2 or bars > 32 then
      error("count_test: bars must be an integer from 2 to 32", 2)
    end
    local columns, n = columns_of(named, { "frequency", "T" }, "count_test")
    for i = 1, n and 0 or 2 do columns[i] = core.vec { columns[i] } end
    local told = self.log_likelihood_ == self.log_likelihood_
    local observed, expected = core.vec(bars), core.vec(bars)
    local statistic, p_value, p_least, df = arguments.blame(PLAIN, core.model_counts(self:row(), columns[1], columns[2],
      rawget(named, "weights"), told and 0 or k, 5.0, self.threads, observed, expected))
    if statistic == nil then return nil, p_value, p_least end
    return {
      statistic = statistic, p_value = p_value, p_least = p_least, df = df, observed = observed, expected = expected,
    }
  end

  --- bootstrap{T = , n_boot = 999, seed = 0, level = .95, progress = nil}: parametric bootstrap:
  -- customers with these lengths of observation are drawn from the model and fitted, n_boot times. A table of
  -- std_errors, bias, lower, upper and draws
  -- (each by parameter), fit_status (a name for each fit), n_used, n_failed, n_not_converged, n_at_bound and status. Fits
  -- that failed or are not certain of their optimum are left out and counted.
  function class:bootstrap(named)
    arguments.check(named, BOOTSTRAP_NAMES, "bootstrap")
    return bootstrap(self, spec.parameters, arguments.need(named, "T", "bootstrap"), "T", named)
  end

  --- How long each customer of a simulation is observed, and the seed.
  local function observed(named, where)
    arguments.check(named, DRAW_NAMES, where)
    local T, n, seed = arguments.need(named, "T", where), rawget(named, "n"), arguments.need(named, "seed", where)
    if type(T) == "table" then T = core.vec(T) end
    if type(T) == "userdata" then
      if n ~= nil and n ~= #T then error(("%s: n must be %d, the length of T"):format(where, #T), 3) end
      return T, seed
    end
    if math.type(n) ~= "integer" or n < 0 then error(("%s: n must be an integer of 0 or more"):format(where), 3) end
    return core.vec(n, T), seed
  end

  --- simulate{n = , T = , seed = }: n customers who are observed for T after their first purchase (a number, or a
  -- column instead of n): a table of the vecs frequency, recency, T and alive (1 or 0).
  function class:simulate(named)
    local T, seed = observed(named, "simulate")
    local drawn = { frequency = core.vec(#T), recency = core.vec(#T), T = T, alive = core.vec(#T) }
    local out = { drawn.frequency, drawn.recency, drawn.alive }
    if spec.stages then
      drawn.litt = core.vec(#T)
      table.insert(out, 3, drawn.litt)
    end
    local ok, message, code = apply(f "simulate", { self:values() }, { T, seed, self.threads }, out)
    if not ok then return nil, message, code end
    return drawn
  end

  --- simulate_log{n = , T = , seed = }: the repeat purchases of the customers that simulate draws from the same
  -- arguments: a table of customer (an ivec; they count from 1) and time (a vec; counted from the first purchase).
  function class:simulate_log(named)
    local T, seed = observed(named, "simulate_log")
    local log = {}
    local values = { self:values() }
    values[k + 1], values[k + 2], values[k + 5] = T, seed, true
    local purchases, message, code = f "simulate_log" (table.unpack(values, 1, k + 5))
    if purchases == nil then return nil, message, code end
    log.customer, log.time = core.ivec(purchases), core.vec(purchases)
    values[k + 3], values[k + 4] = log.customer, log.time
    purchases, message, code = f "simulate_log" (table.unpack(values, 1, k + 5))
    if purchases == nil then return nil, message, code end
    return log
  end

  return module, class
end
