"""Fixtures for the tests that use the library as its users do: from a copied include/, or from an installed tree."""

import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(*command: object, **options: object) -> str:
    """Run a command and return what it printed; on failure the test shows all of it."""
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)  # type: ignore[call-overload]
    assert result.returncode == 0, f"{' '.join(map(str, command))}\n{result.stdout}{result.stderr}"
    return str(result.stdout)


@pytest.fixture(scope="session")
def root() -> pathlib.Path:
    return ROOT


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """An installed tree, moved away from where it was installed to."""
    folder = tmp_path_factory.mktemp("install")
    run("cmake", "--install", ROOT / "build/dev", "--component", "library", "--prefix", folder / "first")
    (folder / "first").rename(folder / "moved")
    return folder / "moved"
