"""Shared by the tests of the report."""

from __future__ import annotations

import datetime
import os
import pathlib
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
DATA = ROOT / "examples" / "data"


@dataclass(frozen=True)
class Outcome:
    """What a run of the command did."""

    code: int
    out: str
    err: str
    folder: pathlib.Path

    def page(self) -> str:
        return (self.folder / "report.html").read_text(encoding="utf-8")


def command(*arguments: object, folder: pathlib.Path, **keywords: object) -> Outcome:
    """Runs `python -m loyalty report` in a process of its own."""
    words = [sys.executable, "-m", "loyalty", "report", *map(str, arguments), "--out", str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, env={**os.environ}, **keywords)  # type: ignore[call-overload]
    return Outcome(done.returncode, done.stdout, done.stderr, folder)


@pytest.fixture(scope="session")
def shell() -> Callable[..., Outcome]:
    """Runs the command in a process of its own: shell(*arguments, folder=...)."""
    return command


@pytest.fixture(scope="session")
def cdnow(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The report on the bundled data, as `make demo` makes it."""
    folder = tmp_path_factory.mktemp("cdnow") / "report"
    return command("--transactions", "examples/data/cdnow.csv", "--survey", "examples/data/survey.csv", folder=folder)


@pytest.fixture
def run(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Runs the command in this process; files that do not matter for the test are small."""
    from loyalty.report import main

    def go(*arguments: object, out: pathlib.Path | None = None) -> Outcome:
        folder = out or tmp_path / "out"
        code = main(["--draws", "40", *map(str, arguments), "--out", str(folder)])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err, folder)

    return go


@pytest.fixture(scope="session")
def log_text() -> str:
    """A log of 150 customers, drawn from the models of the library with a seed."""
    import loyalty as loy

    visits = loy.BetaGeoModel.from_params(r=0.6, alpha=4.0, a=0.7, b=2.4, time_unit="W").simulate_log(150, 60.0, 7)
    start = datetime.date(2020, 1, 1)
    lines = ["customer_id,date,amount"]
    for number, (customer, weeks) in enumerate(zip(visits["customer_id"], visits["time"], strict=True)):
        day = start + datetime.timedelta(days=int(customer) % 60 + int(weeks * 7))
        lines.append(f"c{int(customer):03d},{day},{8 + (int(customer) * 13) % 29 + (number * 7) % 11}.50")
    return "\n".join(lines) + "\n"


@pytest.fixture
def log(tmp_path: pathlib.Path, log_text: str) -> pathlib.Path:
    path = tmp_path / "small.csv"
    path.write_text(log_text, encoding="utf-8")
    return path
