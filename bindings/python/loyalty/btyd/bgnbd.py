"""How often customers buy and when they stop: the BG/NBD model."""

from __future__ import annotations

from typing import ClassVar

from ._transactions import TransactionModel

__all__ = ["BetaGeoModel"]


class BetaGeoModel(TransactionModel):
    """The BG/NBD model of repeat purchases (Fader, Hardie and Lee 2005).

    While alive, a customer buys at random at a rate of their own, which is Gamma(r, alpha) distributed over the
    population. After each repeat purchase they stop for good with a probability of their own, which is Beta(a, b)
    distributed. As nobody can stop before a repeat purchase, every one-time buyer counts as alive: P(alive) is 1. Where
    that is not what you mean take :class:`loyalty.ModifiedBetaGeoModel`.

    Customers are a table with ``frequency`` (repeat purchases), ``recency`` (time of the last one) and ``T`` (length of
    observation), as :func:`loyalty.rfm_summary` makes it; times count from the first purchase.

    Args:
        time_unit: the unit of ``recency``, ``T``, ``future_t`` and ``horizon``: ``"h"``, ``"D"``, ``"W"``, ``"M"`` or
            ``"Y"``. Needed for discount rates per year, month and so on.
        threads: all cores by default. Results do not depend on it.
        penalty: what the squares of the parameters, with time in units of the largest T, cost in the fit.

    Attributes, once fitted, besides ``params_`` (r, alpha, a, b) and the others of every model:
        n_iter_, n_evaluations_: steps of the optimiser, and evaluations of the likelihood with its derivatives.
        decrement_: the gain in mean log-likelihood that the optimum may still miss; the certificate of the fit.
    """

    _kind: ClassVar[int] = 1
    _names: ClassVar[tuple[str, ...]] = ("r", "alpha", "a", "b")
    _prefix: ClassVar[str] = "bgnbd"
    _clv_function: ClassVar[str | None] = "clv_bgnbd_batch"
    _posterior_names: ClassVar[tuple[str, str]] = ("purchase_rate", "dropout_probability")
    _remarks: ClassVar[dict[str, str]] = {
        "NOTICE_NOT_CONVERGED": "the fit stopped before its optimum was certain; params_ is the best point found",
        "NOTICE_AT_BOUND": "the likelihood rises towards the edge of the parameters' range (nobody seems to stop, or "
        "all customers seem alike): parameters there have no standard error",
        "NOTICE_WEAK_ID": "the data hardly determine the parameters: their standard errors are very large",
    }
