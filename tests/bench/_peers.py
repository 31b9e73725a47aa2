"""A rival in its own environment (build/peers, made by .ci/setup peers), asked in turn with our own runs.

The rival's program is a Python source that defines ``run(data)``, where ``data`` is a dict of the arrays given here,
and returns something JSON knows. Each :meth:`Peer.run` calls it once, in one long-lived process, and times it there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
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
