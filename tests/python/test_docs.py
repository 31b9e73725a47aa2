"""The documentation holds: links lead somewhere, every public function is named, and the code blocks run."""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(r"^```(python|lua|c)\n(.*?)^```", re.S | re.M)


def blocks(page: pathlib.Path, language: str) -> list[str]:
    return [text for name, text in BLOCK.findall(page.read_text(encoding="utf-8")) if name == language]


def pages_with(language: str) -> list[pathlib.Path]:
    return [page for page in PAGES if blocks(page, language)]


def name(page: pathlib.Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: pathlib.Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.S | re.M)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:|#", target):
            assert (page.parent / target.split("#")[0]).exists(), f"{name(page)}: {target}"


def test_every_public_function_is_documented() -> None:
    words = set(re.findall(r"\bloy_\w+", "".join(page.read_text(encoding="utf-8") for page in PAGES)))
    for header in (ROOT / "include/loyalty").rglob("*.h"):
        if not header.name.endswith("-inl.h"):
            declared = re.findall(r"LOYALTY_API[^;{]*?\b(loy_\w+)\s*\(", header.read_text(encoding="utf-8"))
            assert set(declared) <= words, f"{header.name}: {set(declared) - words} are named on no page"


@pytest.mark.parametrize("page", pages_with("python"), ids=name)
def test_python_blocks_run(page: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """A page's blocks run in order as one program, from the project's root."""
    program = tmp_path / "page.py"
    program.write_text("\n".join(blocks(page, "python")), encoding="utf-8")
    result = subprocess.run([sys.executable, program], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("page", pages_with("lua"), ids=name)
def test_lua_blocks_run(page: pathlib.Path, tmp_path: pathlib.Path) -> None:
    program = tmp_path / "page.lua"
    program.write_text("\n".join(blocks(page, "lua")), encoding="utf-8")
    result = subprocess.run(["lua5.4", program], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("page", pages_with("c"), ids=name)
def test_c_blocks_compile(page: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """Whole programs are compiled and run; other blocks are statements and are compiled inside a function, in order.
    Blocks that show declarations already in a header (a type, a prototype) are left alone."""
    statements = []
    for number, block in enumerate(blocks(page, "c")):
        if "int main(" in block:
            program = tmp_path / f"program{number}.c"
            program.write_text(block, encoding="utf-8")
            compile_and_run(program, tmp_path)
        elif not re.match(r"\s*(typedef|LOYALTY_API|loy_status loy_|double loy_|#)", block):
            statements.append("{\n" + block + "}\n")
    if statements:
        program = tmp_path / "statements.c"
        program.write_text(
            "#define LOYALTY_HEADER_ONLY\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n"
            '#include "loyalty/loyalty.h"\nint main(void) {\n' + "".join(statements) + "return 0; }\n",
            encoding="utf-8",
        )
        compile_and_run(program, tmp_path)


def compile_and_run(program: pathlib.Path, folder: pathlib.Path) -> None:
    include = ROOT / "include"
    compiled = subprocess.run(
        ["cc", "-std=c11", "-DLOYALTY_HEADER_ONLY", f"-I{include}", str(program), "-o", str(folder / "a.out"), "-lm"],
        capture_output=True,
        text=True,
    )
    assert compiled.returncode == 0, compiled.stderr
    ran = subprocess.run([str(folder / "a.out")], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
