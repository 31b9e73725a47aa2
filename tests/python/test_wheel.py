"""The wheel: built from the source distribution, what is inside, and that it runs on CPython 3.11 and newer ones."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEEP = ROOT / "build"  # environments for other interpreters are kept, so that a second run installs nothing

SMOKE = """
import sys, loyalty as loy
from loyalty import _loyalty
assert _loyalty.__file__.endswith("_loyalty.abi3.so"), _loyalty.__file__
r = loy.nps([10, 9, 8, 0, 1, 10], [1, 2, 1, 0.5, 1.5, 1])
try:
    loy.nps([11])
except loy.DomainError as e:
    print(e)
print(loy.__version__, r.score.hex(), *(x.hex() for x in r.interval()))
"""


def run(*command: object, cwd: Path | None = None) -> str:
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "LD_PRELOAD")}
    done = subprocess.run(
        [str(c) for c in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    run(sys.executable, "-c", "import sys, scikit_build_core.build as b; b.build_sdist(sys.argv[1])", folder, cwd=ROOT)
    (archive,) = folder.glob("*.tar.gz")
    return archive


@pytest.fixture(scope="session")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, sdist)
    (archive,) = folder.glob("*.whl")
    return archive


@pytest.fixture(scope="session")
def extension(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with zipfile.ZipFile(wheel) as archive:
        return Path(archive.extract("loyalty/_loyalty.abi3.so", tmp_path_factory.mktemp("extension")))


def test_sdist_holds_the_sources_and_nothing_else(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        files = [name.partition("/")[2] for name in archive.getnames()]
    top = {name.partition("/")[0] for name in files}
    assert {"CMakeLists.txt", "pyproject.toml", "README.md", "LICENSE", "PKG-INFO"} <= set(files)
    assert {"include", "lib", "bindings"} <= top
    assert not top & {"build", "tests", "docs", ".ci", ".git"}
    assert not [f for f in files if re.search(r"\.(so|o|a|pyc)$|__pycache__", f)]


def test_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    assert re.fullmatch(r"loyalty-[\d.]+-cp311-abi3-\w+\.whl", wheel.name)
    with zipfile.ZipFile(wheel) as archive:
        files = [f for f in archive.namelist() if ".dist-info/" not in f]
    assert [f for f in files if f.endswith(".so")] == ["loyalty/_loyalty.abi3.so"]
    package = ROOT / "bindings/python/loyalty"
    sources = {
        f"loyalty/{f.relative_to(package)}"
        for f in package.rglob("*")
        if f.is_file() and not any(p.startswith((".", "__pycache__")) for p in f.relative_to(package).parts)
    }
    assert set(files) - {"loyalty/_loyalty.abi3.so"} == sources
    assert {"loyalty/py.typed", "loyalty/_loyalty.pyi"} <= sources


def test_extension_exports_its_entry_alone(extension: Path) -> None:
    symbols = [line.split()[-1] for line in run("nm", "-D", "--defined-only", extension).splitlines()]
    assert symbols == ["PyInit__loyalty"]


def test_extension_depends_on_libc_and_libm_alone(extension: Path) -> None:
    needed = set(re.findall(r"\(NEEDED\).*\[(.*)\]", run("readelf", "-d", extension)))
    assert "libc.so.6" in needed
    assert needed <= {"libc.so.6", "libm.so.6"} | {n for n in needed if n.startswith("ld-linux")}


def test_extension_keeps_to_the_stable_abi(wheel: Path) -> None:
    audit = Path(sys.executable).with_name("abi3audit")
    run(audit if audit.exists() else "abi3audit", "--strict", "--assume-minimum-abi3", "3.11", wheel)


def interpreters() -> dict[str, Path]:
    """A CPython of each version from 3.11 on that this machine has, found by the usual names."""
    found: dict[str, Path] = {}
    candidates = [Path(sys.executable)]
    candidates += [Path(p) for n in range(11, 20) if (p := shutil.which(f"python3.{n}"))]
    candidates += sorted(Path.home().glob(".pyenv/versions/3.*/bin/python"))
    for path in candidates:
        script = "import sys; print(sys.implementation.name, *sys.version_info[:2], getattr(sys, 'abiflags', ''))"
        try:
            done = subprocess.run([path, "-I", "-c", script], capture_output=True, text=True, timeout=60, check=False)
        except OSError:
            continue
        name, _, rest = done.stdout.partition(" ")
        version = re.match(r"3 (\d+) (?!.*t)", rest)
        if name == "cpython" and version and int(version[1]) >= 11:
            found.setdefault(f"3.{version[1]}", path)
    return found


def environment(version: str, base: Path) -> Path:
    """The interpreter of a clean environment with the run-time dependencies in it."""
    folder = KEEP / f"venv-{version}"
    python = folder / "bin/python"
    if not (folder / ".ready").exists():
        run(base, "-m", "venv", "--clear", folder)
        try:
            run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "numpy", "narwhals")
        except AssertionError as failure:
            if re.search(r"No matching distribution|Connection|Temporary failure|network", str(failure)):
                pytest.skip(f"no NumPy for CPython {version} can be had here")
            raise
        (folder / ".ready").touch()
    return python


@pytest.mark.parametrize("version", ["3.11", "newest"])
def test_wheel_runs(version: str, wheel: Path, tmp_path: Path) -> None:
    found = interpreters()
    newest = max(found, key=lambda v: int(v.partition(".")[2]))
    if version == "newest":
        version = newest
        if version == "3.11":
            pytest.skip("no CPython newer than 3.11 here")
    if version not in found:
        pytest.skip(f"no CPython {version} here")
    python = environment(version, found[version])
    run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--force-reinstall", wheel)
    answer = run(python, "-I", "-W", "error", "-c", SMOKE, cwd=tmp_path)
    assert answer == run(sys.executable, "-I", "-c", SMOKE, cwd=tmp_path)
    assert answer.startswith("scores[0]: must be a whole number from 0 to 10\n")
    run(python, "-I", "-m", "loyalty", "--version", cwd=tmp_path)
