"""How often customers who buy at regular times do so, and when they stop, perhaps at once: the MBG/CNBD-k model."""

from __future__ import annotations

from typing import ClassVar

from ._cnbd import StagesModel

__all__ = ["ModifiedBetaGeoCNBDModel"]


class ModifiedBetaGeoCNBDModel(StagesModel):
    """The MBG/CNBD-k model of repeat purchases (Platzer and Reutterer 2016; Reutterer, Platzer and Schroeder 2021).

    As :class:`loyalty.BetaGeoCNBDModel`, but a customer can also stop at time zero, right after the first purchase,
    with the same probability of their own as after each repeat purchase. ``k=1`` is
    :class:`loyalty.ModifiedBetaGeoModel`.

    Customers are a table with ``frequency`` (repeat purchases), ``recency`` (time of the last one) and ``T`` (length of
    observation); the fit and :meth:`log_likelihood` also need ``litt``, the sum of the logarithms of the gaps between
    purchases, as :func:`loyalty.rfm_summary` makes it with ``litt=True``. Predictions do not.

    Args:
        k: stages for each purchase, 1 to 64; None lets the fit choose by likelihood.
        time_unit: the unit of ``recency``, ``T``, ``future_t`` and ``horizon``: ``"h"``, ``"D"``, ``"W"``, ``"M"`` or
            ``"Y"``; ``litt`` is of gaps in the same unit. Needed for discount rates per year, month and so on.
        threads: all cores by default. Results do not depend on it.
        penalty: what the squares of r, alpha, a and b, with time in units of the largest T, cost in the fit.

    Attributes, once fitted, besides ``params_`` (r, alpha, a, b, k) and the others of every model:
        k_: the number of stages. Standard errors take it as given: its own is 0. ``aic_`` and ``bic_`` count it as a
            parameter where the fit chose it.
        log_likelihood_by_k_: the largest log-likelihood for each k that was tried.
        n_iter_, n_evaluations_: steps of the optimiser, and evaluations of the likelihood with its derivatives.
        decrement_: the gain in mean log-likelihood that the optimum may still miss; the certificate of the fit.
    """

    _kind: ClassVar[int] = 11
    _prefix: ClassVar[str] = "mbgcnbd"
    _clv_function: ClassVar[str | None] = "clv_mbgcnbd_batch"
