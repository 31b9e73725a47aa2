"""A rival in its own environment (build/peers, made by .ci/setup peers), asked in turn with our own runs.

The rival's program is a Python source that defines ``run(data)``, where ``data`` is a dict of the arrays given here,
and returns something JSON knows. Each :meth:`Peer.run` calls it once, in one long-lived process, and times it there.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

PYTHON = Path(__file__).parents[2] / "build" / "peers" / "bin" / "python"

_LOOP = """
import json, sys, time, warnings
import numpy as np
warnings.simplefilter("ignore")
data, clock = dict(np.load(sys.argv[1])), getattr(time, sys.argv[2])
answers, sys.stdout = sys.stdout, sys.stderr
print("ready", file=answers, flush=True)
for _ in sys.stdin:
    start = clock()
    result = run(data)
    print(json.dumps([clock() - start, result]), file=answers, flush=True)
"""


def missing() -> bool:
    """Whether there is no environment to ask; says so."""
    if PYTHON.exists():
        return False
    print(f"left out: there is no {PYTHON}; .ci/setup peers makes it")
    return True


class Peer:
    """A rival that waits for its turn; a context manager. ``clock`` is the function of ``time`` that it is timed by."""

    def __init__(self, program: str, data: dict[str, Any], threads: int = 1, clock: str = "perf_counter") -> None:
        self._folder = tempfile.TemporaryDirectory()
        file = Path(self._folder.name) / "data.npz"
        np.savez(file, **data)
        limits = {f"{name}_NUM_THREADS": str(threads) for name in ("OMP", "OPENBLAS", "MKL")}
        self._process = subprocess.Popen(
            [str(PYTHON), "-c", program + _LOOP, str(file), clock],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **limits, "PYTHONPATH": ""},
        )  # fmt: skip
        self._answer()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            sys.exit(f"the rival failed with exit code {self._process.wait()}")
        return line

    def run(self) -> tuple[float, Any]:
        """Seconds, and what ``run`` returned."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        seconds, result = json.loads(self._answer())
        return seconds, result

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        self._folder.cleanup()


JUDGED = 1_000_000  # customers from which on times are judged; fewer are for a quick look


def _fit(model: Callable[..., Any], data: Any, threads: int) -> tuple[float, float, Any]:
    """Seconds of one fit, by the clock and of the processor; the fitted model."""
    processor, start = time.process_time(), time.perf_counter()
    fitted = model(threads=threads).fit(data)
    return time.perf_counter() - start, time.process_time() - processor, fitted


def _judge(model: Callable[..., Any], fitted: Any, peer_params: dict[str, float], data: Any) -> None:
    """Print both optima; stop where the fit is not certain, or the rival's mean log-likelihood better."""
    means = {}
    for name, which in (("loyalty", fitted), ("lifetimes", model.from_params(**peer_params))):  # type: ignore[attr-defined]
        means[name] = math.fsum(which.log_likelihood(data)) / len(data)
        shown = "  ".join(f"{key} {value:.7g}" for key, value in which.params_.items())
        print(f"{name:10} mean log-likelihood {means[name]:.14f}   {shown}")
    gain = means["loyalty"] - means["lifetimes"]
    assert gain > -1e-12, f"lifetimes found a better optimum, by {-gain:g} for each customer"
    assert fitted.status_ == "OK"


def compare_fits(
    model: Callable[..., Any], program: str, data: Any, rounds: int, target: float, two_threads: float | None = None
) -> list[str]:
    """A model's whole Python fit of `data` (a frame of distinct customers) on one thread, in turn with a rival whose
    program returns its parameters, both in processor time; and on two threads, by the clock, which must give the same
    bits. Both log-likelihoods are computed by our log_likelihood. Stops with an error where the rival's optimum is
    better; answers with the targets that were missed: `target` times faster than the rival, and two threads
    `two_threads` times faster than one, on a machine that has them."""
    assert not data.duplicated().any(), "the customers must be distinct"
    ours, theirs, one, two = math.inf, math.inf, math.inf, math.inf
    fitted, peer_params = model(threads=1), {}
    with Peer(program, {name: data[name].to_numpy() for name in data}, clock="process_time") as peer:
        for _ in range(rounds):
            for _ in range(7):
                seconds, processor, fitted = _fit(model, data, 1)
                one, ours = min(one, seconds), min(ours, processor)
                seconds, _, in_two = _fit(model, data, 2)
                two = min(two, seconds)
                assert in_two.params_ == fitted.params_ and in_two.log_likelihood_ == fitted.log_likelihood_
                assert np.array_equal(in_two.covariance_, fitted.covariance_)
            seconds, peer_params = peer.run()
            theirs = min(theirs, seconds)
    print(f"{len(data):,} distinct customers, one thread: {ours:.4f} s")
    print(f"lifetimes {theirs:.3f} s, {theirs / ours:.0f} times")
    print(f"by the clock: {one:.4f} s on one thread, {two:.4f} s on two, {one / two:.2f} times faster, the same bits")
    _judge(model, fitted, peer_params, data)
    missed = []
    if theirs / ours < target:
        missed += [f"less than {target:g} times faster than lifetimes"]
    if two_threads and (os.cpu_count() or 1) > 1 and one / two < two_threads:
        missed += [f"two threads are less than {two_threads:g} times faster than one"]
    return missed if len(data) >= JUDGED else []


def in_days(data: Any) -> Any:
    """Customers whose times, in weeks, are those of whole days: many are alike. Nobody buys again on the first day."""
    days = data.copy()
    days["recency"] = np.rint(data["recency"] * 7) / 7
    days["T"] = np.rint(data["T"] * 7) / 7
    days.loc[(days["frequency"] > 0) & (days["recency"] == 0), "recency"] = 1 / 7
    return days


def compare_days(model: Callable[..., Any], program: str, data: Any, rounds: int, target: float) -> list[str]:
    """The fit of `data` with times in whole days on one thread: ours of all rows, the rival's of the different ones
    with their numbers as weights, ready-made. Stops and answers as compare_fits does."""
    days = in_days(data)
    names = ["frequency", "recency", "T"]
    cells = days.groupby(names, as_index=False).size().rename(columns={"size": "weight"})
    ours, theirs = math.inf, math.inf
    fitted, peer_params = model(threads=1), {}
    with Peer(program, {name: cells[name].to_numpy() for name in cells}, clock="process_time") as peer:
        for _ in range(rounds):
            for _ in range(7):
                _, seconds, fitted = _fit(model, days, 1)
                ours = min(ours, seconds)
            seconds, peer_params = peer.run()
            theirs = min(theirs, seconds)
    print(f"{len(days):,} customers in whole days, {len(cells):,} of them distinct, one thread: {ours:.4f} s")
    print(f"lifetimes with weights {theirs:.3f} s, {theirs / ours:.0f} times")
    _judge(model, fitted, peer_params, days)
    slow = len(days) >= JUDGED and theirs / ours < target
    return [f"less than {target:g} times faster than lifetimes with weights"] if slow else []
