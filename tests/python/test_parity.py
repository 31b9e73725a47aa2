"""The cases of tests/parity through the Python extension."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parent.parent / "parity"


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("parity", FOLDER / "parity.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["parity"] = module
    spec.loader.exec_module(module)
    return module


parity = _load()


@pytest.mark.parametrize("path", sorted((FOLDER / "cases").glob("*.txt")), ids=lambda p: p.stem)
def test_cases(path: Path) -> None:
    cases = parity.read(path)
    assert cases, f"{path} holds no case"
    objects: dict[object, object] = {}
    assert [d for case in cases for d in parity.differences(case, objects)] == []


def test_a_wrong_bit_is_noticed() -> None:
    line = "nps_interval 50 30 20 0 100 0.5 0.2 0.3 0.61 0.078102496759066542 100.0 false 1 0.95"
    good = parity.parse_line(line, "line")
    results, error = parity.call(good)
    assert error is None
    good.results = results
    assert parity.differences(good) == []
    good.results = [results[0] * (1 + 2**-52), results[1]]
    assert len(parity.differences(good)) == 1
