"""The MBG/NBD fit of a million distinct customers, whole Python fit from a pandas frame on one thread and on two,
against lifetimes 0.11.3 in its own environment; then with times in whole days, where lifetimes gets the grouped rows
with weights, ready-made, and we get all rows. In turn in one run, rivals compared in processor time; both
log-likelihoods are computed by our log_likelihood.

    mbgnbd_fit.py [customers] [rounds]
"""

from __future__ import annotations

import sys

import _peers
import numpy as np
import pandas as pd

import loyalty as loy

TRUTH = {"r": 0.525, "alpha": 6.183, "a": 0.891, "b": 1.614}

LIFETIMES = """
import pandas as pd
from lifetimes import ModifiedBetaGeoFitter
frame = None
def run(data):
    global frame
    if frame is None:
        frame = pd.DataFrame(data)
    fitter = ModifiedBetaGeoFitter(penalizer_coef=0.0)
    fitter.fit(frame["frequency"], frame["recency"], frame["T"], weights=frame.get("weight"))
    return {name: float(value) for name, value in fitter.params_.items()}
"""


def main() -> None:
    customers = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    if _peers.missing():
        return
    length = np.random.default_rng(20240229).uniform(27.0, 39.0, customers)
    drawn = loy.ModifiedBetaGeoModel.from_params(**TRUTH).simulate(customers, length, seed=1)
    data = pd.DataFrame({name: np.asarray(drawn[name], dtype=float) for name in ("frequency", "recency", "T")})
    missed = _peers.compare_fits(loy.ModifiedBetaGeoModel, LIFETIMES, data, rounds, target=150, two_threads=1.5)
    missed += _peers.compare_days(loy.ModifiedBetaGeoModel, LIFETIMES, data, rounds, target=20)
    sys.exit("; ".join(missed) or None)


if __name__ == "__main__":
    main()
