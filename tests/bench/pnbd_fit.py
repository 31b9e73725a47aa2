"""The Pareto/NBD fit of a million customers on one thread, against lifetimes 0.11.3 in its own environment; in turn in
one run. First with times in whole days, where lifetimes gets the grouped rows with weights, ready-made, and we get all
rows; then distinct customers from a pandas frame. Both log-likelihoods are computed by our log_likelihood.

    pnbd_fit.py [customers] [rounds]
"""

from __future__ import annotations

import math
import sys
import time

import _peers
import numpy as np
import pandas as pd

import loyalty as loy

TRUTH = {"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669}

LIFETIMES = """
import pandas as pd
from lifetimes import ParetoNBDFitter
frame = None
def run(data):
    global frame
    if frame is None:
        frame = pd.DataFrame(data)
    fitter = ParetoNBDFitter(penalizer_coef=0.0)
    fitter.fit(frame["frequency"], frame["recency"], frame["T"], weights=frame.get("weight"))
    return {name: float(value) for name, value in fitter.params_.items()}
"""


def simulate(customers: int, seed: int) -> dict[str, np.ndarray]:
    """Frequency, recency and T in weeks: while alive, purchases are uniform in time."""
    rng = np.random.default_rng(seed)
    length = rng.uniform(27.0, 39.0, customers)
    rate = rng.gamma(TRUTH["r"], 1 / TRUTH["alpha"], customers)
    death = rng.exponential(1, customers) / rng.gamma(TRUTH["s"], 1 / TRUTH["beta"], customers)
    alive = np.minimum(death, length)
    frequency = rng.poisson(rate * alive)
    # The last of n uniform times.
    recency = np.where(frequency > 0, alive * rng.random(customers) ** (1 / np.maximum(frequency, 1)), 0.0)
    return {"frequency": frequency.astype(float), "recency": recency, "T": length}


def compare_days(data: dict[str, np.ndarray], target: float) -> None:
    """Whole days: many customers are alike."""
    frame = pd.DataFrame({name: np.rint(column * 7) / 7 for name, column in data.items()})
    frame["frequency"] = data["frequency"]
    frame.loc[(frame["frequency"] > 0) & (frame["recency"] == 0), "recency"] = 1 / 7
    cells = frame.groupby(["frequency", "recency", "T"], as_index=False).size().rename(columns={"size": "weight"})
    ours, fitted = math.inf, loy.ParetoNBDModel()
    for _ in range(3):
        start = time.perf_counter()
        fitted = loy.ParetoNBDModel(threads=1).fit(frame)
        ours = min(ours, time.perf_counter() - start)
    with _peers.Peer(LIFETIMES, {name: cells[name].to_numpy() for name in cells}) as peer:
        theirs, params = peer.run()
    gain = float((fitted.log_likelihood(frame) - loy.ParetoNBDModel.from_params(**params).log_likelihood(frame)).sum())
    print(f"{len(frame):,} customers in whole days, {len(cells):,} distinct: {ours:.3f} s on one thread, with merging;")
    print(f"lifetimes with weights {theirs:.3f} s, {theirs / ours:.0f} times as long; log-likelihood {gain:.6f} less")
    assert gain > -1e-6
    if len(frame) >= 1_000_000 and theirs / ours < target:
        sys.exit(f"less than {target:g} times faster than lifetimes with weights")


def main() -> None:
    customers = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    if _peers.missing():
        return
    data = simulate(customers, 20240229)
    compare_days(data, target=20)
    _peers.compare_fits(loy.ParetoNBDModel, LIFETIMES, pd.DataFrame(data), rounds, target=150)


if __name__ == "__main__":
    main()
