"""How often customers buy and when they stop, perhaps after the first purchase: the MBG/NBD model."""

from __future__ import annotations

from typing import ClassVar

from ._transactions import TransactionModel
from .bgnbd import BetaGeoModel

__all__ = ["ModifiedBetaGeoModel"]


class ModifiedBetaGeoModel(TransactionModel):
    """The MBG/NBD model of repeat purchases (Batislam, Denizel and Filiztekin 2007).

    As :class:`loyalty.BetaGeoModel`, but a customer can also stop at time zero, right after the first purchase, with
    the same probability of their own as after each repeat purchase. So one-time buyers may have stopped: their P(alive)
    is below 1, and falls with their silence.

    While alive, a customer buys at random at a rate of their own, which is Gamma(r, alpha) distributed over the
    population; the probability to stop is Beta(a, b) distributed.

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

    _kind: ClassVar[int] = 3
    _names: ClassVar[tuple[str, ...]] = BetaGeoModel._names
    _prefix: ClassVar[str] = "mbgnbd"
    _clv_function: ClassVar[str | None] = "clv_mbgnbd_batch"
    _posterior_names: ClassVar[tuple[str, str]] = BetaGeoModel._posterior_names
    _remarks: ClassVar[dict[str, str]] = BetaGeoModel._remarks
