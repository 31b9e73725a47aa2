"""Logs and surveys as people write them: read right, and told what became of every row."""

from __future__ import annotations

import pathlib
from datetime import date, datetime

import polars as pl
import pytest

from loyalty.report.errors import ReportError
from loyalty.report.read import Log, LogOptions, read_log, read_survey

ROWS = [("b", "2020-01-05", "7.00"), ("a", "2020-02-01", "6.10"), ("a", "2020-01-01", "5.00")]


def written(path: pathlib.Path, text: str | bytes) -> pathlib.Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def rows_of(log: Log) -> list[tuple[str, date, float]]:
    return [(str(log.ids[customer]), day, amount) for customer, day, amount in log.rows.iter_rows()]


EXPECTED = [("b", date(2020, 1, 5), 7.0), ("a", date(2020, 2, 1), 6.1), ("a", date(2020, 1, 1), 5.0)]

FORMS = {
    "plain": "customer_id,date,amount\n" + "".join(f"{c},{d},{a}\n" for c, d, a in ROWS),
    "Windows, marked": "\ufeffcustomer_id,date,amount\r\n" + "".join(f"{c},{d},{a}\r\n" for c, d, a in ROWS),
    "semicolons, other names and order": "Order Date;Total;Client\n" + "".join(f"{d};{a};{c}\n" for c, d, a in ROWS),
    "tabs and quotes": "customer\ttime\tprice\n" + "".join(f'"{c}"\t"{d}"\t"{a}"\n' for c, d, a in ROWS),
    "times of day": "id,timestamp,value\n" + "".join(f"{c},{d}T23:59:59.5+02:00,{a}\n" for c, d, a in ROWS),
    "some with times": "id,date,value\nb,2020-01-05,7\na,2020-02-01 10:00,6.1\na, 2020-01-01 , 5.00 \n",
    "no last line feed": "id,date,value\nb,2020-01-05,7\na,2020-02-01,6.1\na,2020-01-01,5",
    "more columns": "x,id,date,value,y\n" + "".join(f'1,{c},{d},{a},"p,q"\n' for c, d, a in ROWS),
    "blank lines": "id,date,value\nb,2020-01-05,7\n\na,2020-02-01,6.1\na,2020-01-01,5\n\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_forms_of_csv(form: str, tmp_path: pathlib.Path) -> None:
    log = read_log(written(tmp_path / "log.csv", FORMS[form]), LogOptions())
    assert rows_of(log) == EXPECTED
    assert log.ids.to_list() == ["a", "b"]
    assert (log.first_day, log.last_day) == (date(2020, 1, 1), date(2020, 2, 1))
    assert log.rows_read - log.blank_lines == 3
    assert log.with_times == ("times" in form)


@pytest.mark.parametrize("kind", [pl.Date, pl.Datetime("us"), pl.Datetime("ns", "UTC"), pl.String])
def test_parquet(kind: pl.DataType, tmp_path: pathlib.Path) -> None:
    moments = [datetime.fromisoformat(day) for _, day, _ in ROWS]
    days = (
        pl.Series("date", [day for _, day, _ in ROWS]) if kind == pl.String else pl.Series("date", moments).cast(kind)
    )
    frame = pl.DataFrame({"id": [c for c, _, _ in ROWS], "date": days, "amount": [float(a) for _, _, a in ROWS]})
    frame.write_parquet(tmp_path / "log.parquet")
    assert rows_of(read_log(tmp_path / "log.parquet", LogOptions())) == EXPECTED


def test_parquet_names_rows(tmp_path: pathlib.Path) -> None:
    pl.DataFrame({"id": [1, 2], "date": [date(2020, 1, 1), None], "amount": [1, 2]}).write_parquet(
        tmp_path / "log.parquet"
    )
    with pytest.raises(ReportError, match="row 2: the date is missing"):
        read_log(tmp_path / "log.parquet", LogOptions())


def test_numeric_ids_sort_as_numbers_and_others_as_text(tmp_path: pathlib.Path) -> None:
    text = "id,date,amount\n10,2020-01-01,1\n9,2020-01-01,1\n"
    assert read_log(written(tmp_path / "a.csv", text), LogOptions()).ids.to_list() == [9, 10]
    assert read_log(written(tmp_path / "b.csv", text + "09,2020-01-01,1\n"), LogOptions()).ids.to_list() == [
        "09",
        "10",
        "9",
    ]


def test_ids_with_commas_and_quotes(tmp_path: pathlib.Path) -> None:
    text = 'id,date,amount\n"Li, ""Jo""",2020-01-01,1\n"two\nlines",2020-01-02,2\n'
    log = read_log(written(tmp_path / "log.csv", text), LogOptions())
    assert log.ids.to_list() == ['Li, "Jo"', "two\nlines"]


def test_date_format(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "log.csv", "id,date,amount\na,31.01.2020,1\nb,01.02.2020,2\n")
    log = read_log(path, LogOptions(date_format="%d.%m.%Y"))
    assert log.rows["date"].to_list() == [date(2020, 1, 31), date(2020, 2, 1)]
    with pytest.raises(ReportError, match="--date-format"):
        read_log(path, LogOptions())


def test_amounts_are_exact(tmp_path: pathlib.Path) -> None:
    amounts = ["0.01", "1.10", "0.29", "4503599627370.49", "1e2", "+7", ".5", "7."]
    text = "id,date,amount\n" + "".join(f"a,2020-01-{day:02d},{amount}\n" for day, amount in enumerate(amounts, 1))
    log = read_log(written(tmp_path / "log.csv", text), LogOptions())
    assert log.rows["amount"].to_list() == [float(amount) for amount in amounts]


def test_bad_rows_can_be_left_out_and_are_listed(tmp_path: pathlib.Path) -> None:
    bad = "".join(f"a,2020-01-{day:02d},x{day}\n" for day in range(1, 8))
    log = read_log(written(tmp_path / "log.csv", FORMS["plain"] + bad), LogOptions(skip_bad_rows=True))
    assert rows_of(log) == EXPECTED
    assert log.rejected_count == 7
    assert [row.place for row in log.rejected] == [f"line {line}" for line in range(5, 10)]
    assert "'x1' is not an amount" in log.rejected[0].reason


def test_refunds_come_off_the_same_day(tmp_path: pathlib.Path) -> None:
    text = (
        "id,date,amount\na,2020-01-01,10.10\na,2020-01-01,-4.05\na,2020-02-01,-3\n"  # netted; a return alone
        "b,2020-01-02,5\nb,2020-01-03,6\nc,2020-01-04,-1\n"  # c has nothing else
    )
    log = read_log(written(tmp_path / "log.csv", text), LogOptions())
    assert sorted(rows_of(log)) == [
        ("a", date(2020, 1, 1), 6.05), ("b", date(2020, 1, 2), 5.0), ("b", date(2020, 1, 3), 6.0),
    ]  # fmt: skip
    assert (log.refunds, round(log.refunded, 2), log.return_days, log.refund_only_customers) == (3, 8.05, 2, 1)
    assert log.ids.to_list() == ["a", "b"]


def test_duplicates_are_counted_and_kept_unless_told(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "log.csv", FORMS["plain"] + "a,2020-01-01,5.00\na,2020-01-01,5\n")
    kept, dropped = read_log(path, LogOptions()), read_log(path, LogOptions(drop_duplicates=True))
    assert (kept.duplicates, kept.rows.height) == (2, 5)
    assert (dropped.duplicates, dropped.rows.height, dropped.duplicates_dropped) == (2, 3, True)


def test_survey_joins_ids_of_either_kind(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "survey.csv", "customer_id,recommend,satisfaction\n1,9,\n2,,4\n7,3,3\n")
    for ids in (pl.Series([1, 2, 3]), pl.Series(["1", "2", "A"])):
        survey = read_survey(path, ids)
        assert survey.unknown_customers == 1 and survey.rows_read == 3
        assert survey.answers["recommend"].to_list() == [9.0, None, 3.0]
        assert not survey.simulated and not survey.has_alternatives


def test_survey_says_when_it_is_simulated(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "survey.csv", "customer_id,recommend,source\n1,9,Simulated\n")
    assert read_survey(path, pl.Series([1, 2])).simulated
