--- How much of a customer's spending in a category goes to one supplier: known, or allocated by rank.

local core = require "loyalty.core"
local arguments = require "loyalty.arguments"

local wallet = {}

local ShareOfWallet, metatable = arguments.class("loyalty.survey.share_of_wallet")

--- lower, upper = result:interval{level = 0.95}: the t interval of the share, clipped to [0, 1].
function ShareOfWallet:interval(named)
  named = arguments.check(named or {}, { level = true }, "interval")
  return arguments.blame(self.n < 2 and { result = "n" } or {},
    core.wallet_interval(self.n, self.share, self.standard_error, arguments.optional(named, "level", 0.95)))
end

--- wallet_share(own, category): share of wallet of one customer, own spend / category spend.
function wallet.wallet_share(own, category) return core.wallet_share(own, category) end

local SHARE_NAMES = { own = true, category = true, errors = true }
local ERRORS = { raise = 0, coerce = 1 }

--- share_of_wallet{own = , category = , errors = "raise"}: share of wallet of all customers together. The result has .share
-- (ratio of sums), .standard_error, .mean_share, .shares (a vec, NaN where there is no spend in the category), .n,
-- .skipped, .bad, .status and :interval().
function wallet.share_of_wallet(named)
  local where <const> = "share_of_wallet"
  arguments.check(named, SHARE_NAMES, where)
  local own, category = arguments.need(named, "own", where), arguments.need(named, "category", where)
  local coerce = arguments.choice(arguments.optional(named, "errors", "raise"), ERRORS, "errors", where)
  if type(own) == "table" then own = core.vec(own) end
  if type(own) ~= "userdata" then
    error(("share_of_wallet: own must be a vec or a table of numbers, not %s"):format(type(own)), 2)
  end
  local shares = core.vec(#own)
  local status, bad, n, skipped, share, standard_error, mean =
    core.wallet_share_batch(own, category, shares, coerce == 1)
  if status == nil then return nil, bad, n end
  return setmetatable({
    share = share, standard_error = standard_error, mean_share = mean, shares = shares, n = n, skipped = skipped, bad = bad,
    status = status,
  }, metatable)
end

--- wallet_allocation_share(rank, brands): the share of the brand of this rank, (1 - rank/(brands + 1)) 2/brands.
function wallet.wallet_allocation_share(rank, brands) return core.wallet_allocation(rank, brands) end

local ALLOCATION_NAMES = { ratings = true, lower_is_better = true, errors = true }

--- wallet_allocation{ratings = {brand = column, ...}, lower_is_better = false, errors = "raise"}: each customer's wallet
-- allocated to the brands he or she uses by the order of the ratings; NaN for a brand that is not used. The result has
-- .shares (by brand, a vec), .scores, .standard_errors and .users (by brand, over the users), .bad and .status.
function wallet.wallet_allocation(named)
  local where <const> = "wallet_allocation"
  arguments.check(named, ALLOCATION_NAMES, where)
  local ratings = arguments.need(named, "ratings", where)
  if type(ratings) ~= "table" then error("wallet_allocation: ratings must be a table of columns by brand", 2) end
  local coerce = arguments.choice(arguments.optional(named, "errors", "raise"), ERRORS, "errors", where)
  local brands, all, n = {}, {}, nil
  for brand in pairs(ratings) do brands[#brands + 1] = brand end
  table.sort(brands, function(a, b) return tostring(a) < tostring(b) end)
  for _, brand in ipairs(brands) do
    local column = ratings[brand]
    if type(column) ~= "table" and type(column) ~= "userdata" then
      error(("wallet_allocation: ratings of %s must be a vec or a table of numbers"):format(tostring(brand)), 2)
    end
    n = n or #column
    if #column ~= n then error(("wallet_allocation: ratings of %s must be as long as the others"):format(brand), 2) end
    for i = 1, n do all[#all + 1] = column[i] end
  end
  local k = #brands
  local flat, users, mean = core.vec(#all), core.ivec(k), core.vec(2 * k)
  local status, bad, code = arguments.blame({ rating = "ratings", brands = "ratings" }, core.wallet_allocation_batch(
    core.vec(all), k, arguments.optional(named, "lower_is_better", false), flat, users, mean, coerce == 1))
  if status == nil then return nil, bad, code end
  local result = { shares = {}, scores = {}, standard_errors = {}, users = {}, bad = bad, status = status }
  for b, brand in ipairs(brands) do
    result.shares[brand] = flat:copy((b - 1) * n + 1, b * n)
    result.scores[brand], result.standard_errors[brand], result.users[brand] = mean[b], mean[k + b], users[b]
  end
  return result
end

return wallet
