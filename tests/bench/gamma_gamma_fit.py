"""The Gamma-Gamma fit of a million distinct customers, whole Python fit from a pandas frame on one thread, against
lifetimes 0.11.3 in its own environment; the same rows, in turn in one run. Both log-likelihoods are computed by our
log_likelihood.

    gamma_gamma_fit.py [customers] [rounds]
"""

from __future__ import annotations

import math
import sys
import time

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
    assert not data.duplicated().any(), "the customers must be distinct"

    ours, theirs = math.inf, math.inf
    model, peer_params = loy.GammaGammaModel(threads=1), {}
    with _peers.Peer(LIFETIMES, {name: data[name].to_numpy() for name in data}) as peer:
        for _ in range(rounds):
            for _ in range(3):
                start = time.perf_counter()
                model = loy.GammaGammaModel(threads=1).fit(data)
                ours = min(ours, time.perf_counter() - start)
            seconds, peer_params = peer.run()
            theirs = min(theirs, seconds)

    all_cores = math.inf
    for _ in range(3):
        start = time.perf_counter()
        loy.GammaGammaModel().fit(data)
        all_cores = min(all_cores, time.perf_counter() - start)

    peer_model = loy.GammaGammaModel.from_params(**peer_params)
    found = {"loyalty, one thread": (ours, model), "lifetimes": (theirs, peer_model)}
    for name, (seconds, fitted) in found.items():
        total = math.fsum(fitted.log_likelihood(data))
        shown = "  ".join(f"{key} {value:.7g}" for key, value in fitted.params_.items())
        print(f"{name:20} {seconds:8.3f} s {seconds / ours:7.1f} x   log-likelihood {total:.6f}   {shown}")
    print(f"loyalty, all cores   {all_cores:8.3f} s {all_cores / ours:7.2f} x")
    print(f"{customers:,} distinct customers: {theirs / ours:.0f} times faster than lifetimes")
    if customers >= 1_000_000 and theirs / ours < 40:
        sys.exit("less than 40 times faster than lifetimes")
    gain = math.fsum(model.log_likelihood(data)) - math.fsum(peer_model.log_likelihood(data))
    assert gain > -1e-6, f"lifetimes found a better optimum, by {-gain:g}"
    assert model.status_ == "OK"


if __name__ == "__main__":
    main()
