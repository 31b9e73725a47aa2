"""How often customers who buy at regular times do so, and when they stop: the BG/CNBD-k model."""

from __future__ import annotations

from typing import ClassVar

from ._cnbd import StagesModel

__all__ = ["BetaGeoCNBDModel"]


class BetaGeoCNBDModel(StagesModel):
    """The BG/CNBD-k model of repeat purchases (Platzer and Reutterer 2016; Reutterer, Platzer and Schroeder 2021).

    The BG/NBD model with more regular times: a customer passes stages at random, at a rate of their own that is
    Gamma(r, alpha) distributed over the population, and every k-th stage is a purchase, so that gaps vary by
    1/sqrt(k) of their mean. ``k=1`` is :class:`loyalty.BetaGeoModel`. After each repeat purchase they stop for good
    with a probability of their own, which is Beta(a, b) distributed; every one-time buyer counts as alive.

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

    _kind: ClassVar[int] = 10
    _prefix: ClassVar[str] = "bgcnbd"
    _clv_function: ClassVar[str | None] = "clv_bgcnbd_batch"
