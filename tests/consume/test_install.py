"""An installed tree serves CMake and pkg-config users, also after it is moved."""

import os
import pathlib
import re
import subprocess

import pytest

from .conftest import run
from .test_one_line import readme_example


@pytest.mark.parametrize("target", ["loyalty::loyalty", "loyalty::static", "loyalty::header_only"])
def test_find_package(root: pathlib.Path, installed: pathlib.Path, tmp_path: pathlib.Path, target: str) -> None:
    program, output = readme_example(root)
    (tmp_path / "program.c").write_text(program, encoding="utf-8")
    (tmp_path / "CMakeLists.txt").write_text(
        (root / "tests/consume/project/CMakeLists.txt").read_text(), encoding="utf-8"
    )
    version = run("pkg-config", "--modversion", "loyalty", env=pkg_config(installed)).strip()
    want = ".".join(version.split(".")[:2])
    run(
        "cmake",
        "-G",
        "Ninja",
        "-S",
        tmp_path,
        "-B",
        tmp_path / "build",
        f"-DCMAKE_PREFIX_PATH={installed}",
        f"-DTARGET={target}",
        f"-DWANT={want}",
    )
    run("cmake", "--build", tmp_path / "build")
    assert run(tmp_path / "build/program") == output


def test_other_version_is_refused(root: pathlib.Path, installed: pathlib.Path, tmp_path: pathlib.Path) -> None:
    (tmp_path / "CMakeLists.txt").write_text(
        (root / "tests/consume/project/CMakeLists.txt").read_text(), encoding="utf-8"
    )
    (tmp_path / "program.c").write_text("int main(void) { return 0; }\n", encoding="utf-8")
    result = subprocess.run(
        ["cmake", "-G", "Ninja", "-S", tmp_path, "-B", tmp_path / "build", f"-DCMAKE_PREFIX_PATH={installed}",
         "-DTARGET=loyalty::loyalty", "-DWANT=9.0"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert result.returncode != 0
    assert "9.0" in result.stderr


def pkg_config(installed: pathlib.Path) -> dict[str, str]:
    folder = next(installed.rglob("loyalty.pc")).parent
    return {**os.environ, "PKG_CONFIG_PATH": str(folder)}


@pytest.mark.parametrize("form", ["shared", "static"])
def test_pkg_config(root: pathlib.Path, installed: pathlib.Path, tmp_path: pathlib.Path, form: str) -> None:
    program, output = readme_example(root)
    (tmp_path / "program.c").write_text(program, encoding="utf-8")
    environment = pkg_config(installed)
    flags = run(
        "pkg-config", "--cflags", "--libs", *(["--static"] if form == "static" else []), "loyalty", env=environment
    )
    words = flags.split()
    if form == "static":
        words = ["-l:libloyalty.a" if word == "-lloyalty" else word for word in words]
    run("cc", "-std=c11", "program.c", *words, "-o", "program", cwd=tmp_path)
    library = next(installed.rglob("libloyalty.so")).parent
    assert run("./program", cwd=tmp_path, env={**environment, "LD_LIBRARY_PATH": str(library)}) == output


def test_only_public_names_leave_the_shared_library(root: pathlib.Path, installed: pathlib.Path) -> None:
    library = next(installed.rglob("libloyalty.so"))
    exported = {line.split()[-1].split("@")[0] for line in run("nm", "-D", "--defined-only", library).splitlines()}
    exported.discard("LOYALTY_0")
    declared = set()
    for header in (root / "include/loyalty").rglob("*.h"):
        if not header.name.endswith("-inl.h"):
            declared |= set(re.findall(r"LOYALTY_API[^;{]*?\b(loy_\w+)\s*\(", header.read_text(encoding="utf-8")))
    assert exported == declared
    soname = re.search(r"SONAME.*\[(.*)\]", run("readelf", "-d", library))
    assert soname and soname[1] == "libloyalty.so.0"
