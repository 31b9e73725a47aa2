"""How long customers under contract stay: the shifted beta geometric model."""

from __future__ import annotations

from typing import Any, ClassVar

from .._columns import Errors
from ._contract import ContractModel
from ._intervals import Quantity

__all__ = ["ShiftedBetaGeoModel"]


class ShiftedBetaGeoModel(ContractModel):
    """The shifted beta geometric model (sBG) of Fader and Hardie (2007).

    At the end of each period a customer renews or leaves, with a probability theta of their own to leave, which is
    Beta(alpha, beta) distributed over customers. Retention rates rise with tenure although nobody changes: those who
    leave easily have left.

    Args:
        time_unit: the length of a period: ``"h"``, ``"D"``, ``"W"``, ``"M"`` or ``"Y"``. Needed for discount rates per
            year, month and so on.
        threads: for columns of many rows; all cores by default. Results do not depend on it.
        penalty: what the squares of alpha and beta cost in the fit; 0 for nothing.

    Attributes, once fitted, besides ``params_`` (alpha, beta) and the others of every model:
        n_iter_, n_evaluations_: steps of the optimiser, and evaluations of the likelihood with its derivatives.
        decrement_: the gain in mean log-likelihood that the optimum may still miss; the certificate of the fit.
    """

    _kind: ClassVar[int] = 7
    _names: ClassVar[tuple[str, ...]] = ("alpha", "beta")
    _prefix: ClassVar[str] = "sbg"
    _remarks: ClassVar[dict[str, str]] = {
        "NOTICE_NOT_CONVERGED": "the fit stopped before its optimum was certain; params_ is the best point found",
        "NOTICE_AT_BOUND": "the likelihood rises towards the edge of the parameters' range, where all customers leave "
        "with the same probability alpha / (alpha + beta): parameters there have no standard error",
        "NOTICE_WEAK_ID": "the data hardly determine the parameters (with one decision only their ratio)",
    }

    def retention_elasticity(
        self, n: Any, discount_rate: float | None = None, discount_period: str = "year", *, errors: Errors = "raise"
    ) -> Any:
        """The expected retention elasticity of a customer in period ``n`` (Fader and Hardie 2010, equation 8): the mean
        over theta of the per cent by which their own residual lifetime grows when their own retention rate grows by one
        per cent. That of all customers' together is :meth:`residual_lifetime_elasticity`. Arguments as of
        :meth:`discounted_expected_residual_lifetime`."""
        question = self._discounted(Quantity.EXPECTED_ELASTICITY, discount_rate, discount_period)
        return self._each(question, "retention_elasticity", errors, {"delta": "discount_rate"}, n=n)
