std = "lua54"
max_line_length = 125
files["tests/lua"] = { std = "+busted" }
files["**/*_spec.lua"] = { std = "+busted" }
