"""What the checks of a model say when no model is true.

    python tests/simulation/btyd_misfit.py [--replications N]

Customers of six kinds: those of BG/NBD, and five whom no model of purchases describes, each another way to depart from
their common ground (a constant own rate at random, gamma distributed, until the customer stops). Five models are
fitted; the one with the least AIC is checked. Writes a table of docs/btyd/model_choice.md.
"""

from __future__ import annotations

import argparse
import os
import warnings
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import loyalty as loy

PAGE = Path(__file__).parents[2] / "docs/btyd/model_choice.md"
MODELS = (loy.NBDModel, loy.ParetoNBDModel, loy.GammaGompertzModel, loy.BetaGeoModel, loy.ModifiedBetaGeoModel)
CUSTOMERS, AHEAD, MOST, BINS = 2000, 26.0, 200, 10
CRITICAL = 16.918977604620448  # 95 % quantile of chi-squared with BINS - 1 degrees of freedom
Rng = np.random.Generator


def gamma(rng: Rng) -> Any:
    return rng.gamma(0.7, 1 / 4.4, CUSTOMERS)


def two_groups(rng: Rng) -> Any:
    """A rate of one in five weeks or of one in a hundred, and little between."""
    return np.where(rng.random(CUSTOMERS) < 0.5, 0.2, 0.01) * rng.gamma(20, 1 / 20, CUSTOMERS)


def beta(rng: Rng) -> Any:
    return rng.beta(0.8, 2.4, CUSTOMERS)


def never(rng: Rng) -> Any:
    return np.zeros(CUSTOMERS)


@dataclass(frozen=True)
class Regime:
    """Own rates; chances to stop after each repeat purchase; the shape of the gaps, 1 for purchases at random; how much
    rates are multiplied in weeks 60 to 70 of the calendar; weeks in which a rate falls to 1/e."""

    name: str
    rates: Callable[[Rng], Any] = gamma
    stops: Callable[[Rng], Any] = beta
    shape: int = 1
    season: float = 1.0
    fade: float = np.inf


REGIMES = (
    Regime("as BG/NBD says"),
    Regime("regular: gaps Erlang-4", shape=4),
    Regime("season: twice the rate in 10 of 26 weeks ahead", season=2.0),
    Regime("two groups, .2 and .01 a week, nobody stops", rates=two_groups, stops=never),
    Regime("the same, gaps Erlang-4", rates=two_groups, stops=never, shape=4),
    Regime("nobody stops, rates fade by 1/e in 15 weeks", stops=never, fade=15.0),
)


def customers(regime: Regime, seed: int) -> dict[str, Any]:
    """Histories to week 52 of customers who came in weeks 0 to 26 of the calendar, and what they bought to week 78."""
    rng = np.random.default_rng(seed)
    rate, stop = regime.rates(rng)[:, None], regime.stops(rng)[:, None]
    start = rng.uniform(0, 26, CUSTOMERS)
    # Purchases come at random gaps in the customer's own work; the clock turns time into work.
    work = np.cumsum(rng.gamma(regime.shape, 1 / regime.shape, (CUSTOMERS, MOST)), axis=1) / rate
    week = np.linspace(0, 79, 7901)
    speed = np.where((week > 60) & (week < 70), regime.season, 1.0)
    done = np.concatenate([[0], np.cumsum((speed[1:] + speed[:-1]) / 2 * np.diff(week))])
    if np.isfinite(regime.fade):  # by age: work = fade (1 - exp(-age / fade))
        part = work / regime.fade
        age = np.where(part < 1, -regime.fade * np.log1p(-np.minimum(part, 1 - 1e-12)), np.inf)
        when = start[:, None] + age
    else:
        when = np.interp(work + np.interp(start, week, done)[:, None], done, week, right=np.inf)
    gone = np.cumsum(rng.random((CUSTOMERS, MOST)) < stop, axis=1)
    when[(gone - (np.diff(gone, axis=1, prepend=0) > 0)) > 0] = np.inf  # the purchase at which one stops is made
    before, after = when <= 52, (when > 52) & (when <= 52 + AHEAD)
    last = np.where(before, when - start[:, None], 0).max(axis=1)
    return {
        "frequency": before.sum(axis=1), "recency": last, "T": 52 - start, "test_frequency": after.sum(axis=1),
        "test_T": np.full(CUSTOMERS, AHEAD),
    }  # fmt: skip


def check(index: int, seed: int) -> tuple[str, float, float, float, Any]:
    """The model with the least AIC; p-value of its counts; bias, histogram and its statistic of the holdout."""
    warnings.simplefilter("ignore", loy.LoyaltyWarning)
    data = customers(REGIMES[index], seed)
    models = [cls(threads=1) for cls in MODELS]
    table = loy.btyd.compare_models(data, models, threads=1)
    best = models[int(np.nanargmin(table["aic"]))]
    found = best.holdout(data, bins=BINS)
    statistic = CUSTOMERS * BINS * float(((found.pit - 1 / BINS) ** 2).sum())
    return type(best).__name__, best.count_test(data, bars=20).p_value, found.bias, statistic, found.pit


def line(index: int, answers: list[Any]) -> str:
    names, p_value, bias, statistic, pit = zip(*answers, strict=True)
    name, times = Counter(names).most_common(1)[0]
    bins = " ".join(f"{share:.3f}".lstrip("0") for share in np.mean(pit, axis=0))
    counts, holdout = (100 * np.mean(hits) for hits in (np.array(p_value) < 0.05, np.array(statistic) > CRITICAL))
    most = f"{name} ({100 * times / len(names):.0f} %)"
    return (
        f"| {REGIMES[index].name} | {most} | {counts:.0f} % | {100 * np.mean(bias):+.1f} % | {holdout:.0f} % | {bins} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--replications", type=int, default=100)
    replications = parser.parse_args().replications
    lines = [
        "| customers | least AIC, most often | counts reject | holdout bias | histogram rejects | its mean bins |",
        "|---|---|--:|--:|--:|---|",
    ]
    tasks = [(index, seed) for index in range(len(REGIMES)) for seed in range(replications)]
    with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        answers = list(pool.map(check, *zip(*tasks, strict=True), chunksize=10))
    for index in range(len(REGIMES)):
        lines.append(line(index, answers[index * replications : (index + 1) * replications]))
    print(*lines, sep="\n")
    begin, end = "<!-- begin: misfit -->\n", "<!-- end -->"
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    PAGE.write_text("".join((before, begin, *(f"{x}\n" for x in lines), end, rest.partition(end)[2])), encoding="utf-8")


if __name__ == "__main__":
    main()
