"""`python -m loyalty report`: from a purchase log and a survey to report.html, customers.csv and model.json."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from .errors import ReportError

DESCRIPTION = """\
Reads a purchase log (CSV or Parquet: customer, date, amount) and, if there is one, a survey of the same customers
(customer_id, recommend 0-10, satisfaction 1-5, alternatives), and writes a report for people (report.html), one row per
customer (customers.csv) and the fitted models (model.json)."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--transactions", required=True, type=Path, metavar="LOG", help="purchase log, CSV or Parquet")
    parser.add_argument("--survey", type=Path, metavar="SURVEY", help="survey, CSV or Parquet, one row per respondent")
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--competition", metavar="C", help="competition between 0 and 1 (default: from the survey, else 0.5)"
    )
    how.add_argument("--shares", metavar="A,B,...", help="market shares that add up to 1; C follows from them")
    parser.add_argument(
        "--horizon", default="1y", metavar="1y", help="how far to look ahead: 1y, 6m, 26w, 90d (default 1y)"
    )
    parser.add_argument("--discount-rate", default="0.10", metavar="0.10", help="per year (default 0.10)")
    parser.add_argument("--holdout-start", metavar="DATE", help="first day of the test (default: half of the period)")
    parser.add_argument(
        "--out", type=Path, default=Path("loyalty-report"), metavar="DIR", help="folder for the results"
    )
    columns = parser.add_argument_group("how the files are written")
    columns.add_argument("--customer-col", metavar="NAME", help="column of the customer (default: a good guess)")
    columns.add_argument("--date-col", metavar="NAME", help="column of the date")
    columns.add_argument("--amount-col", metavar="NAME", help="column of the amount")
    columns.add_argument("--survey-customer-col", metavar="NAME", help="column of the customer in the survey")
    columns.add_argument(
        "--date-format", metavar="FORM", help="such as %%d.%%m.%%Y (default: 1997-01-31, also with a time)"
    )
    columns.add_argument("--decimals", type=int, default=2, metavar="2", help="decimals of the currency, 0 to 6")
    columns.add_argument("--currency", default="", metavar="SIGN", help="sign before amounts on the page")
    columns.add_argument("--skip-bad-rows", action="store_true", help="leave out rows that cannot be read, and say so")
    columns.add_argument("--drop-duplicates", action="store_true", help="leave out exact copies of rows, and say so")
    model = parser.add_argument_group("computation")
    model.add_argument("--time-unit", choices=("D", "W", "M", "Y"), default="W", help="unit of the models (default W)")
    model.add_argument("--draws", type=int, default=500, metavar="500", help="parameter draws behind the intervals")
    model.add_argument("--seed", type=int, default=1, metavar="1", help="of the draws behind the intervals")


def run(arguments: argparse.Namespace) -> int:
    """Makes the report. 0, or 1 after a message that says what is wrong and where."""
    try:
        _report(arguments)
    except ReportError as error:
        _clear()
        print(f"loyalty report: {error}", file=sys.stderr)
        return 1
    except MemoryError:
        _clear()
        print("loyalty report: there is not enough memory for this log", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        _clear()
        print("loyalty report: stopped; nothing was written", file=sys.stderr)
        return 130
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m loyalty report", description=DESCRIPTION)
    add_arguments(parser)
    return run(parser.parse_args(arguments))


def _report(arguments: argparse.Namespace) -> None:
    try:
        import matplotlib  # noqa: F401
        import polars  # noqa: F401
    except ImportError as error:
        raise ReportError(f"the package {error.name} is missing; install polars, pyarrow and matplotlib") from None
    from . import settings as given
    from .html import document
    from .model_file import model_json
    from .numbers import compute
    from .read import LogOptions
    from .sections import all_sections
    from .words import count, day, plural
    from .write import write_all, write_csv, write_text

    if not 0 <= arguments.decimals <= 6:
        raise ReportError(f"--decimals {arguments.decimals}: from 0 to 6")
    if not 20 <= arguments.draws <= 100_000:
        raise ReportError(f"--draws {arguments.draws}: from 20 to 100000")
    if arguments.seed < 0:
        raise ReportError(f"--seed {arguments.seed}: a whole number, 0 or more")
    settings = given.Settings(
        transactions=arguments.transactions,
        survey=arguments.survey,
        competition=None if arguments.competition is None else given.parse_competition(arguments.competition),
        shares=None if arguments.shares is None else given.parse_shares(arguments.shares),
        horizon=given.parse_horizon(arguments.horizon),
        discount_rate=given.parse_rate(arguments.discount_rate),
        holdout_start=None
        if arguments.holdout_start is None
        else given.parse_day("--holdout-start", arguments.holdout_start),
        out=arguments.out,
        log=LogOptions(
            customer_col=arguments.customer_col,
            date_col=arguments.date_col,
            amount_col=arguments.amount_col,
            date_format=arguments.date_format,
            decimals=arguments.decimals,
            skip_bad_rows=arguments.skip_bad_rows,
            drop_duplicates=arguments.drop_duplicates,
        ),
        survey_customer_col=arguments.survey_customer_col,
        currency=arguments.currency,
        time_unit=arguments.time_unit,
        draws=arguments.draws,
        seed=arguments.seed,
    )
    numbers = compute(settings, _progress)
    _progress("drawing the page")
    log = numbers.log
    page = document(
        f"{count(numbers.summary.height)} customers of {log.name}",
        f"{plural(numbers.purchases, 'purchase')} from {day(log.first_day)} to {day(log.last_day)}: who is still "
        "here, what they are worth, and whom to call.",
        f"Made on {date.today().isoformat()}",
        all_sections(numbers),
        "Made with libloyalty.",
    )
    _progress(f"writing to {settings.out}")
    write_all(
        settings.out,
        {
            "report.html": write_text(page),
            "customers.csv": write_csv(numbers.customers),
            "model.json": write_text(model_json(numbers)),
        },
    )
    _clear()


def _progress(text: str) -> None:
    """One line that overwrites itself on a terminal; nothing in a pipe."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text} ...", end="", file=sys.stderr, flush=True)


def _clear() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
