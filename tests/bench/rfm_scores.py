"""RFM scores and segments of a million customers, whole Python call from a pandas frame, against the same scores by
pandas (rank, then cut) in turn in one run. Same scores.

    rfm_scores.py [customers] [rounds]
"""

from __future__ import annotations

import sys
import time

import numpy as np
import pandas as pd

from loyalty import btyd


def by_pandas(data: pd.DataFrame) -> dict[str, np.ndarray]:
    """Mean ranks in halves, so that nothing is rounded."""
    out = {}
    for name, column, ascending in (("R", "days", False), ("F", "orders", True), ("M", "spend", True)):
        halves = (2 * data[column].rank(ascending=ascending)).to_numpy().astype(np.int64) - 1
        out[name] = 1 + 5 * halves // (2 * len(data))
    return out


def main() -> None:
    customers = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    rng = np.random.default_rng(20240229)
    data = pd.DataFrame(
        {
            "days": rng.integers(0, 700, customers),
            "orders": rng.geometric(0.3, customers),
            "spend": np.round(rng.lognormal(3, 1, customers), 2),
        }
    )
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        scores = btyd.rfm_scores(data, recency="days", frequency="orders", monetary="spend")
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        expected = by_pandas(data)
        theirs.append(time.perf_counter() - start)
        assert all(np.array_equal(scores[name], expected[name]) for name in expected)
    print(f"{customers:,} customers: scores and segments {min(ours):.2f} s; scores by pandas {min(theirs):.2f} s")
    print(f"ratio {min(theirs) / min(ours):.1f}")


if __name__ == "__main__":
    main()
