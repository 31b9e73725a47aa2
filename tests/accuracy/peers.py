"""What lifetimes answers at the points of a check, from its own environment (build/peers, made by .ci/setup peers).

Its functions are called row by row as a user would, with the row's parameters in place of fitted ones. Its likelihoods
take the logarithms of the parameters, so that those are rounded once more."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

import numpy as np

PYTHON = Path(__file__).resolve().parents[2] / "build" / "peers" / "bin" / "python"

# Check -> an expression in the fitter f (parameters set), its class F, the logarithms p of the parameters, the row's
# other numbers v, and one(value): an array of one.
CALLS = {
    "bgnbd_loglik": "-F._negative_log_likelihood(p, one(v[0]), one(v[1]), one(v[2]), one(1.0), 0)",
    "bgnbd_palive": "f.conditional_probability_alive(*map(one, v))",
    "bgnbd_expected_purchases": "f.conditional_expected_number_of_purchases_up_to_time(v[3], *map(one, v[:3]))",
    "bgnbd_pmf": "f.probability_of_n_purchases_up_to_time(v[1], int(v[0]))",
    "pnbd_loglik": "F._conditional_log_likelihood(q, *map(one, v))",
    "pnbd_palive": "f.conditional_probability_alive(*map(one, v))",
    "pnbd_expected_purchases": "f.conditional_expected_number_of_purchases_up_to_time(v[3], *map(one, v[:3]))",
    "pnbd_pmf_future": "f.conditional_probability_of_n_purchases_up_to_time(int(v[3]), v[4], *v[:3])",
    "gamma_gamma_loglik": "-F._negative_log_likelihood(p, one(v[0]), one(v[1]), one(1.0), 0)",
    "gamma_gamma_expected_spend": "f.conditional_expected_average_profit(one(v[0]), one(v[1]))",
}
CALLS |= {"m" + name: call for name, call in CALLS.items() if name.startswith("bgnbd")}

FITTERS = {
    "bgnbd": ("BetaGeoFitter", ("r", "alpha", "a", "b")),
    "mbgnbd": ("ModifiedBetaGeoFitter", ("r", "alpha", "a", "b")),
    "pnbd": ("ParetoNBDFitter", ("r", "alpha", "s", "beta")),
    "gamma_gamma": ("GammaGammaFitter", ("p", "q", "v")),
}

PROGRAM = """
import sys, warnings
import numpy as np, pandas as pd
import lifetimes
from lifetimes import {fitter} as F
warnings.simplefilter("ignore")
np.seterr(all="ignore")

def one(value):
    return np.array([value])

def answer(row):
    q, v = row[:{size}], [float(value) for value in row[{size}:]]
    p = np.log(q)
    f = F()
    f.params_ = pd.Series(q, index={names})
    try:
        return float(np.squeeze({call}))
    except (ArithmeticError, ValueError, TypeError):
        return float("nan")

np.save(sys.argv[2], [answer(row) for row in np.load(sys.argv[1])])
"""


def missing() -> bool:
    """Whether there is no environment to ask."""
    return not PYTHON.exists()


def answers(check: str, arguments: np.ndarray) -> np.ndarray:
    """The answers of lifetimes; NaN where it has an error."""
    model = max((name for name in FITTERS if check.startswith(name + "_")), key=len)
    fitter, names = FITTERS[model]
    program = PROGRAM.format(fitter=fitter, size=len(names), names=names, call=CALLS[check])
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
    with tempfile.TemporaryDirectory() as folder:
        rows, out = Path(folder) / "rows.npy", Path(folder) / "out.npy"
        np.save(rows, arguments)
        command = [str(PYTHON), "-c", program, str(rows), str(out)]
        subprocess.run(command, check=True, cwd=folder, env={**os.environ, **threads, "PYTHONPATH": ""})
        return np.load(out)
