"""Reads columns of a CSV or Parquet file as text, dates or numbers, and knows on which line each record stands."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from .errors import ReportError

MOST_HEADER_BYTES = 1 << 20  # a file without line feeds is not read whole to find that out
SEPARATORS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Source:
    """A table on disk: where it is, how it is written, what its columns are called."""

    path: Path
    kind: str  # "csv" or "parquet"
    separator: str
    columns: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.path.name

    def places(self, records: Sequence[int]) -> list[str]:
        """Where the given records (0-based, ascending) stand: "line 7" of a text file, "row 7" of a Parquet file.

        A text file is read again up to the last of them, because a quoted field may run over several lines. This is
        only done when something has gone wrong or a row is left out.
        """
        if self.kind == "parquet":
            return [f"row {record + 1}" for record in records]
        lines: list[str] = []
        wanted = iter(records)
        target = next(wanted, None)
        with self.path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
            reader = csv.reader(file, delimiter=self.separator)
            next(reader, None)
            start = reader.line_num + 1
            for number, _ in enumerate(reader):
                while target == number:
                    lines.append(f"line {start}")
                    target = next(wanted, None)
                if target is None:
                    break
                start = reader.line_num + 1
        return lines

    def place(self, record: int) -> str:
        found = self.places([record])
        return found[0] if found else f"record {record + 1}"


def open_table(path: Path) -> Source:
    """Looks at a file without reading it through: does it exist, is it text or Parquet, what are its columns?"""
    if not path.exists():
        raise ReportError(f"{path}: there is no such file")
    if path.is_dir():
        raise ReportError(f"{path}: this is a folder, not a file")
    try:
        if path.stat().st_size == 0:
            raise ReportError(f"{path}: the file is empty")
        with path.open("rb") as file:
            magic = file.read(4)
        if magic == b"PAR1" or path.suffix.lower() in (".parquet", ".pq"):
            return Source(path, "parquet", "", tuple(pl.read_parquet_schema(path)))
        with path.open("rb") as file:
            first = file.readline(MOST_HEADER_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ReportError(f"{path}, line 1: this is neither UTF-8 text nor Parquet") from None
    except OSError as error:
        raise ReportError(f"{path}: cannot be read: {error.strerror or error}") from None
    except pl.exceptions.PolarsError as error:
        raise ReportError(f"{path}: this is not a Parquet file that can be read: {_first_line(error)}") from None
    if not first.strip():
        raise ReportError(f"{path}, line 1: the first line is empty; it must name the columns")
    separator = max(SEPARATORS, key=lambda mark: (first.count(mark), -SEPARATORS.index(mark)))
    columns = tuple(next(csv.reader([first], delimiter=separator)))
    for column in columns:
        if columns.count(column) > 1:
            raise ReportError(f"{path}, line 1: two columns are called {column!r}")
    return Source(path, "csv", separator, columns)


def find_column(source: Source, what: str, option: str, named: str | None, guesses: Iterable[str]) -> str | None:
    """The column that holds `what`: the one named by the user, else the first of our guesses that is there."""
    listing = ", ".join(repr(column) for column in source.columns)
    if named is not None:
        if named in source.columns:
            return named
        raise ReportError(
            f"{source.path}: there is no column {named!r} for the {what}; the columns are {listing}. Name one with "
            f"{option}"
        )
    plain = {_plain(column): column for column in reversed(source.columns)}
    for guess in guesses:
        if guess in plain:
            return plain[guess]
    return None


def need_column(source: Source, what: str, option: str, named: str | None, guesses: Iterable[str]) -> str:
    """find_column for a column that the report cannot do without."""
    found = find_column(source, what, option, named, guesses)
    if found is None:
        listing = ", ".join(repr(column) for column in source.columns)
        raise ReportError(
            f"{source.path}: no column looks like the {what}; the columns are {listing}. Name it with {option}"
        )
    return found


def read_columns(source: Source, columns: Sequence[str]) -> pl.DataFrame:
    """The named columns: of a text file all as text, of a Parquet file as they are stored."""
    try:
        if source.kind == "parquet":
            frame = pl.read_parquet(source.path, columns=list(columns))
        else:
            frame = pl.read_csv(source.path, columns=list(columns), separator=source.separator, infer_schema=False)
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        raise ReportError(_what_is_wrong(source, error)) from None
    except OSError as error:
        raise ReportError(f"{source.path}: cannot be read: {error.strerror or error}") from None
    if frame.height == 0:
        raise ReportError(f"{source.path}: the file has a header but no rows")
    return frame.select(columns)


def to_days(column: pl.Series, form: str | None) -> tuple[pl.Series, bool]:
    """Calendar days from a column of dates, date-times or text, and whether it carried times of day.

    Text is yyyy-mm-dd, alone or followed by a time of day (the day counts as written, whatever the offset), or the
    given strptime form. What is none of these is null.
    """
    if column.dtype == pl.Date:
        return column, False
    if isinstance(column.dtype, pl.Datetime):
        return column.dt.date(), True
    text = column.cast(pl.String)
    if form is not None:
        clock = any(mark in form for mark in ("%H", "%I", "%M", "%S", "%T", "%R"))
        if clock:
            return text.str.to_datetime(form, strict=False).dt.date(), True
        return text.str.to_date(form, strict=False), False
    days = text.str.to_date("%Y-%m-%d", strict=False)
    if days.null_count() == text.null_count():
        return days, False
    stripped = text.str.strip_chars()
    rest = stripped.str.slice(10)
    clock_ok = rest.str.contains(r"^$|^[T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?\s*(Z|[+-]\d{2}(:?\d{2})?)?$")
    days = stripped.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    frame = pl.DataFrame({"day": days, "ok": clock_ok})
    days = frame.select(pl.when(pl.col("ok")).then(pl.col("day"))).to_series()
    return days, bool((rest.str.len_bytes() > 0).any())


def to_numbers(column: pl.Series) -> pl.Series:
    """Numbers from a column of numbers or text; what is no number is null, "nan" and "inf" are what they say."""
    if column.dtype != pl.String:
        return column.cast(pl.Float64, strict=False)
    numbers = column.cast(pl.Float64, strict=False)
    if numbers.null_count() > column.null_count():
        numbers = column.str.strip_chars().cast(pl.Float64, strict=False)
    return numbers


def _plain(column: str) -> str:
    return "".join(letter for letter in column.lower() if letter.isalnum())


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


def _what_is_wrong(source: Source, error: Exception) -> str:
    """A text file that the fast reader refused: read it slowly to find the line at fault."""
    if source.kind == "parquet":
        return f"{source.path}: cannot be read as Parquet: {_first_line(error)}"
    with source.path.open("rb") as raw:
        for number, line in enumerate(raw, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as bad:
                return f"{source.path}, line {number}: byte 0x{line[bad.start]:02x} is not UTF-8 text"
    width = len(source.columns)
    with source.path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.reader(file, delimiter=source.separator, strict=True)
        start = 1
        try:
            for record in reader:
                if len(record) > width:
                    return (
                        f"{source.path}, line {start}: {len(record)} fields where the header has {width}; a field "
                        f"that contains {source.separator!r} must stand in double quotes"
                    )
                start = reader.line_num + 1
        except csv.Error:
            return f"{source.path}, line {start}: a double quote is not closed, or stands inside a field"
    return f"{source.path}: cannot be read: {_first_line(error)}"
