"""How much a customer spends per purchase: the Gamma-Gamma model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np

from .. import _columns, _loyalty
from .._columns import Errors, FloatArray, Table
from .._errors import notice
from ._intervals import Quantity, Question, quantity_interval
from ._model import Model, Progress, Watch, history, thread_count, unit_number

if TYPE_CHECKING:
    from .bootstrap import ModelBootstrap

__all__ = ["GammaGammaModel"]

_BLAME = {"x": "frequency", "z": "monetary_value", "weight": "weights"}

_REMARKS = {
    "NOTICE_AT_BOUND": "spend hardly varies within customers, or hardly between them: a parameter runs to the edge of "
    "its range and has no standard error",
    "NOTICE_DIVERGES": "q is at most 1, so the mean spend of the population is infinite: customers without repeat "
    "purchases have no finite expected spend",
}


class GammaGammaModel(Model):
    """The Gamma-Gamma model of spend per purchase (Fader, Hardie and Lee 2005; Colombo and Jiang 1999).

    A purchase is Gamma(p, nu) distributed with a rate nu of the customer's own, which is Gamma(q, v) distributed over
    the population; v is in money. Customers are a table with ``frequency`` (repeat purchases) and ``monetary_value``
    (their mean spend, not read where ``frequency`` is 0).

    Args:
        time_unit: kept with the model; spend itself has no unit of time.
        threads: for the fit; all cores by default. The result does not depend on it.
        penalty: what the squares of p, q and v, with v in the money of the data, cost in the fit; 0 for nothing.

    Attributes, once fitted, besides those of every model:
        correlation_: of spend and frequency over the fitted customers. The model assumes that there is none.
        n_left_out_: rows without a repeat purchase, which a fit leaves out.
    """

    _kind: ClassVar[int] = 2
    _names: ClassVar[tuple[str, ...]] = ("p", "q", "v")
    _prefix: ClassVar[str] = "gamma_gamma"

    penalty: float
    correlation_: float
    n_left_out_: int

    def __init__(self, *, time_unit: str | None = None, threads: int | None = None, penalty: float = 0.0) -> None:
        super().__init__(time_unit=time_unit, threads=threads)
        self.penalty = penalty

    def fit(
        self, data: Any = None, y: Any = None, *, frequency: Any = None, monetary_value: Any = None,
        weights: Any = None, progress: Progress | None = None,
    ) -> Self:  # fmt: skip
        """Maximum likelihood fit, from a table or from columns. Customers without repeat purchases are left out. With
        the constructor's ``penalty`` it minimises the mean negative log-likelihood plus ``penalty`` times
        p^2 + q^2 + v^2; ``log_likelihood_`` is the plain one, standard errors are those with the penalty.

        Args:
            data: a table with ``frequency`` and ``monetary_value``.
            y: not used; scikit-learn's pipelines pass it.
            frequency, monetary_value: columns, or names of columns of ``data``.
            weights: how many customers each row stands for; an array or the name of a column.
            progress: called after each evaluation with their number so far and the log-likelihood at the point just
                tried. Answering ``False`` cancels the fit, as do an exception and Ctrl-C.

        Raises:
            DomainError: a bad row, or fewer than three customers with repeat purchases.
            Canceled: ``progress`` answered ``False``; the model is as it was.
        """
        table = history(data, {"frequency": frequency, "monetary_value": monetary_value}, weights)
        unit_number(self.time_unit)
        with _columns.blame(_BLAME):
            result = _loyalty.gamma_gamma_fit(
                table.float64("frequency"), table.float64("monetary_value"),
                None if weights is None else table.float64("weights"), thread_count(self.threads), 0, 0.0, 0.0, 0.0,
                self.penalty, progress,
            )  # fmt: skip
        status, p, q, v, log_likelihood = result[:5]
        covariance = result[8:17]
        correlation, customers, _decrement, _rows, left_out, _evaluations = result[17:]
        self._keep(
            (p, q, v),
            status=status,
            log_likelihood=log_likelihood,
            covariance=covariance,
            customers=customers,
            penalty=float(self.penalty),
        )
        self._backend = table.backend
        self.correlation_ = correlation
        self.n_left_out_ = left_out
        notice(status, _REMARKS.get(status))
        return self

    def _pqv(self) -> tuple[float, float, float]:
        p, q, v = self._fitted()
        return p, q, v

    def _rows(self, data: Any, frequency: Any, monetary_value: Any) -> tuple[Table, FloatArray, FloatArray, FloatArray]:
        table = history(data, {"frequency": frequency, "monetary_value": monetary_value})
        return table, table.float64("frequency"), table.float64("monetary_value"), _columns.empty_float64(table.n)

    def log_likelihood(
        self, data: Any = None, *, frequency: Any = None, monetary_value: Any = None, errors: Errors = "raise"
    ) -> Any:
        """The log-likelihood of each row; 0 where ``frequency`` is 0."""
        params = self._pqv()
        table, x, z, out = self._rows(data, frequency, monetary_value)
        with _columns.blame(_BLAME):
            _loyalty.gamma_gamma_loglik_batch(*params, x, z, out, _columns.coerce(errors))
        return table.column(out, "log_likelihood")

    def expected_customer_spend(
        self, data: Any = None, *, frequency: Any = None, monetary_value: Any = None, errors: Errors = "raise"
    ) -> Any:
        """Expected spend per purchase of each customer, p (v + x z)/(p x + q - 1): a weighted mean of their own spend
        and the population's. Infinite, with a warning, where p x + q is at most 1."""
        params = self._pqv()
        table, x, z, out = self._rows(data, frequency, monetary_value)
        with _columns.blame(_BLAME):
            status, _bad = _loyalty.gamma_gamma_expected_spend_batch(*params, x, z, out, _columns.coerce(errors))
        notice(status, "the expected spend is infinite for at least one customer, because p x + q is at most 1")
        return table.column(out, "expected_spend")

    def expected_new_customer_spend(self) -> float:
        """Expected spend per purchase of a customer nothing is known about, p v/(q - 1); infinite for q <= 1."""
        status, value = _loyalty.gamma_gamma_expected_spend_new(*self._pqv())
        notice(status, "the mean spend of the population is infinite, because q is at most 1")
        return value

    def posterior_mean(
        self, data: Any = None, *, frequency: Any = None, monetary_value: Any = None, errors: Errors = "raise"
    ) -> Any:
        """The mean of each customer's own rate nu, given their purchases: (p x + q)/(v + x z), per unit of money."""
        params = self._pqv()
        table, x, z, out = self._rows(data, frequency, monetary_value)
        with _columns.blame(_BLAME):
            _loyalty.gamma_gamma_posterior_batch(*params, x, z, out, _columns.coerce(errors))
        return table.column(out, "nu")

    def interval(
        self, data: Any = None, quantity: str = "expected_customer_spend", *, level: float = 0.95,
        frequency: Any = None, monetary_value: Any = None, errors: Errors = "raise",
    ) -> Any:  # fmt: skip
        """What a fitted model says of each customer with its uncertainty: a table with the columns ``estimate``,
        ``std_error``, ``lower`` and ``upper``, by the delta method from ``covariance_``.

        The interval is for the expectation, and says how well the parameters are known. It is symmetric for the
        logarithm. A parameter at the edge of its range counts as known, with a warning.

        Args:
            data: the customers.
            quantity: ``"expected_customer_spend"`` or ``"posterior_mean"``.
            level: confidence of each interval by itself.
            frequency, monetary_value: columns, or names of columns of ``data``.
            errors: ``"coerce"`` gives NaN for a customer out of range instead of an error.

        Raises:
            StateError: the model was not fitted but made from parameters.
        """
        self._fitted()
        numbers = {"expected_customer_spend": Quantity.SPEND, "posterior_mean": Quantity.RATE}
        if quantity not in numbers:
            raise _columns.bad("quantity", f"must be one of {', '.join(map(repr, numbers))}, not {quantity!r}")
        names = ("frequency", "monetary_value")
        table = history(data, dict(zip(names, (frequency, monetary_value), strict=True)))
        return quantity_interval(self, Question(numbers[quantity]), table, names, level, errors, _BLAME)

    def simulate(self, frequency: Any, seed: int) -> Any:
        """Mean spends of customers with these numbers of repeat purchases; 0 where there are none. Row i depends on its
        own number and on ``seed`` alone."""
        params = self._pqv()
        table = _columns.arguments(None, frequency=frequency)
        x, out = table.float64("frequency"), np.empty(table.n)
        with _columns.blame(_BLAME):
            _loyalty.gamma_gamma_simulate(*params, x, seed, out)
        return table.column(out, "monetary_value")

    def bootstrap(
        self, data: Any = None, *, frequency: Any = None, n_boot: int = 999, seed: int = 0, level: float = 0.95,
        progress: Watch | None = None,
    ) -> ModelBootstrap:  # fmt: skip
        """Parametric bootstrap: draw the mean spend of customers with these numbers of repeat purchases from the model,
        fit the model to them, and so on ``n_boot`` times. Arguments and result as in
        :meth:`loyalty.BetaGeoModel.bootstrap`, with ``frequency`` for ``T``."""
        from .bootstrap import bootstrap

        self._fitted()
        table = history(data, {"frequency": frequency})
        return bootstrap(self, table.float64("frequency"), "frequency", n_boot, seed, level, progress)
