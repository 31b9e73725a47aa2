"""What a ladder with a chain can be asked: the long run, steps, customers over time, value; and its pictures."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np

from .. import _columns, _frames
from .._columns import FloatArray
from .._errors import StateError
from . import ladder_plot
from ._matrix import vector
from ._stages import Names, positions, stage_blame
from .chain_value import ChainValue, chain_value
from .long_run import (
    Absorption,
    QuasiStationary,
    absorption_probabilities,
    expected_steps,
    expected_visits,
    project,
    quasi_stationary,
    recurrence_times,
    stationary,
    steady_population,
    steps_variance,
)
from .stage_shares import stage_shares

__all__ = ["LadderChain"]

Answer = TypeVar("Answer")
Arguments = ParamSpec("Arguments")


def _names_stages(
    method: Callable[Concatenate[LadderChain, Arguments], Answer],
) -> Callable[Concatenate[LadderChain, Arguments], Answer]:
    """Errors in a row of the chain, or in an entry for each stage, name the stage."""

    @functools.wraps(method)
    def named(self: LadderChain, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        self._fitted()
        with stage_blame(self.stages_):
            return method(self, *args, **kwargs)

    return named


class LadderChain:
    """The part of :class:`LoyaltyLadder` that asks the chain. Answers have one entry for each stage, in the order of
    ``stages_``; stages in arguments go by name. Tables carry standard errors by the delta method where there are
    counts, and intervals that are symmetric on the log odds for shares, on the logarithm for steps and for values of
    rewards that are not negative, and as they are for other values."""

    stages_: Names
    transition_matrix_: FloatArray
    counts_: FloatArray | None
    row_sizes_: FloatArray | None
    absorbing_: Names
    _backend: str | None

    def _fitted(self) -> None:
        if not hasattr(self, "transition_matrix_"):
            raise StateError("this ladder has no chain: call fit, or from_transition_matrix", code="ERR_STATE")

    def _numbers(self, stages: Any, argument: str) -> list[int] | None:
        return None if stages is None else positions(self.stages_, stages, argument)

    def _vector(self, values: Any, argument: str) -> FloatArray:
        """Numbers for each stage: an array, or a dict by stage in which a stage that is left out has 0."""
        if isinstance(values, Mapping):
            positions(self.stages_, values, argument)
            values = [values.get(stage, 0.0) for stage in self.stages_]
        return vector(values, argument, len(self.stages_))

    def _table(
        self, name: str, values: FloatArray, errors: FloatArray | None, level: float, scale: _frames.Scale,
        **more: FloatArray,
    ) -> Any:  # fmt: skip
        """One row for each stage: ``stage``, the values under their name, ``std_error``, ``lower``, ``upper``."""
        errors = np.full(len(values), np.nan) if errors is None else errors
        lower, upper = _frames.intervals(values, errors, level, scale)
        table = {"stage": list(self.stages_), name: values, **more, "std_error": errors, "lower": lower, "upper": upper}
        return _frames.new_frame(table, self._backend)

    # ---- the long run ----

    @_names_stages
    def stationary(self) -> FloatArray:
        """The share of periods spent on each stage in the long run; see :func:`loyalty.ladder.stationary`."""
        return stationary(self.transition_matrix_)

    @_names_stages
    def stationary_summary(self, level: float = 0.95) -> Any:
        """:meth:`stationary` as a table with standard errors and intervals."""
        if self.row_sizes_ is None:
            return self._table("share", self.stationary(), None, level, "odds")
        found = stationary(self.transition_matrix_, self.row_sizes_)
        return self._table("share", found.values, found.std_errors, level, "odds")

    @_names_stages
    def recurrence_times(self) -> FloatArray:
        """Expected periods until a customer of each stage is there again."""
        return recurrence_times(self.transition_matrix_)

    @_names_stages
    def quasi_stationary(self, absorbing: Any = None) -> QuasiStationary:
        """How the customers who are left of a cohort are spread after a long time, and how many each period loses.
        ``absorbing``: the stages in which they are lost; None for those that are never left."""
        return quasi_stationary(self.transition_matrix_, self._numbers(absorbing, "absorbing"))

    # ---- steps ----

    @_names_stages
    def expected_steps(self, to: Any = None) -> FloatArray:
        """Expected periods until a customer of each stage first is in ``to`` (a stage or several; None for those that
        are never left): 0 for the stages of ``to``, infinite with a warning where it may never be reached."""
        return expected_steps(self.transition_matrix_, self._numbers(to, "to"))

    @_names_stages
    def steps_summary(self, to: Any = None, level: float = 0.95) -> Any:
        """:meth:`expected_steps` as a table with standard errors and intervals, and the standard deviation of the
        periods that single customers take."""
        spread = np.sqrt(steps_variance(self.transition_matrix_, self._numbers(to, "to")))
        if self.row_sizes_ is None:
            return self._table("steps", self.expected_steps(to), None, level, "log", standard_deviation=spread)
        found = expected_steps(self.transition_matrix_, self._numbers(to, "to"), self.row_sizes_)
        return self._table("steps", found.values, found.std_errors, level, "log", standard_deviation=spread)

    @_names_stages
    def expected_visits(self, to: Any = None) -> FloatArray:
        """Expected periods on each stage (column) of a customer of each stage (row) until ``to`` is reached."""
        return expected_visits(self.transition_matrix_, self._numbers(to, "to"))

    @_names_stages
    def absorption_probabilities(self, to: Any = None) -> Absorption:
        """The chance to end in each stage of ``to``; see :func:`loyalty.ladder.absorption_probabilities`."""
        return absorption_probabilities(self.transition_matrix_, self._numbers(to, "to"), self.row_sizes_)

    # ---- customers over time ----

    @_names_stages
    def project(self, start: Any, periods: int, inflow: Any = None) -> Any:
        """Customers on each stage over time: a table with the column ``period``, from 0, and one for each stage.

        Args:
            start: customers on each stage now; a dict by stage or in the order of the stages.
            periods: how many to move on.
            inflow: new customers on each stage at the end of a period, likewise; or a row for each period.
        """
        if isinstance(inflow, Mapping):
            inflow = self._vector(inflow, "inflow")
        moved = project(self.transition_matrix_, self._vector(start, "start"), periods, inflow)
        columns: dict[str, Any] = {"period": np.arange(len(moved))}
        columns |= {str(stage): moved[:, k] for k, stage in enumerate(self.stages_)}
        return _frames.new_frame(columns, self._backend)

    @_names_stages
    def steady_population(self, inflow: Any, absorbing: Any = None) -> FloatArray:
        """Customers on each stage once a constant inflow has settled; those who are absorbed do not count."""
        gone = self._numbers(absorbing, "absorbing")
        return steady_population(self.transition_matrix_, self._vector(inflow, "inflow"), gone)

    # ---- value ----

    def value(
        self, reward: Any, discount_rate: float, *, horizon: int | None = None, growth: float = 0.0
    ) -> FloatArray:
        """What a customer on each stage is worth who brings ``reward`` at the start of each period there.

        Args:
            reward: money per period on each stage, in the order of the stages, or a dict by stage.
            discount_rate: effective, per period of the chain.
            horizon, growth: as in :func:`loyalty.ladder.chain_value`, which tells more about the same.
        """
        return self._value(reward, discount_rate, horizon, growth).value

    @_names_stages
    def value_summary(
        self, reward: Any, discount_rate: float, *, horizon: int | None = None, growth: float = 0.0, level: float = 0.95
    ) -> Any:
        """:meth:`value` as a table with standard errors and intervals, and the standard deviation of what single
        customers turn out to be worth."""
        found = self._value(reward, discount_rate, horizon, growth, self.row_sizes_)
        scale: _frames.Scale = "log" if np.all(self._vector(reward, "reward") >= 0) else "plain"
        return self._table(
            "value", found.value, found.std_errors, level, scale, standard_deviation=found.standard_deviation
        )

    @_names_stages
    def _value(
        self, reward: Any, discount_rate: float, horizon: int | None, growth: float, row_sizes: FloatArray | None = None
    ) -> ChainValue:
        rewards, chances = self._vector(reward, "reward"), self.transition_matrix_
        return chain_value(chances, rewards, discount_rate, horizon=horizon, growth=growth, row_counts=row_sizes)

    # ---- pictures ----

    def _drawn(self) -> tuple[list[int], int]:
        """Stages in the order of pictures, from the bottom up: those that are never left first; and how many."""
        self._fitted()
        gone = positions(self.stages_, self.absorbing_, "absorbing")
        return [*gone, *(k for k in range(len(self.stages_)) if k not in gone)], len(gone)

    def _named(self, order: list[int]) -> list[str]:
        return [str(self.stages_[k]) for k in order]

    def plot_transitions(self, ax: Any = None) -> Any:
        """A heat map of the chances to move, the lowest stage at the bottom. Draws into ``ax``, or a new figure, and
        returns the axes, as all pictures do. Needs matplotlib."""
        order, _ = self._drawn()
        counts = None if self.counts_ is None else self.counts_[order]
        return ladder_plot.draw_transitions(
            self.transition_matrix_[np.ix_(order, order)], self._named(order), counts, ax
        )

    def plot_flow(self, start: Any = None, ax: Any = None) -> Any:
        """The ladder with its traffic: bands from the stages now to those one period later, as wide as the customers
        who go that way, in one colour for climbs, one for falls, one for stays.

        Args:
            start: customers on each stage now, in the order of the stages or a dict; None for the moves counted, or
                without counts for as many on each stage.
        """
        order, _ = self._drawn()
        if start is not None:
            flow = self._vector(start, "start")[:, None] * self.transition_matrix_
        else:
            flow = self.transition_matrix_ if self.counts_ is None else self.counts_
        return ladder_plot.draw_flow(flow[np.ix_(order, order)], self._named(order), ax)

    def plot_shares(
        self, panel: Any, *, periods: int = 0, customer_id_col: str = "customer_id", datetime_col: str = "time",
        stage_col: str = "stage", step: int | str | None = None, ax: Any = None,
    ) -> Any:  # fmt: skip
        """The shares of customers on each stage over time, stacked, and their projection by the chain.

        Args:
            panel, customer_id_col, datetime_col, stage_col, step: as in :func:`loyalty.ladder.stage_shares`.
            periods: how many to project beyond the panel, from the shares of its last period.
        """
        order, gone = self._drawn()
        seen = stage_shares(
            panel, stages=self.stages_, customer_id_col=customer_id_col, datetime_col=datetime_col,
            stage_col=stage_col, step=step,
        )  # fmt: skip
        shares = seen.shares
        if periods:
            shares = np.vstack([shares, project(self.transition_matrix_, shares[-1], periods)[1:]])
        names = [*map(str, seen.periods), *(f"+{k + 1}" for k in range(periods))]
        return ladder_plot.draw_shares(names, shares[:, order], self._named(order), gone, len(seen.periods), ax)

    def plot_values(
        self, reward: Any, discount_rate: float, *, horizon: int | None = None, growth: float = 0.0,
        level: float = 0.95, ax: Any = None,
    ) -> Any:  # fmt: skip
        """The value of a customer on each stage with its interval; arguments as in :meth:`value_summary`."""
        order, _ = self._drawn()
        table = self.value_summary(reward, discount_rate, horizon=horizon, growth=growth, level=level)
        columns = _columns.table(table)
        value, lower, upper = (columns.float64(name)[order] for name in ("value", "lower", "upper"))
        known = self.row_sizes_ is not None
        return ladder_plot.draw_values(
            value, lower if known else None, upper if known else None, self._named(order), level, ax
        )
