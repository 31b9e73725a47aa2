"""From a purchase log to one row per customer: frequency, recency, T and monetary value."""

from __future__ import annotations

import datetime
import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, TypeAlias

import numpy as np

from .. import _columns, _log, _loyalty
from .._columns import IntArray, Table
from .._errors import LoyaltyError, StateError
from .._params import choice, most_threads

__all__ = ["Merge", "RFMBuilder", "RFMReport", "Refunds", "TimeUnit", "rfm_summary", "rfm_train_test_split"]

TimeUnit: TypeAlias = Literal["h", "D", "W", "M", "Y"]
Merge: TypeAlias = Literal["h", "D", "W", "M", "Y"] | None
Refunds: TypeAlias = Literal["net", "count", "drop", "deny"]
Instant: TypeAlias = str | datetime.date | np.datetime64

_UNITS = {"h": 0, "D": 1, "W": 2, "M": 3, "Y": 4}
_MERGES: dict[str | None, int] = {"h": 0, "D": 1, "W": 2, "M": 3, "Y": 4, None: 5}
_REFUNDS = {"net": 0, "count": 1, "drop": 2, "deny": 3}
_LAST = int(np.iinfo(np.int64).min)
_MAGIC = b"LOYLOG\r\n"


@dataclass(frozen=True, slots=True)
class RFMReport:
    """What was read from a log, and what was left out of its summary. Counts are exact.

    Attributes:
        rows: rows read.
        rows_negative: of them, with a negative amount.
        rows_dropped: of them, left out (``refunds="drop"``).
        rows_merged: rows that joined another one of the same customer and period.
        customers: customers in the summary.
        customers_late: left out, first seen after the end of observation (of the calibration).
        customers_void: left out, because all they did was to return something.
        purchases: of the customers in the summary up to the end (of the calibration), first purchases included.
        purchases_test: of the customers in the summary, in the holdout.
        purchases_late: left out, made after the end or by customers left out as late.
        returns: periods with a negative sum (``refunds="net"``), which are no purchases.
        amount: sum over ``purchases`` and ``purchases_test``.
        amount_late: sum over ``purchases_late``.
        amount_returned: sum over ``returns``, negative or 0.
        first, last: beginnings of the first and the last period in the log; None for an empty log.
        train_end, end: beginnings of the last period of the calibration and of the observation.
    """

    rows: int
    rows_negative: int
    rows_dropped: int
    rows_merged: int
    customers: int
    customers_late: int
    customers_void: int
    purchases: int
    purchases_test: int
    purchases_late: int
    returns: int
    amount: float
    amount_late: float
    amount_returned: float
    first: datetime.datetime | None
    last: datetime.datetime | None
    train_end: datetime.datetime
    end: datetime.datetime


class RFMBuilder:
    """A purchase log that arrives in parts: batches are pushed, builders of parts are merged, and the summary has the
    same bits whatever the order and the parts were.

    Args:
        customer_id_col, datetime_col, monetary_value_col: names of the columns in what is pushed. Without a
            monetary_value_col there is no spend.
        merge: purchases of a customer within one hour, day, week (Monday to Sunday), month or year count as one; None
            merges only those of the same second.
        decimals: amounts are kept exactly, as integers of so many decimal places (0 to 9).
        refunds: what becomes of negative amounts. ``"net"``: added to the amount of their period, and a period whose
            sum is negative is a return, not a purchase. ``"count"``: added likewise, and every period is a purchase.
            ``"drop"``: left out. ``"deny"``: an error. :meth:`report` counts them.
        threads: most threads to use; None means one per processor. Results do not depend on it.

    A builder can be pickled and copied. One thread at a time may use it.
    """

    def __init__(
        self,
        *,
        customer_id_col: str = "customer_id",
        datetime_col: str = "date",
        monetary_value_col: str | None = "amount",
        merge: Merge = "D",
        decimals: int = 2,
        refunds: Refunds = "net",
        threads: int | None = None,
    ) -> None:
        if isinstance(decimals, bool) or not isinstance(decimals, int) or not 0 <= decimals <= 9:
            raise _columns.bad("decimals", f"must be a whole number from 0 to 9, not {decimals!r}")
        self.customer_id_col = customer_id_col
        self.datetime_col = datetime_col
        self.monetary_value_col = monetary_value_col
        self.merge_period: Merge = merge
        self.decimals = decimals
        self.refunds: Refunds = refunds
        self.threads = threads
        self._builder = _loyalty.rfm_new(
            choice(_MERGES, merge, "merge"), choice(_REFUNDS, refunds, "refunds"), most_threads(threads)
        )
        self._ids: np.dtype[Any] | None = None  # of the first ids that came; object for text
        self._names: list[str] = []  # of customers 0, 1, ... when ids are text
        self._position: dict[str, int] = {}
        self._sorted = True
        self._table: Table | None = None  # an empty table of the kind that came first

    # ---- reading ----

    def push(self, log: Any) -> RFMBuilder:
        """Add purchases, one a row, in any order: a table of pandas, Polars or PyArrow, a dict of arrays, or a
        structured NumPy array. Ids are whole numbers or text; times are dates, times, or text in ISO form; times with a
        zone count by their own clock. On an error nothing is added. Returns the builder."""
        table = _columns.table(log)
        customers = _log.customers(table, self.customer_id_col)
        times = _log.times(table, self.datetime_col)
        amounts = None
        if self.monetary_value_col is not None:
            amounts = _log.amounts(table, self.monetary_value_col, self.decimals)
        if self._table is None:
            like = table._like.head(0) if table.kind == "frame" else None
            self._table = Table(table.kind if table.kind != "scalar" else "dict", {}, 0, like)
        if len(customers.codes) == 0:
            return self
        text = customers.names is not None
        if self._ids is not None and (self._ids.kind == "O") != text:
            have, got = ("whole numbers", "text") if text else ("text", "whole numbers")
            raise _columns.bad(self.customer_id_col, f"must be {have} as before, not {got}")
        codes = customers.codes
        fresh: list[str] = []
        if customers.names is not None:
            label, fresh = self._labels(customers.names)
            if label is not None:
                codes = label[codes]
        names = {"customer": self.customer_id_col, "time": self.datetime_col, "amount": self.monetary_value_col or ""}
        try:
            with _columns.blame(names):
                _loyalty.rfm_push(self._builder, times.tick, codes, times.values, amounts)
        except LoyaltyError as error:
            row = error.index if error.argument == self.datetime_col else None
            if row is not None and times.values[row] == _log.NOT_A_TIME:
                error.detail = "is missing"
            raise
        self._remember(fresh)
        self._ids = _wider(self._ids, customers.dtype)
        return self

    def _labels(self, names: list[str]) -> tuple[IntArray | None, list[str]]:
        """Where each name stands in this builder, and the names that are new to it; None while there is no other."""
        if not self._names:
            return None, names
        fresh: list[str] = []
        label = np.empty(len(names), dtype=np.int64)
        for i, name in enumerate(names):
            at = self._position.get(name, -1)
            if at < 0:
                at = len(self._names) + len(fresh)
                fresh.append(name)
            label[i] = at
        return label, fresh

    def _remember(self, fresh: list[str]) -> None:
        if not fresh:
            return
        self._sorted = self._sorted and not self._names
        self._position.update(zip(fresh, range(len(self._names), len(self._names) + len(fresh)), strict=True))
        self._names.extend(fresh)

    def merge(self, other: RFMBuilder) -> RFMBuilder:
        """Add all that another builder holds, which stays as it is. Customers may be in both. Returns the builder."""
        if not isinstance(other, RFMBuilder) or other is self:
            raise _columns.bad("other", "must be another builder")
        if other.decimals != self.decimals:
            raise StateError("must have the same decimals", code="ERR_STATE", argument="other")
        if other._ids is not None and self._ids is not None and (other._ids.kind == "O") != (self._ids.kind == "O"):
            raise StateError("must have ids of the same kind", code="ERR_STATE", argument="other")
        other._sort_names()
        label, fresh = self._labels(other._names)
        source = other._builder
        if label is not None and not np.array_equal(label, np.arange(len(label))):
            source = _loyalty.rfm_deserialize(_loyalty.rfm_serialize(source), 1)
            _loyalty.rfm_relabel(source, label)
        _loyalty.rfm_merge(self._builder, source)
        self._remember(fresh)
        self._ids = _wider(self._ids, other._ids)
        if self._table is None:
            self._table = other._table
        return self

    def _sort_names(self) -> None:
        """Let positions be in the order of names, so that the core's order is theirs."""
        if self._sorted:
            return
        order = sorted(range(len(self._names)), key=self._names.__getitem__)
        label = np.empty(len(order), dtype=np.int64)
        label[order] = np.arange(len(order))
        _loyalty.rfm_relabel(self._builder, label)
        self._names = [self._names[i] for i in order]
        self._position = dict(zip(self._names, range(len(order)), strict=True))
        self._sorted = True

    # ---- answering ----

    def summary(
        self,
        *,
        time_unit: TimeUnit = "W",
        litt: bool = False,
        observation_period_end: Instant | None = None,
        include_first_spend: bool = False,
    ) -> Any:
        """One row per customer, in the order of their ids. See :func:`rfm_summary`."""
        ends = (_end(observation_period_end, "observation_period_end"), _LAST)
        with _columns.blame({"end": "observation_period_end", "last": "observation_period_end"}):
            return self._summary(time_unit, ends, litt, include_first_spend, split=False)

    def train_test_split(
        self,
        *,
        train_period_end: Instant,
        test_period_end: Instant | None = None,
        time_unit: TimeUnit = "W",
        litt: bool = False,
        include_first_spend: bool = False,
    ) -> Any:
        """Calibration and holdout, one row per customer. See :func:`rfm_train_test_split`."""
        if train_period_end is None:
            raise _columns.bad("train_period_end", "must be a date")
        ends = (_end(test_period_end, "test_period_end"), _end(train_period_end, "train_period_end"))
        with _columns.blame({"end": "test_period_end", "train_end": "train_period_end"}):
            return self._summary(time_unit, ends, litt, include_first_spend, split=True)

    def _summary(self, time_unit: str, ends: tuple[int, int], litt: bool, first: bool, *, split: bool) -> Any:
        unit = choice(_UNITS, time_unit, "time_unit")
        self._sort_names()
        window = (unit, _log.MICROSECONDS, *ends, self.decimals, bool(first))
        n = _loyalty.rfm_count(self._builder, *window)[4]
        spend = self.monetary_value_col is not None
        customer = np.empty(n, dtype=np.int64)
        column = {name: _columns.empty_float64(n) for name in ("frequency", "recency", "T")}
        if spend:
            column["monetary_value"] = _columns.empty_float64(n)
        if litt:
            column["litt"] = _columns.empty_float64(n)
        if split:
            for name in ("test_frequency", "test_monetary_value", "test_T") if spend else ("test_frequency", "test_T"):
                column[name] = _columns.empty_float64(n)
        _loyalty.rfm_summary(
            self._builder, *window, customer, column["frequency"], column["recency"], column["T"],
            column.get("monetary_value"), column.get("litt"), column.get("test_frequency"),
            column.get("test_monetary_value"), column.get("test_T"),
        )  # fmt: skip
        table = self._table if self._table is not None else Table("dict", {}, 0)
        return table.new_frame({"customer_id": self._original(customer), **column})

    def _original(self, customer: IntArray) -> Any:
        """Ids as they came."""
        if self._ids is None or self._ids.kind != "O":
            return customer if self._ids is None else customer.astype(self._ids, copy=False)
        names = self._names if len(customer) == len(self._names) else [self._names[i] for i in customer]
        if self._table is not None and self._table.kind == "frame":
            backend = self._table._like.implementation
            if not backend.is_pandas_like():
                return _columns._new_series(_columns._narwhals(), "customer_id", list(names), backend)
        return np.array(names, dtype=object) if names else np.empty(0, dtype=object)

    def report(
        self, *, observation_period_end: Instant | None = None, train_period_end: Instant | None = None
    ) -> RFMReport:
        """What was read, and what a summary with these ends leaves out."""
        ends = (_end(observation_period_end, "observation_period_end"), _end(train_period_end, "train_period_end"))
        with _columns.blame({"end": "observation_period_end", "train_end": "train_period_end"}):
            values = _loyalty.rfm_count(self._builder, 1, _log.MICROSECONDS, *ends, self.decimals, False)
        scale = 10**self.decimals
        empty = values[0] == values[2]
        counts: tuple[int, ...] = values[:11]
        amounts = [amount / scale for amount in values[11:14]]
        times = [_datetime(seconds) for seconds in values[14:]]
        return RFMReport(*counts, *amounts, *([None, None] if empty else times[:2]), *times[2:])  # type: ignore[arg-type]

    # ---- keeping ----

    def to_bytes(self) -> bytes:
        """The builder as bytes, the same for the same purchases in whatever order and parts they came. Names of columns
        and threads are not kept."""
        self._sort_names()
        kind = 0 if self._ids is None else 255 if self._ids.kind == "O" else _ID_TYPES.index(self._ids.name) + 1
        parts = [_HEAD.pack(_MAGIC, 1, self.decimals, kind, 0, len(self._names))]
        for name in self._names:
            text = name.encode("utf-8", "surrogatepass")
            parts.append(len(text).to_bytes(4, "little") + text)
        parts.append(_loyalty.rfm_serialize(self._builder))
        return b"".join(parts)

    @classmethod
    def from_bytes(
        cls,
        data: bytes,
        *,
        customer_id_col: str = "customer_id",
        datetime_col: str = "date",
        monetary_value_col: str | None = "amount",
        threads: int | None = None,
    ) -> RFMBuilder:
        """A builder from what :meth:`to_bytes` gave; anything else is an error. Its summaries are dicts of arrays until
        a table has been pushed."""
        decimals, kind, names, core = _split_bytes(bytes(data))
        builder = _loyalty.rfm_deserialize(core, most_threads(threads))
        merge = next(name for name, number in _MERGES.items() if number == core[12])
        refunds = next(name for name, number in _REFUNDS.items() if number == core[14])
        made = cls(
            customer_id_col=customer_id_col, datetime_col=datetime_col, monetary_value_col=monetary_value_col,
            merge=merge, decimals=decimals, refunds=refunds, threads=threads,  # type: ignore[arg-type]
        )  # fmt: skip
        made._builder = builder
        if kind == 255:
            _loyalty.rfm_relabel(builder, np.arange(len(names), dtype=np.int64))  # every id must have a name
            made._names, made._position = names, dict(zip(names, range(len(names)), strict=True))
        made._ids = None if kind == 0 else np.dtype(object if kind == 255 else _ID_TYPES[kind - 1])
        return made

    def __reduce__(self) -> tuple[object, ...]:
        columns = (self.customer_id_col, self.datetime_col, self.monetary_value_col)
        return _restore, (self.to_bytes(), columns, self.threads)

    def __copy__(self) -> RFMBuilder:
        columns = (self.customer_id_col, self.datetime_col, self.monetary_value_col)
        copied = _restore(self.to_bytes(), columns, self.threads)
        copied._table = self._table
        return copied

    def __repr__(self) -> str:
        customers, purchases = _loyalty.rfm_size(self._builder)
        return f"RFMBuilder(merge={self.merge_period!r}, customers={customers}, purchases={purchases})"


def _restore(data: bytes, columns: tuple[str, str, str | None], threads: int | None) -> RFMBuilder:
    return RFMBuilder.from_bytes(
        data, customer_id_col=columns[0], datetime_col=columns[1], monetary_value_col=columns[2], threads=threads
    )


# What stands before the core's bytes: magic, version, decimals, type of ids (0 none, 255 text, else 1 + its place in
# _ID_TYPES), zero, number of names; then each name as its length and UTF-8 text. Lua writes and reads the same.
_HEAD = struct.Struct("<8sIBBHQ")


def _split_bytes(data: bytes) -> tuple[int, int, list[str], bytes]:
    """Decimals, type of ids, names, and the core's bytes."""

    def refuse(detail: str, code: str = "ERR_FORMAT") -> LoyaltyError:
        return LoyaltyError(detail, code=code, argument="data")

    if data[:8] != _MAGIC or len(data) < _HEAD.size:
        raise refuse("must be what RFMBuilder.to_bytes gave")
    _, version, decimals, kind, zero, count = _HEAD.unpack_from(data)
    if version != 1:
        raise refuse("must be of version 1", "ERR_VERSION")
    at, names = _HEAD.size, list[str]()
    try:
        for _ in range(count):
            size = int.from_bytes(data[at : at + 4], "little")
            if size + 4 > len(data) - at:
                raise refuse("must not be cut short")
            names.append(data[at + 4 : at + 4 + size].decode("utf-8", "surrogatepass"))
            at += 4 + size
    except UnicodeDecodeError:
        raise refuse("must not be damaged") from None
    rising = all(a < b for a, b in pairwise(names))
    if not rising or decimals > 9 or zero or (kind == 255) != bool(names) or (kind > len(_ID_TYPES) and kind != 255):
        raise refuse("must not be damaged")
    return decimals, kind, names, data[at:]


_ID_TYPES = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")


def _wider(a: np.dtype[Any] | None, b: np.dtype[Any] | None) -> np.dtype[Any] | None:
    """The type of ids that holds both; all fit int64."""
    if a is None or b is None:
        return b if a is None else a
    both = np.result_type(a, b)
    return both if both.kind in "iuO" else np.dtype(np.int64)


def _end(value: Instant | None, name: str) -> int:
    if value is None:
        return _LAST
    try:
        return _log.instant(value)
    except ValueError as error:
        raise _columns.bad(name, str(error)) from None


def _datetime(seconds: int) -> datetime.datetime:
    return datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)


def rfm_summary(
    log: Any,
    customer_id_col: str = "customer_id",
    datetime_col: str = "date",
    monetary_value_col: str | None = "amount",
    time_unit: TimeUnit = "W",
    merge: Merge = "D",
    decimals: int = 2,
    litt: bool = False,
    observation_period_end: Instant | None = None,
    *,
    refunds: Refunds = "net",
    include_first_spend: bool = False,
    threads: int | None = None,
) -> Any:
    """Summarize a purchase log: one row per customer, in the order of their ids, in a table of the kind that came in.

    Args:
        log: one purchase a row, in any order: a table of pandas, Polars or PyArrow, a dict of arrays, or a structured
            NumPy array. Ids are whole numbers or text; times are dates, times, or text in ISO form (times with a zone
            count by their own clock); amounts are numbers.
        customer_id_col, datetime_col, monetary_value_col: names of the columns; monetary_value_col may be None.
        time_unit: unit of recency and T, "h", "D", "W", "M" or "Y". Exact: weeks are days / 7, a year is 365.25 days
            and a month a twelfth of it. Where it is the merge period, whole periods are counted.
        merge: purchases of a customer within one hour, day, week (Monday to Sunday), month or year count as one, at the
            beginning of that period; None merges only those of the same second. ``time_unit="W", merge="W"`` gives the
            integer weeks of pymc-marketing and lifetimes.
        decimals: amounts are kept exactly, as integers of so many decimal places; more places are an error.
        litt: add a column with the sum of the logarithms of the gaps between purchases.
        observation_period_end: the period that contains it is the last that counts; by default the last in the log.
            Later purchases, and customers first seen later, are left out (:meth:`RFMBuilder.report` counts them).
        refunds: what becomes of negative amounts, see :class:`RFMBuilder`.
        include_first_spend: let monetary_value be the mean of all purchases, not only of the repeat purchases.
        threads: most threads to use; None means one per processor. Results do not depend on it.

    Returns:
        customer_id; frequency (repeat purchases); recency (time from the first purchase to the last); T (time from the
        first purchase to the end); monetary_value (mean amount of a repeat purchase, 0 without one); litt if asked for.
    """
    builder = RFMBuilder(
        customer_id_col=customer_id_col, datetime_col=datetime_col, monetary_value_col=monetary_value_col,
        merge=merge, decimals=decimals, refunds=refunds, threads=threads,
    )  # fmt: skip
    choice(_UNITS, time_unit, "time_unit")
    _end(observation_period_end, "observation_period_end")
    return builder.push(log).summary(
        time_unit=time_unit, litt=litt, observation_period_end=observation_period_end,
        include_first_spend=include_first_spend,
    )  # fmt: skip


def rfm_train_test_split(
    log: Any,
    customer_id_col: str = "customer_id",
    datetime_col: str = "date",
    monetary_value_col: str | None = "amount",
    time_unit: TimeUnit = "W",
    merge: Merge = "D",
    decimals: int = 2,
    litt: bool = False,
    *,
    train_period_end: Instant,
    test_period_end: Instant | None = None,
    refunds: Refunds = "net",
    include_first_spend: bool = False,
    threads: int | None = None,
) -> Any:
    """Summarize a purchase log in two parts, to fit a model on the first and test it on the second.

    The arguments are those of :func:`rfm_summary`. The calibration ends with the period that contains
    ``train_period_end``; the holdout goes on from there to the end of the period that contains ``test_period_end``, by
    default the last in the log. Customers first seen in the holdout are left out.

    Returns:
        The columns of :func:`rfm_summary` for the calibration, then test_frequency (purchases in the holdout),
        test_monetary_value (their mean amount, 0 without one) and test_T (length of the holdout).
    """
    builder = RFMBuilder(
        customer_id_col=customer_id_col, datetime_col=datetime_col, monetary_value_col=monetary_value_col,
        merge=merge, decimals=decimals, refunds=refunds, threads=threads,
    )  # fmt: skip
    choice(_UNITS, time_unit, "time_unit")
    _end(train_period_end, "train_period_end")
    _end(test_period_end, "test_period_end")
    return builder.push(log).train_test_split(
        train_period_end=train_period_end, test_period_end=test_period_end, time_unit=time_unit, litt=litt,
        include_first_spend=include_first_spend,
    )  # fmt: skip
