"""What the two models with Erlang-k times between purchases share: k, and the sum of the logarithms of the gaps."""

from __future__ import annotations

import math
from typing import Any, ClassVar, Self

import numpy as np

from .. import _columns
from .._columns import Errors, FloatArray, Table
from ._model import Progress, history, thread_count, unit_number
from ._transactions import _HISTORY, TransactionModel
from .bgnbd import BetaGeoModel

__all__ = ["STAGES_MOST", "StagesModel"]

STAGES_MOST = 64


class StagesModel(TransactionModel):
    """Base of :class:`loyalty.BetaGeoCNBDModel` and :class:`loyalty.ModifiedBetaGeoCNBDModel`."""

    _names: ClassVar[tuple[str, ...]] = ("r", "alpha", "a", "b", "k")
    _posterior_names: ClassVar[tuple[str, str]] = BetaGeoModel._posterior_names
    _remarks: ClassVar[dict[str, str]] = {
        **BetaGeoModel._remarks,
        "NOTICE_AT_BOUND": "the likelihood rises towards the edge of the parameters' range (nobody seems to stop, all "
        "customers seem alike, or k could be larger than 64): parameters there have no standard error",
    }

    k: int | None
    log_likelihood_by_k_: dict[int, float]

    def __init__(
        self, *, k: int | None = None, time_unit: str | None = None, threads: int | None = None, penalty: float = 0.0
    ) -> None:
        super().__init__(time_unit=time_unit, threads=threads, penalty=penalty)
        self.k = k

    @property
    def k_(self) -> int:
        """The number of stages for each purchase, as fitted or given."""
        return int(self._fitted()[-1])

    def _with_gaps(
        self, data: Any, frequency: Any, recency: Any, T: Any, litt: Any, weights: Any, needed: bool
    ) -> tuple[Table, FloatArray | None]:
        """The customers, and the sums of the logarithms of their gaps where these are needed."""
        columns = dict(zip(_HISTORY, (frequency, recency, T), strict=True))
        if needed or litt is not None:
            columns["litt"] = litt
        table = history(data, columns, weights)
        return table, table.float64("litt") if "litt" in columns else None

    def fit(  # type: ignore[override]  # no covariates
        self, data: Any = None, y: Any = None, *, frequency: Any = None, recency: Any = None, T: Any = None,
        litt: Any = None, weights: Any = None, progress: Progress | None = None,
    ) -> Self:  # fmt: skip
        """Maximum likelihood fit, from a table or from columns, for the constructor's ``k``, or for k = 1, 2, ... until
        two in a row have a lower likelihood than the best.

        Args:
            data: a table with ``frequency``, ``recency``, ``T`` and, unless ``k`` is 1, ``litt``, as
                :func:`loyalty.rfm_summary` makes it with ``litt=True``.
            y: not used; scikit-learn's pipelines pass it.
            frequency, recency, T, litt: columns, or names of columns of ``data``.
            weights: how many customers each row stands for; an array or the name of a column.
            progress: as for :meth:`loyalty.BetaGeoModel.fit`; evaluations of all k are counted together.

        Returns:
            The model itself, with ``params_`` and its neighbours. A fit with a remark, such as a parameter at the edge
            of its range, is kept, warned about (:class:`loyalty.LoyaltyWarning`) and named in ``status_``.

        Raises:
            DomainError: a bad row, such as a ``litt`` that gaps of such a ``recency`` cannot have, or too few
                customers to say anything.
            Canceled: ``progress`` answered ``False``; the model is as it was.
        """
        unit_number(self.time_unit)
        k = self.k
        if k is not None and (isinstance(k, bool) or not isinstance(k, (int, np.integer)) or not 1 <= k <= STAGES_MOST):
            raise _columns.bad("k", f"must be a whole number from 1 to {STAGES_MOST}, or None to choose it, not {k!r}")
        table, gaps = self._with_gaps(data, frequency, recency, T, litt, weights, k != 1)
        weight = None if weights is None else table.float64("weights")
        by_k = _columns.empty_float64(STAGES_MOST)
        with _columns.blame(self._blame):
            status, *values = self._core("fit")(
                *map(table.float64, _HISTORY), gaps, weight, thread_count(self.threads), 0, int(k or 0),
                0.0, 0.0, 0.0, 0.0, self.penalty, by_k, progress,
            )  # fmt: skip
        self._given = 0 if k is None else 1
        self._keep_fit(status, values, table)
        self.log_likelihood_by_k_ = {i + 1: value for i, value in enumerate(by_k.tolist()) if not math.isnan(value)}
        return self

    def log_likelihood(
        self, data: Any = None, *, frequency: Any = None, recency: Any = None, T: Any = None, litt: Any = None,
        errors: Errors = "raise",
    ) -> Any:  # fmt: skip
        """The log-likelihood of each customer, which needs ``litt`` unless k is 1; ``log_likelihood_`` is the weighted
        total of the fit."""
        params = self._fitted()
        table, gaps = self._with_gaps(data, frequency, recency, T, litt, None, params[-1] != 1.0)
        out = _columns.empty_float64(table.n)
        with _columns.blame(self._blame):
            self._core("loglik_batch")(
                *params, *map(table.float64, _HISTORY), gaps, out, thread_count(self.threads), _columns.coerce(errors)
            )
        return table.column(out, "log_likelihood")

    def simulate(self, n: int, T: Any, seed: int) -> Any:  # type: ignore[override]  # no covariates
        """Draw ``n`` customers who are observed for ``T`` after their first purchase.

        Args:
            n: how many.
            T: length of observation, a number or a column of ``n``.
            seed: 0 to 2^64 - 1. Customer i depends on the parameters, on their own ``T``, on ``seed`` and on i alone.

        Returns:
            A table with ``customer_id`` (0, 1, ...), ``frequency``, ``recency``, ``T``, ``litt`` and ``alive``: of the
            kind of ``T`` where that is a Series, else of the kind that the model was fitted on, else a dict of arrays.
        """
        params = self._fitted()
        table, length = self._observed(n, T, seed)
        x, t_x, litt, alive = (_columns.empty_float64(len(length)) for _ in range(4))
        self._core("simulate")(*params, length, int(seed), thread_count(self.threads), x, t_x, litt, alive)
        values = {
            "customer_id": np.arange(len(length)), "frequency": x.astype(np.int64), "recency": t_x, "T": length,
            "litt": litt, "alive": alive == 1.0,
        }  # fmt: skip
        return self._drawn(table, values, rows_of_table=True)
