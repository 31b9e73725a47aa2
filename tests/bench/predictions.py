"""Predictions for a million customers on one thread, whole Python calls on a pandas frame, against lifetimes 0.11.3 in
its own environment; in turn in one run. First P(alive) and the expected purchases of 39 weeks in one call of predict,
by BG/NBD and by Pareto/NBD; then the value of 12 months with a spend model and a rate of discount, where lifetimes sums
over months. Last, the memory of a call above that of its answer, and the times of the other models.

    predictions.py [customers] [rounds]
"""

from __future__ import annotations

import math
import sys
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import _peers
import bgnbd_fit
import numpy as np
import pandas as pd
import pnbd_fit

import loyalty as loy

SPEND = {"p": 6.25, "q": 3.74, "v": 15.44}
HORIZON = 39.0
YEAR = 365.25 / 7

LIFETIMES = """
import pandas as pd
from lifetimes import BetaGeoFitter, GammaGammaFitter, ParetoNBDFitter
frame = None
def fitted(fitter, params):
    fitter.params_ = pd.Series(params)
    fitter.predict = getattr(fitter, "conditional_expected_number_of_purchases_up_to_time", None)
    return fitter
model = fitted(%(fitter)s(), %(params)r)
spend = fitted(GammaGammaFitter(), %(spend)r)
def run(data):
    global frame
    if frame is None:
        frame = pd.DataFrame(data)
    history = frame["frequency"], frame["recency"], frame["T"]
    if %(value)r:
        answer = spend.customer_lifetime_value(
            model, *history, frame["monetary_value"], time=12, discount_rate=0.01, freq="W")
        return [float(answer.sum()), 0.0]
    alive = model.conditional_probability_alive(*history)
    purchases = model.conditional_expected_number_of_purchases_up_to_time(%(horizon)r, *history)
    return [float(np.sum(alive)), float(np.sum(purchases))]
"""


def best(call: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    seconds, answer = math.inf, None
    for _ in range(rounds):
        answer = None  # the last answer's memory first
        start = time.perf_counter()
        answer = call()
        seconds = min(seconds, time.perf_counter() - start)
    return seconds, answer


def compare(
    what: str, call: Callable[[], Any], sums: Callable[[Any], list[float]], program: str, frame: pd.DataFrame,
    rounds: int, target: float, tolerance: float,
) -> bool:  # fmt: skip
    """Whether our call is `target` times faster than the rival's, whose sums over all customers are ours."""
    ours, theirs, answer, other = math.inf, math.inf, None, []
    with _peers.Peer(program, {name: frame[name].to_numpy() for name in frame}) as peer:
        for _ in range(rounds):
            seconds, answer = best(call, 5)
            ours = min(ours, seconds)
            seconds, other = peer.run()
            theirs = min(theirs, seconds)
    ratio = theirs / ours
    print(f"{what:42} {ours * 1e9 / len(frame):7.1f} ns per customer   lifetimes {theirs:6.3f} s   {ratio:6.1f} x")
    for mine, yours in zip(sums(answer), other, strict=True):
        assert abs(mine - yours) <= tolerance * abs(yours), (mine, yours)
    return len(frame) < 1_000_000 or ratio >= target


def extra_memory(call: Callable[[], Any]) -> float:
    """Bytes that a call takes at its peak beyond those of its answer. The core itself allocates nothing."""
    tracemalloc.start()
    try:
        answer = call()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return float(peak - answer.memory_usage(index=False).sum())


def example(name: str, customers: int) -> tuple[pd.DataFrame, Any, Any]:
    module, kind = (bgnbd_fit, loy.BetaGeoModel) if name == "BG/NBD" else (pnbd_fit, loy.ParetoNBDModel)
    length = np.random.default_rng(20240229).uniform(27.0, 39.0, customers)
    drawn = kind.from_params(**module.TRUTH).simulate(customers, length, seed=1)
    frame = pd.DataFrame({name: np.asarray(drawn[name], dtype=float) for name in ("frequency", "recency", "T")})
    frequency = np.maximum(frame["frequency"].to_numpy(), 1)
    rng = np.random.default_rng(5)
    spent = rng.gamma(SPEND["p"] * frequency) / (rng.gamma(SPEND["q"], 1 / SPEND["v"], customers) * frequency)
    frame["monetary_value"] = np.where(frame["frequency"] > 0, spent, 0.0)
    return (
        frame,
        kind.from_params(**module.TRUTH, time_unit="W", threads=1),
        loy.GammaGammaModel.from_params(**SPEND, time_unit="W", threads=1),
    )


def calls(frame: pd.DataFrame, model: Any, spend: Any) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """P(alive) and expected purchases; the value of a year at 1 % a month."""
    return (
        lambda: model.predict(frame, horizon=HORIZON),
        lambda: model.predict(frame, horizon=YEAR, spend_model=spend, discount_rate=0.01, discount_period="month"),
    )


def main() -> None:
    customers = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    fast = True
    if _peers.missing():
        return
    targets = {"BG/NBD": ("BetaGeoFitter", 15, 40), "Pareto/NBD": ("ParetoNBDFitter", 4, 40)}
    for name, (fitter, target, value_target) in targets.items():
        frame, model, spend = example(name, customers)
        given = {"fitter": fitter, "params": model.params_, "spend": SPEND, "horizon": HORIZON}
        two, value = calls(frame, model, spend)
        fast &= compare(
            f"{name}: P(alive), expected purchases", two,
            lambda answer: [float(answer["p_alive"].sum()), float(answer["expected_purchases"].sum())],
            LIFETIMES % {**given, "value": False}, frame, rounds, target, 1e-7,
        )  # fmt: skip
        # lifetimes discounts at the ends of months of 30 days, 360 days in all: of the same size, not the same number.
        fast &= compare(
            f"{name}: value of 12 months", value, lambda answer: [float(answer["clv"].sum()), 0.0],
            LIFETIMES % {**given, "value": True}, frame, 1, value_target, 0.05,
        )  # fmt: skip
    frame, model, spend = example("BG/NBD", customers)
    for call, columns in zip(calls(frame, model, spend), (2, 4), strict=True):
        extra = extra_memory(call) / customers
        print(f"BG/NBD, {columns} columns: {extra:.2f} bytes per customer beside the answer's {8 * columns}")
        fast &= customers < 1_000_000 or extra < 1
    for kind, params in (
        (loy.ModifiedBetaGeoModel, {"r": 0.525, "alpha": 6.183, "a": 0.891, "b": 1.614}),
        (loy.NBDModel, {"r": 0.385, "alpha": 12.07}),
        (loy.GammaGompertzModel, {"r": 0.553, "alpha": 10.58, "b": 0.0002, "s": 0.603, "beta": 0.0026}),
    ):
        few = frame.head(max(1, customers // 10)) if kind is loy.GammaGompertzModel else frame
        both = calls(few, kind.from_params(**params, time_unit="W", threads=1), spend)
        times = [best(call, 2)[0] * 1e9 / len(few) for call in both]
        print(f"{kind.__name__:42} {times[0]:7.1f} ns per customer   value of 12 months {times[1]:7.1f} ns")
    if not fast:
        sys.exit("slower than its target, or more memory than the answer's")


if __name__ == "__main__":
    main()
