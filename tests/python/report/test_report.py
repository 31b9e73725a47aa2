"""The report on the bundled data: its numbers, its ten sections, its three files, and the page as a page."""

from __future__ import annotations

import ast
import html.parser
import json
import math
import os
import pathlib
import pty
import re
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

import loyalty as loy

TITLES = [
    "In one look", "What was read", "Will they come back?", "Who is still here?", "What are they worth?",
    "Where do they stand?", "What do they say?", "How satisfaction becomes loyalty", "Whom to call first",
    "How it was made",
]  # fmt: skip


def plain(page: str) -> str:
    """The words of a page."""
    page = re.sub(r"<style>.*?</style>|<svg.*?</svg>", " ", page, flags=re.S)
    text = re.sub(r"<[^>]+>", " ", page).replace("\u00a0", " ").replace("&plusmn;", "±").replace("&#x27;", "'")
    return re.sub(r"\s+", " ", text)


def sections(page: str) -> dict[int, str]:
    return {int(number): body for number, body in re.findall(r'<section id="s(\d+)".*?>(.*?)</section>', page, re.S)}


def test_no_sentence_lost_its_end() -> None:
    """A string that stands alone as a statement is the lost half of a sentence."""
    folder = pathlib.Path(__file__).resolve().parents[3] / "bindings" / "python" / "loyalty" / "report"
    for path in sorted(folder.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            for body in (getattr(node, "body", None), getattr(node, "orelse", None)):
                for place, statement in enumerate(body if isinstance(body, list) else []):
                    lost = isinstance(statement, ast.Expr) and isinstance(
                        statement.value, (ast.Constant, ast.JoinedStr)
                    )
                    docstring = place == 0 and isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
                    assert not lost or docstring, f"{path.name}:{statement.lineno}"


def test_it_ran_in_silence(cdnow: Any) -> None:
    assert (cdnow.code, cdnow.out, cdnow.err) == (0, "", "")
    assert sorted(path.name for path in cdnow.folder.iterdir()) == ["customers.csv", "model.json", "report.html"]


def test_ten_sections_each_with_its_meaning(cdnow: Any) -> None:
    found = sections(cdnow.page())
    assert list(found) == list(range(1, 11))
    for number, body in found.items():
        assert re.search(rf"<span>{number}</span> {re.escape(TITLES[number - 1])}</h2>", body)
        assert body.count("What this means.") == 1
        assert body.rstrip().endswith("</p>") and 'class="means"' in body[body.rindex("<p") :]


def test_published_figures(cdnow: Any) -> None:
    """Fader & Hardie's calibration to 1997-09-30 comes out by default: half of the period."""
    words = plain(cdnow.page())
    assert "6,919" in words and "2,357" in words and "6,696 purchases" in words
    for name, value, error in (
        ("r", "0.24259", "0.0126"), ("alpha", "4.4136", "0.378"), ("a", "0.79292", "0.186"), ("b", "2.4259", "0.705")
    ):  # fmt: skip
        assert re.search(rf" {name} .*? {value} ± {error}", words), name
    assert "-9,582.429" in words
    assert "made 1,882 repeat purchases; the model expected 1,653" in words and "12.1 % below" in words
    assert "The model misses." in words and "Try Pareto/NBD" in words
    rows = re.findall(
        r"(\d\+?) ([\d,]+) (\d\.\d{3}) (\d\.\d{3}) (\d\.\d{3}) to (\d\.\d{3})", plain(sections(cdnow.page())[3])
    )
    assert [row[1] for row in rows] == ["1,411", "439", "214", "100", "62", "38", "29", "64"]
    assert [row[2] for row in rows] == ["0.237", "0.697", "1.393", "1.560", "2.532", "2.947", "3.862", "6.359"]
    expected = [0.225087, 0.523131, 1.044134, 1.520280, 2.163866, 2.653846, 3.504042, 6.157191]
    assert [float(row[3]) for row in rows] == [round(value, 3) for value in expected]
    assert all(float(row[4]) < float(row[3]) < float(row[5]) for row in rows)


def test_tracking_follows_the_published_table(cdnow: Any) -> None:
    from loyalty.report.holdout import test as holdout
    from loyalty.report.read import LogOptions, read_log
    from loyalty.report.settings import Settings

    path = pathlib.Path(__file__).resolve().parents[3] / "examples" / "data" / "cdnow.csv"
    log = read_log(path, LogOptions())
    found = holdout(log.rows, log.first_day, log.last_day, Settings(path, draws=10))
    assert not isinstance(found, str)
    assert found.tracking.actual[19:25].tolist() == [1359, 1414, 1484, 1517, 1573, 1672]
    expected = [1312.458, 1387.346, 1460.392, 1531.713, 1601.418, 1669.600]
    assert found.tracking.expected[19:25] == pytest.approx(expected, abs=0.05)
    assert found.expected.value == pytest.approx(1653.4087, abs=1e-3)


def test_customers_csv(cdnow: Any) -> None:
    table = pl.read_csv(cdnow.folder / "customers.csv", schema_overrides={"customer_id": pl.String})
    assert table.columns[:8] == [
        "customer_id", "first_purchase", "last_purchase", "frequency", "recency", "T", "monetary_value", "p_alive",
    ]  # fmt: skip
    assert table.height == 2357 and table["customer_id"].is_sorted() and table["customer_id"].is_unique().all()
    assert table["frequency"].sum() == 6696 - 2357
    assert table["p_alive"].is_between(0, 1).all() and (table["clv"] >= 0).all()
    assert set(table["stage"]) <= set(loy.ladder.STAGES) and "loyal" in set(table["stage"])
    fit, spend = loy.load_models(cdnow.folder / "model.json")
    again = fit.predict(table, horizon=365.25 / 7, spend_model=spend, discount_rate=0.10)
    for name in ("p_alive", "expected_purchases", "expected_spend", "clv"):
        assert again[name].to_list() == table[name].to_list(), f"{name} is not at full precision"
    words = plain(cdnow.page())
    assert f"{table['clv'].sum():,.0f}" in words and f"{table['p_alive'].sum():,.0f}" in words


def test_model_json_is_the_librarys(cdnow: Any) -> None:
    path = cdnow.folder / "model.json"
    assert json.loads(path.read_text())["format"] == "loyalty-model"
    log = pl.read_csv("examples/data/cdnow.csv", schema_overrides={"customer_id": pl.String}, try_parse_dates=True)
    fit, spend = loy.load_models(path)
    rfm = loy.rfm_summary(log)
    assert fit.params_ == loy.BetaGeoModel(time_unit="W").fit(rfm).params_
    assert spend.params_ == loy.GammaGammaModel().fit(rfm).params_


class Page(html.parser.HTMLParser):
    """Collects what could reach outside, and the nesting of elements."""

    VOID = frozenset({"meta", "br", "img", "link", "hr", "input"})

    def __init__(self) -> None:
        super().__init__()
        self.outside: list[str] = []
        self.ids: list[str] = []
        self.pictures: list[dict[str, str | None]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag not in self.VOID:
            self.open.append(tag)
        assert tag not in ("script", "link", "iframe", "object", "embed")
        for name in ("src", "href", "xlink:href", "action"):
            if (target := given.get(name)) is not None and not target.startswith(("#", "data:")):
                self.outside.append(target)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag in ("svg", "img"):
            self.pictures.append(given)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_sound_and_needs_no_network(cdnow: Any) -> None:
    page = Page()
    page.feed(cdnow.page())
    assert page.open == [] and page.outside == []
    assert len(page.ids) == len(set(page.ids))
    style = re.search(r"<style>(.*?)</style>", cdnow.page(), re.S)
    assert style and "@import" not in style[1] and "url(" not in style[1]
    for wanted in ("prefers-color-scheme: dark", "@media print", "size: A4", "max-width: 620px"):
        assert wanted in style[1]
    assert 'name="viewport"' in cdnow.page() and 'lang="en"' in cdnow.page()


def test_every_picture_says_what_it_shows(cdnow: Any) -> None:
    page = Page()
    page.feed(cdnow.page())
    assert len(page.pictures) == 22  # eleven, each for wide and for narrow pages
    for picture in page.pictures:
        assert picture.get("role") == "img" and len(picture.get("aria-label") or "") > 40
    assert "#0" not in re.sub(r"<style>.*?</style>", "", cdnow.page(), flags=re.S)  # no colour but the page's own


def test_simulated_data_is_labelled(cdnow: Any, log: pathlib.Path, run: Callable[..., Any]) -> None:
    figures = dict(re.findall(r'<figure id="(\w+)">(.*?)</figure>', cdnow.page(), re.S))
    shown = {name for name, body in figures.items() if "Simulated survey." in body}
    assert shown == {"ladder", "recommend", "satisfaction", "curve"}
    for name in shown:
        assert figures[name].count("simulated survey</text>") == 2
    assert "simulated survey" not in run("--transactions", log).page().lower()


def test_same_input_same_bytes_but_for_the_date(cdnow: Any, tmp_path: pathlib.Path, shell: Callable[..., Any]) -> None:
    start = time.perf_counter()
    again = shell(
        "--transactions", "examples/data/cdnow.csv", "--survey", "examples/data/survey.csv", folder=tmp_path / "again"
    )
    assert time.perf_counter() - start < 30  # 10 seconds on an idle machine; tests share theirs
    for name in ("customers.csv", "model.json"):
        assert (again.folder / name).read_bytes() == (cdnow.folder / name).read_bytes()
    one, two = cdnow.page().splitlines(), again.page().splitlines()
    assert len(one) == len(two)
    assert all(a == b or a.startswith('<p class="made">') for a, b in zip(one, two, strict=True))


def test_the_command_on_the_page_repeats_it(cdnow: Any) -> None:
    words = plain(cdnow.page())
    assert (
        "python -m loyalty report --transactions examples/data/cdnow.csv --survey examples/data/survey.csv "
        "--horizon 1y --discount-rate 0.1 --decimals 2 --time-unit W --draws 500 --seed 1" in words
    )


def test_log_alone(log: pathlib.Path, run: Callable[..., Any]) -> None:
    done = run("--transactions", log)
    assert done.code == 0, done.err
    found = {number: plain(body) for number, body in sections(done.page()).items()}
    assert list(found) == list(range(1, 11))
    assert "C = .5 is assumed" in found[1] and "or a survey column" in found[1] and "not asked" in found[1]
    assert "No survey was given." in found[7] and "--survey" in found[7]
    assert "needs a survey" in found[8]
    assert "What the log alone cannot know" in found[6] and "our share of their purchases" in found[6]
    assert "Loyal 0" not in found[1]


COMPETITION = {
    "assumed": ((), 0.5, "C = .5 is assumed"),
    "given": (("--competition", "0.8"), 0.8, "C = 0.80 as given"),
    "shares": (("--shares", ".4,.3,.2,.1"), 0.7, "C = 0.70 from the market shares 0.4, 0.3, 0.2, 0.1"),
}


@pytest.mark.parametrize("case", COMPETITION)
def test_competition(case: str, log: pathlib.Path, tmp_path: pathlib.Path, run: Callable[..., Any]) -> None:
    arguments, value, sentence = COMPETITION[case]
    survey = tmp_path / "survey.csv"
    survey.write_text("customer_id,satisfaction\n" + "".join(f"c{n:03d},{1 + n % 5}\n" for n in range(40)))
    done = run("--transactions", log, "--survey", survey, *arguments)
    assert done.code == 0, done.err
    words = plain(sections(done.page())[8])
    assert sentence in words
    if value == 0.5:
        assert "there is no threshold" in words
    else:
        root = math.sqrt(value / (1 - value))
        assert f"threshold lies at {0.5 + 5 * root / (1 + root):.1f}" in words


def test_the_account_of_the_rows(log_text: str, tmp_path: pathlib.Path, run: Callable[..., Any]) -> None:
    path = tmp_path / "log.csv"
    path.write_text(log_text + "c001,2020-03-30,-2.50\nc001,soon,1\nc002,2020-03-30,4.00\nc002,2020-03-30,4.00\n")
    done = run("--transactions", path, "--skip-bad-rows")
    assert done.code == 0, done.err
    words = plain(sections(done.page())[2])
    lines = log_text.count("\n")
    assert f"line {lines + 2} 'soon' is not a date" in words
    assert (
        "1 row (--skip-bad-rows)" in words
        and "1 row, together -2.50: a negative amount is taken off" in words
        and "1 exact copy" in words
    )


def test_ids_are_escaped(log_text: str, tmp_path: pathlib.Path, run: Callable[..., Any]) -> None:
    path = tmp_path / "log.csv"
    path.write_text(re.sub(r"^c(\d+),", r'"<b>, ""\1""",', log_text, flags=re.M))
    done = run("--transactions", path)
    assert done.code == 0, done.err
    assert "<b>, " not in done.page() and "&lt;b&gt;, &quot;" in done.page()
    table = pl.read_csv(done.folder / "customers.csv")
    assert table["customer_id"][1] == '<b>, "001"'


def test_horizon_and_rate_are_spelled_out(log: pathlib.Path, run: Callable[..., Any]) -> None:
    done = run("--transactions", log, "--horizon", "6m", "--discount-rate", "0.075", "--time-unit", "D")
    words = plain(done.page())
    assert "the next 6 months" in words and "7.5 % a year" in words and "182.62 days" in words


def test_customers_who_are_all_alike(tmp_path: pathlib.Path, run: Callable[..., Any]) -> None:
    """Parameters run to the edge of their range: the page says so, and no number on it is infinite."""
    path = tmp_path / "log.csv"
    lines = ["id,date,amount"]
    for number in range(60):
        for visit in range(1 + (number * 7) % 6):
            month, day = divmod((number * 3) % 50 + visit * (11 + number % 17), 28)
            lines.append(f"c{number:03d},2020-{1 + month:02d}-{1 + day:02d},{10 + (number * visit) % 23}.50")
    path.write_text("\n".join(lines))
    done = run("--transactions", path)
    assert done.code == 0, done.err
    words = plain(done.page())
    assert "lacks its certificate (a parameter ran to the edge of its range)" in words
    assert not re.search(r"\b(inf|nan)\b", words)


def test_progress_on_a_terminal(log: pathlib.Path, tmp_path: pathlib.Path) -> None:
    master, slave = pty.openpty()
    words = [sys.executable, "-m", "loyalty", "report", "--transactions", log, "--out", tmp_path / "out"]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=slave)
    os.close(slave)
    seen = b""
    while True:
        try:
            chunk = os.read(master, 4096)
        except OSError:
            break
        if not chunk:
            break
        seen += chunk
    os.close(master)
    assert process.wait() == 0
    assert b"reading" in seen and b"fitting" in seen and seen.endswith(b"\x1b[K")


def test_help_names_every_option() -> None:
    words = [sys.executable, "-m", "loyalty"]
    assert "report" in subprocess.run(words, capture_output=True, text=True, check=True).stdout
    page = subprocess.run([*words, "report", "--help"], capture_output=True, text=True, check=True).stdout
    guide = (pathlib.Path(__file__).resolve().parents[3] / "docs" / "report.md").read_text(encoding="utf-8")
    for option in re.findall(r"--[a-z-]+", page):
        assert option in guide or option == "--help", f"{option} is not in docs/report.md"
