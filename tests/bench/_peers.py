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
data = dict(np.load(sys.argv[1]))
answers, sys.stdout = sys.stdout, sys.stderr
print("ready", file=answers, flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    result = run(data)
    print(json.dumps([time.perf_counter() - start, result]), file=answers, flush=True)
"""


def missing() -> bool:
    """Whether there is no environment to ask; says so."""
    if PYTHON.exists():
        return False
    print(f"left out: there is no {PYTHON}; .ci/setup peers makes it")
    return True


class Peer:
    """A rival that waits for its turn; a context manager."""

    def __init__(self, program: str, data: dict[str, Any], threads: int = 1) -> None:
        self._folder = tempfile.TemporaryDirectory()
        file = Path(self._folder.name) / "data.npz"
        np.savez(file, **data)
        limits = {f"{name}_NUM_THREADS": str(threads) for name in ("OMP", "OPENBLAS", "MKL")}
        self._process = subprocess.Popen(
            [str(PYTHON), "-c", program + _LOOP, str(file)],
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


def compare_fits(
    model: Callable[..., Any], program: str, data: Any, rounds: int, target: float
) -> None:  # fmt: skip
    """A model's whole Python fit of `data` (a frame of distinct customers) on one thread, in turn with a rival whose
    program returns its parameters. Both log-likelihoods are computed by our log_likelihood. Stops with an error when
    the fit is less than `target` times faster, or the rival's optimum better."""
    assert not data.duplicated().any(), "the customers must be distinct"
    ours, theirs, all_cores = math.inf, math.inf, math.inf
    fitted, peer_params = model(threads=1), {}
    with Peer(program, {name: data[name].to_numpy() for name in data}) as peer:
        for _ in range(rounds):
            for _ in range(3):
                start = time.perf_counter()
                fitted = model(threads=1).fit(data)
                ours = min(ours, time.perf_counter() - start)
            seconds, peer_params = peer.run()
            theirs = min(theirs, seconds)
    for _ in range(3):
        start = time.perf_counter()
        model().fit(data)
        all_cores = min(all_cores, time.perf_counter() - start)
    rival = model.from_params(**peer_params)  # type: ignore[attr-defined]
    totals = {}
    for name, seconds, which in (("loyalty, one thread", ours, fitted), ("lifetimes", theirs, rival)):
        totals[name] = math.fsum(which.log_likelihood(data))
        shown = "  ".join(f"{key} {value:.7g}" for key, value in which.params_.items())
        print(f"{name:20} {seconds:8.3f} s {seconds / ours:7.1f} x   log-likelihood {totals[name]:.6f}   {shown}")
    print(f"loyalty, all cores   {all_cores:8.3f} s {all_cores / ours:7.2f} x")
    print(f"{len(data):,} distinct customers: {theirs / ours:.0f} times faster than lifetimes")
    gain = totals["loyalty, one thread"] - totals["lifetimes"]
    assert gain > -1e-6, f"lifetimes found a better optimum, by {-gain:g}"
    assert fitted.status_ == "OK"
    if len(data) >= 1_000_000 and theirs / ours < target:
        sys.exit(f"less than {target:g} times faster than lifetimes")
