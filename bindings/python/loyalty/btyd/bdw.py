"""How long customers under contract stay when time changes them: the beta discrete Weibull model."""

from __future__ import annotations

from typing import ClassVar

from ._contract import ContractModel

__all__ = ["BetaDiscreteWeibullModel"]


class BetaDiscreteWeibullModel(ContractModel):
    """The beta discrete Weibull model (BdW) of Fader, Hardie, Liu, Davin and Steenburgh (2018).

    A customer is there after t decisions with probability (1 - theta)^(t^c), with a theta of their own (the probability
    to leave at the first decision), which is Beta(gamma, delta) distributed over customers. With c above 1 customers
    become more likely to leave, with c below 1 less; c = 1 is :class:`loyalty.ShiftedBetaGeoModel`.

    Args:
        time_unit: the length of a period: ``"h"``, ``"D"``, ``"W"``, ``"M"`` or ``"Y"``. Needed for discount rates per
            year, month and so on.
        threads: for columns of many rows; all cores by default. Results do not depend on it.
        penalty: what the squares of gamma, delta and c cost in the fit; 0 for nothing.

    Attributes, once fitted, besides ``params_`` (gamma, delta, c) and the others of every model:
        n_iter_, n_evaluations_: steps of the optimiser, and evaluations of the likelihood with its derivatives.
        decrement_: the gain in mean log-likelihood that the optimum may still miss; the certificate of the fit.
    """

    _kind: ClassVar[int] = 8
    _names: ClassVar[tuple[str, ...]] = ("gamma", "delta", "c")
    _prefix: ClassVar[str] = "bdw"
    _remarks: ClassVar[dict[str, str]] = {
        "NOTICE_NOT_CONVERGED": "the fit stopped before its optimum was certain; params_ is the best point found",
        "NOTICE_AT_BOUND": "the likelihood rises towards the edge of the parameters' range, where all customers are "
        "alike: parameters there have no standard error",
        "NOTICE_WEAK_ID": "the data hardly determine the parameters (with one decision only the ratio of two of them)",
    }
