"""How often intervals of the learning models cover the truth, and tests reject a true null hypothesis.

    python tests/simulation/ladder_learning.py [--replications N]

Writes the tables of docs/ladder/learning.md and docs/ladder/guadagni_little.md.
"""

from __future__ import annotations

import argparse
import re
import warnings
from pathlib import Path

import numpy as np

import loyalty
from loyalty.ladder import GuadagniLittle, LinearLearningModel

PAGES = Path(__file__).parents[2] / "docs/ladder"
LEARNING = {"slow": (0.05, 0.20, 0.70, 0.3), "fast": (0.10, 0.45, 0.30, 0.3)}
MARKOV = (0.20, 0.40, 0.0, 0.3)
OCCASIONS = 12


def cells(*values: object) -> str:
    return "| " + " | ".join(map(str, values)) + " |"


def percent(hits: list[bool]) -> str:
    return f"{100 * np.mean(hits):.1f}"


def covered(model: LinearLearningModel | GuadagniLittle, truth: dict[str, float], name: str) -> bool:
    return abs(model.params_[name] - truth[name]) <= 1.959963984540054 * model.std_errors_[name]


def learning(replications: int) -> str:
    names = ("alpha", "beta", "lambda_", "p1")
    lines = [cells("truth", "customers", *names, "robust " + names[1], "at a bound"), "|---" * 8 + "|"]
    for label, values in LEARNING.items():
        truth = LinearLearningModel.from_params(**dict(zip(names, values, strict=True)))
        for customers in (100, 400):
            hits: dict[str, list[bool]] = {name: [] for name in (*names, "robust", "bound")}
            for seed in range(replications):
                drawn = truth.simulate(customers, OCCASIONS, seed)
                model = LinearLearningModel().fit(drawn)
                hits["bound"].append(bool(model.at_bound_))
                if model.at_bound_:
                    continue
                for name in names:
                    hits[name].append(covered(model, truth.params_, name))
                robust = LinearLearningModel(covariance="robust").fit(drawn)
                hits["robust"].append(covered(robust, truth.params_, "beta"))
            lines.append(cells(label, customers, *(percent(hits[name]) for name in (*names, "robust", "bound"))))
    markov = LinearLearningModel.from_params(**dict(zip(names, MARKOV, strict=True)))
    p = np.array(
        [
            LinearLearningModel().fit(markov.simulate(400, OCCASIONS, seed)).tests_["markov"].p_value
            for seed in range(replications)
        ]
    )
    below, zero = 100 * np.mean(p < 0.05), 100 * np.mean(p > 0.5)
    chain = "Of as many samples of 400 customers from a Markov chain (alpha .2, beta .4)"
    chain += f" {below:.1f} % had p < .05, {zero:.1f} % a statistic of 0."
    none = LinearLearningModel.from_params(alpha=0.4, beta=0.0, lambda_=0.0)
    statistic = np.array(
        [
            LinearLearningModel(p1="stationary").fit(none.simulate(200, 10, seed)).tests_["bernoulli"].statistic
            for seed in range(replications)
        ]
    )
    without = "Of as many without memory (200 customers, 10 occasions, p = .4, stationary p1) 95 % of the statistics of"
    without += f" `bernoulli` lay below {np.quantile(statistic, 0.95):.2f}, and"
    without += f" {100 * np.mean(statistic > 5.991464547107979):.1f} % above 5.99, the 5 % point of chi-squared(2)."
    return "\n".join([*lines, "", chain, without])


def choice(replications: int) -> str:
    truth = GuadagniLittle.from_params(constants={"A": 0.0, "B": 0.5, "C": -0.5}, b=3.0, lambda_=0.8)
    names = [name for name in truth.params_ if name != "a[A]"]
    none = GuadagniLittle.from_params(constants={"A": 0.0, "B": 0.5, "C": -0.5}, b=0.0, lambda_=0.8)
    lines = [cells("customers", *names, "b = 0 rejected at .05 when true"), "|---" * (len(names) + 2) + "|"]
    for customers in (50, 200):
        hits: dict[str, list[bool]] = {name: [] for name in (*names, "rejected")}
        for seed in range(replications):
            for model, of in ((truth, False), (none, True)):
                log = {
                    "customer_id": np.repeat(np.arange(customers), OCCASIONS),
                    "time": np.tile(np.arange(OCCASIONS), customers),
                    "alternative": model.simulate(customers, OCCASIONS, seed).ravel(),
                }
                found = GuadagniLittle().fit(log)
                if of:
                    hits["rejected"].append(found.test_.p_value < 0.05)
                else:
                    for name in names:
                        hits[name].append(covered(found, truth.params_, name))
        lines.append(cells(customers, *(percent(hits[name]) for name in (*names, "rejected"))))
    return "\n".join(lines)


def write(page: str, text: str) -> None:
    """Put the text between the markers of this simulation."""
    begin, end = "<!-- begin: simulation -->", "<!-- end: simulation -->"
    path = PAGES / page
    body = path.read_text(encoding="utf-8")
    if begin not in body:
        raise SystemExit(f"{path}: no marker {begin}")
    path.write_text(re.sub(f"{begin}.*?{end}", f"{begin}\n{text}\n{end}", body, flags=re.S), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=500)
    options = parser.parse_args()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", loyalty.LoyaltyWarning)
        write("learning.md", learning(options.replications))
        write("guadagni_little.md", choice(options.replications))


if __name__ == "__main__":
    main()
