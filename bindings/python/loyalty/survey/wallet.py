"""How much of a customer's spending in a category goes to one supplier: known, or allocated by rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .. import _columns, _loyalty
from .._errors import notice
from .._formulas import point_errors

__all__ = [
    "ShareOfWallet", "WalletAllocation", "share_of_wallet", "wallet_allocation", "wallet_allocation_share",
    "wallet_share",
]  # fmt: skip

_SKIPPED = "customers without spend in the category have no share and were left out"


@dataclass(frozen=True, slots=True)
class ShareOfWallet:
    """Share of wallet over customers. Made by :func:`share_of_wallet`.

    Attributes:
        share: sum of own spend over sum of category spend, in [0, 1]: large wallets count for more.
        standard_error: of the share; NaN for a single customer.
        mean_share: mean of the customers' own shares: each counts the same.
        n: customers used.
        skipped: customers without spend in the category.
        bad: rows out of range, with ``errors="coerce"``.
        status_: ``"OK"``, ``"NOTICE_SKIPPED"``, or ``"NOTICE_NONE"`` when too few customers are left.
    """

    share: float
    standard_error: float
    mean_share: float
    n: int
    skipped: int
    bad: int
    status_: str = "OK"

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The t interval (lower, upper) of the share with n - 1 degrees of freedom, clipped to [0, 1]."""
        with _columns.blame({"result": "n"} if self.n < 2 else {}):
            return _loyalty.wallet_interval(self.n, self.share, self.standard_error, level)


@dataclass(frozen=True, slots=True)
class WalletAllocation:
    """Wallets allocated by rank. Made by :func:`wallet_allocation`.

    Attributes:
        shares: a table with a column for each brand: its share of each customer's wallet, 0 where it is not used.
        scores: for each brand the mean share over its users.
        standard_errors: of the scores.
        users: for each brand the customers who use it.
        bad: rows that cannot be ranked, with ``errors="coerce"``.
        status_: ``"OK"``, or ``"NOTICE_NONE"`` when a brand has fewer than two users.
    """

    shares: Any
    scores: Mapping[str, float]
    standard_errors: Mapping[str, float]
    users: Mapping[str, int]
    bad: int
    status_: str = "OK"


def wallet_share(own: Any, category: Any, *, data: Any = None, errors: _columns.Errors = "raise") -> Any:
    """Share of wallet of each customer: own spend / category spend.

    Args:
        own: spend here, from 0 to ``category``.
        category: spend in the category, here and elsewhere, in the same currency. A customer with 0 in a column has no
            share, NaN, and a warning says so (``NOTICE_SKIPPED``).
        data: a table in which the two may name columns.
        errors: ``"coerce"`` gives NaN for a bad row instead of an error.
    """
    table = _columns.arguments(data, own=own, category=category)
    o, c = table.float64("own"), table.float64("category")
    if table.kind == "scalar":
        return _loyalty.wallet_share(o[0], c[0])
    out = _columns.empty_float64(table.n)
    _status, _bad, _n, skipped, *_ = _loyalty.wallet_share_batch(o, c, out, _columns.coerce(errors))
    notice("NOTICE_SKIPPED" if skipped else "OK", _SKIPPED)
    return table.column(out, "wallet_share")


def share_of_wallet(own: Any, category: Any, *, data: Any = None, errors: _columns.Errors = "raise") -> ShareOfWallet:
    """Share of wallet of all customers together, with its uncertainty; arguments as in :func:`wallet_share`."""
    table = _columns.arguments(data, own=own, category=category)
    with point_errors(table.kind == "scalar"):
        status, bad, n, skipped, share, standard_error, mean_share = _loyalty.wallet_share_batch(
            table.float64("own"), table.float64("category"), None, _columns.coerce(errors)
        )
    remark = _SKIPPED if status == "NOTICE_SKIPPED" else "too few customers have spend in the category"
    return ShareOfWallet(share, standard_error, mean_share, n, skipped, bad, notice(status, remark))


def wallet_allocation_share(rank: float, brands: int) -> float:
    """The share of the wallet of the brand of this rank among ``brands``: (1 - rank/(brands + 1)) 2/brands.

    ``rank`` is 1 for the first choice; tied brands share the mean of their ranks.
    """
    return _loyalty.wallet_allocation(rank, brands)


def wallet_allocation(
    ratings: Any, *, data: Any = None, lower_is_better: bool = False, errors: _columns.Errors = "raise"
) -> WalletAllocation:
    """Allocate each customer's wallet to the brands he or she uses by the order of their ratings (the Wallet Allocation
    Rule, a registered trademark of its owner).

    Args:
        ratings: a table with a column for each brand (or a dict of brand to column): satisfaction, likelihood to
            recommend and the like, of which only the order within a row counts. Missing: the customer does not use it.
            With ``data`` the names of its columns, or a dict of brand to name.
        data: a table in which ``ratings`` names columns.
        lower_is_better: the numbers are ranks, 1 the best.
        errors: ``"coerce"`` gives NaN for a row without any rating or with an infinite one, instead of an error.
    """
    if data is None:
        with _columns.blame({"data": "ratings"}):
            table = _columns.table(ratings)
        brands = table.names
    elif isinstance(ratings, str):
        raise _columns.bad("ratings", "must be a list of columns of data, or a dict of brand to column")
    else:
        named: Sequence[str] | Mapping[str, Any] = ratings
        columns = dict(named) if isinstance(named, Mapping) else {name: name for name in named}
        table, brands = _columns.arguments(data, **columns), list(columns)
    given = np.concatenate([table.float64(brand) for brand in brands]) if brands else _columns.empty_float64(0)
    shares, mean = _columns.empty_float64(len(given)), _columns.empty_float64(2 * len(brands))
    users = np.empty(len(brands), dtype=np.int64)
    with point_errors(table.kind == "scalar", {"rating": "ratings", "brands": "ratings"}):
        status, bad = _loyalty.wallet_allocation_batch(
            given, len(brands), lower_is_better, shares, users, mean, _columns.coerce(errors)
        )

    def by_brand(values: Any) -> dict[str, Any]:
        return dict(zip(brands, values, strict=True))

    return WalletAllocation(
        table.frame(by_brand(shares.reshape(len(brands), -1))), by_brand(mean[: len(brands)].tolist()),
        by_brand(mean[len(brands) :].tolist()), by_brand(users.tolist()), bad,
        notice(status, "a brand has fewer than two users, so not all of its score exists"),
    )  # fmt: skip
