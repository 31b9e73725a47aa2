"""The cases of tests/parity through the Python extension."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from loyalty import _loyalty

FOLDER = Path(__file__).parent.parent / "parity"


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("parity", FOLDER / "parity.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["parity"] = module
    spec.loader.exec_module(module)
    return module


parity = _load()

# Functions of the extension that no case can hold, and why.
WITHOUT_CASE = {
    "rfm_builder_close": "the runners release their objects at the end of a file",
    "version": "a release must not change a case",
}


@pytest.mark.parametrize("path", sorted((FOLDER / "cases").glob("*.txt")), ids=lambda p: p.stem)
def test_cases(path: Path) -> None:
    cases = parity.read(path)
    assert cases, f"{path} holds no case"
    objects: dict[object, object] = {}
    assert [d for case in cases for d in parity.differences(case, objects)] == []


def test_every_function_has_a_case() -> None:
    public = {name for name in dir(_loyalty) if not name.startswith("_")}
    paths = (FOLDER / "cases").glob("*.txt")
    assert public - {case.function for path in paths for case in parity.read(path)} == set(WITHOUT_CASE)


def test_a_wrong_bit_is_noticed() -> None:
    line = "nps_interval 50 30 20 0 100 0.5 0.2 0.3 0.61 0.078102496759066542 100.0 false 1 0.95"
    good = parity.parse_line(line, "line")
    results, error = parity.call(good)
    assert error is None
    good.results = results
    assert parity.differences(good) == []
    good.results = [results[0] * (1 + 2**-52), results[1]]
    assert len(parity.differences(good)) == 1
