--- What customers do, and whether they come back: buy-till-you-die models and their files.

local heterogeneity = require "loyalty.btyd.heterogeneity"
local model_choice = require "loyalty.btyd.model_choice"
local model_file = require "loyalty.btyd.model_file"
local rates = require "loyalty.btyd.rates"
local rfm = require "loyalty.btyd.rfm"
local rfm_score = require "loyalty.btyd.rfm_score"
local rfm_segment = require "loyalty.btyd.rfm_segment"
local trend = require "loyalty.btyd.trend"

local btyd = {
  bdw = require "loyalty.btyd.bdw",
  bgcnbd = require "loyalty.btyd.bgcnbd",
  bgbb = require "loyalty.btyd.bgbb",
  bgnbd = require "loyalty.btyd.bgnbd",
  gamma_gamma = require "loyalty.btyd.gamma_gamma",
  mbgcnbd = require "loyalty.btyd.mbgcnbd",
  mbgnbd = require "loyalty.btyd.mbgnbd",
  ggomnbd = require "loyalty.btyd.ggomnbd",
  nbd = require "loyalty.btyd.nbd",
  pnbd = require "loyalty.btyd.pnbd",
  sbg = require "loyalty.btyd.sbg",
  compare_models = model_choice.compare_models,
  model_assumption = model_choice.model_assumption,
  to_json = model_file.to_json,
  from_json = model_file.from_json,
  save_models = model_file.save_models,
  load_models = model_file.load_models,
  load_model = model_file.load_model,
  rfm_summary = rfm.rfm_summary,
  rfm_train_test_split = rfm.rfm_train_test_split,
  rfm_builder = rfm.rfm_builder,
  rfm_builder_from_bytes = rfm.rfm_builder_from_bytes,
  day = rfm.day,
  retention_rate = rates.retention_rate,
  churn_rate = rates.churn_rate,
  repeat_purchase_rate = rates.repeat_purchase_rate,
  repurchase_rate = rates.repurchase_rate,
  convert_retention = rates.convert_retention,
  convert_churn = rates.convert_churn,
  purchase_rates = rates.purchase_rates,
  regularity = rates.regularity,
  retention_rates = rates.retention_rates,
  cohort_table = rates.cohort_table,
  quantile_scores = rfm_score.quantile_scores,
  rfm_scores = rfm_score.rfm_scores,
  rfm_segment_table = rfm_segment.rfm_segment_table,
  check_rfm_segments = rfm_segment.check_rfm_segments,
  rfm_segments = rfm_segment.rfm_segments,
  trend = trend.trend,
  gamma_heterogeneity = heterogeneity.gamma,
  beta_heterogeneity = heterogeneity.beta,
}

return btyd
