"""The Gamma-Gamma fit of a million distinct customers, whole Python fit from a pandas frame on one thread, against
lifetimes 0.11.3 in its own environment; the same rows, in turn in one run. Both log-likelihoods are computed by our
log_likelihood.

    gamma_gamma_fit.py [customers] [rounds]
"""

from __future__ import annotations

import sys

import _peers
import numpy as np
import pandas as pd

import loyalty as loy

TRUTH = {"p": 6.25, "q": 3.74, "v": 15.44}

LIFETIMES = """
import pandas as pd
from lifetimes import GammaGammaFitter
frame = None
def run(data):
    global frame
    if frame is None:
        frame = pd.DataFrame(data)
    fitter = GammaGammaFitter(penalizer_coef=0.0)
    fitter.fit(frame["frequency"], frame["monetary_value"])
    return {name: float(value) for name, value in fitter.params_.items()}
"""


def main() -> None:
    customers = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    if _peers.missing():
        return
    frequency = np.random.default_rng(20240229).geometric(0.25, customers).astype(float)
    spend = loy.GammaGammaModel.from_params(**TRUTH).simulate(frequency, seed=1)
    data = pd.DataFrame({"frequency": frequency, "monetary_value": spend})
    missed = _peers.compare_fits(loy.GammaGammaModel, LIFETIMES, data, rounds, target=40, two_threads=1.5)
    sys.exit("; ".join(missed) or None)


if __name__ == "__main__":
    main()
