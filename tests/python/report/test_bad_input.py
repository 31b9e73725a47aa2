"""Input that cannot carry a report: a message that names what and where, a non-zero exit, nothing written."""

from __future__ import annotations

import pathlib
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]

HEAD = "customer_id,date,amount\n"
GOOD = "a,2020-01-01,5.00\na,2020-02-01,6.00\nb,2020-01-05,7.00\n"

LOGS = {
    "empty file": (b"", "the file is empty"),
    "header only": (HEAD, "header but no rows"),
    "header without line feed": (HEAD.strip(), "header but no rows"),
    "no such column": ("who,date,amount\na,2020-01-01,5\n", "the columns are 'who', 'date', 'amount'"),
    "no such column, option": ("who,date,amount\na,2020-01-01,5\n", "--customer-col"),
    "two equal columns": ("date,date,amount\na,b,c\n", "two columns are called 'date'"),
    "text in a number": (HEAD + GOOD + "b,2020-03-01,12 EUR\n", "line 5: '12 EUR' is not an amount"),
    "decimal comma": (HEAD + GOOD + 'b,2020-03-01,"12,50"\n', "line 5: '12,50' is not an amount"),
    "missing amount": (HEAD + GOOD + "b,2020-03-01,\n", "line 5: the amount is missing"),
    "missing customer": (HEAD + GOOD + ",2020-03-01,5\n", "line 5: the customer id is missing"),
    "blank customer": (HEAD + GOOD + '"  ",2020-03-01,5\n', "line 5: the customer id is missing"),
    "missing date": (HEAD + GOOD + "b,,5\n", "line 5: the date is missing"),
    "NaN": (HEAD + GOOD + "b,2020-03-01,NaN\n", "line 5: 'NaN' is not an amount"),
    "infinity": (HEAD + GOOD + "b,2020-03-01,-inf\n", "line 5: '-inf' is not an amount"),
    "too large": (HEAD + GOOD + "b,2020-03-01,1e300\n", "too large"),
    "too many decimals": (HEAD + GOOD + "b,2020-03-01,1.005\n", "line 5: '1.005' has more than 2 decimals"),
    "unparsable date": (HEAD + GOOD + "b,2020-13-01,5\n", "line 5: '2020-13-01' is not a date"),
    "day that does not exist": (HEAD + GOOD + "b,2021-02-29,5\n", "line 5: '2021-02-29' is not a date"),
    "mixed dates": (HEAD + GOOD + "b,01/03/2020,5\nb,02/03/2020,5\n", "line 5: '01/03/2020' is not a date"),
    "mixed dates, count": (HEAD + GOOD + "b,01/03/2020,5\nb,02/03/2020,5\n", "1 more row"),
    "time that is none": (HEAD + GOOD + "b,2020-03-01 noon,5\n", "line 5: '2020-03-01 noon' is not a date"),
    "mistyped year": (HEAD + GOOD + "b,2920-03-01,5\n", "over a century"),
    "comma in an id": (HEAD + GOOD + "b,c,2020-03-01,5\n", "line 5: 4 fields where the header has 3"),
    "open quote": (HEAD + GOOD + '"b,2020-03-01,5\n', "line 5: a double quote is not closed"),
    "not UTF-8": (HEAD.encode() + b"a\xff,2020-01-01,5\n", "line 2: byte 0xff is not UTF-8"),
    "line after a quoted line feed": (HEAD + '"a\nb",2020-01-01,5\nb,x,5\n', "line 4: 'x' is not a date"),
    "one customer": (HEAD + "a,2020-01-01,5\na,2020-02-01,6\n", "only one customer, 'a'"),
    "nobody came back": (
        HEAD + "a,2020-01-01,5\nb,2020-02-01,6\nb,2020-02-01,7\n",
        "none of the 2 customers bought on a",
    ),
    "only refunds": (HEAD + "a,2020-01-01,-5\nb,2020-02-01,-6\n", "no purchase is left"),
    "not a Parquet file": (b"PAR1 and no more", "not a Parquet file"),
}


@pytest.mark.parametrize("case", LOGS)
def test_log_is_refused(case: str, tmp_path: pathlib.Path, run: Run) -> None:
    content, message = LOGS[case]
    path = tmp_path / "log.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = run("--transactions", path)
    assert done.code == 1
    assert message in done.err
    assert "log.csv" in done.err
    assert done.out == ""
    assert "Traceback" not in done.err
    assert not done.folder.exists()


def test_missing_file(tmp_path: pathlib.Path, run: Run) -> None:
    done = run("--transactions", tmp_path / "nowhere.csv")
    assert done.code == 1 and "there is no such file" in done.err and "nowhere.csv" in done.err


def test_folder_instead_of_file(tmp_path: pathlib.Path, run: Run) -> None:
    assert "a folder, not a file" in run("--transactions", tmp_path).err


OPTIONS = {
    "shares that do not add up": (("--shares", ".4,.3,.2"), "add up to 0.9, not 1"),
    "negative share": (("--shares", "1.2,-.2"), "is not a share"),
    "share that is no number": (("--shares", ".5,half"), "--shares"),
    "one share": (("--shares", "1"), "at least two"),
    "competition of 1": (("--competition", "1"), "between 0"),
    "competition that is no number": (("--competition", "high"), "--competition 'high'"),
    "horizon without unit": (("--horizon", "12"), "1y, 6m, 26w or 90d"),
    "horizon of a century": (("--horizon", "100y"), "at most ten years"),
    "discount in per cent": (("--discount-rate", "10"), "10 % is written 0.10"),
    "holdout before the log": (("--holdout-start", "1999-01-01"), "--holdout-start 1999-01-01: the log runs from"),
    "holdout that is no date": (("--holdout-start", "half"), "write a date like"),
    "column that is not there": (("--amount-col", "euros"), "there is no column 'euros' for the amount"),
    "one column twice": (("--amount-col", "date"), "must be three columns"),
    "decimals": (("--decimals", "9"), "--decimals 9"),
}


@pytest.mark.parametrize("case", OPTIONS)
def test_option_is_refused(case: str, log: pathlib.Path, run: Run) -> None:
    arguments, message = OPTIONS[case]
    done = run("--transactions", log, *arguments)
    assert done.code == 1
    assert message in done.err
    assert not done.folder.exists()


SURVEYS = {
    "empty file": ("", "the file is empty"),
    "header only": ("customer_id,recommend\n", "header but no rows"),
    "score of 11": ("customer_id,recommend\nc001,7\nc002,11\n", "line 3: recommend is '11'; an answer is a whole"),
    "negative score": ("customer_id,recommend\nc001,-1\n", "line 2: recommend is '-1'"),
    "score with a fraction": ("customer_id,recommend\nc001,7.5\n", "line 2: recommend is '7.5'"),
    "score in words": ("customer_id,recommend\nc001,seven\n", "line 2: recommend is 'seven'"),
    "score that is NaN": ("customer_id,recommend\nc001,NaN\n", "line 2: recommend is 'NaN'"),
    "satisfaction of 6": ("customer_id,satisfaction\nc001,6\n", "line 2: satisfaction is '6'; an answer"),
    "no alternatives": ("customer_id,satisfaction,alternatives\nc001,5,0\n", "alternatives is '0'"),
    "no answers": ("customer_id,colour\nc001,red\n", "needs a column 'recommend'"),
    "answered twice": ("customer_id,recommend\nc001,5\nc002,5\nc001,6\n", "line 4: customer 'c001' has answered"),
    "strangers": ("customer_id,recommend\n1,5\n2,5\n", "none of the 2 respondents is in the purchase log"),
    "missing customer": ("customer_id,recommend\n,5\n", "line 2: the customer id is missing"),
}  # fmt: skip


@pytest.mark.parametrize("case", SURVEYS)
def test_survey_is_refused(case: str, log: pathlib.Path, tmp_path: pathlib.Path, run: Run) -> None:
    content, message = SURVEYS[case]
    path = tmp_path / "survey.csv"
    path.write_text(content, encoding="utf-8")
    done = run("--transactions", log, "--survey", path)
    assert done.code == 1
    assert message in done.err
    assert not done.folder.exists()


def test_time_after_the_end_cannot_be() -> None:
    """t_x > T: a summary cannot hold it, and the model refuses one that does, naming the row."""
    import loyalty as loy

    with pytest.raises(loy.LoyaltyError) as caught:
        loy.BetaGeoModel().fit({"frequency": [1.0, 2.0, 0.0], "recency": [1.0, 9.0, 0.0], "T": [5.0, 8.0, 5.0]})
    assert caught.value.index == 1


def test_a_failed_run_leaves_an_old_report_alone(tmp_path: pathlib.Path, log_text: str, run: Run) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "report.html").write_text("old")
    path = tmp_path / "log.csv"
    path.write_text(log_text + "c000,soon,5\n")
    assert run("--transactions", path).code == 1
    assert [entry.name for entry in out.iterdir()] == ["report.html"]
    assert (out / "report.html").read_text() == "old"
