"""loyalty.ladder: best policies, against linear programming."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog

import loyalty as loy
from loyalty import ladder

Array = NDArray[np.float64]

MAIL = np.array(
    [[0.3, 0.7, 0, 0, 0], [0.2, 0, 0.8, 0, 0], [0.15, 0, 0, 0.85, 0], [0.05, 0, 0, 0, 0.95], [0, 0, 0, 0, 1]]
)
STOP = np.tile(np.array([0.0, 0, 0, 0, 1]), (5, 1))


def test_mail_or_stop() -> None:
    found = ladder.best_policy(
        {"mail": MAIL, "stop": STOP}, {"mail": [36, -4, -4, -4, 0], "stop": [40, 0, 0, 0, 0]}, 0.2,
        stages=["r1", "r2", "r3", "r4", "former"],
    )  # fmt: skip
    assert found.policy == ("mail", "mail", "mail", "stop", "mail")
    assert found.value == pytest.approx([53.149425, 6.620690, 2.643678, 0, 0], abs=5e-7)
    assert found.action("r4") == "stop" and found.frugal_policy == found.policy and found.shadow_price is None
    assert found.bound is not None and found.bound < 1e-11
    only = ladder.best_policy(
        {"mail": MAIL, "stop": STOP}, {"mail": [36, -4, -4, -4, 0], "stop": [40, 0, 0, 0, 0]}, 0.2,
        available={"mail": [True, True, False, False, False]},
    )  # fmt: skip
    assert only.policy == ("mail", "mail", "stop", "stop", "stop")
    assert only.value == pytest.approx([51.574468, 4.595745, 0, 0, 0], abs=5e-7)


def occupation(p: Array, r: Array, mask: Array, d: float, start: Array, cost: Array | None, budget: float) -> Any:
    """The linear program over discounted visits to stages and actions."""
    a, n = r.shape
    flow = np.hstack([np.eye(n) - p[k].T / (1 + d) for k in range(a)])
    bounds = [(0, None if ok else 0) for ok in mask.reshape(-1)]
    limit = {} if cost is None else {"A_ub": cost.reshape(1, -1), "b_ub": [budget]}
    options = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
    return linprog(-r.reshape(-1), A_eq=flow, b_eq=start, bounds=bounds, method="highs", options=options, **limit)


def random_problem(rng: np.random.Generator) -> tuple[Array, Array, Array, float, Array, Array]:
    n, a = int(rng.integers(2, 8)), int(rng.integers(2, 5))
    p = rng.dirichlet(np.full(n, rng.choice([0.2, 1.0])), size=(a, n))
    p[p < 1e-9] = 0
    p /= p.sum(axis=2, keepdims=True)
    r = rng.normal(size=(a, n)).round(2) * 10
    if rng.random() < 0.3:  # actions that are the same: ties
        p[-1], r[-1] = p[0], r[0]
    mask = rng.random((a, n)) < 0.8
    mask[rng.integers(a, size=n), np.arange(n)] = True
    cost = rng.uniform(0, 5, size=(a, n)).round(1) * (rng.random((a, n)) < 0.8)
    return p, r, mask, float(rng.choice([0.02, 0.1, 0.5])), rng.uniform(0, 10, n).round(1) + 0.1, cost


def by_action(stack: Array) -> dict[str, Array]:
    return {f"action{k}": stack[k] for k in range(len(stack))}


@pytest.mark.parametrize("seed", range(10))
def test_linear_programming(seed: int) -> None:
    """20 problems a seed, without and with a budget: the optimum of the program is the value found."""
    rng = np.random.default_rng(seed)
    binding = 0
    for _ in range(20):
        p, r, mask, d, start, cost = random_problem(rng)
        arguments: dict[str, Any] = {"available": by_action(mask)}
        best = ladder.best_policy(by_action(p), by_action(r), d, **arguments)
        solved = occupation(p, r, mask, d, start, None, 0)
        scale = np.abs(r).max() * start.sum() * (1 + d) / d
        assert start @ best.value == pytest.approx(-solved.fun, abs=1e-9 * scale)
        q = r + np.einsum("aij,j->ai", p, best.value) / (1 + d)  # no action promises more
        assert np.where(mask, q, -np.inf).max(axis=0) == pytest.approx(best.value, abs=1e-11 * scale)

        cheapest = occupation(p, -cost, mask, d, start, None, 0).fun
        chosen = [int(name[-1]) for name in best.policy]
        own = np.array([p[k][i] for i, k in enumerate(chosen)])
        spent = start @ np.linalg.solve(np.eye(len(own)) - own / (1 + d), [cost[k][i] for i, k in enumerate(chosen)])
        if spent - cheapest < 1e-3:
            continue
        binding += 1
        budget = float(cheapest + rng.uniform(0.05, 0.95) * (spent - cheapest))
        limited = ladder.best_policy(
            by_action(p), by_action(r), d, cost=by_action(cost), budget=budget, start=start, **arguments
        )
        solved = occupation(p, r, mask, d, start, cost, budget)
        assert limited.expected_value == pytest.approx(-solved.fun, abs=1e-9 * scale)
        assert limited.expected_cost == pytest.approx(budget, rel=1e-11)
        assert limited.shadow_price is not None and limited.shadow_price >= 0
        step = 1e-4 * budget  # the price lies between the slopes to both sides
        more = -occupation(p, r, mask, d, start, cost, budget + step).fun
        less = -occupation(p, r, mask, d, start, cost, budget - step).fun
        assert (more + solved.fun) / step <= limited.shadow_price + 1e-4
        assert limited.shadow_price <= (-solved.fun - less) / step + 1e-4
        assert 0 <= limited.share <= 1
        assert start @ limited.value == pytest.approx(limited.expected_value, abs=1e-11 * scale)
        if cheapest > 1e-3:
            with pytest.raises(loy.DomainError, match=r"^budget: ") as caught:
                ladder.best_policy(
                    by_action(p), by_action(r), d, cost=by_action(cost), budget=0.999 * cheapest, start=start,
                    **arguments,
                )  # fmt: skip
            assert caught.value.code == "ERR_INFEASIBLE"
    assert binding >= 5


def test_value_iteration_comes_to_the_same() -> None:
    rng = np.random.default_rng(3)
    for _ in range(20):
        p, r, mask, d, _, _ = random_problem(rng)
        v = np.zeros(p.shape[1])
        for _ in range(2500):
            v = np.where(mask, r + np.einsum("aij,j->ai", p, v) / (1 + d), -np.inf).max(axis=0)
        best = ladder.best_policy(by_action(p), by_action(r), d, available=by_action(mask))
        assert best.value == pytest.approx(v, rel=1e-11, abs=1e-9)
        again = ladder.policy_value(by_action(p), by_action(r), d, best.policy, available=by_action(mask))
        assert again.value.tolist() == best.value.tolist()


def test_ties_keep_the_first() -> None:
    same = np.full((3, 3), 1 / 3)
    for names in (("a", "b"), ("b", "a")):
        found = ladder.best_policy(dict.fromkeys(names, same), dict.fromkeys(names, 1.0), 0.1)
        assert found.policy == (names[0],) * 3
    third = ladder.best_policy(
        {"a": same, "b": same[:, ::-1], "c": same}, {"a": [1, 2, 3], "b": [3, 2, 1], "c": [1, 2, 3]}, 0.01
    )
    assert third.policy == ("b", "a", "a")


def test_budget_that_does_not_bind() -> None:
    with pytest.warns(loy.LoyaltyWarning, match="costs no more than the budget"):
        found = ladder.best_policy(
            {"mail": MAIL, "stop": STOP}, {"mail": [36, -4, -4, -4, 0], "stop": [40, 0, 0, 0, 0]}, 0.2,
            cost={"mail": 4}, budget=1e6, start={0: 10},
        )  # fmt: skip
    assert (found.status_, found.shadow_price, found.share) == ("NOTICE_NOT_NEEDED", 0, 1)
    assert found.expected_value == pytest.approx(531.49425, rel=1e-7)


def test_policy_value() -> None:
    rewards: dict[str, Any] = {"mail": [36, -4, -4, -4, 0], "stop": [40, 0, 0, 0, 0]}
    always = ladder.policy_value({"mail": MAIL, "stop": STOP}, rewards, 0.2, ["mail"] * 5)
    assert always.value == pytest.approx([52.319609, 5.553784, 1.250773, -1.820016, 0], abs=5e-7)
    assert always.visits @ rewards["mail"] == pytest.approx(always.value)
    assert always.gain == pytest.approx(1.820016, abs=5e-7)
    assert always.bound == pytest.approx(6 * always.gain)
    by_name = ladder.policy_value({"mail": MAIL, "stop": STOP}, rewards, 0.2, dict.fromkeys(range(5), "mail"))
    assert by_name.value.tolist() == always.value.tolist()


def test_bad_arguments() -> None:
    p: dict[str, Any] = {"mail": MAIL, "stop": STOP}
    r: dict[str, Any] = {"mail": 1.0, "stop": [40, 0, 0, 0, 0]}
    cases: list[tuple[dict[str, Any], str]] = [
        ({"transitions": {}}, "^transitions: must be a dict of one"),
        ({"transitions": {"mail": MAIL, "stop": np.eye(2)}}, r"^transitions\['stop'\]: must have 5 rows"),
        ({"transitions": {"mail": MAIL, "stop": STOP * 2}}, r"^transitions\['stop'\]\[0\]: must hold chances"),
        ({"rewards": {"mail": 1}}, "^rewards: there is none for the action 'stop'"),
        ({"rewards": [1, 2]}, "^rewards: must be a dict by action"),
        ({"rewards": r | {"visit": 3}}, "^rewards: 'visit' is not an action; these are mail, stop"),
        ({"rewards": r | {"stop": [40, 0, np.nan, 0, 0]}}, r"^rewards\['stop'\]\[2\]: must be a number"),
        ({"rewards": r | {"stop": [40, 0]}}, r"^rewards\['stop'\]: must have 5 elements"),
        ({"discount_rate": 0}, "^discount_rate: must be a number greater than 0"),
        ({"stages": ["a"]}, "^stages: must be 5 different names"),
        ({"available": {"mail": [0, 9]}}, "^available: 9 is not a stage; there are 0, 1, 2, 3, 4"),
        ({"available": {"mail": [True]}}, "^available: must have 5 flags for 'mail'"),
        ({"available": {"mail": [0], "stop": [1, 2, 3]}}, r"^available\[4\]: must leave an action"),
        ({"cost": {"mail": 1}}, "^budget: is missing"),
        ({"budget": 3, "cost": {"mail": 1}}, "^start: is missing"),
        ({"budget": 3, "start": [1] * 5}, "^cost: is missing"),
        ({"budget": 3, "start": [1] * 5, "cost": {"stop": -1}}, r"^cost\['stop'\]\[0\]: must be 0 or"),
        ({"budget": 1, "start": [1] * 5, "cost": {"mail": 4, "stop": 4}}, "^budget: must be at least what"),
        ({"budget": -1, "start": [1] * 5, "cost": {}}, "^budget: must be 0 or"),
    ]  # fmt: skip
    for change, message in cases:
        with pytest.raises(loy.LoyaltyError, match=message):
            ladder.best_policy(**({"transitions": p, "rewards": r, "discount_rate": 0.2} | change))
    with pytest.raises(loy.LoyaltyError, match=r"^stage: 7 is not a stage"):
        ladder.best_policy(p, r, 0.2).action(7)
    with pytest.raises(loy.LoyaltyError, match=r"^policy\[0\]: 'call' is not one of"):
        ladder.policy_value(p, r, 0.2, ["call"] * 5)
    with pytest.raises(loy.LoyaltyError, match=r"^policy: must name an action for each of 5"):
        ladder.policy_value(p, r, 0.2, ["mail"])
    with pytest.raises(loy.DomainError, match=r"^policy\[1\]: must be an action that is available in this state"):
        ladder.policy_value(p, r, 0.2, ["mail"] * 5, available={"mail": [0]})


def test_a_stage_by_itself_is_one_name() -> None:
    stay = np.eye(3)
    best = ladder.best_policy(
        {"rest": stay, "act": stay}, {"rest": 0, "act": 1}, 0.1, stages=["a", "b", "ab"], available={"act": "ab"}
    )
    assert best.policy == ("rest", "rest", "act")


def test_a_policy_names_known_stages() -> None:
    for wrong, message in ({0: "rest", 9: "rest"}, "^policy: 9 is not a stage"), (None, "^policy: must name an action"):
        with pytest.raises(loy.LoyaltyError, match=message):
            ladder.policy_value({"rest": [[1.0]]}, {"rest": 0}, 0.1, wrong)
