"""Reads the purchase log and the survey: every row is used, set aside by a stated rule, or refused with its line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from .errors import ReportError
from .table import Source, find_column, need_column, open_table, read_columns, to_days, to_numbers

CUSTOMER_NAMES = (
    "customerid", "customer", "custid", "clientid", "client", "userid", "user", "memberid", "member", "accountid",
    "account", "cardid", "householdid", "buyerid", "shopperid", "id",
)  # fmt: skip
DATE_NAMES = (
    "date", "purchasedate", "orderdate", "transactiondate", "invoicedate", "saledate", "datetime", "timestamp",
    "purchasedat", "orderedat", "createdat", "time", "day",
)  # fmt: skip
AMOUNT_NAMES = (
    "amount", "amountpaid", "netamount", "totalamount", "ordervalue", "ordertotal", "total", "revenue", "sales",
    "spend", "value", "monetaryvalue", "price", "dollars",
)  # fmt: skip
RECOMMEND_NAMES = ("recommend", "recommendation", "nps", "npsscore", "likelihoodtorecommend", "ltr")
SATISFACTION_NAMES = ("satisfaction", "csat", "satisfactionscore", "overallsatisfaction")
ALTERNATIVES_NAMES = ("alternatives", "suppliers", "acceptablesuppliers")
SOURCE_NAMES = ("source",)

LONGEST_PERIOD_DAYS = 36525  # a log of a century is a mistyped year


@dataclass(frozen=True)
class LogOptions:
    """How the log is written."""

    customer_col: str | None = None
    date_col: str | None = None
    amount_col: str | None = None
    date_format: str | None = None
    decimals: int = 2
    skip_bad_rows: bool = False
    drop_duplicates: bool = False


@dataclass(frozen=True)
class Rejected:
    """A row that could not be read and was left out because the user said so."""

    place: str  # "line 12"
    reason: str


@dataclass(frozen=True)
class Log:
    """A purchase log: one row per purchase, and the account of how it came out of the file."""

    name: str
    columns: tuple[str, str, str]  # customer, date, amount, as the file calls them
    rows: pl.DataFrame  # customer_id (Int64, an index into `ids`), date, amount (0 or more)
    ids: pl.Series  # the customers, ascending; numbers when every id is a plain whole number, else text
    rows_read: int
    blank_lines: int
    rejected_count: int
    rejected: tuple[Rejected, ...]  # the first five
    refunds: int  # rows with a negative amount
    refunded: float  # their sum, not negative
    return_days: int  # a customer's days that end below zero: a return, not a purchase
    refund_only_customers: int  # customers who have no purchase left
    zero_amounts: int
    duplicates: int  # rows equal to an earlier one
    duplicates_dropped: bool
    with_times: bool
    first_day: date
    last_day: date

    @property
    def purchases_read(self) -> int:
        return int(self.rows.height)


@dataclass(frozen=True)
class Survey:
    """Answers of customers: customer_id (as in the log), recommend, satisfaction, alternatives (Float64)."""

    name: str
    answers: pl.DataFrame
    simulated: bool
    rows_read: int
    unknown_customers: int  # respondents who are not in the log
    has_recommend: bool
    has_satisfaction: bool
    has_alternatives: bool


def read_log(path: Path, options: LogOptions) -> Log:
    """Reads a purchase log. Raises ReportError with the file, the line and what would be right."""
    source = open_table(path)
    customer = need_column(source, "customer", "--customer-col", options.customer_col, CUSTOMER_NAMES)
    day = need_column(source, "date of purchase", "--date-col", options.date_col, DATE_NAMES)
    amount = need_column(source, "amount", "--amount-col", options.amount_col, AMOUNT_NAMES)
    if len({customer, day, amount}) < 3:
        raise ReportError(
            f"{path}: customer, date and amount must be three columns, not {customer!r}, {day!r}, {amount!r}; name "
            "them with --customer-col, --date-col and --amount-col"
        )
    raw = read_columns(source, (customer, day, amount)).rename({customer: "customer", day: "day", amount: "amount"})
    rows_read = raw.height

    days, with_times = to_days(raw["day"], options.date_format)
    numbers = to_numbers(raw["amount"])
    customers = raw["customer"]
    scaled = numbers * 10.0**options.decimals
    checks = pl.DataFrame(
        {
            "blank": raw.select(pl.all_horizontal(pl.all().is_null())).to_series(),
            "customer": _is_missing(customers),
            "day": days.is_null(),
            "amount": numbers.is_null() | ~numbers.is_finite(),
            "places": (scaled - scaled.round()).abs() > 1e-7 + 1e-15 * scaled.abs(),
            "large": scaled.abs() >= 2.0**53,
        }
    ).with_row_index("record")
    blank_lines = int(checks["blank"].sum())
    bad = checks.filter(
        ~pl.col("blank")
        & (
            pl.col("customer")
            | pl.col("day")
            | pl.col("amount")
            | pl.col("places").fill_null(False)
            | pl.col("large").fill_null(False)
        )
    )
    rejected: list[Rejected] = []
    if bad.height:
        if options.skip_bad_rows:
            records = bad["record"].head(5).to_list()
            rejected = [
                Rejected(place, _log_reason(raw, checks, record, options))
                for record, place in zip(records, source.places(records), strict=True)
            ]
        else:
            record = int(bad["record"][0])
            more = f" ({bad.height - 1:,} more rows cannot be read either)" if bad.height > 1 else ""
            raise ReportError(
                f"{path}, {source.place(record)}: {_log_reason(raw, checks, record, options)}{more}. To leave such "
                "rows out and have them counted, add --skip-bad-rows"
            )
    minor = pl.DataFrame({"customer": customers, "date": days, "amount": numbers})
    del raw, customers, days, numbers, scaled
    if bad.height or blank_lines:
        keep = ~checks["blank"]
        if bad.height:
            keep = keep & ~checks["record"].is_in(bad["record"].implode())
        minor = minor.filter(keep)
    rejected_count = bad.height
    del checks, bad
    if minor.height == 0:
        raise ReportError(
            f"{path}: no row is left to report on ({rejected_count:,} of {rows_read:,} could not be read)"
        )

    ids, index = _index(minor["customer"])
    rows = minor.select(index.alias("customer_id"), "date", "amount")
    del minor, index
    duplicates = _count_duplicates(rows)
    if duplicates and options.drop_duplicates:
        rows = rows.unique(maintain_order=True)

    net = _net_of_refunds(rows, ids, options.decimals)
    if net.rows.height == 0:
        raise ReportError(f"{path}: after taking off the negative amounts no purchase is left")
    rows, ids = net.rows, net.ids
    first, last = rows["date"].min(), rows["date"].max()
    assert isinstance(first, date) and isinstance(last, date)
    if (last - first).days > LONGEST_PERIOD_DAYS:
        raise ReportError(f"{path}: the purchases run from {first} to {last}, over a century; look for a mistyped year")
    return Log(
        name=source.name,
        columns=(customer, day, amount),
        rows=rows,
        ids=ids,
        rows_read=rows_read,
        blank_lines=blank_lines,
        rejected_count=rejected_count,
        rejected=tuple(rejected),
        refunds=net.refunds,
        refunded=net.refunded,
        return_days=net.return_days,
        refund_only_customers=net.customers_lost,
        zero_amounts=int((rows["amount"] == 0).sum()),
        duplicates=duplicates,
        duplicates_dropped=bool(duplicates and options.drop_duplicates),
        with_times=with_times,
        first_day=first,
        last_day=last,
    )


def read_survey(path: Path, ids: pl.Series, customer_col: str | None = None) -> Survey:
    """Reads a survey, one row per respondent. `ids` are the log's customers: the answers get the same type of id."""
    source = open_table(path)
    customer = need_column(source, "customer", "--survey-customer-col", customer_col, CUSTOMER_NAMES)
    found = {
        "recommend": find_column(source, "", "", None, RECOMMEND_NAMES),
        "satisfaction": find_column(source, "", "", None, SATISFACTION_NAMES),
        "alternatives": find_column(source, "", "", None, ALTERNATIVES_NAMES),
    }
    if found["recommend"] is None and found["satisfaction"] is None:
        listing = ", ".join(repr(column) for column in source.columns)
        raise ReportError(
            f"{path}: a survey needs a column 'recommend' (0 to 10) or 'satisfaction' (1 to 5); the columns are "
            f"{listing}"
        )
    marker = find_column(source, "", "", None, SOURCE_NAMES)
    wanted = [customer, *(column for column in found.values() if column), *([marker] if marker else [])]
    raw = read_columns(source, wanted)
    blank = raw.select(pl.all_horizontal(pl.all().is_null())).to_series()
    missing = (_is_missing(raw[customer]) & ~blank).arg_true()
    if missing.len():
        raise ReportError(f"{path}, {source.place(int(missing[0]))}: the customer id is missing")

    answers = {"customer_id": raw[customer].cast(pl.String).str.strip_chars()}
    scales = {"recommend": (0, 10), "satisfaction": (1, 5), "alternatives": (1, 1000)}
    for name, (low, high) in scales.items():
        column = found[name]
        answers[name] = (
            _scores(source, raw[column], column, low, high)
            if column
            else pl.Series(name, [None] * raw.height, dtype=pl.Float64)
        )
    frame = pl.DataFrame(answers).with_row_index("record").filter(~blank)
    twice = frame.filter(pl.col("customer_id").is_duplicated())
    if twice.height:
        first = twice["customer_id"][0]
        records = twice.filter(pl.col("customer_id") == first)["record"].head(2).to_list()
        one, two = source.places(records)
        raise ReportError(f"{path}, {two}: customer {first!r} has answered already on {one}; a survey has one row each")
    if frame.height == 0:
        raise ReportError(f"{path}: the file has a header but no answers")

    rows_read = frame.height
    known = ids.cast(pl.String)
    frame = frame.drop("record")
    unknown = rows_read - frame.join(known.to_frame("customer_id"), on="customer_id", how="semi").height
    if unknown == rows_read:
        raise ReportError(
            f"{path}: none of the {rows_read:,} respondents is in the purchase log; the survey writes a customer as "
            f"{frame['customer_id'][0]!r}, the log as {known[0]!r}"
        )
    simulated = bool(marker and raw[marker].cast(pl.String).str.to_lowercase().str.contains("simulated").any())
    return Survey(
        name=source.name,
        answers=frame.with_columns(pl.col("customer_id").cast(ids.dtype, strict=False)),
        simulated=simulated,
        rows_read=rows_read,
        unknown_customers=unknown,
        has_recommend=frame["recommend"].count() > 0,
        has_satisfaction=frame["satisfaction"].count() > 0,
        has_alternatives=frame["alternatives"].count() > 0,
    )


def _is_missing(column: pl.Series) -> pl.Series:
    if column.dtype == pl.String:
        return column.is_null() | (column.str.strip_chars().str.len_bytes() == 0).fill_null(True)
    return column.is_null()


def _log_reason(raw: pl.DataFrame, checks: pl.DataFrame, record: int, options: LogOptions) -> str:
    """Why a row of the log cannot be used, naming the field and showing what stands there."""
    row = checks.row(record, named=True)
    if row["customer"]:
        return "the customer id is missing"
    if row["day"]:
        shown = raw["day"][record]
        if shown is None:
            return "the date is missing"
        form = f"of the form {options.date_format}" if options.date_format else "like 1997-01-31 or 1997-01-31 15:30:00"
        hint = "" if options.date_format else "; all dates must have one form, another one is given with --date-format"
        return f"{str(shown)!r} is not a date {form}{hint}"
    shown = raw["amount"][record]
    if shown is None:
        return "the amount is missing"
    if row["amount"]:
        return f"{str(shown)!r} is not an amount; write a number like 12.50"
    if row["places"]:
        return f"{str(shown)!r} has more than {options.decimals} decimals; raise --decimals"
    return f"{str(shown)!r} is too large for an exact amount with {options.decimals} decimals"


def _index(customers: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The distinct ids in ascending order, and each row's place among them.

    Ids become numbers when all are plain whole numbers, so that 2 comes before 10; "0001" or "A7" keep all as text.
    """
    if customers.dtype == pl.String:
        trimmed = customers.str.strip_chars()
        numbers = trimmed.cast(pl.Int64, strict=False)
        customers = trimmed
        if numbers.null_count() == 0 and bool((numbers.cast(pl.String) == trimmed).all()):
            customers = numbers
    elif customers.dtype.is_integer():
        customers = customers.cast(pl.Int64)
    else:
        customers = customers.cast(pl.String)
    ids = customers.unique().sort()
    places = pl.DataFrame({"id": ids, "index": pl.int_range(ids.len(), eager=True)})
    index = pl.DataFrame({"id": customers}).join(places, on="id", how="left", maintain_order="left")["index"]
    return ids, index


@dataclass(frozen=True)
class _Net:
    rows: pl.DataFrame
    ids: pl.Series
    refunds: int
    refunded: float
    return_days: int
    customers_lost: int


def _net_of_refunds(rows: pl.DataFrame, ids: pl.Series, decimals: int) -> _Net:
    """Takes negative amounts off the customer's purchases of the same day; a day that ends below zero is a return and
    no purchase. This is the library's own rule (LOY_RFM_REFUNDS_NET), applied here so that it can be told."""
    negative = rows["amount"].filter(rows["amount"] < 0)
    if negative.len() == 0:
        return _Net(rows, ids, 0, 0.0, 0, 0)
    days = rows.group_by("customer_id", "date", maintain_order=True).agg(
        (pl.col("amount") * 10.0**decimals).round().cast(pl.Int64).sum()
    )
    kept = days.filter(pl.col("amount") >= 0)
    # NumPy divides; Polars would multiply by 0.01, which is not the nearest double.
    kept = kept.with_columns(pl.Series("amount", kept["amount"].to_numpy() / 10.0**decimals))
    left = kept["customer_id"].unique().sort()
    lost = ids.len() - left.len()
    if lost:
        renumber = pl.DataFrame({"customer_id": left, "new": pl.int_range(left.len(), eager=True)})
        kept = kept.join(renumber, on="customer_id", how="left", maintain_order="left").select(
            pl.col("new").alias("customer_id"), "date", "amount"
        )
        ids = ids.gather(left)
    return _Net(kept, ids, negative.len(), -float(negative.sum()), days.height - kept.height, lost)


def _count_duplicates(rows: pl.DataFrame) -> int:
    """How many rows equal an earlier one in all three columns."""
    return int(rows.height) - int(
        rows.select(pl.struct("customer_id", "date", "amount").hash(seed=0).n_unique()).item()
    )


def _scores(source: Source, column: pl.Series, name: str, low: int, high: int) -> pl.Series:
    """Answers on a scale of whole numbers; an empty field is no answer."""
    if column.dtype == pl.String:
        trimmed = column.str.strip_chars()
        given = trimmed.is_not_null() & (trimmed.str.len_bytes() > 0).fill_null(False)
    else:
        given = column.is_not_null()
    scores = to_numbers(column)
    fits = (scores.is_finite() & (scores == scores.floor()) & (scores >= low) & (scores <= high)).fill_null(False)
    bad = (given & ~fits).arg_true()
    if bad.len():
        record = int(bad[0])
        raise ReportError(
            f"{source.path}, {source.place(record)}: {name} is {str(column[record])!r}; an answer is a whole number "
            f"from {low} to {high}, or empty"
        )
    return scores
