"""Do fits find the parameters that customers were drawn from, and do intervals hold what they say?

    python tests/simulation/btyd_recovery.py [--replications N] [--only MODEL ...]

Writes the tables of docs/btyd/simulation.md, with --only the lines of the models whose names begin so. A model joins by
a line in CASES: the truth, and where its customers are no histories of purchases in weeks, how they are drawn and what
is asked of a fit.
"""

from __future__ import annotations

import argparse
import os
import warnings
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

import loyalty as loy

PAGE = Path(__file__).parents[2] / "docs/btyd/simulation.md"
SIZES, SHOWN = (100, 300, 1000, 10_000), (100, 1000, 10_000)  # customers; SHOWN: in the table of parameters
LONGEST, AHEAD, PERIODS_AHEAD, FUTURES, CHUNK = 52.0, 26.0, 5.0, 500, 50
Z = 1.959963984540054
# Histories whose expectations are known once the parameters are.
AT = {"frequency": [0.0, 2.0, 9.0, 9.0], "recency": [0.0, 30.0, 37.0, 20.0], "T": [39.0] * 4}
PERIODS_AT = {"frequency": [0.0, 2.0, 6.0, 4.0], "recency": [0.0, 6.0, 8.0, 4.0], "T": [8.0] * 4}
KNOWN_AT = {**AT, "age": [-1.0, 1.0, 0.0, 0.5], "web": [0.0, 1.0, 0.0, 1.0]}
Columns = dict[str, Any]
Drawn = tuple[Columns, Columns, Any]  # customers to fit; customers to foretell, and what these then buy, or None


def weeks(n: int) -> Any:
    return np.linspace(26.0, LONGEST, n)


def periods(n: int) -> Any:
    return 6.0 + np.arange(n) % 5


def histories(truth: Any, n: int, seed: int, length: Callable[[int], Any] = weeks, ahead: float = AHEAD) -> Drawn:
    """Customers observed for 26 to 52 weeks, or 6 to 10 periods, and what at most FUTURES of them buy after that."""
    T = length(n)
    log = truth.simulate_log(n, T + ahead, seed)
    who, when = np.asarray(log["customer_id"]), np.asarray(log["time"])
    before = (when > 0) & (when <= T[who])
    recency = np.zeros(n)
    np.maximum.at(recency, who[before], when[before])
    gaps = np.log(np.diff(when, prepend=0.0)[before])
    data = {
        "frequency": np.bincount(who[before], minlength=n).astype(float), "recency": recency, "T": T,
        "litt": np.bincount(who[before], gaps, minlength=n),
    }  # fmt: skip
    some = slice(None, None, max(n // FUTURES, 1))
    later = np.bincount(who[when > T[who]], minlength=n)
    return data, {name: column[some] for name, column in data.items()}, later[some]


def purchases(model: Any, truth: Any, at: Columns = AT, ahead: float = AHEAD) -> tuple[Columns, Any]:
    """The interval of what a fit expects, and what the truth expects."""
    return model.interval(at, future_t=ahead), truth.expected_purchases(at, future_t=ahead)


def known(n: int, seed: int) -> Columns:
    """Covariates: age, in decades from the middle, and whether the first purchase was on the web."""
    rng = np.random.default_rng(seed)
    return {"age": rng.uniform(-2, 2, n), "web": (rng.random(n) < 0.4).astype(float)}


def different(truth: Any, n: int, seed: int) -> Drawn:
    """Customers with covariates, and what others buy in their first weeks."""
    covariates, others = known(n, 2 * seed), known(FUTURES, 2 * seed + 1)
    data = truth.simulate(n, weeks(n), seed, data=covariates)
    nothing = np.zeros(FUTURES)
    later = truth.simulate(FUTURES, AHEAD, 2**32 + seed, data=others)["frequency"]
    return {**data, **covariates}, {"frequency": nothing, "recency": nothing, "T": nothing, **others}, later


def contracts(truth: Any, n: int, seed: int) -> Drawn:
    """Lifetimes of customers who decide 6 to 10 times if they stay."""
    return truth.simulate(n, periods(n), seed), {}, None


def staying(model: Any, truth: Any) -> tuple[Columns, Any]:
    """Survival within and beyond the observation, and what new and old customers are still worth."""
    t, worth = [5, 15], "discounted_expected_residual_lifetime"
    discounted: Columns = {"n": [1, 8], "discount_rate": 0.1, "discount_period": "unit"}
    parts = [model.interval("survival", t=t), model.interval(worth, **discounted)]
    interval = {end: np.concatenate([part[end] for part in parts]) for end in ("lower", "upper")}
    return interval, np.concatenate([truth.survival(t), getattr(truth, worth)(**discounted)])


def baskets(truth: Any, n: int, seed: int) -> Drawn:
    """Mean spends of customers whose purchases are those of CDNOW."""
    x = loy.NBDModel.from_params(r=0.385, alpha=12.072).simulate(n, LONGEST, seed)["frequency"]
    return {"frequency": x, "monetary_value": truth.simulate(x, seed)}, {}, None


def spend(model: Any, truth: Any) -> tuple[Columns, Any]:
    at = {"frequency": [0.0, 2.0, 9.0], "monetary_value": [0.0, 20.0, 60.0]}
    return model.interval(at), truth.expected_customer_spend(at)


@dataclass(frozen=True)
class Case:
    """A model with its parameters, those that the fit is given, and its covariates; `most` bounds the replications
    where a fit takes long."""

    truth: Any
    draw: Callable[[Any, int, int], Drawn] = histories
    ask: Callable[[Any, Any], tuple[Columns, Any]] = purchases
    ahead: float = AHEAD
    given: Columns = field(default_factory=dict)
    covariates: Columns = field(default_factory=dict)
    most: int = 10**6

    @property
    def name(self) -> str:
        return type(self.truth).__name__ + (", covariates" if self.covariates else "")

    @property
    def exact(self) -> dict[str, float]:
        """What the fit is to find."""
        return {name: value for name, value in self.truth.params_.items() if name not in self.given}


BG = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
PARETO = {"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669}
REGULAR = {"r": 0.8, "alpha": 2.25, "a": 0.9, "b": 2.5, "k": 3}
BUYING, STOPPING = {"transaction:age": 0.2, "transaction:web": 0.5}, {"dropout:web": 0.4}
LISTED = {"transaction_covariates": ["age", "web"]}

CASES = (
    Case(loy.NBDModel.from_params(r=0.385, alpha=12.072)),
    Case(loy.BetaGeoModel.from_params(**BG)),
    Case(loy.ModifiedBetaGeoModel.from_params(r=0.525, alpha=6.183, a=0.891, b=1.614)),
    Case(loy.BetaGeoCNBDModel.from_params(**REGULAR), given={"k": 3}),
    Case(loy.ModifiedBetaGeoCNBDModel.from_params(**REGULAR), given={"k": 3}),
    Case(loy.ParetoNBDModel.from_params(**PARETO)),
    Case(loy.GammaGompertzModel.from_params(r=0.7, alpha=5.0, b=0.15, s=1.0, beta=4.0), most=500),
    Case(
        loy.BetaGeoModel.from_params(**BG, coefficients=BUYING), different, partial(purchases, at=KNOWN_AT),
        covariates=LISTED,
    ),
    Case(
        loy.ParetoNBDModel.from_params(**PARETO, coefficients={**BUYING, **STOPPING}), different,
        partial(purchases, at=KNOWN_AT), covariates={**LISTED, "dropout_covariates": ["web"]},
    ),
    Case(
        loy.BetaGeoBetaBinomModel.from_params(alpha=1.204, beta=0.75, gamma=0.657, delta=2.783),
        partial(histories, length=periods, ahead=PERIODS_AHEAD), partial(purchases, at=PERIODS_AT, ahead=PERIODS_AHEAD),
        PERIODS_AHEAD,
    ),
    Case(loy.ShiftedBetaGeoModel.from_params(alpha=0.668, beta=3.806), contracts, staying),
    Case(loy.BetaDiscreteWeibullModel.from_params(gamma=0.2143, delta=1.4266, c=1.7236), contracts, staying),
    Case(loy.GammaGammaModel.from_params(p=6.25, q=3.74, v=15.44), baskets, spend),
)  # fmt: skip


@dataclass
class Found:
    """What replications gave: statuses; for each fit inside the bounds and parameter, (ln estimate - ln truth) / error
    (of a coefficient, which may be negative, the next) and (estimate - truth) / error; whether intervals hold;
    purchases inside, below, above their interval."""

    status: list[str]
    log_scale: list[Any]
    plain: list[Any]
    expected: list[Any]
    future: list[Any]


def replicate(index: int, n: int, seeds: range) -> Found:
    case = CASES[index]
    truth, names, exact = case.truth, list(case.exact), np.array(list(case.exact.values()))
    positive = np.array([":" not in name for name in names])
    found = Found([], [], [], [], [])
    warnings.simplefilter("ignore", loy.LoyaltyWarning)
    for seed in seeds:
        data, some, later = case.draw(truth, n, seed)
        model = type(truth)(**{**truth.get_params(), **case.given, "threads": 1})
        try:
            model.fit(data, **case.covariates)
        except loy.LoyaltyError as error:
            found.status.append(error.code)
            continue
        found.status.append(model.status_)
        if later is not None:
            counts = model.purchase_interval(some, future_t=case.ahead, level=0.9)
            below, above = later < counts["lower"], later > counts["upper"]
            found.future.append([np.mean(~below & ~above), np.mean(below), np.mean(above)])
        if model.status_ not in ("OK", "NOTICE_WEAK_ID"):
            continue
        estimate = np.array([model.params_[name] for name in names])
        std_error = np.array([model.std_errors_[name] for name in names])
        ratio = np.where(positive, estimate / exact, 1.0)
        found.plain.append((estimate - exact) / std_error)
        found.log_scale.append(np.where(positive, np.log(ratio) * estimate / std_error, found.plain[-1]))
        interval, value = case.ask(model, truth)
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
    return cells(
        case.name, f"{n:,}", f"{total:,}", *(f"{100 * k / total:.1f}" for k in shares), percent(found.expected), *future
    )


def parameter_lines(case: Case, found: dict[int, Found]) -> list[str]:
    lines = []
    for j, (name, value) in enumerate(case.exact.items()):
        shown: list[str] = []
        for n in SHOWN:
            log_scale, plain = (np.array(part) for part in (found[n].log_scale, found[n].plain))
            if len(log_scale) < 100:  # nothing to say of so few
                shown += [""] * 3
                continue
            shown += [
                f"{np.median(log_scale[:, j]):+.2f}", percent(abs(plain[:, j]) <= Z),
                "" if ":" in name else percent(abs(log_scale[:, j]) <= Z),
            ]  # fmt: skip
        lines.append(cells(case.name, name, f"{value:g}", *shown))
    return lines


def simulate(cases: list[int], replications: int) -> dict[tuple[int, int], Found]:
    tasks = [
        (i, n, range(start, min(start + CHUNK, replications, CASES[i].most)))
        for i in cases for n in SIZES for start in range(0, min(replications, CASES[i].most), CHUNK)
    ]  # fmt: skip
    found: dict[tuple[int, int], Found] = {}
    with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for (i, n, _), part in zip(tasks, pool.map(replicate, *zip(*tasks, strict=True)), strict=True):
            whole = found.setdefault((i, n), Found([], [], [], [], []))
            for name, values in vars(part).items():
                getattr(whole, name).extend(values)
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--replications", type=int, default=2000)
    parser.add_argument("--only", nargs="+", metavar="MODEL", help="beginnings of the names of the models to run")
    arguments = parser.parse_args()
    only = tuple(arguments.only or [""])
    cases = [i for i, case in enumerate(CASES) if case.name.startswith(only)]
    if not cases:
        parser.error(f"no such model; there are {', '.join(case.name for case in CASES)}")
    found = simulate(cases, arguments.replications)
    head = [cell for n in SHOWN for cell in (f"{n:,}: bias", "plain", "log")]
    tables = {
        "recovery-fits": [
            cells("model", "customers", "fits", "sound", "weak", "at bound", "uncertain", "error", "95 % expected",
                  "90 % purchases", "below", "above"),
            "|---|" + "--:|" * 11,
        ],
        "recovery-parameters": [cells("model", "parameter", "true", *head), "|---|---|" + "--:|" * (1 + len(head))],
    }  # fmt: skip
    text = PAGE.read_text(encoding="utf-8")
    for title, lines in tables.items():
        begin, end = f"<!-- begin: {title} -->\n", "<!-- end -->"
        before, _, rest = text.partition(begin)
        table, _, rest = rest.partition(end)
        for i, case in enumerate(CASES):
            if i not in cases:
                lines += [line for line in table.splitlines() if line.startswith(f"| {case.name} |")]
            elif title == "recovery-fits":
                lines += [fit_line(case, n, found[i, n]) for n in SIZES]
            else:
                lines += parameter_lines(case, {n: found[i, n] for n in SIZES})
        print(*lines, sep="\n")
        text = "".join((before, begin, *(f"{line}\n" for line in lines), end, rest))
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
