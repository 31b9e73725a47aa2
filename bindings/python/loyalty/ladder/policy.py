"""Which action to take in which stage: policy iteration on a Markov chain, also under a budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _loyalty
from .._columns import FloatArray, IntArray
from .._errors import LoyaltyError, notice
from ._matrix import square, vector
from ._stages import positions

__all__ = ["BestPolicy", "PolicyValue", "best_policy", "policy_value"]

_NAMES = {"transition": "transitions", "reward": "rewards", "generous": "policy", "action": "policy"}


@dataclass(frozen=True, eq=False)
class BestPolicy:
    """The best policy, or under a budget the best mixture of two.

    Attributes:
        stages: names of the stages.
        policy: the action to take in each. Under a budget: for a ``share`` of the customers.
        value: of a customer in each stage, in the money of the rewards.
        bound: no policy is worth more than ``value + bound`` in any stage; only rounding, None under a budget.
        rounds: of policy iteration; under a budget the prices that were tried.
        shadow_price: what one more unit of budget would add to ``expected_value``; 0 where the budget does not bind,
            None without one.
        share: of the customers to be treated by ``policy`` for good, while the others are treated by
            ``frugal_policy``: the budget is then spent exactly. 1 where the budget does not bind or there is none.
        frugal_policy: as ``policy``, for the other customers.
        expected_value, expected_cost: of all customers of ``start``; None without a budget.
        status_: ``"OK"``, or ``"NOTICE_NOT_NEEDED"``, with a warning, where the budget does not bind.
    """

    stages: tuple[Any, ...]
    policy: tuple[str, ...]
    value: FloatArray
    bound: float | None
    rounds: int
    shadow_price: float | None
    share: float
    frugal_policy: tuple[str, ...]
    expected_value: float | None
    expected_cost: float | None
    status_: str

    def action(self, stage: Any) -> str:
        """The action of ``policy`` in a stage, given by its name."""
        (at,) = positions(self.stages, [stage], "stage")
        return self.policy[at]


@dataclass(frozen=True, eq=False)
class PolicyValue:
    """What a given policy is worth.

    Attributes:
        value: of a customer in each stage.
        visits: entry (i, k) is the expected discounted number of periods in k of a customer who is in i now.
        gain: the most that a single change of action would add in one period; 0 or rounding for the best policy.
        bound: no policy is worth more than ``value + bound`` in any stage.
    """

    value: FloatArray
    visits: NDArray[np.float64]
    gain: float
    bound: float


class _Problem:
    """Arguments as the core takes them: actions one after another."""

    def __init__(
        self, transitions: Mapping[str, Any], rewards: Mapping[str, Any], available: Mapping[str, Any] | None,
        stages: Sequence[Any] | None,
    ) -> None:  # fmt: skip
        if not isinstance(transitions, Mapping) or not transitions:
            raise _columns.bad("transitions", "must be a dict of one transition matrix or more by action")
        self.actions = tuple(transitions)
        matrices = [square(transitions[a], f"transitions[{a!r}]") for a in self.actions]
        self.n = n = len(matrices[0])
        for a, matrix in zip(self.actions, matrices, strict=True):
            if len(matrix) != n:
                raise _columns.bad(f"transitions[{a!r}]", f"must have {n} rows as the first, not {len(matrix)}")
        if isinstance(stages, str) or not (stages is None or isinstance(stages, Iterable)):
            raise _columns.bad("stages", f"must be {n} different names, not {stages!r}")
        self.stages = tuple(range(n)) if stages is None else tuple(stages)
        if len(self.stages) != n or len(set(self.stages)) != n:
            raise _columns.bad("stages", f"must be {n} different names")
        self.transition = np.concatenate([m.reshape(-1) for m in matrices])
        self.reward = self.by_action(rewards, "rewards")
        self.available = None if available is None else self._mask(available)

    def _known(self, given: Mapping[str, Any], name: str) -> None:
        if not isinstance(given, Mapping):
            raise _columns.bad(name, f"must be a dict by action, not {type(given).__name__}")
        for a in given:
            if a not in self.actions:
                raise _columns.bad(name, f"{a!r} is not an action; these are {', '.join(map(str, self.actions))}")

    def by_action(self, given: Mapping[str, Any], name: str, default: float | None = None) -> FloatArray:
        """Numbers for each action and stage; one number is repeated, and ``default`` stands for an action left out."""
        self._known(given, name)
        found = []
        for a in self.actions:
            if a not in given and default is None:
                raise _columns.bad(name, f"there is none for the action {a!r}")
            found.append(self.by_stage(given.get(a, default), f"{name}[{a!r}]", repeat=True))
        return np.concatenate(found)

    def by_stage(self, value: Any, name: str, *, repeat: bool = False) -> FloatArray:
        """Numbers for each stage: a vector, or a dict by stage in which a stage left out is 0."""
        if isinstance(value, Mapping):
            known = dict(zip(positions(self.stages, value, name), value.values(), strict=True))
            return vector([known.get(i, 0.0) for i in range(self.n)], name, self.n)
        if repeat and np.ndim(value) == 0:
            return np.repeat(_columns.float64(value, name), self.n)
        return vector(value, name, self.n)

    def _mask(self, available: Mapping[str, Any]) -> IntArray:
        self._known(available, "available")
        mask = np.ones((len(self.actions), self.n), dtype=np.int64)
        for k, a in enumerate(self.actions):
            if a not in available:
                continue
            given = available[a]
            if given is None:
                raise _columns.bad("available", f"must list the stages of {a!r}")
            flags = np.asarray(given)
            if flags.dtype == np.bool_:
                if flags.shape != (self.n,):
                    raise _columns.bad("available", f"must have {self.n} flags for {a!r}")
                mask[k] = flags
            else:
                mask[k] = 0
                for at in positions(self.stages, given, "available"):
                    if mask[k, at]:
                        raise _columns.bad("available", f"names {self.stages[at]!r} twice for {a!r}")
                    mask[k, at] = 1
        return mask.reshape(-1)

    def leading(self, discount_rate: float) -> tuple[FloatArray, FloatArray, IntArray | None, float]:
        return self.transition, self.reward, self.available, discount_rate

    def named(self, actions: IntArray) -> tuple[str, ...]:
        return tuple(self.actions[int(a)] for a in actions)

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Name the action and its row, or the stage."""
        try:
            with _columns.blame(_NAMES):
                yield
        except LoyaltyError as error:
            if error.argument in ("transitions", "rewards", "cost") and error.index is not None:
                error.argument = f"{error.argument}[{self.actions[error.index // self.n]!r}]"
                error.index %= self.n
            raise


def best_policy(
    transitions: Mapping[str, Any], rewards: Mapping[str, Any], discount_rate: float, *,
    available: Mapping[str, Any] | None = None, stages: Sequence[Any] | None = None,
    cost: Mapping[str, Any] | None = None, budget: float | None = None, start: Any = None,
) -> BestPolicy:  # fmt: skip
    """The action to take in each stage so that customers are worth most.

    Args:
        transitions: by action, the chances to be in stage j (column) one period after stage i (row).
        rewards: by action, the money that it brings now in each stage, its cost taken off; one number holds for all
            stages. Where actions are equally good, the one that stands first in ``transitions`` is kept.
        discount_rate: effective, per period; above 0.
        available: by action, the stages in which it can be taken: names, each once, or a bool for each stage; an
            action left out can be taken everywhere.
        stages: names of the stages; None counts them from 0.
        cost: by action, what it takes from the budget in each stage; an action left out takes nothing. Rewards are not
            changed by it.
        budget: the most that may be spent, on all customers of ``start`` and for all time, discounted; None: no limit.
        start: customers in each stage now, as a vector or a dict by stage. Needed with a budget.

    Errors are those of the numbers; ``ERR_INFEASIBLE`` names ``budget`` when even the cheapest policy costs more.
    """
    problem = _Problem(transitions, rewards, available, stages)
    leading = problem.leading(discount_rate)
    actions = np.empty(problem.n, dtype=np.int64)
    value = _columns.empty_float64(problem.n)
    if budget is None:
        if cost is not None or start is not None:
            raise _columns.bad("budget", "is missing: cost and start are only for a budget")
        with problem.errors():
            status, rounds, _gain, bound = _loyalty.policy_best(*leading, actions, value)
        names = problem.named(actions)
        return BestPolicy(
            problem.stages, names, value, bound, rounds, None, 1.0, names, None, None, notice(status)
        )  # fmt: skip
    if cost is None or start is None:
        raise _columns.bad("cost" if cost is None else "start", "is missing: a budget needs cost and start")
    frugal = np.empty(problem.n, dtype=np.int64)
    with problem.errors():
        status, price, share, total, spent, *_, steps = _loyalty.policy_budget(
            *leading, problem.by_action(cost, "cost", 0.0), problem.by_stage(start, "start"), budget, actions, frugal,
            value,
        )  # fmt: skip
    notice(status, "the best policy costs no more than the budget" if status == "NOTICE_NOT_NEEDED" else None)
    return BestPolicy(
        problem.stages, problem.named(actions), value, None, steps, price, share, problem.named(frugal), total, spent,
        status,
    )  # fmt: skip


def policy_value(
    transitions: Mapping[str, Any], rewards: Mapping[str, Any], discount_rate: float, policy: Any, *,
    available: Mapping[str, Any] | None = None, stages: Sequence[Any] | None = None,
) -> PolicyValue:  # fmt: skip
    """What a given policy is worth, and how far from the best it can be.

    Args:
        policy: the action of each stage: names in the order of the stages, or a dict by stage.

    The other arguments are those of :func:`best_policy`.
    """
    problem = _Problem(transitions, rewards, available, stages)
    if not isinstance(policy, Iterable):
        raise _columns.bad("policy", f"must name an action for each of {problem.n} stages, not {policy!r}")
    if isinstance(policy, Mapping):
        positions(problem.stages, policy, "policy")
        policy = [policy.get(stage) for stage in problem.stages]
    chosen = list(policy)
    if len(chosen) != problem.n:
        raise _columns.bad("policy", f"must name an action for each of {problem.n} stages, not {len(chosen)}")
    for i, name in enumerate(chosen):
        if name not in problem.actions:
            raise _columns.bad("policy", f"{name!r} is not one of {', '.join(map(str, problem.actions))}", i)
    actions = np.array([problem.actions.index(name) for name in chosen], dtype=np.int64)
    value = _columns.empty_float64(problem.n)
    visits = np.empty((problem.n, problem.n), dtype=np.float64)
    with problem.errors():
        gain, bound = _loyalty.policy_value(*problem.leading(discount_rate), actions, value, visits.reshape(-1))
    return PolicyValue(value, visits, gain, bound)
