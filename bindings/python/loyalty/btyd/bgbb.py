"""Whether customers buy in a period and when they stop, in discrete time: the BG/BB model."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from .. import _columns
from ._transactions import TransactionModel

__all__ = ["BetaGeoBetaBinomModel"]


class BetaGeoBetaBinomModel(TransactionModel):
    """The BG/BB model of purchases in discrete time (Fader, Hardie and Shang 2010): at most one a period.

    At the beginning of each period a customer who is alive stops for good with a probability theta of their own, which
    is Beta(gamma, delta) distributed over the population; who is alive in a period buys in it with a probability p of
    their own, Beta(alpha, beta).

    Customers are a table with ``frequency`` (periods with a purchase), ``recency`` (the last of them) and ``T``
    (periods observed, at most 100000), whole numbers counted after the period of the first purchase, as
    :func:`loyalty.rfm_summary` makes it where ``merge`` is the same as ``time_unit``, such as ``"M"``. ``future_t``,
    ``horizon`` and ``t`` are whole numbers of periods too. P(alive) is for the period after ``T`` (``future_t=0``) or
    later, as in the paper's tables, and a discount counts a purchase at the end of its period.

    Args:
        time_unit: the length of a period: ``"h"``, ``"D"``, ``"W"``, ``"M"`` or ``"Y"``. Needed for discount rates per
            year, month and so on.
        threads: all cores by default. Results do not depend on it.
        penalty: what the squares of the parameters cost in the fit.

    Attributes, once fitted, besides ``params_`` (alpha, beta, gamma, delta) and the others of every model:
        n_iter_, n_evaluations_: steps of the optimiser, and evaluations of the likelihood with its derivatives.
        decrement_: the gain in mean log-likelihood that the optimum may still miss; the certificate of the fit.
    """

    _kind: ClassVar[int] = 9
    _names: ClassVar[tuple[str, ...]] = ("alpha", "beta", "gamma", "delta")
    _prefix: ClassVar[str] = "bgbb"
    _clv_function: ClassVar[str | None] = "clv_bgbb_batch"
    _posterior_names: ClassVar[tuple[str, str]] = ("purchase_probability", "dropout_probability")
    _remarks: ClassVar[dict[str, str]] = {
        "NOTICE_NOT_CONVERGED": "the fit stopped before its optimum was certain; params_ is the best point found",
        "NOTICE_AT_BOUND": "the likelihood rises towards the edge of the parameters' range (nobody buys, nobody seems "
        "to stop, or all customers seem alike): parameters there have no standard error",
        "NOTICE_WEAK_ID": "the data hardly determine the parameters (a single period tells one number): their standard "
        "errors are very large",
    }

    def simulate_histories(self, n: int, T: int, seed: int) -> np.ndarray[Any, np.dtype[np.int8]]:
        """Draw the full histories of the customers that :meth:`simulate` draws from the same arguments: an array of n
        rows and ``T`` columns, 1 where a customer buys in a period, else 0."""
        params = self._fitted()
        for value, name, most in ((n, "n", 2**31), (T, "T", 100000), (seed, "seed", 2**64 - 1)):
            if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or not 0 <= value <= most:
                raise _columns.bad(name, f"must be a whole number from 0 to {most}, not {value!r}")
        out = _columns.empty_float64(int(n) * int(T))
        self._core("simulate_histories")(*params, int(T), int(seed), out)
        return out.reshape(int(n), int(T)).astype(np.int8)
