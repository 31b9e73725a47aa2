"""The simulation of the sizes of the tests works, and its rates are near the level."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "tests/simulation/survey_nps_tests.py"


def test_simulation(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("survey_nps_tests", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    lines = module.table(400).splitlines()
    assert len(lines) == 8
    adjusted = [float(line.split("|")[6]) for line in lines[2:5]]  # two adjusted, at 50/30/20
    assert all(1.0 < percent < 9.0 for percent in adjusted)
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- begin: nps-tests -->\nold\n<!-- end: nps-tests -->\nb\n", encoding="utf-8")
    module.write("new", page)
    assert page.read_text(encoding="utf-8").splitlines()[2] == "new"
    page.write_text("nothing", encoding="utf-8")
    with pytest.raises(SystemExit, match="no marker"):
        module.write("new", page)
