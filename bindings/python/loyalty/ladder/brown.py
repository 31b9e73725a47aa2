"""Brown's types of loyalty, from sequences of brands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _loyalty
from ._types import UNKNOWN, names_of

__all__ = ["BROWN_TYPES", "BROWN_TYPES_ZH", "BrownSequence", "brown", "brown_table"]

BROWN_TYPES, BROWN_TYPES_ZH = names_of(_loyalty.brown_name, 4)


@dataclass(frozen=True, slots=True)
class BrownSequence:
    """One customer's sequence of brands. Made by :func:`brown`.

    Attributes:
        type: undivided, divided, unstable, none; ``"unknown"`` for too few purchases.
        share: of the most bought brand; NaN for no purchase.
        runs: stretches of one brand.
        entropy: of the brands' shares over its largest value, from 0 (one brand) to 1 (all alike); NaN for no purchase.
        purchases: how many.
        brands: how many different ones.
    """

    type: str
    share: float
    runs: int
    entropy: float
    purchases: int
    brands: int


def _absent(values: NDArray[Any], name: str) -> None:
    """Raise for the first missing value."""
    if values.dtype.kind in "fmM":
        wrong = np.isnan(values) if values.dtype.kind == "f" else np.isnat(values)
    elif values.dtype.kind == "O":
        wrong = np.array([v is None or v != v or type(v).__name__ == "NAType" for v in values], dtype=bool)
    else:
        return
    if wrong.any():
        raise _columns.bad(name, "must not be missing", int(np.argmax(wrong)))


def _numbered(values: NDArray[Any], name: str) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """The different values, sorted, and the place of each value among them."""
    _absent(values, name)
    try:
        different, places = np.unique(values, return_inverse=True)
    except TypeError:
        raise _columns.bad(name, "must be of one kind") from None
    return different, places.astype(np.int64)


def _sequences(
    brand: NDArray[np.int64], first: NDArray[np.int64], rule: tuple[float, float, int]
) -> dict[str, NDArray[Any]]:
    """The columns of results, in the order of the extension."""
    n = len(first)
    counts = {name: np.empty(n, dtype=np.int64) for name in ("purchases", "brands", "runs")}
    found: dict[str, NDArray[Any]] = {"type": np.empty(n, dtype=np.int8), **counts}
    found |= {name: _columns.empty_float64(n) for name in ("share", "entropy")}
    _loyalty.brown(*rule, brand, first, *found.values())
    return found


def brown(
    brands: Any, *, undivided_from: float = 1.0, per_brand: float = 2.0, least: int = 2
) -> BrownSequence:  # fmt: skip
    """Brown's type of one customer, from the brands in the order in which they were bought: undivided (AAAA), divided
    (ABAB), unstable (AAABBB) or none (ABCD), and three numbers that say more.

    Args:
        brands: a list, array or column of text or numbers.
        undivided_from: share of the most bought brand that is undivided loyalty.
        per_brand: with fewer purchases than this for each brand there is no loyalty.
        least: with fewer purchases the type is ``"unknown"``.
    """
    table = _columns.arguments(brands=brands)
    if table.kind == "scalar":
        raise _columns.bad("brands", "must be a list, an array or a column")
    _, brand = _numbered(table.numpy("brands"), "brands")
    found = _sequences(brand, np.zeros(1, dtype=np.int64), (undivided_from, per_brand, least))
    one = {name: column[0].item() for name, column in found.items()}
    return BrownSequence(**{**one, "type": (*BROWN_TYPES, UNKNOWN)[one["type"]]})


def brown_table(
    purchases: Any, *, customer_id_col: str = "customer_id", datetime_col: str | None = "date",
    brand_col: str = "brand", undivided_from: float = 1.0, per_brand: float = 2.0, least: int = 2,
) -> Any:  # fmt: skip
    """Brown's type of every customer in a log of purchases.

    Args:
        purchases: a table with a row for each purchase.
        customer_id_col, brand_col: who bought what.
        datetime_col: when: dates, numbers, or text that sorts as dates do (ISO 8601). Purchases of the same time stay
            in the order of the rows; None takes the order of the rows for all.
        undivided_from, per_brand, least: as in :func:`brown`.

    Returns:
        A table of the kind that came in, a row for each customer, sorted: customer_id_col, type, share, runs, entropy,
        purchases, brands.
    """
    table = _columns.table(purchases)
    customers, customer = _numbered(table.numpy(customer_id_col), customer_id_col)
    _, brand = _numbered(table.numpy(brand_col), brand_col)
    keys = [customer] if datetime_col is None else [_numbered(table.numpy(datetime_col), datetime_col)[1], customer]
    order = np.lexsort(keys)
    first = np.searchsorted(customer[order], np.arange(len(customers))).astype(np.int64)
    found = _sequences(brand[order], first, (undivided_from, per_brand, least))
    rows = _columns.Table(table.kind, {}, len(customers), table._like)
    kind = rows.types(found["type"], (UNKNOWN, *BROWN_TYPES), "type", index=False)
    columns = {name: found[name] for name in ("share", "runs", "entropy", "purchases", "brands")}
    return table.new_frame({customer_id_col: customers, "type": kind, **columns})
