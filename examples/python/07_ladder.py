"""An engine moves players up the ladder.

Each period it takes the best action in the player's stage, draws a number, and the chances under that action say where
the player stands next. The score is the discounted profit so far and the value of the stage: on average it stays what
it was at the start, so that a change of it is luck, not arithmetic.
"""

from collections.abc import Iterator
from itertools import accumulate

import loyalty as loy

stages = ["unaware", "aware", "consider", "prefer", "loyal", "gone"]
moves = [
    [0.60, 0.25, 0.05, 0.02, 0, 0.08],
    [0.05, 0.55, 0.25, 0.05, 0.02, 0.08],
    [0.02, 0.10, 0.50, 0.25, 0.06, 0.07],
    [0.01, 0.03, 0.12, 0.58, 0.20, 0.06],
    [0, 0.01, 0.03, 0.10, 0.82, 0.04],
    [0, 0, 0, 0, 0, 1.0],
]
profit, discount_rate = [-1, -2, 5, 20, 60, 0], 0.10

# What an action costs, the chance that it moves up from staying, or for the loyal from leaving to staying.
actions = {"wait": (0, 0, 0), "reward": (6, 0.10, 0.03), "personal offer": (20, 0.25, 0.03)}

transitions, rewards = {}, {}
for name, (cost, climb, keep) in actions.items():
    rows = [row.copy() for row in moves]
    for i in range(4):
        rows[i][i] -= climb
        rows[i][i + 1] += climb
    rows[4][5] -= keep
    rows[4][4] += keep
    transitions[name] = rows
    rewards[name] = [one - cost for one in profit]
best = loy.ladder.best_policy(
    transitions, rewards, discount_rate, stages=stages,
    available={"reward": stages[:5], "personal offer": ["consider", "prefer", "loyal"]},
)  # fmt: skip
worth = dict(zip(stages, map(float, best.value), strict=True))
brings = {stage: rewards[action][i] for i, (stage, action) in enumerate(zip(stages, best.policy, strict=True))}
for stage in stages:
    print(f"{stage}: {best.action(stage)}, worth {worth[stage]:.4f}")

# The chances of each stage under its best action, summed from the bottom up.
ways = {
    stage: list(accumulate(transitions[action][i]))
    for i, (stage, action) in enumerate(zip(stages, best.policy, strict=True))
}


def draws(state: int) -> Iterator[float]:
    """The engine's own generator: numbers from 0 to below 1."""
    while True:
        state = (1664525 * state + 1013904223) % 2**32
        yield state / 2**32


def next_stage(stage: str, u: float) -> str:
    """The first stage, from the bottom up, up to which the chances sum to more than u."""
    return next((to for to, total in zip(stages, ways[stage], strict=True) if u < total), stages[-1])


def play(luck: Iterator[float], periods: int, aloud: bool = False) -> float:
    """The score of a player who stays for `periods` at most."""
    earned, factor, stage = 0.0, 1.0, "unaware"
    score = worth[stage]
    for t in range(1, periods + 1):
        if stage == "gone":
            break
        earned += factor * brings[stage]
        factor /= 1 + discount_rate
        before, stage = stage, next_stage(stage, next(luck))
        score = earned + factor * worth[stage]
        if aloud:
            action = best.action(before)
            print(f"  {t}: {before}, {action} -> {stage}: profit {earned:.4f}, score {score:.4f}")
    return score


luck = draws(7)
for player in (1, 2):
    print(f"player {player}")
    play(luck, 12, aloud=True)
total = 0.0
for _ in range(1000):
    total += play(luck, 24)
print(f"1000 players, 24 periods: score {total / 1000:.6f} on average, {worth['unaware']:.6f} at the start")
