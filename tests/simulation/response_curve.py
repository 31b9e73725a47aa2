"""How well the fit of L = f(C, S) recovers its parameters, how often its 95 percent intervals cover, and what happens
when the model is wrong.

    python tests/simulation/response_curve.py [--replications N]

Writes the tables of docs/response/evidence.md. Answers lie on a five-point scale (padded by 0.5) in four markets.
"""

from __future__ import annotations

import argparse
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import loyalty as loy

PAGE = Path(__file__).parents[2] / "docs/response/evidence.md"
MARKETS = (0.2, 0.5, 0.8, 0.95)
S, C = (x.ravel() for x in np.meshgrid(loy.response.satisfaction(np.arange(1, 6), padding=0.5), MARKETS))
ANSWERS = (0.08, 0.12, 0.20, 0.35, 0.25)  # of the scale's points
TRUTH = {"alpha": 0.2, "beta": 1.3, "gamma": 0.8, "a": 0.4}
POINTS = {"L(0.65, 0.7)": (0.65, 0.7), "L(0.1, 0.8)": (0.1, 0.8)}
TARGET = (0.75, 0.7)
COLUMNS = ("estimate", "std_error", "lower", "upper")
PANEL = 4  # answers of one customer

Numbers = NDArray[np.float64]
Draw = Callable[[np.random.Generator, int], dict[str, Any]]


@dataclass(frozen=True)
class Case:
    """What is drawn, and how it is fitted."""

    name: str
    draw: Draw
    truth: loy.LoyaltyCurve
    fit: dict[str, Any]


def cells(rng: np.random.Generator, n: int, shares: tuple[float, ...] = ANSWERS) -> Numbers:
    """How many of n answers fall into each cell."""
    counts: Numbers = rng.multinomial(n, np.tile(shares, len(MARKETS)) / len(MARKETS)).astype(float)
    return counts


def answers(rng: np.random.Generator, trials: Numbers, loyalty: Numbers, c: Numbers = C) -> dict[str, Any]:
    loyal = rng.binomial(trials.astype(int), loyalty).astype(float)
    used = trials > 0
    return {"satisfaction": S[used], "competition": c[used], "loyal": loyal[used], "trials": trials[used]}


def as_assumed(curve: loy.LoyaltyCurve, shares: tuple[float, ...] = ANSWERS, c: Numbers = C) -> Draw:
    return lambda rng, n: answers(rng, cells(rng, n, shares), curve.loyalty(S, c), c)


def pooled(behavior: loy.LoyaltyCurve, intention: loy.LoyaltyCurve) -> Draw:
    """Half of the answers are intentions, which follow a curve of their own."""
    mean = (behavior.loyalty(S, C) + intention.loyalty(S, C)) / 2
    return lambda rng, n: answers(rng, cells(rng, n), mean)


def selected(curve: loy.LoyaltyCurve, answering: float) -> Draw:
    """The disloyal answer with this probability, the loyal always."""
    loyalty = curve.loyalty(S, C)
    return lambda rng, n: answers(rng, cells(rng, n), loyalty / (loyalty + answering * (1 - loyalty)))


def panel(curve: loy.LoyaltyCurve, same: float) -> Draw:
    """Customers who answer PANEL times at one satisfaction, and with probability `same` always alike."""

    def draw(rng: np.random.Generator, n: int) -> dict[str, Any]:
        cell = np.repeat(np.arange(len(S)), cells(rng, n // PANEL).astype(int))
        mean = curve.loyalty(S, C)[cell]
        loyal = rng.binomial(PANEL, mean)
        loyal = np.where(rng.random(len(cell)) < same, PANEL * (rng.random(len(cell)) < mean), loyal).astype(float)
        trials = np.full(len(cell), float(PANEL))
        rows = {"satisfaction": S[cell], "competition": C[cell], "loyal": loyal, "trials": trials}
        return {**rows, "clusters": np.arange(len(cell))}

    return draw


def cases() -> list[Case]:
    true = loy.LoyaltyCurve(**TRUTH)
    leaving = loy.LoyaltyCurve(**TRUTH, delta=0.08)
    intention = loy.LoyaltyCurve(alpha=1.2, beta=0.7, gamma=0.4, a=0.4)
    few = (0.0, 0.0, 0.0, 0.6, 0.4)
    alike = np.repeat([0.65, 0.68, 0.72, 0.75], len(ANSWERS))
    return [
        Case("as assumed", as_assumed(true), true, {}),
        Case("attrition of 8 %, delta fixed at 0", as_assumed(leaving), leaving, {}),
        Case("the same, delta free", as_assumed(leaving), leaving, {"fixed": ()}),
        Case("panel, binomial", panel(true, 0.5), true, {}),
        Case("panel, robust with clusters", panel(true, 0.5), true, {"covariance": "robust"}),
        Case("half intentions", pooled(true, intention), true, {}),
        Case("the disloyal answer half as often", selected(true, 0.5), true, {}),
        Case("answers 4 and 5 only", as_assumed(true, few), true, {}),
        Case("markets alike, C from 0.65 to 0.75", as_assumed(true, c=alike), true, {}),
    ]  # fmt: skip


def sample(case: Case, n: int, replications: int, seed: int) -> dict[str, Numbers]:
    """For each parameter and quantity a row for each sample: estimate, standard error, lower and upper end, or NaN."""
    rng = np.random.default_rng([seed, n])
    found: dict[str, list[tuple[float, ...]]] = {name: [] for name in (*TRUTH, *POINTS, "s for L = 0.75")}
    for _ in range(replications):
        data = case.draw(rng, n)
        if case.fit.get("covariance") != "robust":
            data.pop("clusters", None)
        curve = loy.LoyaltyCurve(a=TRUTH["a"]).fit(**data, **case.fit)
        table = curve.summary()
        rows = dict(zip(table["parameter"], zip(*(table[c] for c in COLUMNS), strict=True), strict=True))
        for name in TRUTH:
            found[name].append(rows.get(name, (np.nan,) * len(COLUMNS)))
        for name, (s, c) in POINTS.items():
            found[name].append(curve.predict(s, c))
        found["s for L = 0.75"].append(curve.required_satisfaction_interval(*TARGET))
    return {name: np.array(rows) for name, rows in found.items()}


def true_values(case: Case) -> dict[str, float]:
    values = {name: float(case.truth.get_params()[name]) for name in TRUTH}
    values |= {name: case.truth.loyalty(s, c) for name, (s, c) in POINTS.items()}
    return values | {"s for L = 0.75": case.truth.required_satisfaction(*TARGET)}


def covered(rows: Numbers, true: float) -> str:
    """Percent of the intervals that cover."""
    have = ~np.isnan(rows[:, 2])
    if not have.any():
        return "-"
    return f"{100 * np.mean((rows[have, 2] <= true) & (true <= rows[have, 3])):.1f}"


def recovery(case: Case, sizes: tuple[int, ...], replications: int) -> str:
    head = ["answers", "quantity", "true", "bias", "RMSE", "mean se", "covered %", "no interval %"]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for n in sizes:
        for (name, rows), true in zip(
            sample(case, n, replications, 1).items(), true_values(case).values(), strict=True
        ):
            off = rows[:, 0] - true
            numbers = [f"{true:.4f}", f"{off.mean():+.4f}", f"{np.sqrt((off**2).mean()):.4f}",
                       f"{np.nanmean(rows[:, 1]):.4f}", covered(rows, true),
                       f"{100 * np.isnan(rows[:, 2]).mean():.1f}"]  # fmt: skip
            lines.append("| " + " | ".join([f"{n:,}", name, *numbers]) + " |")
    return "\n".join(lines)


def coverage(n: int, replications: int) -> str:
    head = ["case", "beta", "a", *POINTS, "s for L = 0.75", "bias of L(0.65, 0.7)", "RMSE of gamma", "RMSE of a"]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for i, case in enumerate(cases()):
        rows, true = sample(case, n, replications, 2 + i), true_values(case)
        shown = [covered(rows[name], true[name]) for name in ("beta", "a", *POINTS, "s for L = 0.75")]
        bias = (rows["L(0.65, 0.7)"][:, 0] - true["L(0.65, 0.7)"]).mean()
        spread = [f"{np.sqrt(((rows[name][:, 0] - true[name]) ** 2).mean()):.3f}" for name in ("gamma", "a")]
        lines.append("| " + " | ".join([case.name, *shown, f"{bias:+.4f}", *spread]) + " |")
    return "\n".join(lines)


def write(name: str, text: str, page: Path = PAGE) -> None:
    begin, end = f"<!-- begin: {name} -->", f"<!-- end: {name} -->"
    body = page.read_text(encoding="utf-8")
    if begin not in body:
        raise SystemExit(f"{page}: no marker {begin}")
    page.write_text(re.sub(f"{begin}.*?{end}", f"{begin}\n{text}\n{end}", body, flags=re.S), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=2_000)
    count = parser.parse_args().replications
    warnings.simplefilter("ignore", loy.LoyaltyWarning)
    write("curve-recovery", f"{count:,} samples each.\n\n{recovery(cases()[0], (2_000, 10_000), count)}")
    write("curve-coverage", f"{count:,} samples of 10,000 answers each.\n\n{coverage(10_000, count)}")
