"""The rock builds with a C compiler alone, and the installed module gives the same output as the one in build/."""

import os
import pathlib
import shutil

from .conftest import run


def test_rock(root: pathlib.Path, tmp_path: pathlib.Path) -> None:
    run(root / "bindings/lua/make_rock")
    for made in (root / "build/rock").glob("loyalty-*"):
        if made.is_file():
            shutil.copy(made, tmp_path)
    tree = tmp_path / "tree"
    (rockspec,) = tmp_path.glob("*.rockspec")
    run("luarocks", "--lua-version", "5.4", "--tree", tree, "build", rockspec.name, cwd=tmp_path)
    core = tree / "lib/lua/5.4/loyalty/core.so"
    exported = [line.split()[-1] for line in run("nm", "-D", "--defined-only", core).splitlines()]
    assert "luaopen_loyalty_core" in exported
    assert [name for name in exported if name.startswith(("loy_", "loyi_"))] == []
    share = tree / "share/lua/5.4"
    environment = {
        **os.environ,
        "LUA_PATH": f"{share}/?.lua;{share}/?/init.lua",
        "LUA_CPATH": f"{tree}/lib/lua/5.4/?.so",
    }
    for example in sorted((root / "examples/lua").glob("*.lua")):
        ours = run("lua5.4", example, cwd=root)
        assert run("lua5.4", example, cwd=root, env=environment) == ours
