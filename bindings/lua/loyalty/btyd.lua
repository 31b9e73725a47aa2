--- What customers do, and whether they come back: buy-till-you-die models and their files.

local model_file = require "loyalty.btyd.model_file"
local rfm = require "loyalty.btyd.rfm"

local btyd = {
  bgnbd = require "loyalty.btyd.bgnbd",
  gamma_gamma = require "loyalty.btyd.gamma_gamma",
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
}

return btyd
