"""Jones and Sasser's types of ten million customers on one thread, from Python with fresh results, against NumPy's
select with the same conditions: columns of pandas to categories (what a call answers), and arrays to numbers. The
rival writes numbers of one byte too, and computes the comparisons that its conditions share once. In turn in one run,
in processor time.

    customer_types.py [customers] [rounds]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loyalty import ladder

TARGET = 10
TYPES = ladder.JONES_SASSER_TYPES
Column = NDArray[np.float64]


def select(s: Column, loyalty: Column, answers: dict[str, Any]) -> NDArray[Any]:
    satisfied, loyal = s >= 0.75, loyalty >= 0.7
    conditions = {
        "unknown": np.isnan(s) | np.isnan(loyalty),
        "apostle": (s >= 1) & (loyalty >= 0.9),
        "loyalist": satisfied & loyal,
        "mercenary": satisfied,
        "hostage": loyal,
        "terrorist": (s <= 0.25) & (loyalty <= 0.3),
    }
    return np.select(list(conditions.values()), [answers[name] for name in conditions], answers["defector"])


def main() -> None:
    customers = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    rng = np.random.default_rng(1995)
    s, loyalty = rng.integers(0, 5, customers) / 4, rng.uniform(0, 1, customers)
    s[::97], loyalty[::89] = np.nan, np.nan
    frame = pd.DataFrame({"satisfaction": s, "loyalty": loyalty})
    numbers = {name: np.int8(i) for i, name in enumerate(TYPES)} | {"unknown": np.int8(-1)}
    names = {name: name for name in (*TYPES, "unknown")}
    ways: dict[str, Callable[[], Any]] = {
        "to categories": lambda: ladder.jones_sasser("satisfaction", "loyalty", data=frame),
        "to numbers": lambda: ladder.jones_sasser(s, loyalty, as_codes=True),
        "to text": lambda: ladder.jones_sasser(s, loyalty),
        "select, numbers": lambda: select(s, loyalty, numbers),
        "select, text": lambda: select(s, loyalty, names),
    }
    expected = ways["select, text"]()
    for name, way in ways.items():
        found = way()
        assert (
            (np.array([*TYPES, "unknown"])[found] == expected).all() if "numbers" in name else (found == expected).all()
        )
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.process_time()
            way()
            seconds[name].append(time.process_time() - start)

    def ratio(rival: str, ours: str) -> float:
        """Of the best rounds: a busy neighbour takes memory bandwidth, of which a short run loses a larger part."""
        return min(seconds[rival]) / min(seconds[ours])

    for name, taken in seconds.items():
        print(f"{name:16} {min(taken):8.3f} s  {1e9 * min(taken) / customers:6.1f} ns for each customer")
    categories, plain = ratio("select, numbers", "to categories"), ratio("select, numbers", "to numbers")
    text = ratio("select, text", "to text")
    print(f"{customers:,} customers: {categories:.1f} times faster than select to categories, {plain:.1f} to numbers")
    print(f"({text:.1f} to text; best of {rounds} rounds; target {TARGET} for the first two)")
    if customers >= 10_000_000 and min(categories, plain) < TARGET:
        sys.exit(f"less than {TARGET} times faster than NumPy")


if __name__ == "__main__":
    main()
