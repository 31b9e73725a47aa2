"""Do fits find the parameters that customers were drawn from, and do intervals hold what they say?

    python tests/simulation/btyd_recovery.py [--replications N]

Writes the tables of docs/btyd/simulation.md. A model joins by a line in CASES: the truth, and where its customers are
no purchase histories, how they are drawn and what is asked of a fit.
"""

from __future__ import annotations

import argparse
import os
import warnings
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import loyalty as loy

PAGE = Path(__file__).parents[2] / "docs/btyd/simulation.md"
SIZES, SHOWN = (100, 300, 1000, 10_000), (100, 1000, 10_000)  # customers; SHOWN: in the table of parameters
SHORTEST, LONGEST, AHEAD, FUTURES, CHUNK = 26.0, 52.0, 26.0, 500, 50
Z = 1.959963984540054
# Histories whose expectations are known once the parameters are.
AT = {"frequency": [0.0, 2.0, 9.0, 9.0], "recency": [0.0, 30.0, 37.0, 20.0], "T": [39.0] * 4}
Columns = dict[str, Any]


def histories(truth: Any, n: int, seed: int) -> tuple[Columns, Any]:
    """Customers observed for 26 to 52 weeks, and what they buy in the 26 weeks after."""
    T = np.linspace(SHORTEST, LONGEST, n)
    log = truth.simulate_log(n, T + AHEAD, seed)
    who, when = np.asarray(log["customer_id"]), np.asarray(log["time"])
    before = (when > 0) & (when <= T[who])
    recency = np.zeros(n)
    np.maximum.at(recency, who[before], when[before])
    frequency = np.bincount(who[before], minlength=n).astype(float)
    return {"frequency": frequency, "recency": recency, "T": T}, np.bincount(who[when > T[who]], minlength=n)


def purchases(model: Any, truth: Any) -> tuple[Any, Any]:
    """The interval of what a fit expects, and what the truth expects."""
    return model.interval(AT, future_t=AHEAD), truth.expected_purchases(AT, future_t=AHEAD)


def baskets(truth: Any, n: int, seed: int) -> tuple[Columns, None]:
    """Mean spends of customers whose purchases are those of CDNOW."""
    x = loy.NBDModel.from_params(r=0.385, alpha=12.072).simulate(n, LONGEST, seed)["frequency"]
    return {"frequency": x, "monetary_value": truth.simulate(x, seed)}, None


def spend(model: Any, truth: Any) -> tuple[Any, Any]:
    at = {"frequency": [0.0, 2.0, 9.0], "monetary_value": [0.0, 20.0, 60.0]}
    return model.interval(at), truth.expected_customer_spend(at)


@dataclass(frozen=True)
class Case:
    """A model with its parameters; `most` bounds the replications where a fit takes long."""

    truth: Any
    draw: Callable[[Any, int, int], tuple[Columns, Any]] = histories
    ask: Callable[[Any, Any], tuple[Any, Any]] = purchases
    most: int = 10**6


CASES = (
    Case(loy.NBDModel.from_params(r=0.385, alpha=12.072)),
    Case(loy.BetaGeoModel.from_params(r=0.243, alpha=4.414, a=0.793, b=2.426)),
    Case(loy.ModifiedBetaGeoModel.from_params(r=0.525, alpha=6.183, a=0.891, b=1.614)),
    Case(loy.ParetoNBDModel.from_params(r=0.553, alpha=10.578, s=0.606, beta=11.669)),
    Case(loy.GammaGompertzModel.from_params(r=0.7, alpha=5.0, b=0.15, s=1.0, beta=4.0), most=500),
    Case(loy.GammaGammaModel.from_params(p=6.25, q=3.74, v=15.44), draw=baskets, ask=spend),
)


@dataclass
class Found:
    """What replications gave: statuses; for each fit inside the bounds and parameter, (ln estimate - ln truth) / error
    and (estimate - truth) / error; whether intervals hold; purchases inside, below, above their interval."""

    status: list[str]
    log_scale: list[Any]
    plain: list[Any]
    expected: list[Any]
    future: list[Any]


def replicate(case: int, n: int, seeds: range) -> Found:
    truth = CASES[case].truth
    names, exact = list(truth.params_), np.array(list(truth.params_.values()))
    found = Found([], [], [], [], [])
    warnings.simplefilter("ignore", loy.LoyaltyWarning)
    for seed in seeds:
        data, later = CASES[case].draw(truth, n, seed)
        model = type(truth)(**{**truth.get_params(), "threads": 1})
        try:
            model.fit(**data)
        except loy.LoyaltyError as error:
            found.status.append(error.code)
            continue
        found.status.append(model.status_)
        if later is not None:
            first = slice(None, None, max(n // FUTURES, 1))
            some = {name: column[first] for name, column in data.items()}
            counts = model.purchase_interval(some, future_t=AHEAD, level=0.9)
            below, above = later[first] < counts["lower"], later[first] > counts["upper"]
            found.future.append([np.mean(~below & ~above), np.mean(below), np.mean(above)])
        if model.status_ not in ("OK", "NOTICE_WEAK_ID"):
            continue
        estimate = np.array([model.params_[name] for name in names])
        std_error = np.array([model.std_errors_[name] for name in names])
        found.log_scale.append(np.log(estimate / exact) * estimate / std_error)
        found.plain.append((estimate - exact) / std_error)
        interval, value = CASES[case].ask(model, truth)
        found.expected.append((np.asarray(interval["lower"]) <= value) & (value <= np.asarray(interval["upper"])))
    return found


def cells(*values: object) -> str:
    return "| " + " | ".join(map(str, values)) + " |"


def percent(hits: Any) -> str:
    return f"{100 * np.mean(hits):.1f}" if len(hits) else ""


def fit_line(case: Case, n: int, found: Found) -> str:
    total, count = len(found.status), Counter(found.status)
    shares = [count["OK"], count["NOTICE_WEAK_ID"], count["NOTICE_AT_BOUND"], count["NOTICE_NOT_CONVERGED"]]
    shares.append(total - sum(shares))
    future = [f"{100 * share:.1f}" for share in np.mean(found.future, axis=0)] if found.future else [""] * 3
    name = type(case.truth).__name__
    return cells(
        name, f"{n:,}", f"{total:,}", *(f"{100 * k / total:.1f}" for k in shares), percent(found.expected), *future
    )


def parameter_lines(case: Case, found: dict[int, Found]) -> list[str]:
    lines = []
    for j, (name, value) in enumerate(case.truth.params_.items()):
        shown: list[str] = []
        for n in SHOWN:
            log_scale, plain = (np.array(part) for part in (found[n].log_scale, found[n].plain))
            if len(log_scale) < 100:  # nothing to say of so few
                shown += [""] * 3
                continue
            shown += [
                f"{np.median(log_scale[:, j]):+.2f}", percent(abs(plain[:, j]) <= Z), percent(abs(log_scale[:, j]) <= Z)
            ]  # fmt: skip
        lines.append(cells(type(case.truth).__name__, name, f"{value:g}", *shown))
    return lines


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--replications", type=int, default=2000)
    replications = parser.parse_args().replications
    tasks = [
        (i, n, range(start, min(start + CHUNK, replications, case.most)))
        for i, case in enumerate(CASES) for n in SIZES for start in range(0, min(replications, case.most), CHUNK)
    ]  # fmt: skip
    found: dict[tuple[int, int], Found] = {}
    with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for (i, n, _), part in zip(tasks, pool.map(replicate, *zip(*tasks, strict=True)), strict=True):
            whole = found.setdefault((i, n), Found([], [], [], [], []))
            for name, values in vars(part).items():
                getattr(whole, name).extend(values)
    fits = [
        cells("model", "customers", "fits", "sound", "weak", "at bound", "uncertain", "error", "95 % expected",
              "90 % purchases", "below", "above"),
        "|---|" + "--:|" * 11,
        *(fit_line(case, n, found[i, n]) for i, case in enumerate(CASES) for n in SIZES),
    ]  # fmt: skip
    head = [cell for n in SHOWN for cell in (f"{n:,}: bias", "plain", "log")]
    parameters = [cells("model", "parameter", "true", *head), "|---|---|" + "--:|" * (1 + len(head))]
    for i, case in enumerate(CASES):
        parameters += parameter_lines(case, {n: found[i, n] for n in SIZES})
    text = PAGE.read_text(encoding="utf-8")
    for name, lines in (("recovery-fits", fits), ("recovery-parameters", parameters)):
        print(*lines, sep="\n")
        begin, end = f"<!-- begin: {name} -->\n", "<!-- end -->"
        before, _, rest = text.partition(begin)
        text = "".join((before, begin, *(f"{line}\n" for line in lines), end, rest.partition(end)[2]))
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
