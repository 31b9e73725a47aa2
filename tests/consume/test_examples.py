"""The numbered examples print the same text in C, Python and Lua, hexadecimal floats included."""

import pathlib
import sys

import pytest

from .conftest import ROOT, run

NAMES = sorted(path.stem for path in (ROOT / "examples/c").glob("*.c"))


def test_each_example_stands_in_all_languages() -> None:
    assert NAMES
    assert sorted(path.stem for path in (ROOT / "examples/python").glob("*.py")) == NAMES
    assert sorted(path.stem for path in (ROOT / "examples/lua").glob("*.lua")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_same_output(root: pathlib.Path, name: str) -> None:
    c = run(root / "build/dev/examples/c" / name, cwd=root)
    assert c.count("\n") >= 2
    assert run(sys.executable, f"examples/python/{name}.py", cwd=root) == c
    assert run("lua5.4", f"examples/lua/{name}.lua", cwd=root) == c


@pytest.mark.parametrize("language", ["python", "lua"])
def test_readme_examples(root: pathlib.Path, tmp_path: pathlib.Path, language: str) -> None:
    """The README's first Python and Lua blocks print what it says the C block prints."""
    from .test_one_line import readme_block

    program, output = readme_block(root, language), readme_block(root, "text")
    file = tmp_path / f"program.{language}"
    file.write_text(program, encoding="utf-8")
    assert run(sys.executable if language == "python" else "lua5.4", file, cwd=root) == output
