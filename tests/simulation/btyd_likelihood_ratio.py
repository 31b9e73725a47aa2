"""How often the likelihood-ratio test of two nested models of purchases refuses a true smaller one.

    python tests/simulation/btyd_likelihood_ratio.py [--replications N]

Writes the table of docs/btyd/information.md. 2,357 customers are observed for 27 to 39 weeks, as those of CDNOW; the
GGom/NBD, whose fits take long, is tried on 1,000 customers and in a fifth of the samples. `turn` is the length of the
path of the unit vector of the score of dropout, less what r and alpha explain, while the parameter that means nothing
under NBD runs through its range: over a hundred thousand customers, by differences.
"""

from __future__ import annotations

import argparse
import math
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from survey_nps_tests import write

import loyalty as loy

PAGE = Path(__file__).parents[2] / "docs/btyd/information.md"
NBD = {"r": 0.55, "alpha": 8.0}
PARETO = {"r": 0.55, "alpha": 10.6, "s": 0.61, "beta": 11.7}
Array = NDArray[np.float64]
PAIRS: tuple[tuple[Any, Any, dict[str, float]], ...] = (
    (loy.ParetoNBDModel, loy.NBDModel, NBD),
    (loy.BetaGeoModel, loy.NBDModel, NBD),
    (loy.ModifiedBetaGeoModel, loy.NBDModel, NBD),
    (loy.GammaGompertzModel, loy.NBDModel, NBD),
    (loy.GammaGompertzModel, loy.ParetoNBDModel, PARETO),
)
NAMES = {
    "NBDModel": "NBD", "ParetoNBDModel": "Pareto/NBD", "BetaGeoModel": "BG/NBD", "ModifiedBetaGeoModel": "MBG/NBD",
    "GammaGompertzModel": "GGom/NBD",
}  # fmt: skip


def observed(n: int) -> Array:
    return 27 + (np.arange(n) % 85) / 7


def likelihoods(cls: Any, data: Any, **params: float) -> Array:
    return np.asarray(cls.from_params(**params).log_likelihood(data))


def turn(cls: Any) -> float:
    """The length of the path, in units of pi."""
    data = loy.NBDModel.from_params(**NBD).simulate(100_000, observed(100_000), 7)
    plain = likelihoods(loy.NBDModel, data, **NBD)
    known = np.column_stack(
        [
            likelihoods(loy.NBDModel, data, **{**NBD, name: NBD[name] * (1 + 1e-5)})
            - likelihoods(loy.NBDModel, data, **{**NBD, name: NBD[name] * (1 - 1e-5)})
            for name in NBD
        ]
    )
    path = []
    for value in np.geomspace(1e-2, 1e4, 60):
        if cls is loy.ParetoNBDModel:
            small = {"s": 1e-6 / math.log1p(39 / value), "beta": value}
        else:
            small = {"a": 1e-6 * (1 + value), "b": value}
        score = likelihoods(cls, data, **NBD, **small) - plain
        score -= known @ np.linalg.lstsq(known, score, rcond=None)[0]
        path.append(score / np.linalg.norm(score))
    steps = np.array(path)
    return float(np.arccos(np.clip((steps[1:] * steps[:-1]).sum(axis=1), -1, 1)).sum() / math.pi)


def row(full: Any, restricted: Any, params: dict[str, float], count: int) -> str:
    slow = full is loy.GammaGompertzModel
    count, n = (count // 5, 1000) if slow else (count, 2357)
    truth = restricted.from_params(**params)
    tests = []
    for seed in range(count):
        drawn = truth.simulate(n, observed(n), seed)
        tests.append(full(threads=1).fit(drawn).likelihood_ratio_test(restricted(threads=1).fit(drawn)))
    zero = np.mean([t.statistic < 1e-6 for t in tests])
    shares = [
        np.mean([getattr(t, name) < level for t in tests]) for level in (0.05, 0.01) for name in ("p_value", "p_least")
    ]
    path = f"{turn(full):.2f} π" if tests[0].unidentified == 1 else ""
    cells = [f"{100 * share:.1f} %" for share in (zero, *shares)]
    return f"| {NAMES[full.__name__]} | {NAMES[restricted.__name__]} | {count} | {' | '.join(cells)} | {path} |"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=1000)
    count = parser.parse_args().replications
    warnings.simplefilter("ignore", loy.LoyaltyWarning)  # at the bound, as they should be
    lines = [
        "| full | restricted, true | samples | statistic 0 | `p_value` < 5 % | `p_least` < 5 % | `p_value` < 1 % "
        "| `p_least` < 1 % | turn |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
        *(row(*pair, count) for pair in PAIRS),
    ]
    write("\n".join(lines), PAGE, "likelihood-ratio")
