"""The table of docs/survey/nps_coverage.md: cells computed again from the formulas, and the script that writes it."""

from __future__ import annotations

import importlib.util
import math
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs/survey/nps_coverage.md"
Z95 = 1.959963984540054


@pytest.fixture(scope="module")
def script() -> ModuleType:
    folder = ROOT / "tests/simulation"
    sys.path.insert(0, str(folder))
    try:
        spec = importlib.util.spec_from_file_location("survey_nps_coverage", folder / "survey_nps_coverage.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(folder))


def cell(population: str, interval: str, n: int) -> float:
    lines = [line.strip("| ").split(" | ") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    columns = lines[0]
    row = next(line for line in lines if line[:2] == [population, interval])
    return float(row[columns.index(str(n))])


def holds(interval: str, p: int, a: int, d: int, m: float) -> bool:
    n = p + a + d
    if interval == "score":  # the limits are where |Z| = z, so that m is inside where |Z(m)| <= z
        b = -d - p + (2 * n - p + d) * m
        q = (math.sqrt(b * b + 8 * n * d * m * (1 - m)) - b) / (4 * n)
        return (p - d - n * m) ** 2 <= Z95**2 * n * (2 * q + m * (1 - m))
    add = 0.75 if interval == "adjusted Wald" else 0.0
    n_more = n + 4 * add
    high, low = (p + add) / n_more, (d + add) / n_more
    return abs(high - low - m) <= Z95 * math.sqrt((high + low - (high - low) ** 2) / n_more)


@pytest.mark.parametrize("interval", ["Wald", "adjusted Wald", "score"])
@pytest.mark.parametrize(("p", "d", "n"), [(0.5, 0.2, 20), (0.9, 0.03, 30), (0.97, 0.01, 50), (0.1, 0.05, 10)])
def test_cells(interval: str, p: float, d: float, n: int) -> None:
    total = 0.0
    for promoters in range(n + 1):
        for detractors in range(n + 1 - promoters):
            passives = n - promoters - detractors
            ways = math.comb(n, promoters) * math.comb(n - promoters, detractors)
            if holds(interval, promoters, passives, detractors, p - d):
                total += ways * p**promoters * d**detractors * (1 - p - d) ** passives
    assert cell(f"{100 * p:g}/{100 * (1 - p - d):g}/{100 * d:g}", interval, n) == pytest.approx(100 * total, abs=0.0051)


@pytest.mark.parametrize("population", ["50/30/20", "35/30/35", "70/20/10", "20/30/50", "10/85/5", "90/7/3"])
@pytest.mark.parametrize("interval", ["adjusted Wald", "score"])
def test_coverage_is_near_the_level_from_30_answers_on(population: str, interval: str) -> None:
    for n in (30, 50, 100, 200, 500, 1000):
        assert 93 <= cell(population, interval, n) <= 97


def test_script(script: ModuleType, tmp_path: Path) -> None:
    assert [line.split("|")[3] for line in script.exact_table((10, 30)).splitlines()[2:5]] == [
        f" {cell('50/30/20', interval, 10):.2f} " for interval in ("Wald", "adjusted Wald", "score")
    ]
    lines = script.simulated_table(200, (30,)).splitlines()
    assert len(lines) == 2 + 2 * 7
    assert all(88 < float(line.split("|")[3]) < 99.9 for line in lines[2:10])
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- begin: x -->\nold\n<!-- end: x -->\nb\n", encoding="utf-8")
    script.write("new", page, "x")
    assert page.read_text(encoding="utf-8").splitlines()[2] == "new"
