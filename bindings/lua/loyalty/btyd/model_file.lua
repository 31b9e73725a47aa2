--- Fitted models as small JSON files that C, Python and Lua read back to the last bit.

local core = require "loyalty.core"
local covariates = require "loyalty.btyd.covariates"
local model = require "loyalty.btyd.model"

local model_file = {}

--- to_json(model, ...): the text of a model file that holds these models.
function model_file.to_json(...)
  local rows, penalties, first = {}, {}, (...)
  if select("#", ...) == 1 and type(first) == "table" and rawget(first, "numbers") then return first:to_json() end
  for i = 1, select("#", ...) do
    local each = select(i, ...)
    if not model.is(each) then error(("to_json: argument %d is no model"):format(i), 2) end
    local row = each:row()
    table.move(row, 1, #row, #rows + 1, rows)
    penalties[i] = each.penalty_
  end
  return core.model_write_penalized(core.vec(rows), core.vec(penalties))
end

--- from_json(text): the models of a model file's text, in a table; or nil, message, code. An error names the byte at
-- fault, counted from 1.
function model_file.from_json(text)
  local count, message, code = core.model_count(text)
  if count == nil and code == "ERR_VERSION" then
    local found, other, why = covariates.from_json(text, model.unit_names)
    if found == nil then return nil, other, why end
    return { found }
  end
  if count == nil then return nil, message, code end
  local size <const>, models = core.model_row(), {}
  local rows, penalties = core.vec(count * size), core.vec(count)
  assert(core.model_read_penalized(text, rows, penalties))
  for i = 1, count do
    local row = core.vec(size)
    for j = 1, size do row[j] = rows[(i - 1) * size + j] end
    models[i] = model.from_row(row, penalties[i])
  end
  return models
end

--- save_models(path, model, ...): write a file; true, or nil, message, code.
function model_file.save_models(path, ...)
  local text, message, code = model_file.to_json(...)
  if text == nil then return nil, message, code end
  local part = path .. ".part"
  local file, problem = io.open(part, "wb")
  if not file then return nil, problem, "ERR_ARGUMENT" end
  local ok
  ok, problem = file:write(text)
  ok = file:close() and ok
  if ok then ok, problem = os.rename(part, path) end
  if ok then return true end
  os.remove(part)
  return nil, problem or "the file could not be written", "ERR_ARGUMENT"
end

--- load_models(path): the models of a file, in a table; or nil, message, code.
function model_file.load_models(path)
  local file, problem = io.open(path, "rb")
  if not file then return nil, problem, "ERR_ARGUMENT" end
  local text = file:read("a")
  file:close()
  return model_file.from_json(text or "")
end

--- load_model(path, [name]): the model of a file, or the one of this name ("bgnbd", "gamma_gamma") among several.
function model_file.load_model(path, name)
  local models, message, code = model_file.load_models(path)
  if models == nil then return nil, message, code end
  local found = {}
  for _, each in ipairs(models) do
    local kind = math.tointeger((each.numbers or each:row())[1])
    if name == nil or core.model_name(kind) == name then found[#found + 1] = each end
  end
  if #found ~= 1 then
    return nil, ("path: must hold one %smodel to be read, but holds %d"):format(name and name .. " " or "", #found),
      "ERR_ARGUMENT"
  end
  return found[1]
end

return model_file
