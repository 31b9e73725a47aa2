"""What intervals cost: microseconds per customer on one thread, in processor time, of each interval and, in
parentheses, of the quantity alone; best of some rounds in one run.

    btyd_intervals.py [customers] [rounds]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

import loyalty as loy

MODELS: dict[type[Any], dict[str, float]] = {
    loy.BetaGeoModel: {"r": 0.7, "alpha": 4.4, "a": 0.8, "b": 2.4},
    loy.ModifiedBetaGeoModel: {"r": 0.7, "alpha": 6.2, "a": 0.9, "b": 1.6},
    loy.ParetoNBDModel: {"r": 0.7, "alpha": 5.0, "s": 0.8, "beta": 12.0},
    loy.NBDModel: {"r": 0.7, "alpha": 8.0},
    loy.GammaGompertzModel: {"r": 0.7, "alpha": 5.0, "b": 0.15, "s": 1.0, "beta": 4.0},
}
DISCOUNT: dict[str, Any] = {"discount_rate": 0.1, "horizon": 52.0}


def best(call: Callable[[], Any], customers: int, rounds: int) -> float:
    """Microseconds per customer."""
    times = []
    for _ in range(rounds):
        begin = time.process_time()
        call()
        times.append(time.process_time() - begin)
    return 1e6 * min(times) / customers


def main() -> None:
    customers = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    rows = loy.ParetoNBDModel.from_params(**MODELS[loy.ParetoNBDModel]).simulate(
        customers, np.linspace(27.0, 39.0, customers), 7
    )
    print("| model | P(alive) | purchases | discounted, 52 weeks | purchase interval |\n|---|--:|--:|--:|--:|")
    for cls, params in MODELS.items():
        model = cls(time_unit="W", threads=1).fit(cls.from_params(**params).simulate(5000, 40.0, 1))
        pairs: list[tuple[Callable[[], Any], Callable[[], Any]]] = [
            (
                lambda m=model: m.interval(rows, quantity="expected_probability_alive"),
                lambda m=model: m.expected_probability_alive(rows),
            ),
            (lambda m=model: m.interval(rows, 39.0), lambda m=model: m.expected_purchases(rows, 39.0)),
            (
                lambda m=model: m.interval(rows, quantity="discounted_expected_purchases", **DISCOUNT),
                lambda m=model: m.discounted_expected_purchases(rows, **DISCOUNT),
            ),
        ]
        cells = [
            f"{best(interval, customers, rounds):.3g} ({best(plain, customers, rounds):.2g})"
            for interval, plain in pairs
        ]
        cells.append(f"{best(lambda m=model: m.purchase_interval(rows, 39.0), customers, rounds):.3g}")
        print("|", " | ".join([cls.__name__, *cells]), "|")


if __name__ == "__main__":
    main()
