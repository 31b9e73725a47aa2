"""The Pareto/NBD fit of a million distinct customers, whole Python fit from a pandas frame on one thread and on two,
against lifetimes 0.11.3 in its own environment; then with times in whole days, where lifetimes gets the grouped rows
with weights, ready-made, and we get all rows. In turn in one run, rivals compared in processor time; both
log-likelihoods are computed by our log_likelihood.

    pnbd_fit.py [customers] [rounds]
"""

from __future__ import annotations

import sys

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


def main() -> None:
    customers = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    if _peers.missing():
        return
    data = pd.DataFrame(simulate(customers, 20240229))
    missed = _peers.compare_fits(loy.ParetoNBDModel, LIFETIMES, data, rounds, target=150, two_threads=1.5)
    missed += _peers.compare_days(loy.ParetoNBDModel, LIFETIMES, data, rounds, target=20)
    sys.exit("; ".join(missed) or None)


if __name__ == "__main__":
    main()
