"""What a chain fitted to a panel is worth: coverage of its intervals, and what happens where customers are not a chain.

    python tests/simulation/ladder_chain.py [--replications N]

Writes the tables of docs/ladder/model_card.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from survey_nps_tests import write

import loyalty as loy
from loyalty import ladder

PAGE = Path(__file__).parents[2] / "docs/ladder/model_card.md"
STAGES = ("guest", "member", "regular", "gone")
P = np.array([[0.60, 0.25, 0.05, 0.10], [0.10, 0.65, 0.20, 0.05], [0.02, 0.10, 0.85, 0.03], [0, 0, 0, 1.0]])
START = np.array([0.7, 0.2, 0.1, 0.0])
REWARD, RATE = np.array([5.0, 20.0, 60.0, 0.0]), 0.1
WAVES = 6

Numbers = NDArray[np.float64]


def panel(rng: np.random.Generator, customers: int, chains: list[Numbers], weights: list[float]) -> Numbers:
    """Counts of moves over the waves; each customer follows one of the chains, the same throughout."""
    steps = np.stack([np.cumsum(chain, axis=1) for chain in chains])
    kind = rng.choice(len(chains), size=customers, p=weights)
    at = rng.choice(4, size=customers, p=START)
    counts = np.zeros((4, 4))
    for _ in range(WAVES - 1):
        to = (rng.random(customers)[:, None] > steps[kind, at]).sum(1).clip(0, 3)
        np.add.at(counts, (at, to), 1)
        at = to
    counts[3] = 0  # who has gone stays gone: known, not counted
    return counts


def coverage(customers: int, replications: int) -> str:
    rng = np.random.default_rng(20261127 + customers)
    truth = {
        "steps": ladder.expected_steps(P, to=3)[:3],
        "value": ladder.chain_value(P, REWARD, RATE).value[:3],
    }
    hits: dict[str, list[Numbers]] = {"move": [], "steps": [], "value": []}
    error: dict[str, list[Numbers]] = {"steps": [], "value": []}
    for _ in range(replications):
        chain = loy.LoyaltyLadder(STAGES, absorbing=["gone"]).fit(counts=panel(rng, customers, [P], [1.0]))
        moves = chain.summary()
        inside = (moves["lower"] <= P.reshape(-1)) & (P.reshape(-1) <= moves["upper"])
        hits["move"].append(np.asarray(inside)[:12])
        tables: dict[str, Any] = {"steps": chain.steps_summary("gone"), "value": chain.value_summary(REWARD, RATE)}
        for name, table in tables.items():
            lower, upper = np.asarray(table["lower"])[:3], np.asarray(table["upper"])[:3]
            hits[name].append((lower <= truth[name]) & (truth[name] <= upper))
            error[name].append(np.abs(np.asarray(table[name])[:3] / truth[name] - 1))
    shares = {name: 100 * np.mean(found, axis=0) for name, found in hits.items()}
    typical = {name: 100 * np.median(found) for name, found in error.items()}
    return (
        f"| {customers:,} | {shares['move'].min():.1f} to {shares['move'].max():.1f}"
        f" | {shares['steps'].min():.1f} to {shares['steps'].max():.1f} | {typical['steps']:.1f} %"
        f" | {shares['value'].min():.1f} to {shares['value'].max():.1f} | {typical['value']:.1f} % |"
    )


def mixed() -> list[tuple[str, list[Numbers], list[float]]]:
    """Populations that are no chain, all with moves that look alike in one period."""
    stay = np.eye(4)
    fast = P.copy()
    fast[:3] = np.eye(4)[:3] + (P[:3] - np.eye(4)[:3]) * 1.4  # movers make up for those who stay
    return [
        ("one chain", [P], [1.0]),
        ("2 in 7 never move, the others 1.4 times as often", [fast, stay], [5 / 7, 2 / 7]),
    ]


def wrong(customers: int) -> list[str]:
    """The chain's answer against what happens, with many customers: no chance is left in it."""
    rng = np.random.default_rng(7)
    rows = []
    for name, chains, weights in mixed():
        fit = loy.LoyaltyLadder(STAGES, absorbing=["gone"]).fit(counts=panel(rng, customers, chains, weights))
        told = START @ np.linalg.matrix_power(fit.transition_matrix_, 20)
        true = sum(w * START @ np.linalg.matrix_power(c, 20) for c, w in zip(chains, weights, strict=True))
        value = START @ fit.value(REWARD, RATE)
        fact = sum(w * START @ ladder.chain_value(c, REWARD, RATE).value for c, w in zip(chains, weights, strict=True))
        rows.append(f"| {name} | {100 * told[3]:.0f} % | {100 * true[3]:.0f} % | {value:.0f} | {fact:.0f} |")
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=2000)
    replications = parser.parse_args().replications
    table = [
        f"95 % intervals that cover, in percent of {replications:,} panels, from the worst stage to the best.\n",
        "| customers | chance of a move | steps until gone | median error | value | median error |",
        "|---|---|---|---|---|---|",
        *(coverage(customers, replications) for customers in (100, 400, 2000)),
    ]
    write("\n".join(table), PAGE, "coverage")
    table = [
        "| customers | gone after 20 periods: chain says | in fact | mean value: chain says | in fact |",
        "|---|---|---|---|---|",
        *wrong(2_000_000),
    ]
    write("\n".join(table), PAGE, "mixed")


if __name__ == "__main__":
    main()
