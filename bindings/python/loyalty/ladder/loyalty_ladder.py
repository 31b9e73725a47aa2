"""loyalty.LoyaltyLadder: stages, the rule that assigns them, and the chain of moves between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _frames
from .._columns import FloatArray
from .._errors import StateError
from .._params import Estimator
from ._stages import Names, counted, moves_allowed, positions, stage_blame, stage_names
from .chain import chain_check, chain_estimate, chain_interval, structure
from .chain_test import ChainTest, homogeneity_test, order_test, second_order_test
from .ladder_chain import LadderChain
from .stage_rule import StageRule
from .transitions import Gaps, transitions

__all__ = ["LoyaltyLadder"]


class LoyaltyLadder(StageRule, LadderChain, Estimator):
    """A ladder of loyalty: its stages, the rule that puts customers on the five steps (:meth:`assign`), and the Markov
    chain of how they move between stages (:meth:`fit`), which answers where customers will be (:meth:`stationary`,
    :meth:`expected_steps`, :meth:`project`) and what they are worth (:meth:`value`), also in pictures.

    The rule, first match from the top: **churn** if prefer or higher before and recency above ``r_churn``; **loyal** if
    the first choice, ``n_loyal`` purchases or more, and recency up to ``r_max``; **prefer** if the first choice (rank
    1, or a share of at least ``share_from``); **consider** if considered or bought; **aware** if aware; else
    **unaware**. An *advocate* is loyal and recommends with ``advocate_from`` of 10 or more.

    Args:
        stages: names of the stages, from the bottom up: any two or more for the chain, five, or six with churn, for
            the rule. None: the English ones for the rule, those in the data for the chain.
        absorbing: names of stages that are never left.
        allowed: moves that can happen: a table of flags, or ``{stage: stages that can follow}``. None: all.
        prior: None for maximum likelihood; a number for each move that can happen (1/2 is the prior of Jeffreys), or
            a table of them, for the mean of a Dirichlet posterior.
        window: days over which purchases were counted; a note on the data that decides nothing.
        r_max: a loyal customer bought within this many days.
        r_churn: one who preferred has gone after this many days.
        n_loyal: purchases in the window that make loyal.
        share_from: share of the customer's purchases in the category that makes the first choice.
        advocate_from: recommendation that makes an advocate.

    After :meth:`assign`: ``assignment_`` (a :class:`LadderAssignment`) and ``status_``. After :meth:`fit`:

    Attributes:
        stages_: names of the stages.
        transition_matrix_: chances to move from the stage of the row to that of the column in one period.
        std_errors_: their standard errors.
        counts_: moves counted.
        row_counts_: moves counted out of each stage.
        row_sizes_: moves that each row is worth, by which variances are divided: with a prior, its sum and 1 more.
        n_transitions_: moves counted in all.
        log_likelihood_: sum of count times ln chance.
        absorbing_: names of the stages that are not left.
        status_: ``"OK"``.
    """

    stages_: Names
    transition_matrix_: FloatArray
    std_errors_: FloatArray | None
    counts_: FloatArray | None
    row_counts_: FloatArray | None
    row_sizes_: FloatArray | None
    n_transitions_: float
    log_likelihood_: float
    absorbing_: Names

    def __init__(
        self, stages: Sequence[Any] | None = None, *, absorbing: Sequence[Any] | None = None, allowed: Any = None,
        prior: Any = None, window: float = 365.0, r_max: float = 182.0, r_churn: float = 365.0, n_loyal: float = 3.0,
        share_from: float = 0.5, advocate_from: float = 9.0,
    ) -> None:  # fmt: skip
        self.stages = stages
        self.absorbing = absorbing
        self.allowed = allowed
        self.prior = prior
        self.window = window
        self.r_max = r_max
        self.r_churn = r_churn
        self.n_loyal = n_loyal
        self.share_from = share_from
        self.advocate_from = advocate_from

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "transition_matrix_")

    def _seen(self) -> FloatArray:
        self._fitted()
        if self.counts_ is None:
            raise StateError("this chain comes from a transition matrix: there are no counts", code="ERR_STATE")
        return self.counts_

    # ---- estimation ----

    def fit(
        self, panel: Any = None, *, counts: Any = None, customer_id_col: str = "customer_id",
        datetime_col: str = "time", stage_col: str = "stage", gaps: Gaps = "skip", **options: Any,
    ) -> Self:  # fmt: skip
        """Estimate the chain from a panel of customers, or from counts of moves.

        Args:
            panel: one row for each customer and time. It is counted by :func:`loyalty.ladder.transitions`, which
                takes the names of its columns, ``gaps``, and what else is given by name (``step``, ``threads``, ...).
            counts: moves counted, in place of a panel: a square table in the order of ``stages``; the result of
                :func:`loyalty.ladder.transitions`; a dict ``{from: {to: count}}``; or a table with a column for each
                stage, whose rows are named by a column ``from`` or by the index.

        Raises:
            DomainError: for a stage that was never seen to be left (``code`` is ``"ERR_TOO_FEW"``): name it in
                ``absorbing`` or give a prior; for counts of moves that cannot happen.
        """
        if (panel is None) == (counts is None):
            raise _columns.bad("panel", "give either a panel or counts")
        stages = None if self.stages is None else stage_names(self.stages)
        backend = None
        if panel is None:
            if options:
                raise _columns.bad(next(iter(options)), "is for a panel, not for counts")
            if not isinstance(counts, np.ndarray) and _columns._narwhals().dependencies.is_into_dataframe(counts):
                backend = _columns.table(counts).backend
        else:
            table = _columns.table(panel)
            backend = table.backend
            counts = transitions(
                panel, stages=stages, customer_id_col=customer_id_col, datetime_col=datetime_col, stage_col=stage_col,
                gaps=gaps, **options,
            )  # fmt: skip
        names, seen = counted(counts, stages)
        if seen.ndim != 2:
            raise _columns.bad("counts", "must be one table: not by period, by gap, or of triples")
        absorbing = positions(names, self.absorbing, "absorbing")
        allowed = moves_allowed(names, self.allowed)
        with stage_blame(names):
            found = chain_estimate(seen, absorbing=absorbing, allowed=allowed, prior=self.prior)
        self._keep(names, found.transition, backend)
        self.std_errors_ = found.std_errors
        self.counts_ = seen
        self.row_counts_, self.row_sizes_ = found.row_counts, found.row_sizes
        self.n_transitions_ = float(seen.sum())
        self.log_likelihood_ = found.log_likelihood
        self._can: NDArray[np.bool_] | None = structure(len(names), absorbing, allowed)
        self._prior = self.prior
        return self

    def _keep(self, names: Names, transition: FloatArray, backend: str | None = None) -> None:
        self.stages_ = names
        self.transition_matrix_ = transition
        # The chance to stay is what the others leave, as in the core.
        left = np.any(transition * (1 - np.eye(len(names))) > 0, axis=1)
        self.absorbing_ = tuple(name for i, name in enumerate(names) if not left[i])
        self.status_ = "OK"
        self._backend = backend

    @classmethod
    def from_transition_matrix(
        cls, stages: Sequence[Any] | None, transition: Any, absorbing: Sequence[Any] | None = None
    ) -> Self:
        """A ladder whose chances are known. It has no counts and no standard errors.

        Args:
            stages: names of the stages; None where ``transition`` has names.
            transition: chances from the stage of the row to that of the column, in any form that ``counts`` of
                :meth:`fit` can have; rows sum to one within 1e-9.
            absorbing: names of stages that must not be left.
        """
        ladder = cls(stages, absorbing=absorbing)
        names, table = counted(transition, None if stages is None else stage_names(stages), "transition")
        with stage_blame(names):
            chain_check(table)
        ladder._keep(names, table.copy())
        for at in positions(names, absorbing, "absorbing"):
            if names[at] not in ladder.absorbing_:
                raise _columns.bad("absorbing", f"{names[at]!r} is left with a chance above 0")
        ladder.std_errors_ = ladder.counts_ = ladder.row_counts_ = ladder.row_sizes_ = None
        return ladder

    # ---- tables ----

    def to_frame(self) -> Any:
        """The transition matrix as a table with the stages as names: the column ``from`` and one for each stage; in
        pandas the first is the index."""
        self._fitted()
        values: dict[str, Any] = {"from": list(self.stages_)}
        values |= {str(name): self.transition_matrix_[:, j] for j, name in enumerate(self.stages_)}
        frame = _frames.new_frame(values, self._backend)
        return frame.set_index("from") if hasattr(frame, "set_index") else frame

    def summary(self, level: float = 0.95) -> Any:
        """Each move with its count, chance, standard error and interval: a table with the columns ``from``, ``to``,
        ``count``, ``probability``, ``std_error``, ``lower`` and ``upper``. Intervals are Wilson's, or with a prior
        those of the posterior; without counts they are missing."""
        self._fitted()
        n = len(self.stages_)
        none = np.full((n, n), np.nan)
        lower, upper = none, none
        if self.counts_ is not None:
            lower, upper = chain_interval(self.counts_, allowed=self._can, prior=self._prior, level=level)
        cells = {
            "count": none if self.counts_ is None else self.counts_,
            "probability": self.transition_matrix_,
            "std_error": none if self.std_errors_ is None else self.std_errors_,
            "lower": lower,
            "upper": upper,
        }
        values: dict[str, Any] = {
            "from": [name for name in self.stages_ for _ in range(n)],
            "to": [name for _ in range(n) for name in self.stages_],
        }
        return _frames.new_frame(values | {key: cell.reshape(-1) for key, cell in cells.items()}, self._backend)

    def probability(self, start: Any, to: Any) -> float:
        """The chance to move from one stage to another in one period."""
        self._fitted()
        (i,), (j,) = positions(self.stages_, [start], "start"), positions(self.stages_, [to], "to")
        return float(self.transition_matrix_[i, j])

    # ---- tests ----

    def test_order(self, order: int = 1, *, counts: Any = None) -> ChainTest:
        """Is the chain of this order, and not of one less?

        Args:
            order: 1: does the next stage depend on the present one? 2: on the one before that, too?
            counts: for order 2 counts of triples, S by S by S, or the result of
                ``loyalty.ladder.transitions(panel, order=2)``; for order 1 None for those of the fit.
        """
        if order not in (1, 2):
            raise _columns.bad("order", f"must be 1 or 2, not {order!r}")
        seen = self._seen()
        if order == 1:
            return order_test(seen if counts is None else counted(counts, self.stages_)[1], allowed=self._can)
        if counts is None:
            raise _columns.bad("counts", "must be given for order 2: how often three stages followed each other")
        return second_order_test(self._tables(counts), allowed=self._can)

    def test_homogeneity(self, counts: Any) -> ChainTest:
        """Are the chances the same in all periods, or in all groups of customers?

        Args:
            counts: a table for each of them (a block T by S by S, a list or a dict of tables, each as for
                :meth:`fit`), or the result of ``loyalty.ladder.transitions(panel, by_period=True)``.
        """
        self._seen()
        return homogeneity_test(self._tables(counts), allowed=self._can)

    def _tables(self, counts: Any) -> Any:
        if hasattr(counts, "counts") and hasattr(counts, "stages"):
            return counted(counts, self.stages_)[1]
        each = counts.values() if isinstance(counts, dict) else counts
        return [counted(one, self.stages_)[1] for one in each]
