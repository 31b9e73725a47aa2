"""How often intervals of the models of purchases hold what they should.

    python tests/simulation/btyd_intervals.py [--replications N]

Writes the tables of docs/btyd/intervals.md.
"""

from __future__ import annotations

import argparse
import re
import warnings
from pathlib import Path
from typing import Any

import numpy as np

import loyalty as loy

PAGE = Path(__file__).parents[2] / "docs/btyd/intervals.md"
MODELS: dict[type[Any], dict[str, float]] = {
    loy.BetaGeoModel: {"r": 0.7, "alpha": 4.4, "a": 0.8, "b": 2.4},
    loy.ModifiedBetaGeoModel: {"r": 0.7, "alpha": 6.2, "a": 0.9, "b": 1.6},
    loy.ParetoNBDModel: {"r": 0.7, "alpha": 5.0, "s": 0.8, "beta": 12.0},
    loy.NBDModel: {"r": 0.7, "alpha": 8.0},
    loy.GammaGompertzModel: {"r": 0.7, "alpha": 5.0, "b": 0.15, "s": 1.0, "beta": 4.0},
}
SPEND = {"p": 6.25, "q": 3.74, "v": 15.44}
CUSTOMERS, LENGTH, AHEAD, MANY = 1000, 40.0, 40.0, 20_000
# Histories whose expectations are known once the parameters are.
AT = {"frequency": [0.0, 2.0, 9.0, 9.0], "recency": [0.0, 30.0, 38.0, 20.0], "T": [LENGTH] * 4}
QUANTITIES: dict[str, dict[str, Any]] = {
    "expected_purchases": {"future_t": AHEAD},
    "expected_probability_alive": {},
    "purchase_probability_future": {"future_t": AHEAD, "n": 0},
}


def cells(*values: object) -> str:
    return "| " + " | ".join(map(str, values)) + " |"


def percent(hits: Any) -> str:
    return f"{100 * np.mean(hits):.1f}"


def spend_coverage(replications: int) -> str:
    truth = loy.GammaGammaModel.from_params(**SPEND)
    at = {"frequency": [0.0, 2.0, 9.0], "monetary_value": [0.0, 20.0, 60.0]}
    exact = truth.expected_customer_spend(at)
    hits = []
    for seed in range(replications):
        x = loy.ParetoNBDModel.from_params(**MODELS[loy.ParetoNBDModel]).simulate(CUSTOMERS, LENGTH, seed)["frequency"]
        fit = loy.GammaGammaModel().fit(
            frequency=x, monetary_value=truth.simulate(x, 10**6 + seed)
        )  # not the same draws
        found = fit.interval(at)
        hits.append((found["lower"] <= exact) & (exact <= found["upper"]))
    return percent(hits)


def coverage(replications: int) -> str:
    """Of 95 % intervals of what is expected, over the four histories."""
    lines = [cells("model", "fits", *("purchases", "P(alive)", "P(no purchase)", "spend")), "|---|" + "--:|" * 5]
    for cls, params in MODELS.items():
        truth = cls.from_params(**params)
        exact = {
            name: np.asarray(
                truth.purchase_probability_future(AT, **given) if "n" in given else getattr(truth, name)(AT, **given)
            )
            for name, given in QUANTITIES.items()
        }
        hits: dict[str, list[Any]] = {name: [] for name in QUANTITIES}
        for seed in range(replications):
            fit = cls(threads=1).fit(truth.simulate(CUSTOMERS, LENGTH, seed))
            if fit.status_ != "OK":
                continue
            for name, given in QUANTITIES.items():
                found = fit.interval(AT, quantity=name, **given)
                unsure = found["std_error"] > 0.0  # not a P(alive) of 1 whatever the parameters
                hits[name].extend(((found["lower"] <= exact[name]) & (exact[name] <= found["upper"]))[unsure])
        shown = [percent(values) if values else "" for values in hits.values()]
        lines.append(cells(cls.__name__, len(hits["expected_purchases"]) // len(AT["T"]), *shown, ""))
    lines.append(cells("GammaGammaModel", replications, "", "", "", spend_coverage(replications)))
    return "\n".join(lines)


def future(params: dict[str, float], cls: type[Any]) -> str:
    """Customers whose purchases after T lie in, below and above the interval of 90 %."""
    truth = cls.from_params(**params)
    whole = truth.simulate_log(MANY, LENGTH + AHEAD, 1)
    customer, time = np.asarray(whole["customer_id"]), np.asarray(whole["time"])
    past = (time > 0) & (time <= LENGTH)
    x = np.bincount(customer[past], minlength=MANY).astype(float)
    t_x = np.zeros(MANY)
    np.maximum.at(t_x, customer[past], time[past])
    later = np.bincount(customer[time > LENGTH], minlength=MANY)
    found = truth.purchase_interval(frequency=x, recency=t_x, T=np.full(MANY, LENGTH), future_t=AHEAD, level=0.9)
    below, above = later < found["lower"], later > found["upper"]
    width = np.mean(found["upper"] - found["lower"] + 1)
    return cells(cls.__name__, percent(~below & ~above), percent(below), percent(above), f"{width:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--replications", type=int, default=400)
    replications = parser.parse_args().replications
    text = PAGE.read_text(encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", loy.LoyaltyWarning)
        head = [cells("model", "inside", "below", "above", "mean number of counts"), "|---|" + "--:|" * 4]
        counts = "\n".join([*head, *(future(params, cls) for cls, params in MODELS.items())])
        tables = {"interval-coverage": coverage(replications), "purchase-coverage": counts}
    for name, table in tables.items():
        print(table)
        text = re.sub(
            rf"(<!-- begin: {name} -->\n).*?(<!-- end -->)", lambda m, t=table: f"{m[1]}{t}\n{m[2]}", text, flags=re.S
        )
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
