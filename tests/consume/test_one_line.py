"""Copying include/ alone is enough: one compiler line builds a program, with the same bits in C and C++, with and
without the machine's own instructions."""

import pathlib
import re
import shutil

import pytest

from .conftest import run


def readme_block(root: pathlib.Path, language: str) -> str:
    """The README's first block in `language`."""
    found = re.search(rf"```{language}\n(.*?)```", (root / "README.md").read_text(encoding="utf-8"), re.S)
    assert found, f"README.md has no {language} block"
    return found[1]


def readme_example(root: pathlib.Path) -> tuple[str, str]:
    """The README's C program and the output that it says the program prints."""
    return readme_block(root, "c"), readme_block(root, "text")


COMPILERS = [
    ("cc", "-std=c11", "program.c"),
    ("clang", "-std=c11", "program.c"),
    ("c++", "-std=c++17", "program.cpp"),
    ("clang++", "-std=c++17", "program.cpp"),
]
LEVELS = [[], ["-O2", "-march=native", "-ffp-contract=off"], ["-O3", "-march=native", "-ffp-contract=off"]]


@pytest.mark.parametrize("compiler, standard, name", COMPILERS)
@pytest.mark.parametrize("flags", LEVELS, ids=" ".join)
def test_readme_example(
    root: pathlib.Path, tmp_path: pathlib.Path, compiler: str, standard: str, name: str, flags: list[str]
) -> None:
    program, output = readme_example(root)
    shutil.copytree(root / "include", tmp_path / "include")
    (tmp_path / name).write_text(program, encoding="utf-8")
    run(compiler, standard, *flags, "-DLOYALTY_HEADER_ONLY", "-Iinclude", name, "-o", "program", "-lm", cwd=tmp_path)
    assert run("./program", cwd=tmp_path) == output


def test_same_bits_at_every_level(root: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """The whole library, not only the example: fits, predictions and simulations print the same hexadecimal floats."""
    source = root / "tests/consume/bits.c"
    outputs = {}
    for compiler, standard, name in COMPILERS:
        shutil.copy(source, tmp_path / name)
        for level, flags in enumerate(LEVELS):
            run(
                compiler,
                standard,
                *flags,
                "-DLOYALTY_HEADER_ONLY",
                f"-I{root / 'include'}",
                name,
                "-o",
                "bits",
                "-lm",
                cwd=tmp_path,
            )
            outputs[compiler, level] = run("./bits", cwd=tmp_path)
    reference = outputs["cc", 0]
    assert reference.count("\n") >= 20
    for build, output in outputs.items():
        assert output == reference, build
    shared = tmp_path / "program.c"
    run(
        "cc",
        "-std=c11",
        f"-I{root / 'include'}",
        shared,
        "-o",
        "bits",
        f"-L{root / 'build/dev/lib'}",
        "-lloyalty",
        f"-Wl,-rpath,{root / 'build/dev/lib'}",
        "-lm",
        cwd=tmp_path,
    )
    assert run("./bits", cwd=tmp_path) == reference


def test_forms_mix_in_one_program(root: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """Two header-only units and one that uses the shared library link into one program and agree."""
    body = (
        '#include "loyalty/loyalty.h"\n'
        "double {name}(void) {{ const loy_bgnbd_params p = {{.243, 4.414, .793, 2.426}};\n"
        "  return loy_bgnbd_expected_purchases(&p, 2, 30.43, 38.86, 39); }}\n"
    )
    for name in ("first", "second"):
        (tmp_path / f"{name}.c").write_text("#define LOYALTY_HEADER_ONLY\n" + body.format(name=name), encoding="utf-8")
    (tmp_path / "third.c").write_text(body.format(name="third"), encoding="utf-8")
    (tmp_path / "main.c").write_text(
        "#include <stdio.h>\ndouble first(void), second(void), third(void);\n"
        'int main(void) { printf("%a %a %a\\n", first(), second(), third()); return 0; }\n',
        encoding="utf-8",
    )
    run(
        "cc",
        "-std=c11",
        f"-I{root / 'include'}",
        "first.c",
        "second.c",
        "third.c",
        "main.c",
        "-o",
        "program",
        f"-L{root / 'build/dev/lib'}",
        "-lloyalty",
        f"-Wl,-rpath,{root / 'build/dev/lib'}",
        "-lm",
        cwd=tmp_path,
    )
    first, second, third = run("./program", cwd=tmp_path).split()
    assert first == second == third


def test_modes_do_not_mix_in_one_unit(root: pathlib.Path, tmp_path: pathlib.Path) -> None:
    import subprocess

    (tmp_path / "mixed.c").write_text(
        '#include "loyalty/base/status.h"\n#define LOYALTY_HEADER_ONLY\n#include "loyalty/base/version.h"\n',
        encoding="utf-8",
    )
    result = subprocess.run(
        ["cc", "-std=c11", "-c", f"-I{root / 'include'}", "mixed.c"], cwd=tmp_path, capture_output=True, text=True
    )
    assert result.returncode != 0
    assert "define LOYALTY_HEADER_ONLY before the first loyalty header" in result.stderr


def test_fast_math_is_refused(root: pathlib.Path, tmp_path: pathlib.Path) -> None:
    import subprocess

    (tmp_path / "fast.c").write_text('#include "loyalty/loyalty.h"\n', encoding="utf-8")
    result = subprocess.run(
        ["cc", "-std=c11", "-ffast-math", "-c", f"-I{root / 'include'}", "fast.c"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert result.returncode != 0
    assert "-ffast-math" in result.stderr
