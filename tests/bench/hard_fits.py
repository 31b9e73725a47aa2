"""Fits of hard data against lifetimes 0.11.3 in its own environment: how far below ours its log-likelihood ends, both
computed by our log_likelihood. Customers are simulated by our models, as in tests/c/btyd/test_hard_fits.c. Stops with
an error when lifetimes finds a better point.

    hard_fits.py
"""

from __future__ import annotations

import math
import sys
import time
import warnings
from collections.abc import Iterator
from typing import Any

import _peers
import numpy as np

import loyalty as loy

LIFETIMES = """
import lifetimes, numpy as np
def run(data):
    fitter = getattr(lifetimes, FITTER)(penalizer_coef=0.0)
    try:
        fitter.fit(data["frequency"], data["recency"], data["T"])
    except Exception as problem:
        return type(problem).__name__
    return {name: float(value) for name, value in fitter.params_.items()}
"""
PAPER = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
PARETO = {"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669}
SECONDS = 604800.0


def data_sets() -> Iterator[tuple[type[Any], str, dict[str, np.ndarray]]]:
    """Model, what is hard, and 2,000 customers of 27 to 39 weeks, or 20."""
    bg, pareto = loy.BetaGeoModel, loy.ParetoNBDModel
    length = np.random.default_rng(1).uniform(27, 39, 2000)

    def draw(cls: type[Any], params: dict[str, float], n: int = 2000, unit: float = 1.0) -> dict[str, np.ndarray]:
        drawn = cls.from_params(**params).simulate(n, length[:n], 1)
        recency, x = np.asarray(drawn["recency"]), np.asarray(drawn["frequency"], dtype=float)
        return {"frequency": x, "recency": unit * recency, "T": unit * length[:n]}

    yield bg, "weeks", draw(bg, PAPER)
    yield bg, "seconds", draw(bg, PAPER, unit=SECONDS)
    yield bg, "units of 10^6 weeks", draw(bg, PAPER, unit=1e-6)
    yield bg, "276 purchases each", draw(bg, {"r": 2.0, "alpha": 0.127, "a": 0.793, "b": 242.6})
    yield bg, "3,223 purchases each", draw(bg, {"r": 2.0, "alpha": 0.00995, "a": 0.793, "b": 2426.0})
    yield bg, "20 customers", draw(bg, PAPER, 20)
    silent = draw(bg, PAPER)
    yield bg, "every last purchase at T", silent | {"T": np.where(silent["recency"] > 0, silent["recency"], length)}
    yield pareto, "weeks", draw(pareto, PARETO)
    yield pareto, "seconds", draw(pareto, PARETO, unit=SECONDS)
    yield pareto, "206 purchases each", draw(pareto, PARETO | {"alpha": 0.053})
    yield pareto, "2,071 purchases each", draw(pareto, PARETO | {"alpha": 0.0052})
    yield pareto, "everybody alike", draw(pareto, {"r": 200.0, "alpha": 4000.0, "s": 50.0, "beta": 1000.0})
    yield pareto, "20 customers", draw(pareto, PARETO, 20)
    yield pareto, "nearly no dropout", draw(pareto, PARETO | {"s": 0.01, "beta": 200.0})


def main() -> None:
    if _peers.missing():
        return
    better = []
    for cls, name, data in data_sets():
        n, fitter = len(data["T"]), "BetaGeoFitter" if cls is loy.BetaGeoModel else "ParetoNBDFitter"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", loy.LoyaltyWarning)
            start = time.perf_counter()
            ours = cls(threads=1).fit(data)
            ours_seconds = time.perf_counter() - start
        with _peers.Peer(f"FITTER = {fitter!r}\n{LIFETIMES}", data) as peer:
            seconds, found = peer.run()
        if isinstance(found, dict):
            theirs = math.fsum(cls.from_params(**found).log_likelihood(data))
            said = f"{(ours.log_likelihood_ - theirs) / n:.2g} per customer below"
            if theirs > ours.log_likelihood_ + 1e-9 * n:
                better.append(name)
        else:
            said = str(found)
        status = ours.status_.removeprefix("NOTICE_")
        print(f"{cls.__name__:15} {name:25} {status:8} {ours_seconds:6.3f} s   lifetimes {seconds:6.2f} s, {said}")
    if better:
        sys.exit(f"lifetimes found a better point: {', '.join(better)}")


if __name__ == "__main__":
    main()
