"""Fits of 100,000 distinct customers with four covariates of both processes, eight coefficients, against the plain fit
of the same customers: processor time of the whole Python fit from a pandas frame on one thread, the best of several
rounds in turn. At most ten times as much.

    covariate_fit.py [customers] [rounds]
"""

from __future__ import annotations

import sys
import time

import numpy as np
import pandas as pd

import loyalty as loy

MOST = 10.0
NAMES = ("age", "web", "income", "gift")
TRUTH = {
    loy.BetaGeoModel: {"r": 0.6, "alpha": 6, "a": 1.2, "b": 2.5},
    loy.ModifiedBetaGeoModel: {"r": 0.6, "alpha": 6, "a": 1.2, "b": 2.5},
    loy.ParetoNBDModel: {"r": 0.6, "alpha": 6, "s": 0.7, "beta": 8},
}
COEFFICIENTS = dict(zip(NAMES, (0.01, -0.2, 0.1, 0.3), strict=True))


def customers(cls: type, n: int) -> pd.DataFrame:
    """Drawn from the model itself, times continuous."""
    rng = np.random.default_rng(20240229)
    data = pd.DataFrame({"age": rng.uniform(20, 60, n), "web": rng.random(n) < 0.4})
    data["income"], data["gift"] = rng.normal(0, 1, n), rng.random(n) < 0.1
    effects = {
        f"{process}:{name}": value for process in ("transaction", "dropout") for name, value in COEFFICIENTS.items()
    }
    truth = cls.from_params(coefficients=effects, **TRUTH[cls])
    drawn = truth.simulate(n, rng.uniform(27, 39, n), seed=1, data=data)
    return data.assign(**{name: np.asarray(drawn[name], dtype=float) for name in ("frequency", "recency", "T")})


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    missed = []
    for cls in TRUTH:
        data = customers(cls, n)
        best = {"plain": np.inf, "covariates": np.inf}
        for _ in range(rounds):
            for kind, lists in (
                ("plain", {}),
                ("covariates", {"transaction_covariates": NAMES, "dropout_covariates": NAMES}),
            ):
                begin = time.process_time()
                model = cls(threads=1).fit(data, **lists)
                best[kind] = min(best[kind], time.process_time() - begin)
        ratio = best["covariates"] / best["plain"]
        print(
            f"{cls.__name__}: plain {1e3 * best['plain']:.1f} ms, with covariates {1e3 * best['covariates']:.1f} ms, "
            f"{ratio:.1f} times ({model.n_evaluations_} evaluations, {model.status_})"
        )
        if ratio > MOST:
            missed.append(f"{cls.__name__}: {ratio:.1f} times the plain fit, not {MOST:.0f}")
    sys.exit("; ".join(missed) or None)


if __name__ == "__main__":
    main()
